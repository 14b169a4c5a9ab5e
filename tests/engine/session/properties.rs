//! What holds for every game that can be played, however people go back and forth in it.

use super::game::*;
use commonwatch::rules::world::Tactic;
use commonwatch::rules::{Action, Table};
use commonwatch::session::{Consent, MemoryStore, Session, TimeError, verify};
use proptest::prelude::*;

const SEATS: [&str; 2] = ["street", "community"];

fn action() -> impl Strategy<Value = Action> {
    let unit = prop::sample::select(vec!["foot-1", "foot-2", "foot-3", "officer", "mediator"]);
    let place = prop::sample::select(vec!["north-west", "north-east", "south-west", "south-east"]);
    let answer = prop::sample::select(vec![
        ("survey-offer", "ask"),
        ("survey-offer", "leave"),
        ("two-calls", "send"),
        ("thanks", "noted"),
    ]);
    prop_oneof![
        6 => (unit.clone(), place, prop::sample::select(Tactic::ALL.to_vec()))
            .prop_map(|(unit, to, tactic)| assign(unit, to, tactic)),
        2 => unit.prop_map(withdraw),
        1 => answer.prop_map(|(inject, option)| Action::Answer { inject: id(inject), option: id(option) }),
        2 => Just(Action::EndTurn),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let seat = || prop::sample::select(SEATS.to_vec());
    let consent = prop::sample::select(vec![Consent::Given, Consent::NotGiven]);
    prop_oneof![
        8 => (seat(), action()).prop_map(|(seat, action)| Step::Act(seat, action)),
        3 => (seat(), consent).prop_map(|(seat, consent)| Step::Undo(seat, consent)),
        2 => seat().prop_map(Step::Redo),
        1 => (0..20u32, seat()).prop_map(|(n, seat)| Step::Jump(n, seat)),
        1 => (0..20u32, seat()).prop_map(|(n, seat)| Step::Fork(n, seat)),
    ]
}

fn game(table: Table) -> Session<MemoryStore> {
    let mut session = new_game();
    session
        .act(&id("street"), &set_up(table))
        .expect("a new game can be set up");
    session
}

fn tables() -> impl Strategy<Value = Table> {
    prop::sample::select(vec![Table::Shared, Table::Desks])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..Default::default() })]

    /// Replay equals live, refusals leave no trace, and an undo that is put back never was.
    #[test]
    fn the_log_is_the_game(
        table in tables(),
        steps in proptest::collection::vec(step(), 1..40),
    ) {
        let mut session = game(table);
        for step in steps {
            let (before, log) = (print(&session), session.store().log.clone());
            let done = step.run(&mut session);
            prop_assert!(session.store().log.starts_with(&log), "something was erased");
            match (&step, done) {
                (_, Err(error)) => {
                    prop_assert_eq!(print(&session), before, "{:?}: {}", step, error);
                    prop_assert_eq!(&session.store().log, &log);
                    prop_assert!(!matches!(error, TimeError::DoesNotStand));
                }
                (Step::Undo(seat, _), Ok(())) => {
                    let undone = print(&session);
                    let mut other = session.clone();
                    other.redo(&id(seat)).expect("nothing was done since");
                    prop_assert_eq!(print(&other), before.clone());
                    let kept = before.acts.iter().filter(|act| !undone.acts.contains(act)).count();
                    prop_assert!(kept <= 1, "more than one order is gone");
                }
                _ => {}
            }
            let (opened, notices) = open_game(&session.store().log);
            prop_assert!(notices.is_empty());
            prop_assert_eq!(print(&opened), print(&session), "{:?}", step);
            prop_assert_eq!(opened.journal().head(), session.journal().head());
        }
        let report = verify(&session.store().log, &setting(), None).expect("its own setting");
        prop_assert!(report.ok, "{:?}", report);
    }

    /// Every moment of every line can be visited, and none depends on the way it was reached.
    #[test]
    fn every_moment_can_be_visited_by_any_way(
        steps in proptest::collection::vec(step(), 1..30),
        ways in proptest::collection::vec(any::<prop::sample::Index>(), 1..6),
    ) {
        let mut session = game(Table::Shared);
        for step in steps {
            // A refused step leaves the game as it is, which is as good a moment as any.
            let _ = step.run(&mut session);
        }
        let count = session.journal().acts().len();
        for way in ways {
            let n = way.index(count) as u32 + 1;
            let (mut fresh, _) = open_game(&session.store().log);
            let seen = session.state_at(n).expect("every act of a live game stands").digest();
            prop_assert_eq!(fresh.state_at(n).expect("the same").digest(), seen);
            session.jump(n, &id("street"), Consent::Given).expect("the facilitator agrees");
            prop_assert_eq!(session.state().digest(), seen);
        }
    }
}
