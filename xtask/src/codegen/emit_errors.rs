//! The error codes: the exceptions of all models, and those that AWS answers for every service.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::service::Service;

/// How an error is told: name and HTTP status.
type Face = (String, u16);

/// Errors outside the models, from "Common error types" in AWS's API references, with their names
/// and statuses in the JSON protocol and in the query protocol, where only some names end in
/// `Exception` and signatures are refused with 403.
const COMMON: [(&str, u16, &str, u16); 19] = [
    ("ExpiredTokenException", 400, "ExpiredToken", 403),
    ("IncompleteSignatureException", 400, "IncompleteSignature", 400),
    ("InternalFailure", 500, "InternalFailure", 500),
    ("InvalidClientTokenId", 403, "InvalidClientTokenId", 403),
    ("InvalidSignatureException", 400, "SignatureDoesNotMatch", 403),
    ("MalformedHttpRequestException", 400, "MalformedHttpRequest", 400),
    ("MissingAuthenticationTokenException", 400, "MissingAuthenticationToken", 403),
    ("NotAuthorized", 401, "NotAuthorized", 401),
    ("OptInRequired", 403, "OptInRequired", 403),
    ("RequestAbortedException", 400, "RequestAborted", 400),
    ("RequestEntityTooLargeException", 413, "RequestEntityTooLarge", 413),
    ("RequestExpired", 400, "RequestExpired", 400),
    ("RequestTimeoutException", 408, "RequestTimeout", 408),
    ("SerializationException", 400, "MalformedInput", 400),
    ("ServiceUnavailable", 503, "ServiceUnavailable", 503),
    ("ThrottlingException", 400, "Throttling", 400),
    ("UnknownOperationException", 400, "InvalidAction", 400),
    ("UnrecognizedClientException", 400, "InvalidClientTokenId", 403),
    ("ValidationException", 400, "ValidationError", 400),
];

/// Modelled errors of a JSON service that every service's parts may answer, and what the query
/// protocol calls them.
const SHARED: [(&str, &str, u16); 3] = [
    ("AccessDeniedException", "AccessDenied", 403),
    ("InvalidParameterException", "ValidationError", 400),
    ("ServerException", "ServiceFailure", 500),
];

pub fn emit(services: &[Service]) -> String {
    let mut faces: BTreeMap<&str, (Option<Face>, Option<Face>)> = BTreeMap::new();
    for (name, shape) in services.iter().flat_map(|service| &service.shapes) {
        if !shape.exception {
            continue;
        }
        let (json, query) = faces.entry(variant(name)).or_default();
        match &shape.error {
            Some(error) => *query = Some((error.code.clone(), error.http_status_code)),
            None => *json = Some((name.clone(), if shape.fault { 500 } else { 400 })),
        }
    }
    for (json_name, json_status, query_name, query_status) in COMMON {
        let json = Some((json_name.to_owned(), json_status));
        faces.insert(variant(json_name), (json, Some((query_name.to_owned(), query_status))));
    }
    for (json_name, name, status) in SHARED {
        let (_, query) = faces.entry(variant(json_name)).or_default();
        *query = Some((name.to_owned(), status));
    }
    let mut text = "use crate::generate::error_codes;\n\nerror_codes! {\n".to_owned();
    for (variant, (json, query)) in faces {
        // A code of one protocol alone is told under its own name in the other.
        let own = (variant.to_owned(), query.as_ref().or(json.as_ref()).map_or(400, |face| face.1));
        let (json_name, json_status) = json.as_ref().or(query.as_ref()).unwrap_or(&own);
        let (query_name, query_status) = query.as_ref().unwrap_or(&own);
        _ = writeln!(
            text,
            "    {variant} = {json_name:?}, {json_status}, {query_name:?}, {query_status};"
        );
    }
    text + "}\n"
}

/// The variant of an error code: its name without the `Exception` that most of them end in.
pub fn variant(name: &str) -> &str {
    name.strip_suffix("Exception").unwrap_or(name)
}
