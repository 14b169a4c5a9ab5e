//! `--version`: of the program, the rules and the log format.

use super::answer::{Answer, Stop, json};
use crate::rules;
use crate::session::log::FORMAT;
use serde::Serialize;
use std::ffi::OsString;

#[derive(Serialize)]
struct Versions {
    app: &'static str,
    rules: &'static str,
    format: u16,
    commit: &'static str,
    features: Vec<&'static str>,
}

impl Versions {
    fn of_this_build() -> Self {
        Self {
            app: env!("CARGO_PKG_VERSION"),
            rules: rules::version(),
            format: FORMAT,
            commit: option_env!("COMMONWATCH_COMMIT").unwrap_or("unknown"),
            features: if cfg!(feature = "app") {
                vec!["app"]
            } else {
                vec![]
            },
        }
    }
}

/// The answer to `--version` wherever it stands, whatever else a subcommand would need.
pub(super) fn asked(words: &[OsString]) -> Option<Result<Answer, Stop>> {
    let words: Vec<&str> = words
        .iter()
        .skip(1)
        .map_while(|word| word.to_str().filter(|word| *word != "--"))
        .collect();
    if !words.iter().any(|word| ["--version", "-V"].contains(word)) {
        return None;
    }
    let after = words.windows(2).find(|pair| pair[0] == "--format");
    let format = after.map(|pair| pair[1]);
    let format = format.or_else(|| words.iter().find_map(|word| word.strip_prefix("--format=")));
    let versions = Versions::of_this_build();
    Some(match format {
        Some("json") => json(&versions).map(Answer::fine),
        None | Some("human") => Ok(Answer::fine(human(&versions))),
        Some(other) => Err(Stop::usage(format!(
            "error: --version has the formats human and json, not '{other}'"
        ))),
    })
}

fn human(versions: &Versions) -> String {
    let features = match versions.features.join(", ") {
        none if none.is_empty() => "none".to_owned(),
        some => some,
    };
    format!(
        "commonwatch {}\nrules {}\nlog format {}\ncommit {}\nfeatures {features}\n",
        versions.app, versions.rules, versions.format, versions.commit
    )
}
