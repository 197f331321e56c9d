//! What `rollout plan` foresees is what then happens.

use control::plan::{Asked, plan};
use serde_json::json;
use store::{State, Tx};
use wire::longshore::plan::PlanEnd;

use crate::{Frame, Update, World, wishes::typed};

/// The frames that are foreseen for the update of a quiet world, as tasks that are to run.
fn foreseen(update: Update) -> Vec<Frame> {
    let mut world = World::quiet(1, update);
    // Until the service rests and its user is about to update it.
    while world.script.len() > 1 || !is_steady(&world) {
        world.next_event().expect("nothing fails here").expect("the service comes to rest");
    }
    let state = world.plane.snapshot().expect("the server is up");
    let mut cx = world.plane.cx(&mut world.dice, world.now);
    let mut copy = Tx::scratch(&state);
    let check = json!({"command": ["CMD", "true"], "interval": 5});
    let container =
        json!({"name": "app", "image": "v2", "cpu": 128, "memory": 128, "healthCheck": check});
    let input = typed(json!({"family": "v2", "containerDefinitions": [container]}));
    control::api::register_task_definition(&mut copy, &mut cx, input).expect("it is right");
    let asked = Asked {
        cluster: "default".into(),
        service: "web".into(),
        task_definition: Some("v2".into()),
        ..Asked::default()
    };
    let plan = plan(&State::clone(&copy), &mut cx, &asked).expect("it can be planned");
    assert_eq!(plan.end, PlanEnd::Steady, "{plan:?}");
    let mut frames = vec![(update.desired, 0)];
    for frame in plan.frames {
        let frame = (frame.old.wanted(), frame.new.wanted());
        if frames.last() != Some(&frame) {
            frames.push(frame);
        }
    }
    frames
}

fn is_steady(world: &World) -> bool {
    let state = world.plane.snapshot().expect("the server is up");
    state.services().iter().any(|service| service.steady)
}

#[test]
fn a_plan_is_what_then_happens() {
    let settings =
        [(4, 100, 150), (4, 50, 100), (3, 100, 200), (5, 60, 140), (1, 0, 100), (6, 100, 117)];
    for (desired, minimum_percent, maximum_percent) in settings {
        let update = Update { desired, minimum_percent, maximum_percent };
        let happened =
            World::quiet(1, update).course().unwrap_or_else(|failure| panic!("{failure}"));
        assert_eq!(foreseen(update), happened.tasks, "{update:?}");
    }
}
