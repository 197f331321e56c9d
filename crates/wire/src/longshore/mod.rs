//! The shapes of Longshore's own paths, `/longshore/v1/…`: never part of ECS's shapes, which they carry
//! as they are.

pub mod access;
pub mod hosts;
pub mod phase;
pub mod plan;
pub mod watch;
