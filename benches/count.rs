//! Fixed work for an instruction counter: `count pw1|first-watch|city|logged N` plays N whole games,
//! `count flagship N` plays every turn of one game of Pearl Bay N times, with ledger and log,
//! `count preview N` previews an order in each of those turns N times, and `count P N` plays the same
//! turn of a city of P precincts N times. `.ci/instructions` runs it at two
//! sizes, so that start-up cancels.

mod work;

use std::hint::black_box;
use std::process::ExitCode;
use work::{city, pw1};

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    let what = words.next().unwrap_or_default();
    let games: u32 = words.next().and_then(|n| n.parse().ok()).unwrap_or(1);
    let turns = match what.as_str() {
        "pw1" => {
            for seed in 0..games {
                black_box(pw1::game(u64::from(seed)));
            }
            pw1::TURNS
        }
        "first-watch" => played(&city::first_watch(), games),
        "city" => played(&city::made_up(18), games),
        "logged" => {
            let setting = city::setting(&city::pearl_bay());
            for seed in 0..games {
                black_box(city::logged(&setting, seed));
            }
            usize::from(setting.world.turns)
        }
        "flagship" => {
            let openings = city::openings(&city::pearl_bay(), 1);
            for state in (0..games).flat_map(|_| &openings) {
                black_box(city::written_turn(black_box(state)));
            }
            openings.len()
        }
        "preview" => {
            let openings = city::openings(&city::pearl_bay(), 1);
            let orders = city::orders(&openings);
            for order in (0..games).flat_map(|_| &orders) {
                black_box(city::preview(black_box(order)));
            }
            orders.len()
        }
        // `cargo test --benches` and `cargo bench` call it without words: there is nothing to time.
        "" => return ExitCode::SUCCESS,
        _ => match what.parse() {
            Ok(precincts) => {
                let state = city::after(&city::made_up(precincts), 1, 2);
                for _ in 0..games {
                    black_box(city::turn(black_box(&state)));
                }
                1
            }
            Err(_) => {
                eprintln!(
                    "count pw1|first-watch|city|logged|flagship|preview GAMES; count PRECINCTS TURNS"
                );
                return ExitCode::from(2);
            }
        },
    };
    println!("{}", games as usize * turns);
    ExitCode::SUCCESS
}

fn played(world: &std::sync::Arc<commonwatch::rules::World>, games: u32) -> usize {
    for seed in 0..games {
        black_box(city::game(world, seed));
    }
    usize::from(world.turns)
}
