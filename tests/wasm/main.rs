//! The golden table where its last bit could differ: with the optimiser, in wasm, on AArch64.
//!
//! It has no test harness, because that needs threads, which wasm has not. The table is rewritten
//! on purpose by the engine's tests, never here.

use commonwatch::lab::golden;
use std::process::ExitCode;

const GOLDEN: &str = include_str!("../golden/digests.txt");

fn main() -> ExitCode {
    // `cargo test NAME` hands its filter to every test binary.
    let mut filters = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .peekable();
    if filters.peek().is_some() && !filters.any(|filter| "digests".contains(&filter)) {
        return ExitCode::SUCCESS;
    }
    let table = golden::table();
    let now: Vec<&str> = table.lines().collect();
    let then: Vec<&str> = GOLDEN.lines().collect();
    let differing = (0..now.len().max(then.len()))
        .map(|line| {
            (
                now.get(line).unwrap_or(&"no game"),
                then.get(line).unwrap_or(&"no game"),
            )
        })
        .filter(|(now, then)| now != then)
        .inspect(|(now, then)| println!("'{now}', not '{then}'"))
        .count();
    if differing > 0 || now.is_empty() {
        println!(
            "test digests ... FAILED ({differing} of {} games end differently)",
            now.len()
        );
        return ExitCode::FAILURE;
    }
    println!("test digests ({} games) ... ok", now.len());
    ExitCode::SUCCESS
}
