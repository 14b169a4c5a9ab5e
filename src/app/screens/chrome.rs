//! What frames every screen of a game: the bar at the top, the walnut tray and its main button.

use crate::app::table::{Act, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, row};
use crate::app::words::{Words, plain};
use bevy::prelude::*;

/// The height of the bar at the top.
pub(super) const BAR: f32 = 56.0;
/// The tray of the reading screens.
pub(super) const READING_TRAY: f32 = 80.0;

/// The bar: menu, scenario and turn, Funds, undo, language.
pub(super) fn top_bar(
    parent: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    turn: u16,
    undo: bool,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let bar = (
        Name::new("Top bar"),
        crate::app::widgets::Cover,
        Node {
            position_type: PositionType::Absolute,
            left: Val::Px(0.0),
            top: Val::Px(0.0),
            right: Val::Px(0.0),
            height: Val::Px(BAR),
            padding: UiRect::horizontal(Val::Px(10.0)),
            border: UiRect::bottom(Val::Px(1.5)),
            align_items: AlignItems::Center,
            column_gap: Val::Px(12.0),
            ..default()
        },
        BackgroundColor(palette.card),
        BorderColor::all(palette.ink),
    );
    parent.spawn(bar).with_children(|bar| {
        bar.spawn(kit.button("home", Act::Home, square(40.0)))
            .with_child(kit.icon("home", 20.0, palette.ink));
        bar.spawn((
            Name::new("Scenario and turn"),
            Node {
                flex_grow: 1.0,
                ..column(0.0)
            },
        ))
        .with_children(|names| {
            names.spawn(kit.line(Role::Card, lang, words.title(), palette.ink));
            names.spawn(kit.line(Role::Body, lang, words.turn(turn), palette.ink2));
        });
        if let Some(view) = table.view() {
            funds(
                bar,
                kit,
                words,
                &plain(view.free_funds()),
                &plain(view.funds()),
            );
        }
        if undo {
            bar.spawn(kit.button("undo", Act::Undo, square(40.0)))
                .with_child(kit.icon("undo", 20.0, palette.ink));
        }
        language(bar, kit, words);
    });
}

fn funds(bar: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, free: &str, all: &str) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    bar.spawn((Name::new("Funds"), row(8.0)))
        .with_children(|funds| {
            funds.spawn(kit.icon("coin", 22.0, palette.ink));
            funds
                .spawn((Name::new("Funds free and all"), column(0.0)))
                .with_children(|sums| {
                    sums.spawn(kit.line(Role::Label, lang, words.say("bar.funds"), palette.ink2));
                    sums.spawn((Name::new("Sums"), row(4.0)))
                        .with_children(|line| {
                            line.spawn(kit.line(Role::Strong, lang, free, palette.ink));
                            line.spawn(kit.line(
                                Role::Body,
                                lang,
                                format!("/ {all}"),
                                palette.ink2,
                            ));
                        });
                });
        });
}

/// The button that says the other language in that language.
pub(super) fn language(parent: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words) {
    let palette = kit.palette().clone();
    let node = Node {
        height: Val::Px(40.0),
        padding: UiRect::horizontal(Val::Px(12.0)),
        column_gap: Val::Px(8.0),
        justify_content: JustifyContent::Center,
        flex_shrink: 0.0,
        ..default()
    };
    parent
        .spawn(kit.button("language", Act::Language, node))
        .with_children(|button| {
            button.spawn(kit.icon("globe", 18.0, palette.ink));
            button.spawn(kit.line(
                Role::Button,
                words.lang,
                words.say("language.other"),
                palette.ink,
            ));
        });
}

/// The main button at the right end of the tray, with the keys that press it.
pub(super) fn main_button(
    tray: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    button: (&str, Act, String, &[&str]),
    size: Vec2,
) {
    let (id, act, label, keys) = button;
    let palette = kit.palette().clone();
    let lang = words.lang;
    let node = Node {
        height: Val::Px(size.y),
        min_width: Val::Px(size.x),
        padding: UiRect::all(Val::Px(5.0)),
        margin: UiRect::left(Val::Auto),
        flex_shrink: 0.0,
        ..default()
    };
    tray.spawn(kit.main_button(id, act, true, node))
        .with_children(|button| {
            let upright = size.y > 70.0;
            let inner = Node {
                flex_grow: 1.0,
                height: Val::Percent(100.0),
                border: UiRect::all(Val::Px(1.2)),
                border_radius: BorderRadius::all(Val::Px(5.0)),
                flex_direction: if upright {
                    FlexDirection::Column
                } else {
                    FlexDirection::Row
                },
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                padding: UiRect::horizontal(Val::Px(14.0)),
                column_gap: Val::Px(12.0),
                row_gap: Val::Px(2.0),
                ..default()
            };
            let line = BorderColor::all(palette.onbtn.with_alpha(0.7));
            button
                .spawn((Name::new("Inner frame"), inner, line))
                .with_children(|inner| {
                    let role = if upright { Role::Heading } else { Role::Panel };
                    inner.spawn(kit.line(role, lang, label, palette.onbtn));
                    inner
                        .spawn((Name::new("Keys"), row(4.0)))
                        .with_children(|caps| {
                            for key in keys {
                                kit.key(caps, lang, key, palette.onbtn);
                            }
                        });
                });
        });
}

/// A square button's node.
pub(super) fn square(side: f32) -> Node {
    Node {
        width: Val::Px(side),
        height: Val::Px(side),
        justify_content: JustifyContent::Center,
        flex_shrink: 0.0,
        ..default()
    }
}

/// A notice from the program, in the middle below the bar.
pub(super) fn notice(parent: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, text: &str) {
    let palette = kit.palette().clone();
    let width = (kit.window().x - 40.0).min(640.0);
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px((kit.window().x - width) / 2.0),
        top: Val::Px(BAR + 10.0),
        width: Val::Px(width),
        padding: UiRect::all(Val::Px(12.0)),
        column_gap: Val::Px(10.0),
        align_items: AlignItems::Center,
        ..default()
    };
    parent
        .spawn((kit.card("Notice", node), ZIndex(20)))
        .with_children(|card| {
            card.spawn(kit.icon("warn", 22.0, palette.neg));
            card.spawn(kit.text(Role::Body, words.lang, text, palette.ink));
        });
}
