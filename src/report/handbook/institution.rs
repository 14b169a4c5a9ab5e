//! The institution and the risk domains as tables, whatever the card has of them.
//!
//! An instrument that is added to the card is shown with the others of its row of the framework, and
//! one of a new row comes at the end of the chapter, so that no sentence has to be written for it.

use super::tables::{bare_lever, head, in_cell, letter, origin, plain, say, signed, value_of};
use crate::report::chart::number;
use crate::rules::pressure::COUPLINGS;
use crate::rules::world::{Domain, Over, Stays};
use crate::scenario::card::{Card, Entry, Unit};
use crate::scenario::institution::{CardEffect, CardInstrument, CardLever, CardSetting};
use crate::text::{self, Lang};
use std::collections::BTreeSet;

/// The instruments of the rows that begin with `prefix`, in the card's order.
pub(super) fn of_rows(prefix: &str) -> Vec<&'static CardInstrument> {
    let all = Card::built_in().instruments().iter();
    all.filter(|one| one.row.starts_with(prefix)).collect()
}

/// The numbers of the card that an instrument has.
pub(super) fn numbers_of(instrument: &CardInstrument) -> impl Iterator<Item = &str> {
    let settings = instrument.settings.iter();
    settings
        .flat_map(|setting| setting.effects.iter().chain(&setting.later))
        .map(|effect| effect.number.as_str())
}

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

/// Who sets it, for what, how, and for how long.
fn terms(one: &CardInstrument, lang: Lang) -> Vec<String> {
    let comma = say(lang, ", ", "、");
    let mut terms = vec![text::get(lang, &format!("seat.{}", one.desk), &[])];
    terms.push(match &one.over {
        Over::City => say(lang, "for the whole city", "全市一档").to_owned(),
        Over::Districts => say(lang, "for each district", "每个分区各定一档").to_owned(),
        Over::Precincts => say(lang, "for each precinct", "每个片区各定一档").to_owned(),
        Over::Sites => say(lang, "for each key site", "每个重点目标各定一档").to_owned(),
        Over::Gates => say(lang, "for each gate", "每个卡口各定一档").to_owned(),
        Over::Seats => say(lang, "for each desk", "每个席位各定一档").to_owned(),
        Over::Domains => say(lang, "for each risk domain", "每个风险领域各定一档").to_owned(),
        Over::Named(_) => {
            let names: Vec<&str> = one.things.iter().map(|name| name.in_lang(lang)).collect();
            format!(
                "{}{}",
                say(lang, "for each of: ", "各定一档："),
                names.join(comma)
            )
        }
    });
    if one.ladder {
        terms.push(say(lang, "a ladder, one step at a time", "一级一级地建").to_owned());
    }
    match one.stays {
        Stays::Standing => {}
        Stays::Turn => terms.push(say(lang, "for one turn", "只管一个回合").to_owned()),
        Stays::Months(months) => terms.push(match lang {
            Lang::En => format!("stands for at least {} months", plain(months)),
            Lang::ZhHans => format!("至少保持{}个月", plain(months)),
        }),
    }
    if one.most > 0 {
        terms.push(match lang {
            Lang::En => format!("at most {} at a time", one.most),
            Lang::ZhHans => format!("同时最多用在{}处", one.most),
        });
    }
    for (other, setting) in &one.needs {
        let mut all = Card::built_in().instruments().iter();
        let Some(other) = all.find(|known| known.id == *other) else {
            continue;
        };
        let (name, setting) = (
            other.name.in_lang(lang),
            other.settings[usize::from(*setting)].name.in_lang(lang),
        );
        terms.push(match lang {
            Lang::En => format!("needs {name} at {setting}"),
            Lang::ZhHans => format!("先要有{name}（{setting}）"),
        });
    }
    if one.until > 0 {
        terms.push(match lang {
            Lang::En => format!("not after turn {}", one.until),
            Lang::ZhHans => format!("第{}回合之后不能再改", one.until),
        });
    }
    if one.start > 0 {
        let start = one.settings[usize::from(one.start)].name.in_lang(lang);
        terms.push(format!("{}{start}", say(lang, "at the start: ", "开局：")));
    }
    terms
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
        text += &format!(" {} |\n", does(one, setting, lang).join("<br>"));
    }
    text
}

/// What the setting at a position of an instrument does by the card, a line for each lever; nothing
/// for what the card does not have.
#[must_use]
pub fn setting_does(instrument: &str, setting: usize, lang: Lang) -> Vec<String> {
    let mut all = Card::built_in().instruments().iter();
    let one = all.find(|one| one.id == instrument);
    let found = one.and_then(|one| Some((one, one.settings.get(setting)?)));
    let lines = found.map(|(one, setting)| does(one, setting, lang));
    // The stars are for print.
    let bare = |line: String| line.replace('*', "");
    lines.unwrap_or_default().into_iter().map(bare).collect()
}

