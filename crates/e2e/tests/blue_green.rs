//! A BLUE_GREEN deployment that a PAUSE hook holds until somebody continues it.

use std::collections::BTreeSet;

use e2e::{ControlPlane, World, arns, definition, eventually, field, seconds};
use serde_json::{Value, json};

/// The newest service deployment of `app`.
fn newest(up: &ControlPlane) -> Value {
    let listed = up.ecs("list-service-deployments", json!({"service": "app"}));
    let newest = field(&listed["serviceDeployments"][0], "serviceDeploymentArn").to_owned();
    let input = json!({"serviceDeploymentArns": [newest]});
    up.ecs("describe-service-deployments", input)["serviceDeployments"][0].clone()
}

fn running(up: &ControlPlane) -> BTreeSet<String> {
    let running = json!({"serviceName": "app", "desiredStatus": "RUNNING"});
    arns(&up.ecs("list-tasks", running)["taskArns"]).into_iter().collect()
}

#[test]
fn green_comes_whole_beside_blue_and_takes_over_when_somebody_continues() {
    let world = World::new();
    let up = world.up(&["--settle", "0s"]);
    up.instances(1);
    let v1 = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    let configuration = json!({"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0});
    let members = json!({"desiredCount": 2, "deploymentConfiguration": configuration});
    up.create_service("app", &v1, members);
    up.service_is_stable("app", 20);
    let blue = running(&up);
    assert_eq!(blue.len(), 2);

    let pause = json!({
        "targetType": "PAUSE", "lifecycleStages": ["POST_TEST_TRAFFIC_SHIFT"],
        "timeoutConfiguration": {"timeoutInMinutes": 10, "action": "ROLLBACK"},
    });
    let v2 = up.register("app", json!([definition::shell("app", definition::LINGER)]));
    let update = json!({
        "service": "app", "taskDefinition": v2,
        "deploymentConfiguration": {"lifecycleHooks": [pause]},
    });
    up.ecs("update-service", update);
    let paused = eventually("the deployment is paused", seconds(20), || {
        let newest = newest(&up);
        match &newest["lifecycleHookDetails"][0]["status"] {
            status if status == "AWAITING_ACTION" => Ok(newest),
            _ => Err(newest.to_string()),
        }
    });
    assert_eq!(paused["lifecycleStage"], "POST_TEST_TRAFFIC_SHIFT");
    let both = running(&up);
    assert!(both.is_superset(&blue) && both.len() == 4, "{both:?}");
    assert_eq!(world.running().len(), 4, "each has its container");

    let hook = field(&paused["lifecycleHookDetails"][0], "hookId").to_owned();
    let arn = field(&paused, "serviceDeploymentArn").to_owned();
    up.ecs("continue-service-deployment", json!({"serviceDeploymentArn": arn, "hookId": hook}));
    let end = eventually("the deployment is successful", seconds(20), || {
        let newest = newest(&up);
        if newest["status"] == "SUCCESSFUL" { Ok(newest) } else { Err(newest.to_string()) }
    });
    assert_eq!(field(&end, "serviceDeploymentArn"), arn);
    assert_eq!(end["targetServiceRevision"]["requestedProductionTrafficWeight"], json!(100.0));
    let green: BTreeSet<String> = both.difference(&blue).cloned().collect();
    assert_eq!(running(&up), green);
}
