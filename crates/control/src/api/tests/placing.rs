//! The index beside the state chooses as the process that looks at every container instance does,
//! through whatever becomes of a cluster.

use std::{collections::BTreeMap, sync::Arc};

use arn::{ClusterName, InstanceId};
use model::{
    LaunchType, PlacementConstraint as Rule, PlacementStrategy as Order, Resources, Usage,
};
use placement::{ClusterView, Constraint, Outcome, Peers, Request, Strategy as Chain};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{World, text, world};
use crate::{place::Cluster, placer::Placer};

/// What may happen to a cluster; numbers choose among what is there.
#[derive(Clone, Debug)]
enum Turn {
    Register { zone: u8, rack: u8 },
    Deregister(usize),
    Connect(usize, bool),
    Drain(usize, bool),
    Rack(usize, Option<u8>),
    Run { family: usize, count: u8, order: usize },
    Refuse(usize),
    Report(usize, bool),
    Stop(usize),
    Scale(u8),
    Restart,
}

fn turn() -> impl Strategy<Value = Turn> {
    let at = any::<usize>;
    prop_oneof![
        2 => (0..3_u8, 0..2_u8).prop_map(|(zone, rack)| Turn::Register { zone, rack }),
        1 => at().prop_map(Turn::Deregister),
        2 => (at(), any::<bool>()).prop_map(|(at, up)| Turn::Connect(at, up)),
        2 => (at(), any::<bool>()).prop_map(|(at, drain)| Turn::Drain(at, drain)),
        2 => (at(), prop::option::of(0..2_u8)).prop_map(|(at, rack)| Turn::Rack(at, rack)),
        6 => (at(), 1..6_u8, at())
            .prop_map(|(family, count, order)| Turn::Run { family, count, order }),
        1 => at().prop_map(Turn::Refuse),
        4 => (at(), any::<bool>()).prop_map(|(at, runs)| Turn::Report(at, runs)),
        2 => at().prop_map(Turn::Stop),
        2 => (0..8_u8).prop_map(Turn::Scale),
        1 => Just(Turn::Restart),
    ]
}

const FAMILIES: [&str; 2] = ["web", "port"];
const ORDERS: [&str; 4] =
    ["attribute:ecs.availability-zone", "instanceId", "attribute:rack", "attribute:none"];

/// A world with its instances and tasks by ARN.
struct Life {
    world: World,
    instances: Vec<String>,
    tasks: Vec<String>,
}

impl Life {
    fn new() -> Self {
        let mut world = world();
        world.task_definition("web");
        let port = json!({"name": "app", "image": "busybox", "memory": 60,
            "portMappings": [{"containerPort": 80, "hostPort": 8080}]});
        world.ok(
            "RegisterTaskDefinition",
            json!({"family": "port", "containerDefinitions": [port]}),
        );
        let service = json!({"serviceName": "s", "taskDefinition": "web", "desiredCount": 0,
            "placementConstraints": [{"type": "memberOf", "expression": "attribute:rack != r1"}]});
        world.ok("CreateService", service);
        Life { world, instances: Vec::new(), tasks: Vec::new() }
    }

    fn turn(&mut self, turn: &Turn) {
        let instance = |at: &usize| self.instances.get(at % self.instances.len().max(1)).cloned();
        let task = |at: &usize| self.tasks.get(at % self.tasks.len().max(1)).cloned();
        match turn {
            Turn::Register { zone, rack } => {
                let attributes = json!([
                    {"name": "ecs.availability-zone", "value": format!("z{zone}")},
                    {"name": "com.amazonaws.ecs.capability.docker-remote-api.1.18"},
                    {"name": "rack", "value": format!("r{rack}")},
                ]);
                let arn = self.world.container_instance(json!({"attributes": attributes}));
                self.instances.push(arn);
            }
            Turn::Deregister(at) => {
                let Some(arn) = instance(at) else { return };
                let input = json!({"containerInstance": arn, "force": true});
                self.world.ok("DeregisterContainerInstance", input);
                self.instances.retain(|other| *other != arn);
            }
            Turn::Connect(at, up) => {
                if let Some(arn) = instance(at) {
                    self.world.connect(&arn, *up);
                }
            }
            Turn::Drain(at, drain) => {
                let Some(arn) = instance(at) else { return };
                let status = if *drain { "DRAINING" } else { "ACTIVE" };
                let input = json!({"containerInstances": [arn], "status": status});
                self.world.ok("UpdateContainerInstancesState", input);
            }
            Turn::Rack(at, rack) => {
                let Some(arn) = instance(at) else { return };
                let (operation, value) = match rack {
                    Some(rack) => ("PutAttributes", json!(format!("r{rack}"))),
                    None => ("DeleteAttributes", Value::Null),
                };
                let attribute = json!({"name": "rack", "targetId": arn, "value": value});
                let _ = self.world.call(operation, &json!({"attributes": [attribute]}));
            }
            Turn::Run { family, count, order } => self.run(*family, *count, *order),
            // A transaction that places and is then thrown away.
            Turn::Refuse(family) => {
                let input = json!({"taskDefinition": FAMILIES[family % 2]});
                let input = serde_json::from_value(input).expect("an input");
                let mut cx = self.world.cx();
                let refused: Result<(), _> = self.world.core.update(|tx| {
                    let _ = super::super::run_task(tx, &mut cx, input);
                    Err(())
                });
                assert!(refused.is_err());
            }
            Turn::Report(at, runs) => {
                if let Some(arn) = task(at) {
                    self.world.report(&arn, if *runs { "RUNNING" } else { "STOPPED" });
                }
            }
            Turn::Stop(at) => {
                if let Some(arn) = task(at) {
                    let _ = self.world.call("StopTask", &json!({"task": arn}));
                }
            }
            Turn::Scale(count) => {
                self.world.ok("UpdateService", json!({"service": "s", "desiredCount": count}));
                self.world.reconcile();
            }
            Turn::Restart => {
                // The companions go with the writer; the next placement makes them anew.
                let panicked: Result<(), store::UpdateError<()>> =
                    self.world.core.update(|_| std::panic::resume_unwind(Box::new("restart")));
                assert!(panicked.is_err());
            }
        }
    }

