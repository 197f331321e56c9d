//! The error codes of the ECS API.
//! `cargo xtask codegen` writes this file; edit the generator instead.

use crate::generate::error_codes;

error_codes! {
    AccessDenied = "AccessDeniedException", 400;
    AttributeLimitExceeded = "AttributeLimitExceededException", 400;
    Blocked = "BlockedException", 400;
    Client = "ClientException", 400;
    ClusterContainsCapacityProvider = "ClusterContainsCapacityProviderException", 400;
    ClusterContainsContainerInstances = "ClusterContainsContainerInstancesException", 400;
    ClusterContainsServices = "ClusterContainsServicesException", 400;
    ClusterContainsTasks = "ClusterContainsTasksException", 400;
    ClusterNotFound = "ClusterNotFoundException", 400;
    Conflict = "ConflictException", 400;
    DaemonNotActive = "DaemonNotActiveException", 400;
    DaemonNotFound = "DaemonNotFoundException", 400;
    ExpiredToken = "ExpiredTokenException", 400;
    GatewayNotFound = "GatewayNotFoundException", 400;
    IncompleteSignature = "IncompleteSignatureException", 400;
    InternalFailure = "InternalFailure", 500;
    InvalidClientTokenId = "InvalidClientTokenId", 403;
    InvalidParameter = "InvalidParameterException", 400;
    InvalidSignature = "InvalidSignatureException", 400;
    LimitExceeded = "LimitExceededException", 400;
    MalformedHttpRequest = "MalformedHttpRequestException", 400;
    MissingAuthenticationToken = "MissingAuthenticationTokenException", 400;
    MissingVersion = "MissingVersionException", 400;
    NamespaceNotFound = "NamespaceNotFoundException", 400;
    NoUpdateAvailable = "NoUpdateAvailableException", 400;
    NotAuthorized = "NotAuthorized", 401;
    OptInRequired = "OptInRequired", 403;
    PlatformTaskDefinitionIncompatibility = "PlatformTaskDefinitionIncompatibilityException", 400;
    PlatformUnknown = "PlatformUnknownException", 400;
    RequestAborted = "RequestAbortedException", 400;
    RequestEntityTooLarge = "RequestEntityTooLargeException", 413;
    RequestExpired = "RequestExpired", 400;
    RequestTimeout = "RequestTimeoutException", 408;
    ResourceInUse = "ResourceInUseException", 400;
    ResourceNotFound = "ResourceNotFoundException", 400;
    Serialization = "SerializationException", 400;
    Server = "ServerException", 500;
    ServiceDeploymentNotFound = "ServiceDeploymentNotFoundException", 400;
    ServiceNotActive = "ServiceNotActiveException", 400;
    ServiceNotFound = "ServiceNotFoundException", 400;
    ServiceUnavailable = "ServiceUnavailable", 503;
    TargetNotConnected = "TargetNotConnectedException", 400;
    TargetNotFound = "TargetNotFoundException", 400;
    TaskSetNotFound = "TaskSetNotFoundException", 400;
    Throttling = "ThrottlingException", 400;
    UnknownOperation = "UnknownOperationException", 400;
    UnrecognizedClient = "UnrecognizedClientException", 400;
    UnsupportedFeature = "UnsupportedFeatureException", 400;
    UpdateInProgress = "UpdateInProgressException", 400;
    Validation = "ValidationException", 400;
}
