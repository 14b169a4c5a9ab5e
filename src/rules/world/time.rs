//! How long a turn is.

use crate::rules::digest::{Canon, Walk};
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

    /// How many turns a quarter of a year has: one at least.
    #[must_use]
    pub fn a_quarter(self) -> u16 {
        (3.0 / self.months()).round().max(1.0) as u16
    }

    /// The length of one of them in months.
    #[must_use]
    pub fn step_months(self) -> f64 {
        self.months() / f64::from(self.steps())
    }
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
