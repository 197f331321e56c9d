//! What is told of a history: its events, how it failed, what it came to.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
};

use crate::Rollouts;

/// Something that happened, with what followed from it at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Milliseconds of simulated time since the beginning.
    pub at_ms: i64,
    /// What.
    pub what: String,
    /// What users, faults and machines did in it.
    pub notes: Vec<String>,
    /// The services after it, each as `NAME OLD+NEW`: the tasks that are to run, of older deployments
    /// and of the newest one.
    pub frames: String,
}

/// `SECONDS WHAT | FRAMES`, and a line for each note.
impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", Clock(self.at_ms), self.what)?;
        if !self.frames.is_empty() {
            write!(f, " | {}", self.frames)?;
        }
        self.notes.iter().try_for_each(|note| write!(f, "\n{:>10}   {note}", ""))
    }
}

/// Milliseconds since the beginning, shown as seconds.
pub(crate) struct Clock(pub i64);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>6}.{:03}", self.0 / 1_000, self.0 % 1_000)
    }
}

/// An invariant that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The invariant, by name.
    pub rule: &'static str,
    /// What breaks it.
    pub what: String,
}

impl Broken {
    pub(crate) fn new(rule: &'static str, what: impl Into<String>) -> Self {
        Broken { rule, what: what.into() }
    }
}

/// What a history should not have come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The seed that leads there.
    pub seed: u64,
    /// When, in milliseconds from the beginning.
    pub at_ms: i64,
    /// What is wrong.
    pub broken: Broken,
    /// The last things that were noted.
    pub notes: Vec<String>,
}

/// The invariant, the seed, and the command that plays it again.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.notes.iter().try_for_each(|note| writeln!(f, "{note}"))?;
        let Broken { rule, what } = &self.broken;
        writeln!(f, "seed {} breaks `{rule}` after {} s: {what}", self.seed, Clock(self.at_ms))?;
        write!(f, "play it again: longshore sim --seed {} --trace", self.seed)
    }
}

/// What one history, or several, came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Histories.
    pub seeds: u64,
    /// Everything that happened, the smallest message included.
    pub events: u64,
    /// Commits of the store.
    pub commits: u64,
    /// Simulated time.
    pub simulated_ms: i64,
    /// Deployments that began and ended.
    pub rollouts: Rollouts,
    /// What users and faults did, by kind, and how often.
    pub deeds: BTreeMap<&'static str, u64>,
}

impl Summary {
    /// Adds what another history came to.
    pub fn add(&mut self, other: &Summary) {
        self.seeds += other.seeds;
        self.events += other.events;
        self.commits += other.commits;
        self.simulated_ms += other.simulated_ms;
        self.rollouts.add(&other.rollouts);
        for (deed, count) in &other.deeds {
            *self.deeds.entry(deed).or_default() += count;
        }
    }

    /// What users and faults did, as text: `KIND COUNT, KIND COUNT`.
    pub fn deeds_text(&self) -> String {
        let mut text = String::new();
        for (deed, count) in &self.deeds {
            let comma = if text.is_empty() { "" } else { ", " };
            let _ = write!(text, "{comma}{deed} {count}");
        }
        text
    }
}
