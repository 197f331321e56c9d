//! The agents and their container engines: what they are told, and what they do about it.

use agent::engine::{Call, Effect, Event, Outcome, on_fake};
use model::Timestamp;
use session_wire::acs;

use crate::{
    World,
    agenda::{Action, HostId},
};

impl World {
    pub(crate) fn start_agent(&mut self, host: HostId) {
        if self.hosts[host].engine.is_some() || self.hosts[host].is_dead {
            return;
        }
        self.note(|| format!("the agent of host {host} starts"));
        let effects = self.hosts[host].start_agent();
        self.carry_out(host, effects);
        let life = self.hosts[host].life;
        self.after(10, Action::Listed(host, life));
        let delay = self.delay(10, 300);
        self.after(delay, Action::Connect(host));
    }

    pub(crate) fn start_engine(&mut self, host: HostId) {
        if !self.hosts[host].fake.is_up() && !self.hosts[host].is_dead {
            self.note(|| format!("the container engine of host {host} starts"));
            self.hosts[host].fake.restart();
            let life = self.hosts[host].life;
            self.after(10, Action::Listed(host, life));
        }
    }

    pub(crate) fn apply(&mut self, host: HostId, event: Event) {
        let now = self.now;
        let effects = self.hosts[host].apply(event, now);
        self.carry_out(host, effects);
        let life = self.hosts[host].life;
        let due = self.hosts[host].engine.as_ref().and_then(|e| e.next_due(now));
        let due = due.map(|at| at.max(now.plus_ms(1)));
        if due != self.hosts[host].tick_at {
            self.hosts[host].tick_at = due;
            if let Some(at) = due {
                self.agenda.at(at, Action::Tick(host, life));
            }
        }
        self.note_engine_time(host);
    }

    fn note_engine_time(&mut self, host: HostId) {
        let due = self.hosts[host].fake.next_due_ms();
        let due = due.map(|at| Timestamp(at as i64).max(self.now));
        if due != self.hosts[host].engine_at {
            self.hosts[host].engine_at = due;
            if let Some(at) = due {
                self.agenda.at(at, Action::Engine(host));
            }
        }
    }

    fn carry_out(&mut self, host: HostId, effects: Vec<Effect>) {
        let life = self.hosts[host].life;
        for effect in effects {
            match effect {
                Effect::Save(arn) => {
                    let h = &mut self.hosts[host];
                    let task = h.engine.as_ref().and_then(|e| e.task(&arn));
                    if let Some(task) = task {
                        let json = serde_json::to_string(task).expect("invariant: tasks have JSON");
                        h.disk.tasks.insert(arn, json);
                    }
                }
                Effect::Forget(arn) => {
                    self.hosts[host].disk.tasks.remove(&arn);
                }
                Effect::SaveInstance => {
                    let h = &mut self.hosts[host];
                    if let Some(engine) = &h.engine {
                        h.disk.watermark = engine.watermark();
                        h.disk.pulled = engine.pulled_images().iter().cloned().collect();
                    }
                }
                Effect::Call(call) => self.begin_call(host, call),
                Effect::List => self.after(5, Action::Listed(host, life)),
                Effect::Submit(report) => {
                    let delay = self.delay(1, 50);
                    self.after(delay, Action::Submit(host, life, report));
                }
                Effect::HealthChanged(task) => {
                    let delay = self.delay(1, 50);
                    self.after(delay, Action::Health(host, life, task));
                }
                Effect::VerifyStops { message_id, candidates } => {
                    self.verify_stops(host, message_id, candidates);
                }
            }
        }
    }

    fn verify_stops(&mut self, host: HostId, message_id: String, candidates: Vec<String>) {
        let Some(connection) = self.hosts[host].connection.filter(|_| !candidates.is_empty())
        else {
            return;
        };
        let cluster_arn = self.plane.settings.home.cluster_arn(&self.cluster);
        let message = acs::Up::TaskStopVerification(acs::TaskStopVerificationMessage {
            message_id,
            stop_candidates: candidates
                .into_iter()
                .map(|task_arn| acs::TaskIdentifier {
                    task_arn,
                    task_cluster_arn: cluster_arn.clone(),
                    desired_status: "STOPPED".into(),
                })
                .collect(),
        });
        let at = self.now.plus_ms(self.delay(1, 40) as i64).max(self.hosts[host].last_up);
        self.hosts[host].last_up = at;
        self.agenda.at(at, Action::Up(host, connection, Box::new(message)));
    }

    fn begin_call(&mut self, host: HostId, call: Call) {
        let now = self.now.0 as u64;
        let h = &mut self.hosts[host];
        let life = h.life;
        let events = h.fake.advance(now);
        self.tell_runtime_events(host, events);
        self.check_end(host, &call.verb);
        let mut begun = on_fake::begin(&mut self.hosts[host].fake, &call.verb);
        if let on_fake::Begun::Over(Outcome::Found(found)) = &mut begun {
            *found = self.hosts[host].seen(std::mem::take(found));
        }
        self.check_start(host, &call.verb);
        match begun {
            on_fake::Begun::Over(outcome) => {
                // The outcome is on its way; by then the agent may be another.
                let done = Event::Done { id: call.id, outcome };
                if self.hosts[host].life == life {
                    self.apply(host, done);
                }
            }
            on_fake::Begun::At(at) => {
                let at = Timestamp(at as i64).max(self.now);
                self.agenda.at(at, Action::Called(host, life, Box::new(call)));
            }
        }
        self.note_engine_time(host);
    }

    pub(crate) fn called(&mut self, host: HostId, life: u64, call: Call) {
        let now = self.now.0 as u64;
        let events = self.hosts[host].fake.advance(now);
        self.tell_runtime_events(host, events);
        if self.hosts[host].life != life {
            return;
        }
        let outcome = on_fake::finish(&mut self.hosts[host].fake, &call.verb);
        self.apply(host, Event::Done { id: call.id, outcome });
    }

    pub(crate) fn engine_time(&mut self, host: HostId) {
        if self.hosts[host].engine_at != Some(self.now) {
            return;
        }
        self.hosts[host].engine_at = None;
        let now = self.now.0 as u64;
        if self.hosts[host].fake.next_due_ms().is_some_and(|at| at <= now) {
            let events = self.hosts[host].fake.advance(now);
            self.tell_runtime_events(host, events);
        }
        self.note_engine_time(host);
    }

    pub(crate) fn tell_runtime_events(&mut self, host: HostId, events: Vec<runtime::Event>) {
        for event in events {
            if self.hosts[host].listening && self.hosts[host].engine.is_some() {
                self.apply(host, Event::Runtime(event));
            }
        }
    }

    pub(crate) fn listed(&mut self, host: HostId, life: u64) {
        if self.hosts[host].life != life {
            return;
        }
        let h = &mut self.hosts[host];
        let Some(filter) = h.engine.as_ref().map(agent::engine::Engine::label_filter) else {
            return;
        };
        let now = self.now.0 as u64;
        let missed = h.fake.advance(now);
        drop(missed);
        match h.fake.list(&filter) {
            Ok(containers) => {
                h.listening = true;
                let seen = h.seen(containers);
                self.apply(host, Event::Listed(seen));
            }
            Err(_) => self.after(1_000, Action::Listed(host, life)),
        }
    }
}
