//! The true book opened: what moved each figure, rule by rule, from the first turn to the last.

use super::super::waterfall::{self, Fall, Of};
use super::super::{beside, why};
use super::{Page, says, sheet, titled};
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Reading, account};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, cell, filling, row};
use crate::app::words::{signed, tenths};
use crate::rules::gap::Part;
use crate::rules::id::PrecinctIx;
use crate::rules::ledger::{Account, Cause};
use crate::rules::units::Amount;
use crate::rules::{Index, Rule};
use bevy::prelude::*;

/// What moved less than this over a whole game is told together, points.
const SMALL: f64 = 0.05;
/// How many causes are named beside the book.
const CAUSES: usize = 4;

/// The book of the figure that is read.
pub(super) fn book(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let (words, table) = (page.words, page.table);
    let reading = table.reading;
    side.spawn(sheet(kit, "Book", 0.0)).with_children(|card| {
        titled(card, kit, words, "ledger.title");
        let mut choices = Index::ALL
            .map(|index| {
                let to = Reading {
                    index,
                    record: false,
                    ..reading
                };
                Semantics::choice(
                    format!("ledger:{}", index.id()),
                    words.index(index),
                    index == reading.index && !reading.record,
                    Act::Read(to),
                )
            })
            .to_vec();
        if table.opened.last_turn() > 1 {
            let to = Reading {
                record: true,
                ..reading
            };
            let label = words.say("ledger.record");
            choices.push(Semantics::choice(
                "ledger:record",
                label,
                reading.record,
                Act::Read(to),
            ));
        }
        kit.choices(card, words.lang, choices);
        if reading.record {
            record(page, card, kit);
            return;
        }
        // These two are kept for each precinct; the others are the whole city's.
        let by_place = matches!(reading.index, Index::Trust | Index::SenseOfSafety);
        let place = table.why_place.filter(|_| by_place);
        if by_place {
            why::places(
                card,
                kit,
                words,
                table,
                &by_change(page, reading.index),
                "why.place-none",
            );
        }
        let Some((first, last, account)) = ends(page, reading.index, place) else {
            return;
        };
        let causes = table.opened.book(account);
        let small: f64 = (causes.iter())
            .filter(|(_, by)| by.abs() < SMALL)
            .map(|(_, by)| by)
            .sum();
        let mut bars: Vec<(Of, f64)> = (causes.iter())
            .filter(|(_, by)| by.abs() >= SMALL)
            .map(|(cause, by)| (Of::Cause(*cause), *by))
            .collect();
        if small != 0.0 {
            bars.push((Of::Rest, small));
        }
        let fall = Fall {
            before: ("ledger.start", tenths(first), first),
            now: ("ledger.end", tenths(last), last),
            bars,
            more_is_good: true,
        };
        waterfall::draw(card, kit, words, table, &fall);
        says(card, kit, words, words.say("ledger.note"));
    });
}

/// Why a count on record changed in a turn: what could be told then, and the rest of it opened.
fn record(page: &Page, card: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let (words, table) = (page.words, page.table);
    let reading = table.reading;
    let last = table.opened.last_turn();
    let turn = reading.turn.clamp(2, last.max(2));
    why::families(card, kit, words, table);
    card.spawn((Name::new("Turn"), row(8.0)))
        .with_children(|line| {
            let mut step = |line: &mut ChildSpawnerCommands, name: &str, icon, to: u16| {
                let means = Semantics {
                    enabled: (2..=last).contains(&to),
                    ..Semantics::button(
                        format!("ledger-turn:{name}"),
                        words.say(&format!("ledger.turn-{name}")),
                        Act::Read(Reading {
                            turn: to,
                            ..reading
                        }),
                    )
                };
                kit.square(line, icon, 36.0, means);
            };
            step(line, "before", "left", turn - 1);
            step(line, "after", "right", turn + 1);
            let ink = kit.palette().ink;
            line.spawn(kit.line(Role::Strong, words.lang, words.turn(turn), ink));
        });
    let change = |place| {
        let why = table.opened.why(turn, Some(place), table.family);
        why.map_or(0, |(why, _)| why.now.abs_diff(why.before))
    };
    let places = 0..table.scenario.world.precincts.len();
    let mut order: Vec<PrecinctIx> = places.map(PrecinctIx::from_position).collect();
    order.sort_by_cached_key(|place| std::cmp::Reverse(change(*place)));
    why::places(card, kit, words, table, &order, "why.place-none");
    let Some((why, gap)) = table.opened.why(turn, table.why_place, table.family) else {
        return;
    };
    let told: Vec<(Of, f64)> = (why.bars.iter())
        .filter_map(|bar| Some((Of::Cause(Cause::of(bar.rule?)), bar.amount)))
        .collect();
    let parts = Part::ALL.map(|part| (Of::Part(part), gap.part(part)));
    let parts = parts.into_iter().filter(|(_, by)| by.abs() >= SMALL);
    let mut bars: Vec<(Of, f64)> = told.into_iter().chain(parts).collect();
    let change = f64::from(why.now) - f64::from(why.before);
    let rest = change - bars.iter().map(|bar| bar.1).sum::<f64>();
    if rest.abs() >= SMALL {
        bars.push((Of::Rest, rest));
    }
    let end = |key, count: u32| (key, count.to_string(), f64::from(count));
    let fall = Fall {
        before: end("why.before", why.before),
        now: end("why.now", why.now),
        bars,
        more_is_good: false,
    };
    waterfall::draw(card, kit, words, table, &fall);
    says(card, kit, words, words.say("ledger.record.note"));
}

