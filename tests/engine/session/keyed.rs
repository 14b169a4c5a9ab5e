//! A log in a browser's storage: everything that such a place can do to it.

use super::game::*;
use commonwatch::session::shelf::Shelf;
use commonwatch::session::{
    ActError, KeyValue, KeyedStore, NotKept, Notice, Opening, Session, Store, StoreError,
    TimeError, open, verify,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

type Texts = BTreeMap<String, String>;

/// A browser's storage: all clones are the same place.
#[derive(Clone, Debug, Default)]
struct Place(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    texts: Texts,
    /// The place after each change.
    past: Vec<Texts>,
    /// So many more bytes fit, if there is an end to them.
    room: Option<usize>,
    /// Whether every call is refused.
    closed: bool,
}

impl Place {
    fn holding(texts: &Texts) -> Self {
        let place = Self::default();
        place.inner().texts.clone_from(texts);
        place
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().expect("no test panics while it holds this")
    }

    fn texts(&self) -> Texts {
        self.inner().texts.clone()
    }

    /// Changes the text whose key ends so.
    fn spoil(&self, key: &str, change: impl FnOnce(&str) -> String) {
        let mut inner = self.inner();
        let (_, text) = inner
            .texts
            .iter_mut()
            .find(|(name, _)| name.ends_with(key))
            .expect("it is there");
        *text = change(text);
    }
}

impl KeyValue for Place {
    fn get(&self, key: &str) -> Result<Option<String>, NotKept> {
        let inner = self.inner();
        match inner.closed {
            true => Err(NotKept::Blocked("SecurityError".to_owned())),
            false => Ok(inner.texts.get(key).cloned()),
        }
    }

    fn put(&mut self, key: &str, text: &str) -> Result<(), NotKept> {
        let mut inner = self.inner();
        if inner.closed {
            return Err(NotKept::Blocked("SecurityError".to_owned()));
        }
        let size = key.len() + text.len();
        if let Some(room) = inner.room {
            inner.room = Some(room.checked_sub(size).ok_or(NotKept::Full)?);
        }
        inner.texts.insert(key.to_owned(), text.to_owned());
        let now = inner.texts.clone();
        inner.past.push(now);
        Ok(())
    }

    fn remove(&mut self, key: &str) -> Result<(), NotKept> {
        let mut inner = self.inner();
        if inner.closed {
            return Err(NotKept::Blocked("SecurityError".to_owned()));
        }
        if inner.texts.remove(key).is_some() {
            let now = inner.texts.clone();
            inner.past.push(now);
        }
        Ok(())
    }
}

fn hold(place: &Place, holder: &str) -> KeyedStore<Place> {
    KeyedStore::hold(place.clone(), "log", holder).expect("a small log")
}

fn begin(place: &Place) -> Session<KeyedStore<Place>> {
    Session::create(hold(place, "first"), &setting(), 21).expect("a new game")
}

/// The game that is found in a place after a reload, and what is said about it.
fn reload(texts: &Texts) -> (Session<KeyedStore<Place>>, Vec<Notice>) {
    match open(hold(&Place::holding(texts), "second"), &setting()) {
        Ok(Opening::Game { session, notices }) => (*session, notices),
        other => panic!("the game does not open: {other:?}"),
    }
}

fn run(session: &mut Session<KeyedStore<Place>>, step: &Step) {
    step.run(session)
        .unwrap_or_else(|error| panic!("{step:?}: {error}"));
}

#[test]
fn a_page_that_is_gone_at_any_moment_leaves_what_was_shown() {
    let place = Place::default();
    let mut session = begin(&place);
    for step in whole_game() {
        let before = print(&session);
        let since = place.inner().past.len();
        run(&mut session, &step);
        let after = print(&session);
        let past = place.inner().past[since..].to_vec();
        assert!(!past.is_empty(), "{step:?} was not written");
        for texts in &past {
            let (found, notices) = reload(texts);
            let found = print(&found);
            assert!(found == before || found == after, "{step:?}: {found:?}");
            let again = matches!(notices[..], [Notice::Retried { .. }]);
            assert!(notices.is_empty() || again && step.ends_turn());
        }
        let (found, notices) = reload(&place.texts());
        assert_eq!(print(&found), after, "{step:?} was shown");
        assert_eq!(notices, []);
    }
    let log = session.store().live().bytes();
    assert_eq!(log, played().store().log, "the same lines as anywhere");
}

#[test]
fn a_piece_that_was_cut_anywhere_ends_the_log_before_it() {
    let place = Place::default();
    let mut session = begin(&place);
    run(&mut session, &whole_game()[0]);
    let before = print(&session);
    run(&mut session, &whole_game()[1]);
    let texts = place.texts();
    let (key, last) = texts.get_key_value("log/2").expect("the third line");
    for (cut, _) in last.char_indices() {
        let mut cut_short = texts.clone();
        cut_short.insert(key.clone(), last[..cut].to_owned());
        let (mut found, notices) = reload(&cut_short);
        assert_eq!(print(&found), before, "cut after {cut} bytes");
        assert_eq!(notices, []);
        run(&mut found, &whole_game()[1]);
        let log = found.store().live();
        assert!(log.is_kept());
        assert!(verify(&log.bytes(), &setting(), None).is_ok_and(|report| report.ok));
    }
}

#[test]
fn a_full_place_lets_the_game_go_on_and_takes_it_when_there_is_room() {
    let steps = whole_game();
    let half = steps.len() / 2;
    let place = Place::default();
    let mut session = begin(&place);
    for step in &steps[..half] {
        run(&mut session, step);
    }
    let (kept, live) = (print(&session), session.store().live());
    assert!(live.is_kept());
    place.inner().room = Some(40);
    for step in &steps[half..steps.len() - 1] {
        run(&mut session, step);
        assert!(!live.is_kept(), "the players must be told");
        let (found, _) = reload(&place.texts());
        assert_eq!(print(&found), kept);
    }
    place.inner().room = None;
    run(&mut session, &steps[steps.len() - 1]);
    assert!(live.is_kept());
    let (found, notices) = reload(&place.texts());
    assert_eq!(print(&found), print(&session));
    assert_eq!(notices, []);
    assert_eq!(live.bytes(), played().store().log);
}

#[test]
fn a_closed_place_is_no_obstacle() {
    let place = Place::default();
    place.inner().closed = true;
    let shelf = Shelf::new(place);
    assert_eq!(shelf.last(), None);
    let store = shelf.begin(&id("town"), "first").expect("in memory");
    let mut session = Session::create(store, &setting(), 21).expect("a new game");
    for step in whole_game() {
        run(&mut session, &step);
    }
    let live = session.store().live();
    assert!(!live.is_kept());
    assert_eq!(live.bytes(), played().store().log);
}

#[test]
fn the_page_that_opened_a_game_last_holds_it() {
    let place = Place::default();
    let mut first = begin(&place);
    run(&mut first, &whole_game()[0]);
    let Ok(Opening::Game {
        session: mut second,
        ..
    }) = open(hold(&place, "second"), &setting())
    else {
        panic!("the game does not open");
    };
    let (texts, before) = (place.texts(), print(&first));
    let refused = whole_game()[2].run(&mut first);
    let locked = TimeError::Act(ActError::Store(StoreError::Locked));
    assert_eq!(refused, Err(locked));
    assert_eq!(print(&first), before);
    assert_eq!(place.texts(), texts);
    run(&mut second, &whole_game()[2]);
    let (found, notices) = reload(&place.texts());
    assert_eq!(print(&found), print(&second));
    assert_eq!(notices, []);
}

#[test]
fn a_place_that_was_emptied_gets_the_whole_log_again() {
    let place = Place::default();
    let mut session = begin(&place);
    let steps = whole_game();
    for step in &steps[..8] {
        run(&mut session, step);
    }
    place.inner().texts.clear();
    run(&mut session, &steps[8]);
    let (found, notices) = reload(&place.texts());
    assert_eq!(print(&found), print(&session));
    assert_eq!(notices, []);
}

#[test]
fn what_lies_behind_a_lost_piece_does_not_come_back() {
    let place = Place::default();
    let mut session = begin(&place);
    let steps = whole_game();
    for step in &steps[..6] {
        run(&mut session, step);
    }
    place.inner().texts.remove("log/2");
    let Ok(Opening::Game { mut session, .. }) = open(hold(&place, "second"), &setting()) else {
        panic!("the game does not open");
    };
    // The same line as the one that was lost, so that the next piece would fit both in its place
    // and in its check value.
    run(&mut session, &steps[1]);
    let (found, notices) = reload(&place.texts());
    assert_eq!(print(&found), print(&session));
    assert_eq!(notices, []);
}

#[test]
fn a_damaged_log_is_kept_beside_its_good_part() {
    let place = Place::default();
    let mut session = begin(&place);
    for step in &whole_game()[..4] {
        run(&mut session, step);
    }
    let log = session.store().live().bytes();
    place.spoil("log/3", |text| text.replacen("foot-1", "foot-3", 1));
    let damaged = Place::holding(&place.texts());
    let Ok(Opening::Game { session, notices }) = open(hold(&damaged, "second"), &setting()) else {
        panic!("the game does not open");
    };
    let [Notice::Recovered { kept_as, .. }] = &notices[..] else {
        panic!("nobody is told: {notices:?}");
    };
    assert_eq!(session.history().len(), 1);
    let mut copy = KeyedStore::hold(damaged.clone(), kept_as, "third").expect("a small log");
    let copy = copy.read_all().expect("it is in memory");
    assert_eq!(copy.len(), log.len());
    assert_ne!(copy, log);
    let (_, notices) = reload(&damaged.texts());
    assert_eq!(notices, [], "once is enough");
}

#[test]
fn a_shelf_numbers_games_and_finds_the_last_that_was_begun() {
    let place = Place::default();
    let shelf = Shelf::new(place.clone());
    let play = |holder: &str, steps: usize| {
        let store = shelf.begin(&id("town"), holder).expect("there is room");
        let mut session = Session::create(store, &setting(), 21).expect("a new game");
        for step in &whole_game()[..steps] {
            run(&mut session, step);
        }
        print(&session)
    };
    play("first", 3);
    let second = play("second", 11);
    let saved = shelf.last().expect("two games");
    assert_eq!((saved.name.as_str(), saved.turn), ("commonwatch/town-2", 2));
    assert!(!saved.over);
    let store = shelf.open(&saved.name, "third").expect("it is there");
    let Ok(Opening::Game { session, .. }) = open(store, &setting()) else {
        panic!("the game does not open");
    };
    assert_eq!(print(&session), second);
}
