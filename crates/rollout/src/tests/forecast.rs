//! Forecasts.

use alloc::{format, string::String, vec, vec::Vec};
use arn::InstanceId;

use super::world::{World, new_deployment, service};
use crate::{
    TaskView, Waiting, begin_deployment, first,
    forecast::{End, Forecast, Pace, Tally, forecast},
};

const PACE: Pace =
    Pace { start_ms: 500, healthy_ms: 3_000, stop_ms: 1_000, has_health_check: true };

/// Forecasts a rollout of `world` when `room` tasks at most can be there.
fn ahead(world: &World, room: usize) -> Forecast {
    let mut service = world.service.clone();
    let revision = world.primary().task_definition.clone();
    let new = new_deployment(revision, arn::DeploymentId::from_number(99));
    let _ = begin_deployment(&mut service, new, world.now);
    let mut view = world.view();
    view.service = &service;
    let mut place = |start: &crate::Start, live: &[TaskView]| {
        vec![InstanceId(1); room.saturating_sub(live.len()).min(start.count as usize)]
    };
    forecast(&view, &PACE, &first, &mut place)
}

fn draw(tally: Tally) -> String {
    let Tally { pending, warming, healthy, unhealthy, stopping } = tally;
    let phases =
        [('p', pending), ('w', warming), ('h', healthy), ('u', unhealthy), ('s', stopping)];
    let phases = phases.into_iter().filter(|(_, count)| *count > 0);
    phases.map(|(phase, count)| format!("{count}{phase}")).collect::<Vec<_>>().concat()
}

fn frames(forecast: &Forecast) -> Vec<String> {
    let line = |frame: &crate::forecast::Frame| {
        format!("{} ms {} + {}", frame.after_ms, draw(frame.old), draw(frame.new))
    };
    forecast.frames.iter().map(line).collect()
}

#[test]
fn a_rollout_is_foreseen_with_its_duration() {
    let world = World::steady(service(4, 100, 150));
    let forecast = ahead(&world, 100);
    assert_eq!(
        frames(&forecast),
        [
            "0 ms 4h + 2p",
            "500 ms 4h + 2w",
            "3500 ms 2h2s + 2h",
            "4500 ms 2h + 2p2h",
            "5000 ms 2h + 2w2h",
            "8000 ms 2s + 4h",
            "9000 ms  + 4h",
        ]
    );
    assert_eq!(forecast.end, End::Steady);
    assert!(world.service.steady, "nothing was touched");
}

#[test]
fn without_a_health_check_tasks_settle() {
    let mut world = World::new(service(1, 100, 200));
    world.has_health_check = false;
    world.deploy();
    world.finish();
    let mut service = world.service.clone();
    let revision = world.primary().task_definition.clone();
    let new = new_deployment(revision, arn::DeploymentId::from_number(99));
    let _ = begin_deployment(&mut service, new, world.now);
    let mut view = world.view();
    view.service = &service;
    let pace = Pace { has_health_check: false, ..PACE };
    let mut place = |_: &crate::Start, _: &[TaskView]| vec![InstanceId(1)];
    let forecast = forecast(&view, &pace, &first, &mut place);
    assert_eq!(
        frames(&forecast),
        ["0 ms 1h + 1p", "500 ms 1h + 1w", "40500 ms 1s + 1h", "41500 ms  + 1h",]
    );
}

#[test]
fn a_rollout_that_could_never_finish_is_foreseen() {
    let world = World::steady(service(3, 100, 125));
    let forecast = ahead(&world, 100);
    let end = End::Stuck(Waiting::Percentages { healthy_min: 3, task_max: 3 });
    assert_eq!(forecast.end, end);
}

#[test]
fn missing_room_is_foreseen() {
    let world = World::steady(service(4, 100, 200));
    assert_eq!(ahead(&world, 4).end, End::NoRoom { missing: 4 });
    assert_eq!(ahead(&world, 5).end, End::Steady, "one by one");
}
