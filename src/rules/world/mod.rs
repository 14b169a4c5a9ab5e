//! What a game is played in: the city, its people, the table, all resolved and immutable.
//!
//! A [`World`] comes from a validated scenario; the rules trust it.

mod desks;
mod domains;
mod family;
mod goals;
mod injects;
mod instruments;
mod orders;
mod routine;
mod time;
mod units;

pub use desks::{DeskNote, Desks, Hint, Mandate, MandateSet, Matter, Quality, Way};
pub use domains::{DOMAINS, Domain, OpenDomain};
pub use family::{Family, FamilyNumber};
pub use goals::{Goal, Layer, Measure, Objective, Span};
pub use injects::{
    Choice, Condition, Effect, Inject, InjectKind, Odds, PlaceRef, Strand, Variant, What, When,
};
pub use instruments::{
    Gate, Influence, Instrument, KeySite, Lever, Over, Setting, SiteGrade, Stays,
};
pub use orders::{Draw, Duty, Governance, Number, OpenOrder, OrderKind, Preset, Work};
pub use routine::{Controls, Dial, Posture, Tempo};
pub use time::TurnLength;
pub use units::{Deployment, Purse, Stand, Starts, Tactic, Tier, Unit, UnitKind};

use super::digest::{Digest, canon, digest};
use super::id::{
    DistrictIx, FamilyIx, Id, InjectIx, InstrumentIx, ObjectiveIx, PrecinctIx, SeatIx, UnitIx,
};
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
    /// The tempo of each turn.
    pub tempo: Vec<Tempo>,
    /// How freely desks order unless the set-up says otherwise.
    pub controls: Controls,
    /// The desks at the table.
    pub seats: Vec<Seat>,
    /// The districts.
    pub districts: Vec<Id>,
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
    /// Analysts, who can each do one thing at a time.
    pub analysts: u16,
    /// Goodwill of volunteers at the start, points.
    pub goodwill: Micro,
    /// How far those who lead stand behind community work, 0 to 1.
    pub leadership: f64,
    /// How much of what residents raise can be followed up, 0 to 1.
    pub follow_up: f64,
    /// What can be ordered besides placing units.
    pub orders: Vec<OpenOrder>,
    /// The injects.
    pub injects: Vec<Inject>,
    /// The arcs: injects that follow each other.
    pub arcs: Vec<Strand>,
    /// How many of the arcs are in a game; the seed settles which.
    pub arcs_drawn: u16,
    /// The most injects that come in one turn.
    pub cards_a_month: Option<u16>,
    /// The objectives.
    pub objectives: Vec<Objective>,
    /// The coefficients.
    pub model: Model,
    /// The numbers that nobody knows exactly; none in a city of central values.
    pub draws: Vec<Draw>,
    /// The sides of contested questions that may be taken at the set-up.
    pub presets: Vec<Preset>,
    /// The questions whose side the seed decides, and nobody is told before the debrief.
    pub sealed: Vec<Id>,
    /// The institution: what can be built up and how it is run.
    pub instruments: Vec<Instrument>,
    /// The risk domains that are played.
    pub domains: Vec<OpenDomain>,
    /// The places worth a guard of their own.
    pub sites: Vec<KeySite>,
    /// Where roads cross the city's border.
    pub gates: Vec<Gate>,
    /// What each desk keeps to itself.
    pub desks: Desks,
    /// The ways to start besides the usual one.
    pub starts: Starts,
}

/// A desk.
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    /// Its name.
    pub id: Id,
    /// Its standing orders, the usual one first.
    pub postures: Vec<Posture>,
    /// Whether it is the seat for those who are governed, which commands nothing.
    pub oversight: bool,
}

/// The smallest place.
#[derive(Clone, Debug, PartialEq)]
pub struct Precinct {
    /// Its name.
    pub id: Id,
    /// The district it belongs to.
    pub district: DistrictIx,
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
    /// How far crime concentrates in few micro-places; 1 is ordinary, more is more concentrated.
    pub concentration: f64,
    /// The outline in km, straight edges.
    pub outline: Vec<(f64, f64)>,
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

    /// The district with this name.
    #[must_use]
    pub fn district(&self, id: &Id) -> Option<DistrictIx> {
        let at = self.districts.iter().position(|district| district == id);
        at.map(DistrictIx::from_position)
    }

    /// The order of this kind, if it is open in this game.
    #[must_use]
    pub fn order(&self, kind: OrderKind) -> Option<OpenOrder> {
        self.orders.iter().find(|open| open.kind == kind).copied()
    }

    /// The world with sides of contested questions taken, by name; what a side says is no longer
    /// drawn.
    #[must_use]
    pub fn taking(mut self, sides: &[Id]) -> Self {
        for id in sides {
            let side = self.presets.iter().find(|preset| preset.id == *id);
            for (number, value) in side.map(|side| side.values.clone()).unwrap_or_default() {
                self.set(number, value);
                self.draws.retain(|draw| draw.number != number);
            }
        }
        self
    }

