//! The two limits over every percentage and count, and every pair of limits a small service can have.

use std::collections::BTreeMap;

use super::{
    frames::check_rollout,
    world::{World, service},
};
use crate::{draft::Draft, first};

/// The limits that the planner uses.
fn limits(desired: u32, min: u32, max: u32) -> (u32, u32) {
    let world = World::new(service(desired, min, max));
    let view = world.view();
    let mut draft = Draft::new(&view, &first);
    draft.set_limits(desired, |_| true);
    (draft.healthy_min, draft.task_max)
}

/// The fewest tasks that are `percent` of `desired`, counted up from none.
fn at_least(desired: u32, percent: u32) -> u32 {
    (0..=desired).find(|count| count * 100 >= desired * percent).unwrap_or(desired)
}

/// The most tasks that are no more than `percent` of `desired`, counted down from four times as many.
fn at_most(desired: u32, percent: u32) -> u32 {
    (0..=desired * 4).rev().find(|count| count * 100 <= desired * percent).unwrap_or(0)
}

/// The two are independent of each other, so all of both is all.
#[test]
fn the_minimum_is_rounded_up_and_the_maximum_down_for_every_count_and_percentage() {
    for desired in 0..=200 {
        for min in 0..=200 {
            let expected = at_least(desired, min);
            assert_eq!(limits(desired, min, 200).0, expected, "{desired} at {min}");
        }
        for max in 100..=400 {
            let expected = at_most(desired, max);
            assert_eq!(limits(desired, 100, max).1, expected, "{desired} at {max}");
        }
    }
}

/// A rollout depends on the percentages by the two limits alone: one pair of percentages stands for
/// all that come to the same limits.
#[test]
fn a_small_service_finishes_under_every_pair_of_limits_that_allows_it() {
    for desired in 0..=9 {
        let mut minima = BTreeMap::new();
        let mut maxima = BTreeMap::new();
        for min in 0..=200 {
            minima.entry(at_least(desired, min)).or_insert(min);
        }
        for max in 100..=400 {
            maxima.entry(at_most(desired, max)).or_insert(max);
        }
        assert_eq!(minima.len() as u32, desired + 1);
        assert_eq!(maxima.len() as u32, 3 * desired + 1);
        for min in minima.values() {
            for max in maxima.values() {
                check_rollout(desired, *min, *max);
            }
        }
    }
}

/// Large services, at the corners and between them.
#[test]
fn a_large_service_finishes_whenever_the_percentages_allow_it() {
    for desired in [25, 99, 200] {
        for min in [0, 1, 50, 99, 100, 200] {
            for max in [100, 101, 150, 199, 400] {
                // One task at a time takes as many rounds as there are tasks.
                let room = at_most(desired, max) - desired + desired - at_least(desired, min);
                if room == 0 || room * 20 >= desired {
                    check_rollout(desired, min, max);
                }
            }
        }
    }
}
