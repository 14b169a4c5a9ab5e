//! Who knew what and when, who asked and who promised, and what each desk had to reach.

use super::super::inspector::fact;
use super::counted::verdict;
use super::{Page, says, sheet, titled};
use crate::app::semantics::Semantics;
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::{capital, tenths};
use crate::rules::id::SeatIx;
use crate::rules::table::{Became, Kept, ToldMandate, ToldNote, ToldPromise};
use crate::rules::view;
use crate::rules::world::Quality;
use bevy::prelude::*;

/// Every note on the months' line, whether the table ever saw it, and what it was worth.
pub(super) fn notes(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let words = page.words;
    let palette = kit.palette().clone();
    let mut notes: Vec<&ToldNote> = page.debrief.notes.iter().collect();
    notes.sort_by_key(|told| (told.note.turn, told.note.seat));
    side.spawn(sheet(kit, "Notes", 0.0)).with_children(|card| {
        titled(card, kit, words, "notes.title");
        if notes.is_empty() {
            says(card, kit, words, words.say("notes.none"));
            return;
        }
        let pinned = notes.iter().filter(|told| !told.pinned.is_empty()).count();
        let text = words.get(
            "notes.pinned",
            &[
                ("pinned", &pinned.to_string()),
                ("all", &notes.len().to_string()),
            ],
        );
        says(card, kit, words, text);
        let mut turn = 0;
        for told in notes {
            if told.note.turn != turn {
                turn = told.note.turn;
                card.spawn(kit.rule());
                let name = words.turn(turn);
                card.spawn((Name::new("Turn"), column(0.0)))
                    .with_child(kit.text(Role::Strong, words.lang, name, palette.ink));
            }
            note(page, card, kit, told);
        }
    });
}

fn note(page: &Page, card: &mut ChildSpawnerCommands, kit: &mut Kit, told: &ToldNote) {
    let words = page.words;
    let palette = kit.palette().clone();
    let lang = words.lang;
    let head = words.get(
        "notes.note",
        &[
            ("note", &words.note_number(&told.note.id)),
            ("desk", words.seat(told.note.seat)),
        ],
    );
    let pinned: Vec<String> = (told.pinned.iter())
        .map(|turn| words.turn_name(*turn))
        .collect();
    let (icon, shared) = if pinned.is_empty() {
        ("note", words.say("notes.kept"))
    } else {
        let turns = pinned.join(&words.say("list.comma"));
        ("pin", words.with("notes.on-map", "turns", &turns))
    };
    let text = words.note(&told.note).to_owned();
    let worth = capital(&words.quality(told.quality));
    let said = [worth.as_str(), shared.as_str()].join(&words.say("list.and-then"));
    let id = format!("told:{}", told.note.id);
    let means = Semantics::figure(id, head.as_str(), [text.as_str(), &said].join(" "));
    let node = Node {
        flex_shrink: 0.0,
        ..column(1.0)
    };
    card.spawn((Name::new("Note"), node, means))
        .with_children(|part| {
            part.spawn((Name::new("Head"), row(8.0)))
                .with_children(|line| {
                    line.spawn(kit.icon(icon, 17.0, palette.ink2));
                    let text = kit.text(Role::Plate, lang, head, palette.ink2);
                    line.spawn((Name::new("Words"), filling(0.0)))
                        .with_child(text);
                });
            part.spawn(kit.text(Role::Body, lang, text, palette.ink));
            let ink = match told.quality {
                Quality::Accurate => palette.pos,
                _ => palette.trust,
            };
            part.spawn(kit.text(Role::Label, lang, said, ink));
        });
}

/// Promises, mandates with what stands behind them, releases, and postures that nobody looked at.
pub(super) fn said(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    promises(page, side, kit);
    mandates(page, side, kit);
    postures(page, side, kit);
}

