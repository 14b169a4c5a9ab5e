//! Ways to start: the room takes one at the set-up, the log keeps it, and the year is still measured
//! against the usual one.

use crate::support::small_world_with;
use commonwatch::rules::id::{PrecinctIx, UnitIx};
use commonwatch::rules::world::{Deployment, Preset, Stand, Starts, Tactic};
use commonwatch::rules::{
    Action, Cents, Digest, Id, Ledger, Refusal, State, Table, World, command, view,
};
use commonwatch::scenario::{Scenario, find_built_in, load};
use commonwatch::session::{
    Consent, MemoryStore, Opening, Session, Setting, open, order_again, verify,
};
use commonwatch::text::Lang;
use std::sync::Arc;

fn scenario() -> Scenario {
    let source = find_built_in("pearl-bay").expect("it is built in").source();
    load(&source).expect("a good scenario").scenario
}

fn pearl_bay() -> Arc<World> {
    scenario().world
}

fn set_up(choices: &[&str]) -> Action {
    let presets = choices.iter().map(|id| Id::from(*id)).collect();
    let table = Table::Shared;
    Action::SetUp { table, presets }
}

fn does(state: &State, action: &Action) -> Result<State, Refusal> {
    let seat = state.world().seats[0].id.clone();
    command::apply(state, &seat, action, &mut Ledger::without_detail())
}

fn begun(world: &Arc<World>, choices: &[&str]) -> State {
    does(&State::new(Arc::clone(world), 3), &set_up(choices)).expect("it stands")
}

fn stands(state: &State) -> Vec<Stand> {
    let mut stands = vec![None; state.world().units.len()];
    for (unit, post) in view(state, &state.world().seats[0].id).units() {
        stands[unit.at()] = post.at;
    }
    stands
}

fn free(state: &State) -> Cents {
    view(state, &state.world().seats[0].id).free_funds()
}

/// A small world with a second team that comes in turn 2, and two ways to start.
fn two_ways() -> Arc<World> {
    Arc::new(small_world_with(|world| {
        world.units[0].post = Some((PrecinctIx(0), Tactic::Visible));
        world.units[1].from = 2;
        let to = |place| Some((PrecinctIx(place), Tactic::HotSpot));
        let start = |id: &str, posts| Deployment {
            id: Id::from(id),
            posts,
        };
        world.starts = Starts(vec![
            start("east", vec![(UnitIx(0), to(1)), (UnitIx(1), to(3))]),
            start("empty", vec![(UnitIx(0), None)]),
        ]);
    }))
}

#[test]
fn each_start_puts_the_teams_where_it_says_and_the_others_where_they_were() {
    let world = pearl_bay();
    let usual = stands(&begun(&world, &[]));
    assert_eq!(world.starts.0.len(), 2);
    for start in &world.starts.0 {
        let state = begun(&world, &[start.id.as_str()]);
        let mut expected = usual.clone();
        for (unit, stand) in &start.posts {
            assert_ne!(expected[unit.at()], *stand, "{}", start.id);
            expected[unit.at()] = *stand;
        }
        assert_eq!(stands(&state), expected, "{}", start.id);
        assert_ne!(state.digest(), begun(&world, &[]).digest());
    }
    // What stands is paid for: a foot team and mediators more.
    let price = |id: &str| world.kind_of(world.unit(&Id::from(id)).expect(id)).price;
    let more = price("foot-6") + price("mediators-3");
    let [usual, filled, moved] =
        [&[][..], &["fill-the-gaps"], &["ears-first"]].map(|choices| free(&begun(&world, choices)));
    assert_eq!((filled, moved), (usual - more, usual));
    assert!(filled > Cents(0));
    // The room is told what it costs.
    let (_, about) = &scenario().names.starts[0];
    for lang in Lang::ALL {
        let about = about.in_lang(lang);
        assert!(about.contains(&more.to_string()), "{more}: {about}");
    }
}

#[test]
fn a_unit_that_comes_later_comes_to_where_the_start_says() {
    let world = two_ways();
    let at = |place, tactic| Some((PrecinctIx(place), tactic));
    let usual = at(1, Tactic::Visible);
    for (choices, first, second) in [
        (&[][..], at(0, Tactic::Visible), usual),
        (&["east"], at(1, Tactic::HotSpot), at(3, Tactic::HotSpot)),
        (&["empty"], None, usual),
    ] {
        let state = begun(&world, choices);
        assert_eq!(stands(&state)[..2], [first, None], "{choices:?}");
        let state = does(&state, &Action::EndTurn).expect("a turn");
        assert_eq!(stands(&state)[..2], [first, second], "{choices:?}");
    }
}

