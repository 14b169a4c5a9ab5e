//! What the window explains: why a figure changed, and what the model holds of it.

use crate::support::options;
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::app::{Screen, Settings};
use commonwatch::text::Lang;

/// A window in which so many turns are over, and the figures of the last are shown.
fn after(turns: usize, lang: Lang, size: (u32, u32)) -> Stage {
    let settings = Settings {
        motion: false,
        ..Settings::default()
    };
    let mut options = options(lang, None);
    options.size = size;
    let mut stage = Stage::open_as(options, settings);
    for turn in 0..turns {
        // Enter goes on and on; it ends the turn with Ctrl.
        for _ in 0..8 {
            if stage.screen() == Screen::Command {
                break;
            }
            stage.key(KeyCode::Enter, "\r", false, false);
        }
        assert_eq!(stage.screen(), Screen::Command, "turn {turn}");
        for _ in 0..4 {
            if stage.screen() != Screen::Command {
                break;
            }
            stage.key(KeyCode::Escape, "", false, false);
            stage.key(KeyCode::Enter, "\r", true, false);
        }
        while stage.screen() == Screen::Response {
            stage.key(KeyCode::Enter, "\r", false, false);
        }
        assert_eq!(stage.screen(), Screen::Feedback, "turn {turn}");
    }
    stage
}

fn press(stage: &mut Stage, id: &str) {
    if stage.press(id).is_err() {
        stage.ask(id).unwrap_or_else(|why| panic!("{id}: {why}"));
    }
    let faults = stage.faults();
    assert!(faults.is_empty(), "{id}: {}", faults.join("\n"));
}

/// The bars of the why-panel, in order.
fn causes(stage: &Stage) -> Vec<String> {
    let names = stage.names().into_iter();
    names
        .filter(|id| id.starts_with("cause:") && id != "cause:unexplained")
        .collect()
}

#[test]
fn every_bar_leads_to_its_rule_with_the_numbers_behind_it() {
    for lang in Lang::ALL {
        let mut stage = after(2, lang, (1280, 800));
        let causes = causes(&stage);
        assert!(!causes.is_empty());
        for cause in causes {
            let (name, _) = stage.says(&cause).expect("a bar");
            press(&mut stage, &cause);
            press(&mut stage, "model:rule");
            let rule = cause.replace("cause:", "rule:");
            let (told, why) = stage.says(&rule).expect("the rule of the bar");
            assert_eq!(told, name);
            assert!(!why.is_empty());
            let number = stage
                .names()
                .into_iter()
                .find(|id| id.starts_with("number:"));
            let (_, value) = stage.says(&number.expect("a number")).expect("its value");
            let range = if lang == Lang::En { "Range" } else { "范围" };
            assert!(value.contains(range), "{value}");
            press(&mut stage, "close");
            press(&mut stage, &cause);
        }
        press(&mut stage, "model:unknown");
        assert!(stage.says("chapter:unknown").is_some());
    }
}

#[test]
fn the_pages_about_the_model_are_walked_from_end_to_end_without_typing() {
    for (lang, size) in [(Lang::En, (1280, 800)), (Lang::ZhHans, (390, 844))] {
        let mut stage = after(0, lang, size);
        for _ in 0..8 {
            if stage.screen() == Screen::Command {
                break;
            }
            stage.key(KeyCode::Enter, "\r", false, false);
        }
        press(&mut stage, "menu");
        press(&mut stage, "menu:model");
        let mut sections = 1;
        while stage.says("leaf:after").is_some() {
            press(&mut stage, "leaf:after");
            sections += 1;
            assert!(sections < 200, "the pages do not end");
        }
        assert!(sections > 20, "{sections}");
        // What the first exercise does not have is not spoken of.
        let text = stage.text();
        assert!(!text.contains("instrument:"), "{text}");
        stage.key(KeyCode::Escape, "", false, false);
        assert_eq!(stage.screen(), Screen::Command);
    }
}

#[test]
fn a_count_is_explained_for_one_place_and_one_family_and_adds_up() {
    let mut stage = after(2, Lang::En, (1024, 640));
    let count = |stage: &Stage, id: &str| -> f64 {
        let (_, value) = stage.says(id).expect("a count");
        value.parse().expect("a number")
    };
    let city = count(&stage, "why.now");
    let families: Vec<String> = {
        let names = stage.names().into_iter();
        names.filter(|id| id.starts_with("family:")).collect()
    };
    for family in families {
        press(&mut stage, &family);
        for _ in 0..3 {
            press(&mut stage, "place:after");
            let (_, place) = stage.says("place:name").expect("a place");
            assert!(!place.contains("one place"), "{place}");
            let bars = stage.names();
            let bars = bars.iter().filter(|id| id.starts_with("cause:"));
            let told: f64 = bars
                .map(|id| stage.says(id).expect("a bar").1.replace('−', "-"))
                .map(|amount| amount.parse::<f64>().expect("an amount"))
                .sum();
            let change = count(&stage, "why.now") - count(&stage, "why.before");
            // Each bar is rounded to one decimal.
            assert!((told - change).abs() < 0.6, "{place}: {told} for {change}");
        }
        press(&mut stage, "place:city");
    }
    press(&mut stage, "family:street-theft");
    assert!((count(&stage, "why.now") - city).abs() < 0.5 || city > 0.0);
}
