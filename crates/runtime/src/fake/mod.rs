//! A scriptable runtime for tests and the simulator.
