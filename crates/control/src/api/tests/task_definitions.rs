//! Task definitions: registered, listed, deregistered, deleted. What a document may say is tested in
//! `task_definition`.

use serde_json::{Value, json};

use super::{World, arn, has, text, world};

fn describe(world: &mut World, name: &str) -> Value {
    let answer = world.ok("DescribeTaskDefinition", json!({"taskDefinition": name}));
    answer["taskDefinition"].clone()
}

fn listed(world: &mut World, input: &Value) -> Vec<String> {
    let (all, _) = world.pages("ListTaskDefinitions", input, "taskDefinitionArns", 2);
    all.iter().map(text).collect()
}

fn families(world: &mut World, input: &Value) -> Vec<String> {
    let (all, _) = world.pages("ListTaskDefinitionFamilies", input, "families", 2);
    all.iter().map(text).collect()
}

#[test]
fn revisions_are_counted_and_never_used_again() {
    let mut world = world();
    assert_eq!(world.task_definition("web"), arn("task-definition/web:1"));
    assert_eq!(world.task_definition("web"), arn("task-definition/web:2"));
    for revision in ["web:1", "web:2"] {
        world.ok("DeregisterTaskDefinition", json!({"taskDefinition": revision}));
        world.ok("DeleteTaskDefinitions", json!({"taskDefinitions": [revision]}));
    }
    assert_eq!(families(&mut world, &json!({})), [""; 0]);
    assert_eq!(world.task_definition("web"), arn("task-definition/web:3"));
}

#[test]
fn a_family_means_its_newest_active_revision() {
    let mut world = world();
    let first = world.task_definition("web");
    let second = world.task_definition("web");
    for (name, expected) in [("web", &second), ("web:1", &first), (second.as_str(), &second)] {
        assert_eq!(describe(&mut world, name)["taskDefinitionArn"], json!(expected), "{name}");
    }
    world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:2"}));
    assert_eq!(describe(&mut world, "web")["taskDefinitionArn"], json!(first));
    has(
        &describe(&mut world, "web:2"),
        json!({"status": "INACTIVE", "deregisteredAt": 1_700_000_000, "revision": 2}),
    );
}

#[test]
fn tags_are_shown_at_registration_and_when_asked_for() {
    let mut world = world();
    let tags = json!([{"key": "team", "value": "pier"}]);
    let container = json!({"name": "app", "image": "busybox", "memory": 10});
    let input = json!({"family": "web", "containerDefinitions": [container], "tags": tags});
    assert_eq!(world.ok("RegisterTaskDefinition", input)["tags"], tags);
    let plain = json!({"taskDefinition": "web"});
    assert_eq!(world.ok("DescribeTaskDefinition", plain)["tags"], json!([]));
    let asked = json!({"taskDefinition": "web", "include": ["TAGS"]});
    assert_eq!(world.ok("DescribeTaskDefinition", asked)["tags"], tags);
}

#[test]
fn lists_filter_sort_and_page() {
    let mut world = world();
    let web: Vec<String> = (0..11).map(|_| world.task_definition("web")).collect();
    let webs = world.task_definition("webs");
    let all: Vec<String> = web.iter().chain([&webs]).cloned().collect();
    assert_eq!(listed(&mut world, &json!({})), all);
    assert_eq!(listed(&mut world, &json!({"familyPrefix": "web"})), web, "a whole family");
    let reversed: Vec<String> = all.iter().rev().cloned().collect();
    assert_eq!(listed(&mut world, &json!({"sort": "DESC"})), reversed, "by number, not by text");
    world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "web:1"}));
    assert_eq!(listed(&mut world, &json!({"familyPrefix": "web"})), web[1..]);
    assert_eq!(listed(&mut world, &json!({"status": "INACTIVE"})), web[..1]);
}

