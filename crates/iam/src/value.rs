//! Values that conditions compare as other than text: numbers, moments, addresses.

use core::net::IpAddr;

/// A decimal number, exact to twelve places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Decimal {
    /// Times ten to the power of [`DECIMAL_PLACES`].
    scaled: i128,
}

const DECIMAL_PLACES: usize = 12;
/// As many as surely fit beside the places.
const WHOLE_DIGITS_MAX: usize = 24;

impl Decimal {
    /// Reads digits with an optional sign and point; none for anything else.
    pub(crate) fn parse(text: &str) -> Option<Decimal> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
        let has_digit = !(whole.is_empty() && places.is_empty());
        if !has_digit || whole.len() > WHOLE_DIGITS_MAX || places.len() > DECIMAL_PLACES {
            return None;
        }
        let zeros = core::iter::repeat_n(b'0', DECIMAL_PLACES - places.len());
        let scaled = whole.bytes().chain(places.bytes()).chain(zeros).try_fold(0, add_digit)?;
        Some(Decimal { scaled: if negative { -scaled } else { scaled } })
    }
}

fn add_digit(number: i128, digit: u8) -> Option<i128> {
    digit.is_ascii_digit().then(|| number * 10 + i128::from(digit - b'0'))
}

/// A moment, in nanoseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment {
    epoch_ns: i128,
}

const NS_PER_S: i128 = 1_000_000_000;

impl Moment {
    /// Reads ISO 8601 as W3C has it, from `2026` to `2026-11-25T10:00:00.5+01:00`, or seconds since
    /// 1970. Four digits are a year. Without a zone the time is UTC.
    /// <https://www.w3.org/TR/NOTE-datetime>
    pub(crate) fn parse(text: &str) -> Option<Moment> {
        let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_year && let Some(seconds) = Decimal::parse(text) {
            // Three places fewer: nanoseconds have nine.
            return Some(Moment { epoch_ns: seconds.scaled / 1_000 });
        }
        let (date, time) = match text.split_once(['T', 't']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let mut parts = date.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map_or(Some(1), |part| number(part, 2))?;
        let day = parts.next().map_or(Some(1), |part| number(part, 2))?;
        let is_date = parts.next().is_none()
            && (1..=12).contains(&month)
            && (1..=days_of_month(year, month)).contains(&day);
        // A time belongs to a day.
        if !is_date || time.is_some() && date.len() != 10 {
            return None;
        }
        let midnight_s = i128::from(days_since_1970(year, month, day)) * 86_400;
        let time_ns = time.map_or(Some(0), time_of_day_ns)?;
        Some(Moment { epoch_ns: midnight_s * NS_PER_S + time_ns })
    }
}

fn number(text: &str, digits: usize) -> Option<i64> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// `10:00`, `10:00:00`, `10:00:00.5`, each with or without `Z` or `+01:00`.
fn time_of_day_ns(text: &str) -> Option<i128> {
    let zone_start = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone_start);
    let offset_s = match zone {
        "" | "Z" | "z" => 0,
        _ => {
            let (hours, minutes) = zone[1..].split_once(':')?;
            let offset_s = number(hours, 2)? * 3_600 + number(minutes, 2)? * 60;
            if zone.starts_with('-') { -offset_s } else { offset_s }
        }
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.split(':');
    let hours = number(parts.next()?, 2)?;
    let minutes = number(parts.next()?, 2)?;
    let seconds = parts.next().map_or(Some(0), |part| number(part, 2))?;
    // 60 is a leap second.
    if parts.next().is_some() || hours > 23 || minutes > 59 || seconds > 60 || fraction.len() > 9 {
        return None;
    }
    let zeros = core::iter::repeat_n(b'0', 9 - fraction.len());
    let fraction_ns = fraction.bytes().chain(zeros).try_fold(0, add_digit)?;
    let clock_s = hours * 3_600 + minutes * 60 + seconds - offset_s;
    Some(i128::from(clock_s) * NS_PER_S + fraction_ns)
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let leap_days = |year: i64| year / 4 - year / 100 + year / 400;
    let years = (year - 1_970) * 365 + leap_days(year - 1) - leap_days(1_969);
    let months: i64 = (1..month).map(|month| days_of_month(year, month)).sum();
    years + months + day - 1
}

/// A range of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Network {
    first: IpAddr,
    prefix_bits: u32,
}

impl Network {
    /// Reads `203.0.113.0/24`, `2001:db8::/32`, or one address.
    pub(crate) fn parse(text: &str) -> Option<Network> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let first: IpAddr = address.parse().ok()?;
        let bits = if first.is_ipv4() { 32 } else { 128 };
        let prefix_bits = match prefix {
            None => bits,
            Some(prefix) => {
                let is_number =
                    prefix.len() <= 3 && prefix.bytes().all(|byte| byte.is_ascii_digit());
                is_number.then(|| prefix.parse().ok()).flatten()?
            }
        };
        (prefix_bits <= bits).then_some(Network { first, prefix_bits })
    }

    /// Whether the range holds an address. An IPv4 address that is written as one of IPv6 is meant as
    /// what it is.
    pub(crate) fn holds(&self, address: IpAddr) -> bool {
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(first), IpAddr::V4(address)) => {
                let differing = first.to_bits() ^ address.to_bits();
                differing.checked_shr(32 - self.prefix_bits).unwrap_or(0) == 0
            }
            (IpAddr::V6(first), IpAddr::V6(address)) => {
                let differing = first.to_bits() ^ address.to_bits();
                differing.checked_shr(128 - self.prefix_bits).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}
