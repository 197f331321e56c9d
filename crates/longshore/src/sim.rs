//! `longshore sim`: histories of a simulated cluster, in numbers or event by event.

use std::{
    io::{self, BufWriter, Write},
    thread,
    time::Instant,
};

use sim::{Failure, Summary, World, play, step};

use crate::args::SimArgs;

/// Without a wish.
const SEEDS: std::ops::Range<u64> = 0..100;

/// Plays what was asked for; an error says what broke, and how to see it again.
pub fn run(args: &SimArgs) -> io::Result<()> {
    let world = || match (args.seed.unwrap_or_default(), args.update) {
        (seed, None) => World::new(seed),
        (seed, Some(update)) => World::quiet(seed, update),
    };
    if args.step {
        return match step::walk(world(), io::stdin().lock(), io::stdout().lock())? {
            step::End::Over => writeln!(io::stdout(), "the history is over"),
            step::End::Left => Ok(()),
            step::End::Failed(failure) => Err(broken(*failure)),
        };
    }
    let began = Instant::now();
    let summary = if args.trace || args.view {
        tell(world(), args.trace)?
    } else if let Some(update) = args.update {
        World::quiet(args.seed.unwrap_or_default(), update).run().map_err(broken)?
    } else {
        let all = if args.rollouts.is_some() { 0..u64::MAX } else { SEEDS };
        let seeds = args.seed.map(|seed| seed..seed + 1).or(args.seeds.clone()).unwrap_or(all);
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        let threads = args.threads.unwrap_or_else(cores);
        play::many(seeds, args.rollouts.unwrap_or(u64::MAX), threads).map_err(broken)?
    };
    print(&summary, began.elapsed().as_millis().max(1) as u64)
}

fn broken(failure: Failure) -> io::Error {
    io::Error::other(failure.to_string())
}

/// Prints every event, or those in which a user or a fault acts or a service changes.
fn tell(mut world: World, is_all: bool) -> io::Result<Summary> {
    let mut output = BufWriter::new(io::stdout().lock());
    let mut frames = String::new();
    loop {
        match world.next_event() {
            Ok(Some(event)) => {
                if is_all || !event.notes.is_empty() || event.frames != frames {
                    writeln!(output, "{event}")?;
                }
                frames = event.frames;
            }
            Ok(None) => break,
            Err(failure) => {
                output.flush()?;
                return Err(broken(failure));
            }
        }
    }
    output.flush()?;
    Ok(world.summary())
}

fn print(summary: &Summary, wall_ms: u64) -> io::Result<()> {
    let Summary { seeds, events, commits, simulated_ms, rollouts, .. } = summary;
    let thousandths = |value: u64| format!("{}.{:03}", value / 1_000, value % 1_000);
    let hours = thousandths(*simulated_ms as u64 / 3_600);
    let hours_per_second = thousandths(*simulated_ms as u64 * 1_000 / (3_600 * wall_ms));
    let mut output = io::stdout().lock();
    writeln!(
        output,
        "{} rollouts in {seeds} histories: {} completed, {} failed, {} superseded, {} deleted",
        rollouts.count(),
        rollouts.completed,
        rollouts.failed,
        rollouts.superseded,
        rollouts.deleted,
    )?;
    writeln!(output, "{events} events, {commits} commits, no invariant broken")?;
    if !summary.deeds.is_empty() {
        writeln!(output, "users and faults: {}", summary.deeds_text())?;
    }
    writeln!(
        output,
        "{hours} simulated hours in {} s: {hours_per_second} simulated hours per second",
        thousandths(wall_ms)
    )
}
