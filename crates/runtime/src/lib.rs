//! What the agent needs of a container runtime, and a scriptable fake.
