//! The end of a deleted revision: it stays DELETE_IN_PROGRESS while a task or service uses it.
//! <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteTaskDefinitions.html>

use arn::TaskDefinitionId;
use model::{Service, ServiceStatus, TaskDefinitionStatus};
use store::{State, TaskDefinitionRow, Tx};

/// Forgets a revision that is DELETE_IN_PROGRESS and that nothing uses any more.
pub fn forget_unused(tx: &mut Tx, id: &TaskDefinitionId) {
    let key = (id.family.clone(), id.revision);
    let is_deleted = tx
        .task_definitions()
        .get(&key)
        .is_some_and(|row| row.facts.status == TaskDefinitionStatus::DeleteInProgress);
    if is_deleted && !is_used(tx, id) {
        tx.delete::<TaskDefinitionRow>(&key);
    }
}

/// Whether a task, also one that can only still be described, or a service names the revision: for a
/// deployment, or to roll back to.
fn is_used(state: &State, id: &TaskDefinitionId) -> bool {
    let goes_back = |service: &Service| {
        let last = service.rollout.last_completed.as_ref();
        service.status != ServiceStatus::Inactive && last.is_some_and(|d| d.task_definition == *id)
    };
    state.services_with(id).next().is_some()
        || state.services().iter().any(|service| goes_back(service))
        || state.clusters().iter().any(|cluster| {
            state.tasks_of_family(&cluster.name, &id.family).any(|t| t.task_definition == *id)
        })
}
