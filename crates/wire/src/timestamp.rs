//! Points in time, which JSON carries as seconds since 1970 with a fraction.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Milliseconds since 1970-01-01T00:00:00Z; on the wire a number of seconds with at most three
/// decimals. Finer fractions are rounded to the nearest millisecond.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

/// Some 35,700 years either side of 1970: within it, seconds as a double are exact enough to give
/// every millisecond back.
const LIMIT_MS: i64 = 1 << 50;

impl Timestamp {
    /// The time `seconds` after 1970, or `None` outside of what the type can hold.
    fn from_seconds(seconds: f64) -> Option<Self> {
        let ms = (seconds * 1000.0).round();
        (ms.abs() <= LIMIT_MS as f64).then_some(Self(ms as i64))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 1000 == 0 {
            serializer.serialize_i64(self.0 / 1000)
        } else {
            serializer.serialize_f64(self.0 as f64 / 1000.0)
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Seconds;

        impl Visitor<'_> for Seconds {
            type Value = Timestamp;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a number of seconds since 1970")
            }

            fn visit_f64<E: Error>(self, seconds: f64) -> Result<Timestamp, E> {
                Timestamp::from_seconds(seconds).ok_or_else(|| E::custom("time out of range"))
            }

            fn visit_i64<E: Error>(self, seconds: i64) -> Result<Timestamp, E> {
                self.visit_f64(seconds as f64)
            }

            fn visit_u64<E: Error>(self, seconds: u64) -> Result<Timestamp, E> {
                self.visit_f64(seconds as f64)
            }
        }

        deserializer.deserialize_any(Seconds)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(json: &str) -> Result<Timestamp, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn seconds_come_in_every_way_that_json_writes_numbers() {
        for (json, ms) in [
            ("1795564507.377", 1_795_564_507_377),
            ("1795564507", 1_795_564_507_000),
            ("1.795564507377E9", 1_795_564_507_377),
            ("1.7955645073771234e9", 1_795_564_507_377),
            ("-0.5", -500),
            ("0", 0),
        ] {
            assert_eq!(read(json).unwrap(), Timestamp(ms), "{json}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for json in ["1e300", "-1e300", "18446744073709551615", "\"2026-11-25\"", "true", "{}"] {
            assert!(read(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_time_has_at_most_three_decimals() {
        let write = |ms| serde_json::to_string(&Timestamp(ms)).unwrap();
        assert_eq!(write(1_795_564_507_377), "1795564507.377");
        assert_eq!(write(1_795_564_507_300), "1795564507.3");
        assert_eq!(write(1_795_564_507_000), "1795564507");
        assert_eq!(write(-500), "-0.5");
    }

    proptest! {
        #[test]
        fn every_millisecond_survives(ms in -LIMIT_MS..=LIMIT_MS) {
            let json = serde_json::to_string(&Timestamp(ms)).unwrap();
            prop_assert_eq!(read(&json).unwrap(), Timestamp(ms), "{}", json);
        }
    }
}
