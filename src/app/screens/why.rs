//! Why a count on record changed: bars that add up to it, and the one that nobody can explain yet.

use super::{model, title::space};
use crate::app::semantics::{Heading, Semantics};
use crate::app::table::{Act, Leaf, Table};
use crate::app::theme::{Canvas, Role};
use crate::app::widgets::{Kit, column, row};
use crate::app::words::{Words, signed};
use crate::report::chapters::place_of_the_unknown;
use crate::rules::id::{FamilyIx, PrecinctIx};
use crate::rules::view::{Bar, Why};
use crate::rules::{Rule, View};
use bevy::prelude::*;
use std::fmt::Write as _;

/// An arc round a middle, clockwise from the top, `share` of the circle; the rest as a track.
pub(super) fn arc(
    canvas: &mut Canvas,
    scale: f32,
    middle: f32,
    radius: f32,
    share: f32,
    ink: Color,
    track: Color,
) {
    let steps = 72;
    let path = |from: f32, to: f32| {
        let mut path = String::new();
        for step in 0..=steps {
            let t = from + (to - from) * step as f32 / steps as f32;
            let (sin, cos) = (t * std::f32::consts::TAU).sin_cos();
            let word = if step == 0 { "M" } else { "L" };
            let _ = write!(
                path,
                "{word} {} {} ",
                middle + radius * sin,
                middle - radius * cos
            );
        }
        path
    };
    canvas.line(&path(0.0, 1.0), scale, 9.0, &[], track);
    if share > 0.0 {
        canvas.line(&path(0.0, share.min(1.0)), scale, 9.0, &[], ink);
    }
}

/// The panel beside the figures.
pub(super) fn panel(
    area: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let compact = kit.compact();
    let node = Node {
        flex_grow: 1.0,
        min_width: Val::Px(0.0),
        flex_shrink: if kit.narrow() { 0.0 } else { 1.0 },
        ..column(0.0)
    };
    area.spawn(kit.card("Why", node)).with_children(|card| {
        let head = Node {
            padding: UiRect::axes(Val::Px(14.0), Val::Px(if compact { 6.0 } else { 10.0 })),
            border_radius: BorderRadius::top(Val::Px(8.0)),
            border: UiRect::bottom(Val::Px(1.5)),
            ..row(12.0)
        };
        let band = (
            BackgroundColor(palette.safety2),
            BorderColor::all(palette.ink),
        );
        card.spawn((Name::new("Head"), head, band))
            .with_children(|head| {
                head.spawn(kit.icon("table", 26.0, palette.ink));
                let grow = Node {
                    flex_grow: 1.0,
                    min_width: Val::Px(0.0),
                    ..column(0.0)
                };
                head.spawn((Name::new("Question"), grow))
                    .with_children(|lines| {
                        let title = words.say("why.title");
                        lines.spawn((kit.text(Role::Panel, lang, title, palette.ink), Heading));
                    });
                chip(head, kit, words, "eye", "why.published");
            });
        let why = view.why(table.why_place, Some(table.family));
        let grow = Node {
            padding: UiRect::all(Val::Px(if compact { 8.0 } else { 14.0 })),
            flex_grow: 1.0,
            ..column(0.0)
        };
        let gap = if compact { 3.0 } else { 7.0 };
        let part = (!kit.narrow()).then(|| kit.scrolled("why", grow.clone()));
        let fill = |body: &mut ChildSpawnerCommands| {
            families(body, kit, words, table, view);
            places(body, kit, words, table, view);
            match why {
                Some(why) => {
                    bars(body, kit, words, table, &why);
                    space(body);
                    let note = words.say("why.note");
                    body.spawn(kit.text(Role::Label, lang, note, palette.ink2));
                    unknown(body, kit, words);
                }
                None => {
                    let text = words.say("why.first");
                    body.spawn(kit.text(Role::Body, lang, text, palette.ink2));
                }
            }
        };
        match part {
            // The page scrolls as a whole already.
            None => {
                card.spawn((
                    Name::new("Body"),
                    Node {
                        row_gap: Val::Px(gap),
                        ..grow
                    },
                ))
                .with_children(fill);
            }
            Some(part) => part.fill(card, gap, fill),
        }
    });
}

