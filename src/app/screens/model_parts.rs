//! What stands in a section about the model: sentences, rules, numbers, instruments.

use super::model::{foreign, stack};
use crate::app::semantics::{Cited, Semantics};
use crate::app::table::{Act, Leaf, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, LINE, column, filling, row};
use crate::app::words::{Words, plain};
use crate::report::chapters::{Part, Section};
use crate::report::instruments::{Does, does, explained, numbers_of, numbers_of_domains, terms};
use crate::report::written;
use crate::rules::model::Coefficient;
use crate::rules::{Amount, Cents, Rule, World};
use crate::scenario::card::{Card, Entry, Grade, Unit};
use crate::scenario::institution::{CardInstrument, CardSetting};
use crate::text::Lang;
use bevy::prelude::*;
use std::collections::BTreeSet;

/// More numbers than this are told in short, one line each.
const MOST_ROWS: usize = 36;

/// Whether the scenario has an instrument.
pub(super) fn is_open(one: &CardInstrument, world: &World) -> bool {
    world
        .instruments
        .iter()
        .any(|open| open.id.as_str() == one.id)
}

/// Everything in a section.
pub(super) fn section(
    page: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    section: &Section,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let world = &table.scenario.world;
    let mut shown = BTreeSet::new();
    for part in &section.parts {
        match part {
            Part::Head(text) => {
                page.spawn((Name::new("Heading"), stack(0.0)))
                    .with_child(kit.text(Role::Strong, lang, text.as_str(), palette.ink));
            }
            Part::Text(text) => {
                page.spawn((Name::new("Paragraph"), stack(0.0)))
                    .with_child(kit.text(Role::Body, lang, text.as_str(), palette.ink));
            }
            Part::Unknown(text) => unknown(page, kit, words, text),
            Part::Rules(rules) => {
                for rule in rules {
                    said(page, kit, words, *rule, table.leaf.rule == Some(*rule));
                }
            }
            Part::Numbers(entries) => {
                let entries = entries.iter().filter(|entry| !foreign(entry, world));
                let new: Vec<&Entry> = entries
                    .filter(|entry| shown.insert(entry.id.as_str()))
                    .copied()
                    .collect();
                numbers(page, kit, words, table, &new);
            }
            Part::Instruments(all) => {
                let open = all.iter().filter(|one| is_open(one, world));
                for (at, one) in open.enumerate() {
                    instrument(page, kit, words, table.leaf, at, one);
                }
            }
            Part::Domains => domains(page, kit, words, table),
            Part::Grades => grades(page, kit, words),
            Part::Sides => sides(page, kit, words),
            Part::Judged => judged(page, kit, words, world),
        }
    }
}

/// What nobody knows, in a frame of its own.
fn unknown(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, text: &str) {
    let palette = kit.palette().clone();
    let node = Node {
        padding: UiRect::all(Val::Px(10.0)),
        border: UiRect::all(Val::Px(LINE)),
        border_radius: BorderRadius::all(Val::Px(8.0)),
        ..stack(4.0)
    };
    let paper = (
        BackgroundColor(palette.card2),
        BorderColor::all(palette.line2),
    );
    page.spawn((Name::new("Not known"), node, paper))
        .with_children(|frame| {
            let head = words.say("model.unknown");
            frame.spawn(kit.text(Role::Strong, words.lang, head, palette.ink));
            frame.spawn(kit.text(Role::Body, words.lang, text, palette.ink));
        });
}

/// A rule as the game names and explains it.
fn said(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, rule: Rule, asked: bool) {
    let palette = kit.palette().clone();
    let node = Node {
        padding: UiRect::axes(Val::Px(10.0), Val::Px(6.0)),
        border_radius: BorderRadius::all(Val::Px(6.0)),
        align_items: AlignItems::FlexStart,
        flex_shrink: 0.0,
        ..row(10.0)
    };
    let ground = if asked { palette.gold2 } else { palette.card2 };
    let (name, why) = (words.rule(rule), words.rule_why(rule));
    let id = format!("rule:{}", rule.id());
    let means = Semantics::figure(id, name.as_str(), why.as_str());
    page.spawn((Name::new("Rule said"), node, BackgroundColor(ground), means))
        .with_children(|line| {
            line.spawn(kit.icon(super::waterfall::rule_icon(rule), 22.0, palette.ink));
            line.spawn((Name::new("Words"), filling(2.0)))
                .with_children(|lines| {
                    lines.spawn(kit.text(Role::Strong, words.lang, name, palette.ink));
                    lines.spawn(kit.text(Role::Body, words.lang, why, palette.ink));
                });
        });
}

