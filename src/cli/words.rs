//! Messages in the language of the person.

use crate::session::error::Sentence;
use crate::text::{self, Lang};

/// The words of a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    /// The language.
    pub lang: Lang,
}

impl Words {
    /// The words of the language asked for, else of the system's, else English.
    pub fn new(asked: Option<Lang>) -> Self {
        let system = || sys_locale::get_locale().and_then(|tag| Lang::from_tag(&tag));
        Self {
            lang: asked.or_else(system).unwrap_or_default(),
        }
    }

    /// The sentence `cli.<key>`.
    pub fn get(self, key: &str, slots: &[(&str, &str)]) -> String {
        text::get(self.lang, &format!("cli.{key}"), slots)
    }

    /// The sentence of something that went wrong with a log.
    pub fn sentence(self, what: &impl Sentence) -> String {
        let slots = what.slots();
        let slots: Vec<(&str, &str)> = slots.iter().map(|(k, v)| (*k, v.as_str())).collect();
        text::get(self.lang, &what.id(), &slots)
    }

    /// "Did you mean", with a space before it where the language has one; or nothing.
    pub fn did_you_mean(self, name: Option<&str>) -> String {
        let Some(name) = name else {
            return String::new();
        };
        let hint = text::get(self.lang, "did-you-mean", &[("name", name)]);
        match self.lang {
            Lang::En => format!(" {}", hint.trim()),
            Lang::ZhHans => hint.trim().to_owned(),
        }
    }
}

/// The language a person names.
pub(super) fn language(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| {
        let known: Vec<&str> = Lang::ALL.iter().map(|lang| lang.tag()).collect();
        format!("the game speaks {}", known.join(" and "))
    })
}
