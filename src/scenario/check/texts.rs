//! Texts: from inline words and text tables to phrases, with what is missing or too long.

use super::{Check, MAX_DIAGNOSTICS, MAX_PARAGRAPHS};
use crate::scenario::assemble::TableText;
use crate::scenario::code::Code;
use crate::scenario::path::Path;
use crate::scenario::problem::{Place, Problem};
use crate::scenario::source::exact_lang;
use crate::scenario::words::{Phrase, Words};
use crate::text::{self, Lang};
use std::collections::{BTreeMap, BTreeSet};

/// How long a text may be before it leaves its box, and what may stand in it.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Characters in English; 0 for no limit.
    characters: usize,
    /// Words in English; 0 for no limit.
    words: usize,
    /// Characters in Chinese; 0 for no limit.
    han: usize,
    /// Slots that the game fills.
    slots: &'static [&'static str],
}

const fn style(characters: usize, words: usize, han: usize) -> Style {
    Style {
        characters,
        words,
        han,
        slots: &[],
    }
}

const fn about_place(style: Style) -> Style {
    Style {
        slots: &["place"],
        ..style
    }
}

/// Names.
pub(super) const NAME: Style = style(40, 0, 16);
/// Paragraphs.
pub(super) const PROSE: Style = style(0, 0, 0);
/// A line of an objective.
pub(super) const LINE: Style = style(0, 16, 34);
/// What a choice of the set-up gives and gives up.
pub(super) const ABOUT: Style = style(0, 26, 48);
/// The title of an inject.
pub(super) const TITLE: Style = about_place(style(60, 0, 26));
/// The body of an inject.
pub(super) const BODY: Style = about_place(style(0, 45, 90));
/// A desk note.
pub(super) const NOTE: Style = style(0, 40, 70);
/// An answer.
pub(super) const LABEL: Style = about_place(style(0, 14, 26));
/// What a desk says.
pub(super) const VOICE: Style = about_place(style(0, 20, 40));
/// What is seen afterwards.
pub(super) const AFTER: Style = about_place(PROSE);

/// The texts of a scenario while it is checked.
pub(super) struct Texts {
    /// The language of plain texts.
    pub language: Lang,
    /// Everything that was said, for the text hash.
    pub said: Vec<String>,
    tables: BTreeMap<String, Vec<TableText>>,
    used: BTreeSet<String>,
    asked: BTreeSet<String>,
    missing: Vec<(Lang, Path)>,
    count: [usize; Lang::ALL.len()],
}

impl Texts {
    pub(super) fn new(tables: BTreeMap<String, Vec<TableText>>) -> Self {
        Self {
            language: Lang::En,
            said: Vec::new(),
            tables,
            used: BTreeSet::new(),
            asked: BTreeSet::new(),
            missing: Vec::new(),
            count: [0; Lang::ALL.len()],
        }
    }

    /// Notes a text that a language lacks, as long as there is a chance that it is told.
    fn miss(&mut self, lang: Lang, path: Path) {
        let of_lang = self.missing.iter().filter(|(of, _)| *of == lang);
        if of_lang.count() < MAX_DIAGNOSTICS {
            self.missing.push((lang, path));
        }
    }

    /// Whether a table has a text for this path.
    pub(super) fn knows(&self, path: &str) -> bool {
        self.tables.contains_key(path)
    }
}

