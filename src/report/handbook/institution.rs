//! The institution and the risk domains as tables, whatever the card has of them.
//!
//! An instrument that is added to the card is shown with the others of its row of the framework, and
//! one of a new row comes at the end of the chapter, so that no sentence has to be written for it.

use super::tables::{head, in_cell, origin};
use crate::report::chart::number;
use crate::report::instruments::{
    Does, OF_DOMAIN, does, explained, named, numbers_of, split, terms,
};
use crate::report::written::{bare_lever, letter, plain, say, value_of};
use crate::rules::pressure::COUPLINGS;
use crate::scenario::card::Card;
use crate::scenario::institution::{CardInstrument, CardLever, CardSetting};
use crate::text::Lang;
use std::collections::BTreeSet;

/// Instruments, each with what it decides, how it is set, and a table of its settings; those of a
/// row stand together.
pub(super) fn instruments(shown: &[&CardInstrument], lang: Lang) -> String {
    let mut rows: Vec<&str> = Vec::new();
    for one in shown {
        if !rows.contains(&one.row.as_str()) {
            rows.push(&one.row);
        }
    }
    let mut text = String::new();
    for row in rows {
        let of_row: Vec<_> = shown.iter().filter(|one| one.row == row).collect();
        let names: Vec<&str> = of_row.iter().map(|one| one.name.in_lang(lang)).collect();
        text += &format!("### {row} · {}\n\n", names.join(" · "));
        for one in of_row {
            text += &instrument(one, lang);
        }
    }
    // The page has an empty line of its own after this.
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn instrument(one: &CardInstrument, lang: Lang) -> String {
    let (colon, end) = (say(lang, ": ", "："), say(lang, ".", "。"));
    let between = say(lang, "; ", "；");
    let terms = terms(one, lang).join(between);
    let mut text = format!(
        "**{}**{colon}{}  \n`{}` · {terms}{end}\n\n",
        one.name.in_lang(lang),
        one.about.in_lang(lang),
        one.id,
    );
    let things: String = explained(one, lang)
        .map(|(name, about)| format!("- **{name}**{colon}{about}\n"))
        .collect();
    if !things.is_empty() {
        text += &things;
        text.push('\n');
    }
    text += &settings(one, lang);
    let mut origins = BTreeSet::new();
    for id in numbers_of(one) {
        let Ok(entry) = Card::built_in().find(id) else {
            continue;
        };
        let told = origin(entry, lang);
        if !told.is_empty() {
            origins.insert(format!("- {}{colon}{told}\n", bare_lever(entry, lang)));
        }
    }
    text.push('\n');
    if !origins.is_empty() {
        text.extend(origins);
        text.push('\n');
    }
    text
}

/// A column of a table of settings: its title, and what a setting has there.
struct Column {
    title: &'static str,
    cell: fn(&CardSetting) -> f64,
}

/// The settings with what they cost and do. A column that would be empty is left out.
fn settings(one: &CardInstrument, lang: Lang) -> String {
    let column = |english, chinese, cell| Column {
        title: say(lang, english, chinese),
        cell,
    };
    let columns: Vec<Column> = [
        column("price", "花费", |s| s.price),
        column("a month", "每月", |s| s.upkeep),
        column("months until it works", "几个月后起作用", |s| {
            s.months
        }),
        column("analysts", "分析员", |s| f64::from(s.analysts)),
        column("goodwill", "善意", |s| s.goodwill),
    ]
    .into_iter()
    .filter(|column| one.settings.iter().any(|s| (column.cell)(s) != 0.0))
    .collect();
    let mut titles = vec![say(lang, "setting", "档")];
    titles.extend(columns.iter().map(|column| column.title));
    titles.push(say(lang, "what it does", "起什么作用"));
    let mut text = head(&titles);
    for setting in &one.settings {
        text += &format!("| {} |", in_cell(setting.name.in_lang(lang)));
        for column in &columns {
            let amount = (column.cell)(setting);
            let amount = if amount == 0.0 {
                String::new()
            } else {
                plain(amount)
            };
            text += &format!(" {amount} |");
        }
        let told = does(one, setting, lang).into_iter().map(|line| match line {
            Does::Effect(text) => in_cell(&text),
            Does::Aside(text) => format!("*{text}*"),
        });
        let told: Vec<String> = told.collect();
        text += &format!(" {} |\n", told.join("<br>"));
    }
    text
}

/// What settings act on, and the instruments that act on each.
pub(super) fn levers(lang: Lang) -> String {
    let card = Card::built_in();
    let columns = match lang {
        Lang::En => ["it acts on", "in", "instruments"],
        Lang::ZhHans => ["作用于", "单位", "机制"],
    };
    let mut text = head(&columns);
    for lever in used_levers() {
        let users = (card.instruments().iter())
            .filter(|one| acts_on(one, lever))
            .map(|one| one.name.in_lang(lang));
        let users: Vec<&str> = users.collect();
        text += &format!(
            "| {} | {} | {} |\n",
            in_cell(lever.name.in_lang(lang)),
            lever.unit.words(lang),
            users.join(say(lang, ", ", "、")),
        );
    }
    text
}

/// The levers that some instrument moves.
fn used_levers() -> impl Iterator<Item = &'static CardLever> {
    let card = Card::built_in();
    let used = |lever: &&CardLever| card.instruments().iter().any(|one| acts_on(one, lever));
    card.levers().iter().filter(used)
}

