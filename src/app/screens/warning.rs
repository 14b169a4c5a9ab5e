//! Warning: what the turn begins with. Who has arrived, what the records let one expect, what lies
//! on the desk.

use super::chrome::{Offers, bar_height, reading_area, reading_tray, reading_tray_with, top_bar};
use super::inspector::fact;
use super::place::{annotations, beside, figure_spots, plate_with};
use super::{root, tidings};
use crate::app::map::{Board, Frame, MapView};
use crate::app::semantics::{Heading, Semantics};
use crate::app::table::{Act, Screen, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column};
use crate::app::words::{Words, plain};
use crate::rules::id::{KindIx, PrecinctIx};
use crate::rules::{Cents, View};
use bevy::prelude::*;

/// How many precincts are named.
const MOST: usize = 3;

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
) {
    let Some(view) = table.view() else {
        return;
    };
    let words = table.words();
    let high = expected(&table, &view);
    let narrow = kit.narrow();
    map.chosen = None;
    map.focus = None;
    map.frame = map
        .board
        .as_ref()
        .filter(|_| !narrow)
        .map(|board| map_frame(&kit, board));
    commands.spawn(root("Warning")).with_children(|root| {
        if let (Some(board), Some(frame)) = (&map.board, &map.frame) {
            let screen = Screen::Warning;
            annotations(root, &mut kit, &words, &table, &view, board, frame, screen);
            let places: Vec<usize> = high.iter().map(|(place, _)| place.at()).collect();
            let spots = figure_spots(&kit, &words, &view, board, frame, &places, 80.0);
            for ((place, count), spot) in high.iter().zip(spots) {
                let text = count.to_string();
                let id = &view.world().precincts[place.at()].id;
                let name = words.precinct(*place);
                let means = Semantics::figure(format!("band:{id}"), name, text.as_str());
                plate_with(root, &mut kit, &words, spot, &text, means, true);
            }
        }
        let node = sheet_place(&kit);
        root.spawn((Name::new("Beside the map"), node))
            .with_children(|side| {
                let frame = Node {
                    flex_grow: if narrow { 1.0 } else { 0.0 },
                    min_height: Val::Px(0.0),
                    min_width: Val::Px(0.0),
                    // As high as what is on it, at most as high as the place.
                    height: if narrow {
                        Val::Percent(100.0)
                    } else {
                        Val::Auto
                    },
                    max_height: Val::Percent(100.0),
                    ..default()
                };
                side.spawn(kit.title_card("What is new", frame))
                    .with_children(|card| {
                        let pad = if kit.compact() { 14.0 } else { 22.0 };
                        let inner = Node {
                            padding: UiRect::all(Val::Px(pad)),
                            min_width: Val::Px(0.0),
                            ..column(0.0)
                        };
                        card.spawn(kit.inner(inner)).with_children(|card| {
                            // A row, whose height is that of what lies in it; a column has none.
                            let grow = Node {
                                flex_grow: 1.0,
                                ..default()
                            };
                            let part = kit.scrolled("warning", grow);
                            part.fill(card, 8.0, |card| {
                                news(card, &mut kit, &words, &table, &view, &high);
                            });
                        });
                    });
            });
        let offers = Offers {
            turn: view.turn(),
            ..default()
        };
        top_bar(root, &mut kit, &words, &table, offers);
        let onward = Semantics::button("onward", words.say("warning.onward"), Act::ToOrders);
        let sentence = words.say("feedback.records");
        reading_tray_with(root, &mut kit, &words, &sentence, onward);
    });
}

/// The width of the sheet beside the map.
pub(super) fn column_width(kit: &Kit) -> f32 {
    if kit.compact() { 318.0 } else { 400.0 }
}

/// Where the sheet lies: beside the map, or in its place where there is no room for both.
pub(super) fn sheet_place(kit: &Kit) -> Node {
    let top = bar_height(kit);
    if kit.narrow() {
        return reading_area(kit, top);
    }
    Node {
        bottom: Val::Px(reading_tray(kit) + 12.0),
        ..beside(kit, top, column_width(kit))
    }
}

