//! Sizes of tasks: the least memory, and the pairs of CPU and memory that Fargate has.
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
