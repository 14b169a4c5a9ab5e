//! Logs in real files: locks, damage, folders, and the list of games to continue.

use super::game::*;
use commonwatch::rules::{Action, Table};
use commonwatch::session::folders::{EXTENSION, Folders, SavedGame};
use commonwatch::session::{FileStore, Marks, Notice, Opening, Session, Store, StoreError, open};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

fn open_file(path: &Path) -> (Session<FileStore>, Vec<Notice>) {
    match open(
        FileStore::open(path).expect("nobody else holds it"),
        &setting(),
    ) {
        Ok(Opening::Game { session, notices }) => (*session, notices),
        other => panic!("{other:?}"),
    }
}

fn new_file(folders: &Folders) -> Session<FileStore> {
    let store = folders
        .new_journal(&id("four-corners"))
        .expect("an empty folder");
    Session::create(store, &setting(), 21).expect("a new file")
}

#[test]
fn a_game_in_a_file_is_the_game_in_memory() {
    let root = tempfile::tempdir().expect("a folder");
    let folders = Folders::under(root.path());
    let mut session = new_file(&folders);
    for step in whole_game() {
        step.run(&mut session).expect("the script is a legal game");
    }
    let path = session.store().path().to_owned();
    let before = print(&session);
    drop(session);
    let (mut again, notices) = open_file(&path);
    assert_eq!((print(&again), notices), (before, Vec::new()));
    let memory = played().store().log.clone();
    assert_eq!(
        again.export(Marks::Keep).expect("whole").into_bytes(),
        memory
    );
}

#[test]
fn a_journal_that_is_open_elsewhere_is_left_alone() {
    let root = tempfile::tempdir().expect("a folder");
    let session = new_file(&Folders::under(root.path()));
    let path = session.store().path().to_owned();
    assert_eq!(FileStore::open(&path).err(), Some(StoreError::Locked));
    drop(session);
    assert!(FileStore::open(&path).is_ok());
    let missing = FileStore::open(&root.path().join("nothing.cwlog"));
    assert_eq!(missing.err(), Some(StoreError::Missing));
    assert_eq!(FileStore::create(&path).err(), Some(StoreError::Exists));
}

#[test]
fn a_damaged_file_is_kept_beside_the_good_part_each_time() {
    let root = tempfile::tempdir().expect("a folder");
    let mut session = new_file(&Folders::under(root.path()));
    let path = session.store().path().to_owned();
    session
        .act(&id("street"), &set_up(Table::Shared))
        .expect("legal");
    session.act(&id("street"), &Action::EndTurn).expect("legal");
    let good = print(&session);
    drop(session);

    let whole = fs::read(&path).expect("the log");
    for round in 1..=2 {
        let bad = [whole.as_slice(), b"0123456789abcdef Act(n:3"].concat();
        fs::write(&path, &bad).expect("damage");
        let (opened, notices) = open_file(&path);
        assert_eq!(print(&opened), good);
        let [Notice::Recovered { damage, kept_as }] = notices.as_slice() else {
            panic!("{notices:?}");
        };
        assert_eq!(
            (damage.line, damage.good_turns, damage.good_acts),
            (5, 1, 2)
        );
        assert_eq!(*kept_as, format!("four-corners-1.cwlog.damaged-{round}"));
        let kept = fs::read(path.with_file_name(kept_as)).expect("the copy");
        assert_eq!(kept, bad);
        drop(opened);
        assert_eq!(fs::read(&path).expect("the log"), whole);
    }
}

#[test]
fn games_to_continue_are_listed_the_latest_first() {
    let root = tempfile::tempdir().expect("a folder");
    let folders = Folders::under(root.path());
    assert_eq!(folders.saved_games(), []);
    let mut first = new_file(&folders);
    first
        .act(&id("street"), &set_up(Table::Shared))
        .expect("legal");
    let mut second = new_file(&folders);
    second
        .act(&id("street"), &set_up(Table::Shared))
        .expect("legal");
    for _ in 0..2 {
        second.act(&id("street"), &Action::EndTurn).expect("legal");
    }
    fs::write(folders.logs.join("diary.txt"), "no log").expect("a file");
    fs::write(folders.logs.join(format!("broken.{EXTENSION}")), "no log").expect("a file");
    let hour_ago = std::time::SystemTime::now() - Duration::from_secs(3_600);
    let older = fs::File::options()
        .append(true)
        .open(first.store().path())
        .expect("the log");
    older.set_modified(hour_ago).expect("a time");

    let games = folders.saved_games();
    let told: Vec<_> = games
        .iter()
        .map(|game| {
            (
                game.path.file_name().and_then(|n| n.to_str()),
                game.turn,
                game.of,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (Some("four-corners-2.cwlog"), 3, 6),
            (Some("four-corners-1.cwlog"), 1, 6)
        ]
    );
    assert!(
        games
            .iter()
            .all(|game| game.scenario == id("four-corners") && !game.over)
    );
    assert_eq!(games[1].saved, hour_ago);

    for _ in 2..6 {
        second.act(&id("street"), &Action::EndTurn).expect("legal");
    }
    let ended = SavedGame::look_at(second.store().path()).expect("a log");
    assert_eq!((ended.turn, ended.over), (6, true));
}

#[test]
fn the_name_of_a_scenario_cannot_lead_out_of_the_folder() {
    let root = tempfile::tempdir().expect("a folder");
    let folders = Folders::under(root.path());
    let store = folders
        .new_journal(&id("../../x/.hidden"))
        .expect("a new file");
    assert_eq!(store.path(), folders.logs.join("xhidden-1.cwlog"));
}

/// Giving an order must not wait for the disk: the sync happens beside it, once for many orders.
#[test]
fn an_order_does_not_wait_for_the_disk() {
    let root = tempfile::tempdir().expect("a folder");
    let mut store = FileStore::create(&root.path().join("x.cwlog")).expect("a new file");
    let start = Instant::now();
    for _ in 0..2_000 {
        store.append(b"0123456789abcdef Act(n:1)\n").expect("room");
    }
    assert!(
        start.elapsed() < Duration::from_millis(2_000),
        "{:?}",
        start.elapsed()
    );
    let start = Instant::now();
    drop(store);
    assert!(
        start.elapsed() < Duration::from_millis(400),
        "closing does not wait for the timer"
    );
}

#[test]
fn a_file_too_large_to_be_a_log_is_not_read() {
    let root = tempfile::tempdir().expect("a folder");
    let path = root.path().join("huge.cwlog");
    let file = fs::File::create(&path).expect("a file");
    file.set_len(1 << 34).expect("a hole");
    let mut store = FileStore::open(&path).expect("nobody holds it");
    assert_eq!(store.read_all().err(), Some(StoreError::TooLarge));
    assert_eq!(SavedGame::look_at(&path), None);
}
