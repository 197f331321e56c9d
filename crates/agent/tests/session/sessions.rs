//! The sessions themselves: heartbeats, nonsense, closes and reopening.

use session_wire::acs::{self, AckRequest, Down, HeartbeatMessage, PayloadMessage, UpdateMessage};

use crate::plane::{CLUSTER, Heard, INSTANCE, Plane, Say, config, fake_runtime, start, task};
use session_wire::tcs;

#[tokio::test]
async fn heartbeats_are_answered_and_nonsense_is_survived() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    let mut plane = Plane::start().await;
    let agent = start(config(&plane, dir.path()), &runtime);
    plane.opened().await;
    plane.say(Say::Text("this is no message".into()));
    plane.say(Say::Text(r#"{"type":"MessageOfTomorrow","message":{"x":1}}"#.into()));
    let beat = HeartbeatMessage { message_id: "beat".into(), healthy: true };
    plane.tell(Down::Heartbeat(beat));
    let answered = plane
        .acs(|up| match up {
            acs::Up::HeartbeatAck(ack) => Some(ack.message_id.clone()),
            _ => None,
        })
        .await;
    assert_eq!(answered, "beat");
    agent.stop().await;
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_with_a_reason() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    let mut plane = Plane::start().await;
    let agent = start(config(&plane, dir.path()), &runtime);
    plane.opened().await;
    plane.tell(Down::StageUpdate(UpdateMessage {
        message_id: "update".into(),
        ..UpdateMessage::default()
    }));
    plane.tell(Down::Payload(PayloadMessage {
        message_id: "nobody".into(),
        tasks: vec![task(1)],
        ..PayloadMessage::default()
    }));
    for expected in ["Updates are disabled", "clusterArn and containerInstanceArn are required"] {
        let reason = plane
            .acs(|up| match up {
                acs::Up::Nack(nack) => Some(nack.reason.clone()),
                _ => None,
            })
            .await;
        assert_eq!(reason, expected);
    }
    agent.stop().await;
}

#[tokio::test]
async fn a_closed_session_is_opened_again_without_asking_for_credentials() {
    for code in [1000, 1008] {
        let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
        let mut plane = Plane::start().await;
        let agent = start(config(&plane, dir.path()), &runtime);
        assert!(plane.opened().await.send_credentials);
        plane.say(Say::Close(code));
        assert!(!plane.opened().await.send_credentials, "closed with {code}");
        plane.send_task("m-1", 1, task(1));
        let ack = plane
            .acs(|up| match up {
                acs::Up::Ack(ack) => Some(ack.clone()),
                _ => None,
            })
            .await;
        let expected = AckRequest {
            cluster: CLUSTER.into(),
            container_instance: INSTANCE.into(),
            message_id: "m-1".into(),
        };
        assert_eq!(ack, expected);
        agent.stop().await;
    }
}

#[tokio::test]
async fn telemetry_begins_with_the_runtimes_status_and_idle_metrics() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    let mut plane = Plane::start().await;
    let agent = start(config(&plane, dir.path()), &runtime);
    let status = plane
        .hear(|heard| match heard {
            Heard::Tcs(tcs::Up::PublishInstanceStatus(status)) => Some(status.clone()),
            _ => None,
        })
        .await;
    assert_eq!(status.statuses[0].r#type, "ContainerRuntime");
    assert_eq!(status.statuses[0].status, "OK");
    let metrics = plane
        .hear(|heard| match heard {
            Heard::Tcs(tcs::Up::PublishMetrics(metrics)) => Some(metrics.clone()),
            _ => None,
        })
        .await;
    assert!(metrics.metadata.idle && metrics.metadata.fin);
    assert_eq!(metrics.metadata.container_instance, INSTANCE);
    agent.stop().await;
}
