//! `longshore query`: which container instances an expression of the cluster query language selects,
//! and what speaks against the others.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;
use client::Client;
use placement::ClusterView;
use query::Expression;
use serde_json::json;
use wire::{ecs, op};

use crate::{
    ConnectArgs, Error,
    documents::{Cluster, Documents, Reader},
};

/// The most ids that one call describes.
const DESCRIBED_MAX: usize = 100;
/// Where what is read comes from, for messages.
const ANSWER: &str = "the control plane's answer";

/// `longshore query`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "The exit code is 0 when an instance is selected, 1 when none is, and 2 when \
the expression is refused.

Examples:
  longshore query 'attribute:stack == prod and not(task:group == database)'
  longshore query 'agentVersion < 1.14.5' --file instances.json"
)]
pub struct QueryArgs {
    /// The expression.
    pub expression: String,
    /// The cluster whose instances to look at.
    #[arg(long, default_value = "default", conflicts_with = "files")]
    pub cluster: String,
    /// Read the output of `aws ecs describe-container-instances` instead (and of `describe-tasks`, for
    /// task:group); may be given more than once, - is standard input.
    #[arg(long = "file", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The control plane.
    #[command(flatten)]
    pub connect: ConnectArgs,
}

/// Prints the instances that are selected, and the others with the comparisons that say so. `connect`
/// is asked for a client only when there are no files.
pub async fn run(
    args: &QueryArgs,
    connect: impl FnOnce() -> Result<Client, Error>,
    out: &mut impl Write,
) -> Result<ExitCode, Error> {
    let expression = match Expression::parse(&args.expression) {
        Ok(expression) => expression,
        Err(refused) => {
            writeln!(io::stderr(), "longshore: {refused}")?;
            return Ok(ExitCode::from(2));
        }
    };
    let documents = if args.files.is_empty() {
        fetch(&connect()?, &args.cluster).await?
    } else {
        Documents::of_files(&args.files)?
    };
    let selected_count = tell(&expression, &documents.cluster, out)?;
    Ok(if selected_count > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints both lists; how many are selected.
fn tell(expression: &Expression, cluster: &Cluster, out: &mut impl Write) -> io::Result<usize> {
    let mut selected = Vec::new();
    let mut others = Vec::new();
    for (instance, usage) in cluster.instances() {
        let explanation = expression.explain(&cluster.candidate(instance, &usage));
        let list = if explanation.holds { &mut selected } else { &mut others };
        list.push(format!("  {}  {explanation}", crate::map::name(instance)));
    }
    let total = selected.len() + others.len();
    writeln!(out, "{} of {total} container instances are selected", selected.len())?;
    selected.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    if !others.is_empty() {
        writeln!(out, "not selected:")?;
        others.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    Ok(selected.len())
}

/// What a control plane says of the instances of a cluster and their tasks, as documents.
async fn fetch(client: &Client, cluster: &str) -> Result<Documents, Error> {
    let mut reader = Reader::default();
    fetch_instances(client, cluster, &mut reader).await?;
    // A task that is being stopped is still hosted.
    for desired_status in [ecs::DesiredStatus::Running, ecs::DesiredStatus::Stopped] {
        fetch_tasks(client, cluster, desired_status, &mut reader).await?;
    }
    Ok(reader.finish()?)
}

async fn fetch_instances(client: &Client, cluster: &str, reader: &mut Reader) -> Result<(), Error> {
    let cluster = Some(cluster.to_owned());
    let mut next_token = None;
    loop {
        let input = ecs::ListContainerInstancesRequest {
            cluster: cluster.clone(),
            next_token,
            ..Default::default()
        };
        let page = client.call::<op::ListContainerInstances>(&input).await?;
        for arns in page.container_instance_arns.unwrap_or_default().chunks(DESCRIBED_MAX) {
            let input = ecs::DescribeContainerInstancesRequest {
                cluster: cluster.clone(),
                container_instances: Some(arns.to_vec()),
                ..Default::default()
            };
            let told = client.call::<op::DescribeContainerInstances>(&input).await?;
            let told = json!({"containerInstances": told.container_instances});
            reader.take(ANSWER, told)?;
        }
        next_token = page.next_token;
        if next_token.is_none() {
            return Ok(());
        }
    }
}

async fn fetch_tasks(
    client: &Client,
    cluster: &str,
    desired_status: ecs::DesiredStatus,
    reader: &mut Reader,
) -> Result<(), Error> {
    let cluster = Some(cluster.to_owned());
    let mut next_token = None;
    loop {
        let input = ecs::ListTasksRequest {
            cluster: cluster.clone(),
            desired_status: Some(desired_status),
            next_token,
            ..Default::default()
        };
        let page = client.call::<op::ListTasks>(&input).await?;
        for arns in page.task_arns.unwrap_or_default().chunks(DESCRIBED_MAX) {
            let input = ecs::DescribeTasksRequest {
                cluster: cluster.clone(),
                tasks: Some(arns.to_vec()),
                ..Default::default()
            };
            let told = client.call::<op::DescribeTasks>(&input).await?;
            reader.take(ANSWER, json!({"tasks": told.tasks}))?;
        }
        next_token = page.next_token;
        if next_token.is_none() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// What is printed of a cluster as the aws CLI describes it, and how many are selected.
    fn select(expression: &str) -> (String, usize) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
        let files = [folder.join("instances.json"), folder.join("tasks.json")];
        let documents = Documents::of_files(&files).expect("documents");
        let mut out = Vec::new();
        let expression = Expression::parse(expression).expect("an expression");
        let count = tell(&expression, &documents.cluster, &mut out).expect("it is written");
        (String::from_utf8(out).expect("text"), count)
    }

    #[test]
    fn selected_and_other_instances_are_told_with_what_decides() {
        let (told, count) = select(
            "attribute:stack == prod and not(task:group == service:db) or runningTasksCount == 1",
        );
        assert_eq!(count, 2);
        insta::assert_snapshot!(told);
    }

    #[test]
    fn every_subject_is_known_of_a_document() {
        let counts = [
            ("agentConnected == true", 4),
            ("agentVersion > 1.89.1", 2),
            ("attribute:ecs.instance-type =~ t3.*", 3),
            ("ec2InstanceId == i-0000000000000abc2", 1),
            ("registeredAt < 2025-03-02", 2),
            ("registeredAt == 2025-03-01T07:15:02Z", 1),
            ("runningTasksCount == 0", 2),
            ("task:group == family:cron", 1),
        ];
        for (expression, count) in counts {
            assert_eq!(select(expression).1, count, "{expression}");
        }
    }
}
