//! `longshore rollout watch SERVICE`: follows a rollout to its end.

use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use clap::Args;
use client::{CallError, Client, Lines};
use wire::{
    Timestamp,
    longshore::watch::{Picture, ServiceUpdate},
};

use super::{
    draw::{self, Style},
    outcome::Outcome,
    plain,
    screen::Screen,
    seen::Seen,
};
use crate::{ConnectArgs, Error};

/// Between two drawings when nothing changes but the time.
const TICK: Duration = Duration::from_secs(1);
/// Between two attempts to reach a control plane that went away.
const PAUSE: Duration = Duration::from_millis(500);
/// How often that is tried.
const ATTEMPTS_MAX: u32 = 120;
/// The exit code after a Ctrl-C, as shells give it.
const INTERRUPTED: u8 = 130;

/// `longshore rollout watch`
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Exit codes: 0 the service is steady, 1 the deployment failed or was rolled back,
2 it could not be watched, 3 (--once) the rollout is under way, 130 Ctrl-C.

Examples:
  longshore rollout watch web
  longshore rollout watch web --cluster edge --plain
  longshore rollout watch web --json | jq .deployments"
)]
pub struct WatchArgs {
    /// The service.
    pub service: String,
    /// Its cluster.
    #[arg(long, default_value = "default")]
    pub cluster: String,
    /// Print a line for each change in place of the drawing, as where there is no terminal.
    #[arg(long)]
    pub plain: bool,
    /// Print a JSON object for each change.
    #[arg(long, conflicts_with = "plain")]
    pub json: bool,
    /// Show how it stands, and end.
    #[arg(long, conflicts_with_all = ["until_stable", "follow"])]
    pub once: bool,
    /// End when the service is steady or its deployment failed. This is the default.
    #[arg(long, conflicts_with = "follow")]
    pub until_stable: bool,
    /// Go on after the end, for the next deployment.
    #[arg(long)]
    pub follow: bool,
    /// The control plane.
    #[command(flatten)]
    pub connect: ConnectArgs,
}

/// What is known of the service.
#[derive(Default)]
struct Known {
    picture: Picture,
    seen: Seen,
    /// The control plane's clock less ours, in milliseconds.
    ahead_ms: i64,
}

/// Watches until the end.
pub async fn run(
    args: &WatchArgs,
    client: &Client,
    out: &mut impl Write,
) -> Result<ExitCode, Error> {
    let is_drawn = !args.plain && !args.json && !args.once && std::io::stdout().is_terminal();
    let mut known = Known::default();
    let watched = async {
        if is_drawn {
            let mut screen = Screen::open(out)?;
            let outcome = follow(args, client, &mut known, &mut Draw(&mut screen)).await;
            drop(screen);
            // The last drawing stays.
            write!(out, "{}", known.drawn(style()))?;
            outcome
        } else if args.json {
            follow(args, client, &mut known, &mut Json(out)).await
        } else if args.once {
            follow(args, client, &mut known, &mut Once(out)).await
        } else {
            follow(args, client, &mut known, &mut Plain(out)).await
        }
    };
    watched.await.map(ExitCode::from)
}

/// Who shows what changes.
trait Show {
    /// A line came.
    fn update(
        &mut self,
        line: &[u8],
        before: &Picture,
        update: &ServiceUpdate,
        known: &Known,
    ) -> std::io::Result<()>;
    /// Time went by.
    fn tick(&mut self, _: &Known) -> std::io::Result<()> {
        Ok(())
    }
}

struct Json<'a, W>(&'a mut W);
struct Once<'a, W>(&'a mut W);
struct Plain<'a, W>(&'a mut W);
struct Draw<'a, 'b, W: Write>(&'a mut Screen<'b, W>);

impl<W: Write> Show for Json<'_, W> {
    fn update(
        &mut self,
        line: &[u8],
        _: &Picture,
        _: &ServiceUpdate,
        _: &Known,
    ) -> std::io::Result<()> {
        self.0.write_all(line)?;
        self.0.write_all(b"\n")?;
        self.0.flush()
    }
}

