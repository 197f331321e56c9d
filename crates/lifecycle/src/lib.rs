//! The life of tasks and containers.
