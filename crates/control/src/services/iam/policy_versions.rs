//! Versions of managed policies: Create…, Get…, List…, Delete…, SetDefaultPolicyVersion.

use model::iam::{ManagedPolicy, PolicyVersion};
use store::{State, Tx};
use wire::{Error, iam};

use super::{
    documents, page,
    policies::{Version, find, own},
    render,
};
use crate::Cx;

/// A policy has at most this many versions.
const COUNT_MAX: usize = 5;

/// How a version is shown.
pub fn render(version: Version, with_document: bool) -> iam::PolicyVersion {
    iam::PolicyVersion {
        document: Some(version.document).filter(|_| with_document),
        version_id: Some(version.id),
        is_default_version: Some(version.is_default),
        create_date: Some(render::time(version.created_at)),
    }
}

fn missing(arn: Option<&str>, version: &str) -> Error {
    let arn = arn.unwrap_or_default();
    Error::no_such_entity(format!(
        "Policy {arn} version {version} does not exist or is not attachable."
    ))
}

/// The number of a version that is there.
fn number(policy: &ManagedPolicy, arn: Option<&str>, version: Option<&str>) -> Result<u32, Error> {
    let version = version.unwrap_or_default();
    let number = version.strip_prefix('v').and_then(|number| number.parse().ok());
    number
        .filter(|number| policy.versions.contains_key(number))
        .ok_or_else(|| missing(arn, version))
}

/// Adds a version, and puts it in force if asked to.
pub fn create_policy_version(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::CreatePolicyVersionRequest,
) -> Result<iam::CreatePolicyVersionResponse, Error> {
    let policy = own(tx, cx, input.policy_arn.as_deref())?;
    let document = documents::managed(input.policy_document.as_deref())?;
    if policy.versions.len() >= COUNT_MAX {
        return Err(Error::limit_exceeded(format!(
            "A managed policy can have up to {COUNT_MAX} versions. Before you create a new version, you must delete an existing version."
        )));
    }
    let mut policy = (*policy).clone();
    policy.latest_version += 1;
    policy.updated_at = cx.now;
    let is_default = input.set_as_default.unwrap_or_default();
    if is_default {
        policy.default_version = policy.latest_version;
    }
    let shown = Version {
        id: format!("v{}", policy.latest_version),
        document: document.clone(),
        is_default,
        created_at: cx.now,
    };
    let version = PolicyVersion { document, created_at: cx.now };
    policy.versions.insert(policy.latest_version, version);
    tx.put(policy);
    Ok(iam::CreatePolicyVersionResponse { policy_version: Some(render(shown, false)) })
}

/// Describes a version with its document.
pub fn get_policy_version(
    state: &State,
    cx: &mut Cx,
    input: iam::GetPolicyVersionRequest,
) -> Result<iam::GetPolicyVersionResponse, Error> {
    let versions = find(state, cx, input.policy_arn.as_deref())?.versions();
    let id = input.version_id.unwrap_or_default();
    let version = versions.into_iter().find(|version| version.id == id);
    let version = version.ok_or_else(|| missing(input.policy_arn.as_deref(), &id))?;
    Ok(iam::GetPolicyVersionResponse { policy_version: Some(render(version, true)) })
}

/// Lists the versions of a policy, without their documents.
pub fn list_policy_versions(
    state: &State,
    cx: &mut Cx,
    input: iam::ListPolicyVersionsRequest,
) -> Result<iam::ListPolicyVersionsResponse, Error> {
    let versions = find(state, cx, input.policy_arn.as_deref())?.versions();
    let marker = input.marker.as_deref();
    // The newest comes first, whatever number of digits it has.
    let order = |version: &Version| {
        let number: u32 = version.id[1..].parse().unwrap_or_default();
        format!("{:010}", u32::MAX - number)
    };
    let page = page::items("ListPolicyVersions", input.max_items, marker, versions, order)?;
    Ok(iam::ListPolicyVersionsResponse {
        is_truncated: Some(page.is_truncated()),
        marker: page.marker.clone(),
        versions: Some(page.map(|version| render(version, false)).items),
    })
}

/// Puts a version in force.
pub fn set_default_policy_version(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::SetDefaultPolicyVersionRequest,
) -> Result<(), Error> {
    let arn = input.policy_arn.as_deref();
    let policy = own(tx, cx, arn)?;
    let default_version = number(&policy, arn, input.version_id.as_deref())?;
    tx.put(ManagedPolicy { default_version, updated_at: cx.now, ..(*policy).clone() });
    Ok(())
}

/// Deletes a version that is not in force.
pub fn delete_policy_version(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::DeletePolicyVersionRequest,
) -> Result<(), Error> {
    let arn = input.policy_arn.as_deref();
    let mut policy = (*own(tx, cx, arn)?).clone();
    let number = number(&policy, arn, input.version_id.as_deref())?;
    if number == policy.default_version {
        return Err(Error::delete_conflict("Cannot delete the default version of a policy."));
    }
    policy.versions.remove(&number);
    tx.put(policy);
    Ok(())
}
