//! Orders: teams are taken from the tray and put on the map.

use super::chrome::{Offers, bar_height, notice, top_bar};
use super::place::{annotations, middle_of, token_art, token_radius, token_spot};
use super::tray::{above, hand, tray, tray_height};
use super::{cards, desk, emergency, ghosts, guide, inspector, layer, marks, root, zoom};
use crate::app::input::{Pointer, Ring};
use crate::app::map::{Board, Frame, MapView};
use crate::app::semantics::{Cover, Semantics};
use crate::app::table::{Act, Overlay, Screen, Slip, Table};
use crate::app::theme::{Role, TokenLook};
use crate::app::widgets::{Kit, LINE, column, filling, row};
use crate::app::words::Words;
use crate::rules::Action;
use crate::rules::id::PrecinctIx;
use bevy::prelude::*;

/// Where the card column begins, from the right edge.
const COLUMN: f32 = 404.0;
const COLUMN_COMPACT: f32 = 324.0;

/// The width of the column beside the map; nothing where the panel lies over it.
pub(super) fn column_width(kit: &Kit) -> f32 {
    match (kit.narrow(), kit.compact()) {
        (true, _) => 0.0,
        (false, true) => COLUMN_COMPACT,
        (false, false) => COLUMN,
    }
}

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
    pointer: Res<Pointer>,
    ring: Res<Ring>,
) {
    let Some(view) = table.view() else {
        return;
    };
    let words = table.words();
    let (window, compact, narrow) = (kit.window(), kit.compact(), kit.narrow());
    let low = tray_height(&kit);
    let by_key = pointer.on_map();
    let slip = guide::Slip::of(&kit, &words, &table, Screen::Command, by_key);
    let hint = slip.as_ref();
    let top = bar_height(&kit) + guide::strip_height(&kit, hint);
    map.frame = map.board.as_ref().map(|board| {
        let pad = match (narrow, compact) {
            (true, _) => 18.0,
            (false, true) => 16.0,
            (false, false) => 34.0,
        };
        let right = window.x - column_width(&kit) - if narrow { pad } else { 8.0 };
        let view = Rect::new(pad, top + pad * 0.7, right, window.y - low - pad * 0.7);
        let own = Rect::new(
            0.0,
            top,
            right.max(window.x - column_width(&kit)),
            window.y - low,
        );
        let kept = [
            layer::button_place(&kit, &words, &table),
            zoom::place(&kit, board, map.sight.is_some()),
        ];
        Frame::fit(board, window, view)
            .within(own.inflate(-2.0), kept)
            .seen(map.sight)
    });
    let grave = view.emergency().filter(|_| table.in_emergency());
    let chosen = grave.map(|grave| grave.place).or(table.chosen);
    map.chosen = chosen.map(PrecinctIx::at);
    map.focus = pointer.on_map().then_some(pointer.place).flatten();
    let shown = layer::Shown::laid(&table, &words, &view, &mut map);
    commands.spawn(root("Orders")).with_children(|root| {
        if let (Some(board), Some(frame)) = (&map.board, &map.frame) {
            let screen = Screen::Command;
            let named = annotations(root, &mut kit, &words, &table, &view, board, frame, screen);
            let mut space = marks::Space::left(&kit, &words, &view, board, frame, &named);
            space.block(frame.kept);
            let lie = (board, frame);
            let ghosts = table.ghosts(pointer.looks_at(&ring));
            ghosts::draw(root, &mut kit, &words, &view, lie, &mut space, &ghosts);
            let sites = shown.as_ref().is_none_or(layer::Shown::with_sites);
            marks::draw(root, &mut kit, &words, &view, lie, &mut space, sites);
            if let Some(shown) = &shown {
                layer::figures(root, &mut kit, &words, &table, lie, shown, &mut space);
            }
            // The rows of the slips tell it themselves.
            let told = table.overlay == Some(Overlay::Slips);
            if let Some(slip) = table.slip.as_ref().filter(|_| !told) {
                slip_of_paper(root, &mut kit, &words, slip, board, frame);
            }
        }
        // The layer's panel makes way for a place that is looked at, and for a plan.
        let legend = shown.filter(|_| table.chosen.is_none() && table.hand.is_none());
        match legend {
            _ if narrow && !table.panel => {}
            // What is covered is not there for those who listen, either.
            _ if table.desk.covered => {}
            Some(shown) => layer::panel(root, &mut kit, &words, &shown),
            None => inspector::draw(root, &mut kit, &words, &table, &view, pointer.place, hint),
        }
        if let Some(slip) = hint.filter(|_| narrow) {
            guide::lay_strip(root, &mut kit, &words, &table, slip);
        }
        if !narrow || !table.panel {
            layer::button(root, &mut kit, &words, &table);
            if let (Some(board), Some(frame)) = (&map.board, &map.frame) {
                zoom::buttons(root, &mut kit, &words, board, frame);
            }
        }
        let offers = Offers {
            desks: true,
            turn: view.turn(),
            undo: table.orders > 0 && table.review().is_none(),
            redo: table.can_redo() && table.review().is_none(),
        };
        top_bar(root, &mut kit, &words, &table, offers);
        desk::tabs_below(root, &mut kit, &words, &table);
        if table.review().is_some() && !narrow {
            root.spawn(kit.tray(low));
        } else {
            tray(root, &mut kit, &words, &table, &view, hint);
            above(root, &mut kit, &words, &table);
        }
        if let (Some(board), Some(frame)) = (&map.board, &map.frame) {
            hand(root, &mut kit, &words, &table, board, frame, &pointer);
        }
        if let Some(inject) = table.card {
            cards::card(root, &mut kit, &words, &view, inject, &table);
        }
        if let Some(call) = table.call {
            cards::call(root, &mut kit, &words, &view, call, &table);
        }
        if table.desk.covered {
            desk::cover(root, &mut kit, &words, &table);
        }
        if table.in_emergency() {
            emergency::page(root, &mut kit, &words, &table, &view);
        }
        if let Some(text) = &table.notice {
            notice(root, &mut kit, &words, text);
        }
    });
}

