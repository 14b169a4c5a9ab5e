//! Tests against dull games, played on the flagship: what a table should not get away with, and
//! what it should be paid for.

use super::measure::{Band, Estimate};
use super::{City, Effort, Fact, Finding, Trial};
use crate::lab::{Game, GameResult, Lineup, Policy};
use crate::rules::id::SeatIx;
use crate::rules::scoring::INDICES;
use crate::rules::table::Became;
use crate::rules::world::{Layer, Tempo};
use crate::rules::{Amount, Index, Micro, World};
use crate::scenario::{find_built_in, load};
use rayon::prelude::*;
use std::sync::{Arc, LazyLock};

/// The indices that a table is judged by; how safe people feel is a headline beside them.
pub(super) const JUDGED: [Index; 5] = [
    Index::Safety,
    Index::Trust,
    Index::Equity,
    Index::Rights,
    Index::Stewardship,
];

/// A test that is played on the flagship.
pub(super) fn fact(id: &'static str, run: fn(&City, Effort) -> Vec<Finding>) -> Fact {
    Fact {
        id,
        source: "test of the model (Pearl Bay)",
        preset: None,
        trial: Trial::Experiment(run),
    }
}

pub(super) fn facts() -> Vec<Fact> {
    vec![
        fact("g", stacking),
        fact("h", attention),
        fact("i", talk),
        fact("j", nothing_dead),
        fact("k", letting_go),
        fact("m", looking_ahead),
        fact("n", figures),
    ]
}

/// The flagship.
///
/// # Panics
///
/// Never in a build that passed its tests: it is part of the program.
pub(super) fn flagship() -> Arc<World> {
    static WORLD: LazyLock<Arc<World>> = LazyLock::new(|| {
        let built_in = find_built_in("pearl-bay").map(|it| load(&it.source()));
        match built_in {
            Ok(Ok(loaded)) => Arc::clone(&loaded.scenario.world),
            _ => panic!("the flagship has errors"),
        }
    });
    Arc::clone(&WORLD)
}

/// The games of a line-up, one for each of the first seeds.
fn games(lineup: &Lineup, seeds: u32) -> Vec<GameResult> {
    (1..=seeds.max(2))
        .into_par_iter()
        .filter_map(|seed| {
            let game = Game::new(flagship(), seed).and_then(|game| game.finish(lineup));
            game.ok().and_then(|game| game.result())
        })
        .collect()
}

fn played(policy: Policy, seeds: u32) -> Vec<GameResult> {
    games(&Lineup::policy(&flagship(), policy), seeds)
}

/// The mean difference of a figure between games of the same seed.
fn difference(
    one: &[GameResult],
    other: &[GameResult],
    of: impl Fn(&GameResult) -> f64,
) -> Estimate {
    let pairs = one.iter().zip(other);
    let values: Vec<f64> = pairs.map(|(one, other)| of(one) - of(other)).collect();
    Estimate::of(&values)
}

pub(super) fn points(indices: &[Micro; INDICES], index: Index) -> f64 {
    indices[index as usize].to_f64()
}

/// The mean of the five indices that the next shift finds.
pub(super) fn all_five(game: &GameResult) -> f64 {
    let sum: f64 = JUDGED.iter().map(|it| points(&game.left, *it)).sum();
    sum / JUDGED.len() as f64
}

/// (g) Everything on the three worst places on record.
fn stacking(_: &City, effort: Effort) -> Vec<Finding> {
    let stacked = played(Policy::Stacker, effort.seeds);
    let balanced = played(Policy::Balanced, effort.seeds);
    let lost = |index| difference(&stacked, &balanced, |game| points(&game.truth, index));
    vec![
        Finding {
            estimate: lost(Index::Safety),
            target: Band::at_most(0.0),
        },
        Finding {
            estimate: lost(Index::Equity),
            target: Band::at_most(-1.0),
        },
    ]
}

/// Seeds for policies that look ahead: they take hundreds of times as long as the others.
fn fewer(effort: Effort) -> u32 {
    effort.seeds / 10
}

/// (h) The best plan of two months, left alone, against one that is looked after: in points, and in
/// lines that are met.
fn attention(_: &City, effort: Effort) -> Vec<Finding> {
    let seeds = fewer(effort);
    let idle = played(Policy::Idle, seeds);
    let left_alone = played(Policy::Bundle, seeds);
    let looked_after = [Policy::Search, Policy::Balanced].map(|policy| played(policy, seeds));
    let lines = |game: &GameResult| game.met.iter().filter(|met| **met).count() as f64;
    let gained = |of: &dyn Fn(&GameResult) -> f64| {
        let gains = |games: &[GameResult]| -> Vec<f64> {
            let pairs = games.iter().zip(&idle);
            pairs.map(|(game, idle)| of(game) - of(idle)).collect()
        };
        let sum = |gains: &[f64]| gains.iter().sum::<f64>();
        // The best adaptive plan is the better of the two.
        let [searched, balanced] = looked_after.each_ref().map(|games| gains(games));
        let best = if sum(&searched) > sum(&balanced) {
            searched
        } else {
            balanced
        };
        let pairs: Vec<(f64, f64)> = gains(&left_alone).into_iter().zip(best).collect();
        let change = Estimate::change(&pairs);
        Finding {
            estimate: Estimate {
                mean: 100.0 + change.mean,
                ..change
            },
            target: Band::at_most(70.0),
        }
    };
    vec![gained(&all_five), gained(&lines)]
}

