//! Undo, redo, jumps and forks, as the desks see them.

use super::game::*;
use crate::support::small_world_with;
use commonwatch::rules::world::Tactic::{HotSpot, Outreach};
use commonwatch::rules::{Action, Cents, Digest, Refusal, Table, view};
use commonwatch::session::{Consent, MemoryStore, Session, Setting, TimeError};
use std::sync::Arc;

fn game(table: Table) -> Session<MemoryStore> {
    let mut session = new_game();
    session
        .act(&id("street"), &set_up(table))
        .expect("a new game can be set up");
    session
}

fn act(session: &mut Session<MemoryStore>, seat: &str, action: Action) {
    session
        .act(&id(seat), &action)
        .unwrap_or_else(|error| panic!("{action:?}: {error}"));
}

fn units(session: &Session<MemoryStore>) -> Vec<String> {
    let orders = session
        .history()
        .into_iter()
        .filter_map(|act| match &act.action {
            Action::Assign { unit, to, .. } => Some(format!("{unit} to {to}")),
            _ => None,
        });
    orders.collect()
}

#[test]
fn undo_takes_back_the_own_order_and_keeps_those_of_others() {
    let mut session = game(Table::Desks);
    act(
        &mut session,
        "street",
        assign("foot-1", "north-west", HotSpot),
    );
    act(
        &mut session,
        "community",
        assign("officer", "south-west", Outreach),
    );
    let both = print(&session);

    session
        .undo(&id("street"), Consent::NotGiven)
        .expect("undo is free inside the turn");
    assert_eq!(units(&session), ["officer to south-west"]);
    session
        .redo(&id("street"))
        .expect("nothing was ordered since");
    assert_eq!(print(&session), both);
    assert_eq!(session.redo(&id("street")), Err(TimeError::NothingToRedo));
    assert_eq!(
        session.redo(&id("community")),
        Err(TimeError::NothingToRedo)
    );
}

#[test]
fn an_order_that_paid_for_another_desks_stays_and_that_desk_is_named() {
    let world = small_world_with(|world| world.purse.start = Cents::funds(3));
    let setting = Setting::new(Arc::new(world), Digest(7));
    let mut session = Session::create(MemoryStore::default(), &setting, 1).expect("memory");
    act(&mut session, "street", set_up(Table::Desks));
    // Foot-2 stands on the map from the start; 3 Funds pay for one team and the officer.
    act(
        &mut session,
        "street",
        assign("foot-1", "north-west", HotSpot),
    );
    act(&mut session, "street", withdraw("foot-2"));
    act(
        &mut session,
        "community",
        assign("officer", "south-west", Outreach),
    );
    let (before, log) = (print(&session), session.store().log.clone());

    let refused = session.undo(&id("street"), Consent::NotGiven);
    let Err(TimeError::NeededBy(orders)) = &refused else {
        panic!("{refused:?}")
    };
    assert_eq!(orders[0].seat, id("community"));
    assert!(matches!(orders[0].refusal, Some(Refusal::Funds { .. })));
    assert_eq!((print(&session), &session.store().log), (before, &log));

    session
        .undo(&id("community"), Consent::NotGiven)
        .expect("the last order");
    session
        .undo(&id("street"), Consent::NotGiven)
        .expect("nobody needs it now");
    assert_eq!(units(&session), ["foot-1 to north-west"]);
}

#[test]
fn the_last_turn_opens_again_only_with_consent() {
    let mut session = game(Table::Desks);
    act(
        &mut session,
        "street",
        assign("foot-1", "north-west", HotSpot),
    );
    let planned = print(&session);
    act(&mut session, "street", Action::EndTurn);
    let after = print(&session);

    let refused = session.undo(&id("street"), Consent::NotGiven);
    assert_eq!(refused, Err(TimeError::NeedsConsent { turn: 1 }));
    assert_eq!(print(&session), after);

    session
        .undo(&id("street"), Consent::Given)
        .expect("the facilitator agrees");
    assert_eq!(print(&session).acts, planned.acts);
    assert_eq!(print(&session).digest, planned.digest);
    session
        .redo(&id("street"))
        .expect("nothing was ordered since");
    assert_eq!(print(&session), after);

    act(
        &mut session,
        "community",
        assign("officer", "south-west", Outreach),
    );
    let refused = session.undo(&id("street"), Consent::Given);
    assert!(
        matches!(&refused, Err(TimeError::NeededBy(orders)) if orders[0].seat == id("community")),
        "{refused:?}"
    );
}

