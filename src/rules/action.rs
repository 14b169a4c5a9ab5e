//! Everything a person can do in a game, and every reason why it cannot be done now.

use super::id::Id;
use super::units::Cents;
use super::world::Tactic;
use serde::{Deserialize, Serialize};

/// One act of a desk. Names are the scenario's, so that a log and a plan can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Action {
    /// The choices made before the first turn; the first act of every game.
    SetUp {
        /// Who commands which desks.
        table: Table,
    },
    /// Puts a unit in a precinct with a tactic; moves it if it stands elsewhere.
    Assign {
        /// The unit.
        unit: Id,
        /// The precinct.
        to: Id,
        /// What it does there.
        tactic: Tactic,
    },
    /// Takes a unit off the map.
    Withdraw {
        /// The unit.
        unit: Id,
    },
    /// Answers an inject; a later answer in the same turn replaces it.
    Answer {
        /// The inject.
        inject: Id,
        /// The option.
        option: Id,
    },
    /// Closes the orders of the turn and plays it.
    EndTurn,
}

/// Who commands which desks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Table {
    /// One hand holds every desk: an order from any seat stands.
    #[default]
    Shared,
    /// Each desk commands its own units and answers its own cards.
    Desks,
}

/// Why an act is refused, with its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such desk; the nearest name.
    UnknownSeat(Id, Option<Id>),
    /// No such unit; the nearest name.
    UnknownUnit(Id, Option<Id>),
    /// No such precinct; the nearest name.
    UnknownPrecinct(Id, Option<Id>),
    /// No such inject; the nearest name.
    UnknownInject(Id, Option<Id>),
    /// The inject has no such option; the nearest name.
    UnknownOption {
        /// The inject.
        inject: Id,
        /// What was asked for.
        option: Id,
        /// What may have been meant.
        nearest: Option<Id>,
    },
    /// The game must be set up first.
    NotSetUp,
    /// The game has been set up already.
    AlreadySetUp,
    /// The last turn has been played.
    GameOver {
        /// How many turns the game had.
        turns: u16,
    },
    /// The order belongs to another desk, which can be asked.
    OtherDesk {
        /// The desk that owns the order.
        owner: Id,
    },
    /// The unit arrives later.
    NotHereYet {
        /// The unit.
        unit: Id,
        /// The turn in which it arrives.
        from: u16,
    },
    /// The unit's kind does not do this.
    CannotDo {
        /// The kind of unit.
        kind: Id,
        /// What was asked.
        tactic: Tactic,
        /// What it can do.
        can: Vec<Tactic>,
    },
    /// The unit does this there already.
    AlreadyThere {
        /// The unit.
        unit: Id,
        /// Where.
        at: Id,
    },
    /// The unit is not on the map.
    NotPlaced {
        /// The unit.
        unit: Id,
    },
    /// The money does not reach.
    Funds {
        /// What is asked for.
        kind: Option<Id>,
        /// What it costs.
        needs: Cents,
        /// What is free.
        free: Cents,
        /// A kind of unit that is free and that the money reaches for, and its price.
        instead: Option<(Id, Cents)>,
    },
    /// The inject is not on the table.
    NotOpen {
        /// The inject.
        inject: Id,
    },
}

impl Refusal {
    /// Its name in texts (`refusal.<id>`).
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::UnknownSeat(..) => "unknown-seat",
            Self::UnknownUnit(..) => "unknown-unit",
            Self::UnknownPrecinct(..) => "unknown-precinct",
            Self::UnknownInject(..) => "unknown-inject",
            Self::UnknownOption { .. } => "unknown-option",
            Self::NotSetUp => "not-set-up",
            Self::AlreadySetUp => "already-set-up",
            Self::GameOver { .. } => "game-over",
            Self::OtherDesk { .. } => "other-desk",
            Self::NotHereYet { .. } => "not-here-yet",
            Self::CannotDo { .. } => "cannot-do",
            Self::AlreadyThere { .. } => "already-there",
            Self::NotPlaced { .. } => "not-placed",
            Self::Funds { .. } => "funds",
            Self::NotOpen { .. } => "not-open",
        }
    }
}
