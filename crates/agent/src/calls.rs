//! Makes the engine's runtime calls.

use std::time::Duration;

use runtime::{ContainerRuntime, Result};

use crate::engine::{Outcome, Verb};

/// Makes a call and tells what became of it.
pub async fn perform(runtime: &dyn ContainerRuntime, verb: &Verb) -> Outcome {
    attempt(runtime, verb).await.unwrap_or_else(Outcome::Failed)
}

async fn attempt(runtime: &dyn ContainerRuntime, verb: &Verb) -> Result<Outcome> {
    Ok(match verb {
        Verb::ImagePresent(reference) => Outcome::Image(runtime.image_present(reference).await?),
        Verb::Pull(reference) => Outcome::Pulled(runtime.pull(reference, None).await?),
        Verb::Create(spec) => Outcome::Created(runtime.create(spec).await?),
        Verb::Find(labels) => Outcome::Found(runtime.list(labels).await?),
        Verb::Inspect(id) => Outcome::State(Box::new(runtime.inspect(id).await?)),
        Verb::CreateVolume(spec) => Outcome::Volume(Some(runtime.create_volume(spec).await?)),
        Verb::InspectVolume(name) => Outcome::Volume(runtime.inspect_volume(name).await?),
        Verb::Start(id) => done(runtime.start(id).await)?,
        Verb::Stop { id, timeout_ms } => {
            let timeout = Duration::from_millis(u64::try_from(*timeout_ms).unwrap_or(0));
            done(runtime.stop(id, timeout).await)?
        }
        Verb::Kill(id) => done(runtime.kill(id).await)?,
        Verb::Remove(id) => done(runtime.remove(id, true).await)?,
        Verb::RemoveVolume(name) => done(runtime.remove_volume(name).await)?,
    })
}

fn done(result: Result<()>) -> Result<Outcome> {
    result.map(|()| Outcome::Done)
}
