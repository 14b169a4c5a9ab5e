//! What desks say to each other: the mandate and its release, asks, answers and promises, and what
//! the seat for those who are governed can bring.

use super::{gives, line_of, reasons, says, terms, titled, wide};
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Sheet, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column};
use crate::app::words::{Words, whole};
use crate::rules::id::SeatIx;
use crate::rules::model::Coefficient;
use crate::rules::table::{Ask, Reply, Verdict, Wish};
use crate::rules::world::OrderKind;
use crate::rules::{Action, Id, View};
use bevy::prelude::*;

/// Sums of money that can be asked for, Funds.
const SUMS: [u16; 3] = [1, 2, 4];

/// What waits for this desk: asks that it has not answered, and desks that want their release.
pub(super) fn waiting(table: &Table, view: &View) -> usize {
    let seat = table.desk.seat;
    let asks = view.asks().iter();
    let asks = asks
        .filter(|ask| ask.of == seat && ask.answer.is_none())
        .count();
    let releases = if seat == view.world().coordination() {
        view.releases()
            .iter()
            .filter(|it| it.granted.is_none())
            .count()
    } else {
        0
    };
    asks + releases
}

pub(super) fn draw(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let told = mandate(card, kit, words, table, view);
    if table.desk.seat == view.world().coordination() {
        releases(card, kit, words, table, view);
    }
    let seat = table.desk.seat;
    let to_us: Vec<(usize, &Ask)> = (view.asks().iter().enumerate())
        .filter(|(_, ask)| ask.of == seat && ask.answer.is_none())
        .collect();
    titled(card, kit, words, words.say("desk.asked"));
    if to_us.is_empty() {
        says(card, kit, words, words.say("desk.asked.nothing"));
    }
    for (at, ask) in &to_us {
        asked(card, kit, words, table, view, *at, ask);
    }
    if waiting(table, view) > 0 && !told {
        reasons(card, kit, words, "reason", table.desk.reason);
    }
    said(card, kit, words, table, view);
    titled(card, kit, words, words.say("desk.ask"));
    let desks = view.world().seats.iter().enumerate();
    let choices = desks.filter(|(at, _)| *at != seat.at()).map(|(at, of)| {
        let of_seat = SeatIx::from_position(at);
        Semantics::button(
            format!("ask-of:{}", of.id),
            words.seat(of_seat),
            Act::Sheet(Some(Sheet::Ask(of_seat))),
        )
    });
    line_of(card, kit, words, choices.collect());
}

/// What the desk is asked to reach, and the way out of it. Whether the words for why are there.
fn mandate(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) -> bool {
    let Some(own) = view.mandate() else {
        return false;
    };
    let ink = kit.palette().ink;
    titled(card, kit, words, words.say("desk.mandate"));
    let text = words.mandate(own.set, own.at);
    card.spawn(kit.text(Role::Body, words.lang, text, ink));
    let seat = table.desk.seat;
    let release = view.releases().iter().find(|it| it.seat == seat);
    match release {
        Some(release) => {
            let key = match release.granted {
                Some(_) => "desk.mandate.released",
                None => "desk.mandate.asked",
            };
            says(card, kit, words, words.say(key));
        }
        None => {
            reasons(card, kit, words, "reason", table.desk.reason);
            let order = Action::AskRelease {
                seat: table.seat(),
                reason: table.desk.reason,
            };
            let means = gives("ask-release", words.say("desk.mandate.ask"), order);
            line_of(card, kit, words, vec![means]);
        }
    }
    card.spawn(kit.rule());
    release.is_none()
}

/// Desks that want their release.
fn releases(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let open: Vec<SeatIx> = (view.releases().iter())
        .filter(|it| it.granted.is_none())
        .map(|it| it.seat)
        .collect();
    if open.is_empty() {
        return;
    }
    titled(card, kit, words, words.say("desk.releases"));
    let choices = open.into_iter().map(|seat| {
        let desk = view.world().seats[seat.at()].id.clone();
        let label = words.with("desk.release", "desk", words.seat(seat));
        let order = Action::Release {
            desk: desk.clone(),
            reason: table.desk.reason,
        };
        gives(format!("release:{desk}"), label, order)
    });
    line_of(card, kit, words, choices.collect());
    card.spawn(kit.rule());
}

