//! What happened: one headline, three figures with their usual wobble, what followed, and why.

use super::chrome::{BAR, READING_TRAY, main_button, notice, top_bar};
use super::{root, why};
use crate::app::map::MapView;
use crate::app::table::{Act, Table};
use crate::app::theme::{Canvas, Role};
use crate::app::widgets::{Kit, column, row};
use crate::app::words::{Words, whole};
use crate::rules::model::Coefficient;
use crate::rules::state::OpenPage;
use crate::rules::{Index, View};
use bevy::prelude::*;
use std::fmt::Write as _;

/// Eight of ten values of a bell curve lie within so many standard deviations.
const EIGHT_IN_TEN: f64 = 1.28;

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
) {
    let Some(view) = table.view() else {
        return;
    };
    map.frame = None;
    let words = table.words();
    let compact = kit.compact();
    let pages = view.pages();
    let turn = pages.last().map_or(1, |page| page.turn);
    commands.spawn(root("What happened")).with_children(|root| {
        top_bar(root, &mut kit, &words, &table, turn, false);
        let gap = if compact { 8.0 } else { 10.0 };
        let width = (kit.window().x - 20.0).min(1400.0);
        let area = Node {
            position_type: PositionType::Absolute,
            left: Val::Px((kit.window().x - width) / 2.0),
            width: Val::Px(width),
            top: Val::Px(BAR + gap),
            bottom: Val::Px(READING_TRAY + gap),
            column_gap: Val::Px(gap),
            ..default()
        };
        root.spawn((Name::new("Reading area"), area))
            .with_children(|area| {
                let left = Node {
                    width: Val::Percent(43.0),
                    flex_shrink: 0.0,
                    ..column(gap)
                };
                area.spawn((Name::new("Figures"), left))
                    .with_children(|left| {
                        headline(left, &mut kit, &words, &table, pages);
                        for figure in figures(&words, &table, &view) {
                            figure_card(left, &mut kit, &words, figure);
                        }
                        followed(left, &mut kit, &words, &table, &view);
                    });
                why::panel(area, &mut kit, &words, &table, &view);
            });
        root.spawn(kit.tray(READING_TRAY)).with_children(|tray| {
            let ink = kit.palette().onwalnut2;
            let note = words.say("feedback.records");
            tray.spawn(kit.line(Role::Body, words.lang, note, ink));
            let next = if view.over() {
                "feedback.debrief"
            } else {
                "feedback.next"
            };
            let button = ("onward", Act::Onward, words.say(next), ["Enter"].as_slice());
            main_button(tray, &mut kit, &words, button, Vec2::new(200.0, 56.0));
        });
        if let Some(text) = &table.notice {
            notice(root, &mut kit, &words, text);
        }
    });
}

/// Offences of the watched family on record in the whole city, turn by turn.
fn recorded(table: &Table, pages: &[OpenPage]) -> Vec<f64> {
    let families = table.scenario.world.families.len();
    let sum = |page: &OpenPage| {
        let cells = page
            .recorded
            .iter()
            .skip(table.family.at())
            .step_by(families.max(1));
        f64::from(cells.sum::<u32>())
    };
    pages.iter().map(sum).collect()
}

/// How far a count swings in eight months of ten when nothing changes.
fn count_wobble(table: &Table, count: f64) -> f64 {
    let fano = table.scenario.world.model.get(Coefficient::Fano);
    // Two months differ by the luck of both.
    EIGHT_IN_TEN * (2.0 * fano * count.max(1.0)).sqrt()
}

fn headline(
    left: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    pages: &[OpenPage],
) {
    let palette = kit.palette().clone();
    let counts = recorded(table, pages);
    let family = words.family(table.family);
    let text = match counts.as_slice() {
        [.., before, now] => {
            let key = if now < before {
                "feedback.headline.fewer"
            } else if now > before {
                "feedback.headline.more"
            } else {
                "feedback.headline.same"
            };
            words.with(key, "family", family)
        }
        [now] => words.get(
            "feedback.headline.first",
            &[("family", family), ("count", &whole(*now))],
        ),
        [] => String::new(),
    };
    let compact = kit.compact();
    let node = Node {
        padding: UiRect::axes(Val::Px(16.0), Val::Px(if compact { 8.0 } else { 14.0 })),
        ..column(if compact { 2.0 } else { 6.0 })
    };
    left.spawn(kit.card("Headline", node))
        .with_children(|card| {
            card.spawn((Name::new("Paper"), row(8.0)))
                .with_children(|line| {
                    line.spawn(kit.icon("news", 20.0, palette.ink2));
                    let paper = words.say("feedback.paper");
                    line.spawn(kit.line(Role::Label, words.lang, paper, palette.ink2));
                });
            let role = if compact { Role::Panel } else { Role::Heading };
            card.spawn(kit.text(role, words.lang, text, palette.ink));
        });
}

/// One figure over time.
struct Figure {
    icon: &'static str,
    name: String,
    layer: String,
    ink: Color,
    values: Vec<f64>,
    /// Half the width of the usual wobble.
    wobble: f64,
    /// A survey's own error, if it is one.
    error: Option<f64>,
}

