//! SubmitContainerStateChange: what an older agent saw of one container.

use lifecycle::task::{ContainerReport, Report};
use store::Tx;
use wire::{Error, ecs};

use super::submit_task_state_change::{apply, bindings, status};
use crate::Cx;

/// Takes a report of one container over.
pub fn submit_container_state_change(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::SubmitContainerStateChangeRequest,
) -> Result<ecs::SubmitContainerStateChangeResponse, Error> {
    let container = ContainerReport {
        name: input.container_name.unwrap_or_default(),
        status: input.status.as_deref().map(status).transpose()?,
        runtime_id: input.runtime_id,
        exit_code: input.exit_code,
        reason: input.reason,
        image_digest: None,
        network_bindings: input.network_bindings.map(bindings).transpose()?,
    };
    let report = Report { containers: vec![container], ..Report::default() };
    apply(tx, cx, input.cluster.as_deref(), input.task.as_deref(), &report)?;
    Ok(ecs::SubmitContainerStateChangeResponse { acknowledgment: Some("ACK".into()) })
}
