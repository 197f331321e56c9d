//! Task definitions. Registering and deleting have the task definition as their resource; the other
//! actions have none in the reference.

use crate::{guarded, keys, roles::Taker, subject::Subject};

guarded! {
    /// The number of the new revision is not known yet: the resource is `FAMILY:*`.
    RegisterTaskDefinition(input, call) {
        let family = input.family.as_deref().unwrap_or_default().parse::<arn::Family>().ok();
        let arn = family.map(|family| call.arn("task-definition", &format!("{family}:*")));
        let new = Subject::arn_or_any(arn);
        let tags = input.tags.as_deref();
        let compatibilities = input.requires_compatibilities.iter().flatten();
        let containers = input.container_definitions.as_deref().unwrap_or_default();
        let is_privileged = containers.iter().any(|it| it.privileged == Some(true));
        call.on(new
            .clone()
            .with_request_tags(tags)
            .with_all(keys::COMPUTE_COMPATIBILITY, compatibilities.map(|it| it.as_str()))
            .with_flag(keys::PRIVILEGED, Some(is_privileged))
            .with_written_size(input.cpu.as_deref(), input.memory.as_deref()));
        call.tags_on_creation(new, tags);
        call.pass(input.task_role_arn.as_deref(), Taker::Tasks);
        call.pass(input.execution_role_arn.as_deref(), Taker::Tasks);
    }

    DeleteTaskDefinitions(input, call) {
        for text in call.named(input.task_definitions.as_deref()) {
            call.on(call.task_definition(Some(text)).subject());
        }
    }

    DeregisterTaskDefinition(_input, _call) {}

    DescribeTaskDefinition(_input, _call) {}

    ListTaskDefinitions(_input, _call) {}

    ListTaskDefinitionFamilies(_input, _call) {}
}
