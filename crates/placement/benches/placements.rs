//! Placements per second, and the time of one, against the number of container instances.
//!
//! `cargo bench -p placement` prints a table; `-- 5000 100000` names other numbers of instances.
#![allow(clippy::print_stdout, reason = "the table is the result")]

use std::time::Instant;

use placement::bench::{HEAD, Load, ROUNDS, SIZES};

fn main() {
    let named: Vec<u32> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if named.is_empty() { SIZES.to_vec() } else { named };
    let begun = Instant::now();
    println!("{HEAD}");
    for load in Load::all() {
        for &size in &sizes {
            println!(
                "{}",
                load.measure(size as usize, ROUNDS, || begun.elapsed().as_nanos() as u64)
            );
        }
    }
}
