//! What the shapes of the Amazon ECS API must look like.
//! `cargo xtask codegen` writes this file; edit the generator instead.

use super::enumerations::*;
use crate::schema::{Pattern, Shape, optional, required};
pub static ACCELERATOR_COUNT_REQUEST: Shape =
    Shape::Structure(&[optional("max", &BOXED_INTEGER), optional("min", &BOXED_INTEGER)]);
pub static ACCELERATOR_MANUFACTURER: Shape = Shape::Enumeration(AcceleratorManufacturer::VALUES);
pub static ACCELERATOR_MANUFACTURER_SET: Shape =
    Shape::List { element: &ACCELERATOR_MANUFACTURER, min: None, max: None };
pub static ACCELERATOR_NAME: Shape = Shape::Enumeration(AcceleratorName::VALUES);
pub static ACCELERATOR_NAME_SET: Shape =
    Shape::List { element: &ACCELERATOR_NAME, min: None, max: None };
pub static ACCELERATOR_TOTAL_MEMORY_MI_B_REQUEST: Shape =
    Shape::Structure(&[optional("max", &BOXED_INTEGER), optional("min", &BOXED_INTEGER)]);
pub static ACCELERATOR_TYPE: Shape = Shape::Enumeration(AcceleratorType::VALUES);
pub static ACCELERATOR_TYPE_SET: Shape =
    Shape::List { element: &ACCELERATOR_TYPE, min: None, max: None };
pub static ACCESS_TYPE: Shape = Shape::Enumeration(AccessType::VALUES);
pub static ACCESS_TYPE_LIST: Shape =
    Shape::List { element: &ACCESS_TYPE, min: Some(0), max: Some(2) };
pub static ADVANCED_CONFIGURATION: Shape = Shape::Structure(&[
    optional("alternateTargetGroupArn", &STRING),
    optional("productionListenerRule", &STRING),
    optional("roleArn", &STRING),
    optional("testListenerRule", &STRING),
]);
static ALLOWED_INSTANCE_TYPE_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9\.\*\-]+");
pub static ALLOWED_INSTANCE_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(30), pattern: Some(&ALLOWED_INSTANCE_TYPE_PATTERN) };
pub static ALLOWED_INSTANCE_TYPE_SET: Shape =
    Shape::List { element: &ALLOWED_INSTANCE_TYPE, min: Some(0), max: Some(400) };
pub static APPLICATION_PROTOCOL: Shape = Shape::Enumeration(ApplicationProtocol::VALUES);
pub static ASSIGN_PUBLIC_IP: Shape = Shape::Enumeration(AssignPublicIp::VALUES);
pub static ASSOCIATE_GATEWAY_WITH_CLUSTER_REQUEST: Shape =
    Shape::Structure(&[required("cluster", &STRING), required("gateway", &STRING)]);
pub static ATTACHMENT_STATE_CHANGE: Shape =
    Shape::Structure(&[required("attachmentArn", &STRING), required("status", &STRING)]);
pub static ATTACHMENT_STATE_CHANGES: Shape =
    Shape::List { element: &ATTACHMENT_STATE_CHANGE, min: None, max: None };
pub static ATTRIBUTE: Shape = Shape::Structure(&[
    required("name", &STRING),
    optional("targetId", &STRING),
    optional("targetType", &TARGET_TYPE),
    optional("value", &STRING),
]);
pub static ATTRIBUTES: Shape = Shape::List { element: &ATTRIBUTE, min: None, max: None };
pub static AUTO_REPAIR_ACTIONS_STATUS: Shape = Shape::Enumeration(AutoRepairActionsStatus::VALUES);
pub static AUTO_REPAIR_CONFIGURATION: Shape =
    Shape::Structure(&[optional("actionsStatus", &AUTO_REPAIR_ACTIONS_STATUS)]);
pub static AUTO_SCALING_GROUP_PROVIDER: Shape = Shape::Structure(&[
    required("autoScalingGroupArn", &STRING),
    optional("managedDraining", &MANAGED_DRAINING),
    optional("managedScaling", &MANAGED_SCALING),
    optional("managedTerminationProtection", &MANAGED_TERMINATION_PROTECTION),
]);
pub static AUTO_SCALING_GROUP_PROVIDER_UPDATE: Shape = Shape::Structure(&[
    optional("managedDraining", &MANAGED_DRAINING),
    optional("managedScaling", &MANAGED_SCALING),
    optional("managedTerminationProtection", &MANAGED_TERMINATION_PROTECTION),
]);
pub static AVAILABILITY_ZONE_REBALANCING: Shape =
    Shape::Enumeration(AvailabilityZoneRebalancing::VALUES);
pub static AWS_VPC_CONFIGURATION: Shape = Shape::Structure(&[
    optional("assignPublicIp", &ASSIGN_PUBLIC_IP),
    optional("securityGroups", &STRING_LIST),
    required("subnets", &STRING_LIST),
]);
pub static BARE_METAL: Shape = Shape::Enumeration(BareMetal::VALUES);
pub static BASELINE_EBS_BANDWIDTH_MBPS_REQUEST: Shape =
    Shape::Structure(&[optional("max", &BOXED_INTEGER), optional("min", &BOXED_INTEGER)]);
pub static BOOLEAN: Shape = Shape::Boolean;
pub static BOXED_BOOLEAN: Shape = Shape::Boolean;
pub static BOXED_DOUBLE: Shape = Shape::Double { min: None, max: None };
pub static BOXED_INTEGER: Shape = Shape::Integer { min: None, max: None };
pub static BURSTABLE_PERFORMANCE: Shape = Shape::Enumeration(BurstablePerformance::VALUES);
pub static CPU_ARCHITECTURE: Shape = Shape::Enumeration(CPUArchitecture::VALUES);
pub static CANARY_CONFIGURATION: Shape = Shape::Structure(&[
    optional("canaryBakeTimeInMinutes", &INTEGER),
    optional("canaryPercent", &DOUBLE),
]);
pub static CAPACITY_OPTION_TYPE: Shape = Shape::Enumeration(CapacityOptionType::VALUES);
pub static CAPACITY_PROVIDER_FIELD: Shape = Shape::Enumeration(CapacityProviderField::VALUES);
pub static CAPACITY_PROVIDER_FIELD_LIST: Shape =
    Shape::List { element: &CAPACITY_PROVIDER_FIELD, min: None, max: None };
pub static CAPACITY_PROVIDER_STRATEGY: Shape =
    Shape::List { element: &CAPACITY_PROVIDER_STRATEGY_ITEM, min: None, max: None };
pub static CAPACITY_PROVIDER_STRATEGY_ITEM: Shape = Shape::Structure(&[
    optional("base", &CAPACITY_PROVIDER_STRATEGY_ITEM_BASE),
    required("capacityProvider", &STRING),
    optional("weight", &CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT),
]);
pub static CAPACITY_PROVIDER_STRATEGY_ITEM_BASE: Shape =
    Shape::Integer { min: Some(0), max: Some(100_000) };
pub static CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT: Shape =
    Shape::Integer { min: Some(0), max: Some(1000) };
pub static CAPACITY_RESERVATION_PREFERENCE: Shape =
    Shape::Enumeration(CapacityReservationPreference::VALUES);
pub static CAPACITY_RESERVATION_REQUEST: Shape = Shape::Structure(&[
    optional("reservationGroupArn", &STRING),
    optional("reservationPreference", &CAPACITY_RESERVATION_PREFERENCE),
]);
pub static CLUSTER_CONFIGURATION: Shape = Shape::Structure(&[
    optional("executeCommandConfiguration", &EXECUTE_COMMAND_CONFIGURATION),
    optional("managedStorageConfiguration", &MANAGED_STORAGE_CONFIGURATION),
]);
pub static CLUSTER_FIELD: Shape = Shape::Enumeration(ClusterField::VALUES);
pub static CLUSTER_FIELD_LIST: Shape =
    Shape::List { element: &CLUSTER_FIELD, min: None, max: None };
pub static CLUSTER_SERVICE_CONNECT_DEFAULTS_REQUEST: Shape =
    Shape::Structure(&[required("namespace", &STRING)]);
pub static CLUSTER_SETTING: Shape =
    Shape::Structure(&[optional("name", &CLUSTER_SETTING_NAME), optional("value", &STRING)]);
pub static CLUSTER_SETTING_NAME: Shape = Shape::Enumeration(ClusterSettingName::VALUES);
pub static CLUSTER_SETTINGS: Shape =
    Shape::List { element: &CLUSTER_SETTING, min: None, max: None };
pub static COMPATIBILITY: Shape = Shape::Enumeration(Compatibility::VALUES);
pub static COMPATIBILITY_LIST: Shape =
    Shape::List { element: &COMPATIBILITY, min: None, max: None };
pub static CONTAINER_CONDITION: Shape = Shape::Enumeration(ContainerCondition::VALUES);
pub static CONTAINER_DEFINITION: Shape = Shape::Structure(&[
    optional("command", &STRING_LIST),
    optional("cpu", &INTEGER),
    optional("credentialSpecs", &STRING_LIST),
    optional("dependsOn", &CONTAINER_DEPENDENCIES),
    optional("disableNetworking", &BOXED_BOOLEAN),
    optional("dnsSearchDomains", &STRING_LIST),
    optional("dnsServers", &STRING_LIST),
    optional("dockerLabels", &DOCKER_LABELS_MAP),
    optional("dockerSecurityOptions", &STRING_LIST),
    optional("entryPoint", &STRING_LIST),
    optional("environment", &ENVIRONMENT_VARIABLES),
    optional("environmentFiles", &ENVIRONMENT_FILES),
    optional("essential", &BOXED_BOOLEAN),
    optional("extraHosts", &HOST_ENTRY_LIST),
    optional("firelensConfiguration", &FIRELENS_CONFIGURATION),
    optional("healthCheck", &HEALTH_CHECK),
    optional("hostname", &STRING),
    optional("image", &STRING),
    optional("interactive", &BOXED_BOOLEAN),
    optional("links", &STRING_LIST),
    optional("linuxParameters", &LINUX_PARAMETERS),
    optional("logConfiguration", &LOG_CONFIGURATION),
    optional("memory", &BOXED_INTEGER),
    optional("memoryReservation", &BOXED_INTEGER),
    optional("mountPoints", &MOUNT_POINT_LIST),
    optional("name", &STRING),
    optional("portMappings", &PORT_MAPPING_LIST),
    optional("privileged", &BOXED_BOOLEAN),
    optional("pseudoTerminal", &BOXED_BOOLEAN),
    optional("readonlyRootFilesystem", &BOXED_BOOLEAN),
    optional("repositoryCredentials", &REPOSITORY_CREDENTIALS),
    optional("resourceRequirements", &RESOURCE_REQUIREMENTS),
    optional("restartPolicy", &CONTAINER_RESTART_POLICY),
    optional("secrets", &SECRET_LIST),
    optional("startTimeout", &BOXED_INTEGER),
    optional("stopTimeout", &BOXED_INTEGER),
    optional("systemControls", &SYSTEM_CONTROLS),
    optional("ulimits", &ULIMIT_LIST),
    optional("user", &STRING),
    optional("versionConsistency", &VERSION_CONSISTENCY),
    optional("volumesFrom", &VOLUME_FROM_LIST),
    optional("workingDirectory", &STRING),
]);
pub static CONTAINER_DEFINITIONS: Shape =
    Shape::List { element: &CONTAINER_DEFINITION, min: None, max: None };
pub static CONTAINER_DEPENDENCIES: Shape =
    Shape::List { element: &CONTAINER_DEPENDENCY, min: None, max: None };
pub static CONTAINER_DEPENDENCY: Shape = Shape::Structure(&[
    required("condition", &CONTAINER_CONDITION),
    required("containerName", &STRING),
]);
pub static CONTAINER_INSTANCE_FIELD: Shape = Shape::Enumeration(ContainerInstanceField::VALUES);
pub static CONTAINER_INSTANCE_FIELD_LIST: Shape =
    Shape::List { element: &CONTAINER_INSTANCE_FIELD, min: None, max: None };
pub static CONTAINER_INSTANCE_STATUS: Shape = Shape::Enumeration(ContainerInstanceStatus::VALUES);
pub static CONTAINER_OVERRIDE: Shape = Shape::Structure(&[
    optional("command", &STRING_LIST),
    optional("cpu", &BOXED_INTEGER),
    optional("environment", &ENVIRONMENT_VARIABLES),
    optional("environmentFiles", &ENVIRONMENT_FILES),
    optional("memory", &BOXED_INTEGER),
    optional("memoryReservation", &BOXED_INTEGER),
    optional("name", &STRING),
    optional("resourceRequirements", &RESOURCE_REQUIREMENTS),
]);
pub static CONTAINER_OVERRIDES: Shape =
    Shape::List { element: &CONTAINER_OVERRIDE, min: None, max: None };
