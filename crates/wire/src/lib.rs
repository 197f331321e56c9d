//! The shapes of the ECS API and the AWS JSON 1.1 envelope.
