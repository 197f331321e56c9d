//! What each operation refuses: the exception that clients catch, and words of its message.

use serde_json::{Value, json};

use super::{World, arn, patched, world};

const INVALID: &str = "InvalidParameterException";
const CLIENT: &str = "ClientException";
const NO_CLUSTER: &str = "ClusterNotFoundException";
const UNSUPPORTED: &str = "UnsupportedFeatureException";

/// A world in which every input of [`valid`] would be answered, and its container instance.
fn furnished() -> (World, String) {
    let mut world = world();
    world.task_definition("web");
    let instance = world.container_instance(json!({}));
    let service = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 1});
    world.ok("CreateService", service);
    (world, instance)
}

/// An input that the operation takes.
fn valid(operation: &str, instance: &str) -> Value {
    let attribute = json!([{"name": "a", "targetId": instance}]);
    match operation {
        "CreateService" => {
            json!({"serviceName": "new", "taskDefinition": "web", "desiredCount": 1})
        }
        "UpdateService" => json!({"service": "web"}),
        "RunTask" => json!({"taskDefinition": "web"}),
        "StartTask" => json!({"taskDefinition": "web", "containerInstances": [instance]}),
        "StopTask" => json!({"task": "0".repeat(32)}),
        "PutAttributes" | "DeleteAttributes" => json!({"attributes": attribute}),
        "ListAttributes" => json!({"targetType": "container-instance"}),
        "RegisterContainerInstance" => json!({"totalResources": []}),
        _ => json!({}),
    }
}

/// Each row is refused where the valid input with the patch is given.
fn refused(rows: Vec<(&str, Value, &str, &str)>) {
    let (mut world, instance) = furnished();
    for (operation, patch, exception, says) in rows {
        let input = patched(&valid(operation, &instance), patch);
        world.refused(operation, input, exception, says);
    }
}

#[test]
fn clusters() {
    let says = "must be one of enabled, enhanced, disabled";
    let perhaps = json!([{"name": "containerInsights", "value": "perhaps"}]);
    let many: Vec<_> = (0..101).map(|n| format!("c{n}")).collect();
    refused(vec![
        ("CreateCluster", json!({"clusterName": "a b"}), INVALID, "clusterName 'a b'"),
        ("CreateCluster", json!({"clusterName": arn("cluster/a")}), INVALID, "clusterName"),
        ("CreateCluster", json!({"clusterName": "x".repeat(256)}), INVALID, "up to 255"),
        ("CreateCluster", json!({"clusterName": "a", "settings": perhaps}), INVALID, says),
        (
            "CreateCluster",
            json!({"clusterName": "a", "capacityProviders": ["FARGATE"]}),
            UNSUPPORTED,
            "Capacity providers",
        ),
        ("UpdateCluster", json!({"cluster": "none"}), NO_CLUSTER, "Cluster not found."),
        (
            "UpdateClusterSettings",
            json!({"cluster": "default", "settings": perhaps}),
            INVALID,
            says,
        ),
        ("DeleteCluster", json!({"cluster": "none"}), NO_CLUSTER, "Cluster not found."),
        ("DescribeClusters", json!({"clusters": many}), INVALID, "at most 100"),
        ("ListClusters", json!({"maxResults": 101}), INVALID, "between 1 and 100"),
        ("ListClusters", json!({"nextToken": "nonsense"}), INVALID, "Invalid token"),
    ]);
}

#[test]
fn every_operation_on_a_cluster_needs_it() {
    let (mut world, instance) = furnished();
    let id = "0".repeat(32);
    for (operation, members) in [
        ("CreateService", json!({})),
        ("UpdateService", json!({})),
        ("DeleteService", json!({"service": "web"})),
        ("DescribeServices", json!({"services": ["web"]})),
        ("ListServices", json!({})),
        ("RunTask", json!({})),
        ("StartTask", json!({})),
        ("StopTask", json!({})),
        ("DescribeTasks", json!({"tasks": [id]})),
        ("ListTasks", json!({})),
        ("RegisterContainerInstance", json!({})),
        ("DeregisterContainerInstance", json!({"containerInstance": instance})),
        ("DescribeContainerInstances", json!({"containerInstances": [id]})),
        ("ListContainerInstances", json!({})),
        ("UpdateContainerInstancesState", json!({"containerInstances": [id], "status": "ACTIVE"})),
        ("UpdateContainerAgent", json!({"containerInstance": id})),
        ("PutAttributes", json!({})),
        ("DeleteAttributes", json!({})),
        ("ListAttributes", json!({})),
        ("SubmitTaskStateChange", json!({"task": id, "status": "STOPPED"})),
    ] {
        let mut input = patched(&valid(operation, &instance), members);
        input["cluster"] = json!("none");
        world.refused(operation, input, NO_CLUSTER, "Cluster not found.");
    }
}

