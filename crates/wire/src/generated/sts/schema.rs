//! What the shapes of the AWS STS API must look like.
//! `cargo xtask codegen` writes this file; edit the generator instead.

use crate::schema::{Pattern, Shape, optional, required};
pub static ASSUME_ROLE_REQUEST: Shape = Shape::Structure(&[
    optional("DurationSeconds", &ROLE_DURATION_SECONDS_TYPE),
    optional("ExternalId", &EXTERNAL_ID_TYPE),
    optional("Policy", &UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE),
    optional("PolicyArns", &POLICY_DESCRIPTOR_LIST_TYPE),
    optional("ProvidedContexts", &PROVIDED_CONTEXTS_LIST_TYPE),
    required("RoleArn", &ARN_TYPE),
    required("RoleSessionName", &ROLE_SESSION_NAME_TYPE),
    optional("SerialNumber", &SERIAL_NUMBER_TYPE),
    optional("SourceIdentity", &SOURCE_IDENTITY_TYPE),
    optional("Tags", &TAG_LIST_TYPE),
    optional("TokenCode", &TOKEN_CODE_TYPE),
    optional("TransitiveTagKeys", &TAG_KEY_LIST_TYPE),
]);
pub static ASSUME_ROLE_RESPONSE: Shape = Shape::Structure(&[
    optional("AssumedRoleUser", &ASSUMED_ROLE_USER),
    optional("Credentials", &CREDENTIALS),
    optional("PackedPolicySize", &NON_NEGATIVE_INTEGER_TYPE),
    optional("SourceIdentity", &SOURCE_IDENTITY_TYPE),
]);
pub static ASSUMED_ROLE_USER: Shape = Shape::Structure(&[
    required("Arn", &ARN_TYPE),
    required("AssumedRoleId", &ASSUMED_ROLE_ID_TYPE),
]);
pub static CREDENTIALS: Shape = Shape::Structure(&[
    required("AccessKeyId", &ACCESS_KEY_ID_TYPE),
    required("Expiration", &DATE_TYPE),
    required("SecretAccessKey", &ACCESS_KEY_SECRET_TYPE),
    required("SessionToken", &TOKEN_TYPE),
]);
pub static GET_ACCESS_KEY_INFO_REQUEST: Shape =
    Shape::Structure(&[required("AccessKeyId", &ACCESS_KEY_ID_TYPE)]);
pub static GET_ACCESS_KEY_INFO_RESPONSE: Shape =
    Shape::Structure(&[optional("Account", &ACCOUNT_TYPE)]);
pub static GET_CALLER_IDENTITY_REQUEST: Shape = Shape::Structure(&[]);
pub static GET_CALLER_IDENTITY_RESPONSE: Shape = Shape::Structure(&[
    optional("Account", &ACCOUNT_TYPE),
    optional("Arn", &ARN_TYPE),
    optional("UserId", &USER_ID_TYPE),
]);
pub static GET_SESSION_TOKEN_REQUEST: Shape = Shape::Structure(&[
    optional("DurationSeconds", &DURATION_SECONDS_TYPE),
    optional("SerialNumber", &SERIAL_NUMBER_TYPE),
    optional("TokenCode", &TOKEN_CODE_TYPE),
]);
pub static GET_SESSION_TOKEN_RESPONSE: Shape =
    Shape::Structure(&[optional("Credentials", &CREDENTIALS)]);
pub static POLICY_DESCRIPTOR_TYPE: Shape = Shape::Structure(&[optional("arn", &ARN_TYPE)]);
pub static PROVIDED_CONTEXT: Shape = Shape::Structure(&[
    optional("ContextAssertion", &CONTEXT_ASSERTION_TYPE),
    optional("ProviderArn", &ARN_TYPE),
]);
pub static PROVIDED_CONTEXTS_LIST_TYPE: Shape =
    Shape::List { element: &PROVIDED_CONTEXT, min: Some(1), max: Some(5) };
pub static TAG: Shape =
    Shape::Structure(&[required("Key", &TAG_KEY_TYPE), required("Value", &TAG_VALUE_TYPE)]);
static ACCESS_KEY_ID_TYPE_PATTERN: Pattern = Pattern::translated(r"[\w]*", r"[0-9A-Za-z_]*");
pub static ACCESS_KEY_ID_TYPE: Shape =
    Shape::String { min: Some(16), max: Some(128), pattern: Some(&ACCESS_KEY_ID_TYPE_PATTERN) };
