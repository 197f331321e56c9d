//! AssumeRole: temporary credentials of a role, for whom its trust policy lets in.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>

use std::collections::BTreeSet;

use iam::Grammar;
use model::{
    Tag,
    iam::{Role, SessionClaims, SessionOf},
};
use store::State;
use wire::{Error, ErrorCode, sts};

use super::{caller::caller, credentials};
use crate::{
    Cx,
    authority::{Who, caller::role_by_arn},
    services::iam::{documents, policies},
};

/// How long a session lasts where the call does not say, and at most where one role's session assumes
/// another: an hour.
const USUAL_S: i64 = 3600;
/// A session has at most so many managed session policies.
const POLICY_ARNS_MAX: usize = 10;

/// Makes the credentials of a session of a role. That the caller may assume it, by its own policies and
/// the role's trust policy, was decided before.
pub fn assume_role(
    state: &State,
    cx: &mut Cx,
    input: sts::AssumeRoleRequest,
) -> Result<sts::AssumeRoleResponse, Error> {
    credentials::check_no_mfa(input.serial_number.as_deref(), input.token_code.as_deref())?;
    if input.provided_contexts.is_some_and(|contexts| !contexts.is_empty()) {
        return Err(Error::validation("ProvidedContexts are not supported by this control plane."));
    }
    let caller = caller(state, cx)?;
    if matches!(caller, Who::Root) {
        return Err(Error::access_denied("Roles may not be assumed by root accounts."));
    }
    let arn = input.role_arn.unwrap_or_default();
    let role = role_by_arn(state, cx.home(), &arn).ok_or_else(|| denied(cx, &arn))?;
    let session_name = input.role_session_name.unwrap_or_default();
    let lasts_s = lasts_s(&role, &caller, input.duration_seconds)?;
    let source_identity = source_identity(cx, input.source_identity)?;
    let (tags, transitive_tag_keys) =
        tags(cx, input.tags.as_deref(), input.transitive_tag_keys.unwrap_or_default())?;
    let policies = input.policy.into_iter().collect::<Vec<_>>();
    let policy_arns = policy_arns(state, cx, input.policy_arns.as_deref())?;
    let used = packed_size(&policies, &policy_arns, &tags)?;
    let of = SessionOf::Role { role: role.name.clone(), session_name: session_name.clone() };
    let before = cx.principal.session.as_deref();
    let claims = SessionClaims {
        policies,
        policy_arns,
        tags,
        transitive_tag_keys,
        source_identity: source_identity.clone(),
        // What a session was made for ends those that are made from it too.
        task: before.and_then(|session| session.task.clone()),
        host: before.and_then(|session| session.host.clone()),
        ..SessionClaims::new(of, cx.now, cx.now.plus_ms(lasts_s * 1000))
    };
    let session = Who::Role { role, session_name };
    Ok(sts::AssumeRoleResponse {
        credentials: Some(credentials::mint(state, cx, claims)?),
        assumed_role_user: Some(sts::AssumedRoleUser {
            assumed_role_id: Some(session.user_id(cx.home())),
            arn: Some(session.arn(cx.home())),
        }),
        packed_policy_size: used,
        source_identity,
    })
}

/// What AWS says of a role that is not there, too: it does not tell which roles there are.
fn denied(cx: &Cx, arn: &str) -> Error {
    Error::access_denied(format!(
        "User: {} is not authorized to perform: sts:AssumeRole on resource: {arn}",
        cx.principal.arn
    ))
}

fn lasts_s(role: &Role, caller: &Who, asked_s: Option<i32>) -> Result<i64, Error> {
    let lasts_s = asked_s.map_or(USUAL_S, i64::from);
    if lasts_s > i64::from(role.max_session_s) {
        return Err(Error::validation(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        ));
    }
    if matches!(caller, Who::Role { .. }) && lasts_s > USUAL_S {
        return Err(Error::validation(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
        ));
    }
    Ok(lasts_s)
}

