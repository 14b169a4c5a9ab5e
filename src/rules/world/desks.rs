//! What each desk keeps to itself: the notes that come to it, and what it is asked to reach.
//!
//! Nobody reads this from a world: what a desk has before it is told by its own
//! [`View`](crate::rules::View), and the rest opens at the debrief.

use super::{Domain, Goal, Measure, When};
use crate::rules::digest::{Canon, Walk, canon, canon_tag};
use crate::rules::id::{FamilyIx, Id, InjectIx, PrecinctIx, SeatIx};
use serde::Deserialize;

/// What each desk keeps to itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desks {
    notes: Vec<DeskNote>,
    mandates: Vec<MandateSet>,
    figure: Option<Measure>,
}

/// What the desks are asked to reach in one game: a set is drawn by the seed or taken at the set-up.
#[derive(Clone, Debug, PartialEq)]
pub struct MandateSet {
    /// Its name.
    pub id: Id,
    /// The mandates, one a desk at most.
    pub mandates: Vec<Mandate>,
}

/// What one desk is asked to reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Mandate {
    /// The desk.
    pub seat: SeatIx,
    /// The line.
    pub goal: Goal,
    /// The companion on the true side that a line on record needs, shown at the debrief.
    pub guard: Option<Goal>,
}

/// A note that comes to one desk.
#[derive(Clone, Debug, PartialEq)]
pub struct DeskNote {
    /// Its name.
    pub id: Id,
    /// The desk.
    pub seat: SeatIx,
    /// When it comes.
    pub when: When,
    /// What it is about, as far as that can be told in a word.
    pub hint: Option<Hint>,
    /// What it is worth, which nobody knows before the debrief.
    pub quality: Quality,
    /// The inject that it comes with, and how things must stand behind it.
    pub behind: Option<(InjectIx, u8)>,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The place; none for the whole city.
    pub place: Option<PrecinctIx>,
    /// What grows or falls there.
    pub matter: Option<Matter>,
    /// Whether it grows.
    pub way: Way,
    /// How things stand behind an inject, if it says so: a position among its variants.
    pub stands: Option<(InjectIx, u8)>,
}

/// What grows or falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Offences of a family.
    Family(FamilyIx),
    /// The pressure of a risk domain.
    Domain(Domain),
}

/// Up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Way {
    /// It grows.
    Up,
    /// It falls.
    Down,
}

/// What a note is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Quality {
    /// True and whole.
    Accurate,
    /// It was true.
    Dated,
    /// True, and half of it missing.
    Partial,
    /// False in good faith.
    Wrong,
}

impl Quality {
    /// Every quality, from the best.
    pub const ALL: [Self; 4] = [Self::Accurate, Self::Dated, Self::Partial, Self::Wrong];

    /// Its name in texts (`quality.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Accurate => "accurate",
            Self::Dated => "dated",
            Self::Partial => "partial",
            Self::Wrong => "wrong",
        }
    }
}

impl Desks {
    /// What the desks keep to themselves.
    #[must_use]
    pub fn new(notes: Vec<DeskNote>, mandates: Vec<MandateSet>, figure: Option<Measure>) -> Self {
        Self {
            notes,
            mandates,
            figure,
        }
    }

    /// The published figure that the room forecasts, where the scenario names one.
    pub(in crate::rules) fn figure(&self) -> Option<Measure> {
        self.figure
    }

    /// The sets of mandates, by name.
    pub fn mandate_sets(&self) -> impl Iterator<Item = &Id> {
        self.mandates.iter().map(|set| &set.id)
    }

    /// Where a note stands in the scenario's list, from 0: its number in the printed deck.
    #[must_use]
    pub fn position_of(&self, note: &Id) -> Option<usize> {
        self.notes().iter().position(|it| it.id == *note)
    }

    /// The desk to which a note of this name comes, for whoever gives orders in its name.
    #[must_use]
    pub fn desk_of(&self, note: &Id) -> Option<SeatIx> {
        let note = self.notes.iter().find(|kept| kept.id == *note);
        note.map(|note| note.seat)
    }

    /// The notes of all desks.
    pub(in crate::rules) fn notes(&self) -> &[DeskNote] {
        &self.notes
    }

    /// The sets of mandates.
    pub(in crate::rules) fn mandates(&self) -> &[MandateSet] {
        &self.mandates
    }
}

canon_tag!(Way, Quality);
canon! {
    Desks { notes, mandates, figure }
    MandateSet { id, mandates }
    Mandate { seat, goal, guard }
    DeskNote { id, seat, when, hint, quality, behind }
    Hint { place, matter, way, stands }
}

impl Canon for Matter {
    fn canon(&self, walk: &mut Walk) {
        match *self {
            Self::Family(family) => (0u8, family).canon(walk),
            Self::Domain(domain) => (1u8, domain).canon(walk),
        }
    }
}
