//! Clusters: the resource is the cluster.

use wire::ecs;

use crate::{guarded, keys};

guarded! {
    /// The resource has the name that the cluster will have.
    CreateCluster(input, call) {
        let cluster = call.cluster(input.cluster_name.as_deref());
        let providers = input.capacity_providers.iter().flatten().map(String::as_str);
        let strategy = strategy(input.default_capacity_provider_strategy.as_deref());
        let providers = call.capacity_provider_arns(providers.chain(strategy));
        let tags = input.tags.as_deref();
        call.on(cluster
            .clone()
            .with_request_tags(tags)
            .with_all(keys::CAPACITY_PROVIDER, providers)
            .with_some(
                keys::FARGATE_EPHEMERAL_STORAGE_KMS_KEY,
                storage_key(input.configuration.as_ref()),
            ));
        call.tags_on_creation(cluster, tags);
    }

    UpdateCluster(input, call) {
        let key = storage_key(input.configuration.as_ref());
        let cluster = call.cluster(input.cluster.as_deref());
        call.on(cluster.with_some(keys::FARGATE_EPHEMERAL_STORAGE_KMS_KEY, key));
    }

    PutClusterCapacityProviders(input, call) {
        let providers = input.capacity_providers.iter().flatten().map(String::as_str);
        let strategy = strategy(input.default_capacity_provider_strategy.as_deref());
        let providers = call.capacity_provider_arns(providers.chain(strategy));
        let cluster = call.cluster(input.cluster.as_deref());
        call.on(cluster.with_all(keys::CAPACITY_PROVIDER, providers));
    }

    /// Each cluster that is named; the default one when none is.
    DescribeClusters(input, call) {
        if input.clusters.as_ref().is_none_or(Vec::is_empty) {
            call.on(call.cluster(None));
        }
        for cluster in call.named(input.clusters.as_deref()) {
            call.on(call.cluster(Some(cluster)));
        }
    }

    UpdateClusterSettings(input, call) {
        call.on(call.cluster(input.cluster.as_deref()));
    }

    DeleteCluster(input, call) {
        call.on(call.cluster(input.cluster.as_deref()));
    }

    ListClusters(_input, _call) {}
}

/// The capacity providers that a strategy names.
pub(crate) fn strategy(
    strategy: Option<&[ecs::CapacityProviderStrategyItem]>,
) -> impl Iterator<Item = &str> {
    strategy.unwrap_or_default().iter().filter_map(|item| item.capacity_provider.as_deref())
}

fn storage_key(configuration: Option<&ecs::ClusterConfiguration>) -> Option<&str> {
    let storage = configuration?.managed_storage_configuration.as_ref()?;
    storage.fargate_ephemeral_storage_kms_key_id.as_deref()
}
