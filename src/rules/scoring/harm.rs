//! What changed harm: the causes of offences behind Safety and Equity.

use super::{Basis, reference_of};
use crate::rules::curve;
use crate::rules::id::{FamilyIx, PrecinctIx};
use crate::rules::ledger::{Cause, Rule, logarithmic_mean_by};
use crate::rules::model::Coefficient as C;
use crate::rules::response::{FACTORS, Factor};
use crate::rules::world::World;
use std::array::from_fn;

/// What a cell has of a change: the points of each factor, of luck and of luck that has passed.
const COLUMNS: usize = FACTORS + 2;

/// The change of what harm in some precincts is worth, in points, split among the factors (LMDI-I on
/// expected counts, never on counts), with luck as a cause of its own.
pub(super) struct HarmChange {
    /// The cause of each cell, without its rule: to copy a cause is cheaper than to put it together.
    causes: Vec<Cause>,
    points: Vec<[f64; COLUMNS]>,
    /// Whether there is anything of a column in any cell. Most instruments are at work nowhere or in
    /// few places.
    any: [bool; COLUMNS],
}

impl HarmChange {
    /// The change in these places, whose causes name the place if `placed`.
    pub fn of(world: &World, basis: &Basis, places: &[PrecinctIx], placed: bool) -> Self {
        let scale = world.model.get(C::SafetyScale);
        let reference_now = reference_of(world, basis.now, places);
        let reference_before = reference_of(world, basis.before, places);
        // The reference has the same season: only their difference moves the index.
        let reference_log = curve::ln(reference_now / reference_before);
        let families = world.families.len();
        let mut causes = Vec::with_capacity(places.len() * families);
        for &p in places {
            let mut cause = Cause::of(Rule::Season);
            if placed {
                cause = cause.in_precinct(p);
            }
            causes.extend((0..families).map(|k| cause.on_family(FamilyIx::from_position(k))));
        }
        let mut points = vec![[0.0; COLUMNS]; causes.len()];
        let mut any = [0u64; COLUMNS];
        let cells = (places.iter()).flat_map(|p| {
            world
                .families
                .iter()
                .enumerate()
                .map(|(k, f)| (p.at() * families + k, f.harm))
        });
        for ((at, harm), here) in cells.zip(&mut points) {
            for (now, before) in basis.now.iter().zip(basis.before) {
                let share_now = harm * now.expected[at] / reference_now;
                let share_before = harm * before.expected[at] / reference_before;
                // Counts are the products of their factors, so the logarithm is there already.
                let (logs, logs_before) = (&now.factors[at].0, &before.factors[at].0);
                let changes: [f64; FACTORS] = from_fn(|at| logs[at] - logs_before[at]);
                let log = changes.iter().sum::<f64>() - reference_log;
                let mean = -scale * logarithmic_mean_by(log, share_now, share_before);
                for (points, change) in here.iter_mut().zip(changes) {
                    *points += mean * change;
                }
                here[Factor::Season as usize] -= mean * reference_log;
                let luck = harm * (now.happened[at] - now.expected[at]) / reference_now;
                let passed = harm * (before.happened[at] - before.expected[at]) / reference_before;
                here[FACTORS] -= scale * luck;
                here[FACTORS + 1] += scale * passed;
            }
            for (any, points) in any.iter_mut().zip(here) {
                *any |= points.abs().to_bits();
            }
        }
        Self {
            causes,
            points,
            any: any.map(|any| any != 0),
        }
    }

    /// Every cause with its points. What did not change is no cause.
    pub fn each(&self, mut tell: impl FnMut(Cause, f64)) {
        let rules = Factor::ALL.map(Factor::rule);
        let named = rules.into_iter().chain([Rule::Chance, Rule::ChancePassed]);
        for (at, rule) in named.enumerate().filter(|(at, _)| self.any[*at]) {
            for (&cause, points) in self.causes.iter().zip(&self.points) {
                if points[at] != 0.0 {
                    tell(Cause { rule, ..cause }, points[at]);
                }
            }
        }
    }
}
