//! The briefing: the city, the mandate, and what counts at the end.

use super::chrome::{Offers, bar_height, reading_tray, reading_tray_with, top_bar};
use super::root;
use crate::app::map::{Frame, MapView};
use crate::app::semantics::{Heading, Semantics};
use crate::app::table::{Act, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::{Words, tenths};
use crate::rules::id::ObjectiveIx;
use crate::rules::world::{Goal, Layer, Measure};
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
        let view = Rect::new(40.0, 76.0, window.x - 40.0, window.y - 100.0);
        Frame::fit(board, window, view)
    });
    commands.spawn(root("Briefing")).with_children(|root| {
        let (compact, narrow) = (kit.compact(), kit.narrow());
        let side = if narrow { 8.0 } else { 40.0 };
        let gap = if narrow { 6.0 } else { 12.0 };
        let width = (window.x - 2.0 * side).min(760.0);
        let area = Node {
            position_type: PositionType::Absolute,
            left: Val::Px((window.x - width) / 2.0),
            width: Val::Px(width),
            top: Val::Px(bar_height(&kit) + gap),
            bottom: Val::Px(reading_tray(&kit) + gap),
            align_items: AlignItems::Center,
            ..default()
        };
        root.spawn((Name::new("Middle"), area))
            .with_children(|middle| {
                let card = Node {
                    flex_grow: 1.0,
                    // As high as what is on it, at most as high as the place.
                    max_height: Val::Percent(100.0),
                    height: if narrow {
                        Val::Percent(100.0)
                    } else {
                        Val::Auto
                    },
                    ..default()
                };
                middle
                    .spawn(kit.title_card("Briefing card", card))
                    .with_children(|card| {
                        let inner = Node {
                            padding: UiRect::axes(
                                Val::Px(if narrow { 14.0 } else { 32.0 }),
                                Val::Px(if compact { 12.0 } else { 26.0 }),
                            ),
                            min_width: Val::Px(0.0),
                            ..column(0.0)
                        };
                        card.spawn(kit.inner(inner)).with_children(|card| {
                            // A row, whose height is that of what lies in it; a column has none.
                            let grow = Node {
                                flex_grow: 1.0,
                                ..default()
                            };
                            let part = kit.scrolled("briefing", grow);
                            part.fill(card, if compact { 8.0 } else { 12.0 }, |card| {
                                text(card, &mut kit, &words, &table);
                            });
                        });
                    });
            });
        let offers = Offers {
            turn: 1,
            ..default()
        };
        top_bar(root, &mut kit, &words, &table, offers);
        let onward = Semantics::button("begin", words.say("briefing.begin"), Act::Begin);
        let hint = if table.solo {
            "briefing.hint.solo"
        } else {
            "briefing.hint"
        };
        reading_tray_with(root, &mut kit, &words, &words.say(hint), onward);
    });
}

fn text(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let scenario = &table.scenario;
    card.spawn((
        kit.text(Role::Display, lang, words.title(), palette.ink),
        Heading,
    ));
    for paragraph in &scenario.meta.briefing {
        card.spawn(kit.text(Role::Event, lang, paragraph.in_lang(lang), palette.ink));
    }
    if let Some(start) = told_start(words, table) {
        card.spawn(kit.text(Role::Event, lang, start, palette.ink));
    }
    if table.goes_round() {
        card.spawn(kit.text(Role::Event, lang, words.say("briefing.round"), palette.ink));
    }
    if scenario.world.objectives.is_empty() {
        return;
    }
    card.spawn(kit.rule());
    objectives(card, kit, words, table);
}

/// A start that is not the usual one, so that the whole room hears what it gives and gives up.
fn told_start(words: &Words, table: &Table) -> Option<String> {
    let (name, about) = words.start(Some(table.start_taken()?));
    Some(words.get("briefing.start", &[("name", &name), ("about", &about)]))
}

/// What is published of a figure whose truth counts: it can be off, and it is all there is.
fn published(words: &Words, table: &Table, goal: &Goal) -> Option<String> {
    let (Layer::True, Measure::Index(index)) = (goal.layer, goal.measure) else {
        return None;
    };
    let view = table.view()?;
    let now = view.indices()[index as usize].to_string();
    Some(words.with("briefing.published", "now", &now))
}

/// What counts, and on which layer; where that is open, how it stands.
pub(super) fn objectives(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
) {
    let palette = kit.palette().clone();
    let (lang, scenario) = (words.lang, &table.scenario);
    card.spawn(kit.text(
        Role::Strong,
        lang,
        words.say("briefing.counts"),
        palette.ink,
    ));
    let narrow = kit.narrow();
    for (at, objective) in scenario.world.objectives.iter().enumerate() {
        let (icon, ink, layer) = match objective.goal.layer {
            Layer::Published => ("table", palette.safety, "layer.published"),
            Layer::True => ("eye", palette.trust, "layer.true"),
        };
        let name = words.objective(ObjectiveIx::from_position(at)).to_owned();
        let index = ObjectiveIx::from_position(at);
        let stands = table
            .view()
            .and_then(|view| view.outcome(index)?.values.last().copied());
        let layer = match stands {
            Some(now) => {
                let counts = matches!(objective.goal.measure, Measure::Offences(_));
                let key = if counts {
                    "briefing.stands-count"
                } else {
                    "briefing.stands"
                };
                words.with(key, "now", &tenths(now))
            }
            None if table.truth_lies_open() => words.say("layer.true.open"),
            None => words.say(layer),
        };
        let means = Semantics::figure(
            format!("objective:{}", objective.id),
            name.as_str(),
            layer.as_str(),
        );
        card.spawn((Name::new("Objective"), row(10.0), means))
            .with_children(|line| {
                line.spawn(kit.icon(icon, 20.0, ink));
                let grow = filling(0.0);
                line.spawn((Name::new("Words"), grow))
                    .with_children(|lines| {
                        lines.spawn(kit.text(Role::Body, lang, name, palette.ink));
                        if let Some(now) = published(words, table, &objective.goal) {
                            lines.spawn(kit.text(Role::Label, lang, now, palette.ink2));
                        }
                        if narrow {
                            let text = kit.text(Role::Label, lang, layer.as_str(), palette.ink2);
                            lines.spawn(text);
                        }
                    });
                if !narrow {
                    line.spawn(kit.line(Role::Label, lang, layer, palette.ink2));
                }
            });
    }
}
