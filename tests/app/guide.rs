//! The hints of the first turn: each goes when its thing is done, none is in the way, one press ends
//! them all.

use crate::support::options;
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::app::{Options, Screen, Settings};
use commonwatch::text::Lang;
use std::path::Path;

fn enter(stage: &mut Stage) {
    stage.key(KeyCode::Enter, "\r", false, false);
}

fn end_turn(stage: &mut Stage) {
    stage.key(KeyCode::Enter, "\r", true, false);
}

/// First Watch with its first month on the table.
fn first_month(options: Options) -> Stage {
    let mut stage = Stage::open(options);
    stage.press("learn").expect("a game to learn with");
    stage.press("start").expect("the set-up");
    stage.press("begin").expect("the briefing");
    assert_eq!(stage.screen(), Screen::Command);
    stage
}

fn hint(stage: &Stage) -> String {
    stage.says("hint").map(|(text, _)| text).unwrap_or_default()
}

fn kept(folder: &Path) -> serde_json::Value {
    let text = std::fs::read_to_string(folder.join("settings.json")).expect("settings are kept");
    serde_json::from_str(&text).expect("they are JSON")
}

/// Goes on until the figures of the next turn are shown, ending turns as they come.
fn to_the_figures(stage: &mut Stage) {
    for _ in 0..12 {
        match stage.screen() {
            Screen::Command => {
                stage.key(KeyCode::Escape, "", false, false);
                end_turn(stage);
            }
            _ => enter(stage),
        }
        if stage.screen() == Screen::Feedback {
            return;
        }
    }
    panic!("no figures came");
}

#[test]
fn a_newcomer_is_led_through_the_first_turn_by_the_keyboard_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = Stage::open(options(Lang::En, Some(folder.path())));
    for _ in 0..4 {
        enter(&mut stage);
    }
    assert_eq!(stage.screen(), Screen::Command);
    assert!(hint(&stage).contains("choose a team"), "{}", hint(&stage));
    assert!(
        stage.heard().iter().any(|it| it.contains("choose a team")),
        "it is heard too"
    );
    // A place that is looked at first is not compared with anything yet.
    stage.key(KeyCode::Period, ".", false, false);
    enter(&mut stage);
    assert!(hint(&stage).contains("choose a team"), "{}", hint(&stage));
    stage.key(KeyCode::Digit1, "1", false, false);
    assert!(hint(&stage).contains("Enter puts"), "{}", hint(&stage));
    stage.key(KeyCode::Period, ".", false, false);
    enter(&mut stage);
    assert!(
        hint(&stage).contains("3 Funds are left"),
        "{}",
        hint(&stage)
    );
    stage.key(KeyCode::Period, ".", false, false);
    enter(&mut stage);
    assert!(hint(&stage).contains("end the turn"), "{}", hint(&stage));
    end_turn(&mut stage);
    assert_eq!(stage.screen(), Screen::Response);
    assert_eq!(hint(&stage), "", "nobody talks while the turn plays");
    to_the_figures(&mut stage);
    assert!(
        hint(&stage).contains("Nothing to compare"),
        "{}",
        hint(&stage)
    );
    enter(&mut stage);
    to_the_figures(&mut stage);
    assert!(hint(&stage).contains("one cause"), "{}", hint(&stage));
    let bar = stage
        .names()
        .into_iter()
        .find(|id| id.starts_with("cause:") && id != "cause:unexplained");
    assert!(stage.press_by_keys(&bar.expect("a bar")));
    assert_eq!(hint(&stage), "", "that was all");
    // Nothing more is said in this game or in the next one.
    assert_eq!(kept(folder.path())["hints"], false);
    drop(stage);
    let stage = first_month(options(Lang::En, Some(folder.path())));
    assert_eq!(hint(&stage), "");
}

#[test]
fn a_hint_comes_back_with_what_is_taken_back() {
    let mut stage = first_month(options(Lang::ZhHans, None));
    let first = hint(&stage);
    stage.press("take:foot").expect("the tray");
    let second = hint(&stage);
    assert_ne!(first, second);
    stage.key(KeyCode::Escape, "", false, false);
    assert_eq!(hint(&stage), first, "the team is in the tray again");
    stage.key(KeyCode::Digit1, "1", false, false);
    enter(&mut stage);
    assert!(hint(&stage).contains("资金还剩 3"), "{}", hint(&stage));
    stage.press("undo").expect("the bar");
    assert_eq!(hint(&stage), first, "the order is taken back");
}

