//! One desk in hand: everything a desk can order is a press away, and nothing else is.

use crate::support::{built_in, game_of, laboratory, pearl_bay, pearl_bay_in, play};
use commonwatch::app::autopilot::rehearsal::Part;
use commonwatch::lab::Policy;
use commonwatch::rules::id::SeatIx;
use commonwatch::rules::world::{OpenOrder, OrderKind};
use commonwatch::text::Lang;
use std::sync::Arc;

/// Every kind of order that a careful table gives is given by presses, and the game ends where the
/// laboratory ends with the same orders.
#[test]
fn a_careful_table_plays_the_flagship_by_presses() {
    let part = Part::of(Policy::Balanced);
    let played = play("pearl-bay", (1280, 800), Lang::En, 7, part);
    assert_eq!(
        played.outcome,
        Ok(laboratory("pearl-bay", Policy::Balanced, 7))
    );
    assert!(played.faults.is_empty(), "{}", played.faults.join("\n"));
    let seen = |start: &str| played.controls.iter().any(|id| id.starts_with(start));
    for start in [
        "desk:",
        "page:",
        "tool:",
        "set:",
        "measure:",
        "pin:",
        "offer:",
        "forecast-room",
    ] {
        assert!(seen(start), "nothing named {start} was ever on a screen");
    }
}

#[test]
fn a_desk_sees_its_own_teams_and_tools() {
    let mut stage = pearl_bay(&[]);
    assert!(
        stage.says("take:foot").is_none(),
        "coordination moves no teams"
    );
    stage.press("page:tools").expect("its tools");
    assert!(stage.says("measure:duty").is_some());
    stage.press("desk:street").expect("the street desk");
    assert!(stage.says("take:foot").is_some());
    assert!(stage.says("measure:duty").is_none());
    assert!(stage.says("measure:training").is_some());
}

#[test]
fn what_is_set_is_set_with_its_price_and_can_be_undone() {
    let mut stage = pearl_bay(&[]);
    let before = stage.says("funds");
    stage.press("page:tools").expect("its tools");
    stage.press("measure:duty").expect("the duty level");
    stage.press("thing-after").expect("a district");
    stage.press("duty:ii").expect("level II");
    let after = stage.says("funds");
    assert_ne!(before, after, "level II has its price");
    stage.press("undo").expect("undo");
    assert_eq!(stage.says("funds"), before);
}

/// Where each desk commands its own, the laptop is handed on covered, what belongs to another is
/// refused, and the refusal offers to ask for it.
#[test]
fn another_desk_is_asked_and_what_it_reads_is_covered() {
    let mut stage = pearl_bay(&["command:desks"]);
    stage.press("desk:street").expect("the street desk");
    assert!(stage.says("uncover").is_some(), "it is covered");
    assert!(
        stage.press("page:notes").is_err(),
        "nothing below can be pressed"
    );
    stage.press("uncover").expect("the next person is there");
    stage.press("page:notes").expect("its notes");
    stage.press("ready").expect("ready");
    assert!(
        stage
            .says("end-turn")
            .is_some_and(|(_, value)| value.contains('1'))
    );
}

#[test]
fn alone_the_other_desks_run_on_standing_orders() {
    let mut stage = pearl_bay(&["people:solo"]);
    stage.press("desk:data").expect("the data desk");
    stage.press("page:standing").expect("its standing order");
    let text = stage.text();
    assert!(text.contains("The standing order plays the desk"), "{text}");
}

/// The pages of every desk, in both languages and at every size.
#[test]
fn every_page_of_every_desk_fits() {
    let mut found = Vec::new();
    for (size, lang) in [
        ((1024, 640), Lang::En),
        ((1024, 640), Lang::ZhHans),
        ((1280, 800), Lang::ZhHans),
        ((1920, 1080), Lang::En),
    ] {
        let mut stage = pearl_bay_in(size, lang, &["controls:slots"]);
        for _ in 0..9 {
            for page in ["orders", "tools", "notes", "talk", "standing"] {
                let about = format!("{size:?} {lang} {page}");
                let pressed = stage.press(&format!("page:{page}"));
                found.extend(pressed.err().map(|why| format!("{about}: {why}")));
                let faults = stage.faults();
                found.extend(faults.iter().map(|fault| format!("{about}: {fault}")));
            }
            stage.key(bevy::prelude::KeyCode::BracketRight, "]", false, false);
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A year of news, cards and papers in a small window, in both languages.
#[test]
fn a_year_of_the_flagship_fits_in_a_small_window() {
    for lang in Lang::ALL {
        let played = play("pearl-bay", (1024, 640), lang, 7, Part::of(Policy::Idle));
        assert_eq!(
            played.outcome,
            Ok(laboratory("pearl-bay", Policy::Idle, 7)),
            "{lang}"
        );
        assert!(
            played.faults.is_empty(),
            "{lang}: {}",
            played.faults.join("\n")
        );
    }
}

/// Two desks lie on one page as long as they only move teams. What one of them can set has its place
/// on the pages of that desk.
#[test]
fn a_small_table_can_set_what_its_author_opens() {
    let plain = built_in("first-watch");
    let stage = game_of(Arc::clone(&plain), (1280, 800), Lang::En, &[]);
    assert!(
        stage.says("page:tools").is_none(),
        "First Watch stays simple"
    );
    let mut scenario = (*plain).clone();
    scenario.meta.id = "two-desks".into();
    scenario.rules_hash = scenario.text_hash;
    let mut world = (*scenario.world).clone();
    world.orders.push(OpenOrder {
        kind: OrderKind::Duty,
        owner: SeatIx(0),
    });
    scenario.world = Arc::new(world);
    let mut stage = game_of(Arc::new(scenario), (1280, 800), Lang::En, &[]);
    for id in ["page:tools", "measure:duty", "duty:iv"] {
        stage.press(id).expect(id);
        let faults = stage.faults();
        assert!(faults.is_empty(), "{id}: {}", faults.join("\n"));
    }
    assert!(stage.says("undo").is_some(), "it was ordered");
}
