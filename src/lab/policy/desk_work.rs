//! The desk work of a balanced table: the institution, and what is said at the table.
//!
//! Everything here follows a rule that a player could read off the table: prices, readings and
//! alerts.

use super::{Hand, Paper};
use crate::rules::id::SeatIx;
use crate::rules::table::{Note, Reply, Wish};
use crate::rules::world::{Domain, Governance, Way};
use crate::rules::{Action, Amount, Cents, Id, Tactic, View};

/// The share of a turn's income that is not touched: the least reserve that Stewardship likes.
const KEPT: f64 = 0.15;
/// A pressure from which money goes into a remedy, points.
const PRESSED: f64 = 40.0;
/// Volunteers are thanked when so many points of their goodwill are gone.
const MISSED: f64 = 4.0;
/// Points by which the room's forecast may lie off: half of the error of a survey, because the
/// city's figure is the mean of many.
const MARGIN: f64 = 2.0;
/// A note is of use in the month in which it comes and in the next.
const FRESH: u16 = 2;

/// What is set once and left, the most important first: instrument, thing, setting.
const STANDING: [(&str, Option<&str>, &str); 10] = [
    ("handicaps", Some("front-line"), "mended"),
    ("handicaps", Some("mechanisms"), "mended"),
    ("integrity-line", None, "open"),
    ("rumour-reply", None, "verify"),
    ("platform-requests", None, "narrow"),
    ("trades-register", Some("e-bike-shops"), "on"),
    ("data-literacy", None, "1"),
    ("one-map", None, "1"),
    ("outreach-hands", None, "hired"),
    ("call-list", None, "crisis-teams"),
];

/// Funds that stay in hand.
pub(super) fn kept(view: &View) -> Cents {
    Cents::from_f64(view.world().purse.income.to_f64() * KEPT)
}

/// Sets the institution as far as it is open and the reserve stays.
pub(super) fn institution(view: &View, paper: &mut Paper) {
    let keep = kept(view);
    for (what, at, to) in STANDING {
        if paper.world.instrument(&Id::from(what)).is_some() {
            paper.give_keeping(set(what, at, to), keep);
        }
    }
    let mut pressed: Vec<(Domain, f64)> = view
        .pressures()
        .map(|(domain, points)| (domain, points.to_f64()))
        .collect();
    pressed.sort_by(|a, b| b.1.total_cmp(&a.1));
    // The likeliest harm is looked into first.
    let mut alerts: Vec<(Domain, f64)> = view
        .alerts()
        .iter()
        .map(|alert| (alert.domain, alert.confidence))
        .collect();
    alerts.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (domain, _) in alerts {
        paper.give_keeping(set("verify-alert", Some(domain.id()), "yes"), keep);
    }
    for (domain, points) in &pressed {
        if *points >= PRESSED {
            paper.give_keeping(set("remedy", Some(domain.id()), "yes"), keep);
        }
    }
    for (domain, _) in &pressed {
        paper.give_keeping(set("risk-files", Some(domain.id()), "fresh"), keep);
    }
    if (view.world().goodwill - view.goodwill()).to_f64() >= MISSED {
        paper.give_keeping(set("thanks", None, "yes"), keep);
    }
    // Cameras that somebody watches live get the safeguards that go with it.
    for (at, site) in view.places().iter().enumerate() {
        if site.cameras.level > 0 {
            paper.give_keeping(
                Action::Sense {
                    precinct: Some(view.world().precincts[at].id.clone()),
                    level: site.cameras.level,
                    governance: Governance::Purpose,
                    live: site.cameras.live,
                },
                keep,
            );
        }
    }
    // Analysts who are still free sit down together.
    for cell in ["reply", "opinion"] {
        paper.give_keeping(set("fusion-cells", Some(cell), "staffed"), keep);
    }
}

/// An order that sets an instrument.
pub(super) fn set(what: &str, at: Option<&str>, to: &str) -> Action {
    Action::Set {
        what: Id::from(what),
        at: at.map(Id::from),
        to: Id::from(to),
    }
}

/// Every setting of every instrument, with the instrument's desk to be asked for it.
pub(super) fn settings(view: &View) -> Vec<Action> {
    let world = view.world();
    let mut all = Vec::new();
    for instrument in &world.instruments {
        for at in 0..world.subjects(&instrument.over) {
            for setting in &instrument.settings {
                all.push(set(
                    instrument.id.as_str(),
                    world.subject(&instrument.over, at),
                    setting.id.as_str(),
                ));
            }
        }
    }
    all
}

