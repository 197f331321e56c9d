//! Express Mode services, which this control plane does not serve. Creating one comes to creating what
//! it lacks: a cluster when none is named, a task definition when none is named.

use wire::ecs;

use crate::{Call, guarded, keys, roles::Taker, subject::Subject};

guarded! {
    CreateExpressGatewayService(input, call) {
        let tags = input.tags.as_deref();
        let (cluster, name) = (input.cluster.as_deref(), input.service_name.as_deref());
        let definition = input.task_definition_arn.as_deref();
        call.on(subnets(call.service(cluster, name), input.network_configuration.as_ref())
            .with_request_tags(tags)
            .with_some(keys::TASK_DEFINITION, named(call, definition))
            .with_written_size(input.cpu.as_deref(), input.memory.as_deref()));
        call.tags_on_creation(call.service_alone(cluster, name), tags);
        if cluster.is_none() {
            call.also("ecs:CreateCluster", call.cluster(None));
        }
        registers(call, definition);
        call.pass(input.task_role_arn.as_deref(), Taker::Tasks);
        call.pass(input.execution_role_arn.as_deref(), Taker::Tasks);
        call.pass(input.infrastructure_role_arn.as_deref(), Taker::Ecs);
    }

    UpdateExpressGatewayService(input, call) {
        let service = by_arn(call, input.service_arn.as_deref());
        let definition = input.task_definition_arn.as_deref();
        call.on(subnets(service, input.network_configuration.as_ref())
            .with_some(keys::TASK_DEFINITION, named(call, definition))
            .with_written_size(input.cpu.as_deref(), input.memory.as_deref()));
        registers(call, definition);
        call.pass(input.task_role_arn.as_deref(), Taker::Tasks);
        call.pass(input.execution_role_arn.as_deref(), Taker::Tasks);
    }

    DescribeExpressGatewayService(input, call) {
        call.on(by_arn(call, input.service_arn.as_deref()));
    }

    DeleteExpressGatewayService(input, call) {
        call.on(by_arn(call, input.service_arn.as_deref()));
    }
}

/// A service by its ARN, which names the cluster.
fn by_arn(call: &Call<'_>, arn: Option<&str>) -> Subject {
    match call.home.parse(arn.unwrap_or_default()) {
        Ok(arn::Resource::Service(Some(cluster), _)) => call.service(Some(cluster.as_str()), arn),
        _ => Subject::any(),
    }
}

fn named(call: &Call<'_>, definition: Option<&str>) -> Option<String> {
    definition.and_then(|text| call.task_definition(Some(text)).arn)
}

/// Its family is not known before it is registered.
fn registers(call: &mut Call<'_>, definition: Option<&str>) {
    if definition.is_none() {
        call.also("ecs:RegisterTaskDefinition", Subject::any());
    }
}

fn subnets(
    subject: Subject,
    network: Option<&ecs::ExpressGatewayServiceNetworkConfiguration>,
) -> Subject {
    let subnets = network.and_then(|it| it.subnets.as_deref()).unwrap_or_default();
    subject.with_all(keys::SUBNET, subnets)
}
