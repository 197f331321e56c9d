//! UpdateTaskProtection.

use model::Task;
use store::Tx;
use wire::{Error, ecs};

use super::{
    check_count,
    get_task_protection::{find, shown},
    lookup,
};
use crate::{Cx, limits};

/// How long a protection holds when no time is given, in minutes.
const DEFAULT_MINUTES: i32 = 120;
/// The longest protection, in minutes.
const MINUTES_MAX: i32 = 2_880;

/// Protects tasks of services from scale-in and deployments, or ends their protection.
pub fn update_task_protection(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::UpdateTaskProtectionRequest,
) -> Result<ecs::UpdateTaskProtectionResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    let named = input.tasks.unwrap_or_default();
    if named.is_empty() {
        return Err(Error::invalid_parameter("Tasks cannot be empty."));
    }
    check_count("tasks", named.len(), limits::PROTECT_COUNT_MAX)?;
    let minutes = input.expires_in_minutes.unwrap_or(DEFAULT_MINUTES);
    if !(1..=MINUTES_MAX).contains(&minutes) {
        return Err(Error::invalid_parameter(format!(
            "expiresInMinutes is {minutes}; it must be between 1 and {MINUTES_MAX}."
        )));
    }
    let is_enabled = input.protection_enabled.unwrap_or_default();
    let until = is_enabled.then(|| cx.now.plus_minutes(minutes as u32));
    let (mut protected, mut failures) = (Vec::new(), Vec::new());
    for text in &named {
        match find(tx, cx, &cluster, text)? {
            Err(failure) => failures.push(failure),
            Ok(task) => {
                let mut task = Task::clone(&task);
                task.protected_until = until;
                protected.push(shown(cx, &task));
                tx.put(task);
            }
        }
    }
    Ok(ecs::UpdateTaskProtectionResponse {
        protected_tasks: Some(protected),
        failures: Some(failures),
    })
}
