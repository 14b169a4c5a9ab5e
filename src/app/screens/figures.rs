//! Figures over time, each with the wobble that an unchanged month would have.

use crate::app::semantics::Semantics;
use crate::app::table::Table;
use crate::app::theme::{Canvas, Role, circle};
use crate::app::widgets::{Kit, column, row};
use crate::app::words::{Words, whole};
use crate::rules::id::{FamilyIx, Id, ObjectiveIx};
use crate::rules::state::OpenPage;
use crate::rules::world::Measure;
use crate::rules::{Index, Table as Command, View};
use bevy::prelude::*;
use std::fmt::Write as _;

/// Offences of the watched family on record in the whole city, turn by turn.
pub(super) fn recorded(table: &Table, pages: &[OpenPage]) -> Vec<f64> {
    recorded_of(table, pages, table.family)
}

/// Offences of a family on record in the whole city, turn by turn.
pub(super) fn recorded_of(table: &Table, pages: &[OpenPage], family: FamilyIx) -> Vec<f64> {
    let families = table.scenario.world.families.len();
    let sum = |page: &OpenPage| {
        let cells = page
            .recorded
            .iter()
            .skip(family.at())
            .step_by(families.max(1));
        f64::from(cells.sum::<u32>())
    };
    pages.iter().map(sum).collect()
}

/// One figure over time.
pub(super) struct Figure {
    id: &'static str,
    icon: &'static str,
    name: String,
    layer: String,
    ink: Color,
    values: Vec<f64>,
    /// Half the width of the usual wobble.
    wobble: f64,
    /// A survey's own error, if it is one.
    error: Option<f64>,
    /// The line of an objective, in the figure's own unit.
    goal: Option<f64>,
    /// The key of the words that say it.
    says_goal: &'static str,
    /// Whether the desks have learned to tell a change from chance; else the press shows arrows.
    literate: bool,
}

/// The instrument that teaches the desks to read their own figures.
const LITERACY: &str = "data-literacy";

/// Whether the board says what is within the usual wobble. Where nobody can be taught, it does.
fn literate(view: &View) -> bool {
    let taught = view.world().instrument(&Id::from(LITERACY));
    taught.is_none_or(|at| view.pointers(at).iter().any(|pointer| pointer.setting > 0))
}

/// A mandate as a figure: what it asks, how it went, and its line in words that name the unit.
struct OwnFigure {
    text: String,
    values: Vec<f64>,
    wobble: f64,
    line: f64,
    says_line: &'static str,
}

/// How far the desk in hand has come with its mandate, where that is a figure of its own. Where
/// each desk keeps its mandate to itself, what all can see does not show it.
fn mandate(table: &Table, view: &View, swing: f64) -> Option<OwnFigure> {
    let seat = table.desk.seat;
    let released = view
        .releases()
        .iter()
        .any(|it| it.seat == seat && it.granted.is_some());
    let mandate = view
        .mandate()
        .filter(|_| view.table() == Some(Command::Shared) && !released)?;
    let values = mandate.outcome?.values;
    let last = values.last().copied()?;
    let wobble = match mandate.goal.measure {
        // These two have their cards already.
        Measure::Index(Index::SenseOfSafety | Index::Trust) => return None,
        Measure::Index(_) | Measure::LowestTrust => swing,
        Measure::Offences(family) => {
            let families = table.scenario.world.families.len().max(1);
            let page = view.pages().last()?;
            let counts = page.recorded.iter().skip(family.at()).step_by(families);
            let count = f64::from(counts.sum::<u32>()).max(1.0);
            last * table.wobble(count) / count
        }
    };
    Some(OwnFigure {
        text: table.words().mandate(mandate.set, mandate.at).to_owned(),
        values,
        wobble,
        line: mandate.goal.line,
        says_line: match (mandate.goal.measure, mandate.goal.at_least) {
            (Measure::Offences(_), true) => "figure.share.least",
            (Measure::Offences(_), false) => "figure.share.most",
            (_, true) => "figure.goal.least",
            (_, false) => "figure.goal.most",
        },
    })
}