fn numbers(
    page: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    entries: &[&Entry],
) {
    if entries.len() > MOST_ROWS {
        for entry in entries {
            let text = [
                entry.name.in_lang(words.lang).to_owned(),
                with_unit(words, entry, entry.value),
            ];
            let ink = kit.palette().ink;
            let text = text.join(&words.say("list.colon"));
            page.spawn((Name::new("In short"), stack(0.0)))
                .with_child(kit.text(Role::Label, words.lang, text, ink));
        }
        return;
    }
    for entry in entries {
        number(page, kit, words, table, entry);
    }
}

/// An amount with what it counts.
fn with_unit(words: &Words, entry: &Entry, value: f64) -> String {
    let amount = written::value_of(entry.unit, value, words.lang);
    if entry.unit == Unit::Share {
        return amount;
    }
    let unit = entry.unit.words(words.lang);
    words.get("model.value", &[("value", &amount), ("unit", &unit)])
}

/// How a number was found.
fn ground(words: &Words, entry: &Entry) -> String {
    if entry.convention {
        words.say("model.convention")
    } else if entry.grade == Grade::J {
        words.say("model.judged")
    } else {
        entry.grade.words(words.lang)
    }
}

/// A number of the card: what it is, its value, its range, how it was found, and where.
fn number(
    page: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    entry: &Entry,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let name = entry.name.in_lang(lang);
    let value = with_unit(words, entry, entry.value);
    let range = words.with("model.range", "range", &written::range(entry, lang));
    let ground = ground(words, entry);
    let own = Coefficient::ALL
        .iter()
        .find(|known| known.id() == entry.id)
        .map(|known| table.scenario.world.model.get(*known))
        .filter(|own| (own - entry.value).abs() > 1e-9)
        .map(|own| words.with("model.here", "value", &with_unit(words, entry, own)));
    let mut told = vec![range, ground];
    told.extend(own);
    let told = told.join(&words.say("model.between"));
    let spoken = [value.as_str(), told.as_str()].join(&words.say("list.stop"));
    let node = Node {
        padding: UiRect::axes(Val::Px(10.0), Val::Px(6.0)),
        border: UiRect::bottom(Val::Px(1.0)),
        ..stack(1.0)
    };
    let means = Semantics::figure(format!("number:{}", entry.id), name, spoken);
    page.spawn((
        Name::new("Number"),
        node,
        BorderColor::all(palette.line),
        means,
    ))
    .with_children(|lines| {
        // Where little fits, the value stands below the name.
        let head = if kit.narrow() {
            column(1.0)
        } else {
            Node {
                align_items: AlignItems::FlexStart,
                ..row(12.0)
            }
        };
        lines
            .spawn((Name::new("Head"), head))
            .with_children(|head| {
                let text = kit.text(Role::Body, lang, name, palette.ink);
                if kit.narrow() {
                    head.spawn(text);
                } else {
                    head.spawn((Name::new("Words"), filling(0.0)))
                        .with_child(text);
                }
                head.spawn(kit.line(Role::Strong, lang, value, palette.ink));
            });
        lines.spawn(kit.text(Role::Label, lang, told, palette.ink2));
        cited(lines, kit, words, entry);
    });
}

/// Where a number comes from, and what else is worth knowing. A source is named as it was published.
fn cited(lines: &mut ChildSpawnerCommands, kit: &Kit, words: &Words, entry: &Entry) {
    let text = origin(words, entry);
    if !text.is_empty() {
        let ink = kit.palette().ink2;
        lines.spawn((kit.text(Role::Label, words.lang, text, ink), Cited));
    }
}

