//! The phases of a full game: the emergency, the warning, what happened, and the debrief's pages.

use crate::support::{built_in, end_month, game_of, laboratory, play, to_orders};
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::rehearsal::Part;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::app::{Options, Screen};
use commonwatch::lab::Policy;
use commonwatch::text::Lang;
use std::path::Path;
use std::time::Duration;

const SIZE: (u32, u32) = (1280, 800);

/// Pearl Bay with its first month on the table.
fn pearl_bay(size: (u32, u32), lang: Lang, data_dir: Option<&Path>) -> Stage {
    let options = Options {
        scenario: built_in("pearl-bay"),
        lang: Some(lang),
        system_lang: lang,
        size,
        seed: 7,
        data_dir: data_dir.map(Path::to_owned),
        autopilot: None,
    };
    let mut stage = Stage::open(options);
    stage.press("browse").expect("the exercises");
    stage.press("set-up").expect("the set-up");
    stage.press("start").expect("a game");
    stage.press("begin").expect("the first month");
    stage
}

fn is_there(stage: &Stage, id: &str) -> bool {
    stage.names().iter().any(|name| name == id)
}

/// Goes on one step without an order.
fn go_on(stage: &mut Stage) {
    for id in [
        "emergency-go",
        "let-pass",
        "card-close",
        "onward",
        "end-turn",
    ] {
        if is_there(stage, id) && stage.press(id).is_ok() {
            return;
        }
    }
    panic!("no way on from {:?}", stage.screen());
}

/// Goes on until an emergency stops a turn.
fn to_the_emergency(stage: &mut Stage) {
    for _ in 0..400 {
        if is_there(stage, "emergency-go") {
            return;
        }
        assert_ne!(stage.screen(), Screen::Debrief, "no emergency came");
        go_on(stage);
    }
    panic!("no emergency came");
}

fn chosen(stage: &Stage, id: &str) -> bool {
    stage.chosen(id) == Some(true)
}

#[test]
fn a_game_of_eight_desks_by_presses_ends_where_the_laboratory_ends() {
    let played = play("pearl-bay", SIZE, Lang::ZhHans, 7, Part::of(Policy::Idle));
    assert_eq!(played.outcome, Ok(laboratory("pearl-bay", Policy::Idle, 7)));
    let emergency = |name: &String| name.contains("emergency");
    assert!(
        played.looked_at.iter().any(emergency),
        "{:?}",
        played.looked_at
    );
    assert!(played.faults.is_empty(), "{}", played.faults.join("\n"));
}

#[test]
fn an_emergency_is_decided_by_number_keys_and_by_the_mouse() {
    let mut stage = pearl_bay(SIZE, Lang::En, None);
    to_the_emergency(&mut stage);
    assert!(!stage.rests(), "the seconds run");
    let text = stage.text();
    assert!(text.contains("What nobody decides goes by the book") || text.contains("By the book"));
    stage.key(KeyCode::Digit2, "2", false, false);
    assert!(chosen(&stage, "beat:first-in:right"));
    stage.press("beat:in-command:city").expect("a choice");
    stage.press("beat:in-command:station").expect("another");
    assert!(chosen(&stage, "beat:in-command:station"));
    assert!(!chosen(&stage, "beat:in-command:city"));
    assert!(stage.press_by_keys("beat:say:now"), "Tab comes by");
    assert!(chosen(&stage, "beat:say:now"));
    assert!(stage.faults().is_empty(), "{:?}", stage.faults());
    // No order is given any more.
    stage.key(KeyCode::KeyZ, "z", true, false);
    assert!(chosen(&stage, "beat:say:now"), "nothing is taken back");
    stage.press("emergency-go").expect("the way on");
    assert_eq!(stage.screen(), Screen::Response);
}

#[test]
fn an_emergency_that_was_broken_off_is_there_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = pearl_bay(SIZE, Lang::En, Some(folder.path()));
    to_the_emergency(&mut stage);
    stage.key(KeyCode::Digit5, "5", false, false);
    assert!(chosen(&stage, "beat:in-command:city"));
    // Everything goes at once, as when the program is killed.
    drop(stage);
    let options = Options {
        scenario: built_in("pearl-bay"),
        lang: Some(Lang::En),
        system_lang: Lang::En,
        size: SIZE,
        seed: 7,
        data_dir: Some(folder.path().to_owned()),
        autopilot: None,
    };
    let mut stage = Stage::open(options);
    stage.press("continue").expect("the game");
    assert!(
        chosen(&stage, "beat:in-command:city"),
        "{:?}",
        stage.names()
    );
    stage.press("emergency-go").expect("the way on");
    assert_eq!(stage.screen(), Screen::Response);
}

#[test]
fn a_month_opens_with_alerts_pressures_and_its_tempo() {
    let mut stage = pearl_bay(SIZE, Lang::En, None);
    let mut alerts = false;
    for _ in 0..60 {
        if stage.screen() == Screen::Warning {
            let pressures = stage.names().into_iter();
            assert_eq!(
                pressures.filter(|id| id.starts_with("pressure:")).count(),
                8
            );
            assert!(stage.faults().is_empty(), "{:?}", stage.faults());
            alerts = true;
        }
        go_on(&mut stage);
    }
    assert!(alerts, "no month opened");
}

#[test]
fn a_month_ends_with_one_question_and_arrows_until_the_desks_have_learned() {
    let mut stage = pearl_bay(SIZE, Lang::En, None);
    let mut months = 0;
    for _ in 0..400 {
        if stage.screen() == Screen::Feedback {
            months += 1;
            let (title, asked) = stage.says("question").expect("a question to the room");
            assert_eq!(title, "A question to the room");
            assert!(asked.ends_with('?'), "{asked}");
            let (_, told) = stage.says("figure:safe").expect("a figure");
            // Nobody was taught, so nobody says what is within the usual wobble.
            assert!(!told.contains("the usual wobble"), "{told}");
            if months == 3 {
                return;
            }
        }
        go_on(&mut stage);
    }
    panic!("the third month did not end");
}

/// The window slept, or the machine was busy, for longer than a call waits: nobody could read it, so
/// its seconds have not run.
#[test]
fn a_call_loses_no_seconds_while_nothing_is_drawn() {
    let mut stage = game_of(built_in("first-watch"), SIZE, Lang::En, &[]);
    for _ in 0..6 {
        let _ = stage.ask("end-turn");
        if stage.says("refusal").is_some() {
            stage.ask("end-turn").expect("without an answer");
        }
        if stage.says("let-pass").is_some() {
            std::thread::sleep(Duration::from_secs(13));
            stage.ask("call-reason:urgency").expect("it still waits");
            assert!(stage.says("let-pass").is_some());
            return;
        }
        end_month(&mut stage);
        if !to_orders(&mut stage) {
            break;
        }
    }
    panic!("no call came");
}
