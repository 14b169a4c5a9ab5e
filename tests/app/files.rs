//! Games and exercises that are opened: from the list, dropped on the window, pasted.

use crate::support::{options, windows};
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::rehearsal::{Part, rehearse};
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::app::{Options, Screen, Settings};
use commonwatch::lab::Policy;
use commonwatch::rules::Digest;
use commonwatch::session::Journal;
use commonwatch::session::folders::Folders;
use commonwatch::session::log::{Chain, Header, Record};
use commonwatch::text::Lang;
use std::path::{Path, PathBuf};

const TOWN: &str = r#"(
    format: 1, id: "my-town", title: "My town", summary: "One river.",
    turn: (length: Months(1), count: 4),
    map: (points: {
        "nw": (0.0, 4.0), "n": (3.0, 4.2), "ne": (6.0, 4.0),
        "sw": (0.0, 0.0), "s": (3.2, 0.0), "se": (6.0, 0.2),
    }),
    precincts: [
        (id: "west-bank", outline: ["sw", "s", "n", "nw"]),
        (id: "east-bank", outline: ["s", "se", "ne", "n"]),
    ],
    units: [(id: "foot", kind: "foot", count: 2)],
)"#;

/// A whole game of First Watch in a data folder, and its log.
fn a_played_game(folder: &Path) -> PathBuf {
    let options = Options {
        data_dir: Some(folder.to_owned()),
        ..options(Lang::En, None)
    };
    let played = rehearse(options, Part::of(Policy::Even));
    played.outcome.expect("it comes to its end");
    let games = Folders::under(folder).saved_games();
    games.first().expect("a log").path.clone()
}

/// The same log up to its line `lines`.
fn cut(log: &Path, lines: usize, to: &Path) {
    let text = std::fs::read_to_string(log).expect("the log");
    let part: String = text.split_inclusive('\n').take(lines).collect();
    std::fs::create_dir_all(to.parent().expect("a folder")).expect("made");
    std::fs::write(to, part).expect("written");
}

fn notice(stage: &Stage) -> String {
    stage
        .says("notice")
        .map(|(text, _)| text)
        .unwrap_or_default()
}

#[test]
fn several_games_are_listed_the_latest_first_and_any_can_be_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = a_played_game(folder.path());
    let half = folder.path().join("logs/first-watch-2.cwlog");
    cut(&whole, 9, &half);
    let mut stage = Stage::open(options(Lang::En, Some(folder.path())));
    stage.press("open").expect("the title offers it");
    let games: Vec<_> = (0..3)
        .filter_map(|at| stage.says(&format!("game:{at}")))
        .collect();
    assert_eq!(games.len(), 2, "{games:?}");
    assert!(
        games.iter().all(|(title, _)| title == "First Watch"),
        "{games:?}"
    );
    assert!(games[0].1.starts_with("Turn "), "{games:?}");
    assert!(games[0].1.ends_with("just now"), "{games:?}");
    assert!(games[1].1.starts_with("played to its end"), "{games:?}");
    stage.press("game:1").expect("it can be pressed");
    assert_eq!(stage.screen(), Screen::Debrief);
    stage.press("debrief:handover").expect("to the last page");
    stage.press("home-end").expect("back to the title");
    stage.key(KeyCode::KeyO, "o", true, false);
    assert!(stage.press_by_keys("game:0"), "by keys alone");
    assert_eq!(stage.screen(), Screen::Command);
    let games = Folders::under(folder.path()).saved_games();
    assert_eq!(
        games.len(),
        2,
        "games of this folder are played where they lie"
    );
}

