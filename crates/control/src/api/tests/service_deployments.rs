//! Service deployments and service revisions.

use serde_json::{Value, json};

use super::{World, arn, has, patched, reconcile, text, world};
use crate::alarms;

/// A service `web` of two tasks on an instance with room, and its first deployment at its end.
fn steady(members: Value) -> World {
    let mut world = world();
    world.container_instance(json!({}));
    world.task_definition("web");
    let base = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 2});
    world.ok("CreateService", patched(&base, members));
    settle(&mut world);
    world
}

/// Every task that should run does, and long enough to be healthy.
fn settle(world: &mut World) {
    for _ in 0..4 {
        world.reconcile();
        report_all(world);
        world.pass_ms(40_000);
    }
    world.reconcile();
}

fn report_all(world: &mut World) {
    let state = world.state();
    for task in state.tasks().iter().filter(|task| task.is_live()) {
        let arn = world.settings.home.task_arn(&task.cluster, task.id);
        if !task.is_wanted() {
            world.report(&arn, "STOPPED");
        } else if task.last_status < model::TaskStatus::Running {
            world.report(&arn, "RUNNING");
        }
    }
}

/// Begins a deployment of a new revision; the ARN of the service deployment.
fn deploy(world: &mut World) -> String {
    let definition = world.task_definition("web");
    let input = json!({"service": "web", "taskDefinition": definition});
    let service = world.ok("UpdateService", input)["service"].clone();
    text(&service["currentServiceDeployment"])
}

fn described(world: &mut World, arn: &str) -> Value {
    let input = json!({"serviceDeploymentArns": [arn]});
    world.one("DescribeServiceDeployments", input, "serviceDeployments")
}

fn service(world: &mut World) -> Value {
    world.one("DescribeServices", json!({"services": ["web"]}), "services")
}

fn revision_arn(deployment: &Value) -> String {
    let id = text(&deployment["id"]);
    arn(&format!("service-revision/default/web/{}", id.trim_start_matches("ecs-svc/")))
}

#[test]
fn a_deployment_is_described_from_its_beginning_to_its_end() {
    let mut world = steady(json!({}));
    let source = revision_arn(&service(&mut world)["deployments"][0]);
    let deployment = deploy(&mut world);
    let target = revision_arn(&service(&mut world)["deployments"][0]);
    assert!(deployment.starts_with(&arn("service-deployment/default/web/")), "{deployment}");
    let seen = described(&mut world, &deployment);
    has(
        &seen,
        json!({
            "serviceDeploymentArn": deployment, "serviceArn": arn("service/default/web"),
            "clusterArn": arn("cluster/default"), "status": "PENDING", "startedAt": null,
            "sourceServiceRevisions": [{
                "arn": source, "requestedTaskCount": 2, "runningTaskCount": 2, "pendingTaskCount": 0,
            }],
            "targetServiceRevision": {
                "arn": target, "requestedTaskCount": 2, "runningTaskCount": 0, "pendingTaskCount": 0,
            },
            "deploymentConfiguration": {"maximumPercent": 200, "strategy": "ROLLING"},
            "deploymentCircuitBreaker": {"status": "DISABLED", "failureCount": 0, "threshold": 3},
            "alarms": {"status": "DISABLED", "alarmNames": [], "triggeredAlarmNames": []},
            "rollback": null,
        }),
    );
    world.reconcile();
    let seen = described(&mut world, &deployment);
    has(&seen, json!({"status": "IN_PROGRESS", "lifecycleStage": "SCALE_UP", "finishedAt": null}));
    assert_eq!(seen["targetServiceRevision"]["pendingTaskCount"], 2);
    let current = service(&mut world)["currentServiceRevisions"].clone();
    has(
        &current,
        json!([
            {"arn": target, "requestedTaskCount": 2, "runningTaskCount": 0, "pendingTaskCount": 2},
            {"arn": source, "requestedTaskCount": 2, "runningTaskCount": 2, "pendingTaskCount": 0},
        ]),
    );
    settle(&mut world);
    let seen = described(&mut world, &deployment);
    has(&seen, json!({"status": "SUCCESSFUL", "stoppedAt": null}));
    assert!(seen["finishedAt"].as_f64() > seen["startedAt"].as_f64(), "{seen}");
    assert_eq!(seen["targetServiceRevision"]["runningTaskCount"], 2);
}

