//! The unique ids that IAM makes.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>

use crate::{
    Cx,
    keys::{BASE32, text},
};

/// A unique id: `prefix` says of what (`AIDA` a user, `AROA` a role, `ANPA` a policy, `AIPA` an
/// instance profile), and seventeen letters and digits follow.
pub fn unique_id(cx: &mut Cx, prefix: &str) -> String {
    format!("{prefix}{}", text(&cx.random_bytes::<17>(), BASE32))
}
