//! Clusters and plans written as text: see `fixtures/README.md` for the words.

mod cluster;
mod fixture;

use std::{fs, path::Path};

#[test]
fn every_fixture_goes_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut count = 0;
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e == "txt")) {
        let text = fs::read_to_string(path).unwrap();
        for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
            // What no strategy decides is decided by the seed and must not matter.
            for seed in 0..16 {
                if let Err(difference) = fixture::run(block, seed) {
                    panic!("{} under seed {seed}:\n{block}\n{difference}", path.display());
                }
            }
            count += 1;
        }
    }
    assert!(count >= 40, "only {count} fixtures were found");
}
