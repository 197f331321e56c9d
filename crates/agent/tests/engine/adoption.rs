//! Restarts of the agent, of the runtime and of the host.

use model::TaskStatus::{Running, Stopped};
use runtime::fake::{Script, Verb};
use runtime::{ErrorKind, RuntimeError};

use crate::host::{Host, arn, container, sidecar, task, waiting_for};

#[test]
fn a_restarted_agent_takes_its_containers_up_where_they_are() {
    let mut host = Host::new();
    host.run_task(task(1, vec![container("app", "app")]));
    host.run_for(1_000);
    let id = host.container("app").id;
    host.restart_agent();
    host.run_for(1_000);
    assert_eq!(host.container("app").id, id);
    assert_eq!(host.statuses(&arn(1)), [Running], "nothing new is told");
    host.stop_task(&arn(1));
    host.run_for(1_000);
    assert_eq!(host.statuses(&arn(1)), [Running, Stopped]);
}

#[test]
fn an_end_during_the_absence_is_told_with_its_true_code_and_time() {
    let mut host = Host::new();
    host.image("dies", Script::exits(5_000, 3));
    host.run_task(task(1, vec![container("app", "dies")]));
    host.run_for(1_000);
    host.runtime.advance(host.runtime.now_ms() + 60_000);
    host.restart_agent();
    assert_eq!(host.changes().last().unwrap(), "app STOPPED 3");
    assert_eq!(Host::since_start_ms(host.last().execution_stopped_at.unwrap()), 5_000);
}

#[test]
fn a_report_that_nobody_took_goes_out_again() {
    let mut host = Host::new();
    host.listens = false;
    host.run_task(task(1, vec![container("app", "app")]));
    host.run_for(1_000);
    host.listens = true;
    host.restart_agent();
    assert_eq!(host.statuses(&arn(1)), [Running]);
}

#[test]
fn an_agent_killed_at_any_moment_starts_nothing_twice_and_leaves_nothing_behind() {
    for kill_after in 0..14 {
        let mut host = Host::new();
        host.image("init", Script::exits(1_000, 0));
        let app = waiting_for(container("app", "app"), "init", "SUCCESS");
        host.run_task(task(1, vec![app, sidecar("init", "init")]));
        // Each run of zero milliseconds carries out what is ready; the kill falls between calls.
        for _ in 0..kill_after {
            host.run_for(100);
        }
        host.restart_agent();
        host.run_for(5_000);
        assert_eq!(host.running(), ["app"], "killed after {kill_after}");
        assert_eq!(host.containers().len(), 2);
        assert_eq!(host.last().status, Running);
    }
}

#[test]
fn a_create_whose_answer_was_lost_is_found_again() {
    let mut host = Host::new();
    host.run_task(task(1, vec![container("app", "app")]));
    host.run_for(100);
    let json = host.disk[&arn(1)].clone();
    // The disk is as it was before the create: the container is there, the agent knows nothing.
    let mut saved: serde_json::Value = serde_json::from_str(&json).unwrap();
    saved["containers"][0]["stage"] = "Fresh".into();
    saved["containers"][0]["runtime_id"] = serde_json::Value::Null;
    host.disk.insert(arn(1), saved.to_string());
    host.restart_agent();
    host.run_for(1_000);
    assert_eq!(host.containers().len(), 1);
    assert_eq!(host.running(), ["app"]);
}

#[test]
fn a_create_that_timed_out_and_worked_is_found() {
    let mut host = Host::new();
    host.run_task(task(1, vec![container("app", "app")]));
    host.run_for(100);
    let name = host.container("app").name;
    let mut other = Host::new();
    // The engine has a container of that name and labels already, and the create is refused.
    let timeout = RuntimeError::passing(ErrorKind::DockerTimeout, "create took too long");
    other.runtime.fail_next(Verb::Create, timeout);
    other.run_task(task(1, vec![container("app", "app")]));
    other.run_for(10_000);
    assert_eq!(other.running(), ["app"]);
    assert_eq!(other.container("app").name, name, "the name depends on the task alone");
}

#[test]
fn containers_outlive_the_runtime_and_new_tasks_wait_for_it() {
    let mut host = Host::new();
    host.run_task(task(1, vec![container("app1", "app")]));
    host.run_for(1_000);
    host.runtime_goes_away();
    host.run_task(task(2, vec![container("app2", "app")]));
    host.run_for(60_000);
    assert_eq!(host.statuses(&arn(2)), []);
    host.runtime_comes_back();
    host.run_for(60_000);
    assert_eq!(host.running(), ["app1", "app2"]);
    assert_eq!(host.statuses(&arn(1)), [Running]);
}

#[test]
fn what_died_with_the_host_is_told() {
    let mut host = Host::new();
    host.run_task(task(1, vec![container("app", "app")]));
    host.run_for(1_000);
    host.runtime.reboot_host(30_000);
    host.restart_agent();
    host.run_for(1_000);
    assert_eq!(host.changes().last().unwrap(), "app STOPPED 255");
    assert_eq!(host.last().status, Stopped);
}

#[test]
fn a_container_that_no_task_knows_goes_only_when_the_control_plane_agrees() {
    let mut host = Host::new();
    host.run_task(task(1, vec![container("app1", "app")]));
    host.run_task(task(2, vec![container("app2", "app")]));
    host.run_for(1_000);
    host.disk.clear();
    host.restart_agent();
    host.run_for(60_000);
    assert_eq!(host.running(), ["app1", "app2"], "nothing is removed without a word");
    host.manifest(&[&arn(1)]);
    assert_eq!(host.stop_candidates.last().unwrap(), &[arn(2)]);
    host.verify_stops(&[&arn(2)]);
    host.run_for(1_000);
    assert_eq!(host.running(), ["app1"]);
    // The control plane sends again what it believes to be here; the container is taken up.
    host.run_task(task(1, vec![container("app1", "app")]));
    host.run_for(1_000);
    assert_eq!(host.containers().len(), 1);
    assert_eq!(host.last().status, Running);
}

#[test]
fn another_agents_containers_are_left_alone() {
    let mut host = Host::new();
    let mut spec = runtime::ContainerSpec::new("theirs", "app");
    spec.set_label("longshore.container-instance", "arn:of:another");
    let id = host.runtime.create(&spec).unwrap();
    host.runtime.start(&id).unwrap();
    host.restart_agent();
    host.manifest(&[]);
    assert_eq!(host.stop_candidates.last().unwrap(), &Vec::<String>::new());
    assert!(host.runtime.is_running(&id));
}
