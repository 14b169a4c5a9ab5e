//! What the engine costs, in multiples of one turn of the reference workload.

mod work;

use commonwatch::rules::{Action, State, World, view};
use commonwatch::scenario::load;
use commonwatch::session::{Setting, verify};
use divan::{Bencher, black_box};
use std::sync::Arc;
use std::time::{Duration, Instant};
use work::city::{seat, turn, written_turn};
use work::{city, pw1};

fn main() {
    divan::main();
    summary();
}

#[divan::bench]
fn pw1_game() -> f64 {
    pw1::game(black_box(1))
}

#[divan::bench]
fn first_watch_game(bencher: Bencher) {
    let world = city::first_watch();
    bencher.bench(|| city::game(&world, black_box(1)));
}

/// Precincts; the last three grow by ten so that the cost of one more can be seen.
#[divan::bench(args = [18, 100, 1000])]
fn turn_of_a_city(bencher: Bencher, precincts: usize) {
    let state = half_way(&city::made_up(precincts), 1);
    bencher.bench(|| turn(black_box(&state)));
}

#[divan::bench]
fn first_watch_turn(bencher: Bencher) {
    let state = half_way(&city::first_watch(), 1);
    bencher.bench(|| turn(black_box(&state)));
}

#[divan::bench]
fn first_watch_replay(bencher: Bencher) {
    let (setting, log) = logged();
    bencher.bench(|| verify(black_box(&log), &setting, None));
}

#[divan::bench]
fn first_watch_check() -> bool {
    load(&city::first_watch_source()).is_ok()
}

#[divan::bench]
fn first_watch_preview(bencher: Bencher) {
    let state = half_way(&city::first_watch(), 1);
    let order = first_order(&state);
    let view = view(&state, seat(state.world()));
    bencher.bench(|| view.preview(black_box(&order)));
}

#[divan::bench]
fn first_watch_forecast(bencher: Bencher) {
    let state = half_way(&city::first_watch(), 1);
    let view = view(&state, seat(state.world()));
    bencher.bench(|| black_box(view).forecast());
}

fn logged() -> (Setting, Vec<u8>) {
    let setting = city::setting(&city::first_watch());
    let game = city::logged(&setting, 1);
    (setting, game.log().expect("it is kept").to_vec())
}

fn first_order(state: &State) -> Action {
    let legal = view(state, seat(state.world())).legal_placements();
    legal.into_iter().next().expect("something can be placed")
}

/// A game in its middle.
fn half_way(world: &Arc<World>, seed: u32) -> State {
    city::after(world, seed, world.turns / 2)
}

/// The least time of one call over a tenth of a second, which is the time without what else the
/// machine does.
fn least<T>(mut work: impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    let mut least = Duration::MAX;
    while start.elapsed() < Duration::from_millis(100) || least == Duration::MAX {
        let begun = Instant::now();
        black_box(work());
        least = least.min(begun.elapsed());
    }
    least
}

/// Everything in PW-1 turns of this run.
fn summary() {
    let yardstick = least(|| pw1::game(1)).as_secs_f64() / pw1::TURNS as f64;
    println!(
        "\none PW-1 turn: {:.2} µs; the rest in PW-1 turns",
        yardstick * 1e6
    );
    let tell = |what: &str, time: Duration, of: f64| {
        println!("{:9.1}  {what}", time.as_secs_f64() / of / yardstick);
    };
    let world = city::first_watch();
    let state = half_way(&world, 1);
    let turns = f64::from(world.turns);
    tell(
        "First Watch: a turn, ledger and digest",
        least(|| turn(&state)),
        1.0,
    );
    tell(
        "First Watch: a turn of a simulated game",
        least(|| city::game(&world, 1)),
        turns,
    );
    let (setting, log) = logged();
    tell(
        "First Watch: a turn replayed",
        least(|| verify(&log, &setting, None)),
        turns,
    );
    tell(
        "First Watch: check",
        least(|| load(&city::first_watch_source())),
        1.0,
    );
    let order = first_order(&state);
    let view = view(&state, seat(&world));
    tell(
        "First Watch: a preview",
        least(|| view.preview(&order)),
        1.0,
    );
    tell("First Watch: a forecast", least(|| view.forecast()), 1.0);
    let openings = city::openings(&city::pearl_bay(), 1);
    tell(
        "Pearl Bay: a turn, ledger and log",
        least(|| {
            openings
                .iter()
                .map(written_turn)
                .map(|lines| lines.len())
                .sum::<usize>()
        }),
        openings.len() as f64,
    );
    let orders = city::orders(&openings);
    tell(
        "Pearl Bay: a preview",
        least(|| {
            let told = orders.iter().map(city::preview);
            told.map(|told| told.with.len()).sum::<usize>()
        }),
        orders.len() as f64,
    );
    for precincts in [18, 100, 1000] {
        let state = half_way(&city::made_up(precincts), 1);
        let what = format!("a city of {precincts} precincts and 9 families: a turn");
        tell(&what, least(|| turn(&state)), 1.0);
    }
}