#[test]
fn a_tripped_breaker_is_shown_with_the_rollback() {
    let breaker = json!({"enable": true, "rollback": true});
    let configuration = json!({"deploymentCircuitBreaker": breaker});
    let mut world = steady(json!({"deploymentConfiguration": configuration}));
    let source = revision_arn(&service(&mut world)["deployments"][0]);
    let first = text(&service(&mut world)["currentServiceDeployment"]);
    has(
        &described(&mut world, &first)["deploymentCircuitBreaker"],
        json!({"status": "MONITORING_COMPLETE", "failureCount": 0, "threshold": 3}),
    );
    let deployment = deploy(&mut world);
    for expected in [2, 3] {
        world.reconcile();
        has(
            &described(&mut world, &deployment)["deploymentCircuitBreaker"],
            json!({"status": "MONITORING", "failureCount": expected - 2}),
        );
        let pending: Vec<_> =
            world.state().tasks().iter().filter(|t| t.is_live()).cloned().collect();
        let pending = pending.iter().filter(|t| t.last_status < model::TaskStatus::Running);
        for task in pending.take(if expected == 2 { 1 } else { 2 }) {
            let arn = world.settings.home.task_arn(&task.cluster, task.id);
            world.report(&arn, "STOPPED");
        }
        world.pass_ms(10_000);
    }
    let seen = described(&mut world, &deployment);
    has(
        &seen,
        json!({
            "status": "ROLLBACK_IN_PROGRESS",
            "deploymentCircuitBreaker": {"status": "TRIGGERED", "failureCount": 3},
            "rollback": {
                "reason": "ECS deployment circuit breaker: tasks failed to start.",
                "serviceRevisionArn": source,
            },
        }),
    );
    settle(&mut world);
    has(&described(&mut world, &deployment), json!({"status": "ROLLBACK_SUCCESSFUL"}));
}

#[test]
fn the_list_has_the_newest_first_in_pages_and_filters() {
    let mut world = steady(json!({}));
    let mut made = vec![text(&service(&mut world)["currentServiceDeployment"])];
    let began = world.now;
    for _ in 0..3 {
        world.pass_ms(1_000);
        made.push(deploy(&mut world));
    }
    made.reverse();
    let input = json!({"service": "web"});
    for size in [1, 3, 100] {
        let (listed, _) = world.pages("ListServiceDeployments", &input, "serviceDeployments", size);
        let listed: Vec<_> = listed.iter().map(|it| text(&it["serviceDeploymentArn"])).collect();
        assert_eq!(listed, made, "{size}");
    }
    let seconds = |ms: i64| json!((began.0 + ms) / 1_000);
    for (filter, expected) in [
        (json!({"status": ["PENDING"]}), &made[..1]),
        (json!({"status": ["STOPPED"]}), &made[1..3]),
        (json!({"status": ["SUCCESSFUL", "PENDING"]}), &[made[0].clone(), made[3].clone()][..]),
        (json!({"createdAt": {"after": seconds(1_000)}}), &made[..2]),
        (json!({"createdAt": {"before": seconds(2_000)}}), &made[2..]),
        (json!({"createdAt": {"after": seconds(1_000), "before": seconds(3_000)}}), &made[1..2]),
    ] {
        let answer = world.ok("ListServiceDeployments", patched(&input, filter.clone()));
        let listed = answer["serviceDeployments"].as_array().into_iter().flatten();
        let listed: Vec<_> = listed.map(|it| text(&it["serviceDeploymentArn"])).collect();
        assert_eq!(listed, expected, "{filter}");
    }
    let all = world.ok("ListServiceDeployments", input);
    has(
        &all["serviceDeployments"][1],
        json!({
            "status": "STOPPED", "statusReason": "A newer service deployment has started.",
            "serviceArn": arn("service/default/web"), "clusterArn": arn("cluster/default"),
        }),
    );
    let none = json!({"service": "none"});
    world.refused("ListServiceDeployments", none, "ServiceNotFoundException", "Service not found.");
}

