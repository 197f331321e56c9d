//! What the planner promises.

mod breaker;
mod daemon;
mod frames;
mod plans;
mod simulation;
mod world;
