//! Stylised facts: what studies found, tried on the model as experiments.
//!
//! An experiment plays ordinary games with ordinary orders in a test city, in pairs that share their
//! luck, and compares. It may choose the world, the orders, dose and duration and at most one named
//! preset of the model card; it may not set a coefficient. Tests against dull games are played in that
//! city or on the flagship as it ships. A fact that fails is shown failing.

mod city;
mod degenerate;
mod flagship;
mod measure;
mod minds;
mod online;
mod patrol;
mod places;
mod plans;
mod records;
mod response;

use crate::rules::Digest;
use crate::text::{self, Lang};
pub use city::{Arm, City, Orders, Run, event};
pub use measure::{Band, Estimate};
use std::sync::LazyLock;

/// How much work an experiment may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// How many seeds.
    pub seeds: u32,
    /// Whether it is the short form.
    pub short: bool,
}

impl Effort {
    /// The full form: 200 seeds.
    pub const FULL: Self = Self {
        seeds: 200,
        short: false,
    };
    /// The short form: 40 seeds, and bands as wide as that asks for.
    pub const SHORT: Self = Self {
        seeds: 40,
        short: true,
    };
}

/// One statement of a fact, measured. Its words are `fact.<id>.<n>`, counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The estimate.
    pub estimate: Estimate,
    /// Where it must lie.
    pub target: Band,
}

impl Finding {
    /// Whether the estimate lies where it must. In the short form chance may carry it as far beyond
    /// as its own interval reaches.
    #[must_use]
    pub fn holds(&self, effort: Effort) -> bool {
        let slack = if effort.short {
            self.estimate.half_width
        } else {
            0.0
        };
        self.estimate.mean.is_finite()
            && self.estimate.mean >= self.target.low - slack
            && self.estimate.mean <= self.target.high + slack
    }
}

/// A fact and how to try it. What it says is `fact.<id>.name` in the texts.
pub struct Fact {
    /// `V1` to `V18`; `a` to `o` and `w` are tests against dull games.
    pub id: &'static str,
    /// Author and year.
    pub source: &'static str,
    /// The preset of the model card that it runs under; none for the card as it is.
    pub preset: Option<&'static str>,
    /// How to try it, or why it cannot be tried yet.
    pub trial: Trial,
}

/// How a fact is tried.
pub enum Trial {
    /// An experiment.
    Experiment(fn(&City, Effort) -> Vec<Finding>),
    /// The model lacks something for it, which `fact.<id>.missing` names.
    Missing,
}

/// A fact, tried.
pub struct Outcome {
    /// Which.
    pub fact: &'static Fact,
    /// What was found, the statement that decides most first; empty if it could not be tried.
    pub findings: Vec<Finding>,
    /// Whether every finding holds.
    pub passed: bool,
}

/// Every fact, in the order of the table.
#[must_use]
pub fn all() -> &'static [Fact] {
    static ALL: LazyLock<Vec<Fact>> = LazyLock::new(|| {
        let mut facts = Vec::new();
        facts.extend(places::facts());
        facts.extend(patrol::facts());
        facts.extend(minds::facts());
        facts.extend(response::facts());
        facts.extend(records::facts());
        facts.extend(online::facts());
        facts.extend(degenerate::facts());
        facts.extend(flagship::facts());
        facts.extend(plans::facts());
        facts.sort_by_key(|fact| place(fact.id));
        facts
    });
    &ALL
}

/// Where an id stands in the table: V1 to V18, then the letters.
fn place(id: &str) -> (bool, u32) {
    match id.strip_prefix('V').map(str::parse) {
        Some(Ok(number)) => (false, number),
        _ => (true, id.bytes().next().map_or(0, u32::from)),
    }
}

/// The words of a fact: `name`, `missing`, or the number of a finding.
#[must_use]
pub fn words(lang: Lang, id: &str, part: &str) -> String {
    text::get(lang, &format!("fact.{}.{part}", id.to_lowercase()), &[])
}

impl Fact {
    /// Tries the fact.
    #[must_use]
    pub fn try_it(&'static self, effort: Effort) -> Outcome {
        let city = City::new(self.preset);
        let findings = match self.trial {
            Trial::Experiment(run) => run(&city, effort),
            Trial::Missing => Vec::new(),
        };
        let passed = !findings.is_empty() && findings.iter().all(|finding| finding.holds(effort));
        Outcome {
            fact: self,
            findings,
            passed,
        }
    }
}

/// The digest of the numbers that the experiments run on.
#[must_use]
pub fn card() -> Digest {
    City::new(None).numbers()
}
