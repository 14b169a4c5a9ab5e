//! Asks, answers and promises.

use super::{Room, city};
use commonwatch::rules::table::{Kept, Reply, Verdict, Wish};
use commonwatch::rules::world::{Duty, OrderKind, Tactic};
use commonwatch::rules::{Action, Id, Reason, Refusal};

fn ask(seat: &str, of: &str, what: Wish) -> Action {
    Action::Ask {
        seat: Id::from(seat),
        of: Id::from(of),
        what,
    }
}

fn reply(ask: &str, reply: Reply, by: Option<u16>) -> Action {
    Action::Reply {
        ask: Id::from(ask),
        reply,
        by,
        reason: Some(Reason::Cost),
    }
}

fn team(unit: &str, to: &str) -> Wish {
    Wish::Unit {
        unit: Id::from(unit),
        to: Some(Id::from(to)),
    }
}

fn send(unit: &str, to: &str) -> Action {
    Action::Assign {
        unit: Id::from(unit),
        to: Id::from(to),
        tactic: Tactic::Visible,
    }
}

fn kept(room: &Room) -> Vec<(String, u16, Kept)> {
    let debrief = room.state.debrief().unwrap();
    let told = debrief.promises.iter();
    told.map(|it| (it.ask.id.to_string(), it.by, it.kept))
        .collect()
}

#[test]
fn what_is_asked_and_answered_is_heard_by_all() {
    let mut room = Room::new();
    room.does(
        "key-sites",
        ask("key-sites", "street", team("foot-a-1", "three")),
    );
    room.does("cyber", ask("cyber", "street", Wish::Word));
    let heard = room.sees("data").asks();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].id, Id::from("key-sites-1"));
    assert!(heard.iter().all(|ask| ask.answer.is_none()));
    room.does("street", reply("key-sites-1", Reply::No, None));
    let answer = room.sees("data").asks()[0].answer.clone().unwrap();
    assert_eq!((answer.verdict, answer.turn), (Verdict::No, 1));
    room.end_game();
    // No is no promise, and neither is silence.
    assert!(kept(&room).is_empty());
}

#[test]
fn asks_and_answers_that_make_no_sense_are_refused() {
    let mut room = Room::new();
    let street = || Id::from("street");
    let data = || Id::from("data");
    let mut refused = |by: &str, act: Action| room.try_to(by, act).unwrap_err();
    let wish = || team("foot-a-1", "three");
    assert_eq!(
        refused("data", ask("street", "data", Wish::Word)),
        Refusal::OtherDesk { owner: street() }
    );
    assert_eq!(
        refused("street", ask("street", "street", Wish::Word)),
        Refusal::OwnAsk { seat: street() }
    );
    assert_eq!(
        refused("street", ask("street", "dta", Wish::Word)),
        Refusal::UnknownSeat(Id::from("dta"), Some(data()))
    );
    assert!(matches!(
        refused("data", ask("data", "street", team("foot-z", "three"))),
        Refusal::UnknownUnit(..)
    ));
    assert!(matches!(
        refused("data", ask("data", "street", team("foot-a-1", "seventeen"))),
        Refusal::UnknownPrecinct(..)
    ));
    let setting = |what: &str, to: &str| Wish::Setting {
        what: Id::from(what),
        to: Id::from(to),
    };
    assert!(matches!(
        refused("data", ask("data", "intelligence", setting("no-map", "1"))),
        Refusal::UnknownInstrument(..)
    ));
    assert!(matches!(
        refused("data", ask("data", "intelligence", setting("one-map", "9"))),
        Refusal::UnknownSetting { .. }
    ));
    let order = OrderKind::Duty;
    assert_eq!(
        refused("data", ask("data", "coordination", Wish::Order(order))),
        Refusal::NotInScenario { order }
    );
    assert!(matches!(
        refused("street", reply("data-1", Reply::Yes, None)),
        Refusal::UnknownAsk(_, None)
    ));
    for _ in 0..3 {
        room.does("data", ask("data", "street", wish()));
    }
    let mut refused = |by: &str, act: Action| room.try_to(by, act).unwrap_err();
    assert_eq!(
        refused("data", ask("data", "street", wish())),
        Refusal::TooManyAsks {
            seat: data(),
            most: 3
        }
    );
    assert_eq!(
        refused("cyber", reply("data-1", Reply::Yes, None)),
        Refusal::OtherDesk { owner: street() }
    );
    assert_eq!(
        refused("street", reply("data-1", Reply::Yes, Some(30))),
        Refusal::PromiseOutside {
            by: 30,
            from: 1,
            turns: 9
        }
    );
    room.does("street", reply("data-1", Reply::No, None));
    let ask_id = Id::from("data-1");
    assert_eq!(
        room.try_to("street", reply("data-1", Reply::Yes, None)),
        Err(Refusal::AskAnswered { ask: ask_id })
    );
    // One is answered, so there is room for one more.
    room.does("data", ask("data", "street", wish()));
}

