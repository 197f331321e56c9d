//! Puts the engine to work: takes events from everywhere, one at a time, and carries effects out.

use std::sync::Arc;

use runtime::{ContainerRuntime, LabelFilter};
use session_wire::acs::RoleCredentials;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::api::Client;
use crate::clock;
use crate::credentials::{Role, TaskCredentials};
use crate::engine::{Call, Effect, Engine, Event, Report, Task, Verb};
use crate::error::AgentError;
use crate::limits;
use crate::state::{Instance, StateDir};
use crate::telemetry::{self, TaskPicture};
use crate::{api, calls};

/// What the driver is asked to do, one after the other.
#[derive(Debug)]
pub enum Command {
    /// Takes an event in, and tells whoever waits for that.
    Tell {
        /// The event.
        event: Event,
        /// Hears when it was taken in.
        reply: Option<oneshot::Sender<Reply>>,
    },
    /// Keeps new credentials of a task.
    Keep {
        /// The task's ARN.
        task: String,
        /// Of which of its roles.
        role: Role,
        /// The credentials.
        credentials: RoleCredentials,
        /// Hears whether the task is here and has not stopped: otherwise they are not kept.
        reply: oneshot::Sender<bool>,
    },
    /// Shows tasks as they are now.
    Look {
        /// Which.
        at: Look,
        /// Hears of them.
        reply: oneshot::Sender<Vec<Seen>>,
    },
}

/// Which tasks to show.
#[derive(Clone, Debug)]
pub enum Look {
    /// That of a container, by its id in the paths of the task endpoint.
    Container(String),
    /// That of a task role, by the id of its credentials.
    Credentials(String),
    /// All.
    All,
}

/// A task as it is now.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The task.
    pub task: Task,
    /// The place of the container that was asked for.
    pub container: usize,
}

/// The event was taken in, and whatever it changed is on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// For a manifest that was not too old: the tasks here that are not in it.
    pub stop_candidates: Option<Vec<String>>,
}

impl Command {
    /// An event that nobody waits for.
    pub fn of(event: Event) -> Self {
        Self::Tell { event, reply: None }
    }

    /// An event with a receiver that hears when it was taken in.
    pub fn asking(event: Event) -> (Self, oneshot::Receiver<Reply>) {
        let (sender, receiver) = oneshot::channel();
        (Self::Tell { event, reply: Some(sender) }, receiver)
    }
}

/// Everything that effects are carried out with.
pub struct Driver {
    pub engine: Engine,
    pub state: StateDir,
    pub instance: Instance,
    pub runtime: Arc<dyn ContainerRuntime>,
    pub api: Client,
    pub credentials: TaskCredentials,
    pub pictures: watch::Sender<Arc<Vec<TaskPicture>>>,
}

impl Driver {
    /// Runs until `shutdown`; ends early only when the state cannot be written.
    pub async fn run(
        self,
        commands: (mpsc::Sender<Command>, mpsc::Receiver<Command>),
        shutdown: CancellationToken,
    ) -> Result<(), AgentError> {
        let (sender, mut receiver) = commands;
        let mut at_work = AtWork {
            driver: self,
            events: sender,
            tasks: JoinSet::new(),
            calls: Arc::new(Semaphore::new(limits::RUNTIME_CALLS)),
            submissions: Arc::new(Semaphore::new(limits::SUBMISSIONS)),
        };
        let tasks = at_work.driver.state.tasks()?;
        let stored = at_work.driver.instance.clone();
        let effects = at_work.driver.engine.restore(tasks, stored.watermark, stored.pulled_images);
        at_work.carry_out(effects).await?;
        let mut commands = Vec::new();
        loop {
            let now = clock::now();
            let due = at_work.driver.engine.next_due(now);
            let wait = due.map(|at| u64::try_from(at.ms_since(now)).unwrap_or(0));
            tokio::select! {
                () = shutdown.cancelled() => return Ok(()),
                taken = receiver.recv_many(&mut commands, limits::EVENTS_AT_ONCE) => {
                    if taken == 0 {
                        return Ok(());
                    }
                }
                () = sleep_ms(wait) => commands.push(Command::of(Event::Tick)),
                _ = at_work.tasks.join_next(), if !at_work.tasks.is_empty() => continue,
            }
            at_work.take(&mut commands).await?;
        }
    }
}

impl Driver {
    /// Takes an event in. The credentials of a payload are kept before anything is started.
    fn tell(&mut self, event: Event) -> Vec<Effect> {
        let mut came = Vec::new();
        if let Event::Payload { task, .. } = &event {
            for (role, credentials) in [
                (Role::Task, &task.role_credentials),
                (Role::Execution, &task.execution_role_credentials),
            ] {
                came.extend(credentials.clone().map(|own| (task.arn.clone(), role, own)));
            }
        }
        let effects = self.engine.apply(event, clock::now());
        for (task, role, credentials) in came {
            self.keep(&task, role, credentials);
        }
        effects
    }

    fn keep(&self, task: &str, role: Role, credentials: RoleCredentials) -> bool {
        let is_live = self.engine.task(task).is_some_and(|task| !task.is_stopped());
        if is_live {
            self.credentials.keep(task, role, credentials);
        }
        is_live
    }

    fn look(&self, at: &Look) -> Vec<Seen> {
        let seen = |(task, container): (&Task, usize)| Seen { task: task.clone(), container };
        match at {
            Look::Container(id) => {
                self.engine.container_of_endpoint_id(id).map(seen).into_iter().collect()
            }
            Look::Credentials(id) => {
                let task = self.engine.task_of_credentials(id).map(|task| (task, 0));
                task.map(seen).into_iter().collect()
            }
            Look::All => self.engine.tasks().map(|task| seen((task, 0))).collect(),
        }
    }

