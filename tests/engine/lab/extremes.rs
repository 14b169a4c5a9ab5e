//! One idea and nothing else: each extreme loses something that matters, and the ledger says what.

use super::played;
use commonwatch::lab::Policy;
use commonwatch::lab::facts::{Arm, City, Estimate};
use commonwatch::rules::id::PrecinctIx;
use commonwatch::rules::ledger::Rule;
use commonwatch::rules::world::{Duty, OrderKind, Tactic};
use commonwatch::rules::{Account, Action, Amount, Cents, Index, Ledger, Micro, World};
use commonwatch::scenario::{built_in, load};
use rayon::prelude::*;
use std::sync::Arc;

const SEEDS: u32 = 40;

/// How far a mean lies from nothing, in standard errors; negative below it.
fn errors(estimate: Estimate) -> f64 {
    estimate.mean / (estimate.half_width / 1.96)
}

/// The dense city with scarce means, a year: a foot team for every second precinct, and so on. A unit
/// of `posted` stands where it does what `posted` says when the game begins.
fn scarce(posted: impl Fn(&str) -> Option<Tactic>) -> World {
    let city = City::new(None);
    let world = city.world(|world| {
        world.turns = 12;
        let names: Vec<String> = world.kinds.iter().map(|kind| kind.id.to_string()).collect();
        let keep = |kind: usize| match names[kind].as_str() {
            "foot" => 9,
            "vehicle" => 6,
            "officer" => 8,
            "mediator" => 3,
            _ => 2,
        };
        let mut kept = vec![0; names.len()];
        world.units.retain_mut(|unit| {
            let kind = unit.kind.at();
            let at = PrecinctIx::from_position((2 * kept[kind] + kind) % world.precincts.len());
            unit.post = posted(&names[kind]).map(|tactic| (at, tactic));
            kept[kind] += 1;
            kept[kind] <= keep(kind)
        });
        world.analysts = 6;
        let income = Cents::funds(30);
        let purse = &mut world.purse;
        (purse.start, purse.income, purse.carry) = (income, income, Cents::funds(10));
    });
    World::clone(&world)
}

/// The ordinary day of that city, against which Safety is measured.
fn ordinary(kind: &str) -> Option<Tactic> {
    Some(match kind {
        "foot" => Tactic::HotSpot,
        "vehicle" => Tactic::Visible,
        "officer" => Tactic::Outreach,
        "mediator" => Tactic::Mediation,
        _ => return None,
    })
}

/// The true indices of each game, mean of the last half year, and what the ledger posted to them.
struct Games {
    indices: Vec<[f64; Index::ALL.len()]>,
    causes: Vec<Vec<f64>>,
}

impl Games {
    fn of(world: &Arc<World>, policy: Policy) -> Self {
        let each = (1..=SEEDS).into_par_iter().map(|seed| {
            let mut book = Ledger::keeping();
            let end = played(world, policy, seed, &mut book);
            let pages = end.debrief().expect("the game is over").hidden;
            let half = &pages[pages.len() / 2..];
            let mean = |index: usize| {
                let sum: f64 = half.iter().map(|page| page.indices[index].to_f64()).sum();
                sum / half.len() as f64
            };
            let mut causes = vec![0.0; Index::ALL.len() * Rule::ALL.len()];
            for entry in book.entries() {
                if let Account::Index(index) = entry.account {
                    let at = index as usize * Rule::ALL.len() + entry.cause.rule as usize;
                    causes[at] += Micro(entry.amount).to_f64() / f64::from(SEEDS);
                }
            }
            (std::array::from_fn(mean), causes)
        });
        let (indices, causes) = each.unzip();
        Self { indices, causes }
    }

    /// By how much an index is above that of other games under the same luck.
    fn above(&self, other: &Self, index: Index) -> Estimate {
        let pairs = self.indices.iter().zip(&other.indices);
        let differences: Vec<f64> = pairs
            .map(|(a, b)| a[index as usize] - b[index as usize])
            .collect();
        Estimate::of(&differences)
    }

    /// What took most from an index over the year.
    fn worst(&self, index: Index) -> (Rule, f64) {
        let sum = |rule: Rule| -> f64 {
            let at = index as usize * Rule::ALL.len() + rule as usize;
            self.causes.iter().map(|game| game[at]).sum()
        };
        let all = Rule::ALL.iter().map(|rule| (*rule, sum(*rule)));
        all.min_by(|a, b| a.1.total_cmp(&b.1))
            .expect("there are rules")
    }
}