fn promises(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let words = page.words;
    side.spawn(sheet(kit, "Promises", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "notes.promises");
            let promises: &[ToldPromise] = &page.debrief.promises;
            if promises.is_empty() {
                says(card, kit, words, words.say("notes.no-promises"));
            }
            for told in promises {
                let by = words.turn_name(told.by);
                let kept = match told.kept {
                    Kept::Kept(turn) => {
                        words.with("notes.promise.kept", "turn", &words.turn_name(turn))
                    }
                    other => words.kept(other),
                };
                let text = words.get(
                    "notes.promise",
                    &[("ask", &words.ask(&told.ask)), ("by", &by), ("kept", &kept)],
                );
                let icon = match told.kept {
                    Kept::Kept(_) => "tick",
                    Kept::Broken => "minus",
                    Kept::NotChecked => "question",
                };
                fact(card, kit, words, icon, text);
            }
        });
}

fn mandates(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let words = page.words;
    let mandates = &page.debrief.mandates;
    if mandates.is_empty() {
        return;
    }
    side.spawn(sheet(kit, "Mandates", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "notes.mandates");
            says(card, kit, words, words.say("notes.mandates.about"));
            for told in mandates {
                card.spawn(kit.rule());
                mandate(page, card, kit, told);
            }
        });
}

fn mandate(page: &Page, card: &mut ChildSpawnerCommands, kit: &mut Kit, told: &ToldMandate) {
    let words = page.words;
    let palette = kit.palette().clone();
    let lang = words.lang;
    let (icon, ink) = match told.became {
        Became::Released => ("hand", palette.ink2),
        Became::Met | Became::Failed => {
            let (icon, ink, _) = verdict(&told.outcome, told.guard.as_ref(), &palette);
            (icon, ink)
        }
    };
    let desk = words.seat(told.mandate.seat).to_owned();
    let text = words.mandate(told.set, told.at).to_owned();
    let mut became = capital(&words.became(told));
    if let Some(guard) = told.mandate.guard.as_ref().zip(told.guard.as_ref()) {
        let value = guard.1.deciding(guard.0).unwrap_or(0.0);
        became += &words.get(
            "notes.guard",
            &[("guard", &words.goal(guard.0)), ("value", &tenths(value))],
        );
    }
    let release = told.release.map(|release| match release.granted {
        Some(turn) => words.get(
            "notes.released",
            &[
                ("asked", &words.turn_name(release.asked)),
                ("granted", &words.turn_name(turn)),
            ],
        ),
        None => words.with("notes.unreleased", "asked", &words.turn_name(release.asked)),
    });
    let id = &page.table.scenario.world.seats[told.mandate.seat.at()].id;
    let means = Semantics::figure(format!("mandate:{id}"), text.as_str(), became.as_str());
    let line = Node {
        align_items: AlignItems::FlexStart,
        flex_shrink: 0.0,
        ..row(8.0)
    };
    card.spawn((Name::new("Mandate"), line, means))
        .with_children(|line| {
            line.spawn(kit.icon(icon, 20.0, ink));
            line.spawn((Name::new("Words"), filling(1.0)))
                .with_children(|lines| {
                    lines.spawn(kit.text(Role::Plate, lang, desk, palette.ink2));
                    lines.spawn(kit.text(Role::Body, lang, text, palette.ink));
                    lines.spawn(kit.text(Role::Label, lang, became, ink));
                    if let Some(release) = release {
                        lines.spawn(kit.text(Role::Label, lang, release, palette.ink2));
                    }
                });
        });
}

/// Desks whose standing order gave orders and that nobody ever looked at again.
fn postures(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let (words, table) = (page.words, page.table);
    let Some(state) = table.state() else {
        return;
    };
    let view = view(state, &table.seat());
    let never: Vec<String> = (view.standing().iter().enumerate())
        .filter(|(_, stands)| stands.reviewed == 0 && stands.orders > 0)
        .filter_map(|(at, stands)| {
            let posture = words.posture_label(stands.posture?);
            let seat = SeatIx::from_position(at);
            Some(words.get(
                "notes.posture",
                &[
                    ("desk", words.seat(seat)),
                    ("posture", &posture),
                    ("count", &stands.orders.to_string()),
                ],
            ))
        })
        .collect();
    if never.is_empty() {
        return;
    }
    side.spawn(sheet(kit, "Postures", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "notes.postures");
            for text in never {
                fact(card, kit, words, "clock", text);
            }
        });
}