#[test]
fn services() {
    let percents = |minimum: i32, maximum: i32| {
        json!({"deploymentConfiguration": {
            "minimumHealthyPercent": minimum, "maximumPercent": maximum,
        }})
    };
    let strategy =
        |kind: &str, field: &str| json!({"placementStrategy": [{"type": kind, "field": field}]});
    let blocked = "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.";
    let random = json!({"type": "random"});
    let member = |expression: &str| json!({"type": "memberOf", "expression": expression});
    let named: Vec<_> = (0..11).map(|n| format!("s{n}")).collect();
    refused(vec![
        ("CreateService", json!({"serviceName": "a b"}), INVALID, "serviceName 'a b'"),
        ("CreateService", json!({"serviceName": null}), INVALID, "serviceName"),
        ("CreateService", json!({"desiredCount": -1}), INVALID, "desiredCount is -1"),
        ("CreateService", json!({"desiredCount": 5001}), INVALID, "between 0 and 5000"),
        ("CreateService", json!({"desiredCount": null}), INVALID, "desiredCount is missing"),
        (
            "CreateService",
            json!({"taskDefinition": null}),
            INVALID,
            "TaskDefinition can not be blank.",
        ),
        ("CreateService", json!({"taskDefinition": "none"}), CLIENT, "TaskDefinition not found."),
        ("CreateService", json!({"taskDefinition": "web:9"}), CLIENT, "TaskDefinition not found."),
        (
            "CreateService",
            json!({"taskDefinition": "web:latest"}),
            INVALID,
            "Invalid revision number. Number: latest",
        ),
        ("CreateService", json!({"clientToken": "x".repeat(37)}), INVALID, "clientToken"),
        ("CreateService", json!({"clientToken": "a b"}), INVALID, "clientToken"),
        ("CreateService", percents(100, 100), INVALID, blocked),
        ("CreateService", percents(50, 99), INVALID, "at least 100"),
        ("CreateService", percents(-1, 200), INVALID, "minimumHealthyPercent is -1"),
        (
            "CreateService",
            json!({"schedulingStrategy": "DAEMON"}),
            INVALID,
            "does not support a desired count",
        ),
        (
            "CreateService",
            json!({"schedulingStrategy": "DAEMON", "desiredCount": null, "placementStrategy": [random]}),
            INVALID,
            "placementStrategy",
        ),
        ("CreateService", strategy("binpack", "disk"), INVALID, "disk"),
        ("CreateService", strategy("random", "cpu"), INVALID, "random has no field"),
        ("CreateService", json!({"placementStrategy": vec![random.clone(); 6]}), INVALID, "5"),
        (
            "CreateService",
            json!({"placementConstraints": [member("nonsense")]}),
            INVALID,
            "nonsense",
        ),
        (
            "CreateService",
            json!({"placementConstraints": vec![member("attribute:a exists"); 11]}),
            INVALID,
            "10",
        ),
        (
            "CreateService",
            json!({"placementConstraints": [{"type": "distinctInstance", "expression": "a"}]}),
            INVALID,
            "has no expression",
        ),
        (
            "CreateService",
            json!({"healthCheckGracePeriodSeconds": -1}),
            INVALID,
            "healthCheckGracePeriodSeconds is -1",
        ),
        ("CreateService", json!({"launchType": "FARGATE"}), UNSUPPORTED, "FARGATE"),
        (
            "CreateService",
            json!({"networkConfiguration": {"awsvpcConfiguration": {"subnets": ["s"]}}}),
            INVALID,
            "Network Configuration is not valid",
        ),
        (
            "CreateService",
            json!({"loadBalancers": [{"containerName": "app"}]}),
            UNSUPPORTED,
            "loadBalancers",
        ),
        (
            "CreateService",
            json!({"deploymentController": {"type": "CODE_DEPLOY"}}),
            UNSUPPORTED,
            "deploymentController",
        ),
        (
            "CreateService",
            json!({"serviceConnectConfiguration": {"enabled": true}}),
            UNSUPPORTED,
            "serviceConnectConfiguration",
        ),
        (
            "CreateService",
            json!({
                "deploymentConfiguration": {"strategy": "BLUE_GREEN"},
                "schedulingStrategy": "DAEMON", "desiredCount": null,
            }),
            INVALID,
            "strategy is BLUE_GREEN",
        ),
        ("CreateService", json!({"tags": [{"key": "aws:a", "value": ""}]}), INVALID, "aws:"),
        (
            "UpdateService",
            json!({"service": "none"}),
            "ServiceNotFoundException",
            "Service not found.",
        ),
        ("UpdateService", json!({"desiredCount": -1}), INVALID, "desiredCount is -1"),
        ("UpdateService", json!({"taskDefinition": "none"}), CLIENT, "TaskDefinition not found."),
        ("UpdateService", percents(100, 100), INVALID, blocked),
        (
            "UpdateService",
            json!({"enableExecuteCommand": true}),
            UNSUPPORTED,
            "enableExecuteCommand",
        ),
        (
            "UpdateService",
            json!({"deploymentConfiguration": {"canaryConfiguration": {"canaryPercent": 10.0}}}),
            INVALID,
            "canaryConfiguration goes with the strategy CANARY; the strategy is ROLLING.",
        ),
        (
            "UpdateService",
            json!({"deploymentConfiguration": {"linearConfiguration": {"stepPercent": 10.0}}}),
            INVALID,
            "linearConfiguration goes with the strategy LINEAR; the strategy is ROLLING.",
        ),
        (
            "DeleteService",
            json!({"service": "none"}),
            "ServiceNotFoundException",
            "Service not found.",
        ),
        ("DescribeServices", json!({"services": []}), INVALID, "Services cannot be empty."),
        ("DescribeServices", json!({"services": named}), INVALID, "at most 10"),
        ("ListServices", json!({"maxResults": 0}), INVALID, "between 1 and 100"),
    ]);
}

