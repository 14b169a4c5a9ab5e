//! Rehearsals, as the tests ask for them.

use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::rehearsal::{Part, Rehearsed, rehearse};
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::app::{Options, Screen, Settings, TEXT_SIZES};
use commonwatch::lab::{Game, Lineup, Policy};
use commonwatch::rules::Digest;
use commonwatch::scenario::{Scenario, find_built_in, load};
use commonwatch::text::Lang;
use std::path::Path;
use std::sync::Arc;

/// A scenario that is part of the program.
pub fn built_in(id: &str) -> Arc<Scenario> {
    let source = find_built_in(id).expect("it is built in").source();
    Arc::new(load(&source).expect("it is a good scenario").scenario)
}

/// A window, and a game in it.
pub fn play(scenario: &str, size: (u32, u32), lang: Lang, seed: u32, part: Part) -> Rehearsed {
    let options = Options {
        scenario: built_in(scenario),
        lang: Some(lang),
        system_lang: lang,
        size,
        seed,
        data_dir: None,
        autopilot: None,
    };
    rehearse(options, part)
}

/// The title of First Watch in a window of the usual size, with what is kept in a data folder.
pub fn options(lang: Lang, data_dir: Option<&Path>) -> Options {
    Options {
        scenario: built_in("first-watch"),
        lang: Some(lang),
        system_lang: lang,
        size: (1280, 800),
        seed: 7,
        data_dir: data_dir.map(Path::to_owned),
        autopilot: None,
    }
}

/// A window with a new game of Pearl Bay on the screen of orders.
pub fn pearl_bay(set_up: &[&str]) -> Stage {
    pearl_bay_in((1280, 800), Lang::En, set_up)
}

pub fn pearl_bay_in(size: (u32, u32), lang: Lang, set_up: &[&str]) -> Stage {
    game_of(built_in("pearl-bay"), size, lang, set_up)
}

/// A window at the title in which nothing moves, with an exercise among those to choose from.
pub fn window(scenario: Arc<Scenario>, size: (u32, u32), lang: Lang, text_size: u16) -> Stage {
    let options = Options {
        scenario,
        lang: Some(lang),
        system_lang: lang,
        size,
        seed: 7,
        data_dir: None,
        autopilot: None,
    };
    let settings = Settings {
        text_size,
        motion: false,
        ..Settings::default()
    };
    Stage::open_as(options, settings)
}

/// A window with a new game of an exercise on the screen of orders.
pub fn game_of(scenario: Arc<Scenario>, size: (u32, u32), lang: Lang, set_up: &[&str]) -> Stage {
    let name = format!(":{}", scenario.meta.id);
    let mut stage = window(scenario, size, lang, 100);
    let mut press = |id: &str| stage.press(id).expect(id);
    press("browse");
    let names = stage.names();
    let exercise = names.iter().find(|id| id.ends_with(&name));
    let exercise = exercise.expect("the exercise").clone();
    let mut press = |id: &str| stage.press(id).expect(id);
    press(&exercise);
    press("set-up");
    for id in set_up {
        press(id);
    }
    press("start");
    press("begin");
    if stage.screen() == Screen::Warning {
        stage.press("onward").expect("onward");
    }
    if stage.says("card-close").is_some() {
        stage.press("card-close").expect("card-close");
    }
    stage
}

/// The sizes of window that a layout must fit.
pub const WINDOWS: [(u32, u32); 3] = [(1024, 640), (1280, 800), (1920, 1080)];

/// Every window that a layout must fit: size, language, text size.
pub fn windows() -> impl Iterator<Item = ((u32, u32), Lang, u16)> {
    WINDOWS.into_iter().flat_map(|size| {
        Lang::ALL
            .into_iter()
            .flat_map(move |lang| TEXT_SIZES.into_iter().map(move |text| (size, lang, text)))
    })
}

/// Where the laboratory ends with the same orders.
pub fn laboratory(scenario: &str, policy: Policy, seed: u32) -> Digest {
    let world = Arc::clone(&built_in(scenario).world);
    let lineup = Lineup::policy(&world, policy);
    let game = Game::new(world, seed).and_then(|game| game.finish(&lineup));
    let game = game.expect("a policy orders what is allowed");
    game.state().digest()
}

/// Pearl Bay with its first month on the table, after these choices on the set-up. Nothing lies over
/// the page of orders but the cover between desks, where there is one.
pub fn flagship(size: (u32, u32), settings: Settings, set_up: &[&str]) -> Stage {
    let options = Options {
        scenario: built_in("pearl-bay"),
        size,
        ..options(Lang::En, None)
    };
    let mut stage = Stage::open_as(options, settings);
    let ask = |stage: &mut Stage, id: &str| stage.ask(id).unwrap_or_else(|why| panic!("{why}"));
    ask(&mut stage, "browse");
    ask(&mut stage, "set-up");
    for id in set_up.iter().chain(&["start", "begin"]) {
        ask(&mut stage, id);
    }
    to_orders(&mut stage);
    stage
}

/// Goes on without orders to the next page of orders, or to where the game stops before it. Whether
/// there is a page of orders.
pub fn to_orders(stage: &mut Stage) -> bool {
    for _ in 0..8 {
        if stage.screen() == Screen::Command {
            let close = stage.says("card-close").map(|_| "card-close");
            if close.is_some_and(|id| stage.ask(id).is_ok()) {
                continue;
            }
            return true;
        }
        if stage.ask("onward").is_err() {
            return false;
        }
    }
    false
}

/// Ends the month, with what waits left waiting, and stops where an emergency does.
pub fn end_month(stage: &mut Stage) {
    for _ in 0..8 {
        if stage.screen() != Screen::Command || stage.says("emergency-go").is_some() {
            return;
        }
        let ways = ["let-pass", "end-turn"];
        let way = ways.into_iter().find(|id| stage.says(id).is_some());
        stage
            .ask(way.expect("a way on"))
            .expect("it can be asked for");
    }
}

/// Plays on without orders until an emergency stops a month.
pub fn to_an_emergency(stage: &mut Stage) {
    while stage.says("emergency-go").is_none() {
        assert!(to_orders(stage), "no emergency came");
        end_month(stage);
    }
}

/// Changes a setting where the menu leads, as a person would who is in the middle of something.
pub fn change(stage: &mut Stage, settings: &[String]) {
    if stage.says("emergency-go").is_some() {
        stage.key(KeyCode::Escape, "", false, false);
    } else {
        stage.ask("menu").expect("the menu");
    }
    for id in ["menu:settings"]
        .into_iter()
        .chain(settings.iter().map(String::as_str))
    {
        stage.ask(id).unwrap_or_else(|why| panic!("{why}"));
    }
    stage.ask("close").expect("it can be closed");
}
