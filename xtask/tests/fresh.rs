//! The generated code that is checked in is what the generator would write now.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use xtask::codegen;

#[test]
fn the_generated_code_is_fresh() {
    let files = codegen::generate().expect("the models can be read");
    for file in &files {
        let path = codegen::folder().join(&file.path);
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == file.text, "{} is stale: run `cargo xtask codegen`", path.display());
    }
    let generated: BTreeSet<_> =
        files.iter().map(|file| codegen::folder().join(&file.path)).collect();
    let mut present = BTreeSet::new();
    collect_files(&codegen::folder(), &mut present);
    assert_eq!(present, generated, "a file that the generator does not write");
}

fn collect_files(folder: &Path, files: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect_files(&path, files);
        } else {
            files.insert(path);
        }
    }
}