impl Check<'_> {
    /// The texts of a list.
    pub(super) fn phrases(&mut self, words: Option<&[Words]>, field: &str) -> Vec<Phrase> {
        let path = Path::of(field);
        let words = words.unwrap_or_default();
        self.cap(&path, words.len(), MAX_PARAGRAPHS);
        words
            .iter()
            .take(MAX_PARAGRAPHS)
            .enumerate()
            .map(|(at, words)| self.phrase(Some(words), &path.at(at), PROSE))
            .collect()
    }

    /// The name of a thing: what the author says, or what the program calls it, or its id.
    pub(super) fn name(
        &mut self,
        words: Option<&Words>,
        path: &Path,
        built_in: Option<Phrase>,
        id: &str,
    ) -> Phrase {
        let path = path.field("name");
        let said = self.phrase(words, &path, NAME);
        if !said.is_empty() {
            return said;
        }
        built_in.unwrap_or_else(|| {
            self.texts.miss(Lang::ZhHans, path);
            Phrase::plain(Lang::En, title_case(id))
        })
    }

    /// A text at a path: inline and from the tables; empty if nobody says anything.
    pub(super) fn phrase(&mut self, words: Option<&Words>, path: &Path, style: Style) -> Phrase {
        let mut phrase = Phrase::default();
        match words {
            Some(Words::Plain(text)) => {
                let language = self.texts.language;
                self.say(&mut phrase, language, text, path, style);
            }
            Some(Words::PerLanguage(texts)) => {
                for (tag, text) in texts {
                    let at = path.key(tag);
                    match exact_lang(tag) {
                        Some(lang) => self.say(&mut phrase, lang, text, &at, style),
                        None => {
                            self.report(Code::UnknownLanguage, &at)
                                .slot("id", tag)
                                .list("known", Lang::ALL)
                                .nearest(tag, Lang::ALL.map(Lang::tag));
                        }
                    }
                }
            }
            None => {}
        }
        let dotted = path.dotted();
        if let Some(entries) = self.texts.tables.get(&dotted).cloned() {
            self.overlay(&mut phrase, &entries, words, path, style);
            self.texts.used.insert(dotted.clone());
        }
        self.texts.asked.insert(dotted);
        if phrase.is_empty() {
            return phrase;
        }
        for lang in Lang::ALL {
            match phrase.exact(lang) {
                Some(_) => self.texts.count[lang as usize] += 1,
                None => self.texts.miss(lang, path.clone()),
            }
        }
        if let (Some(en), Some(zh)) = (phrase.exact(Lang::En), phrase.exact(Lang::ZhHans)) {
            let (en, zh) = (text::slots(en), text::slots(zh));
            let lone = en
                .iter()
                .chain(&zh)
                .find(|slot| !(en.contains(slot) && zh.contains(slot)));
            if let Some(slot) = lone {
                let slot = format!("{{{slot}}}");
                self.report(Code::MissingSlot, path).slot("name", slot);
            }
        }
        self.texts.said.push(path.dotted());
        for lang in Lang::ALL {
            self.texts
                .said
                .push(phrase.exact(lang).unwrap_or_default().to_owned());
        }
        phrase
    }

    /// Lays the texts of tables over inline ones: the nearer layer wins, two in one layer clash.
    fn overlay(
        &mut self,
        phrase: &mut Phrase,
        entries: &[TableText],
        words: Option<&Words>,
        path: &Path,
        style: Style,
    ) {
        for lang in Lang::ALL {
            let Some(entry) = entries
                .iter()
                .filter(|entry| entry.lang == lang)
                .min_by_key(|entry| entry.layer)
            else {
                continue;
            };
            let place = self.table_place(entry.file, &path.dotted());
            if phrase.exact(lang).is_some() {
                let inline = match words {
                    Some(Words::PerLanguage(_)) => path.key(lang.tag()),
                    _ => path.clone(),
                };
                let layer = self.sources.layer_of(&inline).unwrap_or(0);
                if layer == entry.layer {
                    let mut problem = Problem::new(Code::TextTwice, place);
                    problem
                        .slot("name", path)
                        .slot("lang", lang)
                        .also(Place::At(inline), "related.first");
                    self.note(problem);
                    continue;
                }
                if layer < entry.layer {
                    continue;
                }
            }
            let before = self.problems.len();
            self.say(phrase, lang, &entry.text, path, style);
            for problem in &mut self.problems[before..] {
                problem.place = place.clone();
            }
        }
    }

    /// Where a path stands in a text table.
    fn table_place(&self, file: usize, dotted: &str) -> Place {
        let key = Path::default().key(dotted);
        let tree = self
            .sources
            .files
            .get(file)
            .and_then(|file| file.tree.as_ref());
        let span = tree.map_or(0..0, |tree| tree.find(&key).0.span());
        Place::Text(file, span)
    }

    /// Takes a text of one language, with what can be said about it.
    fn say(&mut self, phrase: &mut Phrase, lang: Lang, text: &str, path: &Path, style: Style) {
        if text.trim().is_empty() {
            self.report(Code::EmptyText, path);
            return;
        }
        let limits = match lang {
            Lang::En => [
                (text.chars().count(), style.characters, "term.characters"),
                (
                    text.split_whitespace().count(),
                    style.words,
                    "term.words-count",
                ),
            ],
            Lang::ZhHans => [
                (
                    text.chars().filter(|c| !c.is_whitespace()).count(),
                    style.han,
                    "term.characters",
                ),
                (0, 0, "term.characters"),
            ],
        };
        for (count, limit, unit) in limits {
            if limit > 0 && count > limit {
                self.report(Code::TooLong, path)
                    .slot("count", count)
                    .slot("limit", limit)
                    .term("unit", unit);
            }
        }
        for slot in text::slots(text) {
            if !style.slots.contains(&slot) {
                let known = style.slots.iter().map(|slot| format!("{{{slot}}}"));
                self.report(Code::UnknownSlot, path)
                    .slot("name", format!("{{{slot}}}"))
                    .list("known", known)
                    .nearest(slot, style.slots.iter().copied());
            }
        }
        phrase.set(lang, text.to_owned());
    }

    /// What can be said only when every text has been read.
    pub(super) fn finish_texts(&mut self) {
        let count = self.texts.count;
        for lang in Lang::ALL {
            if count[lang as usize] == 0 {
                if count.iter().any(|other| *other > 0) {
                    self.report(Code::OneLanguage, &Path::of("title"))
                        .slot("lang", lang.name());
                }
                continue;
            }
            let missing = std::mem::take(&mut self.texts.missing);
            let (here, other): (Vec<_>, Vec<_>) =
                missing.into_iter().partition(|(of, _)| *of == lang);
            self.texts.missing = other;
            for (_, path) in here {
                self.report(Code::MissingTranslation, &path)
                    .slot("name", &path)
                    .slot("lang", lang.name());
            }
        }
        let unknown: Vec<(String, usize)> = self
            .texts
            .tables
            .iter()
            .filter(|(path, _)| !self.texts.used.contains(*path))
            .flat_map(|(path, entries)| entries.iter().map(|entry| (path.clone(), entry.file)))
            .take(20)
            .collect();
        for (path, file) in unknown {
            let place = self.table_place(file, &path);
            let mut problem = Problem::new(Code::UnknownTextPath, place);
            let known = self.texts.asked.iter().map(String::as_str);
            problem.slot("id", &path).nearest(&path, known);
            self.note(problem);
        }
    }
}

/// `old-harbour` as `Old Harbour`.
fn title_case(id: &str) -> String {
    let words = id.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().collect::<String>() + letters.as_str()
        })
    });
    words.collect::<Vec<_>>().join(" ")
}
