//! What changed harm: the causes of offences behind Safety and Equity.

use super::{Basis, reference_of};
use crate::rules::curve;
use crate::rules::id::{FamilyIx, PrecinctIx};
use crate::rules::ledger::{Cause, Posting, Rule, logarithmic_mean_by};
use crate::rules::model::Coefficient as C;
use crate::rules::response::{FACTORS, Factor, LogChange};
use crate::rules::world::World;
use std::ops::Range;

/// How the factors of each cell differ from the turn before, in logarithms.
pub(super) struct Moved {
    /// The factors that differ anywhere. Most instruments are at work nowhere, or as they were.
    factors: Vec<Factor>,
    /// Their changes: step by step, factor by factor, cell by cell.
    logs: Vec<f64>,
}

impl Moved {
    pub fn of(world: &World, basis: &Basis) -> Self {
        let mut last = vec![LogChange::NONE; world.families.len()];
        let mut differ = [0; FACTORS];
        for (now, before) in basis.now.iter().zip(basis.before) {
            for (now, before) in now.factors.iter().zip(before.factors.iter()) {
                for ((differ, now), before) in differ.iter_mut().zip(now.0).zip(before.0) {
                    *differ |= now.to_bits() ^ before.to_bits();
                }
            }
        }
        let moved = |factor: &Factor| *factor == Factor::Season || differ[*factor as usize] != 0;
        let factors: Vec<Factor> = Factor::ALL.into_iter().filter(moved).collect();
        let cells: usize = basis.now.iter().map(|step| step.factors.len()).sum();
        let mut logs = Vec::with_capacity(cells * factors.len());
        for (now, before) in basis.now.iter().zip(basis.before) {
            for factor in &factors {
                // Many a factor is the same for a family in place after place.
                last.fill(LogChange::NONE);
                let places = now.factors.chunks(last.len());
                for (now, before) in places.zip(before.factors.chunks(last.len())) {
                    let cells = now.iter().zip(before).zip(&mut last);
                    logs.extend(cells.map(|((now, before), last)| {
                        last.of(now.get(*factor), before.get(*factor))
                    }));
                }
            }
        }
        Self { factors, logs }
    }

    /// The changes of the factor at `at` in a step, in a city of so many cells.
    fn logs(&self, step: usize, at: usize, cells: usize) -> &[f64] {
        &self.logs[(step * self.factors.len() + at) * cells..][..cells]
    }
}

/// The change of what harm in some precincts is worth, in points, split among the factors (LMDI-I on
/// expected counts, never on counts), with luck as a cause of its own.
pub(super) struct HarmChange<'a> {
    moved: &'a Moved,
    /// The cause of each cell, without its rule: to copy a cause is cheaper than to put it together.
    causes: Vec<Cause>,
    /// The points of each factor that moved, of luck, and of luck that has passed, cell by cell.
    points: Vec<f64>,
}

impl<'a> HarmChange<'a> {
    /// This share of the change in these places, whose causes name the place if `placed`.
    pub fn of(
        world: &World,
        (basis, moved): (&Basis, &'a Moved),
        places: &[PrecinctIx],
        (share, placed): (f64, bool),
    ) -> Self {
        let scale = share * world.model.get(C::SafetyScale);
        let reference_now = reference_of(world, basis.now, places);
        let reference_before = reference_of(world, basis.before, places);
        // The reference has the same season: only their difference moves the index.
        let reference_log = curve::ln(reference_now / reference_before);
        let families = world.families.len();
        let own = places.len() * families;
        let (mut causes, mut harms) = (Vec::with_capacity(own), Vec::with_capacity(own));
        for &p in places {
            let mut cause = Cause::of(Rule::Season);
            if placed {
                cause = cause.in_precinct(p);
            }
            causes.extend((0..families).map(|k| cause.on_family(FamilyIx::from_position(k))));
            harms.extend(world.families.iter().map(|family| family.harm));
        }
        let (cells, factors) = (world.precincts.len() * families, moved.factors.len());
        let rows = rows(places, families);
        let mut points = Vec::with_capacity((factors + 2) * own);
        let (mut luck, mut passed) = (vec![0.0; own], vec![0.0; own]);
        let mut means = vec![0.0; own];
        for (step, (now, before)) in basis.now.iter().zip(basis.before).enumerate() {
            // Counts are the products of their factors, so the logarithms add up to theirs.
            means.fill(0.0);
            for at in 0..factors {
                let logs = moved.logs(step, at, cells);
                for (here, there) in &rows {
                    let sums = means[here.clone()].iter_mut();
                    sums.zip(&logs[there.clone()])
                        .for_each(|(sum, log)| *sum += log);
                }
            }
            for (here, there) in &rows {
                let expected = now.expected[there.clone()].iter();
                let expected = expected.zip(&before.expected[there.clone()]);
                let happened = now.happened[there.clone()].iter();
                let happened = happened.zip(&before.happened[there.clone()]);
                let chance = luck[here.clone()].iter_mut().zip(&mut passed[here.clone()]);
                let out = means[here.clone()].iter_mut().zip(chance);
                for (((expected, happened), harm), (mean, (luck, passed))) in
                    expected.zip(happened).zip(&harms[here.clone()]).zip(out)
                {
                    let share_now = harm * expected.0 / reference_now;
                    let share_before = harm * expected.1 / reference_before;
                    let log = *mean - reference_log;
                    *mean = -scale * logarithmic_mean_by(log, share_now, share_before);
                    *luck -= scale * (harm * (happened.0 - expected.0) / reference_now);
                    *passed += scale * (harm * (happened.1 - expected.1) / reference_before);
                }
            }
            for at in 0..factors {
                let logs = moved.logs(step, at, cells);
                for (here, there) in &rows {
                    let logs = means[here.clone()].iter().zip(&logs[there.clone()]);
                    let products = logs.map(|(mean, log)| mean * log);
                    match points.get_mut(at * own + here.start..at * own + here.end) {
                        None => points.extend(products),
                        Some(points) => {
                            (points.iter_mut().zip(products)).for_each(|(sum, more)| *sum += more);
                        }
                    }
                }
            }
            // The season is the first of them.
            for (points, mean) in points.iter_mut().zip(&means) {
                *points -= mean * reference_log;
            }
        }
        points.append(&mut luck);
        points.append(&mut passed);
        Self {
            moved,
            causes,
            points,
        }
    }

    /// Posts every cause. What did not change is no cause.
    pub fn post(&self, posting: &mut Posting) {
        let moved = self.moved.factors.iter().map(|factor| factor.rule());
        let rules = moved.chain([Rule::Chance, Rule::ChancePassed]);
        for (rule, points) in rules.zip(self.points.chunks(self.causes.len())) {
            posting.add_each(rule, &self.causes, points);
        }
    }
}

/// The cells of some precincts, in their order, and where they lie among all: those of neighbours in the
/// order of the city in one piece.
fn rows(places: &[PrecinctIx], families: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let mut rows: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (own, place) in places.iter().enumerate() {
        let (here, there) = (own * families, place.at() * families);
        match rows.last_mut() {
            Some(last) if last.1.end == there => {
                last.0.end += families;
                last.1.end += families;
            }
            _ => rows.push((here..here + families, there..there + families)),
        }
    }
    rows
}
