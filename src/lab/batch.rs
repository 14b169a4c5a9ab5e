//! Many games of one line-up, one for each seed.
//!
//! A [`Job`] can be stepped a few turns at a time, as a page does between frames, or run to its end
//! on several threads. Results are kept in the order of the seeds, so both give the same.

use super::game::{Forecasts, Game, GameResult, Promises, Refused};
use super::lineup::Lineup;
use super::statistics::Spread;
use crate::rules::digest::{Canon, Walk, digest};
use crate::rules::id::SeatIx;
use crate::rules::table::Became;
use crate::rules::{Digest, World};
use crate::session::opening::Setting;
#[cfg(not(target_family = "wasm"))]
use std::ops::ControlFlow;
use std::ops::Range;
use std::sync::Arc;
#[cfg(not(target_family = "wasm"))]
use std::sync::atomic::{AtomicU64, Ordering};

/// More threads than any computer has cores; a slip of the finger must not ask for a million.
#[cfg(not(target_family = "wasm"))]
const MOST_THREADS: usize = 1_024;
/// Games that are given out at a time, so that a batch of billions can end early.
#[cfg(not(target_family = "wasm"))]
const AT_A_TIME: u64 = 4_096;

/// Games to be played.
#[derive(Clone, Debug)]
pub struct Job {
    world: Arc<World>,
    lineup: Lineup,
    seeds: Range<u64>,
    logged: Option<Setting>,
    results: Vec<GameResult>,
    current: Option<Game>,
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Games played to their end.
    pub done: u64,
    /// Games in all.
    pub of: u64,
}

impl Progress {
    /// Whether nothing is left to do.
    #[must_use]
    pub fn finished(self) -> bool {
        self.done == self.of
    }
}

impl Job {
    /// One game for each seed; the range is half open and reaches up to 2³².
    #[must_use]
    pub fn new(world: Arc<World>, lineup: Lineup, seeds: Range<u64>) -> Self {
        Self {
            world,
            lineup,
            seeds: seeds.start..seeds.end.min(1 << 32).max(seeds.start),
            logged: None,
            results: Vec::new(),
            current: None,
        }
    }

    /// The same with a log of each game, which names `setting`.
    #[must_use]
    pub fn logged(mut self, setting: Setting) -> Self {
        self.logged = Some(setting);
        self
    }

    fn begin(&self, seed: u32) -> Result<Game, Box<Refused>> {
        match &self.logged {
            None => Game::new(Arc::clone(&self.world), seed),
            Some(setting) => Game::logged(setting, seed),
        }
    }

