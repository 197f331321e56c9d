//! A rollout planned and watched through the binary.

use std::{
    io::{Read as _, Write as _},
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex},
    thread::JoinHandle,
};

use e2e::{ControlPlane, World, definition, eventually, longshore, seconds};
use serde_json::{Value, json};

fn rollout(up: &ControlPlane, arguments: &[&str]) -> Command {
    let mut command = Command::new(longshore());
    command.arg("rollout").args(arguments).envs(up.environment.iter().cloned());
    command
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// `(old, new)` tasks that are to run, in each frame of a plan.
fn planned(plan: &Value) -> Vec<(u64, u64)> {
    let wanted = |tally: &Value| {
        let phases = ["pending", "warming", "healthy", "unhealthy"];
        phases.iter().filter_map(|phase| tally[phase].as_u64()).sum()
    };
    let frames = plan["frames"].as_array().expect("frames");
    let mut seen: Vec<(u64, u64)> = Vec::new();
    for frame in frames {
        let frame = (wanted(&frame["old"]), wanted(&frame["new"]));
        if seen.last() != Some(&frame) {
            seen.push(frame);
        }
    }
    seen
}

#[test]
fn a_rollout_is_planned_without_a_trace_and_watched_to_its_end() {
    let world = World::new();
    let up = world.up(&["--settle", "0s"]);
    up.instances(1);
    let shell = || json!([definition::shell("app", definition::LINGER)]);
    let v1 = up.register("app", shell());
    let percentages = json!({"minimumHealthyPercent": 50, "maximumPercent": 100});
    up.create_service(
        "app",
        &v1,
        json!({"desiredCount": 2, "deploymentConfiguration": percentages}),
    );
    let before = up.service_is_stable("app", 40);
    let v2 = up.register("app", shell());

    let plan = rollout(&up, &["plan", "app", "--task-definition", &v2, "--json"]).output();
    let plan = plan.expect("longshore runs");
    assert!(plan.status.success(), "{}", String::from_utf8_lossy(&plan.stderr));
    let plan = &lines(&plan)[0];
    assert_eq!(planned(plan), [(1, 0), (1, 1), (0, 1), (0, 2)], "{plan}");
    assert_eq!(plan["pace"]["start"]["seenCount"], 2, "{plan}");
    assert_eq!(up.service("app")["deployments"], before["deployments"], "nothing was touched");

    let mut watch = rollout(&up, &["watch", "app", "--json", "--follow"]);
    let watch = watch.stdout(Stdio::piped()).spawn().expect("longshore runs");
    up.ecs("update-service", json!({"service": "app", "taskDefinition": v2}));
    let until = rollout(&up, &["watch", "app", "--json"]).output().expect("longshore runs");
    assert_eq!(until.status.code(), Some(0), "{}", String::from_utf8_lossy(&until.stderr));
    let seen = lines(&until);
    assert_eq!(seen[0]["whole"], true, "{}", seen[0]);
    let last_service = seen.iter().rev().find(|line| line["service"].is_object());
    assert_eq!(last_service.expect("it is told")["service"]["steady"], true);

    up.ecs("delete-service", json!({"service": "app", "force": true}));
    let ended = watch.wait_with_output().expect("it ends with the service");
    assert_eq!(ended.status.code(), Some(1), "the service is no more");
    let seen = lines(&ended);
    assert_eq!(seen.last().expect("a line")["end"], "the service is INACTIVE");
    let stopped =
        seen.iter().flat_map(|line| line["tasks"].as_array().cloned().unwrap_or_default());
    let stopped = stopped.filter(|task| task["phase"] == "STOPPED").count();
    assert_eq!(stopped, 4, "two of each revision");
}

/// `longshore rollout` on a terminal of its own, which util-linux's script(1) makes.
struct Terminal {
    script: Child,
    screen: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

impl Terminal {
    fn open(up: &ControlPlane, arguments: &str) -> Self {
        let command =
            format!("stty cols 100 rows 40; exec {} rollout {arguments}", longshore().display());
        let mut script = Command::new("script");
        script.args(["--quiet", "--return", "--flush", "--command", &command, "/dev/null"]);
        script.envs(up.environment.iter().cloned()).env_remove("NO_COLOR");
        script.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut script = script.spawn().expect("script(1) runs");
        let mut out = script.stdout.take().expect("it is a pipe");
        let screen = Arc::new(Mutex::new(String::new()));
        let seen = Arc::clone(&screen);
        let reader = std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = out.read(&mut bytes) {
                seen.lock().expect("whole").push_str(&String::from_utf8_lossy(&bytes[..length]));
            }
        });
        Terminal { script, screen, reader: Some(reader) }
    }

    fn text(&self) -> String {
        self.screen.lock().expect("whole").clone()
    }

    fn shows(&self, text: &str) {
        eventually(&format!("the terminal shows {text:?}"), seconds(30), || {
            let all = self.text();
            if all.contains(text) { Ok(()) } else { Err(all) }
        });
    }

    fn press(&mut self, key: u8) {
        let keys = self.script.stdin.as_mut().expect("it is a pipe");
        keys.write_all(&[key]).and_then(|()| keys.flush()).expect("script(1) listens");
    }

    /// The exit code, and what stays on the terminal when the drawing is gone.
    fn end(mut self) -> (Option<i32>, String) {
        let status = self.script.wait().expect("it ends");
        self.reader.take().expect("once").join().expect("it reads to the end");
        let text = self.text();
        let (_, rest) = text.rsplit_once(LEAVE).expect("the terminal is given back");
        (status.code(), rest.to_owned())
    }
}

