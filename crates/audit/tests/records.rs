//! Records have CloudTrail's shape, and no secrets.

use audit::{CallFacts, Check, Issuer, Outcome, Parameters, Record, UserIdentity};
use model::Timestamp;
use serde_json::{Value, json};

fn facts<'a>(service: &'a str, operation: &'a str) -> CallFacts<'a> {
    CallFacts {
        at: Timestamp(1_795_621_319_123),
        event_id: 7,
        request_id: "b7c8a9d0-0000-4000-8000-000000000001",
        service,
        operation,
        region: "us-east-1",
        account: "111122223333",
        identity: UserIdentity::root("111122223333", "AKIAROOT"),
        source_ip: "192.0.2.7",
        user_agent: "aws-cli/2.9.8",
        request: Parameters::None,
        outcome: Outcome::Answered(Parameters::None),
        checks: Vec::new(),
    }
}

fn written(facts: CallFacts<'_>) -> Value {
    let line = serde_json::to_string(&Record::of_call(facts)).expect("JSON");
    assert!(!line.contains('\n'), "{line}");
    serde_json::from_str(&line).expect("JSON")
}

/// The samples are from AWS's pages on CloudTrail for ECS and for IAM and STS:
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/logging-using-cloudtrail.html>,
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html>.
#[test]
fn aws_own_records_come_out_as_they_went_in() {
    for sample in [
        include_str!("samples/ecs_create_cluster.json"),
        include_str!("samples/ecs_put_account_setting.json"),
        include_str!("samples/iam_get_user_policy.json"),
        include_str!("samples/sts_assume_role.json"),
    ] {
        let record: Record<'_> = serde_json::from_str(sample).expect("a record");
        let again = serde_json::to_value(&record).expect("JSON");
        assert_eq!(again, serde_json::from_str::<Value>(sample).expect("JSON"));
    }
}

#[test]
fn a_denied_call_of_a_role_says_who_what_and_why() {
    let role = "arn:aws:iam::111122223333:role/web";
    let session = "arn:aws:sts::111122223333:assumed-role/web/task-1";
    let identity = UserIdentity::assumed_role(
        Issuer::role("111122223333", role, "AROAWEB", "web"),
        "task-1",
        session,
        "ASIATASK",
        Timestamp(1_795_621_000_000),
    );
    let service = "arn:aws:ecs:us-east-1:111122223333:service/default/db";
    let check = Check {
        policy_type: Some("identity".into()),
        policy: Some("OwnServiceOnly".into()),
        statement: Some("NotTheOther".into()),
        ..Check::new("ecs:DescribeServices", service, false)
    };
    let record = written(CallFacts {
        identity,
        request: Parameters::Json(b"{\"cluster\":\"default\",\n \"services\":[\"db\"]}"),
        outcome: Outcome::Failed { code: "AccessDeniedException", message: "User: … is not" },
        checks: vec![check],
        ..facts("ecs", "DescribeServices")
    });
    let expected = json!({
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "AssumedRole",
            "principalId": "AROAWEB:task-1",
            "arn": session,
            "accountId": "111122223333",
            "accessKeyId": "ASIATASK",
            "sessionContext": {
                "sessionIssuer": {
                    "type": "Role",
                    "principalId": "AROAWEB",
                    "arn": role,
                    "accountId": "111122223333",
                    "userName": "web"
                },
                "attributes": {"creationDate": "2026-11-25T15:36:40Z", "mfaAuthenticated": "false"}
            }
        },
        "eventTime": "2026-11-25T15:41:59Z",
        "eventSource": "ecs.amazonaws.com",
        "eventName": "DescribeServices",
        "awsRegion": "us-east-1",
        "sourceIPAddress": "192.0.2.7",
        "userAgent": "aws-cli/2.9.8",
        "errorCode": "AccessDeniedException",
        "errorMessage": "User: … is not",
        "requestParameters": {"cluster": "default", "services": ["db"]},
        "responseElements": null,
        "additionalEventData": {"authorization": {
            "decision": "denied",
            "checks": [{
                "action": "ecs:DescribeServices",
                "resource": service,
                "decision": "denied",
                "policyType": "identity",
                "policy": "OwnServiceOnly",
                "statement": "NotTheOther"
            }]
        }},
        "requestID": "b7c8a9d0-0000-4000-8000-000000000001",
        "eventID": "00000000-0000-0000-0000-000000000007",
        "readOnly": true,
        "resources": [{"ARN": service, "accountId": "111122223333", "type": "AWS::ECS::Service"}],
        "eventType": "AwsApiCall",
        "managementEvent": true,
        "recipientAccountId": "111122223333",
        "eventCategory": "Management"
    });
    assert_eq!(record, expected);
}

