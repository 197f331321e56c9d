//! The parser of the cluster query language: it never panics, and what parses prints as what parses to
//! the same. The properties in `crates/query/src/tests.rs` do the same in every test run, with less luck.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| query::fuzz(data));
