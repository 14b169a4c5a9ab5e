//! Which exercise: a card for each, and beside them what one will work on.

use super::chrome::{language, notice};
use super::root;
use crate::app::map::{Board, MapView, thumbnail};
use crate::app::semantics::{Heading, Semantics};
use crate::app::shelf::Exercise;
use crate::app::table::{Act, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, LINE, column, filling, row};
use crate::app::words::Words;
use crate::scenario::{Report, Scenario};
use bevy::prelude::*;

/// The least width of a card of the picker, and the most one grows to where few lie in a row.
const CARD: [f32; 2] = [206.0, 360.0];
/// The height of a card's words.
const WORDS: f32 = 216.0;
/// What lies between two cards.
const GAP: f32 = 12.0;
/// Room for the focus ring, which would be cut off at the edge.
const RING: f32 = 6.0;

/// How wide cards are that share the width of the picker, so that they reach from side to side.
fn card_width(room: f32, count: usize) -> f32 {
    let [least, most] = CARD;
    let across = ((room + GAP) / (least + GAP)).floor().max(1.0);
    let across = across.min(count.max(1) as f32);
    ((room - GAP * (across - 1.0)) / across)
        .floor()
        .clamp(least, most)
}

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
) {
    let words = table.words();
    map.frame = None;
    let window = kit.window();
    let (compact, narrow) = (kit.compact(), kit.narrow());
    let margin = if compact { 12.0 } else { 24.0 };
    let sheet_width = if compact { 312.0 } else { 348.0 };
    commands.spawn(root("Exercises")).with_children(|root| {
        let area = Node {
            position_type: PositionType::Absolute,
            left: Val::Px(margin),
            right: Val::Px(margin),
            top: Val::Px(margin),
            bottom: Val::Px(margin),
            column_gap: Val::Px(margin),
            ..default()
        };
        root.spawn((Name::new("Picker"), area))
            .with_children(|area| {
                let left = Node {
                    flex_grow: 1.0,
                    flex_basis: Val::Px(0.0),
                    min_width: Val::Px(0.0),
                    ..column(if compact { 8.0 } else { 16.0 })
                };
                area.spawn((Name::new("Exercises"), left))
                    .with_children(|left| {
                        head(left, &mut kit, &words, narrow);
                        let grow = Node {
                            flex_grow: 1.0,
                            ..column(0.0)
                        };
                        let part = kit.scrolled("exercises", grow);
                        let beside = if narrow { 0.0 } else { sheet_width + margin };
                        // The mark of the scrolled part takes 8.
                        let room = window.x - 2.0 * (margin + RING) - beside - 8.0;
                        let wide = card_width(room, table.shelf.len());
                        part.fill(left, 8.0, |cards| {
                            let rows = Node {
                                flex_wrap: FlexWrap::Wrap,
                                align_items: AlignItems::FlexStart,
                                align_content: AlignContent::FlexStart,
                                row_gap: Val::Px(GAP),
                                column_gap: Val::Px(GAP),
                                padding: UiRect::all(Val::Px(RING)),
                                flex_shrink: 0.0,
                                ..default()
                            };
                            cards
                                .spawn((Name::new("Cards"), rows))
                                .with_children(|cards| {
                                    for at in 0..table.shelf.len() {
                                        card(cards, &mut kit, &words, &table, at, wide);
                                    }
                                });
                            if narrow {
                                detail(cards, &mut kit, &words, &table, window.x - 2.0 * margin);
                            }
                        });
                        if narrow {
                            way_on(left, &mut kit, &words, &table);
                        }
                    });
                if !narrow {
                    let right = Node {
                        width: Val::Px(sheet_width),
                        flex_shrink: 0.0,
                        ..column(0.0)
                    };
                    area.spawn((Name::new("Beside"), right))
                        .with_children(|right| {
                            sheet(right, &mut kit, &words, &table, sheet_width);
                        });
                }
            });
        if let Some(text) = &table.notice {
            notice(root, &mut kit, &words, text);
        }
    });
}

fn head(left: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, narrow: bool) {
    let ink = kit.palette().ink;
    let line = Node {
        flex_shrink: 0.0,
        ..row(12.0)
    };
    left.spawn((Name::new("Head"), line)).with_children(|line| {
        let means = Semantics::button("back", words.say("bar.back"), Act::Back);
        kit.square(line, "left", 40.0, means);
        let grow = filling(0.0);
        let role = if narrow { Role::Card } else { Role::Display };
        let title = kit.text(role, words.lang, words.say("scenarios.title"), ink);
        line.spawn((Name::new("Title"), grow))
            .with_child((title, Heading));
        #[cfg(not(target_family = "wasm"))]
        {
            let means = Semantics::button(
                "open",
                words.say("title.open"),
                Act::Show(crate::app::table::Overlay::Open),
            );
            if narrow {
                kit.square(line, "book", 40.0, means);
            } else {
                kit.worded(line, words.lang, "book", means);
            }
        }
        language(line, kit, words);
    });
}

