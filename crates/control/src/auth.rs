//! Who calls: signatures against the keys that this control plane knows.
//!
//! There are two keys, made at first start and kept in a file of mode 0600: the root key, which may do
//! everything, and the agent key, which may do what a container agent does.

use std::{
    fs, io,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use model::Timestamp;
use serde::{Deserialize, Serialize};
use sigv4::{Claim, Endpoint, KeyRecord, PayloadHash, RequestParts};
use wire::{Error, ErrorCode, Operation};

use crate::Principal;

/// The file of the keys, in the data directory.
const FILE: &str = "keys.json";

/// An access key.
#[derive(Clone, Serialize, Deserialize)]
pub struct AccessKey {
    /// The public half, as in a signature.
    pub access_key_id: String,
    /// The secret half.
    pub secret_access_key: String,
}

/// The keys of a control plane.
#[derive(Clone, Serialize, Deserialize)]
pub struct Keys {
    /// May do everything.
    pub root: AccessKey,
    /// May do what a container agent does.
    pub agent: AccessKey,
}

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

impl Keys {
    /// Reads the keys of a data directory, or makes them there. `random` gives fresh random bytes.
    pub fn load_or_make(directory: &Path, random: impl FnMut() -> [u8; 32]) -> io::Result<Keys> {
        let path = Keys::path(directory);
        match fs::read(&path) {
            Ok(text) => Ok(serde_json::from_slice(&text)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let keys = Keys::make(random);
                keys.write(directory, &path)?;
                Ok(keys)
            }
            Err(error) => Err(error),
        }
    }

    /// Reads the keys of a data directory.
    pub fn load(directory: &Path) -> io::Result<Keys> {
        Ok(serde_json::from_slice(&fs::read(Keys::path(directory))?)?)
    }

    /// Where the keys of a data directory are.
    pub fn path(directory: &Path) -> PathBuf {
        directory.join(FILE)
    }

    /// Fresh keys.
    pub fn make(mut random: impl FnMut() -> [u8; 32]) -> Keys {
        let mut key = || AccessKey {
            access_key_id: format!("AKIA{}", text(&random(), BASE32, 16)),
            secret_access_key: text(&random(), BASE64, 32) + &text(&random(), BASE64, 8),
        };
        Keys { root: key(), agent: key() }
    }

    /// A whole file comes into being at once, so that a crash never leaves half of one.
    fn write(&self, directory: &Path, path: &Path) -> io::Result<()> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
        let draft = path.with_extension("new");
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&draft)?;
        file.write_all(&serde_json::to_vec_pretty(self)?)?;
        file.sync_all()?;
        fs::rename(&draft, path)?;
        fs::File::open(directory)?.sync_all()
    }

    fn find(&self, access_key_id: &str) -> Option<(&AccessKey, Role)> {
        [(&self.root, Role::Root), (&self.agent, Role::Agent)]
            .into_iter()
            .find(|(key, _)| key.access_key_id == access_key_id)
    }

    /// Verifies the signature of a request.
    pub fn authenticate(
        &self,
        request: &RequestParts<'_>,
        payload: PayloadHash,
        endpoint: &Endpoint<'_>,
        account: &str,
        now: Timestamp,
    ) -> Result<Caller, Error> {
        let claim: Claim = sigv4::parse(request).map_err(|e| refused(&e))?;
        let (key, role) = self
            .find(&claim.access_key_id)
            .ok_or_else(|| refused(&sigv4::Error::UnrecognizedClient))?;
        let record = KeyRecord {
            secret_access_key: &key.secret_access_key,
            session_token: None,
            expires_at_ms: None,
        };
        claim.verify(request, payload, &record, endpoint, now.0).map_err(|e| refused(&e))?;
        let arn = match role {
            Role::Root => format!("arn:aws:iam::{account}:root"),
            Role::Agent => format!("arn:aws:sts::{account}:assumed-role/ecsInstanceRole/agent"),
        };
        Ok(Caller { principal: Principal { arn }, role })
    }
}

impl Caller {
    /// Refuses what the caller may not do.
    pub fn authorise(&self, operation: Operation) -> Result<(), Error> {
        if self.role == Role::Root || AGENT_OPERATIONS.contains(&operation) {
            return Ok(());
        }
        Err(Error::new(
            ErrorCode::AccessDenied,
            format!(
                "User: {} is not authorized to perform: ecs:{} because the agent key allows only what a container agent does.",
                self.principal.arn,
                operation.name()
            ),
        ))
    }
}

fn refused(error: &sigv4::Error) -> Error {
    let code = ErrorCode::from_name(error.code()).unwrap_or(ErrorCode::InvalidSignature);
    Error::new(code, error.to_string())
}

const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Random bytes as text; the alphabets' lengths are powers of two, so every letter is as likely.
fn text(random: &[u8; 32], alphabet: &[u8], len: usize) -> String {
    random
        .iter()
        .take(len)
        .map(|b| char::from(alphabet[usize::from(*b) % alphabet.len()]))
        .collect()
}
