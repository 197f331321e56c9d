//! UpdateClusterSettings.

use store::Tx;
use wire::{Error, ecs};

use super::{create_cluster, lookup, render};
use crate::Cx;

/// Changes the settings of a cluster.
pub fn update_cluster_settings(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::UpdateClusterSettingsRequest,
) -> Result<ecs::UpdateClusterSettingsResponse, Error> {
    let mut cluster = (*lookup::cluster(tx, cx, input.cluster.as_deref())?).clone();
    cluster.settings = create_cluster::settings(tx, cx, input.settings.as_deref())?;
    tx.put(cluster.clone());
    let cluster = render::cluster(tx, cx, &cluster, &[ecs::ClusterField::Settings]);
    Ok(ecs::UpdateClusterSettingsResponse { cluster: Some(cluster) })
}
