//! The messages between control plane and agent (ACS and TCS).
