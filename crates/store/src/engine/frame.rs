//! Checksums around what is kept on disk, so that damage is found whatever the engine underneath
//! thinks of it.
//!
//! A frame is a CRC-32C, four bytes big-endian, then the payload. The sum is over the name that the
//! payload is kept under as well: a payload that turns up under another name is damage, too.

use crate::error::{Error, damaged};

fn sum(name: &[u8], payload: &[u8]) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c(name), payload)
}

/// Puts a payload into a frame.
pub(super) fn seal(name: &[u8], payload: &[u8]) -> Vec<u8> {
    [&sum(name, payload).to_be_bytes(), payload].concat()
}

/// Takes a payload out of its frame.
pub(super) fn open<'a>(name: &[u8], framed: &'a [u8]) -> Result<&'a [u8], Error> {
    match framed.split_first_chunk() {
        Some((found, payload)) if u32::from_be_bytes(*found) == sum(name, payload) => Ok(payload),
        _ => Err(damaged(format!("the checksum of '{}' does not match", name.escape_ascii()))),
    }
}
