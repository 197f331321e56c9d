//! Frames as Amazon's agent sends and takes them, read and written again.

use proptest::prelude::*;
use session_wire::{
    PollParameters, QueryError, Refusal, SignedFrame, TelemetryParameters, acs, payload, tcs,
};

/// A payload with what Amazon's agent needs at least.
const PAYLOAD: &str = r#"{"type":"PayloadMessage","message":{"messageId":"m-1","clusterArn":"c",
 "containerInstanceArn":"i","seqNum":7,"generatedAt":1795564507377,"tasks":[
 {"arn":"arn:aws:ecs:us-east-1:123456789012:task/loop/11","taskClusterArn":"c","family":"wire",
  "version":"1","desiredStatus":"RUNNING","overrides":"{}","volumes":[],"newMember":{"a":null},
  "cpu":0.25,"executionRoleCredentials":null,
  "containers":[{"name":"app","image":"busybox:local","cpu":64,"memory":64,"essential":true,
   "command":["sh","-c","exit 7"],"entryPoint":null,"environment":{"FOO":"bar"},
   "overrides":{"command":["true"]},
   "portMappings":[{"containerPort":8080,"hostPort":0,"protocol":"tcp"}],
   "dockerConfig":{"version":"1.18","config":"{}","hostConfig":"{\"NetworkMode\":\"bridge\"}"}}]}]}}"#;

fn payload_message(frame: &str) -> acs::PayloadMessage {
    match acs::Down::from_frame(frame) {
        Ok(acs::Down::Payload(message)) => message,
        other => panic!("not a payload: {other:?}"),
    }
}

