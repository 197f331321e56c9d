//! The handlers of IAM as a caller sees them, and whatever calls come, in whatever order.

use std::sync::Arc;

use model::Timestamp;
use rand_chacha::{ChaCha8Rng, rand_core::SeedableRng};
use rand_core::Rng;
use serde_json::{Value, json};
use store::{Core, PolicyUse, State, UpdateError, engine::Memory};
use wire::{Error, Op, awsjson, iam::Operation};

use super::{
    iam::{self, seed::seed},
    sts,
};
use crate::{
    Cx, Principal, Settings,
    api::dispatch::{Caller, Read, Write},
};

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
const LOOK: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecs:Describe*","Resource":"*"}]}"#;
const EXECUTION: &str = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

struct World {
    core: Core,
    settings: Arc<Settings>,
    /// How many contexts were made: the seed of the next.
    seed: u64,
}

struct Request<'a> {
    world: &'a mut World,
    input: &'a Value,
}

impl Caller for Request<'_> {
    type Answer = Result<Value, Error>;

    fn read<O: Op>(self, handler: Read<O>) -> Result<Value, Error> {
        let input = awsjson::decode_input::<O>(self.input.to_string().as_bytes())?;
        let mut cx = self.world.cx();
        handler(&self.world.core.snapshot(), &mut cx, input).map(|output| json!(output))
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
    fn new() -> World {
        let core = Core::open(Box::new(Memory::new())).expect("a new engine opens");
        let settings = Arc::new(Settings::new("http://127.0.0.1:6440"));
        let mut world = World { core, settings, seed: 0 };
        world.start();
        world
    }

    /// What the control plane does when it starts.
    fn start(&mut self) {
        let mut cx = self.cx();
        let started: Result<(), UpdateError<()>> = self.core.update(|tx| {
            seed(tx, &mut cx);
            Ok(())
        });
        started.expect("the engine takes it");
    }

    fn cx(&mut self) -> Cx {
        self.seed += 1;
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.seed.to_le_bytes());
        let principal = Principal::new("arn:aws:iam::000000000000:user/ada");
        Cx::new(Timestamp(1_700_000_000_000), principal, self.settings.clone(), seed)
    }

    fn call(&mut self, operation: &str, input: &Value) -> Result<Value, Error> {
        let operation = Operation::from_name(operation).expect("an operation of IAM");
        iam::dispatch::handler(operation, Request { world: self, input })
    }

    #[track_caller]
    fn ok(&mut self, operation: &str, input: Value) -> Value {
        let answer = self.call(operation, &input);
        answer.unwrap_or_else(|error| panic!("{operation} {input} was refused: {error}"))
    }

    #[track_caller]
    fn refused(&mut self, operation: &str, input: Value, code: &str) {
        match self.call(operation, &input) {
            Ok(answer) => panic!("{operation} {input} was not refused: {answer}"),
            Err(error) => assert_eq!(error.code.query_name(), code, "{}", error.message),
        }
    }
}

#[test]
fn what_ecs_expects_is_made_once() {
    let mut world = World::new();
    let role = json!({"RoleName": "ecsTaskExecutionRole"});
    world.ok("GetRole", role.clone());
    world.start();
    let detach = json!({"RoleName": "ecsTaskExecutionRole", "PolicyArn": EXECUTION});
    world.ok("DetachRolePolicy", detach);
    world.ok("DeleteRole", role.clone());
    world.start();
    world.refused("GetRole", role, "NoSuchEntity");
    world.ok("GetRole", json!({"RoleName": "ecsInstanceRole"}));
}

#[test]
fn a_renamed_user_keeps_its_keys_and_policies() {
    let mut world = World::new();
    world.ok("CreateUser", json!({"UserName": "bob"}));
    let key = world.ok("CreateAccessKey", json!({"UserName": "bob"}));
    let id = key["AccessKey"]["AccessKeyId"].clone();
    world.ok("AttachUserPolicy", json!({"UserName": "bob", "PolicyArn": EXECUTION}));
    world.ok("UpdateUser", json!({"UserName": "bob", "NewUserName": "Bob"}));
    world.ok("UpdateUser", json!({"UserName": "Bob", "NewUserName": "eve"}));
    let used = world.ok("GetAccessKeyLastUsed", json!({"AccessKeyId": id}));
    assert_eq!(used["UserName"], "eve");
    let of = world.ok("ListEntitiesForPolicy", json!({"PolicyArn": EXECUTION}));
    assert_eq!(of["PolicyUsers"][0]["UserName"], "eve");
    world.refused("GetUser", json!({"UserName": "bob"}), "NoSuchEntity");
}

#[test]
fn a_list_goes_on_where_it_was_cut() {
    let mut world = World::new();
    for name in ["anna", "Bert", "cleo", "dora", "emil"] {
        world.ok("CreateUser", json!({"UserName": name}));
    }
    let first = world.ok("ListUsers", json!({"MaxItems": 2}));
    assert_eq!(
        (&first["IsTruncated"], &first["Users"][1]["UserName"]),
        (&json!(true), &json!("Bert"))
    );
    world.ok("DeleteUser", json!({"UserName": "Bert"}));
    let rest = world.ok("ListUsers", json!({"MaxItems": 9, "Marker": first["Marker"]}));
    assert_eq!(
        (&rest["IsTruncated"], &rest["Users"][0]["UserName"]),
        (&json!(false), &json!("cleo"))
    );
    let wrong = json!({"Marker": "nonsense"});
    world.refused("ListUsers", wrong, "ValidationError");
}

