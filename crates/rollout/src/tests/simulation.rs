//! Services in a world where anything happens, and what must hold all the same.

use alloc::{collections::BTreeSet, format, string::String, vec::Vec};
use arn::{InstanceId, TaskId};
use model::{
    BreakerThreshold, CircuitBreaker, HealthStatus, RolloutState, SchedulingStrategy, TaskStatus,
};
use proptest::prelude::*;

use super::world::{World, cases, service};
use crate::{Host, Phase, Plan, StopCause, Waiting};

/// What happens to a service.
#[derive(Clone, Debug)]
enum Happening {
    /// A pending task runs.
    Run(usize),
    /// A running task reports its health.
    Health(usize, HealthStatus),
    /// A task ends, asked to or not.
    End(usize),
    /// A task is protected for a minute.
    Protect(usize),
    /// Time passes.
    Wait(i64),
    /// UpdateService with another task definition.
    Deploy,
    /// UpdateService with another desired count.
    Scale(u32),
    /// UpdateService with other percentages.
    Percentages(u32, u32),
    /// An instance becomes DRAINING, or ACTIVE again.
    Drain(usize, bool),
    /// An agent is lost, or comes back.
    Disconnect(usize, bool),
}

fn happening() -> impl Strategy<Value = Happening> {
    use Happening::{
        Deploy, Disconnect, Drain, End, Health, Percentages, Protect, Run, Scale, Wait,
    };
    let health = prop_oneof![
        4 => Just(HealthStatus::Healthy),
        1 => Just(HealthStatus::Unhealthy),
        1 => Just(HealthStatus::Unknown),
    ];
    prop_oneof![
        8 => any::<usize>().prop_map(Run),
        8 => (any::<usize>(), health).prop_map(|(task, health)| Health(task, health)),
        4 => any::<usize>().prop_map(End),
        1 => any::<usize>().prop_map(Protect),
        4 => (0..90_000i64).prop_map(Wait),
        1 => Just(Deploy),
        1 => (0..12u32).prop_map(Scale),
        1 => (0..=120u32, 100..=250u32).prop_map(|(min, max)| Percentages(min, max)),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(host, on)| Drain(host, on)),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(host, on)| Disconnect(host, on)),
    ]
}

#[derive(Clone, Debug)]
struct Scene {
    desired: u32,
    min: u32,
    max: u32,
    daemon: bool,
    has_health_check: bool,
    grace_s: u32,
    breaker: Option<(u32, bool)>,
    zone_rebalancing: bool,
    hosts: u128,
}

fn scene() -> impl Strategy<Value = Scene> {
    (
        (0..12u32, 0..=120u32, 100..=250u32, any::<bool>(), any::<bool>()),
        (0..60u32, proptest::option::of((1..6u32, any::<bool>())), any::<bool>(), 1..6u128),
    )
        .prop_map(
            |(
                (desired, min, max, daemon, has_health_check),
                (grace_s, breaker, zone_rebalancing, hosts),
            )| {
                Scene {
                    desired,
                    min,
                    max,
                    daemon,
                    has_health_check,
                    grace_s,
                    breaker,
                    zone_rebalancing,
                    hosts,
                }
            },
        )
}

fn world(scene: &Scene) -> World {
    let mut service = service(scene.desired, scene.min, scene.max);
    if scene.daemon {
        service.scheduling_strategy = SchedulingStrategy::Daemon;
    }
    service.availability_zone_rebalancing = scene.zone_rebalancing;
    service.health_check_grace_period_s = Some(scene.grace_s);
    if let Some((count, rollback)) = scene.breaker {
        service.deployment_configuration.circuit_breaker = CircuitBreaker {
            enable: true,
            rollback,
            threshold: BreakerThreshold::Count(count),
            reset_on_healthy_task: true,
        };
    }
    let mut world = World::new(service);
    world.has_health_check = scene.has_health_check;
    for host in 1..=scene.hosts {
        let zone = Some(format!("zone-{}", host % 3));
        world.hosts.insert(InstanceId(host), (Host::default(), zone));
    }
    world.deploy();
    world
}

fn nth<T: Copy>(of: &[T], index: usize) -> Option<T> {
    (!of.is_empty()).then(|| of[index % of.len()])
}

fn live_where(world: &World, is: impl Fn(&model::Task) -> bool) -> Vec<TaskId> {
    world.tasks.values().filter(|t| t.is_live() && is(t)).map(|t| t.id).collect()
}

