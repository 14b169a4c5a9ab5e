//! A scenario that has been checked: the world for the rules, the words and the map for people.

use super::words::Phrase;
use crate::geometry::Point;
use crate::rules::digest::Digest;
use crate::rules::id::{Id, SeatIx};
use crate::rules::{Table, World};
use crate::text::Lang;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A scenario that can be played.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The game for the rules.
    pub world: Arc<World>,
    /// What the scenario says about itself.
    pub meta: Meta,
    /// The words for everything in the world, in the world's order.
    pub names: Names,
    /// What is drawn.
    pub chart: Chart,
    /// The digest of everything that can change an outcome.
    pub rules_hash: Digest,
    /// The digest of all words.
    pub text_hash: Digest,
    /// The files it was read from, its own first, then those of scenarios it extends.
    pub files: Vec<String>,
}

/// What a scenario says about itself.
#[derive(Clone, Debug)]
pub struct Meta {
    /// Its name.
    pub id: Id,
    /// The language of its plain texts.
    pub language: Lang,
    /// What it is called.
    pub title: Phrase,
    /// One or two sentences.
    pub summary: Phrase,
    /// What players should take away.
    pub learning: Vec<Phrase>,
    /// How long a game takes at the table, in minutes.
    pub minutes: u16,
    /// Who commands which desk unless set-up says otherwise.
    pub table: Table,
    /// What is read aloud before the first turn.
    pub briefing: Vec<Phrase>,
    /// Questions for the debrief.
    pub questions: Vec<Phrase>,
    /// Notes for the facilitator.
    pub notes: Vec<Phrase>,
}

/// The words for everything in the world. Lists have the order of the world's lists.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Districts by name.
    pub districts: BTreeMap<Id, Phrase>,
    /// Precincts: what they are called.
    pub precincts: Vec<Phrase>,
    /// Precincts: what is worth knowing.
    pub about: Vec<Phrase>,
    /// Desks: what they are called.
    pub seats: Vec<Phrase>,
    /// Desks: what they mind.
    pub briefs: Vec<Phrase>,
    /// Offence families.
    pub families: Vec<Phrase>,
    /// Kinds of unit.
    pub kinds: Vec<Phrase>,
    /// Units.
    pub units: Vec<Phrase>,
    /// Ways to start: what each is called, and what it gives and gives up.
    pub starts: Vec<(Phrase, Phrase)>,
    /// Injects.
    pub injects: Vec<InjectWords>,
    /// Desk notes.
    pub desk_notes: Vec<NoteWords>,
    /// Sets of mandates: what the year is called, and each mandate in words.
    pub mandates: Vec<(Phrase, Vec<Phrase>)>,
    /// Arcs: what they are about, and how things may stand behind them.
    pub arcs: Vec<(Phrase, Vec<Phrase>)>,
    /// Instruments of the institution.
    pub instruments: Vec<InstrumentWords>,
    /// Risk domains: what they are called, and what belongs to them.
    pub domains: Vec<(Phrase, Phrase)>,
    /// Key sites.
    pub sites: Vec<Phrase>,
    /// Gates.
    pub gates: Vec<Phrase>,
    /// Objectives: the objective in words.
    pub objectives: Vec<Phrase>,
    /// Objectives: why they matter.
    pub reasons: Vec<Phrase>,
}

/// The words of a desk note.
#[derive(Clone, Debug, Default)]
pub struct NoteWords {
    /// What it says.
    pub text: Phrase,
    /// Whom it comes from; may be empty.
    pub source: Phrase,
}

/// The words of an instrument of the institution.
#[derive(Clone, Debug, Default)]
pub struct InstrumentWords {
    /// What it is called.
    pub name: Phrase,
    /// What it decides and what that costs.
    pub about: Phrase,
    /// The settings.
    pub settings: Vec<Phrase>,
    /// The things of its own that it is set for.
    pub subjects: Vec<Phrase>,
    /// What each of those means; empty where its name says it.
    pub subjects_about: Vec<Phrase>,
}

/// The words of an inject.
#[derive(Clone, Debug, Default)]
pub struct InjectWords {
    /// A short line; may hold `{place}`.
    pub title: Phrase,
    /// What is told; may hold `{place}`.
    pub body: Phrase,
    /// The answers.
    pub options: Vec<OptionWords>,
    /// Subjects that some rooms leave out.
    pub tags: Vec<String>,
    /// How things may stand behind it, for the debrief.
    pub variants: Vec<Phrase>,
    /// Whether it may move more than an ordinary card.
    pub major: bool,
}

/// The words of an answer.
#[derive(Clone, Debug, Default)]
pub struct OptionWords {
    /// The answer.
    pub label: Phrase,
    /// What desks say about it.
    pub voices: Vec<(SeatIx, Phrase)>,
    /// What is seen to happen afterwards.
    pub after: Phrase,
    /// What it teaches, for the debrief.
    pub teaches: Phrase,
    /// Whether it pulls at once and pays in nothing that is counted.
    pub temptation: bool,
}

/// What is drawn. Kilometres; east and north count up.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// Every corner of the precincts, each once: neighbours share corners.
    pub points: Vec<Point>,
    /// The outlines of the precincts as positions in `points`, in the world's order.
    pub outlines: Vec<Vec<usize>>,
    /// Where the precincts' names stand.
    pub labels: Vec<Point>,
    /// Where tokens stand, for each precinct.
    pub tokens: Vec<Vec<Point>>,
    /// Sea and river.
    pub water: Vec<Area>,
    /// Land outside the precincts.
    pub land: Vec<Area>,
    /// Lakes.
    pub lakes: Vec<Area>,
    /// Parks.
    pub parks: Vec<Area>,
    /// Roads.
    pub roads: Vec<Line>,
    /// Bridges.
    pub bridges: Vec<Line>,
    /// Metro lines.
    pub metro: Vec<Metro>,
    /// What stands at each key site, in the world's order.
    pub sites: Vec<SiteKind>,
    /// Words on the map.
    pub captions: Vec<(Point, Phrase)>,
}

/// An area that is drawn.
#[derive(Clone, Debug, Default)]
pub struct Area {
    /// The corners in order.
    pub outline: Vec<Point>,
    /// What it is called; may be empty.
    pub name: Phrase,
}

/// A line that is drawn.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The points in order.
    pub points: Vec<Point>,
    /// What it is called; may be empty.
    pub name: Phrase,
}

/// A metro line that is drawn.
#[derive(Clone, Debug, Default)]
pub struct Metro {
    /// The points in order.
    pub line: Vec<Point>,
    /// Where its trains stop.
    pub stations: Vec<Point>,
    /// What it is called; may be empty.
    pub name: Phrase,
}

/// What stands at a key site, so that its mark shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum SiteKind {
    /// An open square.
    #[default]
    Square,
    /// A railway, metro or coach station.
    Station,
    /// A public hall or tall building.
    Hall,
    /// A theatre.
    Theatre,
    /// A hospital or clinic.
    Hospital,
    /// A waterworks.
    Waterworks,
    /// A market.
    Market,
    /// A port, depot or works.
    Works,
    /// A ferry terminal.
    Ferry,
    /// An arena.
    Arena,
}

impl SiteKind {
    /// The icon of its mark.
    #[must_use]
    pub fn icon(self) -> &'static str {
        match self {
            Self::Square => "pagoda",
            Self::Station => "station",
            Self::Hall => "tower",
            Self::Theatre => "opera",
            Self::Hospital => "hospital",
            Self::Waterworks => "water",
            Self::Market => "market",
            Self::Works => "crane",
            Self::Ferry => "ferry",
            Self::Arena => "arena",
        }
    }
}
