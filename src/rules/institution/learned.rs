//! What is so in the institution and nobody knows, and what the table has found out.

use super::goods_chain::Chain;
use super::mutual_aid::Owed;
use super::pilot::{Known, Pilot};
use super::yardstick::Assessment;
use crate::rules::digest::{Canon, Walk, canon};
use crate::rules::id::PrecinctIx;

/// What is so and nobody knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct Secrets {
    /// The chain of goods.
    pub chain: Chain,
    /// Aid that will be asked back, and when.
    pub owed: Vec<Owed>,
}

/// What the table has found out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct Learned {
    /// What this turn's page will say.
    pub found: Vec<Finding>,
    /// How good the contracted outreach is, once it has been watched for long enough.
    pub contract: Option<f64>,
    /// Aid that has been asked back.
    pub owed: Vec<Owed>,
    /// Instruments that are being tried.
    pub pilots: Vec<Pilot>,
    /// What trials have told of effects.
    pub known: Vec<Known>,
    /// The assessment by the yardstick of the last quarter.
    pub assessment: Option<Assessment>,
}

/// Something that was found out in a turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Finding {
    /// A stage of the chain of goods was inspected.
    Stage {
        /// Which, in the order of the instrument's things.
        stage: u16,
        /// Whether the gap was there.
        gap: bool,
    },
    /// How good the contracted outreach is, as a share of the work of own people.
    Contract {
        /// The share.
        quality: f64,
    },
    /// A pilot has ended; what it told is in [`crate::rules::View::known`].
    Pilot(Pilot),
    /// What became of a listed precinct in a quarter, by the yardstick; more is worse.
    Compared {
        /// The precinct.
        listed: PrecinctIx,
        /// The change of its figure.
        change: f64,
        /// The mean change of those that had looked most alike and were not listed.
        alike: f64,
    },
}

impl Learned {
    /// Notes what an inspection found; in a turn of several steps one look is enough.
    pub fn inspected(&mut self, stage: u16, gap: bool) {
        for finding in &mut self.found {
            if let Finding::Stage {
                stage: seen,
                gap: found,
            } = finding
                && *seen == stage
            {
                *found |= gap;
                return;
            }
        }
        self.found.push(Finding::Stage { stage, gap });
    }
}

canon! {
    Secrets { chain, owed }
    Learned { found, contract, owed, pilots, known, assessment }
}

impl Canon for Finding {
    fn canon(&self, walk: &mut Walk) {
        match *self {
            Self::Stage { stage, gap } => {
                0u8.canon(walk);
                (stage, gap).canon(walk);
            }
            Self::Contract { quality } => (1u8, quality).canon(walk),
            Self::Pilot(pilot) => (2u8, pilot).canon(walk),
            Self::Compared {
                listed,
                change,
                alike,
            } => {
                (3u8, listed).canon(walk);
                (change, alike).canon(walk);
            }
        }
    }
}
