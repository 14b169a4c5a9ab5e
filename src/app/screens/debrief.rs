//! The debrief: what counted and whether it was met, the record against what was so, and causes.

use super::chrome::{language, reading_area, reading_tray, reading_tray_with};
use super::root;
use super::why::{chip, rule_icon};
use crate::app::map::MapView;
use crate::app::semantics::{Heading, Semantics};
use crate::app::table::{Act, Table};
use crate::app::theme::{Canvas, Palette, Role, circle};
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::{Words, points, signed};
use crate::rules::Index;
use crate::rules::id::ObjectiveIx;
use crate::rules::scoring::Outcome;
use crate::rules::state::Debrief;
use bevy::prelude::*;
use std::fmt::Write as _;

/// How many causes are shown.
const CAUSES: usize = 5;
/// The height of the head.
const HEAD: f32 = 62.0;

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
) {
    let Some(debrief) = table.state().and_then(|state| state.debrief()) else {
        return;
    };
    map.frame = None;
    let words = table.words();
    let narrow = kit.narrow();
    let gap = if kit.compact() { 8.0 } else { 12.0 };
    commands.spawn(root("Debrief")).with_children(|root| {
        let area = reading_area(&kit, HEAD);
        head(root, &mut kit, &words, area.left);
        root.spawn((Name::new("Reading area"), area))
            .with_children(|area| {
                let side = |share| Node {
                    width: if narrow {
                        Val::Auto
                    } else {
                        Val::Percent(share)
                    },
                    flex_grow: if narrow { 1.0 } else { 0.0 },
                    min_width: Val::Px(0.0),
                    ..column(0.0)
                };
                let part = kit.scrolled("record-and-truth", side(54.0));
                part.fill(area, gap, |side| {
                    chart(side, &mut kit, &words, &table, &debrief);
                    causes(side, &mut kit, &words, &table);
                    if narrow {
                        objectives(side, &mut kit, &words, &table, &debrief);
                        indices(side, &mut kit, &words, &debrief);
                        questions(side, &mut kit, &words, &table);
                    }
                });
                if narrow {
                    return;
                }
                let part = kit.scrolled("what-counted", side(46.0));
                part.fill(area, gap, |side| {
                    objectives(side, &mut kit, &words, &table, &debrief);
                    indices(side, &mut kit, &words, &debrief);
                    questions(side, &mut kit, &words, &table);
                });
            });
        let onward = Semantics::button("home-end", words.say("debrief.done"), Act::Home);
        let sentence = words.say("debrief.sure");
        reading_tray_with(root, &mut kit, &words, &sentence, onward);
    });
}

fn head(root: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, margin: Val) {
    let palette = kit.palette().clone();
    let narrow = kit.narrow();
    let node = Node {
        position_type: PositionType::Absolute,
        left: margin,
        right: margin,
        top: Val::Px(10.0),
        height: Val::Px(48.0),
        // As wide as what lies below, which leaves room for the mark of a scrolled part.
        padding: UiRect::right(Val::Px(8.0)),
        ..row(if narrow { 6.0 } else { 14.0 })
    };
    root.spawn((Name::new("Head"), node)).with_children(|head| {
        let means = Semantics::button("home", words.say("menu.home"), Act::Home);
        kit.square(head, "home", 40.0, means);
        let title = words.with("debrief.title", "scenario", &words.title());
        let grow = filling(0.0);
        let role = if narrow { Role::Strong } else { Role::Display };
        let text = kit.text(role, words.lang, title, palette.ink);
        head.spawn((Name::new("Title"), grow))
            .with_child((text, Heading));
        if !narrow {
            chip(head, kit, words, "eye", "debrief.true-shown");
        }
        language(head, kit, words);
    });
}

