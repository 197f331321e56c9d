//! DiscoverPollEndpoint: where an agent opens its sessions.

use store::State;
use wire::{Error, ecs};

use crate::Cx;

/// Both sessions are on the control plane's own address, under paths of their own.
#[expect(clippy::unnecessary_wraps, reason = "every handler can refuse")]
pub fn discover_poll_endpoint(
    _state: &State,
    cx: &mut Cx,
    _input: ecs::DiscoverPollEndpointRequest,
) -> Result<ecs::DiscoverPollEndpointResponse, Error> {
    let endpoint = cx.settings.endpoint.trim_end_matches('/');
    Ok(ecs::DiscoverPollEndpointResponse {
        endpoint: Some(format!("{endpoint}/acs/")),
        telemetry_endpoint: Some(format!("{endpoint}/tcs/")),
        service_connect_endpoint: None,
    })
}
