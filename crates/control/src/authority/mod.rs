//! Who calls, and whether they may: from a verified caller and what its call asks to a decision of the
//! `iam` crate, by the policies in the state that the handler sees.
//!
//! * [`Caller`]: whose the credentials are;
//! * [`Asker`]: a caller with one request of its; [`Asker::admit`] is what every call goes through;
//! * [`tokens`]: session tokens, and the keys that they are sealed under;
//! * [`secrets`]: the secrets of access keys at rest;
//! * [`facts`]: what the `access` crate must know of the state;
//! * [`trust`]: whether a role lets itself be taken, and [`task_role`]: the credentials of tasks;
//! * [`policies`]: the compiled policies of users and roles.

mod asker;
pub mod caller;
pub(crate) mod explain;
mod facts;
mod policies;
pub mod secrets;
pub mod task_role;
#[cfg(test)]
mod tests;
pub mod tokens;
pub mod trust;

pub use asker::{Asker, Origin};
pub use caller::{Caller, Session, Who};
pub use policies::Authority;
