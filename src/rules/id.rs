//! Names that authors give to things, and the dense indices the rules use inside.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The name an author gave to a thing: lower-case letters, digits and hyphens.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(pub String);

impl Id {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Id {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u16);
        impl $name {
            /// The position in the world's list.
            #[must_use]
            pub fn at(self) -> usize {
                usize::from(self.0)
            }
            /// The index of position `at`; positions beyond 65,535 are refused when a world is made.
            #[must_use]
            pub fn from_position(at: usize) -> Self {
                Self(u16::try_from(at).unwrap_or(u16::MAX))
            }
        }
        impl crate::rules::digest::Canon for $name {
            fn canon(&self, walk: &mut crate::rules::digest::Walk) {
                self.0.canon(walk);
            }
        }
    )*};
}
index! {
    /// A precinct: the smallest place.
    PrecinctIx;
    /// A district: precincts that are led together.
    DistrictIx;
    /// An offence family.
    FamilyIx;
    /// A unit: one token on the table.
    UnitIx;
    /// A kind of unit.
    KindIx;
    /// A seat at the table, which is a desk.
    SeatIx;
    /// An inject.
    InjectIx;
    /// An objective.
    ObjectiveIx;
    /// An instrument of the institution.
    InstrumentIx;
}

/// The name in `names` nearest to `wanted`, if it is near enough to be what was meant
/// (edit distance of at most a third of the longer name).
#[must_use]
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = wanted.chars().take(LONGEST_GUESS + 1).collect();
    if wanted.len() > LONGEST_GUESS {
        return None;
    }
    let mut comparisons = MOST_COMPARISONS;
    let mut best = None;
    for name in names {
        let letters: Vec<char> = name.chars().take(LONGEST_GUESS + 1).collect();
        let most = wanted.len().max(letters.len()).max(3) / 3;
        if letters.len() > LONGEST_GUESS || wanted.len().abs_diff(letters.len()) > most {
            continue;
        }
        let Some(left) = comparisons.checked_sub(wanted.len() * letters.len()) else {
            break;
        };
        comparisons = left;
        let distance = edit_distance(&wanted, &letters);
        if distance <= most && best.is_none_or(|best| (distance, name) < best) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Longer names are no slip of the finger, and comparing them is slow.
const LONGEST_GUESS: usize = 96;
/// So many pairs of letters are compared for one guess: thousands of names as people write them.
const MOST_COMPARISONS: usize = 1_000_000;

/// How many insertions, deletions, changes and swaps of neighbours part two words.
fn edit_distance(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1)
                .min(rows[i][j - 1] + 1)
                .min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood_and_another_word_is_not() {
        let names = ["drum-tower", "ferry-steps", "exchange"];
        assert_eq!(nearest("drum-towr", names), Some("drum-tower"));
        assert_eq!(nearest("exhcange", names), Some("exchange"));
        assert_eq!(nearest("harbour", names), None);
    }
}
