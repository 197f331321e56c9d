//! Single plans: a situation as text, and everything that the planner makes of it.
//!
//! A case is `== what it shows`, a `service` line, one line per deployment (oldest first, the last is
//! the primary) with its tasks, and the expected plan after `=>`. A task is its phase (`p`ending,
//! `w`arming, `h`ealthy, `u`nhealthy, `s`topping) and flags: `d` its instance is DRAINING, `x` its
//! agent is not connected, `P` it is protected. A1 is the first task of deployment A.

use alloc::{
    collections::BTreeMap,
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};
use arn::{InstanceId, TaskId};
use model::{DesiredStatus, HealthStatus, RolloutState, ServiceStatus, Timestamp};

use super::world::{World, service};
use crate::{Destination, Host, Plan};

struct Case {
    world: World,
    names: BTreeMap<TaskId, String>,
}

fn number(word: &str, key: &str) -> Option<u32> {
    Some(word.strip_prefix(key)?.strip_prefix('=')?.parse().unwrap())
}

fn parse(lines: &[&str]) -> Case {
    let mut world = World::new(service(0, 100, 200));
    let (mut names, mut failed, mut unfinished) = (BTreeMap::new(), false, true);
    let (mut retry_at, mut steady) = (None, false);
    for (index, (host, draining, disconnected)) in
        [(1, false, false), (2, true, false), (3, false, true)].into_iter().enumerate()
    {
        let zone = Some(["a", "b", "c"][index].to_string());
        world.hosts.insert(InstanceId(host), (Host { draining, disconnected }, zone));
    }
    for word in lines[0].strip_prefix("service ").unwrap().split_whitespace() {
        let config = &mut world.service.deployment_configuration;
        if let Some(count) = number(word, "desired") {
            world.service.desired_count = count;
        } else if let Some(percent) = number(word, "min") {
            config.minimum_healthy_percent = percent;
        } else if let Some(percent) = number(word, "max") {
            config.maximum_percent = percent;
        } else if let Some(seconds) = number(word, "grace") {
            world.service.health_check_grace_period_s = Some(seconds);
        } else if let Some(seconds) = number(word, "throttled") {
            retry_at = Some(world.now.plus_ms(i64::from(seconds) * 1_000));
        } else if let Some(healthy_percent) = number(word, "early") {
            let early = model::EarlySuccess { healthy_percent, cleanup_blocks: true };
            config.early_success = Some(early);
        } else if word == "deferred" {
            config.early_success.as_mut().unwrap().cleanup_blocks = false;
        } else if let Some(minutes) = number(word, "bake") {
            config.bake_time_minutes = minutes;
        } else {
            match word {
                "failed" => failed = true,
                "rebalancing" => world.service.availability_zone_rebalancing = true,
                "completed" => unfinished = false,
                "deleted" => world.service.status = ServiceStatus::Draining,
                "steady" => (unfinished, steady) = (false, true),
                _ => panic!("{word}"),
            }
        }
    }
    for line in &lines[1..] {
        let (letter, tasks) = line.split_once(':').unwrap();
        let deployment = world.deploy();
        for (index, word) in tasks.split_whitespace().enumerate() {
            let host = if word.contains('d') { 2 } else { 1 };
            let host = if word.contains('x') { 3 } else { host };
            let id = world.start(deployment.clone(), Some(InstanceId(host)));
            set_phase(&mut world, id, &word[..1]);
            if word.contains('P') {
                let until = world.now.plus_ms(60_000);
                world.tasks.get_mut(&id).unwrap().protected_until = Some(until);
            }
            names.insert(id, format!("{letter}{}", index + 1));
        }
    }
    (world.service.throttle.retry_at, world.service.steady) = (retry_at, steady);
    let primary = &mut world.service.deployments[0];
    primary.updated_at = Timestamp(0);
    if failed {
        primary.rollout_state = RolloutState::Failed;
    } else if !unfinished {
        primary.rollout_state = RolloutState::Completed;
    }
    Case { world, names }
}

fn set_phase(world: &mut World, id: TaskId, phase: &str) {
    if phase == "p" {
        return;
    }
    world.run(id);
    match phase {
        "w" => {}
        "h" => world.set_health(id, HealthStatus::Healthy),
        "u" => world.set_health(id, HealthStatus::Unhealthy),
        "s" => world.tasks.get_mut(&id).unwrap().desired_status = DesiredStatus::Stopped,
        _ => panic!("{phase}"),
    }
}

fn render(case: &Case, plan: &Plan) -> Vec<String> {
    let mut lines = vec![];
    for start in &plan.starts {
        let zone = match &start.to {
            Destination::Zone(zone) => format!(" in {zone}"),
            Destination::Anywhere | Destination::Instance(_) => String::new(),
        };
        lines.push(format!("start {}{zone}", start.count));
    }
    let mut by_cause: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for stop in &plan.stops {
        by_cause.entry(stop.cause).or_default().push(&case.names[&stop.task]);
    }
    for (cause, names) in by_cause {
        lines.push(format!("stop {} {cause:?}", names.join(" ")));
    }
    if let Some(change) = &plan.service {
        if change.status != case.world.service.status {
            lines.push(format!("service {}", change.status));
        }
        let gone = case.world.service.deployments.len() - change.deployments.len();
        if gone > 0 {
            lines.push(format!("deployments gone {gone}"));
        }
    }
    for event in &plan.events {
        lines.push(event.replace("(service web) ", "event "));
    }
    if let Some(at) = plan.next_at {
        lines.push(format!("next in {} s", at.ms_since(case.world.now) / 1_000));
    }
    if let Some(waiting) = &plan.waiting {
        let since = |at: &Timestamp| at.to_string();
        let text = waiting.to_string();
        let text = plan.next_at.iter().map(since).fold(text, |text, at| text.replace(&at, "then"));
        lines.push(text);
    }
    if lines.is_empty() {
        lines.push("nothing".into());
    }
    lines
}

#[test]
fn plans_are_as_written() {
    let mut wrong = vec![];
    for text in include_str!("plans.txt").split("== ").skip(1) {
        let lines: Vec<_> =
            text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).collect();
        let split = lines.iter().position(|line| line.starts_with("=>")).unwrap();
        let mut case = parse(&lines[1..split]);
        let plan = case.world.plan();
        let mut expected = vec![lines[split].trim_start_matches("=>").trim()];
        expected.extend(&lines[split + 1..]);
        let found = render(&case, &plan);
        if found != expected {
            wrong.push(format!("== {}\n{}", lines[0], found.join("\n")));
        }
        case.world.apply(plan);
        let again = case.world.plan();
        assert!(again.is_empty(), "{}: not a fixpoint: {again:?}", lines[0]);
    }
    assert!(wrong.is_empty(), "the planner says:\n{}", wrong.join("\n\n"));
}
