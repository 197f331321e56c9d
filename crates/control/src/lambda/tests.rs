//! Lambda hooks against a real HTTP server that plays Lambda's API.

use std::{collections::VecDeque, sync::Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State as Shared},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use model::ServiceDeploymentStatus;
use serde_json::{Value, json};
use store::{Store, engine::Memory};
use tokio::sync::mpsc;
use wire::Error;

use super::*;
use crate::{Cx, Settings, api, keys::Keys, random, reconcile};

/// What the function was asked, and with which `authorization`.
type Asked = (String, String, Value);

#[derive(Clone)]
struct Function {
    /// What it answers, in turn; nothing at all once there is no more.
    answers: Arc<Mutex<VecDeque<(StatusCode, Value)>>>,
    asked: mpsc::UnboundedSender<Asked>,
}

async fn invoke(
    Path(function): Path<String>,
    Shared(it): Shared<Function>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let authorization = headers["authorization"].to_str().unwrap_or_default().to_owned();
    let event = serde_json::from_slice(&body).unwrap_or_default();
    drop(it.asked.send((function, authorization, event)));
    let answer = it.answers.lock().ok().and_then(|mut answers| answers.pop_front());
    match answer {
        Some((status, answer)) => (status, answer.to_string()),
        None => std::future::pending().await,
    }
}

/// A control plane with a service `web` of no tasks, and the function of its hooks.
struct Plane {
    app: Arc<App>,
    asked: mpsc::UnboundedReceiver<Asked>,
    answers: Arc<Mutex<VecDeque<(StatusCode, Value)>>>,
    shutdown: CancellationToken,
}

impl Plane {
    async fn new() -> Plane {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let mut settings = Settings::new("http://127.0.0.1:6440");
        settings.lambda_endpoint =
            listener.local_addr().ok().map(|address| format!("http://{address}"));
        let (sender, asked) = mpsc::unbounded_channel();
        let answers: Arc<Mutex<VecDeque<_>>> = Arc::default();
        let function = Function { answers: answers.clone(), asked: sender };
        let path = "/2015-03-31/functions/{function}/invocations";
        let router = Router::new().route(path, post(invoke)).with_state(function);
        tokio::spawn(axum::serve(listener, router).into_future());
        let store = Store::open(Box::new(Memory::new())).expect("a new engine opens");
        let app = App::new(store, Keys::make(random), settings);
        let shutdown = CancellationToken::new();
        tokio::spawn(reconcile::drive(app.clone(), shutdown.clone()));
        tokio::spawn(drive(app.clone(), shutdown.clone()));
        let plane = Plane { app, asked, answers, shutdown };
        plane
            .change(|tx, cx| {
                let container = json!({"name": "app", "image": "busybox", "memory": 100});
                let definition = json!({"family": "web", "containerDefinitions": [container]});
                let service = json!({
                    "serviceName": "web", "taskDefinition": "web", "desiredCount": 0,
                    "deploymentConfiguration": {"strategy": "BLUE_GREEN"},
                });
                api::create_cluster(tx, cx, wire::ecs::CreateClusterRequest::default())?;
                api::register_task_definition(tx, cx, input(definition))?;
                api::create_service(tx, cx, input(service)).map(drop)
            })
            .await;
        plane.ends(ServiceDeploymentStatus::Successful).await;
        plane
    }

    async fn change(
        &self,
        change: impl FnOnce(&mut store::Tx, &mut Cx) -> Result<(), Error> + Send + 'static,
    ) {
        let mut cx = self.app.own_cx();
        let changed = self.app.store.update(move |tx| change(tx, &mut cx)).await;
        assert!(changed.is_ok(), "{:?}", changed.err());
    }

    /// Deploys again, with a hook at these stages.
    async fn deploy(&self, stages: &'static [&str]) {
        self.change(move |tx, cx| {
            let hook = json!({
                "lifecycleStages": stages, "roleArn": "arn:aws:iam::000000000000:role/ecs",
                "hookTargetArn": "arn:aws:lambda:us-east-1:000000000000:function:check",
                "hookDetails": {"bucket": "b", "try": 0},
            });
            let update = json!({
                "service": "web", "forceNewDeployment": true,
                "deploymentConfiguration": {"lifecycleHooks": [hook]},
            });
            api::update_service(tx, cx, input(update)).map(drop)
        })
        .await;
    }

    fn answers(&self, status: StatusCode, answer: Value) {
        self.answers.lock().expect("not poisoned").push_back((status, answer));
    }

    async fn asked(&mut self) -> Asked {
        let asked = tokio::time::timeout(Duration::from_secs(20), self.asked.recv()).await;
        asked.expect("the function is called in time").expect("the server lives")
    }

