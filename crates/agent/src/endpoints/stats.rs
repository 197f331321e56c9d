//! Containers' use of the machine, in Docker's words. Readers divide what was used since the sample
//! before by the time since then, so each sample is shown with the one before it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use runtime::{ContainerId, ContainerRuntime};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::metadata::Version;

/// The least time between two samples: over less, rates say little.
const APART: Duration = Duration::from_secs(1);
/// A sample that is older tells nothing of the present.
const OLDEST: Duration = Duration::from_mins(5);

/// The last sample of each container that somebody asked for. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    last: Arc<Mutex<BTreeMap<ContainerId, Sample>>>,
}

#[derive(Clone, Debug)]
struct Sample {
    at: Instant,
    /// As it is shown: with the one before.
    stats: Value,
}

impl Samples {
    /// A sample of a running container. The first one takes a second.
    pub async fn take(
        &self,
        runtime: &dyn ContainerRuntime,
        id: &ContainerId,
        version: Version,
    ) -> runtime::Result<Value> {
        let before = match self.last(id) {
            Some(last) if last.at.elapsed() < APART => return Ok(shown(last.stats, version)),
            Some(last) => last,
            None => {
                let first = Sample { at: Instant::now(), stats: runtime.stats(id).await? };
                tokio::time::sleep(APART).await;
                first
            }
        };
        let now = Sample { at: Instant::now(), stats: runtime.stats(id).await? };
        let sample = Sample { at: now.at, stats: after(&before, now) };
        let stats = sample.stats.clone();
        self.keep(id, sample);
        Ok(shown(stats, version))
    }

    fn last(&self, id: &ContainerId) -> Option<Sample> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.get(id).filter(|sample| sample.at.elapsed() < OLDEST).cloned()
    }

    fn keep(&self, id: &ContainerId, sample: Sample) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.retain(|_, sample| sample.at.elapsed() < OLDEST);
        last.insert(id.clone(), sample);
    }
}

/// A sample with the one before it, and the rates between the two.
fn after(before: &Sample, now: Sample) -> Value {
    let mut stats = now.stats;
    let seconds = now.at.duration_since(before.at).as_secs_f64();
    let rate = |name: &str, stats: &Value| {
        let sum = |stats: &Value| -> u64 {
            let networks = stats["networks"].as_object().into_iter().flatten();
            networks.filter_map(|(_, network)| network[name].as_u64()).sum()
        };
        sum(stats).saturating_sub(sum(&before.stats)) as f64 / seconds
    };
    if stats["networks"].is_object() && seconds > 0.0 {
        stats["network_rate_stats"] = json!({
            "rx_bytes_per_sec": rate("rx_bytes", &stats),
            "tx_bytes_per_sec": rate("tx_bytes", &stats),
        });
    }
    stats["preread"] = before.stats["read"].clone();
    stats["precpu_stats"] = before.stats["cpu_stats"].clone();
    stats
}

fn shown(mut stats: Value, version: Version) -> Value {
    if let Some(members) = stats.as_object_mut().filter(|_| version == Version::V3) {
        members.remove("network_rate_stats");
    }
    stats
}

#[cfg(test)]
mod tests {
    use super::{Sample, Version, after, shown};
    use serde_json::{Value, json};
    use std::time::Duration;
    use tokio::time::Instant;

    fn stats(read: &str, cpu: u64, bytes: u64) -> Value {
        json!({
            "read": read, "cpu_stats": { "cpu_usage": { "total_usage": cpu } },
            "networks": { "eth0": { "rx_bytes": bytes, "tx_bytes": 2 * bytes } },
        })
    }

    #[test]
    fn a_sample_has_the_one_before_it_and_what_went_over_the_network_in_between() {
        let at = Instant::now();
        let before = Sample { at, stats: stats("first", 10, 1_000) };
        let later = at + Duration::from_secs(2);
        let shown_v4 = after(&before, Sample { at: later, stats: stats("second", 30, 5_000) });
        assert_eq!(shown_v4["preread"], "first");
        assert_eq!(shown_v4["precpu_stats"]["cpu_usage"]["total_usage"], 10);
        assert_eq!(shown_v4["cpu_stats"]["cpu_usage"]["total_usage"], 30);
        let rates = json!({ "rx_bytes_per_sec": 2_000.0, "tx_bytes_per_sec": 4_000.0 });
        assert_eq!(shown_v4["network_rate_stats"], rates);
        assert_eq!(shown(shown_v4, Version::V3).get("network_rate_stats"), None);
    }
}