pub static CONTAINER_RESTART_POLICY: Shape = Shape::Structure(&[
    required("enabled", &BOXED_BOOLEAN),
    optional("ignoredExitCodes", &INTEGER_LIST),
    optional("restartAttemptPeriod", &BOXED_INTEGER),
]);
pub static CONTAINER_STATE_CHANGE: Shape = Shape::Structure(&[
    optional("containerName", &STRING),
    optional("exitCode", &BOXED_INTEGER),
    optional("imageDigest", &STRING),
    optional("networkBindings", &NETWORK_BINDINGS),
    optional("reason", &STRING),
    optional("runtimeId", &STRING),
    optional("status", &STRING),
]);
pub static CONTAINER_STATE_CHANGES: Shape =
    Shape::List { element: &CONTAINER_STATE_CHANGE, min: None, max: None };
pub static CONTINUE_SERVICE_DEPLOYMENT_REQUEST: Shape = Shape::Structure(&[
    optional("action", &DEPLOYMENT_LIFECYCLE_HOOK_ACTION),
    required("hookId", &STRING),
    required("serviceDeploymentArn", &STRING),
]);
pub static CPU_MANUFACTURER: Shape = Shape::Enumeration(CpuManufacturer::VALUES);
pub static CPU_MANUFACTURER_SET: Shape =
    Shape::List { element: &CPU_MANUFACTURER, min: None, max: None };
pub static CREATE_CAPACITY_PROVIDER_REQUEST: Shape = Shape::Structure(&[
    optional("autoScalingGroupProvider", &AUTO_SCALING_GROUP_PROVIDER),
    optional("cluster", &STRING),
    optional("managedInstancesProvider", &CREATE_MANAGED_INSTANCES_PROVIDER_CONFIGURATION),
    required("name", &STRING),
    optional("tags", &TAGS),
]);
pub static CREATE_CLUSTER_REQUEST: Shape = Shape::Structure(&[
    optional("capacityProviders", &STRING_LIST),
    optional("clusterName", &STRING),
    optional("configuration", &CLUSTER_CONFIGURATION),
    optional("defaultCapacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
    optional("serviceConnectDefaults", &CLUSTER_SERVICE_CONNECT_DEFAULTS_REQUEST),
    optional("settings", &CLUSTER_SETTINGS),
    optional("tags", &TAGS),
]);
pub static CREATE_DAEMON_REQUEST: Shape = Shape::Structure(&[
    required("capacityProviderArns", &STRING_LIST),
    optional("clientToken", &STRING),
    optional("clusterArn", &STRING),
    optional("critical", &BOXED_BOOLEAN),
    required("daemonName", &STRING),
    required("daemonTaskDefinitionArn", &STRING),
    optional("deploymentConfiguration", &DAEMON_DEPLOYMENT_CONFIGURATION),
    optional("enableECSManagedTags", &BOOLEAN),
    optional("enableExecuteCommand", &BOOLEAN),
    optional("propagateTags", &DAEMON_PROPAGATE_TAGS),
    optional("tags", &TAGS),
]);
pub static CREATE_EXPRESS_GATEWAY_SERVICE_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    optional("cpu", &STRING),
    optional("cpuArchitecture", &EXPRESS_CPU_ARCHITECTURE),
    optional("executionRoleArn", &STRING),
    optional("healthCheckPath", &STRING),
    required("infrastructureRoleArn", &STRING),
    optional("memory", &STRING),
    optional("networkConfiguration", &EXPRESS_GATEWAY_SERVICE_NETWORK_CONFIGURATION),
    optional("primaryContainer", &EXPRESS_GATEWAY_CONTAINER),
    optional("scalingTarget", &EXPRESS_GATEWAY_SCALING_TARGET),
    optional("serviceName", &STRING),
    optional("tags", &TAGS),
    optional("taskDefinitionArn", &STRING),
    optional("taskRoleArn", &STRING),
]);
pub static CREATE_GATEWAY_REQUEST: Shape = Shape::Structure(&[
    optional("clientToken", &STRING),
    required("configuration", &GATEWAY_CONFIGURATION),
    optional("deletionProtection", &BOXED_BOOLEAN),
    required("infrastructureRoleArn", &STRING),
    required("name", &STRING),
    optional("propagateTags", &PROPAGATE_GATEWAY_TAGS),
    optional("tags", &TAGS),
]);
pub static CREATE_MANAGED_INSTANCES_PROVIDER_CONFIGURATION: Shape = Shape::Structure(&[
    optional("autoRepairConfiguration", &AUTO_REPAIR_CONFIGURATION),
    optional("infrastructureOptimization", &INFRASTRUCTURE_OPTIMIZATION),
    required("infrastructureRoleArn", &STRING),
    required("instanceLaunchTemplate", &INSTANCE_LAUNCH_TEMPLATE),
    optional("propagateTags", &PROPAGATE_MI_TAGS),
]);
pub static CREATE_SERVICE_REQUEST: Shape = Shape::Structure(&[
    optional("availabilityZoneRebalancing", &AVAILABILITY_ZONE_REBALANCING),
    optional("capacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
    optional("clientToken", &STRING),
    optional("cluster", &STRING),
    optional("deploymentConfiguration", &DEPLOYMENT_CONFIGURATION),
    optional("deploymentController", &DEPLOYMENT_CONTROLLER),
    optional("desiredCount", &BOXED_INTEGER),
    optional("enableECSManagedTags", &BOOLEAN),
    optional("enableExecuteCommand", &BOOLEAN),
    optional("gatewayConnectors", &GATEWAY_CONNECTOR_LIST),
    optional("healthCheckGracePeriodSeconds", &BOXED_INTEGER),
    optional("launchType", &LAUNCH_TYPE),
    optional("loadBalancers", &LOAD_BALANCERS),
    optional("monitoring", &MONITORING_CONFIGURATION),
    optional("networkConfiguration", &NETWORK_CONFIGURATION),
    optional("placementConstraints", &PLACEMENT_CONSTRAINTS),
    optional("placementStrategy", &PLACEMENT_STRATEGIES),
    optional("platformVersion", &STRING),
    optional("propagateTags", &PROPAGATE_TAGS),
    optional("role", &STRING),
    optional("schedulingStrategy", &SCHEDULING_STRATEGY),
    optional("serviceConnectConfiguration", &SERVICE_CONNECT_CONFIGURATION),
    required("serviceName", &STRING),
    optional("serviceRegistries", &SERVICE_REGISTRIES),
    optional("tags", &TAGS),
    optional("taskDefinition", &STRING),
    optional("volumeConfigurations", &SERVICE_VOLUME_CONFIGURATIONS),
    optional("vpcLatticeConfigurations", &VPC_LATTICE_CONFIGURATIONS),
]);
pub static CREATE_TASK_SET_REQUEST: Shape = Shape::Structure(&[
    optional("capacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
    optional("clientToken", &STRING),
    required("cluster", &STRING),
    optional("externalId", &STRING),
    optional("launchType", &LAUNCH_TYPE),
    optional("loadBalancers", &LOAD_BALANCERS),
    optional("networkConfiguration", &NETWORK_CONFIGURATION),
    optional("platformVersion", &STRING),
    optional("scale", &SCALE),
    required("service", &STRING),
    optional("serviceRegistries", &SERVICE_REGISTRIES),
    optional("tags", &TAGS),
    required("taskDefinition", &STRING),
]);
pub static CREATED_AT: Shape =
    Shape::Structure(&[optional("after", &TIMESTAMP), optional("before", &TIMESTAMP)]);
pub static DAEMON_ALARM_CONFIGURATION: Shape =
    Shape::Structure(&[optional("alarmNames", &STRING_LIST), optional("enable", &BOOLEAN)]);
pub static DAEMON_CONTAINER_DEFINITION: Shape = Shape::Structure(&[
    optional("command", &STRING_LIST),
    optional("cpu", &INTEGER),
    optional("dependsOn", &CONTAINER_DEPENDENCIES),
    optional("entryPoint", &STRING_LIST),
    optional("environment", &ENVIRONMENT_VARIABLES),
    optional("environmentFiles", &ENVIRONMENT_FILES),
    optional("essential", &BOXED_BOOLEAN),
    optional("firelensConfiguration", &FIRELENS_CONFIGURATION),
    optional("healthCheck", &HEALTH_CHECK),
    required("image", &STRING),
    optional("interactive", &BOXED_BOOLEAN),
    optional("linuxParameters", &DAEMON_LINUX_PARAMETERS),
    optional("logConfiguration", &LOG_CONFIGURATION),
    optional("memory", &BOXED_INTEGER),
    optional("memoryReservation", &BOXED_INTEGER),
    optional("mountPoints", &MOUNT_POINT_LIST),
    optional("name", &STRING),
    optional("privileged", &BOXED_BOOLEAN),
    optional("pseudoTerminal", &BOXED_BOOLEAN),
    optional("readonlyRootFilesystem", &BOXED_BOOLEAN),
    optional("repositoryCredentials", &REPOSITORY_CREDENTIALS),
    optional("restartPolicy", &CONTAINER_RESTART_POLICY),
    optional("secrets", &SECRET_LIST),
    optional("startTimeout", &BOXED_INTEGER),
    optional("stopTimeout", &BOXED_INTEGER),
    optional("systemControls", &SYSTEM_CONTROLS),
    optional("ulimits", &ULIMIT_LIST),
    optional("user", &STRING),
    optional("workingDirectory", &STRING),
]);
pub static DAEMON_CONTAINER_DEFINITION_LIST: Shape =
    Shape::List { element: &DAEMON_CONTAINER_DEFINITION, min: None, max: None };
pub static DAEMON_DEPLOYMENT_CONFIGURATION: Shape = Shape::Structure(&[
    optional("alarms", &DAEMON_ALARM_CONFIGURATION),
    optional("bakeTimeInMinutes", &INTEGER),
    optional("drainPercent", &DAEMON_DRAIN_PERCENT),
]);
pub static DAEMON_DEPLOYMENT_STATUS: Shape = Shape::Enumeration(DaemonDeploymentStatus::VALUES);
pub static DAEMON_DEPLOYMENT_STATUS_LIST: Shape =
    Shape::List { element: &DAEMON_DEPLOYMENT_STATUS, min: None, max: None };
pub static DAEMON_DRAIN_PERCENT: Shape = Shape::Double { min: Some(0.0), max: Some(100.0) };
pub static DAEMON_IPC_MODE: Shape = Shape::Enumeration(DaemonIpcMode::VALUES);
pub static DAEMON_LINUX_PARAMETERS: Shape = Shape::Structure(&[
    optional("capabilities", &KERNEL_CAPABILITIES),
    optional("devices", &DEVICES_LIST),
    optional("initProcessEnabled", &BOXED_BOOLEAN),
    optional("tmpfs", &TMPFS_LIST),
]);
pub static DAEMON_PID_MODE: Shape = Shape::Enumeration(DaemonPidMode::VALUES);
pub static DAEMON_PROPAGATE_TAGS: Shape = Shape::Enumeration(DaemonPropagateTags::VALUES);
pub static DAEMON_TASK_DEFINITION_REVISION_FILTER: Shape =
    Shape::Enumeration(DaemonTaskDefinitionRevisionFilter::VALUES);
pub static DAEMON_TASK_DEFINITION_STATUS_FILTER: Shape =
    Shape::Enumeration(DaemonTaskDefinitionStatusFilter::VALUES);
pub static DAEMON_VOLUME: Shape = Shape::Structure(&[
    optional("host", &HOST_VOLUME_PROPERTIES),
    optional("logDriverVolumeConfiguration", &LOG_DRIVER_VOLUME_CONFIGURATION),
    optional("name", &STRING),
]);
pub static DAEMON_VOLUME_LIST: Shape =
    Shape::List { element: &DAEMON_VOLUME, min: None, max: None };
pub static DELETE_ACCOUNT_SETTING_REQUEST: Shape =
    Shape::Structure(&[required("name", &SETTING_NAME), optional("principalArn", &STRING)]);
pub static DELETE_ATTRIBUTES_REQUEST: Shape =
    Shape::Structure(&[required("attributes", &ATTRIBUTES), optional("cluster", &STRING)]);
pub static DELETE_CAPACITY_PROVIDER_REQUEST: Shape =
    Shape::Structure(&[required("capacityProvider", &STRING), optional("cluster", &STRING)]);
pub static DELETE_CLUSTER_REQUEST: Shape = Shape::Structure(&[required("cluster", &STRING)]);
pub static DELETE_DAEMON_REQUEST: Shape = Shape::Structure(&[required("daemonArn", &STRING)]);
pub static DELETE_DAEMON_TASK_DEFINITION_REQUEST: Shape =
    Shape::Structure(&[required("daemonTaskDefinition", &STRING)]);
pub static DELETE_EXPRESS_GATEWAY_SERVICE_REQUEST: Shape =
    Shape::Structure(&[required("serviceArn", &STRING)]);
pub static DELETE_GATEWAY_REQUEST: Shape = Shape::Structure(&[required("gateway", &STRING)]);
pub static DELETE_SERVICE_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    optional("force", &BOXED_BOOLEAN),
    required("service", &STRING),
]);
pub static DELETE_TASK_DEFINITIONS_REQUEST: Shape =
    Shape::Structure(&[required("taskDefinitions", &STRING_LIST)]);
