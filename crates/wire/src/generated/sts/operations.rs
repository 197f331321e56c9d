//! The operations of the AWS STS API.
//! `cargo xtask codegen` writes this file; edit the generator instead.

use super::schema;
use crate::generate::operations;

operations! {
    "AWS STS", "STS", "sts", "2011-06-15";
    AssumeRole reads: AssumeRoleRequest as ASSUME_ROLE_REQUEST => AssumeRoleResponse {
        ExpiredToken,
        MalformedPolicyDocument,
        PackedPolicyTooLarge,
        RegionDisabled,
    }
    GetAccessKeyInfo reads: GetAccessKeyInfoRequest as GET_ACCESS_KEY_INFO_REQUEST => GetAccessKeyInfoResponse {
    }
    GetCallerIdentity reads: GetCallerIdentityRequest as GET_CALLER_IDENTITY_REQUEST => GetCallerIdentityResponse {
    }
    GetSessionToken reads: GetSessionTokenRequest as GET_SESSION_TOKEN_REQUEST => GetSessionTokenResponse {
        RegionDisabled,
    }
}

crate::generate::answers! {
    AssumeRole => Some(&schema::ASSUME_ROLE_RESPONSE),
    GetAccessKeyInfo => Some(&schema::GET_ACCESS_KEY_INFO_RESPONSE),
    GetCallerIdentity => Some(&schema::GET_CALLER_IDENTITY_RESPONSE),
    GetSessionToken => Some(&schema::GET_SESSION_TOKEN_RESPONSE),
}
