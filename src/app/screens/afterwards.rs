//! What happened, on the map: every layer of it, as the month that was played has left it.

use super::chrome::{Offers, bar_height, reading_tray, reading_tray_with, top_bar};
use super::command::column_width;
use super::place::annotations;
use super::{layer, marks};
use crate::app::map::{Frame, MapView};
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Screen, Table};
use crate::app::widgets::Kit;
use crate::app::words::Words;
use crate::rules::View;
use bevy::prelude::*;

/// Lays the map in its part of the window, with the layer on it.
pub(super) fn lay(
    kit: &Kit,
    words: &Words,
    table: &Table,
    view: &View,
    map: &mut MapView,
) -> Option<layer::Shown> {
    let (window, narrow) = (kit.window(), kit.narrow());
    let (top, low) = (bar_height(kit), reading_tray(kit));
    let pad = if narrow || kit.compact() { 16.0 } else { 34.0 };
    let right = window.x - column_width(kit) - if narrow { pad } else { 8.0 };
    map.frame = map.board.as_ref().map(|board| {
        let part = Rect::new(pad, top + pad + 34.0, right, window.y - low - pad * 0.7);
        Frame::fit(board, window, part)
    });
    layer::Shown::laid(table, words, view, map)
}

/// The page: map, layer and its legend, and the way back to the figures.
pub(super) fn page(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    map: &MapView,
    shown: Option<&layer::Shown>,
) {
    let turn = view.pages().last().map_or(1, |page| page.turn);
    let narrow = kit.narrow();
    if let (Some(board), Some(frame)) = (&map.board, &map.frame) {
        let screen = Screen::Feedback;
        let named = annotations(root, kit, words, table, view, board, frame, screen);
        let mut space = marks::Space::left(kit, words, view, board, frame, &named);
        space.block([layer::button_place(kit, words, table)]);
        let lie = (board, frame);
        let sites = shown.is_none_or(layer::Shown::with_sites);
        marks::draw(root, kit, words, view, lie, &mut space, sites);
        if let Some(shown) = shown {
            layer::figures(root, kit, words, table, lie, shown, &mut space);
            if !narrow || table.panel {
                layer::panel(root, kit, words, shown);
            }
        }
    }
    layer::button(root, kit, words, table);
    let place = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(if narrow { 6.0 } else { 16.0 }),
        top: Val::Px(bar_height(kit) + 8.0),
        ..default()
    };
    let back = words.say("feedback.figures");
    root.spawn((Name::new("Back"), place, ZIndex(4)))
        .with_children(|place| {
            let means = Semantics::button("figures", back, Act::OnMap(false));
            kit.worded(place, words.lang, "left", means);
            // Where the legend has no room beside the map, it takes the map's place.
            if narrow {
                let label = if table.panel {
                    "tray.map"
                } else {
                    "tray.panel"
                };
                let means = Semantics::button("panel", words.say(label), Act::Panel);
                kit.square(
                    place,
                    if table.panel { "layers" } else { "note" },
                    44.0,
                    means,
                );
            }
        });
    let offers = Offers { turn, ..default() };
    top_bar(root, kit, words, table, offers);
    let sentence = words.say("feedback.records");
    reading_tray_with(
        root,
        kit,
        words,
        &sentence,
        super::feedback::onward(words, view),
    );
}
