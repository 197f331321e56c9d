//! Whose the credentials of a call are.

use std::sync::Arc;

use arn::Home;
use iam::{Context, Policy, Principal};
use model::{
    Tag,
    iam::{Role, SessionClaims, User},
};
use store::State;

/// A caller whose signature was verified.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who it is.
    pub who: Who,
    /// Its ARN, as in answers and messages.
    pub arn: String,
    /// The key that it signed with.
    pub access_key_id: String,
    /// The session, for temporary credentials.
    pub session: Option<Arc<Session>>,
}

/// The kinds of callers.
#[derive(Clone, Debug)]
pub enum Who {
    /// The holder of the root key, or of a session that it made.
    Root,
    /// A user.
    User(Arc<User>),
    /// A session of a role.
    Role {
        /// The role.
        role: Arc<Role>,
        /// The name of the session.
        session_name: String,
    },
}

/// A session token that was opened.
#[derive(Debug)]
pub struct Session {
    /// The token as it came.
    pub token: String,
    /// The secret half of its access key.
    pub secret_access_key: String,
    /// What it says.
    pub claims: Arc<SessionClaims>,
    /// Its session policies, by name.
    pub policies: Vec<(String, Policy)>,
}

impl Session {
    /// Whether session policies limit it.
    pub fn is_limited(&self) -> bool {
        !(self.claims.policies.is_empty() && self.claims.policy_arns.is_empty())
    }
}

impl Who {
    /// The root user, or the user or session of a role that has this ARN, if it is there.
    pub fn by_arn(state: &State, home: &Home, arn: &str) -> Option<Who> {
        let resource = |service| arn.strip_prefix(&format!("arn:aws:{service}::{}:", home.account));
        if let Some(session) = resource("sts").and_then(|it| it.strip_prefix("assumed-role/")) {
            let (name, session_name) = session.split_once('/')?;
            let role = role(state, name)?;
            return Some(Who::Role { role, session_name: session_name.into() });
        }
        match resource("iam")? {
            "root" => Some(Who::Root),
            path => user(state, path.strip_prefix("user/")?.rsplit('/').next()?).map(Who::User),
        }
    }

    /// The ARN of such a caller.
    pub fn arn(&self, home: &Home) -> String {
        let account = &home.account;
        match self {
            Who::Root => format!("arn:aws:iam::{account}:root"),
            Who::User(user) => user.arn(account),
            Who::Role { role, session_name } => {
                format!("arn:aws:sts::{account}:assumed-role/{}/{session_name}", role.name)
            }
        }
    }

    /// Its unique id, `aws:userid`: the account's, the user's, or the role's with the session's name.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
    pub fn user_id(&self, home: &Home) -> String {
        match self {
            Who::Root => home.account.clone(),
            Who::User(user) => user.id.clone(),
            Who::Role { role, session_name } => format!("{}:{session_name}", role.id),
        }
    }
}

impl Caller {
    /// A caller with long-term credentials, or with those of a session.
    pub fn new(
        who: Who,
        home: &Home,
        access_key_id: String,
        session: Option<Arc<Session>>,
    ) -> Caller {
        Caller { arn: who.arn(home), who, access_key_id, session }
    }

    /// Whether it is the account's owner.
    pub fn is_root(&self) -> bool {
        matches!(self.who, Who::Root)
    }

    /// What its session says.
    pub fn claims(&self) -> Option<&SessionClaims> {
        self.session.as_ref().map(|session| &*session.claims)
    }

    /// The ARN of the user, the role or the root user behind the caller.
    pub fn principal_arn(&self, home: &Home) -> String {
        match &self.who {
            Who::Role { role, .. } => role.arn(&home.account),
            Who::Root | Who::User(_) => self.arn.clone(),
        }
    }

    /// As policies see it. `principal_arn` is [`Caller::principal_arn`].
    pub fn principal<'a>(&'a self, home: &'a Home, principal_arn: &'a str) -> Principal<'a> {
        match &self.who {
            Who::Root => Principal::Root { account: &home.account },
            Who::User(_) => Principal::User { arn: &self.arn },
            Who::Role { .. } => {
                Principal::AssumedRole { role_arn: principal_arn, session_arn: &self.arn }
            }
        }
    }

    /// Puts in what condition keys say of a caller.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties>
    pub fn describe(&self, home: &Home, context: &mut Context) {
        context.insert("aws:PrincipalArn", self.principal_arn(home));
        context.insert("aws:PrincipalAccount", home.account.as_str());
        context.insert("aws:userid", self.who.user_id(home));
        let (kind, tags): (_, &[Tag]) = match &self.who {
            Who::Root => ("Account", &[]),
            Who::User(user) => {
                context.insert("aws:username", user.name.as_str());
                ("User", &user.tags)
            }
            Who::Role { role, .. } => ("AssumedRole", &role.tags),
        };
        context.insert("aws:PrincipalType", kind);
        let claims = self.claims();
        // A session's tag takes the place of the role's.
        for tag in tags.iter().chain(claims.into_iter().flat_map(|claims| &claims.tags)) {
            context.insert(format!("aws:PrincipalTag/{}", tag.key), tag.value.as_str());
        }
        if let Some(claims) = claims {
            context.insert("aws:TokenIssueTime", claims.issued_at.to_string());
            if let Some(identity) = &claims.source_identity {
                context.insert("aws:SourceIdentity", identity.as_str());
            }
        }
    }
}

/// The role of a name.
pub fn role(state: &State, name: &str) -> Option<Arc<Role>> {
    state.roles().get(&model::iam::key_of(name)).cloned()
}

/// The role that has this ARN, path and all.
pub fn role_by_arn(state: &State, home: &Home, arn: &str) -> Option<Arc<Role>> {
    role(state, arn.rsplit('/').next()?).filter(|role| role.arn(&home.account) == arn)
}

/// The user of a name.
pub fn user(state: &State, name: &str) -> Option<Arc<User>> {
    state.users().get(&model::iam::key_of(name)).cloned()
}
