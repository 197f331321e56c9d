//! A thousand histories, in eight tests so that both cores have work.

use crate::World;

const SEEDS_PER_TEST: u64 = 125;

fn play(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        if let Err(failure) = World::new(seed).run() {
            panic!(
                "seed {seed} fails after {} ms: {}\nplay it again: SIM_SEED={seed} cargo test -p sim one_seed -- --nocapture\n{}",
                failure.at_ms,
                failure.what,
                failure.trace.join("\n")
            );
        }
    }
}

macro_rules! seeds {
    ($($name:ident $part:literal;)+) => {
        $(#[test]
        fn $name() {
            play($part * SEEDS_PER_TEST..($part + 1) * SEEDS_PER_TEST);
        })+
    };
}

seeds! {
    seeds_0 0;
    seeds_1 1;
    seeds_2 2;
    seeds_3 3;
    seeds_4 4;
    seeds_5 5;
    seeds_6 6;
    seeds_7 7;
}

/// Plays the seed in `SIM_SEED`, aloud; without one, seed 0 quietly.
#[test]
fn one_seed() {
    match std::env::var("SIM_SEED").ok().and_then(|s| s.parse().ok()) {
        Some(seed) => {
            let failure = World::new(seed).loud().run().err();
            assert!(failure.is_none(), "{failure:?}");
        }
        None => play(0..1),
    }
}

/// The same seed is the same history: what the simulator finds can be found again.
#[test]
fn a_seed_is_one_history() {
    let steps = |seed| World::new(seed).run().ok();
    assert_eq!(steps(7), steps(7));
}
