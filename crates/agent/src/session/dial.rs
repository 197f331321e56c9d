//! Opening a websocket with a signed upgrade, and reading and writing its frames.

use std::sync::Arc;

use futures_util::{SinkExt, StreamExt};
use http::header::{CONNECTION, HOST, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE};
use http::{HeaderName, Request, Uri};
use session_wire::Refusal;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::End;
use crate::api::Signer;
use crate::limits;

/// An upgrade that came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum DialError {
    /// The endpoint is no URL that a socket can be opened to.
    #[error("the endpoint '{0}' cannot be dialled")]
    Endpoint(
        /// The endpoint.
        String,
    ),
    /// Nobody is there.
    #[error("{0}")]
    Connect(
        /// Why.
        std::io::Error,
    ),
    /// The control plane refused by name.
    #[error("{0}")]
    Refused(
        /// What it said.
        Refusal,
    ),
    /// The upgrade failed otherwise.
    #[error("{0}")]
    Upgrade(
        /// Why.
        Box<tungstenite::Error>,
    ),
    /// It took too long.
    #[error("the upgrade takes too long")]
    Slow,
}

/// An open socket.
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
    /// What frames to TCS are signed for.
    pub host: String,
    /// The path of the upgrade.
    pub path: String,
    /// The query string of the upgrade.
    pub query: String,
    /// What the upgrade was signed with.
    pub signer: Arc<Signer>,
}

/// Opens `<endpoint>/ws?<query>`.
pub async fn dial(signer: Arc<Signer>, endpoint: &str, query: String) -> Result<Socket, DialError> {
    let attempt = tokio::time::timeout(limits::DIAL, upgrade(signer, endpoint, query));
    attempt.await.unwrap_or(Err(DialError::Slow))
}

async fn upgrade(signer: Arc<Signer>, endpoint: &str, query: String) -> Result<Socket, DialError> {
    let unusable = || DialError::Endpoint(endpoint.to_owned());
    let uri: Uri = endpoint.parse().map_err(|_| unusable())?;
    let authority = uri.authority().ok_or_else(unusable)?;
    if !matches!(uri.scheme_str(), Some("http" | "ws")) {
        return Err(unusable());
    }
    let (host, path) = (authority.to_string(), format!("{}/ws", uri.path().trim_end_matches('/')));
    let address = (authority.host(), authority.port_u16().unwrap_or(80));
    let tcp = TcpStream::connect(address).await.map_err(DialError::Connect)?;
    tcp.set_nodelay(true).map_err(DialError::Connect)?;
    let signed = signer.sign_get(&host, &path, &query, b"");
    let mut request = Request::get(format!("ws://{host}{path}?{query}"))
        .header(HOST, &host)
        .header(CONNECTION, "Upgrade")
        .header(UPGRADE, "websocket")
        .header(SEC_WEBSOCKET_VERSION, "13")
        .header(SEC_WEBSOCKET_KEY, generate_key());
    for (name, value) in signed.iter() {
        request = request.header(HeaderName::from_static(name), value);
    }
    let request = request.body(()).map_err(|_| unusable())?;
    let config = WebSocketConfig::default()
        .max_message_size(Some(limits::FRAME_BYTES))
        .max_frame_size(Some(limits::FRAME_BYTES));
    match client_async_with_config(request, tcp, Some(config)).await {
        Ok((stream, _)) => Ok(Socket { stream, host, path, query, signer }),
        Err(tungstenite::Error::Http(answer)) => {
            let body = answer.body().as_deref().unwrap_or_default();
            let refusal = Refusal::from_body(&String::from_utf8_lossy(body));
            Err(refusal.map_or_else(
                || DialError::Upgrade(Box::new(tungstenite::Error::Http(answer))),
                DialError::Refused,
            ))
        }
        Err(error) => Err(DialError::Upgrade(Box::new(error))),
    }
}

impl Socket {
    /// Sends a text frame.
    pub async fn send(&mut self, text: String) -> Result<(), End> {
        let sent = self.stream.send(Message::text(text)).await;
        sent.map_err(|error| End::Broken(error.to_string()))
    }

    /// The next text frame; pings are answered on the way. Cancelling loses nothing.
    pub async fn receive(&mut self) -> Result<String, End> {
        loop {
            return match self.stream.next().await {
                None => Err(End::Orderly),
                Some(Ok(Message::Text(text))) => Ok(text.as_str().to_owned()),
                Some(Ok(Message::Close(frame))) => Err(closed(frame.as_ref())),
                Some(Ok(_)) => continue,
                Some(Err(error)) => Err(End::Broken(error.to_string())),
            };
        }
    }

    /// Closes the socket in order.
    pub async fn close(mut self) {
        let frame = CloseFrame { code: CloseCode::Normal, reason: "".into() };
        // An error only says that it is closed already.
        let _ = self.stream.close(Some(frame)).await;
    }
}

/// Whether the control plane closed in order: a restart or a renewal, not a fault of ours.
fn closed(frame: Option<&CloseFrame>) -> End {
    match frame {
        None => End::Orderly,
        Some(frame) => match frame.code {
            CloseCode::Normal | CloseCode::Away | CloseCode::Error => End::Orderly,
            _ => End::Broken(format!("closed with {}: {}", u16::from(frame.code), frame.reason)),
        },
    }
}