pub static DELETE_TASK_SET_REQUEST: Shape = Shape::Structure(&[
    required("cluster", &STRING),
    optional("force", &BOXED_BOOLEAN),
    required("service", &STRING),
    required("taskSet", &STRING),
]);
pub static DEPLOYMENT_ALARMS: Shape = Shape::Structure(&[
    required("alarmNames", &STRING_LIST),
    required("enable", &BOOLEAN),
    required("rollback", &BOOLEAN),
]);
pub static DEPLOYMENT_CIRCUIT_BREAKER: Shape = Shape::Structure(&[
    required("enable", &BOOLEAN),
    optional("resetOnHealthyTask", &BOXED_BOOLEAN),
    required("rollback", &BOOLEAN),
    optional("thresholdConfiguration", &THRESHOLD_CONFIGURATION),
]);
pub static DEPLOYMENT_CONFIGURATION: Shape = Shape::Structure(&[
    optional("alarms", &DEPLOYMENT_ALARMS),
    optional("bakeTimeInMinutes", &BOXED_INTEGER),
    optional("canaryConfiguration", &CANARY_CONFIGURATION),
    optional("deploymentCircuitBreaker", &DEPLOYMENT_CIRCUIT_BREAKER),
    optional("earlySuccessCriteria", &DEPLOYMENT_EARLY_SUCCESS_CRITERIA),
    optional("lifecycleHooks", &DEPLOYMENT_LIFECYCLE_HOOK_LIST),
    optional("linearConfiguration", &LINEAR_CONFIGURATION),
    optional("maximumPercent", &BOXED_INTEGER),
    optional("minimumHealthyPercent", &BOXED_INTEGER),
    optional("strategy", &DEPLOYMENT_STRATEGY),
]);
pub static DEPLOYMENT_CONTROLLER: Shape =
    Shape::Structure(&[required("type", &DEPLOYMENT_CONTROLLER_TYPE)]);
pub static DEPLOYMENT_CONTROLLER_TYPE: Shape = Shape::Enumeration(DeploymentControllerType::VALUES);
pub static DEPLOYMENT_EARLY_SUCCESS_CRITERIA: Shape = Shape::Structure(&[
    required("enable", &BOOLEAN),
    optional("healthyPercent", &HEALTHY_PERCENT_INTEGER),
    optional("sourceServiceRevisionCleanup", &SERVICE_REVISION_CLEANUP),
]);
pub static DEPLOYMENT_LIFECYCLE_HOOK: Shape = Shape::Structure(&[
    optional("hookDetails", &HOOK_DETAILS),
    optional("hookTargetArn", &STRING),
    optional("lifecycleStages", &DEPLOYMENT_LIFECYCLE_HOOK_STAGE_LIST),
    optional("roleArn", &IAM_ROLE_ARN),
    optional("targetType", &DEPLOYMENT_LIFECYCLE_HOOK_TARGET_TYPE),
    optional("timeoutConfiguration", &DEPLOYMENT_LIFECYCLE_HOOK_TIMEOUT_CONFIGURATION),
]);
pub static DEPLOYMENT_LIFECYCLE_HOOK_ACTION: Shape =
    Shape::Enumeration(DeploymentLifecycleHookAction::VALUES);
pub static DEPLOYMENT_LIFECYCLE_HOOK_DURATION: Shape =
    Shape::Integer { min: Some(1), max: Some(20160) };
pub static DEPLOYMENT_LIFECYCLE_HOOK_LIST: Shape =
    Shape::List { element: &DEPLOYMENT_LIFECYCLE_HOOK, min: None, max: None };
pub static DEPLOYMENT_LIFECYCLE_HOOK_STAGE: Shape =
    Shape::Enumeration(DeploymentLifecycleHookStage::VALUES);
pub static DEPLOYMENT_LIFECYCLE_HOOK_STAGE_LIST: Shape =
    Shape::List { element: &DEPLOYMENT_LIFECYCLE_HOOK_STAGE, min: None, max: None };
pub static DEPLOYMENT_LIFECYCLE_HOOK_TARGET_TYPE: Shape =
    Shape::Enumeration(DeploymentLifecycleHookTargetType::VALUES);
pub static DEPLOYMENT_LIFECYCLE_HOOK_TIMEOUT_CONFIGURATION: Shape = Shape::Structure(&[
    optional("action", &DEPLOYMENT_LIFECYCLE_HOOK_ACTION),
    optional("timeoutInMinutes", &DEPLOYMENT_LIFECYCLE_HOOK_DURATION),
]);
pub static DEPLOYMENT_STRATEGY: Shape = Shape::Enumeration(DeploymentStrategy::VALUES);
pub static DEREGISTER_CONTAINER_INSTANCE_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    required("containerInstance", &STRING),
    optional("force", &BOXED_BOOLEAN),
]);
pub static DEREGISTER_TASK_DEFINITION_REQUEST: Shape =
    Shape::Structure(&[required("taskDefinition", &STRING)]);
pub static DESCRIBE_CAPACITY_PROVIDERS_REQUEST: Shape = Shape::Structure(&[
    optional("capacityProviders", &STRING_LIST),
    optional("cluster", &STRING),
    optional("include", &CAPACITY_PROVIDER_FIELD_LIST),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
]);
pub static DESCRIBE_CLUSTERS_REQUEST: Shape = Shape::Structure(&[
    optional("clusters", &STRING_LIST),
    optional("include", &CLUSTER_FIELD_LIST),
]);
pub static DESCRIBE_CONTAINER_INSTANCES_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    required("containerInstances", &STRING_LIST),
    optional("include", &CONTAINER_INSTANCE_FIELD_LIST),
]);
pub static DESCRIBE_DAEMON_DEPLOYMENTS_REQUEST: Shape =
    Shape::Structure(&[required("daemonDeploymentArns", &STRING_LIST)]);
pub static DESCRIBE_DAEMON_REQUEST: Shape = Shape::Structure(&[required("daemonArn", &STRING)]);
pub static DESCRIBE_DAEMON_REVISIONS_REQUEST: Shape =
    Shape::Structure(&[required("daemonRevisionArns", &STRING_LIST)]);
pub static DESCRIBE_DAEMON_TASK_DEFINITION_REQUEST: Shape =
    Shape::Structure(&[required("daemonTaskDefinition", &STRING)]);
pub static DESCRIBE_EXPRESS_GATEWAY_SERVICE_REQUEST: Shape = Shape::Structure(&[
    optional("include", &EXPRESS_GATEWAY_SERVICE_INCLUDE_LIST),
    required("serviceArn", &STRING),
]);
pub static DESCRIBE_GATEWAY_REQUEST: Shape = Shape::Structure(&[required("gateway", &STRING)]);
pub static DESCRIBE_GATEWAY_RESOURCES_REQUEST: Shape = Shape::Structure(&[
    required("gateway", &STRING),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
]);
pub static DESCRIBE_GATEWAY_ROUTE_REQUEST: Shape =
    Shape::Structure(&[required("gatewayRouteArn", &STRING)]);
pub static DESCRIBE_SERVICE_DEPLOYMENTS_REQUEST: Shape =
    Shape::Structure(&[required("serviceDeploymentArns", &STRING_LIST)]);
pub static DESCRIBE_SERVICE_REVISIONS_REQUEST: Shape =
    Shape::Structure(&[required("serviceRevisionArns", &STRING_LIST)]);
pub static DESCRIBE_SERVICES_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    optional("include", &SERVICE_FIELD_LIST),
    required("services", &STRING_LIST),
]);
pub static DESCRIBE_TASK_DEFINITION_REQUEST: Shape = Shape::Structure(&[
    optional("include", &TASK_DEFINITION_FIELD_LIST),
    required("taskDefinition", &STRING),
]);
pub static DESCRIBE_TASK_SETS_REQUEST: Shape = Shape::Structure(&[
    required("cluster", &STRING),
    optional("include", &TASK_SET_FIELD_LIST),
    required("service", &STRING),
    optional("taskSets", &STRING_LIST),
]);
pub static DESCRIBE_TASKS_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    optional("include", &TASK_FIELD_LIST),
    required("tasks", &STRING_LIST),
]);
pub static DESIRED_STATUS: Shape = Shape::Enumeration(DesiredStatus::VALUES);
pub static DEVICE: Shape = Shape::Structure(&[
    optional("containerPath", &STRING),
    required("hostPath", &STRING),
    optional("permissions", &DEVICE_CGROUP_PERMISSIONS),
]);
pub static DEVICE_CGROUP_PERMISSION: Shape = Shape::Enumeration(DeviceCgroupPermission::VALUES);
pub static DEVICE_CGROUP_PERMISSIONS: Shape =
    Shape::List { element: &DEVICE_CGROUP_PERMISSION, min: None, max: None };
pub static DEVICES_LIST: Shape = Shape::List { element: &DEVICE, min: None, max: None };
pub static DISASSOCIATE_GATEWAY_FROM_CLUSTER_REQUEST: Shape =
    Shape::Structure(&[required("cluster", &STRING), required("gateway", &STRING)]);
pub static DISCOVER_POLL_ENDPOINT_REQUEST: Shape =
    Shape::Structure(&[optional("cluster", &STRING), optional("containerInstance", &STRING)]);
pub static DOCKER_LABELS_MAP: Shape =
    Shape::Map { key: &STRING, value: &STRING, min: None, max: None };
pub static DOCKER_VOLUME_CONFIGURATION: Shape = Shape::Structure(&[
    optional("autoprovision", &BOXED_BOOLEAN),
    optional("driver", &STRING),
    optional("driverOpts", &STRING_MAP),
    optional("labels", &STRING_MAP),
    optional("scope", &SCOPE),
]);
pub static DOUBLE: Shape = Shape::Double { min: None, max: None };
pub static DURATION: Shape = Shape::Integer { min: Some(0), max: Some(2_147_483_647) };
pub static EBSKMS_KEY_ID: Shape = Shape::String { min: None, max: None, pattern: None };
pub static EBS_RESOURCE_TYPE: Shape = Shape::Enumeration(EBSResourceType::VALUES);
pub static EBS_SNAPSHOT_ID: Shape = Shape::String { min: None, max: None, pattern: None };
pub static EBS_TAG_SPECIFICATION: Shape = Shape::Structure(&[
    optional("propagateTags", &PROPAGATE_TAGS),
    required("resourceType", &EBS_RESOURCE_TYPE),
    optional("tags", &TAGS),
]);
pub static EBS_TAG_SPECIFICATIONS: Shape =
    Shape::List { element: &EBS_TAG_SPECIFICATION, min: None, max: None };
pub static EBS_VOLUME_TYPE: Shape = Shape::String { min: None, max: None, pattern: None };
pub static ECS_VOLUME_NAME: Shape = Shape::String { min: None, max: None, pattern: None };
pub static EFS_AUTHORIZATION_CONFIG: Shape = Shape::Structure(&[
    optional("accessPointId", &STRING),
    optional("iam", &EFS_AUTHORIZATION_CONFIG_IAM),
]);
pub static EFS_AUTHORIZATION_CONFIG_IAM: Shape =
    Shape::Enumeration(EFSAuthorizationConfigIAM::VALUES);
pub static EFS_TRANSIT_ENCRYPTION: Shape = Shape::Enumeration(EFSTransitEncryption::VALUES);
pub static EFS_VOLUME_CONFIGURATION: Shape = Shape::Structure(&[
    optional("authorizationConfig", &EFS_AUTHORIZATION_CONFIG),
    required("fileSystemId", &STRING),
    optional("rootDirectory", &STRING),
    optional("transitEncryption", &EFS_TRANSIT_ENCRYPTION),
    optional("transitEncryptionPort", &BOXED_INTEGER),
]);
pub static ENVIRONMENT_FILE: Shape =
    Shape::Structure(&[required("type", &ENVIRONMENT_FILE_TYPE), required("value", &STRING)]);
pub static ENVIRONMENT_FILE_TYPE: Shape = Shape::Enumeration(EnvironmentFileType::VALUES);
pub static ENVIRONMENT_FILES: Shape =
    Shape::List { element: &ENVIRONMENT_FILE, min: None, max: None };
pub static ENVIRONMENT_VARIABLES: Shape =
    Shape::List { element: &KEY_VALUE_PAIR, min: None, max: None };
pub static EPHEMERAL_STORAGE: Shape = Shape::Structure(&[required("sizeInGiB", &INTEGER)]);
static EXCLUDED_INSTANCE_TYPE_PATTERN: Pattern = Pattern::new(r"[a-zA-Z0-9\.\*\-]+");
pub static EXCLUDED_INSTANCE_TYPE: Shape =
    Shape::String { min: Some(1), max: Some(30), pattern: Some(&EXCLUDED_INSTANCE_TYPE_PATTERN) };
pub static EXCLUDED_INSTANCE_TYPE_SET: Shape =
    Shape::List { element: &EXCLUDED_INSTANCE_TYPE, min: Some(0), max: Some(400) };
