//! Opening, replay, verification and export.

use super::game::*;
use crate::support::{small_world, small_world_with};
use commonwatch::rules::{Action, Cents, Digest, Id, Refusal, Table};
use commonwatch::session::log::{Chain, Record};
use commonwatch::session::{
    Act, Journal, Mark, Marks, MemoryStore, Notice, OpenError, Opening, ReadOnly, Session, Setting,
    VerifyError, export, import, open, order_again, verify,
};
use std::sync::Arc;

fn records(log: &[u8]) -> Vec<Record> {
    let mut chain = Chain::default();
    let lines = log
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty());
    lines
        .map(|line| chain.read(line).expect("a good log"))
        .collect()
}

fn seal(records: &[Record]) -> Vec<u8> {
    let (mut chain, mut lines) = (Chain::default(), String::new());
    for record in records {
        chain
            .seal(record, &mut lines)
            .expect("no longer than it was");
    }
    lines.into_bytes()
}

#[test]
fn a_game_opened_again_stands_where_it_was_left_after_every_step() {
    let mut session = new_game();
    for step in whole_game() {
        step.run(&mut session).expect("the script is a legal game");
        let (opened, notices) = open_game(&session.store().log);
        assert_eq!(
            (print(&opened), notices),
            (print(&session), Vec::new()),
            "{step:?}"
        );
    }
    assert!(session.state().over());
}

#[test]
fn a_whole_game_verifies_and_says_its_digest() {
    let session = played();
    let report = verify(&session.store().log, &setting(), None).expect("its own setting");
    assert!(report.ok && !report.unfinished, "{report:?}");
    assert_eq!((report.turns, report.first_differing_turn), (6, None));
    assert_eq!(report.digest, Some(session.state().digest()));

    let until = verify(&session.store().log, &setting(), Some(2)).expect("its own setting");
    let second = session.journal().summaries()[1].digest;
    assert_eq!(
        (until.ok, until.turns, until.digest),
        (true, 2, Some(second))
    );
}

