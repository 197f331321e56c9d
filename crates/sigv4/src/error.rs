//! Why a request is refused, with AWS's names, texts and HTTP statuses.

use alloc::string::String;
use core::fmt;

/// Why a request's signature is refused. `Display` gives the message for the client.
///
/// The texts are AWS's own, as quoted in its troubleshooting guide and in answers on record;
/// several of them end with a space there, and so they do here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The request is not signed, or not by Signature Version 4.
    MissingAuthenticationToken,
    /// The signature cannot be read: a part is missing or malformed. Holds the message.
    IncompleteSignature(String),
    /// The access key is not known. [`Claim::verify`](crate::Claim::verify) says so of a temporary
    /// key without its token, too.
    UnrecognizedClient,
    /// A security token came that does not belong to the access key.
    InvalidSecurityToken,
    /// The signature is readable but not valid here or now. Holds the message.
    InvalidSignature(String),
    /// The signature is another than the one computed from the request and the secret.
    SignatureMismatch,
    /// The temporary credentials are past their end.
    ExpiredToken,
    /// A chunked body is malformed or ends too early. Holds what is wrong with it.
    IncompleteBody(&'static str),
}

impl Error {
    /// The exception's name in the JSON protocols.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MissingAuthenticationToken => "MissingAuthenticationTokenException",
            Self::IncompleteSignature(_) => "IncompleteSignatureException",
            Self::UnrecognizedClient | Self::InvalidSecurityToken => "UnrecognizedClientException",
            Self::InvalidSignature(_) | Self::SignatureMismatch => "InvalidSignatureException",
            Self::ExpiredToken => "ExpiredTokenException",
            Self::IncompleteBody(_) => "IncompleteBody",
        }
    }

    /// The HTTP status in the JSON protocols: always 400. ECS, ECR, SageMaker, EMR and DynamoDB all
    /// answer so, clock skew and wrong signatures included; 403 is the REST and query services'.
    pub fn http_status(&self) -> u16 {
        400
    }

    /// The error code in the query protocol of IAM and STS.
    pub fn query_code(&self) -> &'static str {
        match self {
            Self::MissingAuthenticationToken => "MissingAuthenticationToken",
            Self::IncompleteSignature(_) => "IncompleteSignature",
            Self::UnrecognizedClient | Self::InvalidSecurityToken => "InvalidClientTokenId",
            Self::InvalidSignature(_) | Self::SignatureMismatch => "SignatureDoesNotMatch",
            Self::ExpiredToken => "ExpiredToken",
            Self::IncompleteBody(_) => "IncompleteBody",
        }
    }

    /// The HTTP status in the query protocol: 400 for what cannot be read, 403 for the rest.
    pub fn query_http_status(&self) -> u16 {
        match self {
            Self::IncompleteSignature(_) | Self::IncompleteBody(_) => 400,
            _ => 403,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::MissingAuthenticationToken => "Missing Authentication Token",
            Self::UnrecognizedClient => "The security token included in the request is invalid.",
            // Without the full stop when a token came: that is how AWS tells the two apart.
            Self::InvalidSecurityToken => "The security token included in the request is invalid",
            Self::SignatureMismatch => {
                "The request signature we calculated does not match the signature you provided. \
                 Check your AWS Secret Access Key and signing method. \
                 Consult the service documentation for details."
            }
            Self::ExpiredToken => "The security token included in the request is expired",
            Self::IncompleteSignature(message) | Self::InvalidSignature(message) => message,
            Self::IncompleteBody(reason) => reason,
        })
    }
}

impl core::error::Error for Error {}