    /// Whatever stops is saved: so this hears of each stop, before anybody else does.
    fn forget_credentials(&self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Forget(arn) => self.credentials.forget(arn),
                Effect::Save(arn) if self.engine.task(arn).is_some_and(Task::is_stopped) => {
                    self.credentials.forget_task_role(arn);
                }
                _ => {}
            }
        }
    }
}

async fn sleep_ms(ms: Option<u64>) {
    match ms {
        Some(ms) => tokio::time::sleep(std::time::Duration::from_millis(ms)).await,
        None => std::future::pending().await,
    }
}

struct AtWork {
    driver: Driver,
    events: mpsc::Sender<Command>,
    /// Calls and submissions; they end with the driver.
    tasks: JoinSet<()>,
    calls: Arc<Semaphore>,
    submissions: Arc<Semaphore>,
}

impl AtWork {
    /// Takes in what has come while the disk was at work, and writes what all of it changed at once.
    async fn take(&mut self, commands: &mut Vec<Command>) -> Result<(), AgentError> {
        let (mut effects, mut replies) = (Vec::new(), Vec::new());
        for command in commands.drain(..) {
            match command {
                Command::Tell { event, reply } => {
                    let news = self.driver.tell(event);
                    replies.extend(reply.map(|sender| (sender, reply_of(&news))));
                    effects.extend(news);
                }
                // Whoever asked may have gone meanwhile.
                Command::Keep { task, role, credentials, reply } => {
                    let _ = reply.send(self.driver.keep(&task, role, credentials));
                }
                Command::Look { at, reply } => {
                    let _ = reply.send(self.driver.look(&at));
                }
            }
        }
        self.carry_out(effects).await?;
        for (sender, reply) in replies {
            // A session that has ended meanwhile does not wait any more.
            let _ = sender.send(reply);
        }
        Ok(())
    }

    /// First what is to be on disk, then everything else.
    async fn carry_out(&mut self, effects: Vec<Effect>) -> Result<(), AgentError> {
        self.driver.forget_credentials(&effects);
        self.save(&effects).await?;
        let changed = !effects.is_empty();
        for effect in effects {
            match effect {
                Effect::Call(call) => self.call(call),
                Effect::List => self.list(),
                Effect::Submit(report) => self.submit(*report),
                Effect::Save(_)
                | Effect::SaveInstance
                | Effect::Forget(_)
                | Effect::HealthChanged(_)
                | Effect::VerifyStops { .. } => {}
            }
        }
        if changed {
            self.show();
        }
        Ok(())
    }

    /// Writes to disk, away from the threads that everything else runs on.
    async fn save(&mut self, effects: &[Effect]) -> Result<(), AgentError> {
        let mut changes = self.driver.state.changes();
        let (engine, instance) = (&self.driver.engine, &mut self.driver.instance);
        for effect in effects {
            match effect {
                Effect::Save(arn) => {
                    if let Some(task) = engine.task(arn) {
                        changes.keep_task(task);
                    }
                }
                Effect::Forget(arn) => changes.forget_task(arn),
                Effect::SaveInstance => {
                    instance.watermark = engine.watermark();
                    instance.pulled_images.clone_from(engine.pulled_images());
                    changes.keep_instance(instance);
                }
                _ => {}
            }
        }
        if changes.is_empty() {
            return Ok(());
        }
        let written = tokio::task::spawn_blocking(move || changes.write()).await;
        written.expect("invariant: writing the state does not panic")
    }

    fn call(&mut self, call: Call) {
        let (runtime, events) = (self.driver.runtime.clone(), self.events.clone());
        let permits = self.calls.clone();
        self.tasks.spawn(async move {
            // What takes long does not keep others from what is quick.
            let is_long = matches!(call.verb, Verb::Pull(_) | Verb::Stop { .. });
            let _permit = if is_long { None } else { permits.acquire().await.ok() };
            let outcome = calls::perform(&*runtime, &call.verb).await;
            let event = Event::Done { id: call.id, outcome };
            // When the driver has ended, nobody wants to know.
            let _ = events.send(Command::of(event)).await;
        });
    }

    fn list(&mut self) {
        let (runtime, events) = (self.driver.runtime.clone(), self.events.clone());
        let labels: LabelFilter = self.driver.engine.label_filter();
        self.tasks.spawn(async move {
            if let Ok(states) = runtime.list(&labels).await {
                let _ = events.send(Command::of(Event::Listed(states))).await;
            }
        });
    }

    fn submit(&mut self, report: Report) {
        let (api, events) = (self.driver.api.clone(), self.events.clone());
        let permits = self.submissions.clone();
        let cluster = self.driver.engine.settings().cluster.clone();
        self.tasks.spawn(async move {
            api::submit(&api, &cluster, &report, &permits).await;
            let event = Event::Submitted { task: report.task, number: report.number };
            let _ = events.send(Command::of(event)).await;
        });
    }

    /// Shows telemetry how things are, if they are not as before.
    fn show(&self) {
        let picture = telemetry::picture(&self.driver.engine);
        self.driver.pictures.send_if_modified(|shown| {
            let news = **shown != picture;
            if news {
                *shown = Arc::new(picture);
            }
            news
        });
    }
}

fn reply_of(effects: &[Effect]) -> Reply {
    let candidates = effects.iter().find_map(|effect| match effect {
        Effect::VerifyStops { candidates, .. } => Some(candidates.clone()),
        _ => None,
    });
    Reply { stop_candidates: candidates }
}
