//! `longshore rollout plan SERVICE`: the frames that a rollout would go through, and whether it would
//! ever finish. Nothing is touched.

use std::{fmt::Write as _, io::Write, process::ExitCode};

use clap::Args;
use client::Client;
use wire::longshore::plan::{PlanEnd, PlanFrame, PlanTime, RolloutPlan};

use super::{draw::duration, phases};
use crate::{ConnectArgs, Error};

/// `longshore rollout plan`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Exit codes: 0 the rollout would finish, 1 it would not, 2 it could not be planned.

Examples:
  longshore rollout plan web --task-definition web:2
  longshore rollout plan web --task-definition web --min 50 --max 100
  longshore rollout plan web --desired 20"
)]
pub struct PlanArgs {
    /// The service.
    pub service: String,
    /// What is to run: family, family:revision or ARN. [default: what runs]
    #[arg(long, value_name = "X")]
    pub task_definition: Option<String>,
    /// minimumHealthyPercent. [default: the service's]
    #[arg(long, value_name = "P")]
    pub min: Option<u32>,
    /// maximumPercent. [default: the service's]
    #[arg(long, value_name = "P")]
    pub max: Option<u32>,
    /// How many tasks there are to be. [default: the service's]
    #[arg(long, value_name = "N")]
    pub desired: Option<u32>,
    /// The cluster.
    #[arg(long, default_value = "default")]
    pub cluster: String,
    /// Print the plan as JSON.
    #[arg(long)]
    pub json: bool,
    /// The control plane.
    #[command(flatten)]
    pub connect: ConnectArgs,
}

/// Prints the plan; the exit code says whether it would finish.
pub async fn run(
    args: &PlanArgs,
    client: &Client,
    out: &mut impl Write,
) -> Result<ExitCode, Error> {
    let path = format!("/longshore/v1/plan/service/{}/{}", args.cluster, args.service);
    let number = |number: Option<u32>| number.map(|number| number.to_string());
    let members = [
        ("taskDefinition", args.task_definition.clone()),
        ("minimumHealthyPercent", number(args.min)),
        ("maximumPercent", number(args.max)),
        ("desiredCount", number(args.desired)),
    ];
    let query: Vec<(&str, &str)> =
        members.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))).collect();
    let answer = client.get(&path, &query).await?;
    let plan: RolloutPlan = serde_json::from_slice(&answer)?;
    if args.json {
        out.write_all(&answer)?;
        writeln!(out)?;
    } else {
        write!(out, "{}", text(&plan))?;
    }
    let code = u8::from(plan.end != PlanEnd::Steady);
    Ok(ExitCode::from(code))
}

/// The plan for people.
fn text(plan: &RolloutPlan) -> String {
    let mut text = format!(
        "{}/{}  {} → {}  desired {}  floor {} ({} %)  ceiling {} ({} %)\n",
        plan.cluster,
        plan.service,
        plan.from,
        plan.to,
        plan.desired_count,
        plan.floor,
        plan.minimum_healthy_percent,
        plan.ceiling,
        plan.maximum_percent
    );
    let pace = [
        ("start", plan.pace.start),
        ("become healthy", plan.pace.healthy),
        ("stop", plan.pace.stop),
    ];
    let pace: Vec<String> = pace.iter().map(|(what, time)| based(what, *time)).collect();
    let _ = writeln!(text, "tasks {}\n", pace.join(", "));
    let _ = writeln!(text, "{:>9}  {:>9}  {:>7}  frame", "after", "old+new", "healthy");
    for frame in &plan.frames {
        let _ = writeln!(text, "{}", line(frame));
    }
    let _ = writeln!(text, "\n{}", end(plan));
    for obstacle in &plan.obstacles {
        let _ = writeln!(text, "  {}: {}", obstacle.container_instance, obstacle.lacks);
    }
    for remedy in &plan.remedies {
        let _ = writeln!(
            text,
            "  with {} {} it would take {}",
            remedy.member,
            remedy.value,
            exactly(remedy.duration_ms)
        );
    }
    if plan.end != PlanEnd::Steady && plan.remedies.is_empty() {
        text.push_str("  no change of one setting would help\n");
    }
    text
}

