//! RunTask: the tasks are placed at once, in the same transaction.

use std::sync::Arc;

use arn::ClusterName;
use model::{LaunchType, Tag};
use store::{TaskDefinitionRow, Tx};
use wire::{Error, ecs};

use super::{failure, idempotency, lookup, overrides, render, service_settings as settings, tags};
use crate::{
    Cx,
    authority::task_role,
    launch::{self, Launch},
    limits, place,
};

/// Runs up to ten tasks; what cannot be placed is told in `failures[]`, instance by instance.
pub fn run_task(
    tx: &mut Tx,
    cx: &mut Cx,
    input: ecs::RunTaskRequest,
) -> Result<ecs::RunTaskResponse, Error> {
    let cluster = lookup::cluster(tx, cx, input.cluster.as_deref())?.name.clone();
    let token = input.client_token.clone();
    idempotency::check_token(token.as_deref(), limits::RUN_TASK_TOKEN_LEN_MAX)?;
    let same = ecs::RunTaskRequest { cluster: None, ..input.clone() };
    let fingerprint = idempotency::fingerprint(&same);
    if let Some(token) = &token
        && let Some(arns) =
            idempotency::recall(tx, "RunTask", cluster.as_str(), token, &fingerprint)?
    {
        return Ok(again(tx, cx, &cluster, &arns));
    }
    settings::check_supported(&input)?;
    let count = input.count.unwrap_or(1);
    let count = u32::try_from(count)
        .ok()
        .filter(|n| (1..=limits::RUN_TASK_COUNT_MAX as u32).contains(n))
        .ok_or_else(|| {
            Error::invalid_parameter(format!(
                "count is {count}; it must be between 1 and {}.",
                limits::RUN_TASK_COUNT_MAX
            ))
        })?;
    let launch_type = settings::launch_type(input.launch_type)?;
    let text = input.task_definition.clone().unwrap_or_default();
    let definition = lookup::usable_task_definition(tx, cx, &text)?;
    settings::check_fit(&definition, launch_type, input.network_configuration.is_some())?;
    let of_definition = &definition.facts.placement_constraints;
    let constraints = settings::constraints(input.placement_constraints.clone(), of_definition)?;
    let strategies = settings::strategies(input.placement_strategy.clone())?;
    let wish = Wish::parse(&cluster, definition, launch_type, StandaloneInput::from(input))?;
    let launch = wish.launch();
    task_role::check(tx, cx, &launch).map_err(Error::client)?;
    let request = place::request(&launch, &constraints, &strategies).map_err(settings::invalid)?;
    let request = Arc::new(request);
    let (mut tasks, mut failures) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let Some(place) = place::choose(tx, &cluster, &request, cx.random()) else {
            let explanation = place::explain(tx, &cluster, &request, None);
            failures = place::failures(cx, &cluster, &explanation)?;
            break;
        };
        tasks.push(launch::launch(tx, cx, &launch, place));
    }
    // A request that started nothing may be made again.
    if let Some(token) = token.filter(|_| !tasks.is_empty()) {
        let arns = tasks.iter().map(|t| cx.home().task_arn(&cluster, t.id)).collect();
        idempotency::remember(tx, cx, "RunTask", cluster.as_str(), &token, fingerprint, arns);
    }
    let tasks = tasks.iter().map(|t| render::task(cx, t, true)).collect();
    Ok(ecs::RunTaskResponse { tasks: Some(tasks), failures: Some(failures) })
}

/// The answer to a request that was answered before: its tasks as they are now.
fn again(tx: &Tx, cx: &Cx, cluster: &ClusterName, arns: &[String]) -> ecs::RunTaskResponse {
    let (mut tasks, mut failures) = (Vec::new(), Vec::new());
    for arn in arns {
        match lookup::task(tx, cx, cluster, arn) {
            Ok(task) => tasks.push(render::task(cx, &task, true)),
            Err(_) => failures.push(failure::missing(arn)),
        }
    }
    ecs::RunTaskResponse { tasks: Some(tasks), failures: Some(failures) }
}