/// Another start is what the room did: as if the usual one stood and the orders were given at once.
#[test]
fn another_start_is_measured_against_the_usual_one() {
    let world = pearl_bay();
    let (unit, to) = (Id::from("community-8"), Id::from("rail-yards"));
    let tactic = Tactic::Outreach;
    let played = |choices: &[&str], orders: &[Action]| {
        let orders = orders.iter().chain([&Action::EndTurn]);
        orders.fold(begun(&world, choices), |state, order| {
            does(&state, order).expect("it stands")
        })
    };
    let chosen = played(&["ears-first"], &[]);
    let ordered = played(&[], &[Action::Assign { unit, to, tactic }]);
    assert_eq!(chosen.summary(), ordered.summary());
    assert_ne!(chosen.summary(), played(&[], &[]).summary());
}

#[test]
fn a_start_is_one_answer_to_one_question_and_goes_with_answers_to_others() {
    let world = two_ways();
    let new = State::new(Arc::clone(&world), 3);
    let [east, empty] = ["east", "empty"].map(Id::from);
    let both = does(&new, &set_up(&["east", "empty"])).expect_err("one start");
    assert_eq!(both, Refusal::SameQuestion(east.clone(), empty));
    let slip = does(&new, &set_up(&["eats"])).expect_err("no such start");
    assert_eq!(slip, Refusal::UnknownPreset(Id::from("eats"), Some(east)));
    let mut world = World::clone(&world);
    world.presets.push(Preset {
        id: Id::from("a-side"),
        question: Id::from("a-question"),
        values: Vec::new(),
    });
    let state = begun(&Arc::new(world), &["a-side", "east"]);
    let view = view(&state, &state.world().seats[0].id);
    assert_eq!(
        view.deployment().map(|start| start.id.as_str()),
        Some("east")
    );
}

/// A log played with a start must not be read by a scenario in which the start is another one.
#[test]
fn what_a_start_says_is_part_of_the_digest_of_the_world() {
    let hash = |posts: Option<Stand>| {
        let change = |world: &mut World| {
            let start = posts.map(|stand| Deployment {
                id: Id::from("east"),
                posts: vec![(UnitIx(0), stand)],
            });
            world.starts = Starts(start.into_iter().collect());
        };
        small_world_with(change).rules_hash()
    };
    let to = |place| Some((PrecinctIx(place), Tactic::HotSpot));
    let hashes = [None, Some(None), Some(to(1)), Some(to(2))].map(hash);
    for (at, one) in hashes.iter().enumerate() {
        assert!(!hashes[..at].contains(one), "{at}");
    }
}

#[test]
fn the_log_keeps_the_start_and_plays_it_again() {
    let setting = Setting::new(pearl_bay(), Digest(1));
    let seat = setting.world.seats[0].id.clone();
    let end = |choices: &[&str]| {
        let mut session = Session::create(MemoryStore::default(), &setting, 3).expect("empty");
        session.act(&seat, &set_up(choices)).expect("it stands");
        let first = session.state().digest();
        let unit = Id::from("car-1");
        session.act(&seat, &Action::Withdraw { unit }).expect("out");
        session.undo(&seat, Consent::NotGiven).expect("its own");
        assert_eq!(session.state().digest(), first, "the start is still there");
        for _ in 0..2 {
            session.act(&seat, &Action::EndTurn).expect("a turn");
        }
        session
    };
    for choices in [&[][..], &["fill-the-gaps"], &["ears-first"]] {
        let session = end(choices);
        let digest = session.state().digest();
        let log = session.store().log.clone();
        let text = String::from_utf8(log.clone()).expect("text");
        assert_eq!(text.contains("presets"), !choices.is_empty());
        assert!(choices.iter().all(|id| text.contains(id)));
        assert!(verify(&log, &setting, None).expect("its own log").ok);
        let mut again = Session::create(MemoryStore::default(), &setting, 3).expect("empty");
        let left_out = order_again(&mut again, &session.history()).expect("memory");
        assert!(left_out.is_empty(), "{left_out:?}");
        assert_eq!(again.state().digest(), digest);
        match open(session.into_store(), &setting) {
            Ok(Opening::Game { session, .. }) => assert_eq!(session.state().digest(), digest),
            other => panic!("{other:?}"),
        }
    }
}
