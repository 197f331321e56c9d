//! The aws CLI.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::Mutex,
};

use serde_json::{Value, json};

/// The aws CLI with the credentials of one control plane. Calls from several threads take turns.
pub struct Aws {
    session: Mutex<Session>,
}

/// What a call of the aws CLI left behind.
#[derive(Debug)]
pub struct Answer {
    /// Its exit code.
    pub code: i64,
    /// Its standard output.
    pub out: String,
    /// Its standard error.
    pub err: String,
}

impl Aws {
    /// `environment` has the endpoint, the region and the credentials.
    pub fn new(environment: &[(String, String)]) -> Self {
        let mut child = Command::new("python3")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/python/aws_session.py"))
            .envs(environment.iter().cloned())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 runs");
        let input = child.stdin.take().expect("standard input is piped");
        let output = BufReader::new(child.stdout.take().expect("standard output is piped"));
        Self { session: Mutex::new(Session { child, input, output }) }
    }

    /// `aws ARGUMENTS`.
    pub fn call(&self, arguments: &[&str]) -> Answer {
        self.session.lock().expect("a call does not panic").call(arguments)
    }

    /// `aws ARGUMENTS`, which must succeed; its output.
    #[track_caller]
    pub fn run(&self, arguments: &[&str]) -> Value {
        let answer = self.call(arguments);
        assert!(answer.code == 0, "aws {}: {}", arguments.join(" "), answer.err.trim());
        parse(&answer.out)
    }

    /// `aws ecs OPERATION --cli-input-json INPUT`, which must succeed; its output.
    #[track_caller]
    pub fn ecs(&self, operation: &str, input: Value) -> Value {
        self.try_ecs(operation, &input)
            .unwrap_or_else(|error| panic!("aws ecs {operation} with {input}: {error}"))
    }

    /// The same, where a refusal or a server that is away is an answer too.
    pub fn try_ecs(&self, operation: &str, input: &Value) -> Result<Value, String> {
        let answer = self.call(&["ecs", operation, "--cli-input-json", &input.to_string()]);
        if answer.code == 0 { Ok(parse(&answer.out)) } else { Err(answer.err.trim().into()) }
    }
}

fn parse(out: &str) -> Value {
    if out.trim().is_empty() {
        return json!({});
    }
    serde_json::from_str(out).unwrap_or_else(|error| panic!("aws wrote {out:?}: {error}"))
}

struct Session {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Session {
    fn call(&mut self, arguments: &[&str]) -> Answer {
        // Older versions of the CLI write text or ask a pager unless told otherwise.
        let arguments = [arguments, &["--output", "json"]].concat();
        writeln!(self.input, "{}", json!(arguments)).expect("the aws session reads");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the aws session writes");
        let answer: Value = serde_json::from_str(&line)
            .unwrap_or_else(|error| panic!("the aws session wrote {line:?}: {error}"));
        let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
        Answer { code: answer["code"].as_i64().unwrap_or(-1), out: text("out"), err: text("err") }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
