//! From an operation of STS to its handler. None of them writes: sessions are in their tokens.

use super::{assume_role, get_access_key_info, get_caller_identity, get_session_token};

crate::services::dispatch::operations! {
    sts:
    read GetCallerIdentity => get_caller_identity::get_caller_identity;
    read GetAccessKeyInfo => get_access_key_info::get_access_key_info;
    read AssumeRole => assume_role::assume_role;
    read GetSessionToken => get_session_token::get_session_token;
}
