//! UpdateCluster.

use store::Tx;
use wire::{Error, ecs};

use super::{create_cluster, lookup, render};
use crate::Cx;

/// Changes the settings and the configuration of a cluster; what is absent stays.
pub fn update_cluster(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::UpdateClusterRequest,
) -> Result<ecs::UpdateClusterResponse, Error> {
    let mut cluster = (*lookup::cluster(tx, cx, input.cluster.as_deref())?).clone();
    create_cluster::check_service_connect(input.service_connect_defaults.is_some())?;
    if let Some(settings) = &input.settings {
        cluster.settings = create_cluster::settings(tx, cx, Some(settings))?;
    }
    if input.configuration.is_some() {
        cluster.configuration = create_cluster::configuration(input.configuration.as_ref())?;
    }
    tx.put(cluster.clone());
    let all = [ecs::ClusterField::Settings, ecs::ClusterField::Configurations];
    Ok(ecs::UpdateClusterResponse { cluster: Some(render::cluster(tx, cx, &cluster, &all)) })
}
