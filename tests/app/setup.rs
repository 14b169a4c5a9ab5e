//! The set-up of a game: its luck can be read and chosen, so that rooms can compare.

use crate::support::{laboratory, options, windows};
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::app::{Options, Screen, Settings};
use commonwatch::lab::Policy;
use commonwatch::session::Journal;
use commonwatch::session::folders::Folders;
use commonwatch::text::Lang;

const NUMBERS: [KeyCode; 10] = [
    KeyCode::Digit0,
    KeyCode::Digit1,
    KeyCode::Digit2,
    KeyCode::Digit3,
    KeyCode::Digit4,
    KeyCode::Digit5,
    KeyCode::Digit6,
    KeyCode::Digit7,
    KeyCode::Digit8,
    KeyCode::Digit9,
];

/// The set-up of First Watch.
fn set_up(options: Options) -> Stage {
    let mut stage = Stage::open(options);
    stage.press("learn").expect("a game to learn with");
    assert_eq!(stage.screen(), Screen::Setup);
    stage
}

fn type_in(stage: &mut Stage, number: &str) {
    for digit in number.chars() {
        let at = digit.to_digit(10).expect("a digit") as usize;
        stage.key(NUMBERS[at], &digit.to_string(), false, false);
    }
}

fn rub_out(stage: &mut Stage) {
    stage.key(KeyCode::Backspace, "", false, false);
}

fn seed(stage: &Stage) -> String {
    stage.says("seed").expect("the seed is shown").1
}

#[test]
fn a_seed_that_was_typed_gives_the_game_of_that_seed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = set_up(options(Lang::En, Some(folder.path())));
    assert_eq!(seed(&stage), "7");
    type_in(&mut stage, "2026");
    assert_eq!(seed(&stage), "2026");
    for _ in 0..200 {
        match stage.screen() {
            Screen::Debrief => break,
            Screen::Command if stage.says("let-pass").is_some() => {
                stage.press("let-pass").expect("the call");
            }
            Screen::Command => {
                stage.key(KeyCode::Escape, "", false, false);
                stage.key(KeyCode::Enter, "\r", true, false);
                stage.key(KeyCode::Enter, "\r", true, false);
            }
            _ => stage.key(KeyCode::Enter, "\r", false, false),
        }
    }
    assert_eq!(stage.screen(), Screen::Debrief);
    let log = Folders::under(folder.path()).saved_games();
    let log = std::fs::read(&log.first().expect("a log").path).expect("read");
    let (journal, _) = Journal::read(&log).expect("a log");
    assert_eq!(journal.header().seed, 2026);
    let end = journal.summaries().last().map(|played| played.digest);
    assert_eq!(end, Some(laboratory("first-watch", Policy::Idle, 2026)));
}

#[test]
fn whatever_is_pressed_it_is_a_seed() {
    let mut stage = set_up(options(Lang::En, None));
    let last = u32::MAX.to_string();
    type_in(&mut stage, &last);
    assert_eq!(seed(&stage), last, "the last seed can be typed");
    type_in(&mut stage, "1");
    assert_eq!(seed(&stage), last, "there is none beyond");
    stage.press("seed-more").expect_err("nor a step to one");
    stage.press("seed-less").expect("a step back");
    assert_eq!(seed(&stage), "4294967294");
    // After anything else the first digit begins a new number.
    type_in(&mut stage, "0042");
    assert_eq!(seed(&stage), "42");
    for _ in 0..4 {
        rub_out(&mut stage);
    }
    assert_eq!(seed(&stage), "0");
    stage.press("seed-less").expect_err("there is none before");
    stage.press("seed-more").expect("a step on");
    assert_eq!(seed(&stage), "1");
    stage.press("shuffle").expect("other luck");
    assert_ne!(seed(&stage), "1");
    // A letter is no digit, and on other screens a digit is no seed.
    let before = seed(&stage);
    stage.key(KeyCode::KeyX, "x", false, false);
    assert_eq!(seed(&stage), before);
}

#[test]
fn the_seed_can_be_set_without_a_keyboard() {
    for (size, lang, text_size) in windows() {
        let settings = Settings {
            text_size,
            motion: false,
            touch: text_size == 200,
            ..Settings::default()
        };
        let options = Options {
            size,
            ..options(lang, None)
        };
        let mut stage = Stage::open_as(options, settings);
        stage
            .ask("learn")
            .expect("a game to learn with, somewhere on the title");
        // Further down where the window is small: asked for, as a finger that scrolls would reach it.
        stage.ask("seed-digits").expect("the digits");
        for digit in ["seed-digit:3", "seed-digit:0", "seed-digit:5", "seed-back"] {
            stage.ask(digit).unwrap_or_else(|why| panic!("{why}"));
        }
        assert_eq!(seed(&stage), "30");
        let faults = stage.faults();
        let about = format!("{size:?} {lang} {text_size} %");
        assert!(faults.is_empty(), "{about}: {}", faults.join("\n"));
    }
}

#[test]
fn continue_counts_as_the_exercise_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = set_up(options(Lang::En, Some(folder.path())));
    stage.press("start").expect("a game");
    drop(stage);
    for (lang, says) in [
        (Lang::En, "First Watch, month 1"),
        (Lang::ZhHans, "第一班岗，第 1 个月"),
    ] {
        // Whatever lies on the table meanwhile.
        let options = Options {
            scenario: crate::support::built_in("harbour-town"),
            ..options(lang, Some(folder.path()))
        };
        let stage = Stage::open(options);
        let (_, about) = stage.says("continue").expect("a game to go on with");
        assert_eq!(about, says);
    }
}
