//! The container runtime on Docker Engine.