#[test]
fn a_user_is_told_who_it_is() {
    let mut world = World::new();
    let ask = |world: &mut World| {
        let input = &json!({});
        sts::dispatch::handler(wire::sts::Operation::GetCallerIdentity, Request { world, input })
    };
    let error = ask(&mut world).expect_err("there is no such user yet");
    assert_eq!(error.code.query_name(), "InvalidClientTokenId");
    let made = world.ok("CreateUser", json!({"UserName": "ada"}));
    let told = ask(&mut world).expect("the user is there");
    assert_eq!(told["UserId"], made["User"]["UserId"]);
    assert_eq!(told["Arn"], "arn:aws:iam::000000000000:user/ada");
}

#[test]
fn a_simulation_has_a_limit() {
    let mut world = World::new();
    let actions: Vec<String> = (0..101).map(|number| format!("ecs:Do{number}")).collect();
    let input = |resources: usize| {
        let resources: Vec<String> = (0..resources).map(|number| format!("arn:{number}")).collect();
        json!({"PolicyInputList": [LOOK], "ActionNames": actions, "ResourceArns": resources})
    };
    world.ok("SimulateCustomPolicy", input(99));
    world.refused("SimulateCustomPolicy", input(100), "InvalidInput");
}

const NAMES: [&str; 4] = ["ann", "Ann", "ben", "cas"];

fn policy_arn(name: &str) -> String {
    format!("arn:aws:iam::000000000000:policy/{name}")
}

/// A call with names of things that are there more often than not.
fn any_call(dice: &mut ChaCha8Rng) -> (Operation, Value) {
    let mut below = |end: usize| (dice.next_u64() % end as u64) as usize;
    let operation = Operation::ALL[below(Operation::ALL.len())];
    let name = NAMES[below(NAMES.len())];
    let arns = [policy_arn(name), policy_arn(NAMES[below(NAMES.len())]), EXECUTION.to_owned()];
    let arn = arns[below(3)].clone();
    let document = if operation.name().contains("Assume") || operation == Operation::CreateRole {
        TRUST
    } else {
        LOOK
    };
    let members = [
        ("UserName", json!(name)),
        ("NewUserName", json!(NAMES[below(NAMES.len())])),
        ("RoleName", json!(name)),
        ("InstanceProfileName", json!(name)),
        ("PolicyName", json!(NAMES[below(NAMES.len())])),
        ("PolicyArn", json!(arn)),
        ("PolicySourceArn", json!(format!("arn:aws:iam::000000000000:role/{name}"))),
        ("PolicyDocument", json!(document)),
        ("AssumeRolePolicyDocument", json!(TRUST)),
        ("PolicyInputList", json!([LOOK])),
        ("ActionNames", json!(["ecs:RunTask"])),
        ("PermissionsBoundary", json!(arn)),
        ("VersionId", json!(format!("v{}", 1 + below(4)))),
        ("SetAsDefault", json!(below(2) == 0)),
        ("AccountAlias", json!(["dock", "pier"][below(2)])),
        ("AccessKeyId", json!("AKIAIOSFODNN7EXAMPLE")),
        ("Status", json!("Inactive")),
        ("Tags", json!([{"Key": name, "Value": "x"}])),
        ("TagKeys", json!([name])),
    ];
    let wire::schema::Shape::Structure(shapes) = operation.input_schema() else {
        panic!("an input is a structure")
    };
    let mut wanted = |member: &&(&str, Value)| {
        shapes.iter().any(|shape| shape.name == member.0 && (shape.required || below(2) == 0))
    };
    let input = members.iter().filter(|member| wanted(member));
    (operation, input.map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

fn check(state: &State) {
    assert!(state.is_indexed_rightly());
    for user in state.users().iter() {
        assert!(state.access_keys_of(&user.name).count() <= 2);
    }
    for key in state.access_keys().iter() {
        assert!(state.users().iter().any(|user| user.name == key.user), "{}", key.user);
    }
    for profile in state.instance_profiles().iter() {
        let role = profile.role.as_ref();
        assert!(role.is_none_or(|role| state.roles().iter().any(|row| row.name == *role)));
    }
    for policy in state.policies().iter() {
        assert!((1..=5).contains(&policy.versions.len()));
        assert!(!policy.document().is_empty());
    }
    for role in state.roles().iter() {
        assert!(role.permissions.attached.len() <= 10);
        for arn in &role.permissions.attached {
            let is_own = arn.contains(":000000000000:");
            assert!(!is_own || state.policies().iter().any(|it| it.arn("000000000000") == *arn));
            assert!(
                state.roles_with_policy(arn, PolicyUse::Attached).any(|it| it.name == role.name)
            );
        }
    }
}

#[test]
fn no_call_breaks_anything() {
    let mut answered = std::collections::BTreeSet::new();
    for seed in 0..20 {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let mut world = World::new();
        for _ in 0..400 {
            let (operation, input) = any_call(&mut dice);
            let before = world.core.snapshot().revision();
            match world.call(operation.name(), &input) {
                Ok(_) => _ = answered.insert(operation),
                Err(_) => assert_eq!(world.core.snapshot().revision(), before, "{operation:?}"),
            }
        }
        check(&world.core.snapshot());
    }
    let never: Vec<_> =
        Operation::ALL.iter().filter(|operation| !answered.contains(operation)).collect();
    // They need the id of a key that was made.
    let with_key =
        [Operation::DeleteAccessKey, Operation::GetAccessKeyLastUsed, Operation::UpdateAccessKey];
    assert_eq!(never, with_key.iter().collect::<Vec<_>>());
}
