//! `longshore env`: what a shell needs to reach a control plane.

use std::{io, path::Path};

use ::agent::Credentials;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use control::keys::{AccessKey, Keys};

use crate::{
    agent,
    args::{self, EnvArgs},
};

/// What a token begins with, so that one is told from other secrets.
const TOKEN_PREFIX: &str = "lst_";

/// The lines to print.
pub fn lines(args: &EnvArgs) -> io::Result<Vec<String>> {
    let keys = keys(&args.data.directory())?;
    if args.agent_token {
        return Ok(vec![token(&keys.agent)]);
    }
    Ok([
        ("AWS_ACCESS_KEY_ID", keys.root.access_key_id.as_str()),
        ("AWS_SECRET_ACCESS_KEY", &keys.root.secret_access_key),
        ("AWS_DEFAULT_REGION", &args.region),
        ("AWS_REGION", &args.region),
        ("AWS_ENDPOINT_URL", &format!("http://{}", args.listen)),
    ]
    .iter()
    .map(|(name, value)| format!("export {name}={value}"))
    .chain(["unset AWS_SESSION_TOKEN AWS_PROFILE".to_owned()])
    .collect())
}

/// The root key of a data directory, or of the default one.
pub fn root_key(data: Option<&Path>) -> io::Result<Credentials> {
    let directory = data.map_or_else(args::home, Path::to_path_buf);
    keys(&directory).map(|keys| agent::credentials_of(&keys.root))
}

fn keys(directory: &Path) -> io::Result<Keys> {
    Keys::load(directory).map_err(|e| {
        io::Error::other(format!(
            "no keys in {}: {e}; they are made when `longshore up` or `longshore server` first starts there",
            directory.display()
        ))
    })
}

/// The agent key as one word.
pub fn token(key: &AccessKey) -> String {
    let pair = format!("{}:{}", key.access_key_id, key.secret_access_key);
    format!("{TOKEN_PREFIX}{}", URL_SAFE_NO_PAD.encode(pair))
}

/// The agent key out of a token.
pub fn key(token: &str) -> Option<AccessKey> {
    let pair = URL_SAFE_NO_PAD.decode(token.trim().strip_prefix(TOKEN_PREFIX)?).ok()?;
    let pair = String::from_utf8(pair).ok()?;
    let (access_key_id, secret_access_key) = pair.split_once(':')?;
    Some(AccessKey {
        access_key_id: access_key_id.into(),
        secret_access_key: secret_access_key.into(),
    })
}
