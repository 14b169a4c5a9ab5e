//! What the desk in hand may decide now: the slots of the turn with what could fill them, and the
//! room's forecast where it is this desk's turn to say it.

use super::{chooses, gives, reasons, says, terms, titled, wide};
use crate::app::screens::slips::way;
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Overlay, Page, Table, offer_id, stands};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, row};
use crate::app::words::{Words, whole};
use crate::rules::candidates::{Candidate, Slot};
use crate::rules::world::Measure;
use crate::rules::{Action, View};
use bevy::prelude::*;

/// The letters of what could fill a slot.
pub(in crate::app::screens) const LETTERS: [&str; 3] = ["A", "B", "C"];

pub(super) fn draw(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let oversight = view.world().seats[table.desk.seat.at()].oversight;
    if oversight {
        super::talk::witness(card, kit, words, table, view);
    } else {
        slots(card, kit, words, table, view);
    }
    // Over the pages it lies once.
    let twice = table.overlay == Some(Overlay::Slips);
    if view.forecaster() == table.desk.seat && !twice {
        forecast(card, kit, words, table, view);
    }
}

/// The slots of the turn, and the way to everything else that the desk can set.
fn slots(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let slots = view.open_slots();
    if slots.is_empty() {
        says(card, kit, words, words.say("desk.quiet"));
    }
    for slot in slots {
        fill_with(card, kit, words, table, view, *slot);
    }
    way(card, kit, words, table);
}

/// What fills a slot besides what is suggested. Teams are moved on the map, the rest is on a page.
fn other(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table, slot: Slot) {
    let moves = slot == Slot::Exception && !table.kinds().is_empty();
    let (about, act) = match slot {
        _ if moves => ("map", Act::ToMap),
        Slot::Ask => ("ask", Act::Page(Page::Talk)),
        Slot::Exception | Slot::Project => ("tools", Act::Page(Page::Tools)),
    };
    let means = Semantics::button(format!("other:{}", slot.id()), words.say("desk.other"), act);
    let about = words.say(&format!("desk.other.{about}"));
    wide(card, kit, words, "", &about, means);
}

fn fill_with(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    slot: Slot,
) {
    let name = slot.id();
    let offers = table.offers(slot);
    titled(card, kit, words, words.say(&format!("desk.slot.{name}")));
    for (at, Candidate { ground, order }) in offers.iter().enumerate() {
        let on = stands(view, order);
        let ground = words.say(&format!("logic.{}", ground.id()));
        let aside = if on && slot == Slot::Ask {
            [ground, words.say("desk.answer.none")].join(&words.say("list.then"))
        } else if on {
            let why = table.reason_of(order).map(|why| words.reason(why));
            let parts: Vec<String> = std::iter::once(ground).chain(why).collect();
            parts.join(&words.say("list.then"))
        } else {
            let leaves = leaves(words, view, order);
            let parts = [ground, terms(words, table, order)]
                .into_iter()
                .chain(leaves);
            parts.collect::<Vec<_>>().join(&words.say("list.then"))
        };
        let means = chooses(
            offer_id(slot, at),
            words.act_label(order),
            on,
            order.clone(),
        );
        wide(card, kit, words, LETTERS[at.min(2)], &aside, means);
    }
    other(card, kit, words, table, slot);
    if slot != Slot::Ask {
        reasons(card, kit, words, "reason", table.desk.reason);
    }
}

/// What an order takes a team away from.
fn leaves(words: &Words, view: &View, order: &Action) -> Option<String> {
    let Action::Assign { unit, to, .. } = order else {
        return None;
    };
    let world = view.world();
    let (_, post) = view
        .units()
        .find(|(at, _)| world.units[at.at()].id == *unit)?;
    let (place, _) = post.at?;
    let elsewhere = world.precincts[place.at()].id != *to;
    elsewhere.then(|| words.with("desk.leaves", "place", words.precinct(place)))
}

/// What the room expects of a published figure, said by a desk that changes every turn.
pub(in crate::app::screens) fn forecast(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let (lang, palette) = (words.lang, kit.palette().clone());
    let last = view.room_figure();
    let figure = match view.world().room_figure() {
        Measure::Index(index) => words.index(index),
        Measure::LowestTrust => words.say("desk.forecast.lowest-trust"),
        Measure::Offences(family) => {
            words.with("desk.forecast.offences", "family", words.family(family))
        }
    };
    card.spawn(kit.rule());
    let (title, ask) = if table.solo {
        ("desk.forecast.solo", "desk.forecast.ask.solo")
    } else {
        ("desk.forecast", "desk.forecast.ask")
    };
    titled(card, kit, words, words.say(title));
    let text = words.get(
        ask,
        &[
            ("desk", words.seat(view.forecaster())),
            ("figure", &figure),
            ("last", &whole(last)),
        ],
    );
    says(card, kit, words, text);
    let said = view.room_forecast();
    let Some((low, high)) = table.range() else {
        return;
    };
    let ends = [
        (
            "low",
            (low.saturating_sub(1), high),
            (low.saturating_add(1).min(high), high),
            low,
        ),
        (
            "high",
            (low, high.saturating_sub(1).max(low)),
            (low, high.saturating_add(1)),
            high,
        ),
    ];
    for (name, less, more, value) in ends {
        card.spawn((Name::new("End of the range"), row(8.0)))
            .with_children(|line| {
                let label = words.say(&format!("desk.forecast.{name}"));
                let means = Semantics::figure(
                    format!("forecast-{name}"),
                    label.as_str(),
                    value.to_string(),
                );
                let node = Node {
                    min_width: Val::Px(110.0),
                    ..row(6.0)
                };
                line.spawn((Name::new("Value"), node, means))
                    .with_children(|it| {
                        it.spawn(kit.line(Role::Body, lang, label, palette.ink2));
                        it.spawn(kit.line(Role::Strong, lang, value.to_string(), palette.ink));
                    });
                let step = |key: &str, (low, high)| {
                    Semantics::button(
                        format!("{name}-{key}"),
                        words.say(&format!("desk.forecast.{name}.{key}")),
                        Act::Range(low, high),
                    )
                };
                kit.square(line, "minus", 36.0, step("less", less));
                kit.square(line, "plus", 36.0, step("more", more));
            });
    }
    let action = Action::RoomForecast {
        seat: view.world().seats[view.forecaster().at()].id.clone(),
        low,
        high,
    };
    let on = said.is_some_and(|said| (said.low, said.high) == (low, high));
    let range = [("low", low.to_string()), ("high", high.to_string())];
    let slots: Vec<(&str, &str)> = range
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    let means = if on {
        chooses(
            "forecast-room",
            words.get("desk.forecast.said", &slots),
            true,
            action,
        )
    } else {
        gives(
            "forecast-room",
            words.get("desk.forecast.say", &slots),
            action,
        )
    };
    wide(card, kit, words, "", "", means);
}
