//! Any order of payloads, faults and restarts: statuses only rise, and nothing is left behind.

use model::TaskStatus;
use proptest::prelude::*;
use runtime::fake::{Script, Verb};
use runtime::{ErrorKind, RuntimeError};

use crate::host::{Host, arn, container, sidecar, task};

#[derive(Clone, Debug)]
enum Act {
    Run(u32),
    Stop(u32),
    Wait(u64),
    RestartAgent,
    RestartRuntime,
    Fail(Verb, bool),
    LoseEvents(usize),
    Deaf(bool),
}

fn act() -> impl Strategy<Value = Act> {
    let verb = prop::sample::select(vec![
        Verb::Image,
        Verb::Create,
        Verb::Start,
        Verb::Stop,
        Verb::Inspect,
        Verb::Remove,
    ]);
    prop_oneof![
        4 => (1..5_u32).prop_map(Act::Run),
        2 => (1..5_u32).prop_map(Act::Stop),
        4 => (0..20_000_u64).prop_map(Act::Wait),
        1 => Just(Act::RestartAgent),
        1 => Just(Act::RestartRuntime),
        2 => (verb, any::<bool>()).prop_map(|(verb, passes)| Act::Fail(verb, passes)),
        1 => (1..4_usize).prop_map(Act::LoseEvents),
        1 => any::<bool>().prop_map(Act::Deaf),
    ]
}

fn fault(verb: Verb, passes: bool) -> RuntimeError {
    let kind = match verb {
        Verb::Create => ErrorKind::CannotCreateContainer,
        Verb::Start => ErrorKind::CannotStartContainer,
        Verb::Stop => ErrorKind::CannotStopContainer,
        Verb::Inspect => ErrorKind::CannotInspectContainer,
        Verb::Remove => ErrorKind::CannotRemoveContainer,
        _ => ErrorKind::EngineFault,
    };
    if passes {
        RuntimeError::passing(ErrorKind::DockerTimeout, "slow")
    } else {
        RuntimeError::lasting(kind, "broken")
    }
}

fn perform(host: &mut Host, act: &Act) {
    match act {
        Act::Run(id) => {
            let image = ["app", "dies", "stubborn", "slow"][*id as usize % 4];
            host.run_task(task(*id, vec![container("app", image), sidecar("side", "dies")]));
        }
        Act::Stop(id) => host.stop_task(&arn(*id)),
        Act::Wait(ms) => host.run_for(*ms),
        Act::RestartAgent => host.restart_agent(),
        Act::RestartRuntime => {
            host.runtime_goes_away();
            host.run_for(1_000);
            host.runtime_comes_back();
        }
        Act::Fail(verb, passes) => host.runtime.fail_next(*verb, fault(*verb, *passes)),
        Act::LoseEvents(count) => host.runtime.lose_next_events(*count),
        Act::Deaf(deaf) => {
            if *deaf {
                host.listens = false;
            } else {
                host.listen();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn statuses_only_rise_and_nothing_is_left_behind(acts in prop::collection::vec(act(), 1..40)) {
        let mut host = Host::new();
        host.image("dies", Script::exits(7_000, 1));
        host.image("stubborn", Script { ignores_stop_signal: true, ..Script::default() });
        host.image("slow", Script { stop_ms: 4_000, ..Script::default() });
        for act in &acts {
            perform(&mut host, act);
        }
        host.listen();
        for id in 1..5 {
            host.stop_task(&arn(id));
        }
        host.run_for(30 * 60_000);
        prop_assert!(host.running().is_empty(), "still running: {:?}", host.running());
        for id in 1..5 {
            let statuses = host.statuses(&arn(id));
            prop_assert!(statuses.is_sorted(), "{statuses:?}");
            prop_assert_eq!(statuses.last(), Some(&TaskStatus::Stopped));
        }
        host.run_for(5 * 3_600_000);
        prop_assert!(host.containers().is_empty(), "left: {:?}", host.containers());
        prop_assert!(host.disk.is_empty(), "kept: {:?}", host.disk.keys());
    }
}