/// The questions of the scenario, and how good the guesses were.
fn questions(side: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    side.spawn(sheet(kit, "Questions", 0.0))
        .with_children(|card| {
            let title = words.say("debrief.questions");
            card.spawn((kit.text(Role::Panel, lang, title, palette.ink), Heading));
            let guesses: Vec<bool> = table.guesses().iter().filter_map(|it| it.right()).collect();
            if !guesses.is_empty() {
                let right = guesses.iter().filter(|right| **right).count();
                let text = words.get(
                    "debrief.guesses",
                    &[
                        ("right", &right.to_string()),
                        ("all", &guesses.len().to_string()),
                    ],
                );
                super::inspector::fact(card, kit, words, "analyst", text);
            }
            for question in &table.scenario.meta.questions {
                super::inspector::fact(card, kit, words, "question", question.in_lang(lang));
            }
        });
}

fn sheet(kit: &Kit, name: &str, grow: f32) -> impl Bundle + use<> {
    let compact = kit.compact();
    let pad = if compact { (12.0, 7.0) } else { (18.0, 12.0) };
    kit.card(
        name,
        Node {
            padding: UiRect::axes(Val::Px(pad.0), Val::Px(pad.1)),
            flex_grow: grow,
            flex_shrink: 0.0,
            ..column(if compact { 3.0 } else { 6.0 })
        },
    )
}

/// Offences of the watched family in the whole city: on record, and as they happened.
fn chart(
    side: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    debrief: &Debrief,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let families = table.scenario.world.families.len().max(1);
    let sum = |cells: &[u32]| {
        f64::from(
            cells
                .iter()
                .skip(table.family.at())
                .step_by(families)
                .sum::<u32>(),
        )
    };
    let recorded: Vec<f64> = debrief
        .open
        .iter()
        .map(|page| sum(&page.recorded))
        .collect();
    let happened: Vec<f64> = debrief
        .hidden
        .iter()
        .map(|page| sum(&page.happened))
        .collect();
    let compact = kit.compact();
    let gap = if compact { 8.0 } else { 12.0 };
    let room = (kit.window().x - 2.0 * gap).min(1400.0);
    let share = if kit.narrow() { 1.0 } else { 0.54 };
    let width = (room * share - if compact { 40.0 } else { 56.0 }).floor();
    let height = (kit.window().y - reading_tray(kit) - if compact { 338.0 } else { 392.0 })
        .max(120.0)
        .floor();
    side.spawn(sheet(kit, "Record and truth", 1.0))
        .with_children(|card| {
            let title = words.with("debrief.chart", "family", &words.family_label(table.family));
            card.spawn((Name::new("Head"), row(16.0)))
                .with_children(|head| {
                    let grow = Node {
                        flex_grow: 1.0,
                        min_width: Val::Px(0.0),
                        ..column(0.0)
                    };
                    head.spawn((Name::new("Title"), grow))
                        .with_child((kit.text(Role::Panel, lang, title, palette.ink), Heading));
                    for (key, ink, dash) in [
                        ("debrief.recorded", palette.safety, true),
                        ("debrief.true", palette.trust, false),
                    ] {
                        head.spawn((Name::new("Legend"), row(8.0)))
                            .with_children(|legend| {
                                let picture = kit.picture(34.0, 12.0, |canvas, px| {
                                    let dash: &[f32] = if dash { &[7.0, 4.0] } else { &[] };
                                    canvas.line("M 1 6 L 33 6", px, 2.6 * px, dash, ink);
                                    if dash.is_empty() {
                                        canvas.paint(&diamond(17.0, 6.0, 5.0), px, ink);
                                    }
                                });
                                legend.spawn(picture);
                                legend.spawn(kit.line(
                                    Role::Body,
                                    lang,
                                    words.say(key),
                                    palette.ink,
                                ));
                            });
                    }
                });
            let high = happened
                .iter()
                .chain(&recorded)
                .fold(1.0_f64, |high, v| high.max(*v));
            let step = nice_step(high / 4.0);
            let top = (high / step).ceil() * step;
            let plot = Node {
                column_gap: Val::Px(6.0),
                ..default()
            };
            card.spawn((Name::new("Plot"), plot)).with_children(|plot| {
                let scale = Node {
                    width: Val::Px(40.0),
                    height: Val::Px(height),
                    align_items: AlignItems::FlexEnd,
                    justify_content: JustifyContent::SpaceBetween,
                    ..column(0.0)
                };
                let ticks = (top / step).round() as u32;
                plot.spawn((Name::new("Scale"), scale))
                    .with_children(|scale| {
                        for tick in (0..=ticks).rev() {
                            let value = format!("{:.0}", f64::from(tick) * step);
                            scale.spawn(kit.line(Role::Label, lang, value, palette.ink2));
                        }
                    });
                let plot_width = width - 46.0;
                let picture = kit.picture(plot_width, height, |canvas, px| {
                    let size = Vec2::new(plot_width, height);
                    lines(
                        canvas,
                        px,
                        size,
                        &recorded,
                        &happened,
                        top,
                        ticks,
                        kit_colours(&palette),
                    );
                });
                plot.spawn(picture);
            });
            let axis = Node {
                padding: UiRect::new(Val::Px(46.0), Val::Px(0.0), Val::Px(0.0), Val::Px(0.0)),
                justify_content: JustifyContent::SpaceBetween,
                ..default()
            };
            card.spawn((Name::new("Axis"), axis)).with_children(|axis| {
                for turn in 1..=recorded.len() {
                    let text = turn.to_string();
                    axis.spawn(kit.line(Role::Label, lang, text, palette.ink2));
                }
            });
        });
}