fn happen(world: &mut World, what: &Happening) {
    match *what {
        Happening::Run(index) => {
            let pending = live_where(world, |t| t.last_status == TaskStatus::Pending);
            if let Some(id) = nth(&pending, index) {
                world.run(id);
            }
        }
        Happening::Health(index, health) => {
            let checks = world.has_health_check;
            let running = live_where(world, |t| t.last_status == TaskStatus::Running);
            if let Some(id) = nth(&running, index).filter(|_| checks) {
                world.set_health(id, health);
            }
        }
        Happening::End(index) => {
            if let Some(id) = nth(&live_where(world, |_| true), index) {
                world.stopped(id);
            }
        }
        Happening::Protect(index) => {
            let until = world.now.plus_ms(60_000);
            if let Some(id) = nth(&live_where(world, |_| true), index) {
                world.tasks.get_mut(&id).unwrap().protected_until = Some(until);
            }
        }
        Happening::Wait(ms) => world.now = world.now.plus_ms(ms),
        Happening::Deploy => {
            world.deploy();
            world.told.push("UpdateService".into());
        }
        Happening::Scale(count) => {
            if world.service.scheduling_strategy == SchedulingStrategy::Replica {
                world.service.desired_count = count;
            }
        }
        Happening::Percentages(min, max) => {
            let config = &mut world.service.deployment_configuration;
            (config.minimum_healthy_percent, config.maximum_percent) = (min, max);
        }
        Happening::Drain(index, on) => host(world, index).draining = on,
        Happening::Disconnect(index, on) => host(world, index).disconnected = on,
    }
}

fn host(world: &mut World, index: usize) -> &mut Host {
    let count = world.hosts.len();
    &mut world.hosts.values_mut().nth(index % count).unwrap().0
}

/// Plans, checks the plan against the state it was made from, and applies it.
fn checked_step(world: &mut World) -> Plan {
    let before = world.view();
    let phase_of = |id| before.phase(before.tasks.iter().find(|task| task.id == id).unwrap());
    let plan = world.plan();
    let stops_in = |phase| plan.stops.iter().filter(|stop| phase_of(stop.task) == phase).count();
    let stops_healthy = stops_in(Phase::Healthy);
    let strays = plan.stops.iter().filter(|s| s.cause == StopCause::InstanceLeft).count();
    let is_daemon = world.service.scheduling_strategy == SchedulingStrategy::Daemon;
    for stop in &plan.stops {
        let is_protected = world.tasks[&stop.task].is_protected(world.now);
        assert!(
            !is_protected || phase_of(stop.task) == Phase::Unhealthy || {
                let task = &world.tasks[&stop.task];
                task.last_status < TaskStatus::Running
                    && world.service.scheduling_strategy == SchedulingStrategy::Replica
                    && stop.cause == StopCause::InstanceLeft
            }
        );
    }
    world.apply(plan.clone());
    let again = world.plan();
    assert!(again.is_empty(), "not a fixpoint: {plan:?}\nthen {again:?}");

    let desired = u64::from(world.service.desired_count);
    let config = &world.service.deployment_configuration;
    let task_max = desired * u64::from(config.maximum_percent) / 100;
    let counted = if is_daemon { counted_daemon_tasks(world) } else { world.live() };
    assert!(plan.starts.is_empty() || counted as u64 <= task_max, "{counted} > {task_max}");
    let healthy_min =
        (desired * u64::from(config.minimum_healthy_percent)).div_ceil(100).min(desired);
    if stops_healthy > 0 && !(is_daemon && strays > 0) {
        let healthy = world.in_phase(Phase::Healthy).len() as u64;
        assert!(healthy >= healthy_min, "{healthy} < {healthy_min}: {plan:?}");
    }
    if !is_daemon && world.primary().rollout_state != RolloutState::Failed {
        check_not_idle(world, task_max, healthy_min);
    }
    plan
}