/// Sense of safety, trust, and the desk's mandate or else what came on record of the family the
/// table watches.
pub(super) fn figures(words: &Words, table: &Table, view: &View) -> [Figure; 3] {
    let pages = view.pages();
    let index = |index: Index| -> Vec<f64> {
        pages
            .iter()
            .map(|page| page.indices[index as usize].0 as f64 / 1e6)
            .collect()
    };
    let error = table.survey_error();
    let counts = recorded(table, pages);
    let before = counts
        .iter()
        .rev()
        .nth(1)
        .or(counts.last())
        .copied()
        .unwrap_or(0.0);
    let count_name = words.with(
        "figure.counted",
        "family",
        &words.family_label(table.family),
    );
    let survey = words.say("figure.survey");
    let figure = |icon, id, layer: String, values, wobble, error| Figure {
        id,
        icon,
        name: words.say(&format!("figure.{id}")),
        layer,
        ink: Color::NONE,
        values,
        wobble,
        error,
        goal: None,
        says_goal: "figure.goal",
        literate: literate(view),
    };
    let swing = error * std::f64::consts::SQRT_2;
    let third = match mandate(table, view, swing) {
        Some(own) => Figure {
            goal: Some(own.line),
            says_goal: own.says_line,
            ..figure("flag", "mandate", own.text, own.values, own.wobble, None)
        },
        None => Figure {
            goal: counted_goal(table, view, &counts),
            ..figure(
                "table",
                "recorded",
                count_name,
                counts,
                table.wobble(before),
                None,
            )
        },
    };
    [
        figure(
            "shield",
            "safe",
            survey.clone(),
            index(Index::SenseOfSafety),
            swing,
            Some(error),
        ),
        figure(
            "trust",
            "trust",
            survey,
            index(Index::Trust),
            swing,
            Some(error),
        ),
        third,
    ]
}

/// The count that an objective about the family asks for.
fn counted_goal(table: &Table, view: &View, counts: &[f64]) -> Option<f64> {
    let objectives = table.scenario.world.objectives.iter().enumerate();
    let mut about = objectives
        .filter(|(_, it)| it.goal.measure == Measure::Offences(table.family) && !it.goal.at_least);
    let (at, objective) = about.next()?;
    let now = view
        .outcome(ObjectiveIx::from_position(at))?
        .values
        .last()
        .copied()?;
    let count = counts.last()? * objective.goal.line / now;
    count.is_finite().then(|| count.floor())
}

/// A card for a figure.
pub(super) fn figure_card(
    left: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    mut figure: Figure,
) {
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
        flex_shrink: 0.0,
        ..default()
    };
    let now = whole(figure.values.last().copied().unwrap_or(0.0));
    let (change, wobble) = change_words(words, &figure);
    let stop = words.say("list.stop");
    let mut told = vec![figure.layer.as_str(), &now, &change];
    told.extend(wobble.as_deref());
    let goal = figure
        .goal
        .map(|goal| words.with(figure.says_goal, "count", &whole(goal)));
    told.extend(goal.as_deref());
    let told = told.join(&stop);
    let arrow = arrow(&figure);
    let means = Semantics::figure(format!("figure:{}", figure.id), figure.name.as_str(), told);
    left.spawn((kit.card("Figure", node), means))
        .with_children(|card| {
            let side = Node {
                width: Val::Px(if compact { 150.0 } else { 176.0 }),
                ..column(0.0)
            };
            card.spawn((Name::new("Name and value"), side))
                .with_children(|side| {
                    side.spawn((Name::new("Name"), row(8.0)))
                        .with_children(|line| {
                            line.spawn(kit.icon(figure.icon, 22.0, figure.ink));
                            line.spawn(kit.line(
                                Role::Strong,
                                lang,
                                figure.name.as_str(),
                                figure.ink,
                            ));
                        });
                    side.spawn(kit.text(Role::Label, lang, figure.layer.as_str(), palette.ink2));
                    side.spawn((Name::new("Value"), row(8.0)))
                        .with_children(|line| {
                            let role = if compact {
                                Role::Heading
                            } else {
                                Role::Display
                            };
                            line.spawn(kit.line(role, lang, now, figure.ink));
                            if let Some(error) = figure.error {
                                let error = format!("± {}", whole(error.max(1.0)));
                                line.spawn(kit.line(Role::Strong, lang, error, palette.ink2));
                            }
                        });
                });
            let (width, height) = if compact {
                (120.0, 62.0)
            } else {
                (190.0, 78.0)
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
                    if let Some(arrow) = arrow {
                        side.spawn(kit.icon(arrow, 26.0, palette.ink));
                    }
                    side.spawn(kit.text(Role::Plate, lang, change, palette.ink));
                    if let Some(goal) = goal {
                        side.spawn(kit.text(Role::Label, lang, goal, palette.ink2));
                    }
                    if let Some(wobble) = wobble {
                        side.spawn(kit.text(Role::Label, lang, wobble, palette.ink2));
                    }
                });
        });
}

