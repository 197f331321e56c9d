//! Policy documents of IAM: parsing and deciding never panic, statements stand in the text in their
//! order, and a document that allows nothing lets nobody in. The properties in
//! `crates/iam/src/tests/properties.rs` do the same in every test run, with less luck.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| iam::fuzz(data));
