//! The factors of an expectation, and how instruments of the same kind overlap.

use super::{Cell, Force};
use crate::rules::curve;
use crate::rules::digest::{Canon, Walk};
use crate::rules::ledger::Rule;
use crate::rules::model::{Coefficient as C, Model};
use crate::rules::world::{Family, Precinct};

/// The factors that multiply to an expected count, in canonical order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Factor {
    /// Base rate, opportunity, season.
    Season,
    /// Near repeats.
    NearRepeat,
    /// What patrol elsewhere has moved here.
    Displacement,
    /// Trust in those who keep order.
    Legitimacy,
    /// Visible patrol.
    VisiblePatrol,
    /// Patrol at hot spots, and what remains of it.
    HotSpotPatrol,
    /// Community work.
    Outreach,
    /// Mediation.
    Mediation,
    /// Temporary changes by injects.
    Inject,
}

/// How many factors there are.
pub const FACTORS: usize = 9;

impl Factor {
    /// Every factor, in canonical order.
    pub const ALL: [Self; FACTORS] = [
        Self::Season,
        Self::NearRepeat,
        Self::Displacement,
        Self::Legitimacy,
        Self::VisiblePatrol,
        Self::HotSpotPatrol,
        Self::Outreach,
        Self::Mediation,
        Self::Inject,
    ];

    /// The rule that the ledger names for it.
    #[must_use]
    pub fn rule(self) -> Rule {
        match self {
            Self::Season => Rule::Season,
            Self::NearRepeat => Rule::NearRepeat,
            Self::Displacement => Rule::Displacement,
            Self::Legitimacy => Rule::Legitimacy,
            Self::VisiblePatrol => Rule::VisiblePatrol,
            Self::HotSpotPatrol => Rule::HotSpotPatrol,
            Self::Outreach => Rule::Outreach,
            Self::Mediation => Rule::Mediation,
            Self::Inject => Rule::Inject,
        }
    }
}

/// The logarithms of the factors of one cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factors(pub [f64; FACTORS]);

impl Canon for Factors {
    fn canon(&self, walk: &mut Walk) {
        self.0.canon(walk);
    }
}

/// How far near repeats and displacement can each shift an expectation: the benefit that spreads
/// from next door never empties a place, and what is moved never floods one.
const SHIFT: (f64, f64) = (0.5, 3.0);

/// The least and the most that a place can expect in a step, so that logarithms and counts exist
/// whatever a scenario asks for.
const LEVEL: (f64, f64) = (1e-6, 20_000.0);

/// The least and the most that temporary changes multiply an expectation by.
const SHOCK: (f64, f64) = (0.1, 10.0);

/// The most that one instrument can prevent.
const MOST_EFFECT: f64 = 0.95;

/// What all families of a precinct have in common in one step.
pub(super) struct Ground {
    residents_thousands: f64,
    /// Share of the greatest effect that spread patrol reaches, after the threshold.
    visible: f64,
    /// Share of the greatest effect that hot-spot patrol reaches, after concentration and freshness.
    hot: f64,
    visited_well: f64,
    mediated: f64,
    legitimacy: f64,
    stacking_weight: f64,
    stacking_cap: f64,
}

impl Ground {
    pub(super) fn of(
        model: &Model,
        precinct: &Precinct,
        force: &Force,
        familiarity: f64,
        trust: f64,
    ) -> Self {
        let dose = |minutes: f64| 1.0 - curve::exp(-minutes / model.get(C::DoseScale));
        let stale = curve::max(0.0, familiarity - model.get(C::FadeAfter));
        let fresh = curve::exp(-stale / model.get(C::FadeScale));
        let shift = curve::clamp(model.get(C::Legitimacy) * (trust - 50.0), -0.5, 0.5);
        Self {
            residents_thousands: f64::from(precinct.residents) / 1_000.0,
            visible: dose(force.spread_minutes) * model.get(C::SpreadThreshold),
            hot: dose(force.hot_minutes) * model.get(C::HotShareCrime) * fresh,
            visited_well: force.visited_well,
            mediated: force.mediated,
            legitimacy: curve::ln(1.0 - shift),
            stacking_weight: model.get(C::StackingWeight),
            stacking_cap: curve::ln(1.0 - model.get(C::StackingCap)),
        }
    }
}

impl Factors {
    /// The factors of a cell for `months` months.
    pub(super) fn of(
        ground: &Ground,
        family: &Family,
        opportunity: f64,
        season: f64,
        cell: &Cell,
        shock: f64,
        months: f64,
    ) -> Self {
        let base = family.base_rate * ground.residents_thousands * opportunity * months;
        let level = curve::clamp(base, LEVEL.0, LEVEL.1) * season;
        let shifted =
            |from: f64, by: f64| curve::clamp(from + by * months, from * SHIFT.0, from * SHIFT.1);
        let with_repeats = shifted(level, cell.carry);
        let with_moved = shifted(with_repeats, cell.displaced);
        let visible = family.patrol_effect * ground.visible;
        let hot = curve::max(family.patrol_effect * ground.hot, cell.residual);
        let outreach = family.outreach_effect * ground.visited_well;
        let mediation = family.mediation_effect * ground.mediated;
        let (visible, hot) = overlap(visible, hot, ground.stacking_weight);
        let (outreach, mediation) = overlap(outreach, mediation, ground.stacking_weight);
        let mut instruments = [visible, hot, outreach, mediation];
        let total: f64 = instruments.iter().sum();
        if total < ground.stacking_cap {
            for effect in &mut instruments {
                *effect *= ground.stacking_cap / total;
            }
        }
        Self([
            curve::ln(level),
            curve::ln(with_repeats / level),
            curve::ln(with_moved / with_repeats),
            ground.legitimacy,
            instruments[0],
            instruments[1],
            instruments[2],
            instruments[3],
            curve::ln(curve::clamp(shock, SHOCK.0, SHOCK.1)),
        ])
    }

    /// The expected count.
    #[must_use]
    pub fn product(&self) -> f64 {
        curve::exp(self.0.iter().sum())
    }

    /// The logarithm of one factor.
    #[must_use]
    pub fn log(&self, factor: Factor) -> f64 {
        self.0[factor as usize]
    }

    /// The share of offences that hot-spot patrol prevents.
    pub(super) fn hot_spot_effect(&self) -> f64 {
        1.0 - curve::exp(self.log(Factor::HotSpotPatrol))
    }

    /// Offences that patrol prevents, as a multiple of those that remain.
    pub(super) fn prevented_by_patrol(&self) -> f64 {
        curve::exp(-self.log(Factor::VisiblePatrol) - self.log(Factor::HotSpotPatrol)) - 1.0
    }
}

/// The log factors of two instruments of one mechanism: the weaker one counts by `weight`.
fn overlap(a: f64, b: f64, weight: f64) -> (f64, f64) {
    let held = |effect| curve::clamp(effect, 0.0, MOST_EFFECT);
    let (a, b) = (held(a), held(b));
    let (a_weight, b_weight) = if a >= b { (1.0, weight) } else { (weight, 1.0) };
    (curve::ln(1.0 - a * a_weight), curve::ln(1.0 - b * b_weight))
}
