//! The nouns of IAM: who can call (users with their access keys, roles), and what says what they may
//! (policies). Names are unique whatever their case.
//!
//! Policies are kept as the text that was given, because AWS gives back just that.

use alloc::{collections::BTreeMap, format, string::String, vec::Vec};
use serde::{Deserialize, Serialize};

use crate::{Tag, Timestamp};

/// What users and roles have in common: the policies that say what they may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permissions {
    /// Inline policies: their documents, by name.
    pub inline: BTreeMap<String, String>,
    /// The ARNs of the managed policies that are attached, in the order of their attaching.
    pub attached: Vec<String>,
    /// The ARN of the managed policy that bounds what the others allow.
    pub boundary: Option<String>,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Its name.
    pub name: String,
    /// Begins and ends with `/`.
    pub path: String,
    /// Its unique id, `AIDA…`.
    pub id: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// What it may.
    pub permissions: Permissions,
}

/// An access key of a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessKey {
    /// `AKIA…`
    pub id: String,
    /// The user's name.
    pub user: String,
    /// The secret half, in the form in which it is kept.
    pub secret: String,
    /// Whether it can be used: `Active`, not `Inactive`.
    pub is_active: bool,
    /// When it was created.
    pub created_at: Timestamp,
    /// Its last use, to a quarter of an hour.
    pub last_used: Option<LastUsed>,
}

/// When and for what something was last used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastUsed {
    /// When.
    pub at: Timestamp,
    /// The service that was called: `ecs`.
    pub service: String,
    /// The region.
    pub region: String,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// Begins and ends with `/`.
    pub path: String,
    /// Its unique id, `AROA…`.
    pub id: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// The document that says who may assume it.
    pub trust_policy: String,
    /// What it is for.
    pub description: Option<String>,
    /// How long a session of it may last, in seconds: 3,600 to 43,200.
    pub max_session_s: u32,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// What it may.
    pub permissions: Permissions,
    /// When it was last assumed, to a quarter of an hour.
    pub last_used: Option<LastUsed>,
}

/// A managed policy of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagedPolicy {
    /// Its name.
    pub name: String,
    /// Begins and ends with `/`.
    pub path: String,
    /// Its unique id, `ANPA…`.
    pub id: String,
    /// What it is for.
    pub description: Option<String>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last got a version.
    pub updated_at: Timestamp,
    /// Its versions by number, at most five; the default one is among them.
    pub versions: BTreeMap<u32, PolicyVersion>,
    /// The version that is in force.
    pub default_version: u32,
    /// The highest number ever given.
    pub latest_version: u32,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// A version of a managed policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersion {
    /// Its document.
    pub document: String,
    /// When it was created.
    pub created_at: Timestamp,
}

/// An instance profile: under which name hosts get a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceProfile {
    /// Its name.
    pub name: String,
    /// Begins and ends with `/`.
    pub path: String,
    /// Its unique id, `AIPA…`.
    pub id: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// The name of its role.
    pub role: Option<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// What IAM knows of the account itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// Its alias.
    pub alias: Option<String>,
    /// When the roles that ECS's users expect were made. They are made once: whoever deletes them
    /// does not find them again.
    pub seeded_at: Option<Timestamp>,
}

/// A key that session tokens are sealed under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionKey {
    /// Numbers rise; a token names its key by it.
    pub number: u32,
    /// The key, sealed.
    pub sealed: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The row of a name: IAM's names are told apart whatever their case.
pub fn key_of(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// The ARN of an IAM resource of an account: `kind` is `user`, `role`, `policy` or `instance-profile`.
pub fn arn(account: &str, kind: &str, path: &str, name: &str) -> String {
    format!("arn:aws:iam::{account}:{kind}{path}{name}")
}

impl User {
    /// Its ARN.
    pub fn arn(&self, account: &str) -> String {
        arn(account, "user", &self.path, &self.name)
    }
}

impl Role {
    /// Its ARN.
    pub fn arn(&self, account: &str) -> String {
        arn(account, "role", &self.path, &self.name)
    }

    /// Whether only AWS, here the control plane, may change it.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html>
    pub fn is_service_linked(&self) -> bool {
        self.path.starts_with("/aws-service-role/")
    }
}

impl ManagedPolicy {
    /// Its ARN.
    pub fn arn(&self, account: &str) -> String {
        arn(account, "policy", &self.path, &self.name)
    }

    /// The document that is in force.
    pub fn document(&self) -> &str {
        let version = self.versions.get(&self.default_version);
        &version.expect("invariant: the default version is among the versions").document
    }
}

impl InstanceProfile {
    /// Its ARN.
    pub fn arn(&self, account: &str) -> String {
        arn(account, "instance-profile", &self.path, &self.name)
    }
}

/// Whose a session is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionOf {
    /// The account's root user, by GetSessionToken.
    Root,
    /// A user, by GetSessionToken.
    User {
        /// Its name.
        user: String,
    },
    /// A role that was assumed.
    Role {
        /// Its name.
        role: String,
        /// The name of this session of it.
        session_name: String,
    },
}

/// What the credentials of a session say. They are in the session token, so that no table of sessions
/// has to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionClaims {
    /// Whose the session is.
    pub of: SessionOf,
    /// The unique id of that user or role, filled in when the session is made: another one of the same
    /// name is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder_id: Option<String>,
    /// From when on it is valid.
    pub issued_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
    /// Documents of session policies: the session may no more than they allow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
    /// The ARNs of managed policies that are session policies too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policy_arns: Vec<String>,
    /// Session tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// The keys of those tags that a session assumed from this one has too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitive_tag_keys: Vec<String>,
    /// Who is behind the session, whatever roles it goes through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_identity: Option<String>,
    /// The ARN of the task that the session was made for, and with which it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// The host that the session was made for, by the public half of its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
}

/// The credentials of a session.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionCredentials {
    /// `ASIA…`
    pub access_key_id: String,
    /// The secret half.
    pub secret_access_key: String,
    /// The token, which has the claims in it.
    pub session_token: String,
    /// Until when they are valid.
    pub expires_at: Timestamp,
}

impl SessionClaims {
    /// Claims of a plain session.
    pub fn new(of: SessionOf, issued_at: Timestamp, expires_at: Timestamp) -> SessionClaims {
        SessionClaims {
            of,
            holder_id: None,
            issued_at,
            expires_at,
            policies: Vec::new(),
            policy_arns: Vec::new(),
            tags: Vec::new(),
            transitive_tag_keys: Vec::new(),
            source_identity: None,
            task: None,
            host: None,
        }
    }
}
