//! Policy documents as they are given: whether they are policies, and whether they are too long.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

pub use iam::limits::chars;
use iam::{Grammar, Policy};
use wire::Error;

/// Reads a document, or says what is wrong with it and where.
pub fn parse(text: &str, grammar: Grammar) -> Result<Policy, Error> {
    Policy::parse(text, grammar).map_err(|malformed| Error::malformed_policy(malformed.to_string()))
}

/// Reads the document of a managed policy.
pub fn managed(text: Option<&str>) -> Result<String, Error> {
    let text = text.unwrap_or_default();
    parse(text, Grammar::Identity)?;
    let max = iam::limits::MANAGED_CHARS_MAX;
    if chars(text) > max {
        return Err(Error::limit_exceeded(format!("Cannot exceed quota for PolicySize: {max}")));
    }
    Ok(text.to_owned())
}

/// Reads a role's trust policy.
pub fn trust(text: Option<&str>) -> Result<String, Error> {
    let text = text.unwrap_or_default();
    parse(text, Grammar::Trust)?;
    let max = iam::limits::TRUST_CHARS_MAX;
    if chars(text) > max {
        return Err(Error::limit_exceeded(format!(
            "Cannot exceed quota for ACLSizePerRole: {max}"
        )));
    }
    Ok(text.to_owned())
}
