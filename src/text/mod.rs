//! The product's words, in English and Simplified Chinese.
//!
//! Words live in flat tables, `assets/text/<part>.<language>.ron`: a key and a template. A template
//! may hold slots: `{name}` is replaced by a value, and `{count?Fund:Funds}` by the first word when
//! the value is `1` and by the second otherwise.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    ZhHans,
}

impl Lang {
    /// Every language, in the order of the settings.
    pub const ALL: [Self; 2] = [Self::En, Self::ZhHans];

    /// The language tag (BCP 47).
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhHans => "zh-Hans",
        }
    }

    /// The language's name in that language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::ZhHans => "简体中文",
        }
    }

    /// The language meant by a tag as systems write it (`en-GB`, `zh_CN.UTF-8`, `zh-Hans`).
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let tag = tag.to_ascii_lowercase();
        match tag.split(['-', '_', '.']).next()? {
            "en" => Some(Self::En),
            "zh" => Some(Self::ZhHans),
            _ => None,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

macro_rules! tables {
    ($($part:literal),* $(,)?) => {
        /// The parts of the tables, each a file in each language.
        pub const PARTS: &[&str] = &[$($part),*];

        fn sources(lang: Lang) -> &'static [(&'static str, &'static str)] {
            match lang {
                Lang::En => &[$((
                    concat!($part, ".en.ron"),
                    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/text/", $part, ".en.ron")),
                )),*],
                Lang::ZhHans => &[$((
                    concat!($part, ".zh-Hans.ron"),
                    include_str!(concat!(
                        env!("CARGO_MANIFEST_DIR"), "/assets/text/", $part, ".zh-Hans.ron"
                    )),
                )),*],
            }
        }
    };
}
tables![
    "interface",
    "map",
    "desk",
    "explain",
    "phases",
    "debrief",
    "refusals",
    "rules",
    "session",
    "diagnostics",
    "cli",
    "facts",
    "glossary",
];

/// The words of one language.
#[derive(Debug)]
pub struct Table {
    words: BTreeMap<String, String>,
    faults: Vec<String>,
}

impl Table {
    fn load(lang: Lang) -> Self {
        let mut table = Self {
            words: BTreeMap::new(),
            faults: Vec::new(),
        };
        for (file, source) in sources(lang) {
            match ron::from_str::<BTreeMap<String, String>>(source) {
                Ok(words) => {
                    for (key, template) in words {
                        if table.words.insert(key.clone(), template).is_some() {
                            table
                                .faults
                                .push(format!("{file}: {key} is in another table too"));
                        }
                    }
                }
                Err(error) => table.faults.push(format!("{file}: {error}")),
            }
        }
        table
    }

    /// The template of a key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// Every key with its template, in the order of the keys.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.words
            .iter()
            .map(|(key, template)| (key.as_str(), template.as_str()))
    }

    /// What could not be read when the table was built in; empty in a good build.
    #[must_use]
    pub fn faults(&self) -> &[String] {
        &self.faults
    }
}

/// The words of a language.
#[must_use]
pub fn table(lang: Lang) -> &'static Table {
    static EN: LazyLock<Table> = LazyLock::new(|| Table::load(Lang::En));
    static ZH_HANS: LazyLock<Table> = LazyLock::new(|| Table::load(Lang::ZhHans));
    match lang {
        Lang::En => &EN,
        Lang::ZhHans => &ZH_HANS,
    }
}

/// The sentence of a key in a language, its slots filled. A key that the tables do not have gives
/// the key itself, so that a gap is seen and nothing breaks.
#[must_use]
pub fn get(lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
    table(lang)
        .find(key)
        .map_or_else(|| key.to_owned(), |template| fill(template, values))
}

/// A template with its slots filled; a slot without a value stays as it is written.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|at| open + at) else {
            break;
        };
        out.push_str(&rest[..open]);
        let slot = &rest[open + 1..close];
        let (name, forms) = slot
            .split_once('?')
            .map_or((slot, None), |(n, f)| (n, Some(f)));
        match (values.iter().find(|(key, _)| *key == name), forms) {
            (Some((_, value)), None) => out.push_str(value),
            (Some((_, value)), Some(forms)) => {
                let (one, many) = forms.split_once(':').unwrap_or((forms, forms));
                out.push_str(if *value == "1" { one } else { many });
            }
            (None, _) => out.push_str(&rest[open..=close]),
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

/// The names of a template's slots, each once, in the order of the alphabet.
#[must_use]
pub fn slots(template: &str) -> Vec<&str> {
    let mut names: Vec<&str> = template
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(slot, _)| slot.split_once('?').map_or(slot, |(name, _)| name))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_and_one_differs_from_many() {
        let template = "It costs {n} {n?Fund:Funds} of {what}, {gap}.";
        assert_eq!(
            fill(template, &[("n", "1"), ("what", "all")]),
            "It costs 1 Fund of all, {gap}."
        );
        assert_eq!(fill("{n?a:b}", &[("n", "2")]), "b");
        assert_eq!(slots(template), ["gap", "n", "what"]);
    }

    #[test]
    fn tags_of_systems_are_understood() {
        assert_eq!(Lang::from_tag("zh_CN.UTF-8"), Some(Lang::ZhHans));
        assert_eq!(Lang::from_tag("en-GB"), Some(Lang::En));
        assert_eq!(Lang::from_tag("fr"), None);
    }
}
