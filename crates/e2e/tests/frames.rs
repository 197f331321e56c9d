//! The two examples of the course: which old and new tasks run at each turn of a rolling update.

use std::{
    fs,
    path::{Path, PathBuf},
};

use e2e::{ControlPlane, Witness, World, definition, eventually, seconds};
use serde_json::json;

#[test]
fn four_tasks_at_100_and_150_percent_go_by_twos_with_the_new_ones_first() {
    let world = World::new();
    let rollout = Rollout::begin(&world, 100, 150);
    rollout.let_pass(2);
    rollout.let_pass(4);
    rollout.is_complete();
    assert_eq!(rollout.turns(), ["4+0", "4+2", "2+2", "2+4", "0+4"]);
    assert_eq!(rollout.witness.seen().healthy_min, 4);
}

#[test]
fn four_tasks_at_50_and_100_percent_go_by_twos_with_the_old_ones_first() {
    let world = World::new();
    let rollout = Rollout::begin(&world, 50, 100);
    rollout.let_pass(2);
    rollout.let_pass(4);
    rollout.is_complete();
    assert_eq!(rollout.turns(), ["4+0", "2+0", "2+2", "0+2", "0+4"]);
    assert_eq!(rollout.witness.seen().healthy_min, 2);
}

/// A rolling update of four tasks whose health check takes 3 seconds, and then waits at a gate.
///
/// Docker begins the checks of two containers at different moments, so that without the gate two
/// tasks that started together would not become healthy together, and the rollout, which never
/// idles, would go in steps of one.
struct Rollout<'w> {
    up: ControlPlane<'w>,
    witness: Witness,
    gate: PathBuf,
}

impl<'w> Rollout<'w> {
    fn begin(world: &'w World, minimum: u32, maximum: u32) -> Self {
        let up = world.up(&["--instances", "1"]);
        up.instances(1);
        let gates = world.path("gates");
        fs::create_dir(&gates).expect("the folder is new");
        let gate = gates.join("open");
        fs::write(&gate, "").expect("the gate opens");
        let old = definition_of(&up, &gates);
        let witness = Witness::of_family(&world.family("web"));
        let percentages = json!({"minimumHealthyPercent": minimum, "maximumPercent": maximum});
        up.create_service(
            "web",
            &old,
            json!({"desiredCount": 4, "deploymentConfiguration": percentages}),
        );
        up.service_is_stable("web", 60);
        fs::remove_file(&gate).expect("the gate shuts");
        let new = definition_of(&up, &gates);
        witness.mark();
        up.ecs("update-service", json!({"service": "web", "taskDefinition": new}));
        Self { up, witness, gate }
    }

    /// Lets the new tasks become healthy once `count` of them run, and shuts the gate behind them.
    fn let_pass(&self, count: usize) {
        self.new_ones("run", count, |new| new.running);
        fs::write(&self.gate, "").expect("the gate opens");
        self.new_ones("are healthy", count, |new| new.healthy);
        fs::remove_file(&self.gate).expect("the gate shuts");
    }

    fn new_ones(&self, what: &str, count: usize, of: impl Fn(e2e::Census) -> usize) {
        eventually(&format!("{count} new containers {what}"), seconds(60), || {
            let seen = self.witness.seen();
            if of(seen.now("2")) == count { Ok(()) } else { Err(format!("{seen:?}")) }
        });
    }

    fn is_complete(&self) {
        self.up.service_is_stable("web", 60);
    }

    fn turns(&self) -> Vec<String> {
        self.witness.seen().turns("1", "2")
    }
}

/// Registers the next revision; its ARN.
fn definition_of(up: &ControlPlane, gates: &Path) -> String {
    let more = json!({
        "mountPoints": [{"sourceVolume": "gates", "containerPath": "/gates"}],
        "healthCheck": {
            "command": ["CMD-SHELL", "sleep 3; until [ -e /gates/open ]; do sleep 0.05; done"],
            "interval": 5, "timeout": 60, "retries": 2,
        },
    });
    let container = definition::with(definition::shell("web", definition::LINGER), more);
    up.register_with(
        "web",
        json!({
            "containerDefinitions": [container],
            "volumes": [{"name": "gates", "host": {"sourcePath": gates}}],
        }),
    )
}
