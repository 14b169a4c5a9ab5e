//! `check`: mistakes in scenarios, each with its place and what to do.

use super::Context;
use super::answer::{Answer, Stop, json};
use crate::scenario::{self, Report, Severity, Source};
use clap::Args;
use serde::Serialize;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// How many scenarios are checked at most; more are a wrong folder.
const MAX_SCENARIOS: usize = 1_000;

/// Arguments of `check`.
#[derive(Args)]
pub(super) struct Check {
    /// A scenario's file or folder, a folder of scenarios, or the name of one; ./scenarios or this
    /// folder without it
    #[arg(value_name = "PATH")]
    path: Option<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people, with excerpts
    Human,
    /// For programs
    Json,
}

#[derive(Serialize)]
struct Found {
    files: Vec<Value>,
    errors: usize,
    warnings: usize,
}

impl Check {
    /// Runs the command.
    pub fn run(&self, context: &Context) -> Result<Answer, Stop> {
        let sources = self.sources(context)?;
        let reports: Vec<Report> = sources
            .iter()
            .map(|source| match scenario::load(source) {
                Ok(loaded) => loaded.report,
                Err(report) => report,
            })
            .collect();
        let count = |severity| reports.iter().map(|report| report.count(severity)).sum();
        let (errors, warnings): (usize, usize) = (count(Severity::Error), count(Severity::Warning));
        let lang = context.words.lang;
        let text = match self.format {
            Format::Json => {
                let files = reports.iter().flat_map(|report| match report.json(lang) {
                    Value::Object(mut object) => match object.remove("files") {
                        Some(Value::Array(files)) => files,
                        _ => Vec::new(),
                    },
                    _ => Vec::new(),
                });
                json(&Found {
                    files: files.collect(),
                    errors,
                    warnings,
                })?
            }
            Format::Human => {
                let mut text: String = reports.iter().map(|report| report.render(lang)).collect();
                let slots = [
                    ("scenarios", &*sources.len().to_string()),
                    ("errors", &errors.to_string()),
                    ("warnings", &warnings.to_string()),
                ];
                text.push_str(&context.words.get("check.summary", &slots));
                text.push('\n');
                text
            }
        };
        Ok(Answer::of(text, errors > 0))
    }

    fn sources(&self, context: &Context) -> Result<Vec<Source>, Stop> {
        let root = match &self.path {
            Some(name) => match context.find(name)? {
                Source::Disk(path) => path,
                built_in => return Ok(vec![built_in]),
            },
            None if Path::new("scenarios").is_dir() => PathBuf::from("scenarios"),
            None => PathBuf::from("."),
        };
        if root.is_file() {
            return Ok(vec![Source::Disk(root)]);
        }
        let mut found = Vec::new();
        collect(&root, 2, &mut found);
        if found.is_empty() {
            let shown = root.display().to_string();
            return Err(Stop::could_not(
                context.words.get("check.nothing", &[("path", &shown)]),
            ));
        }
        Ok(found.into_iter().map(Source::Disk).collect())
    }
}

/// The scenario folders in `folder`: itself if it holds a file of one, else those up to `levels`
/// below, in the order of their names. Links are not followed.
fn collect(folder: &Path, levels: usize, found: &mut Vec<PathBuf>) {
    let mut below = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, kind) = (entry.path(), entry.file_type());
        let ron = path.extension().is_some_and(|extension| extension == "ron");
        if ron && kind.as_ref().is_ok_and(std::fs::FileType::is_file) {
            found.push(folder.to_owned());
            return;
        }
        if kind.is_ok_and(|kind| kind.is_dir()) {
            below.push(path);
        }
    }
    below.sort();
    for path in below {
        if levels > 0 && found.len() < MAX_SCENARIOS {
            collect(&path, levels - 1, found);
        }
    }
}
