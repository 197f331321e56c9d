//! Whether a rollout is over, and how.

use wire::{ecs::DeploymentRolloutState, longshore::watch::Picture};

/// How a rollout stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It goes on.
    UnderWay,
    /// The service is what it should be.
    Steady,
    /// The deployment failed, was stopped or rolled back.
    Failed,
}

impl Outcome {
    /// What a picture says. A rollback is over when the service has gone back.
    pub fn of(picture: &Picture) -> Outcome {
        let service = &picture.service;
        let status = service.service_deployment.as_ref().map(|it| it.status.as_str());
        let rollout_state = picture.primary().and_then(|it| it.rollout_state);
        match (status, rollout_state) {
            (Some("ROLLBACK_SUCCESSFUL"), _) if !service.steady => Outcome::UnderWay,
            (Some("STOPPED" | "ROLLBACK_SUCCESSFUL" | "ROLLBACK_FAILED"), _)
            | (None, Some(DeploymentRolloutState::Failed)) => Outcome::Failed,
            (None | Some("SUCCESSFUL"), Some(DeploymentRolloutState::Completed))
                if service.steady =>
            {
                Outcome::Steady
            }
            // A service whose task sets come from elsewhere has no deployments.
            (None, None) if service.steady => Outcome::Steady,
            _ => Outcome::UnderWay,
        }
    }

    /// The exit code: 0 steady, 1 failed, 3 under way.
    pub fn exit_code(self) -> u8 {
        match self {
            Outcome::Steady => 0,
            Outcome::Failed => 1,
            Outcome::UnderWay => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use wire::{
        ecs,
        longshore::watch::{WatchedService, WatchedServiceDeployment},
    };

    use super::*;

    fn outcome(steady: bool, status: &str, state: ecs::DeploymentRolloutState) -> Outcome {
        let service_deployment =
            WatchedServiceDeployment { status: status.into(), ..Default::default() };
        let service_deployment = (!status.is_empty()).then_some(service_deployment);
        let deployment = ecs::Deployment { rollout_state: Some(state), ..Default::default() };
        Outcome::of(&Picture {
            service: WatchedService { steady, service_deployment, ..Default::default() },
            deployments: vec![deployment],
            ..Picture::default()
        })
    }

    #[test]
    fn success_needs_a_steady_service_and_a_failure_does_not() {
        use ecs::DeploymentRolloutState::{Completed, Failed, InProgress};
        assert_eq!(outcome(false, "IN_PROGRESS", InProgress), Outcome::UnderWay);
        assert_eq!(outcome(false, "SUCCESSFUL", Completed), Outcome::UnderWay);
        assert_eq!(outcome(true, "SUCCESSFUL", Completed), Outcome::Steady);
        assert_eq!(outcome(true, "", Completed), Outcome::Steady);
        assert_eq!(outcome(false, "STOPPED", Failed), Outcome::Failed);
        assert_eq!(outcome(false, "", Failed), Outcome::Failed);
    }

    #[test]
    fn a_service_of_task_sets_is_steady_without_a_deployment() {
        let outcome = |steady| {
            let service = WatchedService { steady, ..Default::default() };
            Outcome::of(&Picture { service, ..Picture::default() })
        };
        assert_eq!((outcome(true), outcome(false)), (Outcome::Steady, Outcome::UnderWay));
    }

    #[test]
    fn a_rollback_is_over_when_the_service_has_gone_back() {
        use ecs::DeploymentRolloutState::{Completed, InProgress};
        assert_eq!(outcome(false, "ROLLBACK_IN_PROGRESS", InProgress), Outcome::UnderWay);
        assert_eq!(outcome(false, "ROLLBACK_SUCCESSFUL", Completed), Outcome::UnderWay);
        assert_eq!(outcome(true, "ROLLBACK_SUCCESSFUL", Completed), Outcome::Failed);
    }
}