/// Where a figure stood before the first turn and after the last, and its account.
fn ends(page: &Page, index: Index, place: Option<PrecinctIx>) -> Option<(f64, f64, Account)> {
    let hidden = page.debrief.hidden.last()?;
    let account = account(index, place);
    let last = match account {
        Account::Trust(place) => hidden.trust[place.at()],
        Account::FeelSafe(place) => hidden.feel_safe[place.at()],
        _ => hidden.indices[index as usize],
    }
    .to_f64();
    let moved: f64 = page.table.opened.book(account).iter().map(|it| it.1).sum();
    Some((last - moved, last, account))
}

/// The precincts, those first in which a figure changed most.
fn by_change(page: &Page, index: Index) -> Vec<PrecinctIx> {
    let places = 0..page.table.scenario.world.precincts.len();
    let mut order: Vec<(PrecinctIx, f64)> = places
        .map(PrecinctIx::from_position)
        .filter_map(|place| {
            let (first, last, _) = ends(page, index, Some(place))?;
            Some((place, (last - first).abs()))
        })
        .collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    order.into_iter().map(|(place, _)| place).collect()
}

/// Whether a rule is luck, or the end of a scale.
fn is_luck(rule: Rule) -> bool {
    matches!(rule.id(), "chance" | "chance-passed" | "bound")
}

/// How the six figures moved, with what moved Safety and Trust most, luck left aside.
pub(super) fn city(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let words = page.words;
    let palette = kit.palette().clone();
    let lang = words.lang;
    side.spawn(sheet(kit, "All figures", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "ledger.figures");
            for index in Index::ALL {
                let Some((first, last, _)) = ends(page, index, None) else {
                    continue;
                };
                card.spawn(kit.rule());
                let told = words.get(
                    "ledger.from-to",
                    &[("from", &tenths(first)), ("to", &tenths(last))],
                );
                let id = format!("moved:{}", index.id());
                let means = Semantics::figure(id, words.index(index), told.as_str());
                card.spawn((Name::new("Figure"), row(8.0), means))
                    .with_children(|line| {
                        let name = kit.text(Role::Body, lang, words.index(index), palette.ink);
                        line.spawn((Name::new("Name"), filling(0.0)))
                            .with_child(name);
                        line.spawn(kit.line(Role::Label, lang, told, palette.ink2));
                        let by = last - first;
                        let ink = if by < 0.0 { palette.neg } else { palette.pos };
                        line.spawn((Name::new("Change"), cell(58.0)))
                            .with_child(kit.line(Role::Strong, lang, signed(by), ink));
                    });
            }
        });
    side.spawn(sheet(kit, "Causes", 0.0)).with_children(|card| {
        titled(card, kit, words, "debrief.causes");
        for index in [Index::Safety, Index::Trust] {
            let causes = page.table.opened.book(Account::Index(index));
            let causes = causes.iter().filter(|(it, _)| !is_luck(it.rule));
            for (it, by) in causes.take(CAUSES) {
                cause(card, kit, page, index, it, *by);
            }
        }
    });
}

fn cause(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    page: &Page,
    index: Index,
    cause: &Cause,
    by: f64,
) {
    let palette = kit.palette().clone();
    let words = page.words;
    let lang = words.lang;
    card.spawn((Name::new("Cause"), row(10.0)))
        .with_children(|line| {
            let (icon, ink) = match index {
                Index::Trust => ("trust", palette.trust),
                _ => ("shield", palette.safety),
            };
            line.spawn(kit.icon(icon, 20.0, ink));
            line.spawn(kit.icon(waterfall::rule_icon(cause.rule), 19.0, palette.ink2));
            let source = beside::source(words, page.table, cause);
            let name = [words.index(index), source].join(&words.say("list.colon"));
            line.spawn((Name::new("Words"), filling(0.0)))
                .with_child(kit.text(Role::Body, lang, name, palette.ink));
            let (mark, ink) = if by > 0.0 {
                ("rise", palette.pos)
            } else {
                ("fall", palette.neg)
            };
            line.spawn(kit.icon(mark, 14.0, ink));
            line.spawn(kit.line(Role::Strong, lang, signed(by), ink));
        });
}