pub static EXECUTE_COMMAND_CONFIGURATION: Shape = Shape::Structure(&[
    optional("kmsKeyId", &STRING),
    optional("logConfiguration", &EXECUTE_COMMAND_LOG_CONFIGURATION),
    optional("logging", &EXECUTE_COMMAND_LOGGING),
]);
pub static EXECUTE_COMMAND_LOG_CONFIGURATION: Shape = Shape::Structure(&[
    optional("cloudWatchEncryptionEnabled", &BOOLEAN),
    optional("cloudWatchLogGroupName", &STRING),
    optional("s3BucketName", &STRING),
    optional("s3EncryptionEnabled", &BOOLEAN),
    optional("s3KeyPrefix", &STRING),
]);
pub static EXECUTE_COMMAND_LOGGING: Shape = Shape::Enumeration(ExecuteCommandLogging::VALUES);
pub static EXECUTE_COMMAND_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    required("command", &STRING),
    optional("container", &STRING),
    required("interactive", &BOOLEAN),
    required("task", &STRING),
]);
pub static EXPRESS_CPU_ARCHITECTURE: Shape = Shape::Enumeration(ExpressCpuArchitecture::VALUES);
pub static EXPRESS_GATEWAY_CONTAINER: Shape = Shape::Structure(&[
    optional("awsLogsConfiguration", &EXPRESS_GATEWAY_SERVICE_AWS_LOGS_CONFIGURATION),
    optional("command", &STRING_LIST),
    optional("containerPort", &BOXED_INTEGER),
    optional("environment", &ENVIRONMENT_VARIABLES),
    required("image", &STRING),
    optional("repositoryCredentials", &EXPRESS_GATEWAY_REPOSITORY_CREDENTIALS),
    optional("secrets", &SECRET_LIST),
]);
pub static EXPRESS_GATEWAY_REPOSITORY_CREDENTIALS: Shape =
    Shape::Structure(&[optional("credentialsParameter", &STRING)]);
pub static EXPRESS_GATEWAY_SCALING_TARGET: Shape = Shape::Structure(&[
    optional("autoScalingMetric", &EXPRESS_GATEWAY_SERVICE_SCALING_METRIC),
    optional("autoScalingTargetValue", &BOXED_INTEGER),
    optional("maxTaskCount", &BOXED_INTEGER),
    optional("minTaskCount", &BOXED_INTEGER),
]);
pub static EXPRESS_GATEWAY_SERVICE_AWS_LOGS_CONFIGURATION: Shape =
    Shape::Structure(&[required("logGroup", &STRING), required("logStreamPrefix", &STRING)]);
pub static EXPRESS_GATEWAY_SERVICE_INCLUDE: Shape =
    Shape::Enumeration(ExpressGatewayServiceInclude::VALUES);
pub static EXPRESS_GATEWAY_SERVICE_INCLUDE_LIST: Shape =
    Shape::List { element: &EXPRESS_GATEWAY_SERVICE_INCLUDE, min: None, max: None };
pub static EXPRESS_GATEWAY_SERVICE_NETWORK_CONFIGURATION: Shape = Shape::Structure(&[
    optional("securityGroups", &STRING_LIST),
    optional("subnets", &STRING_LIST),
]);
pub static EXPRESS_GATEWAY_SERVICE_SCALING_METRIC: Shape =
    Shape::Enumeration(ExpressGatewayServiceScalingMetric::VALUES);
pub static F_SX_WINDOWS_FILE_SERVER_AUTHORIZATION_CONFIG: Shape =
    Shape::Structure(&[required("credentialsParameter", &STRING), required("domain", &STRING)]);
pub static F_SX_WINDOWS_FILE_SERVER_VOLUME_CONFIGURATION: Shape = Shape::Structure(&[
    required("authorizationConfig", &F_SX_WINDOWS_FILE_SERVER_AUTHORIZATION_CONFIG),
    required("fileSystemId", &STRING),
    required("rootDirectory", &STRING),
]);
pub static FIRELENS_CONFIGURATION: Shape = Shape::Structure(&[
    optional("options", &FIRELENS_CONFIGURATION_OPTIONS_MAP),
    required("type", &FIRELENS_CONFIGURATION_TYPE),
]);
pub static FIRELENS_CONFIGURATION_OPTIONS_MAP: Shape =
    Shape::Map { key: &STRING, value: &STRING, min: None, max: None };
pub static FIRELENS_CONFIGURATION_TYPE: Shape =
    Shape::Enumeration(FirelensConfigurationType::VALUES);
pub static GATEWAY_ALB_DESYNC_MITIGATION_MODE: Shape =
    Shape::Enumeration(GatewayAlbDesyncMitigationMode::VALUES);
pub static GATEWAY_ALB_PROTOCOL: Shape = Shape::Enumeration(GatewayAlbProtocol::VALUES);
pub static GATEWAY_ALB_TEST_TRAFFIC_RULES: Shape =
    Shape::Structure(&[optional("header", &GATEWAY_TEST_TRAFFIC_HEADER)]);
pub static GATEWAY_CLUSTER_ASSOCIATION_STATUS: Shape =
    Shape::Enumeration(GatewayClusterAssociationStatus::VALUES);
pub static GATEWAY_CLUSTER_ASSOCIATION_STATUS_LIST: Shape =
    Shape::List { element: &GATEWAY_CLUSTER_ASSOCIATION_STATUS, min: Some(0), max: Some(3) };
pub static GATEWAY_CONFIGURATION: Shape =
    Shape::Structure(&[optional("hostSharedAlb", &HOST_SHARED_ALB_CONFIGURATION)]);
pub static GATEWAY_CONNECTOR: Shape = Shape::Structure(&[
    optional("deregistrationDelay", &GATEWAY_CONNECTOR_DEREGISTRATION_DELAY),
    optional("filters", &GATEWAY_CONNECTOR_FILTERS),
    optional("healthCheck", &GATEWAY_CONNECTOR_HEALTH_CHECK),
    required("portName", &STRING),
]);
pub static GATEWAY_CONNECTOR_DEREGISTRATION_DELAY: Shape = Shape::Structure(&[optional(
    "timeoutSeconds",
    &GATEWAY_CONNECTOR_DEREGISTRATION_DELAY_TIMEOUT_SECONDS_INTEGER,
)]);
pub static GATEWAY_CONNECTOR_DEREGISTRATION_DELAY_TIMEOUT_SECONDS_INTEGER: Shape =
    Shape::Integer { min: Some(0), max: Some(3600) };
pub static GATEWAY_CONNECTOR_FILTERS: Shape =
    Shape::Structure(&[optional("accessTypes", &ACCESS_TYPE_LIST)]);
pub static GATEWAY_CONNECTOR_HEALTH_CHECK: Shape = Shape::Structure(&[
    optional("healthCheckIntervalSeconds", &BOXED_INTEGER),
    optional("healthCheckPath", &STRING),
    optional("healthCheckPort", &BOXED_INTEGER),
    optional("healthCheckProtocol", &GATEWAY_CONNECTOR_HEALTH_CHECK_PROTOCOL),
    optional("healthCheckTimeoutSeconds", &BOXED_INTEGER),
    optional("healthyThresholdCount", &BOXED_INTEGER),
    optional("matcher", &GATEWAY_CONNECTOR_HEALTH_CHECK_MATCHER),
    optional("unhealthyThresholdCount", &BOXED_INTEGER),
]);
pub static GATEWAY_CONNECTOR_HEALTH_CHECK_MATCHER: Shape =
    Shape::Structure(&[optional("grpcCode", &STRING), optional("httpCode", &STRING)]);
pub static GATEWAY_CONNECTOR_HEALTH_CHECK_PROTOCOL: Shape =
    Shape::Enumeration(GatewayConnectorHealthCheckProtocol::VALUES);
pub static GATEWAY_CONNECTOR_LIST: Shape =
    Shape::List { element: &GATEWAY_CONNECTOR, min: Some(0), max: Some(1) };
pub static GATEWAY_ELB_ACCESS_LOG_CONFIGURATION: Shape =
    Shape::Structure(&[optional("destination", &GATEWAY_ELB_ACCESS_LOG_DESTINATION)]);
pub static GATEWAY_ELB_ACCESS_LOG_DESTINATION: Shape =
    Shape::Structure(&[optional("s3", &GATEWAY_ELB_ACCESS_LOG_S3_DESTINATION)]);
pub static GATEWAY_ELB_ACCESS_LOG_S3_DESTINATION: Shape =
    Shape::Structure(&[required("bucket", &STRING), optional("prefix", &STRING)]);
pub static GATEWAY_ELB_IP_ADDRESS_TYPE: Shape = Shape::Enumeration(GatewayElbIpAddressType::VALUES);
pub static GATEWAY_ELB_NETWORK_CONFIGURATION: Shape = Shape::Structure(&[
    optional("inboundSecurityGroup", &STRING),
    optional("ipAddressType", &GATEWAY_ELB_IP_ADDRESS_TYPE),
    optional("subnets", &STRING_LIST),
]);
pub static GATEWAY_ELB_SCHEME: Shape = Shape::Enumeration(GatewayElbScheme::VALUES);
pub static GATEWAY_ROUTE_STATUS: Shape = Shape::Enumeration(GatewayRouteStatus::VALUES);
pub static GATEWAY_ROUTE_STATUS_LIST: Shape =
    Shape::List { element: &GATEWAY_ROUTE_STATUS, min: Some(0), max: Some(7) };
pub static GATEWAY_STATUS: Shape = Shape::Enumeration(GatewayStatus::VALUES);
pub static GATEWAY_STATUS_LIST: Shape =
    Shape::List { element: &GATEWAY_STATUS, min: Some(0), max: Some(5) };
pub static GATEWAY_TEST_TRAFFIC_HEADER: Shape =
    Shape::Structure(&[required("name", &STRING), required("values", &STRING_LIST)]);
pub static GET_TASK_PROTECTION_REQUEST: Shape =
    Shape::Structure(&[required("cluster", &STRING), optional("tasks", &STRING_LIST)]);
pub static HEALTH_CHECK: Shape = Shape::Structure(&[
    required("command", &STRING_LIST),
    optional("interval", &BOXED_INTEGER),
    optional("retries", &BOXED_INTEGER),
    optional("startPeriod", &BOXED_INTEGER),
    optional("timeout", &BOXED_INTEGER),
]);
pub static HEALTHY_PERCENT_INTEGER: Shape = Shape::Integer { min: Some(0), max: Some(100) };
pub static HOOK_DETAILS: Shape = Shape::Document;
pub static HOST_ENTRY: Shape =
    Shape::Structure(&[required("hostname", &STRING), required("ipAddress", &STRING)]);
pub static HOST_ENTRY_LIST: Shape = Shape::List { element: &HOST_ENTRY, min: None, max: None };
pub static HOST_SHARED_ALB_CONFIGURATION: Shape = Shape::Structure(&[
    optional("accessLogs", &GATEWAY_ELB_ACCESS_LOG_CONFIGURATION),
    optional("httpDesync", &GATEWAY_ALB_DESYNC_MITIGATION_MODE),
    optional("maxAlbCount", &BOXED_INTEGER),
    optional("networkConfiguration", &GATEWAY_ELB_NETWORK_CONFIGURATION),
    optional("port", &BOXED_INTEGER),
    optional("protocol", &GATEWAY_ALB_PROTOCOL),
    optional("scheme", &GATEWAY_ELB_SCHEME),
    optional("testTrafficRules", &GATEWAY_ALB_TEST_TRAFFIC_RULES),
    optional("webACLArn", &STRING),
]);
pub static HOST_VOLUME_PROPERTIES: Shape = Shape::Structure(&[optional("sourcePath", &STRING)]);
pub static IAM_ROLE_ARN: Shape = Shape::String { min: None, max: None, pattern: None };
pub static INFERENCE_ACCELERATOR: Shape =
    Shape::Structure(&[required("deviceName", &STRING), required("deviceType", &STRING)]);
pub static INFERENCE_ACCELERATOR_OVERRIDE: Shape =
    Shape::Structure(&[optional("deviceName", &STRING), optional("deviceType", &STRING)]);
pub static INFERENCE_ACCELERATOR_OVERRIDES: Shape =
    Shape::List { element: &INFERENCE_ACCELERATOR_OVERRIDE, min: None, max: None };
pub static INFERENCE_ACCELERATORS: Shape =
    Shape::List { element: &INFERENCE_ACCELERATOR, min: None, max: None };
pub static INFRASTRUCTURE_OPTIMIZATION: Shape =
    Shape::Structure(&[optional("scaleInAfter", &BOXED_INTEGER)]);
pub static INSTANCE_GENERATION: Shape = Shape::Enumeration(InstanceGeneration::VALUES);
pub static INSTANCE_GENERATION_SET: Shape =
    Shape::List { element: &INSTANCE_GENERATION, min: None, max: None };
