//! The asks of every operation against what AWS's reference has.

use std::collections::{BTreeMap, BTreeSet};

use wire::Operation;

use super::{
    calls::example,
    world::{ID_TEXT, World, home},
};
use crate::{Ask, Connection, asks_to_connect};

/// Keys by action and resource type.
type Reference = BTreeMap<(String, String), BTreeSet<String>>;

fn reference() -> Reference {
    let lines = include_str!("reference.txt").lines().filter(|line| !line.starts_with('#'));
    let row = |line: &str| {
        let (place, keys) = line.split_once(':').expect("a colon after the resource type");
        let (action, kind) = place.split_once(' ').expect("an action and a resource type");
        let keys = keys.split_whitespace().map(str::to_owned).collect();
        ((action.to_owned(), kind.to_owned()), keys)
    };
    lines.map(row).collect()
}

/// What the reference has and the examples do not, each with its reason.
fn is_left_out(action: &str, kind: &str, key: &str) -> bool {
    let is_tag = key.contains("ResourceTag/");
    match (action, kind) {
        // Not kept, so that their tags are not known; nor are the task definitions of daemons.
        (
            _,
            "capacity-provider"
            | "daemon"
            | "daemon-deployment"
            | "daemon-revision"
            | "daemon-task-definition",
        ) if is_tag || ["ecs:task-cpu", "ecs:task-memory"].contains(&key) => {
            !action.starts_with("RegisterDaemon") || is_tag
        }
        // What is registered or created is not there yet.
        ("RegisterTaskDefinition" | "CreateTaskSet", _) => is_tag,
        // The call has no such members.
        ("CreateExpressGatewayService" | "UpdateExpressGatewayService", _) => {
            let of_the_default_cluster = is_tag && action.starts_with("Create");
            of_the_default_cluster
                || ["ecs:enable-ecs-managed-tags", "ecs:propagate-tags"].contains(&key)
                || (action.starts_with("Create") && key == "ecs:task-definition")
        }
        // The tag is set on something that is there, not while it is created.
        ("TagResource", _) => key == "ecs:CreateAction",
        _ => false,
    }
}

/// The type of a resource; `-` of none.
pub fn kind(resource: &str) -> String {
    let rest = resource.strip_prefix("arn:aws:ecs:eu-central-1:111122223333:");
    rest.and_then(|rest| rest.split('/').next()).unwrap_or("-").to_owned()
}

fn keys(ask: &Ask) -> BTreeSet<String> {
    let general = |key: &str| match key.split_once('/') {
        Some((prefix, _)) => format!("{prefix}/*"),
        None => key.to_owned(),
    };
    ask.context.iter().map(|(key, _)| general(key)).collect()
}

fn check(reference: &Reference, ask: &Ask) {
    let action = ask.action.strip_prefix("ecs:").expect("an action of ECS");
    let kind = kind(&ask.resource);
    let listed = reference
        .get(&(action.to_owned(), kind.clone()))
        .unwrap_or_else(|| panic!("{action} has no resource type {kind} in the reference"));
    let wanted = listed.iter().filter(|key| !is_left_out(action, &kind, key)).cloned();
    assert_eq!(keys(ask), wanted.collect(), "the keys of {action} on {kind}");
}

#[test]
fn every_operation_asks_for_its_own_action_on_the_types_of_the_reference() {
    let reference = reference();
    for operation in Operation::ALL
        .iter()
        .filter(|it| !it.name().contains("Gateway") || it.name().contains("Express"))
    {
        let action = format!("ecs:{}", operation.name());
        let asks = example(*operation);
        let own: Vec<&Ask> = asks.iter().filter(|ask| ask.action == action).collect();
        let kinds: BTreeSet<String> = own.iter().map(|ask| kind(&ask.resource)).collect();
        let all: BTreeSet<String> = reference
            .keys()
            .filter(|(name, _)| name == operation.name())
            .map(|(_, kind)| kind.clone())
            .collect();
        if operation.name().ends_with("agResource") || *operation == Operation::ListTagsForResource
        {
            assert!(kinds.is_subset(&all), "{action}: {kinds:?}");
        } else {
            assert_eq!(kinds, all, "{action}");
        }
        // The second cluster, service, task or revision of an example is not there and has no tags.
        let first = own.iter().enumerate().filter(|(at, ask)| {
            own[..*at].iter().all(|earlier| kind(&earlier.resource) != kind(&ask.resource))
        });
        first.for_each(|(_, ask)| check(&reference, ask));
    }
}

#[test]
fn gateways_are_not_in_the_reference_and_ask_on_no_resource() {
    for operation in Operation::ALL
        .iter()
        .filter(|it| it.name().contains("Gateway") && !it.name().contains("Express"))
    {
        let asks = example(*operation);
        assert_eq!(asks[0].resource, "*", "{}", operation.name());
        assert_eq!(asks[0].action, format!("ecs:{}", operation.name()));
    }
}

#[test]
fn the_sockets_of_agents_are_asked_on_the_container_instance() {
    let reference = reference();
    for connection in [Connection::Poll, Connection::StartTelemetrySession] {
        let asks = asks_to_connect(connection, Some("prod"), ID_TEXT, &World::default(), &home());
        assert_eq!(asks.len(), 1);
        check(&reference, &asks[0]);
        // As Amazon's agent asks: by the ARN, which has the cluster.
        let arn =
            format!("arn:aws:ecs:eu-central-1:111122223333:container-instance/prod/{ID_TEXT}");
        assert_eq!(asks_to_connect(connection, None, &arn, &World::default(), &home()), asks);
        // An ARN in another cluster than the one that is named is no container instance of it.
        let other = asks_to_connect(connection, Some("b"), &arn, &World::default(), &home());
        assert_eq!(other[0].resource, "*");
    }
}
