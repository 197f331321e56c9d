//! A rollout planned and watched through the binary.

use std::process::{Command, Output, Stdio};

use e2e::{ControlPlane, World, definition, longshore};
use serde_json::{Value, json};

fn rollout(up: &ControlPlane, arguments: &[&str]) -> Command {
    let mut command = Command::new(longshore());
    command.arg("rollout").args(arguments).envs(up.environment.iter().cloned());
    command
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// `(old, new)` tasks that are to run, in each frame of a plan.
fn planned(plan: &Value) -> Vec<(u64, u64)> {
    let wanted = |tally: &Value| {
        let phases = ["pending", "warming", "healthy", "unhealthy"];
        phases.iter().filter_map(|phase| tally[phase].as_u64()).sum()
    };
    let frames = plan["frames"].as_array().expect("frames");
    let mut seen: Vec<(u64, u64)> = Vec::new();
    for frame in frames {
        let frame = (wanted(&frame["old"]), wanted(&frame["new"]));
        if seen.last() != Some(&frame) {
            seen.push(frame);
        }
    }
    seen
}

#[test]
fn a_rollout_is_planned_without_a_trace_and_watched_to_its_end() {
    let world = World::new();
    let up = world.up(&["--settle", "0s"]);
    up.instances(1);
    let shell = || json!([definition::shell("app", definition::LINGER)]);
    let v1 = up.register("app", shell());
    let percentages = json!({"minimumHealthyPercent": 50, "maximumPercent": 100});
    up.create_service(
        "app",
        &v1,
        json!({"desiredCount": 2, "deploymentConfiguration": percentages}),
    );
    let before = up.service_is_stable("app", 40);
    let v2 = up.register("app", shell());

    let plan = rollout(&up, &["plan", "app", "--task-definition", &v2, "--json"]).output();
    let plan = plan.expect("longshore runs");
    assert!(plan.status.success(), "{}", String::from_utf8_lossy(&plan.stderr));
    let plan = &lines(&plan)[0];
    assert_eq!(planned(plan), [(1, 0), (1, 1), (0, 1), (0, 2)], "{plan}");
    assert_eq!(plan["pace"]["start"]["seenCount"], 2, "{plan}");
    assert_eq!(up.service("app")["deployments"], before["deployments"], "nothing was touched");

    let mut watch = rollout(&up, &["watch", "app", "--json", "--follow"]);
    let watch = watch.stdout(Stdio::piped()).spawn().expect("longshore runs");
    up.ecs("update-service", json!({"service": "app", "taskDefinition": v2}));
    let until = rollout(&up, &["watch", "app", "--json"]).output().expect("longshore runs");
    assert_eq!(until.status.code(), Some(0), "{}", String::from_utf8_lossy(&until.stderr));
    let seen = lines(&until);
    assert_eq!(seen[0]["whole"], true, "{}", seen[0]);
    let last_service = seen.iter().rev().find(|line| line["service"].is_object());
    assert_eq!(last_service.expect("it is told")["service"]["steady"], true);

    up.ecs("delete-service", json!({"service": "app", "force": true}));
    let ended = watch.wait_with_output().expect("it ends with the service");
    assert_eq!(ended.status.code(), Some(1), "the service is no more");
    let seen = lines(&ended);
    assert_eq!(seen.last().expect("a line")["end"], "the service is INACTIVE");
    let stopped =
        seen.iter().flat_map(|line| line["tasks"].as_array().cloned().unwrap_or_default());
    let stopped = stopped.filter(|task| task["phase"] == "STOPPED").count();
    assert_eq!(stopped, 4, "two of each revision");
}

#[test]
fn a_service_that_is_not_there_cannot_be_watched() {
    let world = World::new();
    let server = world.server(&["--store", "memory"]);
    server.ecs("create-cluster", json!({}));
    let answer = rollout(&server, &["watch", "nobody", "--plain"]).output().expect("it runs");
    assert_eq!(answer.status.code(), Some(2));
    let said = String::from_utf8_lossy(&answer.stderr);
    assert!(said.contains("ServiceNotFoundException"), "{said}");
}
