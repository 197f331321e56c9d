//! What the hosts really run, and what agents may do to it.

use std::collections::BTreeMap;

use agent::engine::Verb;
use runtime::ContainerSpec;

use crate::{Broken, World, agenda::HostId};

const TASK_LABEL: &str = "com.amazonaws.ecs.task-arn";
const NAME_LABEL: &str = "com.amazonaws.ecs.container-name";

/// The task and the name of a container that an agent made.
pub fn identity(spec: &ContainerSpec) -> Option<(String, String)> {
    let mut labels = spec.labels();
    Some((labels.remove(TASK_LABEL)?, labels.remove(NAME_LABEL)?))
}

impl World {
    /// What each host's engine runs, by the ARN of its task.
    pub(crate) fn running_containers(&self) -> BTreeMap<String, Vec<HostId>> {
        let mut running: BTreeMap<String, Vec<HostId>> = BTreeMap::new();
        for (index, host) in self.hosts.iter().enumerate() {
            for task in host.running_tasks() {
                running.entry(task).or_default().push(index);
            }
        }
        running
    }

    /// An agent is about to end a container: not that of a task which is to run.
    pub(crate) fn check_end(&mut self, host: HostId, verb: &Verb) {
        let (Verb::Stop { id, .. } | Verb::Kill(id) | Verb::Remove(id)) = verb else { return };
        let fake = &self.hosts[host].fake;
        if !fake.is_running(id) {
            return;
        }
        let Some((arn, _)) = fake.spec(id).and_then(identity) else { return };
        let id = arn.rsplit('/').next().and_then(|id| id.parse().ok());
        let task = id.and_then(|id| self.watch.seen.tasks().get(&(self.cluster.clone(), id)));
        if task.is_some_and(|task| task.is_wanted()) {
            let what = format!("host {host} ends a container of {arn}, which is to run");
            self.watch.broken = Some(Broken::new("agents-end-only-what-is-to-stop", what));
        }
    }

    /// An agent has started a container: it runs nowhere else, and the host can bear it.
    pub(crate) fn check_start(&mut self, host: HostId, verb: &Verb) {
        let Verb::Start(id) = verb else { return };
        let fake = &self.hosts[host].fake;
        let Some(own) = fake.spec(id).and_then(identity).filter(|_| fake.is_running(id)) else {
            return;
        };
        let all = self.hosts.iter().flat_map(|host| host.fake.running());
        let same = all.filter(|(_, spec)| identity(spec).as_ref() == Some(&own)).count();
        if same > 1 {
            let what = format!("container {} of {} runs {same} times", own.1, own.0);
            self.watch.broken = Some(Broken::new("no-task-is-doubled", what));
        }
        let memory_mib: u64 = fake.running().map(|(_, spec)| spec.memory_bytes() >> 20).sum();
        let capacity_mib = self.hosts[host].capacity.memory_mib as u64;
        if memory_mib > capacity_mib {
            let what = format!("host {host} runs {memory_mib} MiB of {capacity_mib}");
            self.watch.broken = Some(Broken::new("hosts-are-not-over-committed", what));
        }
    }
}
