//! ListClusters.

use std::sync::Arc;

use arn::ClusterName;
use model::{Cluster, ClusterStatus};
use store::State;
use wire::{Error, ecs};

use super::page::Page;
use crate::Cx;

/// Lists the ARNs of the ACTIVE clusters, by name.
pub fn list_clusters(
    state: &State,
    cx: &mut Cx,
    input: ecs::ListClustersRequest,
) -> Result<ecs::ListClustersResponse, Error> {
    let page = Page::of("ListClusters", input.max_results, input.next_token.as_deref())?;
    let after: Option<ClusterName> = page.after()?;
    let rows: Box<dyn Iterator<Item = &Arc<Cluster>>> = match &after {
        Some(name) => Box::new(state.clusters().after(name)),
        None => Box::new(state.clusters().iter()),
    };
    let active = rows.filter(|c| c.status == ClusterStatus::Active);
    let (clusters, next_token) = page.take(active, |c| c.name.to_string());
    let arns = clusters.into_iter().map(|c| cx.home().cluster_arn(&c.name)).collect();
    Ok(ecs::ListClustersResponse { cluster_arns: Some(arns), next_token })
}
