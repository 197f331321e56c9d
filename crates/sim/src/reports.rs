//! What comes up from the agents.

use agent::engine::Report;
use arn::ClusterName;
use control::session::{InstanceKey, tcs::note_health};
use model::Timestamp;
use session_wire::tcs::TaskHealth;
use wire::ecs;

use crate::{
    World,
    agenda::{Action, HostId},
};

impl World {
    pub(crate) fn submit(&mut self, host: HostId, life: u64, report: Report) {
        if self.hosts[host].life != life {
            return;
        }
        let is_lost = !self.is_calm && self.dice.once_in(12);
        let is_repeated = !self.is_calm && self.dice.once_in(12);
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let input = submission(&self.cluster, &report);
        let taken =
            self.plane.update(|tx| control::api::submit_task_state_change(tx, &mut cx, input));
        match taken {
            Ok(answer) => {
                if let Err(error) = answer {
                    panic!("a report was refused: {error:?}");
                }
                if is_lost {
                    self.count("answer lost");
                    // The answer is lost: the agent says it all again.
                    self.after(1_000, Action::Submit(host, life, Box::new(report)));
                } else {
                    if is_repeated {
                        self.count("report repeated");
                        let again = Box::new(report.clone());
                        let delay = self.dice.between(1, 30_000);
                        self.after(delay, Action::Submit(host, life, again));
                    }
                    self.after(5, Action::Submitted(host, life, report.task, report.number));
                }
            }
            Err(_) => self.after(1_000, Action::Submit(host, life, Box::new(report))),
        }
    }

    pub(crate) fn tell_health(&mut self, host: HostId, life: u64, arn: &str) {
        let h = &self.hosts[host];
        if h.life != life {
            return;
        }
        let Some(task) = h.engine.as_ref().and_then(|e| e.task(arn)) else { return };
        let containers = task.containers.iter().enumerate();
        let told = TaskHealth {
            task_arn: arn.into(),
            containers: containers
                .filter(|(index, _)| task.has_health_check(*index))
                .map(|(_, c)| session_wire::tcs::ContainerHealth {
                    container_name: c.name.clone(),
                    health_status: c.health.status.to_string(),
                    ..session_wire::tcs::ContainerHealth::default()
                })
                .collect(),
            ..TaskHealth::default()
        };
        if told.containers.is_empty() {
            return;
        }
        let key = h.key.clone();
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let taken = self.plane.update(|tx| {
            note_health(tx, &mut cx, &key, &[told]);
            Ok::<_, ()>(())
        });
        if taken.is_err() {
            self.after(3_000, Action::Health(host, life, arn.into()));
        }
    }

    pub(crate) fn key_of(&self, host: HostId) -> InstanceKey {
        self.hosts[host].key.clone()
    }
}

fn submission(cluster: &ClusterName, report: &Report) -> ecs::SubmitTaskStateChangeRequest {
    let at = |t: Option<Timestamp>| t.map(|t| wire::Timestamp(t.0));
    ecs::SubmitTaskStateChangeRequest {
        cluster: Some(cluster.to_string()),
        task: Some(report.task.clone()),
        status: Some(report.status.to_string()),
        reason: report.reason.clone(),
        containers: Some(
            report
                .containers
                .iter()
                .map(|c| ecs::ContainerStateChange {
                    container_name: Some(c.name.clone()),
                    status: Some(c.status.to_string()),
                    runtime_id: c.runtime_id.clone(),
                    exit_code: c.exit_code.map(|code| code as i32),
                    reason: c.reason.clone(),
                    image_digest: c.image_digest.clone(),
                    network_bindings: None,
                })
                .collect(),
        ),
        pull_started_at: at(report.pull_started_at),
        pull_stopped_at: at(report.pull_stopped_at),
        execution_stopped_at: at(report.execution_stopped_at),
        ..ecs::SubmitTaskStateChangeRequest::default()
    }
}