/// How many notes that a desk may use say that something grows in each precinct.
pub(super) fn hints(view: &View, hand: &Hand, reader: Option<SeatIx>) -> Vec<usize> {
    let mut count = vec![0; view.world().precincts.len()];
    for note in fresh(view, hand, reader) {
        let up = note.hint.filter(|hint| hint.way == Way::Up);
        if let Some(place) = up.and_then(|hint| hint.place) {
            count[place.at()] += 1;
        }
    }
    count
}

/// The notes of this month and the last that a desk may use.
fn fresh<'a>(
    view: &View,
    hand: &'a Hand,
    reader: Option<SeatIx>,
) -> impl Iterator<Item = &'a Note> {
    let turn = view.turn();
    (hand.notes.iter())
        .filter(move |note| note.turn + FRESH > turn)
        .filter(move |note| hand.pooled || reader.is_none_or(|reader| note.seat == reader))
}

/// The notes that a desk may use: its own, those on the map, and where desks talk, all.
pub(super) fn usable<'a>(
    view: &View,
    hand: &'a Hand,
    reader: SeatIx,
) -> impl Iterator<Item = &'a Note> {
    let on_map: Vec<Id> = view.pinned().map(|note| note.id).collect();
    (hand.notes.iter())
        .filter(move |note| hand.pooled || note.seat == reader || on_map.contains(&note.id))
}

/// Pins the notes that say most: those about places where patrol is, first where two desks have
/// heard of the same place.
pub(super) fn pin(view: &View, hand: &Hand, paper: &mut Paper) {
    let patrolled = |p: usize| {
        let posts = paper.draft.view();
        posts
            .units()
            .any(|(_, post)| matches!(post.at, Some((at, Tactic::HotSpot)) if at.at() == p))
    };
    let mut worth: Vec<(usize, &Note)> = fresh(view, hand, None)
        .filter_map(|note| {
            let hint = note.hint.filter(|hint| hint.way == Way::Up)?;
            let place = hint.place?;
            // What the others know a desk can count only if they say so.
            let heard = hints(view, hand, Some(note.seat))[place.at()];
            Some((usize::from(patrolled(place.at())) * 10 + heard, note))
        })
        .collect();
    worth.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.turn.cmp(&a.1.turn)));
    for (_, note) in worth {
        let note = note.id.clone();
        paper.give(Action::Pin { note });
    }
}

/// Says what the room expects: what was published last, give or take a survey's error.
pub(super) fn forecast(view: &View, paper: &mut Paper) {
    let world = view.world();
    let figure = view.room_figure();
    if view.room_forecast().is_some() || world.seats.is_empty() {
        return;
    }
    let bound = |points: f64| points.clamp(0.0, f64::from(u16::MAX)) as u16;
    let seat = world.seats[view.forecaster().at()].id.clone();
    paper.give(Action::RoomForecast {
        seat,
        low: bound((figure - MARGIN).floor()),
        high: bound((figure + MARGIN).ceil()),
    });
}

/// Answers what others ask: yes to what can be done at once, which is done, and to a word; else no.
pub(super) fn reply(view: &View, hand: &Hand, paper: &mut Paper) {
    for ask in view.asks() {
        if ask.answer.is_some() || !hand.commands(ask.of) {
            continue;
        }
        let done = match &ask.what {
            Wish::Word => true,
            Wish::Setting { what, to } => paper.give_keeping(
                Action::Set {
                    what: what.clone(),
                    at: None,
                    to: to.clone(),
                },
                kept(view),
            ),
            Wish::Unit { unit, to: Some(to) } => {
                let tactics = (view.world().unit(unit))
                    .map(|unit| view.world().kind_of(unit).tactics.clone())
                    .unwrap_or_default();
                tactics.into_iter().take(1).any(|tactic| {
                    paper.give(Action::Assign {
                        unit: unit.clone(),
                        to: to.clone(),
                        tactic,
                    })
                })
            }
            Wish::Unit { to: None, .. } | Wish::Funds(_) | Wish::Order(_) => false,
        };
        paper.give(Action::Reply {
            ask: ask.id.clone(),
            reply: if done { Reply::Yes } else { Reply::No },
            by: None,
            reason: None,
        });
    }
}
