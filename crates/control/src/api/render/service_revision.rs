//! A service revision as DescribeServiceRevisions shows it.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html>

use model::ServiceRevision;
use wire::ecs;

use super::{timestamp, word};
use crate::Cx;

/// A service revision. What this control plane does not have, such as load balancers, is shown empty.
pub fn service_revision(cx: &Cx, revision: &ServiceRevision) -> ecs::ServiceRevision {
    let (home, cluster, name) = (cx.home(), &revision.cluster, &revision.service);
    let images = revision.images.iter().map(|image| ecs::ContainerImage {
        container_name: Some(image.container.to_string()),
        image: Some(image.image.clone()),
        image_digest: None,
    });
    ecs::ServiceRevision {
        service_revision_arn: Some(home.service_revision_arn(cluster, name, &revision.id)),
        service_arn: Some(home.service_arn(cluster, name)),
        cluster_arn: Some(home.cluster_arn(cluster)),
        task_definition: Some(home.task_definition_arn(&revision.task_definition)),
        launch_type: word(revision.launch_type.as_str()),
        container_images: Some(images.collect()),
        guard_duty_enabled: Some(false),
        load_balancers: Some(Vec::new()),
        service_registries: Some(Vec::new()),
        volume_configurations: Some(Vec::new()),
        vpc_lattice_configurations: Some(Vec::new()),
        resolved_configuration: Some(ecs::ResolvedConfiguration {
            load_balancers: Some(Vec::new()),
            vpc_lattice_configurations: None,
        }),
        created_at: Some(timestamp(revision.created_at)),
        ..ecs::ServiceRevision::default()
    }
}
