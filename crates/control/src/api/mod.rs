//! The operations of the ECS API, one file each.
//!
//! A handler is a function: of the state for a reading operation, of a transaction for a writing one,
//! and of a [`Cx`] and the typed input. Its steps are always parse, commit, render; who may
//! call is decided before, in `server.rs`. It calls no reconciler: what it commits wakes them.

pub(crate) mod account_settings;
mod attributes;
mod deployment_configuration;
pub mod dispatch;
mod external;
pub mod failure;
mod idempotency;
mod lifecycle_hooks;
pub mod lookup;
mod overrides;
pub(crate) mod page;
pub mod render;
mod service_settings;
mod tagged;
pub mod tags;
mod task_sets;
#[cfg(test)]
mod tests;

mod continue_service_deployment;
mod create_cluster;
mod create_service;
mod create_task_set;
mod delete_account_setting;
mod delete_attributes;
mod delete_cluster;
mod delete_service;
mod delete_task_definitions;
mod delete_task_set;
mod deregister_container_instance;
mod deregister_task_definition;
mod describe_clusters;
mod describe_container_instances;
mod describe_service_deployments;
mod describe_service_revisions;
mod describe_services;
mod describe_task_definition;
mod describe_task_sets;
mod describe_tasks;
mod discover_poll_endpoint;
mod get_task_protection;
mod list_account_settings;
mod list_attributes;
mod list_clusters;
mod list_container_instances;
mod list_service_deployments;
mod list_services;
mod list_tags_for_resource;
mod list_task_definition_families;
mod list_task_definitions;
mod list_tasks;
mod put_account_setting;
mod put_account_setting_default;
mod put_attributes;
mod register_container_instance;
mod register_task_definition;
mod run_task;
mod start_task;
mod stop_service_deployment;
mod stop_task;
mod submit_attachment_state_changes;
mod submit_container_state_change;
mod submit_task_state_change;
mod tag_resource;
mod untag_resource;
mod update_cluster;
mod update_cluster_settings;
mod update_container_agent;
mod update_container_instances_state;
mod update_service;
mod update_service_primary_task_set;
mod update_task_protection;
mod update_task_set;

pub use create_cluster::create_cluster;
pub use create_service::create_service;
pub use create_task_set::create_task_set;
pub use delete_service::delete_service;
pub use delete_task_set::delete_task_set;
pub use deregister_container_instance::deregister_container_instance;
pub use describe_services::describe_services;
pub use register_container_instance::register_container_instance;
pub use register_task_definition::register_task_definition;
pub use run_task::run_task;
pub use stop_service_deployment::stop_service_deployment;
pub use stop_task::stop_task;
pub use submit_task_state_change::submit_task_state_change;
pub use update_container_instances_state::update_container_instances_state;
pub use update_service::update_service;
pub use update_service_primary_task_set::update_service_primary_task_set;
pub use update_task_protection::update_task_protection;
pub use update_task_set::update_task_set;

use wire::Error;

/// Refuses more entries than a call takes.
fn check_count(field: &str, count: usize, count_max: usize) -> Result<(), Error> {
    if count > count_max {
        return Err(Error::invalid_parameter(format!(
            "{field} has {count} entries; at most {count_max} are allowed."
        )));
    }
    Ok(())
}