/// A small label of the layer that is shown.
pub(super) fn chip(
    parent: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    icon: &str,
    key: &str,
) {
    let palette = kit.palette().clone();
    let node = Node {
        height: Val::Px(28.0),
        padding: UiRect::horizontal(Val::Px(10.0)),
        border: UiRect::all(Val::Px(1.5)),
        border_radius: BorderRadius::all(Val::Px(14.0)),
        flex_shrink: 0.0,
        ..row(6.0)
    };
    let paper = (BackgroundColor(palette.card), BorderColor::all(palette.ink));
    parent
        .spawn((Name::new("Layer"), node, paper))
        .with_children(|chip| {
            chip.spawn(kit.icon(icon, 18.0, palette.ink));
            chip.spawn(kit.line(Role::Plate, words.lang, words.say(key), palette.ink));
        });
}

/// One button a family, the explained one chosen.
fn families(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let choices = view
        .world()
        .families
        .iter()
        .enumerate()
        .map(|(at, family)| {
            let index = FamilyIx::from_position(at);
            Semantics::choice(
                format!("family:{}", family.id),
                words.family_label(index),
                index == table.family,
                Act::Explain(index),
            )
        });
    kit.choices(body, words.lang, choices.collect::<Vec<_>>());
}

/// Which place is explained: the whole city, or one precinct; where most changed comes first.
fn places(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let [.., before, now] = view.pages() else {
        return;
    };
    let count = view.world().precincts.len();
    if count < 2 {
        return;
    }
    let change = |place: PrecinctIx| {
        let at = view.world().cell(place, table.family);
        now.recorded[at].abs_diff(before.recorded[at])
    };
    let mut order: Vec<PrecinctIx> = (0..count).map(PrecinctIx::from_position).collect();
    order.sort_by_key(|place| std::cmp::Reverse(change(*place)));
    let at = table
        .why_place
        .and_then(|place| order.iter().position(|it| *it == place));
    let (earlier, later) = match at {
        None => (order[count - 1], order[0]),
        Some(at) => (order[(at + count - 1) % count], order[(at + 1) % count]),
    };
    let palette = kit.palette().clone();
    let lang = words.lang;
    let line = Node {
        flex_shrink: 0.0,
        ..row(8.0)
    };
    body.spawn((Name::new("Place"), line))
        .with_children(|line| {
            let city = words.say("why.city");
            let means = Semantics::choice("place:city", city, at.is_none(), Act::ExplainAt(None));
            kit.choices(line, lang, [means]);
            let step = |line: &mut ChildSpawnerCommands, kit: &mut Kit, name: &str, to| {
                let icon = if name == "before" { "left" } else { "right" };
                let label = words.say(&format!("why.place-{name}"));
                let act = Act::ExplainAt(Some(to));
                kit.square(
                    line,
                    icon,
                    36.0,
                    Semantics::button(format!("place:{name}"), label, act),
                );
            };
            step(line, kit, "before", earlier);
            let (name, ink) = match table.why_place {
                Some(place) => (words.precinct(place).to_owned(), palette.ink),
                None => (words.say("why.place-none"), palette.ink2),
            };
            let means = Semantics::figure("place:name", words.say("why.place"), name.as_str());
            let grow = Node {
                flex_grow: 1.0,
                flex_basis: Val::Px(0.0),
                min_width: Val::Px(0.0),
                ..column(0.0)
            };
            line.spawn((Name::new("Precinct"), grow, means))
                .with_child(kit.text(Role::Label, lang, name, ink));
            step(line, kit, "after", later);
        });
}

/// The way to what nobody knows, for the bar that nobody can explain.
fn unknown(body: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words) {
    let (chapter, section) = place_of_the_unknown();
    let leaf = Leaf {
        chapter,
        section,
        ..Leaf::default()
    };
    let line = Node {
        flex_shrink: 0.0,
        padding: UiRect::all(Val::Px(4.0)),
        ..row(8.0)
    };
    body.spawn((Name::new("What is not known"), line))
        .with_children(|line| {
            let label = words.say("model.show-unknown");
            let means = Semantics::button("model:unknown", label, Act::Leaf(leaf));
            kit.worded(line, words.lang, "book", means);
        });
}

