//! Exact quantities: integers with a unit, and the one rounding rule.
//!
//! Everything the ledger explains is an integer, so that entries sum to a change without remainder.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// Millionths of one point on a 0–100 scale (trust, perceived safety, indices).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Micro(pub i64);

/// Hundredths of one Fund, the currency of the table.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Cents(pub i64);

/// An integer amount of some unit, as the ledger posts it.
pub trait Amount: Copy + Ord {
    /// How many integer steps make one unit (a point, a Fund).
    const STEPS: f64;
    /// The amount of `steps` integer steps.
    fn from_steps(steps: i64) -> Self;
    /// The number of integer steps.
    fn steps(self) -> i64;

    /// The amount as a real number of units.
    fn to_f64(self) -> f64 {
        self.steps() as f64 / Self::STEPS
    }

    /// The nearest amount to `units`, half to even; saturates far outside any scale in use.
    fn from_f64(units: f64) -> Self {
        Self::from_steps(round(units * Self::STEPS))
    }
}

macro_rules! amount {
    ($name:ident, $steps:literal) => {
        impl Amount for $name {
            const STEPS: f64 = $steps;
            fn from_steps(steps: i64) -> Self {
                Self(steps)
            }
            fn steps(self) -> i64 {
                self.0
            }
        }
        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }
        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                Self(items.map(|item| item.0).sum())
            }
        }
    };
}
amount!(Micro, 1_000_000.0);
amount!(Cents, 100.0);

impl Micro {
    /// `points` whole points.
    #[must_use]
    pub const fn points(points: i64) -> Self {
        Self(points * 1_000_000)
    }
}

impl Cents {
    /// `funds` whole Funds.
    #[must_use]
    pub const fn funds(funds: i64) -> Self {
        Self(funds * 100)
    }
}

impl fmt::Display for Micro {
    /// One decimal, half to even, as the screens show points.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.shown_tenths();
        let sign = if tenths < 0 { "\u{2212}" } else { "" };
        write!(f, "{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
    }
}

impl Micro {
    /// The value in tenths of a point, half to even: what a screen prints.
    #[must_use]
    pub fn shown_tenths(self) -> i64 {
        div_half_even(self.0, 100_000)
    }
}

impl fmt::Display for Cents {
    /// Whole Funds without decimals, parts of one with as many as needed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "\u{2212}" } else { "" };
        let (whole, part) = (self.0.abs() / 100, self.0.abs() % 100);
        match part {
            0 => write!(f, "{sign}{whole}"),
            p if p % 10 == 0 => write!(f, "{sign}{whole}.{}", p / 10),
            p => write!(f, "{sign}{whole}.{p:02}"),
        }
    }
}

/// Rounds to the nearest integer, half to even. Not-a-number becomes zero in release builds; the
/// digest walk refuses it, so that it cannot pass unnoticed.
#[must_use]
pub fn round(value: f64) -> i64 {
    debug_assert!(!value.is_nan(), "a ledgered quantity is not a number");
    // Beside 1.5 · 2⁵² a number has no room for a fraction, so the sum is rounded half to even, and its
    // bits count up from there. Many processors have no cheaper way to do it.
    const NO_FRACTIONS: f64 = 6_755_399_441_055_744.0;
    if value.abs() < NO_FRACTIONS / 3.0 {
        (value + NO_FRACTIONS).to_bits() as i64 - NO_FRACTIONS.to_bits() as i64
    } else {
        value.round_ties_even() as i64
    }
}

/// Integer division rounded half to even; `by` is positive.
#[must_use]
pub fn div_half_even(value: i64, by: i64) -> i64 {
    let (quotient, rest) = (value.div_euclid(by), value.rem_euclid(by));
    match (rest * 2).cmp(&by) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Greater => quotient + 1,
        std::cmp::Ordering::Equal => quotient + quotient.rem_euclid(2),
    }
}

/// Splits exact amounts into what a screen with coarser steps prints, so that the printed parts add
/// up to the printed total: each part is the difference of two rounded prefixes.
///
/// `start` and `amounts` are in steps; the result is in units of `coarse` steps.
#[must_use]
pub fn printed(start: i64, amounts: &[i64], coarse: i64) -> Vec<i64> {
    let mut prefix = start;
    let mut shown = div_half_even(prefix, coarse);
    amounts
        .iter()
        .map(|amount| {
            prefix += amount;
            let next = div_half_even(prefix, coarse);
            let part = next - shown;
            shown = next;
            part
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_the_even_neighbour() {
        assert_eq!(
            [round(0.5), round(1.5), round(-0.5), round(-1.5), round(2.5)],
            [0, 2, 0, -2, 2]
        );
        let least = 1.0 - f64::EPSILON / 2.0;
        assert_eq!([0.5 * least, -1.5 * least].map(round), [0, -1]);
        assert_eq!(
            [2e15, -3e15, 9e15, f64::INFINITY].map(round),
            [
                2_000_000_000_000_000,
                -3_000_000_000_000_000,
                9_000_000_000_000_000,
                i64::MAX
            ]
        );
        assert_eq!(
            [5, 15, -5, -15, 25, 26].map(|v| div_half_even(v, 10)),
            [0, 2, 0, -2, 2, 3]
        );
    }

    #[test]
    fn amounts_print_as_a_player_reads_them() {
        assert_eq!(Micro(51_449_999).to_string(), "51.4");
        assert_eq!(Micro(-450_000).to_string(), "\u{2212}0.4");
        assert_eq!(Cents(400).to_string(), "4");
        assert_eq!(Cents(150).to_string(), "1.5");
        assert_eq!(Cents(-125).to_string(), "\u{2212}1.25");
    }
}
