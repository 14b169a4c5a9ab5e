//! A game is the same game whatever plays it: mouse, keys, assistive technology, the laboratory.

use crate::support::{laboratory, options, play};
use bevy::prelude::{KeyCode, Vec2};
use commonwatch::app::autopilot::By;
use commonwatch::app::autopilot::rehearsal::Part;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::app::{Options, Screen, Settings};
use commonwatch::lab::Policy;
use commonwatch::text::Lang;

const SIZE: (u32, u32) = (1280, 800);

#[test]
fn a_game_by_presses_ends_where_the_laboratory_ends() {
    let games = [
        ("first-watch", Policy::Hotspot, 7),
        ("first-watch", Policy::Random, 3),
        ("harbour-town", Policy::Even, 5),
    ];
    for (scenario, policy, seed) in games {
        let played = play(scenario, SIZE, Lang::En, seed, Part::of(policy));
        let expected = laboratory(scenario, policy, seed);
        assert_eq!(played.outcome, Ok(expected), "{scenario} {}", policy.id());
        for screen in Screen::ALL {
            let seen = |name: &String| name.contains(screen.id());
            assert!(
                played.looked_at.iter().any(seen),
                "{} was not seen: {:?}",
                screen.id(),
                played.looked_at
            );
        }
    }
}

#[test]
fn the_keyboard_alone_plays_to_the_debrief() {
    let part = Part {
        by: By::Keys,
        ..Part::of(Policy::Hotspot)
    };
    let played = play("first-watch", SIZE, Lang::En, 7, part);
    let expected = laboratory("first-watch", Policy::Hotspot, 7);
    assert_eq!(played.outcome, Ok(expected));
}

#[test]
fn assistive_technology_alone_plays_to_the_debrief() {
    let part = Part {
        by: By::Speech,
        ..Part::of(Policy::Random)
    };
    let played = play("first-watch", SIZE, Lang::ZhHans, 3, part);
    let expected = laboratory("first-watch", Policy::Random, 3);
    assert_eq!(played.outcome, Ok(expected));
}

#[test]
fn a_control_that_is_covered_stops_the_player() {
    let part = Part {
        covered: Some("end-turn".to_owned()),
        ..Part::of(Policy::Hotspot)
    };
    let played = play("first-watch", SIZE, Lang::En, 7, part);
    assert_eq!(played.outcome, Err("end-turn is covered".to_owned()));
}

#[test]
fn a_card_that_waits_is_told_of_before_the_turn_ends() {
    let mut stage = Stage::open(options(Lang::En, None));
    stage.press("learn").expect("a game to learn with");
    for _ in 0..2 {
        stage.key(KeyCode::Enter, "\r", false, false);
    }
    stage.key(KeyCode::Enter, "\r", true, false);
    while stage.screen() != Screen::Command {
        stage.key(KeyCode::Enter, "\r", false, false);
    }
    // "To the orders" and "End turn" lie at the same place: a hasty second press ends no turn.
    stage.press("end-turn").expect("it is there");
    assert_eq!(stage.screen(), Screen::Command);
    let (title, body) = stage.says("refusal").expect("a slip");
    assert_eq!(title, "A figure on the gate");
    assert!(body.contains("Without an answer: "), "{body}");
    assert!(stage.faults().is_empty(), "{:?}", stage.faults());
    stage.press("end-turn").expect("it is there");
    assert_eq!(stage.screen(), Screen::Response);
}

#[test]
fn a_card_that_waits_stays_in_sight_under_a_long_page() {
    let options = Options {
        size: (1024, 640),
        ..options(Lang::En, None)
    };
    let mut stage = Stage::open(options);
    stage.press("learn").expect("a game to learn with");
    for _ in 0..2 {
        stage.key(KeyCode::Enter, "\r", false, false);
    }
    stage.key(KeyCode::Enter, "\r", true, false);
    while stage.screen() != Screen::Command {
        stage.key(KeyCode::Enter, "\r", false, false);
    }
    stage
        .press("card-close")
        .expect("the card was dealt face up");
    stage.key(KeyCode::Digit1, "1", false, false);
    stage.key(KeyCode::Enter, "\r", false, false);
    stage
        .press("forecast:same")
        .expect("the page asks for a guess");
    let card = |stage: &Stage| stage.names().into_iter().find(|id| id.starts_with("card:"));
    let id = card(&stage).expect("the card waits beside the map");
    stage
        .press(&id)
        .expect("it can be pressed without scrolling");
    stage.press("card-close").expect("it lies open");
}

/// First Watch with its first month just ended.
fn the_first_month_plays(motion: bool) -> Stage {
    let settings = Settings {
        motion,
        ..Settings::default()
    };
    let mut stage = Stage::open_as(options(Lang::En, None), settings);
    stage.press("learn").expect("a game to learn with");
    for _ in 0..2 {
        stage.key(KeyCode::Enter, "\r", false, false);
    }
    stage.key(KeyCode::Digit1, "1", false, false);
    stage.key(KeyCode::Enter, "\r", false, false);
    stage.key(KeyCode::Enter, "\r", true, false);
    assert_eq!(stage.screen(), Screen::Response);
    stage
}

fn plays(stage: &Stage) -> bool {
    let (label, _) = stage.says("onward").expect("the way on");
    label == "Show all"
}

#[test]
fn any_key_and_any_click_shows_the_rest_of_a_turn_that_plays() {
    type Press = fn(&mut Stage);
    let presses: [(&str, Press); 5] = [
        ("a letter", |stage| {
            stage.key(KeyCode::KeyX, "x", false, false)
        }),
        ("a blank", |stage| {
            stage.key(KeyCode::Space, " ", false, false)
        }),
        ("Esc", |stage| stage.key(KeyCode::Escape, "", false, false)),
        ("a click on the map", |stage| {
            stage.click(Vec2::new(300.0, 400.0))
        }),
        ("a click on the log", |stage| {
            stage.click(Vec2::new(1100.0, 650.0))
        }),
    ];
    for (with, press) in presses {
        let mut stage = the_first_month_plays(true);
        assert!(plays(&stage) && !stage.rests(), "{with}");
        assert!(stage.marks() > 0, "burglaries on record lie on the map");
        press(&mut stage);
        assert!(!plays(&stage) && stage.rests(), "{with} shows the rest");
        assert_eq!(
            stage.screen(),
            Screen::Response,
            "{with} does no more than that"
        );
        assert!(stage.marks() > 0, "and the marks stay");
        assert!(stage.faults().is_empty(), "{:?}", stage.faults());
        let log: Vec<String> = stage
            .names()
            .into_iter()
            .filter(|id| id.starts_with("recorded:"))
            .collect();
        assert_eq!(log.len(), 6, "{log:?}");
        for id in log {
            let (_, told) = stage.says(&id).expect("a line");
            assert!(told.contains("Help came after "), "{told}");
        }
        stage.key(KeyCode::Enter, "\r", false, false);
        assert_eq!(stage.screen(), Screen::Feedback);
        assert_eq!(stage.marks(), 0, "they are gone with their screen");
    }
}

#[test]
fn a_turn_stands_still_where_nothing_is_to_move() {
    let stage = the_first_month_plays(false);
    assert!(!plays(&stage) && stage.rests());
    assert!(stage.marks() > 0);
}
