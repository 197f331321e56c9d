//! The sessions between the server and the agents, and what goes over them.

use agent::engine::{Event, Identified};
use control::session::{outbox, outbox::Outbox, presence};
use session_wire::acs;

use crate::{
    World,
    agenda::{Action, HostId},
    plane::Session,
};

impl World {
    pub(crate) fn connect(&mut self, host: HostId) {
        let h = &self.hosts[host];
        if h.engine.is_none() || h.connection.is_some() || h.is_dead {
            return;
        }
        let (key, now) = (h.key.clone(), self.now);
        let agent = presence::Agent::default();
        let taken = self.plane.update(|tx| Ok::<_, ()>(presence::connect(tx, &key, agent, now)));
        let Ok(Ok(is_registered)) = taken else {
            self.after(700, Action::Connect(host));
            return;
        };
        if !is_registered {
            return;
        }
        self.connections += 1;
        let connection = self.connections;
        self.hosts[host].connection = Some(connection);
        if let Some(sessions) = self.plane.sessions() {
            sessions.insert(key, Session { connection, outbox: Outbox::default() });
        }
        self.note(|| format!("host {host} connects"));
        self.sync(host);
        self.manifest(host, connection);
        // A new session tells the health of everything once more.
        let tasks: Vec<String> =
            self.hosts[host].engine.iter().flat_map(|e| e.tasks().map(|t| t.arn.clone())).collect();
        let life = self.hosts[host].life;
        for task in tasks {
            self.after(5, Action::Health(host, life, task));
        }
    }

    /// The connection breaks; each side notices in its own time.
    pub(crate) fn break_connection(&mut self, host: HostId) {
        if let Some(connection) = self.hosts[host].connection.take() {
            let (server, agent) = (self.dice.below(5_000), self.dice.below(2_000));
            self.after(server, Action::Disconnected(host, connection));
            self.after(agent, Action::Connect(host));
        }
    }

    pub(crate) fn disconnected(&mut self, host: HostId, connection: u64) {
        let key = self.hosts[host].key.clone();
        let Some(sessions) = self.plane.sessions() else { return };
        if sessions.get(&key).is_none_or(|s| s.connection != connection) {
            return;
        }
        sessions.remove(&key);
        let now = self.now;
        // Should the server go down on it, its next start disconnects everybody.
        let _ = self.plane.update(|tx| {
            presence::disconnect(tx, &key, now);
            Ok::<_, ()>(())
        });
    }

    pub(crate) fn sync(&mut self, host: HostId) {
        let key = self.hosts[host].key.clone();
        let Some(state) = self.plane.snapshot() else { return };
        let mut cx = self.plane.cx(&mut self.dice, self.now);
        let Some(sessions) = self.plane.sessions() else { return };
        let Some(session) = sessions.get_mut(&key) else { return };
        let connection = session.connection;
        for message in session.outbox.messages(&state, &mut cx, &key) {
            self.send_down(host, connection, message);
        }
    }

    /// Tells an agent all its tasks, as long as its connection is this one, and again in a while.
    pub(crate) fn manifest(&mut self, host: HostId, connection: u64) {
        if self.hosts[host].connection == Some(connection) {
            self.send_manifest(host);
            self.after(control::limits::MANIFEST_PERIOD_MS, Action::Manifest(host, connection));
        }
    }

    fn send_manifest(&mut self, host: HostId) {
        let key = self.hosts[host].key.clone();
        let own = key.clone();
        let number = self
            .plane
            .update(|tx| Ok::<_, ()>(control::launch::manifest_seq_num(tx, &own.0, own.1)));
        let (Ok(Ok(number)), Some(state)) = (number, self.plane.snapshot()) else { return };
        let home = self.plane.settings.home.clone();
        let message = outbox::manifest(&state, &home, &key, number, self.now);
        if let Some(connection) = self.hosts[host].connection {
            self.send_down(host, connection, message);
        }
    }

    pub(crate) fn send_down(&mut self, host: HostId, connection: u64, message: acs::Down) {
        let delay = self.delay(1, 40) as i64;
        let at = self.now.plus_ms(delay).max(self.hosts[host].last_down);
        self.hosts[host].last_down = at;
        if !self.is_calm && self.dice.once_in(25) {
            self.count("message repeated");
            let again = Box::new(message.clone());
            self.agenda.at(at, Action::Down(host, connection, again));
        }
        self.agenda.at(at, Action::Down(host, connection, Box::new(message)));
    }

    pub(crate) fn hear_down(&mut self, host: HostId, connection: u64, message: acs::Down) {
        if self.hosts[host].connection != Some(connection) {
            return;
        }
        match message {
            acs::Down::Payload(payload) => {
                for task in payload.tasks {
                    let seq_num = payload.seq_num;
                    self.apply(host, Event::Payload { task: Box::new(task), seq_num });
                }
            }
            acs::Down::TaskManifest(manifest) => {
                let tasks = manifest.tasks.into_iter().map(|t| Identified {
                    is_to_run: t.desired_status == "RUNNING",
                    task: t.task_arn,
                });
                let event = Event::Manifest {
                    timeline: manifest.timeline,
                    message_id: manifest.message_id,
                    tasks: tasks.collect(),
                };
                self.apply(host, event);
            }
            acs::Down::TaskStopVerificationAck(ack) => {
                let tasks = ack.stop_tasks.into_iter().map(|t| t.task_arn).collect();
                self.apply(host, Event::StopsVerified { message_id: ack.message_id, tasks });
            }
            _ => {}
        }
    }

    pub(crate) fn hear_up(&mut self, host: HostId, connection: u64, message: acs::Up) {
        let key = self.hosts[host].key.clone();
        let is_open = self
            .plane
            .sessions()
            .is_some_and(|s| s.get(&key).is_some_and(|s| s.connection == connection));
        let (acs::Up::TaskStopVerification(asked), true, Some(state)) =
            (message, is_open, self.plane.snapshot())
        else {
            return;
        };
        let home = self.plane.settings.home.clone();
        let answer = outbox::verify_stops(
            &state,
            &home,
            &key,
            &asked.message_id,
            asked.stop_candidates,
            self.now,
        );
        self.send_down(host, connection, answer);
    }
}
