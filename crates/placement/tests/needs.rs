//! What a task reserves, and which constraints and strategies are refused.

use model::{
    ContainerDefinition, ContainerOverride, NetworkMode, PlacementConstraint, PlacementStrategy,
    PortMapping, Protocol, Resources, TaskDefinition, TaskDefinitionStatus, TaskOverride,
    Timestamp,
};
use placement::{Constraint, Strategy, needs_of};

fn container(
    name: &str,
    cpu_units: i64,
    hard: Option<i64>,
    soft: Option<i64>,
) -> ContainerDefinition {
    ContainerDefinition {
        name: name.parse().expect("invariant: a name"),
        image: "busybox".into(),
        essential: true,
        cpu_units,
        memory_mib: hard,
        memory_reservation_mib: soft,
        gpu_count: 0,
        port_mappings: Vec::new(),
        depends_on: Vec::new(),
        health_check: None,
        start_timeout_s: None,
        stop_timeout_s: None,
    }
}

fn definition(network_mode: NetworkMode, containers: Vec<ContainerDefinition>) -> TaskDefinition {
    TaskDefinition {
        id: "a-family:1".parse().expect("invariant: an id"),
        status: TaskDefinitionStatus::Active,
        registered_at: Timestamp(0),
        deregistered_at: None,
        delete_requested_at: None,
        registered_by: String::new(),
        network_mode,
        cpu_units: None,
        memory_mib: None,
        containers,
        requires_attributes: Vec::new(),
        placement_constraints: Vec::new(),
        compatibilities: Vec::new(),
        task_role_arn: None,
        execution_role_arn: None,
        tags: Vec::new(),
    }
}

fn port(container: (u16, u16), host_port: u16, protocol: Protocol) -> PortMapping {
    PortMapping {
        container_port: container.0,
        container_port_end: container.1,
        host_port,
        protocol,
    }
}

fn change(name: &str) -> ContainerOverride {
    ContainerOverride {
        name: name.parse().expect("invariant: a name"),
        command: None,
        environment: Vec::new(),
        environment_files: Vec::new(),
        cpu_units: None,
        memory_mib: None,
        memory_reservation_mib: None,
        gpu_count: None,
    }
}

#[test]
fn containers_add_up_and_the_soft_limit_of_memory_counts_before_the_hard_one() {
    let containers = vec![
        container("a", 128, Some(512), Some(256)),
        container("b", 0, Some(64), None),
        container("c", 32, None, Some(16)),
    ];
    let definition = definition(NetworkMode::Bridge, containers);
    assert_eq!(needs_of(&definition, &TaskOverride::default()), Resources::new(160, 336));
}

#[test]
fn values_of_the_task_replace_the_sums_of_its_containers() {
    let mut definition =
        definition(NetworkMode::Bridge, vec![container("a", 128, Some(512), None)]);
    definition.cpu_units = Some(1024);
    assert_eq!(needs_of(&definition, &TaskOverride::default()), Resources::new(1024, 512));
    definition.memory_mib = Some(2048);
    assert_eq!(needs_of(&definition, &TaskOverride::default()), Resources::new(1024, 2048));
    let overrides =
        TaskOverride { cpu_units: Some(256), memory_mib: Some(300), ..TaskOverride::default() };
    assert_eq!(needs_of(&definition, &overrides), Resources::new(256, 300));
}

#[test]
fn overrides_of_a_container_replace_what_its_definition_says() {
    let containers =
        vec![container("a", 128, Some(512), Some(256)), container("b", 10, Some(20), None)];
    let definition = definition(NetworkMode::Bridge, containers);
    let soft = ContainerOverride {
        cpu_units: Some(64),
        memory_reservation_mib: Some(100),
        gpu_count: Some(2),
        ..change("a")
    };
    let hard = ContainerOverride { memory_mib: Some(30), ..change("b") };
    let overrides = TaskOverride { containers: vec![soft, hard], ..TaskOverride::default() };
    let needs = needs_of(&definition, &overrides);
    assert_eq!((needs.cpu_units, needs.memory_mib, needs.gpus.len()), (74, 130, 2));
}

