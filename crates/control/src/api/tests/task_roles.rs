//! What an agent is given of the roles of its tasks.

use model::iam::SessionOf;
use serde_json::json;
use session_wire::acs::{Down, RoleCredentials};

use super::{World, world};
use crate::{
    authority::tokens,
    session::{InstanceKey, outbox::Outbox},
    signed,
};

const HOUR_MS: i64 = 3_600_000;

/// A world with a task that has both roles, and the container instance that it is on.
fn with_roles() -> (World, InstanceKey) {
    let mut world = world();
    let mut cx = world.cx();
    world.change(|tx| {
        tokens::rotate(tx, &mut cx);
        tx.put(signed::role("app", &[]));
        tx.put(signed::role("execution", &[]));
    });
    let capability = |name: &str| json!({"name": format!("com.amazonaws.ecs.capability.{name}")});
    let attributes = [capability("docker-remote-api.1.18"), capability("task-iam-role")];
    world.container_instance(json!({"attributes": attributes}));
    let container = json!({"name": "app", "image": "busybox", "memory": 100});
    let definition = json!({
        "family": "web", "containerDefinitions": [container],
        "taskRoleArn": "arn:aws:iam::000000000000:role/app",
        "executionRoleArn": "arn:aws:iam::000000000000:role/execution",
    });
    world.ok("RegisterTaskDefinition", definition);
    world.task("web");
    let state = world.state();
    let instance = state.container_instances().iter().next().expect("the container instance");
    let key = (instance.cluster.clone(), instance.id);
    (world, key)
}

/// What an agent is told: credentials of the task role, and of the execution role.
fn told(world: &mut World, outbox: &mut Outbox, key: &InstanceKey) -> Vec<RoleCredentials> {
    let (state, mut cx) = (world.state(), world.cx());
    let messages = outbox.messages(&state, &mut cx, key);
    let given = messages.into_iter().flat_map(|message| match message {
        Down::Payload(payload) => {
            let task = payload.tasks.into_iter().next().expect("a task");
            vec![task.role_credentials, task.execution_role_credentials]
        }
        Down::RoleCredentials(message) => vec![message.role_credentials],
        other => panic!("{other:?}"),
    });
    given.flatten().collect()
}

#[test]
fn an_agent_gets_credentials_with_the_task_and_new_ones_half_way_to_their_end() {
    let (mut world, key) = with_roles();
    let mut outbox = Outbox::default();
    let first = told(&mut world, &mut outbox, &key);
    let roles: Vec<_> = first.iter().map(|it| it.role_arn.rsplit('/').next()).collect();
    assert_eq!(roles, [Some("app"), Some("execution")]);
    assert_ne!(first[0].credentials_id, first[1].credentials_id);
    let task = world.state().tasks().iter().next().expect("the task").clone();
    let open = |world: &World, it: &RoleCredentials| {
        let vault = &world.settings.vault;
        tokens::open(&world.state(), vault, &it.access_key_id, &it.session_token)
            .expect("a session")
    };
    let claims = open(&world, &first[0]).claims;
    let arn = world.settings.home.task_arn(&task.cluster, task.id);
    assert_eq!(claims.task, Some(arn));
    let session_name = task.id.to_string();
    assert_eq!(claims.of, SessionOf::Role { role: "app".into(), session_name });
    assert_eq!(claims.expires_at, world.now.plus_ms(6 * HOUR_MS));

    assert_eq!(told(&mut world, &mut outbox, &key), [], "nothing is new");
    assert_eq!(outbox.due(), Some(world.now.plus_ms(3 * HOUR_MS)));
    world.pass_ms(3 * HOUR_MS);
    let second = told(&mut world, &mut outbox, &key);
    let ids = |given: &[RoleCredentials]| {
        given.iter().map(|it| it.credentials_id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&second), ids(&first), "containers find them under the same ids");
    assert_ne!(second[0].access_key_id, first[0].access_key_id);
    assert_eq!(open(&world, &second[0]).claims.expires_at, world.now.plus_ms(6 * HOUR_MS));
    assert_eq!(outbox.due(), Some(world.now.plus_ms(3 * HOUR_MS)));

    let again = told(&mut world, &mut Outbox::default(), &key);
    assert_eq!(ids(&again), ids(&first), "a new session tells all once more");
}

#[test]
fn a_role_that_is_gone_gives_no_credentials() {
    let (mut world, key) = with_roles();
    world.change(|tx| drop(tx.delete::<model::iam::Role>(&"app".to_owned())));
    let given = told(&mut world, &mut Outbox::default(), &key);
    let roles: Vec<_> = given.iter().map(|it| it.role_arn.rsplit('/').next()).collect();
    assert_eq!(roles, [Some("execution")]);
}
