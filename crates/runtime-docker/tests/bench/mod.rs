//! A bench on the Docker Engine of this machine. There is no other way: without an engine the
//! tests fail.

use std::fs::File;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use runtime::conformance::{Bench, LABEL, Program};
use runtime::{ContainerRuntime, ContainerSpec, LabelFilter};
use runtime_docker::{DockerRuntime, Timeouts};
use serde_json::json;

/// What the containers of the tests are made from: this machine's static busybox and nothing else.
pub const IMAGE: &str = "longshore-conformance/busybox:1";

/// Removes what a test made, even if it panicked.
pub struct Cleanup {
    label: String,
}

/// A bench with a label of its own.
pub async fn bench() -> (Cleanup, Bench) {
    let (cleanup, docker, label) = engine().await;
    (cleanup, Bench::new(Arc::new(docker), label, spec))
}

/// The engine, and a label for what a test makes.
pub async fn engine() -> (Cleanup, DockerRuntime, String) {
    let docker = DockerRuntime::connect(Timeouts::default())
        .await
        .expect("these tests need a Docker Engine; `docker version` says what is wrong");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    let label = format!("conformance-{}-{}", std::process::id(), now.as_nanos());
    let cleanup = Cleanup { label: label.clone() };
    import_image(&docker).await;
    (cleanup, docker, label)
}

impl Drop for Cleanup {
    fn drop(&mut self) {
        let label = self.label.clone();
        let cleaner = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime to clean up with");
            runtime.block_on(remove_all(&label));
        });
        cleaner.join().expect("what the test made is removed");
    }
}

async fn remove_all(label: &str) {
    let docker = DockerRuntime::connect(Timeouts::default()).await.expect("connect");
    let filter = LabelFilter::equals(LABEL, label);
    for container in docker.list(&filter).await.expect("list") {
        docker.remove(&container.id, true).await.expect("remove");
    }
    for volume in docker.list_volumes(&filter).await.expect("list volumes") {
        docker.remove_volume(&volume.name).await.expect("remove volume");
    }
}

/// Imports the image if the engine does not have it; one test process at a time.
async fn import_image(docker: &DockerRuntime) {
    let lock = File::create(std::env::temp_dir().join("longshore-conformance.lock"));
    let lock = lock.expect("a file to lock");
    lock.lock().expect("the lock");
    if docker.image_present(IMAGE).await.expect("ask").is_some() {
        return;
    }
    let mut tar = Command::new("tar")
        .args(["--create", "--directory=/", "bin/busybox"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("tar");
    let archive = tar.stdout.take().expect("the archive");
    let import = Command::new("docker").args(["import", "-", IMAGE]).stdin(archive).output();
    let import = import.expect("docker");
    assert!(import.status.success(), "{}", String::from_utf8_lossy(&import.stderr));
    assert!(tar.wait().expect("tar").success(), "/bin/busybox must be there");
}

fn spec(program: Program) -> ContainerSpec {
    let mut spec = shell(match program {
        Program::RunsUntilStopped => "trap 'exit 3' TERM; echo ready; busybox sleep 600 & wait",
        Program::IgnoresStop => "trap '' TERM; echo ready; busybox sleep 600 & wait",
        Program::ExitsWith7 => "echo one; echo two; echo three; exit 7",
        Program::RunsOutOfMemory => "busybox tail /dev/zero",
        Program::BecomesHealthy | Program::BecomesUnhealthy => "busybox sleep 600",
        Program::CannotStart => "",
    });
    let check = |command: &str| {
        json!({
            "Test": ["CMD", "/bin/busybox", "sh", "-c", command],
            "Interval": 200_000_000, "Timeout": 5_000_000_000_u64, "Retries": 2,
        })
    };
    match program {
        Program::CannotStart => spec.set_entry_point(&["/nonexistent".into()]),
        Program::BecomesHealthy => {
            spec.config.insert("Healthcheck".into(), check("exit 0"));
        }
        Program::BecomesUnhealthy => {
            spec.config.insert("Healthcheck".into(), check("echo no good; exit 1"));
        }
        _ => {}
    }
    spec
}

/// A container that runs this in a shell.
pub fn shell(command: &str) -> ContainerSpec {
    let mut spec = ContainerSpec::new("", IMAGE);
    spec.set_env("PATH", "/bin");
    spec.set_entry_point(&["/bin/busybox".into(), "sh".into(), "-c".into()]);
    spec.set_command(&[command.into()]);
    spec
}
