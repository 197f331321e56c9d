//! Typed arguments: agent versions and dates.

use alloc::vec::Vec;
use core::cmp::Ordering;
use model::Timestamp;

/// A dotted version. `1.14` equals `1.14.0`.
#[derive(Clone, Debug)]
pub struct Version(Vec<u64>);

impl Version {
    /// Reads numbers between dots; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str| {
            let all_digits = part.bytes().all(|b| b.is_ascii_digit());
            if all_digits { part.parse().ok() } else { None }
        };
        text.split('.').map(digits).collect::<Option<Vec<u64>>>().map(Version)
    }

    /// Reads what an agent reports: a leading `v` and whatever follows `-` or `+` do not count.
    pub fn of_agent(text: &str) -> Option<Self> {
        let text = text.strip_prefix('v').unwrap_or(text);
        Version::parse(text.split(['-', '+', ' ']).next().unwrap_or(text))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        let longest = self.0.len().max(other.0.len());
        let part = |version: &Version, i: usize| version.0.get(i).copied().unwrap_or(0);
        (0..longest)
            .map(|i| part(self, i).cmp(&part(other, i)))
            .find(|o| o.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Version {}

/// What a date argument may look like.
pub(crate) const DATE_RULE: &str = "a date like 2018-06-18, 2018-06-18T22:28:28, 2018-06-18T22:28:28Z or 2018-06-18T22:28:28+00:00";

/// Reads a date in one of the four forms that `registeredAt` takes, to the second; without a zone it
/// is UTC.
pub fn parse_date(text: &str) -> Option<Timestamp> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let day = day_number(date)?;
    let seconds = time.map_or(Some(0), second_of_day)?;
    let total_s = day.checked_mul(86_400)?.checked_add(seconds)?;
    total_s.checked_mul(1000).map(Timestamp)
}

/// Digits only, of exactly this width.
fn number(text: &str, width: usize) -> Option<i64> {
    let right = text.len() == width && text.bytes().all(|b| b.is_ascii_digit());
    if right { text.parse().ok() } else { None }
}

/// Days since 1970-01-01 of a `YYYY-MM-DD` that exists.
fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.split('-');
    let (year, month, day) =
        (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let month_days = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let days = *month_days.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    if parts.next().is_some() || !(1..=days).contains(&day) {
        return None;
    }
    let before = |y: i64| y * 365 + (y + 3) / 4 - (y + 99) / 100 + (y + 399) / 400;
    let in_year: i64 = month_days.iter().take(month as usize - 1).sum();
    Some(before(year) - before(1970) + in_year + day - 1)
}

/// Seconds since midnight UTC of `HH:MM:SS` with an optional zone; negative or past a day with one.
fn second_of_day(time: &str) -> Option<i64> {
    let clock = time.get(..8)?;
    let zone = time.get(8..)?;
    let mut parts = clock.split(':');
    let (hour, minute, second) =
        (number(parts.next()?, 2)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let local = hour * 3600 + minute * 60 + second;
    if zone.is_empty() || zone == "Z" {
        return Some(local);
    }
    let sign = match zone.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    let valid = hours <= 18 && minutes <= 59;
    valid.then_some(local - sign * (hours * 3600 + minutes * 60))
}
