//! Longshore end to end: real processes, the aws CLI, Docker Engine. See the library for how a test
//! gets them. One binary, so that one link serves all of them.

mod amazon_agent;
mod bad_revision;
mod blue_green;
mod containers;
mod crash;
mod frames;
mod lifecycle;
mod metadata;
mod ordering;
mod placement;
mod roles;
mod rollout;
mod seeing;
mod service;
mod shutdown;
mod task_sets;
