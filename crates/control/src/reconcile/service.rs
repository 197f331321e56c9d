//! Keeps a service at what it should be: `rollout` says what to start and stop, `placement` where.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use arn::{ClusterName, ServiceName, TaskId};
use model::{
    ContainerInstance, ContainerInstanceStatus, LaunchType, Owner, RolloutState,
    SchedulingStrategy, Service, ServiceStatus, Tag, Task,
};
use placement::{Request, Stopping, Strategy};
use rollout::{Eligible, Host, Plan, Start, TaskView, View};
use store::{State, TaskDefinitionRow, Tx};

use super::Outcome;
use crate::{
    Cx, alarms,
    authority::task_role,
    events,
    launch::{self, Launch},
    limits,
    place::{self, Cluster},
    placer::Placer,
    stop, task_definition,
};

const ZONE: &str = "ecs.availability-zone";

/// The outcome for a service that has nothing to start, stop or write.
pub fn look(state: &State, cx: &Cx, cluster: &ClusterName, name: &ServiceName) -> Option<Outcome> {
    let Some(service) = find(state, cluster, name) else { return Some(Outcome::Settled) };
    // What only the index knows is answered in a transaction; one that writes nothing costs no commit.
    if asks_for_eligible(service) {
        return None;
    }
    let plan = plan(state, cx, service, Vec::new(), 0);
    plan.is_empty().then(|| outcome(&plan, service))
}

/// Brings a service one step further.
pub fn run(tx: &mut Tx, cx: &mut Cx, cluster: &ClusterName, name: &ServiceName) -> Outcome {
    let Some(service) = find(tx, cluster, name) else { return Outcome::Settled };
    let mut service = Service::clone(service);
    let used_before = task_definitions_of(&service);
    let seed = cx.random();
    let eligible = eligible(tx, &service);
    let plan = plan(tx, cx, &service, eligible, seed);
    if plan.is_empty() {
        return outcome(&plan, &service);
    }
    if let Some(change) = plan.service.clone() {
        change.apply(&mut service);
    }
    let end = outcome(&plan, &service);
    stop_tasks(tx, cx, &mut service, &plan);
    let blocked = start_tasks(tx, cx, &mut service, &plan);
    events::add(tx, cx, &mut service, plan.events);
    tx.put(service);
    // A revision that was deleted goes with the last deployment that used it.
    for id in used_before {
        task_definition::forget_unused(tx, &id);
    }
    match blocked {
        Some(Short::Full { explanation, .. }) => {
            Outcome::Blocked { explanation, retry_at: plan.next_at }
        }
        Some(Short::More) => Outcome::Requeue(cx.now),
        None => end,
    }
}

fn find<'a>(state: &'a State, cluster: &ClusterName, name: &ServiceName) -> Option<&'a Service> {
    let service = state.services().get(&(cluster.clone(), name.clone()))?;
    (service.status != ServiceStatus::Inactive).then_some(&**service)
}

/// The service as `rollout` sees it; `eligible` by [`eligible`].
pub fn view<'a>(state: &State, cx: &Cx, service: &'a Service, eligible: Vec<Eligible>) -> View<'a> {
    let tasks = state.live_tasks_of_service(service);
    View {
        tasks: tasks.filter_map(|t| TaskView::new(t, host(state, t))).collect(),
        eligible,
        in_alarm: alarms::in_alarm(state, service),
        ..View::without_tasks(service, cx.now, cx.settings.settle_ms)
    }
}

/// What the next step is, as far as the state says; `eligible` by [`eligible`].
pub fn plan(state: &State, cx: &Cx, service: &Service, eligible: Vec<Eligible>, seed: u64) -> Plan {
    let tasks: Vec<&Task> = state.live_tasks_of_service(service).collect();
    let view = view(state, cx, service, eligible);
    let by_id: BTreeMap<TaskId, &Task> = tasks.iter().map(|t| (t.id, *t)).collect();
    let strategies = Strategy::parse_all(&place::strategies(service)).unwrap_or_default();
    let choose = |candidates: &[TaskId], count: usize| {
        let going: BTreeSet<TaskId> = candidates.iter().copied().collect();
        let is_candidate = |t: &&&Task| going.contains(&t.id);
        let staying: Vec<&Task> =
            tasks.iter().filter(|t| !is_candidate(t) && t.is_wanted()).copied().collect();
        let candidates: Vec<&Task> =
            candidates.iter().filter_map(|id| by_id.get(id).copied()).collect();
        let stopping = Stopping {
            tasks: &candidates,
            staying: &staying,
            strategies: &strategies,
            count,
            now: cx.now,
            seed,
        };
        placement::choose_to_stop(&Cluster { state, name: &service.cluster }, &stopping)
    };
    rollout::plan(&view, &choose)
}

fn outcome(plan: &Plan, service: &Service) -> Outcome {
    let next_at = plan.next_at.into_iter().chain(rollout::steady_again_at(service)).min();
    match (&plan.waiting, next_at) {
        (Some(waiting), retry_at) => {
            Outcome::Blocked { explanation: waiting.to_string(), retry_at }
        }
        (None, Some(at)) => Outcome::Requeue(at),
        (None, None) => Outcome::Settled,
    }
}

