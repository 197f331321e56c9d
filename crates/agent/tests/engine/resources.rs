//! The line for the host's resources.

use agent::engine::Settings;
use model::Resources;
use model::TaskStatus::Stopped;
use runtime::fake::Script;
use session_wire::payload;

use crate::host::{Host, arn, container, settings, task};

fn sized(id: u32, cpu: i64, memory: i64) -> payload::Task {
    let container = payload::Container { cpu, memory, ..container(&format!("app{id}"), "app") };
    task(id, vec![container])
}

fn small_host() -> Host {
    Host::with(Settings { capacity: Resources::new(1024, 1024), ..settings() })
}

#[test]
fn a_task_that_can_never_fit_is_told_so_and_holds_up_nobody() {
    let mut host = small_host();
    host.run_task(sized(1, 2048, 64));
    host.run_task(sized(2, 512, 64));
    host.run_for(100);
    assert_eq!(host.running(), ["app2"]);
    assert_eq!(host.statuses(&arn(1)), [Stopped]);
    let reason = host.reports.iter().find_map(|report| report.reason.clone()).unwrap();
    assert_eq!(
        reason,
        "ResourceInitializationError: the task needs 2048 CPU units but the container instance \
         has 1024"
    );
}

#[test]
fn whoever_fits_passes_those_who_wait() {
    let mut host = small_host();
    host.run_task(sized(1, 512, 512));
    host.run_task(sized(2, 768, 512));
    host.run_task(sized(3, 256, 256));
    host.run_for(100);
    assert_eq!(host.running(), ["app1", "app3"]);
    host.stop_task(&arn(1));
    host.run_for(100);
    assert_eq!(host.running(), ["app3", "app2"]);
}

#[test]
fn a_task_may_stop_while_it_waits() {
    let mut host = small_host();
    host.run_task(sized(1, 1024, 64));
    host.run_task(sized(2, 1024, 64));
    host.run_for(100);
    host.stop_task(&arn(2));
    host.run_for(100);
    assert_eq!(host.statuses(&arn(2)), [Stopped]);
    assert_eq!(host.changes().last().unwrap(), "app2 STOPPED");
}

#[test]
fn a_host_port_is_held_until_its_task_has_stopped() {
    let mut host = Host::new();
    host.image("slow", Script { stop_ms: 2_000, ..Script::default() });
    let on_port = |id: u32, image: &str| {
        let mut container = container(&format!("app{id}"), image);
        container.port_mappings.push(payload::PortMapping {
            container_port: Some(80),
            host_port: Some(9090),
            ..payload::PortMapping::default()
        });
        task(id, vec![container])
    };
    host.run_task(on_port(1, "slow"));
    host.run_task(on_port(2, "app"));
    host.run_for(100);
    assert_eq!(host.running(), ["app1"]);
    host.stop_task(&arn(1));
    host.run_for(1_900);
    assert_eq!(host.running(), ["app1"]);
    host.run_for(200);
    assert_eq!(host.running(), ["app2"]);
}
