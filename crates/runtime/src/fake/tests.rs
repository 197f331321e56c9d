//! What the fake promises beyond the conformance suite.
