//! Credentials on Docker Engine, at the address that SDKs know: what containers themselves get.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use agent::HostEndpoints;
use runtime::{ContainerId, ContainerRuntime, LabelFilter};
use runtime_docker::{DockerRuntime, Timeouts};
use serde_json::Value;
use session_wire::payload;

use crate::endpoints::credentials;
use crate::plane::{Plane, arn, config, start_on, task};

/// Longer than any container takes to say a line, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Containers that go with the test, however it ends.
struct Containers(Vec<ContainerId>);

impl Drop for Containers {
    fn drop(&mut self) {
        let ids = self.0.iter().map(ContainerId::as_str);
        let _ = Command::new("docker").args(["rm", "--force"]).args(ids).output();
    }
}

/// A task that runs a shell command, which ends with the line `done` and then waits.
fn shell(id: u32, key: &str, mode: &str, command: &str) -> payload::Task {
    let mut task = task(id);
    task.role_credentials = Some(credentials(&format!("c-{id}"), key));
    task.network_mode = mode.into();
    let container = &mut task.containers[0];
    container.image = "longshore/busybox:latest".into();
    let command = format!("{command}; echo done; sleep 1000");
    container.command = Some(vec!["sh".into(), "-c".into(), command]);
    container.docker_config.host_config = format!(r#"{{"NetworkMode":"{mode}"}}"#);
    task
}

/// What the container of a task wrote before `done`.
async fn written(runtime: &DockerRuntime, id: &ContainerId) -> Vec<String> {
    let lines = async {
        loop {
            let lines = runtime.logs(id, 20).await.expect("logs");
            let mut texts: Vec<String> = lines.into_iter().map(|line| line.text).collect();
            if texts.last().is_some_and(|last| last == "done") {
                texts.pop();
                return texts;
            }
        }
    };
    tokio::time::timeout(PATIENCE, lines).await.expect("the container comes to its end")
}

#[tokio::test]
async fn a_container_gets_its_own_credentials_and_no_others() {
    let dir = tempfile::tempdir().unwrap();
    let runtime = Arc::new(DockerRuntime::connect(Timeouts::default()).await.expect("Docker"));
    let mut plane = Plane::start().await;
    let mut config = config(&plane, dir.path());
    let endpoints = HostEndpoints::open().await;
    assert!(endpoints.serves_tasks(), "this test needs root, ip and iptables");
    config.endpoints = Some(endpoints);
    let agent = start_on(config, runtime.clone());
    plane.opened().await;

    let first = std::process::id() << 8;
    let own = "wget -q -O - http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI; echo";
    let others = |id| format!("wget -q -O - http://169.254.170.2/v2/credentials/c-{id} 2>&1; echo");
    let (on_bridge, on_host) = (first + 1, first + 2);
    let mut containers = Containers(Vec::new());
    let mut told = Vec::new();
    for (id, mode, other) in [
        (on_bridge, "bridge", None),
        (on_host, "host", Some(on_bridge)),
        (first + 3, "bridge", Some(on_bridge)),
        (first + 4, "bridge", Some(on_host)),
    ] {
        let other = other.map_or_else(|| "true".into(), others);
        let task = shell(id, &format!("KEY{id}"), mode, &format!("{own}; {other}"));
        plane.send_task(&format!("m-{id}"), i64::from(id), task);
        let report = plane.report().await;
        assert_eq!(report["status"], "RUNNING", "{report}");
        let labels = LabelFilter::equals("com.amazonaws.ecs.task-arn", arn(id));
        let state = runtime.list(&labels).await.expect("list").remove(0);
        containers.0.push(state.id.clone());
        told.push((id, written(&runtime, &state.id).await));
    }
    for (id, lines) in &told {
        let given: Value = serde_json::from_str(&lines[0]).unwrap_or_default();
        assert_eq!(given["AccessKeyId"], format!("KEY{id}"), "{lines:?}");
    }
    for (id, lines) in &told[1..] {
        let refusal = lines[1..].join(" ");
        assert!(refusal.contains("400") && !refusal.contains("KEY"), "{id}: {lines:?}");
    }
    agent.stop().await;
}
