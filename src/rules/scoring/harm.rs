//! What changed harm: the causes of offences behind Safety and Equity.

use super::{Basis, reference_of};
use crate::rules::curve;
use crate::rules::id::{FamilyIx, PrecinctIx};
use crate::rules::ledger::{Cause, Posting, Rule, logarithmic_mean_by};
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
    /// This share of the change in these places, whose causes name the place if `placed`.
    pub fn of(
        world: &World,
        basis: &Basis,
        places: &[PrecinctIx],
        (share, placed): (f64, bool),
    ) -> Self {
        let scale = share * world.model.get(C::SafetyScale);
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
        for (now, before) in basis.now.iter().zip(basis.before) {
            for (p, points) in places.iter().zip(points.chunks_mut(families)) {
                let here = p.at() * families..(p.at() + 1) * families;
                let logs = now.factors[here.clone()].iter();
                let logs = logs.zip(&before.factors[here.clone()]);
                let expected = now.expected[here.clone()].iter();
                let expected = expected.zip(&before.expected[here.clone()]);
                let happened = now.happened[here.clone()].iter();
                let happened = happened.zip(&before.happened[here]);
                let cells = logs.zip(expected).zip(happened).zip(&world.families);
                for ((((logs, expected), happened), family), here) in cells.zip(points) {
                    let harm = family.harm;
                    let share_now = harm * expected.0 / reference_now;
                    let share_before = harm * expected.1 / reference_before;
                    // Counts are the products of their factors, so the logarithm is there already.
                    let changes: [f64; FACTORS] = from_fn(|at| logs.0.0[at] - logs.1.0[at]);
                    let log = changes.iter().sum::<f64>() - reference_log;
                    let mean = -scale * logarithmic_mean_by(log, share_now, share_before);
                    for (points, change) in here.iter_mut().zip(changes) {
                        *points += mean * change;
                    }
                    here[Factor::Season as usize] -= mean * reference_log;
                    let luck = harm * (happened.0 - expected.0) / reference_now;
                    let passed = harm * (happened.1 - expected.1) / reference_before;
                    here[FACTORS] -= scale * luck;
                    here[FACTORS + 1] += scale * passed;
                    for (any, points) in any.iter_mut().zip(here) {
                        *any |= points.abs().to_bits();
                    }
                }
            }
        }
        Self {
            causes,
            points,
            any: any.map(|any| any != 0),
        }
    }

    /// Posts every cause. What did not change is no cause.
    pub fn post(&self, posting: &mut Posting) {
        let rules = Factor::ALL.map(Factor::rule);
        let named = rules.into_iter().chain([Rule::Chance, Rule::ChancePassed]);
        for ((at, rule), _) in named.enumerate().zip(self.any).filter(|(_, any)| *any) {
            let points = self.points.iter().map(|points| points[at]);
            posting.add_each(rule, &self.causes, points);
        }
    }
}
