//! Plans over a cluster of one instance with room for five tasks, four of which are there.

use serde_json::{Value, json};
use store::{Core, engine::Memory};

use super::*;
use crate::{Principal, Settings, reconcile};

fn typed<T: serde::de::DeserializeOwned>(input: Value) -> T {
    serde_json::from_value(input).expect("an input")
}

fn register(tx: &mut Tx, cx: &mut Cx, memory_mib: i32) -> Result<(), Error> {
    let container = json!({"name": "app", "image": "busybox", "memory": memory_mib});
    let definition = typed(json!({"family": "web", "containerDefinitions": [container]}));
    api::register_task_definition(tx, cx, definition).map(drop)
}

/// A service of four tasks that is steady, and a revision 2 of its family that needs so much memory.
struct World {
    core: Core,
    cx: Cx,
}

impl World {
    fn new(memory_mib: i32) -> World {
        let mut settings = Settings::new("http://127.0.0.1:6440");
        settings.settle_ms = 0;
        let principal = Principal::new("arn:aws:iam::000000000000:root");
        let now = model::Timestamp(1_700_000_000_000);
        let mut world = World {
            core: Core::open(Box::new(Memory::new())).expect("a new engine opens"),
            cx: Cx::new(now, principal, settings.into(), [7; 32]),
        };
        let resource = |name| json!({"name": name, "type": "INTEGER", "integerValue": 500});
        let instance = json!({"totalResources": [resource("CPU"), resource("MEMORY")],
            "attributes": [{"name": "com.amazonaws.ecs.capability.docker-remote-api.1.18"}]});
        let service = json!({"serviceName": "web", "taskDefinition": "web", "desiredCount": 4});
        world.change(|tx, cx| {
            api::create_cluster(tx, cx, ecs::CreateClusterRequest::default())?;
            api::register_container_instance(tx, cx, typed(instance))?;
            let instance = tx.container_instances().iter().next().cloned().expect("it registered");
            let key = (instance.cluster.clone(), instance.id);
            tx.edit::<model::ContainerInstance>(&key, |it| it.agent_connected = true);
            register(tx, cx, 100)?;
            api::create_service(tx, cx, typed(service)).map(drop)
        });
        world.reconcile();
        world.cx.now = world.cx.now.plus_ms(2_000);
        world.change(|tx, cx| {
            let tasks: Vec<_> = tx.tasks().iter().map(|task| task.id.to_string()).collect();
            tasks.into_iter().try_for_each(|task| {
                let container = json!({"containerName": "app", "status": "RUNNING"});
                let report = json!({"task": task, "status": "RUNNING", "containers": [container]});
                api::submit_task_state_change(tx, cx, typed(report)).map(drop)
            })
        });
        world.reconcile();
        world.change(|tx, cx| register(tx, cx, memory_mib));
        world
    }

    fn change(&mut self, change: impl FnOnce(&mut Tx, &mut Cx) -> Result<(), Error>) {
        let World { core, cx } = self;
        core.update(|tx| change(tx, cx)).expect("it is taken");
    }

    fn reconcile(&mut self) {
        let name = "web".parse().expect("a name");
        let key = reconcile::Key::Service("default".parse().expect("a name"), name);
        for _ in 0..3 {
            self.change(|tx, cx| {
                reconcile::run(tx, cx, &key);
                Ok(())
            });
        }
    }

    /// The plan for revision 2 with these percentages; nothing may have changed by it.
    fn plan(&mut self, minimum: u32, maximum: u32) -> RolloutPlan {
        let asked = Asked {
            cluster: "default".into(),
            service: "web".into(),
            task_definition: Some("web:2".into()),
            minimum_healthy_percent: Some(minimum),
            maximum_percent: Some(maximum),
            desired_count: None,
        };
        let before = self.core.snapshot();
        let plan = plan(&before, &mut self.cx, &asked).expect("it can be planned");
        assert!(*self.core.snapshot() == *before, "nothing was written");
        plan
    }
}

fn frames(plan: &RolloutPlan) -> Vec<String> {
    let line = |frame: &PlanFrame| {
        format!("{} {}+{}", frame.after_ms, frame.old.wanted(), frame.new.wanted())
    };
    plan.frames.iter().map(line).collect()
}

