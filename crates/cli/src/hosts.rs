//! `longshore token` and `longshore host`: how hosts join, and which there are.

use std::{io::Write, process::ExitCode, time::Duration};

use clap::{Args, Subcommand};
use client::Client;
use wire::longshore::hosts::{CreateToken, HOSTS_PATH, Hosts, TOKENS_PATH, Token, Tokens};

use crate::{ConnectArgs, Error};

/// `longshore token`
#[derive(Clone, Debug, Args)]
pub struct TokenArgs {
    /// What to do.
    #[command(subcommand)]
    pub deed: TokenDeed,
}

/// The subcommands of `longshore token`.
#[derive(Clone, Debug, Subcommand)]
pub enum TokenDeed {
    /// Make a token by which `longshore agent --token` joins; it is shown this once.
    Create(CreateArgs),
    /// List the tokens that are still good.
    List(ListArgs),
    /// Take a token back.
    Delete(DeleteArgs),
}

/// `longshore token create`
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  longshore token create --role ecsInstanceRole
  longshore token create --role edge --cluster edge --ttl 1day --uses 20")]
pub struct CreateArgs {
    /// The instance role that hosts get, by name or ARN.
    #[arg(long)]
    pub role: String,
    /// The one cluster that they can join. [default: any]
    #[arg(long)]
    pub cluster: Option<String>,
    /// How long it is good: 1m to 30days.
    #[arg(long, default_value = "1h", value_parser = humantime::parse_duration)]
    pub ttl: Duration,
    /// How many hosts can join by it.
    #[arg(long, default_value_t = 1)]
    pub uses: u32,
    /// The control plane.
    #[command(flatten)]
    pub connect: ConnectArgs,
}

/// What a list needs.
#[derive(Clone, Debug, Args)]
pub struct ListArgs {
    /// The control plane.
    #[command(flatten)]
    pub connect: ConnectArgs,
}

/// What is taken back.
#[derive(Clone, Debug, Args)]
pub struct DeleteArgs {
    /// Its id, as in the list.
    pub id: String,
    /// The control plane.
    #[command(flatten)]
    pub connect: ConnectArgs,
}

/// `longshore host`
#[derive(Clone, Debug, Args)]
pub struct HostArgs {
    /// What to do.
    #[command(subcommand)]
    pub deed: HostDeed,
}

/// The subcommands of `longshore host`.
#[derive(Clone, Debug, Subcommand)]
pub enum HostDeed {
    /// List the hosts that have joined.
    List(ListArgs),
    /// Take a host's key back: it is disconnected at once, and can do nothing any more.
    Revoke(DeleteArgs),
}

impl TokenArgs {
    /// The control plane that is asked.
    pub fn connect(&self) -> &ConnectArgs {
        match &self.deed {
            TokenDeed::Create(args) => &args.connect,
            TokenDeed::List(args) => &args.connect,
            TokenDeed::Delete(args) => &args.connect,
        }
    }
}

impl HostArgs {
    /// The control plane that is asked.
    pub fn connect(&self) -> &ConnectArgs {
        match &self.deed {
            HostDeed::List(args) => &args.connect,
            HostDeed::Revoke(args) => &args.connect,
        }
    }
}

/// Makes, lists or takes back tokens.
pub async fn token(
    client: &Client,
    args: &TokenArgs,
    out: &mut impl Write,
) -> Result<ExitCode, Error> {
    match &args.deed {
        TokenDeed::Create(args) => {
            let asked = CreateToken {
                role: args.role.clone(),
                cluster: args.cluster.clone(),
                ttl_seconds: Some(u32::try_from(args.ttl.as_secs()).unwrap_or(u32::MAX)),
                uses: Some(args.uses),
            };
            let made = client.post(TOKENS_PATH, serde_json::to_vec(&asked)?).await?;
            let made: Token = serde_json::from_slice(&made)?;
            writeln!(out, "{}", made.token.unwrap_or_default())?;
        }
        TokenDeed::List(_) => {
            let tokens: Tokens = serde_json::from_slice(&client.get(TOKENS_PATH, &[]).await?)?;
            for Token { id, role_arn, cluster, uses_left, .. } in tokens.tokens {
                let cluster = cluster.unwrap_or_else(|| "any cluster".into());
                writeln!(out, "{id}  {role_arn}  {cluster}  {uses_left} left")?;
            }
        }
        TokenDeed::Delete(args) => {
            client.delete(&format!("{TOKENS_PATH}/{}", args.id)).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Lists hosts, or takes the key of one back.
pub async fn host(
    client: &Client,
    args: &HostArgs,
    out: &mut impl Write,
) -> Result<ExitCode, Error> {
    match &args.deed {
        HostDeed::List(_) => {
            let hosts: Hosts = serde_json::from_slice(&client.get(HOSTS_PATH, &[]).await?)?;
            for host in hosts.hosts {
                let instance =
                    host.container_instance_arn.unwrap_or_else(|| "not registered".into());
                let revoked = if host.revoked_at.is_some() { "  revoked" } else { "" };
                writeln!(out, "{}  {}  {instance}{revoked}", host.id, host.role_arn)?;
            }
        }
        HostDeed::Revoke(args) => {
            client.delete(&format!("{HOSTS_PATH}/{}", args.id)).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
