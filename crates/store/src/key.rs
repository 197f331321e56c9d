//! Keys as bytes whose order is the order of what they name.
//!
//! A key is a row of segments, each ended by 0x00. Names cannot contain 0x00; in free text 0x00 and
//! 0x01 are escaped. Numbers have a fixed width. So keys sort like the tuples that they come from,
//! all rows of a cluster lie together, and a prefix of segments finds exactly its rows.

use arn::{
    ClusterName, DeploymentId, Family, InstanceId, ServiceDeploymentId, ServiceName, TaskId,
};
use std::sync::Arc;

/// An encoded key: shared between a table and its indexes.
pub(crate) type KeyBytes = Arc<[u8]>;

/// The key of a record, or the beginning of one.
pub trait Key: Clone + Ord + std::fmt::Debug + Send + Sync + 'static {
    /// Appends the segments.
    fn write(&self, to: &mut Vec<u8>);

    /// The key as bytes.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(64);
        self.write(&mut bytes);
        bytes
    }
}

/// A key whose segments are the first ones of `K`: it names a range of rows.
pub trait PrefixOf<K>: Key {}

/// One segment of a key.
pub trait Segment: Clone + Ord + std::fmt::Debug + Send + Sync + 'static {
    /// Appends the segment without its end.
    fn write_segment(&self, to: &mut Vec<u8>);
}

macro_rules! name_segments {
    ($($name:ty),+) => {
        $(impl Segment for $name {
            fn write_segment(&self, to: &mut Vec<u8>) {
                to.extend_from_slice(self.as_str().as_bytes());
            }
        })+
    };
}
name_segments!(ClusterName, DeploymentId, Family, ServiceDeploymentId, ServiceName);

macro_rules! hex_segments {
    ($($number:ty => $digits:literal, $value:expr);+ $(;)?) => {
        $(impl Segment for $number {
            fn write_segment(&self, to: &mut Vec<u8>) {
                let value: fn(&Self) -> u128 = $value;
                let value = value(self);
                for digit in (0..$digits).rev() {
                    let nibble = (value >> (4 * digit) & 0xf) as usize;
                    to.push(b"0123456789abcdef"[nibble]);
                }
            }
        })+
    };
}
hex_segments! {
    TaskId => 32, |id| id.0;
    InstanceId => 32, |id| id.0;
    u32 => 8, |number| u128::from(*number);
    u64 => 16, |number| u128::from(*number);
    // Shifted, so that negative instants come first.
    model::Timestamp => 16, |at| u128::from((at.0 as u64) ^ (1 << 63));
}

impl Segment for String {
    fn write_segment(&self, to: &mut Vec<u8>) {
        for byte in self.as_bytes() {
            match byte {
                0 => to.extend_from_slice(&[1, 1]),
                1 => to.extend_from_slice(&[1, 2]),
                _ => to.push(*byte),
            }
        }
    }
}

fn end(segment: &impl Segment, to: &mut Vec<u8>) {
    segment.write_segment(to);
    to.push(0);
}

impl<A: Segment> Key for A {
    fn write(&self, to: &mut Vec<u8>) {
        end(self, to);
    }
}

impl<A: Segment, B: Segment> Key for (A, B) {
    fn write(&self, to: &mut Vec<u8>) {
        end(&self.0, to);
        end(&self.1, to);
    }
}

impl<A: Segment, B: Segment, C: Segment> Key for (A, B, C) {
    fn write(&self, to: &mut Vec<u8>) {
        end(&self.0, to);
        end(&self.1, to);
        end(&self.2, to);
    }
}

impl<A: Segment, B: Segment> PrefixOf<(A, B)> for A {}
impl<A: Segment, B: Segment, C: Segment> PrefixOf<(A, B, C)> for A {}
impl<A: Segment, B: Segment, C: Segment> PrefixOf<(A, B, C)> for (A, B) {}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Timestamp;
    use proptest::prelude::*;

    fn family() -> impl Strategy<Value = Family> {
        "[a-zA-Z0-9_-]{1,6}".prop_map(|text| text.parse().unwrap())
    }

    proptest! {
        #[test]
        fn keys_sort_like_the_tuples_they_come_from(
            a in (family(), any::<u32>()), b in (family(), any::<u32>()),
            c in (any::<String>(), "[\u{0}-\u{3}]{0,4}", any::<i64>()),
            d in (any::<String>(), "[\u{0}-\u{3}]{0,4}", any::<i64>()),
        ) {
            prop_assert_eq!(a.bytes().cmp(&b.bytes()), a.cmp(&b));
            let c = (c.0, c.1, Timestamp(c.2));
            let d = (c.0.clone(), d.1, Timestamp(d.2));
            prop_assert_eq!(c.bytes().cmp(&d.bytes()), c.cmp(&d));
        }

        #[test]
        fn a_prefix_begins_exactly_the_keys_it_should(
            wanted in family(), other in family(), revision in any::<u32>(),
        ) {
            let key = (other.clone(), revision).bytes();
            prop_assert_eq!(key.starts_with(&wanted.bytes()), wanted == other);
        }
    }
}
