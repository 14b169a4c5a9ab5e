//! Everything a person can do in a game.

use super::emergency::Beat;
use super::id::Id;
use super::table::{Reply, Wish};
use super::world::{Controls, Dial, Duty, Governance, OrderKind, Posture, Tactic, Tempo, Work};
use serde::{Deserialize, Serialize};

/// One act of a desk. Names are the scenario's, so that a log and a plan can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Action {
    /// The choices made before the first turn; the first act of every game.
    SetUp {
        /// Who commands which desks.
        table: Table,
        /// Sides of contested questions that this game takes, by name; a set of mandates is one, and so
        /// is a way to start.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        presets: Vec<Id>,
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
    /// Sends a unit to be trained in fair treatment: it is off the street this turn.
    Train {
        /// The unit.
        unit: Id,
    },
    /// Sets the duty level of a district, or of the whole city.
    Duty {
        /// The district; none for the whole city.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        district: Option<Id>,
        /// The level.
        level: Duty,
    },
    /// Switches cameras in a precinct, or monitoring online, to a level with its safeguards.
    Sense {
        /// The precinct; none for monitoring online, which has levels 0 and 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        precinct: Option<Id>,
        /// 0 (off) to 3.
        level: u8,
        /// The safeguards.
        governance: Governance,
        /// Whether somebody watches live.
        live: bool,
    },
    /// Begins a work in a precinct.
    Build {
        /// What.
        work: Work,
        /// Where.
        precinct: Id,
    },
    /// Warns people of fraud.
    Campaign {
        /// Whether they are reminded later.
        reminder: bool,
    },
    /// Sets an instrument of the institution: builds it up or down a step, or runs it otherwise.
    Set {
        /// The instrument.
        what: Id,
        /// What it is set for; none for the whole city.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Id>,
        /// The setting.
        to: Id,
    },
    /// Tries an instrument's next setting in one precinct for a while.
    Pilot {
        /// The instrument.
        instrument: Id,
        /// Where.
        precinct: Id,
    },
    /// Answers an inject; a later answer in the same turn replaces it.
    Answer {
        /// The inject.
        inject: Id,
        /// The option.
        option: Id,
    },
    /// Pins a note to the map for the turn, where every desk reads it.
    Pin {
        /// The note.
        note: Id,
    },
    /// A desk asks the room to be released from its mandate.
    AskRelease {
        /// The desk.
        seat: Id,
        /// Why. It is told, and changes nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Releases a desk from its mandate, once in a game, when it has asked.
    Release {
        /// The desk.
        desk: Id,
        /// Why. It is told, and changes nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// A desk asks something of another.
    Ask {
        /// The desk that asks.
        seat: Id,
        /// The desk that is asked.
        of: Id,
        /// What.
        what: Wish,
    },
    /// Answers an ask. A yes is a promise.
    Reply {
        /// The ask.
        ask: Id,
        /// The answer.
        reply: Reply,
        /// The turn by whose end it will be done; this one if none is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<u16>,
        /// Why. It is told, and changes nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// What the room expects of a published figure this turn; a later one in the turn replaces it.
    RoomForecast {
        /// The desk that says it.
        seat: Id,
        /// The least.
        low: u16,
        /// The most.
        high: u16,
    },
    /// Takes a standing order for the turns to come, or keeps the one that stands.
    Posture {
        /// The desk.
        seat: Id,
        /// The posture.
        posture: Posture,
    },
    /// Says who plays a desk.
    Dial {
        /// The desk.
        seat: Id,
        /// Who.
        dial: Dial,
    },
    /// Gives a turn to come another tempo.
    Tempo {
        /// The turn, from 1.
        turn: u16,
        /// The tempo.
        tempo: Tempo,
    },
    /// Says how freely desks order, before the first turn is played.
    Controls(Controls),
    /// Gives a desk an order beyond its slots this turn.
    Grant {
        /// The desk.
        desk: Id,
    },
    /// An order that a desk's posture gives for it.
    Standing {
        /// The posture.
        posture: Posture,
        /// The order.
        order: Box<Action>,
    },
    /// Puts on the map what really happened in a place that the residents' seat knows.
    Testify {
        /// The place.
        precinct: Id,
    },
    /// The residents' seat puts a question to a desk, which has the turn to answer.
    Question {
        /// The desk.
        of: Id,
    },
    /// The residents' seat stands behind a project of this turn, or against it.
    Endorse {
        /// The instrument that has been ordered.
        what: Id,
        /// Behind it.
        support: bool,
    },
    /// Closes the orders of the turn. An emergency, if there is one, is then on the table.
    Close,
    /// Decides one of the three things of an emergency; a later decision replaces it.
    Emergency(Beat),
    /// Closes the orders of the turn, if they are open, and plays it.
    EndTurn,
}

impl Action {
    /// The kind of order that it is, of those that a scenario opens one by one.
    #[must_use]
    pub fn kind(&self) -> Option<OrderKind> {
        Some(match self {
            Self::Train { .. } => OrderKind::Training,
            Self::Duty { .. } => OrderKind::Duty,
            Self::Sense {
                precinct: Some(_), ..
            } => OrderKind::Cameras,
            Self::Sense { precinct: None, .. } => OrderKind::OnlineMonitoring,
            Self::Build { work, .. } => work.order(),
            Self::Campaign { .. } => OrderKind::Campaign,
            _ => return None,
        })
    }
}

/// What a desk goes by, in a word. It is kept in the log and changes nothing in the game.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// What is known.
    Evidence,
    /// It cannot wait.
    Urgency,
    /// It is fair.
    Fairness,
    /// The desk is asked for it.
    Mandate,
    /// What it costs.
    Cost,
    /// It was promised.
    Promise,
    /// A feeling.
    Hunch,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::Evidence,
        Self::Urgency,
        Self::Fairness,
        Self::Mandate,
        Self::Cost,
        Self::Promise,
        Self::Hunch,
    ];

    /// Its name in texts (`reason.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Urgency => "urgency",
            Self::Fairness => "fairness",
            Self::Mandate => "mandate",
            Self::Cost => "cost",
            Self::Promise => "promise",
            Self::Hunch => "hunch",
        }
    }
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