#[test]
fn the_first_turn_that_comes_out_differently_is_named() {
    let session = played();
    let mut records = records(&session.store().log);
    let mut turns = records.iter_mut().filter_map(|record| match record {
        Record::Turn { n, summary, .. } if summary.turn == 3 => Some((n, summary)),
        _ => None,
    });
    turns.next_back().expect("turn 3 was played").1.published[0] += 1;
    let report = verify(&seal(&records), &setting(), None).expect("its own setting");
    assert_eq!(
        (report.ok, report.first_differing_turn, report.turns),
        (false, Some(3), 2)
    );

    let log = seal(&records);
    match open(MemoryStore::holding(log), &setting()) {
        Ok(Opening::ReadOnly(archive)) => {
            assert_eq!(archive.why, ReadOnly::Differs { turn: 3 });
            assert_eq!(archive.turns().len(), 6);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_setting_opens_the_log_to_be_read_and_never_plays_it() {
    let session = played();
    let log = session.store().log.clone();
    let mut later = setting();
    later.rules = "another".to_owned();
    let rich = small_world_with(|world| world.purse.income = Cents::funds(9));
    let rich = Setting::new(Arc::new(rich), Digest(7));

    for (setting, id) in [(&later, "other-rules"), (&rich, "other-scenario")] {
        let opening = open(MemoryStore::holding(log.clone()), setting);
        let Ok(Opening::ReadOnly(archive)) = opening else {
            panic!("{id}: {opening:?}")
        };
        let why = match archive.why {
            ReadOnly::OtherRules { .. } => "other-rules",
            ReadOnly::OtherScenario { .. } => "other-scenario",
            ReadOnly::Differs { .. } => "differs",
        };
        assert_eq!(why, id);
        let figures: Vec<u16> = archive
            .turns()
            .iter()
            .map(|played| played.summary.turn)
            .collect();
        assert_eq!(figures, [1, 2, 3, 4, 5, 6], "its turns can be read");
        assert!(matches!(
            verify(&log, setting, None),
            Err(VerifyError::Other(_))
        ));

        assert!(archive.can_order_again(&setting.world.scenario));
        assert!(!archive.can_order_again(&Id::from("elsewhere")));
        let mut again = Session::create(MemoryStore::default(), setting, 21).expect("empty");
        let left_out = order_again(&mut again, &archive.orders()).expect("memory");
        assert_eq!(
            again.history().len() + left_out.len(),
            archive.orders().len()
        );
        assert!(again.state().over());
    }
}

#[test]
fn words_mended_after_the_game_do_not_orphan_its_log() {
    let session = played();
    let mended = Setting::new(small_world(), Digest(8));
    assert!(
        verify(&session.store().log, &mended, None)
            .expect("the same rules")
            .ok
    );
}

#[test]
fn the_same_orders_under_the_same_rules_are_the_same_game() {
    let session = played();
    for (seed, same) in [(21, true), (22, false)] {
        let mut again = Session::create(MemoryStore::default(), &setting(), seed).expect("empty");
        let left_out = order_again(&mut again, &session.history()).expect("memory");
        assert!(left_out.is_empty(), "{left_out:?}");
        let digest = again.state().digest();
        assert_eq!(digest == session.state().digest(), same, "seed {seed}");
    }
}

#[test]
fn orders_that_do_not_stand_any_more_are_listed_with_turn_and_reason() {
    let session = played();
    let mut acts: Vec<Act> = session.history().into_iter().cloned().collect();
    // A side that the card does not know any more, and a unit that is gone.
    let gone = Id::from("gone");
    if let Action::SetUp { presets, .. } = &mut acts[0].action {
        presets.push(gone.clone());
    }
    let second = acts.iter().position(|act| act.turn == 2).expect("turn 2");
    let mut extra = acts[second].clone();
    extra.action = Action::Withdraw { unit: gone.clone() };
    acts.insert(second, extra);
    let acts: Vec<&Act> = acts.iter().collect();
    let mut again = Session::create(MemoryStore::default(), &setting(), 21).expect("empty");
    let left_out = order_again(&mut again, &acts).expect("memory");
    let told: Vec<(u16, &Refusal)> = left_out.iter().map(|it| (it.turn, &it.refusal)).collect();
    assert!(
        matches!(
            told[..],
            [
                (1, Refusal::UnknownPreset(..)),
                (2, Refusal::UnknownUnit(..))
            ]
        ),
        "{told:?}"
    );
    assert_eq!(
        again.state().digest(),
        session.state().digest(),
        "the rest of the game is the same"
    );
}

#[test]
fn an_export_can_be_imported_and_leaves_words_at_home_when_asked() {
    let mut session = played();
    let whole = session.export(Marks::Keep).expect("its own log");
    assert_eq!(whole.as_bytes(), session.store().log);

    let plain = session.export(Marks::LeaveOut).expect("its own log");
    for word in ["Ask again", "Zoë", "记录", "street-theft"] {
        assert!(whole.contains(word) && !plain.contains(word), "{word}");
    }
    let imported = import(MemoryStore::default(), plain.as_bytes(), &setting());
    let Ok(Opening::Game {
        session: imported,
        notices,
    }) = imported
    else {
        panic!("{imported:?}")
    };
    assert_eq!(notices, []);
    assert_eq!(imported.history().len(), session.history().len());
    assert_eq!(imported.state().digest(), session.state().digest());
    assert!(imported.journal().marks().is_empty());

    let full = import(
        MemoryStore::holding("something"),
        plain.as_bytes(),
        &setting(),
    );
    assert!(matches!(full, Err(OpenError::NotEmpty)));
    assert!(export(&plain.as_bytes()[..plain.len() - 1], Marks::Keep).is_err());
}

/// A turn that stops the program is tried again once; after that the game opens before it.
#[test]
fn a_turn_that_fails_twice_over_is_held_back_with_its_orders() {
    let mut session = new_game();
    session
        .act(&id("street"), &set_up(Table::Shared))
        .expect("legal");
    session
        .act(&id("street"), &withdraw("foot-2"))
        .expect("legal");
    let planned = print(&session);
    let mut records = records(&session.store().log);
    records.push(Record::Act {
        n: 3,
        parent: 2,
        seat: id("street"),
        action: Action::EndTurn,
    });

    let (retried, notices) = open_game(&seal(&records));
    assert_eq!(notices, [Notice::Retried { turn: 1 }]);
    assert_eq!(retried.state().turn(), 2);

    records.push(Record::Retry { n: 3 });
    let (mut held, notices) = open_game(&seal(&records));
    assert_eq!(notices, [Notice::HeldBack { turn: 1 }]);
    assert_eq!(print(&held), planned);
    let report = held.export(Marks::LeaveOut).expect("the report to send");
    assert!(report.contains("Retry(n:3)"), "{report}");

    held.act(&id("street"), &Action::EndTurn)
        .expect("it may be tried by hand");
    let (again, notices) = open_game(&held.store().log);
    assert_eq!((print(&again), notices), (print(&held), Vec::new()));
}

#[test]
fn a_text_that_is_too_long_is_refused_and_one_that_just_fits_is_kept() {
    let mut session = new_game();
    let note = |length: usize| Mark::Note {
        seat: id("street"),
        text: "\u{1F6A8}".repeat(length),
    };
    assert!(session.mark(note(4_001)).is_err());
    session.mark(note(4_000)).expect("the longest text");
    let (opened, notices) = open_game(&session.store().log);
    assert_eq!((print(&opened), notices), (print(&session), Vec::new()));
}

#[test]
fn a_place_that_holds_something_is_not_written_over() {
    let taken = Session::create(MemoryStore::holding("a diary"), &setting(), 1);
    assert!(matches!(taken, Err(OpenError::NotEmpty)));
    let read = Journal::read(b"a diary");
    assert_eq!(read.map(|_| ()).map_err(|damage| damage.line), Err(1));
}