fn figures(words: &Words, table: &Table, view: &View) -> [Figure; 3] {
    let pages = view.pages();
    let model = &table.scenario.world.model;
    let index = |index: Index| -> Vec<f64> {
        let start = pages.first().map(|_| ());
        start
            .into_iter()
            .flat_map(|()| pages.iter())
            .map(|page| page.indices[index as usize].0 as f64 / 1e6)
            .collect()
    };
    // The city's survey is a mean over its precincts, so its error is smaller by their root.
    let places = view.world().precincts.len().max(1) as f64;
    let error = EIGHT_IN_TEN * model.get(Coefficient::SurveyError) / places.sqrt();
    let counts = recorded(table, pages);
    let before = counts
        .iter()
        .rev()
        .nth(1)
        .or(counts.last())
        .copied()
        .unwrap_or(0.0);
    let count_name = words.with("figure.counted", "family", words.family(table.family));
    let survey = words.say("figure.survey");
    let figure = |icon, key: &str, layer: String, values, wobble, error| Figure {
        icon,
        name: words.say(key),
        layer,
        ink: Color::NONE,
        values,
        wobble,
        error,
    };
    let swing = error * std::f64::consts::SQRT_2;
    [
        figure(
            "shield",
            "figure.safe",
            survey.clone(),
            index(Index::SenseOfSafety),
            swing,
            Some(error),
        ),
        figure(
            "trust",
            "figure.trust",
            survey,
            index(Index::Trust),
            swing,
            Some(error),
        ),
        figure(
            "table",
            "figure.recorded",
            count_name,
            counts,
            count_wobble(table, before),
            None,
        ),
    ]
}

fn figure_card(left: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, mut figure: Figure) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    figure.ink = match figure.icon {
        "shield" => palette.safety,
        "trust" => palette.trust,
        _ => palette.ink,
    };
    let compact = kit.compact();
    let node = Node {
        padding: UiRect::axes(Val::Px(14.0), Val::Px(if compact { 5.0 } else { 8.0 })),
        align_items: AlignItems::Center,
        column_gap: Val::Px(12.0),
        flex_grow: 1.0,
        ..default()
    };
    left.spawn(kit.card("Figure", node)).with_children(|card| {
        let side = Node {
            width: Val::Px(if compact { 150.0 } else { 176.0 }),
            ..column(0.0)
        };
        card.spawn((Name::new("Name and value"), side))
            .with_children(|side| {
                side.spawn((Name::new("Name"), row(8.0)))
                    .with_children(|line| {
                        line.spawn(kit.icon(figure.icon, 22.0, figure.ink));
                        line.spawn(kit.line(Role::Strong, lang, figure.name.as_str(), figure.ink));
                    });
                side.spawn(kit.text(Role::Label, lang, figure.layer.as_str(), palette.ink2));
                side.spawn((Name::new("Value"), row(8.0)))
                    .with_children(|line| {
                        let now = figure.values.last().copied().unwrap_or(0.0);
                        let role = if compact {
                            Role::Heading
                        } else {
                            Role::Display
                        };
                        line.spawn(kit.line(role, lang, whole(now), figure.ink));
                        if let Some(error) = figure.error {
                            let error = format!("± {}", whole(error.max(1.0)));
                            line.spawn(kit.line(Role::Strong, lang, error, palette.ink2));
                        }
                    });
            });
        let (width, height) = if compact {
            (120.0, 62.0)
        } else {
            (200.0, 78.0)
        };
        let chart = kit.picture(width, height, |canvas, scale| {
            trend(
                canvas,
                scale,
                Vec2::new(width, height),
                &figure,
                palette.line2,
                palette.card,
            );
        });
        card.spawn(chart);
        let grow = Node {
            flex_grow: 1.0,
            min_width: Val::Px(0.0),
            ..column(0.0)
        };
        card.spawn((Name::new("Change"), grow))
            .with_children(|side| {
                let (change, wobble) = change_words(words, &figure);
                side.spawn(kit.text(Role::Plate, lang, change, palette.ink));
                side.spawn(kit.text(Role::Label, lang, wobble, palette.ink2));
            });
    });
}

fn change_words(words: &Words, figure: &Figure) -> (String, String) {
    let [.., before, now] = figure.values.as_slice() else {
        return (words.say("change.first"), words.say("wobble.first"));
    };
    let change = now - before;
    let amount = whole(change.abs());
    let key = if amount == "0" {
        "change.none"
    } else if change > 0.0 {
        "change.up"
    } else {
        "change.down"
    };
    let within = change.abs() <= figure.wobble;
    let wobble = if within {
        "wobble.within"
    } else {
        "wobble.outside"
    };
    (words.with(key, "amount", &amount), words.say(wobble))
}

