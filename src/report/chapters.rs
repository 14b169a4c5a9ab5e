//! The handbook's chapters for the window: the same sentences and the same numbers, section by
//! section, without the figures, which only games that are played can draw.

use super::instruments::{numbers_of, numbers_of_domains, of_rows};
use super::written;
use crate::rules::ledger::Rule;
use crate::scenario::card::{Card, Entry};
use crate::scenario::institution::CardInstrument;
use crate::text::Lang;
use std::sync::LazyLock;

macro_rules! pages {
    ($($name:literal),* $(,)?) => {
        /// The pages in their order, with their templates in each language.
        pub(super) const PAGES: &[(&str, [&str; 2])] = &[$((
            $name,
            [
                include_str!(concat!(
                    env!("CARGO_MANIFEST_DIR"), "/assets/handbook/en/", $name, ".md"
                )),
                include_str!(concat!(
                    env!("CARGO_MANIFEST_DIR"), "/assets/handbook/zh-Hans/", $name, ".md"
                )),
            ],
        )),*];
    };
}
pages![
    "README",
    "places",
    "patrol",
    "means",
    "records",
    "people",
    "teams",
    "institution",
    "domains",
    "indices",
    "unknown",
];

/// The title of a page.
pub(super) fn title(template: &str) -> &str {
    let first = template.lines().next().unwrap_or_default();
    first.trim_start_matches("# ")
}

/// A chapter of the handbook.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// The name of its page.
    pub name: &'static str,
    /// What it is called.
    pub title: String,
    /// Its sections.
    pub sections: Vec<Section>,
}

/// A section of a chapter.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// What it is called.
    pub title: String,
    /// What stands in it, in order.
    pub parts: Vec<Part>,
}

/// Something that stands in a section.
#[derive(Clone, Debug)]
pub enum Part {
    /// The heading of what follows.
    Head(String),
    /// A paragraph.
    Text(String),
    /// What nobody knows about it.
    Unknown(String),
    /// Rules, as the game names and explains them.
    Rules(Vec<Rule>),
    /// Numbers of the card.
    Numbers(Vec<&'static Entry>),
    /// Instruments of the institution.
    Instruments(Vec<&'static CardInstrument>),
    /// The risk domains.
    Domains,
    /// What the grades mean.
    Grades,
    /// The sides of contested questions.
    Sides,
    /// The numbers that no study fixes.
    Judged,
}

impl Section {
    /// The rules that it speaks of.
    pub fn rules(&self) -> impl Iterator<Item = Rule> + '_ {
        self.parts
            .iter()
            .flat_map(|part| match part {
                Part::Rules(rules) => rules.as_slice(),
                _ => &[],
            })
            .copied()
    }

    /// The numbers that it lists, those of its instruments among them.
    pub fn numbers(&self) -> impl Iterator<Item = &'static Entry> + '_ {
        self.parts.iter().flat_map(|part| -> Vec<&'static Entry> {
            match part {
                Part::Numbers(entries) => entries.clone(),
                Part::Instruments(all) => {
                    let ids = all.iter().flat_map(|one| numbers_of(one));
                    ids.filter_map(|id| Card::built_in().find(id).ok())
                        .collect()
                }
                Part::Domains => numbers_of_domains().collect(),
                _ => Vec::new(),
            }
        })
    }
}

/// The chapters in a language.
#[must_use]
pub fn chapters(lang: Lang) -> &'static [Chapter] {
    static EN: LazyLock<Vec<Chapter>> = LazyLock::new(|| all(Lang::En));
    static ZH_HANS: LazyLock<Vec<Chapter>> = LazyLock::new(|| all(Lang::ZhHans));
    match lang {
        Lang::En => &EN,
        Lang::ZhHans => &ZH_HANS,
    }
}

/// Where a rule is explained: the chapter and the section, the same in every language.
#[must_use]
pub fn place_of(rule: Rule) -> Option<(usize, usize)> {
    let chapters = chapters(Lang::En).iter().enumerate();
    let mut sections = chapters.flat_map(|(at, chapter)| {
        let sections = chapter.sections.iter().enumerate();
        sections.map(move |(below, section)| (at, below, section))
    });
    let found = sections.find(|(.., section)| section.rules().any(|known| known == rule));
    found.map(|(at, below, _)| (at, below))
}

/// Where it is said what nobody knows.
#[must_use]
pub fn place_of_the_unknown() -> (usize, usize) {
    (PAGES.len() - 1, 0)
}

fn all(lang: Lang) -> Vec<Chapter> {
    let at = Lang::ALL.iter().position(|known| *known == lang);
    let pages = PAGES.iter();
    pages
        .map(|(name, templates)| chapter(name, templates[at.unwrap_or(0)], lang))
        .collect()
}

