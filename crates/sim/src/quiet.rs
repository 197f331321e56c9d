//! A world in which nothing happens by itself: one rolling update to look at.

use arn::TaskDefinitionId;
use serde_json::json;
use store::engine::Fault;

use crate::{Failure, World, agenda::Action, dice::Dice, wishes::typed};

const SERVICE: &str = "web";
const HOSTS: u32 = 3;
/// How long the user waits, before a deed and before one is tried again that had no answer.
const PAUSE_MS: u64 = 1_000;

/// A rolling update to play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Update {
    /// Tasks that the service wants.
    pub desired: u32,
    /// minimumHealthyPercent.
    pub minimum_percent: u32,
    /// maximumPercent.
    pub maximum_percent: u32,
}

/// What the user of a quiet world does, one after the other, each when all is at rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The service is created.
    Create(Update),
    /// It is updated.
    Update,
}

/// How many tasks, or containers, there are: of the old revision and of the new one.
pub type Frame = (u32, u32);

/// What an update looked like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Each frame of the service's tasks that are to run.
    pub tasks: Vec<Frame>,
    /// Each frame of the containers that run on the hosts.
    pub containers: Vec<Frame>,
}

impl World {
    /// A world with three hosts, in which a service `web` is created, whose health check takes three
    /// seconds to pass, and then updated.
    pub fn quiet(seed: u64, update: Update) -> World {
        let mut world = World::empty(seed, Dice::new(seed), 0);
        (world.is_calm, world.is_quiet) = (true, true);
        world.script = [Deed::Create(update), Deed::Update].into();
        for _ in 0..HOSTS {
            world.join();
        }
        world
    }

    /// Kills the server in its `number`th commit from now: before the commit is kept, or after.
    pub fn kill_at_commit(mut self, number: u64, is_kept: bool) -> World {
        let fault = if is_kept { Fault::Unanswered } else { Fault::Lost };
        self.plane.kill_at(self.plane.commits + number, fault);
        self
    }

    /// Plays a quiet world to its end, and looks at it after each event of the update.
    pub fn course(mut self) -> Result<Course, Failure> {
        let mut course = Course::default();
        while self.next_event()?.is_some() {
            let Some(state) = self.plane.snapshot().filter(|_| self.script.is_empty()) else {
                continue;
            };
            let Some(service) = state.services().iter().next() else { continue };
            let frame = crate::frames::frame(&state, service);
            // The update itself waits for its turn.
            if course.tasks.is_empty() && frame.0 == 0 {
                continue;
            }
            push(&mut course.tasks, frame);
            let newest = service.primary().map(|deployment| deployment.task_definition.clone());
            push(&mut course.containers, self.container_frame(newest.as_ref()));
        }
        Ok(course)
    }

    fn container_frame(&self, newest: Option<&TaskDefinitionId>) -> Frame {
        let (mut old, mut new) = (0, 0);
        for (revision, count) in self.containers_by_revision() {
            *if Some(&revision) == newest { &mut new } else { &mut old } += count;
        }
        (old, new)
    }

    /// Notes the user's next deed, if there is one.
    pub(crate) fn next_deed(&mut self) -> bool {
        let Some(deed) = self.script.front().copied() else { return false };
        if !self.is_deed_noted {
            self.is_deed_noted = true;
            self.after(PAUSE_MS, Action::Deed(deed));
        }
        true
    }

    pub(crate) fn do_deed(&mut self, deed: Deed) {
        let is_done = match deed {
            Deed::Create(update) => self.create_web(update),
            Deed::Update => self.update_web(),
        };
        self.is_deed_noted = false;
        if is_done.is_some() {
            self.script.pop_front();
        } else {
            self.next_deed();
        }
    }

    fn create_web(&mut self, update: Update) -> Option<()> {
        self.register("v1")?;
        // The family is the same when it is tried again, the revision is not.
        let input = typed(json!({
            "serviceName": SERVICE, "taskDefinition": "v1", "desiredCount": update.desired,
            "deploymentConfiguration": {
                "minimumHealthyPercent": update.minimum_percent,
                "maximumPercent": update.maximum_percent,
            },
        }));
        self.ask(|tx, cx| control::api::create_service(tx, cx, input)).map(|_| ())
    }

    fn update_web(&mut self) -> Option<()> {
        self.register("v2")?;
        let input = typed(json!({"service": SERVICE, "taskDefinition": "v2"}));
        self.ask(|tx, cx| control::api::update_service(tx, cx, input)).map(|_| ())
    }
}

fn push(frames: &mut Vec<Frame>, frame: Frame) {
    if frames.last() != Some(&frame) {
        frames.push(frame);
    }
}
