//! Entry: one row for each slot of each desk, put in by number from the slips of paper that the desks
//! have ticked.

use super::desk::{LETTERS, forecast};
use super::model::stack;
use super::setup::desk_icon;
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Pick, Table, stands};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::Words;
use crate::rules::View;
use crate::rules::candidates::Slot;
use crate::rules::id::SeatIx;
use bevy::prelude::*;

pub(super) fn page(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let Some(view) = table.view() else {
        return;
    };
    let palette = kit.palette().clone();
    let lang = words.lang;
    page.spawn((Name::new("About"), stack(0.0)))
        .with_child(kit.text(Role::Body, lang, words.say("slips.about"), palette.ink2));
    if let Some(slip) = &table.slip {
        let node = Node {
            padding: UiRect::axes(Val::Px(12.0), Val::Px(8.0)),
            flex_shrink: 0.0,
            ..column(2.0)
        };
        let means = Semantics::alert("refusal", slip.title.as_str(), slip.body.as_str());
        page.spawn((
            Name::new("Refusal"),
            node,
            BackgroundColor(palette.neg2),
            means,
        ))
        .with_children(|lines| {
            lines.spawn(kit.text(Role::Strong, lang, slip.title.as_str(), palette.neg));
            lines.spawn(kit.text(Role::Body, lang, slip.body.as_str(), palette.ink));
        });
    }
    let mut before = None;
    for (at, (seat, slot)) in table.slip_rows().into_iter().enumerate() {
        if before != Some(seat) {
            page.spawn(kit.rule());
            before = Some(seat);
        }
        line(page, kit, words, table, &view, at, (seat, slot));
    }
    page.spawn((Name::new("Forecast"), stack(6.0)))
        .with_children(|lines| forecast(lines, kit, words, table, &view));
}

fn line(
    page: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    at: usize,
    (seat, slot): (SeatIx, Slot),
) {
    let (lang, palette) = (words.lang, kit.palette().clone());
    let narrow = kit.narrow();
    let here = table.slip_row == at;
    let name = words.get(
        "slips.row",
        &[
            ("desk", words.seat(seat)),
            ("slot", &words.say(&format!("desk.slot.{}", slot.id()))),
        ],
    );
    let node = Node {
        flex_shrink: 0.0,
        padding: UiRect::all(Val::Px(6.0)),
        border: UiRect::left(Val::Px(5.0)),
        align_items: AlignItems::Stretch,
        flex_direction: if narrow {
            FlexDirection::Column
        } else {
            FlexDirection::Row
        },
        column_gap: Val::Px(8.0),
        row_gap: Val::Px(6.0),
        ..default()
    };
    let look = (
        BorderColor::all(if here { palette.gold } else { Color::NONE }),
        BackgroundColor(if here { palette.card2 } else { Color::NONE }),
    );
    page.spawn((Name::new("Row"), node, look))
        .with_children(|line| {
            let head = Node {
                width: if narrow { Val::Auto } else { Val::Px(186.0) },
                flex_shrink: 0.0,
                padding: UiRect::horizontal(Val::Px(6.0)),
                column_gap: Val::Px(8.0),
                ..default()
            };
            let means = Semantics {
                chosen: Some(here),
                ..Semantics::button(format!("slip-row:{at}"), name, Act::SlipRow(at))
            };
            let icon = desk_icon(view.world().seats[seat.at()].id.as_str());
            line.spawn(kit.button(means, head)).with_children(|head| {
                head.spawn(kit.icon(icon, 20.0, palette.ink));
                head.spawn((Name::new("Words"), filling(0.0)))
                    .with_children(|lines| {
                        lines.spawn(kit.text(Role::Plate, lang, words.seat(seat), palette.ink));
                        let slot = words.say(&format!("desk.slot.{}", slot.id()));
                        lines.spawn(kit.text(Role::Label, lang, slot, palette.ink2));
                    });
            });
            let offers = table.offers_of(seat, slot);
            for (nth, letter) in LETTERS.iter().enumerate() {
                let Some(offer) = offers.get(nth) else {
                    if !narrow {
                        line.spawn((Name::new("No suggestion"), cell(kit)));
                    }
                    continue;
                };
                let on = stands(view, &offer.order);
                let label = words.act_label(&offer.order);
                let id = format!("slip:{at}:{}", nth + 1);
                let means =
                    Semantics::choice(id, label.as_str(), on, Act::FillSlip(at, Pick::Offer(nth)));
                let node = cell(kit);
                pick(line, kit, words, letter, &label, means, node);
            }
            let other = words.say("desk.other");
            let means = Semantics::button(
                format!("slip:{at}:4"),
                other.as_str(),
                Act::FillSlip(at, Pick::Other),
            );
            let node = Node {
                width: if narrow { Val::Auto } else { Val::Px(104.0) },
                flex_shrink: 0.0,
                ..default()
            };
            pick(line, kit, words, "4", &other, means, node);
        });
}

/// The width of the sheet of slips.
pub(super) const WIDTH: f32 = 1120.0;
/// What of it is not suggestions: margins, the desk, something else, the gaps.
const BESIDES: f32 = 444.0;

/// A suggestion: a third of what is left, in whole pixels, because a text that just fits would break
/// where its box is rounded down.
fn cell(kit: &Kit) -> Node {
    let width = if kit.narrow() {
        Val::Auto
    } else {
        Val::Px(((kit.window().x - 64.0).min(WIDTH) - BESIDES).div_euclid(3.0))
    };
    Node {
        width,
        flex_shrink: 0.0,
        ..default()
    }
}

/// One of the answers of a row.
fn pick(
    line: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    mark: &str,
    label: &str,
    means: Semantics,
    node: Node,
) {
    let palette = kit.palette().clone();
    let on = means.chosen == Some(true);
    let node = Node {
        min_height: Val::Px(kit.side(38.0)),
        padding: UiRect::axes(Val::Px(8.0), Val::Px(4.0)),
        column_gap: Val::Px(8.0),
        ..node
    };
    line.spawn(kit.button(means, node)).with_children(|it| {
        if on {
            it.spawn(kit.icon("tick", 16.0, palette.ink));
        } else {
            it.spawn(kit.line(Role::Strong, words.lang, mark, palette.ink2));
        }
        it.spawn((Name::new("Words"), filling(0.0)))
            .with_child(kit.text(Role::Plate, words.lang, label, palette.ink));
    });
}

/// The way to the rows, where slips can be put in.
pub(super) fn way(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    if !table.takes_slips() {
        return;
    }
    let (lang, ink) = (words.lang, kit.palette().ink);
    let label = words.say("slips.open");
    let node = Node {
        min_height: Val::Px(kit.side(36.0)),
        padding: UiRect::horizontal(Val::Px(10.0)),
        flex_shrink: 0.0,
        ..row(8.0)
    };
    let means = Semantics::button("slips", label.as_str(), Act::Slips);
    card.spawn(kit.button(means, node)).with_children(|it| {
        it.spawn(kit.icon("note", 18.0, ink));
        it.spawn(kit.line(Role::Plate, lang, label, ink));
        kit.caps(it, lang, "slips", ink);
    });
}