/// What a setting does, one line for each lever; domains and families with the same number share one.
fn does(one: &CardInstrument, setting: &CardSetting, lang: Lang) -> Vec<String> {
    let mut lines = effects(one, &setting.effects, lang);
    let later = effects(one, &setting.later, lang);
    if !later.is_empty() {
        let turns = setting.later_turns;
        lines.push(match lang {
            Lang::En if turns == 1 => "*in the next turn:*".to_owned(),
            Lang::En => format!("*in each of the next {turns} turns:*"),
            Lang::ZhHans => format!("*以后{turns}个回合，每回合：*"),
        });
        lines.extend(later);
    }
    if setting.fade > 0.0 {
        let lost = value_of(Unit::Share, setting.fade, lang);
        lines.push(match lang {
            Lang::En => format!("*fades by {lost} a month*"),
            Lang::ZhHans => format!("*每月消退{lost}*"),
        });
    }
    lines
}

/// Effects that say the same of several families or domains.
struct Alike<'a> {
    first: &'a CardEffect,
    entry: &'static Entry,
    of: Vec<&'a str>,
}

fn effects(one: &CardInstrument, effects: &[CardEffect], lang: Lang) -> Vec<String> {
    let mut all: Vec<Alike> = Vec::new();
    for effect in effects {
        let Ok(entry) = Card::built_in().find(&effect.number) else {
            continue;
        };
        let (kind, of) = split(&effect.lever);
        let same = all.iter_mut().find(|known| {
            let same = (known.entry.value, known.entry.range, known.entry.grade)
                == (entry.value, entry.range, entry.grade);
            split(&known.first.lever).0 == kind && known.first.thing == effect.thing && same
        });
        match same {
            Some(known) => known.of.extend(of),
            None => all.push(Alike {
                first: effect,
                entry,
                of: of.into_iter().collect(),
            }),
        }
    }
    all.iter().map(|alike| line(one, alike, lang)).collect()
}

fn line(one: &CardInstrument, alike: &Alike, lang: Lang) -> String {
    let colon = say(lang, ": ", "：");
    let thing = alike.first.thing.map_or_else(String::new, |at| {
        format!("{}{colon}", one.things[usize::from(at)].in_lang(lang))
    });
    let of = if alike.of.len() == Domain::ALL.len() {
        match one.over {
            Over::Domains => say(lang, "its domain", "本领域").to_owned(),
            _ => say(lang, "every domain", "各领域").to_owned(),
        }
    } else {
        let names: Vec<&str> = alike.of.iter().map(|id| named(id, lang)).collect();
        names.join(say(lang, ", ", "、"))
    };
    let (open, close) = (say(lang, " (", "（"), say(lang, ")", "）"));
    let of = if of.is_empty() {
        of
    } else {
        format!("{open}{of}{close}")
    };
    let entry = alike.entry;
    let amount = signed(entry, lang);
    let (low, high) = entry.range;
    let range = format!(
        "{}{}{}",
        value_of(entry.unit, low, lang),
        say(lang, " to ", "至"),
        value_of(entry.unit, high, lang),
    );
    let name = in_cell(bare_lever(entry, lang));
    let gap = say(lang, " ", "");
    format!(
        "{thing}{name}{of} {amount}{open}{range}{close}{gap}{}",
        letter(entry.grade)
    )
}

/// A lever's kind, and the family or domain that it is of.
fn split(lever: &str) -> (&str, Option<&str>) {
    match lever.split_once('.') {
        Some((kind, of)) => (kind, Some(of)),
        None => (lever, None),
    }
}

/// What a family or a domain is called.
fn named(id: &str, lang: Lang) -> &str {
    let card = Card::built_in();
    let families = card
        .families()
        .iter()
        .map(|one| (one.id.as_str(), &one.name));
    let domains = (card.domains().iter()).map(|one| (one.domain.id(), &one.name));
    families
        .chain(domains)
        .find(|(known, _)| *known == id)
        .map_or(id, |(_, name)| name.in_lang(lang))
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

/// The parameters of the card that a domain may have, by what stands before its name.
const OF_DOMAIN: [&str; 2] = ["drift", "harm"];

/// The numbers of the card about single domains.
pub(super) fn numbers_of_domains() -> impl Iterator<Item = &'static Entry> {
    let entries = Card::built_in().entries().iter();
    entries.filter(|entry| {
        let (parameter, domain) = entry.id.split_once('.').unwrap_or((&entry.id, ""));
        OF_DOMAIN.contains(&parameter) && Domain::ALL.iter().any(|known| known.id() == domain)
    })
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
            "模型卡里有{instruments}项机制，作用于{levers}样东西，一共{all}个数字，其中{judged}个（{share}%）\
             是判断。\n"
        ),
    }
}
