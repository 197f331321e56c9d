//! The AWS services whose APIs are spoken here: where their models are, and what of them is kept.

use std::path::PathBuf;

/// A service of AWS.
pub struct Service {
    /// Its name in signatures, and the name of its folder and module: `iam`.
    pub id: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// The version of its API.
    pub version: &'static str,
    /// How it writes requests and answers.
    pub protocol: Protocol,
    /// The operations that the model keeps, or `None` for all of them. A service that is there only
    /// because ECS leans on it would bring hundreds of shapes that nobody reads.
    pub operations: Option<&'static [&'static str]>,
    /// The table of what is served.
    pub dispatch: &'static str,
}

/// A protocol of AWS's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// JSON objects with members like `roleArn`.
    Json,
    /// Forms and XML with members like `RoleArn`.
    Query,
}

impl Service {
    /// Where its stripped model is.
    pub fn model(&self) -> PathBuf {
        crate::root().join(self.model_path())
    }

    /// The model's path in the repository.
    pub fn model_path(&self) -> String {
        format!("models/{}-{}.json", self.id, self.version)
    }
}

/// The service called `id`.
pub fn find(id: &str) -> Result<&'static Service, String> {
    let known = || ALL.map(|service| service.id).join(", ");
    ALL.iter()
        .find(|service| service.id == id)
        .ok_or_else(|| format!("there is no service '{id}', only {}", known()))
}

/// All services.
pub const ALL: [Service; 3] = [
    Service {
        id: "ecs",
        title: "Amazon ECS",
        version: "2014-11-13",
        protocol: Protocol::Json,
        operations: None,
        dispatch: "crates/control/src/api/dispatch.rs",
    },
    Service {
        id: "iam",
        title: "AWS IAM",
        version: "2010-05-08",
        protocol: Protocol::Query,
        operations: Some(IAM),
        dispatch: "crates/control/src/services/iam/dispatch.rs",
    },
    Service {
        id: "sts",
        title: "AWS STS",
        version: "2011-06-15",
        protocol: Protocol::Query,
        operations: Some(&[
            "AssumeRole",
            "GetAccessKeyInfo",
            "GetCallerIdentity",
            "GetSessionToken",
        ]),
        dispatch: "crates/control/src/services/sts/dispatch.rs",
    },
];

const IAM: &[&str] = &[
    "AddRoleToInstanceProfile",
    "AttachRolePolicy",
    "AttachUserPolicy",
    "CreateAccessKey",
    "CreateAccountAlias",
    "CreateInstanceProfile",
    "CreatePolicy",
    "CreatePolicyVersion",
    "CreateRole",
    "CreateUser",
    "DeleteAccessKey",
    "DeleteAccountAlias",
    "DeleteInstanceProfile",
    "DeletePolicy",
    "DeletePolicyVersion",
    "DeleteRole",
    "DeleteRolePermissionsBoundary",
    "DeleteRolePolicy",
    "DeleteUser",
    "DeleteUserPermissionsBoundary",
    "DeleteUserPolicy",
    "DetachRolePolicy",
    "DetachUserPolicy",
    "GetAccessKeyLastUsed",
    "GetAccountAuthorizationDetails",
    "GetContextKeysForCustomPolicy",
    "GetContextKeysForPrincipalPolicy",
    "GetInstanceProfile",
    "GetPolicy",
    "GetPolicyVersion",
    "GetRole",
    "GetRolePolicy",
    "GetUser",
    "GetUserPolicy",
    "ListAccessKeys",
    "ListAccountAliases",
    "ListAttachedRolePolicies",
    "ListAttachedUserPolicies",
    "ListEntitiesForPolicy",
    "ListInstanceProfileTags",
    "ListInstanceProfiles",
    "ListInstanceProfilesForRole",
    "ListPolicies",
    "ListPolicyTags",
    "ListPolicyVersions",
    "ListRolePolicies",
    "ListRoleTags",
    "ListRoles",
    "ListUserPolicies",
    "ListUserTags",
    "ListUsers",
    "PutRolePermissionsBoundary",
    "PutRolePolicy",
    "PutUserPermissionsBoundary",
    "PutUserPolicy",
    "RemoveRoleFromInstanceProfile",
    "SetDefaultPolicyVersion",
    "SimulateCustomPolicy",
    "SimulatePrincipalPolicy",
    "TagInstanceProfile",
    "TagPolicy",
    "TagRole",
    "TagUser",
    "UntagInstanceProfile",
    "UntagPolicy",
    "UntagRole",
    "UntagUser",
    "UpdateAccessKey",
    "UpdateAssumeRolePolicy",
    "UpdateRole",
    "UpdateUser",
];
