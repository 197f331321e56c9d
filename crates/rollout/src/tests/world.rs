//! A service with its tasks in memory: plans are applied as the control plane would, and tasks live
//! as the test says.

use alloc::{collections::BTreeMap, format, string::String, vec, vec::Vec};
use arn::{DeploymentId, InstanceId, ServiceId, TaskDefinitionId, TaskId};
use model::{
    Container, Deployment, DeploymentConfiguration, DeploymentStatus, DesiredStatus, HealthStatus,
    LaunchType, Owner, PropagateTags, RolloutRecord, RolloutState, SchedulingStrategy, Service,
    ServiceDeployment, ServiceStatus, StopCode, Task, TaskStatus, Throttle, Timestamp,
};
use proptest::test_runner::Config as ProptestConfig;

use crate::{
    Destination, Eligible, Host, NewDeployment, Phase, Plan, SETTLE_DEFAULT_MS, Start, TaskView,
    View, begin_deployment, events, first, on_task_health, on_task_running, on_task_stopped, plan,
};

/// So many cases of a property, or `PROPTEST_CASES`.
pub fn cases(count: u32) -> ProptestConfig {
    let wish = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    ProptestConfig {
        cases: wish.unwrap_or(count),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

pub fn service(desired: u32, min: u32, max: u32) -> Service {
    Service {
        cluster: "default".parse().unwrap(),
        name: "web".parse().unwrap(),
        id: ServiceId(7),
        status: ServiceStatus::Active,
        scheduling_strategy: SchedulingStrategy::Replica,
        deployment_controller: model::DeploymentController::Ecs,
        launch_type: LaunchType::Ec2,
        desired_count: desired,
        deployment_configuration: DeploymentConfiguration {
            minimum_healthy_percent: min,
            maximum_percent: max,
            circuit_breaker: model::CircuitBreaker::default(),
            early_success: None,
            bake_time_minutes: 0,
            strategy: model::DeploymentStrategy::Rolling,
            traffic_steps: None,
            lifecycle_hooks: vec![],
            alarms: model::DeploymentAlarms::default(),
        },
        placement_constraints: vec![],
        placement_strategies: vec![],
        health_check_grace_period_s: None,
        availability_zone_rebalancing: false,
        propagate_tags: PropagateTags::None,
        enable_ecs_managed_tags: false,
        enable_execute_command: false,
        created_at: Timestamp(0),
        created_by: String::new(),
        tags: vec![],
        deployments: vec![],
        task_sets: vec![],
        service_deployment: None,
        event_seq: 0,
        steady: false,
        placement_failure: None,
        throttle: Throttle::default(),
        rollout: RolloutRecord::default(),
        creation_fingerprint: String::new(),
    }
}

pub fn new_deployment(task_definition: TaskDefinitionId, id: DeploymentId) -> NewDeployment {
    let service_deployment = format!("sd-{}", id.number()).parse().unwrap();
    NewDeployment { task_definition, id, service_deployment }
}

pub struct World {
    pub service: Service,
    /// The service deployments that were superseded.
    pub history: Vec<ServiceDeployment>,
    pub tasks: BTreeMap<TaskId, Task>,
    pub hosts: BTreeMap<InstanceId, (Host, Option<String>)>,
    pub now: Timestamp,
    pub has_health_check: bool,
    pub told: Vec<String>,
    pub in_alarm: Vec<String>,
    /// What a load balancer reports, where there is one.
    pub applied_traffic: Option<model::TrafficWeights>,
    revision: u32,
    next_id: u128,
}

impl World {
    pub fn new(service: Service) -> Self {
        World {
            service,
            history: vec![],
            tasks: BTreeMap::new(),
            hosts: BTreeMap::new(),
            now: Timestamp(1_000_000),
            has_health_check: true,
            told: vec![],
            in_alarm: vec![],
            applied_traffic: None,
            revision: 0,
            next_id: 1,
        }
    }

    /// A world whose service is steady on its first revision.
    pub fn steady(service: Service) -> Self {
        let mut world = World::new(service);
        world.deploy();
        world.finish();
        assert!(world.service.steady, "{:?}", world.service.deployments);
        world.told.clear();
        world
    }

    /// The same for a service with lifecycle hooks, of which the first revision is spared.
    pub fn steady_answering(mut service: Service) -> Self {
        let hooks = core::mem::take(&mut service.deployment_configuration.lifecycle_hooks);
        let mut world = World::steady(service);
        world.service.deployment_configuration.lifecycle_hooks = hooks;
        world
    }

    /// Deploys a new revision.
    pub fn deploy(&mut self) -> DeploymentId {
        self.revision += 1;
        let id = DeploymentId::from_number(u64::from(self.revision));
        let revision = TaskDefinitionId { family: "web".parse().unwrap(), revision: self.revision };
        self.history.extend(begin_deployment(
            &mut self.service,
            new_deployment(revision, id.clone()),
            self.now,
        ));
        id
    }

    pub fn primary(&self) -> &Deployment {
        self.service.primary().unwrap()
    }

    pub fn view(&self) -> View<'_> {
        let tasks = self.tasks.values().filter(|task| task.is_live());
        View {
            service: &self.service,
            tasks: tasks.filter_map(|task| TaskView::new(task, self.host(task))).collect(),
            now: self.now,
            settle_ms: SETTLE_DEFAULT_MS,
            eligible: self
                .hosts
                .iter()
                .filter(|(_, (host, _))| !host.draining)
                .map(|(instance, (_, zone))| Eligible {
                    instance: *instance,
                    availability_zone: zone.clone(),
                })
                .collect(),
            in_alarm: self.in_alarm.clone(),
            applied_traffic: self.applied_traffic,
        }
    }

    fn host(&self, task: &Task) -> Host {
        let host = task.container_instance.and_then(|id| self.hosts.get(&id));
        host.map(|(host, _)| *host).unwrap_or_default()
    }

    pub fn plan(&self) -> Plan {
        plan(&self.view(), &first)
    }

    /// Plans, and applies the plan.
    pub fn step(&mut self) -> Plan {
        let plan = self.plan();
        self.apply(plan.clone());
        plan
    }

    pub fn apply(&mut self, plan: Plan) {
        if let Some(change) = plan.service {
            change.apply(&mut self.service);
        }
        for stop in &plan.stops {
            let now = self.now;
            let task = self.tasks.get_mut(&stop.task).unwrap();
            assert_eq!(task.desired_status, DesiredStatus::Running, "stopped twice");
            task.desired_status = DesiredStatus::Stopped;
            task.stopping_at = Some(now);
            task.stop_code = Some(stop.stop_code());
            task.stopped_reason = Some(stop.stopped_reason());
        }
        if !plan.stops.is_empty() {
            let ids: Vec<_> = plan.stops.iter().map(|stop| stop.task).collect();
            self.told.push(events::has_stopped(&self.service.name, &ids));
        }
        for start in &plan.starts {
            let ids: Vec<_> = (0..start.count)
                .map(|_| {
                    let instance = self.place(start);
                    self.start(start.deployment.clone(), instance)
                })
                .collect();
            self.told.push(events::has_started(&self.service.name, &ids));
        }
        self.told.extend(plan.events);
    }

    /// The instance that the start wants, or some ACTIVE one, in the zone that it wants.
    fn place(&self, start: &Start) -> Option<InstanceId> {
        let wanted_zone = match &start.to {
            Destination::Instance(id) => return Some(*id),
            Destination::Anywhere => None,
            Destination::Zone(zone) => Some(zone),
        };
        let fits = |(host, zone): &(Host, Option<String>)| {
            !host.draining && (wanted_zone.is_none() || zone.as_ref() == wanted_zone)
        };
        let fitting: Vec<_> =
            self.hosts.iter().filter(|(_, host)| fits(host)).map(|(id, _)| *id).collect();
        (!fitting.is_empty()).then(|| fitting[self.next_id as usize % fitting.len()])
    }

    /// A new PENDING task.
    pub fn start(&mut self, deployment: DeploymentId, instance: Option<InstanceId>) -> TaskId {
        let id = TaskId(self.next_id);
        self.next_id += 1;
        let mut task = pending_task(id, &self.service, deployment, self.has_health_check, self.now);
        task.container_instance = instance;
        task.availability_zone =
            task.container_instance.and_then(|id| self.hosts.get(&id)?.1.clone());
        self.tasks.insert(id, task);
        id
    }

    pub fn run(&mut self, id: TaskId) {
        let now = self.now;
        let task = self.tasks.get_mut(&id).unwrap();
        task.last_status = TaskStatus::Running;
        task.started_at = Some(now);
        on_task_running(&mut self.service, task);
    }

    pub fn set_health(&mut self, id: TaskId, health: HealthStatus) {
        let task = self.tasks.get_mut(&id).unwrap();
        task.health_status = health;
        task.health_since = Some(self.now);
        self.told.extend(on_task_health(&mut self.service, task, self.now));
    }

    pub fn stopped(&mut self, id: TaskId) {
        let task = self.tasks.get_mut(&id).unwrap();
        let own_end = match task.started_at {
            Some(_) => StopCode::EssentialContainerExited,
            None => StopCode::TaskFailedToStart,
        };
        task.stop_code.get_or_insert(own_end);
        task.desired_status = DesiredStatus::Stopped;
        task.last_status = TaskStatus::Stopped;
        task.stopped_at = Some(self.now);
        self.told.extend(on_task_stopped(&mut self.service, task, SETTLE_DEFAULT_MS, self.now));
    }

    pub fn live(&self) -> usize {
        self.tasks.values().filter(|task| task.is_live()).count()
    }

    /// The ids of tasks in this phase.
    pub fn in_phase(&self, phase: Phase) -> Vec<TaskId> {
        let view = self.view();
        view.tasks.iter().filter(|task| view.phase(task) == phase).map(|task| task.id).collect()
    }

    /// Everything that is under way arrives; false when nothing was.
    pub fn arrive(&mut self) -> bool {
        let (stopping, pending) = (self.in_phase(Phase::Stopping), self.in_phase(Phase::Pending));
        let warming = self.in_phase(Phase::Warming);
        for id in &stopping {
            self.stopped(*id);
        }
        for id in pending.iter().chain(&warming) {
            if self.tasks[id].last_status < TaskStatus::Running {
                self.run(*id);
            }
            if self.has_health_check {
                self.set_health(*id, HealthStatus::Healthy);
            }
        }
        let moved = !(stopping.is_empty() && pending.is_empty() && warming.is_empty());
        if !self.has_health_check && moved {
            self.now = self.now.plus_ms(SETTLE_DEFAULT_MS);
        }
        moved
    }

    /// Plans and lets arrive until nothing moves any more; the last plan.
    pub fn finish(&mut self) -> Plan {
        for _ in 0..3_000 {
            let plan = self.step();
            if !plan.is_empty() {
                let again = self.plan();
                assert!(again.is_empty(), "not a fixpoint: {plan:?} then {again:?}");
            }
            let arrived = self.arrive();
            if plan.is_empty() && !arrived {
                match plan.next_at {
                    Some(at) => self.now = at,
                    None => return plan,
                }
            }
        }
        panic!("no end: {:?} {:?}", self.service, self.plan());
    }

    /// Wanted tasks of older deployments and of the primary one.
    pub fn frame(&self) -> String {
        let primary = self.primary().id.clone();
        let wanted = self.tasks.values().filter(|task| task.is_wanted());
        let (new, old): (Vec<_>, Vec<_>) =
            wanted.partition(|task| task.owner.as_ref().unwrap().deployment == primary);
        format!("{}+{}", old.len(), new.len())
    }

    pub fn is_completed(&self) -> bool {
        self.service.deployments.len() == 1
            && self.primary().status == DeploymentStatus::Primary
            && self.primary().rollout_state == RolloutState::Completed
    }
}

fn pending_task(
    id: TaskId,
    service: &Service,
    deployment: DeploymentId,
    has_health_check: bool,
    now: Timestamp,
) -> Task {
    let (task_definition, _) = service.runs(&deployment).unwrap();
    let task_definition = task_definition.clone();
    Task {
        group: "service:web".into(),
        owner: Some(Owner { service: service.name.clone(), service_id: service.id, deployment }),
        created_at: now,
        containers: vec![Container {
            name: "web".parse().unwrap(),
            id: arn::ContainerId(id.0),
            image: "web".into(),
            image_digest: None,
            runtime_id: None,
            last_status: TaskStatus::Pending,
            exit_code: None,
            reason: None,
            health_status: HealthStatus::Unknown,
            essential: true,
            has_health_check,
            network_bindings: vec![],
            cpu_units: 0,
            memory_mib: None,
            memory_reservation_mib: None,
        }],
        version: 1,
        ..Task::new(service.cluster.clone(), id, task_definition)
    }
}
