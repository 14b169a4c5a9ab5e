//! What the desk does as long as nobody orders otherwise, who plays it, and how the room's time is
//! spent in the turns to come.

use super::{chooses, gives, line_of, says, titled, wide};
use crate::app::semantics::Semantics;
use crate::app::table::Table;
use crate::app::theme::Role;
use crate::app::widgets::{Kit, filling, row};
use crate::app::words::Words;
use crate::rules::world::{Dial, Tempo};
use crate::rules::{Action, View};
use bevy::prelude::*;

/// How many turns to come are shown with their tempo.
const AHEAD: u16 = 3;

pub(super) fn draw(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let seat = table.desk.seat;
    let what = &view.world().seats[seat.at()];
    let stands = &view.standing()[seat.at()];
    match stands.posture {
        Some(posture) => {
            let key = if stands.orders == 0 {
                "desk.stands.new"
            } else {
                "desk.stands"
            };
            let text = words.get(
                key,
                &[
                    ("posture", &words.posture(posture)),
                    ("since", &words.turn_name(stands.since)),
                    ("count", &stands.orders.to_string()),
                ],
            );
            says(card, kit, words, text);
            titled(card, kit, words, words.say("desk.postures"));
            for other in &what.postures {
                let action = Action::Posture {
                    seat: what.id.clone(),
                    posture: *other,
                };
                let on = stands.next.unwrap_or(posture) == *other;
                let key = match (on, stands.next.is_some()) {
                    (true, true) => "desk.posture.next",
                    (true, false) if stands.reviewed == view.turn() => "desk.posture.kept",
                    (true, false) => "desk.posture.keep",
                    _ => "desk.posture.take",
                };
                let label = words.posture_label(*other);
                let means = chooses(format!("posture:{}", other.id()), label, on, action);
                wide(card, kit, words, "", &words.say(key), means);
            }
            titled(card, kit, words, words.say("desk.dials"));
            let dials = Dial::ALL.map(|dial| {
                let action = Action::Dial {
                    seat: what.id.clone(),
                    dial,
                };
                let label = words.say(&format!("desk.dial.{}", dial.id()));
                chooses(
                    format!("dial:{}", dial.id()),
                    label,
                    stands.dial == dial,
                    action,
                )
            });
            line_of(card, kit, words, dials.into());
            let about = words.say(&format!("desk.dial.{}.about", stands.dial.id()));
            says(card, kit, words, about);
            will_do(card, kit, words, table, stands.dial);
        }
        None => says(card, kit, words, words.say("desk.no-posture")),
    }
    if seat == view.world().coordination() {
        tempos(card, kit, words, view);
        capacity(card, kit, words, table, view);
    }
}

/// What the standing order will do at the end of the turn, as all stands now.
fn will_do(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    dial: Dial,
) {
    if dial == Dial::Manual {
        return;
    }
    let (orders, replaced) = (&table.desk.ahead.will, &table.desk.ahead.replaced);
    titled(card, kit, words, words.say("desk.will-do"));
    if orders.is_empty() {
        says(card, kit, words, words.say("desk.will-do.nothing"));
    }
    let (clock, cross) = (kit.palette().ink2, kit.palette().neg);
    for (at, order) in orders.iter().enumerate() {
        let (name, text) = (words.say("desk.will-do"), words.act_label(order));
        let means = Semantics::figure(format!("will-do:{at}"), name, text.as_str());
        line(card, kit, words, ("clock", clock), text, means);
    }
    for (at, order) in replaced.iter().enumerate() {
        let (name, text) = (words.say("ghost.replaced"), words.act_label(order));
        let text = words.with("desk.replaced", "order", &text);
        let means = Semantics::figure(format!("will-not-do:{at}"), name, text.as_str());
        line(card, kit, words, ("cross", cross), text, means);
    }
}

/// An order of a posture, with a sign of what will become of it.
fn line(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    (icon, ink): (&str, Color),
    text: String,
    means: Semantics,
) {
    let ground = kit.palette().ink;
    card.spawn((Name::new("Standing order"), row(8.0), means))
        .with_children(|line| {
            line.spawn(kit.icon(icon, 16.0, ink));
            line.spawn((Name::new("Words"), filling(0.0)))
                .with_child(kit.text(Role::Body, words.lang, text, ground));
        });
}

/// The pace of the next turns, which whoever leads the room may change.
fn tempos(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, view: &View) {
    let last = view.world().turns.min(view.turn() + AHEAD);
    if last <= view.turn() {
        return;
    }
    card.spawn(kit.rule());
    titled(card, kit, words, words.say("desk.tempo"));
    for turn in view.turn() + 1..=last {
        let ink = kit.palette().ink2;
        card.spawn(kit.text(Role::Label, words.lang, words.turn(turn), ink));
        let choices = Tempo::ALL.map(|tempo| {
            let on = view.tempo(turn) == tempo;
            let label = words.say(&format!("tempo.short.{}", tempo.id()));
            chooses(
                format!("tempo:{turn}:{}", tempo.id()),
                label,
                on,
                Action::Tempo { turn, tempo },
            )
        });
        line_of(card, kit, words, choices.into());
    }
}

/// Orders beyond the slots that coordination hands out.
fn capacity(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let left = view.command_capacity();
    let slots = view.controls() == crate::rules::world::Controls::Slots;
    if left == 0 || !slots {
        return;
    }
    card.spawn(kit.rule());
    titled(
        card,
        kit,
        words,
        words.with("desk.capacity", "count", &left.to_string()),
    );
    let desks = table.scenario.world.seats.iter().enumerate();
    let choices = desks.filter(|(_, seat)| !seat.oversight).map(|(at, seat)| {
        let name = words.seat(crate::rules::id::SeatIx::from_position(at));
        gives(
            format!("grant:{}", seat.id),
            name,
            Action::Grant {
                desk: seat.id.clone(),
            },
        )
    });
    line_of(card, kit, words, choices.collect());
}