#[test]
fn a_revision_says_what_the_service_was_to_be() {
    let mut world = steady(json!({}));
    let arn_of = |world: &mut World| revision_arn(&service(world)["deployments"][0]);
    let old = arn_of(&mut world);
    deploy(&mut world);
    settle(&mut world);
    let new = arn_of(&mut world);
    let answer = world.ok("DescribeServiceRevisions", json!({"serviceRevisionArns": [old, new]}));
    let expected = |arn_of: &str, revision: u32| {
        json!({
            "serviceRevisionArn": arn_of, "serviceArn": arn("service/default/web"),
            "clusterArn": arn("cluster/default"), "launchType": "EC2",
            "taskDefinition": arn(&format!("task-definition/web:{revision}")),
            "containerImages": [{"containerName": "app", "image": "busybox"}],
            "loadBalancers": [], "resolvedConfiguration": {"loadBalancers": []},
        })
    };
    has(&answer["serviceRevisions"], json!([expected(&old, 1), expected(&new, 2)]));
    assert_eq!(answer["failures"], json!([]));
}

#[test]
fn what_is_not_there_is_missing_and_what_is_no_arn_is_refused() {
    let mut world = steady(json!({}));
    let deployment = text(&service(&mut world)["currentServiceDeployment"]);
    let revision = revision_arn(&service(&mut world)["deployments"][0]);
    let no_deployment = arn("service-deployment/default/web/abcdefghijklmnopqrstu");
    let no_revision = arn("service-revision/default/none/1234");
    let missing = |arn: &str| json!([{"arn": arn, "reason": "MISSING"}]);
    let both = json!({"serviceDeploymentArns": [no_deployment, deployment]});
    let answer = world.ok("DescribeServiceDeployments", both);
    assert_eq!(answer["failures"], missing(&no_deployment));
    assert_eq!(answer["serviceDeployments"].as_array().map(Vec::len), Some(1));
    let answer =
        world.ok("DescribeServiceRevisions", json!({"serviceRevisionArns": [no_revision]}));
    assert_eq!(answer["failures"], missing(&no_revision));
    for (operation, member, wrong) in [
        ("DescribeServiceDeployments", "serviceDeploymentArns", &revision),
        ("DescribeServiceRevisions", "serviceRevisionArns", &deployment),
    ] {
        let says = "is not the ARN of a service";
        world.refused(operation, json!({member: [wrong]}), "InvalidParameterException", says);
        world.refused(operation, json!({member: ["web"]}), "InvalidParameterException", "Invalid");
        let many = vec![wrong; 21];
        let says = "has 21 entries; at most 20 are allowed";
        world.refused(operation, json!({member: many}), "InvalidParameterException", says);
    }
}

#[test]
fn the_history_goes_with_the_service() {
    let mut world = steady(json!({}));
    let deployment = text(&service(&mut world)["currentServiceDeployment"]);
    let revision = revision_arn(&service(&mut world)["deployments"][0]);
    world.ok("DeleteService", json!({"service": "web", "force": true}));
    settle(&mut world);
    assert_eq!(service(&mut world)["status"], "INACTIVE");
    let gone = |world: &mut World| {
        let answer =
            world.ok("DescribeServiceDeployments", json!({"serviceDeploymentArns": [deployment]}));
        assert_eq!(answer["failures"][0]["reason"], "MISSING");
        let answer =
            world.ok("DescribeServiceRevisions", json!({"serviceRevisionArns": [revision]}));
        assert_eq!(answer["failures"][0]["reason"], "MISSING");
    };
    gone(&mut world);
    let input = json!({"service": "web"});
    world.refused("ListServiceDeployments", input.clone(), "ServiceNotFoundException", "not found");
    let again = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 2});
    world.ok("CreateService", again);
    gone(&mut world);
    let answer = world.ok("ListServiceDeployments", input);
    assert_eq!(answer["serviceDeployments"].as_array().map(Vec::len), Some(1));
}

const SUPERSEDED: &str = "has ended; only one that is under way can be stopped";

