//! Starting a control plane: its keys, its store, its address.

use std::{io, path::Path, sync::Arc};

use control::{App, Settings, keys::Keys};
use store::{
    Store,
    engine::{Backend, Bounds, Embedded, Memory},
};
use tokio::net::TcpListener;

use crate::args::{ControlArgs, Engine};

/// A control plane that is about to serve.
pub struct ControlPlane {
    /// What it is.
    pub app: Arc<App>,
    /// Where it listens.
    pub listener: TcpListener,
    /// Its address for clients.
    pub url: String,
}

/// Opens keys, store and address.
pub async fn open(args: &ControlArgs, data: &Path, engine: Engine) -> io::Result<ControlPlane> {
    if !args.listen.ip().is_loopback() && !args.insecure {
        return Err(io::Error::other(format!(
            "{} is not a loopback address and nothing would be encrypted; say --insecure if that is what you want",
            args.listen
        )));
    }
    let keys = Keys::load_or_make(data, control::random)
        .map_err(|e| io::Error::other(format!("the keys in {}: {e}", data.display())))?;
    let backend: Box<dyn Backend> = match engine {
        Engine::Memory => Box::new(Memory::new()),
        Engine::Embedded => {
            let open = Embedded::open(&data.join("state"), Bounds::default());
            Box::new(open.map_err(io::Error::other)?)
        }
    };
    let store = Store::open(backend).map_err(io::Error::other)?;
    let listener = TcpListener::bind(args.listen)
        .await
        .map_err(|e| io::Error::other(format!("listening on {}: {e}", args.listen)))?;
    let url = format!("http://{}", listener.local_addr()?);
    let mut settings = Settings::new(&url);
    settings.home = arn::Home { region: args.region.clone(), account: args.account.clone() };
    settings.settle_ms = i64::try_from(args.settle.as_millis()).unwrap_or(i64::MAX);
    settings.lambda_endpoint.clone_from(&args.lambda_endpoint);
    let audit = open_audit(data)?;
    Ok(ControlPlane { app: App::with_audit(store, keys, settings, audit), listener, url })
}

/// Opens the audit log in the data directory.
fn open_audit(data: &Path) -> io::Result<audit::Log> {
    let opened = audit::Log::open(&data.join("audit"), audit::Settings::default());
    let (log, healed) = opened.map_err(io::Error::other)?;
    if let Some(healed) = healed {
        tracing::warn!(
            file = %healed.file.display(),
            cut_bytes = healed.cut_bytes,
            "the audit log ended within a record that was never acknowledged; the rest is cut off"
        );
    }
    Ok(log)
}
