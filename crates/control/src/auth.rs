//! Who calls, and what they may do: signatures against the keys that this control plane knows. The root
//! key may do everything, the agent key what a container agent does.

use axum::http::{HeaderMap, Method, Uri};
use sigv4::{Endpoint, KeyRecord, PayloadHash, RequestParts};
use wire::{Error, ErrorCode, Operation};

use crate::{App, Principal, keys::AccessKey};

/// What a caller may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    Root,
    /// What a container agent does.
    Agent,
}

/// A caller whose signature was verified.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Its name in answers and records.
    pub principal: Principal,
    /// What it may do.
    pub role: Role,
}

/// Operations that the agent key may call.
const AGENT_OPERATIONS: &[Operation] = &[
    Operation::CreateCluster,
    Operation::DiscoverPollEndpoint,
    Operation::ListTagsForResource,
    Operation::RegisterContainerInstance,
    Operation::SubmitAttachmentStateChanges,
    Operation::SubmitContainerStateChange,
    Operation::SubmitTaskStateChange,
    Operation::UpdateContainerInstancesState,
];

/// Verifies the signature of a request.
pub fn authenticate(
    app: &App,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Caller, Error> {
    let headers: Vec<(&str, &[u8])> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    let request = RequestParts {
        method: method.as_str(),
        path: uri.path(),
        query: uri.query().unwrap_or_default(),
        headers: &headers,
    };
    let claim = sigv4::parse(&request).map_err(|e| refused(&e))?;
    let (key, role) = find(app, &claim.access_key_id)
        .ok_or_else(|| refused(&sigv4::Error::UnrecognizedClient))?;
    let record = KeyRecord {
        secret_access_key: &key.secret_access_key,
        session_token: None,
        expires_at_ms: None,
    };
    let home = &app.settings.home;
    let endpoint = Endpoint::new(&home.region, "ecs");
    claim
        .verify(&request, PayloadHash::of(body), &record, &endpoint, app.now().0)
        .map_err(|e| refused(&e))?;
    let arn = match role {
        Role::Root => format!("arn:aws:iam::{}:root", home.account),
        Role::Agent => {
            format!("arn:aws:sts::{}:assumed-role/ecsInstanceRole/agent", home.account)
        }
    };
    Ok(Caller { principal: Principal { arn }, role })
}

fn find<'a>(app: &'a App, access_key_id: &str) -> Option<(&'a AccessKey, Role)> {
    [(&app.keys.root, Role::Root), (&app.keys.agent, Role::Agent)]
        .into_iter()
        .find(|(key, _)| key.access_key_id == access_key_id)
}

impl Caller {
    /// Refuses what the caller may not do.
    pub fn authorise(&self, operation: Operation) -> Result<(), Error> {
        if self.role == Role::Root || AGENT_OPERATIONS.contains(&operation) {
            return Ok(());
        }
        Err(self.denied(&format!("ecs:{}", operation.name())))
    }

    /// Refuses everybody but the holder of the root key.
    pub fn authorise_root(&self, action: &str) -> Result<(), Error> {
        if self.role == Role::Root { Ok(()) } else { Err(self.denied(action)) }
    }

    fn denied(&self, action: &str) -> Error {
        Error::new(
            ErrorCode::AccessDenied,
            format!(
                "User: {} is not authorized to perform: {action} because the agent key allows only what a container agent does.",
                self.principal.arn
            ),
        )
    }
}

fn refused(error: &sigv4::Error) -> Error {
    let code = ErrorCode::from_name(error.code()).unwrap_or(ErrorCode::InvalidSignature);
    Error::new(code, error.to_string())
}
