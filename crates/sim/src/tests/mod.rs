//! Histories in numbers, the same history twice, the rollouts of the course, and the server killed at
//! each of its commits.

mod flaws;
mod histories;
mod plan;
mod rollouts;
mod same;
mod walk;
