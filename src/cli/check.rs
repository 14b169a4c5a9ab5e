//! `check`: mistakes in scenarios, each with its place and what to do.

use super::Context;
use super::answer::{Answer, Stop, json};
use crate::scenario::{self, Severity, Source};
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
        let lang = context.words.lang;
        let (mut errors, mut warnings) = (0, 0);
        let (mut files, mut text) = (Vec::new(), String::new());
        // One after the other: a report holds all the texts of its scenario.
        for source in &sources {
            let report = match scenario::load(source) {
                Ok(loaded) => loaded.report,
                Err(report) => report,
            };
            errors += report.count(Severity::Error);
            warnings += report.count(Severity::Warning);
            match self.format {
                Format::Human => text += &report.render(lang),
                Format::Json => {
                    if let Value::Object(mut object) = report.json(lang)
                        && let Some(Value::Array(found)) = object.remove("files")
                    {
                        files.extend(found);
                    }
                }
            }
        }
        let text = match self.format {
            Format::Json => json(&Found {
                files,
                errors,
                warnings,
            })?,
            Format::Human => {
                let slots = [
                    ("scenarios", &*sources.len().to_string()),
                    ("errors", &errors.to_string()),
                    ("warnings", &warnings.to_string()),
                ];
                text + &context.words.get("check.summary", &slots) + "\n"
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
