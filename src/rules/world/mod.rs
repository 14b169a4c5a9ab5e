//! What a game is played in: the city, its people, the table, all resolved and immutable.
//!
//! A [`World`] comes from a validated scenario; the rules trust it.

mod goals;
mod injects;
mod time;
mod units;

pub use goals::{Goal, Layer, Measure, Objective, Span};
pub use injects::{Choice, Condition, Effect, Inject, InjectKind, PlaceRef, What, When};
pub use time::TurnLength;
pub use units::{Purse, Tactic, Unit, UnitKind};

use super::digest::{Digest, canon, digest};
use super::id::{FamilyIx, Id, InjectIx, ObjectiveIx, PrecinctIx, SeatIx, UnitIx};
use super::model::Model;
use super::units::Micro;

/// The whole immutable game.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// The scenario's name.
    pub scenario: Id,
    /// The time of one turn.
    pub turn: TurnLength,
    /// How many turns are played.
    pub turns: u16,
    /// The month of the first turn, 1 to 12 (season).
    pub first_month: u8,
    /// The desks at the table.
    pub seats: Vec<Seat>,
    /// The precincts.
    pub precincts: Vec<Precinct>,
    /// The offence families.
    pub families: Vec<Family>,
    /// The kinds of unit.
    pub kinds: Vec<UnitKind>,
    /// The tokens.
    pub units: Vec<Unit>,
    /// The table's money.
    pub purse: Purse,
    /// The injects.
    pub injects: Vec<Inject>,
    /// The objectives.
    pub objectives: Vec<Objective>,
    /// The coefficients.
    pub model: Model,
}

/// A desk.
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    /// Its name.
    pub id: Id,
}

/// The smallest place.
#[derive(Clone, Debug, PartialEq)]
pub struct Precinct {
    /// Its name.
    pub id: Id,
    /// The district it belongs to.
    pub district: Id,
    /// How many people live there.
    pub residents: u32,
    /// Its area in km².
    pub area: f64,
    /// The precincts that share a border, each with the share of this precinct's shared border.
    pub neighbours: Vec<(PrecinctIx, f64)>,
    /// Opportunity per family; 1 is the city's ordinary level.
    pub opportunity: Vec<f64>,
    /// Where trust starts and rests, points.
    pub trust: Micro,
    /// How safe people feel at the start, points.
    pub feel_safe: Micro,
    /// The outline in km, straight edges.
    pub outline: Vec<(f64, f64)>,
}

/// An offence family.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// Its name.
    pub id: Id,
    /// Offences per 1,000 residents and month at opportunity 1.
    pub base_rate: f64,
    /// Harm of one offence; theft from a person in the street is 1.
    pub harm: f64,
    /// Amplitude of the season, log scale.
    pub season: f64,
    /// The month of the peak, 1 to 12.
    pub season_peak: f64,
    /// Share of an unexpected offence that carries over to the next month.
    pub near_repeat: f64,
    /// Greatest effect of patrol at a hot spot, 0 to 1.
    pub patrol_effect: f64,
    /// Share of prevented offences that appears next door (negative: the benefit spreads).
    pub displacement: f64,
    /// Effect of community work at full coverage and quality, 0 to 1.
    pub outreach_effect: f64,
    /// Effect of mediation when every dispute is mediated, 0 to 1.
    pub mediation_effect: f64,
    /// Share reported to the police at neutral trust.
    pub reporting: f64,
    /// Share of the unreported that one team in the reference precinct discovers in a month.
    pub discovery: f64,
}

impl Family {
    /// The share reported, held off the ends where its log-odds do not exist.
    #[must_use]
    pub fn reporting_rate(&self) -> f64 {
        super::curve::clamp(self.reporting, 0.001, 0.999)
    }
}

impl World {
    /// The digest of everything that can change an outcome: numbers, names, geometry, conditions
    /// and effects, and no words.
    #[must_use]
    pub fn rules_hash(&self) -> Digest {
        digest(self)
    }

    /// The seat with this name.
    #[must_use]
    pub fn seat(&self, id: &Id) -> Option<SeatIx> {
        position(&self.seats, id, |seat| &seat.id).map(SeatIx::from_position)
    }

    /// The precinct with this name.
    #[must_use]
    pub fn precinct(&self, id: &Id) -> Option<PrecinctIx> {
        position(&self.precincts, id, |precinct| &precinct.id).map(PrecinctIx::from_position)
    }

    /// The family with this name.
    #[must_use]
    pub fn family(&self, id: &Id) -> Option<FamilyIx> {
        position(&self.families, id, |family| &family.id).map(FamilyIx::from_position)
    }

    /// The unit with this name.
    #[must_use]
    pub fn unit(&self, id: &Id) -> Option<UnitIx> {
        position(&self.units, id, |unit| &unit.id).map(UnitIx::from_position)
    }

    /// The inject with this name.
    #[must_use]
    pub fn inject(&self, id: &Id) -> Option<InjectIx> {
        position(&self.injects, id, |inject| &inject.id).map(InjectIx::from_position)
    }

    /// The objective with this name.
    #[must_use]
    pub fn objective(&self, id: &Id) -> Option<ObjectiveIx> {
        position(&self.objectives, id, |objective| &objective.id).map(ObjectiveIx::from_position)
    }

    /// The kind of a unit.
    #[must_use]
    pub fn kind_of(&self, unit: UnitIx) -> &UnitKind {
        &self.kinds[self.units[unit.at()].kind.at()]
    }

    /// The people of the city.
    #[must_use]
    pub fn residents(&self) -> f64 {
        self.precincts
            .iter()
            .map(|precinct| f64::from(precinct.residents))
            .sum()
    }

    /// The position of a cell in tables of precinct × family.
    #[must_use]
    pub fn cell(&self, precinct: PrecinctIx, family: FamilyIx) -> usize {
        precinct.at() * self.families.len() + family.at()
    }
}

fn position<T>(items: &[T], id: &Id, name: impl Fn(&T) -> &Id) -> Option<usize> {
    items.iter().position(|item| name(item) == id)
}

canon! {
    World {
        scenario, turn, turns, first_month, seats, precincts, families, kinds, units, purse,
        injects, objectives, model,
    }
    Seat { id }
    Precinct {
        id, district, residents, area, neighbours, opportunity, trust, feel_safe, outline,
    }
    Family {
        id, base_rate, harm, season, season_peak, near_repeat, patrol_effect, displacement,
        outreach_effect, mediation_effect, reporting, discovery,
    }
}