#[test]
fn ecs_parameters_are_shown_as_cloudtrail_shows_them() {
    let body = br#"{"containerDefinitions":[{"environment":[{"name":"A","value":"b"}]}]}"#;
    let record = written(CallFacts {
        request: Parameters::Json(body),
        outcome: Outcome::Answered(Parameters::Json(br#"{"taskDefinition":{"revision":1}}"#)),
        ..facts("ecs", "RegisterTaskDefinition")
    });
    let container = &record["requestParameters"]["containerDefinitions"][0];
    assert_eq!(container["environment"][0]["value"], "b", "{record}");
    assert_eq!(record["responseElements"]["taskDefinition"]["revision"], 1, "{record}");
    assert_eq!(record["readOnly"], false);
}

#[test]
fn answers_to_reading_calls_are_not_kept() {
    let record = written(CallFacts {
        outcome: Outcome::Answered(Parameters::Json(br#"{"clusterArns":[]}"#)),
        ..facts("ecs", "ListClusters")
    });
    assert_eq!(record["responseElements"], Value::Null, "{record}");
}

#[test]
fn secrets_are_not_in_the_log() {
    let answer = json!({
        "AccessKey": {"UserName": "ann", "AccessKeyId": "AKIAANN", "SecretAccessKey": "hush"},
        "Credentials": {"AccessKeyId": "ASIA", "SecretAccessKey": "hush", "SessionToken": "hush"},
    });
    for (service, operation) in [("iam", "CreateAccessKey"), ("sts", "AssumeRole")] {
        let record = written(CallFacts {
            request: Parameters::of(&json!({"UserName": "ann", "Path": null})),
            outcome: Outcome::Answered(Parameters::of(&answer)),
            ..facts(service, operation)
        });
        assert_eq!(record["requestParameters"], json!({"userName": "ann"}));
        assert_eq!(record["responseElements"]["accessKey"]["accessKeyId"], "AKIAANN");
        assert!(!record.to_string().contains("hush"), "{record}");
    }
    let record = written(CallFacts {
        request: Parameters::Json(br#"{"Name":"/db/password","Value":"hu\u0073h"}"#),
        ..facts("ssm", "PutParameter")
    });
    let hidden = json!({"Name": "/db/password", "Value": "HIDDEN_DUE_TO_SECURITY_REASONS"});
    assert_eq!(record["requestParameters"], hidden);
}

#[test]
fn long_texts_and_many_checks_are_cut() {
    let long = "é".repeat(2000);
    let arn = |n: u32| format!("arn:aws:ecs:us-east-1:111122223333:task/default/{n}");
    let arns: Vec<String> = (0..100).map(arn).collect();
    let mut checks: Vec<Check<'_>> =
        arns.iter().map(|arn| Check::new("ecs:DescribeTasks", arn, true)).collect();
    checks[99].is_allowed = false;
    let record = written(CallFacts {
        user_agent: &long,
        outcome: Outcome::Failed { code: "AccessDeniedException", message: &long },
        checks,
        ..facts("ecs", "DescribeTasks")
    });
    assert_eq!(record["errorMessage"].as_str().map(str::len), Some(1024));
    assert_eq!(record["userAgent"].as_str().map(str::len), Some(1024));
    let authorization = &record["additionalEventData"]["authorization"];
    assert_eq!(authorization["checks"].as_array().map(Vec::len), Some(20));
    assert_eq!(authorization["moreChecks"], 80);
    assert_eq!(authorization["checks"][0]["resource"], arns[99].as_str(), "the denied one first");
}

#[test]
fn a_body_that_is_no_json_leaves_no_trace_in_the_line() {
    let record = written(CallFacts {
        request: Parameters::Json(b"{}\n{\"eventName\":\"Forged\"}"),
        outcome: Outcome::Failed { code: "SerializationException", message: "not JSON" },
        ..facts("ecs", "RunTask")
    });
    assert_eq!(record["requestParameters"], Value::Null);
}
