//! Numbers of the card as people read them: with their unit, their range, and the letter of their
//! grade.

use super::chart::number;
use crate::scenario::card::{Card, Entry, Grade, Unit};
use crate::text::Lang;

/// What follows a number that is per cent.
#[must_use]
pub fn percent(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "\u{a0}%",
        Lang::ZhHans => "%",
    }
}

/// Words that only tables need: in English and in Chinese.
#[must_use]
pub fn say(lang: Lang, english: &'static str, chinese: &'static str) -> &'static str {
    match lang {
        Lang::En => english,
        Lang::ZhHans => chinese,
    }
}

fn is_share(unit: Unit) -> bool {
    matches!(
        unit,
        Unit::Share | Unit::ShareAMonth | Unit::SharePerPoint | Unit::SharePerHour
    )
}

/// A number without needless decimals, in groups of three digits where it is long.
#[must_use]
pub fn plain(value: f64) -> String {
    let text = number(value, 4);
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    };
    let (whole, rest) = match text.find('.') {
        Some(at) => text.split_at(at),
        None => (text.as_str(), ""),
    };
    if whole.chars().count() < 5 {
        return text;
    }
    let mut grouped = String::new();
    let digits: Vec<char> = whole.chars().collect();
    for (at, digit) in digits.iter().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(*digit);
    }
    grouped + rest
}

/// An amount in a unit; shares are per cent.
#[must_use]
pub fn value_of(unit: Unit, value: f64, lang: Lang) -> String {
    if is_share(unit) {
        format!("{}{}", plain(value * 100.0), percent(lang))
    } else {
        plain(value)
    }
}

pub(super) fn amount(entry: &Entry, value: f64, lang: Lang) -> String {
    value_of(entry.unit, value, lang)
}

/// The value of an effect with its sign and its unit.
#[must_use]
pub fn signed(entry: &Entry, lang: Lang) -> String {
    let sign = if entry.value > 0.0 { "+" } else { "" };
    let unit = match entry.unit {
        Unit::Share => String::new(),
        Unit::ShareAMonth => say(lang, "a month", "每月").to_owned(),
        unit => unit.words(lang),
    };
    let value = format!("{sign}{}", value(entry, lang));
    match lang {
        _ if unit.is_empty() => value,
        Lang::En => format!("{value} {unit}"),
        Lang::ZhHans => format!("[{unit}] {value}"),
    }
}

/// The value of a number as a sentence holds it; shares are per cent.
#[must_use]
pub fn value(entry: &Entry, lang: Lang) -> String {
    amount(entry, entry.value, lang)
}

/// The range of a number.
#[must_use]
pub fn range(entry: &Entry, lang: Lang) -> String {
    let (low, high) = entry.range;
    if (low - high).abs() < 1e-12 {
        return say(lang, "fixed", "固定").to_owned();
    }
    let scale = if is_share(entry.unit) { 100.0 } else { 1.0 };
    let to = say(lang, " to ", "至");
    format!("{}{to}{}", plain(low * scale), amount(entry, high, lang))
}

/// The short form of a grade.
#[must_use]
pub fn letter(grade: Grade) -> &'static str {
    match grade {
        Grade::V => "V",
        Grade::V2 => "V2",
        Grade::D => "D",
        Grade::MHigh => "M+",
        Grade::MMed => "M",
        Grade::MLow => "M\u{2212}",
        Grade::J => "J",
    }
}

/// The instrument that a number is an effect of, and the words of the lever.
pub(super) fn effect(entry: &Entry, lang: Lang) -> Option<(&'static str, &'static str)> {
    let card = Card::built_in();
    card.instruments().iter().find_map(|one| {
        let settings = one.settings.iter();
        let mut effects = settings.flat_map(|set| set.effects.iter().chain(&set.later));
        let effect = effects.find(|effect| effect.number == entry.id)?;
        let (lever, _) = effect.lever.split_once('.').unwrap_or((&effect.lever, ""));
        let lever = card.levers().iter().find(|known| known.id == lever)?;
        Some((one.name.in_lang(lang), lever.name.in_lang(lang)))
    })
}

/// What an effect of an instrument acts on.
#[must_use]
pub fn bare_lever(entry: &Entry, lang: Lang) -> &str {
    match effect(entry, lang) {
        Some((_, lever)) => lever,
        None => entry.name.in_lang(lang),
    }
}

/// The name of a family or of a kind of unit.
#[must_use]
pub fn owner_name(id: &str, lang: Lang) -> Option<&'static str> {
    let card = Card::built_in();
    let families = card.families().iter().map(|one| (&one.id, &one.name));
    let kinds = card.kinds().iter().map(|one| (&one.id, &one.name));
    families
        .chain(kinds)
        .find(|(known, _)| known.as_str() == id)
        .map(|(_, name)| name.in_lang(lang))
}

/// Whether a number was written down from memory.
pub(super) fn remembered(entry: &Entry) -> bool {
    matches!(entry.grade, Grade::MHigh | Grade::MMed | Grade::MLow)
}

/// Whether a number is a judgement that no study fixes.
#[must_use]
pub fn judged(entry: &Entry) -> bool {
    entry.grade == Grade::J && !entry.convention && entry.range.0 < entry.range.1
}
