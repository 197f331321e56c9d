//! What the planner promises.

mod breaker;
mod daemon;
mod forecast;
mod frames;
mod history;
mod plans;
mod simulation;
mod world;