#[test]
fn a_log_from_elsewhere_is_copied_and_goes_on() {
    let (folder, other) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("another"),
    );
    let whole = a_played_game(other.path());
    let mail = other.path().join("mail/from a friend.cwlog");
    cut(&whole, 9, &mail);
    let before = std::fs::read(&mail).expect("the log");
    let mut stage = Stage::open(options(Lang::En, Some(folder.path())));
    stage.drop_file(&mail);
    assert_eq!(stage.screen(), Screen::Command, "{}", notice(&stage));
    stage.key(KeyCode::Enter, "\r", true, false);
    assert_ne!(stage.screen(), Screen::Title);
    drop(stage);
    assert_eq!(
        std::fs::read(&mail).expect("the log"),
        before,
        "the file is as it was"
    );
    assert_eq!(Folders::under(folder.path()).saved_games().len(), 1);
    let stage = Stage::open(options(Lang::En, Some(folder.path())));
    assert!(
        stage.says("continue").is_some(),
        "it is a game like any other now"
    );
}

#[test]
fn a_log_of_other_rules_is_laid_open_to_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let town = folder.path().join("town/my-town");
    std::fs::create_dir_all(&town).expect("made");
    std::fs::write(town.join("scenario.ron"), TOWN).expect("written");
    let mut stage = Stage::open(options(Lang::En, Some(&folder.path().join("home"))));
    stage.drop_file(&town);
    assert_eq!(stage.screen(), Screen::Setup, "{}", notice(&stage));
    assert!(stage.text().contains("My town"), "{}", stage.text());
    for _ in 0..2 {
        stage.key(KeyCode::Enter, "\r", false, false);
    }
    stage.key(KeyCode::Enter, "\r", true, false);
    assert_eq!(stage.screen(), Screen::Response);
    // The author changes the numbers while the game lies there.
    let log = folder.path().join("home/logs/my-town-1.cwlog");
    let changed = TOWN.replace("count: 4", "count: 5");
    std::fs::write(town.join("scenario.ron"), changed).expect("written");
    drop(stage);
    let mut stage = Stage::open(options(Lang::En, Some(&folder.path().join("home"))));
    stage.drop_file(&town);
    stage.key(KeyCode::Escape, "", false, false);
    stage.key(KeyCode::Escape, "", false, false);
    assert_eq!(stage.screen(), Screen::Title);
    stage.drop_file(&log);
    let (why, _) = stage.says("archive").expect("it is laid open");
    assert!(why.contains("read only"), "{why}");
    let (turn, figures) = stage.says("turn:1").expect("its turn");
    assert!(
        turn == "Turn 1" && figures.contains("Safety"),
        "{turn} {figures}"
    );
    assert!(stage.faults().is_empty(), "{:?}", stage.faults());
    stage
        .press("continue")
        .expect_err("the sheet lies over the title");
}

/// The same log as another version of the rules would have written it.
fn by_other_rules(log: &Path, to: &Path) {
    let (mut old, mut new, mut lines) = (Chain::default(), Chain::default(), String::new());
    let log = std::fs::read(log).expect("the log");
    for line in log.split(|byte| *byte == b'\n').filter(|it| !it.is_empty()) {
        let record = match old.read(line).expect("a good log") {
            Record::Header(header) => Record::Header(Header {
                rules: "older".to_owned(),
                ..header
            }),
            other => other,
        };
        new.seal(&record, &mut lines)
            .expect("no longer than it was");
    }
    std::fs::write(to, lines).expect("written");
}

fn last_digest(log: &Path) -> Option<Digest> {
    let log = std::fs::read(log).expect("the log");
    let (journal, damage) = Journal::read(&log).expect("a log");
    assert_eq!(damage, None);
    journal.summaries().last().map(|played| played.digest)
}