#[test]
fn whoever_goes_another_way_is_not_held_back() {
    let mut stage = first_month(options(Lang::En, None));
    // The turn ends without an order, and the vehicle may be tried.
    stage.press("take:vehicle").expect("the tray");
    stage.key(KeyCode::Period, ".", false, false);
    enter(&mut stage);
    assert!(stage.says("refusal").is_some());
    assert!(hint(&stage).contains("choose a team"), "{}", hint(&stage));
    assert!(stage.faults().is_empty(), "{:?}", stage.faults());
    end_turn(&mut stage);
    assert_eq!(stage.screen(), Screen::Response);
}

#[test]
fn one_press_ends_the_hints_for_good_and_the_settings_bring_them_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = first_month(options(Lang::En, Some(folder.path())));
    stage.press("hint-off").expect("every hint offers it");
    assert_eq!(hint(&stage), "");
    assert_eq!(stage.screen(), Screen::Command, "and does nothing else");
    drop(stage);
    let mut stage = first_month(options(Lang::En, Some(folder.path())));
    assert_eq!(hint(&stage), "", "the next window knows");
    stage.press("menu").expect("the bar");
    stage.press("menu:settings").expect("the menu");
    assert_eq!(stage.chosen("hints:off"), Some(true));
    if stage.press("hints:on").is_err() {
        assert!(stage.press_by_keys("hints:on"), "further down");
    }
    assert!(stage.faults().is_empty(), "{:?}", stage.faults());
    stage.press("close").expect("the settings close");
    assert!(hint(&stage).contains("choose a team"), "{}", hint(&stage));
    assert_eq!(kept(folder.path())["hints"], true);
}

#[test]
fn the_set_up_of_the_game_to_learn_with_asks_whether_to_lead() {
    let mut stage = Stage::open(options(Lang::En, None));
    stage.press("learn").expect("a game to learn with");
    assert_eq!(stage.chosen("lead:on"), Some(true));
    stage.press("lead:off").expect("a choice");
    assert_eq!(stage.chosen("lead:off"), Some(true));
    stage.press("start").expect("a game");
    stage.press("begin").expect("the briefing");
    assert_eq!(hint(&stage), "");
}

#[test]
fn other_exercises_lead_nobody() {
    let options = Options {
        scenario: crate::support::built_in("harbour-town"),
        ..options(Lang::En, None)
    };
    let mut stage = Stage::open(options);
    for _ in 0..2 {
        enter(&mut stage);
    }
    assert_eq!(stage.screen(), Screen::Setup);
    assert_eq!(stage.chosen("lead:on"), None);
    for _ in 0..2 {
        enter(&mut stage);
    }
    assert_eq!(hint(&stage), "");
}

#[test]
fn fingers_reach_every_hint_in_the_smallest_window_with_the_largest_text() {
    for lang in Lang::ALL {
        let settings = Settings {
            text_size: 200,
            touch: true,
            motion: false,
            ..Settings::default()
        };
        let options = Options {
            size: (1024, 640),
            ..options(lang, None)
        };
        let mut stage = Stage::open_as(options, settings);
        for _ in 0..4 {
            enter(&mut stage);
        }
        let mut seen = Vec::new();
        let mut look = |stage: &mut Stage| {
            seen.push(hint(stage));
            assert!(stage.faults().is_empty(), "{:?}", stage.faults());
        };
        look(&mut stage);
        stage.press("take:foot").expect("the tray");
        look(&mut stage);
        let spot = stage.name_of_place(2).expect("the map");
        stage.click(spot);
        look(&mut stage);
        stage.press("panel").expect("the tray");
        look(&mut stage);
        assert!(seen.iter().all(|text| !text.is_empty()), "{seen:?}");
        seen.dedup();
        assert_eq!(seen.len(), 4, "one after another: {seen:?}");
        stage.press("end-turn").expect("the tray");
        assert_eq!(stage.screen(), Screen::Response);
    }
}