fn based(what: &str, time: PlanTime) -> String {
    let basis = match time.seen_count {
        0 => "none was seen".to_owned(),
        count => format!("{count} seen"),
    };
    format!("{what} in {} ({basis})", exactly(time.ms))
}

fn line(frame: &PlanFrame) -> String {
    let counts = format!("{}+{}", frame.old.wanted(), frame.new.wanted());
    let healthy = frame.old.healthy + frame.new.healthy;
    let after = exactly(frame.after_ms);
    let lanes = [("old", frame.old), ("new", frame.new)];
    let lanes = lanes.map(|(name, tally)| {
        let told = |count, phase| format!("{count} {}", phases::name(phase));
        format!("{name} {}", phases::in_words(tally, " ", told))
    });
    format!("{after:>9}  {counts:>9}  {healthy:>7}  {}", lanes.join(", "))
}

fn end(plan: &RolloutPlan) -> String {
    let reason = plan.reason.clone().unwrap_or_default();
    match plan.end {
        PlanEnd::Steady => format!("steady after {}", exactly(plan.duration_ms.unwrap_or(0))),
        PlanEnd::Stuck | PlanEnd::NoRoom => format!("it would never finish: {reason}"),
        PlanEnd::Open => reason,
    }
}

/// Short times to the millisecond, long ones to the second.
fn exactly(ms: i64) -> String {
    if ms < 60_000 { format!("{}.{:03} s", ms / 1_000, ms % 1_000) } else { duration(ms) }
}

#[cfg(test)]
mod tests {
    use wire::longshore::{
        phase::Tally,
        plan::{PlanObstacle, PlanPace, PlanRemedy},
    };

    use super::*;

    fn plan() -> RolloutPlan {
        let healthy = |healthy| Tally { healthy, ..Tally::default() };
        let new = |pending| Tally { pending, ..Tally::default() };
        let frame = |after_ms, old, new| PlanFrame { after_ms, old, new };
        RolloutPlan {
            cluster: "default".into(),
            service: "web".into(),
            from: "web:1".into(),
            to: "web:2".into(),
            desired_count: 4,
            minimum_healthy_percent: 100,
            maximum_percent: 200,
            floor: 4,
            ceiling: 8,
            pace: PlanPace {
                start: PlanTime { ms: 480, seen_count: 4 },
                healthy: PlanTime { ms: 3_000, seen_count: 4 },
                stop: PlanTime { ms: 1_000, seen_count: 0 },
            },
            frames: vec![
                frame(0, healthy(4), new(4)),
                frame(3_480, Tally { stopping: 4, ..Default::default() }, healthy(4)),
                frame(4_480, Tally::default(), healthy(4)),
            ],
            duration_ms: Some(4_480),
            ..RolloutPlan::default()
        }
    }

    #[test]
    fn a_plan_that_finishes() {
        insta::assert_snapshot!("finishes", text(&plan()));
    }

    #[test]
    fn a_plan_that_never_does_says_what_to_change() {
        let obstacle = PlanObstacle {
            container_instance: "0123456789abcdef0123456789abcdef".into(),
            lacks: "256 MiB of memory asked, 0 free".into(),
        };
        let remedy = |member: &str, value, duration_ms| PlanRemedy {
            member: member.into(),
            value,
            duration_ms,
        };
        let stuck = RolloutPlan {
            end: PlanEnd::NoRoom,
            duration_ms: None,
            reason: Some("no container instance has room for 4 more tasks of web:2".into()),
            obstacles: vec![obstacle],
            remedies: vec![
                remedy("minimumHealthyPercent", 75, 17_920),
                remedy("desiredCount", 3, 61_000),
            ],
            ..plan()
        };
        insta::assert_snapshot!("never_finishes", text(&stuck));
    }
}