fn acts_on(one: &CardInstrument, lever: &CardLever) -> bool {
    let settings = one.settings.iter();
    settings
        .flat_map(|setting| setting.effects.iter().chain(&setting.later))
        .any(|effect| split(&effect.lever).0 == lever.id)
}

/// The risk domains: what belongs to each, how it moves, what an event does, what it presses on.
pub(super) fn domains(lang: Lang) -> String {
    let card = Card::built_in();
    let columns = match lang {
        Lang::En => [
            "domain",
            "what belongs to it",
            "grows by itself, points a month",
            "harm of one event, as a share of an ordinary month's",
            "presses on",
        ],
        Lang::ZhHans => [
            "领域",
            "包括什么",
            "每月自行增加的分数",
            "一起事件的伤害（占平常一个月）",
            "压到哪个领域",
        ],
    };
    let mut text = head(&columns);
    for domain in card.domains() {
        let number = |parameter: &str| {
            let id = format!("{parameter}.{}", domain.domain.id());
            let entry = card.entries().iter().find(|entry| entry.id == id);
            entry.map_or_else(String::new, |entry| {
                let (low, high) = entry.range;
                format!(
                    "{} ({}{}{}) {}",
                    value_of(entry.unit, entry.value, lang),
                    value_of(entry.unit, low, lang),
                    say(lang, " to ", "至"),
                    value_of(entry.unit, high, lang),
                    letter(entry.grade)
                )
            })
        };
        let pressed: Vec<&str> = (COUPLINGS.iter())
            .filter(|(from, _)| *from == domain.domain)
            .map(|(_, to)| named(to.id(), lang))
            .collect();
        text += &format!(
            "| {} · {}<br>`{}` | {} | {} | {} | {} |\n",
            domain.domain.row(),
            domain.name.in_lang(lang),
            domain.domain.id(),
            in_cell(domain.about.in_lang(lang)),
            number(OF_DOMAIN[0]),
            number(OF_DOMAIN[1]),
            pressed.join(say(lang, ", ", "、")),
        );
    }
    text
}

/// How many numbers the institution has, and how many of them are judgement.
pub(super) fn counted(lang: Lang) -> String {
    let card = Card::built_in();
    let ids: BTreeSet<&str> = card.instruments().iter().flat_map(numbers_of).collect();
    let all = ids.len();
    let judged = (ids.iter().filter_map(|id| card.find(id).ok()))
        .filter(|entry| entry.grade == crate::scenario::card::Grade::J)
        .count();
    let (instruments, levers) = (card.instruments().len(), used_levers().count());
    let share = number(100.0 * judged as f64 / all.max(1) as f64, 0);
    match lang {
        Lang::En => format!(
            "The card has {instruments} instruments. Their settings act on {levers} things with \
             {all} numbers, {judged} of them ({share}\u{a0}%) judgement.\n"
        ),
        Lang::ZhHans => format!(
            "参数表里有{instruments}项机制，作用于{levers}样东西，一共{all}个数字，其中{judged}个（{share}%）\
             是判断。\n"
        ),
    }
}
