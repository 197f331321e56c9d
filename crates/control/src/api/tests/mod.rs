//! The handlers as a caller sees them: JSON in, JSON or an exception out, over the store in memory.

mod account_settings;
mod anything;
mod clusters;
mod container_instances;
mod deployment_strategies;
mod explained;
mod placing;
mod refused;
mod service_deployments;
mod services;
mod tags;
mod task_definitions;
mod task_roles;
mod task_sets;
mod tasks;

use std::sync::Arc;

use model::{ContainerInstance, Timestamp};
use serde_json::{Value, json};
use store::{Core, Tx, UpdateError, engine::Memory};
use wire::{Error, Op, Operation, awsjson};

use super::dispatch::{self, Caller, Read, Write};
use crate::{Cx, Principal, Settings, invariants, reconcile};

/// A control plane without loops: time stands still and nothing is reconciled unless a test says so.
struct World {
    core: Core,
    settings: Arc<Settings>,
    now: Timestamp,
    /// How many contexts were made: the seed of the next.
    seed: u64,
}

/// The ARN of something in the cluster `default`.
fn arn(rest: &str) -> String {
    format!("arn:aws:ecs:us-east-1:000000000000:{rest}")
}

/// A world with nothing in it but the cluster `default`.
fn world() -> World {
    let mut world = World {
        core: Core::open(Box::new(Memory::new())).expect("a new engine opens"),
        settings: Arc::new(Settings::new("http://127.0.0.1:6440")),
        now: Timestamp(1_700_000_000_000),
        seed: 0,
    };
    world.ok("CreateCluster", json!({}));
    world
}

/// A request to a world.
struct Request<'a> {
    world: &'a mut World,
    input: &'a Value,
}

impl Caller for Request<'_> {
    type Answer = Result<Value, Error>;

    fn read<O: Op>(self, handler: Read<O>) -> Result<Value, Error> {
        let input = awsjson::decode_input::<O>(self.input.to_string().as_bytes())?;
        let mut cx = self.world.cx();
        handler(&self.world.state(), &mut cx, input).map(|output| json!(output))
    }

    fn write<O: Op>(self, handler: Write<O>) -> Result<Value, Error> {
        let input = awsjson::decode_input::<O>(self.input.to_string().as_bytes())?;
        let mut cx = self.world.cx();
        match self.world.core.update(|tx| handler(tx, &mut cx, input)) {
            Ok(output) => Ok(json!(output)),
            Err(UpdateError::Refused(error)) => Err(error),
            Err(UpdateError::Store(error)) => panic!("{error}"),
        }
    }
}

