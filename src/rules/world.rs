//! What a game is played in: the city, its people, the table, all resolved and immutable.
//!
//! A [`World`] comes from a validated scenario; the rules trust it.

use super::digest::{Canon, Digest, Walk, canon, canon_tag, digest};
use super::id::{FamilyIx, Id, InjectIx, KindIx, ObjectiveIx, PrecinctIx, SeatIx, UnitIx};
use super::model::Model;
use super::scoring::Index;
use super::units::{Cents, Micro};
use serde::{Deserialize, Serialize};

/// How much time one turn stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TurnLength {
    /// So many hours.
    Hours(u16),
    /// So many days.
    Days(u16),
    /// So many weeks.
    Weeks(u16),
    /// So many months.
    Months(u16),
}

impl TurnLength {
    /// The length in months of 30.4375 days.
    #[must_use]
    pub fn months(self) -> f64 {
        const DAYS: f64 = 30.4375;
        match self {
            Self::Hours(n) => f64::from(n) / 24.0 / DAYS,
            Self::Days(n) => f64::from(n) / DAYS,
            Self::Weeks(n) => f64::from(n) * 7.0 / DAYS,
            Self::Months(n) => f64::from(n),
        }
    }

    /// In how many steps the rules resolve a turn: a month at most each.
    #[must_use]
    pub fn steps(self) -> u32 {
        match self {
            Self::Months(n) => u32::from(n.max(1)),
            other => (other.months().ceil() as u32).max(1),
        }
    }
}

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

/// What a kind of unit can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tactic {
    /// Patrol spread over the precinct, to be seen.
    Visible,
    /// Patrol at the hottest micro-places.
    HotSpot,
    /// Visits, listening, follow-up.
    Outreach,
    /// Settling disputes.
    Mediation,
}

impl Tactic {
    /// Every tactic, in canonical order.
    pub const ALL: [Self; 4] = [
        Self::Visible,
        Self::HotSpot,
        Self::Outreach,
        Self::Mediation,
    ];

    /// Its name in texts.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Visible => "visible",
            Self::HotSpot => "hot-spot",
            Self::Outreach => "outreach",
            Self::Mediation => "mediation",
        }
    }
}

/// A kind of unit.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitKind {
    /// Its name.
    pub id: Id,
    /// The desk that commands it.
    pub owner: SeatIx,
    /// What it can do; the first is what it does unless told otherwise.
    pub tactics: Vec<Tactic>,
    /// Price of one unit on the map for one turn.
    pub price: Cents,
    /// Patrol minutes per hot spot and day in the reference precinct.
    pub minutes: f64,
    /// How much of a patrol team the public sees in it.
    pub visibility: f64,
    /// Residents stopped or addressed in a month on patrol.
    pub contacts: f64,
    /// Residents visited in a month of community work.
    pub reach: f64,
    /// Share of the reference precinct's disputes it can mediate in a month.
    pub cases: f64,
}

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its name.
    pub id: Id,
    /// What kind it is.
    pub kind: KindIx,
    /// The first turn in which it is there, from 1.
    pub from: u16,
    /// Where it stands when the game begins.
    pub post: Option<(PrecinctIx, Tactic)>,
}

/// The table's money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Purse {
    /// Funds at the start.
    pub start: Cents,
    /// Funds that come in when each later turn opens.
    pub income: Cents,
    /// The most that can be carried over from turn to turn, before income.
    pub carry: Cents,
}

/// A place that an inject speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceRef {
    /// The whole city.
    City,
    /// This precinct.
    Precinct(PrecinctIx),
    /// Where most units with this tactic stand; the first in order of the map if several.
    MostOf(Tactic),
    /// The neighbour of that place with the most offences of the family on record.
    NextTo(Tactic, FamilyIx),
    /// Where most offences of the family are on record.
    MostRecorded(FamilyIx),
}

/// When an inject fires: the first turn, from `first` to `last`, in which the condition holds.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    /// First turn in which it may fire.
    pub first: u16,
    /// Last turn in which it may fire.
    pub last: u16,
    /// What must hold.
    pub condition: Condition,
    /// The chance that it fires in a turn in which it may, 0 to 1.
    pub chance: f64,
}

/// A condition over the game.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Always.
    Always,
    /// Each of these.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// A unit with this tactic has stood on the map in the turn before.
    Used(Tactic),
    /// This option of this inject was chosen.
    Chosen(InjectIx, u16),
    /// A published index is at least this many points.
    PublishedAtLeast(Index, f64),
    /// A true index is at least this many points.
    TrueAtLeast(Index, f64),
}

/// What an inject asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InjectKind {
    /// A card on the table during the turn.
    Card,
    /// A call that stops the response for so many seconds.
    HotCall(u16),
}

/// Something that happens to the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Inject {
    /// Its name.
    pub id: Id,
    /// What it asks for.
    pub kind: InjectKind,
    /// The desk it is addressed to.
    pub seat: SeatIx,
    /// When it fires.
    pub when: When,
    /// The place it speaks of, settled when it fires.
    pub place: PlaceRef,
    /// The answers.
    pub options: Vec<Choice>,
    /// The answer that stands when nobody gives one.
    pub silence: u16,
}

/// One answer to an inject.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its name.
    pub id: Id,
    /// What it costs at once.
    pub cost: Cents,
    /// What it does.
    pub effects: Vec<Effect>,
}

