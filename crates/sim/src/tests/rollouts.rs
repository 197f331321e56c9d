//! The two rollouts of the course in the simulated world, and the server killed at each commit.

use crate::{Course, Frame, Update, World};

const FAST: Update = Update { desired: 4, minimum_percent: 100, maximum_percent: 150 };
const SMALL: Update = Update { desired: 4, minimum_percent: 50, maximum_percent: 100 };

fn course(update: Update) -> Course {
    World::quiet(1, update).course().unwrap_or_else(|failure| panic!("{failure}"))
}

fn text(frames: &[Frame]) -> String {
    let frames: Vec<String> = frames.iter().map(|(old, new)| format!("{old}+{new}")).collect();
    frames.join(", ")
}

/// The containers on the hosts start and stop one by one; between the steps they are as many as the
/// tasks.
fn check(update: Update, expected: &str) {
    let course = course(update);
    assert_eq!(text(&course.tasks), expected);
    let mut containers = course.containers.iter();
    for frame in &course.tasks {
        assert!(containers.any(|c| c == frame), "never {frame:?}: {}", text(&course.containers));
    }
    let percent = |percent: u32| update.desired * percent;
    for (old, new) in course.containers {
        let running = (old + new) * 100;
        assert!(running <= percent(update.maximum_percent), "{old}+{new}");
        assert!(running >= percent(update.minimum_percent), "{old}+{new}");
    }
}

#[test]
fn four_tasks_at_100_150() {
    check(FAST, "4+0, 4+2, 2+2, 2+4, 0+4");
}

#[test]
fn four_tasks_at_50_100() {
    check(SMALL, "4+0, 2+0, 2+2, 0+2, 0+4");
}

/// Each commit of the server is once the last one of its life, kept or not.
#[test]
fn the_server_may_be_killed_at_any_commit() {
    for update in [FAST, SMALL] {
        let mut world = World::quiet(1, update);
        let before = world.summary().commits;
        while world.next_event().expect("nothing fails here").is_some() {}
        let commits = world.summary().commits - before;
        assert!(commits > 30, "{commits}");
        for number in 1..=commits {
            for is_kept in [false, true] {
                let mut world = World::quiet(1, update).kill_at_commit(number, is_kept);
                let end = world.run();
                let end = end.unwrap_or_else(|f| panic!("killed at {number}, {is_kept}: {f}"));
                assert!(end.rollouts.completed >= 2, "{end:?}");
            }
        }
    }
}
