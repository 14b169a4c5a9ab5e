//! A text that an author writes: plain in the scenario's language, or one per language.

use super::file::Layer;
use crate::text::Lang;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// A text as an author writes it: `"Old Harbour"`, or `{"en": "Old Harbour", "zh-Hans": "老港"}`.
#[derive(Clone, Debug, PartialEq)]
pub enum Words {
    /// In the scenario's language.
    Plain(String),
    /// By language tag.
    PerLanguage(BTreeMap<String, String>),
}

impl Layer for Words {
    fn over(self, base: Self) -> Self {
        match (self, base) {
            (Self::PerLanguage(upper), Self::PerLanguage(mut base)) => {
                base.extend(upper);
                Self::PerLanguage(base)
            }
            (upper, _) => upper,
        }
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Words;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("@words")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Words, E> {
                Ok(Words::Plain(text.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
                let mut texts = BTreeMap::new();
                while let Some((lang, text)) = map.next_entry()? {
                    texts.insert(lang, text);
                }
                Ok(Words::PerLanguage(texts))
            }
        }
        deserializer.deserialize_any(V)
    }
}

/// A text with what is known of it in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    texts: [Option<String>; Lang::ALL.len()],
}

impl Phrase {
    /// A text in one language.
    #[must_use]
    pub fn plain(lang: Lang, text: impl Into<String>) -> Self {
        let mut phrase = Self::default();
        phrase.set(lang, text.into());
        phrase
    }

    /// Sets the text of a language.
    pub fn set(&mut self, lang: Lang, text: String) {
        self.texts[lang as usize] = Some(text);
    }

    /// The text in exactly this language.
    #[must_use]
    pub fn exact(&self, lang: Lang) -> Option<&str> {
        self.texts[lang as usize].as_deref()
    }

    /// The text in this language, else in any; empty if there is none.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        self.exact(lang)
            .or_else(|| self.texts.iter().flatten().next().map(String::as_str))
            .unwrap_or("")
    }

    /// Whether no language has a text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.iter().all(Option::is_none)
    }
}
