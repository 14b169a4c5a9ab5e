//! The map: what stands on it, its layers, and looking at it from nearer.

use crate::support::{built_in, window, windows};
use bevy::prelude::{KeyCode, Vec2};
use commonwatch::app::Screen;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::text::Lang;

fn open(scenario: &str, size: (u32, u32), lang: Lang, text_size: u16) -> Stage {
    window(built_in(scenario), size, lang, text_size)
}

/// Asks for a control, as assistive technology does.
fn ask(stage: &mut Stage, id: &str) {
    stage.ask(id).unwrap_or_else(|why| panic!("{why}"));
}

/// From the title to the orders of the first turn.
fn to_orders(stage: &mut Stage, scenario: &str) {
    ask(stage, "browse");
    let exercise = |id: &String| id.starts_with("exercise:") && id.ends_with(scenario);
    let names = stage.names();
    let exercise = names.iter().find(|id| exercise(id)).expect("an exercise");
    ask(stage, exercise);
    for id in ["set-up", "start", "begin"] {
        ask(stage, id);
    }
    reach_orders(stage);
}

/// On to the screen of orders, with no card open.
fn reach_orders(stage: &mut Stage) {
    for _ in 0..6 {
        if stage.screen() != Screen::Command {
            ask(stage, "onward");
        }
    }
    if stage.says("card-close").is_some() {
        ask(stage, "card-close");
    }
}

/// Ends a turn and goes on to the orders of the next.
fn next_turn(stage: &mut Stage) {
    for _ in 0..6 {
        if stage.screen() == Screen::Command {
            let pass = stage.says("let-pass").is_some();
            ask(stage, if pass { "let-pass" } else { "end-turn" });
        }
    }
    assert_ne!(stage.screen(), Screen::Command, "the turn does not end");
    reach_orders(stage);
}

fn layers(stage: &Stage) -> Vec<String> {
    let names = stage.names();
    let layers = names.iter().filter_map(|id| id.strip_prefix("layer:"));
    layers.map(str::to_owned).collect()
}

#[test]
fn the_first_screen_of_the_first_exercise_has_no_layers_and_no_buttons_to_look_nearer() {
    let mut stage = open("first-watch", (1280, 800), Lang::En, 100);
    to_orders(&mut stage, "first-watch");
    for id in ["overlay", "zoom-in", "zoom-out", "zoom-fit"] {
        assert_eq!(stage.says(id), None, "{id}");
    }
    stage.key(KeyCode::KeyO, "o", false, false);
    assert!(layers(&stage).is_empty());
    next_turn(&mut stage);
    ask(&mut stage, "overlay");
    let offered = layers(&stage);
    assert!(offered.contains(&"recorded".to_owned()), "{offered:?}");
    for absent in [
        "rings",
        "sensing",
        "pins",
        "volunteers",
        "delay",
        "forecast",
    ] {
        assert!(
            !offered.contains(&absent.to_owned()),
            "{absent}: {offered:?}"
        );
    }
}

#[test]
fn a_layer_is_chosen_by_keys_alone_and_says_what_it_shows() {
    let mut stage = open("first-watch", (1280, 800), Lang::En, 100);
    to_orders(&mut stage, "first-watch");
    next_turn(&mut stage);
    stage.key(KeyCode::KeyO, "o", false, false);
    stage.key(KeyCode::ArrowDown, "", false, false);
    stage.key(KeyCode::Enter, "\r", false, false);
    assert!(layers(&stage).is_empty(), "the list has closed");
    let (label, _) = stage.says("overlay").expect("the button");
    assert!(label.contains("Recorded crime"), "{label}");
    let text = stage.text();
    for said in ["On record, last turn", "per 10,000", "about as in the city"] {
        assert!(text.contains(said), "{said}");
    }
    let figures = stage.names();
    let figures = figures.iter().filter(|id| id.starts_with("layer-figure:"));
    assert!(figures.count() >= 4, "{text}");
    // A place that is looked at comes before the layer; Esc goes back, then the layer goes.
    stage.key(KeyCode::Period, ".", false, false);
    stage.key(KeyCode::Enter, "\r", false, false);
    assert_eq!(stage.says("layer-close"), None);
    stage.key(KeyCode::Escape, "", false, false);
    assert!(stage.says("layer-close").is_some());
    stage.key(KeyCode::KeyO, "o", false, false);
    assert!(!layers(&stage).is_empty());
    stage.key(KeyCode::Escape, "", false, false);
    assert!(layers(&stage).is_empty());
    stage.key(KeyCode::Escape, "", false, false);
    assert_eq!(stage.says("layer-close"), None);
}

#[test]
fn what_the_table_has_not_guessed_is_not_told() {
    let mut stage = open("first-watch", (1280, 800), Lang::En, 100);
    to_orders(&mut stage, "first-watch");
    next_turn(&mut stage);
    let names = stage.names();
    let place = names.iter().find(|id| id.starts_with("precinct:"));
    let place = place.expect("a precinct").clone();
    ask(&mut stage, &place);
    ask(&mut stage, "forecast:same");
    ask(&mut stage, "overlay");
    ask(&mut stage, "layer:forecast");
    let figure = place.replace("precinct:", "layer-figure:");
    for id in stage.names() {
        if let Some((_, value)) = stage.says(&id).filter(|_| id.starts_with("layer-figure:")) {
            assert_eq!(!value.starts_with('?'), id == figure, "{id}: {value}");
        }
    }
    let (_, value) = stage.says(&figure).expect("the figure of the guess");
    assert!(value.contains(" to "), "{value}");
}

