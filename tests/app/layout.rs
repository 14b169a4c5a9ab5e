//! Every screen at every size: nothing cut off, covered, too small, nameless or in another language.

use crate::support::{
    WINDOWS, change, end_month, flagship, play, to_an_emergency, to_orders, windows,
};
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::rehearsal::Part;
use commonwatch::app::autopilot::stage::Stage;
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

/// A small window at these sizes of text, and a phone held upright.
const SMALL: [((u32, u32), &[u16]); 2] =
    [((1024, 640), &[100, 150, 200]), ((390, 844), &[100, 200])];

/// Does something on each small window at every size of text in both languages.
fn in_small_windows(mut open: impl FnMut((u32, u32)) -> Stage, look: impl Fn(&mut Eyes<'_>)) {
    let mut found = Vec::new();
    for (size, sizes) in SMALL {
        let mut stage = open(size);
        for (lang, text) in Lang::ALL
            .iter()
            .flat_map(|lang| sizes.iter().map(move |it| (lang, it)))
        {
            change(
                &mut stage,
                &[format!("lang:{lang}"), format!("text:{text}")],
            );
            look(&mut Eyes {
                stage: &mut stage,
                about: format!("{size:?} {lang} {text} %"),
                found: &mut found,
            });
        }
    }
    found.sort();
    found.dedup();
    assert!(
        found.is_empty(),
        "{} faults\n{}",
        found.len(),
        found.join("\n")
    );
}

/// A look at one page after the other of a game.
struct Eyes<'a> {
    stage: &'a mut Stage,
    about: String,
    found: &'a mut Vec<String>,
}

impl Eyes<'_> {
    fn at(&mut self, page: &str) {
        let faults = self.stage.faults();
        let about = &self.about;
        self.found.extend(
            faults
                .iter()
                .map(|fault| format!("{about} {page}: {fault}")),
        );
    }

    fn ask(&mut self, id: &str) {
        let (asked, about) = (self.stage.ask(id), &self.about);
        self.found
            .extend(asked.err().map(|why| format!("{about}: {why}")));
    }

    fn named(&self, start: &str) -> Vec<String> {
        let mut names = self.stage.names();
        names.retain(|id| id.starts_with(start));
        names
    }

    /// The page beside the map, which lies over it where there is no room beside it.
    fn show_panel(&mut self, shown: bool) {
        let is_shown = self.stage.says("page:orders").is_some();
        if is_shown != shown && self.stage.says("panel").is_some() {
            self.ask("panel");
        }
    }
}

/// Pearl Bay in its second month, with everything said that desks can say to each other.
fn a_month_later(size: (u32, u32)) -> Stage {
    let mut stage = flagship(size, still(100), &["controls:slots"]);
    let mut ask = |id: &str| stage.ask(id).unwrap_or_else(|why| panic!("{why}"));
    if size.0 < 1024 {
        ask("panel");
    }
    for id in [
        "page:standing",
        "posture:reserve-first",
        "desk:street",
        "page:talk",
    ] {
        ask(id);
    }
    for id in [
        "reason:cost",
        "ask-release",
        "ask-of:coordination",
        "wish:funds:2",
    ] {
        ask(id);
    }
    for id in [
        "desk:community",
        "page:talk",
        "ask-of:street",
        "wish:unit:foot-6",
    ] {
        ask(id);
    }
    for id in ["desk:street", "page:talk"] {
        ask(id);
    }
    end_month(&mut stage);
    assert!(to_orders(&mut stage), "a second month");
    stage
}

#[test]
fn every_page_and_tool_of_every_desk_fits_in_small_windows() {
    in_small_windows(a_month_later, |look| {
        look.show_panel(true);
        for desk in look.named("desk:") {
            look.ask(&desk);
            for page in ["orders", "tools", "notes", "talk", "standing"] {
                look.ask(&format!("page:{page}"));
                look.at(&format!("{desk} {page}"));
            }
            look.ask("page:tools");
            let tools = [look.named("tool:"), look.named("measure:")].concat();
            for tool in tools {
                look.ask(&tool);
                look.at(&format!("{desk} {tool}"));
                look.ask("sheet-back");
            }
        }
        // What is asked of another desk, and what is wanted in return for a yes.
        look.ask("desk:coordination");
        look.ask("page:talk");
        look.ask("ask-of:street");
        look.at("an ask");
        look.ask("sheet-back");
        for reply in look.named("if:") {
            look.ask(&reply);
            look.at("a counter-ask");
            look.ask("sheet-back");
        }
        look.show_panel(false);
    });
}

#[test]
fn what_lies_over_the_orders_fits_in_small_windows() {
    in_small_windows(a_month_later, |look| {
        look.stage.key(KeyCode::KeyO, "o", false, false);
        look.at("layers");
        for layer in look.named("layer:") {
            look.stage.key(KeyCode::Escape, "", false, false);
            look.stage.key(KeyCode::KeyO, "o", false, false);
            look.ask(&layer);
            look.at(&layer);
            look.stage.key(KeyCode::KeyO, "o", false, false);
        }
        look.ask("layer:plan");
        look.stage.key(KeyCode::KeyH, "h", false, false);
        look.at("history");
        look.ask("close");
        look.stage.key(KeyCode::KeyW, "W", false, true);
        look.at("glossary");
        for group in look.named("glossary:") {
            if group != "glossary:model" {
                look.ask(&group);
                look.at(&group);
            }
        }
        look.ask("close");
        look.ask("menu");
        look.ask("menu:model");
        look.at("model");
        for chapter in look.named("chapter:") {
            look.ask(&chapter);
            for section in look.named("section:") {
                look.ask(&section);
                look.at(&format!("{chapter} {section}"));
            }
        }
        look.ask("close");
    });
}

#[test]
fn an_emergency_fits_in_small_windows() {
    let open = |size| {
        let mut stage = flagship(size, still(100), &[]);
        to_an_emergency(&mut stage);
        stage
    };
    in_small_windows(open, |look| {
        look.at("emergency");
        look.stage.key(KeyCode::Digit2, "2", false, false);
        look.at("an emergency half decided");
    });
}
