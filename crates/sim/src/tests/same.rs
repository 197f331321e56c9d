//! The same seed is the same history, to the byte: what the simulator finds can be found again.

use std::fmt::Write;

use crate::World;

fn trace(seed: u64) -> String {
    let mut world = World::new(seed);
    let mut trace = String::new();
    while let Some(event) = world.next_event().expect("the seed holds") {
        writeln!(trace, "{event}").expect("a string takes all");
    }
    trace
}

#[test]
fn a_seed_is_one_history() {
    for seed in [1, 9, 42, 1_001] {
        let (first, second) = (trace(seed), trace(seed));
        assert!(first.lines().count() > 150, "seed {seed} is short: {first}");
        let differ = first.lines().zip(second.lines()).find(|(one, other)| one != other);
        assert_eq!(differ, None, "seed {seed}");
        assert!(first == second, "seed {seed} is once longer than the other time");
    }
}

#[test]
fn another_seed_is_another_history() {
    assert_ne!(trace(1), trace(2));
}

/// Whoever looks on changes nothing.
#[test]
fn a_history_is_the_same_whether_it_is_told_or_not() {
    let mut told = World::new(5);
    while told.next_event().expect("the seed holds").is_some() {}
    assert_eq!(World::new(5).run(), Ok(told.summary()));
}
