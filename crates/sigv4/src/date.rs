//! The two ways in which a request states its time: `YYYYMMDDTHHMMSSZ` and the HTTP `Date` header.
//!
//! Civil dates are computed on the proleptic Gregorian calendar, counting years from March so that
//! the leap day comes last (H. Hinnant, "chrono-compatible low-level date algorithms").

use alloc::format;
use alloc::string::String;

const DAY_S: i64 = 86_400;

/// Milliseconds since the epoch as `YYYYMMDDTHHMMSSZ`; the fraction of the second is dropped.
pub(crate) fn format_basic(unix_ms: i64) -> String {
    let seconds = unix_ms.div_euclid(1000);
    let (year, month, day) = civil_from_days(seconds.div_euclid(DAY_S));
    let of_day = seconds.rem_euclid(DAY_S);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

/// `YYYYMMDDTHHMMSSZ` as milliseconds since the epoch. `None` for any other form and for
/// impossible dates, so that formatting the answer always gives back the same text.
pub(crate) fn parse_basic(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 16 || bytes[8] != b'T' || bytes[15] != b'Z' {
        return None;
    }
    let date = (number(&bytes[..4])?, number(&bytes[4..6])?, number(&bytes[6..8])?);
    let time = (number(&bytes[9..11])?, number(&bytes[11..13])?, number(&bytes[13..15])?);
    unix_ms(date, time)
}

/// The preferred form of the HTTP `Date` header (RFC 9110 §5.6.7, `Sun, 06 Nov 1994 08:49:37 GMT`)
/// as milliseconds since the epoch. The name of the day is not checked: it says nothing new.
pub(crate) fn parse_http_date(text: &str) -> Option<i64> {
    const MONTHS: [&[u8]; 12] = [
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
        b"Dec",
    ];
    let bytes = text.as_bytes();
    let separators =
        [(3, b','), (4, b' '), (7, b' '), (11, b' '), (16, b' '), (19, b':'), (22, b':')];
    if bytes.len() != 29
        || !bytes.ends_with(b" GMT")
        || separators.iter().any(|(at, separator)| bytes[*at] != *separator)
    {
        return None;
    }
    let month = MONTHS.iter().position(|name| *name == &bytes[8..11])? as i64 + 1;
    let date = (number(&bytes[12..16])?, month, number(&bytes[5..7])?);
    let time = (number(&bytes[17..19])?, number(&bytes[20..22])?, number(&bytes[23..25])?);
    unix_ms(date, time)
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, digit| {
        digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0'))
    })
}

fn unix_ms(date: (i64, i64, i64), time: (i64, i64, i64)) -> Option<i64> {
    let days = days_from_civil(date);
    if civil_from_days(days) != date || time.0 > 23 || time.1 > 59 || time.2 > 59 {
        return None;
    }
    Some((days * DAY_S + time.0 * 3600 + time.1 * 60 + time.2) * 1000)
}

/// Days since 1970-01-01 of a (year, month, day); dates that do not exist roll over.
fn days_from_civil((year, month, day): (i64, i64, i64)) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The (year, month, day) of a number of days since 1970-01-01.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_instants() {
        assert_eq!(format_basic(0), "19700101T000000Z");
        assert_eq!(format_basic(1_440_938_160_999), "20150830T123600Z");
        assert_eq!(format_basic(951_782_400_000), "20000229T000000Z");
        assert_eq!(parse_basic("20150830T123600Z"), Some(1_440_938_160_000));
        assert_eq!(parse_http_date("Sun, 30 Aug 2015 12:36:00 GMT"), Some(1_440_938_160_000));
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for text in [
            "20150229T000000Z",
            "19000229T000000Z",
            "20151301T000000Z",
            "20150001T000000Z",
            "20150100T000000Z",
            "20150101T240000Z",
            "20150101T006000Z",
            "20150101T000060Z",
            "2015-08-30T12:36Z",
            "20150830T123600",
            "20150830T12360éZ",
            "+2150830T123600Z",
            "",
        ] {
            assert_eq!(parse_basic(text), None, "{text}");
        }
        for text in ["Sun, 31 Feb 2015 12:36:00 GMT", "Sun, 30 Aug 2015 12:36:00 UTC", "yesterday"]
        {
            assert_eq!(parse_http_date(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_from_1970_to_2400_survives_the_round_trip() {
        for day in 0..157_000 {
            let noon_ms = (day * DAY_S + 43_200) * 1000;
            assert_eq!(parse_basic(&format_basic(noon_ms)), Some(noon_ms));
        }
    }
}
