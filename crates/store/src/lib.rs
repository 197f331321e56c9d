//! State: one writer, snapshots, a change feed, over an engine with three verbs.
