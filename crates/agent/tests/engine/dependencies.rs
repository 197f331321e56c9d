//! `dependsOn` with all its conditions, links and `volumesFrom`, on the way up and down.

use model::TaskStatus::{Running, Stopped};
use runtime::HealthStatus;
use runtime::fake::Script;
use session_wire::payload;

use crate::host::{Host, arn, container, sidecar, task, waiting_for, with_health_check};

/// The names of the containers that run after each of these moments.
fn running_at(host: &mut Host, moments_ms: &[u64]) -> Vec<Vec<String>> {
    let start = host.runtime.now_ms();
    moments_ms
        .iter()
        .map(|moment| {
            host.run_for(start + moment - host.runtime.now_ms());
            let mut running = host.running();
            running.sort();
            running
        })
        .collect()
}

#[test]
fn start_waits_for_the_start() {
    let mut host = Host::new();
    host.runtime.add_remote_image("slow", 1, Script { pull_ms: 3_000, ..Script::default() });
    let app = waiting_for(container("app", "app"), "db", "START");
    host.run_task(task(1, vec![app, container("db", "slow")]));
    assert_eq!(running_at(&mut host, &[2_900, 3_100]), [vec![], vec!["app", "db"]]);
    assert_eq!(host.statuses(&arn(1)).last(), Some(&Running));
}

#[test]
fn complete_waits_for_any_end() {
    let mut host = Host::new();
    host.image("init", Script::exits(2_000, 9));
    let app = waiting_for(container("app", "app"), "init", "COMPLETE");
    host.run_task(task(1, vec![app, sidecar("init", "init")]));
    assert_eq!(running_at(&mut host, &[1_900, 2_100]), [["init"], ["app"]]);
}

#[test]
fn success_waits_for_exit_code_0() {
    let mut host = Host::new();
    host.image("init", Script::exits(2_000, 0));
    let app = waiting_for(container("app", "app"), "init", "SUCCESS");
    host.run_task(task(1, vec![app, sidecar("init", "init")]));
    assert_eq!(running_at(&mut host, &[1_900, 2_100]), [["init"], ["app"]]);
}

#[test]
fn success_fails_the_dependent_on_any_other_code() {
    let mut host = Host::new();
    host.image("init", Script::exits(2_000, 1));
    let app = waiting_for(container("app", "app"), "init", "SUCCESS");
    host.run_task(task(1, vec![app, sidecar("init", "init")]));
    host.run_for(3_000);
    assert_eq!(host.last().status, Stopped);
    let expected = "app STOPPED 143 CannotStartContainerError: dependency graph: failed to resolve \
                    container ordering dependency [init] for target [app] as dependency did not \
                    exit successfully.";
    assert!(host.changes().contains(&expected.to_owned()), "{:?}", host.changes());
}

#[test]
fn healthy_waits_for_the_verdict() {
    let mut host = Host::new();
    host.image("db", Script::becomes(HealthStatus::Healthy, 4_000));
    let app = waiting_for(container("app", "app"), "db", "HEALTHY");
    host.run_task(task(1, vec![app, with_health_check(container("db", "db"))]));
    assert_eq!(running_at(&mut host, &[3_900, 4_100]), [vec!["db"], vec!["app", "db"]]);
}

#[test]
fn a_start_timeout_of_the_dependency_fails_the_dependent() {
    let mut host = Host::new();
    let mut db = with_health_check(container("db", "app"));
    db.start_timeout = 10;
    let app = waiting_for(container("app", "app"), "db", "HEALTHY");
    host.run_task(task(1, vec![app, db]));
    host.run_for(9_900);
    assert_eq!(host.running(), ["db"]);
    host.run_for(200);
    assert!(host.running().is_empty());
    let changes = host.changes();
    let app = changes.iter().find(|change| change.starts_with("app ")).unwrap();
    assert!(app.ends_with("has timed out.") && app.contains("143"), "{app}");
    assert_eq!(host.last().status, Stopped);
}

#[test]
fn links_and_volumes_from_come_in_order_and_by_real_name() {
    let mut host = Host::new();
    let mut app = container("app", "app");
    app.links = vec!["db:database".into()];
    app.volumes_from =
        vec![payload::VolumeFrom { source_container: "data".into(), read_only: true }];
    host.run_task(task(1, vec![app, container("db", "app"), container("data", "app")]));
    host.run_for(100);
    let name = |host: &mut Host, name: &str| host.container(name).name;
    let (db, data) = (name(&mut host, "db"), name(&mut host, "data"));
    let id = host.container("app").id;
    let host_config = &host.runtime.spec(&id).unwrap().host_config;
    assert_eq!(host_config["Links"], serde_json::json!([format!("{db}:database")]));
    assert_eq!(host_config["VolumesFrom"], serde_json::json!([format!("{data}:ro")]));
}

#[test]
fn the_way_down_is_the_reverse() {
    let mut host = Host::new();
    host.image("slow", Script { stop_ms: 2_000, ..Script::default() });
    let app = waiting_for(container("app", "slow"), "db", "START");
    host.run_task(task(1, vec![app, container("db", "app")]));
    host.run_for(100);
    host.stop_task(&arn(1));
    assert_eq!(running_at(&mut host, &[1_900, 2_100]), [vec!["app", "db"], vec![]]);
    let stopped: Vec<String> =
        host.changes().into_iter().filter(|change| change.contains("STOPPED")).collect();
    assert_eq!(stopped, ["app STOPPED 143", "db STOPPED 143"]);
}
