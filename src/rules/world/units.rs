//! The tokens, what they can do, and the money that pays for them.

use crate::rules::digest::{Canon, Walk, canon, canon_tag};
use crate::rules::id::{Id, KindIx, PrecinctIx, SeatIx, UnitIx};
use crate::rules::units::Cents;
use serde::{Deserialize, Serialize};

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
    /// Finding what makes a place a problem, and removing it.
    ProblemSolving,
    /// Stopping many people in the street.
    BroadChecks,
    /// Stopping few, on the advice of an analyst.
    PreciseChecks,
    /// Volunteers who keep their eyes open.
    Watch,
}

impl Tactic {
    /// Every tactic, in canonical order.
    pub const ALL: [Self; 8] = [
        Self::Visible,
        Self::HotSpot,
        Self::Outreach,
        Self::Mediation,
        Self::ProblemSolving,
        Self::BroadChecks,
        Self::PreciseChecks,
        Self::Watch,
    ];

    /// Its name in texts.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Visible => "visible",
            Self::HotSpot => "hot-spot",
            Self::Outreach => "outreach",
            Self::Mediation => "mediation",
            Self::ProblemSolving => "problem-solving",
            Self::BroadChecks => "broad-checks",
            Self::PreciseChecks => "precise-checks",
            Self::Watch => "watch",
        }
    }
}

/// The tier of command that a unit belongs to, and so how far it may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tier {
    /// Anywhere, and it knows nobody there.
    City,
    /// Within the district of its home.
    District,
    /// In its home precinct.
    Station,
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
    /// Residents stopped in a month of broad checks.
    pub stops: f64,
    /// Residents visited in a month of community work, or whose street a watch keeps.
    pub reach: f64,
    /// Share of the reference precinct's disputes it can mediate in a month.
    pub cases: f64,
    /// Whether it drives to a call.
    pub drives: bool,
}

impl UnitKind {
    /// Whether its units leave what they do to come to a call, on foot or by car.
    #[must_use]
    pub fn comes_to_calls(&self) -> bool {
        self.minutes > 0.0 && (self.drives || self.stops > 0.0)
    }
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
    /// Where it stands when the game begins, or when it comes, unless the set-up takes another start.
    pub post: Stand,
    /// Its tier of command; without one it goes where it is sent, and knows its way.
    pub tier: Option<Tier>,
    /// The precinct that it belongs to.
    pub home: Option<PrecinctIx>,
}

/// Where a unit stands and what it does there; beside the map it does nothing.
pub type Stand = Option<(PrecinctIx, Tactic)>;

/// A way to start that is not the usual one.
#[derive(Clone, Debug, PartialEq)]
pub struct Deployment {
    /// Its name.
    pub id: Id,
    /// The units that stand elsewhere than usual when they come.
    pub posts: Vec<(UnitIx, Stand)>,
}

/// The ways to start besides the usual one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Starts(pub Vec<Deployment>);

impl Starts {
    /// The way to start that is among these choices of the set-up, if one is.
    #[must_use]
    pub fn taken(&self, choices: &[Id]) -> Option<&Deployment> {
        self.0.iter().find(|start| choices.contains(&start.id))
    }
}

impl Canon for Starts {
    /// A world without any has the digest that it had before there were such choices, so that its logs
    /// can still be played.
    fn canon(&self, walk: &mut Walk) {
        if !self.0.is_empty() {
            self.0.canon(walk);
        }
    }
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

canon_tag!(Tactic, Tier);
canon! {
    UnitKind { id, owner, tactics, price, minutes, visibility, contacts, stops, reach, cases, drives }
    Unit { id, kind, from, post, tier, home }
    Deployment { id, posts }
    Purse { start, income, carry }
}
