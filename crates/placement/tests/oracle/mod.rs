//! ECS's documented process, written as naively as it reads, from the list of tasks alone.
#![allow(dead_code, reason = "each test file uses its part")]

use std::collections::BTreeSet;

use arn::{InstanceId, TaskId};
use model::{ContainerInstance, ContainerInstanceStatus, Task};
use placement::{BinpackField, Constraint, Request, SpreadField, Stopping, Strategy};
use query::InstanceView;

use crate::cluster::{Cluster, is_peer};

/// The instances that are equally good for the task; empty when none fits.
pub fn best(cluster: &Cluster, request: &Request) -> BTreeSet<InstanceId> {
    let mut left: Vec<&ContainerInstance> =
        cluster.instances.iter().map(|(instance, _)| instance).collect();
    left.retain(|instance| fits(cluster, request, instance));
    for strategy in &request.strategies {
        let worth = |instance: &ContainerInstance| match strategy {
            Strategy::Random => 0,
            Strategy::Spread(field) => {
                let value = value(field, instance);
                let here = |task: &&Task| {
                    let home = cluster
                        .instances
                        .iter()
                        .find(|(i, _)| Some(i.id) == task.container_instance);
                    home.is_some_and(|(home, _)| self::value(field, home) == value)
                };
                let peers = cluster.tasks.iter().filter(|task| is_peer(task, &request.peers));
                peers.filter(|task| task.is_wanted()).filter(here).count() as i64
            }
            Strategy::Binpack(field) => free(cluster, *field, instance),
        };
        let least = left.iter().map(|instance| worth(instance)).min();
        left.retain(|instance| Some(worth(instance)) == least);
        if *strategy == Strategy::Random {
            break;
        }
    }
    left.iter().map(|instance| instance.id).collect()
}

/// Whether every binding step lets the instance pass.
pub fn fits(cluster: &Cluster, request: &Request, instance: &ContainerInstance) -> bool {
    let needs = &request.needs;
    let live: Vec<&Task> = live_on(cluster, instance.id).collect();
    let taken_tcp = live.iter().flat_map(|task| &task.reserved.tcp_ports);
    let taken_udp = live.iter().flat_map(|task| &task.reserved.udp_ports);
    let gpus_used: usize = live.iter().map(|task| task.reserved.gpus.len()).sum();
    let is_distinct = !request.constraints.contains(&Constraint::DistinctInstance)
        || !live.iter().any(|task| is_peer(task, &request.peers) && task.is_wanted());
    is_right(cluster, request, instance)
        && instance.agent_connected
        && is_distinct
        && (needs.cpu_units == 0 || needs.cpu_units <= free(cluster, BinpackField::Cpu, instance))
        && (needs.memory_mib == 0
            || needs.memory_mib <= free(cluster, BinpackField::Memory, instance))
        && needs.gpus.len() + gpus_used <= instance.registered.gpus.len()
        && !taken_tcp.chain(&instance.registered.tcp_ports).any(|p| needs.tcp_ports.contains(p))
        && !taken_udp.chain(&instance.registered.udp_ports).any(|p| needs.udp_ports.contains(p))
}

/// Whether the instance passes the steps that ask neither about its agent nor about what other tasks
/// leave.
pub fn is_right(cluster: &Cluster, request: &Request, instance: &ContainerInstance) -> bool {
    let has = |asked: &model::Attribute| {
        instance.attributes.iter().any(|a| {
            a.name == asked.name && asked.value.as_ref().is_none_or(|v| a.value.as_ref() == Some(v))
        })
    };
    let constraint_holds = |constraint: &Constraint| match constraint {
        Constraint::DistinctInstance => true,
        Constraint::MemberOf(expression) => expression.matches(&View { cluster, instance }),
    };
    instance.status == ContainerInstanceStatus::Active
        && request.requires_attributes.iter().all(has)
        && request.constraints.iter().all(constraint_holds)
}

/// Whether `chosen` could be chosen, task by task: each time one of those that the rules put first.
pub fn may_stop(cluster: &Cluster, stopping: &Stopping<'_>, chosen: &[TaskId]) -> bool {
    let mut gone: Vec<TaskId> = Vec::new();
    let may_go = stopping.tasks.iter().filter(|task| !task.is_protected(stopping.now)).count();
    chosen.len() == stopping.count.min(may_go)
        && chosen.iter().all(|id| {
            let allowed = first_to_go(cluster, stopping, &gone).contains(id);
            gone.push(*id);
            allowed
        })
}

