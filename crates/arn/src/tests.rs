//! Names, ids and ARNs as users write them.

use alloc::{format, string::String, string::ToString};

use crate::{
    ClusterName, Home, Resource, ServiceName, TaskDefinitionId, TaskDefinitionRef, TaskId,
};

fn home() -> Home {
    Home { region: "us-east-1".into(), account: "000000000000".into() }
}

#[test]
fn names_follow_the_rule_of_255_letters_digits_underscores_and_hyphens() {
    for good in ["a", "web-1", "A_b", &"x".repeat(255)] {
        assert_eq!(good.parse::<ClusterName>().map(|n| n.to_string()), Ok(good.into()));
    }
    for bad in ["", "a b", "ä", "a/b", "a.b", &"x".repeat(256)] {
        let error = bad.parse::<ServiceName>().expect_err(bad);
        assert_eq!((error.field, error.value.as_str()), ("serviceName", bad));
    }
}

#[test]
fn every_arn_that_is_written_is_read_again() {
    let (cluster, task) = ("prod".parse::<ClusterName>().unwrap(), TaskId(7));
    let arn = home().task_arn(&cluster, task);
    assert_eq!(arn, format!("arn:aws:ecs:us-east-1:000000000000:task/prod/{:032x}", 7));
    assert_eq!(home().parse(&arn), Ok(Resource::Task(Some(cluster.clone()), task)));
    assert_eq!(home().task(&arn, &cluster), Ok(task));
    assert_eq!(home().task(&task.to_string(), &cluster), Ok(task));
    let web: ServiceName = "web".parse().unwrap();
    assert_eq!(home().service(&home().service_arn(&cluster, &web), &cluster), Ok(web));
    assert_eq!(home().cluster(&home().cluster_arn(&cluster)), Ok(cluster));
}

#[test]
fn an_arn_of_another_cluster_account_or_kind_is_refused() {
    let (a, b): (ClusterName, ClusterName) = ("a".parse().unwrap(), "b".parse().unwrap());
    assert!(home().task(&home().task_arn(&a, TaskId(1)), &b).is_err());
    assert!(home().cluster("arn:aws:ecs:us-east-1:111111111111:cluster/a").is_err());
    assert!(home().cluster(&home().task_arn(&a, TaskId(1))).is_err());
    assert!(home().parse("arn:aws:ecs:us-east-1").is_err());
    let short = format!("arn:aws:ecs:us-east-1:000000000000:task/{}", TaskId(1));
    assert_eq!(home().task(&short, &a), Ok(TaskId(1)));
}

#[test]
fn task_definitions_are_named_by_family_revision_or_arn() {
    let id: TaskDefinitionId = "web:12".parse().unwrap();
    let reference = TaskDefinitionRef { family: id.family.clone(), revision: Some(12) };
    assert_eq!(home().task_definition("web:12"), Ok(reference.clone()));
    assert_eq!(home().task_definition(&home().task_definition_arn(&id)), Ok(reference));
    assert_eq!(home().task_definition("web").map(|r| r.revision), Ok(None));
    for bad in ["web:0", "web:x", "web:+1", ":1", "web:1:2", ""] {
        assert!(home().task_definition(bad).is_err(), "{bad}");
    }
}

#[test]
fn ids_are_32_hexadecimal_digits_and_survive_json() {
    let id: TaskId = serde_json::from_str("\"000000000000000000000000000000ff\"").unwrap();
    assert_eq!(id, TaskId(255));
    assert_eq!(serde_json::to_string(&id).unwrap(), "\"000000000000000000000000000000ff\"");
    for bad in ["ff", "+00000000000000000000000000000ff", "zz0000000000000000000000000000ff"] {
        assert!(bad.parse::<TaskId>().is_err(), "{bad}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_a_parser_panic(text in ".{0,80}", arn in "arn:aws:ecs:us-east-1:000000000000:[a-z-]{0,20}/.{0,60}") {
        let cluster: ClusterName = "c".parse().unwrap();
        for t in [&text, &arn] as [&String; 2] {
            let _ = (home().parse(t), home().task(t, &cluster), home().task_definition(t));
        }
    }
}