/// (i) Desks that tell each other what they hear, against desks that do not.
fn talk(_: &City, effort: Effort) -> Vec<Finding> {
    let world = flagship();
    let pooled = games(&Lineup::policy(&world, Policy::Balanced), effort.seeds);
    let silent = games(&Lineup::silent(&world, Policy::Balanced), effort.seeds);
    let met = |at: usize| {
        difference(&pooled, &silent, |game| {
            100.0 * f64::from(u8::from(game.met[at]))
        })
    };
    let most = (0..world.objectives.len())
        .map(met)
        .max_by(|a, b| a.mean.total_cmp(&b.mean));
    most.map(|estimate| Finding {
        estimate,
        target: Band::at_least(10.0),
    })
    .into_iter()
    .collect()
}

/// Whether games would be missed beside others in which less was decided: in an index by a point, or
/// in a line by five games in a hundred, where a desk's year was left out, and by so much of that as
/// `share` says where less was.
fn missed(decided: &[GameResult], without: &[GameResult], share: f64) -> bool {
    let lost = |of: &dyn Fn(&GameResult) -> f64| difference(decided, without, of).mean;
    let points_lost =
        |index: &Index| lost(&|game: &GameResult| points(&game.truth, *index)) >= share;
    let line_lost = |at: usize| {
        lost(&|game: &GameResult| 100.0 * f64::from(u8::from(game.met[at]))) >= 5.0 * share
    };
    JUDGED.iter().any(points_lost) || (0..flagship().objectives.len()).any(line_lost)
}

/// (j) Each desk left to its usual standing order, and each month in which all are: it must be
/// missed.
fn nothing_dead(_: &City, effort: Effort) -> Vec<Finding> {
    let world = flagship();
    let manned = played(Policy::Balanced, effort.seeds);
    let all = |lineups: Vec<Lineup>, share: f64| {
        let alive = lineups.iter().filter(|lineup| {
            let without = games(lineup, effort.seeds);
            missed(&manned, &without, share)
        });
        Finding {
            estimate: Estimate::exact(alive.count() as f64),
            target: Band::at_least(lineups.len() as f64),
        }
    };
    let desks = (0..world.seats.len()).filter(|at| !world.seats[*at].postures.is_empty());
    let desks: Vec<Lineup> = desks
        .map(|at| {
            let left = (SeatIx::from_position(at), Policy::Standing);
            Lineup::but_for(&world, Policy::Balanced, left)
        })
        .collect();
    // Months that are quiet by their tempo are left to the standing orders anyway.
    let played_turns = (1..=world.turns)
        .filter(|turn| world.tempo.get(usize::from(turn - 1)) != Some(&Tempo::Quiet));
    let months: Vec<Lineup> = played_turns
        .map(|turn| Lineup::but_in(&world, Policy::Balanced, turn))
        .collect();
    // A month holds one decision of each desk, and a desk's year one of each month.
    let share = desks.len() as f64 / months.len().max(1) as f64;
    vec![all(desks, 1.0), all(months, share)]
}

/// (k) Everything spent and cancelled in the last two turns, as the next shift finds it.
fn letting_go(_: &City, effort: Effort) -> Vec<Finding> {
    let dumped = played(Policy::Dump, effort.seeds);
    let balanced = played(Policy::Balanced, effort.seeds);
    let gained = |index| difference(&dumped, &balanced, |game| points(&game.left, index));
    let most = (JUDGED.into_iter().map(gained)).max_by(|a, b| a.mean.total_cmp(&b.mean));
    most.map(|estimate| Finding {
        estimate,
        target: Band::at_most(1.0),
    })
    .into_iter()
    .collect()
}

/// (m) One turn ahead against several.
fn looking_ahead(_: &City, effort: Effort) -> Vec<Finding> {
    let greedy = played(Policy::Greedy, fewer(effort));
    let search = played(Policy::Search, fewer(effort));
    let lost = |index: &Index| {
        let ahead = difference(&search, &greedy, |game| points(&game.truth, *index));
        ahead.mean - ahead.half_width > 0.0
    };
    let count = JUDGED.iter().filter(|index| lost(index)).count();
    vec![Finding {
        estimate: Estimate::exact(count as f64),
        target: Band::at_least(2.0),
    }]
}

/// (n) A table that works on the figure.
fn figures(_: &City, effort: Effort) -> Vec<Finding> {
    let world = flagship();
    let lineup = Lineup::policy(&world, Policy::UnderRecord);
    let found: Vec<(f64, f64)> = (1..=effort.seeds)
        .into_par_iter()
        .filter_map(|seed| {
            let game = Game::new(flagship(), seed).and_then(|game| game.finish(&lineup));
            let game = game.ok()?;
            let debrief = game.state().debrief()?;
            let fooled = debrief.mandates.iter().any(|told| {
                told.became == Became::Met && told.mandate.goal.layer == Layer::Published
            });
            let objectives = world.objectives.iter().zip(&debrief.outcomes);
            let missed = objectives
                .filter(|(it, outcome)| it.goal.layer == Layer::True && !outcome.met)
                .count();
            Some((100.0 * f64::from(u8::from(fooled)), missed as f64))
        })
        .collect();
    let mean = |of: fn(&(f64, f64)) -> f64| Estimate::of(&found.iter().map(of).collect::<Vec<_>>());
    vec![
        Finding {
            estimate: mean(|found| found.0),
            target: Band::at_least(10.0),
        },
        Finding {
            estimate: mean(|found| found.1),
            target: Band::at_least(2.0),
        },
    ]
}