/// The figure over time; a dashed box shows where an unchanged month would lie.
fn trend(canvas: &mut Canvas, scale: f32, size: Vec2, figure: &Figure, track: Color, paper: Color) {
    let values = &figure.values;
    let Some(last) = values.last() else {
        return;
    };
    let before = values.iter().rev().nth(1).unwrap_or(last);
    let (low, high) = values
        .iter()
        .chain([&(before - figure.wobble), &(before + figure.wobble)])
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
            (low.min(*v), high.max(*v))
        });
    let span = (high - low).max(1e-6);
    let pad = 9.0;
    let y = |value: f64| {
        let share = ((value - low) / span) as f32;
        size.y - pad - share * (size.y - 2.0 * pad)
    };
    let step = (size.x - 2.0 * pad - 22.0) / values.len().max(2).saturating_sub(1) as f32;
    let x = |at: usize| pad + step * at as f32;
    let end = x(values.len() - 1);
    if values.len() > 1 {
        let (top, bottom) = (y(before + figure.wobble), y(before - figure.wobble));
        let (l, r) = (end - 20.0, end + 26.0);
        let path = format!("M {l} {top} L {r} {top} L {r} {bottom} L {l} {bottom} Z");
        canvas.paint(&path, scale, track.with_alpha(0.14));
        canvas.line(&path, scale, 1.3, &[4.0, 3.0], track);
        let middle = y(*before);
        canvas.line(
            &format!("M {l} {middle} L {r} {middle}"),
            scale,
            1.2,
            &[],
            track,
        );
    }
    let mut path = String::new();
    for (at, value) in values.iter().enumerate() {
        let word = if at == 0 { "M" } else { "L" };
        let _ = write!(path, "{word} {} {} ", x(at), y(*value));
    }
    canvas.line(&path, scale, 2.4 * scale, &[], figure.ink);
    for (at, value) in values.iter().enumerate() {
        let last = at + 1 == values.len();
        let dot = disc(x(at), y(*value), if last { 6.5 } else { 3.6 });
        canvas.paint(&dot, scale, if last { figure.ink } else { paper });
        canvas.line(&dot, scale, 1.8 * scale, &[], figure.ink);
    }
}

/// A circle as a path.
pub(super) fn disc(x: f32, y: f32, r: f32) -> String {
    let k = r * 0.5523;
    format!(
        "M {} {y} C {} {} {} {} {x} {} C {} {} {} {} {} {y} C {} {} {} {} {x} {} C {} {} {} {} {} {y} Z",
        x + r,
        x + r,
        y + k,
        x + k,
        y + r,
        y + r,
        x - k,
        y + r,
        x - r,
        y + k,
        x - r,
        x - r,
        y - k,
        x - k,
        y - r,
        y - r,
        x + k,
        y - r,
        x + r,
        y - k,
        x + r,
    )
}

/// What the cards of the turn led to, and what people said at their doors.
fn followed(
    left: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let lang = words.lang;
    let turn = view.pages().last().map_or(0, |page| page.turn);
    let mut lines: Vec<(&str, String)> = Vec::new();
    for (inject, state) in view.settled_injects() {
        if state.fired != Some(turn) {
            continue;
        }
        let option = state
            .answer
            .unwrap_or(view.world().injects[inject.at()].silence);
        let after = words.option_after(inject, option, state.place);
        let label = words.option_label(inject, option, state.place);
        lines.push(("card", if after.is_empty() { label } else { after }));
    }
    let family = table.family;
    for survey in view.surveys().iter().filter(|survey| survey.turn == turn) {
        let now = survey
            .now
            .get(family.at())
            .copied()
            .unwrap_or(0)
            .to_string();
        let place = words.precinct(survey.precinct);
        let slots = |before: &str| {
            let slots = [
                ("place", place),
                ("family", words.family(family)),
                ("now", &now),
                ("before", before),
            ];
            let key = if before.is_empty() {
                "followed.survey-first"
            } else {
                "followed.survey"
            };
            words.get(key, &slots)
        };
        let before = survey
            .before
            .get(family.at())
            .map(u32::to_string)
            .unwrap_or_default();
        lines.push(("home", slots(&before)));
    }
    if lines.is_empty() {
        lines.push(("card", words.say("followed.none")));
    }
    let compact = kit.compact();
    let pad = if compact { 5.0 } else { 10.0 };
    let node = Node {
        padding: UiRect::axes(Val::Px(14.0), Val::Px(pad)),
        ..column(if compact { 1.0 } else { 4.0 })
    };
    left.spawn(kit.card("What followed", node))
        .with_children(|card| {
            let palette = kit.palette().clone();
            card.spawn(kit.line(Role::Strong, lang, words.say("followed.title"), palette.ink));
            for (icon, text) in lines {
                let line = Node {
                    align_items: AlignItems::FlexStart,
                    ..row(8.0)
                };
                card.spawn((Name::new("Line"), line)).with_children(|line| {
                    line.spawn(kit.icon(icon, 19.0, palette.ink2));
                    let grow = Node {
                        flex_grow: 1.0,
                        min_width: Val::Px(0.0),
                        ..column(0.0)
                    };
                    line.spawn((Name::new("Words"), grow)).with_child(kit.text(
                        if compact { Role::Label } else { Role::Body },
                        lang,
                        text,
                        palette.ink,
                    ));
                });
            }
        });
}
