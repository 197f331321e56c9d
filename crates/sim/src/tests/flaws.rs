//! Agents that are broken on purpose are found out.

use crate::{Flaw, World};

/// How many histories are played until the flaw must have shown.
const SEEDS: u64 = 20;

/// Plays histories of agents with `flaw` until one breaks, which must be one of `rules`.
fn assert_caught(flaw: Flaw, rules: &[&str]) {
    let broken = (0..SEEDS).find_map(|seed| World::flawed(seed, flaw).run().err());
    let failure = broken.unwrap_or_else(|| panic!("{flaw:?} is not seen in {SEEDS} histories"));
    assert!(rules.contains(&failure.broken.rule), "{failure}");
}

#[test]
fn agents_that_take_every_task_over_commit_their_hosts() {
    assert_caught(Flaw::TakesAll, &["hosts-are-not-over-committed"]);
}

#[test]
fn agents_that_forget_their_containers_are_caught() {
    // What it forgot still takes room, too.
    let rules = ["no-container-is-left-over", "no-task-is-doubled", "hosts-are-not-over-committed"];
    assert_caught(Flaw::Forgets, &rules);
}