fn kit_colours(palette: &crate::app::theme::Palette) -> [Color; 4] {
    [palette.safety, palette.trust, palette.line, palette.card]
}

fn nice_step(rough: f64) -> f64 {
    let mut step = 1.0;
    for factor in [2.0, 2.5, 2.0].into_iter().cycle().take(24) {
        if step >= rough {
            break;
        }
        step *= factor;
    }
    step
}

fn diamond(x: f32, y: f32, r: f32) -> String {
    format!(
        "M {x} {} L {} {y} L {x} {} L {} {y} Z",
        y - r,
        x + r,
        y + r,
        x - r
    )
}

fn lines(
    canvas: &mut Canvas,
    px: f32,
    size: Vec2,
    recorded: &[f64],
    happened: &[f64],
    top: f64,
    ticks: u32,
    [record_ink, true_ink, grid, paper]: [Color; 4],
) {
    // The scale's numbers stand in the middle of their lines.
    let pad = 9.0;
    let y = |value: f64| size.y - pad - (value / top) as f32 * (size.y - 2.0 * pad);
    let inset = 5.0;
    let step = (size.x - 2.0 * inset) / recorded.len().saturating_sub(1).max(1) as f32;
    let x = |at: usize| inset + step * at as f32;
    for tick in 0..=ticks {
        let line = y(top * f64::from(tick) / f64::from(ticks.max(1)));
        canvas.line(
            &format!("M 0 {line} L {} {line}", size.x),
            px,
            px,
            &[],
            grid,
        );
    }
    let path = |values: &[f64]| {
        let mut path = String::new();
        for (at, value) in values.iter().enumerate() {
            let _ = write!(
                path,
                "{} {} {} ",
                if at == 0 { "M" } else { "L" },
                x(at),
                y(*value)
            );
        }
        path
    };
    let mut gap = path(happened);
    for (at, value) in recorded.iter().enumerate().rev() {
        let _ = write!(gap, "L {} {} ", x(at), y(*value));
    }
    gap.push('Z');
    canvas.paint(&gap, px, true_ink.with_alpha(0.10));
    canvas.line(&path(happened), px, 2.6 * px, &[], true_ink);
    canvas.line(&path(recorded), px, 2.6 * px, &[7.0, 4.0], record_ink);
    for (at, value) in happened.iter().enumerate() {
        canvas.paint(&diamond(x(at), y(*value), 5.5), px, true_ink);
    }
    for (at, value) in recorded.iter().enumerate() {
        let dot = circle(x(at), y(*value), 4.0);
        canvas.paint(&dot, px, paper);
        canvas.line(&dot, px, 1.9 * px, &[], record_ink);
    }
}

