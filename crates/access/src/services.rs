//! Services: the resource is the service, with `ecs:cluster` and the settings of the request.

use crate::{guarded, keys, roles::Taker, service_settings::Settings, subject::Subject};

guarded! {
    CreateService(input, call) {
        let settings = Settings::of_create(input);
        let (cluster, name) = (input.cluster.as_deref(), input.service_name.as_deref());
        let tags = input.tags.as_deref();
        let definition = settings.definition(call);
        let service = call.service(cluster, name).with_request_tags(tags);
        call.on(settings.describe(call, definition.as_ref(), service));
        call.tags_on_creation(call.service_alone(cluster, name), tags);
        call.pass_task_roles(definition.and_then(|it| it.found), None);
        call.pass(input.role.as_deref(), Taker::Ecs);
        settings.pass_roles(call);
    }

    /// The roles of a task definition are handed over when the call names it.
    UpdateService(input, call) {
        let present = call.present_service(input.cluster.as_deref(), input.service.as_deref());
        let settings = Settings::of_update(input, present);
        let service = call.service(input.cluster.as_deref(), input.service.as_deref());
        let definition = settings.definition(call);
        call.on(settings.describe(call, definition.as_ref(), service));
        call.pass_task_roles(definition.and_then(|it| it.found), None);
        settings.pass_roles(call);
    }

    DescribeServices(input, call) {
        for service in call.named(input.services.as_deref()) {
            call.on(call.service(input.cluster.as_deref(), Some(service)));
        }
    }

    DeleteService(input, call) {
        call.on(call.service(input.cluster.as_deref(), input.service.as_deref()));
    }

    ListServices(input, call) {
        call.on(call.any_in(input.cluster.as_deref()));
    }

    ListServicesByNamespace(input, call) {
        call.on(Subject::any().with_some(keys::NAMESPACE, input.namespace.as_deref()));
    }

    UpdateServicePrimaryTaskSet(input, call) {
        call.on(call.service(input.cluster.as_deref(), input.service.as_deref()));
    }
}
