//! Lifecycle hooks: where a deployment that is not ROLLING stops until somebody lets it go on, and the
//! runs of them.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html>

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use crate::{LifecycleHookAction, LifecycleHookStatus, LifecycleStage, Timestamp};

/// A hook as a service's deployment configuration has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifecycleHook {
    /// Who is asked.
    pub target: HookTarget,
    /// The stages that do not end before the hook says so.
    pub stages: Vec<LifecycleStage>,
    /// How long the answer may take, in minutes; 1,440 where nothing else is said.
    pub timeout_minutes: u32,
    /// What a missing answer means.
    pub timeout_action: LifecycleHookAction,
}

/// Who decides whether a deployment goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum HookTarget {
    /// A caller of ContinueServiceDeployment.
    Pause,
    /// A Lambda function.
    AwsLambda {
        /// The function, as an ARN.
        function_arn: String,
        /// The role to call it with, as an ARN. It is kept and shown.
        role_arn: String,
        /// `hookDetails` for the function, as JSON.
        details: Option<String>,
    },
}

/// One run of a hook, at one stage of one service deployment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookRun {
    /// Its id; no other run has it.
    pub id: String,
    /// The stage that waits for it.
    pub stage: LifecycleStage,
    /// Who is asked, with the `hookDetails` of the next question.
    pub target: HookTarget,
    /// How far it is.
    pub status: LifecycleHookStatus,
    /// When the answer is too late.
    pub expires_at: Timestamp,
    /// What happens then.
    pub timeout_action: LifecycleHookAction,
    /// When its Lambda function is to be called next.
    pub invoke_at: Option<Timestamp>,
}

impl HookRun {
    /// Whether its stage still waits for it.
    pub fn is_open(&self) -> bool {
        match self.status {
            LifecycleHookStatus::AwaitingAction | LifecycleHookStatus::InProgress => true,
            LifecycleHookStatus::Succeeded
            | LifecycleHookStatus::Failed
            | LifecycleHookStatus::TimedOut => false,
        }
    }
}
