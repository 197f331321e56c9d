//! How a rollout would go: the planner run ahead of time, on tasks that take as long as they did
//! lately. Nothing is touched.

use alloc::{vec, vec::Vec};
use arn::{InstanceId, TaskId};
use model::{DesiredStatus, HealthStatus, Service, TaskStatus, Timestamp};

use crate::{Choose, Destination, Host, Phase, Plan, Start, TaskView, View, Waiting, plan};

/// How long things take, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// From PENDING to RUNNING.
    pub start_ms: i64,
    /// From RUNNING to HEALTHY, for tasks with a health check.
    pub healthy_ms: i64,
    /// From the wish to stop to STOPPED.
    pub stop_ms: i64,
    /// Whether the new tasks have a health check.
    pub has_health_check: bool,
}

/// Where the tasks of a start go, given those that are live: fewer than it asks for when there is no
/// room.
pub type Place<'a> = dyn FnMut(&Start, &[TaskView]) -> Vec<InstanceId> + 'a;

/// The course of a rollout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// One for each instant at which something changes, the first at 0 ms.
    pub frames: Vec<Frame>,
    /// How it ends, with the last frame.
    pub end: End,
}

/// How many tasks are in which phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Since the beginning.
    pub after_ms: i64,
    /// Of older deployments.
    pub old: Tally,
    /// Of the primary one.
    pub new: Tally,
}

/// Tasks by phase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Not yet RUNNING.
    pub pending: u32,
    /// RUNNING, not healthy yet.
    pub warming: u32,
    /// Healthy.
    pub healthy: u32,
    /// Unhealthy.
    pub unhealthy: u32,
    /// On their way to STOPPED.
    pub stopping: u32,
}

/// How a forecast ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The service is steady.
    Steady,
    /// It would never get on by itself.
    Stuck(Waiting),
    /// No container instance takes so many tasks that are to be started, and nothing that stops
    /// makes room.
    NoRoom {
        /// How many.
        missing: u32,
    },
    /// It was not over after very many steps.
    Open,
}

const STEPS_MAX: u32 = 100_000;

/// Runs the service of `view` until it is steady or stuck. To forecast an update, give a view of a
/// service on which [`crate::begin_deployment`] was called.
pub fn forecast(view: &View, pace: &Pace, choose: &Choose, place: &mut Place) -> Forecast {
    let mut run = Run {
        service: view.service.clone(),
        view,
        pace,
        now: view.now,
        tasks: view.tasks.iter().filter_map(|task| Course::begin(view, pace, task)).collect(),
        next_id: u128::MAX,
    };
    run.let_pass();
    let mut frames: Vec<Frame> = vec![];
    for _ in 0..STEPS_MAX {
        let plan = plan(&run.view(), choose);
        let missing = run.apply(&plan, place);
        let frame = run.frame();
        match frames.last_mut() {
            Some(last) if last.after_ms == frame.after_ms => *last = frame,
            Some(last) if (last.old, last.new) == (frame.old, frame.new) => {}
            _ => frames.push(frame),
        }
        let next = run.next_at().into_iter().chain(plan.next_at).min();
        // Nobody knows when somebody answers.
        if let (None, Some(waiting @ Waiting::Hooks { .. })) = (run.next_at(), &plan.waiting) {
            return Forecast { frames, end: End::Stuck(waiting.clone()) };
        }
        let end = match (next, missing, plan.waiting) {
            (Some(next), ..) => {
                run.now = run.now.max(next);
                run.let_pass();
                continue;
            }
            (None, 1.., _) => End::NoRoom { missing },
            (None, 0, Some(waiting)) => End::Stuck(waiting),
            (None, 0, None) => End::Steady,
        };
        return Forecast { frames, end };
    }
    Forecast { frames, end: End::Open }
}

struct Course {
    task: TaskView,
    /// When it will be STOPPED.
    stop_at: Option<Timestamp>,
}

impl Course {
    fn begin(view: &View, pace: &Pace, task: &TaskView) -> Option<Self> {
        let is_stopping = view.phase(task) == Phase::Stopping;
        let stop_at = is_stopping.then(|| view.now.plus_ms(pace.stop_ms));
        let is_live = task.last_status < TaskStatus::Stopped;
        is_live.then(|| Course { task: task.clone(), stop_at })
    }
}

struct Run<'a> {
    service: Service,
    view: &'a View<'a>,
    pace: &'a Pace,
    now: Timestamp,
    tasks: Vec<Course>,
    next_id: u128,
}