/// An ask to this desk, with its answers.
fn asked(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    at: usize,
    ask: &Ask,
) {
    let palette = kit.palette().clone();
    let text = words.ask(ask);
    let node = Node {
        padding: UiRect::axes(Val::Px(10.0), Val::Px(7.0)),
        border: UiRect::left(Val::Px(4.0)),
        flex_shrink: 0.0,
        ..column(6.0)
    };
    let look = (
        BackgroundColor(palette.card2),
        BorderColor::all(palette.gold),
    );
    let means = Semantics::figure(
        format!("ask:{}", ask.id),
        words.say("desk.asked"),
        text.as_str(),
    );
    let reply = |reply, by| Action::Reply {
        ask: ask.id.clone(),
        reply,
        by,
        reason: table.desk.reason,
    };
    card.spawn((Name::new("Ask"), node, look, means))
        .with_children(|paper| {
            paper.spawn(kit.text(Role::Body, words.lang, text, palette.ink));
            let say = |key: &str| words.say(&format!("desk.reply.{key}"));
            let id = &ask.id;
            let mut choices = vec![gives(
                format!("yes:{id}"),
                say("yes"),
                reply(Reply::Yes, None),
            )];
            if view.turn() < view.world().turns {
                let by = Some(view.turn() + 1);
                choices.push(gives(
                    format!("later:{id}"),
                    say("later"),
                    reply(Reply::Yes, by),
                ));
            }
            choices.push(Semantics::button(
                format!("if:{id}"),
                say("if"),
                Act::Sheet(Some(Sheet::Counter(at))),
            ));
            choices.push(gives(format!("no:{id}"), say("no"), reply(Reply::No, None)));
            line_of(paper, kit, words, choices);
        });
}

/// What this desk has asked, and what the others have asked of each other this turn.
fn said(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table, view: &View) {
    let seat = table.desk.seat;
    let asks = view.asks().iter().filter(|ask| {
        let waits = ask.of == seat && ask.answer.is_none();
        !waits && (ask.seat == seat || ask.of == seat) && ask.turn + 3 > view.turn()
    });
    let told: Vec<(String, Option<(Id, Action)>)> = asks
        .map(|ask| {
            let answer = match &ask.answer {
                None => words.say("desk.answer.none"),
                Some(answer) => match &answer.verdict {
                    Verdict::Yes => {
                        words.with("desk.answer.yes", "turn", &words.turn_name(answer.by))
                    }
                    Verdict::If(_) => words.say("desk.answer.if"),
                    Verdict::No => words.say("desk.answer.no"),
                },
            };
            let text = words.get(
                "desk.answer",
                &[("ask", &words.ask(ask)), ("answer", &answer)],
            );
            let deed = deed(view, ask).filter(|_| ask.of == seat);
            (text, deed.map(|order| (ask.id.clone(), order)))
        })
        .collect();
    if told.is_empty() {
        return;
    }
    titled(card, kit, words, words.say("desk.said"));
    for (text, deed) in told {
        says(card, kit, words, text);
        if let Some((id, order)) = deed {
            let label = words.with("desk.do", "order", &words.act_label(&order));
            line_of(
                card,
                kit,
                words,
                vec![gives(format!("do:{id}"), label, order)],
            );
        }
    }
}

/// The order that keeps a yes, as long as it has not been given.
fn deed(view: &View, ask: &Ask) -> Option<Action> {
    let world = view.world();
    let answer = ask.answer.as_ref()?;
    let open = matches!(answer.verdict, Verdict::Yes) && answer.by >= view.turn();
    let order = match &ask.what {
        Wish::Unit { unit, to: Some(to) } => {
            let (at, post) = view
                .units()
                .find(|(at, _)| world.units[at.at()].id == *unit)?;
            let tactic = post.at.map(|(_, tactic)| tactic);
            let tactic = tactic.or_else(|| world.kind_of(at).tactics.first().copied())?;
            Action::Assign {
                unit: unit.clone(),
                to: to.clone(),
                tactic,
            }
        }
        Wish::Unit { unit, to: None } => Action::Withdraw { unit: unit.clone() },
        Wish::Setting { what, to } => Action::Set {
            what: what.clone(),
            at: None,
            to: to.clone(),
        },
        Wish::Word | Wish::Funds(_) | Wish::Order(_) => return None,
    };
    (open && view.check(&order).is_ok()).then_some(order)
}

