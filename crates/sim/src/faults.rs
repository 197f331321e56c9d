//! What breaks.

use store::engine::Fault;

use crate::{
    World,
    agenda::{Action, HostId},
};

impl World {
    /// One thing breaks, or nothing.
    pub(crate) fn fault(&mut self) {
        if self.is_calm {
            return;
        }
        let pause = self.dice.between(1_000, 40_000);
        self.after(pause, Action::Fault);
        if self.hosts.is_empty() {
            return;
        }
        let host = self.dice.below(self.hosts.len() as u64) as usize;
        if self.hosts[host].is_dead {
            return;
        }
        match self.dice.below(21) {
            0 | 1 => {
                self.count("server killed");
                self.note(|| "fault: the server is killed".into());
                self.plane.crash();
            }
            2..=4 => {
                self.count("server killed in a commit");
                let fault = if self.dice.once_in(2) { Fault::Lost } else { Fault::Unanswered };
                self.note(|| format!("fault: the next commit fails ({fault:?})"));
                self.plane.fail_next_commit(fault);
            }
            5..=7 => self.kill_agent(host),
            8..=10 => {
                self.count("connection broken");
                self.note(|| format!("fault: the connection of host {host} breaks"));
                self.break_connection(host);
            }
            11 | 12 => self.kill_engine(host),
            13 | 14 => {
                self.count("host rebooted");
                self.note(|| format!("fault: host {host} goes down"));
                self.hosts[host].crash_agent();
                self.break_connection(host);
                self.hosts[host].fake.reboot_host(2_000);
                self.after(3_000, Action::StartEngine(host));
                self.after(4_000, Action::StartAgent(host));
            }
            15 => {
                self.count("host died");
                self.die(host);
            }
            16 | 17 => {
                self.count("events lost");
                self.note(|| format!("fault: events of host {host} are lost"));
                self.hosts[host].misses_events = true;
                self.hosts[host].fake.lose_next_events(3);
            }
            18 => self.tell_stray(host),
            _ => self.kill_container(host),
        }
    }

    fn kill_agent(&mut self, host: HostId) {
        self.count("agent killed");
        self.note(|| format!("fault: the agent of host {host} is killed"));
        self.hosts[host].crash_agent();
        self.break_connection(host);
        let down = self.dice.between(100, 20_000);
        self.after(down, Action::StartAgent(host));
    }

    fn kill_engine(&mut self, host: HostId) {
        self.count("engine stopped");
        self.note(|| format!("fault: the container engine of host {host} goes away"));
        self.hosts[host].fake.crash();
        self.hosts[host].listening = false;
        self.apply(host, agent::engine::Event::RuntimeLost);
        let down = self.dice.between(500, 15_000);
        self.after(down, Action::StartEngine(host));
    }

    pub(crate) fn lose_connections(&mut self) {
        for host in 0..self.hosts.len() {
            if self.hosts[host].connection.take().is_some() {
                let delay = self.dice.below(2_000);
                self.after(delay, Action::Connect(host));
            }
        }
    }

    fn kill_container(&mut self, host: usize) {
        let all = runtime::LabelFilter::default();
        let containers = self.hosts[host].fake.list(&all).unwrap_or_default();
        let running: Vec<_> = containers
            .into_iter()
            .map(|c| c.id)
            .filter(|id| self.hosts[host].fake.is_running(id))
            .collect();
        if let Some(id) = self.dice.pick(&running).cloned() {
            self.count("container ended");
            self.note(|| format!("fault: a container of host {host} ends"));
            self.hosts[host].fake.exit(&id, 1);
            let events = self.hosts[host].fake.take_events();
            self.tell_runtime_events(host, events);
        }
    }
}