    /// Gives a number of the model another value.
    pub fn set(&mut self, number: Number, value: f64) {
        match number {
            Number::Coefficient(coefficient) => self.model.set(coefficient, value),
            Number::Family(family, number) => {
                if let Some(family) = self.families.get_mut(family.at()) {
                    family.set(number, value);
                }
            }
            Number::Effect(instrument, setting, effect) => {
                if let Some(amount) = self.effect_mut(instrument, setting, effect) {
                    *amount = value;
                }
            }
        }
    }

    /// The amount of an effect, those that come later after those at once.
    fn effect_mut(
        &mut self,
        instrument: InstrumentIx,
        setting: u8,
        effect: u8,
    ) -> Option<&mut f64> {
        let instrument = self.instruments.get_mut(instrument.at())?;
        let setting = instrument.settings.get_mut(usize::from(setting))?;
        let mut effects = setting.effects.iter_mut().chain(&mut setting.later);
        effects
            .nth(usize::from(effect))
            .map(|effect| &mut effect.amount)
    }

    /// The value of a number of the model.
    #[must_use]
    pub fn number(&self, number: Number) -> f64 {
        match number {
            Number::Coefficient(coefficient) => self.model.get(coefficient),
            Number::Family(family, number) => self.families[family.at()].get(number),
            Number::Effect(instrument, setting, effect) => {
                let setting = &self.instruments[instrument.at()].settings[usize::from(setting)];
                let effects = setting.effects.iter().chain(&setting.later);
                effects
                    .map(|effect| effect.amount)
                    .nth(usize::from(effect))
                    .unwrap_or(0.0)
            }
        }
    }

    /// The instrument with this name.
    #[must_use]
    pub fn instrument(&self, id: &Id) -> Option<InstrumentIx> {
        position(&self.instruments, id, |instrument| &instrument.id)
            .map(InstrumentIx::from_position)
    }

    /// The position of a risk domain among those that are played.
    #[must_use]
    pub fn domain(&self, domain: Domain) -> Option<usize> {
        self.domains.iter().position(|open| open.domain == domain)
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

    /// The arc that an inject belongs to and its position there.
    #[must_use]
    pub fn strand(&self, inject: InjectIx) -> Option<(&Strand, usize)> {
        self.arcs.iter().find_map(|arc| {
            let at = arc.cards.iter().position(|card| *card == inject)?;
            Some((arc, at))
        })
    }

    /// How things may stand behind an inject: its own variants, or those of its arc.
    #[must_use]
    pub fn variants(&self, inject: InjectIx) -> &[Variant] {
        let own = &self.injects[inject.at()].variants;
        match self.strand(inject) {
            Some((arc, _)) if own.is_empty() => &arc.variants,
            _ => own,
        }
    }

    /// Whether the same lies behind two injects of an arc.
    #[must_use]
    pub fn share_a_truth(&self, one: InjectIx, other: InjectIx) -> bool {
        let plain = |inject: InjectIx| self.injects[inject.at()].variants.is_empty();
        let arc = |inject| self.strand(inject).map(|(arc, _)| &arc.id);
        plain(one) && plain(other) && arc(one).is_some() && arc(one) == arc(other)
    }

    /// The objective with this name.
    #[must_use]
    pub fn objective(&self, id: &Id) -> Option<ObjectiveIx> {
        position(&self.objectives, id, |objective| &objective.id).map(ObjectiveIx::from_position)
    }

    /// Whether a unit's tier lets it stand in a precinct.
    #[must_use]
    pub fn may_stand(&self, unit: UnitIx, place: PrecinctIx) -> bool {
        let unit = &self.units[unit.at()];
        let district = |precinct: PrecinctIx| self.precincts[precinct.at()].district;
        match (unit.tier, unit.home) {
            (Some(Tier::Station), Some(home)) => place == home,
            (Some(Tier::District), Some(home)) => district(place) == district(home),
            _ => true,
        }
    }

    /// Where a unit stands when it comes, by what the set-up chose.
    #[must_use]
    pub fn first_post(&self, unit: UnitIx, choices: &[Id]) -> Stand {
        let start = self.starts.taken(choices);
        let mut posts = start.iter().flat_map(|start| &start.posts);
        let elsewhere = posts.find(|(moved, _)| *moved == unit);
        elsewhere.map_or(self.units[unit.at()].post, |(_, stand)| *stand)
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
        scenario, turn, turns, first_month, tempo, controls, seats, districts, precincts, families, kinds, units,
        purse, analysts, goodwill, leadership, follow_up, orders, injects, arcs, arcs_drawn,
        cards_a_month, objectives, model, draws, presets, sealed, instruments, domains, sites, gates,
        desks, starts,
    }
    Seat { id, postures, oversight }
    Precinct {
        id, district, residents, area, neighbours, opportunity, trust, feel_safe, concentration,
        outline,
    }
}
