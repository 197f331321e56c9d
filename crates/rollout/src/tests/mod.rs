//! What the planner promises.

mod blue_green;
mod breaker;
mod daemon;
mod forecast;
mod frames;
mod history;
mod limits;
mod plans;
mod simulation;
mod task_sets;
mod verdict;
mod world;
