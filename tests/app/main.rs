//! The window without a display: a whole game by presses, and the layout of every screen.

use commonwatch::app::Options;
use commonwatch::app::autopilot::rehearsal::{Rehearsed, rehearse};
use commonwatch::lab::{Game, Lineup, Policy};
use commonwatch::scenario::{Scenario, Source, load};
use commonwatch::text::Lang;
use std::path::Path;
use std::sync::Arc;

fn first_watch() -> Arc<Scenario> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/first-watch");
    let loaded = load(&Source::Disk(folder)).expect("first-watch is a good scenario");
    Arc::new(loaded.scenario)
}

fn play(size: (u32, u32), lang: Lang, policy: Policy, seed: u32) -> Rehearsed {
    let options = Options {
        scenario: first_watch(),
        lang,
        size,
        seed,
        data_dir: None,
        autopilot: None,
    };
    rehearse(options, policy)
}

#[test]
fn a_game_by_presses_ends_where_the_laboratory_ends() {
    for (policy, seed) in [(Policy::Hotspot, 7), (Policy::Random, 3)] {
        let world = Arc::clone(&first_watch().world);
        let lineup = Lineup::policy(&world, policy);
        let game = Game::new(world, seed).and_then(|game| game.finish(&lineup));
        let game = game.expect("a policy orders what is allowed");
        let played = play((1280, 800), Lang::En, policy, seed);
        assert_eq!(played.outcome, Ok(game.state().digest()), "{}", policy.id());
        assert!(
            played
                .looked_at
                .iter()
                .any(|name| name.ends_with("debrief"))
        );
    }
}

#[test]
fn nothing_is_cut_off_or_covered_at_any_size_in_any_language() {
    let mut faults = Vec::new();
    for size in [(1024, 640), (1280, 800), (1920, 1080)] {
        for lang in Lang::ALL {
            let played = play(size, lang, Policy::Random, 11);
            assert!(
                played.outcome.is_ok(),
                "{size:?} {lang}: {:?}",
                played.outcome
            );
            faults.extend(
                played
                    .faults
                    .iter()
                    .map(|fault| format!("{size:?} {lang} {fault}")),
            );
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