#[test]
fn only_fixed_host_ports_are_reserved() {
    let needs = |mode: NetworkMode| {
        let mut web = container("web", 0, None, None);
        web.port_mappings = vec![
            port((80, 80), 8080, Protocol::Tcp),
            port((53, 53), 5353, Protocol::Udp),
            port((443, 443), 0, Protocol::Tcp),
            port((7000, 7002), 0, Protocol::Tcp),
        ];
        let mut side = container("side", 0, None, None);
        side.port_mappings = vec![port((9000, 9001), 9000, Protocol::Udp)];
        let needs = needs_of(&definition(mode, vec![web, side]), &TaskOverride::default());
        (Vec::from_iter(needs.tcp_ports), Vec::from_iter(needs.udp_ports))
    };
    assert_eq!(needs(NetworkMode::Bridge), (vec![8080], vec![5353, 9000, 9001]));
    let all = vec![80, 443, 7000, 7001, 7002];
    assert_eq!(needs(NetworkMode::Host), (all, vec![53, 9000, 9001]));
    assert_eq!(needs(NetworkMode::Awsvpc), (vec![], vec![]));
    assert_eq!(needs(NetworkMode::None), (vec![], vec![]));
}

#[test]
fn gpus_of_all_containers_are_counted() {
    let mut containers = vec![container("a", 0, None, None), container("b", 0, None, None)];
    containers[0].gpu_count = 1;
    containers[1].gpu_count = 3;
    let needs = needs_of(&definition(NetworkMode::Bridge, containers), &TaskOverride::default());
    assert_eq!(needs.gpus.len(), 4);
}

#[test]
fn constraints_are_limited_and_their_expressions_checked() {
    let member_of =
        |expression: &str| PlacementConstraint::MemberOf { expression: expression.into() };
    let ten: Vec<String> = (0..10).map(|i| format!("attribute:a == {i}")).collect();
    assert_eq!(Constraint::parse_all(&ten, &[]).map(|all| all.len()), Ok(10));
    let error = Constraint::parse_all(&ten, &[PlacementConstraint::DistinctInstance]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "placementConstraints '11 constraints' is not valid: \
         at most 10 are allowed, those of the task definition included"
    );
    let error = Constraint::parse_all(&[], &[member_of("attribute:a = b")]).unwrap_err();
    assert_eq!(error.field, "placementConstraints.expression");
    assert_eq!(error.value, "attribute:a = b");
    assert!(
        error.rule.starts_with("at character 13: expected an operator of attribute:a"),
        "{error}"
    );
}

#[test]
fn strategies_are_limited_and_their_fields_checked() {
    let spread = |field: &str| PlacementStrategy::Spread { field: field.into() };
    let binpack = |field: &str| PlacementStrategy::Binpack { field: field.into() };
    let read =
        |strategy| Strategy::parse(&strategy).map(|s| s.to_string()).map_err(|e| e.to_string());
    assert_eq!(read(spread("host")).as_deref(), Ok("spread(instanceId)"));
    assert_eq!(read(spread("instanceId")).as_deref(), Ok("spread(instanceId)"));
    assert_eq!(read(spread("attribute:a.b")).as_deref(), Ok("spread(attribute:a.b)"));
    assert_eq!(read(binpack("MEMORY")).as_deref(), Ok("binpack(memory)"));
    assert_eq!(read(binpack("cpu")).as_deref(), Ok("binpack(cpu)"));
    assert_eq!(read(PlacementStrategy::Random).as_deref(), Ok("random"));
    let refused = [
        (spread(""), "'' is not valid: spread takes instanceId, host or attribute:NAME"),
        (spread("zone"), "'zone' is not valid: spread takes instanceId, host or attribute:NAME"),
        (spread("attribute:"), "'attribute:' is not valid: attribute: must be followed by a name"),
        (binpack("disk"), "'disk' is not valid: binpack takes cpu or memory"),
    ];
    for (strategy, message) in refused {
        assert_eq!(read(strategy), Err(format!("placementStrategy.field {message}")));
    }
    let five = vec![PlacementStrategy::Random; 5];
    assert_eq!(Strategy::parse_all(&five).map(|all| all.len()), Ok(5));
    assert_eq!(
        Strategy::parse_all(&vec![PlacementStrategy::Random; 6]).unwrap_err().to_string(),
        "placementStrategy '6 strategies' is not valid: at most 5 are allowed"
    );
}