/// Start, each cause, what nobody can explain, and the end.
fn bars(body: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table, why: &Why) {
    let compact = kit.compact();
    let width = match (kit.narrow(), compact) {
        (true, _) => 110.0,
        (false, true) => 170.0,
        (false, false) => 300.0,
    };
    let mut at = f64::from(why.before);
    let (mut low, mut high) = (at, at);
    let mut pieces = Vec::new();
    for bar in &why.bars {
        let to = at + bar.amount;
        pieces.push((bar, at, to));
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
    end_row(body, kit, words, &scale, "why.before", why.before);
    for (bar, from, to) in pieces {
        bar_row(body, kit, words, &scale, table, bar, from, to);
    }
    end_row(body, kit, words, &scale, "why.now", why.now);
}

/// From counts to pixels of the bars' column.
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
    key: &str,
    count: u32,
) {
    let palette = kit.palette().clone();
    let node = Node {
        border_radius: BorderRadius::all(Val::Px(4.0)),
        ..row_node(kit.compact(), true)
    };
    let means = Semantics::figure(key, words.say(key), count.to_string());
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
        let x = scale.at(f64::from(count));
        let picture = kit.picture(scale.width, 24.0, |canvas, px| {
            let path = format!("M {x} 4 L {} 12 L {x} 20 L {} 12 Z", x + 8.0, x - 8.0);
            canvas.paint(&path, px, palette.safety);
            canvas.line(&path, px, 1.3 * px, &[], palette.ink);
        });
        line.spawn(picture);
        number(line, kit, words, &count.to_string(), palette.ink);
    });
}

fn number(line: &mut ChildSpawnerCommands, kit: &Kit, words: &Words, text: &str, ink: Color) {
    let node = Node {
        width: Val::Px(64.0),
        justify_content: JustifyContent::FlexEnd,
        flex_shrink: 0.0,
        ..default()
    };
    line.spawn((Name::new("Amount"), node)).with_child(kit.line(
        Role::Strong,
        words.lang,
        text,
        ink,
    ));
}

fn bar_row(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    scale: &Scale,
    table: &Table,
    bar: &Bar,
    from: f64,
    to: f64,
) {
    let palette = kit.palette().clone();
    let compact = kit.compact();
    let (icon, label, role) = match bar.rule {
        Some(rule) => (rule_icon(rule), words.rule(rule), Role::Body),
        None => ("question", words.say("why.unexplained"), Role::Strong),
    };
    let unexplained = bar.rule.is_none();
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
    let amount = signed(bar.amount);
    let asked = bar.rule.is_some() && bar.rule == table.asked;
    let means = match bar.rule {
        Some(rule) => {
            let id = format!("cause:{}", rule.id());
            Semantics::choice(id, label.as_str(), asked, Act::Ask(rule)).with_value(amount)
        }
        None => Semantics::figure("cause:unexplained", label.as_str(), amount),
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
            let more = bar.amount > 0.0;
            let (l, r) = {
                let (a, b) = (scale.at(from), scale.at(to));
                (a.min(b), a.max(b).max(a.min(b) + 2.0))
            };
            let picture = kit.picture(scale.width, 24.0, |canvas, px| {
                let path = format!("M {l} 3 L {r} 3 L {r} 21 L {l} 21 Z");
                let (fill, ink) = match (unexplained, more) {
                    (true, _) => (palette.card, palette.ink),
                    (false, true) => (palette.neg2, palette.neg),
                    (false, false) => (palette.pos, palette.pos),
                };
                canvas.paint(&path, px, fill);
                if unexplained || more {
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
            let ink = match (unexplained, more) {
                (true, _) => palette.ink,
                (false, true) => palette.neg,
                (false, false) => palette.pos,
            };
            number(row, kit, words, &signed(bar.amount), ink);
        });
    if let Some(rule) = bar.rule.filter(|_| asked) {
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