    fn run(&mut self, family: usize, count: u8, order: usize) {
        let input = json!({
            "taskDefinition": FAMILIES[family % 2],
            "count": count,
            "placementStrategy": [{"type": "spread", "field": ORDERS[order % 4]}],
        });
        if let Ok(answer) = self.world.call("RunTask", &input) {
            let tasks = answer["tasks"].as_array().into_iter().flatten();
            self.tasks.extend(tasks.map(|task| text(&task["taskArn"])));
        }
    }

    /// The index has what the state has, and chooses one of the equally good.
    fn compare(&mut self, seed: u64) {
        let compared: Result<(), store::UpdateError<()>> = self.world.core.update(|tx| {
            let cluster: ClusterName = "default".parse().expect("a name");
            for request in requests() {
                let chosen = tx.companion::<Placer>().of_cluster(&cluster).place(&request, seed);
                let view = Cluster { state: tx, name: &cluster };
                let survey = placement::survey(&view, &request, seed);
                let is_best =
                    |outcome: &Outcome| matches!(outcome, Outcome::Fits { lost_at: None, .. });
                let best = survey.instances.iter().filter(|(_, outcome)| is_best(outcome));
                let best: Vec<InstanceId> = best.map(|(id, _)| *id).collect();
                match chosen {
                    Ok(placement) => assert!(best.contains(&placement.instance), "{request:?}"),
                    Err(why) => {
                        assert_eq!(best, [], "{request:?}");
                        assert_eq!(Err(why), placement::place(&view, &request, seed));
                    }
                }
            }
            let of_state = usages(&Cluster { state: tx, name: &cluster });
            let of_index = tx.companion::<Placer>().index(&cluster).map(usages);
            assert_eq!(of_index.unwrap_or_default(), of_state);
            Ok(())
        });
        compared.expect("nothing is refused");
    }
}

fn usages(view: &impl ClusterView) -> BTreeMap<InstanceId, Usage> {
    view.instances().map(|(instance, usage)| (instance.id, usage.into_owned())).collect()
}

/// Requests of every kind, among them those that turns make.
fn requests() -> Vec<Arc<Request>> {
    let spread = |field: &str| Order::Spread { field: field.into() };
    let binpack = Order::Binpack { field: "memory".into() };
    let member_of = |text: &str| Rule::MemberOf { expression: text.into() };
    let kinds: [(Vec<Order>, Vec<Rule>); 6] = [
        (vec![], vec![]),
        (vec![spread("attribute:ecs.availability-zone"), spread("instanceId")], vec![]),
        (vec![binpack.clone()], vec![member_of("attribute:rack == r0")]),
        (vec![spread("attribute:rack"), binpack], vec![Rule::DistinctInstance]),
        (vec![spread("instanceId")], vec![member_of("task:group != family:port")]),
        (vec![spread("instanceId")], vec![member_of("runningTasksCount < 2")]),
    ];
    let mut needs = Resources::new(10, 100);
    let request = |(at, (orders, rules)): (usize, &(Vec<Order>, Vec<Rule>))| {
        if at == 3 {
            needs.tcp_ports.insert(8080);
        }
        Arc::new(Request {
            needs: needs.clone(),
            requires_attributes: Vec::new(),
            constraints: Constraint::parse_all(&[], rules).expect("constraints"),
            strategies: Chain::parse_all(orders).expect("strategies"),
            peers: Peers::Group(format!("family:{}", FAMILIES[at % 2])),
            launch_type: LaunchType::Ec2,
        })
    };
    kinds.iter().enumerate().map(request).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_index_chooses_as_the_whole_process_does_through_a_clusters_life(
        turns in prop::collection::vec(turn(), 1..60),
        seed in any::<u64>(),
    ) {
        let mut life = Life::new();
        life.turn(&Turn::Register { zone: 0, rack: 0 });
        life.turn(&Turn::Register { zone: 1, rack: 1 });
        for turn in turns {
            life.turn(&turn);
            life.compare(seed);
        }
    }
}
