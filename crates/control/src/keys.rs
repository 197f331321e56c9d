//! The keys of a control plane, on disk: two, made at first start and kept in a file of mode 0600.

use std::{
    fs, io,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use serde_json::Value;

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
    /// Acts as a session of the role ecsInstanceRole.
    pub agent: AccessKey,
    /// What secrets in the state are sealed under. Whoever loses it loses them.
    #[serde(with = "in_base64")]
    vault: [u8; 32],
}

mod in_base64 {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = STANDARD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.ok_or_else(|| D::Error::custom("not 32 bytes in base64"))
    }
}

impl Keys {
    /// Reads the keys of a data directory, or makes them there. `random` gives fresh random bytes.
    pub fn load_or_make(
        directory: &Path,
        mut random: impl FnMut() -> [u8; 32],
    ) -> io::Result<Keys> {
        let path = Keys::path(directory);
        match fs::read(&path) {
            Ok(text) => {
                let mut kept: Value = serde_json::from_slice(&text)?;
                // A version that had no secrets in its state wrote none to seal them under.
                let is_old = kept.get("vault").is_none();
                if is_old && let Some(members) = kept.as_object_mut() {
                    members.insert("vault".into(), STANDARD.encode(random()).into());
                }
                let keys: Keys = serde_json::from_value(kept)?;
                if is_old {
                    keys.write(directory, &path)?;
                }
                Ok(keys)
            }
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
        let vault = random();
        let mut key = || AccessKey {
            access_key_id: access_key_id("AKIA", &random()),
            secret_access_key: secret_access_key(&[random(), random()].concat()),
        };
        Keys { root: key(), agent: key(), vault }
    }

    /// What secrets in the state are sealed under.
    pub fn vault(&self) -> seal::Key {
        seal::Key::new(self.vault)
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

/// The letters of access key ids and of IAM's unique ids.
pub const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// An access key id of a kind, of 20 characters.
pub fn access_key_id(prefix: &str, random: &[u8; 32]) -> String {
    format!("{prefix}{}", text(&random[..16], BASE32))
}

/// A secret access key of 40 characters.
pub fn secret_access_key(random: &[u8]) -> String {
    text(&random[..40], BASE64)
}

/// Random bytes as text; the alphabets' lengths are powers of two, so every letter is as likely.
pub fn text(random: &[u8], alphabet: &[u8]) -> String {
    random.iter().map(|b| char::from(alphabet[usize::from(*b) % alphabet.len()])).collect()
}
