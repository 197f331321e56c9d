//! CreateCluster. Creating a cluster that is there answers with it as it is.

use arn::{ClusterName, DEFAULT_CLUSTER};
use model::{Cluster, ClusterSetting, ClusterStatus};
use store::{State, Tx};
use wire::{Error, ecs};

use super::{account_settings, lookup, render, tags};
use crate::Cx;

/// Creates a cluster, or brings a deleted one back empty.
pub fn create_cluster(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::CreateClusterRequest,
) -> Result<ecs::CreateClusterResponse, Error> {
    let name = input.cluster_name.as_deref().unwrap_or(DEFAULT_CLUSTER);
    let name: ClusterName = name.parse().map_err(lookup::invalid)?;
    check_capacity_providers(&input)?;
    check_service_connect(input.service_connect_defaults.is_some())?;
    let new = Cluster {
        name: name.clone(),
        status: ClusterStatus::Active,
        created_at: cx.now,
        settings: settings(tx, cx, input.settings.as_deref())?,
        configuration: configuration(input.configuration.as_ref())?,
        tags: tags::parse(input.tags.as_deref())?,
    };
    let exists = tx.clusters().get(&name).is_some_and(|c| c.status == ClusterStatus::Active);
    if !exists {
        tx.put(new);
    }
    let cluster = lookup::cluster(tx, cx, Some(name.as_str()))?;
    let all =
        [ecs::ClusterField::Settings, ecs::ClusterField::Tags, ecs::ClusterField::Configurations];
    Ok(ecs::CreateClusterResponse { cluster: Some(render::cluster(tx, cx, &cluster, &all)) })
}

/// The settings of a cluster: those given, over those of the caller's account.
pub fn settings(
    state: &State,
    cx: &Cx,
    given: Option<&[ecs::ClusterSetting]>,
) -> Result<Vec<ClusterSetting>, Error> {
    let of_account = ecs::SettingName::ContainerInsights;
    let mut value = account_settings::effective(state, &cx.principal.arn, of_account);
    for setting in given.unwrap_or_default() {
        let given = setting.value.as_deref().unwrap_or_default();
        if !["enabled", "disabled", "enhanced"].contains(&given) {
            return Err(Error::invalid_parameter(format!(
                "The setting containerInsights is '{given}'; it must be one of enabled, enhanced, disabled."
            )));
        }
        value = given.into();
    }
    Ok(vec![ClusterSetting { name: "containerInsights".into(), value }])
}

/// The configuration of a cluster as text.
pub fn configuration(given: Option<&ecs::ClusterConfiguration>) -> Result<Option<String>, Error> {
    let Some(given) = given else { return Ok(None) };
    if given.managed_storage_configuration.is_some() {
        return Err(Error::unsupported_feature(
            "configuration.managedStorageConfiguration is not supported by this control plane.",
        ));
    }
    serde_json::to_string(given)
        .map(Some)
        .map_err(|e| Error::invalid_parameter(format!("configuration: {e}")))
}

/// Refuses capacity providers.
fn check_capacity_providers(input: &ecs::CreateClusterRequest) -> Result<(), Error> {
    let providers = input.capacity_providers.as_ref().is_some_and(|p| !p.is_empty());
    let strategy = input.default_capacity_provider_strategy.as_ref().is_some_and(|s| !s.is_empty());
    let members = [(providers, "capacityProviders"), (strategy, "defaultCapacityProviderStrategy")];
    match members.iter().find(|(is_given, _)| *is_given) {
        Some((_, member)) => Err(Error::unsupported_feature(format!(
            "{member}: Capacity providers are not supported by this control plane; container instances join by their agent.",
        ))),
        None => Ok(()),
    }
}

/// Refuses Service Connect.
pub fn check_service_connect(is_given: bool) -> Result<(), Error> {
    if is_given {
        return Err(Error::unsupported_feature(
            "serviceConnectDefaults: Service Connect is not supported by this control plane.",
        ));
    }
    Ok(())
}
