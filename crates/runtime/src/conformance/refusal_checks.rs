//! What a runtime refuses, and by which name.

use std::time::Duration;

use super::{Bench, Program};
use crate::{ContainerId, ContainerStatus, ErrorKind, Retry};

/// Removing is the exception: gone is gone.
pub async fn an_unknown_container_is_named_so(bench: &Bench) {
    let runtime = bench.runtime();
    let id = ContainerId("f".repeat(64));
    let errors = [
        runtime.start(&id).await.expect_err("start"),
        runtime.stop(&id, Duration::ZERO).await.expect_err("stop"),
        runtime.kill(&id).await.expect_err("kill"),
        runtime.inspect(&id).await.expect_err("inspect"),
        runtime.logs(&id, 1).await.expect_err("logs"),
        runtime.stats(&id).await.expect_err("stats"),
    ];
    for error in errors {
        assert_eq!((error.kind, error.retry), (ErrorKind::NoSuchContainer, Retry::Never));
    }
    runtime.remove(&id, true).await.expect("remove");
}

/// Creating never pulls.
pub async fn an_unknown_image_is_named_so(bench: &Bench) {
    let runtime = bench.runtime();
    let mut spec = bench.spec(Program::IgnoresStop);
    spec.image = format!("longshore-conformance/{}", bench.name());
    let error = runtime.create(&spec).await.expect_err("create");
    assert_eq!((error.kind, error.retry), (ErrorKind::NoSuchImage, Retry::Never));
    let error = runtime.tag_image(&spec.image, "longshore-conformance/x:1").await;
    assert_eq!(error.expect_err("tag").kind, ErrorKind::NoSuchImage);
}

/// Names are unique; an agent that lost the answer to a create finds its container by it.
pub async fn a_taken_name_is_refused(bench: &Bench) {
    let spec = bench.spec(Program::IgnoresStop);
    let id = bench.runtime().create(&spec).await.expect("create");
    let error = bench.runtime().create(&spec).await.expect_err("create again");
    assert_eq!((error.kind, error.retry), (ErrorKind::CannotCreateContainer, Retry::Never));
    assert!(error.message.contains(id.as_str()), "{error}");
}

/// There is no exit code, and the engine's words are kept.
pub async fn a_command_that_does_not_exist_is_refused_at_the_start(bench: &Bench) {
    let id = bench.created(Program::CannotStart).await;
    let error = bench.runtime().start(&id).await.expect_err("start");
    assert_eq!(error.kind, ErrorKind::CannotStartContainer);
    assert!(error.message.contains("/nonexistent"), "{error}");
    let state = bench.state(&id).await;
    assert_eq!((state.status, state.exit_code), (ContainerStatus::Created, None));
    assert!(state.error.contains("/nonexistent"), "{}", state.error);
}

/// Nothing listens at port 1 of the loopback; no registry knows an image of that name.
pub async fn a_registry_that_does_not_answer_fails_the_pull(bench: &Bench) {
    let error = bench.runtime().pull("127.0.0.1:1/app", None).await.expect_err("pull");
    assert_eq!(error.kind, ErrorKind::CannotPullContainer);
    assert!(!error.message.is_empty());
    let error = bench.runtime().manifest_digest("127.0.0.1:1/app", None).await;
    assert_eq!(error.expect_err("manifest").kind, ErrorKind::CannotPullImageManifest);
}
