//! Several teams in the hand: taken together, placed together or one by one, each by an order of
//! its own.

use crate::support::{pearl_bay, pearl_bay_in};
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::text::Lang;

fn street(size: (u32, u32), set_up: &[&str]) -> Stage {
    let mut stage = pearl_bay_in(size, Lang::En, set_up);
    stage.press("desk:street").expect("the street desk");
    stage
}

fn press(stage: &mut Stage, id: &str) {
    stage.press(id).unwrap_or_else(|why| panic!("{why}"));
}

fn ask(stage: &mut Stage, id: &str) {
    stage.ask(id).unwrap_or_else(|why| panic!("{why}"));
}

/// How many are left in the tray.
fn left(stage: &Stage) -> String {
    let (_, value) = stage.says("take:vehicle").expect("a slot of the tray");
    value
}

/// What is read of a place: its teams are part of it.
fn place(stage: &Stage, id: &str) -> String {
    stage.says(id).expect("a precinct").1
}

#[test]
fn several_teams_are_placed_by_one_press_and_undone_one_by_one() {
    let mut stage = street((1280, 800), &["controls:open"]);
    let before = place(&stage, "precinct:rail-yards");
    press(&mut stage, "take:vehicle");
    assert_eq!(stage.says("in-hand").expect("a count").1, "1 of 2");
    press(&mut stage, "take-more");
    assert_eq!(stage.says("in-hand").expect("a count").1, "2 of 2");
    assert_eq!(left(&stage), "0 left");
    press(&mut stage, "take-fewer");
    assert_eq!(left(&stage), "1 left");
    press(&mut stage, "take-all");
    ask(&mut stage, "precinct:rail-yards");
    let both = place(&stage, "precinct:rail-yards");
    assert!(both.contains("(2)"), "{both}");
    assert!(stage.says("in-hand").is_none(), "the hand is empty");
    press(&mut stage, "undo");
    assert_eq!(left(&stage), "1 left");
    press(&mut stage, "undo");
    assert_eq!(left(&stage), "2 left");
    assert_eq!(place(&stage, "precinct:rail-yards"), before);
}

#[test]
fn several_teams_are_dealt_to_one_place_after_another() {
    let mut stage = street((1280, 800), &["controls:open"]);
    press(&mut stage, "take:vehicle");
    press(&mut stage, "take-all");
    press(&mut stage, "deal");
    ask(&mut stage, "precinct:rail-yards");
    assert_eq!(left(&stage), "0 left", "the other is still in hand");
    assert!(stage.says("price").is_some(), "with its price");
    ask(&mut stage, "precinct:tea-terrace");
    assert!(stage.says("price").is_none(), "the hand is empty");
    for id in ["precinct:rail-yards", "precinct:tea-terrace"] {
        let here = place(&stage, id);
        assert!(here.contains("Vehicle patrol (1)"), "{id}: {here}");
    }
}

#[test]
fn all_of_a_kind_are_taken_and_dealt_by_keys_alone() {
    let mut stage = street((1280, 800), &["controls:open"]);
    stage.key(KeyCode::Digit2, "2", false, false);
    stage.key(KeyCode::KeyM, "M", false, true);
    assert_eq!(left(&stage), "0 left");
    stage.key(KeyCode::Enter, "\r", false, true);
    stage.key(KeyCode::Period, ".", false, false);
    stage.key(KeyCode::Enter, "\r", false, false);
    let there = |stage: &Stage| {
        let names = stage.names().into_iter();
        names.filter(|id| id.ends_with(":vehicle:visible")).count()
    };
    let placed = there(&stage);
    stage.key(KeyCode::KeyZ, "z", true, false);
    stage.key(KeyCode::KeyZ, "z", true, false);
    assert_eq!(left(&stage), "2 left");
    assert_eq!(
        placed,
        there(&stage) + 2,
        "each stands in a place of its own"
    );
    stage.key(KeyCode::Digit2, "2", false, false);
    stage.key(KeyCode::KeyM, "m", false, false);
    assert_eq!(left(&stage), "0 left");
    stage.key(KeyCode::Slash, "?", false, true);
    assert!(stage.says("key:take-all").is_some());
    assert!(stage.says("key:take-more").is_some());
}

/// With a few decisions a month, not all are allowed: what stands is said, the rest stays in hand.
#[test]
fn a_refusal_keeps_the_rest_in_hand_and_says_what_stands() {
    let mut stage = street((1280, 800), &["controls:slots"]);
    press(&mut stage, "take:vehicle");
    press(&mut stage, "take-all");
    ask(&mut stage, "precinct:rail-yards");
    let (title, body) = stage.says("refusal").expect("a refusal");
    assert!(body.contains("Placed: "), "{title}: {body}");
    assert!(body.contains("Still in hand: 1."), "{title}: {body}");
    assert!(stage.says("price").is_some(), "one is in hand");
    press(&mut stage, "undo");
    assert_eq!(left(&stage), "2 left");
}

#[test]
fn how_many_are_in_hand_fits_everywhere() {
    let mut found = Vec::new();
    for size in [(390, 844), (1024, 640), (1280, 800), (1920, 1080)] {
        for lang in Lang::ALL {
            let mut stage = pearl_bay_in(size, lang, &[]);
            // Where little fits, the desks are above the panel.
            if stage.says("desk:street").is_none() {
                ask(&mut stage, "panel");
            }
            ask(&mut stage, "desk:street");
            ask(&mut stage, "take:vehicle");
            ask(&mut stage, "take-all");
            ask(&mut stage, "deal");
            let faults = stage.faults();
            found.extend(faults.iter().map(|it| format!("{size:?} {lang}: {it}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A team from the map is one team; nothing asks how many.
#[test]
fn a_team_from_the_map_is_alone_in_the_hand() {
    let mut stage = pearl_bay(&[]);
    press(&mut stage, "desk:street");
    press(&mut stage, "stack:clear-lake:vehicle:visible");
    assert!(stage.says("in-hand").is_none());
    assert!(stage.says("take-all").is_none());
}
