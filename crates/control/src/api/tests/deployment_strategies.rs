//! BLUE_GREEN, LINEAR and CANARY services, their lifecycle hooks, ContinueServiceDeployment.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{World, arn, has, text, world};
use crate::Settings;

const INVALID: &str = "InvalidParameterException";

fn create(world: &mut World, configuration: &Value) -> Value {
    world.task_definition("web");
    let input = json!({
        "serviceName": "web", "taskDefinition": "web", "desiredCount": 1,
        "deploymentConfiguration": configuration,
    });
    world.ok("CreateService", input)["service"].clone()
}

fn described(world: &mut World) -> Value {
    world.one("DescribeServices", json!({"services": ["web"]}), "services")
}

/// Every task that is to run runs, has run long enough, and every one that is to stop stops.
fn arrive(world: &mut World) {
    for _ in 0..4 {
        world.reconcile();
        let listed = world.ok("ListTasks", json!({"serviceName": "web"}));
        for task in listed["taskArns"].as_array().into_iter().flatten() {
            world.report(task.as_str().unwrap_or_default(), "RUNNING");
        }
        let stopped = json!({"serviceName": "web", "desiredStatus": "STOPPED"});
        let stopped = world.ok("ListTasks", stopped);
        for task in stopped["taskArns"].as_array().into_iter().flatten() {
            world.report(task.as_str().unwrap_or_default(), "STOPPED");
        }
        world.pass_ms(40_000);
    }
    world.reconcile();
}

/// The newest service deployment: its ARN and the run of a hook that is open.
fn paused(world: &World) -> (String, String) {
    let state = world.state();
    let service = state.services().iter().next().expect("a service").clone();
    let it = service.service_deployment.as_ref().expect("a service deployment");
    let run = it.shift.hook_runs.iter().find(|run| run.is_open()).expect("a run that is open");
    let arn = world.settings.home.service_deployment_arn(&it.cluster, &it.service, &it.id);
    (arn, run.id.clone())
}

fn running(service: &Value) -> Vec<(String, i64, i64)> {
    let of = |d: &Value| {
        let count = |member: &str| d[member].as_i64().unwrap_or_default();
        (text(&d["taskDefinition"]), count("desiredCount"), count("runningCount"))
    };
    service["deployments"].as_array().into_iter().flatten().map(of).collect()
}

#[test]
fn a_strategy_is_read_back_with_its_defaults() {
    for (strategy, shown) in [
        ("BLUE_GREEN", json!({"canaryConfiguration": null, "linearConfiguration": null})),
        (
            "LINEAR",
            json!({"linearConfiguration": {"stepPercent": 10.0, "stepBakeTimeInMinutes": 6}}),
        ),
        (
            "CANARY",
            json!({"canaryConfiguration": {"canaryPercent": 5.0, "canaryBakeTimeInMinutes": 10}}),
        ),
    ] {
        let mut world = world();
        let given = json!({"strategy": strategy, "bakeTimeInMinutes": 7});
        let made = create(&mut world, &given);
        has(
            &made["deploymentConfiguration"],
            json!({"strategy": strategy, "bakeTimeInMinutes": 7, "lifecycleHooks": null}),
        );
        has(&made["deploymentConfiguration"], shown);
    }
}

#[test]
fn what_an_update_does_not_name_stays_and_another_strategy_begins_with_its_own_defaults() {
    let mut world = world();
    let steps = json!({"stepPercent": 33.3, "stepBakeTimeInMinutes": 0});
    create(&mut world, &json!({"strategy": "LINEAR", "linearConfiguration": steps}));
    let mut update = |configuration: Value| {
        let input = json!({"service": "web", "deploymentConfiguration": configuration});
        world.ok("UpdateService", input)["service"]["deploymentConfiguration"].clone()
    };
    has(&update(json!({"bakeTimeInMinutes": 3})), json!({"linearConfiguration": steps}));
    let canary = update(json!({"strategy": "CANARY"}));
    has(
        &canary,
        json!({
            "canaryConfiguration": {"canaryPercent": 5.0}, "linearConfiguration": null,
            "bakeTimeInMinutes": 3,
        }),
    );
    let rolling = update(json!({"strategy": "ROLLING"}));
    has(&rolling, json!({"canaryConfiguration": null, "bakeTimeInMinutes": 3}));
}

