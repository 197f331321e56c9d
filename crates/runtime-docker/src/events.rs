//! The engine's events, as far as they are about containers.

use std::collections::{BTreeMap, HashMap};

use bollard::models::EventMessage;
use bollard::query_parameters::EventsOptions;
use futures_util::{StreamExt, future};
use runtime::{
    ContainerId, ErrorKind, Event, EventKind, EventStream, HealthStatus, LabelFilter, Result,
};

use crate::engine::{DockerRuntime, within};
use crate::error::refusal;
use crate::moment::{engine_since, parse_ms};

/// The engine is asked for these alone. It compares the beginning of an action, since that of a
/// health check has the verdict behind it.
const ACTIONS: [&str; 6] = ["create", "start", "die", "oom", "health_status", "destroy"];

/// What the engine puts among a container's labels in an event.
const NO_LABELS: [&str; 5] = ["image", "name", "exitCode", "signal", "execID"];

impl DockerRuntime {
    pub(crate) async fn subscribe(
        &self,
        since_ms: Option<u64>,
        filter: &LabelFilter,
    ) -> Result<EventStream> {
        // The engine listens for us only once the stream is first polled. What happens before is
        // in its memory of past events, if we ask from now on by its own clock.
        let since_ms = match since_ms {
            Some(since_ms) => since_ms,
            None => self.engine_clock_ms().await?,
        };
        let filters = HashMap::from([
            ("type".to_owned(), vec!["container".to_owned()]),
            ("event".to_owned(), ACTIONS.map(str::to_owned).to_vec()),
            ("label".to_owned(), filter.docker_terms()),
        ]);
        let since = Some(engine_since(since_ms));
        let options = EventsOptions { since, until: None, filters: Some(filters) };
        let messages = self.docker().events(Some(options));
        let events = messages.filter_map(|message| {
            future::ready(match message {
                Ok(message) => read(message).map(Ok),
                Err(error) => Some(Err(refusal(ErrorKind::EngineFault, &error))),
            })
        });
        Ok(until_error(events.boxed()))
    }

    async fn engine_clock_ms(&self) -> Result<u64> {
        let docker = self.docker();
        let info = within(self.timeouts.info, "info", docker.info())
            .await?
            .map_err(|error| refusal(ErrorKind::EngineFault, &error))?;
        Ok(info.system_time.as_deref().and_then(parse_ms).unwrap_or(0))
    }
}

/// The stream up to its first error, with it.
fn until_error(events: EventStream) -> EventStream {
    futures_util::stream::unfold(Some(events), |events| async move {
        let mut events = events?;
        let event = events.next().await?;
        let rest = event.is_ok().then_some(events);
        Some((event, rest))
    })
    .boxed()
}

/// `None` for what the agent does not ask about.
fn read(message: EventMessage) -> Option<Event> {
    let actor = message.actor?;
    let attributes = actor.attributes.unwrap_or_default();
    let exit_code = attributes.get("exitCode").and_then(|code| code.parse().ok());
    let kind = match message.action.as_deref()? {
        "create" => EventKind::Created,
        "start" => EventKind::Started,
        "die" => EventKind::Died { exit_code: exit_code.unwrap_or(0) },
        "oom" => EventKind::Oom,
        "destroy" => EventKind::Destroyed,
        action => EventKind::Health(verdict(action.strip_prefix("health_status:")?.trim())?),
    };
    let labels: BTreeMap<String, String> =
        attributes.into_iter().filter(|(key, _)| !NO_LABELS.contains(&key.as_str())).collect();
    let at_ms = message.time_nano.and_then(|nanos| u64::try_from(nanos / 1_000_000).ok())?;
    Some(Event { container_id: ContainerId(actor.id?), kind, labels, at_ms })
}

fn verdict(word: &str) -> Option<HealthStatus> {
    match word {
        "healthy" => Some(HealthStatus::Healthy),
        "unhealthy" => Some(HealthStatus::Unhealthy),
        "starting" => Some(HealthStatus::Starting),
        _ => None,
    }
}
