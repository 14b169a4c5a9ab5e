//! Diagnostics as authors see them: on the command line, in the game, as JSON.

use super::code::{Code, Severity};
use super::lines::{Lines, Shown};
use super::problem::{Place, Problem, Slot};
use super::source::Sources;
use super::tree::Span;
use crate::text::{self, Lang};
use codespan_reporting::diagnostic::{self as codespan, Label};
use codespan_reporting::term;
use serde::Serialize;
use std::sync::Arc;

/// Longer lines, in bytes, are not written by hand and are not shown.
const LONGEST_EXCERPT: usize = 2_000;

/// A place in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// The file's name.
    pub file: String,
    /// The path of the field, as `precincts["old-harbour"].residents`; may be empty.
    pub field: String,
    /// Line, from 1; 0 if the file has no text to show.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The place in bytes.
    pub span: Span,
    source: Option<usize>,
}

/// Something to say about a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What it is.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// Where it is.
    pub spot: Spot,
    /// Other places that belong to it, with the key of a label.
    pub related: Vec<(Spot, &'static str)>,
    slots: Vec<(&'static str, Slot)>,
    /// The path as suppressions write it.
    dotted: String,
}

impl Diagnostic {
    /// What is wrong, in a sentence.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        self.sentence(lang, "message")
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self, lang: Lang) -> String {
        self.sentence(lang, "help")
    }

    /// Whether it stands at a dotted path or below it.
    #[must_use]
    pub fn is_below(&self, path: &str) -> bool {
        self.dotted
            .strip_prefix(path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    fn sentence(&self, lang: Lang, part: &str) -> String {
        let values: Vec<(&str, String)> = self
            .slots
            .iter()
            .map(|(name, slot)| (*name, slot.words(lang)))
            .collect();
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        text::get(lang, &format!("{}.{part}", self.code.id()), &values)
            .trim()
            .to_owned()
    }
}

/// What was found in a scenario, with the texts that it was found in.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The files, in the order of reading.
    pub files: Vec<(String, Arc<str>)>,
    /// The diagnostics: by file, then by place.
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct JsonReport<'a> {
    files: Vec<JsonFile<'a>>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct JsonFile<'a> {
    path: &'a str,
    diagnostics: Vec<JsonDiagnostic<'a>>,
}

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    code: &'static str,
    severity: &'static str,
    field: &'a str,
    line: usize,
    column: usize,
    message: String,
    help: String,
    related: Vec<JsonRelated<'a>>,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    path: &'a str,
    field: &'a str,
    line: usize,
    column: usize,
    message: String,
}

impl Report {
    /// Looks up where the problems are.
    #[must_use]
    pub fn new(sources: &Sources, problems: Vec<Problem>) -> Self {
        let files = sources
            .files
            .iter()
            .map(|file| (file.name.clone(), file.text.clone()))
            .collect();
        let mut report = Self {
            files,
            diagnostics: Vec::new(),
        };
        report.add(sources, problems);
        report
    }

    /// Adds problems, each at its place among the others.
    pub fn add(&mut self, sources: &Sources, problems: Vec<Problem>) {
        let lines: Vec<Lines> = sources.files.iter().map(|f| Lines::of(&f.text)).collect();
        self.diagnostics.extend(
            problems
                .into_iter()
                .map(|problem| diagnose(sources, &lines, problem)),
        );
        self.diagnostics.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.spot.source, d.spot.span.start, d.code);
            key(a).cmp(&key(b))
        });
        self.diagnostics.dedup();
    }

    /// How many diagnostics have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .count()
    }

    /// Whether the scenario cannot be played.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// The diagnostics as text with excerpts, as a terminal shows them.
    #[must_use]
    pub fn render(&self, lang: Lang) -> String {
        let files = self.files.iter();
        let files = Shown(
            files
                .map(|(name, text)| (&**name, Lines::of(text)))
                .collect(),
        );
        let config = term::Config {
            tab_width: 4,
            ..term::Config::default()
        };
        let mut out = String::new();
        for diagnostic in &self.diagnostics {
            let severity = match diagnostic.severity {
                Severity::Error => codespan::Severity::Error,
                Severity::Warning => codespan::Severity::Warning,
                Severity::Hint => codespan::Severity::Note,
            };
            let mut labels = Vec::new();
            let shown = |spot: &Spot| spot.source.filter(|source| self.fits(*source, &spot.span));
            if let Some(source) = shown(&diagnostic.spot) {
                labels.push(
                    Label::primary(source, diagnostic.spot.span.clone())
                        .with_message(&diagnostic.spot.field),
                );
            }
            for (spot, key) in &diagnostic.related {
                if let Some(source) = shown(spot) {
                    labels.push(
                        Label::secondary(source, spot.span.clone()).with_message(text::get(
                            lang,
                            key,
                            &[],
                        )),
                    );
                }
            }
            let mut message = diagnostic.message(lang);
            if labels.is_empty() && !diagnostic.spot.file.is_empty() {
                let spot = &diagnostic.spot;
                message = match spot.line {
                    0 => format!("{}: {message}", spot.file),
                    line => format!("{}:{line}:{}: {message}", spot.file, spot.column),
                };
            }
            let help = diagnostic.help(lang);
            let shown = codespan::Diagnostic::new(severity)
                .with_code(diagnostic.code.id())
                .with_message(message)
                .with_labels(labels)
                .with_notes(if help.is_empty() { vec![] } else { vec![help] });
            match term::emit_into_string(&config, &files, &shown) {
                Ok(text) => out.push_str(&text),
                // A label that the renderer cannot place must not hide the message.
                Err(_) => out.push_str(&diagnostic.message(lang)),
            }
            out.push('\n');
        }
        out
    }

    /// Whether the lines of a place are short enough to be shown.
    fn fits(&self, source: usize, span: &Span) -> bool {
        let text = &*self.files[source].1;
        let before = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let after = text[span.end..].find('\n').unwrap_or(text.len() - span.end);
        span.end + after - before <= LONGEST_EXCERPT
    }

    /// The diagnostics as JSON, one object for one scenario; the shape is stable.
    #[must_use]
    pub fn json(&self, lang: Lang) -> serde_json::Value {
        let mut paths: Vec<&str> = self.files.iter().map(|(name, _)| name.as_str()).collect();
        for diagnostic in &self.diagnostics {
            if !paths.contains(&diagnostic.spot.file.as_str()) {
                paths.push(&diagnostic.spot.file);
            }
        }
        let files = paths
            .into_iter()
            .map(|path| JsonFile {
                path,
                diagnostics: self
                    .diagnostics
                    .iter()
                    .filter(|diagnostic| diagnostic.spot.file == path)
                    .map(|diagnostic| JsonDiagnostic {
                        code: diagnostic.code.id(),
                        severity: diagnostic.severity.id(),
                        field: &diagnostic.spot.field,
                        line: diagnostic.spot.line,
                        column: diagnostic.spot.column,
                        message: diagnostic.message(lang),
                        help: diagnostic.help(lang),
                        related: diagnostic
                            .related
                            .iter()
                            .map(|(spot, key)| JsonRelated {
                                path: &spot.file,
                                field: &spot.field,
                                line: spot.line,
                                column: spot.column,
                                message: text::get(lang, key, &[]),
                            })
                            .collect(),
                    })
                    .collect(),
            })
            .collect();
        let report = JsonReport {
            files,
            errors: self.count(Severity::Error),
            warnings: self.count(Severity::Warning),
        };
        serde_json::to_value(report).unwrap_or_default()
    }
}

