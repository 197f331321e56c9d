//! Reports reach the control plane whatever it answers at first.

use axum::http::StatusCode;
use runtime::fake::Script;

use crate::plane::{Plane, arn, config, fake_runtime, start, task};

#[tokio::test]
async fn a_report_is_brought_until_it_is_taken_and_in_order() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    runtime.with(|engine| engine.add_local_image("flash", Script::exits(0, 5)));
    runtime.with(|engine| engine.advance(engine.now_ms()));
    let mut plane = Plane::start().await;
    plane.refuse_reports(&[
        (StatusCode::INTERNAL_SERVER_ERROR, "ServerException"),
        (StatusCode::BAD_REQUEST, "ThrottlingException"),
        (StatusCode::BAD_REQUEST, "ClientException"),
    ]);
    let agent = start(config(&plane, dir.path()), &runtime);
    plane.opened().await;
    plane.send_task("m-1", 1, task(1));
    let report = plane.report().await;
    assert_eq!((&report["status"], &report["task"]), (&"RUNNING".into(), &arn(1).into()));
    agent.stop().await;
}

#[tokio::test]
async fn a_report_that_is_refused_for_ever_does_not_hold_up_the_next() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    let mut plane = Plane::start().await;
    plane.refuse_reports(&[(StatusCode::BAD_REQUEST, "InvalidParameterException")]);
    let agent = start(config(&plane, dir.path()), &runtime);
    plane.opened().await;
    plane.send_task("m-1", 1, task(1));
    plane.acked("m-1").await;
    plane.send_task("m-2", 2, crate::plane::stop(1));
    assert_eq!(plane.report().await["status"], "STOPPED");
    agent.stop().await;
}
