//! Attributes: setting and deleting is asked on the container instance of each, listing on the
//! cluster.

use std::collections::BTreeSet;

use wire::ecs;

use crate::{Call, guarded};

guarded! {
    PutAttributes(input, call) {
        on_targets(call, input.cluster.as_deref(), input.attributes.as_deref());
    }

    DeleteAttributes(input, call) {
        on_targets(call, input.cluster.as_deref(), input.attributes.as_deref());
    }

    ListAttributes(input, call) {
        call.on(call.cluster(input.cluster.as_deref()));
    }
}

/// Several attributes of one container instance are one ask.
fn on_targets(call: &mut Call<'_>, cluster: Option<&str>, attributes: Option<&[ecs::Attribute]>) {
    let targets: BTreeSet<_> =
        call.named(attributes).iter().map(|it| it.target_id.as_deref()).collect();
    for target in targets {
        call.on(call.container_instance(cluster, target));
    }
}
