//! Attributes: setting and deleting is asked on the container instance of each, listing on the
//! cluster.

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
    let attributes = attributes.unwrap_or_default();
    for (at, attribute) in attributes.iter().enumerate() {
        let is_first = attributes[..at].iter().all(|it| it.target_id != attribute.target_id);
        if is_first {
            call.on(call.container_instance(cluster, attribute.target_id.as_deref()));
        }
    }
}
