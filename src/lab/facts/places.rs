//! Facts about where and when: concentration, rhythm, near repeats.

use super::city::{Arm, City, Run, event};
use super::measure::{Band, Estimate};
use super::{Effort, Fact, Finding, Trial};
use crate::rules::id::{FamilyIx, PrecinctIx};
use crate::rules::response::{Incident, micro_places};
use crate::rules::world::{TurnLength, What};

pub(super) fn facts() -> Vec<Fact> {
    vec![
        Fact {
            id: "V1",
            source: "Weisburd 2015",
            preset: None,
            trial: Trial::Experiment(concentration),
        },
        Fact {
            id: "V15",
            source: "McDowall, Loftin & Pate 2012; Johnson & Bowers 2004",
            preset: None,
            trial: Trial::Experiment(rhythm),
        },
    ]
}

/// Two years; in the second a fifth less happens.
fn concentration(city: &City, effort: Effort) -> Vec<Finding> {
    let world = city.world(|world| {
        world.turn = TurnLength::Months(1);
        world.turns = 24;
        let fewer = What::Offences {
            family: None,
            factor: 0.8,
            turns: world.turns,
        };
        event(world, 13, fewer);
    });
    // Cities are large: a few of them tell as much as many.
    let seeds = effort.seeds / 20;
    let shares = Arm::idle(&world).each(seeds, |run| {
        let all = run.end.incidents().unwrap_or_default();
        let year = |turns: std::ops::Range<usize>| {
            let counts = by_place(&run, all[turns].iter().flatten());
            (share_holding(&counts, 0.5), share_holding(&counts, 0.25))
        };
        let (first, second) = (year(0..12), year(12..24));
        (first.0, first.1, (second.0 - first.0).abs())
    });
    let figure = |of: fn(&(f64, f64, f64)) -> f64| {
        let values: Vec<f64> = shares.iter().map(|s| 100.0 * of(s)).collect();
        Estimate::of(&values)
    };
    vec![
        Finding {
            estimate: figure(|s| s.0),
            target: Band::new(2.1, 6.5),
        },
        Finding {
            estimate: figure(|s| s.1),
            target: Band::new(0.4, 1.6),
        },
        Finding {
            estimate: figure(|s| s.2),
            target: Band::at_most(1.5),
        },
    ]
}

/// Street-visible offences at each micro-place of the city.
fn by_place<'a>(run: &Run, incidents: impl Iterator<Item = &'a Incident>) -> Vec<u32> {
    let world = &run.world;
    let mut first = Vec::new();
    let mut places = 0;
    for p in 0..world.precincts.len() {
        first.push(places);
        places += micro_places(world, PrecinctIx::from_position(p)) as usize;
    }
    let mut counts = vec![0; places];
    for incident in incidents {
        if world.families[incident.family.at()].patrol_effect > 0.0 {
            counts[first[incident.precinct.at()] + incident.place as usize] += 1;
        }
    }
    counts
}

/// The share of places, from the fullest, that holds a share of everything.
fn share_holding(counts: &[u32], share: f64) -> f64 {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let wanted = share * f64::from(sorted.iter().sum::<u32>());
    let mut held = 0.0;
    for (at, count) in sorted.iter().enumerate() {
        held += f64::from(*count);
        if held >= wanted {
            return (at + 1) as f64 / counts.len() as f64;
        }
    }
    1.0
}

