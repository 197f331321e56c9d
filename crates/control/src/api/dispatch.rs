//! From an operation to its handler: the one table of what is served.

use std::sync::Arc;

use access::Guarded;
use store::{Snapshot, Store, Tx, UpdateError};
use wire::{Error, ErrorCode, Op, Operation, awsjson, op};

use super::{
    continue_service_deployment, create_cluster, create_service, create_task_set,
    delete_account_setting, delete_attributes, delete_cluster, delete_service,
    delete_task_definitions, delete_task_set, deregister_container_instance,
    deregister_task_definition, describe_clusters, describe_container_instances,
    describe_service_deployments, describe_service_revisions, describe_services,
    describe_task_definition, describe_task_sets, describe_tasks, discover_poll_endpoint,
    get_task_protection, list_account_settings, list_attributes, list_clusters,
    list_container_instances, list_service_deployments, list_services, list_tags_for_resource,
    list_task_definition_families, list_task_definitions, list_tasks, put_account_setting,
    put_account_setting_default, put_attributes, register_container_instance,
    register_task_definition, run_task, start_task, stop_service_deployment, stop_task,
    submit_attachment_state_changes, submit_container_state_change, submit_task_state_change,
    tag_resource, untag_resource, update_cluster, update_cluster_settings, update_container_agent,
    update_container_instances_state, update_service, update_service_primary_task_set,
    update_task_protection, update_task_set,
};
use crate::{Cx, authority::Asker};

/// A call that was authenticated.
pub struct Call<'a> {
    /// Where it is carried out.
    pub store: &'a Store,
    /// Its context.
    pub cx: Cx,
    /// Its body.
    pub body: &'a [u8],
    /// Who makes it.
    pub asker: Arc<Asker>,
}

/// What answers a reading operation.
pub(crate) type Read<O> =
    fn(&store::State, &mut Cx, <O as Op>::Input) -> Result<<O as Op>::Output, Error>;
/// What answers a writing one.
pub(crate) type Write<O> =
    fn(&mut Tx, &mut Cx, <O as Op>::Input) -> Result<<O as Op>::Output, Error>;

#[expect(clippy::unused_async, reason = "the table awaits readers and writers alike")]
async fn read<O: Guarded>(mut call: Call<'_>, handler: Read<O>) -> Result<Vec<u8>, Error> {
    let input = awsjson::decode_input::<O>(call.body)?;
    let snapshot: Snapshot = call.store.snapshot();
    call.asker.admit(&snapshot, |facts, home| access::asks::<O>(&input, facts, home))?;
    handler(&snapshot, &mut call.cx, input).map(|output| awsjson::encode(&output))
}