/// The map left of the sheet.
pub(super) fn map_frame(kit: &Kit, board: &Board) -> Frame {
    let window = kit.window();
    let pad = if kit.compact() { 16.0 } else { 34.0 };
    let right = window.x - column_width(kit) - if kit.compact() { 26.0 } else { 48.0 };
    let top = bar_height(kit) + pad * 0.7;
    let view = Rect::new(pad, top, right, window.y - reading_tray(kit) - pad * 0.7);
    Frame::fit(board, window, view)
}

/// The precincts where most is expected of the family the table watches, with what came on record
/// there last. The figure that is expected is told once the table has said its own.
fn expected(table: &Table, view: &View) -> Vec<(PrecinctIx, u32)> {
    let Some(page) = view.pages().last() else {
        return Vec::new();
    };
    let forecast = view.forecast();
    let world = view.world();
    let mut all: Vec<(PrecinctIx, f64)> = (0..world.precincts.len())
        .map(PrecinctIx::from_position)
        .filter_map(|place| {
            let forecast = forecast.get(world.cell(place, table.family))?;
            Some((place, forecast.mean))
        })
        .collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all.truncate(MOST);
    (all.into_iter())
        .map(|(place, _)| (place, page.recorded[world.cell(place, table.family)]))
        .collect()
}

fn news(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    high: &[(PrecinctIx, u32)],
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let role = if kit.compact() {
        Role::Heading
    } else {
        Role::Title
    };
    let title = words.say(&format!("warning.title.{}", words.turn_unit()));
    card.spawn((kit.text(role, lang, title, palette.ink), Heading));
    for (kind, count) in arrivals(view) {
        let text = words.get(
            "warning.arrived",
            &[
                ("kind", &words.kind_label(kind)),
                ("count", &count.to_string()),
            ],
        );
        fact(card, kit, words, "team", text);
    }
    fact(card, kit, words, "coin", funds(words, view));
    tidings::tempo(card, kit, words, view);
    tidings::only_now(card, kit, words, view);
    if !high.is_empty() {
        card.spawn(kit.rule());
        let family = words.family_label(table.family);
        let head = words.with("warning.expected", "family", &family);
        card.spawn(kit.text(Role::Strong, lang, head, palette.ink));
        for (place, count) in high {
            let text = words.get(
                "warning.expected.place",
                &[
                    ("place", words.precinct(*place)),
                    ("count", &count.to_string()),
                ],
            );
            fact(card, kit, words, "analyst", text);
        }
        let note = words.say("warning.expected.note");
        card.spawn(kit.text(Role::Label, lang, note, palette.ink2));
    }
    tidings::alerts(card, kit, words, table, view);
    tidings::pressures(card, kit, words, view);
    tidings::assessment(card, kit, words, view);
    let cards = table.fresh_cards();
    card.spawn(kit.rule());
    if cards.is_empty() {
        let none = words.say(&format!("warning.no-card.{}", words.turn_unit()));
        card.spawn(kit.text(Role::Body, lang, none, palette.ink2));
        return;
    }
    for (inject, state) in cards {
        let seat = view.world().injects[inject.at()].seat;
        let whose = words.with("card.head", "desk", words.seat(seat));
        let title = words.inject_title(inject, state.place);
        fact(
            card,
            kit,
            words,
            "card",
            format!("{whose}{}{title}", words.say("list.colon")),
        );
    }
}

/// Units that are here for the first time, by kind.
fn arrivals(view: &View) -> Vec<(KindIx, usize)> {
    let world = view.world();
    let mut kinds: Vec<(KindIx, usize)> = Vec::new();
    for (unit, _) in view.units() {
        let what = &world.units[unit.at()];
        if what.from != view.turn() || view.turn() == 1 {
            continue;
        }
        match kinds.iter_mut().find(|(kind, _)| *kind == what.kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((what.kind, 1)),
        }
    }
    kinds
}

/// What is free, and out of what: what was kept, what came in, what is bound.
fn funds(words: &Words, view: &View) -> String {
    let (all, free) = (view.funds(), view.free_funds());
    let Some(page) = view.pages().last() else {
        return words.with("warning.funds", "free", &plain(free));
    };
    let kept = Cents(page.funds.0.clamp(0, view.world().purse.carry.0));
    words.get(
        "warning.funds.sum",
        &[
            ("free", &plain(free)),
            ("kept", &plain(kept)),
            ("came", &plain(all - kept)),
            ("bound", &plain(all - free)),
        ],
    )
}
