//! The structures of the Amazon ECS API.
//! `cargo xtask codegen` writes this file; edit the generator instead.

use std::collections::BTreeMap;

use serde_json::Value;

use super::enumerations::*;
use crate::Timestamp;
use crate::generate::structures;

structures! {
    "Amazon ECS", "camelCase";
    AcceleratorCountRequest {
        max: i32,
        min: i32,
    }
    AcceleratorTotalMemoryMiBRequest {
        max: i32,
        min: i32,
    }
    AdvancedConfiguration {
        alternate_target_group_arn: String,
        production_listener_rule: String,
        role_arn: String,
        test_listener_rule: String,
    }
    AssociateGatewayWithClusterRequest {
        /// Required.
        cluster: String,
        /// Required.
        gateway: String,
    }
    AssociateGatewayWithClusterResponse {
        cluster_arn: String,
        gateway_arn: String,
        status: GatewayClusterAssociationStatus,
    }
    Attachment {
        details: Vec<KeyValuePair>,
        id: String,
        status: String,
        r#type: String,
    }
    AttachmentStateChange {
        /// Required.
        attachment_arn: String,
        /// Required.
        status: String,
    }
    Attribute {
        /// Required.
        name: String,
        target_id: String,
        target_type: TargetType,
        value: String,
    }
    AutoRepairConfiguration {
        actions_status: AutoRepairActionsStatus,
    }
    AutoScalingGroupProvider {
        /// Required.
        auto_scaling_group_arn: String,
        managed_draining: ManagedDraining,
        managed_scaling: ManagedScaling,
        managed_termination_protection: ManagedTerminationProtection,
    }
    AutoScalingGroupProviderUpdate {
        managed_draining: ManagedDraining,
        managed_scaling: ManagedScaling,
        managed_termination_protection: ManagedTerminationProtection,
    }
    AwsVpcConfiguration {
        assign_public_ip: AssignPublicIp,
        security_groups: Vec<String>,
        /// Required.
        subnets: Vec<String>,
    }
    BaselineEbsBandwidthMbpsRequest {
        max: i32,
        min: i32,
    }
    CanaryConfiguration {
        canary_bake_time_in_minutes: i32,
        canary_percent: f64,
    }
    CapacityProvider {
        auto_scaling_group_provider: AutoScalingGroupProvider,
        capacity_provider_arn: String,
        cluster: String,
        managed_instances_provider: ManagedInstancesProvider,
        name: String,
        status: CapacityProviderStatus,
        tags: Vec<Tag>,
        r#type: CapacityProviderType,
        update_status: CapacityProviderUpdateStatus,
        update_status_reason: String,
    }
    CapacityProviderStrategyItem {
        base: i32,
        /// Required.
        capacity_provider: String,
        weight: i32,
    }
    CapacityReservationRequest {
        reservation_group_arn: String,
        reservation_preference: CapacityReservationPreference,
    }
    Cluster {
        active_services_count: i32,
        attachments: Vec<Attachment>,
        attachments_status: String,
        capacity_providers: Vec<String>,
        cluster_arn: String,
        cluster_name: String,
        configuration: ClusterConfiguration,
        default_capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        pending_tasks_count: i32,
        registered_container_instances_count: i32,
        running_tasks_count: i32,
        service_connect_defaults: ClusterServiceConnectDefaults,
        settings: Vec<ClusterSetting>,
        statistics: Vec<KeyValuePair>,
        status: String,
        tags: Vec<Tag>,
    }
    ClusterConfiguration {
        execute_command_configuration: ExecuteCommandConfiguration,
        managed_storage_configuration: ManagedStorageConfiguration,
    }
    ClusterServiceConnectDefaults {
        namespace: String,
    }
    ClusterServiceConnectDefaultsRequest {
        /// Required.
        namespace: String,
    }
    ClusterSetting {
        name: ClusterSettingName,
        value: String,
    }
    Container {
        container_arn: String,
        cpu: String,
        exit_code: i32,
        gpu_ids: Vec<String>,
        gpu_sharing_strategy: SharingStrategy,
        health_status: HealthStatus,
        image: String,
        image_digest: String,
        last_status: String,
        managed_agents: Vec<ManagedAgent>,
        memory: String,
        memory_reservation: String,
        name: String,
        network_bindings: Vec<NetworkBinding>,
        network_interfaces: Vec<NetworkInterface>,
        neuron_device_ids: Vec<String>,
        reason: String,
        runtime_id: String,
        task_arn: String,
    }
    ContainerDefinition {
        command: Vec<String>,
        cpu: i32,
        credential_specs: Vec<String>,
        depends_on: Vec<ContainerDependency>,
        disable_networking: bool,
        dns_search_domains: Vec<String>,
        dns_servers: Vec<String>,
        docker_labels: BTreeMap<String, String>,
        docker_security_options: Vec<String>,
        entry_point: Vec<String>,
        environment: Vec<KeyValuePair>,
        environment_files: Vec<EnvironmentFile>,
        essential: bool,
        extra_hosts: Vec<HostEntry>,
        firelens_configuration: FirelensConfiguration,
        health_check: HealthCheck,
        hostname: String,
        image: String,
        interactive: bool,
        links: Vec<String>,
        linux_parameters: LinuxParameters,
        log_configuration: LogConfiguration,
        memory: i32,
        memory_reservation: i32,
        mount_points: Vec<MountPoint>,
        name: String,
        port_mappings: Vec<PortMapping>,
        privileged: bool,
        pseudo_terminal: bool,
        readonly_root_filesystem: bool,
        repository_credentials: RepositoryCredentials,
        resource_requirements: Vec<ResourceRequirement>,
        restart_policy: ContainerRestartPolicy,
        secrets: Vec<Secret>,
        start_timeout: i32,
        stop_timeout: i32,
        system_controls: Vec<SystemControl>,
        ulimits: Vec<Ulimit>,
        user: String,
        version_consistency: VersionConsistency,
        volumes_from: Vec<VolumeFrom>,
        working_directory: String,
    }
    ContainerDependency {
        /// Required.
        condition: ContainerCondition,
        /// Required.
        container_name: String,
    }
    ContainerImage {
        container_name: String,
        image: String,
        image_digest: String,
    }
    ContainerInstance {
        agent_connected: bool,
        agent_update_status: AgentUpdateStatus,
        attachments: Vec<Attachment>,
        attributes: Vec<Attribute>,
        capacity_provider_name: String,
        container_instance_arn: String,
        ec2_instance_id: String,
        gpu_devices: Vec<GpuDevice>,
        health_status: ContainerInstanceHealthStatus,
        pending_tasks_count: i32,
        registered_at: Timestamp,
        registered_resources: Vec<Resource>,
        remaining_resources: Vec<Resource>,
        running_tasks_count: i32,
        status: String,
        status_reason: String,
        tags: Vec<Tag>,
        version: i64,
        version_info: VersionInfo,
    }
    ContainerInstanceHealthStatus {
        details: Vec<InstanceHealthCheckResult>,
        overall_status: InstanceHealthCheckState,
    }
    ContainerOverride {
        command: Vec<String>,
        cpu: i32,
        environment: Vec<KeyValuePair>,
        environment_files: Vec<EnvironmentFile>,
        memory: i32,
        memory_reservation: i32,
        name: String,
        resource_requirements: Vec<ResourceRequirement>,
    }
    ContainerRestartPolicy {
        /// Required.
        enabled: bool,
        ignored_exit_codes: Vec<i32>,
        restart_attempt_period: i32,
    }
    ContainerStateChange {
        container_name: String,
        exit_code: i32,
        image_digest: String,
        network_bindings: Vec<NetworkBinding>,
        reason: String,
        runtime_id: String,
        status: String,
    }
    ContinueServiceDeploymentRequest {
        action: DeploymentLifecycleHookAction,
        /// Required.
        hook_id: String,
        /// Required.
        service_deployment_arn: String,
    }
    ContinueServiceDeploymentResponse {
        service_deployment_arn: String,
    }
    CreateCapacityProviderRequest {
        auto_scaling_group_provider: AutoScalingGroupProvider,
        cluster: String,
        managed_instances_provider: CreateManagedInstancesProviderConfiguration,
        /// Required.
        name: String,
        tags: Vec<Tag>,
    }
    CreateCapacityProviderResponse {
        capacity_provider: CapacityProvider,
    }
    CreateClusterRequest {
        capacity_providers: Vec<String>,
        cluster_name: String,
        configuration: ClusterConfiguration,
        default_capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        service_connect_defaults: ClusterServiceConnectDefaultsRequest,
        settings: Vec<ClusterSetting>,
        tags: Vec<Tag>,
    }
    CreateClusterResponse {
        cluster: Cluster,
    }
    CreateDaemonRequest {
        /// Required.
        capacity_provider_arns: Vec<String>,
        client_token: String,
        cluster_arn: String,
        critical: bool,
        /// Required.
        daemon_name: String,
        /// Required.
        daemon_task_definition_arn: String,
        deployment_configuration: DaemonDeploymentConfiguration,
        #[serde(rename = "enableECSManagedTags")]
        enable_ecs_managed_tags: bool,
        enable_execute_command: bool,
        propagate_tags: DaemonPropagateTags,
        tags: Vec<Tag>,
    }
    CreateDaemonResponse {
        created_at: Timestamp,
        daemon_arn: String,
        deployment_arn: String,
        status: DaemonStatus,
    }
    CreateExpressGatewayServiceRequest {
        cluster: String,
        cpu: String,
        cpu_architecture: ExpressCpuArchitecture,
        execution_role_arn: String,
        health_check_path: String,
        /// Required.
        infrastructure_role_arn: String,
        memory: String,
        network_configuration: ExpressGatewayServiceNetworkConfiguration,
        primary_container: ExpressGatewayContainer,
        scaling_target: ExpressGatewayScalingTarget,
        service_name: String,
        tags: Vec<Tag>,
        task_definition_arn: String,
        task_role_arn: String,
    }
    CreateExpressGatewayServiceResponse {
        service: ECSExpressGatewayService,
    }
    CreateGatewayRequest {
        client_token: String,
        /// Required.
        configuration: GatewayConfiguration,
        deletion_protection: bool,
        /// Required.
        infrastructure_role_arn: String,
        /// Required.
        name: String,
        propagate_tags: PropagateGatewayTags,
        tags: Vec<Tag>,
    }
    CreateGatewayResponse {
        gateway_arn: String,
        name: String,
        status: GatewayStatus,
    }
    CreateManagedInstancesProviderConfiguration {
        auto_repair_configuration: AutoRepairConfiguration,
        infrastructure_optimization: InfrastructureOptimization,
        /// Required.
        infrastructure_role_arn: String,
        /// Required.
        instance_launch_template: InstanceLaunchTemplate,
        propagate_tags: PropagateMITags,
    }
    CreateServiceRequest {
        availability_zone_rebalancing: AvailabilityZoneRebalancing,
        capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        client_token: String,
        cluster: String,
        deployment_configuration: DeploymentConfiguration,
        deployment_controller: DeploymentController,
        desired_count: i32,
        #[serde(rename = "enableECSManagedTags")]
        enable_ecs_managed_tags: bool,
        enable_execute_command: bool,
        gateway_connectors: Vec<GatewayConnector>,
        health_check_grace_period_seconds: i32,
        launch_type: LaunchType,
        load_balancers: Vec<LoadBalancer>,
        monitoring: MonitoringConfiguration,
        network_configuration: NetworkConfiguration,
        placement_constraints: Vec<PlacementConstraint>,
        placement_strategy: Vec<PlacementStrategy>,
        platform_version: String,
        propagate_tags: PropagateTags,
        role: String,
        scheduling_strategy: SchedulingStrategy,
        service_connect_configuration: ServiceConnectConfiguration,
        /// Required.
        service_name: String,
        service_registries: Vec<ServiceRegistry>,
        tags: Vec<Tag>,
        task_definition: String,
        volume_configurations: Vec<ServiceVolumeConfiguration>,
        vpc_lattice_configurations: Vec<VpcLatticeConfiguration>,
    }
    CreateServiceResponse {
        service: Service,
    }
    CreateTaskSetRequest {
        capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        client_token: String,
        /// Required.
        cluster: String,
        external_id: String,
        launch_type: LaunchType,
        load_balancers: Vec<LoadBalancer>,
        network_configuration: NetworkConfiguration,
        platform_version: String,
        scale: Scale,
        /// Required.
        service: String,
        service_registries: Vec<ServiceRegistry>,
        tags: Vec<Tag>,
        /// Required.
        task_definition: String,
    }
    CreateTaskSetResponse {
        task_set: TaskSet,
    }
    CreatedAt {
        after: Timestamp,
        before: Timestamp,
    }
    DaemonAlarmConfiguration {
        alarm_names: Vec<String>,
        enable: bool,
    }
    DaemonCapacityProvider {
        arn: String,
        running_count: i32,
        without_daemon_count: i32,
    }
    DaemonCircuitBreaker {
        failure_count: i32,
        status: DaemonDeploymentRollbackMonitorsStatus,
        threshold: i32,
    }
    DaemonContainerDefinition {
        command: Vec<String>,
        cpu: i32,
        depends_on: Vec<ContainerDependency>,
        entry_point: Vec<String>,
        environment: Vec<KeyValuePair>,
        environment_files: Vec<EnvironmentFile>,
        essential: bool,
        firelens_configuration: FirelensConfiguration,
        health_check: HealthCheck,
        /// Required.
        image: String,
        interactive: bool,
        linux_parameters: DaemonLinuxParameters,
        log_configuration: LogConfiguration,
        memory: i32,
        memory_reservation: i32,
        mount_points: Vec<MountPoint>,
        name: String,
        privileged: bool,
        pseudo_terminal: bool,
        readonly_root_filesystem: bool,
        repository_credentials: RepositoryCredentials,
        restart_policy: ContainerRestartPolicy,
        secrets: Vec<Secret>,
        start_timeout: i32,
        stop_timeout: i32,
        system_controls: Vec<SystemControl>,
        ulimits: Vec<Ulimit>,
        user: String,
        working_directory: String,
    }
    DaemonContainerImage {
        container_name: String,
        image: String,
        image_digest: String,
    }
    DaemonDeployment {
        alarms: DaemonDeploymentAlarms,
        circuit_breaker: DaemonCircuitBreaker,
        cluster_arn: String,
        created_at: Timestamp,
        daemon_deployment_arn: String,
        deployment_configuration: DaemonDeploymentConfiguration,
        finished_at: Timestamp,
        rollback: DaemonRollback,
        source_daemon_revisions: Vec<DaemonDeploymentRevisionDetail>,
        started_at: Timestamp,
        status: DaemonDeploymentStatus,
        status_reason: String,
        stopped_at: Timestamp,
        target_daemon_revision: DaemonDeploymentRevisionDetail,
    }
    DaemonDeploymentAlarms {
        alarm_names: Vec<String>,
        status: DaemonDeploymentRollbackMonitorsStatus,
        triggered_alarm_names: Vec<String>,
    }
    DaemonDeploymentCapacityProvider {
        arn: String,
        draining_instance_count: i32,
        running_instance_count: i32,
        without_daemon_instance_count: i32,
    }
    DaemonDeploymentConfiguration {
        alarms: DaemonAlarmConfiguration,
        bake_time_in_minutes: i32,
        drain_percent: f64,
    }
    DaemonDeploymentRevisionDetail {
        arn: String,
        capacity_providers: Vec<DaemonDeploymentCapacityProvider>,
        total_draining_instance_count: i32,
        total_running_instance_count: i32,
        total_without_daemon_instance_count: i32,
    }
    DaemonDeploymentSummary {
        cluster_arn: String,
        created_at: Timestamp,
        daemon_arn: String,
        daemon_deployment_arn: String,
        finished_at: Timestamp,
        started_at: Timestamp,
        status: DaemonDeploymentStatus,
        status_reason: String,
        stopped_at: Timestamp,
        target_daemon_revision_arn: String,
    }
    DaemonDetail {
        cluster_arn: String,
        created_at: Timestamp,
        current_revisions: Vec<DaemonRevisionDetail>,
        daemon_arn: String,
        deployment_arn: String,
        status: DaemonStatus,
        updated_at: Timestamp,
    }
    DaemonLinuxParameters {
        capabilities: KernelCapabilities,
        devices: Vec<Device>,
        init_process_enabled: bool,
        tmpfs: Vec<Tmpfs>,
    }
    DaemonRevision {
        cluster_arn: String,
        container_images: Vec<DaemonContainerImage>,
        created_at: Timestamp,
        critical: bool,
        daemon_arn: String,
        daemon_revision_arn: String,
        daemon_task_definition_arn: String,
        #[serde(rename = "enableECSManagedTags")]
        enable_ecs_managed_tags: bool,
        enable_execute_command: bool,
        propagate_tags: DaemonPropagateTags,
    }
    DaemonRevisionDetail {
        arn: String,
        capacity_providers: Vec<DaemonCapacityProvider>,
        total_running_count: i32,
        total_without_daemon_count: i32,
    }
    DaemonRollback {
        reason: String,
        rollback_capacity_providers: Vec<String>,
        rollback_target_daemon_revision_arn: String,
        started_at: Timestamp,
    }
    DaemonSummary {
        created_at: Timestamp,
        daemon_arn: String,
        status: DaemonStatus,
        updated_at: Timestamp,
    }
    DaemonTaskDefinition {
        container_definitions: Vec<DaemonContainerDefinition>,
        cpu: String,
        daemon_task_definition_arn: String,
        delete_requested_at: Timestamp,
        execution_role_arn: String,
        family: String,
        ipc_mode: DaemonIpcMode,
        memory: String,
        pid_mode: DaemonPidMode,
        registered_at: Timestamp,
        registered_by: String,
        revision: i32,
        status: DaemonTaskDefinitionStatus,
        task_role_arn: String,
        volumes: Vec<DaemonVolume>,
    }
    DaemonTaskDefinitionSummary {
        arn: String,
        delete_requested_at: Timestamp,
        registered_at: Timestamp,
        registered_by: String,
        status: DaemonTaskDefinitionStatus,
    }
    DaemonVolume {
        host: HostVolumeProperties,
        log_driver_volume_configuration: LogDriverVolumeConfiguration,
        name: String,
    }
    DeleteAccountSettingRequest {
        /// Required.
        name: SettingName,
        principal_arn: String,
    }
    DeleteAccountSettingResponse {
        setting: Setting,
    }
    DeleteAttributesRequest {
        /// Required.
        attributes: Vec<Attribute>,
        cluster: String,
    }
    DeleteAttributesResponse {
        attributes: Vec<Attribute>,
    }
    DeleteCapacityProviderRequest {
        /// Required.
        capacity_provider: String,
        cluster: String,
    }
    DeleteCapacityProviderResponse {
        capacity_provider: CapacityProvider,
    }
    DeleteClusterRequest {
        /// Required.
        cluster: String,
    }
    DeleteClusterResponse {
        cluster: Cluster,
    }
    DeleteDaemonRequest {
        /// Required.
        daemon_arn: String,
    }
    DeleteDaemonResponse {
        created_at: Timestamp,
        daemon_arn: String,
        deployment_arn: String,
        status: DaemonStatus,
        updated_at: Timestamp,
    }
    DeleteDaemonTaskDefinitionRequest {
        /// Required.
        daemon_task_definition: String,
    }
    DeleteDaemonTaskDefinitionResponse {
        daemon_task_definition_arn: String,
    }
    DeleteExpressGatewayServiceRequest {
        /// Required.
        service_arn: String,
    }
    DeleteExpressGatewayServiceResponse {
        service: ECSExpressGatewayService,
    }
    DeleteGatewayRequest {
        /// Required.
        gateway: String,
    }
    DeleteGatewayResponse {
        gateway_arn: String,
        name: String,
        status: GatewayStatus,
    }
    DeleteServiceRequest {
        cluster: String,
        force: bool,
        /// Required.
        service: String,
    }
    DeleteServiceResponse {
        service: Service,
    }
    DeleteTaskDefinitionsRequest {
        /// Required.
        task_definitions: Vec<String>,
    }
    DeleteTaskDefinitionsResponse {
        failures: Vec<Failure>,
        task_definitions: Vec<TaskDefinition>,
    }
    DeleteTaskSetRequest {
        /// Required.
        cluster: String,
        force: bool,
        /// Required.
        service: String,
        /// Required.
        task_set: String,
    }
    DeleteTaskSetResponse {
        task_set: TaskSet,
    }
    Deployment {
        capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        created_at: Timestamp,
        desired_count: i32,
        failed_tasks: i32,
        fargate_ephemeral_storage: DeploymentEphemeralStorage,
        id: String,
        launch_type: LaunchType,
        network_configuration: NetworkConfiguration,
        pending_count: i32,
        platform_family: String,
        platform_version: String,
        rollout_state: DeploymentRolloutState,
        rollout_state_reason: String,
        running_count: i32,
        service_connect_configuration: ServiceConnectConfiguration,
        service_connect_resources: Vec<ServiceConnectServiceResource>,
        status: String,
        task_definition: String,
        updated_at: Timestamp,
        volume_configurations: Vec<ServiceVolumeConfiguration>,
        vpc_lattice_configurations: Vec<VpcLatticeConfiguration>,
    }
    DeploymentAlarms {
        /// Required.
        alarm_names: Vec<String>,
        /// Required.
        enable: bool,
        /// Required.
        rollback: bool,
    }
    DeploymentCircuitBreaker {
        /// Required.
        enable: bool,
        reset_on_healthy_task: bool,
        /// Required.
        rollback: bool,
        threshold_configuration: ThresholdConfiguration,
    }
    DeploymentConfiguration {
        alarms: DeploymentAlarms,
        bake_time_in_minutes: i32,
        canary_configuration: CanaryConfiguration,
        deployment_circuit_breaker: DeploymentCircuitBreaker,
        early_success_criteria: DeploymentEarlySuccessCriteria,
        lifecycle_hooks: Vec<DeploymentLifecycleHook>,
        linear_configuration: LinearConfiguration,
        maximum_percent: i32,
        minimum_healthy_percent: i32,
        strategy: DeploymentStrategy,
    }
    DeploymentController {
        /// Required.
        r#type: DeploymentControllerType,
    }
    DeploymentEarlySuccessCriteria {
        /// Required.
        enable: bool,
        healthy_percent: i32,
        source_service_revision_cleanup: ServiceRevisionCleanup,
    }
    DeploymentEphemeralStorage {
        kms_key_id: String,
    }
    DeploymentLifecycleHook {
        hook_details: Value,
        hook_target_arn: String,
        lifecycle_stages: Vec<DeploymentLifecycleHookStage>,
        role_arn: String,
        target_type: DeploymentLifecycleHookTargetType,
        timeout_configuration: DeploymentLifecycleHookTimeoutConfiguration,
    }
    DeploymentLifecycleHookDetail {
        expires_at: Timestamp,
        hook_id: String,
        status: DeploymentLifecycleHookStatus,
        target_arn: String,
        target_type: DeploymentLifecycleHookTargetType,
        timeout_action: DeploymentLifecycleHookAction,
    }
    DeploymentLifecycleHookTimeoutConfiguration {
        action: DeploymentLifecycleHookAction,
        timeout_in_minutes: i32,
    }
    DeregisterContainerInstanceRequest {
        cluster: String,
        /// Required.
        container_instance: String,
        force: bool,
    }
    DeregisterContainerInstanceResponse {
        container_instance: ContainerInstance,
    }
    DeregisterTaskDefinitionRequest {
        /// Required.
        task_definition: String,
    }
    DeregisterTaskDefinitionResponse {
        task_definition: TaskDefinition,
    }
    DescribeCapacityProvidersRequest {
        capacity_providers: Vec<String>,
        cluster: String,
        include: Vec<CapacityProviderField>,
        max_results: i32,
        next_token: String,
    }
    DescribeCapacityProvidersResponse {
        capacity_providers: Vec<CapacityProvider>,
        failures: Vec<Failure>,
        next_token: String,
    }
    DescribeClustersRequest {
        clusters: Vec<String>,
        include: Vec<ClusterField>,
    }
    DescribeClustersResponse {
        clusters: Vec<Cluster>,
        failures: Vec<Failure>,
    }
    DescribeContainerInstancesRequest {
        cluster: String,
        /// Required.
        container_instances: Vec<String>,
        include: Vec<ContainerInstanceField>,
    }
    DescribeContainerInstancesResponse {
        container_instances: Vec<ContainerInstance>,
        failures: Vec<Failure>,
    }
    DescribeDaemonDeploymentsRequest {
        /// Required.
        daemon_deployment_arns: Vec<String>,
    }
    DescribeDaemonDeploymentsResponse {
        daemon_deployments: Vec<DaemonDeployment>,
        failures: Vec<Failure>,
    }
    DescribeDaemonRequest {
        /// Required.
        daemon_arn: String,
    }
    DescribeDaemonResponse {
        daemon: DaemonDetail,
    }
    DescribeDaemonRevisionsRequest {
        /// Required.
        daemon_revision_arns: Vec<String>,
    }
    DescribeDaemonRevisionsResponse {
        daemon_revisions: Vec<DaemonRevision>,
        failures: Vec<Failure>,
    }
    DescribeDaemonTaskDefinitionRequest {
        /// Required.
        daemon_task_definition: String,
    }
    DescribeDaemonTaskDefinitionResponse {
        daemon_task_definition: DaemonTaskDefinition,
    }
    DescribeExpressGatewayServiceRequest {
        include: Vec<ExpressGatewayServiceInclude>,
        /// Required.
        service_arn: String,
    }
    DescribeExpressGatewayServiceResponse {
        service: ECSExpressGatewayService,
    }
    DescribeGatewayAlbConfiguration {
        access_logs: GatewayElbAccessLogConfiguration,
        current_alb_count: i32,
        http_desync: GatewayAlbDesyncMitigationMode,
        max_alb_count: i32,
        network_configuration: GatewayElbNetworkConfiguration,
        port: i32,
        protocol: GatewayAlbProtocol,
        scheme: GatewayElbScheme,
        test_traffic_rules: GatewayAlbTestTrafficRules,
        #[serde(rename = "webACLArn")]
        web_acl_arn: String,
    }
    DescribeGatewayConfiguration {
        host_shared_alb: DescribeGatewayAlbConfiguration,
    }
    DescribeGatewayRequest {
        /// Required.
        gateway: String,
    }
    DescribeGatewayResourcesRequest {
        /// Required.
        gateway: String,
        max_results: i32,
        next_token: String,
    }
    DescribeGatewayResourcesResponse {
        gateway_resources: GatewayResources,
        next_token: String,
    }
    DescribeGatewayResponse {
        gateway: Gateway,
    }
    DescribeGatewayRouteRequest {
        /// Required.
        gateway_route_arn: String,
    }
    DescribeGatewayRouteResponse {
        gateway_route: GatewayRoute,
    }
    DescribeServiceDeploymentsRequest {
        /// Required.
        service_deployment_arns: Vec<String>,
    }
    DescribeServiceDeploymentsResponse {
        failures: Vec<Failure>,
        service_deployments: Vec<ServiceDeployment>,
    }
    DescribeServiceRevisionsRequest {
        /// Required.
        service_revision_arns: Vec<String>,
    }
    DescribeServiceRevisionsResponse {
        failures: Vec<Failure>,
        service_revisions: Vec<ServiceRevision>,
    }
    DescribeServicesRequest {
        cluster: String,
        include: Vec<ServiceField>,
        /// Required.
        services: Vec<String>,
    }
    DescribeServicesResponse {
        failures: Vec<Failure>,
        services: Vec<Service>,
    }
    DescribeTaskDefinitionRequest {
        include: Vec<TaskDefinitionField>,
        /// Required.
        task_definition: String,
    }
    DescribeTaskDefinitionResponse {
        tags: Vec<Tag>,
        task_definition: TaskDefinition,
    }
    DescribeTaskSetsRequest {
        /// Required.
        cluster: String,
        include: Vec<TaskSetField>,
        /// Required.
        service: String,
        task_sets: Vec<String>,
    }
    DescribeTaskSetsResponse {
        failures: Vec<Failure>,
        task_sets: Vec<TaskSet>,
    }
    DescribeTasksRequest {
        cluster: String,
        include: Vec<TaskField>,
        /// Required.
        tasks: Vec<String>,
    }
    DescribeTasksResponse {
        failures: Vec<Failure>,
        tasks: Vec<Task>,
    }
    Device {
        container_path: String,
        /// Required.
        host_path: String,
        permissions: Vec<DeviceCgroupPermission>,
    }
    DisassociateGatewayFromClusterRequest {
        /// Required.
        cluster: String,
        /// Required.
        gateway: String,
    }
    DisassociateGatewayFromClusterResponse {
        cluster_arn: String,
        gateway_arn: String,
        status: GatewayClusterAssociationStatus,
    }
    DiscoverPollEndpointRequest {
        cluster: String,
        container_instance: String,
    }
    DiscoverPollEndpointResponse {
        endpoint: String,
        service_connect_endpoint: String,
        telemetry_endpoint: String,
    }
    DockerVolumeConfiguration {
        autoprovision: bool,
        driver: String,
        driver_opts: BTreeMap<String, String>,
        labels: BTreeMap<String, String>,
        scope: Scope,
    }
    EBSTagSpecification {
        propagate_tags: PropagateTags,
        /// Required.
        resource_type: EBSResourceType,
        tags: Vec<Tag>,
    }
    ECSExpressGatewayService {
        active_configurations: Vec<ExpressGatewayServiceConfiguration>,
        cluster: String,
        created_at: Timestamp,
        current_deployment: String,
        infrastructure_role_arn: String,
        service_arn: String,
        service_name: String,
        status: ExpressGatewayServiceStatus,
        tags: Vec<Tag>,
        updated_at: Timestamp,
    }
    ECSManagedResources {
        auto_scaling: ManagedAutoScaling,
        gateway_connections: Vec<GatewayConnection>,
        ingress_paths: Vec<ManagedIngressPath>,
        log_groups: Vec<ManagedLogGroup>,
        metric_alarms: Vec<ManagedMetricAlarm>,
        service_security_groups: Vec<ManagedSecurityGroup>,
    }
    EFSAuthorizationConfig {
        access_point_id: String,
        iam: EFSAuthorizationConfigIAM,
    }
    EFSVolumeConfiguration {
        authorization_config: EFSAuthorizationConfig,
        /// Required.
        file_system_id: String,
        root_directory: String,
        transit_encryption: EFSTransitEncryption,
        transit_encryption_port: i32,
    }
    ElbGatewayResources {
        gateway_route_arns: Vec<String>,
        listener_arn: String,
        load_balancer_arn: String,
        security_group: String,
    }
    EnvironmentFile {
        /// Required.
        r#type: EnvironmentFileType,
        /// Required.
        value: String,
    }
    EphemeralStorage {
        /// Required.
        #[serde(rename = "sizeInGiB")]
        size_in_gib: i32,
    }
    ExecuteCommandConfiguration {
        kms_key_id: String,
        log_configuration: ExecuteCommandLogConfiguration,
        logging: ExecuteCommandLogging,
    }
    ExecuteCommandLogConfiguration {
        cloud_watch_encryption_enabled: bool,
        cloud_watch_log_group_name: String,
        s3_bucket_name: String,
        s3_encryption_enabled: bool,
        s3_key_prefix: String,
    }
    ExecuteCommandRequest {
        cluster: String,
        /// Required.
        command: String,
        container: String,
        /// Required.
        interactive: bool,
        /// Required.
        task: String,
    }
    ExecuteCommandResponse {
        cluster_arn: String,
        container_arn: String,
        container_name: String,
        interactive: bool,
        session: Session,
        task_arn: String,
    }
    ExpressGatewayContainer {
        aws_logs_configuration: ExpressGatewayServiceAwsLogsConfiguration,
        command: Vec<String>,
        container_port: i32,
        environment: Vec<KeyValuePair>,
        /// Required.
        image: String,
        repository_credentials: ExpressGatewayRepositoryCredentials,
        secrets: Vec<Secret>,
    }
    ExpressGatewayRepositoryCredentials {
        credentials_parameter: String,
    }
    ExpressGatewayScalingTarget {
        auto_scaling_metric: ExpressGatewayServiceScalingMetric,
        auto_scaling_target_value: i32,
        max_task_count: i32,
        min_task_count: i32,
    }
    ExpressGatewayServiceAwsLogsConfiguration {
        /// Required.
        log_group: String,
        /// Required.
        log_stream_prefix: String,
    }
    ExpressGatewayServiceConfiguration {
        cpu: String,
        cpu_architecture: ExpressCpuArchitecture,
        created_at: Timestamp,
        execution_role_arn: String,
        health_check_path: String,
        ingress_paths: Vec<IngressPathSummary>,
        memory: String,
        network_configuration: ExpressGatewayServiceNetworkConfiguration,
        primary_container: ExpressGatewayContainer,
        scaling_target: ExpressGatewayScalingTarget,
        service_revision_arn: String,
        task_definition_arn: String,
        task_role_arn: String,
    }
    ExpressGatewayServiceNetworkConfiguration {
        security_groups: Vec<String>,
        subnets: Vec<String>,
    }
    ExpressGatewayServiceStatus {
        status_code: ExpressGatewayServiceStatusCode,
        status_reason: String,
    }
    FSxWindowsFileServerAuthorizationConfig {
        /// Required.
        credentials_parameter: String,
        /// Required.
        domain: String,
    }
    FSxWindowsFileServerVolumeConfiguration {
        /// Required.
        authorization_config: FSxWindowsFileServerAuthorizationConfig,
        /// Required.
        file_system_id: String,
        /// Required.
        root_directory: String,
    }
    Failure {
        arn: String,
        detail: String,
        reason: String,
    }
    FirelensConfiguration {
        options: BTreeMap<String, String>,
        /// Required.
        r#type: FirelensConfigurationType,
    }
    Gateway {
        access_type: AccessType,
        configuration: DescribeGatewayConfiguration,
        created_at: Timestamp,
        deletion_protection: bool,
        failures: Vec<GatewayResourceFailure>,
        gateway_arn: String,
        infrastructure_role_arn: String,
        name: String,
        propagate_tags: PropagateGatewayTags,
        status: GatewayStatus,
        status_reason: String,
        tags: Vec<Tag>,
        updated_at: Timestamp,
    }
    GatewayAlbTestTrafficRules {
        header: GatewayTestTrafficHeader,
    }
    GatewayClusterAssociationSummary {
        cluster_arn: String,
        gateway_arn: String,
        status: GatewayClusterAssociationStatus,
    }
    GatewayConfiguration {
        host_shared_alb: HostSharedAlbConfiguration,
    }
    GatewayConnection {
        access_type: AccessType,
        gateway_arn: String,
        gateway_route_arn: String,
        port_name: String,
        resources: GatewayConnectionResources,
        service_url: String,
        status: GatewayRouteStatus,
    }
    GatewayConnectionAlbResources {
        acm_certificate_arn: String,
        alternate_target_group_arn: String,
        listener_arn: String,
        listener_rule_arn: String,
        load_balancer_arn: String,
        load_balancer_security_group_arns: Vec<String>,
        target_group_arn: String,
        test_listener_rule_arn: String,
    }
    GatewayConnectionResources {
        host_shared_alb: Vec<GatewayConnectionAlbResources>,
    }
    GatewayConnector {
        deregistration_delay: GatewayConnectorDeregistrationDelay,
        filters: GatewayConnectorFilters,
        health_check: GatewayConnectorHealthCheck,
        /// Required.
        port_name: String,
    }
    GatewayConnectorDeregistrationDelay {
        timeout_seconds: i32,
    }
    GatewayConnectorFilters {
        access_types: Vec<AccessType>,
    }
    GatewayConnectorHealthCheck {
        health_check_interval_seconds: i32,
        health_check_path: String,
        health_check_port: i32,
        health_check_protocol: GatewayConnectorHealthCheckProtocol,
        health_check_timeout_seconds: i32,
        healthy_threshold_count: i32,
        matcher: GatewayConnectorHealthCheckMatcher,
        unhealthy_threshold_count: i32,
    }
    GatewayConnectorHealthCheckMatcher {
        grpc_code: String,
        http_code: String,
    }
    GatewayElbAccessLogConfiguration {
        destination: GatewayElbAccessLogDestination,
    }
    GatewayElbAccessLogDestination {
        s3: GatewayElbAccessLogS3Destination,
    }
    GatewayElbAccessLogS3Destination {
        /// Required.
        bucket: String,
        prefix: String,
    }
    GatewayElbNetworkConfiguration {
        inbound_security_group: String,
        ip_address_type: GatewayElbIpAddressType,
        subnets: Vec<String>,
    }
    GatewayInfrastructureResources {
        host_shared_alb: Vec<ElbGatewayResources>,
    }
    GatewayOperationError {
        code: String,
        message: String,
        operation: String,
    }
    GatewayResourceFailure {
        arn: String,
        errors: Vec<GatewayOperationError>,
    }
    GatewayResources {
        gateway_arn: String,
        resources: GatewayInfrastructureResources,
    }
    GatewayRoute {
        gateway_route_arn: String,
        resources: GatewayRouteResources,
        service_arn: String,
        service_container_port_name: String,
        service_url: String,
        status: GatewayRouteStatus,
    }
    GatewayRouteAlbResources {
        acm_certificate_arn: String,
        listener_arn: String,
        listener_rule_arn: String,
        load_balancer_arn: String,
        load_balancer_security_groups: Vec<GatewayRouteLoadBalancerSecurityGroup>,
        service_security_group_arn: String,
        test_listener_rule_arns: Vec<String>,
    }
    GatewayRouteLoadBalancerSecurityGroup {
        arn: String,
        rule_arns: Vec<String>,
    }
    GatewayRouteResources {
        host_shared_alb: Vec<GatewayRouteAlbResources>,
    }
    GatewayRouteSummary {
        cluster_arn: String,
        gateway_arn: String,
        gateway_route_arn: String,
        service_arn: String,
        service_container_port_name: String,
        status: GatewayRouteStatus,
    }
    GatewaySummary {
        created_at: Timestamp,
        gateway_arn: String,
        name: String,
        status: GatewayStatus,
    }
    GatewayTestTrafficHeader {
        /// Required.
        name: String,
        /// Required.
        values: Vec<String>,
    }
    GetTaskProtectionRequest {
        /// Required.
        cluster: String,
        tasks: Vec<String>,
    }
    GetTaskProtectionResponse {
        failures: Vec<Failure>,
        protected_tasks: Vec<ProtectedTask>,
    }
    GpuDevice {
        container_count: i32,
        gpu_id: String,
        remaining_memory_in_mi_b: i32,
        sharing_mode: GpuSharingMode,
        total_memory_in_mi_b: i32,
    }
    HealthCheck {
        /// Required.
        command: Vec<String>,
        interval: i32,
        retries: i32,
        start_period: i32,
        timeout: i32,
    }
    HostEntry {
        /// Required.
        hostname: String,
        /// Required.
        ip_address: String,
    }
    HostSharedAlbConfiguration {
        access_logs: GatewayElbAccessLogConfiguration,
        http_desync: GatewayAlbDesyncMitigationMode,
        max_alb_count: i32,
        network_configuration: GatewayElbNetworkConfiguration,
        port: i32,
        protocol: GatewayAlbProtocol,
        scheme: GatewayElbScheme,
        test_traffic_rules: GatewayAlbTestTrafficRules,
        #[serde(rename = "webACLArn")]
        web_acl_arn: String,
    }
    HostVolumeProperties {
        source_path: String,
    }
    InferenceAccelerator {
        /// Required.
        device_name: String,
        /// Required.
        device_type: String,
    }
    InferenceAcceleratorOverride {
        device_name: String,
        device_type: String,
    }
    InfrastructureOptimization {
        scale_in_after: i32,
    }
    IngressPathSummary {
        /// Required.
        access_type: AccessType,
        /// Required.
        endpoint: String,
    }
    InstanceHealthCheckResult {
        last_status_change: Timestamp,
        last_updated: Timestamp,
        status: InstanceHealthCheckState,
        status_reason: String,
        r#type: InstanceHealthCheckType,
    }
    InstanceLaunchTemplate {
        capacity_option_type: CapacityOptionType,
        capacity_reservations: CapacityReservationRequest,
        /// Required.
        ec2_instance_profile_arn: String,
        fips_enabled: bool,
        instance_metadata_tags_propagation: bool,
        instance_requirements: InstanceRequirementsRequest,
        local_storage_configuration: ManagedInstancesLocalStorageConfiguration,
        monitoring: ManagedInstancesMonitoringOptions,
        /// Required.
        network_configuration: ManagedInstancesNetworkConfiguration,
        nitro_enclaves_enabled: bool,
        storage_configuration: ManagedInstancesStorageConfiguration,
    }
    InstanceLaunchTemplateUpdate {
        capacity_reservations: CapacityReservationRequest,
        ec2_instance_profile_arn: String,
        instance_metadata_tags_propagation: bool,
        instance_requirements: InstanceRequirementsRequest,
        local_storage_configuration: ManagedInstancesLocalStorageConfiguration,
        monitoring: ManagedInstancesMonitoringOptions,
        network_configuration: ManagedInstancesNetworkConfiguration,
        storage_configuration: ManagedInstancesStorageConfiguration,
    }
    InstanceRequirementsRequest {
        accelerator_count: AcceleratorCountRequest,
        accelerator_manufacturers: Vec<AcceleratorManufacturer>,
        accelerator_names: Vec<AcceleratorName>,
        accelerator_total_memory_mi_b: AcceleratorTotalMemoryMiBRequest,
        accelerator_types: Vec<AcceleratorType>,
        allowed_instance_types: Vec<String>,
        bare_metal: BareMetal,
        baseline_ebs_bandwidth_mbps: BaselineEbsBandwidthMbpsRequest,
        burstable_performance: BurstablePerformance,
        cpu_manufacturers: Vec<CpuManufacturer>,
        excluded_instance_types: Vec<String>,
        instance_generations: Vec<InstanceGeneration>,
        local_storage: LocalStorage,
        local_storage_types: Vec<LocalStorageType>,
        max_spot_price_as_percentage_of_optimal_on_demand_price: i32,
        #[serde(rename = "memoryGiBPerVCpu")]
        memory_gib_per_vcpu: MemoryGiBPerVCpuRequest,
        /// Required.
        memory_mi_b: MemoryMiBRequest,
        network_bandwidth_gbps: NetworkBandwidthGbpsRequest,
        network_interface_count: NetworkInterfaceCountRequest,
        on_demand_max_price_percentage_over_lowest_price: i32,
        require_hibernate_support: bool,
        spot_max_price_percentage_over_lowest_price: i32,
        #[serde(rename = "totalLocalStorageGB")]
        total_local_storage_gb: TotalLocalStorageGBRequest,
        /// Required.
        #[serde(rename = "vCpuCount")]
        vcpu_count: VCpuCountRangeRequest,
    }
    KernelCapabilities {
        add: Vec<String>,
        drop: Vec<String>,
    }
    KeyValuePair {
        name: String,
        value: String,
    }
    LinearConfiguration {
        step_bake_time_in_minutes: i32,
        step_percent: f64,
    }
    LinuxParameters {
        capabilities: KernelCapabilities,
        devices: Vec<Device>,
        init_process_enabled: bool,
        max_swap: i32,
        shared_memory_size: i32,
        swappiness: i32,
        tmpfs: Vec<Tmpfs>,
    }
    ListAccountSettingsRequest {
        effective_settings: bool,
        max_results: i32,
        name: SettingName,
        next_token: String,
        principal_arn: String,
        value: String,
    }
    ListAccountSettingsResponse {
        next_token: String,
        settings: Vec<Setting>,
    }
    ListAttributesRequest {
        attribute_name: String,
        attribute_value: String,
        cluster: String,
        max_results: i32,
        next_token: String,
        /// Required.
        target_type: TargetType,
    }
    ListAttributesResponse {
        attributes: Vec<Attribute>,
        next_token: String,
    }
    ListClustersRequest {
        max_results: i32,
        next_token: String,
    }
    ListClustersResponse {
        cluster_arns: Vec<String>,
        next_token: String,
    }
    ListContainerInstancesRequest {
        cluster: String,
        filter: String,
        max_results: i32,
        next_token: String,
        status: ContainerInstanceStatus,
    }
    ListContainerInstancesResponse {
        container_instance_arns: Vec<String>,
        next_token: String,
    }
    ListDaemonDeploymentsRequest {
        created_at: CreatedAt,
        /// Required.
        daemon_arn: String,
        max_results: i32,
        next_token: String,
        status: Vec<DaemonDeploymentStatus>,
    }
    ListDaemonDeploymentsResponse {
        daemon_deployments: Vec<DaemonDeploymentSummary>,
        next_token: String,
    }
    ListDaemonTaskDefinitionsRequest {
        family: String,
        family_prefix: String,
        max_results: i32,
        next_token: String,
        revision: DaemonTaskDefinitionRevisionFilter,
        sort: SortOrder,
        status: DaemonTaskDefinitionStatusFilter,
    }
    ListDaemonTaskDefinitionsResponse {
        daemon_task_definitions: Vec<DaemonTaskDefinitionSummary>,
        next_token: String,
    }
    ListDaemonsRequest {
        capacity_provider_arns: Vec<String>,
        cluster_arn: String,
        max_results: i32,
        next_token: String,
    }
    ListDaemonsResponse {
        daemon_summaries_list: Vec<DaemonSummary>,
        next_token: String,
    }
    ListGatewayClusterAssociationsRequest {
        cluster: String,
        gateway: String,
        max_results: i32,
        next_token: String,
        status: Vec<GatewayClusterAssociationStatus>,
    }
    ListGatewayClusterAssociationsResponse {
        gateway_cluster_associations: Vec<GatewayClusterAssociationSummary>,
        next_token: String,
    }
    ListGatewayRoutesRequest {
        cluster: String,
        gateway: String,
        max_results: i32,
        next_token: String,
        service: String,
        service_container_port_name: String,
        status: Vec<GatewayRouteStatus>,
    }
    ListGatewayRoutesResponse {
        gateway_routes: Vec<GatewayRouteSummary>,
        next_token: String,
    }
    ListGatewaysRequest {
        max_results: i32,
        names: Vec<String>,
        next_token: String,
        status: Vec<GatewayStatus>,
    }
    ListGatewaysResponse {
        gateways: Vec<GatewaySummary>,
        next_token: String,
    }
    ListServiceDeploymentsRequest {
        cluster: String,
        created_at: CreatedAt,
        max_results: i32,
        next_token: String,
        /// Required.
        service: String,
        status: Vec<ServiceDeploymentStatus>,
    }
    ListServiceDeploymentsResponse {
        next_token: String,
        service_deployments: Vec<ServiceDeploymentBrief>,
    }
    ListServicesByNamespaceRequest {
        max_results: i32,
        /// Required.
        namespace: String,
        next_token: String,
    }
    ListServicesByNamespaceResponse {
        next_token: String,
        service_arns: Vec<String>,
    }
    ListServicesRequest {
        cluster: String,
        launch_type: LaunchType,
        max_results: i32,
        next_token: String,
        resource_management_type: ResourceManagementType,
        scheduling_strategy: SchedulingStrategy,
    }
    ListServicesResponse {
        next_token: String,
        service_arns: Vec<String>,
    }
    ListTagsForResourceRequest {
        /// Required.
        resource_arn: String,
    }
    ListTagsForResourceResponse {
        tags: Vec<Tag>,
    }
    ListTaskDefinitionFamiliesRequest {
        family_prefix: String,
        max_results: i32,
        next_token: String,
        status: TaskDefinitionFamilyStatus,
    }
    ListTaskDefinitionFamiliesResponse {
        families: Vec<String>,
        next_token: String,
    }
    ListTaskDefinitionsRequest {
        family_prefix: String,
        max_results: i32,
        next_token: String,
        sort: SortOrder,
        status: TaskDefinitionStatus,
    }
    ListTaskDefinitionsResponse {
        next_token: String,
        task_definition_arns: Vec<String>,
    }
    ListTasksRequest {
        cluster: String,
        container_instance: String,
        daemon_name: String,
        desired_status: DesiredStatus,
        family: String,
        launch_type: LaunchType,
        max_results: i32,
        next_token: String,
        service_name: String,
        started_by: String,
    }
    ListTasksResponse {
        next_token: String,
        task_arns: Vec<String>,
    }
    LoadBalancer {
        advanced_configuration: AdvancedConfiguration,
        container_name: String,
        container_port: i32,
        load_balancer_name: String,
        target_group_arn: String,
    }
    LogConfiguration {
        /// Required.
        log_driver: LogDriver,
        options: BTreeMap<String, String>,
        secret_options: Vec<Secret>,
    }
    LogDriverVolumeConfiguration {
        /// Required.
        driver: LogDriver,
    }
    ManagedAgent {
        last_started_at: Timestamp,
        last_status: String,
        name: ManagedAgentName,
        reason: String,
    }
    ManagedAgentStateChange {
        /// Required.
        container_name: String,
        /// Required.
        managed_agent_name: ManagedAgentName,
        reason: String,
        /// Required.
        status: String,
    }
    ManagedApplicationAutoScalingPolicy {
        arn: String,
        /// Required.
        metric: String,
        /// Required.
        policy_type: String,
        /// Required.
        status: ManagedResourceStatus,
        status_reason: String,
        /// Required.
        target_value: f64,
        /// Required.
        updated_at: Timestamp,
    }
    ManagedAutoScaling {
        application_auto_scaling_policies: Vec<ManagedApplicationAutoScalingPolicy>,
        scalable_target: ManagedScalableTarget,
    }
    ManagedCertificate {
        arn: String,
        /// Required.
        domain_name: String,
        /// Required.
        status: ManagedResourceStatus,
        status_reason: String,
        /// Required.
        updated_at: Timestamp,
    }
    ManagedIngressPath {
        /// Required.
        access_type: AccessType,
        certificate: ManagedCertificate,
        /// Required.
        endpoint: String,
        listener: ManagedListener,
        load_balancer: ManagedLoadBalancer,
        load_balancer_security_groups: Vec<ManagedSecurityGroup>,
        rule: ManagedListenerRule,
        target_groups: Vec<ManagedTargetGroup>,
    }
    ManagedInstancesLocalStorageConfiguration {
        use_local_storage: bool,
    }
    ManagedInstancesNetworkConfiguration {
        security_groups: Vec<String>,
        subnets: Vec<String>,
    }
    ManagedInstancesProvider {
        auto_repair_configuration: AutoRepairConfiguration,
        infrastructure_optimization: InfrastructureOptimization,
        infrastructure_role_arn: String,
        instance_launch_template: InstanceLaunchTemplate,
        propagate_tags: PropagateMITags,
    }
    ManagedInstancesStorageConfiguration {
        #[serde(rename = "storageSizeGiB")]
        storage_size_gib: i32,
    }
    ManagedListener {
        arn: String,
        /// Required.
        status: ManagedResourceStatus,
        status_reason: String,
        /// Required.
        updated_at: Timestamp,
    }
    ManagedListenerRule {
        arn: String,
        /// Required.
        status: ManagedResourceStatus,
        status_reason: String,
        /// Required.
        updated_at: Timestamp,
    }
    ManagedLoadBalancer {
        arn: String,
        /// Required.
        scheme: String,
        security_group_ids: Vec<String>,
        /// Required.
        status: ManagedResourceStatus,
        status_reason: String,
        subnet_ids: Vec<String>,
        /// Required.
        updated_at: Timestamp,
    }
    ManagedLogGroup {
        arn: String,
        /// Required.
        log_group_name: String,
        /// Required.
        status: ManagedResourceStatus,
        status_reason: String,
        /// Required.
        updated_at: Timestamp,
    }
    ManagedMetricAlarm {
        arn: String,
        /// Required.
        status: ManagedResourceStatus,
        status_reason: String,
        /// Required.
        updated_at: Timestamp,
    }
    ManagedScalableTarget {
        arn: String,
        /// Required.
        max_capacity: i32,
        /// Required.
        min_capacity: i32,
        /// Required.
        status: ManagedResourceStatus,
        status_reason: String,
        /// Required.
        updated_at: Timestamp,
    }
    ManagedScaling {
        instance_warmup_period: i32,
        maximum_scaling_step_size: i32,
        minimum_scaling_step_size: i32,
        status: ManagedScalingStatus,
        target_capacity: i32,
    }
    ManagedSecurityGroup {
        arn: String,
        /// Required.
        status: ManagedResourceStatus,
        status_reason: String,
        /// Required.
        updated_at: Timestamp,
    }
    ManagedStorageConfiguration {
        fargate_ephemeral_storage_kms_key_id: String,
        kms_key_id: String,
    }
    ManagedTargetGroup {
        arn: String,
        /// Required.
        health_check_path: String,
        /// Required.
        health_check_port: i32,
        /// Required.
        port: i32,
        /// Required.
        status: ManagedResourceStatus,
        status_reason: String,
        /// Required.
        updated_at: Timestamp,
    }
    MemoryGiBPerVCpuRequest {
        max: f64,
        min: f64,
    }
    MemoryMiBRequest {
        max: i32,
        /// Required.
        min: i32,
    }
    MetricConfiguration {
        /// Required.
        metric_names: Vec<String>,
        /// Required.
        resolution_seconds: i32,
    }
    MonitoringConfiguration {
        metric_configurations: Vec<MetricConfiguration>,
    }
    MountPoint {
        container_path: String,
        read_only: bool,
        source_volume: String,
    }
    NetworkBandwidthGbpsRequest {
        max: f64,
        min: f64,
    }
    NetworkBinding {
        #[serde(rename = "bindIP")]
        bind_ip: String,
        container_port: i32,
        container_port_range: String,
        host_port: i32,
        host_port_range: String,
        protocol: TransportProtocol,
    }
    NetworkConfiguration {
        awsvpc_configuration: AwsVpcConfiguration,
    }
    NetworkInterface {
        attachment_id: String,
        ipv6_address: String,
        private_ipv4_address: String,
    }
    NetworkInterfaceCountRequest {
        max: i32,
        min: i32,
    }
    NvidiaMpsAllocation {
        max_compute_percent: i32,
        /// Required.
        memory: i32,
    }
    PlacementConstraint {
        expression: String,
        r#type: PlacementConstraintType,
    }
    PlacementStrategy {
        field: String,
        r#type: PlacementStrategyType,
    }
    PlatformDevice {
        /// Required.
        id: String,
        /// Required.
        r#type: PlatformDeviceType,
    }
    PortMapping {
        app_protocol: ApplicationProtocol,
        container_port: i32,
        container_port_range: String,
        host_port: i32,
        name: String,
        protocol: TransportProtocol,
    }
    ProtectedTask {
        expiration_date: Timestamp,
        protection_enabled: bool,
        task_arn: String,
    }
    ProxyConfiguration {
        /// Required.
        container_name: String,
        properties: Vec<KeyValuePair>,
        r#type: ProxyConfigurationType,
    }
    PutAccountSettingDefaultRequest {
        /// Required.
        name: SettingName,
        /// Required.
        value: String,
    }
    PutAccountSettingDefaultResponse {
        setting: Setting,
    }
    PutAccountSettingRequest {
        /// Required.
        name: SettingName,
        principal_arn: String,
        /// Required.
        value: String,
    }
    PutAccountSettingResponse {
        setting: Setting,
    }
    PutAttributesRequest {
        /// Required.
        attributes: Vec<Attribute>,
        cluster: String,
    }
    PutAttributesResponse {
        attributes: Vec<Attribute>,
    }
    PutClusterCapacityProvidersRequest {
        /// Required.
        capacity_providers: Vec<String>,
        /// Required.
        cluster: String,
        /// Required.
        default_capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
    }
    PutClusterCapacityProvidersResponse {
        cluster: Cluster,
    }
    RegisterContainerInstanceRequest {
        attributes: Vec<Attribute>,
        cluster: String,
        container_instance_arn: String,
        instance_identity_document: String,
        instance_identity_document_signature: String,
        platform_devices: Vec<PlatformDevice>,
        tags: Vec<Tag>,
        total_resources: Vec<Resource>,
        version_info: VersionInfo,
    }
    RegisterContainerInstanceResponse {
        container_instance: ContainerInstance,
    }
    RegisterDaemonTaskDefinitionRequest {
        /// Required.
        container_definitions: Vec<DaemonContainerDefinition>,
        cpu: String,
        execution_role_arn: String,
        /// Required.
        family: String,
        ipc_mode: DaemonIpcMode,
        memory: String,
        pid_mode: DaemonPidMode,
        tags: Vec<Tag>,
        task_role_arn: String,
        volumes: Vec<DaemonVolume>,
    }
    RegisterDaemonTaskDefinitionResponse {
        daemon_task_definition_arn: String,
    }
    RegisterTaskDefinitionRequest {
        /// Required.
        container_definitions: Vec<ContainerDefinition>,
        cpu: String,
        enable_fault_injection: bool,
        ephemeral_storage: EphemeralStorage,
        execution_role_arn: String,
        /// Required.
        family: String,
        inference_accelerators: Vec<InferenceAccelerator>,
        ipc_mode: IpcMode,
        memory: String,
        network_mode: NetworkMode,
        pid_mode: PidMode,
        placement_constraints: Vec<TaskDefinitionPlacementConstraint>,
        proxy_configuration: ProxyConfiguration,
        requires_compatibilities: Vec<Compatibility>,
        runtime_platform: RuntimePlatform,
        tags: Vec<Tag>,
        task_role_arn: String,
        trusted_execution_configuration: TrustedExecutionConfiguration,
        volumes: Vec<Volume>,
    }
    RegisterTaskDefinitionResponse {
        tags: Vec<Tag>,
        task_definition: TaskDefinition,
    }
    RepositoryCredentials {
        /// Required.
        credentials_parameter: String,
    }
    ResolvedConfiguration {
        load_balancers: Vec<ServiceRevisionLoadBalancer>,
        vpc_lattice_configurations: Vec<ServiceRevisionVpcLatticeConfiguration>,
    }
    Resource {
        double_value: f64,
        integer_value: i32,
        long_value: i64,
        name: String,
        string_set_value: Vec<String>,
        r#type: String,
    }
    ResourceRequirement {
        sharing_strategy: SharingStrategy,
        /// Required.
        r#type: ResourceType,
        value: String,
    }
    Rollback {
        reason: String,
        service_revision_arn: String,
        started_at: Timestamp,
    }
    RunTaskRequest {
        capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        client_token: String,
        cluster: String,
        count: i32,
        #[serde(rename = "enableECSManagedTags")]
        enable_ecs_managed_tags: bool,
        enable_execute_command: bool,
        group: String,
        launch_type: LaunchType,
        network_configuration: NetworkConfiguration,
        overrides: TaskOverride,
        placement_constraints: Vec<PlacementConstraint>,
        placement_strategy: Vec<PlacementStrategy>,
        platform_version: String,
        propagate_tags: PropagateTags,
        reference_id: String,
        started_by: String,
        tags: Vec<Tag>,
        /// Required.
        task_definition: String,
        volume_configurations: Vec<TaskVolumeConfiguration>,
    }
    RunTaskResponse {
        failures: Vec<Failure>,
        tasks: Vec<Task>,
    }
    RuntimePlatform {
        cpu_architecture: CPUArchitecture,
        operating_system_family: OSFamily,
    }
    RuntimePlatformOverride {
        cpu_architecture: String,
    }
    S3FilesVolumeConfiguration {
        access_point_arn: String,
        /// Required.
        file_system_arn: String,
        root_directory: String,
        transit_encryption_port: i32,
    }
    Scale {
        unit: ScaleUnit,
        value: f64,
    }
    Secret {
        /// Required.
        name: String,
        /// Required.
        value_from: String,
    }
    Service {
        availability_zone_rebalancing: AvailabilityZoneRebalancing,
        capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        cluster_arn: String,
        created_at: Timestamp,
        created_by: String,
        current_service_deployment: String,
        current_service_revisions: Vec<ServiceCurrentRevisionSummary>,
        deployment_configuration: DeploymentConfiguration,
        deployment_controller: DeploymentController,
        deployments: Vec<Deployment>,
        desired_count: i32,
        #[serde(rename = "enableECSManagedTags")]
        enable_ecs_managed_tags: bool,
        enable_execute_command: bool,
        events: Vec<ServiceEvent>,
        health_check_grace_period_seconds: i32,
        launch_type: LaunchType,
        load_balancers: Vec<LoadBalancer>,
        network_configuration: NetworkConfiguration,
        pending_count: i32,
        placement_constraints: Vec<PlacementConstraint>,
        placement_strategy: Vec<PlacementStrategy>,
        platform_family: String,
        platform_version: String,
        propagate_tags: PropagateTags,
        resource_management_type: ResourceManagementType,
        role_arn: String,
        running_count: i32,
        scheduling_strategy: SchedulingStrategy,
        service_arn: String,
        service_name: String,
        service_registries: Vec<ServiceRegistry>,
        status: String,
        tags: Vec<Tag>,
        task_definition: String,
        task_sets: Vec<TaskSet>,
    }
    ServiceConnectAccessLogConfiguration {
        /// Required.
        format: ServiceConnectAccessLoggingFormat,
        include_query_parameters: ServiceConnectIncludeQueryParameters,
    }
    ServiceConnectClientAlias {
        dns_name: String,
        /// Required.
        port: i32,
        test_traffic_rules: ServiceConnectTestTrafficRules,
    }
    ServiceConnectConfiguration {
        access_log_configuration: ServiceConnectAccessLogConfiguration,
        container_configurations: Vec<ServiceConnectContainerConfiguration>,
        /// Required.
        enabled: bool,
        log_configuration: LogConfiguration,
        namespace: String,
        services: Vec<ServiceConnectService>,
    }
    ServiceConnectContainerConfiguration {
        log_level: ServiceConnectContainerLogLevel,
    }
    ServiceConnectService {
        client_aliases: Vec<ServiceConnectClientAlias>,
        discovery_name: String,
        ingress_port_override: i32,
        /// Required.
        port_name: String,
        timeout: TimeoutConfiguration,
        tls: ServiceConnectTlsConfiguration,
    }
    ServiceConnectServiceResource {
        discovery_arn: String,
        discovery_name: String,
    }
    ServiceConnectTestTrafficHeaderMatchRules {
        /// Required.
        exact: String,
    }
    ServiceConnectTestTrafficHeaderRules {
        /// Required.
        name: String,
        value: ServiceConnectTestTrafficHeaderMatchRules,
    }
    ServiceConnectTestTrafficRules {
        /// Required.
        header: ServiceConnectTestTrafficHeaderRules,
    }
    ServiceConnectTlsCertificateAuthority {
        aws_pca_authority_arn: String,
    }
    ServiceConnectTlsConfiguration {
        /// Required.
        issuer_certificate_authority: ServiceConnectTlsCertificateAuthority,
        kms_key: String,
        role_arn: String,
    }
    ServiceCurrentRevisionSummary {
        arn: String,
        pending_task_count: i32,
        requested_task_count: i32,
        running_task_count: i32,
    }
    ServiceDeployment {
        alarms: ServiceDeploymentAlarms,
        cluster_arn: String,
        created_at: Timestamp,
        deployment_circuit_breaker: ServiceDeploymentCircuitBreaker,
        deployment_configuration: DeploymentConfiguration,
        finished_at: Timestamp,
        lifecycle_hook_details: Vec<DeploymentLifecycleHookDetail>,
        lifecycle_stage: ServiceDeploymentLifecycleStage,
        rollback: Rollback,
        service_arn: String,
        service_deployment_arn: String,
        source_service_revisions: Vec<ServiceRevisionSummary>,
        started_at: Timestamp,
        status: ServiceDeploymentStatus,
        status_reason: String,
        stopped_at: Timestamp,
        target_service_revision: ServiceRevisionSummary,
        updated_at: Timestamp,
    }
    ServiceDeploymentAlarms {
        alarm_names: Vec<String>,
        status: ServiceDeploymentRollbackMonitorsStatus,
        triggered_alarm_names: Vec<String>,
    }
    ServiceDeploymentBrief {
        cluster_arn: String,
        created_at: Timestamp,
        finished_at: Timestamp,
        service_arn: String,
        service_deployment_arn: String,
        started_at: Timestamp,
        status: ServiceDeploymentStatus,
        status_reason: String,
        target_service_revision_arn: String,
    }
    ServiceDeploymentCircuitBreaker {
        failure_count: i32,
        status: ServiceDeploymentRollbackMonitorsStatus,
        threshold: i32,
    }
    ServiceEvent {
        created_at: Timestamp,
        id: String,
        message: String,
    }
    ServiceManagedEBSVolumeConfiguration {
        encrypted: bool,
        filesystem_type: TaskFilesystemType,
        iops: i32,
        kms_key_id: String,
        /// Required.
        role_arn: String,
        #[serde(rename = "sizeInGiB")]
        size_in_gib: i32,
        snapshot_id: String,
        tag_specifications: Vec<EBSTagSpecification>,
        throughput: i32,
        volume_initialization_rate: i32,
        volume_type: String,
    }
    ServiceRegistry {
        container_name: String,
        container_port: i32,
        port: i32,
        registry_arn: String,
    }
    ServiceRevision {
        capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        cluster_arn: String,
        container_images: Vec<ContainerImage>,
        created_at: Timestamp,
        ecs_managed_resources: ECSManagedResources,
        fargate_ephemeral_storage: DeploymentEphemeralStorage,
        gateway_connectors: Vec<GatewayConnector>,
        guard_duty_enabled: bool,
        launch_type: LaunchType,
        load_balancers: Vec<LoadBalancer>,
        monitoring: MonitoringConfiguration,
        network_configuration: NetworkConfiguration,
        overrides: ServiceRevisionOverrides,
        platform_family: String,
        platform_version: String,
        resolved_configuration: ResolvedConfiguration,
        service_arn: String,
        service_connect_configuration: ServiceConnectConfiguration,
        service_registries: Vec<ServiceRegistry>,
        service_revision_arn: String,
        task_definition: String,
        volume_configurations: Vec<ServiceVolumeConfiguration>,
        vpc_lattice_configurations: Vec<VpcLatticeConfiguration>,
    }
    ServiceRevisionLoadBalancer {
        production_listener_rule: String,
        target_group_arn: String,
    }
    ServiceRevisionOverrides {
        runtime_platform: RuntimePlatformOverride,
    }
    ServiceRevisionSummary {
        arn: String,
        pending_task_count: i32,
        requested_production_traffic_weight: f64,
        requested_task_count: i32,
        requested_test_traffic_weight: f64,
        running_task_count: i32,
    }
    ServiceRevisionVpcLatticeConfiguration {
        production_listener_rule: String,
        target_group_arn: String,
    }
    ServiceVolumeConfiguration {
        #[serde(rename = "managedEBSVolume")]
        managed_ebs_volume: ServiceManagedEBSVolumeConfiguration,
        /// Required.
        name: String,
    }
    Session {
        session_id: String,
        stream_url: String,
        token_value: String,
    }
    Setting {
        name: SettingName,
        principal_arn: String,
        r#type: SettingType,
        value: String,
    }
    SharingStrategy {
        nvidia_mps: NvidiaMpsAllocation,
    }
    StartTaskRequest {
        cluster: String,
        /// Required.
        container_instances: Vec<String>,
        #[serde(rename = "enableECSManagedTags")]
        enable_ecs_managed_tags: bool,
        enable_execute_command: bool,
        group: String,
        network_configuration: NetworkConfiguration,
        overrides: TaskOverride,
        propagate_tags: PropagateTags,
        reference_id: String,
        started_by: String,
        tags: Vec<Tag>,
        /// Required.
        task_definition: String,
        volume_configurations: Vec<TaskVolumeConfiguration>,
    }
    StartTaskResponse {
        failures: Vec<Failure>,
        tasks: Vec<Task>,
    }
    StopServiceDeploymentRequest {
        /// Required.
        service_deployment_arn: String,
        stop_type: StopServiceDeploymentStopType,
    }
    StopServiceDeploymentResponse {
        service_deployment_arn: String,
    }
    StopTaskRequest {
        cluster: String,
        reason: String,
        /// Required.
        task: String,
    }
    StopTaskResponse {
        task: Task,
    }
    SubmitAttachmentStateChangesRequest {
        /// Required.
        attachments: Vec<AttachmentStateChange>,
        cluster: String,
    }
    SubmitAttachmentStateChangesResponse {
        acknowledgment: String,
    }
    SubmitContainerStateChangeRequest {
        cluster: String,
        container_name: String,
        exit_code: i32,
        network_bindings: Vec<NetworkBinding>,
        reason: String,
        runtime_id: String,
        status: String,
        task: String,
    }
    SubmitContainerStateChangeResponse {
        acknowledgment: String,
    }
    SubmitTaskStateChangeRequest {
        attachments: Vec<AttachmentStateChange>,
        cluster: String,
        containers: Vec<ContainerStateChange>,
        execution_stopped_at: Timestamp,
        managed_agents: Vec<ManagedAgentStateChange>,
        pull_started_at: Timestamp,
        pull_stopped_at: Timestamp,
        reason: String,
        status: String,
        task: String,
    }
    SubmitTaskStateChangeResponse {
        acknowledgment: String,
    }
    SystemControl {
        namespace: String,
        value: String,
    }
    Tag {
        key: String,
        value: String,
    }
    TagResourceRequest {
        /// Required.
        resource_arn: String,
        /// Required.
        tags: Vec<Tag>,
    }
    TagResourceResponse {}
    Task {
        attachments: Vec<Attachment>,
        attributes: Vec<Attribute>,
        availability_zone: String,
        capacity_provider_name: String,
        cluster_arn: String,
        connectivity: Connectivity,
        connectivity_at: Timestamp,
        container_instance_arn: String,
        containers: Vec<Container>,
        cpu: String,
        created_at: Timestamp,
        desired_status: String,
        enable_execute_command: bool,
        ephemeral_storage: EphemeralStorage,
        execution_stopped_at: Timestamp,
        fargate_ephemeral_storage: TaskEphemeralStorage,
        group: String,
        health_status: HealthStatus,
        inference_accelerators: Vec<InferenceAccelerator>,
        last_status: String,
        launch_type: LaunchType,
        memory: String,
        overrides: TaskOverride,
        platform_family: String,
        platform_version: String,
        pull_started_at: Timestamp,
        pull_stopped_at: Timestamp,
        started_at: Timestamp,
        started_by: String,
        stop_code: TaskStopCode,
        stopped_at: Timestamp,
        stopped_reason: String,
        stopping_at: Timestamp,
        tags: Vec<Tag>,
        task_arn: String,
        task_definition_arn: String,
        trusted_execution_summary: TrustedExecutionSummary,
        version: i64,
    }
    TaskDefinition {
        compatibilities: Vec<Compatibility>,
        container_definitions: Vec<ContainerDefinition>,
        cpu: String,
        delete_requested_at: Timestamp,
        deregistered_at: Timestamp,
        enable_fault_injection: bool,
        ephemeral_storage: EphemeralStorage,
        execution_role_arn: String,
        family: String,
        inference_accelerators: Vec<InferenceAccelerator>,
        ipc_mode: IpcMode,
        memory: String,
        network_mode: NetworkMode,
        pid_mode: PidMode,
        placement_constraints: Vec<TaskDefinitionPlacementConstraint>,
        proxy_configuration: ProxyConfiguration,
        registered_at: Timestamp,
        registered_by: String,
        requires_attributes: Vec<Attribute>,
        requires_compatibilities: Vec<Compatibility>,
        revision: i32,
        runtime_platform: RuntimePlatform,
        status: TaskDefinitionStatus,
        task_definition_arn: String,
        task_role_arn: String,
        trusted_execution_configuration: TrustedExecutionConfiguration,
        volumes: Vec<Volume>,
    }
    TaskDefinitionPlacementConstraint {
        expression: String,
        r#type: TaskDefinitionPlacementConstraintType,
    }
    TaskEphemeralStorage {
        kms_key_id: String,
        #[serde(rename = "sizeInGiB")]
        size_in_gib: i32,
    }
    TaskManagedEBSVolumeConfiguration {
        encrypted: bool,
        filesystem_type: TaskFilesystemType,
        iops: i32,
        kms_key_id: String,
        /// Required.
        role_arn: String,
        #[serde(rename = "sizeInGiB")]
        size_in_gib: i32,
        snapshot_id: String,
        tag_specifications: Vec<EBSTagSpecification>,
        termination_policy: TaskManagedEBSVolumeTerminationPolicy,
        throughput: i32,
        volume_initialization_rate: i32,
        volume_type: String,
    }
    TaskManagedEBSVolumeTerminationPolicy {
        /// Required.
        delete_on_termination: bool,
    }
    TaskOverride {
        container_overrides: Vec<ContainerOverride>,
        cpu: String,
        ephemeral_storage: EphemeralStorage,
        execution_role_arn: String,
        inference_accelerator_overrides: Vec<InferenceAcceleratorOverride>,
        memory: String,
        task_role_arn: String,
    }
    TaskSet {
        capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        cluster_arn: String,
        computed_desired_count: i32,
        created_at: Timestamp,
        external_id: String,
        fargate_ephemeral_storage: DeploymentEphemeralStorage,
        id: String,
        launch_type: LaunchType,
        load_balancers: Vec<LoadBalancer>,
        network_configuration: NetworkConfiguration,
        pending_count: i32,
        platform_family: String,
        platform_version: String,
        running_count: i32,
        scale: Scale,
        service_arn: String,
        service_registries: Vec<ServiceRegistry>,
        stability_status: StabilityStatus,
        stability_status_at: Timestamp,
        started_by: String,
        status: String,
        tags: Vec<Tag>,
        task_definition: String,
        task_set_arn: String,
        updated_at: Timestamp,
    }
    TaskVolumeConfiguration {
        #[serde(rename = "managedEBSVolume")]
        managed_ebs_volume: TaskManagedEBSVolumeConfiguration,
        /// Required.
        name: String,
    }
    ThresholdConfiguration {
        /// Required.
        r#type: ThresholdType,
        /// Required.
        value: i32,
    }
    TimeoutConfiguration {
        idle_timeout_seconds: i32,
        per_request_timeout_seconds: i32,
    }
    Tmpfs {
        /// Required.
        container_path: String,
        mount_options: Vec<String>,
        /// Required.
        size: i32,
    }
    TotalLocalStorageGBRequest {
        max: f64,
        min: f64,
    }
    TrustedExecutionConfiguration {
        attestation_policy: String,
        /// Required.
        isolation_mode: IsolationMode,
    }
    TrustedExecutionSummary {
        attestation_policy_status: AttestationPolicyStatus,
        /// Required.
        isolation_mode: IsolationMode,
    }
    Ulimit {
        /// Required.
        hard_limit: i32,
        /// Required.
        name: UlimitName,
        /// Required.
        soft_limit: i32,
    }
    UntagResourceRequest {
        /// Required.
        resource_arn: String,
        /// Required.
        tag_keys: Vec<String>,
    }
    UntagResourceResponse {}
    UpdateCapacityProviderRequest {
        auto_scaling_group_provider: AutoScalingGroupProviderUpdate,
        cluster: String,
        managed_instances_provider: UpdateManagedInstancesProviderConfiguration,
        /// Required.
        name: String,
    }
    UpdateCapacityProviderResponse {
        capacity_provider: CapacityProvider,
    }
    UpdateClusterRequest {
        /// Required.
        cluster: String,
        configuration: ClusterConfiguration,
        service_connect_defaults: ClusterServiceConnectDefaultsRequest,
        settings: Vec<ClusterSetting>,
    }
    UpdateClusterResponse {
        cluster: Cluster,
    }
    UpdateClusterSettingsRequest {
        /// Required.
        cluster: String,
        /// Required.
        settings: Vec<ClusterSetting>,
    }
    UpdateClusterSettingsResponse {
        cluster: Cluster,
    }
    UpdateContainerAgentRequest {
        cluster: String,
        /// Required.
        container_instance: String,
    }
    UpdateContainerAgentResponse {
        container_instance: ContainerInstance,
    }
    UpdateContainerInstancesStateRequest {
        cluster: String,
        /// Required.
        container_instances: Vec<String>,
        /// Required.
        status: ContainerInstanceStatus,
    }
    UpdateContainerInstancesStateResponse {
        container_instances: Vec<ContainerInstance>,
        failures: Vec<Failure>,
    }
    UpdateDaemonRequest {
        /// Required.
        capacity_provider_arns: Vec<String>,
        critical: bool,
        /// Required.
        daemon_arn: String,
        /// Required.
        daemon_task_definition_arn: String,
        deployment_configuration: DaemonDeploymentConfiguration,
        #[serde(rename = "enableECSManagedTags")]
        enable_ecs_managed_tags: bool,
        enable_execute_command: bool,
        propagate_tags: DaemonPropagateTags,
    }
    UpdateDaemonResponse {
        created_at: Timestamp,
        daemon_arn: String,
        deployment_arn: String,
        status: DaemonStatus,
        updated_at: Timestamp,
    }
    UpdateExpressGatewayServiceRequest {
        cpu: String,
        cpu_architecture: ExpressCpuArchitecture,
        execution_role_arn: String,
        health_check_path: String,
        memory: String,
        network_configuration: ExpressGatewayServiceNetworkConfiguration,
        primary_container: ExpressGatewayContainer,
        scaling_target: ExpressGatewayScalingTarget,
        /// Required.
        service_arn: String,
        task_definition_arn: String,
        task_role_arn: String,
    }
    UpdateExpressGatewayServiceResponse {
        service: UpdatedExpressGatewayService,
    }
    UpdateGatewayAlbConfiguration {
        access_logs: GatewayElbAccessLogConfiguration,
        http_desync: GatewayAlbDesyncMitigationMode,
        max_alb_count: i32,
        network_configuration: UpdateGatewayNetworkConfiguration,
        test_traffic_rules: GatewayAlbTestTrafficRules,
        #[serde(rename = "webACLArn")]
        web_acl_arn: String,
    }
    UpdateGatewayConfiguration {
        host_shared_alb: UpdateGatewayAlbConfiguration,
    }
    UpdateGatewayNetworkConfiguration {
        inbound_security_group: String,
    }
    UpdateGatewayRequest {
        configuration: UpdateGatewayConfiguration,
        deletion_protection: bool,
        /// Required.
        gateway: String,
        infrastructure_role_arn: String,
        propagate_tags: PropagateGatewayTags,
    }
    UpdateGatewayResponse {
        gateway_arn: String,
        name: String,
        status: GatewayStatus,
    }
    UpdateManagedInstancesProviderConfiguration {
        auto_repair_configuration: AutoRepairConfiguration,
        infrastructure_optimization: InfrastructureOptimization,
        /// Required.
        infrastructure_role_arn: String,
        /// Required.
        instance_launch_template: InstanceLaunchTemplateUpdate,
        propagate_tags: PropagateMITags,
    }
    UpdateServicePrimaryTaskSetRequest {
        /// Required.
        cluster: String,
        /// Required.
        primary_task_set: String,
        /// Required.
        service: String,
    }
    UpdateServicePrimaryTaskSetResponse {
        task_set: TaskSet,
    }
    UpdateServiceRequest {
        availability_zone_rebalancing: AvailabilityZoneRebalancing,
        capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
        cluster: String,
        deployment_configuration: DeploymentConfiguration,
        deployment_controller: DeploymentController,
        desired_count: i32,
        #[serde(rename = "enableECSManagedTags")]
        enable_ecs_managed_tags: bool,
        enable_execute_command: bool,
        force_new_deployment: bool,
        gateway_connectors: Vec<GatewayConnector>,
        health_check_grace_period_seconds: i32,
        load_balancers: Vec<LoadBalancer>,
        monitoring: MonitoringConfiguration,
        network_configuration: NetworkConfiguration,
        placement_constraints: Vec<PlacementConstraint>,
        placement_strategy: Vec<PlacementStrategy>,
        platform_version: String,
        propagate_tags: PropagateTags,
        /// Required.
        service: String,
        service_connect_configuration: ServiceConnectConfiguration,
        service_registries: Vec<ServiceRegistry>,
        task_definition: String,
        volume_configurations: Vec<ServiceVolumeConfiguration>,
        vpc_lattice_configurations: Vec<VpcLatticeConfiguration>,
    }
    UpdateServiceResponse {
        service: Service,
    }
    UpdateTaskProtectionRequest {
        /// Required.
        cluster: String,
        expires_in_minutes: i32,
        /// Required.
        protection_enabled: bool,
        /// Required.
        tasks: Vec<String>,
    }
    UpdateTaskProtectionResponse {
        failures: Vec<Failure>,
        protected_tasks: Vec<ProtectedTask>,
    }
    UpdateTaskSetRequest {
        /// Required.
        cluster: String,
        /// Required.
        scale: Scale,
        /// Required.
        service: String,
        /// Required.
        task_set: String,
    }
    UpdateTaskSetResponse {
        task_set: TaskSet,
    }
    UpdatedExpressGatewayService {
        cluster: String,
        created_at: Timestamp,
        service_arn: String,
        service_name: String,
        status: ExpressGatewayServiceStatus,
        target_configuration: ExpressGatewayServiceConfiguration,
        updated_at: Timestamp,
    }
    VCpuCountRangeRequest {
        max: i32,
        /// Required.
        min: i32,
    }
    VersionInfo {
        agent_hash: String,
        agent_version: String,
        docker_version: String,
    }
    Volume {
        configured_at_launch: bool,
        docker_volume_configuration: DockerVolumeConfiguration,
        efs_volume_configuration: EFSVolumeConfiguration,
        fsx_windows_file_server_volume_configuration: FSxWindowsFileServerVolumeConfiguration,
        host: HostVolumeProperties,
        name: String,
        s3files_volume_configuration: S3FilesVolumeConfiguration,
    }
    VolumeFrom {
        read_only: bool,
        source_container: String,
    }
    VpcLatticeAdvancedConfiguration {
        alternate_target_group_arn: String,
        production_listener_rule: String,
        test_listener_rule: String,
    }
    VpcLatticeConfiguration {
        advanced_configuration: VpcLatticeAdvancedConfiguration,
        /// Required.
        port_name: String,
        /// Required.
        role_arn: String,
        /// Required.
        target_group_arn: String,
    }
}