#[test]
fn a_volume_that_is_configured_at_launch() {
    let (mut world, instance) = furnished();
    let input = json!({
        "family": "late", "volumes": [{"name": "disk", "configuredAtLaunch": true}],
        "containerDefinitions": [{"name": "app", "image": "busybox", "memory": 100}],
    });
    world.ok("RegisterTaskDefinition", input);
    for operation in ["RunTask", "StartTask", "CreateService", "UpdateService"] {
        let input = patched(&valid(operation, &instance), json!({"taskDefinition": "late"}));
        world.refused(operation, input, UNSUPPORTED, "configuredAtLaunch of the volume 'disk'");
    }
}

/// Members that say that they are not used are let pass.
#[test]
fn what_is_not_used_is_not_refused() {
    let (mut world, instance) = furnished();
    let unused = json!({
        "loadBalancers": [], "serviceRegistries": [], "enableExecuteCommand": false,
        "serviceConnectConfiguration": {"enabled": false}, "deploymentController": {"type": "ECS"},
        "capacityProviderStrategy": [], "volumeConfigurations": [],
        "deploymentConfiguration": {"strategy": "ROLLING", "lifecycleHooks": [], "bakeTimeInMinutes": 0},
    });
    world.ok("CreateService", patched(&valid("CreateService", &instance), unused));
}

