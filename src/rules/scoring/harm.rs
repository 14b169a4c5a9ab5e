//! What changed harm: the causes of offences behind Safety and Equity.

use super::{Basis, reference_of};
use crate::rules::curve;
use crate::rules::id::{FamilyIx, PrecinctIx};
use crate::rules::ledger::{Cause, Posting, Rule, logarithmic_mean_by};
use crate::rules::model::Coefficient as C;
use crate::rules::response::{FACTORS, Factor};
use crate::rules::world::World;

/// What a cell has of a change: the points of each factor that moved, of luck and of luck that has
/// passed.
const COLUMNS: usize = FACTORS + 2;

/// The factors that differ anywhere from the turn before. Most instruments are at work nowhere, or as
/// they were.
pub(super) struct Moved {
    factors: Vec<Factor>,
}

impl Moved {
    pub fn of(basis: &Basis) -> Self {
        let mut differ = [0; FACTORS];
        for (now, before) in basis.now.iter().zip(basis.before) {
            for (now, before) in now.factors.iter().zip(before.factors.iter()) {
                for ((differ, now), before) in differ.iter_mut().zip(now.0).zip(before.0) {
                    *differ |= now.to_bits() ^ before.to_bits();
                }
            }
        }
        let moved = |factor: &Factor| *factor == Factor::Season || differ[*factor as usize] != 0;
        Self {
            factors: Factor::ALL.into_iter().filter(moved).collect(),
        }
    }
}

/// The change of what harm in some precincts is worth, in points, split among the factors (LMDI-I on
/// expected counts, never on counts), with luck as a cause of its own.
pub(super) struct HarmChange<'a> {
    moved: &'a Moved,
    /// The cause of each cell, without its rule: to copy a cause is cheaper than to put it together.
    causes: Vec<Cause>,
    points: Vec<[f64; COLUMNS]>,
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
        let mut causes = Vec::with_capacity(places.len() * families);
        for &p in places {
            let mut cause = Cause::of(Rule::Season);
            if placed {
                cause = cause.in_precinct(p);
            }
            causes.extend((0..families).map(|k| cause.on_family(FamilyIx::from_position(k))));
        }
        let mut points = vec![[0.0; COLUMNS]; causes.len()];
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
                    let (mut changes, mut log) = ([0.0; FACTORS], 0.0);
                    for (change, factor) in changes.iter_mut().zip(&moved.factors) {
                        *change = logs.0.log(*factor) - logs.1.log(*factor);
                        log += *change;
                    }
                    let log = log - reference_log;
                    let mean = -scale * logarithmic_mean_by(log, share_now, share_before);
                    let changes = &changes[..moved.factors.len()];
                    for (points, change) in here.iter_mut().zip(changes) {
                        *points += mean * change;
                    }
                    // The season is the first of them.
                    here[0] -= mean * reference_log;
                    let luck = harm * (happened.0 - expected.0) / reference_now;
                    let passed = harm * (happened.1 - expected.1) / reference_before;
                    here[FACTORS] -= scale * luck;
                    here[FACTORS + 1] += scale * passed;
                }
            }
        }
        Self {
            moved,
            causes,
            points,
        }
    }

    /// Posts every cause. What did not change is no cause.
    pub fn post(&self, posting: &mut Posting) {
        let moved = self.moved.factors.iter().map(|factor| factor.rule());
        let luck = [(FACTORS, Rule::Chance), (FACTORS + 1, Rule::ChancePassed)];
        for (at, rule) in moved.enumerate().chain(luck) {
            let points = self.points.iter().map(|points| points[at]);
            posting.add_each(rule, &self.causes, points);
        }
    }
}
