//! `longshore explain`: where the next task of a service would go, or why a task is where it is.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use client::Client;
use serde::Deserialize;

use crate::{ConnectArgs, Error};

/// `longshore explain`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "The exit code is 0 when a container instance takes the task, and 1 when none does.

Examples:
  longshore explain service web
  longshore explain task 0f8e3c6a5b7d4e0c9d1f2a3b4c5d6e7f --cluster staging --json"
)]
pub struct ExplainArgs {
    /// What to explain.
    pub kind: Kind,
    /// The service's name or the task's id, or its ARN.
    pub name: String,
    /// Its cluster.
    #[arg(long, default_value = "default")]
    pub cluster: String,
    /// Print the control plane's answer as it is.
    #[arg(long)]
    pub json: bool,
    /// The control plane.
    #[command(flatten)]
    pub connect: ConnectArgs,
}

/// What can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Where a service's next task would go.
    Service,
    /// Why a task is where it is.
    Task,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    what: String,
    chosen: Option<String>,
    waits_for: Option<String>,
    note: Option<String>,
    instances: Vec<Instance>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Instance {
    #[serde(rename = "containerInstance")]
    id: String,
    availability_zone: Option<String>,
    outcome: String,
    #[serde(default)]
    has_the_task: bool,
    reason: Option<String>,
    why: String,
    #[serde(default)]
    scores: Vec<String>,
    #[serde(default)]
    held_by: Vec<Holder>,
}

#[derive(Deserialize)]
struct Holder {
    task: Option<String>,
    group: Option<String>,
    containers: Vec<String>,
    holds: String,
}

/// Prints an explanation, instance by instance.
pub async fn run(
    client: &Client,
    args: &ExplainArgs,
    out: &mut impl Write,
) -> Result<ExitCode, Error> {
    let kind = match args.kind {
        Kind::Service => "service",
        Kind::Task => "task",
    };
    // The last part of an ARN is the name, or the id.
    let name = args.name.rsplit('/').next().unwrap_or_default();
    let path = format!("/longshore/v1/explain/{kind}/{}/{name}", args.cluster);
    let body = client.get(&path, &[]).await?;
    let answer: Answer = serde_json::from_slice(&body)?;
    if args.json {
        out.write_all(&body)?;
        writeln!(out)?;
    } else {
        tell(&answer, out)?;
    }
    Ok(if answer.chosen.is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(answer: &Answer, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", answer.what)?;
    if let Some(why) = &answer.waits_for {
        writeln!(out, "waits: {why}")?;
    }
    if answer.chosen.is_none() {
        writeln!(out, "no container instance takes it")?;
    }
    for instance in &answer.instances {
        let zone = instance.availability_zone.as_deref().unwrap_or("no zone");
        let here = if instance.has_the_task { ", the task is here" } else { "" };
        let outcome = match instance.outcome.as_str() {
            "CHOSEN" => "chosen".to_owned(),
            "FITS" => "fits".to_owned(),
            _ => instance.reason.clone().unwrap_or_else(|| "ruled out".to_owned()),
        };
        writeln!(out, "\n{} ({zone}{here})", instance.id)?;
        writeln!(out, "  {outcome}: {}", instance.why)?;
        for score in &instance.scores {
            writeln!(out, "    {score}")?;
        }
        for holder in &instance.held_by {
            writeln!(out, "    {}", held(holder))?;
        }
    }
    match &answer.note {
        Some(note) => writeln!(out, "\n{note}"),
        None => Ok(()),
    }
}

fn held(holder: &Holder) -> String {
    let Some(task) = &holder.task else {
        return format!("{} held by the container instance itself", holder.holds);
    };
    let group = holder.group.as_deref().unwrap_or_default();
    format!("{} held by task {task} ({group}), {}", holder.holds, holder.containers.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_that_is_ruled_out_says_who_holds_what_it_lacks() {
        let answer = serde_json::json!({
            "what": "service web: 1 of 2 tasks placed; where one task more would go now",
            "waitsFor": "was unable to place a task",
            "instances": [{
                "containerInstance": "6b8c", "availabilityZone": "us-east-1a",
                "outcome": "RULED_OUT", "reason": "RESOURCE:PORTS",
                "why": "host ports taken: 80/tcp, 22/tcp",
                "heldBy": [
                    {"task": "0f8e", "group": "service:web", "containers": ["app"], "holds": "80/tcp"},
                    {"containers": [], "holds": "22/tcp"},
                ],
            }],
        });
        let answer: Answer = serde_json::from_value(answer).expect("an answer");
        let mut out = Vec::new();
        tell(&answer, &mut out).expect("it is written");
        assert_eq!(
            String::from_utf8_lossy(&out),
            "service web: 1 of 2 tasks placed; where one task more would go now\n\
             waits: was unable to place a task\n\
             no container instance takes it\n\
             \n6b8c (us-east-1a)\n  RESOURCE:PORTS: host ports taken: 80/tcp, 22/tcp\n    \
             80/tcp held by task 0f8e (service:web), app\n    \
             22/tcp held by the container instance itself\n"
        );
    }
}
