//! SubmitTaskStateChange: what an agent saw of a task.

use lifecycle::task::{ContainerReport, Report, apply_report};
use model::{NetworkBinding, Protocol, TaskStatus, Timestamp};
use store::Tx;
use wire::{Error, ecs};

use super::lookup;
use crate::{Cx, hosts::guard, report};

/// Takes a report over. One about a task that is not known any more is acknowledged, so that the
/// agent does not repeat it for ever.
pub fn submit_task_state_change(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::SubmitTaskStateChangeRequest,
) -> Result<ecs::SubmitTaskStateChangeResponse, Error> {
    let report = Report {
        status: input.status.as_deref().map(status).transpose()?,
        reason: input.reason.filter(|r| !r.is_empty()),
        containers: input
            .containers
            .into_iter()
            .flatten()
            .map(container)
            .collect::<Result<_, _>>()?,
        pull_started_at: input.pull_started_at.map(timestamp),
        pull_stopped_at: input.pull_stopped_at.map(timestamp),
        execution_stopped_at: input.execution_stopped_at.map(timestamp),
    };
    apply(tx, cx, input.cluster.as_deref(), input.task.as_deref(), &report)?;
    Ok(ecs::SubmitTaskStateChangeResponse { acknowledgment: Some("ACK".into()) })
}

/// Applies a report to the task that it names.
pub fn apply(
    tx: &mut Tx,
    cx: &mut Cx,
    cluster: Option<&str>,
    task: Option<&str>,
    report: &Report,
) -> Result<(), Error> {
    let cluster = lookup::cluster(tx, cx, cluster)?.name.clone();
    let id = lookup::task_id(cx, &cluster, task.unwrap_or_default())?;
    let Some(before) = tx.tasks().get(&(cluster, id)).cloned() else { return Ok(()) };
    guard::check_task(tx, cx.principal.host(), &before)?;
    let mut task = (*before).clone();
    apply_report(&mut task, report, cx.now);
    report::commit(tx, cx, &before, task);
    Ok(())
}

fn timestamp(at: wire::Timestamp) -> Timestamp {
    Timestamp(at.0)
}

/// A status as agents write it.
pub fn status(text: &str) -> Result<TaskStatus, Error> {
    text.parse().map_err(|_| {
        Error::invalid_parameter(format!("status '{text}' is not a status of a task or container."))
    })
}

fn container(change: ecs::ContainerStateChange) -> Result<ContainerReport, Error> {
    Ok(ContainerReport {
        name: change.container_name.unwrap_or_default(),
        status: change.status.as_deref().map(status).transpose()?,
        runtime_id: change.runtime_id,
        exit_code: change.exit_code,
        reason: change.reason,
        image_digest: change.image_digest,
        network_bindings: change.network_bindings.map(bindings).transpose()?,
    })
}

/// Network bindings as agents write them.
pub fn bindings(given: Vec<ecs::NetworkBinding>) -> Result<Vec<NetworkBinding>, Error> {
    let port = |field: &str, port: Option<i32>| {
        let checked = port.map(|port| {
            u16::try_from(port).map_err(|_| {
                Error::invalid_parameter(format!(
                    "networkBindings: {field} is {port}; it must be between 0 and 65535."
                ))
            })
        });
        checked.transpose()
    };
    given
        .into_iter()
        .map(|b| {
            Ok(NetworkBinding {
                bind_ip: b.bind_ip.unwrap_or_default(),
                container_port: port("containerPort", b.container_port)?,
                host_port: port("hostPort", b.host_port)?,
                protocol: match b.protocol {
                    Some(ecs::TransportProtocol::Udp) => Protocol::Udp,
                    Some(ecs::TransportProtocol::Tcp) | None => Protocol::Tcp,
                },
                container_port_range: b.container_port_range,
                host_port_range: b.host_port_range,
            })
        })
        .collect()
}