fn origin(words: &Words, entry: &Entry) -> String {
    let source = named(words, &entry.source);
    let note = entry.note.in_lang(words.lang);
    // In a Chinese page what can be read comes before what is named as it was published.
    let parts = match words.lang {
        Lang::En => [source.as_str(), note],
        Lang::ZhHans => [note.trim_end_matches('。'), source.as_str()],
    };
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(&words.say("list.stop"))
}

/// A source with the word for it; nothing where there is none.
fn named(words: &Words, source: &str) -> String {
    if source.is_empty() {
        return String::new();
    }
    words.with("model.source", "source", source)
}

/// An instrument: pressed, it tells what it decides and what its settings cost and do.
fn instrument(
    page: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    leaf: Leaf,
    at: usize,
    one: &CardInstrument,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let open = leaf.instrument == Some(at);
    let name = one.name.in_lang(lang);
    let to = Leaf {
        instrument: (!open).then_some(at),
        ..leaf
    };
    let means = Semantics::choice(format!("instrument:{}", one.id), name, open, Act::Leaf(to));
    let node = Node {
        min_height: Val::Px(kit.side(38.0)),
        padding: UiRect::axes(Val::Px(12.0), Val::Px(5.0)),
        column_gap: Val::Px(10.0),
        flex_shrink: 0.0,
        ..Node::default()
    };
    page.spawn(kit.button(means, node)).with_children(|line| {
        line.spawn(kit.icon(if open { "down" } else { "right" }, 16.0, palette.ink));
        let text = kit.text(Role::Strong, lang, name, palette.ink);
        line.spawn((Name::new("Name"), filling(0.0)))
            .with_child(text);
    });
    if !open {
        return;
    }
    let node = Node {
        padding: UiRect::new(Val::Px(12.0), Val::Px(4.0), Val::ZERO, Val::Px(8.0)),
        ..stack(8.0)
    };
    page.spawn((Name::new("Instrument"), node))
        .with_children(|part| {
            part.spawn(kit.text(Role::Body, lang, one.about.in_lang(lang), palette.ink));
            let terms = terms(one, lang).join(&words.say("model.between"));
            part.spawn(kit.text(Role::Label, lang, terms, palette.ink2));
            for (name, about) in explained(one, lang) {
                let text = [name, about].join(&words.say("list.colon"));
                part.spawn(kit.text(Role::Label, lang, text, palette.ink));
            }
            for setting in &one.settings {
                set(part, kit, words, one, setting);
            }
            let entries = numbers_of(one).filter_map(|id| Card::built_in().find(id).ok());
            let sources: BTreeSet<String> = entries
                .map(|entry| origin(words, entry))
                .filter(|text| !text.is_empty())
                .collect();
            for source in sources {
                let text = kit.text(Role::Label, lang, source, palette.ink2);
                part.spawn((text, Cited));
            }
        });
}

/// A setting: what it costs, and what it does.
fn set(
    part: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    one: &CardInstrument,
    setting: &CardSetting,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let name = setting.name.in_lang(lang);
    let cost = cost(words, setting);
    let lines: Vec<String> = does(one, setting, lang)
        .into_iter()
        .map(|line| match line {
            Does::Effect(text) | Does::Aside(text) => text,
        })
        .collect();
    let does = if lines.is_empty() {
        words.say("model.nothing")
    } else {
        lines.join("\n")
    };
    let spoken = [cost.as_str(), does.as_str()].join(&words.say("list.stop"));
    let node = Node {
        padding: UiRect::axes(Val::Px(10.0), Val::Px(6.0)),
        border_radius: BorderRadius::all(Val::Px(6.0)),
        ..stack(2.0)
    };
    let id = format!("setting:{}:{}", one.id, setting.id);
    let means = Semantics::figure(id, name, spoken);
    part.spawn((
        Name::new("Setting"),
        node,
        BackgroundColor(palette.card2),
        means,
    ))
    .with_children(|lines| {
        lines.spawn(kit.text(Role::Strong, lang, name, palette.ink));
        lines.spawn(kit.text(Role::Label, lang, cost, palette.ink2));
        lines.spawn(kit.text(Role::Label, lang, does, palette.ink));
    });
}

