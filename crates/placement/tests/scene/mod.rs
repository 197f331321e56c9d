//! Random clusters, requests and changes.
#![allow(dead_code, reason = "each test file uses its part")]

use arn::{InstanceId, TaskId};
use model::{
    Attribute, ContainerInstanceStatus, DesiredStatus, LaunchType, PlacementConstraint,
    PlacementStrategy, Resources, Task, TaskStatus, Timestamp,
};
use placement::{Constraint, Request, Strategy as Chain};
use proptest::{prelude::*, sample::select};

use crate::cluster::{Cluster, instance, peers, set_attribute, task};

pub const NOW: Timestamp = Timestamp(5_000);
const PEERS: [&str; 4] = ["service:web", "service:db", "batch", "service:cron"];
const ZONES: [Option<&str>; 4] = [Some("a"), Some("b"), Some("c"), None];
const STACKS: [Option<&str>; 3] = [Some("prod"), Some("beta"), None];

/// Anything that happens to a cluster.
#[derive(Clone, Debug)]
pub enum Change {
    Place { request: usize, seed: u64 },
    Stop { task: usize },
    Forget { task: usize },
    Advance { task: usize },
    Drain { instance: usize },
    Activate { instance: usize },
    Disconnect { instance: usize, connected: bool },
    Stack { instance: usize, stack: Option<&'static str> },
    Zone { instance: usize, zone: Option<&'static str> },
    Deregister { instance: usize },
    Register { cpu_units: i64, memory_mib: i64, zone: Option<&'static str> },
}

pub fn change() -> impl Strategy<Value = Change> {
    let index = || any::<prop::sample::Index>().prop_map(|i| i.index(1000));
    prop_oneof![
        12 => (index(), any::<u64>()).prop_map(|(request, seed)| Change::Place { request, seed }),
        3 => index().prop_map(|task| Change::Stop { task }),
        3 => index().prop_map(|task| Change::Forget { task }),
        2 => index().prop_map(|task| Change::Advance { task }),
        1 => index().prop_map(|instance| Change::Drain { instance }),
        1 => index().prop_map(|instance| Change::Activate { instance }),
        1 => (index(), any::<bool>())
            .prop_map(|(instance, connected)| Change::Disconnect { instance, connected }),
        1 => (index(), select(STACKS.to_vec()))
            .prop_map(|(instance, stack)| Change::Stack { instance, stack }),
        1 => (index(), select(ZONES.to_vec()))
            .prop_map(|(instance, zone)| Change::Zone { instance, zone }),
        1 => index().prop_map(|instance| Change::Deregister { instance }),
        1 => (0_i64..16, 0_i64..16, select(ZONES.to_vec())).prop_map(|(cpu, mem, zone)| {
            Change::Register { cpu_units: cpu * 128, memory_mib: mem * 128, zone }
        }),
    ]
}

pub fn cluster() -> impl Strategy<Value = Cluster> {
    let one = (
        (0_i64..16, 0_i64..16, 0_usize..3),
        select(ZONES.to_vec()),
        select(STACKS.to_vec()),
        prop::bool::weighted(0.1),
        prop::bool::weighted(0.9),
    );
    let instances = prop::collection::vec(one, 0..12).prop_map(|all| {
        let mut cluster = Cluster::default();
        for (i, ((cpu, mem, gpus), zone, stack, draining, connected)) in all.into_iter().enumerate()
        {
            let id = InstanceId(i as u128 * 0x9e37_79b9_7f4a_7c15 + 1);
            let mut instance = instance(id, Resources::new(cpu * 128, mem * 128));
            instance.registered.tcp_ports.insert(22);
            instance.registered.gpus = (0..gpus).map(|g| format!("GPU-{g}")).collect();
            instance.agent_connected = connected;
            if draining {
                instance.status = ContainerInstanceStatus::Draining;
            }
            set(&mut instance, "az", zone);
            set(&mut instance, "stack", stack);
            cluster.instances.push((instance, model::Usage::default()));
        }
        cluster
    });
    let tasks = prop::collection::vec(
        (any::<prop::sample::Index>(), 0_usize..4, 0_i64..4, 0_i64..4, 0_u8..6),
        0..20,
    );
    (instances, tasks).prop_map(|(mut cluster, tasks)| {
        for (at, of, cpu, mem, state) in tasks {
            // Tasks without an instance are in PROVISIONING.
            let home = match cluster.instances.len() {
                0 => None,
                n => Some(cluster.instances[at.index(n)].0.id),
            };
            let id = TaskId(cluster.tasks.len() as u128 + 1);
            let mut task = task(id, home, &peers(PEERS[of]), PEERS[of]);
            task.reserved = Resources::new(cpu * 64, mem * 64);
            put_in_state(&mut task, state);
            cluster.tasks.push(task);
        }
        cluster.count();
        cluster
    })
}

fn put_in_state(task: &mut Task, state: u8) {
    match state {
        0 => task.last_status = TaskStatus::Pending,
        1 => task.desired_status = DesiredStatus::Stopped,
        2 => task.last_status = TaskStatus::Stopped,
        3 => task.protected_until = Some(NOW.plus_ms(1)),
        _ => {}
    }
}

fn set(instance: &mut model::ContainerInstance, name: &str, value: Option<&str>) {
    match value {
        Some(value) => set_attribute(instance, name, value),
        None => instance.attributes.retain(|a| a.name != name),
    }
}

pub fn chain() -> impl Strategy<Value = Vec<Chain>> {
    let one = select(vec![
        PlacementStrategy::Random,
        PlacementStrategy::Spread { field: "attribute:az".into() },
        PlacementStrategy::Spread { field: "attribute:stack".into() },
        PlacementStrategy::Spread { field: "host".into() },
        PlacementStrategy::Binpack { field: "cpu".into() },
        PlacementStrategy::Binpack { field: "memory".into() },
    ]);
    prop::collection::vec(one, 0..4)
        .prop_map(|all| Chain::parse_all(&all).expect("invariant: valid"))
}

fn constraints() -> impl Strategy<Value = Vec<Constraint>> {
    let member_of = |text: &str| PlacementConstraint::MemberOf { expression: text.into() };
    let one = select(vec![
        PlacementConstraint::DistinctInstance,
        member_of("attribute:stack == prod"),
        member_of("attribute:stack != prod"),
        member_of("not(attribute:stack == prod) and attribute:az in [a, b]"),
        member_of("task:group == service:web or attribute:az =~ [bc]"),
        member_of("not(task:group == service:db)"),
        member_of("runningTasksCount < 3"),
        member_of("agentConnected == true"),
    ]);
    prop::collection::vec(one, 0..3)
        .prop_map(|all| Constraint::parse_all(&[], &all).expect("invariant: valid"))
}

pub fn request() -> impl Strategy<Value = Request> {
    let ports = || prop::collection::btree_set(20_u16..26, 0..2);
    let needs = (0_i64..6, 0_i64..6, ports(), ports(), prop::bool::weighted(0.2));
    let attributes = select(vec![
        vec![],
        vec![],
        vec![],
        vec![Attribute::named("az")],
        vec![Attribute::new("stack", "prod")],
    ]);
    (needs, attributes, constraints(), chain(), select(PEERS.to_vec())).prop_map(
        |(
            (cpu, mem, tcp_ports, udp_ports, gpu),
            requires_attributes,
            constraints,
            strategies,
            of,
        )| {
            let mut needs = Resources::new(cpu * 64, mem * 64);
            (needs.tcp_ports, needs.udp_ports) = (tcp_ports, udp_ports);
            needs.gpus = gpu.then(|| "any".to_string()).into_iter().collect();
            Request {
                needs,
                requires_attributes,
                constraints,
                strategies,
                peers: peers(of),
                launch_type: LaunchType::Ec2,
            }
        },
    )
}

/// The task group that a request's tasks have.
pub fn group_of(request: &Request) -> &'static str {
    PEERS.into_iter().find(|word| peers(word) == request.peers).expect("invariant: one of them")
}

impl Cluster {
    /// Does everything but `Place`.
    pub fn apply(&mut self, change: &Change) {
        let (instances, tasks) = (self.instances.len(), self.tasks.len());
        match *change {
            Change::Register { cpu_units, memory_mib, zone } => {
                let id = InstanceId(
                    0xfeed_0000 + self.instances.iter().map(|(i, _)| i.id.0).max().unwrap_or(0),
                );
                let mut new = instance(id, Resources::new(cpu_units, memory_mib));
                set(&mut new, "az", zone);
                self.instances.push((new, model::Usage::default()));
            }
            Change::Stop { task } if tasks > 0 => {
                self.tasks[task % tasks].desired_status = DesiredStatus::Stopped;
            }
            Change::Forget { task } if tasks > 0 => {
                self.tasks[task % tasks].last_status = TaskStatus::Stopped;
            }
            Change::Advance { task } if tasks > 0 => {
                let task = &mut self.tasks[task % tasks];
                task.last_status = task.last_status.max(TaskStatus::Running);
            }
            Change::Drain { instance } if instances > 0 => {
                self.instances[instance % instances].0.status = ContainerInstanceStatus::Draining;
            }
            Change::Activate { instance } if instances > 0 => {
                self.instances[instance % instances].0.status = ContainerInstanceStatus::Active;
            }
            Change::Disconnect { instance, connected } if instances > 0 => {
                self.instances[instance % instances].0.agent_connected = connected;
            }
            Change::Stack { instance, stack } if instances > 0 => {
                set(&mut self.instances[instance % instances].0, "stack", stack);
            }
            Change::Zone { instance, zone } if instances > 0 => {
                set(&mut self.instances[instance % instances].0, "az", zone);
            }
            Change::Deregister { instance } if instances > 0 => {
                let (gone, _) = self.instances.remove(instance % instances);
                self.tasks.retain(|task| task.container_instance != Some(gone.id));
            }
            _ => {}
        }
        self.count();
    }
}
