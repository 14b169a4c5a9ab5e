//! Rehearsals, as the tests ask for them.

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
    let options = Options {
        scenario: built_in("pearl-bay"),
        lang: Some(lang),
        system_lang: lang,
        size,
        seed: 7,
        data_dir: None,
        autopilot: None,
    };
    let still = Settings {
        motion: false,
        ..Settings::default()
    };
    let mut stage = Stage::open_as(options, still);
    let mut press = |id: &str| stage.press(id).expect(id);
    press("browse");
    let names = stage.names();
    let exercise = names.iter().find(|id| id.ends_with(":pearl-bay"));
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
