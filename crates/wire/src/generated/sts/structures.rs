//! The structures of the AWS STS API.
//! `cargo xtask codegen` writes this file; edit the generator instead.

use crate::Timestamp;
use crate::generate::structures;

structures! {
    "AWS STS", "PascalCase";
    AssumeRoleRequest {
        duration_seconds: i32,
        external_id: String,
        policy: String,
        policy_arns: Vec<PolicyDescriptorType>,
        provided_contexts: Vec<ProvidedContext>,
        /// Required.
        role_arn: String,
        /// Required.
        role_session_name: String,
        serial_number: String,
        source_identity: String,
        tags: Vec<Tag>,
        token_code: String,
        transitive_tag_keys: Vec<String>,
    }
    AssumeRoleResponse {
        assumed_role_user: AssumedRoleUser,
        credentials: Credentials,
        packed_policy_size: i32,
        source_identity: String,
    }
    AssumedRoleUser {
        /// Required.
        arn: String,
        /// Required.
        assumed_role_id: String,
    }
    Credentials {
        /// Required.
        access_key_id: String,
        /// Required.
        expiration: Timestamp,
        /// Required.
        secret_access_key: String,
        /// Required.
        session_token: String,
    }
    GetAccessKeyInfoRequest {
        /// Required.
        access_key_id: String,
    }
    GetAccessKeyInfoResponse {
        account: String,
    }
    GetCallerIdentityRequest {}
    GetCallerIdentityResponse {
        account: String,
        arn: String,
        user_id: String,
    }
    GetSessionTokenRequest {
        duration_seconds: i32,
        serial_number: String,
        token_code: String,
    }
    GetSessionTokenResponse {
        credentials: Credentials,
    }
    PolicyDescriptorType {
        #[serde(rename = "arn")]
        arn: String,
    }
    ProvidedContext {
        context_assertion: String,
        provider_arn: String,
    }
    Tag {
        /// Required.
        key: String,
        /// Required.
        value: String,
    }
}