    /// Waits until the newest service deployment has this status; it.
    async fn ends(&self, status: ServiceDeploymentStatus) -> model::ServiceDeployment {
        let mut feed = self.app.store.subscribe();
        let find = async {
            loop {
                let state = self.app.store.snapshot();
                let service = state.services().iter().next().cloned();
                if let Some(it) = service.and_then(|s| s.service_deployment.clone())
                    && it.status == status
                {
                    return it;
                }
                let _more = feed.recv().await;
            }
        };
        let found = tokio::time::timeout(Duration::from_secs(20), find).await;
        found.unwrap_or_else(|_| panic!("no service deployment became {status}"))
    }
}

fn input<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("an input")
}

#[tokio::test]
async fn a_function_is_asked_again_until_it_says_yes() {
    let mut plane = Plane::new().await;
    let again = json!({"hookStatus": "IN_PROGRESS", "callBackDelay": 1, "hookDetails": {"try": 1}});
    plane.answers(StatusCode::OK, again);
    plane.answers(StatusCode::OK, json!({"hookStatus": "SUCCEEDED"}));
    plane.answers(StatusCode::OK, json!({"hookStatus": "SUCCEEDED"}));
    plane.deploy(&["POST_SCALE_UP", "PRODUCTION_TRAFFIC_SHIFT"]).await;

    let (function, authorization, first) = plane.asked().await;
    assert_eq!(function, "arn:aws:lambda:us-east-1:000000000000:function:check");
    assert!(authorization.contains("/us-east-1/lambda/aws4_request"), "{authorization}");
    assert_eq!(first["lifecycleStage"], "POST_SCALE_UP");
    assert_eq!(first["hookDetails"], json!({"bucket": "b", "try": 0}));
    let details = &first["executionDetails"];
    assert_eq!(details["serviceArn"], "arn:aws:ecs:us-east-1:000000000000:service/default/web");
    assert_eq!(details["productionTrafficWeights"], json!({}));
    let (_, _, second) = plane.asked().await;
    assert_eq!(second["executionId"], first["executionId"]);
    assert_eq!(second["hookDetails"], json!({"bucket": "b", "try": 1}));
    let (_, _, third) = plane.asked().await;
    assert_eq!(third["lifecycleStage"], "PRODUCTION_TRAFFIC_SHIFT");
    assert_eq!(third["hookDetails"], json!({"bucket": "b", "try": 0}));
    let target = third["executionDetails"]["targetServiceRevisionArn"].as_str().expect("an ARN");
    let weights = third["executionDetails"]["productionTrafficWeights"].as_object().expect("a map");
    assert_eq!((weights.len(), &weights[target]), (2, &json!(100)));
    let end = plane.ends(ServiceDeploymentStatus::Successful).await;
    let resource = first["resourceArn"].as_str().expect("an ARN");
    assert!(resource.ends_with(&format!("service-deployment/default/web/{}", end.id)));
}

#[tokio::test]
async fn a_function_that_says_no_or_fails_or_says_nothing_takes_the_deployment_back() {
    for (status, answer, trouble) in [
        (StatusCode::OK, json!({"hookStatus": "FAILED"}), None),
        (StatusCode::OK, json!({"status": "SUCCEEDED"}), Some("its answer cannot be used: ")),
        (StatusCode::NOT_FOUND, json!({"Message": "Function not found"}), Some("it failed: ")),
    ] {
        let mut plane = Plane::new().await;
        plane.answers(status, answer);
        plane.deploy(&["PRE_SCALE_UP"]).await;
        plane.asked().await;
        let end = plane.ends(ServiceDeploymentStatus::RollbackSuccessful).await;
        assert_eq!(end.failure, Some(model::FailureCause::LifecycleHook));
        let state = plane.app.store.snapshot();
        let told =
            state.service_events().iter().find(|it| it.message.contains("lifecycle hook arn"));
        match (told, trouble) {
            (None, None) => {}
            (Some(told), Some(trouble)) => {
                assert!(told.message.contains(trouble), "{}", told.message);
            }
            (told, trouble) => panic!("{told:?} in place of {trouble:?}"),
        }
    }
}

#[tokio::test]
async fn a_call_that_a_restart_cut_off_is_made_again() {
    let mut plane = Plane::new().await;
    plane.deploy(&["POST_SCALE_UP"]).await;
    let (_, _, first) = plane.asked().await;
    plane.shutdown.cancel();
    plane.answers(StatusCode::OK, json!({"hookStatus": "SUCCEEDED"}));
    let restarted = CancellationToken::new();
    tokio::spawn(reconcile::drive(plane.app.clone(), restarted.clone()));
    tokio::spawn(drive(plane.app.clone(), restarted.clone()));
    let (_, _, second) = plane.asked().await;
    assert_eq!(second, first);
    plane.ends(ServiceDeploymentStatus::Successful).await;
}
