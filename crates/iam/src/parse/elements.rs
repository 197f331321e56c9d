//! The values of Action, Resource and Principal.

use alloc::{boxed::Box, collections::BTreeMap, format, string::String, vec::Vec};

use super::strings;
use crate::{
    Grammar, Malformed,
    arn::ArnPattern,
    glob::{Glob, Signs},
    json::{Json, quote},
    principal::PrincipalName,
};

type ByService = Box<[(Box<str>, Vec<Glob>)]>;

/// Whether `*` is among the actions, and the others by service.
pub(super) fn actions(json: &Json, grammar: Grammar) -> Result<(bool, ByService), Malformed> {
    let mut all = false;
    let mut by_service: BTreeMap<String, Vec<Glob>> = BTreeMap::new();
    for (place, action) in strings(json, "action")? {
        let at_place = |message: String| Malformed::new(message).within(&place);
        let is_of_sts = action.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sts:"));
        if grammar == Grammar::Trust && !is_of_sts {
            return Err(at_place(format!(
                "{} is no action of STS; a trust policy has no others",
                quote(action)
            )));
        }
        if action == "*" || action == "*:*" {
            all = true;
            continue;
        }
        let (service, name) = split_action(action).map_err(at_place)?;
        let signs = Signs { wildcards: true, variables: false };
        let name = Glob::compile(&name.to_ascii_lowercase(), signs).map_err(at_place)?;
        by_service.entry(service.to_ascii_lowercase()).or_default().push(name);
    }
    let by_service = by_service.into_iter().map(|(service, names)| (service.into(), names));
    Ok((all, by_service.collect()))
}

/// Vendor and name of an action.
fn split_action(action: &str) -> Result<(&str, &str), String> {
    let Some((service, name)) = action.split_once(':') else {
        return Err(format!(
            "{} has no vendor: an action is written \"service:Name\", such as \"ecs:RunTask\"",
            quote(action)
        ));
    };
    if service.contains(['*', '?']) {
        return Err(format!("{}: the vendor of an action has no wildcards", quote(action)));
    }
    let is_vendor = !service.is_empty()
        && service.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_vendor {
        return Err(format!(
            "{}: {} is no vendor; one is of letters, digits and hyphens",
            quote(action),
            quote(service)
        ));
    }
    let is_name = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"*?-_.".contains(&byte));
    if !is_name {
        return Err(format!(
            "{}: {} is no name of an action; one is of letters, digits and wildcards",
            quote(action),
            quote(name)
        ));
    }
    Ok((service, name))
}

pub(super) fn resources(json: &Json, variables: bool) -> Result<Box<[ArnPattern]>, Malformed> {
    let patterns = strings(json, "resource")?.into_iter().map(|(place, resource)| {
        ArnPattern::of_resource(resource, variables).map_err(|reason| {
            Malformed::new(format!("{}: {reason}", quote(resource))).within(&place)
        })
    });
    patterns.collect()
}

pub(super) fn principals(json: &Json, grammar: Grammar) -> Result<Box<[PrincipalName]>, Malformed> {
    let kinds = match json {
        Json::Text(text) if text == "*" && grammar == Grammar::Trust => {
            let message = "\"*\" alone is no principal of a trust policy; {\"AWS\": \"*\"} is";
            return Err(Malformed::new(message));
        }
        Json::Text(text) if text == "*" => return Ok(Box::new([PrincipalName::Everyone])),
        Json::Object(kinds) if !kinds.is_empty() => kinds,
        other => {
            return Err(Malformed::new(format!(
                "a principal is \"*\" or an object such as {{\"AWS\": \"111122223333\"}}, not {}",
                if matches!(other, Json::Object(_)) {
                    "an empty one".into()
                } else {
                    other.found()
                }
            )));
        }
    };
    let mut names = Vec::new();
    for (kind, json) in kinds {
        let read = match kind.as_str() {
            "AWS" => aws,
            "Service" => service,
            "Federated" => federated,
            "CanonicalUser" if grammar == Grammar::Resource => canonical_user,
            _ => {
                return Err(Malformed::new(format!(
                    "{} is no kind of principal; AWS, Service and Federated are",
                    quote(kind)
                )));
            }
        };
        let found = strings(json, "principal").map_err(|error| error.within(kind))?;
        for (place, text) in found {
            let name = read(text).ok_or_else(|| {
                let message = format!("{} names no principal of this kind", quote(text));
                Malformed::new(message).within(&place).within(kind)
            })?;
            names.push(name);
        }
    }
    Ok(names.into())
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
fn aws(text: &str) -> Option<PrincipalName> {
    if text == "*" {
        return Some(PrincipalName::Everyone);
    }
    if is_account(text) {
        return Some(PrincipalName::Account(text.into()));
    }
    if is_unique_id(text) {
        return Some(PrincipalName::Nobody);
    }
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let &["arn", partition, service, "", account, resource] = parts.as_slice() else {
        return None;
    };
    if !partition.starts_with("aws") || !is_account(account) || text.contains(['*', '?', '$']) {
        return None;
    }
    let (kind, name) = resource.split_once('/').unwrap_or((resource, ""));
    match (service, kind) {
        ("iam", "root") if name.is_empty() => Some(PrincipalName::Account(account.into())),
        ("iam", "user") if !name.is_empty() => Some(PrincipalName::User(text.into())),
        ("iam", "role") if !name.is_empty() => Some(PrincipalName::Role(text.into())),
        ("sts", "assumed-role") if name.contains('/') => Some(PrincipalName::Session(text.into())),
        ("sts", "federated-user") if !name.is_empty() => Some(PrincipalName::Session(text.into())),
        _ => None,
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What the ARN of a user or role turns into when the user or role is deleted.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
fn is_unique_id(text: &str) -> bool {
    let is_word = text.len() >= 16
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    is_word && (text.starts_with("AIDA") || text.starts_with("AROA"))
}

fn service(text: &str) -> Option<PrincipalName> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    let is_service = text.contains('.') && text.bytes().all(is_name);
    is_service.then(|| PrincipalName::Service(text.into()))
}

/// The domain of a provider of OpenID Connect, or the ARN of one, or of one of SAML.
fn federated(text: &str) -> Option<PrincipalName> {
    let is_name = |byte: u8| byte.is_ascii_graphic() && !b"*?\"".contains(&byte);
    let is_provider = !text.is_empty() && text.bytes().all(is_name);
    is_provider.then(|| PrincipalName::Federated(text.into()))
}

fn canonical_user(text: &str) -> Option<PrincipalName> {
    let is_id = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then_some(PrincipalName::Nobody)
}
