//! How `cpu` and `memory` of a task are written.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size>

use alloc::format;

/// `cpu` in units (`256`) or vCPUs (`.25 vcpu`).
pub fn cpu_units(text: &str) -> Option<i64> {
    amount(text, "vcpu")
}

/// `memory` in MiB (`512`) or GB (`0.5 GB`).
pub fn memory_mib(text: &str) -> Option<i64> {
    amount(text, "gb")
}

/// A whole number, or a decimal with up to three places of a unit that is 1024 of them.
fn amount(text: &str, unit: &str) -> Option<i64> {
    let lower = text.trim().to_ascii_lowercase();
    match lower.strip_suffix(unit) {
        Some(decimal) => thousandths(decimal.trim()).map(|n| n * 1024 / 1000),
        None => lower.parse().ok(),
    }
}

/// A decimal with up to three places, times 1000.
fn thousandths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 3 || (whole.is_empty() && part.is_empty()) || whole.len() > 9 {
        return None;
    }
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    Some(whole * 1000 + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_whole_numbers_or_decimals_of_a_unit() {
        assert_eq!(cpu_units("256"), Some(256));
        assert_eq!(cpu_units(".5 vcpu"), Some(512));
        assert_eq!(memory_mib("0.5 GB"), Some(512));
        for wrong in ["", "x", "1.2345 vcpu", "vcpu", "1.x vcpu", "99999999999 vcpu"] {
            assert_eq!(cpu_units(wrong), None, "{wrong}");
        }
    }
}
