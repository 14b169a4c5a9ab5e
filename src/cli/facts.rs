//! `facts`: what studies found, tried on the model, with the proof printed.

use super::Context;
use super::answer::{Answer, Format, Stop, json, tell};
use crate::lab::facts::{self, Band, Effort, Fact, Finding, Outcome};
use crate::rules::id::nearest;
use crate::text::Lang;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

/// Arguments of `facts`.
#[derive(Args)]
pub(super) struct Facts {
    /// Fewer games and wider bands: a minute instead of ten
    #[arg(long)]
    short: bool,
    /// Only these facts, such as V3 or V3,V4,f
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    only: Vec<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Serialize)]
struct Told {
    card: String,
    seeds: u32,
    passed: usize,
    failed: usize,
    facts: Vec<ToldFact>,
}

#[derive(Serialize)]
struct ToldFact {
    id: &'static str,
    name: String,
    status: &'static str,
    measured: Option<f64>,
    interval: Option<[f64; 2]>,
    target: Option<[Option<f64>; 2]>,
    source: &'static str,
    preset: Option<&'static str>,
    seeds: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<String>,
    findings: Vec<ToldFinding>,
}

#[derive(Serialize)]
struct ToldFinding {
    what: String,
    status: &'static str,
    measured: f64,
    interval: [f64; 2],
    target: [Option<f64>; 2],
}

impl Facts {
    /// Runs the command.
    pub fn run(&self, context: &Context) -> Result<Answer, Stop> {
        let chosen = self.chosen(context)?;
        let effort = if self.short {
            Effort::SHORT
        } else {
            Effort::FULL
        };
        let bar = ProgressBar::new(chosen.len() as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}  {msg}") {
            bar.set_style(style);
        }
        let mut outcomes = Vec::new();
        for fact in chosen {
            bar.set_message(fact.id);
            outcomes.push(fact.try_it(effort));
            bar.inc(1);
        }
        bar.finish_and_clear();
        let failed = outcomes.iter().filter(|outcome| !outcome.passed).count();
        let text = match self.format {
            Format::Human => human(&outcomes, effort, context),
            Format::Json => json(&told(&outcomes, effort, context.words.lang))?,
        };
        if failed > 0 {
            let failed = failed.to_string();
            tell(&context.words.get("facts.failed", &[("failed", &failed)]));
        }
        Ok(Answer::of(text, failed > 0))
    }

    /// The facts asked for, in the order of the table.
    fn chosen(&self, context: &Context) -> Result<Vec<&'static Fact>, Stop> {
        let all = facts::all();
        for id in &self.only {
            if all.iter().all(|fact| fact.id != id) {
                let near = nearest(id, all.iter().map(|fact| fact.id));
                let text = context.words.get("unknown-fact", &[("name", id)]);
                let hint = context.words.did_you_mean(near);
                return Err(Stop::could_not(format!("{text}{hint}")));
            }
        }
        let wanted =
            |fact: &&Fact| self.only.is_empty() || self.only.iter().any(|id| id == fact.id);
        Ok(all.iter().filter(wanted).collect())
    }
}

fn status(holds: bool) -> &'static str {
    if holds { "pass" } else { "fail" }
}

/// An open end of a band is no number in JSON.
fn ends(band: Band) -> [Option<f64>; 2] {
    [band.low, band.high].map(|end| end.is_finite().then_some(end))
}

fn told(outcomes: &[Outcome], effort: Effort, lang: Lang) -> Told {
    let finding = |id: &str, at: usize, found: &Finding| ToldFinding {
        what: facts::words(lang, id, &(at + 1).to_string()),
        status: status(found.holds(effort)),
        measured: found.estimate.mean,
        interval: found.estimate.interval(),
        target: ends(found.target),
    };
    // What decides is the first statement that does not hold, else the first.
    let deciding = |outcome: &Outcome| {
        let fails = |found: &&Finding| !found.holds(effort);
        let found = outcome.findings.iter();
        found
            .clone()
            .find(fails)
            .or(outcome.findings.first())
            .cloned()
    };
    let facts: Vec<ToldFact> = outcomes
        .iter()
        .map(|outcome| {
            let main = deciding(outcome);
            ToldFact {
                id: outcome.fact.id,
                name: facts::words(lang, outcome.fact.id, "name"),
                status: status(outcome.passed),
                measured: main.as_ref().map(|found| found.estimate.mean),
                interval: main.as_ref().map(|found| found.estimate.interval()),
                target: main.as_ref().map(|found| ends(found.target)),
                source: outcome.fact.source,
                preset: outcome.fact.preset,
                seeds: effort.seeds,
                missing: missing(outcome, lang),
                findings: (outcome.findings.iter().enumerate())
                    .map(|(at, found)| finding(outcome.fact.id, at, found))
                    .collect(),
            }
        })
        .collect();
    let passed = outcomes.iter().filter(|outcome| outcome.passed).count();
    Told {
        card: facts::card().to_string(),
        seeds: effort.seeds,
        passed,
        failed: outcomes.len() - passed,
        facts,
    }
}

/// Why a fact could not be tried.
fn missing(outcome: &Outcome, lang: Lang) -> Option<String> {
    let untried = outcome.findings.is_empty();
    untried.then(|| facts::words(lang, outcome.fact.id, "missing"))
}

fn human(outcomes: &[Outcome], effort: Effort, context: &Context) -> String {
    let lang = context.words.lang;
    let mut text = String::new();
    for outcome in outcomes {
        let mark = context
            .words
            .get(&format!("facts.{}", status(outcome.passed)), &[]);
        text += &format!(
            "{:4} {mark:6} {}\n",
            outcome.fact.id,
            facts::words(lang, outcome.fact.id, "name")
        );
        if let Some(why) = missing(outcome, lang) {
            text += &format!("            {why}\n");
        }
        for (at, found) in outcome.findings.iter().enumerate() {
            let mark = if found.holds(effort) { ' ' } else { '!' };
            let [low, high] = found.estimate.interval();
            let end = |end: f64| {
                if end.is_finite() {
                    format!("{end}")
                } else {
                    "…".to_owned()
                }
            };
            text += &format!(
                "          {mark} {:>9.3}  [{low:.3}, {high:.3}]  in {} to {}  {}\n",
                found.estimate.mean,
                end(found.target.low),
                end(found.target.high),
                facts::words(lang, outcome.fact.id, &(at + 1).to_string())
            );
        }
        let preset = outcome
            .fact
            .preset
            .map_or_else(String::new, |preset| format!(" ({preset})"));
        text += &format!("            {}{preset}\n", outcome.fact.source);
    }
    let passed = outcomes.iter().filter(|outcome| outcome.passed).count();
    let (passed, of, seeds) = (
        passed.to_string(),
        outcomes.len().to_string(),
        effort.seeds.to_string(),
    );
    let card = facts::card().to_string();
    let slots = [
        ("passed", passed.as_str()),
        ("of", &of),
        ("seeds", &seeds),
        ("card", &card),
    ];
    text += &context.words.get("facts.sum", &slots);
    text.push('\n');
    text
}
