//! Facts about records: what they leave out, and what following them does.

use super::city::{Arm, City};
use super::measure::{Band, Estimate};
use super::{Effort, Fact, Finding, Trial};
use crate::rules::chance::{Luck, Purpose};
use crate::rules::id::FamilyIx;
use crate::rules::{Micro, World};

pub(super) fn facts() -> Vec<Fact> {
    vec![
        Fact {
            id: "V12",
            source: "Ensign et al. 2018",
            preset: None,
            trial: Trial::Experiment(runaway),
        },
        Fact {
            id: "V13",
            source: "US Bureau of Justice Statistics; UK Office for National Statistics",
            preset: Some("uk-mix"),
            trial: Trial::Experiment(dark_figure),
        },
        Fact {
            id: "d",
            source: "test of the model",
            preset: None,
            trial: Trial::Experiment(rankings),
        },
        Fact {
            id: "e",
            source: "test of the model (regression to the mean)",
            preset: None,
            trial: Trial::Experiment(regression),
        },
    ]
}

/// Daily offences in two places, and the records that the day begins with.
const RATES: (f64, f64) = (3.685_11, 2.355_92);

/// Which way an urn learns.
#[derive(Clone, Copy, PartialEq)]
enum Urn {
    /// What patrol discovers is counted.
    Discovered,
    /// The same, taken with the chance of having looked elsewhere.
    Corrected,
    /// What people report is counted as well, with the same weight.
    Mixed,
}

/// Draws a place by its share of the urn for so many days; the share of the first at the end, and
/// the least it ever had.
///
/// The published urn: a day's discoveries are one with the chance of the place's rate, scaled so
/// that the larger is certain. `keep` is what is left of the urn from day to day.
fn urn(kind: Urn, prior: (f64, f64), days: u32, keep: f64, seed: u32) -> (f64, f64) {
    let luck = Luck::new(seed);
    let mut stream = luck.stream(2, Purpose::Policy);
    let (mut a, mut b) = prior;
    let mut least = a / (a + b);
    let (chance_a, chance_b) = (1.0, RATES.1 / RATES.0);
    for day in 0..days {
        let mut draws = stream.at(day);
        let share = a / (a + b);
        let in_a = draws.uniform() < share;
        let found = draws.uniform() < if in_a { chance_a } else { chance_b };
        let taken = match kind {
            Urn::Discovered | Urn::Mixed => true,
            Urn::Corrected => draws.uniform() < if in_a { 1.0 - share } else { share },
        };
        a *= keep;
        b *= keep;
        if found && taken {
            if in_a {
                a += 1.0;
            } else {
                b += 1.0;
            }
        }
        if kind == Urn::Mixed {
            a += chance_a;
            b += chance_b;
        }
        least = least.min(a / (a + b));
    }
    (a / (a + b), least)
}

fn runaway(_: &City, effort: Effort) -> Vec<Finding> {
    let runs = |kind: Urn, prior, days, keep| -> Vec<(f64, f64)> {
        (1..=effort.seeds)
            .map(|seed| urn(kind, prior, days, keep, seed))
            .collect()
    };
    let mean = |values: &[(f64, f64)], of: fn(&(f64, f64)) -> f64| {
        Estimate::of(&values.iter().map(of).collect::<Vec<_>>())
    };
    let strong = runs(Urn::Discovered, (609.0, 7.0), 1_000, 1.0);
    let corrected = runs(Urn::Corrected, (6.09, 1.0), 1_000, 0.99);
    let mixed = runs(Urn::Mixed, (6.09, 1.0), 20_000, 0.99);
    vec![
        Finding {
            estimate: mean(&strong, |run| run.1),
            target: Band::at_least(0.97),
        },
        Finding {
            estimate: mean(&corrected, |run| run.0),
            target: Band::new(0.58, 0.64),
        },
        Finding {
            estimate: mean(&mixed, |run| run.0),
            target: Band::new(0.639, 0.679),
        },
    ]
}