impl<W: Write> Show for Once<'_, W> {
    fn update(
        &mut self,
        _: &[u8],
        _: &Picture,
        _: &ServiceUpdate,
        known: &Known,
    ) -> std::io::Result<()> {
        write!(self.0, "{}", known.drawn(Style { colour: false, ..style() }))
    }
}

impl<W: Write> Show for Plain<'_, W> {
    fn update(
        &mut self,
        _: &[u8],
        before: &Picture,
        update: &ServiceUpdate,
        known: &Known,
    ) -> std::io::Result<()> {
        for line in plain::lines(before, update, &known.picture) {
            writeln!(self.0, "{line}")?;
        }
        self.0.flush()
    }
}

impl<W: Write> Show for Draw<'_, '_, W> {
    fn update(
        &mut self,
        _: &[u8],
        _: &Picture,
        _: &ServiceUpdate,
        known: &Known,
    ) -> std::io::Result<()> {
        self.tick(known)
    }

    fn tick(&mut self, known: &Known) -> std::io::Result<()> {
        self.0.show(&known.drawn(style()), size().1)
    }
}

/// Follows to the end, or to a Ctrl-C at any moment; the exit code.
async fn follow(
    args: &WatchArgs,
    client: &Client,
    known: &mut Known,
    show: &mut impl Show,
) -> Result<u8, Error> {
    tokio::select! {
        interrupt = tokio::signal::ctrl_c() => interrupt.map(|()| INTERRUPTED).map_err(Error::from),
        end = follow_to_the_end(args, client, known, show) => end,
    }
}

/// Follows over broken connections too.
async fn follow_to_the_end(
    args: &WatchArgs,
    client: &Client,
    known: &mut Known,
    show: &mut impl Show,
) -> Result<u8, Error> {
    let mut lines = open(args, client).await?;
    let mut ticks = tokio::time::interval(TICK);
    loop {
        let line = tokio::select! {
            _ = ticks.tick() => {
                show.tick(known)?;
                continue;
            }
            line = lines.next() => line,
        };
        // A control plane that was killed has said nothing.
        let Some(Ok(line)) = line else {
            lines = open_again(args, client).await?;
            continue;
        };
        let update: ServiceUpdate = serde_json::from_slice(&line)?;
        let before = known.learn(&update);
        show.update(&line, &before, &update, known)?;
        let outcome = Outcome::of(&known.picture);
        if update.end.as_deref() == Some("the service is INACTIVE") {
            return Ok(Outcome::Failed.exit_code());
        }
        if update.end.is_some() {
            lines = open_again(args, client).await?;
        } else if args.once || outcome != Outcome::UnderWay && !args.follow {
            return Ok(outcome.exit_code());
        }
    }
}

async fn open(args: &WatchArgs, client: &Client) -> Result<Lines, CallError> {
    let path = format!("/longshore/v1/watch/service/{}/{}", args.cluster, args.service);
    client.stream(&path, &[]).await
}

/// Waits for a control plane that starts again. The first line is then a whole picture.
async fn open_again(args: &WatchArgs, client: &Client) -> Result<Lines, CallError> {
    let mut attempts = 0;
    loop {
        tokio::time::sleep(PAUSE).await;
        attempts += 1;
        match open(args, client).await {
            Err(error) if error.may_pass() && attempts < ATTEMPTS_MAX => {}
            answer => return answer,
        }
    }
}

impl Known {
    /// Learns what a line says; what was known before.
    fn learn(&mut self, update: &ServiceUpdate) -> Picture {
        let before = self.picture.clone();
        self.seen.note(update);
        self.picture.learn(update);
        self.ahead_ms = update.at.0 - now().0;
        before
    }

    fn drawn(&self, style: Style) -> String {
        let now = Timestamp(now().0 + self.ahead_ms);
        draw::draw(&self.picture, self.seen.to_go_ms(&self.picture), now, style)
    }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Columns and rows of the terminal.
fn size() -> (usize, usize) {
    terminal_size::terminal_size()
        .map_or((80, 24), |(width, height)| (usize::from(width.0), usize::from(height.0)))
}

/// <https://no-color.org/>
fn style() -> Style {
    let has_no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    Style { width: size().0, colour: !has_no_color && std::io::stdout().is_terminal() }
}