/// Nothing that the percentages allow is left undone.
fn check_not_idle(world: &World, task_max: u64, healthy_min: u64) {
    let view = world.view();
    let primary = &world.primary().id;
    let wanted: Vec<_> =
        view.tasks.iter().filter(|task| view.phase(task) != Phase::Stopping).collect();
    let stays = |task: &crate::TaskView| {
        task.deployment == *primary && !task.host.draining && view.phase(task) != Phase::Unhealthy
    };
    let missing =
        world.service.desired_count as usize > wanted.iter().filter(|task| stays(task)).count();
    let is_throttled = world.service.throttle.retry_at.is_some_and(|at| world.now < at);
    assert!(!missing || is_throttled || view.tasks.len() as u64 >= task_max, "no start");
    let count = |phases: &[Phase]| {
        wanted.iter().filter(|task| phases.contains(&view.phase(task))).count() as u64
    };
    let healthy = count(&[Phase::Healthy]);
    let running = count(&[Phase::Healthy, Phase::Warming, Phase::Unhealthy]);
    for task in wanted.iter().filter(|task| task.deployment != *primary || task.host.draining) {
        let is_protected = task.protected_until.is_some_and(|until| world.now < until);
        let may_stop = match view.phase(task) {
            Phase::Pending => true,
            Phase::Healthy => running > healthy_min && healthy > healthy_min,
            _ => running > healthy_min,
        };
        assert!(is_protected || !may_stop, "no stop of {task:?}");
    }
}

fn counted_daemon_tasks(world: &World) -> usize {
    let eligible = |id: &InstanceId| world.hosts.get(id).is_some_and(|(host, _)| !host.draining);
    live_where(world, |t| t.container_instance.as_ref().is_some_and(eligible)).len()
}

/// From now on nothing fails; the service must become steady or say why it cannot.
fn end_well(world: &mut World) {
    for (host, _) in world.hosts.values_mut() {
        host.disconnected = false;
    }
    // An agent that has lost sight of its containers reports them anew.
    for id in live_where(world, |t| t.last_status == TaskStatus::Running) {
        if world.has_health_check && world.tasks[&id].health_status != HealthStatus::Healthy {
            world.set_health(id, HealthStatus::Healthy);
        }
    }
    for _ in 0..2_000 {
        let plan = checked_step(world);
        if plan.is_empty() && !world.arrive() {
            match plan.next_at {
                Some(at) => world.now = at,
                None => return check_end(world, &plan),
            }
        }
    }
    panic!("no end: {:?}\n{:?}", world.plan(), world.service);
}

fn check_end(world: &World, plan: &Plan) {
    let service = &world.service;
    let config = &service.deployment_configuration;
    match &plan.waiting {
        None => {
            assert!(service.steady, "{service:?}");
            assert_eq!(world.live(), service.desired_count as usize);
            assert_eq!(world.in_phase(Phase::Healthy).len(), world.live());
            assert_eq!(service.deployments.len(), 1);
            check_zones(world);
        }
        Some(Waiting::Failed) => {
            assert!(config.circuit_breaker.enable);
            assert_eq!(world.primary().rollout_state, RolloutState::Failed);
        }
        Some(Waiting::Percentages { healthy_min, task_max }) => {
            let desired = service.desired_count;
            assert!(*healthy_min >= desired && *task_max <= desired, "{plan:?} {service:?}");
        }
        Some(other) => panic!("waits for ever: {other}"),
    }
}

/// With rebalancing and room for it, the zones are even.
fn check_zones(world: &World) {
    let service = &world.service;
    let desired = service.desired_count;
    let task_max = desired * service.deployment_configuration.maximum_percent / 100;
    let is_replica = service.scheduling_strategy == SchedulingStrategy::Replica;
    let is_completed = world.primary().rollout_state == RolloutState::Completed;
    let is_on = service.availability_zone_rebalancing && is_replica && is_completed;
    if !is_on || task_max <= desired {
        return;
    }
    let active = world.hosts.values().filter(|(host, _)| !host.draining);
    let zones: BTreeSet<_> = active.map(|(_, zone)| zone.clone()).collect();
    let count =
        |zone: &Option<String>| live_where(world, |task| task.availability_zone == *zone).len();
    let counts: Vec<_> = zones.iter().map(count).collect();
    if let (Some(most), Some(least)) = (counts.iter().max(), counts.iter().min()) {
        assert!(most - least <= 1, "{counts:?}");
    }
}

fn story(world: &World) -> String {
    world.told.join("\n")
}

proptest! {
    #![proptest_config(cases(1_500))]
    #[test]
    fn whatever_happens_the_limits_hold_and_it_ends(
        scene in scene(), happenings in proptest::collection::vec(happening(), 0..120),
    ) {
        let mut world = world(&scene);
        checked_step(&mut world);
        for what in &happenings {
            happen(&mut world, what);
            checked_step(&mut world);
        }
        end_well(&mut world);
        let told = story(&world);
        let repeats = told.lines().zip(told.lines().skip(1));
        let repeats = repeats.filter(|(a, b)| a == b && a.contains("unable to")).count();
        prop_assert_eq!(repeats, 0, "an event is told twice in a row:\n{}", told);
    }
}
