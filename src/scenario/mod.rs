//! What authors write, checked and resolved into what the rules can play.
//!
//! | file | what it does |
//! |---|---|
//! | [`source`] | reads files, holds the caps |
//! | [`scan`], [`tree`], `slips` | finds where every value stands, names slips of the keyboard |
//! | [`parse`] | RON into types |
//! | [`file`], [`fields`], [`vocabulary`], [`words`], `layer` | what authors write, and how it is laid over |
//! | [`assemble`] | puts parts and extended scenarios together |
//! | [`check`] | looks every name and number up, all problems at once |
//! | [`card`] | the model card |
//! | [`resolved`] | the scenario as the rest of the program sees it |
//! | [`report`], [`problem`], [`code`], [`path`], `lines` | diagnostics |
//! | [`lexicon`] | names, refusals and causes in a language |

pub mod assemble;
pub mod card;
pub mod check;
pub mod code;
pub mod fields;
pub mod file;
pub mod institution;
pub mod layer;
pub mod lexicon;
mod lines;
pub mod parse;
pub mod path;
pub mod problem;
pub mod report;
pub mod resolved;
pub mod scan;
mod slips;
pub mod source;
pub mod tree;
pub mod vocabulary;
pub mod words;

pub use card::Card;
pub use code::{Code, Severity};
pub use lexicon::Lexicon;
pub use report::{Diagnostic, Report};
pub use resolved::{Area, Chart, InjectWords, Line, Meta, Names, OptionWords, Scenario};
pub use source::Source;
pub use words::Phrase;

use crate::rules::id::nearest;
use file::Allow;
use path::Path;
use problem::{Place, Problem};
use serde::de::DeserializeOwned;
use source::{MAX_DIAGNOSTICS, Sources};

/// A scenario that can be played, with what is to be said about it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Scenario,
    /// Warnings and hints.
    pub report: Report,
}

/// Reads, checks and resolves a scenario.
///
/// # Errors
///
/// The report, with at least one error in it.
pub fn load(source: &Source) -> Result<Loaded, Report> {
    let mut sources = Sources::default();
    let mut problems = Vec::new();
    let assembled = assemble::assemble(source, &mut sources, &mut problems);
    let mut allow = Vec::new();
    let scenario = assembled.and_then(|assembled| {
        allow = assembled.file.allow.clone().unwrap_or_default();
        check::check(assembled, &sources, &mut problems)
    });
    // Errors first, so that a flood of hints cannot push one out.
    problems.sort_by_key(|problem| problem.code.severity());
    problems.truncate(MAX_DIAGNOSTICS);
    let (allowed, complaints) = check_allow(&allow);
    problems.extend(complaints);
    let mut report = Report::new(&sources, problems);
    let unused = suppress(&mut report, &allow, &allowed);
    if !unused.is_empty() {
        report.add(&sources, unused);
    }
    match scenario {
        Some(scenario) if !report.has_errors() => Ok(Loaded { scenario, report }),
        _ => Err(report),
    }
}

/// Reads one text that is no scenario and is written like one, such as a plan.
///
/// # Errors
///
/// The report, with at least one error in it.
pub fn read_one<T: DeserializeOwned>(name: &str, text: Vec<u8>) -> Result<T, Report> {
    let (mut sources, mut problems) = (Sources::default(), Vec::new());
    sources.take_file(name.to_owned(), text, 0, &mut problems);
    let file = sources.files.first();
    let tree = file.and_then(|file| Some((file, file.tree.as_ref()?)));
    let read = match tree.filter(|_| problems.is_empty()) {
        Some((file, tree)) => {
            parse::parse(0, file, tree).map_err(|problem| problems.push(*problem))
        }
        None => Err(()),
    };
    read.map_err(|()| Report::new(&sources, problems))
}

/// The suppressions that stand, by position, and what is wrong with the others.
fn check_allow(allow: &[Allow]) -> (Vec<(usize, Code)>, Vec<Problem>) {
    let (mut good, mut problems) = (Vec::new(), Vec::new());
    for (at, entry) in allow.iter().enumerate().take(MAX_DIAGNOSTICS) {
        let place = Place::At(Path::of("allow").at(at));
        let mut complain = |code| {
            let mut problem = Problem::new(code, place.clone());
            let known = Code::ALL.iter().map(|code| code.id());
            problem
                .slot("code", &entry.code)
                .nearest(&entry.code, known);
            problems.push(problem);
        };
        match Code::from_id(&entry.code) {
            None => complain(Code::AllowUnknown),
            Some(code) if code.severity() == Severity::Error => complain(Code::AllowError),
            Some(_)
                if entry
                    .reason
                    .as_ref()
                    .is_none_or(|reason| reason.trim().is_empty()) =>
            {
                complain(Code::AllowNoReason);
            }
            Some(code) => good.push((at, code)),
        }
    }
    (good, problems)
}

/// Takes out what is meant; says which suppressions matched nothing.
fn suppress(report: &mut Report, allow: &[Allow], good: &[(usize, Code)]) -> Vec<Problem> {
    let mut unused = Vec::new();
    for (at, code) in good {
        let below = allow[*at].at.as_deref();
        let before = report.diagnostics.len();
        report.diagnostics.retain(|diagnostic| {
            diagnostic.code != *code || below.is_some_and(|below| !diagnostic.is_below(below))
        });
        if report.diagnostics.len() == before && !report.has_errors() {
            let place = Place::At(Path::of("allow").at(*at));
            let mut problem = Problem::new(Code::AllowUnused, place);
            problem.slot("code", code.id());
            unused.push(problem);
        }
    }
    unused
}

/// A scenario that is part of the program.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// Its name.
    pub id: &'static str,
    files: &'static [(&'static str, &'static str)],
}

impl BuiltIn {
    /// The names of its files, `<id>/<file>`.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.files
            .iter()
            .map(|(name, _)| format!("{}/{name}", self.id))
            .collect()
    }

    /// Its files.
    #[must_use]
    pub fn source(&self) -> Source {
        let file =
            |(name, text): &(&str, &str)| (format!("{}/{name}", self.id), text.as_bytes().to_vec());
        Source::Memory(self.files.iter().map(file).collect())
    }
}

macro_rules! embedded {
    ($($id:literal [$($file:literal),* $(,)?])*) => {
        &[$(BuiltIn {
            id: $id,
            files: &[$((
                $file,
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/", $id, "/", $file)),
            )),*],
        }),*]
    };
}

/// The scenarios that are part of the program, in the order of the ladder.
#[must_use]
pub fn built_in() -> &'static [BuiltIn] {
    embedded! {
        "first-watch" ["scenario.ron", "map.ron", "injects.ron"]
        "harbour-town" ["scenario.ron"]
        "pearl-bay" [
            "scenario.ron", "map.ron", "institution.ron", "injects.ron", "arcs.ron", "notes.ron", "mandates.ron"
        ]
    }
}

/// The built-in scenario of this name.
///
/// # Errors
///
/// The name that was probably meant, if there is one.
pub fn find_built_in(id: &str) -> Result<&'static BuiltIn, Option<&'static str>> {
    let all = built_in();
    all.iter()
        .find(|scenario| scenario.id == id)
        .ok_or_else(|| nearest(id, all.iter().map(|scenario| scenario.id)))
}