#[test]
fn each_extreme_loses_what_the_ledger_names() {
    let world = Arc::new(scarce(ordinary));
    let (balanced, even) = (
        Games::of(&world, Policy::Balanced),
        Games::of(&world, Policy::Even),
    );
    for (policy, losses) in [
        (
            Policy::SensingMax,
            &[
                (Index::Rights, Rule::Watching),
                (Index::Trust, Rule::Sensing),
            ][..],
        ),
        (
            Policy::ChecksMax,
            &[
                (Index::Trust, Rule::UnfairContact),
                (Index::Rights, Rule::UnfairContact),
                (Index::Equity, Rule::Burden),
            ],
        ),
        // Whoever takes patrol off the streets loses what it held there, and that people saw it.
        (
            Policy::Outreach,
            &[
                (Index::Safety, Rule::HotSpotPatrol),
                (Index::SenseOfSafety, Rule::Presence),
            ],
        ),
    ] {
        let games = Games::of(&world, policy);
        for &(index, rule) in losses {
            let below = games.above(&balanced, index);
            let told = format!("{}, {index:?}: {below:?}", policy.id());
            assert!(below.mean <= -1.0 && errors(below) < -3.0, "{told}");
            let below = games.above(&even, index);
            assert!(errors(below) < -3.0, "beside even: {told}, {below:?}");
            let (worst, points) = games.worst(index);
            assert_eq!(worst, rule, "{told}, {points} points");
            assert!(points <= -1.0, "{told}, {points} points");
        }
    }
}

/// Money is no question: what a level costs in Funds is not what this is about.
fn rich(mut world: World) -> Arc<World> {
    let purse = &mut world.purse;
    (purse.start, purse.income, purse.carry) =
        (Cents::funds(900), Cents::funds(900), Cents::funds(900));
    Arc::new(world)
}

/// True Safety under level I less that under level III, by month; the same patrol in both.
fn by_policy(world: &Arc<World>, seeds: u32) -> Vec<Vec<f64>> {
    let safety = |policy: Policy, seed: u32| -> Vec<f64> {
        let end = played(world, policy, seed, &mut Ledger::without_detail());
        let pages = end.debrief().expect("the game is over").hidden;
        (pages.iter())
            .map(|page| page.indices[Index::Safety as usize].to_f64())
            .collect()
    };
    (1..=seeds)
        .into_par_iter()
        .map(|seed| {
            let high = safety(Policy::DutyMax, seed);
            let usual = safety(Policy::Hotspot, seed);
            high.iter().zip(usual).map(|(h, u)| h - u).collect()
        })
        .collect()
}

/// The dense city with scarce means, and every shipped scenario in which levels can be set and that
/// lasts half a year.
fn with_levels() -> Vec<Arc<World>> {
    let mut all = vec![rich(scarce(|_| None))];
    for shipped in built_in() {
        let loaded = load(&shipped.source()).expect("it has no errors");
        let world = World::clone(&loaded.scenario.world);
        if world.order(OrderKind::Duty).is_some() && month(&world, 6) < usize::from(world.turns) {
            all.push(rich(world));
        }
    }
    all
}

/// The place of the turn in which a month lies.
fn month(world: &World, month: u16) -> usize {
    ((f64::from(month) / world.turn.months()).ceil() as usize).saturating_sub(1)
}

#[test]
fn the_highest_level_for_good_is_below_the_ordinary_one_by_month_six() {
    for world in with_levels() {
        let at = month(&world, 6);
        // Cards and a city of its own make a shipped scenario noisier than the test city.
        let seeds = if world.injects.is_empty() {
            SEEDS
        } else {
            4 * SEEDS
        };
        let mut world = World::clone(&world);
        world.turns = at as u16 + 1;
        let games = by_policy(&Arc::new(world.clone()), seeds);
        let column: Vec<f64> = games.iter().map(|game| game[at]).collect();
        let below = Estimate::of(&column);
        assert!(errors(below) < -3.0, "{}: {below:?}", world.scenario);
    }
}

/// The same where nobody moves: teams on foot, teams in cars, and with the community teams that a
/// high level calls away.
#[test]
fn a_high_level_works_at_first_and_less_than_none_by_month_six() {
    for standing in [
        &[("foot", Tactic::HotSpot), ("officer", Tactic::Outreach)][..],
        &[("foot", Tactic::HotSpot)],
        &[("vehicle", Tactic::HotSpot), ("officer", Tactic::Outreach)],
    ] {
        let world = rich(scarce(|kind| {
            let found = standing.iter().find(|(name, _)| *name == kind);
            found.map(|(_, tactic)| *tactic)
        }));
        let high = Arm::new(&world, |turn, orders| {
            if turn == 1 {
                orders.give(Action::Duty {
                    district: None,
                    level: Duty::I,
                });
            }
        });
        let differences = |month: usize| {
            let values = high.beside(&Arm::idle(&world), SEEDS, |h, usual| {
                let safety = |run: &commonwatch::lab::facts::Run| {
                    run.hidden[month - 1].indices[Index::Safety as usize].to_f64()
                };
                safety(&h) - safety(&usual)
            });
            Estimate::of(&values)
        };
        let (first, sixth) = (differences(1), differences(6));
        assert!(errors(first) > 3.0, "{standing:?}: {first:?}");
        assert!(errors(sixth) < -3.0, "{standing:?}: {sixth:?}");
    }
}
