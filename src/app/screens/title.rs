//! The title: Continue first when there is a game, then a new one.

use super::chrome::notice;
use super::root;
use crate::app::map::{Frame, MapView};
use crate::app::semantics::{Heading, Semantics};
use crate::app::table::{Act, Overlay, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, LINE, column, filling, row};
use crate::app::words::Words;
use crate::text::Lang;
use bevy::prelude::*;

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
) {
    let words = table.words();
    let window = kit.window();
    let (compact, narrow) = (kit.compact(), kit.narrow());
    let margin = match (narrow, compact) {
        (true, _) => 8.0,
        (false, true) => 24.0,
        (false, false) => 40.0,
    };
    let width = if narrow {
        window.x - 2.0 * margin
    } else {
        420.0
    };
    map.chosen = None;
    map.focus = None;
    map.frame = map.board.as_ref().map(|board| {
        let left = (margin + width + 30.0).min(window.x * 0.6);
        let view = Rect::new(left, 40.0, window.x - 40.0, window.y - 40.0);
        Frame::fit(board, window, view)
    });
    commands.spawn(root("Title screen")).with_children(|root| {
        let place = Node {
            position_type: PositionType::Absolute,
            left: Val::Px(margin),
            top: Val::Px(margin),
            bottom: Val::Px(margin),
            width: Val::Px(width),
            ..default()
        };
        root.spawn(kit.title_card("Title card", place))
            .with_children(|card| {
                let inner = Node {
                    padding: UiRect::axes(
                        Val::Px(if narrow { 14.0 } else { 26.0 }),
                        Val::Px(if compact { 12.0 } else { 28.0 }),
                    ),
                    align_items: AlignItems::Stretch,
                    min_width: Val::Px(0.0),
                    ..column(0.0)
                };
                card.spawn(kit.inner(inner)).with_children(|card| {
                    let grow = Node {
                        flex_grow: 1.0,
                        ..column(0.0)
                    };
                    let part = kit.scrolled("title", grow);
                    let gap = if compact { 8.0 } else { 12.0 };
                    part.fill(card, gap, |card| {
                        heading(card, &mut kit, &words, compact);
                        space(card);
                        buttons(card, &mut kit, &words, &table);
                        space(card);
                        small_buttons(card, &mut kit, &words);
                        let palette = kit.palette().clone();
                        let version =
                            words.with("title.version", "version", env!("CARGO_PKG_VERSION"));
                        let note = format!("{}\n{version}", words.say("title.invented"));
                        card.spawn(kit.centred(Role::Label, words.lang, note, palette.ink2));
                    });
                });
            });
        if let Some(text) = &table.notice {
            notice(root, &mut kit, &words, text);
        }
    });
}

/// Room that is shared out where there is some.
pub(super) fn space(parent: &mut ChildSpawnerCommands) {
    let node = Node {
        flex_grow: 1.0,
        ..default()
    };
    parent.spawn((Name::new("Space"), node));
}

fn heading(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, compact: bool) {
    let palette = kit.palette().clone();
    let centre = |gap| Node {
        align_items: AlignItems::Center,
        flex_shrink: 0.0,
        ..column(gap)
    };
    card.spawn((Name::new("Name"), centre(if compact { 8.0 } else { 12.0 })))
        .with_children(|name| {
            let big = if compact { 34.0 } else { 38.0 };
            name.spawn(kit.wordmark(Lang::En, big, palette.ink));
            name.spawn((Name::new("Ornament"), row(14.0)))
                .with_children(|line| {
                    let stroke = || {
                        (
                            Name::new("Stroke"),
                            Node {
                                width: Val::Px(84.0),
                                height: Val::Px(1.5),
                                ..default()
                            },
                            BackgroundColor(palette.ink2),
                        )
                    };
                    line.spawn(stroke());
                    line.spawn(kit.icon("shield", 24.0, palette.safety));
                    line.spawn(kit.icon("trust", 24.0, palette.trust));
                    line.spawn(stroke());
                });
            name.spawn(kit.wordmark(Lang::ZhHans, 30.0, palette.ink));
        });
    let motto = words.say("title.motto");
    card.spawn((
        kit.centred(Role::Event, words.lang, motto, palette.ink),
        Heading,
    ));
}

