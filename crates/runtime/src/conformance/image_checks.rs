//! Images that the engine has.

use super::{Bench, Program};

/// An image that was imported, built or loaded is not known to any registry.
pub async fn a_local_image_has_an_id_and_no_digest(bench: &Bench) {
    let runtime = bench.runtime();
    let reference = bench.spec(Program::IgnoresStop).image;
    let image = runtime.image_present(&reference).await.expect("ask").expect("present");
    assert!(image.id.starts_with("sha256:"), "{}", image.id);
    assert_eq!((image.digest, image.repo_digests), (None, Vec::new()));
    let by_id = runtime.image_present(&image.id).await.expect("ask").expect("present");
    assert_eq!(by_id.id, image.id);
    let absent = format!("longshore-conformance/{}", bench.name());
    assert_eq!(runtime.image_present(&absent).await.expect("ask"), None);
}

/// As ECS's agent names what it pulled by digest; and a name that is taken away leaves the image.
pub async fn an_image_takes_another_name(bench: &Bench) {
    let runtime = bench.runtime();
    let reference = bench.spec(Program::IgnoresStop).image;
    let image = runtime.image_present(&reference).await.expect("ask").expect("present");
    let other = format!("longshore-conformance/{}:1", bench.name());
    runtime.tag_image(&reference, &other).await.expect("tag");
    let named = runtime.image_present(&other).await.expect("ask").expect("present");
    assert_eq!(named.id, image.id);
    runtime.remove_image(&other).await.expect("remove the name");
    runtime.remove_image(&other).await.expect("remove it again");
    assert_eq!(runtime.image_present(&other).await.expect("ask"), None);
    assert!(runtime.image_present(&reference).await.expect("ask").is_some());
}