#[test]
fn families_are_listed_by_the_status_of_their_revisions() {
    let mut world = world();
    for family in ["a-live", "a-gone", "b"] {
        world.task_definition(family);
    }
    world.ok("DeregisterTaskDefinition", json!({"taskDefinition": "a-gone:1"}));
    for (input, expected) in [
        (json!({}), vec!["a-gone", "a-live", "b"]),
        (json!({"familyPrefix": "a-"}), vec!["a-gone", "a-live"]),
        (json!({"status": "ACTIVE"}), vec!["a-live", "b"]),
        (json!({"status": "INACTIVE"}), vec!["a-gone"]),
        (json!({"status": "ALL", "familyPrefix": "b"}), vec!["b"]),
    ] {
        assert_eq!(families(&mut world, &input), expected, "{input}");
    }
}

#[test]
fn deletion_tells_what_cannot_be_deleted() {
    let mut world = world();
    let active = world.task_definition("web");
    let inactive = world.task_definition("web");
    world.ok("DeregisterTaskDefinition", json!({"taskDefinition": inactive}));
    let input = json!({"taskDefinitions": [active, inactive, "none:1", "web"]});
    let answer = world.ok("DeleteTaskDefinitions", input);
    has(
        &answer["taskDefinitions"],
        json!([{
            "taskDefinitionArn": inactive, "status": "DELETE_IN_PROGRESS",
            "deleteRequestedAt": 1_700_000_000,
        }]),
    );
    let reason = |arn: &str, reason: &str| json!({"arn": arn, "reason": reason});
    assert_eq!(
        answer["failures"],
        json!([
            reason(
                &active,
                "The specified task definition is still in ACTIVE status. Please deregister the target and try again."
            ),
            reason(
                "none:1",
                "The specified task definition does not exist. Specify a valid account, family, revision and try again."
            ),
            reason(
                "web",
                "The specified task definition identifier is invalid. Specify a valid name or ARN and try again."
            ),
        ])
    );
    // Nothing used it, so it is gone.
    let input = json!({"taskDefinition": inactive});
    let says = "Unable to describe task definition.";
    world.refused("DescribeTaskDefinition", input, "ClientException", says);
}

#[test]
fn a_deleted_revision_goes_with_the_last_task_that_used_it() {
    let mut world = world();
    world.container_instance(json!({}));
    let definition = world.task_definition("web");
    let task = world.task("web");
    world.ok("DeregisterTaskDefinition", json!({"taskDefinition": definition}));
    world.ok("DeleteTaskDefinitions", json!({"taskDefinitions": [definition]}));
    world.report(&task, "STOPPED");
    world.reconcile();
    has(&describe(&mut world, "web:1"), json!({"status": "DELETE_IN_PROGRESS"}));
    world.pass_ms(world.settings.stopped_task_retention_ms + 1);
    world.reconcile();
    let missing = world.ok("DescribeTasks", json!({"tasks": [task]}));
    has(&missing, json!({"tasks": [], "failures": [{"arn": task, "reason": "MISSING"}]}));
    assert_eq!(families(&mut world, &json!({})), [""; 0]);
}

#[test]
fn a_deleted_revision_goes_with_the_last_service_that_used_it() {
    for end in ["deleted", "updated"] {
        let mut world = world();
        let first = world.task_definition("web");
        let second = world.task_definition("web");
        let service = json!({"serviceName": "web", "taskDefinition": first, "desiredCount": 0});
        world.ok("CreateService", service);
        world.ok("DeregisterTaskDefinition", json!({"taskDefinition": first}));
        world.ok("DeleteTaskDefinitions", json!({"taskDefinitions": [first]}));
        world.reconcile();
        // It can still be scaled.
        world.ok("UpdateService", json!({"service": "web", "desiredCount": 1}));
        world.ok("UpdateService", json!({"service": "web", "desiredCount": 0}));
        if end == "deleted" {
            world.ok("DeleteService", json!({"service": "web"}));
        } else {
            world.ok("UpdateService", json!({"service": "web", "taskDefinition": second}));
        }
        world.reconcile();
        let input = json!({"taskDefinition": first});
        let says = "Unable to describe task definition.";
        world.refused("DescribeTaskDefinition", input, "ClientException", says);
        assert_eq!(describe(&mut world, "web")["taskDefinitionArn"], json!(second), "{end}");
    }
}
