//! Every shortcut can have another key or none, and says so wherever it is shown.

use crate::support::{flagship, options, windows};
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::app::{Look, Screen, Settings};
use commonwatch::text::Lang;

fn kept(folder: &std::path::Path) -> serde_json::Value {
    let text = std::fs::read_to_string(folder.join("settings.json")).expect("settings are kept");
    serde_json::from_str(&text).expect("they are JSON")
}

/// To the screen of orders of a new game, by going on and on.
fn to_the_orders(stage: &mut Stage) {
    for _ in 0..4 {
        stage.key(KeyCode::Enter, "\r", false, false);
    }
    assert_eq!(stage.screen(), Screen::Command);
}

fn caps(stage: &Stage, id: &str) -> String {
    let name = format!("key:{id}");
    stage.says(&name).unwrap_or_else(|| panic!("no {name}")).1
}

#[test]
fn a_shortcut_gets_another_key_by_the_keyboard_alone_and_keeps_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = Stage::open(options(Lang::En, Some(folder.path())));
    stage.key(KeyCode::Slash, "?", false, true);
    assert_eq!(caps(&stage, "look"), "Shift T");
    assert!(stage.press_by_keys("key:look"));
    assert!(
        stage
            .says("key-note")
            .is_some_and(|(text, _)| text.contains("Press the new key"))
    );
    stage.key(KeyCode::KeyL, "l", true, false);
    assert_eq!(caps(&stage, "look"), "Ctrl L");
    assert_eq!(stage.says("key-note"), None, "it waits no more");
    assert_eq!(kept(folder.path())["keys"]["look"], "Ctrl+KeyL");
    assert_eq!(kept(folder.path())["look"], "paper");
    // The old key does nothing, the new one does the work, at once and in the next window.
    stage.key(KeyCode::KeyT, "T", false, true);
    assert_eq!(kept(folder.path())["look"], "paper");
    stage.key(KeyCode::KeyL, "l", true, false);
    assert_eq!(kept(folder.path())["look"], "night");
    drop(stage);
    let mut stage = Stage::open(options(Lang::En, Some(folder.path())));
    stage.key(KeyCode::KeyL, "l", true, false);
    assert_eq!(kept(folder.path())["look"], Look::Contrast.id());
}

#[test]
fn a_key_that_has_work_is_refused_with_its_work_and_escape_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = Stage::open(options(Lang::En, Some(folder.path())));
    stage.key(KeyCode::Slash, "?", false, true);
    stage.press("key:tactic").unwrap_or_else(|why| {
        assert!(stage.press_by_keys("key:tactic"), "{why}");
    });
    stage.key(KeyCode::KeyP, "p", false, false);
    let (note, _) = stage.says("key-note").expect("a sentence");
    assert!(note.contains("Guess what comes on record here"), "{note}");
    assert_eq!(caps(&stage, "tactic"), "T");
    stage.key(KeyCode::AudioVolumeUp, "", false, false);
    let (note, _) = stage.says("key-note").expect("a sentence");
    assert!(note.contains("cannot be used"), "{note}");
    stage.key(KeyCode::Escape, "", false, false);
    assert_eq!(stage.says("key-note"), None);
    assert_eq!(caps(&stage, "tactic"), "T");
    assert!(stage.says("close").is_some(), "the list is still open");
    assert!(!folder.path().join("settings.json").exists());
}

