//! A game is the same game whatever plays it: mouse, keys, assistive technology, the laboratory.

use crate::support::{laboratory, options, play};
use bevy::prelude::KeyCode;
use commonwatch::app::Screen;
use commonwatch::app::autopilot::By;
use commonwatch::app::autopilot::rehearsal::Part;
use commonwatch::app::autopilot::stage::Stage;
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
