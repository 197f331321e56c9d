//! What is read of documents as AWS prints them, and what is refused.

use placement::ClusterView;

use super::{Documents, Reader};

fn read(text: &str) -> Result<Documents, String> {
    let mut reader = Reader::default();
    reader.read("a.json", text).map_err(|error| error.to_string())?;
    reader.finish().map_err(|error| error.to_string())
}

fn instance(change: &str) -> String {
    let arn = "arn:aws:ecs:eu-west-1:123456789012:container-instance/1a2b3c4d-5e6f-47a8-b9c0-d1e2f3a4b5c6";
    format!(
        r#"{{"containerInstances": [{{"containerInstanceArn": "{arn}", "status": "ACTIVE",
        "agentConnected": true, "registeredAt": 1740813302.123 {change}}}]}}"#
    )
}

#[test]
fn documents_stand_one_after_the_other_or_in_an_array_and_a_later_one_replaces() {
    let (one, other) = (instance(""), instance(r#", "ec2InstanceId": "i-2""#));
    for text in
        [format!("{one}\n{other}"), format!("[{one}, {other}]"), format!("[[{one}],[{other}]]")]
    {
        let cluster = read(&text).expect("documents").cluster;
        let (told, _) = cluster.instances().next().expect("one instance");
        assert_eq!(told.ec2_instance_id.as_deref(), Some("i-2"));
        assert_eq!(cluster.instances().count(), 1);
    }
}

#[test]
fn the_short_arn_of_an_older_aws_and_its_seconds_are_read() {
    let cluster = read(&instance("")).expect("a document").cluster;
    let (told, usage) = cluster.instances().next().expect("one instance");
    assert_eq!(told.id.uuid(), "1a2b3c4d-5e6f-47a8-b9c0-d1e2f3a4b5c6");
    assert_eq!(told.cluster.to_string(), "default");
    assert_eq!(told.registered_at.to_string(), "2025-03-01T07:15:02Z");
    assert_eq!(usage.held, model::Resources::default());
}

#[test]
fn a_date_of_the_command_line_is_the_same_instant() {
    let dated = instance("").replace("1740813302.123", "\"2025-03-01T08:15:02.123000+01:00\"");
    let cluster = read(&dated).expect("a document").cluster;
    let (told, _) = cluster.instances().next().expect("one instance");
    assert_eq!(told.registered_at.to_string(), "2025-03-01T07:15:02Z");
}

#[test]
fn a_deregistered_instance_is_left_out() {
    let gone = instance("").replace("ACTIVE", "INACTIVE");
    assert_eq!(read(&gone).expect("a document").cluster.instances().count(), 0);
}

#[test]
fn what_is_no_document_is_refused_with_what_was_found() {
    let refused = |text: &str| read(text).expect_err(text);
    assert!(refused("{").starts_with("a.json: EOF while parsing"));
    assert_eq!(
        refused(r#"{"clusters": [], "failures": []}"#),
        "a.json: expected the output of `aws ecs` describe-container-instances, describe-tasks, \
         describe-task-definition or describe-services, found an object of clusters, failures"
    );
    assert!(refused("7").ends_with("found a number"));
    assert!(refused(r#"{"tasks": [{}]}"#).contains("missing field `taskArn`"));
    let ports = r#", "registeredResources": [{"name": "PORTS", "stringSetValue": ["http"]}]"#;
    assert_eq!(refused(&instance(ports)), "a.json: stringSetValue 'http' is not a port");
    let id = instance("").replace("1a2b3c4d", "container_instance");
    assert!(
        refused(&id).ends_with("is not the ARN of a container instance, which ends with its id")
    );
}
