//! The drawing of a rollout: a pure function from what is known to lines of text.
//!
//! Every task is a box in the lane of its deployment. Two bars count the healthy tasks and all tasks on
//! one scale, and the floor and the ceiling are lines through them: the upper bar must not end before
//! the floor, the lower one not after the ceiling.

use wire::{
    Timestamp,
    ecs::DeploymentRolloutState,
    longshore::{
        phase::{Tally, TaskPhase},
        watch::Picture,
    },
};

use super::{
    phases,
    seen::{Counts, percent},
};

/// How to draw.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether colours are wanted.
    pub colour: bool,
}

/// The columns that names at the left take.
const MARGIN: usize = 9;
/// The narrowest drawing.
const WIDTH_MIN: usize = 24;

/// Draws a picture at an instant; each line ends with a line feed.
pub fn draw(picture: &Picture, to_go_ms: Option<i64>, now: Timestamp, style: Style) -> String {
    let style = Style { width: style.width.max(WIDTH_MIN), ..style };
    let counts = Counts::of(picture);
    let mut lines = heading(picture, to_go_ms, now);
    lines.push(progress(percent(picture), style));
    lines.extend(limits(picture, counts, style));
    if let Some(why) = &picture.service.waits_for {
        lines.extend(wrapped(&format!("waits: {why}"), style.width));
    }
    lines.push(String::new());
    // The boxes come last: where the terminal is not high enough they are what can be missed.
    for (name, tally) in [("old", counts.old), ("new", counts.new)] {
        let told = |count, phase| format!("{count} {} {}", shape(phase).0, phases::name(phase));
        lines.push(format!("{name:<MARGIN$}{}", phases::in_words(tally, ", ", told)));
        lines.extend(boxes(tally, style));
    }
    let fitting: Vec<String> = lines.iter().map(|line| fitted(line, style)).collect();
    fitting.join("\n") + "\n"
}

fn heading(picture: &Picture, to_go_ms: Option<i64>, now: Timestamp) -> Vec<String> {
    let service = &picture.service;
    let primary = picture.primary();
    let rollout_state = primary.and_then(|it| it.rollout_state);
    let state = rollout_state.map_or_else(|| service.status.clone(), |state| state.to_string());
    let revision = |at: usize| {
        let arn = picture.deployments.get(at)?.task_definition.as_deref()?;
        arn.rsplit('/').next()
    };
    let ways = match (revision(1), revision(0)) {
        (Some(old), Some(new)) => format!("{old} → {new}"),
        (None, new) => new.unwrap_or("no deployment").to_owned(),
        (Some(old), None) => old.to_owned(),
    };
    let began = primary.and_then(|it| it.created_at).unwrap_or(now);
    let is_done = rollout_state == Some(DeploymentRolloutState::Completed);
    let ended = primary.and_then(|it| it.updated_at).filter(|_| is_done).unwrap_or(now);
    let elapsed = duration(ended.0 - began.0);
    let times = match (is_done, to_go_ms) {
        (true, _) => format!("took {elapsed}"),
        (false, Some(ms)) => format!("{elapsed} elapsed, about {} to go", duration(ms)),
        (false, None) => format!("{elapsed} elapsed"),
    };
    let head =
        format!("{}/{}  {state}  desired {}", service.cluster, service.name, service.desired_count);
    let mut lines = vec![head, ways, times];
    if let Some(it) = &service.service_deployment {
        let number = it.service_deployment_arn.rsplit('/').next().unwrap_or_default();
        lines.push(format!("{number} {} {}", it.status, it.lifecycle_stage));
    }
    lines
}

fn progress(percent: u32, style: Style) -> String {
    let columns = style.width - MARGIN;
    let full = percent as usize * columns / 100;
    let rest = "░".repeat(columns - full);
    format!("{:<MARGIN$}{}{rest}", format!("{percent:>3} %"), "█".repeat(full))
}

/// A box and its colour (an SGR code).
fn shape(phase: TaskPhase) -> (&'static str, &'static str) {
    match phase {
        TaskPhase::Pending => ("□", "33"),
        TaskPhase::Warming => ("◧", "36"),
        TaskPhase::Healthy => ("■", "32"),
        TaskPhase::Unhealthy => ("☒", "31"),
        TaskPhase::Stopping | TaskPhase::Stopped => ("▨", "90"),
    }
}

/// The tasks of one lane, the healthy ones first, as many in a row as fit.
fn boxes(tally: Tally, style: Style) -> Vec<String> {
    let phases: Vec<TaskPhase> = phases::ORDER
        .iter()
        .flat_map(|phase| std::iter::repeat_n(*phase, tally.of(*phase) as usize))
        .collect();
    let row_len = ((style.width - MARGIN) / 2).max(1);
    let row = |row: &[TaskPhase]| {
        let drawn: Vec<String> = row
            .iter()
            .map(|phase| match (shape(*phase), style.colour) {
                ((shape, colour), true) => format!("\x1b[{colour}m{shape}\x1b[0m"),
                ((shape, _), false) => shape.to_owned(),
            })
            .collect();
        format!("{}{}", " ".repeat(MARGIN), drawn.join(" "))
    };
    phases.chunks(row_len).map(row).collect()
}