#[test]
fn a_stop_rolls_back_and_a_second_one_changes_nothing() {
    let mut world = steady(json!({}));
    let first = text(&service(&mut world)["currentServiceDeployment"]);
    let source = revision_arn(&service(&mut world)["deployments"][0]);
    let deployment = deploy(&mut world);
    world.reconcile();
    let input = json!({"serviceDeploymentArn": deployment});
    let answer = world.ok("StopServiceDeployment", input.clone());
    assert_eq!(answer, json!({"serviceDeploymentArn": deployment}));
    assert_eq!(described(&mut world, &deployment)["status"], "ROLLBACK_REQUESTED");
    let before = world.state().revision();
    world.ok("StopServiceDeployment", input.clone());
    assert_eq!(world.state().revision(), before);
    world.reconcile();
    let reason = "ECS deployment stopped by user.";
    has(
        &described(&mut world, &deployment),
        json!({
            "status": "ROLLBACK_IN_PROGRESS", "statusReason": reason,
            "rollback": {"reason": reason, "serviceRevisionArn": source},
        }),
    );
    settle(&mut world);
    has(&described(&mut world, &deployment), json!({"status": "ROLLBACK_SUCCESSFUL"}));
    has(&service(&mut world), json!({"taskDefinition": arn("task-definition/web:1")}));
    for ended in [deployment, first] {
        let input = json!({"serviceDeploymentArn": ended});
        let error = world.refused("StopServiceDeployment", input, "ConflictException", SUPERSEDED);
        let ids = error.extra.as_ref().and_then(|extra| extra.get("resourceIds"));
        assert_eq!(ids, Some(&json!([ended])));
    }
    let none = arn("service-deployment/default/web/abcdefghijklmnopqrstu");
    let input = json!({"serviceDeploymentArn": none});
    let exception = "ServiceDeploymentNotFoundException";
    world.refused("StopServiceDeployment", input, exception, "Service deployment not found.");
}

#[test]
fn an_abort_starts_nothing_more_and_takes_back_what_is_too_much() {
    let mut world = steady(json!({}));
    let deployment = deploy(&mut world);
    world.reconcile();
    let input = json!({"serviceDeploymentArn": deployment, "stopType": "ABORT"});
    world.ok("StopServiceDeployment", input);
    assert_eq!(described(&mut world, &deployment)["status"], "STOP_REQUESTED");
    settle(&mut world);
    let seen = described(&mut world, &deployment);
    has(&seen, json!({"status": "STOPPED", "rollback": null}));
    assert_eq!(seen["sourceServiceRevisions"][0]["runningTaskCount"], 2);
    assert_eq!(seen["targetServiceRevision"]["runningTaskCount"], 0);
    has(&service(&mut world)["deployments"][0], json!({"rolloutState": "FAILED"}));
}

/// Somebody sets the alarm `errors`.
fn alarm(world: &mut World, state: model::AlarmState) -> store::Snapshot {
    let alarm = model::Alarm {
        name: "errors".into(),
        state,
        reason: "a test".into(),
        updated_at: world.now,
    };
    world.change(|tx| alarms::set(tx, alarm));
    world.state()
}

#[test]
fn an_alarm_gives_the_deployment_up_that_watches_it() {
    let watched = json!({"alarmNames": ["errors"], "enable": true, "rollback": true});
    let mut world = steady(json!({"deploymentConfiguration": {"alarms": watched}}));
    has(&service(&mut world), json!({"deploymentConfiguration": {"alarms": watched}}));
    let watching = |state: &store::Snapshot| state.services_watching("errors").count();
    assert_eq!(watching(&world.state()), 0, "nothing is under way");
    let deployment = deploy(&mut world);
    assert_eq!(watching(&world.state()), 1);
    world.reconcile();
    has(&described(&mut world, &deployment)["alarms"], json!({"status": "MONITORING"}));
    alarm(&mut world, model::AlarmState::InsufficientData);
    world.reconcile();
    has(&described(&mut world, &deployment), json!({"status": "IN_PROGRESS"}));
    alarm(&mut world, model::AlarmState::Alarm);
    world.reconcile();
    has(
        &described(&mut world, &deployment),
        json!({
            "status": "ROLLBACK_IN_PROGRESS",
            "alarms": {
                "status": "TRIGGERED", "alarmNames": ["errors"], "triggeredAlarmNames": ["errors"],
            },
            "rollback": {"reason": "ECS deployment alarm: alarm detected."},
        }),
    );
    assert_eq!(watching(&world.state()), 0);
    settle(&mut world);
    has(&described(&mut world, &deployment), json!({"status": "ROLLBACK_SUCCESSFUL"}));
    // It is in ALARM when the next one starts.
    let deployment = deploy(&mut world);
    settle(&mut world);
    has(
        &described(&mut world, &deployment),
        json!({
            "status": "SUCCESSFUL",
            "statusReason":
                "alarms are ignored: in ALARM state when the deployment started: errors.",
            "alarms": {"status": "DISABLED", "triggeredAlarmNames": ["errors"]},
        }),
    );
}