/// Reads a page.
fn chapter(name: &'static str, template: &str, lang: Lang) -> Chapter {
    let title = title(template).to_owned();
    let mut reader = Reader {
        lang,
        shown: Vec::new(),
        sections: vec![Section {
            title: title.clone(),
            parts: Vec::new(),
        }],
        open: String::new(),
    };
    let mut lines = template.lines().skip(1);
    while let Some(line) = lines.next() {
        if line.starts_with(":::figure ") {
            reader.close();
            lines.by_ref().take_while(|line| *line != ":::").count();
        } else if let Some(title) = line.strip_prefix("## ") {
            reader.close();
            reader.sections.push(Section {
                title: title.to_owned(),
                parts: Vec::new(),
            });
        } else {
            reader.line(line);
        }
    }
    reader.close();
    reader.sections.retain(|section| !section.parts.is_empty());
    if name == "README"
        && let Some(figures) = reader.sections.pop()
    {
        // How the figures were made is of no use without them; its number is.
        let numbers = figures.parts.into_iter();
        let numbers = numbers.filter(|part| matches!(part, Part::Numbers(_)));
        let last = reader.sections.last_mut();
        last.into_iter()
            .for_each(|last| last.parts.extend(numbers.clone()));
    }
    Chapter {
        name,
        title,
        sections: reader.sections,
    }
}

/// Reads a page line by line.
struct Reader {
    lang: Lang,
    /// The instruments that stand above.
    shown: Vec<&'static str>,
    sections: Vec<Section>,
    /// The paragraph that is being read.
    open: String,
}

impl Reader {
    fn put(&mut self, part: Part) {
        if let Some(section) = self.sections.last_mut() {
            section.parts.push(part);
        }
    }

    fn line(&mut self, line: &str) {
        let inner = line
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
            .filter(|inner| !inner.contains('{'));
        if let Some(inner) = inner {
            self.close();
            self.block(inner);
        } else if line.is_empty() {
            self.close();
        } else if line.starts_with("> ") {
            // A pattern of how pages quote a rule, of use on paper alone.
            self.close();
        } else if let Some(head) = line.strip_prefix("### ") {
            self.close();
            self.put(Part::Head(head.to_owned()));
        } else if let Some(item) = line.strip_prefix("- ") {
            self.close();
            self.open = format!("· {item}");
        } else {
            if !self.open.is_empty() && self.lang == Lang::En {
                self.open.push(' ');
            }
            self.open += line.trim_start();
        }
    }

    /// Ends a paragraph. One that quotes a figure is left out with the figure.
    fn close(&mut self) {
        let text = std::mem::take(&mut self.open);
        if text.is_empty() || text.contains("{=") {
            return;
        }
        let starts = ["**What we do not know.**", "**我们不知道的。**"];
        let unknown = starts.iter().find_map(|start| text.strip_prefix(start));
        let part = match unknown {
            Some(rest) => Part::Unknown(plain_text(&self.filled(rest.trim_start()))),
            None => Part::Text(plain_text(&self.filled(&text))),
        };
        self.put(part);
    }

    /// A sentence with the card's numbers in it.
    fn filled(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, slot, after)) = rest.split_once('{').and_then(|(before, tail)| {
            let (slot, after) = tail.split_once('}')?;
            Some((before, slot, after))
        }) {
            out += before;
            out += &self.slot(slot);
            rest = after;
        }
        out + rest
    }

    fn slot(&self, slot: &str) -> String {
        let (id, part) = slot.split_once(':').unwrap_or((slot, "value"));
        let card = Card::built_in();
        let Ok(entry) = card.find(id) else {
            return String::new();
        };
        match part {
            "value" => written::value(entry, self.lang),
            "range" => written::range(entry, self.lang),
            side => {
                let side = card.sides().iter().find(|known| known.id == side);
                let value = side.and_then(|side| side.values.get(id));
                value.map_or_else(String::new, |value| {
                    written::value_of(entry.unit, *value, self.lang)
                })
            }
        }
    }

    /// A directive on a line of its own. Those that only paper needs are passed over.
    fn block(&mut self, inner: &str) {
        let (word, rest) = inner.split_once(' ').unwrap_or((inner, ""));
        let names: Vec<&str> = rest.split_whitespace().collect();
        let card = Card::built_in();
        let part = match word {
            "rules" => {
                let all = Rule::ALL.iter().copied();
                let rules = all.filter(|rule| names.contains(&rule.id()));
                Part::Rules(rules.collect())
            }
            "numbers" => Part::Numbers(names.iter().flat_map(|name| numbers(name)).collect()),
            "families" => {
                let owners = card.families().iter().map(|one| one.id.as_str());
                Part::Numbers(of_each(owners, &names))
            }
            "kinds" => {
                let owners = card.kinds().iter().map(|one| one.id.as_str());
                Part::Numbers(of_each(owners, &names))
            }
            "instruments" => self.instruments(&names),
            "domains" => Part::Domains,
            "grades" => Part::Grades,
            "sides" => Part::Sides,
            "judged" => Part::Judged,
            "remembered" => Part::Numbers(
                (card.entries().iter())
                    .filter(|entry| written::remembered(entry))
                    .collect(),
            ),
            "conventions" => Part::Numbers(
                (card.entries().iter())
                    .filter(|entry| entry.convention)
                    .collect(),
            ),
            _ => return,
        };
        self.put(part);
    }

    /// The instruments of some rows, or those that stand nowhere above and in no row with a `!`.
    fn instruments(&mut self, rows: &[&str]) -> Part {
        let others: Vec<&str> = rows
            .iter()
            .filter_map(|row| row.strip_prefix('!'))
            .collect();
        let mut found: Vec<&'static CardInstrument> = rows
            .iter()
            .filter(|row| !row.starts_with('!'))
            .flat_map(|row| of_rows(row))
            .collect();
        if others.len() == rows.len() {
            found = of_rows("");
            found.retain(|one| {
                let other = others.iter().any(|row| one.row.starts_with(row));
                !other && !self.shown.contains(&one.id.as_str())
            });
        }
        self.shown.extend(found.iter().map(|one| one.id.as_str()));
        Part::Instruments(found)
    }
}