/// Ten years in which nobody does anything.
fn rhythm(city: &City, effort: Effort) -> Vec<Finding> {
    const YEARS: u16 = 10;
    // A city of ordinary density: where people live closer, chance alone brings burglaries together.
    let world = city.world(|world| {
        world.turn = TurnLength::Months(1);
        world.turns = YEARS * 12;
        for precinct in &mut world.precincts {
            precinct.area *= 5.0;
        }
    });
    let all = city.everywhere();
    let (theft, robbery, burglary) = (
        city.family("street-theft"),
        city.family("robbery"),
        city.family("burglary"),
    );
    let seeds = effort.seeds / 10;
    let found = Arm::idle(&world).each(seeds, |run| {
        let season = |family: FamilyIx| {
            let month = |m: u16| {
                let years = 0..YEARS;
                years
                    .map(|y| run.happened(y * 12 + m + 1..y * 12 + m + 2, &all, &[family]))
                    .sum::<f64>()
            };
            let months: Vec<f64> = (0..12).map(month).collect();
            // A quarter's mean takes most of the chance out of the extremes.
            let quarter = |m: usize| (0..3).map(|i| months[(m + i) % 12]).sum::<f64>();
            let quarters: Vec<f64> = (0..12).map(quarter).collect();
            let most = quarters.iter().copied().fold(0.0, f64::max);
            let least = quarters.iter().copied().fold(f64::INFINITY, f64::min);
            most / least
        };
        let fano = fano(&run, theft, YEARS * 12);
        let knox = knox(&run, burglary);
        (season(theft), season(robbery), fano, knox.0, knox.1)
    });
    let figure = |of: fn(&(f64, f64, f64, f64, f64)) -> f64| {
        Estimate::of(&found.iter().map(of).collect::<Vec<_>>())
    };
    vec![
        Finding {
            estimate: figure(|f| f.0),
            target: Band::new(1.05, 1.15),
        },
        Finding {
            estimate: figure(|f| f.1),
            target: Band::new(1.0, 1.05),
        },
        Finding {
            estimate: figure(|f| f.2),
            target: Band::new(1.5, 3.0),
        },
        Finding {
            estimate: figure(|f| f.3),
            target: Band::at_least(1.2),
        },
        Finding {
            estimate: figure(|f| f.4),
            target: Band::new(0.9, 1.1),
        },
    ]
}

/// Variance over mean of the monthly counts of precincts, against what was expected of the month.
fn fano(run: &Run, family: FamilyIx, turns: u16) -> f64 {
    let (mut squares, mut mean) = (0.0, 0.0);
    for p in 0..run.world.precincts.len() as u16 {
        for turn in 1..=turns {
            let expected = run.expected(turn..turn + 1, &[p], &[family]);
            let happened = run.happened(turn..turn + 1, &[p], &[family]);
            squares += (happened - expected) * (happened - expected);
            mean += expected;
        }
    }
    squares / mean
}

/// The Knox ratio of pairs within 400 metres: up to a month apart, and two to three months apart.
/// The expectation pairs each offence with all others of the precinct, whenever they happened.
fn knox(run: &Run, family: FamilyIx) -> (f64, f64) {
    const NEAR_KM: f64 = 0.4;
    let turns = run.end.incidents().unwrap_or_default();
    let months = turns.len() as f64;
    let (mut soon, mut later, mut near) = (0.0, 0.0, 0.0);
    for p in 0..run.world.precincts.len() {
        let here: Vec<&Incident> = turns
            .iter()
            .flatten()
            .filter(|i| i.precinct.at() == p && i.family == family)
            .collect();
        for (at, one) in here.iter().enumerate() {
            for other in &here[at + 1..] {
                let (dx, dy) = (one.at.0 - other.at.0, one.at.1 - other.at.1);
                if dx * dx + dy * dy > NEAR_KM * NEAR_KM {
                    continue;
                }
                near += 1.0;
                let apart = (one.when - other.when).abs();
                soon += f64::from(u8::from(apart <= 1.0));
                later += f64::from(u8::from((2.0..=3.0).contains(&apart)));
            }
        }
    }
    // Two moments of a span lie within a month of each other with chance 2/n − 1/n², and two to three
    // months apart with (2(n − 2) − 1)/n².
    let within = 2.0 / months - 1.0 / (months * months);
    let apart = (2.0 * (months - 2.0) - 1.0) / (months * months);
    (soon / (near * within), later / (near * apart))
}
