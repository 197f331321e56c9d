//! The repository keeps the project's own rules.

#[test]
fn the_repository_is_tidy() {
    if let Err(findings) = xtask::tidy::run() {
        panic!("`cargo xtask tidy` says:\n{findings}");
    }
}
