//! The smallest registry that Docker Engine pulls from: one image, behind a login, on the loopback
//! (where the engine asks for no TLS).

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

const MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
const CONFIG: &str = "application/vnd.docker.container.image.v1+json";
const LAYER: &str = "application/vnd.docker.image.rootfs.diff.tar";

/// Serves `team/app:v1` until it is dropped.
pub struct Registry {
    pub address: String,
    pub digest: String,
    server: JoinHandle<()>,
}

/// What lies at a path: its media type and its bytes.
type Shelf = BTreeMap<String, (&'static str, Vec<u8>)>;

impl Registry {
    pub async fn start(username: &str, password: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address").to_string();
        let (shelf, digest) = shelf(&address);
        let login = format!("Basic {}", STANDARD.encode(format!("{username}:{password}")));
        let server = tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(serve(connection, shelf.clone(), login.clone()));
            }
        });
        Self { address, digest, server }
    }

    pub fn reference(&self, name: &str) -> String {
        format!("{}/{name}", self.address)
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// One image of one empty layer. The address is in its configuration, so that each registry has an
/// image of its own.
fn shelf(address: &str) -> (Shelf, String) {
    let layer = vec![0_u8; 1024];
    let config = json!({
        "architecture": "amd64", "os": "linux", "author": address,
        "config": { "Env": ["FROM=registry"], "Cmd": ["/none"] },
        "rootfs": { "type": "layers", "diff_ids": [digest_of(&layer)] },
    });
    let config = config.to_string().into_bytes();
    let described = |media_type: &str, bytes: &[u8]| json!({ "mediaType": media_type, "size": bytes.len(), "digest": digest_of(bytes) });
    let manifest = json!({
        "schemaVersion": 2, "mediaType": MANIFEST,
        "config": described(CONFIG, &config),
        "layers": [described(LAYER, &layer)],
    });
    let manifest = manifest.to_string().into_bytes();
    let digest = digest_of(&manifest);
    let at = |kind: &str, name: &str| format!("/v2/team/app/{kind}/{name}");
    let shelf = BTreeMap::from([
        ("/v2/".to_owned(), ("application/json", b"{}".to_vec())),
        (at("blobs", &digest_of(&config)), (CONFIG, config)),
        (at("blobs", &digest_of(&layer)), (LAYER, layer)),
        (at("manifests", "v1"), (MANIFEST, manifest.clone())),
        (at("manifests", &digest), (MANIFEST, manifest)),
    ]);
    (shelf, digest)
}

fn digest_of(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let digits: Vec<String> = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{}", digits.concat())
}

async fn serve(connection: TcpStream, shelf: Shelf, login: String) {
    let (read, mut write) = connection.into_split();
    let mut lines = BufReader::new(read).lines();
    while let Ok(Some(request)) = lines.next_line().await {
        let mut authorized = false;
        while let Ok(Some(header)) = lines.next_line().await {
            if header.is_empty() {
                break;
            }
            authorized |= header.split_once(": ").is_some_and(|(name, value)| {
                name.eq_ignore_ascii_case("authorization") && value == login
            });
        }
        let mut words = request.split(' ');
        let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let answer = answer(method, shelf.get(path).filter(|_| authorized), authorized);
        if write.write_all(&answer).await.is_err() {
            return;
        }
    }
}

fn answer(method: &str, found: Option<&(&'static str, Vec<u8>)>, authorized: bool) -> Vec<u8> {
    let missing = br#"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}"#;
    let login = br#"{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}"#;
    let (status, media_type, body) = match found {
        Some((media_type, body)) => ("200 OK", *media_type, body.as_slice()),
        None if authorized => ("404 Not Found", "application/json", missing.as_slice()),
        None => ("401 Unauthorized", "application/json", login.as_slice()),
    };
    let mut answer = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\
         Docker-Content-Digest: {}\r\nWww-Authenticate: Basic realm=\"test\"\r\n\r\n",
        body.len(),
        digest_of(body)
    )
    .into_bytes();
    if method != "HEAD" {
        answer.extend_from_slice(body);
    }
    answer
}
