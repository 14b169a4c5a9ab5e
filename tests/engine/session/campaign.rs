//! The fault campaign: a whole game on a store that fails at each byte of each write. Every offset
//! is tried, not a sample: after each, opening the log gives exactly what had been shown as done,
//! and a sentence where something is amiss.

use super::faulty::{Fault, FaultyStore, Switch};
use super::game::*;
use commonwatch::session::{
    ActError, Flaw, MemoryStore, Notice, OpenError, Opening, Sentence, Session, StoreError,
    TimeError, open,
};

/// A moment of the game: a step that is about to be done.
struct Moment {
    step: Step,
    session: Session<FaultyStore>,
    before: Print,
    after: Print,
    /// The log before the step, and what the step adds.
    log: Vec<u8>,
    added: Vec<u8>,
}

impl Moment {
    /// Lines that the step adds.
    fn lines(&self) -> Vec<usize> {
        let ends = self
            .added
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n');
        ends.map(|(at, _)| at + 1).collect()
    }

    /// How many of the added bytes put the step in force: the first line of the end of a turn,
    /// whose outcome is then computed again on opening; otherwise all.
    fn binding(&self) -> usize {
        if self.step.ends_turn() {
            self.lines()[0]
        } else {
            self.added.len()
        }
    }

    /// Does the step on a store with a fault.
    fn with(&self, switch: &Switch, fault: Fault) -> (Session<FaultyStore>, Result<(), TimeError>) {
        let mut session = self.session.clone();
        switch.set(Some(fault));
        let done = self.step.run(&mut session);
        (session, done)
    }
}

fn moments() -> (Switch, Vec<Moment>) {
    let store = FaultyStore::default();
    let switch = store.switch.clone();
    let mut session = Session::create(store, &setting(), 21).expect("no fault yet");
    let mut play = |step: Step| {
        let before = session.clone();
        step.run(&mut session)
            .unwrap_or_else(|error| panic!("{step:?}: {error}"));
        let log = before.store().inner.log.clone();
        let added = session.store().inner.log[log.len()..].to_vec();
        let (before, moved) = (print(&before), before);
        Moment {
            step,
            session: moved,
            before,
            after: print(&session),
            log,
            added,
        }
    };
    let moments = whole_game().into_iter().map(&mut play).collect();
    (switch, moments)
}

fn store_error(result: Result<(), TimeError>) -> StoreError {
    match result {
        Err(TimeError::Act(ActError::Store(error))) => error,
        other => panic!("the store did not fail: {other:?}"),
    }
}

#[test]
fn a_kill_after_any_byte_loses_nothing_that_was_shown() {
    let (switch, moments) = moments();
    let mut offsets = 0;
    for moment in &moments {
        let lines = moment.lines();
        for bytes in 1..=moment.added.len() {
            offsets += 1;
            let (killed, done) = moment.with(&switch, Fault::Killed(bytes));
            store_error(done);
            let found = &killed.store().inner.log;
            assert_eq!(found[moment.log.len()..], moment.added[..bytes]);

            let (mut opened, notices) = open_game(found);
            let at = format!("{:?}, byte {bytes}", moment.step);
            // Whether the step was under way or whole in the log, there is nothing between.
            let in_force = bytes >= moment.binding();
            let expected = if in_force {
                &moment.after
            } else {
                &moment.before
            };
            assert_eq!(print(&opened), *expected, "{at}");

            let mut told = notices.iter();
            if !lines.contains(&bytes) {
                let Some(Notice::Recovered { damage, kept_as }) = told.next() else {
                    panic!("{at}: nothing said of the torn line: {notices:?}");
                };
                assert_eq!(damage.flaw, Flaw::Cut, "{at}");
                assert_eq!(opened.store().aside.last(), Some(found), "{at}: {kept_as}");
            }
            if moment.step.ends_turn() && in_force && bytes < moment.added.len() {
                assert!(
                    matches!(told.next(), Some(Notice::Retried { .. })),
                    "{at}: {notices:?}"
                );
            }
            assert_eq!(told.next(), None, "{at}");

            // The game goes on: the next opening has nothing to tell, and the step can be done.
            let (again, quiet) = open_game(&opened.store().log);
            assert_eq!((print(&again), quiet), (print(&opened), Vec::new()), "{at}");
            if !in_force {
                moment
                    .step
                    .run(&mut opened)
                    .unwrap_or_else(|error| panic!("{at}: {error}"));
                assert_eq!(print(&opened), moment.after, "{at}");
            }
        }
    }
    assert!(
        offsets > 4_000,
        "the campaign has shrunk to {offsets} offsets"
    );
}

