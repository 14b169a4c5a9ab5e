//! From what an author wrote to a [`Scenario`]: every name looked up, every number within its
//! limits, and all problems at once.

mod answers;
mod arcs;
mod cards;
mod desks;
mod goals;
mod institution;
mod measures;
mod people;
mod places;
mod starts;
mod texts;

use super::assemble::Assembled;
use super::card::Card;
use super::code::{Code, Severity};
use super::file::ScenarioFile;
use super::path::Path;
use super::problem::{Place, Problem};
use super::resolved::{Chart, Meta, Names, Scenario};
use super::source::{MAX_DIAGNOSTICS, Sources, exact_lang, good_id};
use crate::rules::digest::digest;
use crate::rules::id::Id;
use crate::rules::world::{Tempo, TurnLength, World};
use crate::text::Lang;
use std::sync::Arc;
use texts::Texts;

/// Greatest number of turns.
pub const MAX_TURNS: u16 = 120;
/// Greatest number of precincts.
pub const MAX_PRECINCTS: usize = 200;
/// Greatest number of points on the map.
pub const MAX_POINTS: usize = 2_000;
/// Greatest number of injects.
pub const MAX_INJECTS: usize = 300;
/// Greatest number of desk notes.
pub const MAX_NOTES: usize = 600;
/// Greatest number of tokens.
pub const MAX_UNITS: usize = 400;
/// Greatest length of the other lists of things with names.
pub const MAX_ITEMS: usize = 60;
/// After so many problems no more guesses are made at what was meant.
const MANY_PROBLEMS: usize = 50;
/// Greatest number of corners of all precincts together: each of [`MAX_POINTS`] on a border of two,
/// and as many again where borders meet.
pub const MAX_CORNERS: usize = 5_000;
/// Greatest number of paragraphs of a text, and of areas, lines or words of a kind on the map.
pub const MAX_PARAGRAPHS: usize = 200;
/// Greatest number of answers to an inject.
pub const MAX_OPTIONS: usize = 8;

/// The check of one scenario.
struct Check<'a> {
    file: &'a ScenarioFile,
    card: &'a Card,
    sources: &'a Sources,
    texts: Texts,
    problems: Vec<Problem>,
    /// How many problems of each severity there are.
    kept: [usize; 3],
    /// The last problem that was one too many.
    spare: Option<Problem>,
    turns: u16,
}

/// Checks a scenario and resolves it. The scenario comes back unless there is an error.
pub fn check(
    assembled: Assembled,
    sources: &Sources,
    problems: &mut Vec<Problem>,
) -> Option<Scenario> {
    let Assembled { file, texts } = assembled;
    let mut check = Check {
        file: &file,
        card: Card::built_in(),
        sources,
        texts: Texts::new(texts),
        problems: Vec::new(),
        kept: [0; 3],
        spare: None,
        turns: 0,
    };
    let scenario = check.scenario();
    problems.append(&mut check.problems);
    let broken = problems
        .iter()
        .any(|problem| problem.code.severity() == Severity::Error);
    scenario.filter(|_| !broken)
}

impl<'a> Check<'a> {
    /// Notes a problem at a path.
    fn report(&mut self, code: Code, path: &Path) -> &mut Problem {
        self.note(Problem::new(code, Place::At(path.clone())))
    }

