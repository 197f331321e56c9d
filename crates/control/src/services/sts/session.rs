//! The caller as STS sees it.

use std::sync::Arc;

use model::iam::{Role, User, key_of};
use store::State;
use wire::Error;

use crate::Cx;

/// Who calls.
pub enum Caller {
    /// The account's root user.
    Root,
    /// A user.
    User(Arc<User>),
    /// A session of a role.
    Role {
        /// The role.
        role: Arc<Role>,
        /// The session's name.
        session_name: String,
    },
}

/// Who calls, by the ARN of the caller.
///
/// # Errors
/// `InvalidClientTokenId` if that user or role is gone.
pub fn caller(state: &State, cx: &Cx) -> Result<Caller, Error> {
    let arn = &cx.principal.arn;
    let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
    let mut parts = resource.split('/');
    let found = match (parts.next(), parts.next(), parts.next_back()) {
        (Some("root"), None, None) => Some(Caller::Root),
        (Some("assumed-role"), Some(role), Some(session_name)) => {
            let role = state.roles().get(&key_of(role)).cloned();
            role.map(|role| Caller::Role { role, session_name: session_name.to_owned() })
        }
        (Some("user"), Some(first), last) => {
            let user = state.users().get(&key_of(last.unwrap_or(first))).cloned();
            user.map(Caller::User)
        }
        _ => None,
    };
    found.ok_or_else(|| {
        Error::new(
            wire::ErrorCode::InvalidClientTokenId,
            "The security token included in the request is invalid.",
        )
    })
}

impl Caller {
    /// The unique id: the account's, the user's, or the role's with the session's name.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
    pub fn id(&self, cx: &Cx) -> String {
        match self {
            Caller::Root => cx.home().account.clone(),
            Caller::User(user) => user.id.clone(),
            Caller::Role { role, session_name } => format!("{}:{session_name}", role.id),
        }
    }
}