fn cost(words: &Words, setting: &CardSetting) -> String {
    let funds = |value: f64| plain(Cents::from_f64(value));
    let mut parts = Vec::new();
    let mut told = |key: &str, count: String, counts: bool| {
        if counts {
            parts.push(words.with(key, "count", &count));
        }
    };
    told("model.price", funds(setting.price), setting.price != 0.0);
    told("model.upkeep", funds(setting.upkeep), setting.upkeep != 0.0);
    told("model.months", funds(setting.months), setting.months != 0.0);
    let analysts = setting.analysts.to_string();
    told("price.analysts", analysts, setting.analysts > 0);
    let goodwill = written::plain(setting.goodwill);
    told("price.goodwill", goodwill, setting.goodwill != 0.0);
    if parts.is_empty() {
        return words.say("model.free");
    }
    parts.join(&words.say("model.between"))
}

/// The open risk domains, what belongs to each, and its numbers.
fn domains(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    for known in Card::built_in().domains() {
        if table.scenario.world.domain(known.domain).is_none() {
            continue;
        }
        let node = stack(2.0);
        page.spawn((Name::new("Domain"), node))
            .with_children(|part| {
                part.spawn(kit.text(Role::Strong, lang, known.name.in_lang(lang), palette.ink));
                part.spawn(kit.text(Role::Body, lang, known.about.in_lang(lang), palette.ink));
            });
        let end = format!(".{}", known.domain.id());
        for entry in numbers_of_domains().filter(|entry| entry.id.ends_with(&end)) {
            number(page, kit, words, table, entry);
        }
    }
}

/// What the grades mean, and how many numbers have each.
fn grades(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let entries = Card::built_in().entries();
    page.spawn((Name::new("Grades"), stack(4.0)))
        .with_children(|list| {
            for grade in Grade::ALL {
                let count = entries.iter().filter(|entry| entry.grade == grade).count();
                list.spawn((Name::new("Grade"), row(10.0)))
                    .with_children(|line| {
                        let letter = Node {
                            width: Val::Px(34.0),
                            flex_shrink: 0.0,
                            ..column(0.0)
                        };
                        let text = written::letter(grade);
                        let text = kit.line(Role::Strong, lang, text, palette.ink);
                        line.spawn((Name::new("Letter"), letter)).with_child(text);
                        let meaning = grade.words(lang);
                        let count = count.to_string();
                        let slots = [("grade", meaning.as_str()), ("count", count.as_str())];
                        let text = words.get("model.grade", &slots);
                        let text = kit.text(Role::Body, lang, text, palette.ink);
                        line.spawn((Name::new("Meaning"), filling(0.0)))
                            .with_child(text);
                    });
            }
        });
}

/// The contested questions: each side and who holds it.
fn sides(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    for side in Card::built_in().sides() {
        page.spawn((Name::new("Side"), stack(1.0)))
            .with_children(|lines| {
                let name = side.name.in_lang(lang);
                lines.spawn(kit.text(Role::Body, lang, name, palette.ink));
                if !side.source.is_empty() {
                    let source = named(words, &side.source);
                    let text = kit.text(Role::Label, lang, source, palette.ink2);
                    lines.spawn((text, Cited));
                }
            });
    }
}

/// The numbers that no study fixes, by name; those of instruments are told with them.
fn judged(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, world: &World) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let card = Card::built_in();
    let all = card.entries();
    let of_instruments: BTreeSet<&str> = card.instruments().iter().flat_map(numbers_of).collect();
    let judged: Vec<&Entry> = all.iter().filter(|entry| written::judged(entry)).collect();
    let text = words.get(
        "model.judged-count",
        &[
            ("count", &judged.len().to_string()),
            ("all", &all.len().to_string()),
        ],
    );
    page.spawn((Name::new("How many"), stack(0.0)))
        .with_child(kit.text(Role::Strong, lang, text, palette.ink));
    let listed = judged
        .iter()
        .filter(|entry| !of_instruments.contains(entry.id.as_str()) && !foreign(entry, world));
    for entry in listed {
        let parts = [
            entry.name.in_lang(lang).to_owned(),
            with_unit(words, entry, entry.value),
        ];
        let text = parts.join(&words.say("list.colon"));
        page.spawn((Name::new("Judged"), stack(0.0)))
            .with_child(kit.text(Role::Label, lang, text, palette.ink));
    }
}
