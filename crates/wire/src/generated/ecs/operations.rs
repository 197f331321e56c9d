//! The operations of the Amazon ECS API.
//! `cargo xtask codegen` writes this file; edit the generator instead.

use super::schema;
use crate::generate::operations;

operations! {
    "Amazon ECS", "AmazonECS", "ecs", "2014-11-13";
    AssociateGatewayWithCluster writes: AssociateGatewayWithClusterRequest as ASSOCIATE_GATEWAY_WITH_CLUSTER_REQUEST => AssociateGatewayWithClusterResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        GatewayNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    ContinueServiceDeployment writes: ContinueServiceDeploymentRequest as CONTINUE_SERVICE_DEPLOYMENT_REQUEST => ContinueServiceDeploymentResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
        ServiceDeploymentNotFound,
        UnsupportedFeature,
    }
    CreateCapacityProvider writes: CreateCapacityProviderRequest as CREATE_CAPACITY_PROVIDER_REQUEST => CreateCapacityProviderResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        LimitExceeded,
        Server,
        UnsupportedFeature,
        UpdateInProgress,
    }
    CreateCluster writes: CreateClusterRequest as CREATE_CLUSTER_REQUEST => CreateClusterResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        NamespaceNotFound,
        Server,
    }
    CreateDaemon writes: CreateDaemonRequest as CREATE_DAEMON_REQUEST => CreateDaemonResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        PlatformUnknown,
        Server,
        UnsupportedFeature,
    }
    CreateExpressGatewayService writes: CreateExpressGatewayServiceRequest as CREATE_EXPRESS_GATEWAY_SERVICE_REQUEST => CreateExpressGatewayServiceResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        PlatformTaskDefinitionIncompatibility,
        PlatformUnknown,
        Server,
        UnsupportedFeature,
    }
    CreateGateway writes: CreateGatewayRequest as CREATE_GATEWAY_REQUEST => CreateGatewayResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    CreateService writes: CreateServiceRequest as CREATE_SERVICE_REQUEST => CreateServiceResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        NamespaceNotFound,
        PlatformTaskDefinitionIncompatibility,
        PlatformUnknown,
        Server,
        UnsupportedFeature,
    }
    CreateTaskSet writes: CreateTaskSetRequest as CREATE_TASK_SET_REQUEST => CreateTaskSetResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        LimitExceeded,
        NamespaceNotFound,
        PlatformTaskDefinitionIncompatibility,
        PlatformUnknown,
        Server,
        ServiceNotActive,
        ServiceNotFound,
        UnsupportedFeature,
    }
    DeleteAccountSetting writes: DeleteAccountSettingRequest as DELETE_ACCOUNT_SETTING_REQUEST => DeleteAccountSettingResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    DeleteAttributes writes: DeleteAttributesRequest as DELETE_ATTRIBUTES_REQUEST => DeleteAttributesResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        TargetNotFound,
    }
    DeleteCapacityProvider writes: DeleteCapacityProviderRequest as DELETE_CAPACITY_PROVIDER_REQUEST => DeleteCapacityProviderResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
        UpdateInProgress,
    }
    DeleteCluster writes: DeleteClusterRequest as DELETE_CLUSTER_REQUEST => DeleteClusterResponse {
        AccessDenied,
        Client,
        ClusterContainsCapacityProvider,
        ClusterContainsContainerInstances,
        ClusterContainsServices,
        ClusterContainsTasks,
        ClusterNotFound,
        InvalidParameter,
        Server,
        UpdateInProgress,
    }
    DeleteDaemon writes: DeleteDaemonRequest as DELETE_DAEMON_REQUEST => DeleteDaemonResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        DaemonNotActive,
        DaemonNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    DeleteDaemonTaskDefinition writes: DeleteDaemonTaskDefinitionRequest as DELETE_DAEMON_TASK_DEFINITION_REQUEST => DeleteDaemonTaskDefinitionResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    DeleteExpressGatewayService writes: DeleteExpressGatewayServiceRequest as DELETE_EXPRESS_GATEWAY_SERVICE_REQUEST => DeleteExpressGatewayServiceResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        ServiceNotActive,
        ServiceNotFound,
        UnsupportedFeature,
    }
    DeleteGateway writes: DeleteGatewayRequest as DELETE_GATEWAY_REQUEST => DeleteGatewayResponse {
        AccessDenied,
        Client,
        GatewayNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    DeleteService writes: DeleteServiceRequest as DELETE_SERVICE_REQUEST => DeleteServiceResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        ServiceNotFound,
    }
    DeleteTaskDefinitions writes: DeleteTaskDefinitionsRequest as DELETE_TASK_DEFINITIONS_REQUEST => DeleteTaskDefinitionsResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    DeleteTaskSet writes: DeleteTaskSetRequest as DELETE_TASK_SET_REQUEST => DeleteTaskSetResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        LimitExceeded,
        Server,
        ServiceNotActive,
        ServiceNotFound,
        TaskSetNotFound,
        UnsupportedFeature,
    }
    DeregisterContainerInstance writes: DeregisterContainerInstanceRequest as DEREGISTER_CONTAINER_INSTANCE_REQUEST => DeregisterContainerInstanceResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    DeregisterTaskDefinition writes: DeregisterTaskDefinitionRequest as DEREGISTER_TASK_DEFINITION_REQUEST => DeregisterTaskDefinitionResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    DescribeCapacityProviders reads: DescribeCapacityProvidersRequest as DESCRIBE_CAPACITY_PROVIDERS_REQUEST => DescribeCapacityProvidersResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    DescribeClusters reads: DescribeClustersRequest as DESCRIBE_CLUSTERS_REQUEST => DescribeClustersResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    DescribeContainerInstances reads: DescribeContainerInstancesRequest as DESCRIBE_CONTAINER_INSTANCES_REQUEST => DescribeContainerInstancesResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    DescribeDaemon reads: DescribeDaemonRequest as DESCRIBE_DAEMON_REQUEST => DescribeDaemonResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        DaemonNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    DescribeDaemonDeployments reads: DescribeDaemonDeploymentsRequest as DESCRIBE_DAEMON_DEPLOYMENTS_REQUEST => DescribeDaemonDeploymentsResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    DescribeDaemonRevisions reads: DescribeDaemonRevisionsRequest as DESCRIBE_DAEMON_REVISIONS_REQUEST => DescribeDaemonRevisionsResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    DescribeDaemonTaskDefinition reads: DescribeDaemonTaskDefinitionRequest as DESCRIBE_DAEMON_TASK_DEFINITION_REQUEST => DescribeDaemonTaskDefinitionResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    DescribeExpressGatewayService reads: DescribeExpressGatewayServiceRequest as DESCRIBE_EXPRESS_GATEWAY_SERVICE_REQUEST => DescribeExpressGatewayServiceResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        ResourceNotFound,
        Server,
        UnsupportedFeature,
    }
    DescribeGateway reads: DescribeGatewayRequest as DESCRIBE_GATEWAY_REQUEST => DescribeGatewayResponse {
        AccessDenied,
        Client,
        GatewayNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    DescribeGatewayResources reads: DescribeGatewayResourcesRequest as DESCRIBE_GATEWAY_RESOURCES_REQUEST => DescribeGatewayResourcesResponse {
        AccessDenied,
        Client,
        GatewayNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    DescribeGatewayRoute reads: DescribeGatewayRouteRequest as DESCRIBE_GATEWAY_ROUTE_REQUEST => DescribeGatewayRouteResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        ResourceNotFound,
        Server,
        UnsupportedFeature,
    }
    DescribeServiceDeployments reads: DescribeServiceDeploymentsRequest as DESCRIBE_SERVICE_DEPLOYMENTS_REQUEST => DescribeServiceDeploymentsResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        ServiceNotFound,
        UnsupportedFeature,
    }
    DescribeServiceRevisions reads: DescribeServiceRevisionsRequest as DESCRIBE_SERVICE_REVISIONS_REQUEST => DescribeServiceRevisionsResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        ServiceNotFound,
        UnsupportedFeature,
    }
    DescribeServices reads: DescribeServicesRequest as DESCRIBE_SERVICES_REQUEST => DescribeServicesResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    DescribeTaskDefinition reads: DescribeTaskDefinitionRequest as DESCRIBE_TASK_DEFINITION_REQUEST => DescribeTaskDefinitionResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    DescribeTaskSets reads: DescribeTaskSetsRequest as DESCRIBE_TASK_SETS_REQUEST => DescribeTaskSetsResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        ServiceNotActive,
        ServiceNotFound,
        UnsupportedFeature,
    }
    DescribeTasks reads: DescribeTasksRequest as DESCRIBE_TASKS_REQUEST => DescribeTasksResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    DisassociateGatewayFromCluster writes: DisassociateGatewayFromClusterRequest as DISASSOCIATE_GATEWAY_FROM_CLUSTER_REQUEST => DisassociateGatewayFromClusterResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        GatewayNotFound,
        InvalidParameter,
        ResourceNotFound,
        Server,
        UnsupportedFeature,
    }
    DiscoverPollEndpoint writes: DiscoverPollEndpointRequest as DISCOVER_POLL_ENDPOINT_REQUEST => DiscoverPollEndpointResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    ExecuteCommand writes: ExecuteCommandRequest as EXECUTE_COMMAND_REQUEST => ExecuteCommandResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        TargetNotConnected,
    }
    GetTaskProtection reads: GetTaskProtectionRequest as GET_TASK_PROTECTION_REQUEST => GetTaskProtectionResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        ResourceNotFound,
        Server,
        UnsupportedFeature,
    }
    ListAccountSettings reads: ListAccountSettingsRequest as LIST_ACCOUNT_SETTINGS_REQUEST => ListAccountSettingsResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    ListAttributes reads: ListAttributesRequest as LIST_ATTRIBUTES_REQUEST => ListAttributesResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    ListClusters reads: ListClustersRequest as LIST_CLUSTERS_REQUEST => ListClustersResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    ListContainerInstances reads: ListContainerInstancesRequest as LIST_CONTAINER_INSTANCES_REQUEST => ListContainerInstancesResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    ListDaemonDeployments reads: ListDaemonDeploymentsRequest as LIST_DAEMON_DEPLOYMENTS_REQUEST => ListDaemonDeploymentsResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    ListDaemonTaskDefinitions reads: ListDaemonTaskDefinitionsRequest as LIST_DAEMON_TASK_DEFINITIONS_REQUEST => ListDaemonTaskDefinitionsResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    ListDaemons reads: ListDaemonsRequest as LIST_DAEMONS_REQUEST => ListDaemonsResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    ListGatewayClusterAssociations reads: ListGatewayClusterAssociationsRequest as LIST_GATEWAY_CLUSTER_ASSOCIATIONS_REQUEST => ListGatewayClusterAssociationsResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    ListGatewayRoutes reads: ListGatewayRoutesRequest as LIST_GATEWAY_ROUTES_REQUEST => ListGatewayRoutesResponse {
        AccessDenied,
        Client,
        GatewayNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    ListGateways reads: ListGatewaysRequest as LIST_GATEWAYS_REQUEST => ListGatewaysResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    ListServiceDeployments reads: ListServiceDeploymentsRequest as LIST_SERVICE_DEPLOYMENTS_REQUEST => ListServiceDeploymentsResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        ServiceNotFound,
        UnsupportedFeature,
    }
    ListServices reads: ListServicesRequest as LIST_SERVICES_REQUEST => ListServicesResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    ListServicesByNamespace reads: ListServicesByNamespaceRequest as LIST_SERVICES_BY_NAMESPACE_REQUEST => ListServicesByNamespaceResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        NamespaceNotFound,
        Server,
    }
    ListTagsForResource reads: ListTagsForResourceRequest as LIST_TAGS_FOR_RESOURCE_REQUEST => ListTagsForResourceResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    ListTaskDefinitionFamilies reads: ListTaskDefinitionFamiliesRequest as LIST_TASK_DEFINITION_FAMILIES_REQUEST => ListTaskDefinitionFamiliesResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    ListTaskDefinitions reads: ListTaskDefinitionsRequest as LIST_TASK_DEFINITIONS_REQUEST => ListTaskDefinitionsResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    ListTasks reads: ListTasksRequest as LIST_TASKS_REQUEST => ListTasksResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        ServiceNotFound,
    }
    PutAccountSetting writes: PutAccountSettingRequest as PUT_ACCOUNT_SETTING_REQUEST => PutAccountSettingResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    PutAccountSettingDefault writes: PutAccountSettingDefaultRequest as PUT_ACCOUNT_SETTING_DEFAULT_REQUEST => PutAccountSettingDefaultResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        Server,
    }
    PutAttributes writes: PutAttributesRequest as PUT_ATTRIBUTES_REQUEST => PutAttributesResponse {
        AccessDenied,
        AttributeLimitExceeded,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        TargetNotFound,
    }
    PutClusterCapacityProviders writes: PutClusterCapacityProvidersRequest as PUT_CLUSTER_CAPACITY_PROVIDERS_REQUEST => PutClusterCapacityProvidersResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        ResourceInUse,
        Server,
        UpdateInProgress,
    }
    RegisterContainerInstance writes: RegisterContainerInstanceRequest as REGISTER_CONTAINER_INSTANCE_REQUEST => RegisterContainerInstanceResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    RegisterDaemonTaskDefinition writes: RegisterDaemonTaskDefinitionRequest as REGISTER_DAEMON_TASK_DEFINITION_REQUEST => RegisterDaemonTaskDefinitionResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        LimitExceeded,
        Server,
    }
    RegisterTaskDefinition writes: RegisterTaskDefinitionRequest as REGISTER_TASK_DEFINITION_REQUEST => RegisterTaskDefinitionResponse {
        AccessDenied,
        Client,
        InvalidParameter,
        LimitExceeded,
        Server,
    }
    RunTask writes: RunTaskRequest as RUN_TASK_REQUEST => RunTaskResponse {
        AccessDenied,
        Blocked,
        Client,
        ClusterNotFound,
        Conflict,
        InvalidParameter,
        PlatformTaskDefinitionIncompatibility,
        PlatformUnknown,
        Server,
        UnsupportedFeature,
    }
    StartTask writes: StartTaskRequest as START_TASK_REQUEST => StartTaskResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        NamespaceNotFound,
        Server,
        UnsupportedFeature,
    }
    StopServiceDeployment writes: StopServiceDeploymentRequest as STOP_SERVICE_DEPLOYMENT_REQUEST => StopServiceDeploymentResponse {
        AccessDenied,
        Client,
        Conflict,
        InvalidParameter,
        Server,
        ServiceDeploymentNotFound,
        UnsupportedFeature,
    }
    StopTask writes: StopTaskRequest as STOP_TASK_REQUEST => StopTaskResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    SubmitAttachmentStateChanges writes: SubmitAttachmentStateChangesRequest as SUBMIT_ATTACHMENT_STATE_CHANGES_REQUEST => SubmitAttachmentStateChangesResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    SubmitContainerStateChange writes: SubmitContainerStateChangeRequest as SUBMIT_CONTAINER_STATE_CHANGE_REQUEST => SubmitContainerStateChangeResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    SubmitTaskStateChange writes: SubmitTaskStateChangeRequest as SUBMIT_TASK_STATE_CHANGE_REQUEST => SubmitTaskStateChangeResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    TagResource writes: TagResourceRequest as TAG_RESOURCE_REQUEST => TagResourceResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        LimitExceeded,
        ResourceNotFound,
        Server,
    }
    UntagResource writes: UntagResourceRequest as UNTAG_RESOURCE_REQUEST => UntagResourceResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        ResourceNotFound,
        Server,
    }
    UpdateCapacityProvider writes: UpdateCapacityProviderRequest as UPDATE_CAPACITY_PROVIDER_REQUEST => UpdateCapacityProviderResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    UpdateCluster writes: UpdateClusterRequest as UPDATE_CLUSTER_REQUEST => UpdateClusterResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        NamespaceNotFound,
        Server,
    }
    UpdateClusterSettings writes: UpdateClusterSettingsRequest as UPDATE_CLUSTER_SETTINGS_REQUEST => UpdateClusterSettingsResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        UpdateInProgress,
    }
    UpdateContainerAgent writes: UpdateContainerAgentRequest as UPDATE_CONTAINER_AGENT_REQUEST => UpdateContainerAgentResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        MissingVersion,
        NoUpdateAvailable,
        Server,
        UpdateInProgress,
    }
    UpdateContainerInstancesState writes: UpdateContainerInstancesStateRequest as UPDATE_CONTAINER_INSTANCES_STATE_REQUEST => UpdateContainerInstancesStateResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
    }
    UpdateDaemon writes: UpdateDaemonRequest as UPDATE_DAEMON_REQUEST => UpdateDaemonResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        DaemonNotActive,
        DaemonNotFound,
        InvalidParameter,
        PlatformUnknown,
        Server,
        UnsupportedFeature,
    }
    UpdateExpressGatewayService writes: UpdateExpressGatewayServiceRequest as UPDATE_EXPRESS_GATEWAY_SERVICE_REQUEST => UpdateExpressGatewayServiceResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        ServiceNotActive,
        ServiceNotFound,
        UnsupportedFeature,
    }
    UpdateGateway writes: UpdateGatewayRequest as UPDATE_GATEWAY_REQUEST => UpdateGatewayResponse {
        AccessDenied,
        Client,
        GatewayNotFound,
        InvalidParameter,
        Server,
        UnsupportedFeature,
    }
    UpdateService writes: UpdateServiceRequest as UPDATE_SERVICE_REQUEST => UpdateServiceResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        NamespaceNotFound,
        PlatformTaskDefinitionIncompatibility,
        PlatformUnknown,
        Server,
        ServiceNotActive,
        ServiceNotFound,
        UnsupportedFeature,
    }
    UpdateServicePrimaryTaskSet writes: UpdateServicePrimaryTaskSetRequest as UPDATE_SERVICE_PRIMARY_TASK_SET_REQUEST => UpdateServicePrimaryTaskSetResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        Server,
        ServiceNotActive,
        ServiceNotFound,
        TaskSetNotFound,
        UnsupportedFeature,
    }
    UpdateTaskProtection writes: UpdateTaskProtectionRequest as UPDATE_TASK_PROTECTION_REQUEST => UpdateTaskProtectionResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        ResourceNotFound,
        Server,
        UnsupportedFeature,
    }
    UpdateTaskSet writes: UpdateTaskSetRequest as UPDATE_TASK_SET_REQUEST => UpdateTaskSetResponse {
        AccessDenied,
        Client,
        ClusterNotFound,
        InvalidParameter,
        LimitExceeded,
        Server,
        ServiceNotActive,
        ServiceNotFound,
        TaskSetNotFound,
        UnsupportedFeature,
    }
}
