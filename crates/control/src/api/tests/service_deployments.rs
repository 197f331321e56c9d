//! Service deployments and service revisions.

use serde_json::{Value, json};

use super::{World, arn, has, patched, text, world};

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
