//! What the card beside the map says of one precinct: its record, who stands there, and what the
//! table expects of it.

use super::inspector::{fact, paper};
use super::place::token_art;
use crate::app::semantics::{Heading, Semantics};
use crate::app::table::{Act, Bucket, Table};
use crate::app::theme::{Role, TokenLook};
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::{Words, points, thousands, whole};
use crate::rules::View;
use crate::rules::id::PrecinctIx;
use bevy::prelude::*;

/// What is on record of a precinct, and who stands there.
pub(super) fn draw(
    side: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    place: PrecinctIx,
) {
    let lang = words.lang;
    let world = view.world();
    let what = &world.precincts[place.at()];
    paper(side, kit, "Precinct", 5.0, |card, kit| {
        let palette = kit.palette().clone();
        let name = words.precinct(place).to_owned();
        card.spawn((Name::new("Head"), row(8.0)))
            .with_children(|head| {
                let name = kit.text(Role::Panel, lang, name, palette.ink);
                head.spawn((Name::new("Name"), filling(0.0)))
                    .with_child((name, Heading));
                let means = Semantics::button("place-close", words.say("menu.close"), Act::PutBack);
                kit.square(head, "cross", 34.0, means);
            });
        let people = thousands(what.residents);
        let people = words.with("precinct.residents", "count", &people);
        if !kit.compact() {
            card.spawn(kit.line(Role::Body, lang, people, palette.ink2));
        }
        card.spawn(kit.rule());
        if view.pages().is_empty() {
            let family = table.family;
            let usual = view.ordinary()[world.cell(place, family)];
            let text = words.get(
                &format!("precinct.ordinary.{}", words.turn_unit()),
                &[("family", words.family(family)), ("count", &whole(usual))],
            );
            fact(card, kit, words, "table", text);
        } else {
            record(card, kit, words, table, view, place);
        }
        card.spawn(kit.rule());
        let mut none = true;
        for (unit, post) in view.units() {
            let Some((at, tactic)) = post.at else {
                continue;
            };
            if at != place {
                continue;
            }
            none = false;
            let kind = world.kind_of(unit);
            let (paint, icon) = token_art(kind);
            card.spawn((Name::new("Unit here"), row(6.0)))
                .with_children(|line| {
                    line.spawn(kit.token(paint, icon, 12.5, TokenLook::Own));
                    let grow = Node {
                        flex_grow: 1.0,
                        flex_shrink: 1.0,
                        min_width: Val::Px(0.0),
                        ..column(0.0)
                    };
                    line.spawn((Name::new("Words"), grow))
                        .with_children(|lines| {
                            let label = words.kind_label(world.units[unit.at()].kind);
                            lines.spawn(kit.text(Role::Plate, lang, label, palette.ink));
                            let does = words.say(&format!("order.{}", tactic.id()));
                            lines.spawn(kit.text(Role::Label, lang, does, palette.ink2));
                        });
                    let id = &world.units[unit.at()].id;
                    let name = words.unit(unit);
                    let means = Semantics::button(
                        format!("move:{id}"),
                        words.say("precinct.move"),
                        Act::Lift(unit),
                    );
                    small(line, kit, words, "hand", means.with_value(name));
                    let means = Semantics::button(
                        format!("back:{id}"),
                        words.say("precinct.back"),
                        Act::TakeBack(unit),
                    );
                    small(line, kit, words, "undo", means.with_value(name));
                });
        }
        if none {
            let by_mouse = kit.settings().keys.caps("take").is_empty();
            let key = if table.kinds().is_empty() {
                "precinct.none"
            } else if by_mouse {
                "precinct.empty-mouse"
            } else {
                "precinct.empty"
            };
            let text = words.say(key);
            card.spawn(kit.text(Role::Body, lang, text, palette.ink2));
        }
        forecast(card, kit, words, table, view, place);
    });
}

