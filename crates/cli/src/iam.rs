//! `longshore iam`: what IAM would say to a request, and to whom it would say yes.

use std::{io::Write, process::ExitCode};

use clap::{Args, Subcommand};
use client::Client;
use wire::longshore::access::{EXPLAIN_PATH, Explained, WHO_CAN_PATH, WhoCan};

use crate::{ConnectArgs, Error};

/// `longshore iam`
#[derive(Clone, Debug, Args)]
pub struct IamArgs {
    /// What to ask.
    #[command(subcommand)]
    pub question: Question,
}

/// The questions.
#[derive(Clone, Debug, Subcommand)]
pub enum Question {
    /// Whether somebody may do something, and which statement says so. Exits with 1 if not.
    Explain(ExplainArgs),
    /// Which users and roles may do something.
    WhoCan(WhoCanArgs),
}

/// `longshore iam explain`
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  longshore iam explain --principal arn:aws:iam::000000000000:role/web --action ecs:DescribeServices \\
      --resource arn:aws:ecs:us-east-1:000000000000:service/default/web
  longshore iam explain --principal arn:aws:iam::000000000000:user/ann --action ecs:RunTask --key aws:SourceIp=10.0.0.1")]
pub struct ExplainArgs {
    /// The ARN of a user, a role, a session of a role or the root user.
    #[arg(long, value_name = "ARN")]
    pub principal: String,
    /// The action, such as ecs:RunTask.
    #[arg(long, value_name = "SERVICE:ACTION")]
    pub action: String,
    /// The resource.
    #[arg(long, value_name = "ARN", default_value = "*")]
    pub resource: String,
    /// A condition key of the request; may be given more than once.
    #[arg(long = "key", value_name = "NAME=VALUE")]
    pub keys: Vec<String>,
    /// The control plane.
    #[command(flatten)]
    pub connect: ConnectArgs,
}

/// `longshore iam who-can`
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  longshore iam who-can ecs:StopTask
  longshore iam who-can ecs:UpdateService arn:aws:ecs:us-east-1:000000000000:service/default/web")]
pub struct WhoCanArgs {
    /// The action, such as ecs:RunTask.
    #[arg(value_name = "SERVICE:ACTION")]
    pub action: String,
    /// The resource.
    #[arg(value_name = "ARN", default_value = "*")]
    pub resource: String,
    /// A condition key of the request; may be given more than once.
    #[arg(long = "key", value_name = "NAME=VALUE")]
    pub keys: Vec<String>,
    /// The control plane.
    #[command(flatten)]
    pub connect: ConnectArgs,
}

impl IamArgs {
    /// The control plane that is asked.
    pub fn connect(&self) -> &ConnectArgs {
        match &self.question {
            Question::Explain(args) => &args.connect,
            Question::WhoCan(args) => &args.connect,
        }
    }
}

/// Asks, and prints the answer.
pub async fn run(client: &Client, args: &IamArgs, out: &mut impl Write) -> Result<ExitCode, Error> {
    match &args.question {
        Question::Explain(args) => {
            let query = query(&args.action, &args.resource, &args.keys);
            let query = [&[("principal", args.principal.as_str())][..], &query].concat();
            let answer: Explained =
                serde_json::from_slice(&client.get(EXPLAIN_PATH, &query).await?)?;
            writeln!(out, "{}", line(&answer))?;
            Ok(ExitCode::from(u8::from(!answer.is_allowed)))
        }
        Question::WhoCan(args) => {
            let query = query(&args.action, &args.resource, &args.keys);
            let answer: WhoCan = serde_json::from_slice(&client.get(WHO_CAN_PATH, &query).await?)?;
            for who in &answer.allowed {
                writeln!(out, "{}  {}", who.principal, line(who))?;
            }
            writeln!(out, "{} others may not", answer.denied_count)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn query<'a>(action: &'a str, resource: &'a str, keys: &'a [String]) -> Vec<(&'a str, &'a str)> {
    let keys = keys.iter().map(|key| ("key", key.as_str()));
    [("action", action), ("resource", resource)].into_iter().chain(keys).collect()
}

fn line(answer: &Explained) -> String {
    let Explained { is_allowed, message, policy_type, policy, statement, .. } = answer;
    let by = match (policy_type, policy, statement) {
        (Some(kind), Some(policy), Some(statement)) => {
            format!("statement {statement} of the {kind} policy {policy}")
        }
        (Some(kind), ..) => format!("no {kind} policy allows it"),
        _ => "the account's owner".to_owned(),
    };
    match (is_allowed, message) {
        (true, _) => format!("allowed by {by}"),
        (false, Some(message)) => format!("denied: {by}\n{message}"),
        (false, None) => format!("denied: {by}"),
    }
}
