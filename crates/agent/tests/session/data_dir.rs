//! The agent's own state: one agent a directory, nothing damaged is touched.

use agent::AgentError;
use axum::http::StatusCode;

use crate::plane::{Plane, config, fake_runtime, start};

#[tokio::test]
async fn a_directory_has_one_agent() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    let mut plane = Plane::start().await;
    let first = start(config(&plane, dir.path()), &runtime);
    plane.opened().await;
    let second = start(config(&plane, dir.path()), &runtime).ended.await.unwrap();
    assert!(matches!(second, Err(AgentError::Locked(_))), "{second:?}");
    first.stop().await;
}

#[tokio::test]
async fn a_directory_belongs_to_one_cluster() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    let mut plane = Plane::start().await;
    let first = start(config(&plane, dir.path()), &runtime);
    plane.opened().await;
    first.stop().await;
    let mut other = config(&plane, dir.path());
    other.cluster = "other".into();
    let second = start(other, &runtime).ended.await.unwrap();
    assert!(matches!(second, Err(AgentError::OtherCluster { .. })), "{second:?}");
}

#[tokio::test]
async fn a_damaged_or_newer_file_is_refused_and_left_alone() {
    for content in ["{", r#"{"format":2,"content":{}}"#] {
        let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
        let plane = Plane::start().await;
        let file = dir.path().join("instance.json");
        std::fs::write(&file, content).unwrap();
        let ended = start(config(&plane, dir.path()), &runtime).ended.await.unwrap();
        assert!(matches!(ended, Err(AgentError::Damaged { .. })), "{ended:?}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), content);
    }
}

#[tokio::test]
async fn a_refused_registration_ends_the_agent() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    let plane = Plane::start().await;
    plane.refuse_registration(StatusCode::BAD_REQUEST, "InvalidParameterException");
    let ended = start(config(&plane, dir.path()), &runtime).ended.await.unwrap();
    assert!(matches!(ended, Err(AgentError::NotRegistered(_))), "{ended:?}");
}

#[tokio::test]
async fn an_address_that_is_of_no_use_is_told_at_once() {
    let (dir, runtime) = (tempfile::tempdir().unwrap(), fake_runtime());
    let plane = Plane::start().await;
    for url in ["https://localhost", "localhost:6440", "not a url"] {
        let mut config = config(&plane, dir.path());
        config.server_url = url.into();
        let ended = start(config, &runtime).ended.await.unwrap();
        assert!(matches!(ended, Err(AgentError::ServerUrl(_))), "{url}: {ended:?}");
    }
}