#[test]
fn a_payload_is_read_with_nulls_and_unknown_members() {
    let message = payload_message(PAYLOAD);
    let task = &message.tasks[0];
    assert_eq!(
        (message.seq_num, task.cpu, task.desired_status.as_str()),
        (7, Some(0.25), "RUNNING")
    );
    assert!(task.execution_role_credentials.is_none());
    let container = &task.containers[0];
    assert!(container.entry_point.is_none() && container.essential);
    assert_eq!(container.environment["FOO"], "bar");
    assert_eq!(container.port_mappings[0].container_port, Some(8080));
    assert_eq!(container.docker_config.host_config, r#"{"NetworkMode":"bridge"}"#);
}

#[test]
fn a_payload_that_is_written_reads_the_same() {
    let message = payload_message(PAYLOAD);
    let frame = acs::Down::Payload(message.clone()).to_frame();
    assert_eq!(payload_message(&frame), message);
}

#[test]
fn overrides_are_a_text_or_an_object_and_only_of_the_command() {
    let overrides = |json: &str| -> payload::Overrides { serde_json::from_str(json).unwrap() };
    let command = Some(vec!["true".to_owned()]);
    assert_eq!(overrides(r#"{"command":["true"]}"#).command(), Ok(command.clone()));
    assert_eq!(overrides(r#""{\"command\":[\"true\"]}""#).command(), Ok(command));
    assert_eq!(overrides(r#""""#).command(), Ok(None));
    assert_eq!(overrides(r#""{}""#).command(), Ok(None));
    assert!(overrides(r#"{"environment":{}}"#).command().is_err());
}

#[test]
fn an_unknown_type_is_kept_and_a_broken_frame_is_an_error() {
    let unknown = acs::Down::from_frame(r#"{"type":"NewMessage","message":{"x":1}}"#).unwrap();
    assert_eq!(unknown.kind(), "NewMessage");
    assert_eq!(unknown.to_frame(), r#"{"type":"NewMessage","message":{"x":1}}"#);
    assert!(acs::Down::from_frame("hello").is_err());
    let wrong = r#"{"type":"HeartbeatMessage","message":{"messageId":4}}"#;
    let error = acs::Down::from_frame(wrong).unwrap_err().to_string();
    assert!(error.contains("HeartbeatMessage"), "{error}");
}

#[test]
fn a_heartbeat_without_a_body_is_read() {
    let heartbeat = acs::Down::from_frame(r#"{"type":"HeartbeatMessage"}"#).unwrap();
    assert_eq!(heartbeat, acs::Down::Heartbeat(acs::HeartbeatMessage::default()));
}

#[test]
fn acknowledgements_have_amazons_names() {
    let ack = acs::AckRequest {
        cluster: "c".into(),
        container_instance: "i".into(),
        message_id: "m".into(),
    };
    assert_eq!(
        acs::Up::Ack(ack).to_frame(),
        r#"{"type":"AckRequest","message":{"cluster":"c","containerInstance":"i","messageId":"m"}}"#
    );
}

#[test]
fn debug_shows_no_secret() {
    let credentials = acs::RoleCredentials {
        secret_access_key: "hush".into(),
        session_token: "hush".into(),
        ..acs::RoleCredentials::default()
    };
    assert!(!format!("{credentials:?}").contains("hush"));
}

#[test]
fn an_empty_host_volume_keeps_its_host_object() {
    let volume = payload::Volume {
        name: "scratch".into(),
        host: Some(payload::HostVolume::default()),
        ..payload::Volume::default()
    };
    assert_eq!(serde_json::to_string(&volume).unwrap(), r#"{"name":"scratch","host":{}}"#);
}

#[test]
fn a_telemetry_frame_has_headers_an_empty_line_and_the_envelope() {
    let text = "Authorization: AWS4-HMAC-SHA256 Credential=AKID/20261124/us-east-1/ecs/aws4_request, SignedHeaders=host;x-amz-date, Signature=0d33\r\nHost: 127.0.0.1:7100\r\nX-Amz-Date: 20261124T235415Z\r\n\r\n{\"type\":\"PublishHealthRequest\",\"message\":{\"metadata\":{\"fin\":true},\"tasks\":[{\"taskArn\":\"t\",\"containers\":[{\"containerName\":\"app\",\"healthStatus\":\"UNHEALTHY\",\"statusSince\":1795564809.36}]}]}}";
    let frame = SignedFrame::parse(text).unwrap();
    assert_eq!(frame.header("host"), Some("127.0.0.1:7100"));
    assert_eq!(frame.header("x-amz-date"), Some("20261124T235415Z"));
    assert_eq!(frame.to_text(), text);
    let Ok(tcs::Up::PublishHealth(health)) = tcs::Up::from_frame(frame.body) else {
        panic!("not health: {}", frame.body)
    };
    let container = &health.tasks[0].containers[0];
    assert_eq!(container.status_since, Some(tcs::Timestamp(1_795_564_809_360)));
    assert!(SignedFrame::parse("no headers at all").is_err());
}

#[test]
fn the_connect_parameters_are_sorted_and_encoded() {
    let parameters = PollParameters {
        agent_hash: "abc".into(),
        agent_version: "1.105.1".into(),
        cluster: "loop".into(),
        container_instance_arn: "arn:aws:ecs:us-east-1:1:container-instance/loop/9".into(),
        docker_version: "DockerVersion: 20.10.24+dfsg1".into(),
        protocol_version: 2,
        send_credentials: true,
        seq_num: 1,
    };
    let query = parameters.to_query();
    assert_eq!(
        query,
        "agentHash=abc&agentVersion=1.105.1&clusterArn=loop\
         &containerInstanceArn=arn%3Aaws%3Aecs%3Aus-east-1%3A1%3Acontainer-instance%2Floop%2F9\
         &dockerVersion=DockerVersion%3A%2020.10.24%2Bdfsg1&protocolVersion=2&sendCredentials=true&seqNum=1"
    );
    assert_eq!(PollParameters::from_query(&query), Ok(parameters));
    let missing = PollParameters::from_query("clusterArn=c");
    assert_eq!(missing, Err(QueryError::Missing("containerInstanceArn")));
}

#[test]
fn a_refusal_is_read_in_every_form_that_is_in_use() {
    let refusal = Refusal { name: "InactiveInstanceException".into(), message: "gone".into() };
    let bare = r#"{"InactiveInstanceException":"gone"}"#;
    let api = r#"{"__type":"a.b#InactiveInstanceException","message":"gone"}"#;
    for body in [refusal.to_body().as_str(), bare, api] {
        assert_eq!(Refusal::from_body(body), Some(refusal.clone()), "{body}");
    }
    assert_eq!(Refusal::from_body("Bad Gateway"), None);
}

proptest! {
    #[test]
    fn any_parameter_survives_the_query_string(cluster in ".{1,30}", arn in ".{1,60}", version in ".*") {
        let parameters = TelemetryParameters {
            agent_hash: String::new(),
            agent_version: version,
            cluster,
            container_instance: arn,
            docker_version: String::new(),
        };
        prop_assert_eq!(TelemetryParameters::from_query(&parameters.to_query()), Ok(parameters));
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in ".*") {
        let _ = acs::Down::from_frame(&text);
        let _ = acs::Up::from_frame(&text);
        let _ = SignedFrame::parse(&text).map(|frame| tcs::Up::from_frame(frame.body));
        let _ = PollParameters::from_query(&text);
        let _ = Refusal::from_body(&text);
    }
}