#[test]
fn numbers_out_of_range_and_members_that_do_not_go_together_are_refused() {
    let mut world = world();
    create(&mut world, &json!({"strategy": "BLUE_GREEN"}));
    let pause = |stage: &str| json!({"targetType": "PAUSE", "lifecycleStages": [stage]});
    let hooks = |hook: Value| json!({"lifecycleHooks": [hook]});
    let eleven: Vec<Value> = (0..11).map(|_| pause("PRE_SCALE_UP")).collect();
    let timeout = |kind: &str, minutes: i32| {
        json!({"lifecycleHooks": [{
            "targetType": kind, "lifecycleStages": ["PRE_SCALE_UP"],
            "timeoutConfiguration": {"timeoutInMinutes": minutes},
        }]})
    };
    for (configuration, says) in [
        (json!({"bakeTimeInMinutes": 1_441}), "bakeTimeInMinutes is 1441"),
        (json!({"bakeTimeInMinutes": -1}), "bakeTimeInMinutes is -1"),
        (json!({"linearConfiguration": {}}), "linearConfiguration goes with the strategy LINEAR"),
        (
            json!({"strategy": "LINEAR", "linearConfiguration": {"stepPercent": 2.9}}),
            "stepPercent is 2.9; it must be between 3 and 100.0",
        ),
        (
            json!({"strategy": "LINEAR", "linearConfiguration": {"stepPercent": 33.33}}),
            "stepPercent is 33.33",
        ),
        (
            json!({"strategy": "LINEAR", "linearConfiguration": {"stepBakeTimeInMinutes": 1_441}}),
            "stepBakeTimeInMinutes is 1441",
        ),
        (
            json!({"strategy": "CANARY", "canaryConfiguration": {"canaryPercent": 0.0}}),
            "canaryPercent is 0; it must be between 0.1 and 100.0",
        ),
        (
            json!({"strategy": "CANARY", "canaryConfiguration": {"canaryPercent": 100.1}}),
            "canaryPercent is 100.1",
        ),
        (
            json!({"deploymentCircuitBreaker": {"enable": true, "rollback": true}}),
            "the circuit breaker is for ROLLING alone",
        ),
        (hooks(pause("TEST_TRAFFIC_SHIFT")), "PAUSE cannot be at TEST_TRAFFIC_SHIFT"),
        (hooks(pause("PRODUCTION_TRAFFIC_SHIFT")), "PAUSE cannot be at PRODUCTION_TRAFFIC_SHIFT"),
        (hooks(json!({"targetType": "PAUSE"})), "a hook needs lifecycleStages"),
        (hooks(json!({"targetType": "PAUSE", "lifecycleStages": []})), "needs lifecycleStages"),
        (
            hooks(json!({
                "targetType": "PAUSE", "lifecycleStages": ["PRE_SCALE_UP"], "roleArn": "arn:aws:iam::000000000000:role/a",
            })),
            "the targetType PAUSE has no roleArn",
        ),
        (json!({"lifecycleHooks": eleven}), "11 hooks have the targetType PAUSE"),
        (
            hooks(json!({"lifecycleStages": ["PRE_SCALE_UP"], "hookTargetArn": "check"})),
            "hookTargetArn is 'check'",
        ),
    ] {
        let input = json!({"service": "web", "deploymentConfiguration": configuration});
        world.refused("UpdateService", input, INVALID, says);
    }
    for (kind, minutes) in [("PAUSE", 20_161), ("PAUSE", 0)] {
        let given = timeout(kind, minutes);
        let input = json!({"service": "web", "deploymentConfiguration": given});
        assert!(world.call("UpdateService", &input).is_err(), "{kind} {minutes}");
    }
    let lambda = json!({
        "lifecycleStages": ["PRE_SCALE_UP"], "roleArn": "arn:aws:iam::000000000000:role/ecs",
        "hookTargetArn": "arn:aws:lambda:us-east-1:000000000000:function:check",
    });
    let input = json!({"service": "web", "deploymentConfiguration": {"lifecycleHooks": [lambda]}});
    world.refused("UpdateService", input, "UnsupportedFeatureException", "--lambda-endpoint");
    let rolling = json!({"strategy": "ROLLING", "lifecycleHooks": [pause("PRE_SCALE_UP")]});
    let input = json!({"service": "web", "deploymentConfiguration": rolling});
    world.refused("UpdateService", input, "UnsupportedFeatureException", "lifecycleHooks");
}

#[test]
fn hooks_are_read_back() {
    let mut world = world();
    let endpoint = Some("http://127.0.0.1:9000".into());
    world.settings = Arc::new(Settings { lambda_endpoint: endpoint, ..(*world.settings).clone() });
    let hooks = json!([
        {
            "targetType": "PAUSE", "lifecycleStages": ["PRE_PRODUCTION_TRAFFIC_SHIFT"],
            "timeoutConfiguration": {"timeoutInMinutes": 20_160, "action": "CONTINUE"},
        },
        {
            "targetType": "AWS_LAMBDA", "lifecycleStages": ["PRE_SCALE_UP", "TEST_TRAFFIC_SHIFT"],
            "hookTargetArn": "arn:aws:lambda:us-east-1:000000000000:function:check:live",
            "roleArn": "arn:aws:iam::000000000000:role/ecs", "hookDetails": {"bucket": "b"},
            "timeoutConfiguration": {"timeoutInMinutes": 1_440, "action": "ROLLBACK"},
        },
    ]);
    let made = create(&mut world, &json!({"strategy": "CANARY", "lifecycleHooks": hooks}));
    assert_eq!(made["deploymentConfiguration"]["lifecycleHooks"], hooks);
    let none = json!({"service": "web", "deploymentConfiguration": {"lifecycleHooks": []}});
    let updated = world.ok("UpdateService", none);
    let shown = &updated["service"]["deploymentConfiguration"];
    assert_eq!(shown.get("lifecycleHooks"), None, "{shown}");
}

