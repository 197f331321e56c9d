//! What a call asked of IAM, and which policy decided.

use std::borrow::Cow;

use serde::Serialize;

use crate::{Resource, json};

/// A record names at most so many checks, denied ones first.
const CHECKS_MAX: usize = 20;
/// Bytes of an action, a resource or a policy that are kept.
const TEXT_BYTES_MAX: usize = 1024;

/// One question to IAM and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Check<'a> {
    /// Such as `ecs:RunTask`.
    pub action: Cow<'a, str>,
    /// An ARN, or `*`.
    pub resource: Cow<'a, str>,
    /// The answer.
    #[serde(rename = "decision", serialize_with = "word")]
    pub is_allowed: bool,
    /// Whose policy decided, or was silent: `identity`, `resource`, `boundary`, `session`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_type: Option<Cow<'a, str>>,
    /// The ARN of the managed policy that decided, or the name of the inline one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Cow<'a, str>>,
    /// The Sid of the statement that decided, or its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<Cow<'a, str>>,
}

/// What IAM said to a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Authorization<'a> {
    /// Whether every check was.
    #[serde(rename = "decision", serialize_with = "word")]
    pub is_allowed: bool,
    /// The checks.
    pub checks: Vec<Check<'a>>,
    /// How many more there were.
    #[serde(skip_serializing_if = "is_zero")]
    pub more_checks: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn word<S: serde::Serializer>(is_allowed: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(if *is_allowed { "allowed" } else { "denied" })
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl<'a> Check<'a> {
    /// A check without a policy that decided, such as that of the root key.
    pub fn new(action: &'a str, resource: &'a str, is_allowed: bool) -> Self {
        Check {
            action: action.into(),
            resource: resource.into(),
            is_allowed,
            policy_type: None,
            policy: None,
            statement: None,
        }
    }

    fn cut(mut self) -> Self {
        let deciders = [&mut self.policy_type, &mut self.policy, &mut self.statement];
        let asked = [&mut self.action, &mut self.resource];
        for text in asked.into_iter().chain(deciders.into_iter().flatten()) {
            json::cut(text, TEXT_BYTES_MAX);
        }
        self
    }
}

impl<'a> Authorization<'a> {
    /// The answer to all checks of a call: allowed if every one is.
    pub fn of(mut checks: Vec<Check<'a>>) -> Self {
        let is_allowed = checks.iter().all(|check| check.is_allowed);
        let more_checks = checks.len().saturating_sub(CHECKS_MAX);
        if more_checks > 0 {
            // A stable sort: otherwise they stay in their order.
            checks.sort_by_key(|check| check.is_allowed);
            checks.truncate(CHECKS_MAX);
        }
        let checks = checks.into_iter().map(Check::cut).collect();
        Authorization { is_allowed, checks, more_checks }
    }

    /// The resources that the checks name by an ARN, each once.
    pub(crate) fn resources(&self) -> Vec<Resource<'a>> {
        let mut resources: Vec<Resource<'a>> = Vec::new();
        for check in &self.checks {
            let resource = Resource::of(&check.resource);
            resources.extend(resource.filter(|resource| !resources.contains(resource)));
        }
        resources
    }
}

impl<'a> Resource<'a> {
    /// The resource of an ARN; nothing for what is not the ARN of one resource.
    fn of(arn: &Cow<'a, str>) -> Option<Self> {
        let mut parts = arn.splitn(6, ':');
        let is_arn = parts.next() == Some("arn");
        let (service, account) = (parts.nth(1)?, parts.nth(1)?);
        let rest = parts.next()?;
        if !is_arn || rest.contains('*') {
            return None;
        }
        let word = rest.split(['/', ':']).next().unwrap_or_default();
        Some(Resource {
            arn: Some(arn.clone()),
            account_id: (!account.is_empty()).then(|| Cow::Owned(account.to_owned())),
            kind: Some(kind(service, word)),
        })
    }
}

/// CloudTrail's name of a type of resource, such as `AWS::ECS::TaskDefinition` for `task-definition`.
fn kind(service: &str, word: &str) -> Cow<'static, str> {
    let known = match (service, word) {
        ("ecs", "cluster") => "AWS::ECS::Cluster",
        ("ecs", "service") => "AWS::ECS::Service",
        ("ecs", "task") => "AWS::ECS::Task",
        ("ecs", "task-definition") => "AWS::ECS::TaskDefinition",
        ("ecs", "container-instance") => "AWS::ECS::ContainerInstance",
        ("iam", "role") => "AWS::IAM::Role",
        ("iam", "user") => "AWS::IAM::User",
        ("iam", "policy") => "AWS::IAM::Policy",
        _ => "",
    };
    if !known.is_empty() {
        return known.into();
    }
    let mut name = format!("AWS::{}::", service.to_ascii_uppercase());
    for part in word.split('-') {
        let mut letters = part.chars();
        name.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name.into()
}