pub static ACCESS_KEY_SECRET_TYPE: Shape = Shape::String { min: None, max: None, pattern: None };
pub static ACCOUNT_TYPE: Shape = Shape::String { min: None, max: None, pattern: None };
static ARN_TYPE_PATTERN: Pattern = Pattern::new(
    r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+",
);
pub static ARN_TYPE: Shape =
    Shape::String { min: Some(20), max: Some(2048), pattern: Some(&ARN_TYPE_PATTERN) };
static ASSUMED_ROLE_ID_TYPE_PATTERN: Pattern =
    Pattern::translated(r"[\w+=,.@:-]*", r"[0-9A-Za-z_+=,.@:-]*");
pub static ASSUMED_ROLE_ID_TYPE: Shape =
    Shape::String { min: Some(2), max: Some(193), pattern: Some(&ASSUMED_ROLE_ID_TYPE_PATTERN) };
pub static CONTEXT_ASSERTION_TYPE: Shape =
    Shape::String { min: Some(4), max: Some(2048), pattern: None };
pub static DATE_TYPE: Shape = Shape::Timestamp;
pub static DURATION_SECONDS_TYPE: Shape = Shape::Integer { min: Some(900), max: Some(129_600) };
static EXTERNAL_ID_TYPE_PATTERN: Pattern =
    Pattern::translated(r"[\w+=,.@:\/-]*", r"[0-9A-Za-z_+=,.@:\/-]*");
pub static EXTERNAL_ID_TYPE: Shape =
    Shape::String { min: Some(2), max: Some(1224), pattern: Some(&EXTERNAL_ID_TYPE_PATTERN) };
pub static NON_NEGATIVE_INTEGER_TYPE: Shape = Shape::Integer { min: Some(0), max: None };
pub static POLICY_DESCRIPTOR_LIST_TYPE: Shape =
    Shape::List { element: &POLICY_DESCRIPTOR_TYPE, min: None, max: None };
pub static ROLE_DURATION_SECONDS_TYPE: Shape = Shape::Integer { min: Some(900), max: Some(43200) };
static ROLE_SESSION_NAME_TYPE_PATTERN: Pattern =
    Pattern::translated(r"[\w+=,.@-]*", r"[0-9A-Za-z_+=,.@-]*");
pub static ROLE_SESSION_NAME_TYPE: Shape =
    Shape::String { min: Some(2), max: Some(64), pattern: Some(&ROLE_SESSION_NAME_TYPE_PATTERN) };
static SERIAL_NUMBER_TYPE_PATTERN: Pattern =
    Pattern::translated(r"[\w+=/:,.@-]*", r"[0-9A-Za-z_+=/:,.@-]*");
pub static SERIAL_NUMBER_TYPE: Shape =
    Shape::String { min: Some(9), max: Some(256), pattern: Some(&SERIAL_NUMBER_TYPE_PATTERN) };
static SOURCE_IDENTITY_TYPE_PATTERN: Pattern =
    Pattern::translated(r"[\w+=,.@-]*", r"[0-9A-Za-z_+=,.@-]*");
pub static SOURCE_IDENTITY_TYPE: Shape =
    Shape::String { min: Some(2), max: Some(64), pattern: Some(&SOURCE_IDENTITY_TYPE_PATTERN) };
pub static TAG_KEY_LIST_TYPE: Shape =
    Shape::List { element: &TAG_KEY_TYPE, min: None, max: Some(50) };
static TAG_KEY_TYPE_PATTERN: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+");
pub static TAG_KEY_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(128), pattern: Some(&TAG_KEY_TYPE_PATTERN) };
pub static TAG_LIST_TYPE: Shape = Shape::List { element: &TAG, min: None, max: Some(50) };
static TAG_VALUE_TYPE_PATTERN: Pattern = Pattern::new(r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*");
pub static TAG_VALUE_TYPE: Shape =
    Shape::String { min: Some(0), max: Some(256), pattern: Some(&TAG_VALUE_TYPE_PATTERN) };
static TOKEN_CODE_TYPE_PATTERN: Pattern = Pattern::translated(r"[\d]*", r"[0-9]*");
pub static TOKEN_CODE_TYPE: Shape =
    Shape::String { min: Some(6), max: Some(6), pattern: Some(&TOKEN_CODE_TYPE_PATTERN) };
pub static TOKEN_TYPE: Shape = Shape::String { min: None, max: None, pattern: None };
static UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE_PATTERN: Pattern =
    Pattern::new(r"[\u0009\u000A\u000D\u0020-\u00FF]+");
pub static UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE: Shape = Shape::String {
    min: Some(1),
    max: None,
    pattern: Some(&UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE_PATTERN),
};
pub static USER_ID_TYPE: Shape = Shape::String { min: None, max: None, pattern: None };
