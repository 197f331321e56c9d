//! What is said on the command line, or in `LONGSHORE_…` variables.

use std::{net::SocketAddr, ops::Range, path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand, ValueEnum, builder::NonEmptyStringValueParser};

/// The address that a control plane listens on.
const LISTEN: &str = "127.0.0.1:6440";
/// The region that clients sign for.
const REGION: &str = "us-east-1";

/// Amazon ECS on your own machines.
#[derive(Debug, Parser)]
#[command(name = "longshore", version, about, after_help = EXAMPLES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "Examples:
  longshore up --instances 3 --zones a,b,c
  eval \"$(longshore env)\"
  aws ecs list-container-instances";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a control plane and container instances on this machine.
    Up(UpArgs),
    /// Run a control plane.
    Server(ServerArgs),
    /// Run the agent of a container instance on this machine.
    Agent(AgentArgs),
    /// Print the exports that point a shell's AWS clients to a control plane.
    Env(EnvArgs),
    /// Play whole histories of a cluster, with faults, under virtual time.
    Sim(SimArgs),
    /// The commands that ask a running control plane.
    #[command(flatten)]
    Client(cli::Command),
}

/// Where a control plane keeps its state and listens.
#[derive(Clone, Debug, Args)]
pub struct ControlArgs {
    /// The address to listen on.
    #[arg(long, default_value = LISTEN, env = "LONGSHORE_LISTEN")]
    pub listen: SocketAddr,
    /// Listen on other addresses than loopback although nothing is encrypted.
    #[arg(long)]
    pub insecure: bool,
    /// How long a task without health check must run to count as healthy, such as 0s or 40s.
    #[arg(long, default_value = "40s", env = "LONGSHORE_SETTLE", value_parser = humantime::parse_duration)]
    pub settle: Duration,
    /// The region that clients sign for.
    #[arg(long, default_value = REGION, env = "LONGSHORE_REGION")]
    pub region: String,
    /// The account: twelve digits.
    #[arg(long, default_value = "000000000000", env = "LONGSHORE_ACCOUNT", value_parser = account)]
    pub account: String,
    /// Where Lambda's API is, for lifecycle hooks of deployments; without it there are no Lambda hooks.
    #[arg(long, value_name = "URL", env = "LONGSHORE_LAMBDA_ENDPOINT", value_parser = lambda_endpoint)]
    pub lambda_endpoint: Option<String>,
}

/// The data directory.
#[derive(Clone, Debug, Args)]
pub struct DataArgs {
    /// The directory of keys and state. [default: ~/.longshore]
    #[arg(long, env = "LONGSHORE_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// `longshore up`
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  longshore up
  longshore up --instances 3 --zones a,b,c --settle 0s
  longshore up --instances 2 --cpu 1024 --memory 2048 --data /tmp/trial")]
pub struct UpArgs {
    /// How many container instances share this machine's Docker Engine.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub instances: u16,
    /// Their availability zones, in turn; one letter is a zone of the region.
    #[arg(long, value_delimiter = ',', default_value = "a", value_parser = NonEmptyStringValueParser::new())]
    pub zones: Vec<String>,
    /// The cluster that they join; it is created when it is not there.
    #[arg(long, default_value = "default")]
    pub cluster: String,
    /// CPU units of each. [default: an even share of the machine]
    #[arg(long, value_name = "UNITS")]
    pub cpu: Option<u32>,
    /// Memory of each in MiB. [default: an even share of the machine]
    #[arg(long, value_name = "MIB")]
    pub memory: Option<u32>,
    /// Where state is.
    #[command(flatten)]
    pub data: DataArgs,
    /// The control plane.
    #[command(flatten)]
    pub control: ControlArgs,
}

/// `longshore server`
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  longshore server --data /var/lib/longshore
  longshore server --data /tmp/trial --store memory --settle 0s")]
pub struct ServerArgs {
    /// What keeps the state.
    #[arg(long, value_enum, default_value_t = Engine::Embedded)]
    pub store: Engine,
    /// Where state is.
    #[command(flatten)]
    pub data: DataArgs,
    /// The control plane.
    #[command(flatten)]
    pub control: ControlArgs,
}

/// What keeps the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// One file in the data directory.
    Embedded,
    /// Nothing: it ends with the process.
    Memory,
}

/// `longshore agent`
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  longshore agent --server http://127.0.0.1:6440 --cluster default --token \"$(longshore env --agent-token)\"
  longshore agent --server http://127.0.0.1:6440 --cluster edge --zone b --cpu 2048 --memory 4096 --attribute rack=7")]
