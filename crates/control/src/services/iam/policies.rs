//! Managed policies: those of the account, which are kept, and AWS's own, which are built in.
//! CreatePolicy, GetPolicy, ListPolicies, DeletePolicy.

use std::sync::Arc;

use model::{
    Tag, Timestamp,
    iam::{ManagedPolicy, PolicyVersion, key_of},
};
use store::{PolicyUse, State, Tx};
use wire::{Error, iam};

use super::{
    aws_managed::{self, AwsManaged},
    documents,
    entity::is_taken,
    ids, page, render, tags,
};
use crate::Cx;

/// A managed policy of either kind.
#[derive(Clone, Debug)]
pub enum Managed {
    /// One of the account.
    Own(Arc<ManagedPolicy>),
    /// One of AWS.
    Aws(&'static AwsManaged),
}

/// A version of a managed policy of either kind.
pub struct Version {
    /// `v1`
    pub id: String,
    /// Its document.
    pub document: String,
    /// Whether it is in force.
    pub is_default: bool,
    /// When it was created.
    pub created_at: Timestamp,
}

impl Managed {
    /// Its ARN.
    pub fn arn(&self, cx: &Cx) -> String {
        match self {
            Managed::Own(policy) => policy.arn(&cx.home().account),
            Managed::Aws(policy) => policy.arn(),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Managed::Own(policy) => &policy.name,
            Managed::Aws(policy) => policy.name,
        }
    }

    /// Its path.
    pub fn path(&self) -> &str {
        match self {
            Managed::Own(policy) => &policy.path,
            Managed::Aws(policy) => policy.path,
        }
    }

    /// Its tags.
    pub fn tags(&self) -> &[Tag] {
        match self {
            Managed::Own(policy) => &policy.tags,
            Managed::Aws(_) => &[],
        }
    }

    /// Whether it may be put on anybody. What AWS keeps for service-linked roles may not.
    pub fn is_attachable(&self) -> bool {
        !self.path().starts_with("/aws-service-role/")
    }

    /// The document that is in force.
    pub fn document(&self) -> &str {
        match self {
            Managed::Own(policy) => policy.document(),
            Managed::Aws(policy) => policy.document,
        }
    }

    /// Its versions, the newest first.
    pub fn versions(&self) -> Vec<Version> {
        match self {
            Managed::Own(policy) => policy
                .versions
                .iter()
                .rev()
                .map(|(number, version)| Version {
                    id: format!("v{number}"),
                    document: version.document.clone(),
                    is_default: *number == policy.default_version,
                    created_at: version.created_at,
                })
                .collect(),
            Managed::Aws(policy) => vec![Version {
                id: "v1".into(),
                document: policy.document.into(),
                is_default: true,
                created_at: aws_managed::CREATED_AT,
            }],
        }
    }

