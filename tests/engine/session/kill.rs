//! A real program with a real file, killed without warning.

use super::game::*;
use crate::support::small_world_with;
use commonwatch::rules::world::Tactic::{HotSpot, Visible};
use commonwatch::rules::{Action, Digest, Table};
use commonwatch::session::{FileStore, Opening, Session, Setting, open};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Tells the test binary to be the program that gets killed, and where its log is.
const VICTIM: &str = "COMMONWATCH_TEST_VICTIM";
/// What the victim says before the number of each act that it shows as done.
const SHOWN: &str = "shown ";

fn long_game() -> Setting {
    Setting::new(
        Arc::new(small_world_with(|world| world.turns = 120)),
        Digest(7),
    )
}

/// Orders for ever, and the end of a turn now and then.
fn order(n: usize) -> Action {
    match n % 9 {
        8 => Action::EndTurn,
        odd if odd % 2 == 1 => assign("foot-1", "north-west", HotSpot),
        _ => assign("foot-1", "south-west", Visible),
    }
}

/// Not a test of its own: plays until it is killed when the variable names a log.
#[test]
fn victim() {
    let Some(path) = std::env::var_os(VICTIM) else {
        return;
    };
    let store = FileStore::create(path.as_ref()).expect("a new file");
    let mut session = Session::create(store, &long_game(), 3).expect("a new game");
    session
        .act(&id("street"), &set_up(Table::Shared))
        .expect("a new game");
    let mut out = std::io::stdout();
    for n in 0.. {
        if session.act(&id("street"), &order(n)).is_err() {
            return;
        }
        writeln!(out, "{SHOWN}{}", session.journal().head()).expect("somebody listens");
        out.flush().expect("somebody listens");
    }
}

#[test]
fn every_order_that_was_shown_is_there_after_a_kill() {
    let root = tempfile::tempdir().expect("a folder");
    // Uneven on purpose: the kill falls into orders, ends of turns and what lies between.
    for (round, wait) in [1, 2, 7, 8, 9, 23, 64, 150].into_iter().enumerate() {
        let path = root.path().join(format!("{round}.cwlog"));
        let mut victim = Command::new(std::env::current_exe().expect("this binary"))
            .args([
                "--exact",
                "session::kill::victim",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(VICTIM, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("this binary runs");
        let output = victim.stdout.take().expect("piped");
        let mut shown = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .filter_map(|line| {
                let at = line.find(SHOWN)?;
                line[at + SHOWN.len()..].parse::<usize>().ok()
            });
        let mut last = 0;
        for n in shown.by_ref().take(wait) {
            last = n;
        }
        victim.kill().expect("it was running");
        victim.wait().expect("it has ended");
        last = shown.last().unwrap_or(last);
        assert!(last >= wait, "the victim did not come that far");

        let store = FileStore::open(&path).expect("the lock went with the victim");
        let Ok(Opening::Game { session, .. }) = open(store, &long_game()) else {
            panic!("the game does not open");
        };
        let acts = session.history();
        let there = acts.len();
        assert!(
            there == last || there == last + 1,
            "shown {last}, there {there}"
        );
        for (n, act) in acts.iter().skip(1).enumerate() {
            assert_eq!(act.action, order(n));
        }
    }
}
