//! What came to this desk alone, and what hangs on the map for everybody.

use super::{gives, says, titled};
use crate::app::semantics::Semantics;
use crate::app::table::Table;
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::Words;
use crate::rules::table::Note;
use crate::rules::{Action, View};
use bevy::prelude::*;

/// The notes that came to the desk this turn.
pub(super) fn fresh<'a>(view: &View<'a>) -> impl Iterator<Item = Note> + use<'a> {
    let turn = view.turn();
    view.notes().filter(move |note| note.turn == turn)
}

pub(super) fn draw(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let pinned: Vec<Note> = view.pinned().collect();
    let room = view.room_for_pins();
    let count = [
        ("count", pinned.len().to_string()),
        ("most", room.to_string()),
    ];
    let slots: Vec<(&str, &str)> = count
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    says(card, kit, words, words.get("desk.pins", &slots));
    for note in pinned.iter().filter(|note| note.seat != table.desk.seat) {
        paper(card, kit, words, note, None, true);
    }
    let mut own: Vec<Note> = view.notes().collect();
    own.sort_by_key(|note| std::cmp::Reverse(note.turn));
    titled(card, kit, words, words.say("desk.own-notes"));
    if own.is_empty() {
        says(card, kit, words, words.say("desk.no-notes"));
    }
    for note in &own {
        let on_map = pinned.iter().any(|it| it.id == note.id);
        let pin = Action::Pin {
            note: note.id.clone(),
        };
        let pin = (!on_map && note.turn + 1 >= view.turn()).then_some(pin);
        paper(card, kit, words, note, pin, on_map);
    }
}

/// A note: its number, what it says, whom it comes from, and how it gets on the map.
fn paper(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    note: &Note,
    pin: Option<Action>,
    on_map: bool,
) {
    let (lang, palette) = (words.lang, kit.palette().clone());
    let node = Node {
        padding: UiRect::axes(Val::Px(10.0), Val::Px(7.0)),
        border: UiRect::left(Val::Px(4.0)),
        flex_shrink: 0.0,
        ..column(4.0)
    };
    let edge = if on_map { palette.gold } else { palette.line2 };
    let look = (BackgroundColor(palette.card2), BorderColor::all(edge));
    let text = words.note(note).to_owned();
    let head = words.get(
        "desk.note",
        &[
            ("note", &words.note_number(&note.id)),
            ("desk", words.seat(note.seat)),
            ("turn", &words.turn_name(note.turn)),
        ],
    );
    let means = Semantics::figure(format!("note:{}", note.id), head.as_str(), text.as_str());
    card.spawn((Name::new("Note"), node, look, means))
        .with_children(|paper| {
            paper
                .spawn((Name::new("Note's head"), row(8.0)))
                .with_children(|line| {
                    let icon = if on_map { "pin" } else { "note" };
                    line.spawn(kit.icon(icon, 18.0, palette.ink2));
                    line.spawn((Name::new("Words"), filling(0.0)))
                        .with_child(kit.text(Role::Label, lang, head, palette.ink2));
                });
            paper.spawn(kit.text(Role::Body, lang, text, palette.ink));
            let source = words.note_source(note);
            if !source.is_empty() {
                let source = words.with("desk.note.source", "source", source);
                paper.spawn(kit.text(Role::Label, lang, source, palette.ink2));
            }
            if let Some(pin) = pin {
                let means = gives(format!("pin:{}", note.id), words.say("desk.pin"), pin);
                paper
                    .spawn((Name::new("To do"), row(8.0)))
                    .with_children(|line| super::button(line, kit, words, "pin", means));
            } else if on_map {
                let text = words.say("desk.pinned");
                paper.spawn(kit.text(Role::Label, lang, text, palette.ink2));
            }
        });
}
