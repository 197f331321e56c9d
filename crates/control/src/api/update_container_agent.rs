//! UpdateContainerAgent.

use store::State;
use wire::{Error, ErrorCode, ecs};

use super::lookup;
use crate::Cx;

/// Agents are updated with their host's own package; there is never an update to give them here.
pub fn update_container_agent(
    state: &State,
    cx: &mut Cx,
    input: ecs::UpdateContainerAgentRequest,
) -> Result<ecs::UpdateContainerAgentResponse, Error> {
    let cluster = lookup::cluster(state, cx, input.cluster.as_deref())?.name.clone();
    let text = input.container_instance.unwrap_or_default();
    let instance = lookup::container_instance(state, cx, &cluster, &text)?;
    match &instance.version_info.agent_version {
        None => Err(Error::new(
            ErrorCode::MissingVersion,
            "The container agent has not told its version.",
        )),
        Some(version) => Err(Error::new(
            ErrorCode::NoUpdateAvailable,
            format!(
                "There is no update for container agent version {version}: update the agent with its host."
            ),
        )),
    }
}
