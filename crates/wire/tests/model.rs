//! The generated model: which operations, errors and enumerations there are.

use std::collections::BTreeSet;

use serde_json::json;
use wire::ecs::{ContainerDefinition, LaunchType, Service, Task};
use wire::schema::Shape;
use wire::{ErrorCode, Operation, Timestamp};

#[test]
fn all_88_operations_are_there_and_are_found_by_their_names() {
    assert_eq!(Operation::ALL.len(), 88);
    for &operation in Operation::ALL {
        assert_eq!(Operation::from_name(operation.name()), Some(operation));
    }
    assert_eq!(Operation::from_name("RunTask"), Some(Operation::RunTask));
    assert_eq!(Operation::from_name("runTask"), None);
}

#[test]
fn every_operation_declares_errors_and_takes_a_structure() {
    for operation in Operation::ALL {
        assert!(!operation.errors().is_empty(), "{operation:?}");
        assert!(matches!(operation.input_schema(), Shape::Structure(_)), "{operation:?}");
    }
    assert!(Operation::RunTask.errors().contains(&ErrorCode::Blocked));
    assert!(Operation::DescribeTasks.is_read_only());
    assert!(!Operation::StopTask.is_read_only());
}

#[test]
fn error_codes_have_names_and_statuses() {
    for &code in ErrorCode::ALL {
        assert_eq!(ErrorCode::from_name(code.name()), Some(code));
        assert!((400..=599).contains(&code.status()), "{code:?}");
    }
    assert_eq!(ErrorCode::ClusterNotFound.name(), "ClusterNotFoundException");
    assert_eq!(ErrorCode::ClusterNotFound.status(), 400);
    assert_eq!(ErrorCode::Server.status(), 500);
    assert_eq!(ErrorCode::InvalidClientTokenId.name(), "InvalidClientTokenId");
}

#[test]
fn enumerations_are_strings() {
    assert_eq!(LaunchType::Fargate.as_str(), "FARGATE");
    assert_eq!(LaunchType::External.to_string(), "EXTERNAL");
    assert_eq!("EC2".parse(), Ok(LaunchType::Ec2));
    assert!("ec2".parse::<LaunchType>().is_err());
    assert_eq!(serde_json::to_value(LaunchType::Ec2).unwrap(), json!("EC2"));
    assert!(serde_json::from_value::<LaunchType>(json!("MOON")).is_err());
}

#[test]
fn members_keep_their_names_on_the_wire() {
    let service = json!({
        "enableECSManagedTags": true,
        "createdAt": 1_795_564_507.377,
        "launchType": "FARGATE",
        "deploymentConfiguration": {"maximumPercent": 200},
        "tags": [],
    });
    let read: Service = serde_json::from_value(service.clone()).unwrap();
    assert_eq!(read.enable_ecs_managed_tags, Some(true));
    assert_eq!(read.created_at, Some(Timestamp(1_795_564_507_377)));
    assert_eq!(read.tags, Some(Vec::new()), "an empty list is not an absent one");
    assert_eq!(read.events, None);
    assert_eq!(serde_json::to_value(&read).unwrap(), service);

    let container = json!({"name": "web", "dockerLabels": {"b": "2", "a": "1"}, "memory": 64});
    let read: ContainerDefinition = serde_json::from_value(container.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), container);
    assert_eq!(serde_json::to_value(Task::default()).unwrap(), json!({}));
}

#[test]
fn every_pattern_of_the_model_is_a_regular_expression() {
    let mut sources = BTreeSet::new();
    for operation in Operation::ALL {
        collect_patterns(operation.input_schema(), &mut sources);
    }
    assert_eq!(sources.len(), 2, "{sources:?}");
}

fn collect_patterns(shape: &Shape, sources: &mut BTreeSet<&'static str>) {
    match shape {
        Shape::String { pattern: Some(pattern), .. } => {
            assert!(pattern.matches("name"), "{}", pattern.source());
            assert!(!pattern.matches("name\n"), "{}", pattern.source());
            sources.insert(pattern.source());
        }
        Shape::List { element, .. } => collect_patterns(element, sources),
        Shape::Map { key, value, .. } => {
            collect_patterns(key, sources);
            collect_patterns(value, sources);
        }
        Shape::Structure(members) => {
            members.iter().for_each(|member| collect_patterns(member.shape, sources));
        }
        _ => {}
    }
}
