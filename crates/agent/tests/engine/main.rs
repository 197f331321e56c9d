//! The task engine on the fake runtime, under virtual time: what a control plane and the host see.

mod adoption;
mod chaos;
mod dependencies;
mod host;
mod images;
mod lifecycle;
mod resources;
mod starts;
mod stops;
