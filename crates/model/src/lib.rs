//! The stored nouns of ECS, their ordered statuses and their arithmetic.
