//! Sizes of tasks: how `cpu` and `memory` are written, and which pairs Fargate has.
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size>

use wire::Error;

/// The CPU and memory pairs of Fargate: units, and the first, last and step of MiB.
const FARGATE_SIZES: &[(i64, i64, i64, i64)] = &[
    (512, 1024, 4096, 1024),
    (1024, 2048, 8192, 1024),
    (2048, 4096, 16384, 1024),
    (4096, 8192, 30720, 1024),
    (8192, 16384, 61440, 4096),
    (16384, 32768, 122_880, 8192),
];

/// The least memory of a task or container, in MiB.
pub const MEMORY_MIB_MIN: i64 = 4;

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

/// The size of a Fargate task, which is one of a table.
pub fn check_fargate(cpu_units: Option<i64>, memory_mib: Option<i64>) -> Result<(), Error> {
    let missing = |what: &str| {
        Error::client(format!("Fargate requires that '{what}' be defined at the task level."))
    };
    let cpu = cpu_units.ok_or_else(|| missing("cpu"))?;
    let memory = memory_mib.ok_or_else(|| missing("memory"))?;
    let is_in_table = (cpu == 256 && [512, 1024, 2048].contains(&memory))
        || FARGATE_SIZES.iter().any(|&(units, first, last, step)| {
            units == cpu && (first..=last).contains(&memory) && (memory - first) % step == 0
        });
    if is_in_table {
        return Ok(());
    }
    Err(Error::client(format!(
        "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS documentation for the valid values."
    )))
}