/// An effect of an answer: when, where and what.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// How many turns later; 0 is the turn of the answer.
    pub after: u16,
    /// Where; `None` is the inject's own place.
    pub place: Option<PlaceRef>,
    /// What.
    pub what: What,
}

/// The closed vocabulary of effects.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Trust changes by so many points.
    Trust(f64),
    /// Perceived safety changes by so many points.
    FeelSafe(f64),
    /// Funds come in (or go out).
    Funds(Cents),
    /// Offences of a family (or all) are multiplied by a factor for so many turns.
    Offences {
        /// The family; `None` is all.
        family: Option<FamilyIx>,
        /// The factor, above 0.
        factor: f64,
        /// For how many turns.
        turns: u16,
    },
    /// People are asked at their doors what happened to them this turn and the turn before.
    Survey,
    /// So many points of wrong are done, or put right when negative.
    Wrong(f64),
}

/// What is measured by an objective.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// An index.
    Index(Index),
    /// The lowest trust of any precinct, points.
    LowestTrust,
    /// Offences of a family in the whole city, per cent of the first turn's expectation.
    Offences(FamilyIx),
}

/// Which layer of knowing an objective is read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Layer {
    /// What the records and surveys show.
    Published,
    /// What is so.
    True,
}

/// Over which turns an objective must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// When the last turn has been played.
    AtEnd,
    /// In every turn.
    EveryTurn,
    /// In so many turns running, at any time.
    Running(u16),
}

/// The line an objective draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// What is measured.
    pub measure: Measure,
    /// In which layer.
    pub layer: Layer,
    /// True: the value must be at least the line; false: at most.
    pub at_least: bool,
    /// The line.
    pub line: f64,
    /// Over which turns.
    pub span: Span,
}

/// What the table is asked to reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// Its name.
    pub id: Id,
    /// The line.
    pub goal: Goal,
    /// The companion on the true side that a line on record needs, shown at the debrief.
    pub guard: Option<Goal>,
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

canon_tag!(Tactic, Layer);
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
    UnitKind { id, owner, tactics, price, minutes, visibility, contacts, reach, cases }
    Unit { id, kind, from, post }
    Purse { start, income, carry }
    When { first, last, condition, chance }
    Inject { id, kind, seat, when, place, options, silence }
    Choice { id, cost, effects }
    Effect { after, place, what }
    Goal { measure, layer, at_least, line, span }
    Objective { id, goal, guard }
}

impl Canon for TurnLength {
    fn canon(&self, walk: &mut Walk) {
        match *self {
            Self::Hours(n) => (0u8, n).canon(walk),
            Self::Days(n) => (1u8, n).canon(walk),
            Self::Weeks(n) => (2u8, n).canon(walk),
            Self::Months(n) => (3u8, n).canon(walk),
        }
    }
}

impl Canon for PlaceRef {
    fn canon(&self, walk: &mut Walk) {
        match *self {
            Self::City => 0u8.canon(walk),
            Self::Precinct(precinct) => (1u8, precinct).canon(walk),
            Self::MostOf(tactic) => (2u8, tactic).canon(walk),
            Self::NextTo(tactic, family) => (3u8, (tactic, family)).canon(walk),
            Self::MostRecorded(family) => (4u8, family).canon(walk),
        }
    }
}

impl Canon for Condition {
    fn canon(&self, walk: &mut Walk) {
        match self {
            Self::Always => 0u8.canon(walk),
            Self::All(parts) => {
                1u8.canon(walk);
                parts.canon(walk);
            }
            Self::Any(parts) => {
                2u8.canon(walk);
                parts.canon(walk);
            }
            Self::Not(part) => {
                3u8.canon(walk);
                part.canon(walk);
            }
            Self::Used(tactic) => (4u8, *tactic).canon(walk),
            Self::Chosen(inject, option) => (5u8, (*inject, *option)).canon(walk),
            Self::PublishedAtLeast(index, line) => (6u8, (*index, *line)).canon(walk),
            Self::TrueAtLeast(index, line) => (7u8, (*index, *line)).canon(walk),
        }
    }
}

impl Canon for InjectKind {
    fn canon(&self, walk: &mut Walk) {
        match *self {
            Self::Card => 0u8.canon(walk),
            Self::HotCall(seconds) => (1u8, seconds).canon(walk),
        }
    }
}

impl Canon for What {
    fn canon(&self, walk: &mut Walk) {
        match self {
            Self::Trust(points) => (0u8, *points).canon(walk),
            Self::FeelSafe(points) => (1u8, *points).canon(walk),
            Self::Funds(amount) => (2u8, *amount).canon(walk),
            Self::Offences {
                family,
                factor,
                turns,
            } => {
                3u8.canon(walk);
                family.canon(walk);
                factor.canon(walk);
                turns.canon(walk);
            }
            Self::Survey => 4u8.canon(walk),
            Self::Wrong(points) => (5u8, *points).canon(walk),
        }
    }
}

impl Canon for Measure {
    fn canon(&self, walk: &mut Walk) {
        match *self {
            Self::Index(index) => (0u8, index).canon(walk),
            Self::LowestTrust => 1u8.canon(walk),
            Self::Offences(family) => (2u8, family).canon(walk),
        }
    }
}

impl Canon for Span {
    fn canon(&self, walk: &mut Walk) {
        match *self {
            Self::AtEnd => 0u8.canon(walk),
            Self::EveryTurn => 1u8.canon(walk),
            Self::Running(turns) => (2u8, turns).canon(walk),
        }
    }
}