#[test]
fn a_yes_is_a_promise_that_is_kept_in_time_or_broken() {
    let mut room = Room::new();
    for (n, unit) in ["foot-a-1", "foot-b-1", "foot-b-2"].into_iter().enumerate() {
        room.does("data", ask("data", "street", team(unit, "six")));
        let by = Some(3);
        room.does("street", reply(&format!("data-{}", n + 1), Reply::Yes, by));
    }
    room.does("data", ask("data", "coordination", Wish::Funds(3)));
    room.does("coordination", reply("data-4", Reply::Yes, None));
    room.end_turn();
    room.does("street", send("foot-a-1", "six"));
    room.end_turn();
    // Somewhere else is not what was promised, and the turn after is too late.
    room.does("street", send("foot-b-1", "five"));
    room.end_turn();
    room.does("street", send("foot-b-2", "six"));
    room.end_game();
    assert_eq!(
        kept(&room),
        [
            ("data-1".to_owned(), 3, Kept::Kept(2)),
            ("data-2".to_owned(), 3, Kept::Broken),
            ("data-3".to_owned(), 3, Kept::Broken),
            ("data-4".to_owned(), 1, Kept::NotChecked),
        ]
    );
}

#[test]
fn what_stands_already_keeps_a_promise() {
    let mut room = Room::new();
    // It stands in one from the start, and is asked to stay.
    room.does("data", ask("data", "street", team("foot-a-1", "one")));
    room.does("street", reply("data-1", Reply::Yes, Some(2)));
    room.end_game();
    assert_eq!(kept(&room), [("data-1".to_owned(), 2, Kept::Kept(1))]);
}

#[test]
fn a_yes_if_holds_once_the_other_side_agrees() {
    for agrees in [true, false] {
        let mut room = Room::new();
        room.does("data", ask("data", "street", team("foot-a-1", "six")));
        room.does("street", reply("data-1", Reply::YesIf(Wish::Word), Some(4)));
        let asks = room.sees("cyber").asks();
        assert_eq!(asks.len(), 2);
        assert_eq!(asks[1].id, Id::from("street-1"));
        assert_eq!((asks[1].seat, asks[1].of), (asks[0].of, asks[0].seat));
        room.end_turn();
        let answer = if agrees { Reply::Yes } else { Reply::No };
        room.does("data", reply("street-1", answer, None));
        room.end_game();
        let told = kept(&room);
        if agrees {
            let broken = ("data-1".to_owned(), 4, Kept::Broken);
            let word = ("street-1".to_owned(), 2, Kept::NotChecked);
            assert_eq!(told, [broken, word]);
        } else {
            assert!(told.is_empty(), "{told:?}");
        }
    }
}

/// An order of the kind that was asked for, and an instrument at the setting.
#[test]
fn orders_and_settings_can_be_promised() {
    let world = super::city_with(
        "\"one-map\": ()",
        "    orders: {\"duty\": \"coordination\"},\n",
    );
    let mut room = Room::at(&world, 2);
    room.does(
        "street",
        ask("street", "coordination", Wish::Order(OrderKind::Duty)),
    );
    room.does("coordination", reply("street-1", Reply::Yes, Some(2)));
    let (what, to) = (Id::from("one-map"), Id::from("1"));
    let wish = Wish::Setting {
        what: what.clone(),
        to: to.clone(),
    };
    room.does("data", ask("data", "intelligence", wish));
    room.does("intelligence", reply("data-1", Reply::Yes, Some(3)));
    room.end_turn();
    let level = Duty::II;
    room.does(
        "coordination",
        Action::Duty {
            district: None,
            level,
        },
    );
    room.does("intelligence", Action::Set { what, at: None, to });
    room.end_game();
    assert_eq!(
        kept(&room),
        [
            ("street-1".to_owned(), 2, Kept::Kept(2)),
            ("data-1".to_owned(), 3, Kept::Kept(2)),
        ]
    );
}

/// What one desk takes back does not rename what another has asked.
#[test]
fn asks_are_named_by_the_desk_that_asks() {
    let mut room = Room::at(&city(), 1);
    for seat in ["data", "street", "data"] {
        room.does(seat, ask(seat, "cyber", Wish::Word));
    }
    let asks = room.sees("cyber").asks().iter();
    let names: Vec<_> = asks.map(|ask| ask.id.to_string()).collect();
    assert_eq!(names, ["data-1", "street-1", "data-2"]);
}
