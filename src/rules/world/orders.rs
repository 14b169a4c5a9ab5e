//! What can be ordered besides placing units: duty levels, sensing, works, campaigns, training.

use crate::rules::digest::{Canon, Walk, canon, canon_tag};
use crate::rules::id::{FamilyIx, Id, InstrumentIx, SeatIx};
use crate::rules::model::Coefficient;
use serde::{Deserialize, Serialize};

use super::FamilyNumber;

/// The kinds of order that a scenario may open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OrderKind {
    /// Graded duty, in the city or a district.
    Duty,
    /// Cameras in a precinct.
    Cameras,
    /// Monitoring of what is said online.
    OnlineMonitoring,
    /// New street lighting in a precinct.
    Lighting,
    /// Focused deterrence of violence in a precinct.
    Deterrence,
    /// A campaign that warns of fraud.
    Campaign,
    /// Training in fair treatment.
    Training,
}

impl OrderKind {
    /// Every kind, in canonical order.
    pub const ALL: [Self; 7] = [
        Self::Duty,
        Self::Cameras,
        Self::OnlineMonitoring,
        Self::Lighting,
        Self::Deterrence,
        Self::Campaign,
        Self::Training,
    ];

    /// Its name in texts (`order.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Cameras => "cameras",
            Self::OnlineMonitoring => "online-monitoring",
            Self::Lighting => "lighting",
            Self::Deterrence => "deterrence",
            Self::Campaign => "campaign",
            Self::Training => "training",
        }
    }

    /// The desk that gives it where the scenario does not say.
    #[must_use]
    pub fn desk(self) -> &'static str {
        match self {
            Self::Duty | Self::Lighting => "coordination",
            Self::Cameras => "sensing",
            Self::OnlineMonitoring | Self::Campaign => "cyber",
            Self::Deterrence => "intelligence",
            Self::Training => "street",
        }
    }
}

/// An order that is open in a game, and the desk that gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenOrder {
    /// What.
    pub kind: OrderKind,
    /// Who.
    pub owner: SeatIx,
}

/// Graded duty, from the quietest to the fullest.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Duty {
    /// Less than usual; rest is caught up with.
    IV,
    /// The ordinary day.
    #[default]
    III,
    /// More presence, overtime, and some community teams called away.
    II,
    /// Everybody.
    I,
}

impl Duty {
    /// Every level, from the quietest.
    pub const ALL: [Self; 4] = [Self::IV, Self::III, Self::II, Self::I];

    /// Its name in texts (`duty.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::IV => "iv",
            Self::III => "iii",
            Self::II => "ii",
            Self::I => "i",
        }
    }
}

/// The packages of safeguards for sensing; each holds those before it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Governance {
    /// None.
    #[default]
    Bare,
    /// People are told, before it is switched on.
    Notice,
    /// And somebody looks over the users' shoulders.
    Audit,
    /// And it is used for one purpose only, and wrongs are put right.
    Purpose,
}

impl Governance {
    /// Every package, from none to the whole.
    pub const ALL: [Self; 4] = [Self::Bare, Self::Notice, Self::Audit, Self::Purpose];

    /// Its name in texts (`governance.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Notice => "notice",
            Self::Audit => "audit",
            Self::Purpose => "purpose",
        }
    }
}

/// What is built, once, in a precinct.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Work {
    /// New street lighting.
    Lighting,
    /// Focused deterrence: those at the centre of violence are told what will happen, and helped.
    Deterrence,
}

impl Work {
    /// Every work, in canonical order.
    pub const ALL: [Self; 2] = [Self::Lighting, Self::Deterrence];

    /// The order that starts it.
    #[must_use]
    pub fn order(self) -> OrderKind {
        match self {
            Self::Lighting => OrderKind::Lighting,
            Self::Deterrence => OrderKind::Deterrence,
        }
    }
}

/// A number of the model: a coefficient, or a number of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Number {
    /// A coefficient.
    Coefficient(Coefficient),
    /// A number of a family.
    Family(FamilyIx, FamilyNumber),
    /// An effect of a setting of an instrument, by positions.
    Effect(InstrumentIx, u8, u8),
}

/// A number that nobody knows exactly: each city has its own, drawn once from this range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draw {
    /// Which number.
    pub number: Number,
    /// The least it may be.
    pub low: f64,
    /// The most it may be.
    pub high: f64,
}

/// One side of a question on which studies disagree.
#[derive(Clone, Debug, PartialEq)]
pub struct Preset {
    /// Its name.
    pub id: Id,
    /// The question; at most one side of each is taken.
    pub question: Id,
    /// The numbers it sets.
    pub values: Vec<(Number, f64)>,
}

canon_tag!(OrderKind, Duty, Governance, Work);
canon! {
    OpenOrder { kind, owner }
    Draw { number, low, high }
    Preset { id, question, values }
}

impl Canon for Number {
    fn canon(&self, walk: &mut Walk) {
        match *self {
            Self::Coefficient(coefficient) => (0u8, coefficient as u16).canon(walk),
            Self::Family(family, number) => (1u8, (family, number as u16)).canon(walk),
            Self::Effect(instrument, setting, effect) => {
                (2u8, (instrument, (setting, effect))).canon(walk);
            }
        }
    }
}
