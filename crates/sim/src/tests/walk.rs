//! Going through a history by commands.

use crate::{World, step};

fn walk(world: World, input: &str) -> (step::End, String) {
    let mut output = Vec::new();
    let end = step::walk(world, input.as_bytes(), &mut output).expect("memory takes all");
    (end, String::from_utf8(output).expect("text"))
}

#[test]
fn a_reader_goes_event_by_event() {
    let (end, told) = walk(World::new(3), "\nn 3\nt 30s\ns\nwhat\nq\n");
    assert_eq!(end, step::End::Left);
    let events = told.lines().filter(|line| line.contains(" host ") || line.contains(" a "));
    assert!(events.count() > 10, "{told}");
    assert!(told.contains("\nat "), "{told}");
    assert!(told.contains("\nhost 1 ACTIVE, agent up, engine up"), "{told}");
    assert!(told.contains("\nwhat: not a command"), "{told}");
}

#[test]
fn a_walk_ends_with_its_history() {
    let (end, told) = walk(World::new(3), "t 100000\n");
    assert_eq!(end, step::End::Over);
    assert!(told.contains("nothing breaks any more"), "{told}");
}

#[test]
fn a_walk_ends_with_its_input() {
    assert_eq!(walk(World::new(3), "\n").0, step::End::Left);
}
