//! Why a record was not what the card let one expect: what *not explained yet* comes to once the truth
//! is open.

use super::curve;
use super::ledger::logarithmic_mean;
use super::response::{Factor, Factors};

/// A part of what a record and the card could not explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What happened, and what of it was reported, as it chanced.
    Luck,
    /// Another share came on record than the card takes it to be.
    Unreported,
    /// More or less was moved here from elsewhere than the card takes it to be.
    Displaced,
    /// More or less came late to the record.
    Delayed,
    /// The city is not as the card and the records have it.
    Assumption,
}

impl Part {
    /// Every part, in the order in which they are told.
    pub const ALL: [Self; 5] = [
        Self::Luck,
        Self::Unreported,
        Self::Displaced,
        Self::Delayed,
        Self::Assumption,
    ];

    /// Its name in identifiers and texts (`gap.<id>`).
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Luck => "luck",
            Self::Unreported => "unreported",
            Self::Displaced => "displaced",
            Self::Delayed => "delayed",
            Self::Assumption => "assumption",
        }
    }
}

/// What was on record less what was expected there, in its parts, in counts. They add up to it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gap([f64; Part::ALL.len()]);

impl Gap {
    /// A part, in counts.
    #[must_use]
    pub fn part(&self, part: Part) -> f64 {
        self.0[part as usize]
    }

    /// All parts together, in counts.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.0.iter().sum()
    }

    /// Takes another in, `times` of it.
    pub fn add(&mut self, other: &Self, times: f64) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own += times * other;
        }
    }

    /// The gap of a cell in a step.
    pub(super) fn of(truth: &Side, card: &Side) -> Self {
        let (real, thought) = (curve::max(truth.mean, 1e-6), curve::max(card.mean, 1e-6));
        let log = (truth.factors).log_change(card.factors, Factor::Displacement);
        let moved = logarithmic_mean(real, thought) * log;
        let known = truth.known - card.known;
        let unreported = truth.mean * (truth.share - card.share);
        let displaced = card.share * moved;
        let assumption = card.share * (truth.mean - card.mean) - displaced;
        let luck = known - unreported - displaced - assumption;
        let delayed = (truth.recorded - card.recorded) - known;
        Self([luck, unreported, displaced, delayed, assumption])
    }
}

/// One side of a comparison, for one cell.
pub(super) struct Side<'a> {
    /// The mean of what happens, a step.
    pub mean: f64,
    /// What it is made of.
    pub factors: &'a Factors,
    /// The share that comes to be known.
    pub share: f64,
    /// What came to be known, or was expected to.
    pub known: f64,
    /// What came on record in the step, with what was late before, or was expected to.
    pub recorded: f64,
}
