//! PW-1, the yardstick: a small allocation game as a plain loop with `rand` and `rand_distr`.
//! Absolute times drift from machine to machine; multiples of one turn of this do not.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Poisson};

const PRECINCTS: usize = 12;
const KINDS: usize = 5;
/// Turns of a game.
pub const TURNS: usize = 12;

/// What the game's log keeps of a turn.
struct Page {
    _counts: [[u32; KINDS]; PRECINCTS],
    _trust: [f64; PRECINCTS],
}

/// Plays a game from its set-up to its score.
#[expect(
    clippy::disallowed_methods,
    reason = "the yardstick is plain Rust; nothing depends on its bits"
)]
pub fn game(seed: u64) -> f64 {
    let mut luck = ChaCha8Rng::seed_from_u64(seed);
    let mut lambda = [[0.0; KINDS]; PRECINCTS];
    for (p, row) in lambda.iter_mut().enumerate() {
        for (k, cell) in row.iter_mut().enumerate() {
            *cell = 4.0 + 0.1 * (p + k) as f64;
        }
    }
    let mut trust = [50.0; PRECINCTS];
    let mut sum = 0u64;
    let mut log = Vec::new();
    for _ in 0..TURNS {
        let (mut patrol, mut outreach) = ([0u32; PRECINCTS], [0u32; PRECINCTS]);
        for _ in 0..24 {
            patrol[luck.random_range(0..PRECINCTS)] += 1;
        }
        for _ in 0..12 {
            outreach[luck.random_range(0..PRECINCTS)] += 1;
        }
        let mut counts = [[0; KINDS]; PRECINCTS];
        for p in 0..PRECINCTS {
            for k in 0..KINDS {
                let cell = &mut lambda[p][k];
                let deterred = if k < 4 {
                    0.25 * (1.0 - (-f64::from(patrol[p]) / 3.0).exp())
                } else {
                    0.0
                };
                let rate: f64 =
                    *cell * (1.0 - deterred) * (-0.02 * (trust[p] - 50.0) / 10.0_f64).exp();
                let draw = Poisson::new(rate).map_or(0.0, |poisson| poisson.sample(&mut luck));
                counts[p][k] = draw as u32;
                sum += draw as u64;
                *cell = (*cell + 0.12 * (draw - rate)).clamp(0.1, 50.0);
            }
        }
        for (p, trust) in trust.iter_mut().enumerate() {
            let pressed = f64::from(patrol[p].saturating_sub(3));
            let change = 0.08 * (50.0 - *trust) + 0.3 * f64::from(outreach[p]) - 0.15 * pressed;
            *trust = (*trust + change).clamp(0.0, 100.0);
        }
        log.push(Page {
            _counts: counts,
            _trust: trust,
        });
    }
    std::hint::black_box(&log);
    trust.iter().sum::<f64>() - sum as f64
}