/// One exercise.
fn card(
    cards: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    at: usize,
    wide: f32,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let chosen = at == table.picked;
    let exercise = &table.shelf.exercises[at];
    let (id, title, about) = match exercise {
        Exercise::Good(it) => (
            it.meta.id.to_string(),
            it.meta.title.in_lang(lang).to_owned(),
            it.meta.summary.in_lang(lang).to_owned(),
        ),
        Exercise::Broken { name, .. } => {
            (name.clone(), name.clone(), words.say("scenarios.broken"))
        }
    };
    let means = Semantics::choice(
        format!("exercise:{at}:{id}"),
        title.as_str(),
        chosen,
        Act::Pick(at),
    )
    .with_value(about);
    // The picture keeps its shape, about two to one.
    let high = (wide * 0.49).floor();
    let node = Node {
        width: Val::Px(wide),
        height: Val::Px(high + WORDS),
        overflow: Overflow::clip(),
        align_items: AlignItems::Stretch,
        flex_shrink: 0.0,
        ..column(0.0)
    };
    let mut button = cards.spawn(kit.button(means, node.clone()));
    button.insert(Node {
        align_items: AlignItems::Stretch,
        border: UiRect::all(Val::Px(if chosen { 3.0 } else { LINE })),
        border_radius: BorderRadius::all(Val::Px(10.0)),
        ..node
    });
    button.with_children(|card| {
        picture(card, kit, exercise, Vec2::new(wide - 3.0, high), chosen);
        let body = Node {
            padding: UiRect::axes(Val::Px(14.0), Val::Px(10.0)),
            ..column(5.0)
        };
        card.spawn((Name::new("Words"), body))
            .with_children(|body| {
                body.spawn(kit.text(Role::Card, lang, title, palette.ink));
                match exercise {
                    Exercise::Good(scenario) => figures(body, kit, words, scenario),
                    Exercise::Broken { .. } => {
                        let text = words.say("scenarios.broken");
                        body.spawn(kit.text(Role::Body, lang, text, palette.neg));
                    }
                }
            });
    });
}

fn picture(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    exercise: &Exercise,
    size: Vec2,
    chosen: bool,
) {
    let palette = kit.palette().clone();
    let board = match exercise {
        Exercise::Good(scenario) => Board::new(&crate::app::plan(scenario)),
        Exercise::Broken { .. } => None,
    };
    let drawn = kit.picture(size.x, size.y, |canvas, px| match &board {
        Some(board) => thumbnail(canvas, px, size, board, &palette),
        None => {
            let whole = format!(
                "M 0 0 L {} 0 L {} {} L 0 {} Z",
                size.x, size.x, size.y, size.y
            );
            canvas.paint(&whole, px, palette.card2);
        }
    });
    let frame = Node {
        height: Val::Px(size.y),
        border: UiRect::bottom(Val::Px(LINE)),
        overflow: Overflow::clip(),
        flex_shrink: 0.0,
        ..default()
    };
    card.spawn((Name::new("Picture"), frame, BorderColor::all(palette.ink)))
        .with_children(|frame| {
            frame.spawn(drawn);
            if chosen {
                let mark = Node {
                    position_type: PositionType::Absolute,
                    right: Val::Px(8.0),
                    top: Val::Px(8.0),
                    width: Val::Px(28.0),
                    height: Val::Px(28.0),
                    border_radius: BorderRadius::all(Val::Px(14.0)),
                    align_items: AlignItems::Center,
                    justify_content: JustifyContent::Center,
                    ..default()
                };
                frame
                    .spawn((Name::new("Chosen"), mark, BackgroundColor(palette.ink)))
                    .with_child(kit.icon("tick", 18.0, palette.card));
            }
        });
}

/// Minutes, people, turns, precincts.
fn figures(body: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, scenario: &Scenario) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let summary = scenario.meta.summary.in_lang(lang);
    body.spawn(kit.text(Role::Label, lang, summary, palette.ink2));
    body.spawn(kit.rule());
    let world = &scenario.world;
    let minutes = scenario.meta.minutes.to_string();
    let people = world.seats.len().max(1).to_string();
    let lines = [
        ("clock", words.with("scenarios.minutes", "count", &minutes)),
        ("team", words.with("scenarios.people", "most", &people)),
        (
            "layers",
            words.get(
                "scenarios.size",
                &[
                    ("turns", &world.turns.to_string()),
                    ("precincts", &world.precincts.len().to_string()),
                ],
            ),
        ),
    ];
    for (icon, text) in lines {
        body.spawn((Name::new("Figure"), row(8.0)))
            .with_children(|line| {
                line.spawn(kit.icon(icon, 18.0, palette.ink2));
                line.spawn(kit.line(Role::Label, lang, text, palette.ink));
            });
    }
}

