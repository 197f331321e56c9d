//! What an expression selects, and what is refused.