impl Run<'_> {
    fn view(&self) -> View<'_> {
        View {
            tasks: self.tasks.iter().map(|course| course.task.clone()).collect(),
            eligible: self.view.eligible.clone(),
            in_alarm: self.view.in_alarm.clone(),
            ..self.clock()
        }
    }

    fn clock(&self) -> View<'_> {
        View::without_tasks(&self.service, self.now, self.view.settle_ms)
    }

    /// Applies `plan`; how many of its starts had no place.
    fn apply(&mut self, plan: &Plan, place: &mut Place) -> u32 {
        for stop in &plan.stops {
            if let Some(course) = self.tasks.iter_mut().find(|c| c.task.id == stop.task) {
                course.task.desired_status = DesiredStatus::Stopped;
                course.stop_at = Some(self.now.plus_ms(self.pace.stop_ms));
            }
        }
        let mut missing = 0;
        for start in &plan.starts {
            let live: Vec<TaskView> = self.tasks.iter().map(|c| c.task.clone()).collect();
            let places = place(start, &live);
            if !matches!(start.to, Destination::Zone(_)) {
                missing += start.count.saturating_sub(places.len() as u32);
            }
            for instance in places.into_iter().take(start.count as usize) {
                let task = self.pending_task(start, instance);
                self.tasks.push(Course { task, stop_at: None });
            }
        }
        if let Some(change) = plan.service.clone() {
            change.apply(&mut self.service);
        }
        missing
    }

    fn pending_task(&mut self, start: &Start, instance: InstanceId) -> TaskView {
        let id = TaskId(self.next_id);
        self.next_id -= 1;
        let of_instance = self.view.eligible.iter().find(|e| e.instance == instance);
        TaskView {
            id,
            deployment: start.deployment.clone(),
            container_instance: Some(instance),
            availability_zone: of_instance
                .and_then(|e| e.availability_zone.clone())
                .or_else(|| start.to.zone().map(Into::into)),
            last_status: TaskStatus::Pending,
            desired_status: DesiredStatus::Running,
            health_status: HealthStatus::Unknown,
            has_health_check: self.pace.has_health_check,
            created_at: self.now,
            started_at: None,
            protected_until: None,
            host: Host::default(),
        }
    }

    /// When a task changes next by itself. A task that is late changes now.
    fn change_at(&self, course: &Course) -> Option<Timestamp> {
        let task = &course.task;
        let pace = self.pace;
        match self.clock().phase(task) {
            Phase::Stopping => course.stop_at,
            Phase::Pending => Some(task.created_at.plus_ms(pace.start_ms)),
            Phase::Warming if task.has_health_check => {
                Some(task.running_since().plus_ms(pace.healthy_ms))
            }
            Phase::Warming | Phase::Healthy | Phase::Unhealthy => None,
        }
    }

    fn next_at(&self) -> Option<Timestamp> {
        self.tasks.iter().filter_map(|course| self.change_at(course)).min()
    }

    /// Brings all tasks to where they are now.
    fn let_pass(&mut self) {
        loop {
            let due: Vec<usize> = (0..self.tasks.len())
                .filter(|i| self.change_at(&self.tasks[*i]).is_some_and(|at| at <= self.now))
                .collect();
            if due.is_empty() {
                return;
            }
            for index in due.into_iter().rev() {
                self.change(index);
            }
        }
    }

    fn change(&mut self, index: usize) {
        let phase = self.clock().phase(&self.tasks[index].task);
        let now = self.now;
        let task = &mut self.tasks[index].task;
        match phase {
            Phase::Stopping => {
                self.tasks.swap_remove(index);
            }
            Phase::Pending => {
                task.last_status = TaskStatus::Running;
                task.started_at = Some(now);
            }
            _ => task.health_status = HealthStatus::Healthy,
        }
    }

    fn frame(&self) -> Frame {
        let primary = self.service.primary();
        let (mut old, mut new) = (Tally::default(), Tally::default());
        let view = self.clock();
        for course in &self.tasks {
            let is_new = primary.is_some_and(|primary| primary.id == course.task.deployment);
            let tally = if is_new { &mut new } else { &mut old };
            *match view.phase(&course.task) {
                Phase::Pending => &mut tally.pending,
                Phase::Warming => &mut tally.warming,
                Phase::Healthy => &mut tally.healthy,
                Phase::Unhealthy => &mut tally.unhealthy,
                Phase::Stopping => &mut tally.stopping,
            } += 1;
        }
        Frame { after_ms: self.now.ms_since(self.view.now), old, new }
    }
}
