//! The program breaks: a report is kept, with nothing of the people in it, and the next start offers it.

use crate::support::options;
use commonwatch::app::Options;
use commonwatch::app::autopilot::rehearsal::{Part, rehearse};
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::lab::Policy;
use commonwatch::text::Lang;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Names the folder of the game to the process that breaks.
const FOLDER: &str = "COMMONWATCH_TEST_BREAKS";

/// Breaks in a process of its own, with a game on the table; not a test by itself.
#[test]
#[ignore = "the process that the test below starts"]
fn a_game_that_breaks() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let part = Part {
        witness: Some(|acts| assert!(acts < 6, "a fault made for a test")),
        ..Part::of(Policy::Random)
    };
    let options = Options {
        data_dir: Some(PathBuf::from(folder)),
        ..options(Lang::En, None)
    };
    let played = rehearse(options, part);
    panic!("it was to break: {:?}", played.outcome);
}

#[test]
fn a_fault_leaves_a_report_that_the_next_start_offers_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--ignored", "--exact", "crash::a_game_that_breaks"])
        .env(FOLDER, folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("a process");
    assert!(!child.success(), "it broke");
    let files = std::fs::read_dir(folder.path())
        .expect("the folder")
        .flatten();
    let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
    let reports: Vec<String> = names.filter(|name| name.starts_with("crash-")).collect();
    let [report] = reports.as_slice() else {
        panic!("one report: {reports:?}");
    };
    let text = std::fs::read_to_string(folder.path().join(report)).expect("the report");
    let log = folder.path().join("logs/first-watch-1.cwlog");
    for told in [
        "commonwatch: ",
        "scenario: first-watch",
        "rules hash: ",
        "seed: 7",
        &format!("game kept in: {}", log.display()),
        "a fault made for a test",
        "rehearse",
    ] {
        assert!(text.contains(told), "the report lacks {told}\n{text}");
    }
    // What was ordered, and where, is in the game alone.
    let game = std::fs::read_to_string(&log).expect("the game");
    assert!(game.contains("Assign"), "orders were given");
    for own in ["Assign", "old-harbour", "ferry-steps", "coordination"] {
        assert!(!text.contains(own), "the report tells of {own}");
    }

    let mut stage = Stage::open(options(Lang::En, Some(folder.path())));
    assert!(stage.says("continue").is_some(), "the game is kept");
    stage.press("report").expect("the report is offered");
    assert!(stage.text().contains(report.as_str()), "{}", stage.text());
    stage.press("report:done").expect("enough of it");
    assert_eq!(stage.says("report"), None);
    drop(stage);
    let stage = Stage::open(options(Lang::En, Some(folder.path())));
    assert_eq!(stage.says("report"), None, "it is offered once");
}
