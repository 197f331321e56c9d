//! Going through a history event by event, by commands that are read line by line.

use std::io::{self, BufRead, Write};

use crate::{Event, Failure, World};

/// The commands.
pub const COMMANDS: &str =
    "Enter: next event; n N: N events; t SECONDS: so long; s: show the cluster; q: end";

/// How a walk ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The history is over.
    Over,
    /// The reader left.
    Left,
    /// An invariant does not hold.
    Failed(Box<Failure>),
}

/// What a line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ask {
    Events(u64),
    Time(i64),
    Show,
    Quit,
}

fn parse(line: &str) -> Option<Ask> {
    match line.split_whitespace().collect::<Vec<_>>()[..] {
        [] => Some(Ask::Events(1)),
        ["n", count] => count.parse().ok().map(Ask::Events),
        ["t", time] => {
            let seconds: i64 = time.trim_end_matches('s').parse().ok()?;
            seconds.checked_mul(1_000).map(Ask::Time)
        }
        ["s"] => Some(Ask::Show),
        ["q"] => Some(Ask::Quit),
        _ => None,
    }
}

/// Plays `world` as the lines of `input` ask for, until it is over, fails, or the lines end.
pub fn walk(mut world: World, input: impl BufRead, mut output: impl Write) -> io::Result<End> {
    writeln!(output, "{COMMANDS}")?;
    let mut now_ms = 0;
    for line in input.lines() {
        let line = line?;
        let (mut count, until_ms) = match parse(&line) {
            Some(Ask::Events(count)) => (count, i64::MAX),
            Some(Ask::Time(ms)) => (u64::MAX, now_ms + ms.max(0)),
            Some(Ask::Show) => {
                write!(output, "{}", world.show())?;
                continue;
            }
            Some(Ask::Quit) => return Ok(End::Left),
            None => {
                writeln!(output, "{line}: not a command. {COMMANDS}")?;
                continue;
            }
        };
        while count > 0 && now_ms < until_ms {
            match world.next_event() {
                Ok(Some(event)) => tell(&mut output, &event, &mut now_ms)?,
                Ok(None) => return Ok(End::Over),
                Err(failure) => return Ok(End::Failed(Box::new(failure))),
            }
            count -= 1;
        }
    }
    Ok(End::Left)
}

fn tell(output: &mut impl Write, event: &Event, now_ms: &mut i64) -> io::Result<()> {
    *now_ms = event.at_ms;
    writeln!(output, "{event}")
}
