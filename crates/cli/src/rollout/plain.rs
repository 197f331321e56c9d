//! A rollout in lines of text: one for each thing that changed.

use wire::longshore::{
    phase::TaskPhase,
    watch::{Picture, ServiceUpdate},
};

use super::seen::{Counts, is_new};

/// The lines that an update is worth, to somebody who knows `before`.
pub fn lines(before: &Picture, update: &ServiceUpdate, after: &Picture) -> Vec<String> {
    let counts = Counts::of(after);
    let frame = format!("{}+{}", counts.old.total(), counts.new.total());
    let healthy = counts.old.healthy + counts.new.healthy;
    let head = format!(
        "{} {frame} healthy {healthy} floor {} ceiling {}",
        model::Timestamp(update.at.0),
        after.service.floor,
        after.service.ceiling
    );
    let changes = tasks(before, update, after)
        .chain(deployments(before, after))
        .chain(service(before, after))
        .chain(update.events.iter().filter_map(|event| event.message.clone()))
        .chain(update.end.iter().map(|why| format!("end: {why}")));
    changes.map(|change| format!("{head} | {change}")).collect()
}

fn tasks<'a>(
    before: &'a Picture,
    update: &'a ServiceUpdate,
    after: &'a Picture,
) -> impl Iterator<Item = String> + 'a {
    update.tasks.iter().filter_map(|task| {
        let earlier = before.tasks.get(&task.id).map(|earlier| earlier.phase);
        if earlier == Some(task.phase) && !update.whole {
            return None;
        }
        let lane = if is_new(after, &task.deployment) { "new" } else { "old" };
        let id = task.id.get(..8).unwrap_or(&task.id);
        let mut text = format!("{lane} task {id} {} is {}", task.task_definition, word(task.phase));
        let reason = match task.phase {
            TaskPhase::Stopping | TaskPhase::Stopped => task.stopped_reason.as_ref(),
            _ => task.waits_for.as_ref(),
        };
        if let Some(reason) = reason {
            text.push_str(": ");
            text.push_str(reason);
        }
        Some(text)
    })
}

fn word(phase: TaskPhase) -> &'static str {
    match phase {
        TaskPhase::Pending => "PENDING",
        TaskPhase::Warming => "RUNNING, not healthy yet",
        TaskPhase::Healthy => "healthy",
        TaskPhase::Unhealthy => "unhealthy",
        TaskPhase::Stopping => "stopping",
        TaskPhase::Stopped => "STOPPED",
    }
}

fn deployments<'a>(before: &'a Picture, after: &'a Picture) -> impl Iterator<Item = String> + 'a {
    after.deployments.iter().filter_map(|it| {
        let earlier = before.deployments.iter().find(|earlier| earlier.id == it.id);
        let shown = |it: &wire::ecs::Deployment| (it.status.clone(), it.rollout_state);
        if earlier.map(shown) == Some(shown(it)) {
            return None;
        }
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let state = it.rollout_state.map(|state| state.to_string()).unwrap_or_default();
        let (id, status) = (text(&it.id), text(&it.status));
        Some(format!("deployment {id} {status} {state}: {}", text(&it.rollout_state_reason)))
    })
}

fn service<'a>(before: &'a Picture, after: &'a Picture) -> impl Iterator<Item = String> + 'a {
    let (old, new) = (&before.service, &after.service);
    let desired = (old.desired_count != new.desired_count || old.name.is_empty())
        .then(|| format!("desired {}", new.desired_count));
    let stage = new.service_deployment.as_ref().filter(|it| {
        let shown = |of: &wire::longshore::watch::WatchedServiceDeployment| {
            (of.service_deployment_arn.clone(), of.status.clone(), of.lifecycle_stage.clone())
        };
        old.service_deployment.as_ref().map(shown) != Some(shown(it))
    });
    let stage = stage.map(|it| {
        let number = it.service_deployment_arn.rsplit('/').next().unwrap_or_default();
        format!("service deployment {number} {} {}", it.status, it.lifecycle_stage)
    });
    let waits = new.waits_for.as_ref().filter(|_| old.waits_for != new.waits_for);
    let waits = waits.map(|why| format!("waits: {why}"));
    let steady = (new.steady && !old.steady).then(|| "steady".to_owned());
    desired.into_iter().chain(stage).chain(waits).chain(steady)
}