pub static INSTANCE_LAUNCH_TEMPLATE: Shape = Shape::Structure(&[
    optional("capacityOptionType", &CAPACITY_OPTION_TYPE),
    optional("capacityReservations", &CAPACITY_RESERVATION_REQUEST),
    required("ec2InstanceProfileArn", &STRING),
    optional("fipsEnabled", &BOXED_BOOLEAN),
    optional("instanceMetadataTagsPropagation", &BOXED_BOOLEAN),
    optional("instanceRequirements", &INSTANCE_REQUIREMENTS_REQUEST),
    optional("localStorageConfiguration", &MANAGED_INSTANCES_LOCAL_STORAGE_CONFIGURATION),
    optional("monitoring", &MANAGED_INSTANCES_MONITORING_OPTIONS),
    required("networkConfiguration", &MANAGED_INSTANCES_NETWORK_CONFIGURATION),
    optional("nitroEnclavesEnabled", &BOXED_BOOLEAN),
    optional("storageConfiguration", &MANAGED_INSTANCES_STORAGE_CONFIGURATION),
]);
pub static INSTANCE_LAUNCH_TEMPLATE_UPDATE: Shape = Shape::Structure(&[
    optional("capacityReservations", &CAPACITY_RESERVATION_REQUEST),
    optional("ec2InstanceProfileArn", &STRING),
    optional("instanceMetadataTagsPropagation", &BOXED_BOOLEAN),
    optional("instanceRequirements", &INSTANCE_REQUIREMENTS_REQUEST),
    optional("localStorageConfiguration", &MANAGED_INSTANCES_LOCAL_STORAGE_CONFIGURATION),
    optional("monitoring", &MANAGED_INSTANCES_MONITORING_OPTIONS),
    optional("networkConfiguration", &MANAGED_INSTANCES_NETWORK_CONFIGURATION),
    optional("storageConfiguration", &MANAGED_INSTANCES_STORAGE_CONFIGURATION),
]);
pub static INSTANCE_REQUIREMENTS_REQUEST: Shape = Shape::Structure(&[
    optional("acceleratorCount", &ACCELERATOR_COUNT_REQUEST),
    optional("acceleratorManufacturers", &ACCELERATOR_MANUFACTURER_SET),
    optional("acceleratorNames", &ACCELERATOR_NAME_SET),
    optional("acceleratorTotalMemoryMiB", &ACCELERATOR_TOTAL_MEMORY_MI_B_REQUEST),
    optional("acceleratorTypes", &ACCELERATOR_TYPE_SET),
    optional("allowedInstanceTypes", &ALLOWED_INSTANCE_TYPE_SET),
    optional("bareMetal", &BARE_METAL),
    optional("baselineEbsBandwidthMbps", &BASELINE_EBS_BANDWIDTH_MBPS_REQUEST),
    optional("burstablePerformance", &BURSTABLE_PERFORMANCE),
    optional("cpuManufacturers", &CPU_MANUFACTURER_SET),
    optional("excludedInstanceTypes", &EXCLUDED_INSTANCE_TYPE_SET),
    optional("instanceGenerations", &INSTANCE_GENERATION_SET),
    optional("localStorage", &LOCAL_STORAGE),
    optional("localStorageTypes", &LOCAL_STORAGE_TYPE_SET),
    optional("maxSpotPriceAsPercentageOfOptimalOnDemandPrice", &BOXED_INTEGER),
    optional("memoryGiBPerVCpu", &MEMORY_GIB_PER_VCPU_REQUEST),
    required("memoryMiB", &MEMORY_MI_B_REQUEST),
    optional("networkBandwidthGbps", &NETWORK_BANDWIDTH_GBPS_REQUEST),
    optional("networkInterfaceCount", &NETWORK_INTERFACE_COUNT_REQUEST),
    optional("onDemandMaxPricePercentageOverLowestPrice", &BOXED_INTEGER),
    optional("requireHibernateSupport", &BOXED_BOOLEAN),
    optional("spotMaxPricePercentageOverLowestPrice", &BOXED_INTEGER),
    optional("totalLocalStorageGB", &TOTAL_LOCAL_STORAGE_GB_REQUEST),
    required("vCpuCount", &VCPU_COUNT_RANGE_REQUEST),
]);
pub static INTEGER: Shape = Shape::Integer { min: None, max: None };
pub static INTEGER_LIST: Shape = Shape::List { element: &BOXED_INTEGER, min: None, max: None };
pub static IPC_MODE: Shape = Shape::Enumeration(IpcMode::VALUES);
pub static ISOLATION_MODE: Shape = Shape::Enumeration(IsolationMode::VALUES);
pub static KERNEL_CAPABILITIES: Shape =
    Shape::Structure(&[optional("add", &STRING_LIST), optional("drop", &STRING_LIST)]);
pub static KEY_VALUE_PAIR: Shape =
    Shape::Structure(&[optional("name", &STRING), optional("value", &STRING)]);
pub static LAUNCH_TYPE: Shape = Shape::Enumeration(LaunchType::VALUES);
pub static LINEAR_CONFIGURATION: Shape = Shape::Structure(&[
    optional("stepBakeTimeInMinutes", &INTEGER),
    optional("stepPercent", &DOUBLE),
]);
pub static LINUX_PARAMETERS: Shape = Shape::Structure(&[
    optional("capabilities", &KERNEL_CAPABILITIES),
    optional("devices", &DEVICES_LIST),
    optional("initProcessEnabled", &BOXED_BOOLEAN),
    optional("maxSwap", &BOXED_INTEGER),
    optional("sharedMemorySize", &BOXED_INTEGER),
    optional("swappiness", &BOXED_INTEGER),
    optional("tmpfs", &TMPFS_LIST),
]);
pub static LIST_ACCOUNT_SETTINGS_REQUEST: Shape = Shape::Structure(&[
    optional("effectiveSettings", &BOOLEAN),
    optional("maxResults", &INTEGER),
    optional("name", &SETTING_NAME),
    optional("nextToken", &STRING),
    optional("principalArn", &STRING),
    optional("value", &STRING),
]);
pub static LIST_ATTRIBUTES_REQUEST: Shape = Shape::Structure(&[
    optional("attributeName", &STRING),
    optional("attributeValue", &STRING),
    optional("cluster", &STRING),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
    required("targetType", &TARGET_TYPE),
]);
pub static LIST_CLUSTERS_REQUEST: Shape =
    Shape::Structure(&[optional("maxResults", &BOXED_INTEGER), optional("nextToken", &STRING)]);
pub static LIST_CONTAINER_INSTANCES_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    optional("filter", &STRING),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
    optional("status", &CONTAINER_INSTANCE_STATUS),
]);
pub static LIST_DAEMON_DEPLOYMENTS_REQUEST: Shape = Shape::Structure(&[
    optional("createdAt", &CREATED_AT),
    required("daemonArn", &STRING),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
    optional("status", &DAEMON_DEPLOYMENT_STATUS_LIST),
]);
pub static LIST_DAEMON_TASK_DEFINITIONS_REQUEST: Shape = Shape::Structure(&[
    optional("family", &STRING),
    optional("familyPrefix", &STRING),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
    optional("revision", &DAEMON_TASK_DEFINITION_REVISION_FILTER),
    optional("sort", &SORT_ORDER),
    optional("status", &DAEMON_TASK_DEFINITION_STATUS_FILTER),
]);
pub static LIST_DAEMONS_REQUEST: Shape = Shape::Structure(&[
    optional("capacityProviderArns", &STRING_LIST),
    optional("clusterArn", &STRING),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
]);
pub static LIST_GATEWAY_CLUSTER_ASSOCIATIONS_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    optional("gateway", &STRING),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
    optional("status", &GATEWAY_CLUSTER_ASSOCIATION_STATUS_LIST),
]);
pub static LIST_GATEWAY_ROUTES_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    optional("gateway", &STRING),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
    optional("service", &STRING),
    optional("serviceContainerPortName", &STRING),
    optional("status", &GATEWAY_ROUTE_STATUS_LIST),
]);
pub static LIST_GATEWAYS_REQUEST: Shape = Shape::Structure(&[
    optional("maxResults", &BOXED_INTEGER),
    optional("names", &STRING_LIST),
    optional("nextToken", &STRING),
    optional("status", &GATEWAY_STATUS_LIST),
]);
pub static LIST_SERVICE_DEPLOYMENTS_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    optional("createdAt", &CREATED_AT),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
    required("service", &STRING),
    optional("status", &SERVICE_DEPLOYMENT_STATUS_LIST),
]);
pub static LIST_SERVICES_BY_NAMESPACE_REQUEST: Shape = Shape::Structure(&[
    optional("maxResults", &BOXED_INTEGER),
    required("namespace", &STRING),
    optional("nextToken", &STRING),
]);
pub static LIST_SERVICES_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    optional("launchType", &LAUNCH_TYPE),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
    optional("resourceManagementType", &RESOURCE_MANAGEMENT_TYPE),
    optional("schedulingStrategy", &SCHEDULING_STRATEGY),
]);
pub static LIST_TAGS_FOR_RESOURCE_REQUEST: Shape =
    Shape::Structure(&[required("resourceArn", &STRING)]);
pub static LIST_TASK_DEFINITION_FAMILIES_REQUEST: Shape = Shape::Structure(&[
    optional("familyPrefix", &STRING),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
    optional("status", &TASK_DEFINITION_FAMILY_STATUS),
]);
pub static LIST_TASK_DEFINITIONS_REQUEST: Shape = Shape::Structure(&[
    optional("familyPrefix", &STRING),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
    optional("sort", &SORT_ORDER),
    optional("status", &TASK_DEFINITION_STATUS),
]);
pub static LIST_TASKS_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    optional("containerInstance", &STRING),
    optional("daemonName", &STRING),
    optional("desiredStatus", &DESIRED_STATUS),
    optional("family", &STRING),
    optional("launchType", &LAUNCH_TYPE),
    optional("maxResults", &BOXED_INTEGER),
    optional("nextToken", &STRING),
    optional("serviceName", &STRING),
    optional("startedBy", &STRING),
]);
pub static LOAD_BALANCER: Shape = Shape::Structure(&[
    optional("advancedConfiguration", &ADVANCED_CONFIGURATION),
    optional("containerName", &STRING),
    optional("containerPort", &BOXED_INTEGER),
    optional("loadBalancerName", &STRING),
    optional("targetGroupArn", &STRING),
]);
pub static LOAD_BALANCERS: Shape = Shape::List { element: &LOAD_BALANCER, min: None, max: None };
pub static LOCAL_STORAGE: Shape = Shape::Enumeration(LocalStorage::VALUES);
pub static LOCAL_STORAGE_TYPE: Shape = Shape::Enumeration(LocalStorageType::VALUES);
pub static LOCAL_STORAGE_TYPE_SET: Shape =
    Shape::List { element: &LOCAL_STORAGE_TYPE, min: None, max: None };
pub static LOG_CONFIGURATION: Shape = Shape::Structure(&[
    required("logDriver", &LOG_DRIVER),
    optional("options", &LOG_CONFIGURATION_OPTIONS_MAP),
    optional("secretOptions", &SECRET_LIST),
]);
pub static LOG_CONFIGURATION_OPTIONS_MAP: Shape =
    Shape::Map { key: &STRING, value: &STRING, min: None, max: None };
pub static LOG_DRIVER: Shape = Shape::Enumeration(LogDriver::VALUES);
pub static LOG_DRIVER_VOLUME_CONFIGURATION: Shape =
    Shape::Structure(&[required("driver", &LOG_DRIVER)]);
pub static LONG: Shape = Shape::Long { min: None, max: None };
pub static MANAGED_AGENT_NAME: Shape = Shape::Enumeration(ManagedAgentName::VALUES);
pub static MANAGED_AGENT_STATE_CHANGE: Shape = Shape::Structure(&[
    required("containerName", &STRING),
    required("managedAgentName", &MANAGED_AGENT_NAME),
    optional("reason", &STRING),
    required("status", &STRING),
]);
pub static MANAGED_AGENT_STATE_CHANGES: Shape =
    Shape::List { element: &MANAGED_AGENT_STATE_CHANGE, min: None, max: None };
pub static MANAGED_DRAINING: Shape = Shape::Enumeration(ManagedDraining::VALUES);
pub static MANAGED_INSTANCES_LOCAL_STORAGE_CONFIGURATION: Shape =
    Shape::Structure(&[optional("useLocalStorage", &BOOLEAN)]);
pub static MANAGED_INSTANCES_MONITORING_OPTIONS: Shape =
    Shape::Enumeration(ManagedInstancesMonitoringOptions::VALUES);
pub static MANAGED_INSTANCES_NETWORK_CONFIGURATION: Shape = Shape::Structure(&[
    optional("securityGroups", &STRING_LIST),
    optional("subnets", &STRING_LIST),
]);
pub static MANAGED_INSTANCES_STORAGE_CONFIGURATION: Shape =
    Shape::Structure(&[optional("storageSizeGiB", &TASK_VOLUME_STORAGE_GIB)]);
pub static MANAGED_SCALING: Shape = Shape::Structure(&[
    optional("instanceWarmupPeriod", &MANAGED_SCALING_INSTANCE_WARMUP_PERIOD),
    optional("maximumScalingStepSize", &MANAGED_SCALING_STEP_SIZE),
    optional("minimumScalingStepSize", &MANAGED_SCALING_STEP_SIZE),
    optional("status", &MANAGED_SCALING_STATUS),
    optional("targetCapacity", &MANAGED_SCALING_TARGET_CAPACITY),
]);
pub static MANAGED_SCALING_INSTANCE_WARMUP_PERIOD: Shape =
    Shape::Integer { min: Some(0), max: Some(10000) };
pub static MANAGED_SCALING_STATUS: Shape = Shape::Enumeration(ManagedScalingStatus::VALUES);
pub static MANAGED_SCALING_STEP_SIZE: Shape = Shape::Integer { min: Some(1), max: Some(10000) };
pub static MANAGED_SCALING_TARGET_CAPACITY: Shape = Shape::Integer { min: Some(1), max: Some(100) };
pub static MANAGED_STORAGE_CONFIGURATION: Shape = Shape::Structure(&[
    optional("fargateEphemeralStorageKmsKeyId", &STRING),
    optional("kmsKeyId", &STRING),
]);
pub static MANAGED_TERMINATION_PROTECTION: Shape =
    Shape::Enumeration(ManagedTerminationProtection::VALUES);
