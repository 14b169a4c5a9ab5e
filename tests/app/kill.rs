//! The program is killed at any moment; Continue brings back every order that was on the screen.

use crate::support::built_in;
use commonwatch::app::Options;
use commonwatch::app::autopilot::rehearsal::{Part, rehearse};
use commonwatch::lab::Policy;
use commonwatch::session::folders::Folders;
use commonwatch::session::{FileStore, Opening, Setting, open};
use commonwatch::text::Lang;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// Names the folder of the game to the process that plays it.
const FOLDER: &str = "COMMONWATCH_TEST_FOLDER";
/// How often the game is killed; `.ci/long` asks for three hundred.
const KILLS: &str = "COMMONWATCH_TEST_KILLS";

/// Plays in a process of its own until it is killed; not a test by itself.
#[test]
#[ignore = "the process that the test below kills"]
fn a_game_to_be_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let part = Part {
        witness: Some(|acts| {
            let mut out = std::io::stdout();
            writeln!(out, "shown {acts}")
                .and_then(|()| out.flush())
                .expect("told");
        }),
        ..Part::of(Policy::Random)
    };
    let options = Options {
        scenario: built_in("first-watch"),
        lang: Some(Lang::En),
        system_lang: Lang::En,
        size: (1280, 800),
        seed: 5,
        data_dir: Some(PathBuf::from(folder)),
        autopilot: None,
    };
    let played = rehearse(options, part);
    println!("over {:?}", played.outcome);
}

#[test]
fn every_order_that_was_shown_is_there_after_a_kill() {
    let kills = std::env::var(KILLS).ok().and_then(|text| text.parse().ok());
    let kills: u64 = kills.unwrap_or(6);
    let folder = tempfile::tempdir().expect("a folder");
    let (mut most, mut seen, mut games) = (0, 0, 0);
    for round in 0..kills {
        // Any moment of the first seconds, another in each round.
        let pause = Duration::from_millis(400 + (round * 617) % 1900);
        let (shown, over) = play_and_kill(folder.path(), pause);
        let kept = acts_kept(folder.path());
        assert!(kept >= shown, "round {round}: {shown} shown, {kept} kept");
        (most, seen) = (most.max(kept), seen.max(shown));
        if over {
            games += 1;
            std::fs::remove_dir_all(folder.path().join("logs")).expect("the next game");
        }
    }
    assert!(most > 0 && seen > 0, "no order was ever given");
    println!("{kills} kills, {games} games to their end, up to {most} acts kept");
}

/// How many acts were on the screen when the process was killed, and whether the game was over.
fn play_and_kill(folder: &Path, pause: Duration) -> (usize, bool) {
    let program = std::env::current_exe().expect("this program");
    let mut child = Command::new(program)
        .args([
            "--ignored",
            "--exact",
            "kill::a_game_to_be_killed",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process");
    let out = child.stdout.take().expect("its output");
    let reader = std::thread::spawn(move || {
        let (mut shown, mut over) = (0, false);
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            // A killed process may leave half a line.
            if let Some(acts) = line.strip_prefix("shown ").and_then(|it| it.parse().ok()) {
                shown = acts;
            }
            over |= line.starts_with("over ");
        }
        (shown, over)
    });
    std::thread::sleep(pause);
    child.kill().expect("killed");
    child.wait().expect("ended");
    reader.join().expect("its output was read")
}

/// How many acts Continue would bring back.
fn acts_kept(folder: &Path) -> usize {
    let Some(saved) = Folders::under(folder).saved_games().into_iter().next() else {
        return 0;
    };
    let scenario = built_in("first-watch");
    let setting = Setting::new(Arc::clone(&scenario.world), scenario.text_hash);
    let store = FileStore::open(&saved.path).expect("nobody holds the log of a killed game");
    match open(store, &setting).expect("the log opens") {
        Opening::Game { session, .. } => session.journal().acts().len(),
        Opening::ReadOnly(archive) => panic!("the log opens to be read only: {}", archive.why),
    }
}