    /// How it is shown. Lists leave tags and description out.
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html>
    pub fn render(&self, state: &State, cx: &Cx, is_listed: bool) -> iam::Policy {
        let arn = self.arn(cx);
        let (id, description, default_version, created_at, updated_at) = match self {
            Managed::Own(policy) => (
                policy.id.clone(),
                policy.description.clone(),
                format!("v{}", policy.default_version),
                policy.created_at,
                policy.updated_at,
            ),
            Managed::Aws(policy) => {
                let at = aws_managed::CREATED_AT;
                (policy.id(), Some(policy.description.to_owned()), "v1".to_owned(), at, at)
            }
        };
        iam::Policy {
            policy_name: Some(self.name().to_owned()),
            policy_id: Some(id),
            path: Some(self.path().to_owned()),
            default_version_id: Some(default_version),
            attachment_count: Some(count(state, &arn, PolicyUse::Attached)),
            permissions_boundary_usage_count: Some(count(state, &arn, PolicyUse::Boundary)),
            is_attachable: Some(self.is_attachable()),
            description: description.filter(|_| !is_listed),
            create_date: Some(render::time(created_at)),
            update_date: Some(render::time(updated_at)),
            tags: render::tags(self.tags()).filter(|_| !is_listed),
            arn: Some(arn),
        }
    }
}

fn count(state: &State, arn: &str, used: PolicyUse) -> i32 {
    let users = state.users_with_policy(arn, used).count();
    let roles = state.roles_with_policy(arn, used).count();
    i32::try_from(users + roles).unwrap_or(i32::MAX)
}

/// The managed policy with this ARN, if there is one: `account` is the control plane's own.
pub fn by_arn(state: &State, account: &str, arn: &str) -> Option<Managed> {
    if let Some(policy) = aws_managed::find(arn) {
        return Some(Managed::Aws(policy));
    }
    let (_, name) = arn.rsplit_once('/')?;
    let policy = state.policies().get(&key_of(name))?;
    (policy.arn(account) == arn).then(|| Managed::Own(policy.clone()))
}

/// The managed policy with this ARN.
pub fn find(state: &State, cx: &Cx, arn: Option<&str>) -> Result<Managed, Error> {
    let arn = arn.unwrap_or_default();
    if !arn.starts_with("arn:aws:iam::") || !arn.contains(":policy/") {
        return Err(Error::validation(format!("ARN {arn} is not valid.")));
    }
    by_arn(state, &cx.home().account, arn)
        .ok_or_else(|| Error::no_such_entity(format!("Policy {arn} was not found.")))
}

/// The managed policy of the account with this ARN; nobody changes AWS's.
pub fn own(state: &State, cx: &Cx, arn: Option<&str>) -> Result<Arc<ManagedPolicy>, Error> {
    match find(state, cx, arn)? {
        Managed::Own(policy) => Ok(policy),
        Managed::Aws(policy) => Err(Error::access_denied(format!(
            "User: {} is not authorized to change {}: only AWS changes its managed policies",
            cx.principal.arn,
            policy.arn()
        ))),
    }
}

/// Creates a managed policy, whose document is its first version.
pub fn create_policy(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::CreatePolicyRequest,
) -> Result<iam::CreatePolicyResponse, Error> {
    let name = input.policy_name.unwrap_or_default();
    if is_taken::<ManagedPolicy>(tx, &name) {
        return Err(Error::entity_already_exists(format!(
            "A policy called {name} already exists. Duplicate names are not allowed."
        )));
    }
    let document = documents::managed(input.policy_document.as_deref())?;
    let first = PolicyVersion { document, created_at: cx.now };
    let policy = ManagedPolicy {
        name,
        path: input.path.unwrap_or_else(|| "/".into()),
        id: ids::unique_id(cx, "ANPA"),
        description: input.description,
        created_at: cx.now,
        updated_at: cx.now,
        versions: [(1, first)].into(),
        default_version: 1,
        latest_version: 1,
        tags: tags::parse(input.tags.as_deref())?,
    };
    let shown = Managed::Own(Arc::new(policy.clone())).render(tx, cx, false);
    tx.put(policy);
    Ok(iam::CreatePolicyResponse { policy: Some(shown) })
}

/// Describes a managed policy.
pub fn get_policy(
    state: &State,
    cx: &mut Cx,
    input: iam::GetPolicyRequest,
) -> Result<iam::GetPolicyResponse, Error> {
    let policy = find(state, cx, input.policy_arn.as_deref())?;
    Ok(iam::GetPolicyResponse { policy: Some(policy.render(state, cx, false)) })
}

/// Lists managed policies by ARN.
pub fn list_policies(
    state: &State,
    cx: &mut Cx,
    input: iam::ListPoliciesRequest,
) -> Result<iam::ListPoliciesResponse, Error> {
    let scope = input.scope.unwrap_or(iam::PolicyScopeType::All);
    let mut all = Vec::new();
    if scope != iam::PolicyScopeType::Local {
        all.extend(aws_managed::ALL.iter().map(Managed::Aws));
    }
    if scope != iam::PolicyScopeType::Aws {
        all.extend(state.policies().iter().cloned().map(Managed::Own));
    }
    let only_attached = input.only_attached.unwrap_or_default();
    let is_used = |policy: &Managed| {
        let arn = policy.arn(cx);
        let attached = || count(state, &arn, PolicyUse::Attached) > 0;
        let bounding = || count(state, &arn, PolicyUse::Boundary) > 0;
        match input.policy_usage_filter {
            Some(iam::PolicyUsageType::PermissionsPolicy) => attached(),
            Some(iam::PolicyUsageType::PermissionsBoundary) => bounding(),
            None => !only_attached || attached() || bounding(),
        }
    };
    let prefix = input.path_prefix.as_deref();
    all.retain(|policy| page::is_under(policy.path(), prefix) && is_used(policy));
    let marker = input.marker.as_deref();
    let page = page::items("ListPolicies", input.max_items, marker, all, |policy| policy.arn(cx))?;
    Ok(iam::ListPoliciesResponse {
        is_truncated: Some(page.is_truncated()),
        policies: Some(page.items.iter().map(|it| it.render(state, cx, true)).collect()),
        marker: page.marker,
    })
}

/// Deletes a managed policy that nobody has and that has no version but the default one.
pub fn delete_policy(
    tx: &mut Tx,
    cx: &mut Cx,
    input: iam::DeletePolicyRequest,
) -> Result<(), Error> {
    let policy = own(tx, cx, input.policy_arn.as_deref())?;
    let arn = policy.arn(&cx.home().account);
    if [PolicyUse::Attached, PolicyUse::Boundary].iter().any(|used| count(tx, &arn, *used) > 0) {
        return Err(Error::delete_conflict("Cannot delete a policy attached to entities."));
    }
    if policy.versions.len() > 1 {
        return Err(Error::delete_conflict(
            "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        ));
    }
    tx.delete::<ManagedPolicy>(&key_of(&policy.name));
    Ok(())
}
