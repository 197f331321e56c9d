//! An error as the API answers it.

use std::fmt;

use serde_json::{Map, Value};

use crate::ErrorCode;

/// An error that a caller of the API sees: code, message, and the further members that a few
/// exceptions have.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// Which error it is; gives the HTTP status too.
    pub code: ErrorCode,
    /// What went wrong: the member, its value and the rule it broke.
    pub message: String,
    /// Members besides the message, such as `resourceIds` of `ConflictException`.
    pub extra: Option<Map<String, Value>>,
}

impl Error {
    /// An error with a code and a message.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), extra: None }
    }

    /// The same error with one member more.
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.extra.get_or_insert_default().insert(member.to_owned(), value.into());
        self
    }

    /// `ConflictException`, with the ids of the resources that are in the way.
    pub fn conflict(message: impl Into<String>, resource_ids: Vec<String>) -> Self {
        Self::new(ErrorCode::Conflict, message).with("resourceIds", resource_ids)
    }
}

/// A constructor that takes the message, for each code that handlers answer often.
macro_rules! constructors {
    ($( $name:ident = $code:ident, $meaning:literal; )*) => {
        impl Error { $(
            #[doc = concat!("`", stringify!($code), "`: ", $meaning)]
            pub fn $name(message: impl Into<String>) -> Self {
                Self::new(ErrorCode::$code, message)
            }
        )* }
    };
}

constructors! {
    access_denied = AccessDenied, "the principal may not do this.";
    client = Client, "the request cannot be served as it is; often an id that does not exist.";
    cluster_not_found = ClusterNotFound, "there is no such cluster.";
    delete_conflict = DeleteConflict, "something still hangs on what should go.";
    entity_already_exists = EntityAlreadyExists, "the name is taken.";
    internal = InternalFailure, "a fault of our own, outside any operation.";
    invalid_input = InvalidInput, "a value is not allowed, in IAM.";
    invalid_parameter = InvalidParameter, "a member's value is not allowed.";
    limit_exceeded = LimitExceeded, "there are as many as there may be.";
    malformed_policy = MalformedPolicyDocument, "the policy document is no policy.";
    no_such_entity = NoSuchEntity, "there is no such thing in IAM.";
    not_found = ResourceNotFound, "there is no such resource.";
    request_too_large = RequestEntityTooLarge, "the body is longer than we take.";
    serialization = Serialization, "the body is not JSON of the right types.";
    server = Server, "a fault of our own.";
    service_not_active = ServiceNotActive, "the service is draining or gone.";
    service_not_found = ServiceNotFound, "there is no such service.";
    target_not_found = TargetNotFound, "there is no such target.";
    throttling = Throttling, "too many requests, or a full queue; try again later.";
    unknown_operation = UnknownOperation, "there is no such operation.";
    unmodifiable = UnmodifiableEntity, "only AWS changes this one.";
    unsupported_feature = UnsupportedFeature, "the feature does not exist here.";
    validation = Validation, "a member's value is not allowed, in the query protocol.";
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code.name(), self.message)
    }
}

impl std::error::Error for Error {}
