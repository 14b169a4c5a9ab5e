//! The true book opened: what moved each figure, rule by rule, from the first turn to the last.

use super::super::waterfall::{self, Fall, Of};
use super::super::why;
use super::{Page, cell, says, sheet, titled};
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Reading, account};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, filling, row};
use crate::app::words::{Words, signed, tenths};
use crate::rules::id::PrecinctIx;
use crate::rules::ledger::Account;
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
        let choices = Index::ALL.map(|index| {
            Semantics::choice(
                format!("ledger:{}", index.id()),
                words.index(index),
                index == reading.index,
                Act::Read(Reading { index, ..reading }),
            )
        });
        kit.choices(card, words.lang, choices);
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
            .map(|(rule, by)| (Of::Rule(*rule), *by))
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
            let causes = causes.iter().filter(|(rule, _)| !is_luck(*rule));
            for (rule, by) in causes.take(CAUSES) {
                cause(card, kit, words, index, *rule, *by);
            }
        }
    });
}

fn cause(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    index: Index,
    rule: Rule,
    by: f64,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    card.spawn((Name::new("Cause"), row(10.0)))
        .with_children(|line| {
            let (icon, ink) = match index {
                Index::Trust => ("trust", palette.trust),
                _ => ("shield", palette.safety),
            };
            line.spawn(kit.icon(icon, 20.0, ink));
            line.spawn(kit.icon(waterfall::rule_icon(rule), 19.0, palette.ink2));
            let name = [words.index(index), words.rule(rule)].join(&words.say("list.colon"));
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
