//! The risk domains: pressures that build up by themselves until something happens.

use crate::rules::digest::{canon, canon_tag};
use crate::rules::units::Micro;
use serde::{Deserialize, Serialize};

/// A domain of risk. Each is about institutions and conditions, never about what people think or
/// who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Domain {
    /// The integrity of public bodies, critical services and committee elections.
    Institutions,
    /// Threats of mass casualties.
    MassHarm,
    /// Grievance: wages, housing, land, school places.
    Grievance,
    /// Public transport.
    Transport,
    /// Networks and data.
    Network,
    /// What people are told, and what they believe about safety.
    Information,
    /// The integrity of the force itself.
    Force,
    /// Order in the street: the offences of the precincts, added up.
    Street,
}

/// How many domains there are.
pub const DOMAINS: usize = 8;

impl Domain {
    /// Every domain, in the order of the framework.
    pub const ALL: [Self; DOMAINS] = [
        Self::Institutions,
        Self::MassHarm,
        Self::Grievance,
        Self::Transport,
        Self::Network,
        Self::Information,
        Self::Force,
        Self::Street,
    ];

    /// Its name in texts (`domain.<id>`) and in scenarios.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Institutions => "institutions",
            Self::MassHarm => "mass-harm",
            Self::Grievance => "grievance",
            Self::Transport => "transport",
            Self::Network => "network",
            Self::Information => "information",
            Self::Force => "force",
            Self::Street => "street-order",
        }
    }

    /// The row of the framework.
    #[must_use]
    pub fn row(self) -> &'static str {
        ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"][self as usize]
    }
}

/// A domain that is played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenDomain {
    /// Which.
    pub domain: Domain,
    /// Its pressure at the start, points of 100.
    pub start: Micro,
}

canon_tag!(Domain);
canon! {
    OpenDomain { domain, start }
}