impl World {
    fn cx(&mut self) -> Cx {
        self.seed += 1;
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.seed.to_le_bytes());
        let principal = Principal::new("arn:aws:iam::000000000000:user/ada");
        Cx::new(self.now, principal, self.settings.clone(), seed)
    }

    /// Calls a handler with an input that is read and validated as in production.
    fn call(&mut self, operation: &str, input: &Value) -> Result<Value, Error> {
        let operation = Operation::from_name(operation).expect("an operation of the API");
        dispatch::handler(operation, Request { world: self, input })
    }

    /// The answer to a call that must go well.
    #[track_caller]
    fn ok(&mut self, operation: &str, input: Value) -> Value {
        let answer = self.call(operation, &input);
        self.check();
        answer.unwrap_or_else(|error| {
            panic!("{operation} {input} was refused: {:?} {}", error.code, error.message)
        })
    }

    /// The call must be refused with this exception, its message must hold these words, and nothing
    /// may have changed.
    #[track_caller]
    fn refused(&mut self, operation: &str, input: Value, exception: &str, says: &str) -> Error {
        let before = self.state().revision();
        match self.call(operation, &input) {
            Ok(answer) => panic!("{operation} {input} was not refused: {answer}"),
            Err(error) => {
                assert_eq!(error.code.name(), exception, "{operation} {input}: {}", error.message);
                assert!(error.message.contains(says), "{operation} {input}: {}", error.message);
                assert_eq!(
                    self.state().revision(),
                    before,
                    "{operation} {input} changed something"
                );
                error
            }
        }
    }

    fn state(&self) -> store::Snapshot {
        self.core.snapshot()
    }

    #[track_caller]
    fn check(&self) {
        assert_eq!(invariants::check(&self.state()), []);
    }

    fn change(&mut self, change: impl FnOnce(&mut Tx)) {
        let changed: Result<(), UpdateError<()>> = self.core.update(|tx| {
            change(tx);
            Ok(())
        });
        changed.expect("the engine takes it");
    }

    fn pass_ms(&mut self, ms: i64) {
        self.now = self.now.plus_ms(ms);
    }

    /// Reconciles until everything is settled, blocked, or waits for time to pass.
    fn reconcile(&mut self) {
        let services: Vec<_> =
            self.state().services().iter().map(|s| (s.cluster.clone(), s.name.clone())).collect();
        let keys = services.into_iter().map(|(c, s)| reconcile::Key::Service(c, s));
        for key in keys.chain([reconcile::Key::Reaper]) {
            for _ in 0..50 {
                let mut cx = self.cx();
                if reconcile::look(&self.state(), &cx, &key).is_some() {
                    break;
                }
                self.change(|tx| drop(reconcile::run(tx, &mut cx, &key)));
                self.check();
            }
        }
    }

    /// A task definition of one container with 100 MiB; its ARN.
    fn task_definition(&mut self, family: &str) -> String {
        let container = json!({"name": "app", "image": "busybox", "memory": 100, "cpu": 10});
        let input = json!({"family": family, "containerDefinitions": [container]});
        text(&self.ok("RegisterTaskDefinition", input)["taskDefinition"]["taskDefinitionArn"])
    }

    /// A connected container instance with 1,000 CPU units and MiB; its ARN.
    fn container_instance(&mut self, members: Value) -> String {
        let input = patched(
            &json!({
                "totalResources": [
                    {"name": "CPU", "type": "INTEGER", "integerValue": 1000},
                    {"name": "MEMORY", "type": "INTEGER", "integerValue": 1000},
                    {"name": "PORTS", "type": "STRINGSET", "stringSetValue": ["22"]},
                ],
                "attributes": [{"name": "com.amazonaws.ecs.capability.docker-remote-api.1.18"}],
                "versionInfo": {"agentVersion": "1.105.1"},
            }),
            members,
        );
        let answer = self.ok("RegisterContainerInstance", input);
        let arn = text(&answer["containerInstance"]["containerInstanceArn"]);
        self.connect(&arn, true);
        arn
    }

    fn connect(&mut self, instance: &str, connected: bool) {
        let id = instance.rsplit('/').next().and_then(|id| id.parse().ok());
        let cluster = instance.rsplit('/').nth(1).and_then(|name| name.parse().ok());
        let key = cluster.zip(id).expect("the ARN of a container instance");
        self.change(|tx| {
            assert!(tx.edit::<ContainerInstance>(&key, |i| i.agent_connected = connected));
        });
    }

    /// One task of a task definition; its ARN.
    fn task(&mut self, definition: &str) -> String {
        let answer = self.ok("RunTask", json!({"taskDefinition": definition}));
        text(&answer["tasks"][0]["taskArn"])
    }

    /// The agent says that the task is RUNNING or STOPPED.
    fn report(&mut self, task: &str, status: &str) {
        let container = json!({"containerName": "app", "status": status, "exitCode": 0});
        let input = json!({"task": task, "status": status, "containers": [container]});
        let answer = self.ok("SubmitTaskStateChange", input);
        assert_eq!(answer, json!({"acknowledgment": "ACK"}));
    }

    /// The only element of a list in the answer to a call.
    fn one(&mut self, operation: &str, input: Value, list: &str) -> Value {
        let answer = self.ok(operation, input);
        match answer[list].as_array().map(Vec::as_slice) {
            Some([one]) => one.clone(),
            _ => panic!("{operation} answered {answer}"),
        }
    }

    /// All pages of a list, of `size` each, and how many pages there were.
    fn pages(
        &mut self,
        operation: &str,
        input: &Value,
        list: &str,
        size: usize,
    ) -> (Vec<Value>, usize) {
        let (mut all, mut count, mut token) = (Vec::new(), 0, Value::Null);
        loop {
            let page = json!({"maxResults": size, "nextToken": token});
            let answer = self.ok(operation, patched(input, page));
            let items = answer[list].as_array().cloned().unwrap_or_default();
            assert!(items.len() <= size, "{answer}");
            all.extend(items);
            count += 1;
            token = answer["nextToken"].clone();
            if token.is_null() {
                return (all, count);
            }
        }
    }
}

#[track_caller]
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// `base` with the members of `patch` in place of its own; `null` takes one away.
fn patched(base: &Value, patch: Value) -> Value {
    let mut all = base.clone();
    let Value::Object(patch) = patch else { return all };
    for (name, value) in patch {
        match value {
            Value::Null => drop(all.as_object_mut().and_then(|members| members.remove(&name))),
            value => all[name] = value,
        }
    }
    all
}

/// What is expected must be there; members that are not named may be anything, elements of a list not.
#[track_caller]
fn has(actual: &Value, expected: Value) {
    if let Err(path) = holds(actual, &expected) {
        panic!("{path}\nin {actual:#}\nexpected {expected:#}");
    }
}

fn holds(actual: &Value, expected: &Value) -> Result<(), String> {
    match (actual, expected) {
        (Value::Object(have), Value::Object(want)) => want.iter().try_for_each(|(name, value)| {
            let own = have.get(name).unwrap_or(&Value::Null);
            holds(own, value).map_err(|path| format!(".{name}{path}"))
        }),
        (Value::Array(have), Value::Array(want)) if have.len() == want.len() => {
            let mut pairs = have.iter().zip(want).enumerate();
            pairs.try_for_each(|(at, (own, value))| {
                holds(own, value).map_err(|path| format!("[{at}]{path}"))
            })
        }
        (have, want) if have == want => Ok(()),
        (have, want) => Err(format!(" is {have}, not {want}")),
    }
}