/// The two bars with the two lines.
fn limits(picture: &Picture, counts: Counts, style: Style) -> Vec<String> {
    let service = &picture.service;
    let all = counts.old.total() + counts.new.total();
    let healthy = counts.old.healthy + counts.new.healthy;
    let scale = all.max(service.ceiling).max(service.desired_count).max(1) as usize;
    let columns = style.width - MARGIN - 1;
    let column = |count: u32| count as usize * columns / scale;
    let bar = |count: u32| {
        let cells = (0..=columns).map(|at| match at {
            at if at == column(service.ceiling) => '┃',
            at if at == column(service.floor) => '│',
            at if at < column(count) => '█',
            _ => ' ',
        });
        cells.collect::<String>()
    };
    let name = |name: &str, count: u32| format!("{:<MARGIN$}", format!("{name} {count}"));
    vec![
        format!("{}{}", name("well", healthy), bar(healthy)),
        format!("{}{}", name("all", all), bar(all)),
        format!("{}│ floor {}   ┃ ceiling {}", " ".repeat(MARGIN), service.floor, service.ceiling),
    ]
}

/// A time in the largest units that say it to the second.
pub fn duration(ms: i64) -> String {
    let seconds = (ms.max(0) + 500) / 1_000;
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("invariant: there is a line");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines
}

/// A line cut to the width; one with colours has its width by its making.
fn fitted(line: &str, style: Style) -> String {
    if line.contains('\x1b') || line.chars().count() <= style.width {
        return line.trim_end().to_owned();
    }
    line.chars().take(style.width - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use wire::{
        ecs,
        longshore::watch::{WatchedService, WatchedTask},
    };

    use super::*;

    fn deployment(number: u32, state: ecs::DeploymentRolloutState) -> ecs::Deployment {
        ecs::Deployment {
            id: Some(format!("ecs-svc/{number}")),
            task_definition: Some(format!("arn:aws:ecs:r:0:task-definition/web:{number}")),
            rollout_state: Some(state),
            created_at: Some(Timestamp(0)),
            updated_at: Some(Timestamp(0)),
            ..ecs::Deployment::default()
        }
    }

    /// A rollout of `desired` tasks at 100/150, with these tasks of the old and the new revision.
    fn picture(desired: u32, old: &[(u32, TaskPhase)], new: &[(u32, TaskPhase)]) -> Picture {
        let service = WatchedService {
            cluster: "default".into(),
            name: "web".into(),
            desired_count: desired,
            floor: desired,
            ceiling: desired * 3 / 2,
            waits_for: Some("waiting for tasks: 2 to run, 0 to become healthy, 0 to stop".into()),
            ..WatchedService::default()
        };
        let state = ecs::DeploymentRolloutState::InProgress;
        let mut picture = Picture {
            service,
            deployments: vec![deployment(2, state), deployment(1, state)],
            ..Picture::default()
        };
        for (number, lane) in [(1, old), (2, new)] {
            for (count, phase) in lane {
                for _ in 0..*count {
                    let id = format!("{:04}", picture.tasks.len());
                    let deployment = format!("ecs-svc/{number}");
                    let task = WatchedTask {
                        id: id.clone(),
                        deployment,
                        phase: *phase,
                        ..Default::default()
                    };
                    picture.tasks.insert(id, task);
                }
            }
        }
        picture
    }

    fn drawn(picture: &Picture, width: usize, colour: bool) -> String {
        let text = draw(picture, Some(8_000), Timestamp(12_000), Style { width, colour });
        let too_long = text.lines().find(|line| !colour && line.chars().count() > width);
        assert_eq!(too_long, None, "no line is wider than {width}");
        text
    }

    #[test]
    fn in_the_middle_of_four() {
        use TaskPhase::{Healthy, Pending, Stopping, Unhealthy, Warming};
        let few = picture(4, &[(2, Healthy), (1, Stopping)], &[(2, Healthy), (1, Pending)]);
        insta::assert_snapshot!("four_at_40", drawn(&few, 40, false));
        insta::assert_snapshot!("four_at_80", drawn(&few, 80, false));
        insta::assert_snapshot!("four_at_120", drawn(&few, 120, false));
        let every = picture(4, &[(1, Unhealthy)], &[(1, Warming), (1, Pending)]);
        insta::assert_snapshot!("every_phase", drawn(&every, 60, false));
    }

    #[test]
    fn in_the_middle_of_two_hundred() {
        use TaskPhase::{Healthy, Pending, Stopping, Warming};
        let new = [(60, Healthy), (20, Warming), (20, Pending)];
        let many = picture(200, &[(140, Healthy), (40, Stopping)], &new);
        insta::assert_snapshot!("two_hundred_at_40", drawn(&many, 40, false));
        insta::assert_snapshot!("two_hundred_at_120", drawn(&many, 120, false));
    }

    #[test]
    fn when_it_is_done() {
        let mut done = picture(4, &[], &[(4, TaskPhase::Healthy)]);
        let completed = deployment(2, ecs::DeploymentRolloutState::Completed);
        done.deployments =
            vec![ecs::Deployment { updated_at: Some(Timestamp(9_000)), ..completed }];
        done.service.waits_for = None;
        insta::assert_snapshot!("done", drawn(&done, 80, false));
    }

    #[test]
    fn colours_are_drawn_only_where_they_are_wanted() {
        let few = picture(2, &[(1, TaskPhase::Stopping)], &[(1, TaskPhase::Healthy)]);
        assert!(!drawn(&few, 80, false).contains('\x1b'));
        let coloured = drawn(&few, 80, true);
        assert!(coloured.contains("\x1b[32m■\x1b[0m"), "{coloured:?}");
        assert!(coloured.contains("\x1b[90m▨\x1b[0m"), "{coloured:?}");
    }

    #[test]
    fn nothing_at_all_is_drawn_too() {
        insta::assert_snapshot!("nothing", drawn(&Picture::default(), 40, false));
    }
}
