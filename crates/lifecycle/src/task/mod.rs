//! The life of a task as the control plane keeps it.
//!
//! Everything that happens to a task becomes an [`Input`]; [`step`] says what its two statuses
//! become. Around it, [`apply_report`], [`apply_health`], [`request_stop`] and [`abandon`] keep the
//! times, codes and reasons that go with a change.

mod change;
mod health;
mod report;
mod step;
mod stop;
#[cfg(test)]
mod tests;

pub use change::Effect;
pub use health::{ContainerHealth, apply_health};
pub use report::{ContainerReport, Report, apply_report};
pub use step::{Input, State, diagram, matrix, step};
pub use stop::{ESSENTIAL_CONTAINER_EXITED, abandon, request_stop};
