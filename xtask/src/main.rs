//! The project's own chores: `cargo xtask codegen`, `cargo xtask tidy`.
fn main() {}
