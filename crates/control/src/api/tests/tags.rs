//! Tags on every kind of resource.

use serde_json::{Value, json};

use super::{World, arn, text, world};

fn resources(world: &mut World) -> Vec<String> {
    let definition = world.task_definition("web");
    let instance = world.container_instance(json!({}));
    let service = json!({"serviceName": "web", "taskDefinition": definition, "desiredCount": 0});
    let service = text(&world.ok("CreateService", service)["service"]["serviceArn"]);
    let task = world.task("web");
    vec![arn("cluster/default"), definition, instance, service, task]
}

fn tags(world: &mut World, resource: &str) -> Value {
    world.ok("ListTagsForResource", json!({"resourceArn": resource}))["tags"].clone()
}

#[test]
fn tags_are_set_key_by_key_and_taken_away() {
    let mut world = world();
    for resource in resources(&mut world) {
        let put = json!({"resourceArn": resource, "tags": [
            {"key": "a", "value": "1"}, {"key": "b", "value": ""},
        ]});
        world.ok("TagResource", put);
        let change = json!({"resourceArn": resource, "tags": [{"key": "a", "value": "2"}]});
        world.ok("TagResource", change);
        let expected = json!([{"key": "a", "value": "2"}, {"key": "b", "value": ""}]);
        assert_eq!(tags(&mut world, &resource), expected, "{resource}");
        world.ok("UntagResource", json!({"resourceArn": resource, "tagKeys": ["a", "never"]}));
        assert_eq!(tags(&mut world, &resource), json!([{"key": "b", "value": ""}]), "{resource}");
    }
}

#[test]
fn what_is_not_there_or_inactive_has_none() {
    let mut world = world();
    for kind in ["cluster/none", "service/default/none", "task-definition/none:1"] {
        let input = json!({"resourceArn": arn(kind)});
        world.refused("ListTagsForResource", input, "InvalidParameterException", "was not found");
    }
    world.ok("DeleteCluster", json!({"cluster": "default"}));
    let input = json!({"resourceArn": arn("cluster/default")});
    let says = "The specified cluster is inactive. Specify an active cluster and try again.";
    world.refused("ListTagsForResource", input, "InvalidParameterException", says);
}

#[test]
fn the_short_format_is_refused() {
    let mut world = world();
    let says = "Long arn format must be used for tagging operations";
    let id = "0".repeat(32);
    for short in ["service/web", &format!("task/{id}"), &format!("container-instance/{id}")] {
        let input = json!({"resourceArn": arn(short), "tags": []});
        world.refused("TagResource", input, "InvalidParameterException", says);
    }
}

#[test]
fn fifty_of_ones_own_and_those_of_ecs_besides() {
    let mut world = world();
    world.task_definition("web");
    world.container_instance(json!({}));
    let run = json!({"taskDefinition": "web", "enableECSManagedTags": true});
    let task = text(&world.ok("RunTask", run)["tasks"][0]["taskArn"]);
    let many: Vec<_> = (0..50).map(|n| json!({"key": format!("k{n}"), "value": ""})).collect();
    world.ok("TagResource", json!({"resourceArn": task, "tags": many}));
    let more = json!({"resourceArn": task, "tags": [{"key": "more", "value": ""}]});
    world.refused("TagResource", more, "InvalidParameterException", "at most 50");
}