#[test]
fn a_dense_city_shows_sites_by_grade_gates_and_every_layer_it_has() {
    let mut stage = open("pearl-bay", (1280, 800), Lang::En, 100);
    to_orders(&mut stage, "pearl-bay");
    let (name, value) = stage.says("site:opera-house").expect("a key site");
    assert_eq!(name, "Opera House");
    assert!(
        value.contains("grade A") && value.contains("Opera Point"),
        "{value}"
    );
    assert!(stage.says("gate:east-gate").is_some());
    let sites = stage
        .names()
        .iter()
        .filter(|id| id.starts_with("site:"))
        .count();
    assert!(sites >= 18, "{sites} of 24 sites have room");
    next_turn(&mut stage);
    ask(&mut stage, "overlay");
    let offered = layers(&stage);
    for layer in [
        "recorded", "trust", "safe", "patrol", "outreach", "rings", "burden", "pins",
    ] {
        assert!(offered.contains(&layer.to_owned()), "{layer}: {offered:?}");
    }
    ask(&mut stage, "layer:rings");
    let (_, held) = stage.says("layer-grade:map.grade.a").expect("grade A");
    assert_eq!(held, "6 of 6", "guarded sites are reached at once");
    let text = stage.text();
    assert!(text.contains("Not reached in time"), "{text}");
    assert!(text.contains("within 3 min"), "{text}");
}

#[test]
fn every_layer_fits_at_every_size_in_every_language() {
    let mut found = Vec::new();
    let some = windows().filter(|(_, _, text)| [100, 200].contains(text));
    for (size, lang, text_size) in some.chain([((390, 844), Lang::ZhHans, 100)]) {
        let mut stage = open("pearl-bay", size, lang, text_size);
        to_orders(&mut stage, "pearl-bay");
        next_turn(&mut stage);
        let mut look = |stage: &mut Stage, what: &str| {
            let about = format!("{size:?} {lang} {text_size} {what}");
            let faults = stage.faults();
            found.extend(faults.into_iter().map(|it| format!("{about}: {it}")));
        };
        look(&mut stage, "plan");
        ask(&mut stage, "overlay");
        look(&mut stage, "list");
        let offered = layers(&stage);
        ask(&mut stage, "overlay");
        for layer in offered {
            ask(&mut stage, "overlay");
            ask(&mut stage, &format!("layer:{layer}"));
            look(&mut stage, &layer);
            if stage.says("panel").is_some() {
                ask(&mut stage, "panel");
                look(&mut stage, &format!("legend of {layer}"));
                ask(&mut stage, "panel");
            }
        }
        ask(&mut stage, "overlay");
        ask(&mut stage, "layer:plan");
        for zoom in ["nearer", "nearest"] {
            stage.key(KeyCode::Equal, "+", false, true);
            stage.key(KeyCode::Equal, "+", false, true);
            look(&mut stage, zoom);
            stage.key(KeyCode::ArrowRight, "", false, true);
            look(&mut stage, &format!("{zoom}, aside"));
        }
    }
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_map_comes_nearer_at_the_pointer_is_pulled_and_fits_again() {
    let mut stage = open("first-watch", (1280, 800), Lang::En, 100);
    to_orders(&mut stage, "first-watch");
    let name = |stage: &Stage| stage.name_of_place(0).expect("a name");
    let (before, other) = (name(&stage), stage.name_of_place(1).expect("another"));
    stage.wheel(before, -96.0);
    assert!(
        name(&stage).distance(before) < 0.5,
        "it stays under the pointer"
    );
    let apart = stage.name_of_place(1).expect("another").distance(before);
    assert!(apart > other.distance(before) * 1.2, "{apart}");
    for id in ["zoom-in", "zoom-out", "zoom-fit"] {
        assert!(stage.says(id).is_some(), "{id}");
    }
    // Pulling the map is no press, and draws nothing of the city anew.
    let (drawn, from) = (stage.city_drawings(), before + Vec2::new(0.0, 40.0));
    let by = Vec2::new(-60.0, 20.0);
    stage.drag(from, from + by, 30);
    let moved = name(&stage) - before;
    assert!(moved.distance(by) < 9.0, "{moved}");
    assert_eq!(stage.city_drawings(), drawn);
    assert!(!stage.text().contains("residents"), "nothing was chosen");
    stage.key(KeyCode::Digit0, "0", false, false);
    assert!(name(&stage).distance(before) < 0.01);
    assert_eq!(stage.says("zoom-fit"), None);
    // What the keys point at comes in sight.
    for _ in 0..4 {
        stage.key(KeyCode::Equal, "+", false, true);
    }
    for _ in 0..5 {
        stage.key(KeyCode::Period, ".", false, false);
        let window = bevy::prelude::Rect::new(0.0, 56.0, 880.0, 690.0);
        let shown = (0..6).filter_map(|at| stage.name_of_place(at));
        assert!(shown.into_iter().any(|at| window.contains(at)));
    }
}