pub struct AgentArgs {
    /// The control plane's address.
    #[arg(long, env = "LONGSHORE_SERVER", value_name = "URL")]
    pub server: String,
    /// The cluster to join.
    #[arg(long, env = "LONGSHORE_CLUSTER")]
    pub cluster: String,
    /// The token from `longshore env --agent-token`; without it the AWS_ variables are used.
    #[arg(long, env = "LONGSHORE_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// The region to sign for.
    #[arg(long, default_value = REGION, env = "LONGSHORE_REGION")]
    pub region: String,
    /// Where the agent keeps its own state. [default: ~/.longshore/agent-NAME]
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// A name for this container instance among those of the machine.
    #[arg(long, default_value = "1")]
    pub name: String,
    /// The availability zone; one letter is a zone of the region.
    #[arg(long)]
    pub zone: Option<String>,
    /// The value of ecs.instance-type.
    #[arg(long, value_name = "T")]
    pub instance_type: Option<String>,
    /// CPU units to offer. [default: all of the machine's]
    #[arg(long, value_name = "UNITS")]
    pub cpu: Option<u32>,
    /// Memory to offer in MiB. [default: all of the machine's]
    #[arg(long, value_name = "MIB")]
    pub memory: Option<u32>,
    /// When to pull images.
    #[arg(long, default_value = "default", env = "ECS_IMAGE_PULL_BEHAVIOR", value_parser = pull_behavior)]
    pub image_pull_behavior: agent::PullBehavior,
    /// How long the containers of a stopped task are kept, such as 3h or 1m.
    #[arg(long, default_value = "3h", env = "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION", value_parser = humantime::parse_duration)]
    pub cleanup_after: Duration,
    /// A custom attribute; may be given more than once.
    #[arg(long = "attribute", value_name = "K=V", value_parser = attribute)]
    pub attributes: Vec<(String, String)>,
}

/// `longshore env`
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  eval \"$(longshore env)\"
  longshore env --data /tmp/trial --listen 127.0.0.1:7000")]
pub struct EnvArgs {
    /// Print the token for `longshore agent` instead.
    #[arg(long)]
    pub agent_token: bool,
    /// The address of the control plane.
    #[arg(long, default_value = LISTEN, env = "LONGSHORE_LISTEN")]
    pub listen: SocketAddr,
    /// The region that clients sign for.
    #[arg(long, default_value = REGION, env = "LONGSHORE_REGION")]
    pub region: String,
    /// Where state is.
    #[command(flatten)]
    pub data: DataArgs,
}

/// `longshore sim`
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  longshore sim --rollouts 10000
  longshore sim --seed 42 --trace
  longshore sim --update 4@100/150 --view
  longshore sim --seed 42 --step")]
pub struct SimArgs {
    /// The history to play.
    #[arg(long, value_name = "N", conflicts_with_all = ["seeds", "rollouts"])]
    pub seed: Option<u64>,
    /// The histories to play, the second not included. [default: 0..100]
    #[arg(long, value_name = "A..B", value_parser = seeds)]
    pub seeds: Option<Range<u64>>,
    /// Play until so many rollouts are over.
    #[arg(long, value_name = "N")]
    pub rollouts: Option<u64>,
    /// Play one rolling update without faults: DESIRED tasks at MINIMUM/MAXIMUM percent.
    #[arg(long, value_name = "DESIRED@MINIMUM/MAXIMUM", value_parser = update, conflicts_with_all = ["seeds", "rollouts"])]
    pub update: Option<::sim::Update>,
    /// Print every event.
    #[arg(long, conflicts_with_all = ["seeds", "rollouts", "view", "step"])]
    pub trace: bool,
    /// Print what users and faults do, and the services when they change.
    #[arg(long, conflicts_with_all = ["seeds", "rollouts", "step"])]
    pub view: bool,
    /// Go event by event, by commands on standard input.
    #[arg(long, conflicts_with_all = ["seeds", "rollouts"])]
    pub step: bool,
    /// How many histories are played at once. [default: the processor's cores]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

fn seeds(text: &str) -> Result<Range<u64>, String> {
    let ends = text.split_once("..").map(|(from, to)| (from.parse(), to.parse()));
    match ends {
        Some((Ok(from), Ok(to))) if from < to => Ok(from..to),
        _ => Err("seeds are A..B, two numbers, the second larger".into()),
    }
}

fn update(text: &str) -> Result<::sim::Update, String> {
    let parse = || {
        let (desired, percents) = text.split_once('@')?;
        let (minimum, maximum) = percents.split_once('/')?;
        Some(::sim::Update {
            desired: desired.parse().ok()?,
            minimum_percent: minimum.parse().ok()?,
            maximum_percent: maximum.parse().ok()?,
        })
    };
    parse().ok_or_else(|| "an update is DESIRED@MINIMUM/MAXIMUM, such as 4@100/150".into())
}

fn lambda_endpoint(text: &str) -> Result<String, String> {
    match text.strip_prefix("http://") {
        Some(authority) if !authority.is_empty() => Ok(text.trim_end_matches('/').into()),
        _ => Err("the endpoint is http://HOST:PORT".into()),
    }
}

fn account(text: &str) -> Result<String, String> {
    if text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()) {
        Ok(text.into())
    } else {
        Err("an account has twelve digits".into())
    }
}

fn pull_behavior(text: &str) -> Result<agent::PullBehavior, String> {
    agent::PullBehavior::parse(text)
        .ok_or_else(|| "one of default, always, once, prefer-cached".to_owned())
}

fn attribute(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.into(), value.into())),
        _ => Err("an attribute is NAME=VALUE".into()),
    }
}

impl DataArgs {
    /// The data directory: as said, or `.longshore` in the user's home.
    pub fn directory(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(home)
    }
}

/// The directory of everything that was given no other place.
pub fn home() -> PathBuf {
    let home = std::env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from);
    home.join(".longshore")
}

/// A zone as said: one letter is a zone of the region.
pub fn zone(region: &str, said: &str) -> String {
    if said.len() == 1 { format!("{region}{said}") } else { said.into() }
}