/// Who is behind the session. Once said it goes on from role to role, and nobody changes it.
fn source_identity(cx: &Cx, given: Option<String>) -> Result<Option<String>, Error> {
    let session = cx.principal.session.as_deref();
    match (session.and_then(|session| session.source_identity.clone()), given) {
        (Some(before), Some(given)) if before != given => Err(Error::access_denied(format!(
            "SourceIdentity is '{given}', but this session's is '{before}' and cannot be changed."
        ))),
        (before, given) => Ok(before.or(given)),
    }
}

/// The tags of the session, with those that the caller's own session hands on.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html>
fn tags(
    cx: &Cx,
    given: Option<&[sts::Tag]>,
    mut transitive: Vec<String>,
) -> Result<(Vec<Tag>, Vec<String>), Error> {
    let mut keys = BTreeSet::new();
    let mut tags = Vec::new();
    for tag in given.unwrap_or_default() {
        let (key, value) = (tag.key.clone().unwrap_or_default(), tag.value.clone());
        if key.to_ascii_lowercase().starts_with("aws:") {
            return Err(Error::validation(format!(
                "The tag key '{key}' begins with aws:, which is reserved for system use."
            )));
        }
        if !keys.insert(key.to_ascii_lowercase()) {
            return Err(Error::validation(
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ));
        }
        tags.push(Tag { key, value: value.unwrap_or_default() });
    }
    if let Some(key) = transitive.iter().find(|key| !keys.contains(&key.to_ascii_lowercase())) {
        return Err(Error::validation(format!(
            "The transitive tag key '{key}' is not the key of a session tag."
        )));
    }
    let Some(session) = cx.principal.session.as_deref() else { return Ok((tags, transitive)) };
    for key in &session.transitive_tag_keys {
        if keys.contains(&key.to_ascii_lowercase()) {
            return Err(Error::access_denied(format!(
                "The session tag '{key}' is transitive and cannot be set anew."
            )));
        }
        tags.extend(session.tags.iter().find(|tag| tag.key.eq_ignore_ascii_case(key)).cloned());
        transitive.push(key.clone());
    }
    Ok((tags, transitive))
}

fn policy_arns(
    state: &State,
    cx: &Cx,
    given: Option<&[sts::PolicyDescriptorType]>,
) -> Result<Vec<String>, Error> {
    let given = given.unwrap_or_default();
    if given.len() > POLICY_ARNS_MAX {
        return Err(Error::validation(format!(
            "PolicyArns has {} entries; a session can have at most {POLICY_ARNS_MAX}.",
            given.len()
        )));
    }
    let arns = given.iter().map(|given| {
        let arn = given.arn.clone().unwrap_or_default();
        match policies::by_arn(state, &cx.home().account, &arn) {
            Some(_) => Ok(arn),
            None => Err(Error::malformed_policy(format!(
                "PolicyArns: the policy '{arn}' does not exist or is not attachable."
            ))),
        }
    });
    arns.collect()
}

/// How much of what a session may carry is used, in percent; nothing where it carries nothing.
fn packed_size(
    policies: &[String],
    policy_arns: &[String],
    tags: &[Tag],
) -> Result<Option<i32>, Error> {
    for document in policies {
        documents::parse(document, Grammar::Identity)?;
    }
    let of_policies: usize = policies.iter().map(|document| documents::chars(document)).sum();
    let of_arns: usize = policy_arns.iter().map(String::len).sum();
    let of_tags: usize = tags.iter().map(|tag| tag.key.len() + tag.value.len()).sum();
    let (used, max) = (of_policies + of_arns + of_tags, iam::limits::SESSION_CHARS_MAX);
    let percent = (used * 100).div_ceil(max);
    if percent > 100 {
        return Err(Error::new(
            ErrorCode::PackedPolicyTooLarge,
            format!(
                "Packed policy consumes {percent}% of allotted space, please use smaller policy."
            ),
        ));
    }
    Ok((used > 0).then(|| i32::try_from(percent).unwrap_or(100)))
}