pub static MEMORY_GIB_PER_VCPU_REQUEST: Shape =
    Shape::Structure(&[optional("max", &BOXED_DOUBLE), optional("min", &BOXED_DOUBLE)]);
pub static MEMORY_MI_B_REQUEST: Shape =
    Shape::Structure(&[optional("max", &BOXED_INTEGER), required("min", &BOXED_INTEGER)]);
pub static METRIC_CONFIGURATION: Shape = Shape::Structure(&[
    required("metricNames", &METRIC_NAMES_LIST),
    required("resolutionSeconds", &METRIC_RESOLUTION_SECONDS),
]);
pub static METRIC_CONFIGURATION_LIST: Shape =
    Shape::List { element: &METRIC_CONFIGURATION, min: Some(0), max: Some(5) };
pub static METRIC_NAME: Shape = Shape::String { min: Some(1), max: Some(255), pattern: None };
pub static METRIC_NAMES_LIST: Shape =
    Shape::List { element: &METRIC_NAME, min: Some(1), max: Some(5) };
pub static METRIC_RESOLUTION_SECONDS: Shape = Shape::Integer { min: Some(20), max: Some(60) };
pub static MONITORING_CONFIGURATION: Shape =
    Shape::Structure(&[optional("metricConfigurations", &METRIC_CONFIGURATION_LIST)]);
pub static MOUNT_POINT: Shape = Shape::Structure(&[
    optional("containerPath", &STRING),
    optional("readOnly", &BOXED_BOOLEAN),
    optional("sourceVolume", &STRING),
]);
pub static MOUNT_POINT_LIST: Shape = Shape::List { element: &MOUNT_POINT, min: None, max: None };
pub static NETWORK_BANDWIDTH_GBPS_REQUEST: Shape =
    Shape::Structure(&[optional("max", &BOXED_DOUBLE), optional("min", &BOXED_DOUBLE)]);
pub static NETWORK_BINDING: Shape = Shape::Structure(&[
    optional("bindIP", &STRING),
    optional("containerPort", &BOXED_INTEGER),
    optional("containerPortRange", &STRING),
    optional("hostPort", &BOXED_INTEGER),
    optional("hostPortRange", &STRING),
    optional("protocol", &TRANSPORT_PROTOCOL),
]);
pub static NETWORK_BINDINGS: Shape =
    Shape::List { element: &NETWORK_BINDING, min: None, max: None };
pub static NETWORK_CONFIGURATION: Shape =
    Shape::Structure(&[optional("awsvpcConfiguration", &AWS_VPC_CONFIGURATION)]);
pub static NETWORK_INTERFACE_COUNT_REQUEST: Shape =
    Shape::Structure(&[optional("max", &BOXED_INTEGER), optional("min", &BOXED_INTEGER)]);
pub static NETWORK_MODE: Shape = Shape::Enumeration(NetworkMode::VALUES);
pub static NVIDIA_MPS_ALLOCATION: Shape = Shape::Structure(&[
    optional("maxComputePercent", &NVIDIA_MPS_ALLOCATION_MAX_COMPUTE_PERCENT_INTEGER),
    required("memory", &NVIDIA_MPS_ALLOCATION_MEMORY_INTEGER),
]);
pub static NVIDIA_MPS_ALLOCATION_MAX_COMPUTE_PERCENT_INTEGER: Shape =
    Shape::Integer { min: Some(1), max: Some(100) };
pub static NVIDIA_MPS_ALLOCATION_MEMORY_INTEGER: Shape = Shape::Integer { min: Some(1), max: None };
pub static OS_FAMILY: Shape = Shape::Enumeration(OSFamily::VALUES);
pub static PID_MODE: Shape = Shape::Enumeration(PidMode::VALUES);
pub static PLACEMENT_CONSTRAINT: Shape = Shape::Structure(&[
    optional("expression", &STRING),
    optional("type", &PLACEMENT_CONSTRAINT_TYPE),
]);
pub static PLACEMENT_CONSTRAINT_TYPE: Shape = Shape::Enumeration(PlacementConstraintType::VALUES);
pub static PLACEMENT_CONSTRAINTS: Shape =
    Shape::List { element: &PLACEMENT_CONSTRAINT, min: None, max: None };
pub static PLACEMENT_STRATEGIES: Shape =
    Shape::List { element: &PLACEMENT_STRATEGY, min: None, max: None };
pub static PLACEMENT_STRATEGY: Shape =
    Shape::Structure(&[optional("field", &STRING), optional("type", &PLACEMENT_STRATEGY_TYPE)]);
pub static PLACEMENT_STRATEGY_TYPE: Shape = Shape::Enumeration(PlacementStrategyType::VALUES);
pub static PLATFORM_DEVICE: Shape =
    Shape::Structure(&[required("id", &STRING), required("type", &PLATFORM_DEVICE_TYPE)]);
pub static PLATFORM_DEVICE_TYPE: Shape = Shape::Enumeration(PlatformDeviceType::VALUES);
pub static PLATFORM_DEVICES: Shape =
    Shape::List { element: &PLATFORM_DEVICE, min: None, max: None };
pub static PORT_MAPPING: Shape = Shape::Structure(&[
    optional("appProtocol", &APPLICATION_PROTOCOL),
    optional("containerPort", &BOXED_INTEGER),
    optional("containerPortRange", &STRING),
    optional("hostPort", &BOXED_INTEGER),
    optional("name", &STRING),
    optional("protocol", &TRANSPORT_PROTOCOL),
]);
pub static PORT_MAPPING_LIST: Shape = Shape::List { element: &PORT_MAPPING, min: None, max: None };
pub static PORT_NUMBER: Shape = Shape::Integer { min: Some(0), max: Some(65535) };
pub static PROPAGATE_GATEWAY_TAGS: Shape = Shape::Enumeration(PropagateGatewayTags::VALUES);
pub static PROPAGATE_MI_TAGS: Shape = Shape::Enumeration(PropagateMITags::VALUES);
pub static PROPAGATE_TAGS: Shape = Shape::Enumeration(PropagateTags::VALUES);
pub static PROXY_CONFIGURATION: Shape = Shape::Structure(&[
    required("containerName", &STRING),
    optional("properties", &PROXY_CONFIGURATION_PROPERTIES),
    optional("type", &PROXY_CONFIGURATION_TYPE),
]);
pub static PROXY_CONFIGURATION_PROPERTIES: Shape =
    Shape::List { element: &KEY_VALUE_PAIR, min: None, max: None };
pub static PROXY_CONFIGURATION_TYPE: Shape = Shape::Enumeration(ProxyConfigurationType::VALUES);
pub static PUT_ACCOUNT_SETTING_DEFAULT_REQUEST: Shape =
    Shape::Structure(&[required("name", &SETTING_NAME), required("value", &STRING)]);
pub static PUT_ACCOUNT_SETTING_REQUEST: Shape = Shape::Structure(&[
    required("name", &SETTING_NAME),
    optional("principalArn", &STRING),
    required("value", &STRING),
]);
pub static PUT_ATTRIBUTES_REQUEST: Shape =
    Shape::Structure(&[required("attributes", &ATTRIBUTES), optional("cluster", &STRING)]);
