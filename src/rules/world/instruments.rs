//! The institution: what can be built up and how it is run, as settings with prices and effects.
//!
//! An [`Instrument`] is one decision of one desk. A *ladder* is built a step at a time (a shared map,
//! a registry); any other is set at once (how long pictures are kept, who answers a rumour). What a
//! setting does is said in a closed vocabulary of [`Lever`]s, so a scenario can switch an instrument
//! off or give it other numbers without a line of code.

use super::domains::Domain;
use crate::rules::digest::{Canon, Walk, canon, canon_tag};
use crate::rules::id::{FamilyIx, Id, InstrumentIx, SeatIx};
use crate::rules::units::{Cents, Micro};
use serde::Deserialize;

/// What the settings of the institution act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lever {
    /// Share more of what hot-spot patrol prevents.
    Targeting,
    /// Share more (or less) patrol time.
    PatrolTime,
    /// Share more people met by community teams.
    Reach,
    /// Share more (or less) good done at each of those meetings.
    Quality,
    /// Minutes more (or fewer) from a call to the order to go.
    Handling,
    /// Log-odds of clearing up an offence.
    Clearance,
    /// Log-odds of reporting an offence.
    Reporting,
    /// Months by which offences come late to the record.
    Delay,
    /// The chance a month that data leak.
    Leak,
    /// Points of Rights lost by being watched.
    Watching,
    /// Points of trust a month.
    Trust,
    /// Points of perceived safety a month.
    FeelSafe,
    /// Points a month of wrongs done and not put right.
    Wrongs,
    /// Points of goodwill a month.
    Goodwill,
    /// Hours of overtime a week and team.
    Overtime,
    /// Share of the offences of a family that are prevented.
    Offences(FamilyIx),
    /// Points of pressure a month.
    Pressure(Domain),
    /// Share of the harm of an incident that is avoided.
    Harm(Domain),
    /// Log-odds that an alert comes before an incident.
    Hits(Domain),
    /// Log-odds that an alert comes without one.
    FalseAlarms(Domain),
}

/// What an instrument is set for, one setting each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Over {
    /// The whole city.
    City,
    /// Each district.
    Districts,
    /// Each precinct.
    Precincts,
    /// Each key site.
    Sites,
    /// Each gate.
    Gates,
    /// Each desk.
    Seats,
    /// Each risk domain that is played.
    Domains,
    /// Each thing of a list of its own.
    Named(Vec<Id>),
}

/// How long a setting stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
pub enum Stays {
    /// Until it is changed.
    #[default]
    Standing,
    /// For one turn; then the first setting stands again.
    Turn,
    /// Until it is changed, and not sooner than after so many months.
    Months(f64),
}

/// One decision of one desk.
#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    /// Its name.
    pub id: Id,
    /// The row of the framework that it plays.
    pub row: Id,
    /// The desk that decides.
    pub owner: SeatIx,
    /// What it is set for.
    pub over: Over,
    /// Whether it is built up a step at a time.
    pub ladder: bool,
    /// The settings; a ladder's in their order.
    pub settings: Vec<Setting>,
    /// The setting at the start.
    pub start: u8,
    /// For how many things at most it may stand above the first setting; 0 is no limit.
    pub most: u16,
    /// How long a setting stands.
    pub stays: Stays,
    /// What must stand at a setting before this can leave its first.
    pub needs: Vec<(InstrumentIx, u8)>,
    /// The first turn in which it can be set.
    pub from: u16,
    /// The last turn in which it can be set; 0 is any.
    pub until: u16,
}

/// One setting of an instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Its name.
    pub id: Id,
    /// Funds, once, when it is ordered.
    pub price: Cents,
    /// Funds a month while it stands.
    pub upkeep: Cents,
    /// Months from the order until it works.
    pub months: f64,
    /// Analysts who are bound while it stands.
    pub analysts: u16,
    /// Goodwill, once, when it is ordered.
    pub goodwill: Micro,
    /// What it does while it stands.
    pub effects: Vec<Influence>,
    /// What it does in the turns after it stood.
    pub later: Vec<Influence>,
    /// For how many turns that goes on.
    pub later_turns: u16,
    /// The share of what it does that is lost in a month, because the world goes on.
    pub fade: f64,
}

/// One thing that a setting does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Influence {
    /// Only where the instrument is set for this one of its things; `None` for any. Of an
    /// instrument of the risk domains, what concerns a domain holds where it is set for that one.
    pub thing: Option<u16>,
    /// What it acts on.
    pub lever: Lever,
    /// How much, in the lever's unit.
    pub amount: f64,
}

