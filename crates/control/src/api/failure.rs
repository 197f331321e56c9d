//! The entries of `failures[]`: what a call could not do for one of several things.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html>

use wire::ecs;

/// The thing does not exist.
pub fn missing(arn: &str) -> ecs::Failure {
    failure(arn, "MISSING")
}

/// A failure with one of ECS's reasons.
pub fn failure(arn: &str, reason: &str) -> ecs::Failure {
    ecs::Failure { arn: Some(arn.into()), reason: Some(reason.into()), detail: None }
}
