//! Which container instance takes a task, and why.