/// A place worth a guard of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct KeySite {
    /// Its name.
    pub id: Id,
    /// The precinct in which it lies.
    pub precinct: crate::rules::id::PrecinctIx,
    /// Where it lies, km.
    pub at: (f64, f64),
    /// How far it is guarded at the start.
    pub grade: SiteGrade,
}

/// A gate: where a road crosses the city's border.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Its name.
    pub id: Id,
    /// The precinct in which it lies.
    pub precinct: crate::rules::id::PrecinctIx,
    /// Where it lies, km.
    pub at: (f64, f64),
}

/// How far a key site is guarded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum SiteGrade {
    /// Looked after by those who run it.
    #[default]
    C,
    /// Looked in on.
    B,
    /// Guarded.
    A,
}

impl Lever {
    /// The domain that it concerns, if it is about one.
    #[must_use]
    pub fn domain(self) -> Option<Domain> {
        match self {
            Self::Pressure(domain)
            | Self::Harm(domain)
            | Self::Hits(domain)
            | Self::FalseAlarms(domain) => Some(domain),
            _ => None,
        }
    }

    /// Its name in the model card; a family's or a domain's comes after a dot.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Targeting => "targeting",
            Self::PatrolTime => "patrol-time",
            Self::Reach => "reach",
            Self::Quality => "quality",
            Self::Handling => "handling",
            Self::Clearance => "clearance",
            Self::Reporting => "reporting",
            Self::Delay => "delay",
            Self::Leak => "leak",
            Self::Watching => "watching",
            Self::Trust => "trust",
            Self::FeelSafe => "feel-safe",
            Self::Wrongs => "wrongs",
            Self::Goodwill => "goodwill",
            Self::Overtime => "overtime",
            Self::Offences(_) => "offences",
            Self::Pressure(_) => "pressure",
            Self::Harm(_) => "harm",
            Self::Hits(_) => "hits",
            Self::FalseAlarms(_) => "false-alarms",
        }
    }

    /// The levers that concern the whole institution, and nothing narrower.
    pub const PLAIN: [Self; 15] = [
        Self::Targeting,
        Self::PatrolTime,
        Self::Reach,
        Self::Quality,
        Self::Handling,
        Self::Clearance,
        Self::Reporting,
        Self::Delay,
        Self::Leak,
        Self::Watching,
        Self::Trust,
        Self::FeelSafe,
        Self::Wrongs,
        Self::Goodwill,
        Self::Overtime,
    ];

    /// The levers that act on one risk domain.
    pub const OF_DOMAIN: [fn(Domain) -> Self; 4] =
        [Self::Pressure, Self::Harm, Self::Hits, Self::FalseAlarms];
}

impl SiteGrade {
    /// Every grade, from the least guarded.
    pub const ALL: [Self; 3] = [Self::C, Self::B, Self::A];
}

impl Instrument {
    /// The setting of this name.
    #[must_use]
    pub fn setting(&self, id: &Id) -> Option<u8> {
        let at = self.settings.iter().position(|setting| setting.id == *id);
        at.map(|at| at as u8)
    }
}

canon_tag!(SiteGrade);
canon! {
    Instrument { id, row, owner, over, ladder, settings, start, most, stays, needs, from, until }
    Setting { id, price, upkeep, months, analysts, goodwill, effects, later, later_turns, fade }
    Influence { thing, lever, amount }
    KeySite { id, precinct, at, grade }
    Gate { id, precinct, at }
}

impl Canon for Over {
    fn canon(&self, walk: &mut Walk) {
        match self {
            Self::City => 0u8.canon(walk),
            Self::Districts => 1u8.canon(walk),
            Self::Precincts => 2u8.canon(walk),
            Self::Sites => 3u8.canon(walk),
            Self::Gates => 4u8.canon(walk),
            Self::Seats => 5u8.canon(walk),
            Self::Domains => 6u8.canon(walk),
            Self::Named(names) => {
                7u8.canon(walk);
                names.canon(walk);
            }
        }
    }
}

impl Canon for Stays {
    fn canon(&self, walk: &mut Walk) {
        match *self {
            Self::Standing => 0u8.canon(walk),
            Self::Turn => 1u8.canon(walk),
            Self::Months(months) => (2u8, months).canon(walk),
        }
    }
}

impl Canon for Lever {
    fn canon(&self, walk: &mut Walk) {
        self.id().canon(walk);
        match *self {
            Self::Offences(family) => family.canon(walk),
            other => other.domain().canon(walk),
        }
    }
}
