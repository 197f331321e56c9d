//! Roles that a call hands over: `iam:PassRole`.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>
//!
//! The reference says to which service each operation hands roles. `iam:AssociatedResourceArn` is not
//! among the keys that it gives to ECS, and is not set.

use arn::Home;
use model::TaskDefinition;
use wire::ecs;

use crate::Call;

/// A service that works with a role it was handed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taker {
    /// Tasks: task roles and task execution roles.
    Tasks,
    /// ECS itself: the roles of services, of lifecycle hooks, and infrastructure roles.
    Ecs,
}

impl Taker {
    /// As `iam:PassedToService` has it.
    pub fn principal(self) -> &'static str {
        match self {
            Taker::Tasks => "ecs-tasks.amazonaws.com",
            Taker::Ecs => "ecs.amazonaws.com",
        }
    }
}

/// The ARN of a role that a request names by its ARN, by its name, or by its path and name
/// (`/team/web`). The text is not checked: whoever looks the role up by this ARN finds one or not.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html>, `role`.
pub fn role_arn(home: &Home, text: &str) -> String {
    if text.starts_with("arn:") {
        return text.into();
    }
    format!("arn:aws:iam::{}:role/{}", home.account, text.trim_start_matches('/'))
}

impl Call<'_> {
    /// The task role and the task execution role that tasks of a definition will have: those of the
    /// override where it has them. An empty name is none.
    pub(crate) fn pass_task_roles(
        &mut self,
        definition: Option<&TaskDefinition>,
        overrides: Option<&ecs::TaskOverride>,
    ) {
        let of_task = overrides.and_then(|it| it.task_role_arn.as_deref());
        let of_task = of_task.filter(|role| !role.is_empty());
        let of_execution = overrides.and_then(|it| it.execution_role_arn.as_deref());
        let of_execution = of_execution.filter(|role| !role.is_empty());
        let of_task = of_task.or_else(|| definition?.task_role_arn.as_deref());
        let of_execution = of_execution.or_else(|| definition?.execution_role_arn.as_deref());
        self.pass(of_task, Taker::Tasks);
        self.pass(of_execution, Taker::Tasks);
    }
}