#[test]
fn tasks() {
    let id = "0".repeat(32);
    let other = arn(&format!("task/other/{id}"));
    let elsewhere = "Invalid identifier: Identifier is for cluster other. Your cluster is default";
    let named = |name: &str| json!({"overrides": {"containerOverrides": [{"name": name}]}});
    let not_there = "Override for container named db is not a container in the TaskDefinition.";
    let long = json!({"overrides": {"containerOverrides": [{"name": "app", "command": ["x".repeat(9000)]}]}});
    refused(vec![
        ("RunTask", json!({"taskDefinition": "none"}), CLIENT, "TaskDefinition not found."),
        ("RunTask", json!({"count": 0}), INVALID, "between 1 and 10"),
        ("RunTask", json!({"count": 11}), INVALID, "between 1 and 10"),
        ("RunTask", json!({"startedBy": "x".repeat(129)}), INVALID, "longer than the 128"),
        ("RunTask", json!({"startedBy": "a b"}), INVALID, "startedBy 'a b'"),
        ("RunTask", json!({"group": "x".repeat(256)}), INVALID, "255"),
        ("RunTask", json!({"group": "service:web"}), INVALID, "belong to services"),
        ("RunTask", json!({"clientToken": "x".repeat(65)}), INVALID, "clientToken"),
        ("RunTask", json!({"propagateTags": "SERVICE"}), INVALID, "propagateTags is SERVICE"),
        ("RunTask", named("db"), INVALID, not_there),
        ("RunTask", long, INVALID, "8192"),
        ("RunTask", json!({"overrides": {"cpu": "none"}}), INVALID, "overrides.cpu is 'none'"),
        ("RunTask", json!({"overrides": {"memory": "-1"}}), INVALID, "overrides.memory is '-1'"),
        ("RunTask", json!({"launchType": "FARGATE"}), UNSUPPORTED, "FARGATE"),
        (
            "RunTask",
            json!({"capacityProviderStrategy": [{"capacityProvider": "a"}]}),
            UNSUPPORTED,
            "capacityProviderStrategy",
        ),
        (
            "RunTask",
            json!({"placementConstraints": [{"expression": "a"}]}),
            INVALID,
            "needs a type",
        ),
        ("StartTask", json!({"containerInstances": []}), INVALID, "cannot be empty"),
        ("StartTask", json!({"containerInstances": vec![&id; 11]}), INVALID, "at most 10"),
        ("StartTask", json!({"startedBy": "x".repeat(37)}), INVALID, "longer than the 36"),
        ("StartTask", json!({"taskDefinition": "none"}), CLIENT, "TaskDefinition not found."),
        ("StopTask", json!({}), INVALID, "The referenced task was not found."),
        ("StopTask", json!({"task": "short"}), INVALID, "taskId length should be one of [32,36]"),
        ("StopTask", json!({"task": other}), INVALID, elsewhere),
        ("DescribeTasks", json!({"tasks": []}), INVALID, "Tasks cannot be empty."),
        (
            "DescribeTasks",
            json!({"tasks": ["None"]}),
            INVALID,
            "taskId length should be one of [32,36]",
        ),
        ("DescribeTasks", json!({"tasks": vec![&id; 101]}), INVALID, "at most 100"),
        ("DescribeTasks", json!({"tasks": [other]}), INVALID, elsewhere),
        ("ListTasks", json!({"startedBy": "me", "family": "web"}), INVALID, "only filter"),
        (
            "ListTasks",
            json!({"serviceName": "none"}),
            "ServiceNotFoundException",
            "Service not found.",
        ),
        ("ListTasks", json!({"family": "a b"}), INVALID, "family 'a b'"),
        ("ListTasks", json!({"containerInstance": id}), INVALID, "was not found"),
        ("SubmitTaskStateChange", json!({"task": id, "status": "SOMETHING"}), INVALID, "SOMETHING"),
    ]);
}

#[test]
fn a_cluster_without_instances_runs_nothing() {
    let mut world = world();
    world.task_definition("web");
    let says = "No Container Instances were found in your cluster.";
    world.refused("RunTask", json!({"taskDefinition": "web"}), INVALID, says);
}

