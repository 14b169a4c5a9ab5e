//! Instruments of the institution in words: who sets them, for what, and what their settings do.

use super::written::{bare_lever, letter, plain, say, signed, value_of};
use crate::rules::world::{Domain, Over, Stays};
use crate::scenario::card::{Card, Entry, Unit};
use crate::scenario::institution::{CardEffect, CardInstrument, CardSetting};
use crate::text::{self, Lang};

/// The instruments of the rows that begin with `prefix`, in the card's order.
#[must_use]
pub fn of_rows(prefix: &str) -> Vec<&'static CardInstrument> {
    let all = Card::built_in().instruments().iter();
    all.filter(|one| one.row.starts_with(prefix)).collect()
}

/// The numbers of the card that an instrument has.
pub fn numbers_of(instrument: &CardInstrument) -> impl Iterator<Item = &str> {
    let settings = instrument.settings.iter();
    settings
        .flat_map(|setting| setting.effects.iter().chain(&setting.later))
        .map(|effect| effect.number.as_str())
}

/// Who sets it, for what, how, and for how long.
#[must_use]
pub fn terms(one: &CardInstrument, lang: Lang) -> Vec<String> {
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

/// A line of what a setting does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Does {
    /// An effect, with its amount, its range and the letter of its grade.
    Effect(String),
    /// When the effects that follow come, or how they go.
    Aside(String),
}

/// The things of its own that an instrument is set for and whose names do not say what they mean: the
/// name, and what it means.
pub fn explained(one: &CardInstrument, lang: Lang) -> impl Iterator<Item = (&str, &str)> {
    let things = one.things.iter().zip(&one.things_about);
    let told = things.map(move |(name, about)| (name.in_lang(lang), about.in_lang(lang)));
    told.filter(|(_, about)| !about.is_empty())
}

/// What a setting does, one line for each lever; domains and families with the same number share one.
#[must_use]
pub fn does(one: &CardInstrument, setting: &CardSetting, lang: Lang) -> Vec<Does> {
    told(one, setting, effects(one, &setting.effects, lang), lang)
}

/// What a setting does for one of the things of its own that an instrument is set for.
#[must_use]
pub fn does_for(
    one: &CardInstrument,
    setting: &CardSetting,
    thing: usize,
    lang: Lang,
) -> Vec<Does> {
    let own = (setting.effects.iter())
        .filter(|effect| effect.thing.is_none_or(|it| usize::from(it) == thing))
        // It is in hand: its name need not stand before each line.
        .map(|effect| CardEffect {
            thing: None,
            ..effect.clone()
        });
    let own: Vec<CardEffect> = own.collect();
    told(one, setting, effects(one, &own, lang), lang)
}

/// The lines of what holds at once, with what comes later and how all of it goes.
fn told(
    one: &CardInstrument,
    setting: &CardSetting,
    mut lines: Vec<Does>,
    lang: Lang,
) -> Vec<Does> {
    let later = effects(one, &setting.later, lang);
    if !later.is_empty() {
        let turns = setting.later_turns;
        lines.push(Does::Aside(match lang {
            Lang::En if turns == 1 => "in the next turn:".to_owned(),
            Lang::En => format!("in each of the next {turns} turns:"),
            Lang::ZhHans => format!("以后{turns}个回合，每回合："),
        }));
        lines.extend(later);
    }
    if setting.fade > 0.0 {
        let lost = value_of(Unit::Share, setting.fade, lang);
        lines.push(Does::Aside(match lang {
            Lang::En => format!("fades by {lost} a month"),
            Lang::ZhHans => format!("每月消退{lost}"),
        }));
    }
    lines
}

/// Effects that say the same of several families or domains.
struct Alike<'a> {
    first: &'a CardEffect,
    entry: &'static Entry,
    of: Vec<&'a str>,
}

fn effects(one: &CardInstrument, effects: &[CardEffect], lang: Lang) -> Vec<Does> {
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
    let lines = all.iter().map(|alike| line(one, alike, lang));
    lines.map(Does::Effect).collect()
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
    let name = bare_lever(entry, lang);
    let gap = say(lang, " ", "");
    format!(
        "{thing}{name}{of} {amount}{open}{range}{close}{gap}{}",
        letter(entry.grade)
    )
}

/// A lever's kind, and the family or domain that it is of.
pub(super) fn split(lever: &str) -> (&str, Option<&str>) {
    match lever.split_once('.') {
        Some((kind, of)) => (kind, Some(of)),
        None => (lever, None),
    }
}

/// What a family or a domain is called.
pub(super) fn named(id: &str, lang: Lang) -> &str {
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

/// The parameters of the card that a domain may have, by what stands before its name.
pub(super) const OF_DOMAIN: [&str; 2] = ["drift", "harm"];

/// The numbers of the card about single domains.
pub fn numbers_of_domains() -> impl Iterator<Item = &'static Entry> {
    let entries = Card::built_in().entries().iter();
    entries.filter(|entry| {
        let (parameter, domain) = entry.id.split_once('.').unwrap_or((&entry.id, ""));
        OF_DOMAIN.contains(&parameter) && Domain::ALL.iter().any(|known| known.id() == domain)
    })
}
