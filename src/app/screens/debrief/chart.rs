//! Counts over time: what came on record, what happened, and what lies between.

use super::super::chrome::reading_tray;
use super::super::why;
use super::{HEAD, Page, SHARE, hundredths, says, sheet, strip_height};
use crate::app::semantics::Heading;
use crate::app::theme::{Canvas, Palette, Role, circle, diamond};
use crate::app::widgets::{Kit, column, row};
use crate::rules::id::PrecinctIx;
use crate::rules::scoring::Outcome;
use bevy::prelude::*;
use std::fmt::Write as _;

/// How far a line of the hatching leans over.
const SLANT: f32 = 18.0;

/// The counts of a turn's cells that belong to the family and place being read.
fn count(page: &Page, cells: &[u32]) -> f64 {
    let world = &page.table.scenario.world;
    let places = (0..world.precincts.len()).map(PrecinctIx::from_position);
    let read = places.filter(|place| page.table.why_place.is_none_or(|it| it == *place));
    let sum: u32 = read
        .map(|place| cells[world.cell(place, page.table.family)])
        .sum();
    f64::from(sum)
}

/// Offences of a family in a place: on record, and as they happened.
pub(super) fn draw(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let palette = kit.palette().clone();
    let (table, words, debrief) = (page.table, page.words, page.debrief);
    let lang = words.lang;
    let recorded: Vec<f64> = debrief
        .open
        .iter()
        .map(|open| count(page, &open.recorded))
        .collect();
    let happened: Vec<f64> = debrief
        .hidden
        .iter()
        .map(|hidden| count(page, &hidden.happened))
        .collect();
    let compact = kit.compact();
    let gap = if compact { 8.0 } else { 12.0 };
    let room = (kit.window().x - 2.0 * gap).min(1400.0);
    let share = if kit.narrow() { 1.0 } else { SHARE };
    let width = (room * share - if compact { 40.0 } else { 56.0 }).floor();
    // The families break into a second row where there are many.
    let rows = if table.scenario.world.families.len() > 6 {
        44.0
    } else {
        0.0
    };
    let below = rows + if compact { 196.0 } else { 250.0 };
    let height = (kit.window().y - reading_tray(kit) - HEAD - strip_height(kit) - below)
        .max(120.0)
        .floor();
    side.spawn(sheet(kit, "Record and truth", 1.0))
        .with_children(|card| {
            let place = match table.why_place {
                Some(place) => words.precinct(place).to_owned(),
                None => words.say("debrief.city"),
            };
            let family = words.family_label(table.family);
            let title = words.get("debrief.chart", &[("family", &family), ("place", &place)]);
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
            if table.scenario.world.families.len() > 1 {
                why::families(card, kit, words, table);
            }
            why::places(card, kit, words, table, &by_gap(page), "debrief.place-none");
            let (seen, all) = (recorded.iter().sum::<f64>(), happened.iter().sum::<f64>());
            let missing = words.with(
                "debrief.missing",
                "share",
                &hundredths(1.0 - seen / all.max(1.0)),
            );
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
                        inks(&palette),
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
            says(card, kit, words, missing);
        });
}

/// The precincts, those first in which most was missing on record.
fn by_gap(page: &Page) -> Vec<PrecinctIx> {
    let world = &page.table.scenario.world;
    let gap = |place: PrecinctIx| -> i64 {
        let cell = world.cell(place, page.table.family);
        let turns = page.debrief.open.iter().zip(page.debrief.hidden);
        turns
            .map(|(open, hidden)| i64::from(hidden.happened[cell]) - i64::from(open.recorded[cell]))
            .sum()
    };
    let mut order: Vec<PrecinctIx> = (0..world.precincts.len())
        .map(PrecinctIx::from_position)
        .collect();
    order.sort_by_key(|place| std::cmp::Reverse(gap(*place)));
    order
}

fn inks(palette: &Palette) -> [Color; 4] {
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
    canvas.paint(&gap, px, true_ink.with_alpha(0.08));
    // What never came on record is hatched, so that it is seen without colour too.
    let along = |values: &[f64], at: f32| {
        let at = ((at - inset) / step.max(1e-3)).clamp(0.0, values.len().saturating_sub(1) as f32);
        let (low, part) = (at.floor() as usize, at.fract());
        let (from, to) = (values[low], values[(low + 1).min(values.len() - 1)]);
        y(from + (to - from) * f64::from(part))
    };
    let mut left = inset;
    while left + SLANT < size.x - inset && happened.len() > 1 {
        let (foot, head) = (along(recorded, left), along(happened, left + SLANT));
        let hatch = format!("M {left} {foot} L {} {head}", left + SLANT);
        if foot > head {
            canvas.line(&hatch, px, px, &[], true_ink.with_alpha(0.55));
        }
        left += 9.0;
    }
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

/// An objective turn by turn: its line, and a mark where it was first met.
pub(super) fn course(
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

/// A figure as it was published, dashed, and as it was, turn by turn.
pub(super) fn pair(
    canvas: &mut Canvas,
    px: f32,
    size: Vec2,
    published: &[f64],
    so: &[f64],
    inks: [Color; 2],
) {
    let all = published.iter().chain(so);
    let (low, high) = all.fold((f64::MAX, f64::MIN), |(low, high), value| {
        (low.min(*value), high.max(*value))
    });
    // A figure that hardly moved looks as if it hardly moved.
    let middle = f64::midpoint(low, high);
    let span = (high - low).max(10.0);
    let pad = 3.0;
    let y = |value: f64| size.y / 2.0 - ((value - middle) / span) as f32 * (size.y - 2.0 * pad);
    for (values, ink, dash) in [
        (so, inks[1], &[][..]),
        (published, inks[0], &[5.0, 3.0][..]),
    ] {
        let step = (size.x - 2.0 * pad) / values.len().saturating_sub(1).max(1) as f32;
        let mut path = String::new();
        for (at, value) in values.iter().enumerate() {
            let word = if at == 0 { "M" } else { "L" };
            let _ = write!(path, "{word} {} {} ", pad + step * at as f32, y(*value));
        }
        canvas.line(&path, px, 1.9 * px, dash, ink);
    }
}
