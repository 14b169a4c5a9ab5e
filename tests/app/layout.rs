//! Every screen at every size: nothing cut off, covered, too small, nameless or in another language.

use crate::support::play;
use commonwatch::app::autopilot::rehearsal::Part;
use commonwatch::app::{Look, Settings, TEXT_SIZES};
use commonwatch::lab::Policy;
use commonwatch::text::Lang;

const SIZES: [(u32, u32); 3] = [(1024, 640), (1280, 800), (1920, 1080)];

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

#[test]
fn nothing_is_cut_off_or_covered_at_any_size_in_any_language() {
    let mut found = Vec::new();
    for size in SIZES {
        for lang in Lang::ALL {
            found.extend(faults("first-watch", size, lang, still(100)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_longest_scenario_fits_too() {
    let mut found = Vec::new();
    for lang in Lang::ALL {
        found.extend(faults("harbour-town", (1024, 640), lang, still(100)));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn larger_text_and_larger_controls_fit_too() {
    let mut found = Vec::new();
    // Every text size once, in each language; the whole table runs in `.ci/long`.
    for (at, text_size) in TEXT_SIZES.into_iter().enumerate().skip(1) {
        let lang = Lang::ALL[at % 2];
        found.extend(faults("first-watch", SIZES[at % 3], lang, still(text_size)));
    }
    found.extend(faults("first-watch", (1024, 640), Lang::En, still(200)));
    let touch = Settings {
        touch: true,
        look: Look::Contrast,
        ..still(100)
    };
    found.extend(faults("first-watch", (1280, 800), Lang::En, touch));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
#[ignore = "a whole hour of games; .ci/long runs it"]
fn the_whole_table_of_sizes_languages_and_scenarios() {
    let mut found = Vec::new();
    for scenario in ["first-watch", "harbour-town"] {
        for size in SIZES {
            for lang in Lang::ALL {
                for text_size in TEXT_SIZES {
                    found.extend(faults(scenario, size, lang, still(text_size)));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