/// What takes the other screen of a terminal, and what gives it back.
const ENTER: &str = "\x1b[?1049h";
const LEAVE: &str = "\x1b[?1049l";
const CTRL_C: u8 = 3;

#[test]
fn a_rollout_is_drawn_on_a_terminal_also_over_a_kill_9_of_the_server() {
    let world = World::new();
    let mut server = world.server(&["--settle", "0s"]);
    server.ecs("create-cluster", json!({}));
    let _agent = world.agent(&server, "one", &[]);
    server.instances(1);
    let shell = || json!([definition::shell("app", definition::LINGER)]);
    let v1 = server.register("app", shell());
    server.create_service("app", &v1, json!({"desiredCount": 2}));
    server.service_is_stable("app", 40);

    let once = rollout(&server, &["watch", "app", "--once"]).output().expect("longshore runs");
    assert_eq!(once.status.code(), Some(0));
    let once = String::from_utf8_lossy(&once.stdout).into_owned();
    assert!(once.contains("app") && !once.contains('\x1b'), "{once}");

    let watched = Terminal::open(&server, "watch app --follow");
    watched.shows(ENTER);
    let mut interrupted = Terminal::open(&server, "watch app --follow");
    interrupted.shows(ENTER);
    let v2 = server.register("app", shell());
    server.ecs("update-service", json!({"service": "app", "taskDefinition": v2}));
    server.process.kill_9();
    interrupted.press(CTRL_C);
    let (code, _) = interrupted.end();
    assert_eq!(code, Some(130), "also while there is no server");
    server.process.start_again();

    let to_the_end = Terminal::open(&server, "watch app");
    let (code, last) = to_the_end.end();
    assert_eq!(code, Some(0), "{last}");
    assert!(last.contains("100 %"), "the last drawing stays: {last}");

    let v3 = server.register("app", shell());
    server.ecs("update-service", json!({"service": "app", "taskDefinition": v3}));
    watched.shows(&format!("{}:3", world.family("app")));
    server.ecs("delete-service", json!({"service": "app", "force": true}));
    let (code, _) = watched.end();
    assert_eq!(code, Some(1), "the service is no more");
}

#[test]
fn a_service_that_is_not_there_cannot_be_watched() {
    let world = World::new();
    let server = world.server(&["--store", "memory"]);
    server.ecs("create-cluster", json!({}));
    let answer = rollout(&server, &["watch", "nobody", "--plain"]).output().expect("it runs");
    assert_eq!(answer.status.code(), Some(2));
    let said = String::from_utf8_lossy(&answer.stderr);
    assert!(said.contains("ServiceNotFoundException"), "{said}");
}
