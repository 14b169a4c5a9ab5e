//! Going back: to look, to undo, to go on from an earlier point. Nothing is lost by it.

use crate::support::options;
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::app::{Screen, Settings};
use commonwatch::text::Lang;
use std::path::Path;

fn settings() -> Settings {
    Settings {
        motion: false,
        ..Settings::default()
    }
}

/// The orders of the first month, with one team placed.
fn one_order(lang: Lang, folder: Option<&Path>) -> Stage {
    let mut stage = Stage::open_as(options(lang, folder), settings());
    for _ in 0..4 {
        stage.key(KeyCode::Enter, "\r", false, false);
    }
    assert_eq!(stage.screen(), Screen::Command);
    place(&mut stage);
    stage
}

fn place(stage: &mut Stage) {
    stage.key(KeyCode::Digit1, "1", false, false);
    stage.key(KeyCode::Enter, "\r", false, false);
}

/// Ends the month and goes on to the orders of the next.
fn next_month(stage: &mut Stage) {
    for _ in 0..4 {
        if stage.screen() == Screen::Command {
            stage.key(KeyCode::Escape, "", false, false);
            stage.key(KeyCode::Enter, "\r", true, false);
        }
    }
    for _ in 0..6 {
        if stage.screen() != Screen::Command {
            stage.key(KeyCode::Enter, "\r", false, false);
        }
    }
    assert_eq!(stage.screen(), Screen::Command);
    stage.key(KeyCode::Escape, "", false, false);
}

fn press(stage: &mut Stage, id: &str) {
    if stage.press(id).is_err() {
        stage.ask(id).unwrap_or_else(|why| panic!("{id}: {why}"));
    }
    let faults = stage.faults();
    assert!(faults.is_empty(), "{id}: {}", faults.join("\n"));
}

fn turn(stage: &Stage) -> String {
    stage.says("turn").expect("the bar names the turn").1
}

fn moments(stage: &Stage) -> Vec<String> {
    let names = stage.names().into_iter();
    names.filter(|id| id.starts_with("moment:")).collect()
}

#[test]
fn a_look_back_shows_what_was_and_takes_no_orders() {
    for lang in Lang::ALL {
        let mut stage = one_order(lang, None);
        next_month(&mut stage);
        let now = turn(&stage);
        stage.key(KeyCode::KeyH, "h", false, false);
        assert!(stage.faults().is_empty(), "{:?}", stage.faults());
        press(&mut stage, "history:turn:1");
        assert!(stage.says("review").is_some(), "it says what is looked at");
        assert_ne!(
            turn(&stage),
            now,
            "the bar names the month that is looked at"
        );
        assert!(
            !stage.names().iter().any(|id| id.starts_with("stack:")),
            "no team stood on the map before the first order"
        );
        // The tray is away; the key that ends a turn is not.
        stage.key(KeyCode::Enter, "\r", true, false);
        assert_eq!(stage.screen(), Screen::Command);
        let (told, _) = stage.says("notice").expect("a sentence says why not");
        assert!(!told.is_empty());
        press(&mut stage, "review:after-one");
        assert!(stage.names().iter().any(|id| id.starts_with("stack:")));
        stage.key(KeyCode::Escape, "", false, false);
        assert_eq!(stage.says("review"), None);
        assert_eq!(turn(&stage), now);
    }
}

#[test]
fn orders_of_this_month_are_undone_freely_and_those_of_an_earlier_one_with_consent() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = one_order(Lang::En, Some(folder.path()));
    let first = turn(&stage);
    next_month(&mut stage);
    let second = turn(&stage);
    stage.key(KeyCode::KeyH, "h", false, false);
    let before = moments(&stage);
    press(&mut stage, "history:turn:1");
    press(&mut stage, "review:undo");
    assert!(stage.says("consent").is_some(), "the facilitator is asked");
    press(&mut stage, "consent:no");
    press(&mut stage, "review:undo");
    press(&mut stage, "consent:yes");
    assert_eq!(turn(&stage), first);
    assert_eq!(stage.says("review"), None);
    // A window that opens later finds the game where it was left.
    drop(stage);
    let mut stage = Stage::open_as(options(Lang::En, Some(folder.path())), settings());
    stage.press("continue").expect("the game is kept");
    assert_eq!(turn(&stage), first);
    // The line that was left can be gone back to.
    stage.key(KeyCode::KeyH, "h", false, false);
    assert!(moments(&stage).is_empty(), "nothing stands on this line");
    let line = stage.names().into_iter().find(|id| id.starts_with("line:"));
    press(&mut stage, &line.expect("the line that was left"));
    press(&mut stage, "consent:yes");
    while stage.screen() != Screen::Command {
        stage.key(KeyCode::Enter, "\r", false, false);
    }
    stage.key(KeyCode::Escape, "", false, false);
    assert_eq!(turn(&stage), second);
    stage.key(KeyCode::KeyH, "h", false, false);
    assert_eq!(moments(&stage), before);
}

#[test]
fn a_turn_begins_again_at_one_press() {
    let mut stage = one_order(Lang::ZhHans, None);
    stage.key(KeyCode::KeyH, "h", false, false);
    assert_eq!(moments(&stage).len(), 1);
    press(&mut stage, "history:restart");
    assert_eq!(stage.screen(), Screen::Command);
    assert!(!stage.names().iter().any(|id| id.starts_with("stack:")));
    assert_eq!(
        stage.says("consent"),
        None,
        "own orders of this month are free"
    );
}
