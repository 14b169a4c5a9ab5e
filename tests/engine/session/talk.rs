//! What is said at the table is in the log, and comes back from it.

use super::game::{id, new_game, open_game, print, set_up};
use commonwatch::rules::table::{Reply, Wish};
use commonwatch::rules::world::OrderKind;
use commonwatch::rules::{Action, Reason, Table, view};
use commonwatch::session::{Consent, Mark, TimeError};

fn ask(seat: &str, of: &str, what: Wish) -> Action {
    Action::Ask {
        seat: id(seat),
        of: id(of),
        what,
    }
}

fn reply(ask: &str, reply: Reply, by: Option<u16>, reason: Option<Reason>) -> Action {
    Action::Reply {
        ask: id(ask),
        reply,
        by,
        reason,
    }
}

fn team(to: Option<&str>) -> Wish {
    Wish::Unit {
        unit: id("foot-1"),
        to: to.map(id),
    }
}

/// Each kind of thing that can be said.
fn everything_said() -> Vec<(&'static str, Action)> {
    let forecast = |low, high| Action::RoomForecast {
        seat: id("street"),
        low,
        high,
    };
    vec![
        (
            "community",
            ask("community", "street", team(Some("north-west"))),
        ),
        ("community", ask("community", "street", team(None))),
        ("community", ask("community", "street", Wish::Funds(3))),
        (
            "street",
            reply("community-1", Reply::Yes, Some(4), Some(Reason::Fairness)),
        ),
        (
            "street",
            reply("community-2", Reply::No, None, Some(Reason::Cost)),
        ),
        (
            "street",
            reply("community-3", Reply::YesIf(Wish::Word), Some(2), None),
        ),
        (
            "community",
            reply("street-1", Reply::Yes, None, Some(Reason::Hunch)),
        ),
        (
            "street",
            ask("street", "community", Wish::Order(OrderKind::Training)),
        ),
        ("street", forecast(40, 60)),
        ("street", forecast(45, 55)),
    ]
}

#[test]
fn a_log_brings_back_what_was_said() {
    let mut session = new_game();
    session.act(&id("street"), &set_up(Table::Desks)).unwrap();
    for (seat, action) in everything_said() {
        session.act(&id(seat), &action).unwrap();
    }
    let reason = Mark::Reason {
        seat: id("street"),
        act: 4,
        reason: Reason::Evidence,
    };
    session.mark(reason).unwrap();
    session.act(&id("street"), &Action::EndTurn).unwrap();
    let (opened, notices) = open_game(&session.store().log);
    assert!(notices.is_empty(), "{notices:?}");
    assert_eq!(print(&opened), print(&session));
    let seen = view(opened.state(), &id("community"));
    assert_eq!(seen.asks().len(), 5);
    assert_eq!(seen.calibration().told.len(), 1);
    let said: Vec<_> = opened
        .history()
        .iter()
        .map(|act| act.action.clone())
        .collect();
    let given: Vec<_> = everything_said()
        .into_iter()
        .map(|(_, action)| action)
        .collect();
    assert_eq!(said[1..=given.len()], given);
}

/// Why somebody did something is told and changes nothing.
#[test]
fn a_reason_is_no_part_of_the_game() {
    let digest = |reason| {
        let mut session = new_game();
        session.act(&id("street"), &set_up(Table::Desks)).unwrap();
        let asked = ask("community", "street", Wish::Word);
        session.act(&id("community"), &asked).unwrap();
        let answer = reply("community-1", Reply::No, None, reason);
        session.act(&id("street"), &answer).unwrap();
        session.state().digest()
    };
    assert_eq!(digest(None), digest(Some(Reason::Urgency)));
}

/// An order that is kept while one before it is taken back has another number then.
#[test]
fn a_reason_stays_with_an_order_that_gets_another_number() {
    let mut session = new_game();
    session.act(&id("street"), &set_up(Table::Desks)).unwrap();
    let first = ask("community", "street", Wish::Word);
    session.act(&id("community"), &first).unwrap();
    let kept = ask("street", "community", Wish::Word);
    session.act(&id("street"), &kept).unwrap();
    let mark = |reason| Mark::Reason {
        seat: id("street"),
        act: 3,
        reason,
    };
    session.mark(mark(Reason::Cost)).unwrap();
    session.mark(mark(Reason::Hunch)).unwrap();
    session.undo(&id("community"), Consent::NotGiven).unwrap();
    let last = session.history().last().map(|act| act.n);
    assert_eq!(last, Some(4));
    assert_eq!(session.journal().reason(4), Some(Reason::Hunch));
    let (opened, notices) = open_game(&session.store().log);
    assert!(notices.is_empty(), "{notices:?}");
    assert_eq!(opened.journal().reason(4), Some(Reason::Hunch));
    // Put back, it is the order that it was.
    session.redo(&id("community")).unwrap();
    assert_eq!(session.journal().reason(3), Some(Reason::Hunch));
}

/// An ask that has been answered is not taken back from under the answer.
#[test]
fn what_somebody_has_answered_cannot_be_unasked() {
    let mut session = new_game();
    session.act(&id("street"), &set_up(Table::Desks)).unwrap();
    let asked = ask("community", "street", Wish::Word);
    session.act(&id("community"), &asked).unwrap();
    let yes = reply("community-1", Reply::Yes, None, None);
    session.act(&id("street"), &yes).unwrap();
    let undone = session.undo(&id("community"), Consent::NotGiven);
    assert!(matches!(undone, Err(TimeError::NeededBy(_))), "{undone:?}");
    session.undo(&id("street"), Consent::NotGiven).unwrap();
    session.undo(&id("community"), Consent::NotGiven).unwrap();
    assert!(view(session.state(), &id("street")).asks().is_empty());
}
