//! Every screen at every size: nothing cut off, covered, too small, nameless or in another language.

use crate::support::{WINDOWS, play, windows};
use commonwatch::app::autopilot::rehearsal::Part;
use commonwatch::app::{Look, Settings};
use commonwatch::lab::Policy;
use commonwatch::text::Lang;

/// What is wrong in one game.
fn faults(scenario: &str, size: (u32, u32), lang: Lang, settings: Settings) -> Vec<String> {
    let text = settings.text_size;
    let part = Part {
        settings,
        ..Part::of(Policy::Random)
    };
    let played = play(scenario, size, lang, 11, part);
    let about = format!("{scenario} {size:?} {lang} {text} %");
    let mut faults: Vec<String> = played
        .faults
        .iter()
        .map(|fault| format!("{about} {fault}"))
        .collect();
    if let Err(why) = &played.outcome {
        faults.push(format!("{about}: {why}"));
    }
    faults.sort();
    faults.dedup();
    faults
}

fn still(text_size: u16) -> Settings {
    Settings {
        text_size,
        motion: false,
        ..Settings::default()
    }
}

/// Every size of window and text, in each language.
fn whole_table(scenario: &str) -> Vec<String> {
    windows()
        .flat_map(|(size, lang, text_size)| faults(scenario, size, lang, still(text_size)))
        .collect()
}

#[test]
fn first_watch_fits_at_every_size_in_every_language() {
    let found = whole_table("first-watch");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn harbour_town_fits_at_every_size_in_every_language() {
    let found = whole_table("harbour-town");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A window that is too small for everything at its size gets everything smaller, whatever size of
/// text is chosen.
#[test]
fn a_phone_held_upright_shows_everything() {
    let mut found = Vec::new();
    for (lang, text_size) in [(Lang::En, 100), (Lang::ZhHans, 200)] {
        found.extend(faults("first-watch", (390, 844), lang, still(text_size)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn controls_for_fingers_fit_too() {
    let touch = Settings {
        touch: true,
        look: Look::Contrast,
        ..still(100)
    };
    let mut found = Vec::new();
    for size in WINDOWS {
        found.extend(faults("first-watch", size, Lang::En, touch.clone()));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