fn buttons(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let saved = table.storage.saved.as_ref();
    if let Some(saved) = saved {
        let known = table.shelf.find(&saved.scenario, saved.rules_hash);
        let theirs = known.map(|scenario| Words::new(&scenario, words.lang));
        let title = match &theirs {
            Some(theirs) => theirs.title(),
            None => saved.scenario.to_string(),
        };
        let about = if saved.over {
            words.with("title.continue.over", "scenario", &title)
        } else {
            // In the unit of the game that is saved, which need not be the one on the table.
            let turn = theirs.as_ref().unwrap_or(words).turn_name(saved.turn);
            words.get(
                "title.continue.turn",
                &[("scenario", &title), ("turn", &turn)],
            )
        };
        let means = Semantics::button("continue", words.say("title.continue"), Act::Continue);
        large(card, kit, words, "undo", means.with_value(about), true);
    }
    let means = Semantics::button("browse", words.say("title.start"), Act::Browse)
        .with_value(words.say("title.start.about"));
    large(card, kit, words, "play", means, saved.is_none());
    if let Some(first) = table.shelf.playable(0) {
        let minutes = first.meta.minutes.to_string();
        let title = first.meta.title.in_lang(words.lang);
        let about = words.get(
            "title.learn.about",
            &[("scenario", title), ("minutes", &minutes)],
        );
        let means = Semantics::button("learn", words.say("title.learn"), Act::Learn);
        large(card, kit, words, "flag", means.with_value(about), false);
    }
    if table.storage.report.is_some() {
        let means = Semantics::button(
            "report",
            words.say("title.report"),
            Act::Show(Overlay::Report),
        )
        .with_value(words.say("title.report.about"));
        large(card, kit, words, "warn", means, false);
    }
}

fn small_buttons(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words) {
    let small = Node {
        justify_content: JustifyContent::Center,
        flex_wrap: FlexWrap::Wrap,
        row_gap: Val::Px(8.0),
        flex_shrink: 0.0,
        ..row(8.0)
    };
    let buttons = [
        #[cfg(not(target_family = "wasm"))]
        (
            "book",
            "open",
            words.say("title.open"),
            Act::Show(Overlay::Open),
        ),
        (
            "globe",
            "language",
            words.say("language.other"),
            Act::Language,
        ),
        (
            "gear",
            "settings",
            words.say("menu.settings"),
            Act::Show(Overlay::Settings),
        ),
        (
            "key",
            "keys",
            words.say("menu.keys"),
            Act::Show(Overlay::Keys),
        ),
        ("", "quit", words.say("title.quit"), Act::Quit),
    ];
    card.spawn((Name::new("Small buttons"), small))
        .with_children(|line| {
            for (icon, id, label, act) in buttons {
                // A page is closed by its browser.
                if id == "quit" && cfg!(target_family = "wasm") {
                    continue;
                }
                kit.worded(line, words.lang, icon, Semantics::button(id, label, act));
            }
        });
}

fn large(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    icon: &str,
    means: Semantics,
    main: bool,
) {
    let palette = kit.palette().clone();
    let node = Node {
        min_height: Val::Px(if kit.compact() { 52.0 } else { 58.0 }),
        padding: UiRect::axes(Val::Px(16.0), Val::Px(4.0)),
        column_gap: Val::Px(14.0),
        border: UiRect::all(Val::Px(LINE)),
        flex_shrink: 0.0,
        ..default()
    };
    let (ink, second) = if main {
        (palette.onbtn, palette.onbtn)
    } else {
        (palette.ink, palette.ink2)
    };
    let (label, about) = (means.label.clone(), means.value.clone());
    let mut button = if main {
        card.spawn(kit.main_button(means, false, node))
    } else {
        card.spawn(kit.button(means, node))
    };
    button.with_children(|button| {
        button.spawn(kit.icon(icon, 24.0, ink));
        let lines = filling(0.0);
        button
            .spawn((Name::new("Label"), lines))
            .with_children(|lines| {
                lines.spawn(kit.text(Role::Card, words.lang, label, ink));
                lines.spawn(kit.text(Role::Label, words.lang, about, second));
            });
    });
}
