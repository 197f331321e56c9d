//! What is there in the tests: one of each, all tagged `team=a`.

use arn::{ContainerId, Home, InstanceId, ServiceId, TaskDefinitionId, TaskId};
use model::{
    Cluster, ClusterStatus, Connectivity, Container, ContainerInstance, ContainerInstanceStatus,
    DeploymentAlarms, DeploymentConfiguration, DeploymentController, DeploymentStrategy,
    DesiredStatus, HealthStatus, LaunchType, NetworkMode, PropagateTags, Resources, RolloutRecord,
    Scale, SchedulingStrategy, Service, ServiceStatus, StabilityStatus, Tag, Task, TaskDefinition,
    TaskDefinitionStatus, TaskOverride, TaskSet, TaskSetStatus, TaskStatus, Throttle, Timestamp,
    VersionInfo,
};

use crate::Facts;

/// The id of the task and of the container instance.
pub const ID: u128 = 0x5f;
/// The id as it is written.
pub const ID_TEXT: &str = "0000000000000000000000000000005f";
/// The task set.
pub const TASK_SET: &str = "ecs-svc/7";

/// Where the tests are at home.
pub fn home() -> Home {
    Home { region: "eu-central-1".into(), account: "111122223333".into() }
}

/// The cluster `prod` with the service `web`, a task of it, a container instance and a task set; and
/// the task definition `web`, of which revision 3 is the newest ACTIVE one.
pub struct World {
    cluster: Cluster,
    service: Service,
    task: Task,
    container_instance: ContainerInstance,
    task_definition: TaskDefinition,
    authorises_tags: bool,
}

impl Default for World {
    fn default() -> Self {
        World {
            cluster: cluster(),
            service: service(),
            task: task(),
            container_instance: container_instance(),
            task_definition: task_definition(),
            authorises_tags: true,
        }
    }
}

impl World {
    /// The same, but that the task definition has no roles.
    pub fn without_roles(mut self) -> Self {
        self.task_definition.task_role_arn = None;
        self.task_definition.execution_role_arn = None;
        self
    }

    /// The same, but that the account setting tagResourceAuthorization is off.
    pub fn with_free_tags(self) -> Self {
        World { authorises_tags: false, ..self }
    }
}

impl Facts for World {
    fn cluster(&self, name: &arn::ClusterName) -> Option<&Cluster> {
        Some(&self.cluster).filter(|it| it.name == *name)
    }

    fn service(&self, cluster: &arn::ClusterName, name: &arn::ServiceName) -> Option<&Service> {
        Some(&self.service).filter(|it| it.cluster == *cluster && it.name == *name)
    }

    fn task(&self, cluster: &arn::ClusterName, id: TaskId) -> Option<&Task> {
        Some(&self.task).filter(|it| it.cluster == *cluster && it.id == id)
    }

    fn container_instance(
        &self,
        cluster: &arn::ClusterName,
        id: InstanceId,
    ) -> Option<&ContainerInstance> {
        Some(&self.container_instance).filter(|it| it.cluster == *cluster && it.id == id)
    }

    fn task_definition(&self, reference: &arn::TaskDefinitionRef) -> Option<&TaskDefinition> {
        let wanted = reference.revision.unwrap_or(self.task_definition.id.revision);
        Some(&self.task_definition)
            .filter(|it| it.id.family == reference.family && it.id.revision == wanted)
    }

    fn authorises_tags(&self) -> bool {
        self.authorises_tags
    }
}

fn name<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().expect("a valid name")
}

fn tags() -> Vec<Tag> {
    vec![Tag { key: "team".into(), value: "a".into() }]
}

fn cluster() -> Cluster {
    Cluster {
        name: name("prod"),
        status: ClusterStatus::Active,
        created_at: Timestamp(0),
        settings: Vec::new(),
        configuration: None,
        tags: tags(),
    }
}

