//! Plays runtime calls on the fake engine, for simulations and tests under virtual time.

use runtime::Result;
use runtime::fake::FakeEngine;

use super::{Outcome, Verb};

/// A call that was taken up.
#[derive(Clone, Debug, PartialEq)]
pub enum Begun {
    /// It is over.
    Over(
        /// What became of it.
        Outcome,
    ),
    /// It is over when the engine's clock shows this; then [`finish`] it.
    At(
        /// Milliseconds since 1970.
        u64,
    ),
}

/// Takes a call up: a pull and a stop take time, all else is done at once.
pub fn begin(engine: &mut FakeEngine, verb: &Verb) -> Begun {
    match verb {
        Verb::Pull(reference) => Begun::At(engine.now_ms() + engine.pull_duration_ms(reference)),
        Verb::Stop { id, timeout_ms } => {
            match engine.stop(id, u64::try_from(*timeout_ms).unwrap_or(0)) {
                Ok(at_ms) => Begun::At(at_ms),
                Err(error) => Begun::Over(Outcome::Failed(error)),
            }
        }
        _ => Begun::Over(finish(engine, verb)),
    }
}

/// Does what a call asks for, and gives its outcome.
pub fn finish(engine: &mut FakeEngine, verb: &Verb) -> Outcome {
    let outcome = match verb {
        Verb::ImagePresent(reference) => engine.image_present(reference).map(Outcome::Image),
        Verb::Pull(reference) => engine.pull(reference, None).map(Outcome::Pulled),
        Verb::Create(spec) => engine.create(spec).map(Outcome::Created),
        Verb::Find(labels) => engine.list(labels).map(Outcome::Found),
        Verb::Start(id) => done(engine.start(id)),
        Verb::Inspect(id) => engine.inspect(id).map(|state| Outcome::State(Box::new(state))),
        // The stop was asked for when it began; what is left is that the engine answers.
        Verb::Stop { .. } => done(engine.info().map(|_| ())),
        Verb::Kill(id) => done(engine.kill(id)),
        Verb::Remove(id) => done(engine.remove(id)),
        Verb::CreateVolume(spec) => engine.create_volume(spec).map(|v| Outcome::Volume(Some(v))),
        Verb::InspectVolume(name) => engine.inspect_volume(name).map(Outcome::Volume),
        Verb::RemoveVolume(name) => done(engine.remove_volume(name)),
    };
    outcome.unwrap_or_else(Outcome::Failed)
}

fn done(result: Result<()>) -> Result<Outcome> {
    result.map(|()| Outcome::Done)
}