#[test]
fn the_same_orders_are_a_new_game_under_todays_rules() {
    let (folder, other) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("another"),
    );
    let whole = a_played_game(other.path());
    let old = other.path().join("old.cwlog");
    by_other_rules(&whole, &old);
    let before = std::fs::read(&old).expect("the log");
    for lang in Lang::ALL {
        let mut stage = Stage::open(options(lang, Some(folder.path())));
        stage.drop_file(&old);
        assert!(stage.says("archive").is_some(), "{}", notice(&stage));
        // Versions of the rules are named as they are.
        let mut faults = stage.faults();
        faults.retain(|it| !it.ends_with(" holds older"));
        assert!(faults.is_empty(), "{faults:?}");
        if lang == Lang::En {
            stage.press("again").expect("it is offered");
        } else {
            assert!(stage.press_by_keys("again"), "by keys alone");
        }
        assert_eq!(stage.screen(), Screen::Debrief, "a whole game is over");
        let (told, _) = stage.says("again-told").expect("what came of it");
        assert!(
            told.contains("orders stand") || told.contains("全部成立"),
            "{told}"
        );
        assert_eq!(stage.says("left-out:0"), None);
        assert!(stage.faults().is_empty(), "{:?}", stage.faults());
        stage.press("close").expect("the sheet closes");
        let new = Folders::under(folder.path()).saved_games();
        let new = new.first().expect("a game is kept").path.clone();
        assert_eq!(last_digest(&new), last_digest(&whole), "the same luck");
        std::fs::remove_file(new).expect("removed");
    }
    assert_eq!(
        std::fs::read(&old).expect("the log"),
        before,
        "it is as it was"
    );
}

#[test]
fn orders_that_do_not_stand_any_more_are_listed_with_their_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let (home, town) = (
        folder.path().join("home"),
        folder.path().join("my-town.ron"),
    );
    std::fs::write(&town, TOWN).expect("written");
    let mut stage = Stage::open(options(Lang::En, Some(&home)));
    stage.drop_file(&town);
    for _ in 0..2 {
        stage.key(KeyCode::Enter, "\r", false, false);
    }
    assert_eq!(stage.screen(), Screen::Command);
    stage.key(KeyCode::Digit1, "1", false, false);
    stage.key(KeyCode::Enter, "\r", false, false);
    stage.key(KeyCode::Enter, "\r", true, false);
    assert_eq!(stage.screen(), Screen::Response);
    drop(stage);
    // The author gives the teams other names while the game lies there.
    let changed = TOWN.replace(r#"id: "foot","#, r#"id: "walk","#);
    assert_ne!(changed, TOWN);
    std::fs::write(&town, changed).expect("written");
    for (lang, order, why) in [
        (Lang::En, "to West Bank", "no unit"),
        (Lang::ZhHans, "到West Bank", "没有叫"),
    ] {
        let mut stage = Stage::open(options(lang, Some(&home)));
        stage.drop_file(&town);
        stage.key(KeyCode::Escape, "", false, false);
        stage.key(KeyCode::Escape, "", false, false);
        stage.drop_file(&home.join("logs/my-town-1.cwlog"));
        stage.press("again").expect("it is offered");
        assert_eq!(stage.screen(), Screen::Warning, "the second turn opens");
        let (said, reason) = stage.says("left-out:0").expect("the order is listed");
        assert!(said.contains(order), "{said}");
        assert!(reason.contains(why), "{reason}");
        assert_eq!(stage.says("left-out:1"), None);
        stage.key(KeyCode::Enter, "\r", false, false);
        assert_eq!(stage.says("again-told"), None, "the sheet is closed");
        stage.key(KeyCode::Enter, "\r", false, false);
        stage.key(KeyCode::Enter, "\r", true, false);
        assert_eq!(stage.screen(), Screen::Response, "and the game goes on");
    }
}

