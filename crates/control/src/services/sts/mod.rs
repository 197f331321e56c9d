//! STS: who calls, and the credentials of sessions.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/>

mod assume_role;
mod caller;
mod credentials;
pub(super) mod dispatch;
mod get_access_key_info;
mod get_caller_identity;
mod get_session_token;
