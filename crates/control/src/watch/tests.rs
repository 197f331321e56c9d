//! What a watcher is told, on a control plane whose loops the test turns by hand.

use serde_json::{Value, json};
use store::{Tx, engine::Memory};
use wire::ecs;

use super::*;
use crate::{Settings, api, keys::Keys, random, reconcile};

fn typed<T: serde::de::DeserializeOwned>(input: Value) -> T {
    serde_json::from_value(input).expect("an input")
}

/// A control plane with the service `web` of one task in the cluster `default`, and no instance.
struct World {
    app: Arc<App>,
    shutdown: CancellationToken,
}

impl World {
    async fn new() -> World {
        let store = store::Store::open(Box::new(Memory::new())).expect("a new engine opens");
        let mut settings = Settings::new("http://127.0.0.1:6440");
        settings.settle_ms = 0;
        let app = App::new(store, Keys::make(random), settings);
        let world = World { app, shutdown: CancellationToken::new() };
        let container = json!({"name": "app", "image": "busybox", "memory": 100});
        let definition = typed(json!({"family": "web", "containerDefinitions": [container]}));
        let service =
            typed(json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 1}));
        world
            .change(|tx, cx| {
                api::create_cluster(tx, cx, ecs::CreateClusterRequest::default())?;
                api::register_task_definition(tx, cx, definition)?;
                api::create_service(tx, cx, service).map(drop)
            })
            .await;
        world
    }

    async fn change(
        &self,
        change: impl FnOnce(&mut Tx, &mut Cx) -> Result<(), Error> + Send + 'static,
    ) {
        let mut cx = self.app.own_cx();
        self.app.store.update(move |tx| change(tx, &mut cx)).await.expect("it is taken");
    }

    /// The scheduler takes one step.
    async fn reconcile(&self) {
        let key = reconcile::Key::Service(
            "default".parse().expect("a name"),
            "web".parse().expect("a name"),
        );
        self.change(move |tx, cx| {
            reconcile::run(tx, cx, &key);
            Ok(())
        })
        .await;
    }

    async fn scale(&self, desired: u32) {
        let input = typed(json!({"service": "web", "desiredCount": desired}));
        self.change(|tx, cx| api::update_service(tx, cx, input).map(drop)).await;
    }

    async fn join(&self) {
        let resource = |name| json!({"name": name, "type": "INTEGER", "integerValue": 1_000});
        let input = typed(json!({"totalResources": [resource("CPU"), resource("MEMORY")],
            "attributes": [{"name": "com.amazonaws.ecs.capability.docker-remote-api.1.18"}]}));
        self.change(|tx, cx| {
            api::register_container_instance(tx, cx, input)?;
            let instance = tx.container_instances().iter().next().cloned().expect("it registered");
            let key = (instance.cluster.clone(), instance.id);
            tx.edit::<ContainerInstance>(&key, |instance| instance.agent_connected = true);
            Ok(())
        })
        .await;
    }

    async fn report(&self, status: &'static str) {
        self.change(move |tx, cx| {
            let task = tx.tasks().iter().next().cloned().expect("a task");
            let container = json!({"containerName": "app", "status": status, "exitCode": 7});
            let input = typed(json!({"task": task.id.to_string(), "status": status,
                "reason": "it fell over", "containers": [container]}));
            api::submit_task_state_change(tx, cx, input).map(drop)
        })
        .await;
    }

    fn watch(&self) -> Watcher {
        let cx = self.app.own_cx();
        Watcher::new(self.app.clone(), self.shutdown.clone(), &cx, "default", "web")
            .expect("the service is there")
    }
}

async fn next(watcher: &mut Watcher) -> Value {
    let line = watcher.line().await.expect("a line");
    assert_eq!(line.iter().position(|byte| *byte == b'\n'), Some(line.len() - 1), "it is one line");
    serde_json::from_slice(&line).expect("JSON")
}

#[tokio::test]
async fn the_first_line_is_the_whole_and_the_next_ones_what_is_new() {
    let world = World::new().await;
    let mut watcher = world.watch();
    let first = next(&mut watcher).await;
    assert_eq!(first["whole"], true, "{first}");
    assert_eq!(
        (
            &first["service"]["desiredCount"],
            &first["service"]["floor"],
            &first["service"]["ceiling"]
        ),
        (&json!(1), &json!(1), &json!(2))
    );
    assert_eq!(first["deployments"][0]["rolloutState"], "IN_PROGRESS", "{first}");

    world.reconcile().await;
    let waits = next(&mut watcher).await;
    let why = waits["service"]["waitsFor"].as_str().unwrap_or_default();
    assert!(why.contains("unable to place a task"), "{waits}");
    assert_eq!(waits["deployments"], Value::Null, "they are as told: {waits}");

    world.join().await;
    world.reconcile().await;
    let placed = next(&mut watcher).await;
    assert_eq!(placed["tasks"][0]["phase"], "PENDING", "{placed}");
    assert_eq!(placed["tasks"][0]["waitsFor"], "its agent starts its containers", "{placed}");

    world.report("RUNNING").await;
    let runs = next(&mut watcher).await;
    assert_eq!(runs["tasks"][0]["phase"], "HEALTHY", "{runs}");
    assert_eq!(runs["deployments"][0]["runningCount"], 1, "{runs}");

    world.reconcile().await;
    let steady = next(&mut watcher).await;
    assert_eq!(steady["service"]["steady"], true, "{steady}");
    assert_eq!(steady["deployments"][0]["rolloutState"], "COMPLETED", "{steady}");
    let events = steady["events"].as_array().expect("events");
    assert!(events.iter().any(|e| e["message"] == "(service web) has reached a steady state."));

    world.report("STOPPED").await;
    let stopped = next(&mut watcher).await;
    assert_eq!(stopped["tasks"][0]["lastStatus"], "STOPPED", "{stopped}");
    assert_eq!(stopped["tasks"][0]["phase"], "STOPPED", "{stopped}");
    assert!(stopped["tasks"][0]["stoppedReason"].is_string(), "{stopped}");
}

#[tokio::test]
async fn a_slow_reader_gets_the_newest_and_nothing_older() {
    let world = World::new().await;
    let mut watcher = world.watch();
    next(&mut watcher).await;
    for desired in 2..=40 {
        world.scale(desired).await;
    }
    let newest = next(&mut watcher).await;
    assert_eq!(newest["service"]["desiredCount"], 40, "{newest}");
    world.scale(41).await;
    assert_eq!(next(&mut watcher).await["service"]["desiredCount"], 41, "nothing was in between");
}

#[tokio::test]
async fn the_last_line_says_why_it_is_the_last() {
    let world = World::new().await;
    let mut of_service = world.watch();
    next(&mut of_service).await;
    let input = typed(json!({"service": "web", "force": true}));
    world.change(|tx, cx| api::delete_service(tx, cx, input).map(drop)).await;
    assert_eq!(next(&mut of_service).await["service"]["status"], "DRAINING");
    world.reconcile().await;
    assert_eq!(next(&mut of_service).await["end"], "the service is INACTIVE");
    assert_eq!(of_service.line().await, None);

    let other = World::new().await;
    let mut of_server = other.watch();
    next(&mut of_server).await;
    other.shutdown.cancel();
    assert_eq!(next(&mut of_server).await["end"], "the control plane ends");
    assert_eq!(of_server.line().await, None);
}
