//! Incidents as points: where in a precinct and when in a turn each offence happened.
//!
//! Counts are drawn per precinct and family; this spreads them over micro-places and days, each with
//! luck of its own, so that it costs a game nothing until somebody looks. Sources of the form: the
//! law of crime concentration (Weisburd 2015); near repeats within a few hundred metres and about a
//! month (Johnson & Bowers 2004), with a kernel of 20 days.

use super::places::{concentrated, places_holding};
use crate::rules::chance::{Luck, Purpose};
use crate::rules::curve;
use crate::rules::id::{FamilyIx, PrecinctIx};
use crate::rules::model::Coefficient as C;
use crate::rules::state::HiddenPage;
use crate::rules::world::World;

/// An offence, where and when it happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Incident {
    /// The precinct.
    pub precinct: PrecinctIx,
    /// The offence family.
    pub family: FamilyIx,
    /// The micro-place, counted from the hottest; of [`micro_places`].
    pub place: u32,
    /// Where, in kilometres within a square of the precinct's area.
    pub at: (f64, f64),
    /// When, in months from the start of the game.
    pub when: f64,
}

/// Micro-places in a km²: street segments of about 100 metres.
const PLACES_PER_KM2: f64 = 110.0;
/// Mean months between an offence and its near repeat: 20 days.
const REPEAT_MONTHS: f64 = 0.657;
/// Mean distance of a near repeat, km, and the furthest.
const REPEAT_KM: (f64, f64) = (0.12, 0.4);
/// The share of near repeats' offspring that falls in the month after: what a family's carry-over
/// is of its branching ratio.
const NEXT_MONTH: f64 = 0.4;

/// How many micro-places a precinct has.
#[must_use]
pub fn micro_places(world: &World, precinct: PrecinctIx) -> u32 {
    curve::max(1.0, world.precincts[precinct.at()].area * PLACES_PER_KM2) as u32
}

/// The incidents of every turn played, in the order of turns, precincts and families.
pub(in crate::rules) fn incidents(
    world: &World,
    seed: u32,
    pages: &[HiddenPage],
) -> Vec<Vec<Incident>> {
    let luck = Luck::new(seed);
    let mut turns: Vec<Vec<Incident>> = Vec::with_capacity(pages.len());
    for (turn, page) in pages.iter().enumerate() {
        let mut stream = luck.stream(turn as u32, Purpose::Incidents);
        let mut now: Vec<Incident> = Vec::new();
        let before = turns.last().map_or(&[][..], Vec::as_slice);
        let mut number = 0;
        for (cell, count) in page.happened.iter().enumerate() {
            let families = world.families.len();
            let (precinct, family) = (
                PrecinctIx::from_position(cell / families),
                FamilyIx::from_position(cell % families),
            );
            let same =
                |incident: &&Incident| incident.precinct == precinct && incident.family == family;
            let mut parents: Vec<Incident> = before.iter().filter(same).copied().collect();
            let spread = Spread::new(world, precinct, family, page.hot[cell], turn);
            for _ in 0..*count {
                let draws = stream.at(number);
                number += 1;
                let uniform = |at: usize| draws.uniform_at(at);
                let mut incident = spread.anywhere(&uniform);
                if uniform(0) < spread.branching && !parents.is_empty() {
                    let parent = (uniform(1) * parents.len() as f64) as usize;
                    incident = spread.near(&parents[parent], &uniform).unwrap_or(incident);
                }
                parents.push(incident);
                now.push(incident);
            }
        }
        turns.push(now);
    }
    turns
}

/// How the offences of one cell lie in one turn.
struct Spread<'a> {
    world: &'a World,
    precinct: PrecinctIx,
    family: FamilyIx,
    /// The share that follows another one near by.
    branching: f64,
    concentration: f64,
    /// Share of offences at hot spots without and with patrol there.
    hot: (f64, f64),
    /// First month of the turn and its length.
    span: (f64, f64),
}

impl<'a> Spread<'a> {
    fn new(
        world: &'a World,
        precinct: PrecinctIx,
        family: FamilyIx,
        hot: f64,
        turn: usize,
    ) -> Self {
        let concentration = world.precincts[precinct.at()].concentration;
        let share = world.model.get(C::HotShare);
        let months = world.turn.months();
        let carry = world.families[family.at()].near_repeat;
        Self {
            world,
            precinct,
            family,
            branching: curve::clamp(carry / NEXT_MONTH, 0.0, 0.5),
            concentration,
            hot: (concentrated(&world.model, concentration, share), hot),
            span: (turn as f64 * months, months),
        }
    }

    /// An offence that follows none.
    fn anywhere(&self, uniform: &impl Fn(usize) -> f64) -> Incident {
        let (held, left) = self.hot;
        let u = uniform(2);
        // Patrol thins out what happens at hot spots; elsewhere it leaves things as they are.
        let quantile = if u < left {
            u / left * held
        } else {
            held + (u - left) / (1.0 - left) * (1.0 - held)
        };
        let rank = places_holding(&self.world.model, self.concentration, quantile);
        let places = micro_places(self.world, self.precinct);
        let place = ((rank * f64::from(places)) as u32).min(places - 1);
        let side = self.world.precincts[self.precinct.at()].area.sqrt();
        // Where a place lies does not depend on the game.
        let where_it_is = Luck::new(place).draws(0, Purpose::Incidents, u32::from(self.precinct.0));
        Incident {
            precinct: self.precinct,
            family: self.family,
            place,
            at: (
                where_it_is.uniform_at(0) * side,
                where_it_is.uniform_at(1) * side,
            ),
            when: self.span.0 + uniform(3) * self.span.1,
        }
    }

    /// An offence near an earlier one and soon after it; none if its time has passed.
    fn near(&self, parent: &Incident, uniform: &impl Fn(usize) -> f64) -> Option<Incident> {
        let (first, last) = (
            curve::max(self.span.0, parent.when) - parent.when,
            self.span.0 + self.span.1 - parent.when,
        );
        // Exponential, held to this turn.
        let (near, far) = (
            curve::exp(-first / REPEAT_MONTHS),
            curve::exp(-last / REPEAT_MONTHS),
        );
        if near - far < 1e-9 {
            return None;
        }
        let lag = -REPEAT_MONTHS * curve::ln(near - uniform(4) * (near - far));
        let distance = curve::min(-REPEAT_KM.0 * curve::ln(uniform(5)), REPEAT_KM.1);
        let angle = 2.0 * std::f64::consts::PI * uniform(6);
        let quarter = std::f64::consts::PI / 2.0;
        let (dx, dy) = (curve::cos(angle), curve::cos(angle - quarter));
        Some(Incident {
            at: (parent.at.0 + distance * dx, parent.at.1 + distance * dy),
            when: parent.when + lag,
            ..*parent
        })
    }
}