/// What the press shows of a change to those who have not learned to tell it from chance.
fn arrow(figure: &Figure) -> Option<&'static str> {
    let [.., before, now] = figure.values.as_slice() else {
        return None;
    };
    let shown = now.round() - before.round();
    let arrow = if shown > 0.0 { "rise" } else { "fall" };
    (!figure.literate && shown != 0.0).then_some(arrow)
}

/// What changed, and whether it is within the usual wobble, where the board says so.
fn change_words(words: &Words, figure: &Figure) -> (String, Option<String>) {
    let [.., before, now] = figure.values.as_slice() else {
        return (words.say("change.first"), Some(words.say("wobble.first")));
    };
    // The two figures were shown without decimals, and what changed must be what parts them.
    let shown = now.round() - before.round();
    let key = if shown == 0.0 {
        "change.none"
    } else if shown > 0.0 {
        "change.up"
    } else {
        "change.down"
    };
    let amount = whole(shown.abs());
    let within = (now - before).abs() <= figure.wobble;
    let wobble = if within {
        "wobble.within"
    } else {
        "wobble.outside"
    };
    let wobble = figure.literate.then(|| words.say(wobble));
    (words.with(key, "amount", &amount), wobble)
}

/// The figure over time; a dashed box shows where an unchanged month would lie.
fn trend(canvas: &mut Canvas, scale: f32, size: Vec2, figure: &Figure, track: Color, paper: Color) {
    let values = &figure.values;
    let Some(last) = values.last() else {
        return;
    };
    let before = values.iter().rev().nth(1).unwrap_or(last);
    // Whether or not the wobble is drawn, what lies within it must not look like a fall.
    let wobble = figure.wobble;
    let (low, high) = values
        .iter()
        .chain([&(before - wobble), &(before + wobble)])
        .chain(&figure.goal)
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
    if values.len() > 1 && figure.literate {
        let (top, bottom) = (y(before + wobble), y(before - wobble));
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
    if let Some(goal) = figure.goal.map(&y) {
        let path = format!("M {pad} {goal} L {} {goal}", size.x - pad);
        canvas.line(&path, scale, 1.4, &[2.0, 4.0], figure.ink);
    }
    let mut path = String::new();
    for (at, value) in values.iter().enumerate() {
        let word = if at == 0 { "M" } else { "L" };
        let _ = write!(path, "{word} {} {} ", x(at), y(*value));
    }
    canvas.line(&path, scale, 2.4 * scale, &[], figure.ink);
    for (at, value) in values.iter().enumerate() {
        let last = at + 1 == values.len();
        let dot = circle(x(at), y(*value), if last { 6.5 } else { 3.6 });
        canvas.paint(&dot, scale, if last { figure.ink } else { paper });
        canvas.line(&dot, scale, 1.8 * scale, &[], figure.ink);
    }
}