/// The sheet beside the cards: picture, objectives, way on.
fn sheet(
    right: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    width: f32,
) {
    let node = Node {
        flex_grow: 1.0,
        overflow: Overflow::clip(),
        ..column(0.0)
    };
    right
        .spawn(kit.card("Exercise", node))
        .with_children(|card| {
            if let Some(exercise) = table.shelf.exercises.get(table.picked) {
                let high = if kit.compact() { 104.0 } else { 144.0 };
                picture(card, kit, exercise, Vec2::new(width - 3.0, high), false);
            }
            let grow = Node {
                flex_grow: 1.0,
                ..column(0.0)
            };
            let part = kit.scrolled("exercise", grow);
            part.fill(card, 8.0, |body| {
                detail(body, kit, words, table, width);
            });
            let foot = Node {
                padding: UiRect::all(Val::Px(14.0)),
                flex_shrink: 0.0,
                ..column(0.0)
            };
            card.spawn((Name::new("Foot"), foot)).with_children(|foot| {
                way_on(foot, kit, words, table);
            });
        });
}

fn way_on(foot: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    if table.shelf.playable(table.picked).is_none() {
        return;
    }
    let palette = kit.palette().clone();
    let means = Semantics::button("set-up", words.say("scenarios.go"), Act::SetUp);
    let label = means.label.clone();
    let node = Node {
        min_height: Val::Px(if kit.narrow() { 40.0 } else { 50.0 }),
        column_gap: Val::Px(10.0),
        justify_content: JustifyContent::Center,
        flex_shrink: 0.0,
        ..default()
    };
    foot.spawn(kit.main_button(means, false, node))
        .with_children(|button| {
            button.spawn(kit.line(Role::Card, words.lang, label, palette.onbtn));
            kit.caps(button, words.lang, "press", palette.onbtn);
        });
}

/// What one will work on, or what is wrong with the file.
fn detail(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    width: f32,
) {
    let node = Node {
        padding: UiRect::axes(Val::Px(16.0), Val::Px(10.0)),
        max_width: Val::Px(width),
        flex_shrink: 0.0,
        ..column(8.0)
    };
    body.spawn((Name::new("Detail"), node))
        .with_children(|body| match table.shelf.exercises.get(table.picked) {
            Some(Exercise::Good(scenario)) => about(body, kit, words, scenario),
            Some(Exercise::Broken { name, report }) => wrong(body, kit, words, name, report),
            None => {}
        });
}

fn about(body: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, scenario: &Scenario) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let title = scenario.meta.title.in_lang(lang);
    body.spawn((kit.text(Role::Heading, lang, title, palette.ink), Heading));
    let summary = scenario.meta.summary.in_lang(lang);
    body.spawn(kit.text(Role::Body, lang, summary, palette.ink2));
    if scenario.meta.learning.is_empty() {
        return;
    }
    let head = words.say("scenarios.learning");
    body.spawn(kit.text(Role::Strong, lang, head, palette.ink));
    for phrase in &scenario.meta.learning {
        let line = Node {
            align_items: AlignItems::FlexStart,
            ..row(10.0)
        };
        body.spawn((Name::new("Learning"), line))
            .with_children(|line| {
                line.spawn(kit.icon("question", 18.0, palette.ink2));
                let grow = filling(0.0);
                let text = kit.text(Role::Body, lang, phrase.in_lang(lang), palette.ink);
                line.spawn((Name::new("Words"), grow)).with_child(text);
            });
    }
}

fn wrong(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    name: &str,
    report: &Report,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    body.spawn((kit.text(Role::Heading, lang, name, palette.ink), Heading));
    let head = words.say("scenarios.broken.about");
    body.spawn(kit.text(Role::Body, lang, head, palette.ink2));
    for diagnostic in report.diagnostics.iter().take(8) {
        body.spawn(kit.rule());
        let spot = &diagnostic.spot;
        let place = format!("{}:{}:{}", spot.file, spot.line, spot.column);
        body.spawn(kit.text(Role::Plate, lang, place, palette.neg));
        body.spawn(kit.text(Role::Body, lang, diagnostic.message(lang), palette.ink));
        let help = diagnostic.help(lang);
        if !help.is_empty() {
            body.spawn(kit.text(Role::Label, lang, help, palette.ink2));
        }
    }
}