/// What can be asked of a desk, or wanted in return for a yes.
pub(super) fn wishes(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    of: SeatIx,
    in_return: Option<&Ask>,
) {
    let world = view.world();
    let desk = world.seats[of.at()].id.clone();
    let place = table
        .chosen
        .map(|place| world.precincts[place.at()].id.clone());
    says(
        card,
        kit,
        words,
        match table.chosen {
            Some(place) => words.with("desk.wish.place", "place", words.precinct(place)),
            None => words.say("desk.wish.anywhere"),
        },
    );
    let mut all = vec![("word".to_owned(), Wish::Word)];
    all.extend(SUMS.map(|sum| (format!("funds:{sum}"), Wish::Funds(sum))));
    for kind in OrderKind::ALL {
        if world.order(kind).is_some_and(|order| order.owner == of) {
            all.push((format!("order:{}", kind.id()), Wish::Order(kind)));
        }
    }
    // Those that are free come first.
    let mut units: Vec<_> = view
        .units()
        .filter(|(unit, _)| world.kind_of(*unit).owner == of)
        .collect();
    units.sort_by_key(|(unit, post)| (post.at.is_some(), *unit));
    for (unit, _) in units {
        let unit = world.units[unit.at()].id.clone();
        let id = format!("unit:{unit}");
        all.push((
            id,
            Wish::Unit {
                unit,
                to: place.clone(),
            },
        ));
    }
    for instrument in world.instruments.iter().filter(|it| it.owner == of) {
        for setting in instrument.settings.iter().skip(1) {
            let wish = Wish::Setting {
                what: instrument.id.clone(),
                to: setting.id.clone(),
            };
            all.push((format!("setting:{}:{}", instrument.id, setting.id), wish));
        }
    }
    for (id, what) in all {
        let label = words.wish(&what);
        let order = match in_return {
            Some(ask) => Action::Reply {
                ask: ask.id.clone(),
                reply: Reply::YesIf(what),
                by: None,
                reason: table.desk.reason,
            },
            None => Action::Ask {
                seat: table.seat(),
                of: desk.clone(),
                what,
            },
        };
        if view.check(&order).is_ok() {
            wide(
                card,
                kit,
                words,
                "",
                "",
                gives(format!("wish:{id}"), label, order),
            );
        }
    }
}

/// "Yes, if": what is wanted of the desk that asked.
pub(super) fn counter(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    at: usize,
) {
    let Some(ask) = view.asks().get(at) else {
        return;
    };
    says(card, kit, words, words.ask(ask));
    wishes(card, kit, words, table, view, ask.seat, Some(ask));
}

/// The page of the seat for those who are governed: what it has seen, and its three powers.
pub(super) fn witness(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let world = view.world();
    says(card, kit, words, words.say("desk.witness"));
    titled(card, kit, words, words.say("desk.seen"));
    if view.witnessed().is_empty() {
        says(card, kit, words, words.say("desk.seen.nothing"));
    }
    for seen in view.witnessed() {
        let place = world.precincts[seen.place.at()].id.clone();
        let figures: Vec<String> = (seen.happened.iter().enumerate())
            .map(|(at, count)| {
                let family = words.family_label(crate::rules::id::FamilyIx::from_position(at));
                [family, count.to_string()].join(" ")
            })
            .collect();
        let order = Action::Testify {
            precinct: place.clone(),
        };
        let told = view
            .testimonies()
            .iter()
            .any(|it| it.turn == view.turn() && it.told.place == seen.place);
        let label = words.with("desk.testify", "place", words.precinct(seen.place));
        let mut aside = figures.join(&words.say("list.comma"));
        if !told && view.check(&order).is_err() {
            aside = [aside, terms(words, table, &order)].join("\n");
        }
        let means = super::chooses(format!("testify:{place}"), label, told, order);
        wide(card, kit, words, "", &aside, means);
    }
    titled(card, kit, words, words.say("desk.question"));
    let points = whole(table.scenario.world.model.get(Coefficient::Unanswered));
    says(
        card,
        kit,
        words,
        words.with("desk.question.about", "points", &points),
    );
    let desks = world.seats.iter().enumerate();
    let choices = desks.filter(|(_, of)| !of.oversight).map(|(at, of)| {
        let order = Action::Question { of: of.id.clone() };
        gives(
            format!("question:{}", of.id),
            words.seat(SeatIx::from_position(at)),
            order,
        )
    });
    line_of(card, kit, words, choices.collect());
    let projects: Vec<&Id> = (world.instruments.iter())
        .map(|instrument| &instrument.id)
        .filter(|what| {
            let order = Action::Endorse {
                what: (*what).clone(),
                support: true,
            };
            view.check(&order).is_ok()
        })
        .collect();
    titled(card, kit, words, words.say("desk.endorse"));
    if projects.is_empty() {
        says(card, kit, words, words.say("desk.endorse.nothing"));
    } else {
        let points = whole(table.scenario.world.model.get(Coefficient::Endorsement));
        let about = words.with("desk.endorse.about", "points", &points);
        says(card, kit, words, about);
    }
    for what in projects {
        let name = words.instrument_label(what);
        let choices = [("endorse", true), ("oppose", false)].map(|(key, support)| {
            let order = Action::Endorse {
                what: what.clone(),
                support,
            };
            let label = words.with(&format!("desk.{key}.what"), "what", &name);
            gives(format!("{key}:{what}"), label, order)
        });
        for means in choices {
            wide(card, kit, words, "", "", means);
        }
    }
}
