//! A problem of a scenario: what, where, and the words to say it with.

use super::code::Code;
use super::path::Path;
use super::tree::Span;
use crate::text::{self, Lang};
use std::fmt::Display;

/// Longer values are cut in sentences, in characters: a page of text is not read to its end.
const LONGEST_VALUE: usize = 300;

/// Where a problem is.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// At a path, wherever that is written.
    At(Path),
    /// In the text of a source file.
    Text(usize, Span),
    /// In a file that has no text to show.
    File(String),
}

/// What fills a slot of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot {
    /// As it is.
    Plain(String),
    /// A word of the text tables.
    Term(&'static str),
    /// A list of words as they are.
    List(Vec<String>),
    /// "Did you mean": the nearest name, or nothing.
    Nearest(Option<String>),
}

impl Slot {
    /// The words in a language.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Term(key) => text::get(lang, key, &[]),
            Self::List(items) => items.join(match lang {
                Lang::En => ", ",
                Lang::ZhHans => "、",
            }),
            Self::Nearest(None) => String::new(),
            Self::Nearest(Some(name)) => {
                let words = text::get(lang, "did-you-mean", &[("name", name)]);
                words.trim().to_owned()
            }
        }
    }
}

/// A problem before its place is looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What it is.
    pub code: Code,
    /// Where it is.
    pub place: Place,
    /// What fills the slots of its sentences.
    pub slots: Vec<(&'static str, Slot)>,
    /// Other places that belong to it, with the key of a label.
    pub related: Vec<(Place, &'static str)>,
}

impl Problem {
    /// A problem at a place.
    #[must_use]
    pub fn new(code: Code, place: Place) -> Self {
        Self {
            code,
            place,
            slots: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Fills a slot.
    pub fn slot(&mut self, name: &'static str, value: impl Display) -> &mut Self {
        let mut value = value.to_string();
        if let Some((cut, _)) = value.char_indices().nth(LONGEST_VALUE) {
            value.truncate(cut);
            value.push('…');
        }
        self.slots.push((name, Slot::Plain(value)));
        self
    }

    /// Fills a slot with a word of the text tables.
    pub fn term(&mut self, name: &'static str, key: &'static str) -> &mut Self {
        self.slots.push((name, Slot::Term(key)));
        self
    }

    /// Fills a slot with a list.
    pub fn list<T: Display>(
        &mut self,
        name: &'static str,
        items: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        let items = items.into_iter().map(|item| item.to_string()).collect();
        self.slots.push((name, Slot::List(items)));
        self
    }

    /// Fills the slot `nearest` with the known name that was probably meant, if any.
    pub fn nearest<'n>(
        &mut self,
        wanted: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> &mut Self {
        let name = crate::rules::id::nearest(wanted, known).map(str::to_owned);
        self.slots.push(("nearest", Slot::Nearest(name)));
        self
    }

    /// Adds another place that belongs to it.
    pub fn also(&mut self, place: Place, label: &'static str) -> &mut Self {
        self.related.push((place, label));
        self
    }
}
