//! A call of every operation, with every member that a condition key or a role comes from.

use std::fmt::Write as _;

use wire::{Op, Operation, awsjson, op};

use super::world::{World, home};
use crate::{Ask, Guarded, asks};

/// What a request with this body asks in a world.
pub fn asked<O: Guarded>(body: &str, world: &World) -> Vec<Ask> {
    asks::<O>(&input::<O>(body), world, &home())
}

fn input<O: Op>(body: &str) -> O::Input {
    let body = body.replace('~', "arn:aws:ecs:eu-central-1:111122223333:");
    awsjson::decode_input::<O>(body.as_bytes())
        .unwrap_or_else(|error| panic!("{}: {error:?}", O::NAME))
}

macro_rules! calls {
    ($($operation:ident $body:literal)+) => {
        /// What the call of an operation asks. The compiler sees that each has one.
        pub fn example(operation: Operation) -> Vec<Ask> {
            let world = World::default();
            match operation {
                $(Operation::$operation => asked::<op::$operation>($body, &world),)+
            }
        }
    };
}

// `~` stands for the beginning of an ARN of ECS here.
calls! {
    CreateCluster r#"{"clusterName": "prod", "tags": [{"key": "team", "value": "b"}],
        "capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategy": [{"capacityProvider": "mine"}],
        "configuration": {"managedStorageConfiguration": {"fargateEphemeralStorageKmsKeyId": "key-1"}}}"#
    UpdateCluster r#"{"cluster": "prod", "configuration":
        {"managedStorageConfiguration": {"fargateEphemeralStorageKmsKeyId": "key-1"}}}"#
    PutClusterCapacityProviders r#"{"cluster": "prod", "capacityProviders": ["FARGATE"],
        "defaultCapacityProviderStrategy": []}"#
    DescribeClusters r#"{"clusters": ["prod", "~cluster/other"]}"#
    UpdateClusterSettings r#"{"cluster": "prod", "settings": []}"#
    DeleteCluster r#"{"cluster": "prod"}"#
    ListClusters "{}"

    CreateCapacityProvider r#"{"name": "mine", "cluster": "prod", "tags": [{"key": "team", "value": "b"}],
        "managedInstancesProvider": {"infrastructureRoleArn": "infra", "propagateTags": "CAPACITY_PROVIDER",
        "instanceLaunchTemplate": {"ec2InstanceProfileArn": "arn:aws:iam::111122223333:instance-profile/x",
        "networkConfiguration": {}, "instanceMetadataTagsPropagation": true}}}"#
    UpdateCapacityProvider r#"{"name": "mine", "cluster": "prod",
        "managedInstancesProvider": {"infrastructureRoleArn": "infra", "propagateTags": "NONE",
        "instanceLaunchTemplate": {"instanceMetadataTagsPropagation": false}}}"#
    DeleteCapacityProvider r#"{"capacityProvider": "~capacity-provider/mine", "cluster": "prod"}"#
    DescribeCapacityProviders r#"{"capacityProviders": ["mine"]}"#

    RegisterContainerInstance r#"{"cluster": "prod", "tags": [{"key": "team", "value": "b"}]}"#
    DeregisterContainerInstance r#"{"cluster": "prod", "containerInstance": "0000000000000000000000000000005f"}"#
    DescribeContainerInstances r#"{"cluster": "prod", "containerInstances": ["0000000000000000000000000000005f"]}"#
    ListContainerInstances r#"{"cluster": "prod"}"#
    UpdateContainerInstancesState r#"{"cluster": "prod", "status": "DRAINING",
        "containerInstances": ["0000000000000000000000000000005f"]}"#
    UpdateContainerAgent r#"{"cluster": "prod", "containerInstance": "0000000000000000000000000000005f"}"#

    PutAttributes r#"{"cluster": "prod", "attributes": [
        {"name": "a", "targetId": "0000000000000000000000000000005f"},
        {"name": "b", "targetId": "0000000000000000000000000000005f"}]}"#
    DeleteAttributes r#"{"cluster": "prod", "attributes": [
        {"name": "a", "targetId": "~container-instance/prod/0000000000000000000000000000005f"}]}"#
    ListAttributes r#"{"cluster": "prod", "targetType": "container-instance"}"#

    DiscoverPollEndpoint r#"{"cluster": "prod"}"#
    SubmitTaskStateChange r#"{"cluster": "prod"}"#
    SubmitContainerStateChange r#"{"cluster": "prod"}"#
    SubmitAttachmentStateChanges r#"{"cluster": "prod", "attachments": []}"#

    RegisterTaskDefinition r#"{"family": "web", "cpu": ".5 vcpu", "memory": "1 GB",
        "containerDefinitions": [{"privileged": true}], "requiresCompatibilities": ["EC2", "EXTERNAL"],
        "tags": [{"key": "team", "value": "b"}],
        "taskRoleArn": "/team/web", "executionRoleArn": "arn:aws:iam::111122223333:role/exec"}"#
    DeleteTaskDefinitions r#"{"taskDefinitions": ["web:3", "web:9"]}"#
    DeregisterTaskDefinition r#"{"taskDefinition": "web:3"}"#
    DescribeTaskDefinition r#"{"taskDefinition": "web"}"#
    ListTaskDefinitions "{}"
    ListTaskDefinitionFamilies "{}"

    RunTask r#"{"cluster": "prod", "taskDefinition": "web", "tags": [{"key": "team", "value": "b"}],
        "capacityProviderStrategy": [{"capacityProvider": "mine"}], "enableExecuteCommand": true,
        "volumeConfigurations": [{"name": "v", "managedEBSVolume": {"roleArn": "ebs"}}],
        "overrides": {"taskRoleArn": "other"}}"#
    StartTask r#"{"cluster": "prod", "taskDefinition": "web:3", "tags": [{"key": "team", "value": "b"}],
        "containerInstances": ["0000000000000000000000000000005f"]}"#
    StopTask r#"{"cluster": "prod", "task": "0000000000000000000000000000005f"}"#
    DescribeTasks r#"{"cluster": "prod", "tasks": ["0000000000000000000000000000005f",
        "~task/prod/00000000000000000000000000000060"]}"#
    ListTasks r#"{"cluster": "prod", "containerInstance": "0000000000000000000000000000005f"}"#
    GetTaskProtection r#"{"cluster": "prod", "tasks": ["0000000000000000000000000000005f"]}"#
    UpdateTaskProtection r#"{"cluster": "prod", "tasks": ["0000000000000000000000000000005f"],
        "protectionEnabled": true}"#
    ExecuteCommand r#"{"cluster": "prod", "task": "0000000000000000000000000000005f", "command": "ls",
        "interactive": true}"#

    CreateService r#"{"cluster": "prod", "serviceName": "web", "taskDefinition": "web", "role": "lb",
        "tags": [{"key": "team", "value": "b"}], "propagateTags": "SERVICE", "enableECSManagedTags": true,
        "capacityProviderStrategy": [{"capacityProvider": "mine"}], "enableExecuteCommand": true,
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"], "assignPublicIp": "ENABLED"}},
        "serviceConnectConfiguration": {"enabled": true, "namespace": "ns", "services": [{"portName": "p",
            "tls": {"issuerCertificateAuthority": {}, "roleArn": "tls"}}]},
        "vpcLatticeConfigurations": [{"portName": "p", "roleArn": "lattice", "targetGroupArn": "t"}],
        "volumeConfigurations": [{"name": "v", "managedEBSVolume": {"roleArn": "ebs"}}],
        "loadBalancers": [{"advancedConfiguration": {"roleArn": "balancer"}}],
        "deploymentConfiguration": {"lifecycleHooks": [{"roleArn": "hook"}]}}"#
    UpdateService r#"{"cluster": "prod", "service": "web", "taskDefinition": "web:3", "propagateTags": "NONE",
        "enableECSManagedTags": false, "capacityProviderStrategy": [{"capacityProvider": "mine"}],
        "enableExecuteCommand": false,
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1", "subnet-2"]}},
        "serviceConnectConfiguration": {"enabled": false, "namespace": "ns"},
        "vpcLatticeConfigurations": [], "volumeConfigurations": []}"#
    DescribeServices r#"{"cluster": "prod", "services": ["web", "~service/prod/other"]}"#
    DeleteService r#"{"cluster": "prod", "service": "web"}"#
    ListServices r#"{"cluster": "prod"}"#
    ListServicesByNamespace r#"{"namespace": "ns"}"#
    UpdateServicePrimaryTaskSet r#"{"cluster": "prod", "service": "web", "primaryTaskSet": "ecs-svc/7"}"#

    DescribeServiceDeployments r#"{"serviceDeploymentArns": ["~service-deployment/prod/web/d1"]}"#
    DescribeServiceRevisions r#"{"serviceRevisionArns": ["~service-revision/prod/web/7"]}"#
    StopServiceDeployment r#"{"serviceDeploymentArn": "~service-deployment/prod/web/d1"}"#
    ContinueServiceDeployment r#"{"serviceDeploymentArn": "~service-deployment/prod/web/d1", "hookId": "h"}"#
    ListServiceDeployments r#"{"cluster": "prod", "service": "web"}"#

    CreateTaskSet r#"{"cluster": "prod", "service": "web", "taskDefinition": "web",
        "tags": [{"key": "team", "value": "b"}],
        "capacityProviderStrategy": [{"capacityProvider": "mine"}]}"#
    DescribeTaskSets r#"{"cluster": "prod", "service": "web"}"#
    UpdateTaskSet r#"{"cluster": "prod", "service": "web", "taskSet": "ecs-svc/7", "scale": {"value": 50}}"#
    DeleteTaskSet r#"{"cluster": "prod", "service": "web", "taskSet": "~task-set/prod/web/ecs-svc/7"}"#

    TagResource r#"{"resourceArn": "~cluster/prod", "tags": [{"key": "team", "value": "b"}]}"#
    UntagResource r#"{"resourceArn": "~task/prod/0000000000000000000000000000005f", "tagKeys": ["team"]}"#
    ListTagsForResource r#"{"resourceArn": "~service/prod/web"}"#

    PutAccountSetting r#"{"name": "containerInsights", "value": "enabled"}"#
    PutAccountSettingDefault r#"{"name": "containerInsights", "value": "enabled"}"#
    DeleteAccountSetting r#"{"name": "containerInsights"}"#
    ListAccountSettings "{}"

    CreateExpressGatewayService r#"{"serviceName": "web", "infrastructureRoleArn": "infra",
        "executionRoleArn": "exec", "taskRoleArn": "task", "cpu": "256", "memory": "512",
        "tags": [{"key": "team", "value": "b"}], "networkConfiguration": {"subnets": ["subnet-1"]}}"#
    UpdateExpressGatewayService r#"{"serviceArn": "~service/prod/web", "cpu": "256", "memory": "512",
        "taskDefinitionArn": "~task-definition/web:3", "networkConfiguration": {"subnets": ["subnet-1"]}}"#
    DescribeExpressGatewayService r#"{"serviceArn": "~service/prod/web"}"#
    DeleteExpressGatewayService r#"{"serviceArn": "~service/prod/web"}"#

    CreateDaemon r#"{"clusterArn": "~cluster/prod", "daemonName": "logs", "tags": [{"key": "team", "value": "b"}],
        "daemonTaskDefinitionArn": "~daemon-task-definition/logs:1", "propagateTags": "NONE",
        "capacityProviderArns": ["~capacity-provider/mine"]}"#
    UpdateDaemon r#"{"daemonArn": "~daemon/prod/logs", "enableECSManagedTags": true,
        "enableExecuteCommand": true, "propagateTags": "DAEMON",
        "daemonTaskDefinitionArn": "~daemon-task-definition/logs:1",
        "capacityProviderArns": ["~capacity-provider/mine"]}"#
    DescribeDaemon r#"{"daemonArn": "~daemon/prod/logs"}"#
    DeleteDaemon r#"{"daemonArn": "~daemon/prod/logs"}"#
    ListDaemons r#"{"clusterArn": "~cluster/prod"}"#
    ListDaemonDeployments r#"{"daemonArn": "~daemon/prod/logs"}"#
    DescribeDaemonDeployments r#"{"daemonDeploymentArns": ["~daemon-deployment/prod/logs/d1"]}"#
    DescribeDaemonRevisions r#"{"daemonRevisionArns": ["~daemon-revision/prod/logs/7"]}"#
    RegisterDaemonTaskDefinition r#"{"family": "logs", "cpu": "256", "memory": "512",
        "tags": [{"key": "team", "value": "b"}], "executionRoleArn": "exec",
        "containerDefinitions": [{"image": "i"}]}"#
    DescribeDaemonTaskDefinition r#"{"daemonTaskDefinition": "logs:1"}"#
    DeleteDaemonTaskDefinition r#"{"daemonTaskDefinition": "logs:1"}"#
    ListDaemonTaskDefinitions "{}"

    CreateGateway r#"{"name": "g", "infrastructureRoleArn": "infra", "configuration": {},
        "tags": [{"key": "team", "value": "b"}]}"#
    UpdateGateway r#"{"gateway": "g"}"#
    AssociateGatewayWithCluster r#"{"gateway": "g", "cluster": "prod"}"#
    DisassociateGatewayFromCluster r#"{"gateway": "g", "cluster": "prod"}"#
    DeleteGateway r#"{"gateway": "g"}"#
    DescribeGateway r#"{"gateway": "g"}"#
    DescribeGatewayResources r#"{"gateway": "g"}"#
    DescribeGatewayRoute r#"{"gatewayRouteArn": "r"}"#
    ListGateways "{}"
    ListGatewayClusterAssociations "{}"
    ListGatewayRoutes "{}"
}

/// Action and resource, and below them the keys.
pub fn shown(asks: &[Ask]) -> String {
    let mut text = String::new();
    let short = |text: &str| {
        text.replace("arn:aws:ecs:eu-central-1:111122223333:", "~")
            .replace("arn:aws:iam::111122223333:", "iam~")
    };
    for Ask { action, resource, context } in asks {
        writeln!(text, "  {action} on {}", short(resource)).expect("a string takes all");
        for (key, values) in context.iter() {
            writeln!(text, "      {key} = {}", short(&values.join(", ")))
                .expect("a string takes all");
        }
    }
    text
}

#[test]
fn what_each_call_asks() {
    let calls = Operation::ALL
        .iter()
        .map(|operation| format!("{}\n{}", operation.name(), shown(&example(*operation))));
    insta::assert_snapshot!(calls.collect::<Vec<_>>().join("\n"));
}
