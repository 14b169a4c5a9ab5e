//! Plans: orders written down beforehand, turn by turn, as an author or a class gives them.
//!
//! ```ron
//! Plan(
//!     desks: {Street: "hotspot"},
//!     turns: [
//!         [Assign(unit: "officer-1", to: "drum-tower", tactic: Outreach)],
//!         [],
//!         [Withdraw(unit: "officer-1"), Answer(inject: "survey-offer", option: "ask")],
//!     ],
//! )
//! ```

use crate::rules::{Action, Id, Tactic};
use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// The largest plan that is read, in bytes.
pub const MAX_PLAN: usize = 1024 * 1024;
/// The deepest nesting of a plan; a good one has a quarter of it.
const MAX_DEPTH: usize = 24;

/// Orders written down beforehand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename = "Plan")]
pub struct Plan {
    /// Desks that a policy commands, by name; the others do only what the plan says.
    #[serde(default)]
    pub desks: BTreeMap<Desk, String>,
    /// The orders of each turn, from the first.
    #[serde(default)]
    pub turns: Vec<Vec<Order>>,
}

/// An order of a plan. The desk that owns it gives it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Order {
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
    /// Answers an inject.
    Answer {
        /// The inject.
        inject: Id,
        /// The option.
        option: Id,
    },
}

impl Order {
    /// The act that gives this order.
    #[must_use]
    pub fn action(&self) -> Action {
        match self.clone() {
            Self::Assign { unit, to, tactic } => Action::Assign { unit, to, tactic },
            Self::Withdraw { unit } => Action::Withdraw { unit },
            Self::Answer { inject, option } => Action::Answer { inject, option },
        }
    }
}

/// The name of a desk in a plan, as in the scenario: `Street` and `"street"` are the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Desk(pub Id);

impl<'de> Deserialize<'de> for Desk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let written = raw.get_ron().trim();
        let quoted = written
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        Ok(Self(Id(match quoted {
            Some(name) => name.to_owned(),
            None => hyphenated(written),
        })))
    }
}

/// `KeySites` as `key-sites`.
fn hyphenated(word: &str) -> String {
    let mut name = String::with_capacity(word.len() + 4);
    for (at, c) in word.chars().enumerate() {
        if c.is_ascii_uppercase() && at > 0 {
            name.push('-');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

/// A text is no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAPlan {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong, in English.
    pub why: String,
}

impl Plan {
    /// Reads a plan.
    ///
    /// # Errors
    ///
    /// Where the text stops being one, and why.
    pub fn read(text: &str) -> Result<Self, NotAPlan> {
        if text.len() > MAX_PLAN {
            return Err(NotAPlan {
                line: 1,
                column: 1,
                why: format!("it is larger than {} KiB", MAX_PLAN / 1024),
            });
        }
        let options = ron::Options::default()
            .with_default_extension(Extensions::IMPLICIT_SOME)
            .with_recursion_limit(MAX_DEPTH);
        options.from_str(text).map_err(|error| NotAPlan {
            line: error.span.start.line,
            column: error.span.start.col,
            why: error.code.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_reads_as_it_is_written() {
        let plan = Plan::read(
            r#"Plan(
                desks: {Street: "hotspot", "community": "even", KeySites: "idle"},
                turns: [[Assign(unit: "foot-1", to: "drum-tower", tactic: HotSpot)], []],
            )"#,
        );
        let plan = plan.unwrap();
        let desks: Vec<(&str, &str)> = plan
            .desks
            .iter()
            .map(|(desk, policy)| (desk.0.as_str(), policy.as_str()))
            .collect();
        assert_eq!(
            desks,
            [
                ("community", "even"),
                ("key-sites", "idle"),
                ("street", "hotspot")
            ]
        );
        assert_eq!(
            plan.turns[0][0].action(),
            Action::Assign {
                unit: Id::from("foot-1"),
                to: Id::from("drum-tower"),
                tactic: Tactic::HotSpot
            }
        );
        assert_eq!(plan.turns.len(), 2);
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        let error = Plan::read("Plan(\n  turns: [[Asign(unit: \"foot-1\")]],\n)").unwrap_err();
        assert_eq!(error.line, 2);
        assert!(error.why.contains("Asign"), "{}", error.why);
        assert!(Plan::read("Plan(turns: [[EndTurn]])").is_err());
        assert!(Plan::read(&"[".repeat(10_000)).is_err());
    }
}
