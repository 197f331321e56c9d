//! The generated code that is checked in is what the generator would write now.

use std::collections::BTreeSet;

use xtask::codegen;

#[test]
fn the_generated_code_is_fresh() {
    let files = codegen::generate().expect("the model can be read");
    for file in &files {
        let path = codegen::folder().join(file.name);
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == file.text, "{} is stale: run `cargo xtask codegen`", path.display());
    }
    let generated: BTreeSet<_> = files.iter().map(|file| file.name.to_owned()).collect();
    let present: BTreeSet<_> = std::fs::read_dir(codegen::folder())
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"))
        .collect();
    assert_eq!(present, generated, "a file that the generator does not write");
}