pub static PUT_CLUSTER_CAPACITY_PROVIDERS_REQUEST: Shape = Shape::Structure(&[
    required("capacityProviders", &STRING_LIST),
    required("cluster", &STRING),
    required("defaultCapacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
]);
pub static REGISTER_CONTAINER_INSTANCE_REQUEST: Shape = Shape::Structure(&[
    optional("attributes", &ATTRIBUTES),
    optional("cluster", &STRING),
    optional("containerInstanceArn", &STRING),
    optional("instanceIdentityDocument", &STRING),
    optional("instanceIdentityDocumentSignature", &STRING),
    optional("platformDevices", &PLATFORM_DEVICES),
    optional("tags", &TAGS),
    optional("totalResources", &RESOURCES),
    optional("versionInfo", &VERSION_INFO),
]);
pub static REGISTER_DAEMON_TASK_DEFINITION_REQUEST: Shape = Shape::Structure(&[
    required("containerDefinitions", &DAEMON_CONTAINER_DEFINITION_LIST),
    optional("cpu", &STRING),
    optional("executionRoleArn", &STRING),
    required("family", &STRING),
    optional("ipcMode", &DAEMON_IPC_MODE),
    optional("memory", &STRING),
    optional("pidMode", &DAEMON_PID_MODE),
    optional("tags", &TAGS),
    optional("taskRoleArn", &STRING),
    optional("volumes", &DAEMON_VOLUME_LIST),
]);
pub static REGISTER_TASK_DEFINITION_REQUEST: Shape = Shape::Structure(&[
    required("containerDefinitions", &CONTAINER_DEFINITIONS),
    optional("cpu", &STRING),
    optional("enableFaultInjection", &BOXED_BOOLEAN),
    optional("ephemeralStorage", &EPHEMERAL_STORAGE),
    optional("executionRoleArn", &STRING),
    required("family", &STRING),
    optional("inferenceAccelerators", &INFERENCE_ACCELERATORS),
    optional("ipcMode", &IPC_MODE),
    optional("memory", &STRING),
    optional("networkMode", &NETWORK_MODE),
    optional("pidMode", &PID_MODE),
    optional("placementConstraints", &TASK_DEFINITION_PLACEMENT_CONSTRAINTS),
    optional("proxyConfiguration", &PROXY_CONFIGURATION),
    optional("requiresCompatibilities", &COMPATIBILITY_LIST),
    optional("runtimePlatform", &RUNTIME_PLATFORM),
    optional("tags", &TAGS),
    optional("taskRoleArn", &STRING),
    optional("trustedExecutionConfiguration", &TRUSTED_EXECUTION_CONFIGURATION),
    optional("volumes", &VOLUME_LIST),
]);
pub static REPOSITORY_CREDENTIALS: Shape =
    Shape::Structure(&[required("credentialsParameter", &STRING)]);
pub static RESOURCE: Shape = Shape::Structure(&[
    optional("doubleValue", &DOUBLE),
    optional("integerValue", &INTEGER),
    optional("longValue", &LONG),
    optional("name", &STRING),
    optional("stringSetValue", &STRING_LIST),
    optional("type", &STRING),
]);
pub static RESOURCE_MANAGEMENT_TYPE: Shape = Shape::Enumeration(ResourceManagementType::VALUES);
pub static RESOURCE_REQUIREMENT: Shape = Shape::Structure(&[
    optional("sharingStrategy", &SHARING_STRATEGY),
    required("type", &RESOURCE_TYPE),
    optional("value", &STRING),
]);
pub static RESOURCE_REQUIREMENTS: Shape =
    Shape::List { element: &RESOURCE_REQUIREMENT, min: None, max: None };
pub static RESOURCE_TYPE: Shape = Shape::Enumeration(ResourceType::VALUES);
pub static RESOURCES: Shape = Shape::List { element: &RESOURCE, min: None, max: None };
pub static RUN_TASK_REQUEST: Shape = Shape::Structure(&[
    optional("capacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
    optional("clientToken", &STRING),
    optional("cluster", &STRING),
    optional("count", &BOXED_INTEGER),
    optional("enableECSManagedTags", &BOOLEAN),
    optional("enableExecuteCommand", &BOOLEAN),
    optional("group", &STRING),
    optional("launchType", &LAUNCH_TYPE),
    optional("networkConfiguration", &NETWORK_CONFIGURATION),
    optional("overrides", &TASK_OVERRIDE),
    optional("placementConstraints", &PLACEMENT_CONSTRAINTS),
    optional("placementStrategy", &PLACEMENT_STRATEGIES),
    optional("platformVersion", &STRING),
    optional("propagateTags", &PROPAGATE_TAGS),
    optional("referenceId", &STRING),
    optional("startedBy", &STRING),
    optional("tags", &TAGS),
    required("taskDefinition", &STRING),
    optional("volumeConfigurations", &TASK_VOLUME_CONFIGURATIONS),
]);
pub static RUNTIME_PLATFORM: Shape = Shape::Structure(&[
    optional("cpuArchitecture", &CPU_ARCHITECTURE),
    optional("operatingSystemFamily", &OS_FAMILY),
]);
pub static S3_FILES_VOLUME_CONFIGURATION: Shape = Shape::Structure(&[
    optional("accessPointArn", &STRING),
    required("fileSystemArn", &STRING),
    optional("rootDirectory", &STRING),
    optional("transitEncryptionPort", &BOXED_INTEGER),
]);
pub static SCALE: Shape =
    Shape::Structure(&[optional("unit", &SCALE_UNIT), optional("value", &DOUBLE)]);
pub static SCALE_UNIT: Shape = Shape::Enumeration(ScaleUnit::VALUES);
pub static SCHEDULING_STRATEGY: Shape = Shape::Enumeration(SchedulingStrategy::VALUES);
pub static SCOPE: Shape = Shape::Enumeration(Scope::VALUES);
pub static SECRET: Shape =
    Shape::Structure(&[required("name", &STRING), required("valueFrom", &STRING)]);
pub static SECRET_LIST: Shape = Shape::List { element: &SECRET, min: None, max: None };
pub static SERVICE_CONNECT_ACCESS_LOG_CONFIGURATION: Shape = Shape::Structure(&[
    required("format", &SERVICE_CONNECT_ACCESS_LOGGING_FORMAT),
    optional("includeQueryParameters", &SERVICE_CONNECT_INCLUDE_QUERY_PARAMETERS),
]);
pub static SERVICE_CONNECT_ACCESS_LOGGING_FORMAT: Shape =
    Shape::Enumeration(ServiceConnectAccessLoggingFormat::VALUES);
pub static SERVICE_CONNECT_CLIENT_ALIAS: Shape = Shape::Structure(&[
    optional("dnsName", &STRING),
    required("port", &PORT_NUMBER),
    optional("testTrafficRules", &SERVICE_CONNECT_TEST_TRAFFIC_RULES),
]);
pub static SERVICE_CONNECT_CLIENT_ALIAS_LIST: Shape =
    Shape::List { element: &SERVICE_CONNECT_CLIENT_ALIAS, min: None, max: None };
pub static SERVICE_CONNECT_CONFIGURATION: Shape = Shape::Structure(&[
    optional("accessLogConfiguration", &SERVICE_CONNECT_ACCESS_LOG_CONFIGURATION),
    optional("containerConfigurations", &SERVICE_CONNECT_CONTAINER_CONFIGURATIONS),
    required("enabled", &BOOLEAN),
    optional("logConfiguration", &LOG_CONFIGURATION),
    optional("namespace", &STRING),
    optional("services", &SERVICE_CONNECT_SERVICE_LIST),
]);
pub static SERVICE_CONNECT_CONTAINER_CONFIGURATION: Shape =
    Shape::Structure(&[optional("logLevel", &SERVICE_CONNECT_CONTAINER_LOG_LEVEL)]);
pub static SERVICE_CONNECT_CONTAINER_CONFIGURATIONS: Shape =
    Shape::List { element: &SERVICE_CONNECT_CONTAINER_CONFIGURATION, min: Some(0), max: Some(10) };
pub static SERVICE_CONNECT_CONTAINER_LOG_LEVEL: Shape =
    Shape::Enumeration(ServiceConnectContainerLogLevel::VALUES);
pub static SERVICE_CONNECT_INCLUDE_QUERY_PARAMETERS: Shape =
    Shape::Enumeration(ServiceConnectIncludeQueryParameters::VALUES);
pub static SERVICE_CONNECT_SERVICE: Shape = Shape::Structure(&[
    optional("clientAliases", &SERVICE_CONNECT_CLIENT_ALIAS_LIST),
    optional("discoveryName", &STRING),
    optional("ingressPortOverride", &PORT_NUMBER),
    required("portName", &STRING),
    optional("timeout", &TIMEOUT_CONFIGURATION),
    optional("tls", &SERVICE_CONNECT_TLS_CONFIGURATION),
]);
pub static SERVICE_CONNECT_SERVICE_LIST: Shape =
    Shape::List { element: &SERVICE_CONNECT_SERVICE, min: None, max: None };
pub static SERVICE_CONNECT_TEST_TRAFFIC_HEADER_MATCH_RULES: Shape =
    Shape::Structure(&[required("exact", &STRING)]);
pub static SERVICE_CONNECT_TEST_TRAFFIC_HEADER_RULES: Shape = Shape::Structure(&[
    required("name", &STRING),
    optional("value", &SERVICE_CONNECT_TEST_TRAFFIC_HEADER_MATCH_RULES),
]);
pub static SERVICE_CONNECT_TEST_TRAFFIC_RULES: Shape =
    Shape::Structure(&[required("header", &SERVICE_CONNECT_TEST_TRAFFIC_HEADER_RULES)]);
pub static SERVICE_CONNECT_TLS_CERTIFICATE_AUTHORITY: Shape =
    Shape::Structure(&[optional("awsPcaAuthorityArn", &STRING)]);
pub static SERVICE_CONNECT_TLS_CONFIGURATION: Shape = Shape::Structure(&[
    required("issuerCertificateAuthority", &SERVICE_CONNECT_TLS_CERTIFICATE_AUTHORITY),
    optional("kmsKey", &STRING),
    optional("roleArn", &STRING),
]);
pub static SERVICE_DEPLOYMENT_STATUS: Shape = Shape::Enumeration(ServiceDeploymentStatus::VALUES);
pub static SERVICE_DEPLOYMENT_STATUS_LIST: Shape =
    Shape::List { element: &SERVICE_DEPLOYMENT_STATUS, min: None, max: None };
pub static SERVICE_FIELD: Shape = Shape::Enumeration(ServiceField::VALUES);
pub static SERVICE_FIELD_LIST: Shape =
    Shape::List { element: &SERVICE_FIELD, min: None, max: None };
pub static SERVICE_MANAGED_EBS_VOLUME_CONFIGURATION: Shape = Shape::Structure(&[
    optional("encrypted", &BOXED_BOOLEAN),
    optional("filesystemType", &TASK_FILESYSTEM_TYPE),
    optional("iops", &BOXED_INTEGER),
    optional("kmsKeyId", &EBSKMS_KEY_ID),
    required("roleArn", &IAM_ROLE_ARN),
    optional("sizeInGiB", &BOXED_INTEGER),
    optional("snapshotId", &EBS_SNAPSHOT_ID),
    optional("tagSpecifications", &EBS_TAG_SPECIFICATIONS),
    optional("throughput", &BOXED_INTEGER),
    optional("volumeInitializationRate", &BOXED_INTEGER),
    optional("volumeType", &EBS_VOLUME_TYPE),
]);
pub static SERVICE_REGISTRIES: Shape =
    Shape::List { element: &SERVICE_REGISTRY, min: None, max: None };
pub static SERVICE_REGISTRY: Shape = Shape::Structure(&[
    optional("containerName", &STRING),
    optional("containerPort", &BOXED_INTEGER),
    optional("port", &BOXED_INTEGER),
    optional("registryArn", &STRING),
]);
pub static SERVICE_REVISION_CLEANUP: Shape = Shape::Enumeration(ServiceRevisionCleanup::VALUES);
pub static SERVICE_VOLUME_CONFIGURATION: Shape = Shape::Structure(&[
    optional("managedEBSVolume", &SERVICE_MANAGED_EBS_VOLUME_CONFIGURATION),
    required("name", &ECS_VOLUME_NAME),
]);
pub static SERVICE_VOLUME_CONFIGURATIONS: Shape =
    Shape::List { element: &SERVICE_VOLUME_CONFIGURATION, min: None, max: None };
pub static SETTING_NAME: Shape = Shape::Enumeration(SettingName::VALUES);
pub static SHARING_STRATEGY: Shape =
    Shape::Structure(&[optional("nvidiaMps", &NVIDIA_MPS_ALLOCATION)]);
pub static SORT_ORDER: Shape = Shape::Enumeration(SortOrder::VALUES);
pub static START_TASK_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    required("containerInstances", &STRING_LIST),
    optional("enableECSManagedTags", &BOOLEAN),
    optional("enableExecuteCommand", &BOOLEAN),
    optional("group", &STRING),
    optional("networkConfiguration", &NETWORK_CONFIGURATION),
    optional("overrides", &TASK_OVERRIDE),
    optional("propagateTags", &PROPAGATE_TAGS),
    optional("referenceId", &STRING),
    optional("startedBy", &STRING),
    optional("tags", &TAGS),
    required("taskDefinition", &STRING),
    optional("volumeConfigurations", &TASK_VOLUME_CONFIGURATIONS),
]);
pub static STOP_SERVICE_DEPLOYMENT_REQUEST: Shape = Shape::Structure(&[
    required("serviceDeploymentArn", &STRING),
    optional("stopType", &STOP_SERVICE_DEPLOYMENT_STOP_TYPE),
]);
pub static STOP_SERVICE_DEPLOYMENT_STOP_TYPE: Shape =
    Shape::Enumeration(StopServiceDeploymentStopType::VALUES);
pub static STOP_TASK_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    optional("reason", &STRING),
    required("task", &STRING),
]);
pub static STRING: Shape = Shape::String { min: None, max: None, pattern: None };
pub static STRING_LIST: Shape = Shape::List { element: &STRING, min: None, max: None };
pub static STRING_MAP: Shape = Shape::Map { key: &STRING, value: &STRING, min: None, max: None };
pub static SUBMIT_ATTACHMENT_STATE_CHANGES_REQUEST: Shape = Shape::Structure(&[
    required("attachments", &ATTACHMENT_STATE_CHANGES),
    optional("cluster", &STRING),
]);
pub static SUBMIT_CONTAINER_STATE_CHANGE_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    optional("containerName", &STRING),
    optional("exitCode", &BOXED_INTEGER),
    optional("networkBindings", &NETWORK_BINDINGS),
    optional("reason", &STRING),
    optional("runtimeId", &STRING),
    optional("status", &STRING),
    optional("task", &STRING),
]);
pub static SUBMIT_TASK_STATE_CHANGE_REQUEST: Shape = Shape::Structure(&[
    optional("attachments", &ATTACHMENT_STATE_CHANGES),
    optional("cluster", &STRING),
    optional("containers", &CONTAINER_STATE_CHANGES),
    optional("executionStoppedAt", &TIMESTAMP),
    optional("managedAgents", &MANAGED_AGENT_STATE_CHANGES),
    optional("pullStartedAt", &TIMESTAMP),
    optional("pullStoppedAt", &TIMESTAMP),
    optional("reason", &STRING),
    optional("status", &STRING),
    optional("task", &STRING),
]);
pub static SYSTEM_CONTROL: Shape =
    Shape::Structure(&[optional("namespace", &STRING), optional("value", &STRING)]);
pub static SYSTEM_CONTROLS: Shape = Shape::List { element: &SYSTEM_CONTROL, min: None, max: None };
pub static TAG: Shape =
    Shape::Structure(&[optional("key", &TAG_KEY), optional("value", &TAG_VALUE)]);
static TAG_KEY_PATTERN: Pattern = Pattern::new(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)");
pub static TAG_KEY: Shape =
    Shape::String { min: Some(1), max: Some(128), pattern: Some(&TAG_KEY_PATTERN) };
pub static TAG_KEYS: Shape = Shape::List { element: &TAG_KEY, min: None, max: None };
pub static TAG_RESOURCE_REQUEST: Shape =
    Shape::Structure(&[required("resourceArn", &STRING), required("tags", &TAGS)]);
static TAG_VALUE_PATTERN: Pattern = Pattern::new(r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)");
pub static TAG_VALUE: Shape =
    Shape::String { min: Some(0), max: Some(256), pattern: Some(&TAG_VALUE_PATTERN) };
pub static TAGS: Shape = Shape::List { element: &TAG, min: Some(0), max: Some(50) };
pub static TARGET_TYPE: Shape = Shape::Enumeration(TargetType::VALUES);
pub static TASK_DEFINITION_FAMILY_STATUS: Shape =
    Shape::Enumeration(TaskDefinitionFamilyStatus::VALUES);
pub static TASK_DEFINITION_FIELD: Shape = Shape::Enumeration(TaskDefinitionField::VALUES);
pub static TASK_DEFINITION_FIELD_LIST: Shape =
    Shape::List { element: &TASK_DEFINITION_FIELD, min: None, max: None };
pub static TASK_DEFINITION_PLACEMENT_CONSTRAINT: Shape = Shape::Structure(&[
    optional("expression", &STRING),
    optional("type", &TASK_DEFINITION_PLACEMENT_CONSTRAINT_TYPE),
]);
pub static TASK_DEFINITION_PLACEMENT_CONSTRAINT_TYPE: Shape =
    Shape::Enumeration(TaskDefinitionPlacementConstraintType::VALUES);
pub static TASK_DEFINITION_PLACEMENT_CONSTRAINTS: Shape =
    Shape::List { element: &TASK_DEFINITION_PLACEMENT_CONSTRAINT, min: None, max: None };
pub static TASK_DEFINITION_STATUS: Shape = Shape::Enumeration(TaskDefinitionStatus::VALUES);
pub static TASK_FIELD: Shape = Shape::Enumeration(TaskField::VALUES);
pub static TASK_FIELD_LIST: Shape = Shape::List { element: &TASK_FIELD, min: None, max: None };
pub static TASK_FILESYSTEM_TYPE: Shape = Shape::Enumeration(TaskFilesystemType::VALUES);
pub static TASK_MANAGED_EBS_VOLUME_CONFIGURATION: Shape = Shape::Structure(&[
    optional("encrypted", &BOXED_BOOLEAN),
    optional("filesystemType", &TASK_FILESYSTEM_TYPE),
    optional("iops", &BOXED_INTEGER),
    optional("kmsKeyId", &EBSKMS_KEY_ID),
    required("roleArn", &IAM_ROLE_ARN),
    optional("sizeInGiB", &BOXED_INTEGER),
    optional("snapshotId", &EBS_SNAPSHOT_ID),
    optional("tagSpecifications", &EBS_TAG_SPECIFICATIONS),
    optional("terminationPolicy", &TASK_MANAGED_EBS_VOLUME_TERMINATION_POLICY),
    optional("throughput", &BOXED_INTEGER),
    optional("volumeInitializationRate", &BOXED_INTEGER),
    optional("volumeType", &EBS_VOLUME_TYPE),
]);
pub static TASK_MANAGED_EBS_VOLUME_TERMINATION_POLICY: Shape =
    Shape::Structure(&[required("deleteOnTermination", &BOXED_BOOLEAN)]);
