//! A process that a test started, and that ends with it.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use crate::{eventually, seconds};

/// Longer than any start takes, even on a busy machine.
const READY_WITHIN: Duration = seconds(30);
/// Lines of the log that a failing test shows.
const LOG_TAIL: usize = 60;

/// One program with its arguments, started, and started again after it was ended. Its standard error
/// goes to a file, which a failing test shows the end of.
pub struct Process {
    program: PathBuf,
    arguments: Vec<OsString>,
    environment: Vec<(String, String)>,
    log: PathBuf,
    child: Child,
}

impl Process {
    /// Starts a program, and waits for its first line on standard output.
    pub fn start(
        program: &Path,
        arguments: &[&str],
        environment: Vec<(String, String)>,
        log: PathBuf,
    ) -> Self {
        let arguments = arguments.iter().map(Into::into).collect();
        let child = spawn(program, &arguments, &environment, &log);
        let mut process = Self { program: program.into(), arguments, environment, log, child };
        process.await_ready();
        process
    }

    /// Starts it again as it was started before. It must have ended.
    pub fn start_again(&mut self) {
        self.child = spawn(&self.program, &self.arguments, &self.environment, &self.log);
        self.await_ready();
    }

    /// `kill -9`.
    pub fn kill_9(&mut self) {
        self.child.kill().expect("our own child can be killed");
        self.child.wait().expect("our own child can be waited for");
    }

    /// SIGTERM; waits until it has left.
    pub fn terminate(&mut self) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs");
        assert!(sent.success(), "process {pid} is not there to be terminated");
        eventually("the process left on SIGTERM", seconds(15), || {
            match self.child.try_wait().expect("our own child can be waited for") {
                Some(_) => Ok(()),
                None => Err("it still runs".into()),
            }
        });
    }

    /// The processor time that it has used, in ticks of 10 ms.
    pub fn cpu_ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))
            .expect("our own child is in /proc");
        // The name in parentheses may hold spaces; utime and stime are the 12th and 13th after it.
        let fields = stat.rsplit(") ").next().expect("stat has a name").split(' ');
        fields.skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("ticks are a number")).sum()
    }

    /// The end of its standard error.
    pub fn log_tail(&self) -> String {
        let log = std::fs::read(&self.log).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(LOG_TAIL)..].join("\n")
    }

    fn await_ready(&mut self) {
        let output = self.child.stdout.take().expect("standard output is piped");
        match first_line(output) {
            Some(line) if line.starts_with("ready") => {}
            line => {
                let _ = self.child.kill();
                let status = self.child.wait();
                panic!(
                    "{} {:?} did not become ready: it said {line:?} and left with {status:?}; its log:\n{}",
                    self.program.display(),
                    self.arguments,
                    self.log_tail()
                );
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if thread::panicking() {
            eprintln!("--- the end of {}\n{}", self.log.display(), self.log_tail());
        }
    }
}

fn spawn(
    program: &Path,
    arguments: &Vec<OsString>,
    environment: &[(String, String)],
    log: &Path,
) -> Child {
    let log: File =
        OpenOptions::new().create(true).append(true).open(log).expect("the log can be opened");
    let mut command = Command::new(program);
    // What the machine's own shell says of a control plane is not for ours.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("LONGSHORE_") {
            command.env_remove(name);
        }
    }
    command
        .args(arguments)
        .envs(environment.iter().cloned())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()))
}

/// The first line, or nothing if none came in time. Reads on in the background until the end: a full
/// pipe must not stop the program.
fn first_line(output: ChildStdout) -> Option<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    receiver.recv_timeout(READY_WITHIN).ok()
}
