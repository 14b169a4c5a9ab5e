//! Entry: what the desks have ticked on paper is put in at the board, by digits alone.

use crate::support::{pearl_bay, pearl_bay_in};
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::rules::Action;
use commonwatch::text::Lang;
use std::collections::BTreeSet;

fn digit(stage: &mut Stage, digit: usize) {
    let keys = [
        KeyCode::Digit0,
        KeyCode::Digit1,
        KeyCode::Digit2,
        KeyCode::Digit3,
        KeyCode::Digit4,
    ];
    stage.key(keys[digit], &digit.to_string(), false, false);
}

/// The rows that lie open.
fn rows(stage: &Stage) -> usize {
    let names = stage.names();
    names
        .iter()
        .filter(|id| id.starts_with("slip-row:"))
        .count()
}

fn row_in_hand(stage: &Stage) -> Option<String> {
    let names = stage.names().into_iter();
    let mut rows = names.filter(|id| id.starts_with("slip-row:"));
    rows.find(|id| stage.chosen(id) == Some(true))
}

#[test]
fn a_recorder_puts_every_desk_in_by_digits() {
    let mut stage = pearl_bay(&[]);
    let before = stage.given().len();
    stage.key(KeyCode::KeyY, "y", false, false);
    let rows = rows(&stage);
    assert_eq!(rows, 16, "eight desks, two slots each; the ninth has none");
    for at in 0..rows {
        assert_eq!(
            row_in_hand(&stage).as_deref(),
            Some(&*format!("slip-row:{at}"))
        );
        // Some desks leave a slot to their standing order.
        digit(&mut stage, if at % 4 == 3 { 0 } else { 1 });
        // What cannot be paid for any more is refused, and the row waits for another answer.
        if stage.says("refusal").is_some() {
            digit(&mut stage, 0);
        }
    }
    let given: Vec<_> = stage.given().into_iter().skip(before).collect();
    let by: BTreeSet<&str> = given.iter().map(|act| act.seat.as_str()).collect();
    assert!(by.len() >= 6, "each desk by its own hand: {by:?}");
    assert!(given.len() >= 8, "{given:?}");
    let asks = given
        .iter()
        .filter(|act| matches!(act.action, Action::Ask { .. }));
    assert!(asks.count() >= 2, "slots of both kinds: {given:?}");
    stage.key(KeyCode::Escape, "", false, false);
    assert_eq!(self::rows(&stage), 0, "it closes");
}

#[test]
fn a_slip_that_says_something_else_takes_its_desk_in_hand() {
    let mut stage = pearl_bay(&[]);
    stage.key(KeyCode::KeyY, "y", false, false);
    stage.key(KeyCode::ArrowDown, "", false, false);
    stage.key(KeyCode::ArrowDown, "", false, false);
    digit(&mut stage, 4);
    assert_eq!(rows(&stage), 0);
    assert_eq!(stage.chosen("desk:intelligence"), Some(true));
    assert_eq!(stage.chosen("page:orders"), Some(true));
}

#[test]
fn a_refusal_is_told_where_the_slips_lie_and_the_row_stays() {
    let mut stage = pearl_bay(&["controls:slots"]);
    stage.key(KeyCode::KeyY, "y", false, false);
    // One exception a desk: the second is refused, unless it is the same.
    digit(&mut stage, 1);
    stage.key(KeyCode::ArrowUp, "", false, false);
    digit(&mut stage, 2);
    assert!(stage.says("refusal").is_some(), "{}", stage.text());
    assert_eq!(row_in_hand(&stage).as_deref(), Some("slip-row:0"));
}

#[test]
fn where_the_laptop_is_handed_on_covered_there_is_no_board() {
    let mut stage = pearl_bay_in((1280, 800), Lang::En, &["command:desks"]);
    stage.ask("uncover").expect("the first desk");
    stage.key(KeyCode::KeyY, "y", false, false);
    assert_eq!(rows(&stage), 0);
}

#[test]
fn a_desk_is_called_by_its_number() {
    let mut stage = pearl_bay(&[]);
    stage.key(KeyCode::KeyD, "d", false, false);
    stage.key(KeyCode::Digit4, "4", false, false);
    assert_eq!(stage.chosen("desk:street"), Some(true));
    // Without the letter before it a digit takes a team.
    stage.key(KeyCode::Digit1, "1", false, false);
    assert_eq!(stage.chosen("desk:street"), Some(true));
    assert!(stage.says("in-hand").is_some() || stage.text().contains("patrol"));
}

#[test]
fn the_rows_fit_at_every_size_in_both_languages() {
    let mut found = Vec::new();
    for size in [(1024, 640), (1280, 800), (1920, 1080), (390, 844)] {
        for lang in Lang::ALL {
            let mut stage = pearl_bay_in(size, lang, &[]);
            stage.ask("page:orders").ok();
            stage.key(KeyCode::KeyY, "y", false, false);
            assert!(rows(&stage) > 0, "{size:?} {lang}");
            let faults = stage.faults().into_iter();
            found.extend(faults.map(|it| format!("{size:?} {lang}: {it}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
