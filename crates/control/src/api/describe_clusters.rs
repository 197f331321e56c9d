//! DescribeClusters.

use arn::DEFAULT_CLUSTER;
use model::Cluster;
use store::State;
use wire::{Error, ecs};

use super::{check_count, failure, lookup, render};
use crate::{Cx, limits};

/// Describes clusters, also deleted ones; the default one when none is named.
pub fn describe_clusters(
    state: &State,
    cx: &mut Cx,
    input: ecs::DescribeClustersRequest,
) -> Result<ecs::DescribeClustersResponse, Error> {
    let named = input.clusters.filter(|c| !c.is_empty());
    let named = named.unwrap_or_else(|| vec![DEFAULT_CLUSTER.into()]);
    check_count("clusters", named.len(), limits::DESCRIBE_COUNT_MAX)?;
    let include = input.include.unwrap_or_default();
    let (mut clusters, mut failures) = (Vec::new(), Vec::new());
    for text in &named {
        let name = lookup::cluster_name(cx, Some(text))?;
        match state.clusters().get(&name) {
            Some(cluster) => {
                let cluster: &Cluster = cluster;
                clusters.push(render::cluster(state, cx, cluster, &include));
            }
            None => failures.push(failure::missing(&cx.home().cluster_arn(&name))),
        }
    }
    Ok(ecs::DescribeClustersResponse { clusters: Some(clusters), failures: Some(failures) })
}
