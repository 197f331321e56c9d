//! Inputs against the schema, with the messages that AWS gives.
