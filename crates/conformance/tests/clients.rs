//! One test for each script of checks.

macro_rules! scripts {
    ($( $name:ident )*) => { $(
        #[test]
        fn $name() {
            conformance::run(concat!(stringify!($name), ".py"));
        }
    )* };
}

scripts! {
    account_settings cli clusters container_instances iam protocol service_deployments services signatures
    tags task_definitions task_sets tasks
}

/// A script that nobody calls checks nothing.
#[test]
fn every_script_with_checks_is_called() {
    let called = include_str!("clients.rs");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/python");
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        let name = entry.file_name().to_string_lossy().replace(".py", "");
        if text.contains("\nrun()\n") {
            assert!(called.contains(&name), "{name} is not called");
        }
    }
}
