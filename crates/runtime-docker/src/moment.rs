//! Docker's times, as milliseconds.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Milliseconds since 1970 of a text such as `2026-11-25T01:43:31.123456789Z`. `None` for Docker's
/// "never" (the year 1) and whatever is no time.
pub(crate) fn parse_ms(text: &str) -> Option<u64> {
    let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    u64::try_from(moment.unix_timestamp_nanos() / 1_000_000).ok()
}

/// A moment as the engine's `since` takes it: seconds and nanoseconds.
pub(crate) fn engine_since(ms: u64) -> String {
    format!("{}.{:09}", ms / 1000, ms % 1000 * 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_docker_writes() {
        assert_eq!(parse_ms("1970-01-01T00:00:01.234567891Z"), Some(1234));
        assert_eq!(parse_ms("1970-01-01T02:00:00+02:00"), Some(0));
        assert_eq!(parse_ms("0001-01-01T00:00:00Z"), None);
        assert_eq!(parse_ms(""), None);
    }

    #[test]
    fn writes_what_docker_reads() {
        assert_eq!(engine_since(1_795_564_507_037), "1795564507.037000000");
    }
}