#[test]
fn room_for_one_more_makes_the_rollout_go_one_by_one() {
    let plan = World::new(100).plan(100, 200);
    assert_eq!((plan.from.as_str(), plan.to.as_str()), ("web:1", "web:2"));
    assert_eq!((plan.pace.start.ms, plan.pace.start.seen_count), (2_000, 4), "as they took");
    assert_eq!(plan.pace.stop.seen_count, 0, "none was seen to stop");
    let expected = [
        "0 4+1",
        "2000 3+1",
        "3000 3+2",
        "5000 2+2",
        "6000 2+3",
        "8000 1+3",
        "9000 1+4",
        "11000 0+4",
        "12000 0+4",
    ];
    assert_eq!(frames(&plan), expected);
    assert_eq!((plan.end, plan.duration_ms), (PlanEnd::Steady, Some(12_000)));
}

#[test]
fn without_room_it_says_what_is_lacking_and_what_would_help() {
    let plan = World::new(101).plan(100, 200);
    assert_eq!(plan.end, PlanEnd::NoRoom, "{plan:?}");
    assert_eq!(plan.obstacles.len(), 1);
    assert_eq!(plan.obstacles[0].lacks, "101 MiB of memory asked, 100 free");
    let remedies: Vec<(&str, u32)> =
        plan.remedies.iter().map(|it| (it.member.as_str(), it.value)).collect();
    assert_eq!(remedies, [("minimumHealthyPercent", 75), ("desiredCount", 3)]);
}

#[test]
fn what_fits_nowhere_is_helped_by_nothing() {
    let plan = World::new(501).plan(50, 200);
    assert_eq!(plan.end, PlanEnd::NoRoom, "{plan:?}");
    assert_eq!(plan.obstacles[0].lacks, "501 MiB of memory asked, 300 free", "two may stop");
    assert_eq!(plan.remedies, []);
}

#[test]
fn percentages_that_allow_no_move_are_told_with_those_that_do() {
    let plan = World::new(100).plan(100, 101);
    assert_eq!(plan.end, PlanEnd::Stuck, "{plan:?}");
    let reason = plan.reason.unwrap_or_default();
    assert!(reason.contains("no move is possible"), "{reason}");
    let remedies: Vec<(&str, u32)> =
        plan.remedies.iter().map(|it| (it.member.as_str(), it.value)).collect();
    assert_eq!(remedies[..2], [("maximumPercent", 125), ("minimumHealthyPercent", 75)]);
}

#[test]
fn a_lifecycle_hook_is_waited_for_and_no_setting_answers_it() {
    let mut world = World::new(100);
    let hook = json!({"targetType": "PAUSE", "lifecycleStages": ["PRE_SCALE_UP"]});
    let configuration = json!({"strategy": "BLUE_GREEN", "lifecycleHooks": [hook]});
    let update = json!({"service": "web", "deploymentConfiguration": configuration});
    world.change(|tx, cx| api::update_service(tx, cx, typed(update)).map(drop));
    let plan = world.plan(100, 100);
    assert_eq!((plan.end, plan.remedies), (PlanEnd::Stuck, vec![]));
    let reason = plan.reason.unwrap_or_default();
    assert!(reason.contains("PRE_SCALE_UP") && !reason.contains("ecs-pause-"), "{reason}");
    assert_eq!(plan.ceiling, 8, "both revisions are kept whole");
}

#[test]
fn what_an_update_refuses_a_plan_refuses_too() {
    let mut world = World::new(100);
    let asked = Asked { cluster: "default".into(), service: "web".into(), ..Asked::default() };
    let none = Asked { task_definition: Some("web:9".into()), ..asked.clone() };
    let state = world.core.snapshot();
    let refused = plan(&state, &mut world.cx, &none).expect_err("there is no such revision");
    assert_eq!(refused.message, "TaskDefinition not found.");
    let read = |query: &str| read(query, asked.clone());
    let many = read("taskDefinition=web%3A2&maximumPercent=150").expect("it is right");
    assert_eq!(many.task_definition.as_deref(), Some("web:2"));
    assert_eq!(many.maximum_percent, Some(150));
    for wrong in ["desiredCount=some", "desiredCount=4294967295", "tasks=4"] {
        let refused = read(wrong).expect_err("it is wrong");
        assert_eq!(refused.code.name(), "InvalidParameterException", "{wrong}");
    }
}
