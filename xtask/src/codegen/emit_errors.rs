//! The error codes: the model's exceptions, and those that AWS answers for every service.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::service::Service;

/// Errors outside the model with their HTTP status, from "Common error types" in AWS's API
/// references; statuses as the JSON services answer them (the signature errors are 400 there).
const COMMON: [(&str, u16); 19] = [
    ("ExpiredTokenException", 400),
    ("IncompleteSignatureException", 400),
    ("InternalFailure", 500),
    ("InvalidClientTokenId", 403),
    ("InvalidSignatureException", 400),
    ("MalformedHttpRequestException", 400),
    ("MissingAuthenticationTokenException", 400),
    ("NotAuthorized", 401),
    ("OptInRequired", 403),
    ("RequestAbortedException", 400),
    ("RequestEntityTooLargeException", 413),
    ("RequestExpired", 400),
    ("RequestTimeoutException", 408),
    ("SerializationException", 400),
    ("ServiceUnavailable", 503),
    ("ThrottlingException", 400),
    ("UnknownOperationException", 400),
    ("UnrecognizedClientException", 400),
    ("ValidationException", 400),
];

pub fn emit(service: &Service) -> String {
    let modelled = service.shapes.iter().filter(|(_, shape)| shape.exception);
    let codes: BTreeMap<&str, u16> = modelled
        .map(|(name, shape)| (name.as_str(), if shape.fault { 500 } else { 400 }))
        .chain(COMMON)
        .collect();
    let mut text = "use crate::generate::error_codes;\n\nerror_codes! {\n".to_owned();
    for (name, status) in codes {
        _ = writeln!(text, "    {} = {name:?}, {status};", variant(name));
    }
    text + "}\n"
}

/// The variant of an error code: its name without the `Exception` that most of them end in.
pub fn variant(name: &str) -> &str {
    name.strip_suffix("Exception").unwrap_or(name)
}
