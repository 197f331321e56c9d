//! What calls ask, against AWS's reference and decided by policies of AWS's documentation.

mod calls;
mod documentation;
mod policies;
mod reference;
mod world;