#[test]
fn task_definitions() {
    let (mut world, _) = furnished();
    world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:1"}));
    let many: Vec<_> = (1..12).map(|n| format!("web:{n}")).collect();
    for (operation, input, exception, says) in [
        (
            "DescribeTaskDefinition",
            json!({"taskDefinition": "web"}),
            CLIENT,
            "Unable to describe task definition.",
        ),
        (
            "DescribeTaskDefinition",
            json!({"taskDefinition": "web:2"}),
            CLIENT,
            "Unable to describe task definition.",
        ),
        (
            "DescribeTaskDefinition",
            json!({"taskDefinition": "web:x"}),
            INVALID,
            "Invalid revision number. Number: x",
        ),
        (
            "DescribeTaskDefinition",
            json!({"taskDefinition": "arn:aws:ecs:eu-west-1:000000000000:task-definition/web:1"}),
            CLIENT,
            "region",
        ),
        (
            "DeregisterTaskDefinition",
            json!({"taskDefinition": "web"}),
            CLIENT,
            "Revision is missing.",
        ),
        (
            "DeregisterTaskDefinition",
            json!({"taskDefinition": "none:1"}),
            CLIENT,
            "The specified task definition does not exist.",
        ),
        (
            "DeregisterTaskDefinition",
            json!({"taskDefinition": "web:x"}),
            INVALID,
            "Invalid revision number. Number: x",
        ),
        ("DeleteTaskDefinitions", json!({"taskDefinitions": many}), INVALID, "at most 10"),
        ("RunTask", json!({"taskDefinition": "web:1"}), CLIENT, "TaskDefinition is inactive"),
        (
            "CreateService",
            json!({"serviceName": "new", "taskDefinition": "web:1", "desiredCount": 1}),
            CLIENT,
            "TaskDefinition is inactive",
        ),
    ] {
        world.refused(operation, input, exception, says);
    }
}

#[test]
fn container_instances() {
    let id = "0".repeat(32);
    let ports = json!([{"name": "PORTS", "type": "STRINGSET", "stringSetValue": ["http"]}]);
    let cpu = json!([{"name": "CPU", "type": "INTEGER", "integerValue": -1}]);
    let state = |status: &str| json!({"containerInstances": [id], "status": status});
    let many = json!({"containerInstances": vec![&id; 11], "status": "ACTIVE"});
    refused(vec![
        ("RegisterContainerInstance", json!({"totalResources": ports}), INVALID, "'http'"),
        ("RegisterContainerInstance", json!({"totalResources": cpu}), INVALID, "CPU is -1"),
        ("RegisterContainerInstance", json!({"attributes": [{"name": "a b"}]}), INVALID, "'a b'"),
        (
            "RegisterContainerInstance",
            json!({"containerInstanceArn": id}),
            INVALID,
            "was not found",
        ),
        ("DeregisterContainerInstance", json!({"containerInstance": id}), INVALID, "was not found"),
        (
            "DescribeContainerInstances",
            json!({"containerInstances": []}),
            INVALID,
            "cannot be empty",
        ),
        (
            "DescribeContainerInstances",
            json!({"containerInstances": ["None"]}),
            INVALID,
            "instanceId length should be one of [32,36]",
        ),
        (
            "ListContainerInstances",
            json!({"filter": "attribute:a =="}),
            INVALID,
            "Invalid filter expression",
        ),
        ("UpdateContainerInstancesState", state("DEREGISTERING"), INVALID, "ACTIVE or DRAINING"),
        ("UpdateContainerInstancesState", many, INVALID, "at most 10"),
        ("UpdateContainerAgent", json!({"containerInstance": id}), INVALID, "was not found"),
    ]);
    let (mut world, instance) = furnished();
    let input = json!({"containerInstance": instance});
    world.refused("UpdateContainerAgent", input, "NoUpdateAvailableException", "1.105.1");
    let silent = world.container_instance(json!({"versionInfo": null}));
    let input = json!({"containerInstance": silent});
    world.refused("UpdateContainerAgent", input, "MissingVersionException", "version");
}