/// What matters of the container instance of a task.
pub fn host(state: &State, task: &Task) -> Host {
    let instance = task.container_instance;
    let instance =
        instance.and_then(|id| state.container_instances().get(&(task.cluster.clone(), id)));
    instance.map_or(Host { draining: false, disconnected: true }, |instance| Host {
        draining: instance.status == ContainerInstanceStatus::Draining,
        disconnected: !instance.agent_connected,
    })
}

/// Whether a plan depends on which container instances the service is right for: it has a task on
/// each of them, or keeps its zones even, which it does between deployments.
fn asks_for_eligible(service: &Service) -> bool {
    let is_at_rest = service.deployments.len() == 1
        && service.primary().is_some_and(|d| d.rollout_state == RolloutState::Completed);
    service.scheduling_strategy == SchedulingStrategy::Daemon
        || (service.availability_zone_rebalancing && is_at_rest)
}

/// The container instances that a DAEMON service is for, or one in each zone of those that a service
/// that keeps its zones even is for, whether or not they have room now.
pub fn eligible(tx: &mut Tx, service: &Service) -> Vec<Eligible> {
    let Some(request) = request_for_eligible(tx, service) else { return Vec::new() };
    let is_daemon = service.scheduling_strategy == SchedulingStrategy::Daemon;
    let one_per = (!is_daemon).then_some(ZONE);
    let index = tx.companion::<Placer>().of_cluster(&service.cluster);
    index.eligible(&request, one_per).into_iter().map(eligible_instance).collect()
}

/// [`eligible`] for somebody who only looks, and has no index: it looks at every container instance.
pub fn eligible_in(state: &State, service: &Service) -> Vec<Eligible> {
    let Some(request) = request_for_eligible(state, service) else { return Vec::new() };
    let view = Cluster { state, name: &service.cluster };
    placement::eligible(&view, &request).into_iter().map(eligible_instance).collect()
}

fn eligible_instance(instance: &ContainerInstance) -> Eligible {
    Eligible { instance: instance.id, availability_zone: instance.attribute(ZONE).map(Into::into) }
}

fn request_for_eligible(state: &State, service: &Service) -> Option<Request> {
    let primary = service.primary().filter(|_| asks_for_eligible(service))?;
    let definition = definition(state, &primary.task_definition)?;
    let owner = owner(service, primary.id.clone());
    let launching = Launching::new(service, service.launch_type, definition, owner);
    place::request(&launching.launch(), &service.placement_constraints, &[]).ok()
}

/// What `placement` would be asked for one task more of the primary deployment or task set; else why
/// nothing.
pub fn next_request(state: &State, service: &Service) -> Result<placement::Request, String> {
    let of_task_set = || service.primary_task_set().map(|set| &set.id);
    let primary = service.primary().map(|deployment| &deployment.id).or_else(of_task_set);
    let primary = primary.ok_or("it has no primary deployment and no primary task set")?;
    let runs = service.runs(primary);
    let (task_definition, launch_type) = runs.expect("invariant: what is primary is there");
    let definition = definition(state, task_definition);
    let definition = definition.ok_or("its task definition is deleted")?;
    let owner = owner(service, primary.clone());
    let launching = Launching::new(service, launch_type, definition, owner);
    let (constraints, strategies) = (&service.placement_constraints, place::strategies(service));
    place::request(&launching.launch(), constraints, &strategies).map_err(|why| why.to_string())
}

fn stop_tasks(tx: &mut Tx, cx: &mut Cx, service: &mut Service, plan: &Plan) {
    let mut stopped = Vec::new();
    for stop in &plan.stops {
        let task = tx.tasks().get(&(service.cluster.clone(), stop.task)).cloned();
        if let Some(task) = task {
            stop::request(tx, cx, &task, stop.stop_code(), &stop.stopped_reason());
            stopped.push(stop.task);
        }
    }
    if !stopped.is_empty() {
        let message = rollout::events::has_stopped(&service.name, &stopped);
        events::add(tx, cx, service, vec![message]);
    }
}

/// Why not everything was started.
pub enum Short {
    /// No container instance takes it.
    Full {
        /// Why.
        explanation: String,
        /// What was asked of placement; `None` where it could not be asked.
        request: Option<Arc<Request>>,
        /// How many tasks need more than any container instance has, whatever else ends there.
        unplaceable: u32,
    },
    /// The rest comes in the next transaction.
    More,
}

