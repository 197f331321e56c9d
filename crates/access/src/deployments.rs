//! Service deployments and service revisions: asked on the service and on the deployment or revision.
//!
//! They have no tags of their own. The reference gives them `aws:ResourceTag` all the same; here it
//! has the tags of the service.

use arn::Resource;

use crate::{Call, guarded, keys, subject::Subject};

guarded! {
    DescribeServiceDeployments(input, call) {
        for arn in call.named(input.service_deployment_arns.as_deref()) {
            on_deployment(call, Some(arn));
        }
    }

    DescribeServiceRevisions(input, call) {
        for arn in call.named(input.service_revision_arns.as_deref()) {
            on_part(call, arn, |resource| matches!(resource, Resource::ServiceRevision(..)));
        }
    }

    StopServiceDeployment(input, call) {
        on_deployment(call, input.service_deployment_arn.as_deref());
    }

    ContinueServiceDeployment(input, call) {
        on_deployment(call, input.service_deployment_arn.as_deref());
    }

    ListServiceDeployments(input, call) {
        call.on(call.service(input.cluster.as_deref(), input.service.as_deref()));
    }
}

fn on_deployment(call: &mut Call<'_>, arn: Option<&str>) {
    let is_deployment = |resource: &Resource| matches!(resource, Resource::ServiceDeployment(..));
    on_part(call, arn.unwrap_or_default(), is_deployment);
}

/// The service and its part that an ARN names.
fn on_part(call: &mut Call<'_>, arn: &str, is_wanted: impl Fn(&Resource) -> bool) {
    let part = call.home.parse(arn).ok().filter(is_wanted);
    let (
        Some(
            Resource::ServiceDeployment(cluster, service, _)
            | Resource::ServiceRevision(cluster, service, _),
        ),
        Some(part),
    ) = (part.clone(), part)
    else {
        return call.on(Subject::any());
    };
    let cluster_arn = call.home.cluster_arn(&cluster);
    let service = Resource::Service(Some(cluster), service);
    let (service_arn, tags) = (call.arn_of(&service), call.tags(&service));
    call.on(call.thing(Some(service)).with(keys::CLUSTER, &cluster_arn));
    call.on(Subject::arn(call.arn_of(&part))
        .with_aws_tags(tags)
        .with(keys::CLUSTER, cluster_arn)
        .with(keys::SERVICE, service_arn));
}