fn dark_figure(city: &City, effort: Effort) -> Vec<Finding> {
    let world = city.world(|world| {
        world.turns = 12;
        for precinct in &mut world.precincts {
            precinct.trust = Micro::points(50);
            precinct.opportunity.fill(1.0);
        }
    });
    let all = city.everywhere();
    let shares = |id: &str, low, high| {
        let family = vec![city.family(id)];
        let pairs = Arm::idle(&world).each(effort.seeds / 4, |run| {
            let turns = 1..13;
            (
                run.recorded(turns.clone(), &all, &family),
                run.happened(turns, &all, &family),
            )
        });
        let values: Vec<f64> = pairs.iter().map(|(r, h)| r / h).collect();
        Finding {
            estimate: Estimate::of(&values),
            target: Band::new(low, high),
        }
    };
    // Disputes, disorder and markets are not what a victim survey counts.
    let counted = city.families(&[
        "violence",
        "robbery",
        "burglary",
        "vehicle-theft",
        "street-theft",
        "fraud",
    ]);
    let fraud = vec![city.family("fraud")];
    let online = Arm::idle(&world).each(effort.seeds / 4, |run| {
        100.0 * run.happened(1..13, &all, &fraud) / run.happened(1..13, &all, &counted)
    });
    vec![
        shares("violence", 0.40, 0.50),
        shares("vehicle-theft", 0.70, 0.85),
        shares("street-theft", 0.25, 0.35),
        shares("fraud", 0.10, 0.18),
        Finding {
            estimate: Estimate::of(&online),
            target: Band::new(45.0, 55.0),
        },
    ]
}

/// Harm of a precinct over some turns, in truth or on record.
fn worst(world: &World, counts: impl Fn(u16, FamilyIx) -> f64) -> u16 {
    let harm = |p: u16| -> f64 {
        let families = world.families.iter().enumerate();
        families
            .map(|(k, family)| family.harm * counts(p, FamilyIx::from_position(k)))
            .sum()
    };
    let precincts = 0..world.precincts.len() as u16;
    precincts
        .max_by(|a, b| harm(*a).total_cmp(&harm(*b)))
        .unwrap_or(0)
}

fn rankings(city: &City, effort: Effort) -> Vec<Finding> {
    let world = city.world(|world| world.turns = 6);
    let differ = Arm::idle(&world).each(effort.seeds, |run| {
        let turns = 4..7;
        let on_record = worst(&world, |p, k| run.recorded(turns.clone(), &[p], &[k]));
        let in_truth = worst(&world, |p, k| run.happened(turns.clone(), &[p], &[k]));
        f64::from(u8::from(on_record != in_truth))
    });
    vec![Finding {
        estimate: Estimate::of(&differ),
        target: Band::at_least(0.01),
    }]
}

/// The precinct with most harm above what was usual there, and its next quarter.
fn regression(city: &City, effort: Effort) -> Vec<Finding> {
    let world = city.world(|world| world.turns = 12);
    let pairs = Arm::idle(&world).each(effort.seeds, |run| {
        let listed = worst(&world, |p, k| {
            let usual = run.recorded(1..7, &[p], &[k]) / 2.0;
            run.recorded(7..10, &[p], &[k]) - usual
        });
        let season = |turns: std::ops::Range<u16>| {
            let all: Vec<u16> = (0..world.precincts.len() as u16).collect();
            let families: Vec<FamilyIx> = (0..world.families.len())
                .map(FamilyIx::from_position)
                .collect();
            (
                run.recorded(turns.clone(), &[listed], &families),
                run.recorded(turns, &all, &families),
            )
        };
        let ((then, city_then), (now, city_now)) = (season(7..10), season(10..13));
        (now / city_now, then / city_then)
    });
    vec![Finding {
        estimate: Estimate::change(&pairs),
        target: Band::at_most(-0.1),
    }]
}
