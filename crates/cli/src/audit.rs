//! `longshore audit`: who called what, and whether they were allowed to.

use std::{
    io::{self, Write},
    process::ExitCode,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use clap::{Args, Subcommand};
use client::Client;
use serde::Deserialize;

use crate::{ConnectArgs, Error};

const PATH: &str = "/longshore/v1/audit";

/// `longshore audit`
#[derive(Clone, Debug, Subcommand)]
pub enum AuditCommand {
    /// Print the newest records of the audit log.
    Tail(TailArgs),
    /// Print the records of a time.
    Query(QueryArgs),
}

/// `longshore audit tail`
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  longshore audit tail -f
  longshore audit tail -f --denied
  longshore audit tail -n 100 --principal 'arn:aws:sts::*:assumed-role/web/*' --json")]
pub struct TailArgs {
    /// How many.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub lines: u32,
    /// Go on with what is recorded from now on.
    #[arg(short, long)]
    pub follow: bool,
    /// Which records.
    #[command(flatten)]
    pub which: WhichArgs,
    /// The control plane.
    #[command(flatten)]
    pub connect: ConnectArgs,
}

/// `longshore audit query`
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  longshore audit query --since 1h --denied
  longshore audit query --since 2026-11-25T08:00:00Z --until 2026-11-25T09:00:00Z --action ecs:RunTask
  longshore audit query --since 7d --resource '*:service/default/web' --json | jq .userIdentity.arn")]
pub struct QueryArgs {
    /// Not before: how long ago, such as 90s, 1h or 7d, or a time in UTC. [default: all]
    #[arg(long, value_name = "WHEN", value_parser = when)]
    pub since: Option<u64>,
    /// Before: the same.
    #[arg(long, value_name = "WHEN", value_parser = when)]
    pub until: Option<u64>,
    /// At most so many.
    #[arg(long, value_name = "N")]
    pub limit: Option<u32>,
    /// The newest first.
    #[arg(long)]
    pub newest_first: bool,
    /// Which records.
    #[command(flatten)]
    pub which: WhichArgs,
    /// The control plane.
    #[command(flatten)]
    pub connect: ConnectArgs,
}

/// Which records are printed. `*` stands for any characters, `?` for one.
#[derive(Clone, Debug, Default, Args)]
pub struct WhichArgs {
    /// The caller's ARN, name or id, or those of the role that it has taken.
    #[arg(long, value_name = "WHO")]
    pub principal: Option<String>,
    /// Such as ecs:RunTask, iam:* or RunTask.
    #[arg(long)]
    pub action: Option<String>,
    /// The ARN of what the call was about.
    #[arg(long, value_name = "ARN")]
    pub resource: Option<String>,
    /// The access key that signed.
    #[arg(long, value_name = "ID")]
    pub access_key: Option<String>,
    /// Only what was not allowed.
    #[arg(long)]
    pub denied: bool,
    /// Print the records as they are, one a line.
    #[arg(long)]
    pub json: bool,
}

/// What is shown of a record.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    event_time: String,
    event_source: String,
    event_name: String,
    user_identity: Identity,
    #[serde(rename = "sourceIPAddress")]
    source_ip_address: String,
    error_code: Option<String>,
    error_message: Option<String>,
    additional_event_data: Option<Data>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    #[serde(rename = "type")]
    kind: String,
    arn: Option<String>,
    invoked_by: Option<String>,
    access_key_id: Option<String>,
}

#[derive(Deserialize)]
struct Data {
    authorization: Option<Authorization>,
}

#[derive(Deserialize)]
struct Authorization {
    decision: String,
}

impl AuditCommand {
    /// The control plane to talk to.
    pub fn connect(&self) -> &ConnectArgs {
        match self {
            AuditCommand::Tail(args) => &args.connect,
            AuditCommand::Query(args) => &args.connect,
        }
    }

    fn which(&self) -> &WhichArgs {
        match self {
            AuditCommand::Tail(args) => &args.which,
            AuditCommand::Query(args) => &args.which,
        }
    }

