//! `/longshore/v1/iam/explain` and `/longshore/v1/iam/who-can`: what IAM would say.

use serde::{Deserialize, Serialize};

/// Where a decision is explained: the query has `principal`, `action`, `resource`, and for each condition
/// key `key=NAME=VALUE`.
pub const EXPLAIN_PATH: &str = "/longshore/v1/iam/explain";
/// Where it is told who may do something: the query has `action`, `resource`, and keys as above.
pub const WHO_CAN_PATH: &str = "/longshore/v1/iam/who-can";

/// What IAM would say to a request, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Explained {
    /// The ARN of who would ask.
    pub principal: String,
    /// Whether it would be let through.
    pub is_allowed: bool,
    /// What the caller would be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Whose policy decides, or is silent: `identity`, `boundary`, `session`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_type: Option<String>,
    /// The ARN of the managed policy that decides, or the name of the inline one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The statement's Sid, or its number from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
}

/// Who may do something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WhoCan {
    /// The users and roles that are let through, each with why.
    pub allowed: Vec<Explained>,
    /// How many users and roles are not.
    pub denied_count: usize,
}