async fn write<O: Guarded>(call: Call<'_>, handler: Write<O>) -> Result<Vec<u8>, Error>
where
    O::Input: Send + 'static,
    O::Output: Send + 'static,
{
    let input = awsjson::decode_input::<O>(call.body)?;
    let (mut cx, asker) = (call.cx, call.asker);
    let carried_out = move |tx: &mut Tx| {
        asker.admit(tx, |facts, home| access::asks::<O>(&input, facts, home))?;
        handler(tx, &mut cx, input)
    };
    let output = call.store.update(carried_out).await;
    output.map(|output| awsjson::encode(&output)).map_err(refusal)
}

/// What a caller sees of a transaction that came to nothing.
pub fn refusal(error: UpdateError<Error>) -> Error {
    match error {
        UpdateError::Refused(error) => error,
        UpdateError::Store(error) => unavailable(&error),
    }
}

fn unavailable(error: &store::Error) -> Error {
    tracing::error!(%error, "a transaction was not taken");
    match error {
        store::Error::Busy => Error::new(ErrorCode::Throttling, "Rate exceeded"),
        _ => Error::new(
            ErrorCode::Server,
            "The request could not be carried out; nothing was changed.",
        ),
    }
}

macro_rules! operations {
    ($($kind:ident $operation:ident => $handler:path;)+) => {
        /// Whether an operation has a handler.
        pub fn is_served(operation: Operation) -> bool {
            matches!(operation, $(Operation::$operation)|+)
        }

        /// Carries a call out, and answers with the body of its output.
        pub async fn dispatch(operation: Operation, call: Call<'_>) -> Result<Vec<u8>, Error> {
            match operation {
                $(Operation::$operation => $kind::<op::$operation>(call, $handler).await,)+
                other => Err(not_served(other)),
            }
        }

        /// Every operation that is served.
        #[cfg(test)]
        pub(super) const SERVED: &[Operation] = &[$(Operation::$operation),+];

        /// Gives `caller` the handler of an operation that is served.
        #[cfg(test)]
        pub(super) fn handler<C: Caller>(operation: Operation, caller: C) -> C::Answer {
            match operation {
                $(Operation::$operation => caller.$kind::<op::$operation>($handler),)+
                other => panic!("{} is not served", other.name()),
            }
        }
    };
}

/// Calls a handler of either kind where there is no [`Store`] with its thread.
#[cfg(test)]
pub(crate) trait Caller {
    /// What comes of it.
    type Answer;
    /// Calls a reading handler.
    fn read<O: Op>(self, handler: Read<O>) -> Self::Answer;
    /// Calls a writing handler.
    fn write<O: Op>(self, handler: Write<O>) -> Self::Answer;
}

operations! {
    write CreateCluster => create_cluster::create_cluster;
    read DescribeClusters => describe_clusters::describe_clusters;
    read ListClusters => list_clusters::list_clusters;
    write UpdateCluster => update_cluster::update_cluster;
    write UpdateClusterSettings => update_cluster_settings::update_cluster_settings;
    write DeleteCluster => delete_cluster::delete_cluster;

    write RegisterTaskDefinition => register_task_definition::register_task_definition;
    read DescribeTaskDefinition => describe_task_definition::describe_task_definition;
    read ListTaskDefinitions => list_task_definitions::list_task_definitions;
    read ListTaskDefinitionFamilies => list_task_definition_families::list_task_definition_families;
    write DeregisterTaskDefinition => deregister_task_definition::deregister_task_definition;
    write DeleteTaskDefinitions => delete_task_definitions::delete_task_definitions;

    write RunTask => run_task::run_task;
    write StartTask => start_task::start_task;
    write StopTask => stop_task::stop_task;
    read DescribeTasks => describe_tasks::describe_tasks;
    read ListTasks => list_tasks::list_tasks;

    read GetTaskProtection => get_task_protection::get_task_protection;
    write UpdateTaskProtection => update_task_protection::update_task_protection;

    write CreateService => create_service::create_service;
    read DescribeServices => describe_services::describe_services;
    read ListServices => list_services::list_services;
    write UpdateService => update_service::update_service;
    write ContinueServiceDeployment => continue_service_deployment::continue_service_deployment;
    write DeleteService => delete_service::delete_service;

    write StopServiceDeployment => stop_service_deployment::stop_service_deployment;
    read ListServiceDeployments => list_service_deployments::list_service_deployments;
    read DescribeServiceDeployments => describe_service_deployments::describe_service_deployments;
    read DescribeServiceRevisions => describe_service_revisions::describe_service_revisions;

    write CreateTaskSet => create_task_set::create_task_set;
    read DescribeTaskSets => describe_task_sets::describe_task_sets;
    write UpdateTaskSet => update_task_set::update_task_set;
    write UpdateServicePrimaryTaskSet =>
        update_service_primary_task_set::update_service_primary_task_set;
    write DeleteTaskSet => delete_task_set::delete_task_set;

    write RegisterContainerInstance => register_container_instance::register_container_instance;
    write DeregisterContainerInstance =>
        deregister_container_instance::deregister_container_instance;
    read DescribeContainerInstances => describe_container_instances::describe_container_instances;
    read ListContainerInstances => list_container_instances::list_container_instances;
    write UpdateContainerInstancesState =>
        update_container_instances_state::update_container_instances_state;
    read UpdateContainerAgent => update_container_agent::update_container_agent;

    write PutAttributes => put_attributes::put_attributes;
    write DeleteAttributes => delete_attributes::delete_attributes;
    read ListAttributes => list_attributes::list_attributes;

    write TagResource => tag_resource::tag_resource;
    write UntagResource => untag_resource::untag_resource;
    read ListTagsForResource => list_tags_for_resource::list_tags_for_resource;

    write PutAccountSetting => put_account_setting::put_account_setting;
    write PutAccountSettingDefault => put_account_setting_default::put_account_setting_default;
    write DeleteAccountSetting => delete_account_setting::delete_account_setting;
    read ListAccountSettings => list_account_settings::list_account_settings;

    read DiscoverPollEndpoint => discover_poll_endpoint::discover_poll_endpoint;
    write SubmitTaskStateChange => submit_task_state_change::submit_task_state_change;
    write SubmitContainerStateChange => submit_container_state_change::submit_container_state_change;
    read SubmitAttachmentStateChanges =>
        submit_attachment_state_changes::submit_attachment_state_changes;
}

/// A modelled refusal of an operation that the API has and this control plane has not.
fn not_served(operation: Operation) -> Error {
    let code = if operation.errors().contains(&ErrorCode::UnsupportedFeature) {
        ErrorCode::UnsupportedFeature
    } else {
        ErrorCode::Client
    };
    Error::new(code, format!("{} is not supported by this control plane.", operation.name()))
}