fn diagnose(sources: &Sources, lines: &[Lines], problem: Problem) -> Diagnostic {
    let spot = spot(sources, lines, &problem.place);
    let dotted = match &problem.place {
        Place::At(path) => path.dotted(),
        Place::Text(file, span) => dotted_at(sources, *file, span),
        Place::File(_) => String::new(),
    };
    Diagnostic {
        code: problem.code,
        severity: problem.code.severity(),
        spot,
        related: problem
            .related
            .iter()
            .map(|(place, key)| (self::spot(sources, lines, place), *key))
            .collect(),
        slots: problem.slots,
        dotted,
    }
}

fn dotted_at(sources: &Sources, file: usize, span: &Span) -> String {
    let tree = sources.files.get(file).and_then(|file| file.tree.as_ref());
    tree.map(|tree| tree.at(span.start).0.dotted())
        .unwrap_or_default()
}

fn spot(sources: &Sources, lines: &[Lines], place: &Place) -> Spot {
    let (field, located) = match place {
        Place::File(name) => (String::new(), Err(name.clone())),
        Place::Text(file, span) => {
            let tree = sources.files.get(*file).and_then(|file| file.tree.as_ref());
            let field = tree
                .map(|tree| tree.at(span.start).0.to_string())
                .unwrap_or_default();
            (field, Ok((*file, span.clone())))
        }
        Place::At(path) => {
            let located = sources.locate(path).map(|(file, span, _)| (file, span));
            (path.to_string(), located.ok_or_else(String::new))
        }
    };
    match located {
        Ok((file, span)) if sources.files.get(file).is_some() => {
            let source = &sources.files[file];
            let text = &*source.text;
            let start = floor_boundary(text, span.start);
            let line = lines[file].line(start);
            let line_start = lines[file].start(line);
            Spot {
                file: source.name.clone(),
                field,
                line: line + 1,
                column: text[line_start..start].chars().count() + 1,
                span: start..floor_boundary(text, span.end.max(start)),
                source: Some(file),
            }
        }
        Ok(_) => Spot {
            file: String::new(),
            field,
            line: 0,
            column: 0,
            span: 0..0,
            source: None,
        },
        Err(name) => Spot {
            file: name,
            field,
            line: 0,
            column: 0,
            span: 0..0,
            source: None,
        },
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
