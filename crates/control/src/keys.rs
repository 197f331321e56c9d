//! The keys of a control plane, on disk: two, made at first start and kept in a file of mode 0600.

use std::{
    fs, io,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

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
