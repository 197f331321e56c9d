//! The protocol: what goes over the wire, and what is refused with which error.

use serde_json::{Value, json};
use wire::awsjson::{self, decode_error, decode_input, encode_error};
use wire::ecs::{CreateClusterRequest, RunTaskRequest};
use wire::{Error, ErrorCode, Operation, op};

fn bytes(value: Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

/// The error that creating a service with this body gives.
fn refusal(body: Value) -> Error {
    decode_input::<op::CreateService>(&bytes(body)).expect_err("the body is wrong")
}

fn assert_refused(body: Value, code: ErrorCode, message: &str) {
    let error = refusal(body.clone());
    assert_eq!((error.code, error.message.as_str()), (code, message), "{body}");
}

#[test]
fn the_target_header_names_the_operation() {
    let run_task = "AmazonEC2ContainerServiceV20141113.RunTask";
    assert_eq!(awsjson::operation(Some(run_task)).unwrap(), Operation::RunTask);
    assert_eq!(awsjson::target(Operation::RunTask), run_task);
    for target in [
        None,
        Some("RunTask"),
        Some("AmazonEC2ContainerServiceV20141113.SinkShip"),
        Some("AmazonEC2ContainerServiceV20141113RunTask"),
        Some("DynamoDB_20120810.ListTables"),
    ] {
        let error = awsjson::operation(target).unwrap_err();
        assert_eq!(error.code, ErrorCode::UnknownOperation, "{target:?}");
    }
}

#[test]
fn an_input_is_read_and_null_and_unknown_members_are_as_if_absent() {
    let body = json!({
        "taskDefinition": "web:3",
        "cluster": null,
        "count": 2.9,
        "shipName": {"deep": [1, 2]},
        "tags": [null, {"key": "crew", "value": null}],
    });
    let input = decode_input::<op::RunTask>(&bytes(body)).unwrap();
    let tags = vec![wire::ecs::Tag { key: Some("crew".to_owned()), value: None }];
    let expected = RunTaskRequest {
        task_definition: Some("web:3".to_owned()),
        count: Some(2),
        tags: Some(tags),
        ..Default::default()
    };
    assert_eq!(input, expected);
    let empty = decode_input::<op::CreateCluster>(b"{}").unwrap();
    assert_eq!(empty, CreateClusterRequest::default());
}

#[test]
fn a_value_of_a_wrong_type_is_a_serialization_exception_with_its_place() {
    for (body, message) in [
        (
            json!({"serviceName": 7}),
            "NUMBER_VALUE can not be converted to a String (at 'serviceName')",
        ),
        (
            json!({"desiredCount": "2"}),
            "STRING_VALUE can not be converted to an Integer (at 'desiredCount')",
        ),
        (
            json!({"desiredCount": true}),
            "TRUE_VALUE can not be converted to an Integer (at 'desiredCount')",
        ),
        (
            json!({"enableExecuteCommand": 1}),
            "NUMBER_VALUE can not be converted to a Boolean (at 'enableExecuteCommand')",
        ),
        (
            json!({"launchType": false}),
            "FALSE_VALUE can not be converted to a String (at 'launchType')",
        ),
        (
            json!({"serviceName": ["web"]}),
            "Start of list found where not expected (at 'serviceName')",
        ),
        (
            json!({"serviceName": {}}),
            "Start of structure or map found where not expected. (at 'serviceName')",
        ),
        (json!({"tags": "crew"}), "Expected list or null (at 'tags')"),
        (json!({"tags": [{"key": "a"}, "b"]}), "Expected null (at 'tags.2.member')"),
        (json!({"deploymentConfiguration": 100}), "Expected null (at 'deploymentConfiguration')"),
        (json!([]), "Start of list found where not expected"),
        (json!("web"), "The body is not a JSON object"),
        (json!(null), "The body is not a JSON object"),
    ] {
        assert_refused(body, ErrorCode::Serialization, message);
    }
}

#[test]
fn what_is_not_json_is_a_serialization_exception() {
    let deep = [vec![b'['; 200], vec![b']'; 200]].concat();
    for body in [b"{".as_slice(), b"{}{}", b"{\"a\":1,}", b"\xff", &deep] {
        let error = decode_input::<op::ListTasks>(body).unwrap_err();
        assert_eq!(error.code, ErrorCode::Serialization);
        assert!(error.message.starts_with("The body is not JSON: "), "{error}");
    }
}

#[test]
fn an_empty_body_is_an_input_without_members() {
    let input = decode_input::<op::ListTasks>(b"").unwrap();
    assert_eq!(input, wire::ecs::ListTasksRequest::default());
}

#[test]
fn a_body_has_a_size_limit() {
    let fill = |length| [b"{}".to_vec(), vec![b' '; length - 2]].concat();
    assert!(decode_input::<op::ListTasks>(&fill(awsjson::MAX_BODY_BYTES)).is_ok());
    let error = decode_input::<op::ListTasks>(&fill(awsjson::MAX_BODY_BYTES + 1)).unwrap_err();
    assert_eq!(error.code, ErrorCode::RequestEntityTooLarge);
    assert_eq!(error.code.status(), 413);
}

#[test]
fn constraints_are_told_in_the_words_of_aws() {
    let invalid = ErrorCode::InvalidParameter;
    assert_refused(
        json!({}),
        invalid,
        "1 validation error detected: Value null at 'serviceName' failed to satisfy constraint: \
         Member must not be null",
    );
    assert_refused(
        json!({"serviceName": "web", "launchType": "MOON"}),
        invalid,
        "1 validation error detected: Value 'MOON' at 'launchType' failed to satisfy constraint: \
         Member must satisfy enum value set: [EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES]",
    );
    assert_refused(
        json!({"serviceName": "web", "tags": [{"key": "", "value": "é#"}]}),
        invalid,
        "2 validation errors detected: Value '' at 'tags.1.member.key' failed to satisfy \
         constraint: Member must have length greater than or equal to 1; Value 'é#' at \
         'tags.1.member.value' failed to satisfy constraint: Member must satisfy regular \
         expression pattern: ([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)",
    );
    assert_refused(
        json!({"serviceName": "web", "tags": vec![json!({}); 51]}),
        invalid,
        "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must \
         have length less than or equal to 50",
    );
    assert_refused(
        json!({
            "serviceName": "web",
            "capacityProviderStrategy": [{"capacityProvider": "a", "weight": 1001, "base": -1}],
        }),
        invalid,
        "2 validation errors detected: Value '-1' at 'capacityProviderStrategy.1.member.base' \
         failed to satisfy constraint: Member must have value greater than or equal to 0; Value \
         '1001' at 'capacityProviderStrategy.1.member.weight' failed to satisfy constraint: \
         Member must have value less than or equal to 1000",
    );
    assert_refused(
        json!({"serviceName": "web", "desiredCount": 99_999_999_999_u64}),
        invalid,
        "1 validation error detected: Value '99999999999' at 'desiredCount' failed to satisfy \
         constraint: Member must have value less than or equal to 2147483647",
    );
}

#[test]
fn a_wrong_type_goes_before_a_broken_constraint() {
    let error = refusal(json!({"launchType": "MOON", "tags": {}}));
    assert_eq!(error.code, ErrorCode::Serialization);
}

#[test]
fn a_message_stays_short_whatever_is_wrong() {
    let tags = vec![json!({"key": "#".repeat(5000)}); 40];
    let error = refusal(json!({"serviceName": "web", "tags": tags}));
    assert!(error.message.starts_with("80 validation errors detected: "), "{error}");
    assert!(error.message.len() < 4000, "{}", error.message.len());
}

#[test]
fn an_error_is_an_object_with_type_and_message() {
    let body = encode_error(&Error::cluster_not_found("Cluster not found."));
    let body: Value = serde_json::from_slice(&body).unwrap();
    let expected = json!({"__type": "ClusterNotFoundException", "message": "Cluster not found."});
    assert_eq!(body, expected);

    let conflict = Error::conflict("The token is in use.", vec!["task/a".to_owned()]);
    let body: Value = serde_json::from_slice(&encode_error(&conflict)).unwrap();
    assert_eq!(body["__type"], "ConflictException");
    assert_eq!(body["resourceIds"], json!(["task/a"]));
    assert_eq!(decode_error(&bytes(body)), conflict);
}

#[test]
fn a_caller_reads_errors_of_aws_as_well_as_ours() {
    let theirs = json!({"__type": "com.amazonaws.ecs#ServiceNotFoundException", "Message": "gone"});
    assert_eq!(decode_error(&bytes(theirs)), Error::service_not_found("gone"));
    let unknown = decode_error(&bytes(json!({"__type": "MoonException", "message": "dark"})));
    assert_eq!(unknown, Error::internal("MoonException: dark"));
    assert_eq!(decode_error(b"<html>").code, ErrorCode::InternalFailure);
}

#[test]
fn a_caller_reads_an_output() {
    let body = json!({"taskArns": ["arn:aws:ecs:eu-west-1:1:task/a/b"], "nextToken": null});
    let output = awsjson::decode_output::<op::ListTasks>(&bytes(body)).unwrap();
    assert_eq!(output.task_arns.unwrap().len(), 1);
    assert_eq!(output.next_token, None);
}
