//! The briefing: the city, the mandate, and what counts at the end.

use super::chrome::{READING_TRAY, main_button, top_bar};
use super::root;
use crate::app::map::{Frame, MapView};
use crate::app::table::{Act, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, row};
use crate::app::words::Words;
use crate::rules::id::ObjectiveIx;
use crate::rules::world::Layer;
use bevy::prelude::*;

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
) {
    let words = table.words();
    let window = kit.window();
    map.chosen = None;
    map.focus = None;
    map.frame = map.board.as_ref().map(|board| {
        Frame::fit(
            board,
            window,
            Rect::new(40.0, 76.0, window.x - 40.0, window.y - 100.0),
        )
    });
    commands.spawn(root("Briefing")).with_children(|root| {
        let width = (window.x - 80.0).min(760.0);
        let area = Node {
            position_type: PositionType::Absolute,
            left: Val::Px((window.x - width) / 2.0),
            width: Val::Px(width),
            top: Val::Px(68.0),
            bottom: Val::Px(READING_TRAY + 12.0),
            align_items: AlignItems::Center,
            ..default()
        };
        root.spawn((Name::new("Middle"), area))
            .with_children(|middle| {
                let card = Node {
                    flex_grow: 1.0,
                    ..default()
                };
                middle
                    .spawn(kit.title_card("Briefing card", card))
                    .with_children(|card| {
                        let compact = kit.compact();
                        let inner = Node {
                            padding: UiRect::axes(
                                Val::Px(32.0),
                                Val::Px(if compact { 16.0 } else { 26.0 }),
                            ),
                            ..column(if compact { 8.0 } else { 12.0 })
                        };
                        card.spawn(kit.inner(inner)).with_children(|card| {
                            text(card, &mut kit, &words, &table);
                        });
                    });
            });
        top_bar(root, &mut kit, &words, &table, 1, false);
        root.spawn(kit.tray(READING_TRAY)).with_children(|tray| {
            let hint = words.say("briefing.hint");
            let ink = kit.palette().onwalnut2;
            tray.spawn(kit.line(Role::Body, words.lang, hint, ink));
            let button = (
                "begin",
                Act::Begin,
                words.say("briefing.begin"),
                ["Enter"].as_slice(),
            );
            main_button(tray, &mut kit, &words, button, Vec2::new(200.0, 56.0));
        });
    });
}

fn text(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let scenario = &table.scenario;
    card.spawn(kit.line(Role::Display, lang, words.title(), palette.ink));
    for paragraph in &scenario.meta.briefing {
        card.spawn(kit.text(Role::Event, lang, paragraph.in_lang(lang), palette.ink));
    }
    if scenario.world.objectives.is_empty() {
        return;
    }
    card.spawn(kit.rule());
    card.spawn(kit.line(
        Role::Strong,
        lang,
        words.say("briefing.counts"),
        palette.ink,
    ));
    for (at, objective) in scenario.world.objectives.iter().enumerate() {
        let (icon, ink, layer) = match objective.goal.layer {
            Layer::Published => ("table", palette.safety, "layer.published"),
            Layer::True => ("eye", palette.trust, "layer.true"),
        };
        card.spawn((Name::new("Objective"), row(10.0)))
            .with_children(|line| {
                line.spawn(kit.icon(icon, 20.0, ink));
                let name = words.objective(ObjectiveIx::from_position(at));
                let grow = Node {
                    flex_grow: 1.0,
                    min_width: Val::Px(0.0),
                    ..column(0.0)
                };
                line.spawn((Name::new("Words"), grow)).with_child(kit.text(
                    Role::Body,
                    lang,
                    name,
                    palette.ink,
                ));
                line.spawn(kit.line(Role::Label, lang, words.say(layer), palette.ink2));
            });
    }
}