/// A small button: words where there is room for them, else an icon.
fn small(
    line: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    icon: &str,
    means: Semantics,
) {
    let palette = kit.palette().clone();
    if kit.compact() {
        kit.square(line, icon, 36.0, means);
        return;
    }
    let node = Node {
        height: Val::Px(kit.side(36.0)),
        padding: UiRect::horizontal(Val::Px(8.0)),
        justify_content: JustifyContent::Center,
        flex_shrink: 0.0,
        ..default()
    };
    let label = means.label.clone();
    line.spawn(kit.button(means, node)).with_child(kit.line(
        Role::Plate,
        words.lang,
        label,
        palette.ink,
    ));
}

fn record(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    place: PrecinctIx,
) {
    let family = table.family;
    let cell = view.world().cell(place, family);
    if let Some(page) = view.pages().last() {
        let text = words.get(
            "precinct.recorded",
            &[
                ("family", words.family(family)),
                ("count", &page.recorded[cell].to_string()),
            ],
        );
        fact(card, kit, words, "table", text);
        let trust = points(page.trust[place.at()]);
        fact(
            card,
            kit,
            words,
            "trust",
            words.with("precinct.trust", "points", &trust),
        );
        let safe = points(page.feel_safe[place.at()]);
        fact(
            card,
            kit,
            words,
            "shield",
            words.with("precinct.safe", "points", &safe),
        );
    }
}

/// The table's own guess, and then what the model expects.
fn forecast(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    place: PrecinctIx,
) {
    let Some(bands) = table.buckets(place) else {
        return;
    };
    let palette = kit.palette().clone();
    let lang = words.lang;
    let chosen = table.foretold(place);
    card.spawn(kit.rule());
    let head = words.with("forecast.ask", "family", words.family(table.family));
    card.spawn(kit.text(Role::Strong, lang, head, palette.ink));
    let choices = Bucket::ALL
        .into_iter()
        // Fewer than none is no guess.
        .filter(|bucket| bands[*bucket as usize].1 >= bands[*bucket as usize].0)
        .map(|bucket| {
            let (low, high) = bands[bucket as usize];
            let (low, high) = (low.to_string(), high.to_string());
            let slots = [("low", low.as_str()), ("high", high.as_str())];
            Semantics::choice(
                format!("forecast:{}", bucket.id()),
                words.get(&format!("forecast.{}", bucket.id()), &slots),
                chosen == Some(bucket),
                Act::Foretell(bucket),
            )
        });
    kit.choices(card, lang, choices.collect::<Vec<_>>());
    let cell = view.world().cell(place, table.family);
    let expected = view.forecast().get(cell).copied();
    match (chosen, expected) {
        (Some(_), Some(forecast)) => {
            let text = words.get(
                "precinct.expected",
                &[
                    ("family", words.family(table.family)),
                    ("low", &forecast.low.to_string()),
                    ("high", &forecast.high.to_string()),
                ],
            );
            fact(card, kit, words, "analyst", text);
        }
        _ => cover(card, kit, words),
    }
}

/// What lies over the model's figure until the table has said its own.
fn cover(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words) {
    let palette = kit.palette().clone();
    let node = Node {
        padding: UiRect::axes(Val::Px(10.0), Val::Px(4.0)),
        border: UiRect::all(Val::Px(1.5)),
        border_radius: BorderRadius::all(Val::Px(6.0)),
        ..row(8.0)
    };
    let look = (
        BackgroundColor(palette.card2),
        BorderColor::all(palette.line2),
    );
    card.spawn((Name::new("Cover"), node, look))
        .with_children(|line| {
            line.spawn(kit.icon("lock", 17.0, palette.ink2));
            let grow = filling(0.0);
            let text = words.say("forecast.covered");
            line.spawn((Name::new("Words"), grow)).with_child(kit.text(
                Role::Label,
                words.lang,
                text,
                palette.ink2,
            ));
        });
}