#[test]
fn a_write_that_fails_after_any_byte_leaves_no_trace() {
    let (switch, moments) = moments();
    for moment in &moments {
        for bytes in 0..moment.added.len() {
            for fault in [Fault::ShortWrite(bytes), Fault::DiskFull(bytes)] {
                let (mut session, done) = moment.with(&switch, fault);
                let at = format!("{:?}, {fault:?}", moment.step);
                let error = store_error(done);
                match fault {
                    Fault::DiskFull(_) => assert_eq!(error, StoreError::Full, "{at}"),
                    _ => assert!(matches!(error, StoreError::Write(_)), "{at}"),
                }
                assert_eq!(print(&session), moment.before, "{at}");
                assert_eq!(session.store().inner.log, moment.log, "{at}");

                switch.set(None);
                moment
                    .step
                    .run(&mut session)
                    .unwrap_or_else(|error| panic!("{at}: {error}"));
                assert_eq!(print(&session), moment.after, "{at}");
                assert_eq!(
                    session.store().inner.log[moment.log.len()..],
                    moment.added,
                    "{at}"
                );
            }
        }
    }
}

#[test]
fn what_a_failed_write_left_behind_is_cut_before_anything_else_is_written() {
    let (switch, moments) = moments();
    for moment in &moments {
        for bytes in 0..moment.added.len() {
            let (mut session, done) = moment.with(&switch, Fault::Stuck(bytes));
            let at = format!("{:?}, byte {bytes}", moment.step);
            assert_eq!(store_error(done), StoreError::Full, "{at}");
            assert_eq!(print(&session), moment.before, "{at}");
            assert_eq!(
                store_error(moment.step.run(&mut session)),
                StoreError::Full,
                "{at}"
            );

            switch.set(None);
            moment
                .step
                .run(&mut session)
                .unwrap_or_else(|error| panic!("{at}: {error}"));
            assert_eq!(print(&session), moment.after, "{at}");
            assert_eq!(
                session.store().inner.log[moment.log.len()..],
                moment.added,
                "{at}"
            );
        }
    }
}

#[test]
fn a_turn_is_not_shown_before_it_is_safe_against_loss_of_power() {
    let (switch, moments) = moments();
    let mut turns = 0;
    for moment in moments.iter().filter(|moment| moment.step.ends_turn()) {
        turns += 1;
        let (mut session, done) = moment.with(&switch, Fault::FailedSync(0));
        assert!(matches!(store_error(done), StoreError::Sync(_)));
        assert_eq!(print(&session), moment.before);
        assert_eq!(session.store().inner.log, moment.log);

        moment
            .step
            .run(&mut session)
            .expect("the disk answers again");
        assert_eq!(print(&session), moment.after);
        assert_eq!(session.store().synced, session.store().inner.log.len());
    }
    assert!(turns >= 6);
}

#[test]
fn a_kill_while_the_header_is_written_leaves_no_game_and_says_so() {
    let whole = new_game().store().log.clone();
    for bytes in 1..=whole.len() {
        let store = FaultyStore::holding(&[], Fault::Killed(bytes));
        let error = Session::create(store, &setting(), 21).err();
        assert!(matches!(error, Some(OpenError::Store(_))), "{error:?}");
        match open(MemoryStore::holding(&whole[..bytes]), &setting()) {
            Ok(Opening::Game { session, notices }) => {
                assert_eq!(
                    (bytes, session.history().len(), notices),
                    (whole.len(), 0, vec![])
                );
            }
            Err(error @ OpenError::NotALog(_)) => assert_eq!(error.id(), "session.not-a-log"),
            other => panic!("byte {bytes}: {other:?}"),
        }
    }
}

/// Coming back is a write too: the game must survive a kill at each byte of what opening writes.
#[test]
fn a_kill_while_the_game_is_opened_loses_nothing_either() {
    let (_, moments) = moments();
    let (mut held_back, mut retried) = (0, 0);
    for moment in moments.iter().filter(|moment| moment.step.ends_turn()) {
        // The end of the turn is in the log, its outcome is not.
        let found = [moment.log.as_slice(), &moment.added[..moment.binding()]].concat();
        let (whole, _) = open_game(&found);
        let written = whole.store().log.len() - found.len();
        for bytes in 1..=written {
            let mut store = FaultyStore::holding(&found, Fault::Killed(bytes));
            let log = match open(store.clone(), &setting()) {
                Err(OpenError::Store(_)) => {
                    // The store went with the opening; the same bytes are what it had taken.
                    store
                        .inner
                        .log
                        .extend(&whole.store().log[found.len()..][..bytes]);
                    store.inner.log
                }
                other => panic!("byte {bytes}: not killed: {other:?}"),
            };
            let (opened, notices) = open_game(&log);
            let held = notices.iter().any(|n| matches!(n, Notice::HeldBack { .. }));
            *(if held { &mut held_back } else { &mut retried }) += 1;
            let expected = if held { &moment.before } else { &moment.after };
            assert_eq!(
                print(&opened).acts,
                expected.acts,
                "byte {bytes}: {notices:?}"
            );
            assert_eq!(print(&opened).digest, expected.digest, "byte {bytes}");
        }
    }
    assert!(
        held_back > 100 && retried > 100,
        "{held_back} held back, {retried} retried"
    );
}
