//! Container instances: registering and listing them is asked on the cluster, the rest on each
//! container instance with `ecs:cluster`.

use crate::guarded;

guarded! {
    RegisterContainerInstance(input, call) {
        let (cluster, tags) = (input.cluster.as_deref(), input.tags.as_deref());
        call.on(call.cluster(cluster).with_request_tags(tags));
        call.tags_on_creation(call.all_in(cluster, "container-instance"), tags);
    }

    DeregisterContainerInstance(input, call) {
        call.on(call.cluster(input.cluster.as_deref()));
    }

    DescribeContainerInstances(input, call) {
        for instance in call.named(input.container_instances.as_deref()) {
            call.on(call.container_instance(input.cluster.as_deref(), Some(instance)));
        }
    }

    ListContainerInstances(input, call) {
        call.on(call.cluster(input.cluster.as_deref()));
    }

    UpdateContainerInstancesState(input, call) {
        for instance in call.named(input.container_instances.as_deref()) {
            call.on(call.container_instance(input.cluster.as_deref(), Some(instance)));
        }
    }

    UpdateContainerAgent(input, call) {
        let instance = input.container_instance.as_deref();
        call.on(call.container_instance(input.cluster.as_deref(), instance));
    }
}