#[test]
fn where_one_hand_holds_all_desks_the_last_order_of_any_is_taken_back() {
    let mut session = game(Table::Shared);
    act(
        &mut session,
        "street",
        assign("foot-1", "north-west", HotSpot),
    );
    act(
        &mut session,
        "community",
        assign("officer", "south-west", Outreach),
    );
    session
        .undo(&id("street"), Consent::NotGiven)
        .expect("the last order");
    assert_eq!(units(&session), ["foot-1 to north-west"]);
    session
        .undo(&id("street"), Consent::NotGiven)
        .expect("the order before");
    assert!(units(&session).is_empty());
    session.redo(&id("community")).expect("the first again");
    session.redo(&id("street")).expect("the second again");
    assert_eq!(
        units(&session),
        ["foot-1 to north-west", "officer to south-west"]
    );
}

#[test]
fn the_set_up_is_not_an_order() {
    let mut session = game(Table::Shared);
    let undone = session.undo(&id("street"), Consent::Given);
    assert_eq!(undone, Err(TimeError::NothingToUndo));
}

#[test]
fn an_order_given_after_an_undo_ends_the_redo() {
    let mut session = game(Table::Shared);
    act(
        &mut session,
        "street",
        assign("foot-1", "north-west", HotSpot),
    );
    session
        .undo(&id("street"), Consent::NotGiven)
        .expect("free");
    act(
        &mut session,
        "street",
        assign("foot-1", "south-west", HotSpot),
    );
    assert_eq!(session.redo(&id("street")), Err(TimeError::NothingToRedo));
    assert!(!session.can_redo(&id("street")));
}

#[test]
fn undo_cannot_change_luck() {
    let mut session = game(Table::Shared);
    act(&mut session, "street", Action::EndTurn);
    let first = session.state().digest();
    for _ in 0..3 {
        session.undo(&id("street"), Consent::Given).expect("agreed");
        act(&mut session, "street", Action::EndTurn);
        assert_eq!(session.state().digest(), first);
    }
}

#[test]
fn a_fork_leaves_the_other_line_in_the_log() {
    let mut session = game(Table::Shared);
    act(
        &mut session,
        "street",
        assign("foot-1", "north-west", HotSpot),
    );
    act(&mut session, "street", Action::EndTurn);
    act(&mut session, "street", Action::EndTurn);
    let (line, end) = (print(&session), session.journal().head());

    assert_eq!(
        session.fork(2, &id("street"), Consent::NotGiven),
        Err(TimeError::NeedsConsent { turn: 1 })
    );
    session
        .fork(2, &id("street"), Consent::Given)
        .expect("agreed");
    act(
        &mut session,
        "street",
        assign("foot-1", "south-west", HotSpot),
    );
    act(&mut session, "street", Action::EndTurn);
    assert_eq!(session.state().turn(), 2);
    let tips: Vec<u32> = session.journal().tips().iter().map(|act| act.n).collect();
    assert_eq!(tips, [end, session.journal().head()]);

    session
        .jump(end, &id("street"), Consent::Given)
        .expect("agreed");
    assert_eq!(print(&session).acts, line.acts);
    assert_eq!(print(&session).digest, line.digest);
}

