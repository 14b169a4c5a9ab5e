//! Why a count on record changed: bars that add up to it, and the one that nobody can explain yet.

use super::inspector::fact;
use super::title::space;
use super::waterfall::{self, Fall, Of};
use crate::app::semantics::{Heading, Semantics};
use crate::app::table::{Act, Leaf, Table};
use crate::app::theme::{Canvas, Role};
use crate::app::widgets::{Kit, column, row};
use crate::app::words::{Words, whole};
use crate::report::chapters::place_of_the_unknown;
use crate::rules::View;
use crate::rules::id::{FamilyIx, PrecinctIx};
use crate::rules::ledger::Cause;
use crate::rules::view::{Bar, Why};
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
            families(body, kit, words, table);
            places(
                body,
                kit,
                words,
                table,
                &by_change(table, view),
                "why.place-none",
            );
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
                    beside_usual(body, kit, words, table, view);
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
pub(super) fn families(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
) {
    let families = &table.scenario.world.families;
    let choices = families.iter().enumerate().map(|(at, family)| {
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

/// The precincts, those where most changed on record first.
fn by_change(table: &Table, view: &View) -> Vec<PrecinctIx> {
    let [.., before, now] = view.pages() else {
        return Vec::new();
    };
    let change = |place: PrecinctIx| {
        let at = view.world().cell(place, table.family);
        now.recorded[at].abs_diff(before.recorded[at])
    };
    let count = view.world().precincts.len();
    let mut order: Vec<PrecinctIx> = (0..count).map(PrecinctIx::from_position).collect();
    order.sort_by_key(|place| std::cmp::Reverse(change(*place)));
    order
}

/// Which place is told of: the whole city, or one of these precincts; `none` is said while none is
/// chosen.
pub(super) fn places(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    order: &[PrecinctIx],
    none: &str,
) {
    let count = order.len();
    if count < 2 {
        return;
    }
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
                None => (words.say(none), palette.ink2),
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

/// The first turn's counts beside those of an ordinary one: there is nothing else to hold them
/// against yet.
fn beside_usual(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let (Some(page), world) = (view.pages().last(), view.world()) else {
        return;
    };
    let usual = view.ordinary();
    let of_city = (0..world.precincts.len()).map(PrecinctIx::from_position);
    let places: Vec<PrecinctIx> = match table.why_place {
        Some(place) => vec![place],
        None => of_city.collect(),
    };
    body.spawn(kit.rule());
    for family in (0..world.families.len()).map(FamilyIx::from_position) {
        let cells = || places.iter().map(|place| world.cell(*place, family));
        let now: u32 = cells().map(|cell| page.recorded[cell]).sum();
        let usual: f64 = cells().map(|cell| usual[cell]).sum();
        let text = words.get(
            &format!("why.usual.{}", words.turn_unit()),
            &[
                ("family", &words.family_label(family)),
                ("count", &now.to_string()),
                ("usual", &whole(usual)),
            ],
        );
        fact(body, kit, words, "table", text);
    }
}

/// Why the count changed, as bars.
fn bars(body: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table, why: &Why) {
    let of = |bar: &Bar| {
        let told = |rule| Of::Cause(Cause::of(rule));
        bar.rule.map_or(Of::Unexplained, told)
    };
    let end = |key, count: u32| (key, count.to_string(), f64::from(count));
    let fall = Fall {
        before: end("why.before", why.before),
        now: end("why.now", why.now),
        bars: why.bars.iter().map(|bar| (of(bar), bar.amount)).collect(),
        more_is_good: false,
    };
    waterfall::draw(body, kit, words, table, &fall);
}