pub static TASK_OVERRIDE: Shape = Shape::Structure(&[
    optional("containerOverrides", &CONTAINER_OVERRIDES),
    optional("cpu", &STRING),
    optional("ephemeralStorage", &EPHEMERAL_STORAGE),
    optional("executionRoleArn", &STRING),
    optional("inferenceAcceleratorOverrides", &INFERENCE_ACCELERATOR_OVERRIDES),
    optional("memory", &STRING),
    optional("taskRoleArn", &STRING),
]);
pub static TASK_SET_FIELD: Shape = Shape::Enumeration(TaskSetField::VALUES);
pub static TASK_SET_FIELD_LIST: Shape =
    Shape::List { element: &TASK_SET_FIELD, min: None, max: None };
pub static TASK_VOLUME_CONFIGURATION: Shape = Shape::Structure(&[
    optional("managedEBSVolume", &TASK_MANAGED_EBS_VOLUME_CONFIGURATION),
    required("name", &ECS_VOLUME_NAME),
]);
pub static TASK_VOLUME_CONFIGURATIONS: Shape =
    Shape::List { element: &TASK_VOLUME_CONFIGURATION, min: None, max: None };
pub static TASK_VOLUME_STORAGE_GIB: Shape = Shape::Integer { min: Some(1), max: None };
pub static THRESHOLD_CONFIGURATION: Shape =
    Shape::Structure(&[required("type", &THRESHOLD_TYPE), required("value", &INTEGER)]);
pub static THRESHOLD_TYPE: Shape = Shape::Enumeration(ThresholdType::VALUES);
pub static TIMEOUT_CONFIGURATION: Shape = Shape::Structure(&[
    optional("idleTimeoutSeconds", &DURATION),
    optional("perRequestTimeoutSeconds", &DURATION),
]);
pub static TIMESTAMP: Shape = Shape::Timestamp;
pub static TMPFS: Shape = Shape::Structure(&[
    required("containerPath", &STRING),
    optional("mountOptions", &STRING_LIST),
    required("size", &INTEGER),
]);
pub static TMPFS_LIST: Shape = Shape::List { element: &TMPFS, min: None, max: None };
pub static TOTAL_LOCAL_STORAGE_GB_REQUEST: Shape =
    Shape::Structure(&[optional("max", &BOXED_DOUBLE), optional("min", &BOXED_DOUBLE)]);
pub static TRANSPORT_PROTOCOL: Shape = Shape::Enumeration(TransportProtocol::VALUES);
pub static TRUSTED_EXECUTION_CONFIGURATION: Shape = Shape::Structure(&[
    optional("attestationPolicy", &STRING),
    required("isolationMode", &ISOLATION_MODE),
]);
pub static ULIMIT: Shape = Shape::Structure(&[
    required("hardLimit", &INTEGER),
    required("name", &ULIMIT_NAME),
    required("softLimit", &INTEGER),
]);
pub static ULIMIT_LIST: Shape = Shape::List { element: &ULIMIT, min: None, max: None };
pub static ULIMIT_NAME: Shape = Shape::Enumeration(UlimitName::VALUES);
pub static UNTAG_RESOURCE_REQUEST: Shape =
    Shape::Structure(&[required("resourceArn", &STRING), required("tagKeys", &TAG_KEYS)]);
pub static UPDATE_CAPACITY_PROVIDER_REQUEST: Shape = Shape::Structure(&[
    optional("autoScalingGroupProvider", &AUTO_SCALING_GROUP_PROVIDER_UPDATE),
    optional("cluster", &STRING),
    optional("managedInstancesProvider", &UPDATE_MANAGED_INSTANCES_PROVIDER_CONFIGURATION),
    required("name", &STRING),
]);
pub static UPDATE_CLUSTER_REQUEST: Shape = Shape::Structure(&[
    required("cluster", &STRING),
    optional("configuration", &CLUSTER_CONFIGURATION),
    optional("serviceConnectDefaults", &CLUSTER_SERVICE_CONNECT_DEFAULTS_REQUEST),
    optional("settings", &CLUSTER_SETTINGS),
]);
pub static UPDATE_CLUSTER_SETTINGS_REQUEST: Shape =
    Shape::Structure(&[required("cluster", &STRING), required("settings", &CLUSTER_SETTINGS)]);
pub static UPDATE_CONTAINER_AGENT_REQUEST: Shape =
    Shape::Structure(&[optional("cluster", &STRING), required("containerInstance", &STRING)]);
pub static UPDATE_CONTAINER_INSTANCES_STATE_REQUEST: Shape = Shape::Structure(&[
    optional("cluster", &STRING),
    required("containerInstances", &STRING_LIST),
    required("status", &CONTAINER_INSTANCE_STATUS),
]);
pub static UPDATE_DAEMON_REQUEST: Shape = Shape::Structure(&[
    required("capacityProviderArns", &STRING_LIST),
    optional("critical", &BOXED_BOOLEAN),
    required("daemonArn", &STRING),
    required("daemonTaskDefinitionArn", &STRING),
    optional("deploymentConfiguration", &DAEMON_DEPLOYMENT_CONFIGURATION),
    optional("enableECSManagedTags", &BOOLEAN),
    optional("enableExecuteCommand", &BOOLEAN),
    optional("propagateTags", &DAEMON_PROPAGATE_TAGS),
]);
pub static UPDATE_EXPRESS_GATEWAY_SERVICE_REQUEST: Shape = Shape::Structure(&[
    optional("cpu", &STRING),
    optional("cpuArchitecture", &EXPRESS_CPU_ARCHITECTURE),
    optional("executionRoleArn", &STRING),
    optional("healthCheckPath", &STRING),
    optional("memory", &STRING),
    optional("networkConfiguration", &EXPRESS_GATEWAY_SERVICE_NETWORK_CONFIGURATION),
    optional("primaryContainer", &EXPRESS_GATEWAY_CONTAINER),
    optional("scalingTarget", &EXPRESS_GATEWAY_SCALING_TARGET),
    required("serviceArn", &STRING),
    optional("taskDefinitionArn", &STRING),
    optional("taskRoleArn", &STRING),
]);
pub static UPDATE_GATEWAY_ALB_CONFIGURATION: Shape = Shape::Structure(&[
    optional("accessLogs", &GATEWAY_ELB_ACCESS_LOG_CONFIGURATION),
    optional("httpDesync", &GATEWAY_ALB_DESYNC_MITIGATION_MODE),
    optional("maxAlbCount", &BOXED_INTEGER),
    optional("networkConfiguration", &UPDATE_GATEWAY_NETWORK_CONFIGURATION),
    optional("testTrafficRules", &GATEWAY_ALB_TEST_TRAFFIC_RULES),
    optional("webACLArn", &STRING),
]);
pub static UPDATE_GATEWAY_CONFIGURATION: Shape =
    Shape::Structure(&[optional("hostSharedAlb", &UPDATE_GATEWAY_ALB_CONFIGURATION)]);
pub static UPDATE_GATEWAY_NETWORK_CONFIGURATION: Shape =
    Shape::Structure(&[optional("inboundSecurityGroup", &STRING)]);
pub static UPDATE_GATEWAY_REQUEST: Shape = Shape::Structure(&[
    optional("configuration", &UPDATE_GATEWAY_CONFIGURATION),
    optional("deletionProtection", &BOXED_BOOLEAN),
    required("gateway", &STRING),
    optional("infrastructureRoleArn", &STRING),
    optional("propagateTags", &PROPAGATE_GATEWAY_TAGS),
]);
pub static UPDATE_MANAGED_INSTANCES_PROVIDER_CONFIGURATION: Shape = Shape::Structure(&[
    optional("autoRepairConfiguration", &AUTO_REPAIR_CONFIGURATION),
    optional("infrastructureOptimization", &INFRASTRUCTURE_OPTIMIZATION),
    required("infrastructureRoleArn", &STRING),
    required("instanceLaunchTemplate", &INSTANCE_LAUNCH_TEMPLATE_UPDATE),
    optional("propagateTags", &PROPAGATE_MI_TAGS),
]);
pub static UPDATE_SERVICE_PRIMARY_TASK_SET_REQUEST: Shape = Shape::Structure(&[
    required("cluster", &STRING),
    required("primaryTaskSet", &STRING),
    required("service", &STRING),
]);
pub static UPDATE_SERVICE_REQUEST: Shape = Shape::Structure(&[
    optional("availabilityZoneRebalancing", &AVAILABILITY_ZONE_REBALANCING),
    optional("capacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
    optional("cluster", &STRING),
    optional("deploymentConfiguration", &DEPLOYMENT_CONFIGURATION),
    optional("deploymentController", &DEPLOYMENT_CONTROLLER),
    optional("desiredCount", &BOXED_INTEGER),
    optional("enableECSManagedTags", &BOXED_BOOLEAN),
    optional("enableExecuteCommand", &BOXED_BOOLEAN),
    optional("forceNewDeployment", &BOOLEAN),
    optional("gatewayConnectors", &GATEWAY_CONNECTOR_LIST),
    optional("healthCheckGracePeriodSeconds", &BOXED_INTEGER),
    optional("loadBalancers", &LOAD_BALANCERS),
    optional("monitoring", &MONITORING_CONFIGURATION),
    optional("networkConfiguration", &NETWORK_CONFIGURATION),
    optional("placementConstraints", &PLACEMENT_CONSTRAINTS),
    optional("placementStrategy", &PLACEMENT_STRATEGIES),
    optional("platformVersion", &STRING),
    optional("propagateTags", &PROPAGATE_TAGS),
    required("service", &STRING),
    optional("serviceConnectConfiguration", &SERVICE_CONNECT_CONFIGURATION),
    optional("serviceRegistries", &SERVICE_REGISTRIES),
    optional("taskDefinition", &STRING),
    optional("volumeConfigurations", &SERVICE_VOLUME_CONFIGURATIONS),
    optional("vpcLatticeConfigurations", &VPC_LATTICE_CONFIGURATIONS),
]);
pub static UPDATE_TASK_PROTECTION_REQUEST: Shape = Shape::Structure(&[
    required("cluster", &STRING),
    optional("expiresInMinutes", &BOXED_INTEGER),
    required("protectionEnabled", &BOOLEAN),
    required("tasks", &STRING_LIST),
]);
pub static UPDATE_TASK_SET_REQUEST: Shape = Shape::Structure(&[
    required("cluster", &STRING),
    required("scale", &SCALE),
    required("service", &STRING),
    required("taskSet", &STRING),
]);
pub static VCPU_COUNT_RANGE_REQUEST: Shape =
    Shape::Structure(&[optional("max", &BOXED_INTEGER), required("min", &BOXED_INTEGER)]);
pub static VERSION_CONSISTENCY: Shape = Shape::Enumeration(VersionConsistency::VALUES);
pub static VERSION_INFO: Shape = Shape::Structure(&[
    optional("agentHash", &STRING),
    optional("agentVersion", &STRING),
    optional("dockerVersion", &STRING),
]);
pub static VOLUME: Shape = Shape::Structure(&[
    optional("configuredAtLaunch", &BOXED_BOOLEAN),
    optional("dockerVolumeConfiguration", &DOCKER_VOLUME_CONFIGURATION),
    optional("efsVolumeConfiguration", &EFS_VOLUME_CONFIGURATION),
    optional(
        "fsxWindowsFileServerVolumeConfiguration",
        &F_SX_WINDOWS_FILE_SERVER_VOLUME_CONFIGURATION,
    ),
    optional("host", &HOST_VOLUME_PROPERTIES),
    optional("name", &STRING),
    optional("s3filesVolumeConfiguration", &S3_FILES_VOLUME_CONFIGURATION),
]);
pub static VOLUME_FROM: Shape =
    Shape::Structure(&[optional("readOnly", &BOXED_BOOLEAN), optional("sourceContainer", &STRING)]);
pub static VOLUME_FROM_LIST: Shape = Shape::List { element: &VOLUME_FROM, min: None, max: None };
pub static VOLUME_LIST: Shape = Shape::List { element: &VOLUME, min: None, max: None };
pub static VPC_LATTICE_ADVANCED_CONFIGURATION: Shape = Shape::Structure(&[
    optional("alternateTargetGroupArn", &STRING),
    optional("productionListenerRule", &STRING),
    optional("testListenerRule", &STRING),
]);
pub static VPC_LATTICE_CONFIGURATION: Shape = Shape::Structure(&[
    optional("advancedConfiguration", &VPC_LATTICE_ADVANCED_CONFIGURATION),
    required("portName", &STRING),
    required("roleArn", &IAM_ROLE_ARN),
    required("targetGroupArn", &STRING),
]);
pub static VPC_LATTICE_CONFIGURATIONS: Shape =
    Shape::List { element: &VPC_LATTICE_CONFIGURATION, min: None, max: None };
