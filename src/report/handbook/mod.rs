//! The handbook of the model: pages for educators, in both languages, under `docs/model`.
//!
//! People write the sentences (`assets/handbook/<language>/<page>.md`); every number in them comes
//! from the card or is read off a figure, and every figure comes from the engine. What a sentence may
//! hold is in [`template`]. A test holds the committed pages to what this makes.

mod figures;
mod institution;
mod tables;
mod template;

use super::chapters::PAGES;
use super::chapters::title;
use crate::rules::ledger::Rule;
use crate::scenario::card::Card;
use crate::text::Lang;
pub use figures::{Figure, Value};
use std::collections::BTreeSet;
use template::Filled;

/// A file of the handbook, by its path below `docs/model`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// The handbook, and what is wrong with what it was made from.
#[derive(Clone, Debug)]
pub struct Handbook {
    /// The pages and the pictures.
    pub files: Vec<File>,
    /// What is missing, unknown or typed by hand, one sentence each; empty for a good handbook.
    pub faults: Vec<String>,
}

/// Makes the handbook.
#[must_use]
pub fn handbook() -> Handbook {
    let figures = figures::all();
    let mut made = Handbook {
        files: Vec::new(),
        faults: Vec::new(),
    };
    for (at, lang) in Lang::ALL.into_iter().enumerate() {
        let titles: Vec<(&str, &str)> = PAGES
            .iter()
            .map(|(name, templates)| (*name, title(templates[at])))
            .collect();
        let mut told = BTreeSet::new();
        for (number, (name, templates)) in PAGES.iter().enumerate() {
            let filled = template::fill(name, templates[at], lang, &figures);
            let Filled {
                text,
                pictures,
                mentions,
                faults,
            } = filled;
            let path = path(name, lang);
            made.faults
                .extend(faults.iter().map(|fault| format!("{path}: {fault}")));
            made.files.push(File {
                text: page(&text, name, number, lang, &titles),
                path,
            });
            made.files.extend(pictures);
            told.extend(mentions);
        }
        made.faults.extend(left_out(&told, lang, &figures));
    }
    made
}

/// The file name of a page.
fn path(name: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{name}.md"),
        Lang::ZhHans => format!("{name}.{}.md", lang.tag()),
    }
}

/// A page with its way to the other language and to the pages before and after it.
fn page(text: &str, name: &str, number: usize, lang: Lang, titles: &[(&str, &str)]) -> String {
    let other = match lang {
        Lang::En => Lang::ZhHans,
        Lang::ZhHans => Lang::En,
    };
    let link = |at: usize| {
        let (name, title) = titles[at];
        format!("[{title}]({})", path(name, lang))
    };
    let mut ways = vec![format!("[{}]({})", other.name(), path(name, other))];
    if number > 0 {
        ways.insert(0, link(0));
    }
    if number + 1 < titles.len() {
        ways.push(format!("{} →", link(number + 1)));
    }
    let contents: String = (1..titles.len())
        .map(|at| format!("{at}. {}\n", link(at)))
        .collect();
    let text = text.replace("{contents}\n", &contents);
    let ways = ways.join(" · ");
    format!(
        "<!-- Made from assets/handbook and the model card: change those, not this file. -->\n\n\
         {text}\n---\n\n{ways}\n"
    )
}

/// What the pages of a language say nothing about.
fn left_out(told: &BTreeSet<String>, lang: Lang, figures: &[Figure]) -> Vec<String> {
    let card = Card::built_in().entries().iter();
    let card = card.map(|entry| (entry.id.clone(), "the number"));
    let rules = Rule::ALL.iter();
    let rules = rules.map(|rule| (format!("rule:{}", rule.id()), "the rule"));
    let figures = figures.iter();
    let figures = figures.map(|figure| (format!("figure:{}", figure.id), "the figure"));
    card.chain(rules)
        .chain(figures)
        .filter(|(key, _)| !told.contains(key))
        .map(|(key, what)| format!("{}: no section speaks of {what} {key}", lang.tag()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_or_a_number_without_a_section_is_missed() {
        let rules = Rule::ALL.iter().map(|rule| format!("rule:{}", rule.id()));
        let card = Card::built_in().entries().iter();
        let mut told: BTreeSet<String> = rules.chain(card.map(|e| e.id.clone())).collect();
        assert_eq!(left_out(&told, Lang::En, &[]), [""; 0]);
        told.remove("rule:mediation");
        told.remove("fraud.reporting");
        assert_eq!(
            left_out(&told, Lang::En, &[]),
            [
                "en: no section speaks of the number fraud.reporting",
                "en: no section speaks of the rule rule:mediation",
            ]
        );
    }
}