/// A refusal, beside the place it is about: what holds, and what is possible.
fn slip_of_paper(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    slip: &Slip,
    board: &Board,
    frame: &Frame,
) {
    let palette = kit.palette().clone();
    let window = kit.window();
    let width = f32::min(272.0, window.x - 20.0);
    let r = token_radius(kit, board);
    let top = bar_height(kit) + 8.0;
    let low = (window.y - tray_height(kit) - 150.0).max(top);
    let spot = match slip.place {
        Some(place) => {
            let token = token_spot(board, frame, place.at(), r);
            // The column beside the map may hold a card that waits; the slip does not lie on it.
            let room = window.x - column_width(kit) - 8.0;
            let right = token.x + 40.0;
            let fits = right + width <= room;
            let left = if fits { right } else { token.x - 40.0 - width };
            Vec2::new(left, token.y - 30.0)
        }
        // What is about no place is said beside the button that ends the turn.
        None => Vec2::new(window.x - column_width(kit) - width - 16.0, low + 30.0),
    };
    if let (Some(place), Some(kind)) = (slip.place, slip.kind) {
        let (paint, icon) = token_art(&words.scenario().world.kinds[kind.at()]);
        let ghost = kit.token(paint, icon, 18.0, TokenLook::Ghost);
        let at = token_spot(board, frame, place.at(), r);
        root.spawn((middle_of(at, 60.0, 60.0), ZIndex(6)))
            .with_child(ghost);
    }
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(spot.x.clamp(10.0, window.x - width - 10.0)),
        top: Val::Px(spot.y.clamp(top, low)),
        width: Val::Px(width),
        padding: UiRect::axes(Val::Px(14.0), Val::Px(10.0)),
        border: UiRect::all(Val::Px(LINE)),
        border_radius: BorderRadius::all(Val::Px(8.0)),
        ..column(4.0)
    };
    let paper = (
        BackgroundColor(palette.neg2),
        BorderColor::all(palette.neg),
        ZIndex(7),
    );
    let means = Semantics::alert("refusal", slip.title.as_str(), slip.body.as_str());
    root.spawn((Name::new("Refusal"), Cover, node, paper, means))
        .with_children(|slip_node| {
            slip_node
                .spawn((Name::new("Head"), row(8.0)))
                .with_children(|head| {
                    head.spawn(kit.icon("lock", 20.0, palette.neg));
                    let grow = filling(0.0);
                    let title = slip.title.as_str();
                    let title = kit.text(Role::Strong, words.lang, title, palette.neg);
                    head.spawn((Name::new("Title"), grow)).with_child(title);
                });
            slip_node.spawn(kit.text(Role::Body, words.lang, slip.body.as_str(), palette.ink));
            if let Some(ask) = &slip.ask {
                let owner = match ask {
                    Action::Ask { of, .. } => words.scenario().world.seat(of),
                    _ => None,
                };
                let label = owner.map(|of| words.with("desk.ask-of", "desk", words.seat(of)));
                let label = label.unwrap_or_else(|| words.say("desk.ask"));
                let means =
                    Semantics::button("ask-instead", label, Act::Give(Box::new(ask.clone())));
                kit.worded(slip_node, words.lang, "ask", means);
            }
        });
}