    /// The members of the question.
    fn question(&self) -> Vec<(&'static str, String)> {
        let mut members = Vec::new();
        let mut say = |name, value: Option<String>| members.extend(value.map(|it| (name, it)));
        match self {
            AuditCommand::Tail(args) => {
                say("last", Some(args.lines.to_string()));
                say("follow", args.follow.then(|| "true".into()));
            }
            AuditCommand::Query(args) => {
                say("since", args.since.map(|seconds| seconds.to_string()));
                say("until", args.until.map(|seconds| seconds.to_string()));
                say("limit", args.limit.map(|limit| limit.to_string()));
                say("order", args.newest_first.then(|| "newest".into()));
            }
        }
        let which = self.which().clone();
        say("principal", which.principal);
        say("action", which.action);
        say("resource", which.resource);
        say("accessKeyId", which.access_key);
        say("denied", which.denied.then(|| "true".into()));
        members
    }
}

/// Reads how long ago, or when, as seconds since 1970.
fn when(text: &str) -> Result<u64, String> {
    let seconds =
        |at: SystemTime| at.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
    if let Ok(ago) = humantime::parse_duration(text) {
        return Ok(seconds(SystemTime::now().checked_sub(ago).unwrap_or(UNIX_EPOCH)));
    }
    humantime::parse_rfc3339_weak(text).map(seconds).map_err(|_| {
        "neither a duration, such as 1h, nor a time, such as 2026-11-25T08:00:00Z".into()
    })
}

/// Prints records until there are no more.
pub async fn run(
    command: &AuditCommand,
    client: &Client,
    out: &mut impl Write,
) -> Result<ExitCode, Error> {
    let members = command.question();
    let members: Vec<(&str, &str)> =
        members.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut lines = client.stream(PATH, &members).await?;
    while let Some(line) = lines.next().await {
        let line = line?;
        if command.which().json {
            out.write_all(&line)?;
            writeln!(out)?;
        } else {
            tell(&serde_json::from_slice(&line)?, out)?;
        }
        out.flush()?;
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(record: &Seen, out: &mut impl Write) -> io::Result<()> {
    let authorization =
        record.additional_event_data.as_ref().and_then(|it| it.authorization.as_ref());
    // Without a decision the call did not come to it, or is not one of ours.
    let outcome = match authorization.map(|it| it.decision.as_str()) {
        Some("denied") => "denied",
        _ if record.error_code.is_some() => "failed",
        _ => "ok",
    };
    let service = record.event_source.split('.').next().unwrap_or_default();
    let who = &record.user_identity;
    let who = [&who.arn, &who.invoked_by, &who.access_key_id]
        .into_iter()
        .flatten()
        .next()
        .unwrap_or(&who.kind);
    writeln!(
        out,
        "{} {outcome:<6} {service}:{} by {who} from {}",
        record.event_time, record.event_name, record.source_ip_address
    )?;
    if let Some(code) = &record.error_code {
        writeln!(out, "    {code}: {}", record.error_message.as_deref().unwrap_or_default())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(record: &str) -> String {
        let mut out = Vec::new();
        tell(&serde_json::from_str(record).expect("a record"), &mut out).expect("a buffer");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_denied_call_is_told_with_its_reason() {
        let record = r#"{"eventTime":"2026-11-25T15:41:59Z","eventSource":"ecs.amazonaws.com",
            "eventName":"RunTask","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::1:user/ann"},
            "sourceIPAddress":"192.0.2.7","errorCode":"AccessDeniedException","errorMessage":"no",
            "additionalEventData":{"authorization":{"decision":"denied","checks":[]}}}"#;
        let expected = "2026-11-25T15:41:59Z denied ecs:RunTask by arn:aws:iam::1:user/ann from 192.0.2.7\n    AccessDeniedException: no\n";
        assert_eq!(told(record), expected);
    }

    #[test]
    fn a_caller_that_nobody_knows_is_told_by_its_key() {
        let record = r#"{"eventTime":"2026-11-25T15:41:59Z","eventSource":"iam.amazonaws.com",
            "eventName":"GetUser","userIdentity":{"type":"Unknown","accessKeyId":"AKIANO"},
            "sourceIPAddress":"192.0.2.7"}"#;
        assert_eq!(
            told(record),
            "2026-11-25T15:41:59Z ok     iam:GetUser by AKIANO from 192.0.2.7\n"
        );
    }

    #[test]
    fn a_time_is_said_in_two_ways() {
        assert_eq!(when("2026-11-25T08:00:00Z"), Ok(1_795_593_600));
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        let hour_ago = when("1h").expect("a duration");
        assert!((now - 3601..=now - 3599).contains(&hour_ago), "{hour_ago} {now}");
        assert!(when("yesterday").is_err());
    }
}