fn first_to_go(cluster: &Cluster, stopping: &Stopping<'_>, gone: &[TaskId]) -> BTreeSet<TaskId> {
    let home = |task: &Task| {
        cluster.instances.iter().map(|(i, _)| i).find(|i| Some(i.id) == task.container_instance)
    };
    let mut left: Vec<&Task> = stopping.tasks.to_vec();
    left.retain(|task| !task.is_protected(stopping.now) && !gone.contains(&task.id));
    let tier = |task: &Task| match home(task) {
        None => 0,
        Some(instance) => 1 + i32::from(instance.accepts_tasks()),
    };
    let lowest = left.iter().map(|task| tier(task)).min();
    left.retain(|task| Some(tier(task)) == lowest);
    for strategy in stopping.strategies {
        let worth = |task: &Task| match strategy {
            Strategy::Random => 0,
            Strategy::Spread(field) => {
                let value = |task: &Task| match field {
                    SpreadField::InstanceId => task.container_instance.map(|id| id.to_string()),
                    SpreadField::Attribute(_) => home(task).and_then(|i| value(field, i)),
                };
                let all = stopping.tasks.iter().chain(stopping.staying);
                all.filter(|other| !gone.contains(&other.id) && value(other) == value(task)).count()
                    as i64
            }
            Strategy::Binpack(field) => {
                let amount = |task: &Task| match field {
                    BinpackField::Cpu => task.reserved.cpu_units,
                    BinpackField::Memory => task.reserved.memory_mib,
                };
                let freed: i64 = cluster
                    .tasks
                    .iter()
                    .filter(|other| {
                        gone.contains(&other.id)
                            && other.container_instance == task.container_instance
                    })
                    .map(amount)
                    .sum();
                home(task).map_or(0, |i| free(cluster, *field, i)) + freed + amount(task)
            }
        };
        let most = left.iter().map(|task| worth(task)).max();
        left.retain(|task| Some(worth(task)) == most);
        if *strategy == Strategy::Random {
            break;
        }
    }
    left.iter().map(|task| task.id).collect()
}

fn live_on(cluster: &Cluster, instance: InstanceId) -> impl Iterator<Item = &Task> {
    cluster.tasks.iter().filter(move |t| t.container_instance == Some(instance) && t.is_live())
}

fn free(cluster: &Cluster, field: BinpackField, instance: &ContainerInstance) -> i64 {
    let amount = |of: &model::Resources| match field {
        BinpackField::Cpu => of.cpu_units,
        BinpackField::Memory => of.memory_mib,
    };
    let held: i64 = live_on(cluster, instance.id).map(|task| amount(&task.reserved)).sum();
    amount(&instance.registered) - held
}

fn value(field: &SpreadField, instance: &ContainerInstance) -> Option<String> {
    match field {
        SpreadField::InstanceId => Some(instance.id.to_string()),
        SpreadField::Attribute(name) => {
            let found = instance.attributes.iter().find(|a| *a.name == **name)?;
            Some(found.value.clone().unwrap_or_default())
        }
    }
}

struct View<'a> {
    cluster: &'a Cluster,
    instance: &'a ContainerInstance,
}

impl InstanceView for View<'_> {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.instance.attribute(name)
    }

    fn agent_connected(&self) -> bool {
        self.instance.agent_connected
    }

    fn agent_version(&self) -> Option<&str> {
        self.instance.version_info.agent_version.as_deref()
    }

    fn ec2_instance_id(&self) -> Option<&str> {
        self.instance.ec2_instance_id.as_deref()
    }

    fn registered_at(&self) -> model::Timestamp {
        self.instance.registered_at
    }

    fn running_tasks_count(&self) -> u32 {
        let running = |task: &&Task| task.last_status >= model::TaskStatus::Running;
        live_on(self.cluster, self.instance.id).filter(running).count() as u32
    }

    fn hosts_group_where(&self, wanted: &mut dyn FnMut(&str) -> bool) -> bool {
        live_on(self.cluster, self.instance.id).any(|task| wanted(&task.group))
    }
}