/// The number of this name, or every number that begins with what stands before a star.
fn numbers(pattern: &str) -> Vec<&'static Entry> {
    let entries = Card::built_in().entries().iter();
    match pattern.strip_suffix('*') {
        Some(start) => entries
            .filter(|entry| entry.id.starts_with(start))
            .collect(),
        None => entries.filter(|entry| entry.id == pattern).collect(),
    }
}

/// The numbers of each owner, parameter by parameter; those that are nothing are left out.
fn of_each<'a>(
    owners: impl Iterator<Item = &'a str> + Clone,
    parameters: &[&str],
) -> Vec<&'static Entry> {
    let ids = parameters.iter().flat_map(|parameter| {
        owners
            .clone()
            .map(move |owner| format!("{owner}.{parameter}"))
    });
    ids.flat_map(|id| numbers(&id)).collect()
}

/// A sentence without the marks that make it bold, slanting or a link on paper.
fn plain_text(marked: &str) -> String {
    let mut out = String::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        out += before;
        match after.split_once("](").and_then(|(words, tail)| {
            let (_, after) = tail.split_once(')')?;
            Some((words, after))
        }) {
            Some((words, after)) => {
                out += words;
                rest = after;
            }
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    (out + rest).replace(['*', '`'], "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_and_every_number_stands_in_a_section_of_each_language() {
        for lang in Lang::ALL {
            let sections = chapters(lang).iter().flat_map(|chapter| &chapter.sections);
            let (mut rules, mut numbers) = (BTreeSet::new(), BTreeSet::new());
            for section in sections {
                assert!(!section.title.is_empty());
                rules.extend(section.rules());
                numbers.extend(section.numbers().map(|entry| entry.id.as_str()));
            }
            assert_eq!(rules.len(), Rule::ALL.len(), "{lang}");
            for entry in Card::built_in().entries() {
                // What is nothing for a family, nobody needs to read; it stands there all the same.
                assert!(numbers.contains(entry.id.as_str()), "{lang}: {}", entry.id);
            }
        }
    }

    #[test]
    fn a_section_lies_at_the_same_place_in_each_language() {
        let [en, zh] = Lang::ALL.map(chapters);
        assert_eq!(en.len(), zh.len());
        for (one, other) in en.iter().zip(zh) {
            assert_eq!(one.sections.len(), other.sections.len(), "{}", one.name);
            for (a, b) in one.sections.iter().zip(&other.sections) {
                assert!(a.rules().eq(b.rules()), "{}: {}", one.name, a.title);
                let ids = |section: &Section| section.numbers().map(|e| e.id.clone()).collect();
                let (a, b): (Vec<String>, Vec<String>) = (ids(a), ids(b));
                assert_eq!(a, b, "{}", one.name);
            }
        }
    }

    #[test]
    fn sentences_have_their_numbers_and_none_of_the_marks_of_paper() {
        for lang in Lang::ALL {
            let sections = chapters(lang).iter().flat_map(|chapter| &chapter.sections);
            for part in sections.flat_map(|section| &section.parts) {
                if let Part::Head(text) | Part::Text(text) | Part::Unknown(text) = part {
                    let marks = ['{', '}', '*', '[', ']', '#', '|'];
                    assert!(!text.contains(marks), "{text}");
                    assert!(!text.is_empty());
                }
            }
        }
        let (at, below) = place_of(Rule::HotSpotPatrol).expect("a section");
        let section = &chapters(Lang::En)[at].sections[below];
        assert_eq!(section.title, "Dose");
        let tied = chapters(Lang::En)
            .iter()
            .flat_map(|chapter| &chapter.sections);
        let mut texts = tied.flat_map(|section| &section.parts);
        assert!(texts.any(|part| matches!(part, Part::Text(text) if text.contains("45\u{a0}%"))));
    }
}