fn objectives(
    side: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    debrief: &Debrief,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    side.spawn(sheet(kit, "Objectives", 1.0))
        .with_children(|card| {
            let title = words.say("debrief.objectives");
            card.spawn((kit.line(Role::Panel, lang, title, palette.ink), Heading));
            for (at, outcome) in debrief.outcomes.iter().enumerate() {
                let guard = debrief.guards.get(at).and_then(Option::as_ref);
                let (icon, ink, key) = if outcome.met {
                    ("tick", palette.pos, "debrief.met")
                } else {
                    ("cross", palette.neg, "debrief.not-met")
                };
                let line = Node {
                    align_items: AlignItems::FlexStart,
                    ..row(10.0)
                };
                let name = words.objective(ObjectiveIx::from_position(at)).to_owned();
                let objective = &table.scenario.world.objectives[at];
                let id = format!("objective:{}", objective.id);
                let means = Semantics::figure(id, name.as_str(), words.say(key));
                card.spawn((Name::new("Objective"), line, means))
                    .with_children(|line| {
                        line.spawn(kit.icon(icon, 22.0, ink));
                        let grow = Node {
                            flex_grow: 1.0,
                            min_width: Val::Px(0.0),
                            ..column(0.0)
                        };
                        line.spawn((Name::new("Words"), grow))
                            .with_children(|lines| {
                                lines.spawn(kit.text(Role::Body, lang, name, palette.ink));
                                let mut said = words.say(key);
                                if let (true, Some(turn)) = (outcome.met, outcome.first_met) {
                                    let since = format!("debrief.since.{}", words.turn_unit());
                                    let since = words.with(&since, "turn", &turn.to_string());
                                    said = format!("{said}{}{since}", words.say("list.then"));
                                }
                                lines.spawn(kit.text(Role::Plate, lang, said, ink));
                                if let (true, Some(guard)) = (outcome.met, guard) {
                                    let held = if guard.met {
                                        "debrief.guard-held"
                                    } else {
                                        "debrief.guard-broken"
                                    };
                                    let ink = if guard.met { palette.ink2 } else { palette.neg };
                                    lines.spawn(kit.text(Role::Label, lang, words.say(held), ink));
                                }
                            });
                        let size = if kit.compact() {
                            Vec2::new(84.0, 38.0)
                        } else {
                            Vec2::new(120.0, 46.0)
                        };
                        let chart = kit.picture(size.x, size.y, |canvas, px| {
                            course(
                                canvas,
                                px,
                                size,
                                outcome,
                                objective.goal.line,
                                ink,
                                &palette,
                            );
                        });
                        line.spawn(chart);
                    });
            }
        });
}

/// An objective turn by turn: its line, and a mark where it was first met.
fn course(
    canvas: &mut Canvas,
    px: f32,
    size: Vec2,
    outcome: &Outcome,
    line: f64,
    ink: Color,
    palette: &Palette,
) {
    let values = &outcome.values;
    let (low, high) = values
        .iter()
        .fold((line, line), |(low, high), v| (low.min(*v), high.max(*v)));
    let span = (high - low).max(1e-6);
    let pad = 7.0;
    let y = |value: f64| size.y - pad - ((value - low) / span) as f32 * (size.y - 2.0 * pad);
    let step = (size.x - 2.0 * pad) / values.len().saturating_sub(1).max(1) as f32;
    let x = |at: usize| pad + step * at as f32;
    let level = y(line);
    let goal = format!("M 0 {level} L {} {level}", size.x);
    canvas.line(&goal, px, 1.3 * px, &[4.0, 3.0], palette.line2);
    let mut path = String::new();
    for (at, value) in values.iter().enumerate() {
        let word = if at == 0 { "M" } else { "L" };
        let _ = write!(path, "{word} {} {} ", x(at), y(*value));
    }
    canvas.line(&path, px, 2.2 * px, &[], ink);
    let first = outcome
        .first_met
        .and_then(|turn| usize::from(turn).checked_sub(1));
    for (at, value) in values.iter().enumerate() {
        let met = first == Some(at);
        let dot = circle(x(at), y(*value), if met { 5.0 } else { 2.6 });
        canvas.paint(&dot, px, if met { palette.gold } else { ink });
        canvas.line(&dot, px, 1.4 * px, &[], ink);
    }
}

