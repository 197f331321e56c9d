//! Capacity providers, which this control plane does not keep: their tags are not known.
//!
//! One that belongs to a cluster changes that cluster's capacity providers, and asks for that too.

use wire::ecs;

use crate::{Call, guarded, keys, roles::Taker, subject::Subject};

guarded! {
    CreateCapacityProvider(input, call) {
        let provider = provider(call, input.name.as_deref());
        let tags = input.tags.as_deref();
        let managed = input.managed_instances_provider.as_ref();
        let template = managed.and_then(|it| it.instance_launch_template.as_ref());
        call.on(provider
            .clone()
            .with_request_tags(tags)
            .with_some(keys::PROPAGATE_TAGS, managed.and_then(|it| propagation(it.propagate_tags)))
            .with_flag(
                keys::INSTANCE_METADATA_TAGS_PROPAGATION,
                template.and_then(|it| it.instance_metadata_tags_propagation),
            ));
        call.tags_on_creation(provider, tags);
        on_its_cluster(call, input.cluster.as_deref());
        call.pass(managed.and_then(|it| it.infrastructure_role_arn.as_deref()), Taker::Ecs);
    }

    UpdateCapacityProvider(input, call) {
        let managed = input.managed_instances_provider.as_ref();
        let template = managed.and_then(|it| it.instance_launch_template.as_ref());
        call.on(provider(call, input.name.as_deref())
            .with_some(keys::PROPAGATE_TAGS, managed.and_then(|it| propagation(it.propagate_tags)))
            .with_flag(
                keys::INSTANCE_METADATA_TAGS_PROPAGATION,
                template.and_then(|it| it.instance_metadata_tags_propagation),
            ));
        on_its_cluster(call, input.cluster.as_deref());
        call.pass(managed.and_then(|it| it.infrastructure_role_arn.as_deref()), Taker::Ecs);
    }

    DeleteCapacityProvider(input, call) {
        call.on(provider(call, input.capacity_provider.as_deref()));
        on_its_cluster(call, input.cluster.as_deref());
    }

    /// Each capacity provider that is named; all of them when none is.
    DescribeCapacityProviders(input, call) {
        if input.capacity_providers.as_ref().is_none_or(Vec::is_empty) {
            call.on(Subject::arn(call.arn("capacity-provider", "*")));
        }
        for name in call.named(input.capacity_providers.as_deref()) {
            call.on(provider(call, Some(name)));
        }
    }
}

fn provider(call: &Call<'_>, name: Option<&str>) -> Subject {
    Subject::arn_or_any(call.unkept("capacity-provider", name.unwrap_or_default()))
}

fn on_its_cluster(call: &mut Call<'_>, cluster: Option<&str>) {
    if cluster.is_some() {
        call.also("ecs:PutClusterCapacityProviders", call.cluster(cluster));
    }
}

fn propagation(tags: Option<ecs::PropagateMITags>) -> Option<&'static str> {
    tags.map(ecs::PropagateMITags::as_str)
}
