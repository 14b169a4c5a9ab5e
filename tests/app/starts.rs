//! Ways to start at the set-up, and the page for whoever runs the workshop.

use crate::support::{built_in, game_of, pearl_bay, window, windows};
use commonwatch::app::Screen;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::rules::{Action, Id};
use commonwatch::scenario::Scenario;
use commonwatch::text::Lang;
use std::sync::Arc;

/// The set-up of an exercise.
fn set_up(scenario: Arc<Scenario>, size: (u32, u32), lang: Lang, text_size: u16) -> Stage {
    let name = format!(":{}", scenario.meta.id);
    let mut stage = window(scenario, size, lang, text_size);
    stage.ask("browse").expect("the exercises");
    let names = stage.names();
    let exercise = names.iter().find(|id| id.ends_with(&name));
    let exercise = exercise.expect("the exercise").clone();
    stage.ask(&exercise).expect("the exercise");
    stage.ask("set-up").expect("its set-up");
    assert_eq!(stage.screen(), Screen::Setup);
    stage
}

/// The start that the log of a game has.
fn taken(stage: &Stage) -> Vec<Id> {
    match stage.given().first().map(|act| act.action.clone()) {
        Some(Action::SetUp { presets, .. }) => presets,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_start_that_is_chosen_is_the_one_that_is_played() {
    let usual = pearl_bay(&[]);
    assert!(taken(&usual).is_empty());
    let mut stage = set_up(built_in("pearl-bay"), (1280, 800), Lang::En, 100);
    assert_eq!(stage.chosen("start:usual"), Some(true));
    stage.press("start:ears-first").expect("a start");
    assert_eq!(stage.chosen("start:usual"), Some(false));
    assert_eq!(stage.chosen("start:ears-first"), Some(true));
    assert!(stage.text().contains("Gull Island loses the team it knows"));
    assert!(stage.press_by_keys("start:fill-the-gaps"), "by keys too");
    assert_eq!(stage.chosen("start:fill-the-gaps"), Some(true));
    stage.ask("start").expect("a game");
    assert!(stage.text().contains("Start: Fill the gaps."), "read aloud");
    assert_eq!(taken(&stage), [Id::from("fill-the-gaps")]);
    assert_ne!(stage.digest(), usual.digest());
}

/// The next game begins as usual again, and where there is nothing to choose nothing is offered.
#[test]
fn a_start_is_offered_where_there_is_one_and_belongs_to_its_scenario() {
    let mut stage = set_up(built_in("pearl-bay"), (1280, 800), Lang::En, 100);
    stage.press("start:ears-first").expect("a start");
    stage.press("back").expect("the exercises");
    for id in ["first-watch", "pearl-bay"] {
        let names = stage.names();
        let exercise = names.iter().find(|name| name.ends_with(&format!(":{id}")));
        stage.ask(&exercise.expect(id).clone()).expect(id);
        stage.ask("set-up").expect("its set-up");
        let usual = (id == "pearl-bay").then_some(true);
        assert_eq!(stage.chosen("start:usual"), usual, "{id}");
        stage.ask("back").expect("the exercises");
    }
}

#[test]
fn the_history_names_the_start() {
    for (choice, name) in [
        (None, "As it stands"),
        (Some("start:ears-first"), "Ears first"),
    ] {
        let choices: Vec<&str> = choice.into_iter().collect();
        let mut stage = pearl_bay(&choices);
        stage.ask("menu").expect("the menu");
        stage.ask("menu:history").expect("the history");
        let told = format!("Start: {name}");
        assert!(stage.text().contains(&told), "{}", stage.text());
    }
}

#[test]
fn whoever_runs_the_workshop_reads_every_note_before_and_during_a_game() {
    for (size, lang, text_size) in windows() {
        let about = format!("{size:?} {lang} {text_size} %");
        let mut stage = set_up(built_in("pearl-bay"), size, lang, text_size);
        stage.ask("start:ears-first").expect("a start");
        let faults = stage.faults();
        assert!(faults.is_empty(), "{about}: {}", faults.join("\n"));
        stage.ask("workshop").expect("the page");
        let faults = stage.faults();
        assert!(faults.is_empty(), "{about}: {}", faults.join("\n"));
        let scenario = built_in("pearl-bay");
        let meta = &scenario.meta;
        let text: String = stage.text().split_whitespace().collect();
        for phrase in meta
            .notes
            .iter()
            .chain(&meta.learning)
            .chain(&meta.questions)
        {
            let said: String = phrase.in_lang(lang).split_whitespace().collect();
            assert!(text.contains(&said), "{about}: {said}");
        }
        stage.ask("close").expect("back to the set-up");
        assert_eq!(stage.chosen("start:ears-first"), Some(true));
    }
    let mut stage = game_of(built_in("pearl-bay"), (1024, 640), Lang::En, &[]);
    stage.ask("menu").expect("the menu");
    stage.ask("menu:workshop").expect("the page");
    assert!(stage.text().contains("For whoever runs the workshop"));
}

#[test]
fn a_scenario_that_says_nothing_to_a_facilitator_has_no_such_page() {
    let mut scenario = Scenario::clone(&built_in("first-watch"));
    scenario.meta.id = "silent".into();
    scenario.rules_hash = scenario.text_hash;
    let meta = &mut scenario.meta;
    for words in [&mut meta.notes, &mut meta.learning, &mut meta.questions] {
        words.clear();
    }
    let mut stage = set_up(Arc::new(scenario), (1280, 800), Lang::En, 100);
    assert!(stage.says("start").is_some() && stage.says("workshop").is_none());
    stage.press("start").expect("a game");
    stage.press("menu").expect("the bar");
    assert!(stage.says("menu:history").is_some() && stage.says("menu:workshop").is_none());
}