fn indices(side: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, debrief: &Debrief) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let (Some(open), Some(hidden)) = (debrief.open.last(), debrief.hidden.last()) else {
        return;
    };
    let cell = |width: f32| Node {
        width: Val::Px(width),
        justify_content: JustifyContent::FlexEnd,
        flex_shrink: 0.0,
        ..default()
    };
    let wide = 92.0;
    side.spawn(sheet(kit, "Indices", 1.0))
        .with_children(|card| {
            let grow = || Node {
                flex_grow: 1.0,
                min_width: Val::Px(0.0),
                ..column(0.0)
            };
            card.spawn((Name::new("Head"), row(8.0)))
                .with_children(|line| {
                    let title = words.say("debrief.indices");
                    line.spawn((Name::new("Title"), grow()))
                        .with_child((kit.text(Role::Panel, lang, title, palette.ink), Heading));
                    for (key, ink) in [
                        ("debrief.published", palette.safety),
                        ("debrief.true", palette.trust),
                    ] {
                        let text = words.say(key);
                        line.spawn((Name::new("Column"), cell(wide)))
                            .with_child(kit.line(Role::Plate, lang, text, ink));
                    }
                });
            for index in Index::ALL {
                card.spawn(kit.rule());
                let told = words.get(
                    "debrief.index.value",
                    &[
                        ("published", &points(open.indices[index as usize])),
                        ("true", &points(hidden.indices[index as usize])),
                    ],
                );
                let id = format!("index:{}", index.id());
                let means = Semantics::figure(id, words.index(index), told);
                card.spawn((Name::new("Index"), row(8.0), means))
                    .with_children(|line| {
                        line.spawn((Name::new("Name"), grow())).with_child(kit.text(
                            Role::Body,
                            lang,
                            words.index(index),
                            palette.ink,
                        ));
                        let figures = [
                            (open.indices, palette.safety),
                            (hidden.indices, palette.trust),
                        ];
                        for (values, ink) in figures {
                            let text = points(values[index as usize]);
                            line.spawn((Name::new("Points"), cell(wide)))
                                .with_child(kit.line(Role::Strong, lang, text, ink));
                        }
                    });
            }
        });
}

/// What moved Safety and Trust most over the whole game, from the true ledger.
fn causes(side: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let compact = kit.compact();
    side.spawn(sheet(kit, "Causes", 0.0)).with_children(|card| {
        let title = words.say("debrief.causes");
        card.spawn((kit.text(Role::Panel, lang, title, palette.ink), Heading));
        let most = if compact { CAUSES - 1 } else { CAUSES };
        for (index, rule, amount) in table.causes.iter().take(most) {
            card.spawn((Name::new("Cause"), row(10.0)))
                .with_children(|line| {
                    let (icon, ink) = match index {
                        Index::Trust => ("trust", palette.trust),
                        _ => ("shield", palette.safety),
                    };
                    line.spawn(kit.icon(icon, 20.0, ink));
                    line.spawn(kit.icon(rule_icon(*rule), 19.0, palette.ink2));
                    let grow = Node {
                        flex_grow: 1.0,
                        min_width: Val::Px(0.0),
                        ..column(0.0)
                    };
                    let name =
                        [words.index(*index), words.rule(*rule)].join(&words.say("list.colon"));
                    line.spawn((Name::new("Words"), grow)).with_child(kit.text(
                        Role::Body,
                        lang,
                        name,
                        palette.ink,
                    ));
                    let (mark, ink) = if *amount > 0.0 {
                        ("rise", palette.pos)
                    } else {
                        ("fall", palette.neg)
                    };
                    line.spawn(kit.icon(mark, 14.0, ink));
                    line.spawn(kit.line(Role::Strong, lang, signed(*amount), ink));
                });
        }
    });
}