#[test]
fn a_jump_over_another_desks_order_needs_consent_and_over_own_ones_does_not() {
    let mut session = game(Table::Desks);
    act(
        &mut session,
        "street",
        assign("foot-1", "north-west", HotSpot),
    );
    act(&mut session, "street", withdraw("foot-2"));
    session
        .jump(2, &id("street"), Consent::NotGiven)
        .expect("own order of this turn");
    act(
        &mut session,
        "community",
        assign("officer", "south-west", Outreach),
    );
    assert_eq!(
        session.jump(2, &id("street"), Consent::NotGiven),
        Err(TimeError::NeedsConsent { turn: 1 })
    );
    assert_eq!(
        session.jump(99, &id("street"), Consent::Given),
        Err(TimeError::NoSuchMoment)
    );
}

#[test]
fn looking_back_leaves_the_game_where_it_is() {
    let mut session = played();
    let before = print(&session);
    let first = session
        .seek(1)
        .expect("every game has a first turn")
        .digest();
    assert_eq!(first, new_game().state().digest());
    let turns = session.state().turn();
    for turn in 2..=turns {
        let state = session.seek(turn).expect("the game came that far");
        let n = session.turn_start(turn).expect("the same");
        let written = session.journal().act(n).and_then(|act| act.played.clone());
        assert_eq!(written.map(|played| played.digest), Some(state.digest()));
        assert_eq!(state.turn(), turn);
    }
    assert_eq!(session.seek(turns + 2).err(), Some(TimeError::NoSuchMoment));
    assert_eq!(print(&session), before);
}

#[test]
fn the_ledger_of_a_turn_holds_that_turn_alone_and_explains_its_money() {
    use commonwatch::rules::{Account, Rule};
    let mut session = game(Table::Shared);
    act(
        &mut session,
        "street",
        assign("foot-1", "north-west", HotSpot),
    );
    act(&mut session, "street", Action::EndTurn);
    act(&mut session, "street", Action::EndTurn);
    let entries = session.true_ledger(2).expect("turn 2 was played");
    assert!(entries.iter().all(|entry| entry.turn == 2));
    let money = |rule| {
        let of_rule = entries
            .iter()
            .filter(|e| e.account == Account::Funds && e.cause.rule == rule);
        of_rule.map(|entry| entry.amount).sum::<i64>()
    };
    // Four Funds come in, and two teams stand on the map for one each.
    assert_eq!((money(Rule::Income), money(Rule::UnitPrice)), (400, -200));
}

#[test]
fn what_a_record_was_beside_what_was_expected_is_told_in_parts_that_add_up() {
    use commonwatch::rules::gap::Part;
    let mut session = game(Table::Shared);
    act(
        &mut session,
        "street",
        assign("foot-1", "north-west", HotSpot),
    );
    act(&mut session, "street", Action::EndTurn);
    act(&mut session, "street", Action::EndTurn);
    assert_eq!(session.true_gaps(3).err(), Some(TimeError::NoSuchMoment));
    for turn in [1, 2] {
        let gaps = session.true_gaps(turn).expect("it was played");
        let state = session.state();
        let seen = view(state, &id("street"));
        let page = &seen.pages()[usize::from(turn) - 1];
        assert_eq!(gaps.len(), page.recorded.len());
        for (at, gap) in gaps.iter().enumerate() {
            let off = f64::from(page.recorded[at]) - page.expected[at];
            assert!(
                (gap.sum() - off).abs() < 1e-9,
                "{at}: {gap:?} against {off}"
            );
        }
        let moved = |part| gaps.iter().map(|gap| gap.part(part).abs()).sum::<f64>();
        assert!(moved(Part::Luck) > 0.0, "chance is in every month");
        assert!(moved(Part::Delayed) < 1e-9, "nothing comes late here");
    }
}

#[test]
fn a_refused_order_changes_nothing() {
    let mut session = game(Table::Desks);
    let (before, log) = (print(&session), session.store().log.clone());
    let other = session.act(&id("community"), &assign("foot-1", "north-west", HotSpot));
    assert_eq!(refusal_id(other), "other-desk");
    let unknown = session.act(&id("street"), &assign("foot-9", "north-west", HotSpot));
    assert_eq!(refusal_id(unknown), "unknown-unit");
    assert_eq!((print(&session), &session.store().log), (before, &log));
}
