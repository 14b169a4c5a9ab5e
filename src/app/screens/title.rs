//! The title: Continue first when there is a game, then a new one.

use super::chrome::{language, notice};
use super::root;
use crate::app::map::{Frame, MapView};
use crate::app::table::{Act, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, LINE, column, row};
use crate::app::words::Words;
use bevy::prelude::*;

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
) {
    let words = table.words();
    let window = kit.window();
    let palette = kit.palette().clone();
    let lang = words.lang;
    let compact = kit.compact();
    let margin = if compact { 24.0 } else { 40.0 };
    map.chosen = None;
    map.focus = None;
    map.frame = map.board.as_ref().map(|board| {
        let view = Rect::new(margin + 450.0, 40.0, window.x - 40.0, window.y - 40.0);
        Frame::fit(board, window, view)
    });
    commands.spawn(root("Title screen")).with_children(|root| {
        let place = Node {
            position_type: PositionType::Absolute,
            left: Val::Px(margin),
            top: Val::Px(margin),
            bottom: Val::Px(margin),
            width: Val::Px(420.0),
            ..default()
        };
        root.spawn(kit.title_card("Title card", place))
            .with_children(|card| {
                let inner = Node {
                    padding: UiRect::axes(
                        Val::Px(26.0),
                        Val::Px(if compact { 18.0 } else { 30.0 }),
                    ),
                    align_items: AlignItems::Stretch,
                    ..column(if compact { 10.0 } else { 14.0 })
                };
                card.spawn(kit.inner(inner)).with_children(|card| {
                    heading(card, &mut kit, &words, compact);
                    card.spawn((
                        Name::new("Space"),
                        Node {
                            flex_grow: 1.0,
                            ..default()
                        },
                    ));
                    buttons(card, &mut kit, &words, &table);
                    card.spawn((
                        Name::new("Space"),
                        Node {
                            flex_grow: 1.0,
                            ..default()
                        },
                    ));
                    let small = Node {
                        justify_content: JustifyContent::Center,
                        ..row(8.0)
                    };
                    card.spawn((Name::new("Small buttons"), small))
                        .with_children(|line| {
                            language(line, &mut kit, &words);
                            let node = Node {
                                height: Val::Px(40.0),
                                padding: UiRect::horizontal(Val::Px(16.0)),
                                justify_content: JustifyContent::Center,
                                ..default()
                            };
                            line.spawn(kit.button("quit", Act::Quit, node))
                                .with_child(kit.line(
                                    Role::Button,
                                    lang,
                                    words.say("title.quit"),
                                    palette.ink,
                                ));
                        });
                    let version = words.with("title.version", "version", env!("CARGO_PKG_VERSION"));
                    let note = format!("{}\n{version}", words.say("title.invented"));
                    card.spawn(kit.centred(Role::Label, lang, note, palette.ink2));
                });
            });
        if let Some(text) = &table.notice {
            notice(root, &mut kit, &words, text);
        }
    });
}

fn heading(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, compact: bool) {
    let palette = kit.palette().clone();
    let centre = |gap| Node {
        align_items: AlignItems::Center,
        ..column(gap)
    };
    card.spawn((Name::new("Name"), centre(if compact { 8.0 } else { 14.0 })))
        .with_children(|name| {
            let big = if compact { 34.0 } else { 38.0 };
            name.spawn(kit.wordmark(crate::text::Lang::En, big, palette.ink));
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
            name.spawn(kit.wordmark(crate::text::Lang::ZhHans, 30.0, palette.ink));
        });
    let motto = words.say("title.motto");
    card.spawn(kit.centred(Role::Event, words.lang, motto, palette.ink));
}

fn buttons(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let title = words.title();
    if let Some(saved) = &table.storage.saved {
        let key = if saved.over {
            "title.continue.over"
        } else {
            "title.continue.turn"
        };
        let turn = words.turn(saved.turn);
        let about = words.get(key, &[("scenario", &title), ("turn", &turn)]);
        let label = words.say("title.continue");
        large(
            card,
            kit,
            words,
            ("continue", Act::Continue, "undo", label, about),
            true,
        );
    }
    let minutes = table.scenario.meta.minutes.to_string();
    let about = words.get(
        "title.start.about",
        &[("scenario", &title), ("minutes", &minutes)],
    );
    let first = table.storage.saved.is_none();
    large(
        card,
        kit,
        words,
        ("start", Act::Start, "play", words.say("title.start"), about),
        first,
    );
}

fn large(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    button: (&str, Act, &str, String, String),
    main: bool,
) {
    let (id, act, icon, label, about) = button;
    let palette = kit.palette().clone();
    let node = Node {
        height: Val::Px(62.0),
        padding: UiRect::horizontal(Val::Px(16.0)),
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
    let mut button = if main {
        card.spawn(kit.main_button(id, act, false, node))
    } else {
        card.spawn(kit.button(id, act, node))
    };
    button.with_children(|button| {
        button.spawn(kit.icon(icon, 24.0, ink));
        button
            .spawn((Name::new("Label"), column(0.0)))
            .with_children(|lines| {
                lines.spawn(kit.line(Role::Card, words.lang, label, ink));
                lines.spawn(kit.line(Role::Label, words.lang, about, second));
            });
    });
}
