//! A whole agent against a small control plane on loopback: signed calls, both sockets, and what
//! survives a restart.

mod data_dir;
mod endpoints;
mod on_docker;
mod plane;
mod reports;
mod sessions;
mod tasks;
