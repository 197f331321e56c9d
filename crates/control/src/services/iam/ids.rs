//! The unique ids that IAM makes.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>

use crate::Cx;

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A unique id: `prefix` says of what (`AIDA` a user, `AROA` a role, `ANPA` a policy, `AIPA` an
/// instance profile), and seventeen letters and digits follow.
pub fn unique_id(cx: &mut Cx, prefix: &str) -> String {
    let letters = cx.random_bytes::<17>().map(|byte| char::from(BASE32[usize::from(byte) % 32]));
    letters.iter().fold(prefix.to_owned(), |id, letter| id + letter.encode_utf8(&mut [0; 4]))
}
