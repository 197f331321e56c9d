//! Where the program under test is.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

/// The binary `longshore`: `LONGSHORE_BIN` if that is set, else the one of this workspace, built by
/// cargo once for each run of the tests (cargo builds binaries only for tests of their own package).
pub fn longshore() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| match env::var_os("LONGSHORE_BIN") {
        Some(path) => path.into(),
        None => build(),
    })
}

fn build() -> PathBuf {
    // target/debug/deps/main-0123abcd is the test that runs.
    let test = env::current_exe().expect("a test knows its executable");
    let profile = test.ancestors().nth(2).expect("cargo keeps tests in PROFILE/deps");
    let binary = profile.join("longshore");
    // nextest runs each test in a process of its own: one of them builds, the others find its mark.
    let mark = env::var("NEXTEST_RUN_ID").ok().map(|run| profile.join(format!(".e2e-{run}")));
    if mark.as_ref().is_some_and(|mark| mark.exists()) {
        return binary;
    }
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet", "--package", "longshore"]);
    cargo.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    if profile.ends_with("release") {
        cargo.arg("--release");
    }
    let status = cargo.status().expect("cargo runs");
    assert!(status.success(), "cargo build of longshore failed");
    if let Some(mark) = mark {
        forget_earlier_marks(profile);
        fs::write(mark, "").expect("the target directory is writable");
    }
    binary
}

fn forget_earlier_marks(profile: &Path) {
    for entry in fs::read_dir(profile).expect("the target directory is readable").flatten() {
        if entry.file_name().to_string_lossy().starts_with(".e2e-") {
            // Another test of this run may have removed it already.
            let _ = fs::remove_file(entry.path());
        }
    }
}