#[test]
fn a_shortcut_is_switched_off_and_everything_is_as_usual_again_by_speech_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = Stage::open(options(Lang::En, Some(folder.path())));
    let ask = |stage: &mut Stage, id: &str| stage.ask(id).unwrap_or_else(|why| panic!("{why}"));
    ask(&mut stage, "keys");
    ask(&mut stage, "key:take");
    assert!(
        stage
            .says("key-note")
            .is_some_and(|(text, _)| text.contains("belong together"))
    );
    ask(&mut stage, "key-off");
    assert_eq!(caps(&stage, "take"), "Off");
    assert_eq!(kept(folder.path())["keys"]["take"], "off");
    for needed in ["next", "press", "back"] {
        ask(&mut stage, &format!("key:{needed}"));
        assert_eq!(
            stage.says("key-off"),
            None,
            "{needed} cannot be switched off"
        );
    }
    ask(&mut stage, "close");
    to_the_orders(&mut stage);
    assert!(!stage.text().contains("number"), "{}", stage.text());
    stage.key(KeyCode::Digit1, "1", false, false);
    assert_eq!(stage.says("tray"), None, "nothing was taken into the hand");
    stage.key(KeyCode::Slash, "?", false, true);
    ask(&mut stage, "keys:usual");
    assert_eq!(caps(&stage, "take"), "1 2 3");
    ask(&mut stage, "close");
    stage.key(KeyCode::Digit1, "1", false, false);
    assert!(stage.says("tray").is_some(), "the foot team is in the hand");
    assert_eq!(kept(folder.path()).get("keys"), None);
}

#[test]
fn what_a_key_cap_shows_is_the_key_that_does_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let text =
        r#"{"keys": {"end-turn": "Ctrl+KeyE", "back": "F4", "tactic": "KeyQ:A", "look": 3}}"#;
    std::fs::write(folder.path().join("settings.json"), text).expect("written");
    let mut stage = Stage::open(options(Lang::En, Some(folder.path())));
    to_the_orders(&mut stage);
    stage.key(KeyCode::Digit1, "1", false, false);
    let text = stage.text();
    assert!(text.contains("F4 puts it back"), "{text}");
    stage.key(KeyCode::Escape, "", false, false);
    assert!(stage.says("tray").is_some(), "Esc does nothing any more");
    stage.key(KeyCode::F4, "", false, false);
    assert_eq!(stage.says("tray"), None);
    stage.key(KeyCode::Enter, "\r", true, false);
    assert_eq!(stage.screen(), Screen::Command);
    stage.key(KeyCode::KeyE, "e", true, false);
    assert_eq!(stage.screen(), Screen::Response);
}

/// What lies further down is within reach of the keys alone, beside the map and over it.
#[test]
fn long_pages_are_turned_by_keys_on_the_screen_of_orders() {
    let mut stage = flagship((1024, 640), Settings::default(), &[]);
    let mut turn_to = |open: KeyCode, says: &str, last: &str| {
        stage.key(open, says, false, true);
        let mut names = stage.names().into_iter();
        let last = names.rfind(|id| id.starts_with(last));
        let last = last.expect("a long page");
        assert!(stage.press(&last).is_err(), "{last} is in sight");
        for _ in 0..8 {
            stage.key(KeyCode::PageDown, "", false, false);
        }
        stage.press(&last).unwrap_or_else(|why| panic!("{why}"));
        stage.key(KeyCode::Escape, "", false, false);
    };
    turn_to(KeyCode::Digit2, "2", "tool:");
    turn_to(KeyCode::Slash, "?", "key:");
}

#[test]
fn the_list_of_keys_fits_at_every_size() {
    let mut found = Vec::new();
    for (size, lang, text_size) in windows() {
        let settings = Settings {
            text_size,
            touch: text_size == 100,
            ..Settings::default()
        };
        let options = commonwatch::app::Options {
            size,
            ..options(lang, None)
        };
        let mut stage = Stage::open_as(options, settings);
        stage.key(KeyCode::Slash, "?", false, true);
        let mut look = |stage: &mut Stage| {
            let faults = stage.faults();
            found.extend(
                faults
                    .iter()
                    .map(|it| format!("{size:?} {lang} {text_size} {it}")),
            );
        };
        look(&mut stage);
        stage.ask("key:tactic").expect("it can be chosen");
        look(&mut stage);
        stage.key(KeyCode::KeyP, "p", false, false);
        look(&mut stage);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
