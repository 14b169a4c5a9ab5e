//! Tables and lists of the handbook, made from the card.

use crate::report::chart::number;
use crate::scenario::card::{Card, Entry, Grade, Side, Unit};
use crate::text::Lang;
use std::collections::BTreeMap;

/// What follows a number that is per cent.
pub(super) fn percent(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "\u{a0}%",
        Lang::ZhHans => "%",
    }
}

/// Words that only tables need: in English and in Chinese.
pub(super) fn say(lang: Lang, english: &'static str, chinese: &'static str) -> &'static str {
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
pub(super) fn plain(value: f64) -> String {
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
pub(super) fn value_of(unit: Unit, value: f64, lang: Lang) -> String {
    if is_share(unit) {
        format!("{}{}", plain(value * 100.0), percent(lang))
    } else {
        plain(value)
    }
}

fn amount(entry: &Entry, value: f64, lang: Lang) -> String {
    value_of(entry.unit, value, lang)
}

/// The value of an effect with its sign and its unit.
pub(super) fn signed(entry: &Entry, lang: Lang) -> String {
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
pub(super) fn value(entry: &Entry, lang: Lang) -> String {
    amount(entry, entry.value, lang)
}

/// The range of a number.
pub(super) fn range(entry: &Entry, lang: Lang) -> String {
    let (low, high) = entry.range;
    if (low - high).abs() < 1e-12 {
        return say(lang, "fixed", "固定").to_owned();
    }
    let scale = if is_share(entry.unit) { 100.0 } else { 1.0 };
    let to = say(lang, " to ", "至");
    format!("{}{to}{}", plain(low * scale), amount(entry, high, lang))
}

/// The short form of a grade.
pub(super) fn letter(grade: Grade) -> &'static str {
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

/// Text that keeps to its cell.
pub(super) fn in_cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

pub(super) fn head(columns: &[&str]) -> String {
    let names = columns.join(" | ");
    let rules = vec!["---"; columns.len()].join("|");
    format!("| {names} |\n|{rules}|\n")
}

/// Source and note of a number, as far as there are any.
pub(super) fn origin(entry: &Entry, lang: Lang) -> String {
    let note = entry.note.in_lang(lang);
    let parts: Vec<&str> = [entry.source.as_str(), note]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    in_cell(&parts.join(say(lang, ". ", "。")))
}

/// The table of some numbers.
pub(super) fn numbers(entries: &[&Entry], lang: Lang) -> String {
    let columns = match lang {
        Lang::En => [
            "number",
            "value",
            "range",
            "unit",
            "grade",
            "source and note",
        ],
        Lang::ZhHans => ["数字", "取值", "范围", "单位", "等级", "来源与说明"],
    };
    let mut text = head(&columns);
    for entry in entries {
        text += &format!(
            "| {}<br>`{}` | {} | {} | {} | {} | {} |\n",
            in_cell(entry.name.in_lang(lang)),
            entry.id,
            value(entry, lang),
            range(entry, lang),
            entry.unit.words(lang),
            letter(entry.grade),
            origin(entry, lang)
        );
    }
    text
}

/// The instrument that a number is an effect of, and the words of the lever.
fn effect(entry: &Entry, lang: Lang) -> Option<(&'static str, &'static str)> {
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
pub(super) fn bare_lever(entry: &Entry, lang: Lang) -> &str {
    match effect(entry, lang) {
        Some((_, lever)) => lever,
        None => entry.name.in_lang(lang),
    }
}

/// The name of a family or of a kind of unit.
pub(super) fn owner_name(id: &str, lang: Lang) -> Option<&'static str> {
    let card = Card::built_in();
    let families = card.families().iter().map(|one| (&one.id, &one.name));
    let kinds = card.kinds().iter().map(|one| (&one.id, &one.name));
    families
        .chain(kinds)
        .find(|(known, _)| known.as_str() == id)
        .map(|(_, name)| name.in_lang(lang))
}

/// What a number is, without the family or the kind of unit that it is of.
fn bare(entry: &Entry, lang: Lang) -> &str {
    let name = entry.name.in_lang(lang);
    let owner = entry.id.split_once('.');
    owner
        .and_then(|(owner, _)| owner_name(owner, lang))
        .and_then(|owner| name.strip_prefix(owner))
        .and_then(|rest| rest.strip_prefix(say(lang, ": ", "：")))
        .unwrap_or(name)
}

/// A table with a row for each owner (family or kind) and a column for each parameter, and what the
/// numbers come from below it.
pub(super) fn grid(owners: &[&str], parameters: &[&str], lang: Lang) -> String {
    let card = Card::built_in();
    let entry = |owner: &str, parameter: &str| {
        let id = format!("{owner}.{parameter}");
        card.entries().iter().find(|entry| entry.id == id)
    };
    let titles: Vec<String> = parameters
        .iter()
        .map(|parameter| {
            let found = owners.iter().find_map(|owner| entry(owner, parameter));
            let name = found.map_or("", |entry| bare(entry, lang));
            let unit = found.map_or_else(String::new, |entry| entry.unit.words(lang));
            let (open, close) = (say(lang, " (", "（"), say(lang, ")", "）"));
            format!("{name}{open}{unit}{close}<br>`{parameter}`")
        })
        .collect();
    let mut columns = vec![""];
    columns.extend(titles.iter().map(String::as_str));
    let mut text = head(&columns);
    let nothing = |owner: &&str| {
        let mut entries = parameters.iter().filter_map(|name| entry(owner, name));
        entries.all(|entry| entry.value == 0.0 && entry.range == (0.0, 0.0))
    };
    let zero: Vec<&str> = owners.iter().copied().filter(|o| nothing(o)).collect();
    for owner in owners.iter().filter(|owner| !zero.contains(owner)) {
        text += &format!("| {} |", owner_name(owner, lang).unwrap_or(owner));
        for parameter in parameters {
            text += &entry(owner, parameter).map_or_else(
                || " |".to_owned(),
                |entry| {
                    let (open, close) = (say(lang, " (", "（"), say(lang, ") ", "）"));
                    format!(
                        " {}{open}{}{close}{} |",
                        value(entry, lang),
                        range(entry, lang),
                        letter(entry.grade)
                    )
                },
            );
        }
        text.push('\n');
    }
    let mut origins: Vec<(String, Vec<&str>)> = Vec::new();
    for parameter in parameters {
        for owner in owners {
            let Some(entry) = entry(owner, parameter) else {
                continue;
            };
            let told = origin(entry, lang);
            if told.is_empty() {
                continue;
            }
            let told = if parameters.len() > 1 {
                let name = bare(entry, lang);
                format!("{name}{}{told}", say(lang, ": ", "："))
            } else {
                told
            };
            let owner = owner_name(owner, lang).unwrap_or(owner);
            match origins.iter_mut().find(|(known, _)| *known == told) {
                Some((_, owners)) => owners.push(owner),
                None => origins.push((told, vec![owner])),
            }
        }
    }
    text.push('\n');
    if !zero.is_empty() {
        let names: Vec<&str> = zero
            .iter()
            .map(|owner| owner_name(owner, lang).unwrap_or(owner))
            .collect();
        text += say(lang, "- Always nothing: ", "- 始终为零：");
        text += &names.join(say(lang, ", ", "、"));
        text.push('\n');
    }
    for (told, owners) in origins {
        let owners = owners.join(say(lang, ", ", "、"));
        let (open, close) = (say(lang, " (", "（"), say(lang, ")", "）"));
        text += &format!("- {told}{open}{owners}{close}\n");
    }
    text
}

/// What the letters mean.
pub(super) fn grades(lang: Lang) -> String {
    let columns = match lang {
        Lang::En => ["grade", "meaning", "numbers"],
        Lang::ZhHans => ["等级", "意思", "个数"],
    };
    let entries = Card::built_in().entries();
    let mut text = head(&columns);
    for grade in Grade::ALL {
        let count = entries.iter().filter(|entry| entry.grade == grade).count();
        let (letter, words) = (letter(grade), grade.words(lang));
        text += &format!("| {letter} | {words} | {count} |\n");
    }
    text
}

/// The numbers that pass `keep`, as a list: coefficients one by one, those of families, kinds and
/// instruments by what they say.
fn list(lang: Lang, keep: impl Fn(&Entry) -> bool) -> String {
    let mut single = String::new();
    let mut shared: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut run: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in Card::built_in()
        .entries()
        .iter()
        .filter(|entry| keep(entry))
    {
        if let Some((instrument, lever)) = effect(entry, lang) {
            let users = run.entry(lever).or_default();
            if !users.contains(&instrument) {
                users.push(instrument);
            }
            continue;
        }
        let (owner, _) = entry.id.split_once('.').unwrap_or((&entry.id, ""));
        let name = bare(entry, lang);
        if let Some(owner) = owner_name(owner, lang) {
            shared.entry(name).or_default().push(owner);
            continue;
        }
        let (open, close) = (say(lang, " (", "（"), say(lang, ")", "）"));
        single += &format!(
            "| {name} | {}{open}{}{close} | {} | {} |\n",
            value(entry, lang),
            range(entry, lang),
            entry.unit.words(lang),
            letter(entry.grade)
        );
    }
    let columns = match lang {
        Lang::En => ["number", "value and range", "unit", "grade"],
        Lang::ZhHans => ["数字", "取值与范围", "单位", "等级"],
    };
    let mut text = if single.is_empty() {
        String::new()
    } else {
        format!("{}{single}\n", head(&columns))
    };
    let mut told = |(name, owners): (&str, Vec<&str>)| {
        let owners = owners.join(say(lang, ", ", "、"));
        text += &format!("- {name}{}{owners}\n", say(lang, ": ", "："));
    };
    shared.into_iter().for_each(&mut told);
    let institution = say(lang, "the institution", "机构");
    for (name, owners) in run {
        told((
            &format!("{institution}{}{name}", say(lang, ", ", "，")),
            owners,
        ));
    }
    text
}

/// The numbers that no study fixes.
pub(super) fn judged(lang: Lang) -> String {
    list(lang, |entry| {
        entry.grade == Grade::J && !entry.convention && entry.range.0 < entry.range.1
    })
}

/// The numbers that were written down from memory.
pub(super) fn remembered(lang: Lang) -> String {
    list(lang, |entry| {
        matches!(entry.grade, Grade::MHigh | Grade::MMed | Grade::MLow)
    })
}

/// The rules of the table and definitions, in one sentence.
pub(super) fn conventions(lang: Lang) -> String {
    let names: Vec<&str> = (Card::built_in().entries().iter())
        .filter(|entry| entry.convention)
        .map(|entry| entry.name.in_lang(lang))
        .collect();
    let (between, end) = (say(lang, "; ", "；"), say(lang, ".", "。"));
    format!("{}{end}\n", names.join(between))
}

/// The contested questions and their sides.
pub(super) fn sides(lang: Lang) -> String {
    let columns = match lang {
        Lang::En => ["side", "what it sets", "the card", "source"],
        Lang::ZhHans => ["看法", "取值", "卡片取值", "来源"],
    };
    let mut text = head(&columns);
    for side in Card::built_in().sides() {
        let (sets, card) = set_by(side, lang);
        text += &format!(
            "| {}<br>`{}` | {sets} | {card} | {} |\n",
            side.name.in_lang(lang),
            side.id,
            in_cell(&side.source)
        );
    }
    text
}

/// What a side sets, and what the card has there.
fn set_by(side: &Side, lang: Lang) -> (String, String) {
    let entries = Card::built_in().entries();
    let (mut sets, mut card) = (Vec::new(), Vec::new());
    let mut last = "";
    for entry in entries {
        let Some(set) = side.values.get(&entry.id) else {
            continue;
        };
        let (owner, _) = entry.id.split_once('.').unwrap_or((&entry.id, ""));
        // An effect of an instrument is named in full: two settings may act on the same lever.
        let name = bare(entry, lang);
        let colon = say(lang, ": ", "：");
        let whose = match owner_name(owner, lang) {
            Some(owner) if name == last => owner.to_owned(),
            Some(owner) => format!("{name}{colon}{owner}"),
            None => name.to_owned(),
        };
        last = name;
        sets.push(format!("{whose} {}", amount(entry, *set, lang)));
        card.push(value(entry, lang));
    }
    let between = say(lang, ", ", "、");
    (sets.join(between), card.join(between))
}
