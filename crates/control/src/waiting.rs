//! `GET /longshore/v1/waiting`: what is wanted and cannot be done now, and why. Longshore's own, not of
//! ECS: it tells what the queue of the reconcilers knows.

use access::Own;
use axum::http::request::Parts;
use serde::Serialize;
use wire::{Error, awsjson};

use crate::{App, auth, reconcile::Key};

/// Where it is served.
pub const PATH: &str = "/longshore/v1/waiting";

#[derive(Serialize)]
struct Answer {
    waiting: Vec<Waiting>,
}

/// Without cluster and service it is the control plane itself that waits.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Waiting {
    #[serde(skip_serializing_if = "Option::is_none")]
    cluster: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    why: String,
    /// Seconds since 1970; absent where only a change can help.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_at: Option<wire::Timestamp>,
}

/// The answer.
pub fn answer(app: &App, request: &Parts) -> Result<Vec<u8>, Error> {
    auth::admit(app, request, b"", Own::GetWaiting)?;
    let queue = app.queue();
    let waiting = queue.waiting().map(|(key, blocked, due)| {
        let (cluster, service) = match key {
            Key::Service(cluster, service) => (Some(cluster), Some(service)),
            Key::Reaper => (None, None),
        };
        Waiting {
            cluster: cluster.map(ToString::to_string),
            service: service.map(ToString::to_string),
            why: blocked.explanation.clone(),
            retry_at: due.map(|at| wire::Timestamp(at.0)),
        }
    });
    Ok(awsjson::encode(&Answer { waiting: waiting.collect() }))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{api, keys::AccessKey, reconcile, signed};

    fn asked(app: &App, key: &AccessKey) -> Result<Value, Error> {
        let request = signed::request(app, key, "GET", PATH, b"");
        answer(app, &request).map(|body| serde_json::from_slice(&body).expect("JSON"))
    }

    #[tokio::test]
    async fn a_service_without_instances_says_what_it_waits_for() {
        let (app, keys) = signed::app().await;
        assert_eq!(asked(&app, &keys.root).ok(), Some(json!({"waiting": []})));
        let cluster = wire::ecs::CreateClusterRequest::default();
        let container = json!({"name": "app", "image": "busybox", "memory": 100});
        let definition = json!({"family": "web", "containerDefinitions": [container]});
        let definition = serde_json::from_value(definition).expect("an input");
        let service = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 1});
        let service = serde_json::from_value(service).expect("an input");
        let mut cx = app.own_cx();
        let key = Key::Service("default".parse().expect("name"), "web".parse().expect("name"));
        let own = key.clone();
        let ran = app.store.update(move |tx| {
            api::create_cluster(tx, &mut cx, cluster)?;
            api::register_task_definition(tx, &mut cx, definition)?;
            api::create_service(tx, &mut cx, service)?;
            Ok::<_, Error>(reconcile::run(tx, &mut cx, &own))
        });
        let outcome = ran.await.expect("the store takes it");
        app.queue().done(key, outcome);
        let waiting = asked(&app, &keys.root).expect("an answer");
        assert_eq!(waiting["waiting"][0]["cluster"], "default", "{waiting}");
        assert_eq!(waiting["waiting"][0]["service"], "web", "{waiting}");
        let why = waiting["waiting"][0]["why"].as_str().unwrap_or_default();
        assert!(why.contains("unable to place a task"), "{waiting}");
        let refused = asked(&app, &keys.agent).expect_err("only root may ask");
        assert_eq!(refused.code.name(), "AccessDeniedException");
    }
}
