//! What Docker Engine has, asked by its own client.

use std::process::Command;

use serde_json::Value;

/// A container of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Docker's id, full.
    pub id: String,
    /// `running`, `exited`, `created`, …
    pub state: String,
    /// The ARN of its task.
    pub task: String,
    /// Its name in the task definition.
    pub name: String,
    /// The family of the task definition.
    pub family: String,
    /// The revision of the task definition.
    pub revision: String,
    /// The container instance.
    pub instance: String,
}

const FORMAT: &str = concat!(
    "{{.ID}}\t{{.State}}",
    "\t{{.Label \"com.amazonaws.ecs.task-arn\"}}",
    "\t{{.Label \"com.amazonaws.ecs.container-name\"}}",
    "\t{{.Label \"com.amazonaws.ecs.task-definition-family\"}}",
    "\t{{.Label \"com.amazonaws.ecs.task-definition-version\"}}",
    "\t{{.Label \"longshore.container-instance\"}}",
);

/// `docker ARGUMENTS`, which must succeed; its standard output.
#[track_caller]
pub fn docker(arguments: &[&str]) -> String {
    let done = Command::new("docker").args(arguments).output().expect("docker runs");
    let error = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "docker {}: {error}", arguments.join(" "));
    String::from_utf8_lossy(&done.stdout).trim().into()
}

/// `docker inspect` of one container.
#[track_caller]
pub fn inspect(id: &str) -> Value {
    let all: Value =
        serde_json::from_str(&docker(&["inspect", id])).expect("docker inspect writes JSON");
    all[0].clone()
}

/// The containers of task definitions whose family ends so, in any state, or why they are not known.
pub fn containers_of_families(ending: &str) -> Result<Vec<Container>, String> {
    let filter = "label=com.amazonaws.ecs.task-definition-family";
    let done = Command::new("docker")
        .args(["ps", "--all", "--no-trunc", "--filter", filter, "--format", FORMAT])
        .output()
        .map_err(|error| format!("docker does not run: {error}"))?;
    if !done.status.success() {
        return Err(format!("docker ps: {}", String::from_utf8_lossy(&done.stderr)));
    }
    let list = String::from_utf8_lossy(&done.stdout);
    Ok(list.lines().filter_map(parse).filter(|c| c.family.ends_with(ending)).collect())
}

/// Reads a line of [`FORMAT`]. A label that a container does not have is empty.
fn parse(line: &str) -> Option<Container> {
    let fields: Vec<_> = line.split('\t').map(str::to_owned).collect();
    let [id, state, task, name, family, revision, instance] = fields.try_into().ok()?;
    Some(Container { id, state, task, name, family, revision, instance })
}

/// `docker rm --force`. One that vanishes meanwhile is as good.
pub fn remove(containers: &[Container]) {
    if containers.is_empty() {
        return;
    }
    let ids = containers.iter().map(|c| c.id.as_str());
    let _ = Command::new("docker").args(["rm", "--force", "--volumes"]).args(ids).output();
}
