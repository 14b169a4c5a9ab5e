//! Bars from one value to another: each cause with its share, and what a press on it tells.

use super::{beside, model};
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, cell, column, row};
use crate::app::words::{Words, signed};
use crate::rules::Rule;
use crate::rules::gap::Part;
use crate::rules::ledger::Cause;
use bevy::prelude::*;

/// What a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// A rule, with the card or the setting that it acted by where that is told.
    Cause(Cause),
    /// What nobody can explain yet.
    Unexplained,
    /// A part of that, once the truth is open.
    Part(Part),
    /// Rules that moved little, together.
    Rest,
}

/// A way from one value to another.
pub(super) struct Fall {
    /// Where it begins: its label's key, and the value in words and as a number.
    pub before: (&'static str, String, f64),
    /// Where it ends.
    pub now: (&'static str, String, f64),
    /// What lies between. The amounts lead from one to the other.
    pub bars: Vec<(Of, f64)>,
    /// Whether more is good news.
    pub more_is_good: bool,
}

/// Start, each cause, what nobody can explain, and the end.
pub(super) fn draw(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    fall: &Fall,
) {
    let compact = kit.compact();
    let width = match (kit.narrow(), compact) {
        (true, _) => 110.0,
        (false, true) => 170.0,
        (false, false) => 300.0,
    };
    let mut at = fall.before.2;
    let (mut low, mut high) = (at, at);
    let mut pieces = Vec::new();
    for (of, amount) in &fall.bars {
        let to = at + amount;
        pieces.push((*of, *amount, at, to));
        at = to;
        low = low.min(to);
        high = high.max(to);
    }
    let span = (high - low).max(1.0);
    let scale = Scale {
        low: low - span * 0.06,
        high: high + span * 0.06,
        width,
    };
    end_row(body, kit, words, &scale, &fall.before);
    // Cards that are told together are the others, where some have a line of their own.
    let named = |of: &Of| {
        matches!(
            of,
            Of::Cause(Cause {
                inject: Some(_),
                ..
            })
        )
    };
    let others = fall.bars.iter().any(|(of, _)| named(of));
    for (of, amount, from, to) in pieces {
        let label = match of {
            Of::Cause(Cause {
                rule: Rule::Inject,
                inject: None,
                ..
            }) if others => words.say("ledger.other-cards"),
            of => label(words, table, of),
        };
        let bar = (of, label, amount, from, to);
        bar_row(body, kit, words, &scale, table, fall.more_is_good, bar);
    }
    end_row(body, kit, words, &scale, &fall.now);
}

/// From values to pixels of the bars' column.
struct Scale {
    low: f64,
    high: f64,
    width: f32,
}

impl Scale {
    fn at(&self, value: f64) -> f32 {
        ((value - self.low) / (self.high - self.low)) as f32 * self.width
    }
}

fn row_node(compact: bool, thick: bool) -> Node {
    let high = match (compact, thick) {
        (true, _) => 25.0,
        (false, true) => 36.0,
        (false, false) => 33.0,
    };
    Node {
        min_height: Val::Px(high),
        padding: UiRect::horizontal(Val::Px(8.0)),
        ..row(8.0)
    }
}

fn end_row(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    scale: &Scale,
    (key, told, value): &(&'static str, String, f64),
) {
    let palette = kit.palette().clone();
    let node = Node {
        border_radius: BorderRadius::all(Val::Px(4.0)),
        ..row_node(kit.compact(), true)
    };
    let means = Semantics::figure(*key, words.say(key), told.as_str());
    body.spawn((
        Name::new("Count"),
        node,
        BackgroundColor(palette.card2),
        means,
    ))
    .with_children(|line| {
        let grow = Node {
            flex_grow: 1.0,
            min_width: Val::Px(0.0),
            ..column(0.0)
        };
        line.spawn((Name::new("Label"), grow)).with_child(kit.text(
            Role::Strong,
            words.lang,
            words.say(key),
            palette.ink,
        ));
        let x = scale.at(*value);
        let picture = kit.picture(scale.width, 24.0, |canvas, px| {
            let path = format!("M {x} 4 L {} 12 L {x} 20 L {} 12 Z", x + 8.0, x - 8.0);
            canvas.paint(&path, px, palette.safety);
            canvas.line(&path, px, 1.3 * px, &[], palette.ink);
        });
        line.spawn(picture);
        number(line, kit, words, told, palette.ink);
    });
}

fn number(line: &mut ChildSpawnerCommands, kit: &Kit, words: &Words, text: &str, ink: Color) {
    line.spawn((Name::new("Amount"), cell(64.0)))
        .with_child(kit.line(Role::Strong, words.lang, text, ink));
}

/// What a bar stands for, in words.
fn label(words: &Words, table: &Table, of: Of) -> String {
    match of {
        Of::Cause(cause) => beside::source(words, table, &cause),
        Of::Unexplained => words.say("why.unexplained"),
        Of::Part(part) => words.say(&format!("gap.{}", part.id())),
        Of::Rest => words.say("ledger.rest"),
    }
}

fn bar_row(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    scale: &Scale,
    table: &Table,
    more_is_good: bool,
    (of, label, amount, from, to): (Of, String, f64, f64, f64),
) {
    let palette = kit.palette().clone();
    let compact = kit.compact();
    let (icon, role) = match of {
        Of::Cause(cause) => (rule_icon(cause.rule), Role::Body),
        Of::Unexplained => ("question", Role::Strong),
        Of::Part(part) => (part_icon(part), Role::Strong),
        Of::Rest => ("plus", Role::Body),
    };
    let unexplained = matches!(of, Of::Unexplained | Of::Part(_));
    let mut node = row_node(compact, unexplained);
    if unexplained {
        node.border = UiRect::all(Val::Px(1.5));
        node.border_radius = BorderRadius::all(Val::Px(6.0));
    }
    let line = BorderColor::all(if unexplained {
        palette.line2
    } else {
        Color::NONE
    });
    let told = signed(amount);
    let cause = match of {
        Of::Cause(cause) => Some(cause),
        _ => None,
    };
    let asked = cause.is_some() && cause == table.asked;
    let means = match of {
        Of::Cause(cause) => {
            let id = format!("cause:{}", name(table, &cause));
            Semantics::choice(id, label.as_str(), asked, Act::Ask(cause)).with_value(told.as_str())
        }
        Of::Unexplained => Semantics::figure("cause:unexplained", label.as_str(), told.as_str()),
        Of::Part(part) => {
            Semantics::figure(format!("gap:{}", part.id()), label.as_str(), told.as_str())
        }
        Of::Rest => Semantics::figure("cause:rest", label.as_str(), told.as_str()),
    };
    let ground = if asked { palette.gold2 } else { Color::NONE };
    body.spawn((kit.bare(means, false, node), line, BackgroundColor(ground)))
        .with_children(|row| {
            row.spawn(kit.icon(icon, 19.0, palette.ink2));
            let grow = Node {
                flex_grow: 1.0,
                min_width: Val::Px(0.0),
                ..column(0.0)
            };
            row.spawn((Name::new("Label"), grow)).with_child(kit.text(
                role,
                words.lang,
                label,
                palette.ink,
            ));
            let good = (amount > 0.0) == more_is_good;
            let (l, r) = {
                let (a, b) = (scale.at(from), scale.at(to));
                (a.min(b), a.max(b).max(a.min(b) + 2.0))
            };
            let picture = kit.picture(scale.width, 24.0, |canvas, px| {
                let path = format!("M {l} 3 L {r} 3 L {r} 21 L {l} 21 Z");
                let (fill, ink) = match (unexplained, good) {
                    (true, _) => (palette.card, palette.ink),
                    (false, false) => (palette.neg2, palette.neg),
                    (false, true) => (palette.pos, palette.pos),
                };
                canvas.paint(&path, px, fill);
                if unexplained || !good {
                    let mut x = l - 18.0;
                    while x < r {
                        // Cut to the bar: a slanting line from edge to edge.
                        let (x0, x1) = (x.max(l), (x + 18.0).min(r));
                        let (y0, y1) = (21.0 - (x0 - x), 21.0 - (x1 - x));
                        if x1 > x0 {
                            canvas.line(
                                &format!("M {x0} {y0} L {x1} {y1}"),
                                px,
                                1.4 * px,
                                &[],
                                ink,
                            );
                        }
                        x += 6.0;
                    }
                }
                canvas.line(&path, px, 1.4 * px, &[], palette.ink);
            });
            row.spawn(picture);
            let ink = match (unexplained, good) {
                (true, _) => palette.ink,
                (false, false) => palette.neg,
                (false, true) => palette.pos,
            };
            number(row, kit, words, &told, ink);
        });
    if let Some(Cause { rule, .. }) = cause.filter(|_| asked) {
        let text = words.rule_why(rule);
        let node = Node {
            padding: UiRect::horizontal(Val::Px(35.0)),
            flex_shrink: 0.0,
            ..column(0.0)
        };
        body.spawn((Name::new("What the rule says"), node))
            .with_children(|part| {
                part.spawn(kit.text(Role::Label, words.lang, text, palette.ink2));
                let Some((leaf, told)) = model::behind(rule, table, words) else {
                    return;
                };
                part.spawn(kit.text(Role::Label, words.lang, told, palette.ink2));
                let line = Node {
                    padding: UiRect::all(Val::Px(4.0)),
                    ..row(8.0)
                };
                part.spawn((Name::new("To the card"), line))
                    .with_children(|line| {
                        let means = Semantics::button(
                            "model:rule",
                            words.say("model.show"),
                            Act::Leaf(leaf),
                        );
                        kit.worded(line, words.lang, "book", means);
                    });
            });
    }
}

/// What a cause is called in the tree: its rule, or its card or setting.
fn name(table: &Table, cause: &Cause) -> String {
    let world = &table.scenario.world;
    match (cause.inject, cause.instrument) {
        (Some(inject), _) => format!("card:{}", world.injects[inject.at()].id),
        (_, Some(instrument)) => format!("setting:{}", world.instruments[instrument.at()].id),
        _ => cause.rule.id().to_owned(),
    }
}

/// The icon that stands for a part of what could not be explained.
const fn part_icon(part: Part) -> &'static str {
    match part {
        Part::Luck => "die",
        Part::Unreported => "note",
        Part::Displaced => "right",
        Part::Delayed => "clock",
        Part::Assumption => "question",
    }
}

/// The icon that stands for a rule.
pub(super) fn rule_icon(rule: Rule) -> &'static str {
    match rule.id() {
        "season" => "clock",
        "near-repeat" => "undo",
        "displacement" => "right",
        "legitimacy" | "reversion" | "fair-contact" | "performance" => "trust",
        "visible-patrol" | "presence" | "too-much-presence" => "eye",
        "hot-spot-patrol" => "foot",
        "outreach" => "officer",
        "mediation" => "mediator",
        "inject" => "card",
        "unfair-contact" | "burden" => "hand",
        "victimisation" => "warn",
        "city-news" => "news",
        "income" | "unit-price" | "reserve" | "upkeep" => "coin",
        "recording" => "note",
        "chance" | "chance-passed" => "die",
        _ => "analyst",
    }
}
