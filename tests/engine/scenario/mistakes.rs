//! What a first-time author gets wrong, and what is said about it.
//!
//! Each file names in its first line the code, the line and a phrase of the English sentence.

use super::try_load;
use commonwatch::scenario::{Code, Report, Severity};
use commonwatch::text::Lang;
use std::collections::BTreeSet;
use std::fs;

struct Mistake {
    file: String,
    text: String,
    code: String,
    line: usize,
    phrase: String,
}

fn corpus() -> Vec<Mistake> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/engine/scenario/mistakes"
    );
    let mut mistakes: Vec<Mistake> = fs::read_dir(folder)
        .expect("the corpus is there")
        .map(|entry| {
            let path = entry.expect("readable").path();
            let text = fs::read_to_string(&path).expect("UTF-8");
            let head = text
                .lines()
                .next()
                .and_then(|line| line.strip_prefix("// "))
                .expect("a head");
            let (place, phrase) = head.split_once(": ").expect("code, line: phrase");
            let (code, line) = place.split_once(", line ").expect("code, line");
            Mistake {
                file: path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                code: code.to_owned(),
                line: line.parse().expect("a line"),
                phrase: phrase.to_owned(),
                text,
            }
        })
        .collect();
    mistakes.sort_by(|a, b| a.file.cmp(&b.file));
    mistakes
}

fn report(text: &str) -> Report {
    match try_load(text) {
        Ok(loaded) => loaded.report,
        Err(report) => report,
    }
}

#[test]
fn every_mistake_is_named_at_its_place_in_both_languages() {
    let mistakes = corpus();
    assert!(mistakes.len() >= 40);
    let mut wrong = Vec::new();
    for mistake in &mistakes {
        let report = report(&mistake.text);
        let found = report.diagnostics.iter().find(|d| {
            d.code.id() == mistake.code
                && (mistake.line == 0 || d.spot.line == mistake.line)
                && d.message(Lang::En).contains(&mistake.phrase)
        });
        match found {
            None => wrong.push(format!(
                "{}: expected {} in line {} with {:?}, found\n{}",
                mistake.file,
                mistake.code,
                mistake.line,
                mistake.phrase,
                report.render(Lang::En)
            )),
            Some(found) => {
                for lang in Lang::ALL {
                    for said in [found.message(lang), found.help(lang)] {
                        if said.contains(".message") || said.contains(".help") || said.is_empty() {
                            wrong.push(format!("{}: {lang} says {said:?}", mistake.file));
                        }
                    }
                }
                if !found
                    .message(Lang::ZhHans)
                    .chars()
                    .any(|c| ('一'..='鿿').contains(&c))
                {
                    wrong.push(format!("{}: no Chinese", mistake.file));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        mistakes.len(),
        wrong.join("\n")
    );
}

/// A single slip must not bury its message under others.
#[test]
fn one_mistake_gives_few_errors() {
    for mistake in corpus() {
        let report = report(&mistake.text);
        assert!(
            report.count(Severity::Error) <= 3,
            "{}:\n{}",
            mistake.file,
            report.render(Lang::En)
        );
    }
}

#[test]
fn the_caret_stands_under_chinese_text() {
    let text = "(\n    title: \"码头码头\", colour: 1,\n)\n";
    let shown = report(text).render(Lang::ZhHans);
    let lines: Vec<&str> = shown.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.contains("colour: 1"))
        .expect("the excerpt");
    let width = |text: &str| {
        text.chars()
            .map(|c| if c > '\u{2e80}' { 2 } else { 1 })
            .sum::<usize>()
    };
    let before = lines[at].split("colour").next().map(width);
    let caret = lines[at + 1].split('^').next().map(width);
    assert_eq!(before, caret, "{shown}");
}

#[test]
fn bytes_that_editors_leave_are_harmless() {
    let plain = include_str!("../fixtures/two-banks.ron");
    let windows = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    assert!(
        try_load(&windows).is_ok(),
        "{}",
        report(&windows).render(Lang::En)
    );
    let no_last_comma = plain.replace(",\n)", "\n)");
    assert!(try_load(&no_last_comma).is_ok());
}

#[test]
fn all_semantic_problems_come_at_once() {
    let text = include_str!("../fixtures/two-banks.ron")
        .replace("\"west-bank\"),", "\"wst-bank\"),")
        .replace("turn: 3", "turn: 33")
        .replace("residents: 80000", "residents: 0");
    let codes: BTreeSet<Code> = report(&text).diagnostics.iter().map(|d| d.code).collect();
    for code in [Code::UnknownId, Code::TurnOutside, Code::NoResidents] {
        assert!(codes.contains(&code), "{codes:?}");
    }
}

#[test]
fn a_warning_that_is_meant_can_be_allowed() {
    let text = include_str!("../fixtures/two-banks.ron").replace(
        "    units: [",
        "    allow: [(CW1710, \"English only\")],\n    units: [",
    );
    assert_eq!(report(&text).diagnostics, []);
}

#[test]
fn json_has_its_stable_shape() {
    let json = report(include_str!("mistakes/01-missing-comma.ron")).json(Lang::En);
    assert_eq!(json["errors"], 1);
    assert_eq!(json["warnings"], 0);
    let file = &json["files"][0];
    assert_eq!(file["path"], "scenario.ron");
    let diagnostic = &file["diagnostics"][0];
    assert_eq!(diagnostic["code"], "CW1104");
    assert_eq!(diagnostic["severity"], "error");
    assert_eq!(diagnostic["line"], 5);
    assert_eq!(diagnostic["column"], 22);
    for key in ["field", "message", "help"] {
        assert!(diagnostic[key].is_string(), "{key}");
    }
    assert!(diagnostic["related"].is_array());
}

#[test]
fn every_code_has_its_sentences() {
    for code in Code::ALL {
        for lang in Lang::ALL {
            for part in ["message", "help"] {
                let key = format!("{}.{part}", code.id());
                assert!(
                    commonwatch::text::table(lang).find(&key).is_some(),
                    "{key} in {lang}"
                );
            }
        }
    }
    let ids: BTreeSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    assert_eq!(ids.len(), Code::ALL.len());
}
