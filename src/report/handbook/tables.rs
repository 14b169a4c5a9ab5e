//! Tables and lists of the handbook, made from the card.

use crate::report::written::{self, amount, effect, letter, owner_name, range, say, value};
use crate::scenario::card::{Card, Entry, Grade, Side};
use crate::text::Lang;
use std::collections::BTreeMap;

/// Text that keeps to its cell.
pub(super) fn in_cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

pub(super) fn head(columns: &[&str]) -> String {
    let names = columns.join(" | ");
    let rules = vec!["---"; columns.len()].join("|");
    format!("| {names} |\n|{rules}|\n")
}

/// Source and note of a number, as far as there are any. A source is named as it was published: in
/// a Chinese table what can be read comes first.
pub(super) fn origin(entry: &Entry, lang: Lang) -> String {
    let note = entry.note.in_lang(lang);
    let parts = match lang {
        Lang::En => [entry.source.as_str(), note],
        Lang::ZhHans => [note.trim_end_matches('。'), entry.source.as_str()],
    };
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    in_cell(&parts.join(say(lang, ". ", "。来源：")))
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
        Lang::ZhHans => ["数字", "取值", "范围", "单位", "等级", "说明与来源"],
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
    list(lang, written::judged)
}

/// The numbers that were written down from memory.
pub(super) fn remembered(lang: Lang) -> String {
    list(lang, written::remembered)
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
