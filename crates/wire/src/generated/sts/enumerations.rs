//! The enumerations of the AWS STS API.
//! `cargo xtask codegen` writes this file; edit the generator instead.

use crate::generate::enumerations;

enumerations! {
    "AWS STS";
}