#[test]
fn a_changed_alarm_wakes_whom_it_concerns_and_nobody_else() {
    let watched = json!({"alarmNames": ["errors"], "enable": true, "rollback": true});
    let mut world = steady(json!({"deploymentConfiguration": {"alarms": watched}}));
    let other = json!({"serviceName": "other", "taskDefinition": "web", "desiredCount": 0});
    world.ok("CreateService", other);
    let woken = |world: &mut World| {
        let before = world.state();
        alarm(world, model::AlarmState::Alarm);
        let alarm = world.state().alarms().get(&"errors".to_owned()).cloned();
        let old = before.alarms().get(&"errors".to_owned()).cloned();
        let changed = store::Changed { key: "errors".into(), old, new: alarm };
        let commit = store::Commit {
            revision: world.state().revision(),
            changes: vec![store::Change::Alarm(changed)],
        };
        let mut queue = reconcile::Queue::default();
        queue.note(&world.state(), &commit);
        queue.take(world.now, 10)
    };
    assert_eq!(woken(&mut world), []);
    deploy(&mut world);
    let web = reconcile::Key::Service("default".parse().unwrap(), "web".parse().unwrap());
    assert_eq!(woken(&mut world), [web]);
}

#[test]
fn early_success_and_bake_time_are_kept_and_obeyed() {
    let early = json!({
        "enable": true, "healthyPercent": 100, "sourceServiceRevisionCleanup": "DEFERRED",
    });
    let configuration = json!({"earlySuccessCriteria": early, "bakeTimeInMinutes": 10});
    let mut world = steady(json!({"deploymentConfiguration": configuration}));
    has(&service(&mut world)["deploymentConfiguration"], configuration);
    let first = text(&service(&mut world)["currentServiceDeployment"]);
    has(
        &described(&mut world, &first),
        json!({"status": "IN_PROGRESS", "lifecycleStage": "BAKE_TIME"}),
    );
    world.pass_ms(600_000);
    world.reconcile();
    has(&described(&mut world, &first), json!({"status": "SUCCESSFUL"}));
    let off = json!({"earlySuccessCriteria": {"enable": false}, "bakeTimeInMinutes": 0});
    world.ok("UpdateService", json!({"service": "web", "deploymentConfiguration": off}));
    let expected = json!({"earlySuccessCriteria": null, "bakeTimeInMinutes": 0});
    has(&service(&mut world)["deploymentConfiguration"], expected);
    for (wrong, says) in [
        (json!({"bakeTimeInMinutes": 1_441}), "bakeTimeInMinutes is 1441"),
        (json!({"bakeTimeInMinutes": -1}), "bakeTimeInMinutes is -1"),
        (json!({"earlySuccessCriteria": {"enable": true}}), "are needed when it is enabled"),
        (
            json!({"earlySuccessCriteria": patched(&early, json!({"healthyPercent": 99}))}),
            "healthyPercent is 99; it must be at least minimumHealthyPercent",
        ),
        (
            json!({"alarms": {"alarmNames": [], "enable": true, "rollback": false}}),
            "alarms.alarmNames is empty",
        ),
        (
            json!({"alarms": {"alarmNames": [""], "enable": true, "rollback": false}}),
            "has 0 characters",
        ),
    ] {
        let input = json!({"service": "web", "deploymentConfiguration": wrong});
        world.refused("UpdateService", input, "InvalidParameterException", says);
    }
}

#[test]
fn a_service_at_rest_repeats_that_it_is_steady() {
    let mut world = steady(json!({}));
    let said = |world: &mut World| {
        let events = service(world)["events"].clone();
        let events = events.as_array().cloned().unwrap_or_default();
        let steady = "(service web) has reached a steady state.";
        events.iter().filter(|event| event["message"] == steady).count()
    };
    assert_eq!(said(&mut world), 1);
    world.pass_ms(5 * 3_600_000);
    world.reconcile();
    assert_eq!(said(&mut world), 1);
    world.pass_ms(3_600_000);
    world.reconcile();
    assert_eq!(said(&mut world), 2);
}
