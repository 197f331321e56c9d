//! What a service starts and stops next, and why.
