//! One task from RunTask to STOPPED: statuses, exit codes, stop codes, reasons.

use std::time::Instant;

use e2e::{World, definition, docker, eventually, field, inspect, member, moment, seconds};
use serde_json::json;

#[test]
fn a_task_runs_with_overrides_and_stops_with_its_exit_code() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let base = definition::with(
        definition::shell("app", "exit 1"),
        json!({"environment": [{"name": "KEPT", "value": "kept"}, {"name": "CHANGED", "value": "old"}]}),
    );
    let app = up.register("app", json!([base]));
    let check = "test $KEPT$CHANGED$ADDED = keptnewadded || exit 2; sleep 4; exit 7";
    let task = up.run_task_with(
        &app,
        json!({"startedBy": "e2e", "overrides": {"containerOverrides": [{
            "name": "app", "command": ["sh", "-c", check],
            "environment": [{"name": "CHANGED", "value": "new"}, {"name": "ADDED", "value": "added"}],
        }]}}),
    );
    // The waiter asks every 6 seconds, and the task is done before that.
    up.task_reaches(&task, "RUNNING", 20);
    up.wait("tasks-running", &["--tasks", &task]);
    up.wait("tasks-stopped", &["--tasks", &task]);

    let stopped = up.task(&task);
    let container = member(&stopped["containers"], "name", "app");
    assert_eq!(container["exitCode"], 7);
    assert_eq!(field(container, "lastStatus"), "STOPPED");
    assert_eq!(field(&stopped, "stopCode"), "EssentialContainerExited");
    assert_eq!(field(&stopped, "stoppedReason"), "Essential container in task exited");
    assert_eq!(field(&stopped, "desiredStatus"), "STOPPED");
    assert_eq!(field(&stopped, "startedBy"), "e2e");
    let moments = ["createdAt", "startedAt", "executionStoppedAt", "stoppingAt", "stoppedAt"];
    let moments = moments.map(|name| moment(&stopped, name));
    assert!(moments.is_sorted(), "{stopped}");
}

#[test]
fn a_stopped_task_has_the_reason_that_was_given_and_the_code_of_its_handler() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let app = definition::shell("app", "trap 'exit 42' TERM; sleep 1000 & wait");
    let task = up.run_task(&up.register("app", json!([app])));
    up.task_reaches(&task, "RUNNING", 20);

    let answer = up.ecs("stop-task", json!({"task": task, "reason": "enough of it"}));
    assert_eq!(field(&answer["task"], "desiredStatus"), "STOPPED");
    let stopped = up.task_reaches(&task, "STOPPED", 20);
    assert_eq!(field(&stopped, "stopCode"), "UserInitiated");
    assert_eq!(field(&stopped, "stoppedReason"), "enough of it");
    assert_eq!(stopped["containers"][0]["exitCode"], 42);

    let other = up.run_task(field(&stopped, "taskDefinitionArn"));
    up.task_reaches(&other, "RUNNING", 20);
    up.ecs("stop-task", json!({"task": other}));
    let stopped = up.task_reaches(&other, "STOPPED", 20);
    assert_eq!(field(&stopped, "stoppedReason"), "Task stopped by user");
}

#[test]
fn a_container_that_ignores_sigterm_is_killed_after_its_stop_timeout() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let stubborn = definition::with(
        definition::shell("app", "trap '' TERM; sleep 1000"),
        json!({"stopTimeout": 3}),
    );
    let task = up.run_task(&up.register("app", json!([stubborn])));
    up.task_reaches(&task, "RUNNING", 20);

    let asked = Instant::now();
    up.ecs("stop-task", json!({"task": task}));
    let stopped = up.task_reaches(&task, "STOPPED", 20);
    let took = asked.elapsed();
    assert_eq!(stopped["containers"][0]["exitCode"], 137);
    assert!(took >= seconds(3), "it was killed after {took:?}");
    assert!(took < seconds(10), "it was killed only after {took:?}");
}

