//! Placements per second, and the time of one, against the number of container instances.
//!
//! `cargo bench -p placement` prints a table; `-- 5000 100000 random` names other numbers of instances
//! and the loads.
#![allow(clippy::print_stdout, reason = "the table is the result")]

use std::time::Instant;

use placement::bench::{HEAD, Load, ROUNDS, SIZES};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let named: Vec<u32> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if named.is_empty() { SIZES.to_vec() } else { named };
    let loads = Load::all().into_iter();
    let (asked, others): (Vec<Load>, Vec<Load>) =
        loads.partition(|load| args.iter().any(|arg| arg == load.name));
    let loads = if asked.is_empty() { others } else { asked };
    let begun = Instant::now();
    println!("{HEAD}");
    for load in loads {
        for figures in load.measure(&sizes, ROUNDS, || begun.elapsed().as_nanos() as u64) {
            println!("{figures}");
        }
    }
}
