//! The steps of a simulation, one task after the other, with the production's placement.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{self, Write},
};

use arn::{InstanceId, TaskDefinitionId};
use model::{
    LaunchType, PlacementConstraint, PlacementStrategy, Task, TaskDefinition, TaskOverride,
};
use placement::{
    ClusterView, Constraint, Explanation, Peers, Request, Stopping, Strategy, choose_to_stop, place,
};

use super::SimulateArgs;
use crate::{
    documents::{Cluster, Documents, Service},
    map,
};

/// What came of one `--place` or `--scale`.
pub(super) struct Outcome {
    what: String,
    asked: usize,
    /// How many tasks came to, or went from, each instance.
    moved: BTreeMap<InstanceId, usize>,
    is_down: bool,
    /// Why the next task found no place.
    refused: Option<Explanation>,
}

/// Does all steps in the order places, scales.
pub(super) fn all(args: &SimulateArgs, documents: &mut Documents) -> Result<Vec<Outcome>, String> {
    if args.places.is_empty() && args.scales.is_empty() {
        return Err("nothing to do: say --place or --scale".into());
    }
    let mut outcomes = Vec::new();
    for amount in &args.places {
        let id: TaskDefinitionId =
            amount.name.parse().map_err(|error| format!("--place: {error}"))?;
        let group = args.group.clone().unwrap_or_else(|| format!("service:{}", id.family));
        let asked = Asked::new(args, documents, &id, &group, None)?;
        let what = format!("place {} of {id} in {group}", amount.count);
        outcomes.push(asked.place(documents, what, amount.count, args.seed));
    }
    for amount in &args.scales {
        outcomes.push(scale(args, documents, &amount.name, amount.count)?);
    }
    Ok(outcomes)
}

fn scale(
    args: &SimulateArgs,
    documents: &mut Documents,
    name: &str,
    count: usize,
) -> Result<Outcome, String> {
    let service = documents.services.get(name).cloned();
    let group = format!("service:{name}");
    let tasks = documents.cluster.wanted(&group);
    if service.is_none() && tasks.is_empty() {
        return Err(format!("no document tells of a service or of tasks of the group '{group}'"));
    }
    let have = tasks.len();
    let what = format!("scale {name} from {have} to {count}");
    if count < have {
        let strategies = strategies(args, service.as_ref())?;
        let chosen = choose_to_stop(
            &documents.cluster,
            &Stopping {
                tasks: &tasks,
                staying: &[],
                strategies: &strategies,
                count: have - count,
                // Documents do not tell of protection.
                now: model::Timestamp(0),
                seed: args.seed,
            },
        );
        let asked = chosen.len();
        let mut moved = BTreeMap::new();
        for home in chosen.into_iter().filter_map(|id| documents.cluster.stop(id)) {
            *moved.entry(home).or_insert(0) += 1;
        }
        return Ok(Outcome { what, asked, moved, is_down: true, refused: None });
    }
    let of_tasks = || tasks.iter().map(|task: &&Task| &task.task_definition).max();
    let id = service.as_ref().map(|service| &service.task_definition).or_else(of_tasks).cloned();
    let id = id.ok_or_else(|| format!("no document tells the task definition of '{name}'"))?;
    let asked = Asked::new(args, documents, &id, &group, service.as_ref())?;
    Ok(asked.place(documents, what, count - have, args.seed))
}

/// The tasks to place.
struct Asked {
    request: Request,
    definition: TaskDefinitionId,
    group: String,
}

impl Asked {
    fn new(
        args: &SimulateArgs,
        documents: &Documents,
        id: &TaskDefinitionId,
        group: &str,
        service: Option<&Service>,
    ) -> Result<Self, String> {
        let definition = documents.definitions.get(id).ok_or_else(|| {
            format!("no document tells of {id}: add the output of `aws ecs describe-task-definition --task-definition {id}`")
        })?;
        let constraints: Cow<'_, [PlacementConstraint]> = match service {
            Some(service) if args.constraints.is_empty() => service.constraints.as_slice().into(),
            _ => args.constraints.as_slice().into(),
        };
        let constraints = Constraint::parse_all(&definition.placement_constraints, &constraints);
        let request = Request {
            needs: placement::needs_of(definition, &TaskOverride::default()),
            requires_attributes: definition.requires_attributes.clone(),
            constraints: constraints.map_err(|error| error.to_string())?,
            strategies: strategies(args, service)?,
            peers: Peers::Group(group.to_owned()),
            launch_type: launch_type(definition, service),
        };
        Ok(Asked { request, definition: id.clone(), group: group.into() })
    }

    /// Places one after the other, each with those before it in mind, until one finds no place.
    fn place(&self, documents: &mut Documents, what: String, count: usize, seed: u64) -> Outcome {
        let mut moved = BTreeMap::new();
        let mut refused = None;
        for turn in 0..count as u64 {
            match place(&documents.cluster, &self.request, seed.wrapping_add(turn)) {
                Ok(placement) => {
                    documents.cluster.place(&placement, &self.definition, &self.group);
                    *moved.entry(placement.instance).or_insert(0) += 1;
                }
                Err(explanation) => {
                    refused = Some(explanation);
                    break;
                }
            }
        }
        Outcome { what, asked: count, moved, is_down: false, refused }
    }
}

/// A task definition that is only for external instances goes there.
fn launch_type(definition: &TaskDefinition, service: Option<&Service>) -> LaunchType {
    let only_external = definition.compatibilities == [LaunchType::External];
    let told = service.and_then(|service| service.launch_type);
    told.unwrap_or(if only_external { LaunchType::External } else { LaunchType::Ec2 })
}

fn strategies(args: &SimulateArgs, service: Option<&Service>) -> Result<Vec<Strategy>, String> {
    let told: &[PlacementStrategy] = match service {
        Some(service) if args.strategies.is_empty() => &service.strategies,
        _ => &args.strategies,
    };
    if told.is_empty() {
        return Ok(Strategy::of_services());
    }
    Strategy::parse_all(told).map_err(|error| error.to_string())
}

impl Outcome {
    /// Whether every task found a place.
    pub(super) fn is_whole(&self) -> bool {
        self.refused.is_none()
    }

    /// Prints what went where, and why no more did.
    pub(super) fn tell(&self, cluster: &Cluster, out: &mut impl Write) -> io::Result<()> {
        let done: usize = self.moved.values().sum();
        let verb = if self.is_down { "stopped" } else { "placed" };
        writeln!(out, "{}: {done} of {} {verb}", self.what, self.asked)?;
        let sign = if self.is_down { '-' } else { '+' };
        for (id, count) in &self.moved {
            if let Some((instance, _)) = cluster.instance(*id) {
                writeln!(out, "  {sign}{count} {}", map::name(instance))?;
            }
        }
        let Some(refused) = &self.refused else { return writeln!(out) };
        writeln!(out, "  the next one finds no place: {}", refused.reason())?;
        for ruled_out in &refused.instances {
            if let Some((instance, _)) = cluster.instance(ruled_out.instance) {
                writeln!(out, "  {}: {}", map::name(instance), ruled_out.obstacle)?;
            }
        }
        writeln!(out)
    }
}