#[test]
fn what_cannot_be_opened_is_told_and_nothing_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path().join("home");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    let mut stage = Stage::open(options(Lang::En, Some(&home)));
    for (path, told) in [
        (folder.path().join("gone.cwlog"), "There is nothing at"),
        (file("holiday.png", "not text"), "neither a scenario nor"),
        (folder.path().to_owned(), "neither a scenario nor"),
        (file("broken.cwlog", "hello\n"), "not a log of a game"),
    ] {
        stage.drop_file(&path);
        let said = notice(&stage);
        assert!(said.contains(told), "{}: {said}", path.display());
        assert!(said.contains(&path.display().to_string()), "{said}");
        assert_eq!(stage.screen(), Screen::Title);
    }
    stage.drop_file(&file("broken.ron", "(format: 1, id: \"x\""));
    assert_eq!(stage.screen(), Screen::Scenarios);
    assert!(stage.text().contains("broken.ron:1:"), "{}", stage.text());
    let before = stage
        .names()
        .iter()
        .filter(|id| id.starts_with("exercise:"))
        .count();
    stage.drop_file(&folder.path().join("broken.ron"));
    let after = stage
        .names()
        .iter()
        .filter(|id| id.starts_with("exercise:"))
        .count();
    assert_eq!(before, after, "a broken file stands there once");
    // In the middle of a game nobody is thrown out of it.
    stage.key(KeyCode::Escape, "", false, false);
    stage.press("learn").expect("a game to learn with");
    for _ in 0..2 {
        stage.key(KeyCode::Enter, "\r", false, false);
    }
    assert_eq!(stage.screen(), Screen::Command);
    stage.drop_file(&file("town.ron", TOWN));
    assert_eq!(stage.screen(), Screen::Command);
    assert!(
        notice(&stage).contains("A game is on the table"),
        "{}",
        notice(&stage)
    );
}

/// What an author leaves out is as the card has it: five things that a foot team can do, nine
/// families.
#[test]
fn a_scenario_of_ones_own_fits_at_every_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let town = folder.path().join("my-town.ron");
    std::fs::write(&town, TOWN).expect("written");
    let mut found = Vec::new();
    for (size, lang, text_size) in windows() {
        let settings = Settings {
            text_size,
            motion: false,
            ..Settings::default()
        };
        let options = Options {
            size,
            ..options(lang, None)
        };
        let mut stage = Stage::open_as(options, settings);
        stage.drop_file(&town);
        let mut look = |stage: &mut Stage| {
            // The town's names are in the language of its author.
            let mut faults = stage.faults();
            faults.retain(|it| !it.contains("\" holds "));
            let screen = stage.screen();
            let about = |it| format!("{size:?} {lang} {text_size} {screen:?} {it}");
            found.extend(faults.into_iter().map(about));
        };
        for _ in 0..2 {
            look(&mut stage);
            stage.key(KeyCode::Enter, "\r", false, false);
        }
        assert_eq!(stage.screen(), Screen::Command);
        look(&mut stage);
        stage.key(KeyCode::Digit1, "1", false, false);
        for _ in 0..5 {
            look(&mut stage);
            stage.key(KeyCode::KeyT, "t", false, false);
        }
        stage.key(KeyCode::Enter, "\r", false, false);
        look(&mut stage);
        stage.key(KeyCode::Enter, "\r", true, false);
        look(&mut stage);
        stage.key(KeyCode::Enter, "\r", false, false);
        look(&mut stage);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_list_fits_at_every_size() {
    let folder = tempfile::tempdir().expect("a folder");
    a_played_game(folder.path());
    let town = folder.path().join("scenarios/my-town");
    std::fs::create_dir_all(&town).expect("made");
    std::fs::write(town.join("scenario.ron"), TOWN).expect("written");
    let mut found = Vec::new();
    for (size, lang, text_size) in windows() {
        let settings = Settings {
            text_size,
            ..Settings::default()
        };
        let options = Options {
            size,
            ..options(lang, Some(folder.path()))
        };
        let mut stage = Stage::open_as(options, settings);
        stage.key(KeyCode::KeyO, "o", true, false);
        assert!(stage.says("file:0").is_some(), "{}", stage.text());
        // Paths are in whatever language people named them.
        let faults = stage
            .faults()
            .into_iter()
            .filter(|it| !it.contains("\" holds "));
        found.extend(faults.map(|it| format!("{size:?} {lang} {text_size} {it}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