    /// How far it has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            done: self.results.len() as u64,
            of: self.seeds.end - self.seeds.start,
        }
    }

    /// Plays up to `budget` turns.
    ///
    /// # Errors
    ///
    /// An order of a plan is refused; the job does not go on after that.
    pub fn step(&mut self, budget: usize) -> Result<Progress, Box<Refused>> {
        for _ in 0..budget {
            if self.progress().finished() {
                break;
            }
            let seed = (self.seeds.start + self.results.len() as u64) as u32;
            let mut game = match self.current.take() {
                Some(game) => game,
                None => self.begin(seed)?,
            };
            game.turn(&self.lineup)?;
            match game.result() {
                Some(result) => self.results.push(result),
                None => self.current = Some(game),
            }
        }
        Ok(self.progress())
    }

    /// Plays what is left on `threads` threads (0: as many as the computer has) and hands out
    /// each game when it is over, until that answers that it is enough.
    ///
    /// # Errors
    ///
    /// An order of a plan is refused: the one in the game of the lowest seed.
    #[cfg(not(target_family = "wasm"))]
    pub fn run(
        mut self,
        threads: usize,
        each: impl Fn(&Game) -> ControlFlow<()> + Sync,
    ) -> Result<Batch, Box<Refused>> {
        use rayon::prelude::*;
        self.current = None;
        let first = self.seeds.start + self.results.len() as u64;
        let mut results = Vec::new();
        // Once an order is refused, only games of lower seeds are still of interest.
        let last = AtomicU64::new(self.seeds.end);
        let play = |seed: u64| {
            if seed > last.load(Ordering::Relaxed) {
                return None;
            }
            let game = self.begin(seed as u32);
            match game.and_then(|game| game.finish(&self.lineup)) {
                Ok(game) => {
                    if each(&game).is_break() {
                        last.store(0, Ordering::Relaxed);
                    }
                    game.result().map(Ok)
                }
                Err(refused) => {
                    last.fetch_min(seed, Ordering::Relaxed);
                    Some(Err(refused))
                }
            }
        };
        let games = usize::try_from(self.seeds.end - first).unwrap_or(MOST_THREADS);
        let threads = threads.min(games.clamp(1, MOST_THREADS));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let mut from = first;
        while from < self.seeds.end && from <= last.load(Ordering::Relaxed) {
            let part = from..self.seeds.end.min(from + AT_A_TIME);
            from = part.end;
            let games: Vec<Result<GameResult, Box<Refused>>> = match &pool {
                Ok(pool) => pool.install(|| part.into_par_iter().filter_map(play).collect()),
                // A system that gives no thread still has this one.
                Err(_) => part.filter_map(play).collect(),
            };
            for game in games {
                results.push(game?);
            }
        }
        self.results.append(&mut results);
        Ok(self.batch())
    }

    /// What the games played so far came to.
    #[must_use]
    pub fn batch(&self) -> Batch {
        Batch {
            games: self.results.clone(),
        }
    }
}

/// What games came to, in the order of their seeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// The games.
    pub games: Vec<GameResult>,
}

impl Batch {
    /// One number for all games: the digest of each seed with the digest of its last state.
    #[must_use]
    pub fn digest(&self) -> Digest {
        digest(self)
    }

    /// How the true index at position `index` is spread.
    #[must_use]
    pub fn truth(&self, index: usize) -> Option<Spread> {
        Spread::of(self.games.iter().map(|game| game.truth[index]))
    }

    /// How the published index at position `index` is spread.
    #[must_use]
    pub fn published(&self, index: usize) -> Option<Spread> {
        Spread::of(self.games.iter().map(|game| game.published[index]))
    }

    /// How the true index at position `index` is spread three months after the last turn.
    #[must_use]
    pub fn left(&self, index: usize) -> Option<Spread> {
        Spread::of(self.games.iter().map(|game| game.left[index]))
    }

    /// What became of the promises of all games.
    #[must_use]
    pub fn promises(&self) -> Promises {
        let mut sums = Promises::default();
        for Promises {
            kept,
            broken,
            not_checked,
        } in self.games.iter().map(|game| game.promises)
        {
            sums.kept += kept;
            sums.broken += broken;
            sums.not_checked += not_checked;
        }
        sums
    }

    /// How the room's forecasts of all games went.
    #[must_use]
    pub fn forecasts(&self) -> Forecasts {
        let mut sums = Forecasts::default();
        for Forecasts {
            told,
            inside,
            width,
        } in self.games.iter().map(|game| game.forecasts)
        {
            sums.told += told;
            sums.inside += inside;
            sums.width += width;
        }
        sums
    }

    /// The share of games in which objective `at` was met, 0 to 1.
    #[must_use]
    pub fn met(&self, at: usize) -> f64 {
        let met = self
            .games
            .iter()
            .filter(|game| game.met.get(at) == Some(&true));
        met.count() as f64 / self.games.len().max(1) as f64
    }
}

impl Batch {
    /// In how many games this became of a desk's mandate.
    #[must_use]
    pub fn mandates(&self, seat: SeatIx, became: Became) -> usize {
        let games = self.games.iter();
        games
            .filter(|game| game.mandates.contains(&(seat, became)))
            .count()
    }
}

impl Canon for Batch {
    fn canon(&self, walk: &mut Walk) {
        for game in &self.games {
            game.seed.canon(walk);
            game.digest.canon(walk);
        }
    }
}