    /// Notes a problem. More of a severity than are ever shown are not kept, because a hostile file
    /// has one for each of its values.
    fn note(&mut self, problem: Problem) -> &mut Problem {
        let kept = &mut self.kept[problem.code.severity() as usize];
        if *kept == MAX_DIAGNOSTICS {
            return self.spare.insert(problem);
        }
        *kept += 1;
        self.problems.push(problem);
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    /// Whether guesses are still made at what was meant: nobody reads that far, and each costs time.
    fn guesses(&self) -> bool {
        self.problems.len() < MANY_PROBLEMS
    }

    /// A field that must be given and is not.
    fn required(&mut self, name: &'static str, path: &Path) {
        self.report(Code::MissingField, &path.field(name))
            .slot("name", name);
    }

    /// The name of a thing in a list; one without stands under its position.
    fn id_of(&mut self, id: Option<&'a str>, list: &Path, at: usize) -> (&'a str, Path) {
        match id {
            Some(id) => (id, list.id(id)),
            None => {
                let path = list.at(at);
                self.required("id", &path);
                ("", path)
            }
        }
    }

    /// A list within its cap.
    fn cap(&mut self, path: &Path, count: usize, limit: usize) -> bool {
        if count > limit {
            self.report(Code::TooMany, path)
                .slot("what", path)
                .slot("limit", limit);
        }
        count <= limit
    }

    /// The position of a name among those known.
    fn lookup(&mut self, wanted: &str, known: &[&str], path: &Path) -> Option<usize> {
        let found = known.iter().position(|name| *name == wanted);
        if found.is_none() {
            let known = if self.guesses() { known } else { &[] };
            self.report(Code::UnknownId, path)
                .slot("id", wanted)
                .nearest(wanted, known.iter().copied())
                .list("known", known.iter().take(12));
        }
        found
    }

    /// A number within its limits; the nearest limit stands in for one that is not.
    fn number(&mut self, value: f64, low: f64, high: f64, path: &Path) -> f64 {
        if !value.is_finite() {
            self.report(Code::NotFinite, path);
            return low;
        }
        if value < low || value > high {
            self.report(Code::OutOfRange, path)
                .slot("value", value)
                .slot("low", low)
                .slot("high", high);
            return if value < low { low } else { high };
        }
        value
    }

    fn scenario(&mut self) -> Option<Scenario> {
        let root = Path::default();
        match self.file.format {
            None => self.required("format", &root),
            Some(1) => {}
            Some(other) => {
                self.report(Code::UnknownFormat, &Path::of("format"))
                    .slot("found", other);
                return None;
            }
        }
        let id = self.file.id.clone().unwrap_or_default();
        if self.file.id.is_none() {
            self.required("id", &root);
        } else if !good_id(&id) {
            // Reported with its place when the file was read.
            return None;
        }
        let language = self.language();
        self.texts.language = language;
        let (turn, first_month) = self.turn();
        let tempo = self.tempo();
        let mut names = Names::default();
        let meta = self.meta(&id, language);
        let seats = self.seats(&mut names);
        let families = self.families(&mut names);
        let coefficients = self.coefficients();
        let (districts, precincts, mut chart) = self.precincts(&families, &mut names);
        let purse = self.purse();
        let (kinds, units) = self.units(&seats, &precincts, purse, &mut names);
        let objectives = self.objectives(&precincts, &families, &mut names);
        let orders = self.orders(&seats);
        let sites = self.sites(&precincts, &mut chart, &mut names);
        let gates = self.gates(&precincts, &chart, &mut names);
        let domains = self.domains(&mut names);
        let instruments = self.instruments(&seats, &families, &domains, &coefficients, &mut names);
        let open = (domains.as_slice(), instruments.as_slice());
        let desks = self.desks((&seats, &precincts, &families), open, &mut names);
        let injects = self.injects(&seats, &precincts, &families, open, &mut names);
        let (arcs, arcs_drawn) = self.arcs(&injects, &mut names);
        self.never_fires(&injects, &arcs, (&kinds, &units));
        let (leadership, follow_up) = self.community();
        let draws = self.draws(&families, (&instruments, &domains), &coefficients);
        let presets = self.presets(&families, (&instruments, &domains));
        let taken = self.taken();
        let sealed = self.sealed();
        let open = (precincts.as_slice(), kinds.as_slice(), units.as_slice());
        let starts = self.starts(open, purse, &mut names);
        self.apart(&starts, &presets, &desks);
        self.finish_texts();
        let model = self.card.model(&coefficients)?;
        let world = World {
            scenario: Id(id),
            turn,
            turns: self.turns,
            first_month,
            tempo,
            controls: self.file.controls.unwrap_or_default(),
            seats,
            districts,
            precincts,
            families,
            kinds,
            units,
            purse,
            analysts: self.analysts(),
            goodwill: self.goodwill(),
            leadership,
            follow_up,
            orders,
            injects,
            arcs,
            arcs_drawn,
            cards_a_month: self.cards_a_month(),
            objectives,
            model,
            draws,
            presets,
            sealed,
            instruments,
            domains,
            sites,
            gates,
            desks,
            starts,
        };
        let world = world.taking(&taken);
        self.tiers(&world);
        self.answers(&world, &names);
        self.seal(world, meta, names, chart)
    }

    /// The scenario with its digests; none while there are errors, because numbers that were
    /// refused must not reach the rules.
    fn seal(&self, world: World, meta: Meta, names: Names, chart: Chart) -> Option<Scenario> {
        if self
            .problems
            .iter()
            .any(|problem| problem.code.severity() == Severity::Error)
        {
            return None;
        }
        Some(Scenario {
            rules_hash: world.rules_hash(),
            text_hash: digest(&self.texts.said),
            world: Arc::new(world),
            meta,
            names,
            chart,
            files: self
                .sources
                .files
                .iter()
                .map(|file| file.name.clone())
                .collect(),
        })
    }

    fn language(&mut self) -> Lang {
        let Some(tag) = &self.file.language else {
            return Lang::En;
        };
        exact_lang(tag).unwrap_or_else(|| {
            self.report(Code::UnknownLanguage, &Path::of("language"))
                .slot("id", tag)
                .list("known", Lang::ALL)
                .nearest(tag, Lang::ALL.map(Lang::tag));
            Lang::En
        })
    }

    fn turn(&mut self) -> (TurnLength, u8) {
        let turn = self.file.turn.clone().unwrap_or_default();
        let path = Path::of("turn");
        let length = turn.length.unwrap_or(TurnLength::Months(1));
        let (n, most) = match length {
            TurnLength::Hours(n) => (n, 720),
            TurnLength::Days(n) => (n, 366),
            TurnLength::Weeks(n) => (n, 52),
            TurnLength::Months(n) => (n, 12),
        };
        self.number(f64::from(n), 1.0, f64::from(most), &path.field("length"));
        let count = turn.count.unwrap_or(6);
        self.number(
            f64::from(count),
            1.0,
            f64::from(MAX_TURNS),
            &path.field("count"),
        );
        self.turns = count.clamp(1, MAX_TURNS);
        let month = turn.first_month.unwrap_or(1);
        let month = self.number(f64::from(month), 1.0, 12.0, &path.field("first_month"));
        (length, month as u8)
    }

    /// The tempo of each turn: what is given, over and over.
    fn tempo(&mut self) -> Vec<Tempo> {
        let given = self.file.turn.as_ref().and_then(|turn| turn.tempo.as_ref());
        let given = given.map_or(&[][..], Vec::as_slice);
        let path = Path::of("turn").field("tempo");
        self.cap(&path, given.len(), usize::from(MAX_TURNS));
        let all = given.iter().copied().cycle();
        match given {
            [] => vec![Tempo::default(); usize::from(self.turns)],
            _ => all.take(usize::from(self.turns)).collect(),
        }
    }

    fn meta(&mut self, id: &str, language: Lang) -> Meta {
        let file = self.file;
        if file.title.is_none() && !self.texts.knows("title") {
            self.required("title", &Path::default());
        }
        let minutes = file.minutes.unwrap_or(30);
        self.number(f64::from(minutes), 1.0, 600.0, &Path::of("minutes"));
        Meta {
            id: Id(id.to_owned()),
            language,
            title: self.phrase(file.title.as_ref(), &Path::of("title"), texts::NAME),
            summary: self.phrase(file.summary.as_ref(), &Path::of("summary"), texts::PROSE),
            learning: self.phrases(file.learning.as_deref(), "learning"),
            minutes,
            table: file.table.unwrap_or_default(),
            briefing: self.phrases(file.briefing.as_deref(), "briefing"),
            questions: self.phrases(file.questions.as_deref(), "questions"),
            notes: self.phrases(file.notes.as_deref(), "notes"),
        }
    }
}
