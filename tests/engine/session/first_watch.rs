//! The fault campaign on the scenario that every workshop begins with.

use super::faulty::{Fault, FaultyStore};
use super::game::{Print, Step, print};
use commonwatch::rules::{Action, Id, Table, command};
use commonwatch::scenario::{find_built_in, load};
use commonwatch::session::{
    Consent, MemoryStore, Notice, Opening, Session, Setting, Store, open, verify,
};

fn setting() -> Setting {
    let built_in = find_built_in("first-watch").expect("it is part of the program");
    let loaded = load(&built_in.source()).unwrap_or_else(|report| panic!("{report:?}"));
    Setting::from(&loaded.scenario)
}

fn open_game<S: Store>(store: S, setting: &Setting) -> (Session<S>, Vec<Notice>) {
    match open(store, setting) {
        Ok(Opening::Game { session, notices }) => (*session, notices),
        Ok(Opening::ReadOnly(archive)) => panic!("read only: {}", archive.why),
        Err(error) => panic!("{error}"),
    }
}

/// Gives the first of `actions` that stands.
fn give<S: Store>(session: &mut Session<S>, actions: Vec<Action>) {
    let seats: Vec<Id> = session
        .state()
        .world()
        .seats
        .iter()
        .map(|seat| seat.id.clone())
        .collect();
    for action in actions {
        for seat in &seats {
            if command::check(session.state(), seat, &action).is_ok() {
                session.act(seat, &action).expect("it was checked");
                return;
            }
        }
    }
}

/// A whole game: in each turn every unit is sent somewhere if it can be, every card answered, and
/// the last order taken back and put back. What stands after each step, by the length of the log.
fn game(store: FaultyStore, setting: &Setting) -> Vec<(Print, Vec<u8>)> {
    let mut session = Session::create(store, setting, 5).expect("no fault");
    let world = session.state().world().clone();
    let seat = world.seats[0].id.clone();
    let mut moments = Vec::new();
    let mut seen = |session: &Session<FaultyStore>| {
        moments.push((print(session), session.store().inner.log.clone()));
    };
    seen(&session);
    session
        .act(
            &seat,
            &Action::SetUp {
                table: Table::Shared,
                presets: Vec::new(),
            },
        )
        .expect("a new game");
    seen(&session);
    for turn in 0..usize::from(world.turns) {
        for (at, unit) in world.units.iter().enumerate() {
            let kind = &world.kinds[unit.kind.at()];
            let to = &world.precincts[(turn + at) % world.precincts.len()].id;
            let orders = kind.tactics.iter().map(|tactic| Action::Assign {
                unit: unit.id.clone(),
                to: to.clone(),
                tactic: *tactic,
            });
            give(&mut session, orders.collect());
            seen(&session);
        }
        for inject in &world.injects {
            let answers = inject.options.iter().map(|option| Action::Answer {
                inject: inject.id.clone(),
                option: option.id.clone(),
            });
            give(&mut session, answers.collect());
            seen(&session);
        }
        for step in [
            Step::Undo("street", Consent::NotGiven),
            Step::Redo("street"),
        ] {
            // A turn without an order has none to take back.
            if step.run(&mut session).is_ok() {
                seen(&session);
            }
        }
        session
            .act(&seat, &Action::EndTurn)
            .expect("a turn can always be ended");
        seen(&session);
    }
    assert!(session.state().over());
    moments
}

#[test]
fn a_kill_after_any_byte_of_first_watch_loses_nothing_that_was_shown() {
    let setting = setting();
    let moments = game(FaultyStore::default(), &setting);
    let (last, whole) = moments.last().expect("a game");
    assert!(verify(whole, &setting, None).expect("its own setting").ok);

    let header = moments[0].1.len();
    let mut at = 0;
    for bytes in header..=whole.len() {
        // The last moment that is whole in these bytes was shown; the next was under way.
        while moments
            .get(at + 1)
            .is_some_and(|(_, log)| log.len() <= bytes)
        {
            at += 1;
        }
        let (opened, notices) = open_game(MemoryStore::holding(&whole[..bytes]), &setting);
        let found = print(&opened);
        let cut = whole[bytes - 1] != b'\n';
        let told = notices
            .iter()
            .any(|notice| matches!(notice, Notice::Recovered { .. }));
        assert_eq!(told, cut, "byte {bytes}: {notices:?}");
        let retried = notices
            .iter()
            .any(|notice| matches!(notice, Notice::Retried { .. }));
        let shown = &moments[at].0;
        if retried {
            let next = &moments[at + 1].0;
            assert_eq!(
                (found.digest, &found.acts),
                (next.digest, &next.acts),
                "byte {bytes}"
            );
        } else {
            assert_eq!(found, *shown, "byte {bytes}");
        }
    }
    assert_eq!(at + 1, moments.len());
    assert_eq!(last.turn, setting.world.turns);
}

#[test]
fn no_turn_of_first_watch_is_shown_before_it_is_safe() {
    let setting = setting();
    let moments = game(FaultyStore::default(), &setting);
    let seat = setting.world.seats[0].id.clone();
    let ends = moments
        .windows(2)
        .filter(|pair| pair[1].0.turn > pair[0].0.turn);
    let mut turns = 0;
    for pair in ends {
        turns += 1;
        for fault in [
            Fault::FailedSync(0),
            Fault::ShortWrite(40),
            Fault::DiskFull(200),
        ] {
            let (mut session, _) = open_game(FaultyStore::holding(&pair[0].1, fault), &setting);
            let error = session
                .act(&seat, &Action::EndTurn)
                .expect_err("the store fails");
            assert_eq!(print(&session).acts, pair[0].0.acts, "{error}");
            assert_eq!(session.store().inner.log, pair[0].1, "{error}");
            session.store().switch.set(None);
            session
                .act(&seat, &Action::EndTurn)
                .expect("the store works again");
            assert_eq!(session.state().digest(), pair[1].0.digest);
        }
    }
    assert_eq!(turns, setting.world.turns - 1);
}
