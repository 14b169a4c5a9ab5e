//! What was decided, turn by turn and desk by desk, and how things stood behind the cards.

use super::super::history;
use super::{Page, says, sheet, titled};
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Reading, is_order};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::capital;
use crate::rules::id::{InjectIx, SeatIx};
use crate::rules::means::InjectState;
use crate::rules::table::Reply;
use crate::rules::{Action, view};
use crate::session::Act as Given;
use bevy::prelude::*;

/// Every decision, with a look at what its desk saw at that moment.
pub(super) fn orders(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let (words, table) = (page.words, page.table);
    let world = &table.scenario.world;
    let reading = table.reading;
    let palette = kit.palette().clone();
    let lang = words.lang;
    side.spawn(sheet(kit, "Decisions", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "decisions.title");
            says(card, kit, words, words.say("decisions.about"));
            let given = table.given();
            let gave = |seat: SeatIx| {
                let id = &world.seats[seat.at()].id;
                (given.iter()).any(|act| act.seat == *id && is_order(&act.action))
            };
            let seats = (0..world.seats.len()).map(SeatIx::from_position);
            let desks: Vec<SeatIx> = seats.filter(|seat| gave(*seat)).collect();
            if desks.len() > 1 {
                let everybody = Semantics::choice(
                    "decisions:all",
                    words.say("decisions.all"),
                    reading.desk.is_none(),
                    Act::Read(Reading {
                        desk: None,
                        ..reading
                    }),
                );
                let each = desks.iter().map(|seat| {
                    Semantics::choice(
                        format!("decisions:{}", world.seats[seat.at()].id),
                        words.seat(*seat),
                        reading.desk == Some(*seat),
                        Act::Read(Reading {
                            desk: Some(*seat),
                            ..reading
                        }),
                    )
                });
                let choices: Vec<Semantics> = std::iter::once(everybody).chain(each).collect();
                kit.choices(card, lang, choices);
            }
            let desk = reading.desk.map(|seat| &world.seats[seat.at()].id);
            let read = |act: &&&Given| desk.is_none_or(|desk| act.seat == *desk);
            for turn in 1..=world.turns {
                let of_turn = (given.iter())
                    .filter(|act| act.turn == turn && is_order(&act.action))
                    .filter(read);
                let (standing, own): (Vec<&Given>, Vec<&Given>) = of_turn
                    .copied()
                    .partition(|act| matches!(act.action, Action::Standing { .. }));
                card.spawn(kit.rule());
                card.spawn((Name::new("Turn"), column(0.0)))
                    .with_child(kit.text(Role::Strong, lang, words.turn(turn), palette.ink));
                if let Some(start) = history::start_taken(words, table).filter(|_| turn == 1) {
                    says(card, kit, words, start);
                }
                for act in &own {
                    history::order(card, kit, words, table, act);
                }
                let told = match (own.len(), standing.len()) {
                    (0, 0) => words.say("history.none"),
                    (_, 0) => continue,
                    (_, count) => words.with("decisions.standing", "count", &count.to_string()),
                };
                says(card, kit, words, told);
            }
        });
}

/// Each card and call that came, what was answered, and what stood behind it.
pub(super) fn behind_the_cards(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let (words, table) = (page.words, page.table);
    let Some(state) = table.state() else {
        return;
    };
    let mut settled: Vec<(InjectIx, InjectState)> =
        view(state, &table.seat()).settled_injects().collect();
    settled.sort_by_key(|(inject, it)| (it.fired, *inject));
    side.spawn(sheet(kit, "Behind the cards", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "decisions.cards");
            if settled.is_empty() {
                says(card, kit, words, words.say("decisions.no-cards"));
            }
            // The cards of an arc have one story behind them, which is told with the first that came.
            let arcs = &table.scenario.world.arcs;
            let arc_of = |inject| arcs.iter().position(|arc| arc.cards.contains(&inject));
            let mut told: Vec<(usize, String)> = Vec::new();
            for (inject, it) in settled {
                card.spawn(kit.rule());
                let arc = arc_of(inject);
                let before = told.iter().find(|(known, _)| Some(*known) == arc);
                let before = before.map(|(_, title)| title.as_str());
                behind(page, card, kit, inject, it, before);
                if let Some(arc) = arc.filter(|_| before.is_none()) {
                    told.push((arc, words.inject_title(inject, it.place)));
                }
            }
        });
}