fn start_tasks(tx: &mut Tx, cx: &mut Cx, service: &mut Service, plan: &Plan) -> Option<Short> {
    let mut started = Vec::new();
    let mut end = None;
    for start in &plan.starts {
        match start_some(tx, cx, service, start, &mut started) {
            None => {}
            Some(Short::More) => {
                end = Some(Short::More);
                break;
            }
            // One full instance must not keep a daemon from the others.
            Some(full) => {
                end.get_or_insert(full);
            }
        }
    }
    if !started.is_empty() {
        service.placement_failure = None;
        let message = rollout::events::has_started(&service.name, &started);
        events::add(tx, cx, service, vec![message]);
    }
    if let Some(Short::Full { explanation, unplaceable, .. }) = &end {
        if service.placement_failure.as_ref() != Some(explanation) {
            service.placement_failure = Some(explanation.clone());
            let message = format!("(service {}) {explanation}", service.name);
            events::add(tx, cx, service, vec![message]);
        }
        if *unplaceable > 0 {
            let told = rollout::on_tasks_unplaceable(service, *unplaceable, cx.now);
            events::add(tx, cx, service, told);
        }
    }
    end
}

/// Places and starts tasks, and adds them to `started`; why not all of them, if so.
pub fn start_some(
    tx: &mut Tx,
    cx: &mut Cx,
    service: &Service,
    start: &Start,
    started: &mut Vec<TaskId>,
) -> Option<Short> {
    let (task_definition, launch_type) = service.runs(&start.deployment)?;
    let definition = definition(tx, task_definition)?;
    let owner = owner(service, start.deployment.clone());
    let launching = Launching::new(service, launch_type, definition, owner);
    let launch = launching.launch();
    if let Err(why) = task_role::check(tx, cx, &launch) {
        let explanation = format!("failed to launch a task with (error {why}).");
        return Some(Short::Full { explanation, request: None, unplaceable: start.count });
    }
    let constraints = &service.placement_constraints;
    // A rollback can bring back a revision whose own constraints are too many with today's.
    let mut request = match place::request(&launch, constraints, &place::strategies(service)) {
        Ok(request) => request,
        Err(error) => {
            let explanation = format!("was unable to place a task. Reason: {error}.");
            return Some(Short::Full { explanation, request: None, unplaceable: 0 });
        }
    };
    if let Some(zone) = start.to.zone() {
        request.constraints.push(place::in_zone(zone)?);
    }
    let request = Arc::new(request);
    for placed in 0..start.count {
        if started.len() >= limits::PLACEMENTS_PER_PASS_MAX {
            return Some(Short::More);
        }
        let place = match start.to.instance() {
            None => place::choose(tx, &service.cluster, &request, cx.random()),
            Some(id) => place::place_on(tx, &service.cluster, &request, id).ok(),
        };
        match place {
            Some(place) => started.push(launch::launch(tx, cx, &launch, place).id),
            // Rebalancing is best effort: where its zone is full, things stay as they are.
            None if start.to.zone().is_some() => return None,
            None => {
                let on = start.to.instance();
                let short = place::shortfall(tx, &service.cluster, &request, on);
                return Some(Short::Full {
                    explanation: short.event_text(),
                    unplaceable: if short.is_beyond_all { start.count - placed } else { 0 },
                    request: Some(request),
                });
            }
        }
    }
    None
}

fn definition(state: &State, id: &arn::TaskDefinitionId) -> Option<Arc<TaskDefinitionRow>> {
    state.task_definitions().get(&(id.family.clone(), id.revision)).cloned()
}

/// What the service runs, and what it would roll back to.
fn task_definitions_of(service: &Service) -> Vec<arn::TaskDefinitionId> {
    let last =
        service.rollout.last_completed.as_ref().map(|deployment| &deployment.task_definition);
    service.task_definitions().chain(last).cloned().collect()
}

fn owner(service: &Service, deployment: arn::DeploymentId) -> Owner {
    Owner { service: service.name.clone(), service_id: service.id, deployment }
}

/// What the tasks of one deployment or task set have in common.
struct Launching<'a> {
    service: &'a Service,
    launch_type: LaunchType,
    definition: Arc<TaskDefinitionRow>,
    owner: Owner,
    group: String,
    overrides: model::TaskOverride,
    tags: Vec<Tag>,
}

impl<'a> Launching<'a> {
    fn new(
        service: &'a Service,
        launch_type: LaunchType,
        definition: Arc<TaskDefinitionRow>,
        owner: Owner,
    ) -> Self {
        let mut tags = match service.propagate_tags {
            model::PropagateTags::Service => service.tags.clone(),
            model::PropagateTags::TaskDefinition => definition.facts.tags.clone(),
            model::PropagateTags::None => Vec::new(),
        };
        if service.enable_ecs_managed_tags {
            launch::add_managed_tags(&mut tags, &service.cluster, Some(&owner));
        }
        let group = format!("service:{}", service.name);
        Launching {
            service,
            launch_type,
            definition,
            owner,
            group,
            overrides: model::TaskOverride::default(),
            tags,
        }
    }

    fn launch(&self) -> Launch<'_> {
        Launch {
            cluster: &self.service.cluster,
            definition: &self.definition,
            launch_type: self.launch_type,
            group: &self.group,
            started_by: Some(self.owner.deployment.as_str()),
            owner: Some(&self.owner),
            overrides: &self.overrides,
            tags: &self.tags,
        }
    }
}