/// The members that RunTask and StartTask share.
pub struct StandaloneInput {
    /// `group`
    pub group: Option<String>,
    /// `startedBy`
    pub started_by: Option<String>,
    /// The longest `startedBy`.
    pub started_by_len_max: usize,
    /// `overrides`
    pub overrides: Option<ecs::TaskOverride>,
    /// `tags`
    pub tags: Option<Vec<ecs::Tag>>,
    /// `enableECSManagedTags`
    pub enable_ecs_managed_tags: bool,
    /// `propagateTags`
    pub propagate_tags: Option<ecs::PropagateTags>,
}

impl From<ecs::RunTaskRequest> for StandaloneInput {
    fn from(input: ecs::RunTaskRequest) -> Self {
        StandaloneInput {
            group: input.group,
            started_by: input.started_by,
            started_by_len_max: limits::STARTED_BY_LEN_MAX,
            overrides: input.overrides,
            tags: input.tags,
            enable_ecs_managed_tags: input.enable_ecs_managed_tags.unwrap_or_default(),
            propagate_tags: input.propagate_tags,
        }
    }
}

/// A checked wish for standalone tasks.
pub struct Wish {
    cluster: ClusterName,
    definition: Arc<TaskDefinitionRow>,
    launch_type: LaunchType,
    group: String,
    started_by: Option<String>,
    overrides: model::TaskOverride,
    tags: Vec<Tag>,
}

impl Wish {
    /// Checks what RunTask and StartTask share.
    pub fn parse(
        cluster: &ClusterName,
        definition: Arc<TaskDefinitionRow>,
        launch_type: LaunchType,
        input: StandaloneInput,
    ) -> Result<Wish, Error> {
        let group = match input.group.filter(|g| !g.is_empty()) {
            None => format!("family:{}", definition.facts.id.family),
            Some(group) if group.chars().count() > limits::GROUP_LEN_MAX => {
                return Err(Error::invalid_parameter(format!(
                    "group is longer than the {} characters that are allowed.",
                    limits::GROUP_LEN_MAX
                )));
            }
            Some(group) if group.starts_with("service:") => {
                return Err(Error::invalid_parameter(format!(
                    "group '{group}' is not valid: groups that begin with service: belong to services."
                )));
            }
            Some(group) => group,
        };
        if let Some(by) = &input.started_by {
            check_started_by(by, input.started_by_len_max)?;
        }
        if input.propagate_tags == Some(ecs::PropagateTags::Service) {
            return Err(Error::invalid_parameter(
                "propagateTags is SERVICE; a task that no service starts can take its tags only from TASK_DEFINITION.",
            ));
        }
        let mut tags = tags::parse(input.tags.as_deref())?;
        if input.propagate_tags == Some(ecs::PropagateTags::TaskDefinition) {
            launch::inherit_tags(&mut tags, &definition.facts.tags);
        }
        if input.enable_ecs_managed_tags {
            launch::add_managed_tags(&mut tags, cluster, None);
        }
        let overrides = overrides::parse(input.overrides, &definition.facts)?;
        Ok(Wish {
            cluster: cluster.clone(),
            definition,
            launch_type,
            group,
            started_by: input.started_by,
            overrides,
            tags,
        })
    }

    /// One task of it.
    pub fn launch(&self) -> Launch<'_> {
        Launch {
            cluster: &self.cluster,
            definition: &self.definition,
            launch_type: self.launch_type,
            group: &self.group,
            started_by: self.started_by.as_deref(),
            owner: None,
            overrides: &self.overrides,
            tags: &self.tags,
        }
    }
}

fn check_started_by(by: &str, len_max: usize) -> Result<(), Error> {
    if by.chars().count() > len_max {
        return Err(Error::invalid_parameter(format!(
            "startedBy '{by}' is longer than the {len_max} characters that are allowed."
        )));
    }
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-_/.".contains(&b);
    if !by.bytes().all(allowed) {
        return Err(Error::invalid_parameter(format!(
            "startedBy '{by}' is not valid: letters, numbers, hyphens, underscores, forward slashes and periods are allowed."
        )));
    }
    Ok(())
}
