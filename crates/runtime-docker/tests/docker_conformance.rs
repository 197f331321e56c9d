//! Docker Engine passes what the fake passes.

#[allow(dead_code)] // the other tests use more of it
mod bench;

runtime::conformance_suite!(bench::bench);