/// What was said for an answer and against it: the word that went with it, and who spoke up against
/// something or put a question in the same turn.
fn objected(page: &Page, inject: InjectIx, turn: u16) -> String {
    let (words, table) = (page.words, page.table);
    let world = &table.scenario.world;
    let of_turn = || {
        table
            .given()
            .into_iter()
            .filter(move |act| act.turn == turn)
    };
    let answers = |act: &&Given| {
        let id = &world.injects[inject.at()].id;
        matches!(&act.action, Action::Answer { inject, .. } if inject == id)
    };
    let answered = of_turn().rfind(answers);
    let reason = answered.and_then(|act| table.reason_at(act.n));
    let against = of_turn().filter(|act| match &act.action {
        Action::Endorse { support, .. } => !support,
        Action::Question { .. } => true,
        Action::Reply { reply, .. } => *reply == Reply::No,
        _ => false,
    });
    let mut desks: Vec<&str> = against
        .filter_map(|act| world.seat(&act.seat))
        .map(|seat| words.seat(seat))
        .collect();
    desks.sort_unstable();
    desks.dedup();
    let who = if desks.is_empty() {
        words.say("decisions.objected.nobody")
    } else {
        words.with(
            "decisions.objected",
            "desks",
            &desks.join(&words.say("list.comma")),
        )
    };
    let reason = reason.map(|it| words.with("decisions.reason", "reason", &words.reason(it)));
    let parts: Vec<String> = reason.into_iter().chain([who]).collect();
    capital(&parts.join(&words.say("list.then")))
}

fn behind(
    page: &Page,
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    inject: InjectIx,
    it: InjectState,
    told_with: Option<&str>,
) {
    let words = page.words;
    let palette = kit.palette().clone();
    let lang = words.lang;
    let title = words.inject_title(inject, it.place);
    let turn = it.fired.map(|turn| words.turn_name(turn));
    let answer = match it.answer {
        Some(option) => words.with(
            "decisions.answer",
            "answer",
            &words.option_label(inject, option, it.place),
        ),
        None => words.say("decisions.silence"),
    };
    let stood = (page.debrief.variants.get(inject.at()))
        .map_or("", |variant| words.variant(inject, *variant));
    let teaches = (it.answer).map_or("", |option| words.option_teaches(inject, option));
    let tempted = (it.answer).is_some_and(|option| words.option_tempts(inject, option));
    let mut lines = vec![(Role::Body, palette.ink, answer)];
    if !stood.is_empty() {
        let text = match told_with {
            Some(card) => words.with("decisions.stood.before", "card", card),
            None => words.with("decisions.stood", "how", stood),
        };
        lines.push((Role::Body, palette.trust, text));
    }
    if !teaches.is_empty() {
        lines.push((Role::Label, palette.ink2, teaches.to_owned()));
    }
    if tempted {
        let text = words.say("decisions.tempted");
        lines.push((Role::Label, palette.ink2, text));
        let text = objected(page, inject, it.fired.unwrap_or_default());
        lines.push((Role::Label, palette.ink2, text));
    }
    let told: Vec<&str> = lines.iter().map(|(.., text)| text.as_str()).collect();
    let id = &page.table.scenario.world.injects[inject.at()].id;
    let means = Semantics::figure(format!("behind:{id}"), title.as_str(), told.join(" "));
    let node = Node {
        flex_shrink: 0.0,
        ..column(2.0)
    };
    card.spawn((Name::new("Card"), node, means))
        .with_children(|part| {
            part.spawn((Name::new("Title"), row(8.0)))
                .with_children(|line| {
                    line.spawn(kit.icon("card", 19.0, palette.ink2));
                    let title = kit.text(Role::Strong, lang, title, palette.ink);
                    line.spawn((Name::new("Words"), filling(0.0)))
                        .with_child(title);
                    if let Some(turn) = turn {
                        line.spawn(kit.line(Role::Label, lang, turn, palette.ink2));
                    }
                });
            for (role, ink, text) in lines {
                part.spawn(kit.text(role, lang, text, ink));
            }
        });
}
