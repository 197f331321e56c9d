//! Named volumes.

use std::collections::BTreeMap;

use super::{Bench, LABEL, Program};
use crate::{ErrorKind, Retry, VolumeSpec};

fn volume(bench: &Bench) -> VolumeSpec {
    let labels = BTreeMap::from([(LABEL.to_owned(), bench.label.clone())]);
    VolumeSpec { name: bench.name(), labels, ..VolumeSpec::default() }
}

/// Creating twice is how an agent that restarted goes on.
pub async fn volumes_are_created_once_found_by_label_and_removed(bench: &Bench) {
    let runtime = bench.runtime();
    let specs = [volume(bench), volume(bench)];
    for spec in &specs {
        let made = runtime.create_volume(spec).await.expect("create");
        assert_eq!((made.name.as_str(), made.driver.as_str()), (spec.name.as_str(), "local"));
        assert_eq!(made.labels, spec.labels);
        let again = runtime.create_volume(spec).await.expect("create again");
        assert_eq!(again, made);
        let found = runtime.inspect_volume(&spec.name).await.expect("inspect");
        assert_eq!(found, Some(made));
    }
    let found = runtime.list_volumes(&bench.filter()).await.expect("list");
    let names: Vec<&str> = found.iter().map(|volume| volume.name.as_str()).collect();
    assert_eq!(names, [specs[0].name.as_str(), specs[1].name.as_str()]);
    for spec in &specs {
        runtime.remove_volume(&spec.name).await.expect("remove");
        runtime.remove_volume(&spec.name).await.expect("remove again");
        assert_eq!(runtime.inspect_volume(&spec.name).await.expect("inspect"), None);
    }
    let unnamable = VolumeSpec { name: "a/b".into(), ..volume(bench) };
    let error = runtime.create_volume(&unnamable).await.expect_err("create");
    assert_eq!((error.kind, error.retry), (ErrorKind::CannotCreateVolume, Retry::Never));
}

/// A task's volume goes after the task's containers.
pub async fn a_volume_in_use_stays(bench: &Bench) {
    let runtime = bench.runtime();
    let spec = volume(bench);
    runtime.create_volume(&spec).await.expect("create");
    let mut container = bench.spec(Program::IgnoresStop);
    container.add_bind(&format!("{}:/data", spec.name));
    let id = runtime.create(&container).await.expect("create");
    let mounts = bench.state(&id).await.mounts;
    let mount = mounts.first().expect("the volume is mounted");
    assert_eq!((mount.name.as_str(), mount.destination.as_str()), (spec.name.as_str(), "/data"));
    assert!(mount.source.ends_with(&format!("{}/_data", spec.name)), "{mount:?}");
    let error = runtime.remove_volume(&spec.name).await.expect_err("it is in use");
    assert_eq!(error.kind, ErrorKind::CannotReachVolume);
    runtime.remove(&id, true).await.expect("remove");
    assert!(runtime.inspect_volume(&spec.name).await.expect("inspect").is_some());
    runtime.remove_volume(&spec.name).await.expect("it is free");
}
