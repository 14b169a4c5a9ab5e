//! What the table is asked to reach.

use crate::rules::digest::{Canon, Walk, canon, canon_tag};
use crate::rules::id::{FamilyIx, Id};
use crate::rules::scoring::Index;
use serde::{Deserialize, Serialize};

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
    /// In each turn whose number is a multiple of this, as in the bulletin of each quarter.
    Every(u16),
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

impl Goal {
    /// Whether a value is on the right side of the line.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        if self.at_least {
            value >= self.line
        } else {
            value <= self.line
        }
    }
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
    /// Whether it is read three months after the last turn, on what was left behind.
    pub lasting: bool,
}

canon_tag!(Layer);
canon! {
    Goal { measure, layer, at_least, line, span }
    Objective { id, goal, guard, lasting }
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
            Self::Every(turns) => (3u8, turns).canon(walk),
        }
    }
}
