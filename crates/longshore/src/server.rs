//! `longshore server`: a control plane by itself.

use std::io;

use tokio_util::sync::CancellationToken;

use crate::{args::ServerArgs, control_plane, ready, signals};

/// Serves until the process is told to end.
pub async fn run(args: ServerArgs) -> io::Result<()> {
    let plane = control_plane::open(&args.control, &args.data.directory(), args.store).await?;
    let shutdown = CancellationToken::new();
    signals::cancel_on_end(shutdown.clone())?;
    let url = plane.url.clone();
    let served = control::server::serve(plane.app, plane.listener, shutdown, move || ready(&url));
    served.await
}
