//! What counted: each objective over time, the six figures as published and as they were, and the
//! scenario's questions.

use super::super::inspector::fact;
use super::chart::course;
use super::{Page, sheet, titled};
use crate::app::semantics::{Heading, Semantics};
use crate::app::theme::{Palette, Role};
use crate::app::widgets::{Kit, cell, filling, row};
use crate::app::words::points;
use crate::rules::Index;
use crate::rules::id::ObjectiveIx;
use crate::rules::scoring::Outcome;
use crate::rules::units::Amount;
use bevy::prelude::*;

/// The width of a column of figures, pixels.
const WIDE: f32 = 84.0;

/// Whether a line was reached, in an icon and a word. What was reached on record alone gets
/// neither a tick nor a cross: it is said in words.
pub(super) fn verdict(outcome: &Outcome, guard: Option<&Outcome>, palette: &Palette) -> Verdict {
    match (outcome.met, guard.map(|guard| guard.met)) {
        (true, Some(false)) => ("eye", palette.ink, "debrief.met-on-record"),
        (true, _) => ("tick", palette.pos, "debrief.met"),
        (false, _) => ("cross", palette.neg, "debrief.not-met"),
    }
}

pub(super) type Verdict = (&'static str, Color, &'static str);

/// Each objective, with its course.
pub(super) fn objectives(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    side.spawn(sheet(kit, "Objectives", 0.0))
        .with_children(|card| {
            titled(card, kit, page.words, "debrief.objectives");
            for at in 0..page.debrief.outcomes.len() {
                if at > 0 {
                    card.spawn(kit.rule());
                }
                objective(page, card, kit, at);
            }
        });
}

fn objective(page: &Page, card: &mut ChildSpawnerCommands, kit: &mut Kit, at: usize) {
    let (words, debrief) = (page.words, page.debrief);
    let palette = kit.palette().clone();
    let lang = words.lang;
    let outcome = &debrief.outcomes[at];
    let guard = debrief.guards.get(at).and_then(Option::as_ref);
    let objective = &page.table.scenario.world.objectives[at];
    let (icon, ink, key) = verdict(outcome, guard, &palette);
    let line = Node {
        align_items: AlignItems::FlexStart,
        ..row(10.0)
    };
    let name = words.objective(ObjectiveIx::from_position(at)).to_owned();
    let id = format!("objective:{}", objective.id);
    let mut said = words.say(key);
    if let (true, Some(turn)) = (outcome.met, outcome.first_met) {
        let since = format!("debrief.since.{}", words.turn_unit());
        let since = words.with(&since, "turn", &turn.to_string());
        said = format!("{said}{}{since}", words.say("list.then"));
    }
    if objective.lasting {
        said += &match super::handover::later(page, at) {
            Some(value) => words.with("debrief.lasting.value", "value", &value),
            None => words.say("debrief.lasting"),
        };
    }
    let behind = objective.guard.as_ref().zip(guard).map(|(goal, guard)| {
        let key = if guard.met {
            "debrief.guard-held"
        } else {
            "debrief.guard-broken"
        };
        let value = guard.deciding(goal).unwrap_or(0.0);
        words.get(
            key,
            &[
                ("guard", &words.goal(goal)),
                ("value", &crate::app::words::whole(value)),
            ],
        )
    });
    let means = Semantics::figure(id, name.as_str(), said.as_str());
    card.spawn((Name::new("Objective"), line, means))
        .with_children(|line| {
            line.spawn(kit.icon(icon, 22.0, ink));
            line.spawn((Name::new("Words"), filling(0.0)))
                .with_children(|lines| {
                    lines.spawn(kit.text(Role::Body, lang, name, palette.ink));
                    lines.spawn(kit.text(Role::Plate, lang, said, ink));
                    if let Some(behind) = behind {
                        lines.spawn(kit.text(Role::Label, lang, behind, palette.ink2));
                    }
                });
            let size = if kit.compact() {
                Vec2::new(110.0, 44.0)
            } else {
                Vec2::new(170.0, 60.0)
            };
            let goal = objective.goal.line;
            let chart = kit.picture(size.x, size.y, |canvas, px| {
                course(canvas, px, size, outcome, goal, ink, &palette);
            });
            line.spawn(chart);
        });
}

/// The six figures, and the questions.
pub(super) fn figures(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    indices(page, side, kit);
    questions(page, side, kit);
}

fn indices(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let (words, debrief) = (page.words, page.debrief);
    let palette = kit.palette().clone();
    let lang = words.lang;
    let (Some(open), Some(hidden)) = (debrief.open.last(), debrief.hidden.last()) else {
        return;
    };
    let small = kit.narrow();
    side.spawn(sheet(kit, "Indices", 0.0))
        .with_children(|card| {
            card.spawn((Name::new("Head"), row(8.0)))
                .with_children(|line| {
                    let title = words.say("debrief.indices");
                    line.spawn((Name::new("Title"), filling(0.0)))
                        .with_child((kit.text(Role::Panel, lang, title, palette.ink), Heading));
                    for (key, ink) in [
                        ("debrief.published", palette.safety),
                        ("debrief.true", palette.trust),
                    ] {
                        let text = words.say(key);
                        line.spawn((Name::new("Column"), cell(WIDE)))
                            .with_child(kit.line(Role::Plate, lang, text, ink));
                    }
                });
            for index in Index::ALL {
                card.spawn(kit.rule());
                let at = index as usize;
                let told = words.get(
                    "debrief.index.value",
                    &[
                        ("published", &points(open.indices[at])),
                        ("true", &points(hidden.indices[at])),
                    ],
                );
                let id = format!("index:{}", index.id());
                let means = Semantics::figure(id, words.index(index), told);
                card.spawn((Name::new("Index"), row(8.0), means))
                    .with_children(|line| {
                        let name = kit.text(Role::Body, lang, words.index(index), palette.ink);
                        line.spawn((Name::new("Name"), filling(0.0)))
                            .with_child(name);
                        if !small {
                            let published: Vec<f64> = (debrief.open.iter())
                                .map(|page| page.indices[at].to_f64())
                                .collect();
                            let so: Vec<f64> = (debrief.hidden.iter())
                                .map(|page| page.indices[at].to_f64())
                                .collect();
                            let size = Vec2::new(96.0, 30.0);
                            let inks = [palette.safety, palette.trust];
                            let chart = kit.picture(size.x, size.y, |canvas, px| {
                                super::chart::pair(canvas, px, size, &published, &so, inks);
                            });
                            line.spawn(chart);
                        }
                        let figures = [
                            (open.indices, palette.safety),
                            (hidden.indices, palette.trust),
                        ];
                        for (values, ink) in figures {
                            let text = points(values[at]);
                            line.spawn((Name::new("Points"), cell(WIDE)))
                                .with_child(kit.line(Role::Strong, lang, text, ink));
                        }
                    });
            }
        });
}

/// The questions of the scenario.
fn questions(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let questions = &page.table.scenario.meta.questions;
    if questions.is_empty() {
        return;
    }
    let words = page.words;
    side.spawn(sheet(kit, "Questions", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "debrief.questions");
            for question in questions {
                fact(card, kit, words, "question", question.in_lang(words.lang));
            }
        });
}