#[test]
fn attributes() {
    let (_, instance) = furnished();
    let one = |name: &str, value: Value| json!({"attributes": [{"name": name, "value": value, "targetId": instance}]});
    let many: Vec<_> =
        (0..11).map(|n| json!({"name": format!("a{n}"), "targetId": instance})).collect();
    let absent = json!({"attributes": [{"name": "a", "targetId": "0".repeat(32)}]});
    let nowhere = json!({"attributes": [{"name": "a"}]});
    refused(vec![
        ("PutAttributes", one("", Value::Null), INVALID, "attribute name ''"),
        ("PutAttributes", one("a b", Value::Null), INVALID, "'a b'"),
        ("PutAttributes", one(&"x".repeat(129), Value::Null), INVALID, "1 to 128"),
        ("PutAttributes", one("a", json!(" b")), INVALID, "inner spaces"),
        ("PutAttributes", one("a", json!("x".repeat(129))), INVALID, "up to 128"),
        ("PutAttributes", one("ecs.mine", json!("a")), INVALID, "reserved"),
        ("PutAttributes", nowhere.clone(), INVALID, "targetId"),
        ("PutAttributes", absent.clone(), "TargetNotFoundException", "was not found"),
        ("PutAttributes", json!({"attributes": many}), INVALID, "at most 10"),
        (
            "DeleteAttributes",
            one("com.amazonaws.ecs.capability.a", Value::Null),
            INVALID,
            "reserved",
        ),
        ("DeleteAttributes", nowhere, INVALID, "targetId"),
        ("DeleteAttributes", absent, "TargetNotFoundException", "was not found"),
        ("ListAttributes", json!({"attributeValue": "a"}), INVALID, "attributeName"),
    ]);
    let (mut world, instance) = furnished();
    let put = |n: usize| json!({"attributes": [{"name": format!("a{n}"), "targetId": instance}]});
    (0..10).for_each(|n| drop(world.ok("PutAttributes", put(n))));
    world.refused("PutAttributes", put(10), "AttributeLimitExceededException", "at most 10");
}

#[test]
fn account_settings() {
    let put = |name: &str, value: &str| json!({"name": name, "value": value});
    refused(vec![
        ("PutAccountSetting", put("nonsense", "enabled"), INVALID, "nonsense"),
        ("PutAccountSetting", put("containerInsights", "perhaps"), INVALID, "'perhaps'"),
        ("PutAccountSetting", put("taskLongArnFormat", "disabled"), INVALID, "cannot be disabled"),
        ("PutAccountSetting", put("guardDutyActivate", "on"), INVALID, "read-only"),
        (
            "PutAccountSettingDefault",
            put("fargateTaskRetirementWaitPeriod", "8"),
            INVALID,
            "0, 7, 14",
        ),
        (
            "PutAccountSetting",
            json!({"name": "containerInsights", "value": "enabled", "principalArn": "ada"}),
            INVALID,
            "principalArn 'ada'",
        ),
        ("ListAccountSettings", json!({"value": "enabled"}), INVALID, "name"),
        ("ListAccountSettings", json!({"maxResults": 11}), INVALID, "between 1 and 10"),
    ]);
}

#[test]
fn tags() {
    let tag = |key: &str, value: &str| json!({"resourceArn": arn("cluster/default"), "tags": [{"key": key, "value": value}]});
    let twice = json!([{"key": "a", "value": "1"}, {"key": "a", "value": "2"}]);
    let many: Vec<_> = (0..51).map(|n| json!({"key": format!("k{n}"), "value": ""})).collect();
    let cluster = arn("cluster/default");
    refused(vec![
        ("TagResource", tag("aws:mine", ""), INVALID, "aws:"),
        ("TagResource", tag("AWS:mine", ""), INVALID, "aws:"),
        ("TagResource", tag(&"x".repeat(129), ""), INVALID, "128"),
        ("TagResource", tag("a", &"x".repeat(257)), INVALID, "256"),
        ("TagResource", tag("a#", ""), INVALID, "'a#'"),
        (
            "TagResource",
            json!({"resourceArn": cluster, "tags": twice}),
            INVALID,
            "Duplicate tag key 'a'",
        ),
        (
            "TagResource",
            json!({"resourceArn": cluster, "tags": many}),
            INVALID,
            "less than or equal to 50",
        ),
        ("ListTagsForResource", json!({"resourceArn": "no arn"}), INVALID, "arn 'no arn'"),
        (
            "ListTagsForResource",
            json!({"resourceArn": arn("capacity-provider/a")}),
            UNSUPPORTED,
            "capacity-provider",
        ),
    ]);
}