#[test]
fn a_container_over_its_memory_is_killed_and_says_so() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    // tail keeps the last line, and this one does not end.
    let greedy = definition::shell("app", "exec tail /dev/zero");
    let task = up.run_task(&up.register("app", json!([greedy])));
    let stopped = up.task_reaches(&task, "STOPPED", 30);
    assert_eq!(stopped["containers"][0]["exitCode"], 137);
    let reason = field(&stopped["containers"][0], "reason");
    assert!(reason.starts_with("OutOfMemoryError"), "{stopped}");
    assert_eq!(field(&stopped, "stopCode"), "EssentialContainerExited");
}

#[test]
fn the_exit_of_a_container_that_is_not_essential_leaves_the_task_running() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let aside = definition::with(definition::shell("aside", "exit 3"), json!({"essential": false}));
    let containers = json!([definition::shell("app", definition::LINGER), aside]);
    let task = up.run_task(&up.register("app", containers));

    let task = eventually("the container aside is reported", seconds(30), || {
        let task = up.task(&task);
        let done = task["containers"].as_array().is_some_and(|all| {
            all.iter().any(|c| c["name"] == "aside" && c["lastStatus"] == "STOPPED")
        });
        if done && task["lastStatus"] == "RUNNING" { Ok(task) } else { Err(task.to_string()) }
    });
    assert_eq!(member(&task["containers"], "name", "aside")["exitCode"], 3);
    assert_eq!(field(member(&task["containers"], "name", "app"), "lastStatus"), "RUNNING");
}

#[test]
fn a_command_that_is_not_there_fails_to_start() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let broken = definition::with(definition::shell("app", ""), json!({"command": ["/none"]}));
    let task = up.run_task(&up.register("app", json!([broken])));
    let stopped = up.task_reaches(&task, "STOPPED", 30);
    assert_eq!(field(&stopped, "stopCode"), "TaskFailedToStart");
    let reason = field(&stopped["containers"][0], "reason");
    assert!(reason.starts_with("CannotStartContainerError"), "{stopped}");
}

/// ECS restarts a container only after it ran for restartAttemptPeriod, of which 60 s is the least.
#[test]
fn a_restart_policy_restarts_a_container_in_its_running_task() {
    let world = World::new();
    let up = world.up(&[]);
    up.instances(1);
    let policy = json!({"restartPolicy": {
        "enabled": true, "restartAttemptPeriod": 60, "ignoredExitCodes": [9],
    }});
    let lasting = definition::with(definition::shell("app", definition::LINGER), policy.clone());
    let lasting = up.run_task(&up.register("lasting", json!([lasting])));
    let early = definition::with(definition::shell("app", "exit 1"), policy);
    let early = up.run_task(&up.register("early", json!([early])));

    let stopped = up.task_reaches(&early, "STOPPED", 30);
    assert_eq!(stopped["containers"][0]["exitCode"], 1, "it did not run for 60 s");
    let running = up.task_reaches(&lasting, "RUNNING", 20);
    let id = field(&running["containers"][0], "runtimeId").to_owned();
    eventually("it has run for 61 s", seconds(90), || {
        let started = inspect(&id)["State"]["StartedAt"].to_string();
        let age = age_s(&started);
        if age > 61 { Ok(()) } else { Err(format!("{age} s")) }
    });
    let before = inspect(&id)["State"]["StartedAt"].clone();
    docker(&["kill", "--signal", "TERM", &id]);
    eventually("it was started again", seconds(20), || {
        let state = inspect(&id)["State"].clone();
        if state["Running"] == true && state["StartedAt"] != before {
            Ok(())
        } else {
            Err(state.to_string())
        }
    });
    let task = up.task(&lasting);
    assert_eq!(field(&task, "lastStatus"), "RUNNING");
    assert_eq!(world.containers().iter().filter(|c| c.task == lasting).count(), 1);
}

fn age_s(started: &str) -> i64 {
    let date = |arguments: &[&str]| -> i64 {
        let done = std::process::Command::new("date").args(arguments).output().expect("date runs");
        String::from_utf8_lossy(&done.stdout).trim().parse().expect("date writes seconds")
    };
    date(&["+%s"]) - date(&["+%s", "--date", started.trim_matches('"')])
}