fn service() -> Service {
    Service {
        cluster: name("prod"),
        name: name("web"),
        id: ServiceId(1),
        status: ServiceStatus::Active,
        scheduling_strategy: SchedulingStrategy::Replica,
        deployment_controller: DeploymentController::External,
        launch_type: LaunchType::Ec2,
        desired_count: 1,
        deployment_configuration: DeploymentConfiguration {
            minimum_healthy_percent: 100,
            maximum_percent: 200,
            circuit_breaker: model::CircuitBreaker::default(),
            early_success: None,
            bake_time_minutes: 0,
            strategy: DeploymentStrategy::Rolling,
            traffic_steps: None,
            lifecycle_hooks: Vec::new(),
            alarms: DeploymentAlarms::default(),
        },
        placement_constraints: Vec::new(),
        placement_strategies: Vec::new(),
        health_check_grace_period_s: None,
        availability_zone_rebalancing: false,
        propagate_tags: PropagateTags::None,
        enable_ecs_managed_tags: false,
        enable_execute_command: false,
        created_at: Timestamp(0),
        created_by: String::new(),
        tags: tags(),
        deployments: Vec::new(),
        task_sets: vec![task_set()],
        service_deployment: None,
        event_seq: 0,
        steady: true,
        placement_failure: None,
        throttle: Throttle::default(),
        rollout: RolloutRecord::default(),
        creation_fingerprint: String::new(),
    }
}

fn task_set() -> TaskSet {
    TaskSet {
        id: name(TASK_SET),
        status: TaskSetStatus::Primary,
        task_definition: definition_id(),
        launch_type: LaunchType::Ec2,
        scale: Scale::ALL,
        stability: StabilityStatus::SteadyState,
        stability_at: Timestamp(0),
        external_id: None,
        client_token: None,
        creation_fingerprint: String::new(),
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
        tags: tags(),
    }
}

fn task() -> Task {
    Task {
        cluster: name("prod"),
        id: TaskId(ID),
        task_definition: definition_id(),
        container_instance: Some(InstanceId(ID)),
        availability_zone: None,
        launch_type: LaunchType::Ec2,
        group: "service:web".into(),
        started_by: None,
        owner: None,
        last_status: TaskStatus::Running,
        desired_status: DesiredStatus::Running,
        health_status: HealthStatus::Unknown,
        health_since: None,
        connectivity: Connectivity::Connected,
        connectivity_at: None,
        created_at: Timestamp(0),
        started_at: None,
        stopping_at: None,
        stopped_at: None,
        execution_stopped_at: None,
        pull_started_at: None,
        pull_stopped_at: None,
        stop_code: None,
        stopped_reason: None,
        containers: vec![container()],
        reserved: Resources::default(),
        cpu_units: None,
        memory_mib: None,
        overrides: TaskOverride::default(),
        enable_execute_command: false,
        tags: tags(),
        version: 1,
        payload_seq_num: 0,
        protected_until: None,
    }
}

fn container() -> Container {
    Container {
        name: name("app"),
        id: ContainerId(2),
        image: "app".into(),
        image_digest: None,
        runtime_id: None,
        last_status: TaskStatus::Running,
        exit_code: None,
        reason: None,
        health_status: HealthStatus::Unknown,
        essential: true,
        has_health_check: false,
        network_bindings: Vec::new(),
        cpu_units: 0,
        memory_mib: Some(512),
        memory_reservation_mib: None,
    }
}

fn container_instance() -> ContainerInstance {
    ContainerInstance {
        cluster: name("prod"),
        id: InstanceId(ID),
        ec2_instance_id: None,
        status: ContainerInstanceStatus::Active,
        agent_connected: true,
        agent_connected_at: Timestamp(0),
        registered: Resources::new(1024, 2048),
        attributes: Vec::new(),
        version_info: VersionInfo::default(),
        registered_at: Timestamp(0),
        tags: tags(),
        version: 1,
        seq_num: 0,
        runtime_status: None,
        host: None,
    }
}

fn definition_id() -> TaskDefinitionId {
    name("web:3")
}

fn task_definition() -> TaskDefinition {
    TaskDefinition {
        id: definition_id(),
        status: TaskDefinitionStatus::Active,
        registered_at: Timestamp(0),
        deregistered_at: None,
        delete_requested_at: None,
        registered_by: String::new(),
        network_mode: NetworkMode::Bridge,
        cpu_units: Some(256),
        memory_mib: Some(512),
        containers: Vec::new(),
        requires_attributes: Vec::new(),
        placement_constraints: Vec::new(),
        compatibilities: vec![LaunchType::Ec2],
        task_role_arn: Some("arn:aws:iam::111122223333:role/web-task".into()),
        execution_role_arn: Some("ecsTaskExecutionRole".into()),
        tags: tags(),
    }
}
