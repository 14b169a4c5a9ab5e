//! What happens to the table: injects, their answers, and the closed vocabulary of effects.

use super::{Domain, Tactic};
use crate::rules::digest::{Canon, Walk, canon};
use crate::rules::id::{FamilyIx, Id, InjectIx, InstrumentIx, PrecinctIx, SeatIx};
use crate::rules::scoring::Index;
use crate::rules::units::{Cents, Micro};

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

impl When {
    /// Whether it has one turn and no other.
    pub(crate) fn is_now_or_never(&self) -> bool {
        self.first == self.last
    }
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
    /// The last reading of a pressure is at least this many points.
    PressureAtLeast(Domain, f64),
    /// A pressure is in truth at least this many points.
    TruePressureAtLeast(Domain, f64),
    /// An instrument has reached this setting for something that it is set for.
    Built(InstrumentIx, u8),
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
    /// How things may stand behind it; none where its arc says so, or where all is as it seems.
    pub variants: Vec<Variant>,
}

/// One way in which things may stand behind an inject. The seed settles which, and nobody is told
/// before the debrief.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name.
    pub id: Id,
    /// How likely it is, against the others.
    pub weight: f64,
}

/// Cards that follow each other, with the same truth behind them.
#[derive(Clone, Debug, PartialEq)]
pub struct Strand {
    /// Its name.
    pub id: Id,
    /// The cards in order: each waits for the one before to be settled.
    pub cards: Vec<InjectIx>,
    /// How things may stand behind those of its cards that have no variants of their own.
    pub variants: Vec<Variant>,
}

/// One answer to an inject.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its name.
    pub id: Id,
    /// What it costs at once.
    pub cost: Cents,
    /// Goodwill that it uses at once, points.
    pub goodwill: Micro,
    /// Analysts whom it binds for the turn.
    pub analysts: u16,
    /// What it does.
    pub effects: Vec<Effect>,
}

impl Choice {
    /// An answer that costs nothing but money.
    #[must_use]
    pub fn new(id: &str, cost: Cents, effects: Vec<Effect>) -> Self {
        Self {
            id: Id::from(id),
            cost,
            goodwill: Micro(0),
            analysts: 0,
            effects,
        }
    }
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
    /// Only where things stand so behind the inject; `None` is always.
    pub variant: Option<u8>,
    /// Only if each of these comes about.
    pub odds: Vec<Odds>,
}

impl Effect {
    /// An effect at the inject's own place that is sure to come.
    #[must_use]
    pub fn new(after: u16, what: What) -> Self {
        Self {
            after,
            place: None,
            what,
            variant: None,
            odds: Vec::new(),
        }
    }
}

/// A chance on which effects of an answer hang. Those of the same roll come together or not at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odds {
    /// Which of the inject's rolls decides.
    pub roll: u8,
    /// How likely it is, 0 to 1.
    pub chance: f64,
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
    /// Misconduct becomes known: so many points of trust are lost, and people report less.
    Misconduct(f64),
    /// The pressure of a risk domain changes by so many points.
    Pressure(Domain, f64),
    /// Goodwill of volunteers changes by so many points.
    Goodwill(f64),
}

canon! {
    When { first, last, condition, chance }
    Inject { id, kind, seat, when, place, options, silence, variants }
    Variant { id, weight }
    Strand { id, cards, variants }
    Choice { id, cost, goodwill, analysts, effects }
    Effect { after, place, what, variant, odds }
    Odds { roll, chance }
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
            Self::PressureAtLeast(domain, line) => (8u8, (*domain, *line)).canon(walk),
            Self::TruePressureAtLeast(domain, line) => (9u8, (*domain, *line)).canon(walk),
            Self::Built(instrument, setting) => (10u8, (*instrument, *setting)).canon(walk),
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
            Self::Misconduct(points) => (6u8, *points).canon(walk),
            Self::Pressure(domain, points) => (7u8, (*domain, *points)).canon(walk),
            Self::Goodwill(points) => (8u8, *points).canon(walk),
        }
    }
}
