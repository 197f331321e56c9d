//! A rollout tried out: `rollout` foresees it, `placement` places its tasks, on a copy of the state that
//! nobody keeps.

use std::collections::BTreeMap;

use arn::{InstanceId, TaskId};
use model::{DesiredStatus, Service, Task};
use placement::RuledOut;
use rollout::{
    Start, TaskView,
    forecast::{self, Forecast, Pace},
};
use store::Tx;

use crate::{
    Cx, place,
    reconcile::service::{self as scheduler, Short},
};

/// The copy, with the tasks as the forecast has them.
struct Trial<'a> {
    tx: Tx,
    cx: &'a mut Cx,
    service: Service,
    /// Tasks that were placed and that the forecast has not shown under its own ids yet.
    unclaimed: BTreeMap<InstanceId, Vec<Task>>,
    /// Why the last task that was to be started had no place.
    obstacles: Vec<RuledOut>,
}

/// Foresees the rollout of a service in `tx`, which is the copy. With what stood in the way on each
/// container instance when the last task that was to be started had no place.
pub fn run(mut tx: Tx, cx: &mut Cx, service: &Service, pace: &Pace) -> (Forecast, Vec<RuledOut>) {
    let state = store::State::clone(&tx);
    let eligible = scheduler::eligible(&mut tx, service);
    let view = scheduler::view(&state, cx, service, eligible);
    let mut trial = Trial {
        tx,
        cx,
        service: service.clone(),
        unclaimed: BTreeMap::new(),
        obstacles: Vec::new(),
    };
    let forecast = forecast::forecast(&view, pace, &rollout::first, &mut |start, live| {
        trial.bring_to(live);
        trial.place(start)
    });
    (forecast, trial.obstacles)
}

impl Trial<'_> {
    /// Gives the copy the tasks that the forecast has now.
    fn bring_to(&mut self, live: &[TaskView]) {
        let cluster = self.service.cluster.clone();
        let shown: BTreeMap<TaskId, &TaskView> = live.iter().map(|task| (task.id, task)).collect();
        let there: Vec<Task> = self.tx.live_tasks_of_service(&self.service).cloned().collect();
        for task in there {
            match shown.get(&task.id) {
                None => drop(self.tx.delete::<Task>(&(cluster.clone(), task.id))),
                Some(view) if view.desired_status != task.desired_status => {
                    self.tx.put(Task { desired_status: DesiredStatus::Stopped, ..task });
                }
                Some(_) => {}
            }
        }
        for view in live {
            if self.tx.get::<Task>(&(cluster.clone(), view.id)).is_some() {
                continue;
            }
            let instance = view.container_instance;
            let placed = instance.and_then(|id| self.unclaimed.get_mut(&id)?.pop());
            if let Some(task) = placed {
                let desired_status = view.desired_status;
                self.tx.put(Task { id: view.id, desired_status, ..task });
            }
        }
        self.unclaimed.clear();
    }

    /// Places the tasks of a start, as the scheduler does.
    fn place(&mut self, start: &Start) -> Vec<InstanceId> {
        let mut started = Vec::new();
        self.obstacles.clear();
        loop {
            let before = started.len();
            let rest = Start { count: start.count - before as u32, ..start.clone() };
            let mut some = Vec::new();
            let short =
                scheduler::start_some(&mut self.tx, self.cx, &self.service, &rest, &mut some);
            started.extend(some);
            match short {
                Some(Short::More) if started.len() > before => {}
                Some(Short::Full { request, .. }) => {
                    if let Some(request) = request {
                        let (cluster, on) = (&self.service.cluster, start.to.instance());
                        let explanation = place::explain(&self.tx, cluster, &request, on);
                        self.obstacles = explanation.instances;
                    }
                    break;
                }
                Some(Short::More) | None => break,
            }
        }
        let cluster = &self.service.cluster;
        let tasks = started.iter().filter_map(|id| self.tx.get::<Task>(&(cluster.clone(), *id)));
        let mut places = Vec::new();
        for task in tasks {
            let Some(instance) = task.container_instance else { continue };
            places.push(instance);
            self.unclaimed.entry(instance).or_default().push((**task).clone());
        }
        places
    }
}
