//! `card`: the numbers of the model with their ranges and sources.

use super::Context;
use super::answer::{Answer, Stop, json};
use crate::scenario::card::{self, Entry};
use crate::text::Lang;
use clap::Args;
use serde::Serialize;

/// Arguments of `card`.
#[derive(Args)]
pub(super) struct Card {
    /// One number, such as patrol.dose-scale; all of them without it
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs
    Json,
    /// A table in Markdown
    Md,
}

#[derive(Serialize)]
struct Number<'a> {
    id: &'a str,
    name: &'a str,
    value: f64,
    range: (f64, f64),
    unit: &'static str,
    source: &'a str,
    grade: &'static str,
    note: &'a str,
}

impl<'a> Number<'a> {
    fn of(entry: &'a Entry, lang: Lang) -> Self {
        Self {
            id: &entry.id,
            name: entry.name.in_lang(lang),
            value: entry.value,
            range: entry.range,
            unit: entry.unit.id(),
            source: &entry.source,
            grade: entry.grade.id(),
            note: entry.note.in_lang(lang),
        }
    }
}

impl Card {
    /// Runs the command.
    pub fn run(&self, context: &Context) -> Result<Answer, Stop> {
        let (card, lang) = (card::Card::built_in(), context.words.lang);
        let Some(id) = &self.id else {
            let entries = card.entries();
            return match self.format {
                Format::Human => Ok(Answer::fine(lines(entries, lang))),
                Format::Md => Ok(Answer::fine(table(entries, context))),
                Format::Json => {
                    let numbers = entries.iter().map(|entry| Number::of(entry, lang));
                    json(&numbers.collect::<Vec<_>>()).map(Answer::fine)
                }
            };
        };
        let entry = card.find(id).map_err(|near| {
            let text = context.words.get("unknown-number", &[("name", id)]);
            let hint = context.words.did_you_mean(near);
            Stop::could_not(format!("{text}{hint}"))
        })?;
        match self.format {
            Format::Human => Ok(Answer::fine(sheet(entry, context))),
            Format::Md => Ok(Answer::fine(table(std::slice::from_ref(entry), context))),
            Format::Json => json(&Number::of(entry, lang)).map(Answer::fine),
        }
    }
}

/// One line for each number; the words come last, so that the columns hold in every language.
fn lines(entries: &[Entry], lang: Lang) -> String {
    let widest = entries
        .iter()
        .map(|entry| entry.id.len())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for entry in entries {
        let range = format!("{}..{}", entry.range.0, entry.range.1);
        let name = entry.name.in_lang(lang);
        text += &format!(
            "{:widest$}  {:>10}  {range:>16}  {:6}  {name}\n",
            entry.id,
            entry.value,
            entry.grade.id()
        );
    }
    text
}

fn table(entries: &[Entry], context: &Context) -> String {
    let lang = context.words.lang;
    let mut text = context.words.get("card.columns", &[]);
    text.push_str("\n|---|---|--:|---|---|---|---|---|\n");
    let cell = |words: &str| words.replace('|', "\\|").replace('\n', " ");
    for entry in entries {
        text += &format!(
            "| `{}` | {} | {} | {}..{} | {} | {} | {} | {} |\n",
            entry.id,
            cell(entry.name.in_lang(lang)),
            entry.value,
            entry.range.0,
            entry.range.1,
            cell(&entry.unit.words(lang)),
            cell(&entry.grade.words(lang)),
            cell(&entry.source),
            cell(entry.note.in_lang(lang))
        );
    }
    text
}

fn sheet(entry: &Entry, context: &Context) -> String {
    let lang = context.words.lang;
    let value = entry.value.to_string();
    let (low, high) = (entry.range.0.to_string(), entry.range.1.to_string());
    let slots = [
        ("value", value.as_str()),
        ("unit", &entry.unit.words(lang)),
        ("low", &low),
        ("high", &high),
        ("grade", &entry.grade.words(lang)),
        ("source", &entry.source),
    ];
    let mut text = format!("{} ({})\n", entry.name.in_lang(lang), entry.id);
    for key in ["card.value", "card.range", "card.grade", "card.source"] {
        if key != "card.source" || !entry.source.is_empty() {
            text.push_str(&context.words.get(key, &slots));
            text.push('\n');
        }
    }
    if !entry.note.is_empty() {
        text.push_str(entry.note.in_lang(lang));
        text.push('\n');
    }
    text
}
