//! Ten thousand rollouts with faults, in eight tests so that all cores have work.

use crate::{Summary, play};

/// Together at least 10,000.
const ROLLOUTS_PER_TEST: u64 = 1_250;
/// Far more than are played: seeds of different tests are never the same.
const SEEDS_PER_TEST: u64 = 1_000;

fn play_part(part: u64) {
    let seeds = part * SEEDS_PER_TEST..(part + 1) * SEEDS_PER_TEST;
    let summary =
        play::many(seeds, ROLLOUTS_PER_TEST, 1).unwrap_or_else(|failure| panic!("{failure}"));
    assert!(summary.rollouts.count() >= ROLLOUTS_PER_TEST, "{summary:?}");
    check_variety(&summary);
}

/// That so much is played says little if it is always the same.
fn check_variety(summary: &Summary) {
    let ended = &summary.rollouts;
    assert!(ended.completed > 0 && ended.failed > 0, "{ended:?}");
    assert!(ended.superseded > 0 && ended.deleted > 0, "{ended:?}");
    let all = [
        "agent killed",
        "alarm heeded",
        "alarm set",
        "alarms ignored",
        "answer lost",
        "baking begun",
        "circuit breaker tripped",
        "connection broken",
        "container ended",
        "daemon service created",
        "deployment aborted",
        "deployment forced",
        "deployment turned back",
        "engine stopped",
        "events lost",
        "external service created",
        "host died",
        "host drained or activated",
        "host rebooted",
        "message repeated",
        "report repeated",
        "rollback begun",
        "rollback completed",
        "rollback failed",
        "server killed",
        "server killed in a commit",
        "service created",
        "service deleted",
        "service scaled",
        "service updated",
        "settings changed",
        "stray task told",
        "task protected",
        "task run",
        "task set created",
        "task set deleted",
        "task set made primary",
        "task set scaled",
        "task stopped",
    ];
    for deed in all {
        assert!(summary.deeds.contains_key(deed), "nobody did `{deed}`: {}", summary.deeds_text());
    }
}

macro_rules! parts {
    ($($name:ident $part:literal;)+) => {
        $(#[test]
        fn $name() {
            play_part($part);
        })+
    };
}

parts! {
    rollouts_0 0;
    rollouts_1 1;
    rollouts_2 2;
    rollouts_3 3;
    rollouts_4 4;
    rollouts_5 5;
    rollouts_6 6;
    rollouts_7 7;
}