#[test]
fn a_paused_deployment_keeps_both_revisions_until_it_is_continued() {
    let mut world = world();
    world.container_instance(json!({}));
    create(&mut world, &json!({"strategy": "BLUE_GREEN"}));
    arrive(&mut world);
    has(&described(&mut world)["deployments"], json!([{"rolloutState": "COMPLETED"}]));
    let (old, new) = (arn("task-definition/web:1"), world.task_definition("web"));
    let pause = json!({"targetType": "PAUSE", "lifecycleStages": ["POST_TEST_TRAFFIC_SHIFT"]});
    let input = json!({
        "service": "web", "taskDefinition": "web",
        "deploymentConfiguration": {"lifecycleHooks": [pause]},
    });
    world.ok("UpdateService", input);
    arrive(&mut world);
    let both = [(new.clone(), 1, 1), (old, 1, 1)];
    assert_eq!(running(&described(&mut world)), both);

    let (deployment, hook) = paused(&world);
    let described_as = json!({"serviceDeploymentArns": [deployment]});
    let shown = world.one("DescribeServiceDeployments", described_as, "serviceDeployments");
    has(
        &shown,
        json!({
            "status": "IN_PROGRESS", "lifecycleStage": "POST_TEST_TRAFFIC_SHIFT",
            "lifecycleHookDetails": [{
                "hookId": hook, "targetType": "PAUSE", "status": "AWAITING_ACTION",
                "timeoutAction": "ROLLBACK",
            }],
            "targetServiceRevision": {
                "requestedTaskCount": 1, "requestedProductionTrafficWeight": 0.0,
                "requestedTestTrafficWeight": 100.0,
            },
            "sourceServiceRevisions": [{
                "requestedTaskCount": 1, "requestedProductionTrafficWeight": 100.0,
                "requestedTestTrafficWeight": 0.0,
            }],
        }),
    );
    let unknown = json!({"serviceDeploymentArn": deployment, "hookId": "other"});
    world.refused("ContinueServiceDeployment", unknown, INVALID, "hookId is 'other'");
    let input = json!({"serviceDeploymentArn": arn("cluster/default"), "hookId": hook});
    world.refused("ContinueServiceDeployment", input, INVALID, "not the ARN");
    let nowhere = arn("service-deployment/default/web/0123456789abcdefghijk");
    let input = json!({"serviceDeploymentArn": nowhere, "hookId": hook});
    let exception = "ServiceDeploymentNotFoundException";
    world.refused("ContinueServiceDeployment", input, exception, "not found");

    let input = json!({"serviceDeploymentArn": deployment, "hookId": hook});
    let answer = world.ok("ContinueServiceDeployment", input.clone());
    assert_eq!(answer, json!({"serviceDeploymentArn": deployment}));
    world.refused("ContinueServiceDeployment", input.clone(), INVALID, "SUCCEEDED");
    arrive(&mut world);
    assert_eq!(running(&described(&mut world)), [(new, 1, 1)]);
    has(&described(&mut world)["deployments"], json!([{"rolloutState": "COMPLETED"}]));
    world.refused("ContinueServiceDeployment", input, INVALID, "is SUCCESSFUL");
}

#[test]
fn a_paused_deployment_can_be_rolled_back() {
    let mut world = world();
    world.container_instance(json!({}));
    create(&mut world, &json!({"strategy": "BLUE_GREEN"}));
    arrive(&mut world);
    world.task_definition("web");
    let pause =
        json!({"targetType": "PAUSE", "lifecycleStages": ["POST_PRODUCTION_TRAFFIC_SHIFT"]});
    let input = json!({
        "service": "web", "taskDefinition": "web",
        "deploymentConfiguration": {"lifecycleHooks": [pause]},
    });
    world.ok("UpdateService", input);
    arrive(&mut world);
    let (deployment, hook) = paused(&world);
    let input = json!({"serviceDeploymentArn": deployment, "hookId": hook, "action": "ROLLBACK"});
    world.ok("ContinueServiceDeployment", input.clone());
    world.refused("ContinueServiceDeployment", input, INVALID, "ROLLBACK_IN_PROGRESS");
    arrive(&mut world);
    let service = described(&mut world);
    assert_eq!(running(&service), [(arn("task-definition/web:1"), 1, 1)]);
    let events = service["events"].as_array().expect("a list");
    let told = |words: &str| events.iter().any(|e| text(&e["message"]).contains(words));
    assert!(told("deployment failed: lifecycle hook failed."), "{events:?}");
    assert!(told("rolling back to deployment"), "{events:?}");
}
