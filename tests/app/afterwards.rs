//! What can be looked at besides the page that opens by itself: what counts, the map of what
//! happened, all alerts, the room's forecast at a small table.

use crate::support::{
    built_in, end_month, game_of, laboratory, options, pearl_bay, play, to_orders, windows,
};
use commonwatch::app::autopilot::rehearsal::Part;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::app::{Options, Screen, Settings};
use commonwatch::lab::Policy;
use commonwatch::rules::Action;
use commonwatch::text::Lang;

#[test]
fn what_happened_can_be_looked_at_on_the_map_layer_by_layer() {
    let mut found = Vec::new();
    for (size, lang, _) in windows().filter(|(.., text)| *text == 100) {
        let mut stage = game_of(built_in("pearl-bay"), size, lang, &[]);
        end_month(&mut stage);
        stage.ask("onward").expect("what it means");
        assert_eq!(stage.screen(), Screen::Feedback);
        stage.ask("on-map").expect("the map");
        let figures = |stage: &Stage| {
            let names = stage.names().into_iter();
            names.filter(|id| id.starts_with("layer-figure:")).count()
        };
        assert!(
            figures(&stage) >= 12,
            "the record lies on it: {}",
            figures(&stage)
        );
        stage.ask("overlay").expect("the list");
        let layers = stage.names().into_iter();
        let layers: Vec<String> = layers.filter(|id| id.starts_with("layer:")).collect();
        stage.ask("overlay").expect("the list");
        for layer in layers {
            stage.ask("overlay").expect("the list");
            stage.ask(&layer).expect("a layer");
            let faults = stage.faults().into_iter();
            found.extend(faults.map(|it| format!("{size:?} {lang} {layer}: {it}")));
        }
        stage.ask("figures").expect("the way back");
        assert!(stage.says("figure:trust").is_some());
        stage.ask("on-map").expect("the map");
        stage.ask("onward").expect("the way on");
        assert_ne!(stage.screen(), Screen::Feedback, "the way on is the same");
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_counts_can_be_read_at_any_moment() {
    let mut stage = pearl_bay(&[]);
    stage.ask("goals").expect("what counts");
    let text = stage.text();
    assert!(text.contains("True"), "{text}");
    let names = stage.names();
    let goals = names.iter().filter(|id| id.starts_with("objective:"));
    assert_eq!(goals.count(), 6, "{names:?}");
    let faults = stage.faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Whoever lets a card pass that costs Rights reads so the same month, with its name.
#[test]
fn a_month_says_what_moved_rights_and_by_which_card() {
    let mut stage = pearl_bay(&[]);
    for month in 1..=12 {
        to_orders(&mut stage);
        while stage.screen() != Screen::Feedback {
            end_month(&mut stage);
            if stage.says("emergency-go").is_some() {
                stage.ask("emergency-go").expect("by the book");
            } else {
                stage.ask("onward").expect("what it means");
            }
        }
        for index in ["equity", "rights", "stewardship"] {
            let said = stage.says(&format!("beside:{index}"));
            assert!(said.is_some(), "month {month}: nothing of {index}");
        }
        let (name, said) = stage.says("beside:rights").expect("Rights");
        assert_eq!(name, "Rights");
        let faults = stage.faults();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        let card = said.split_once("\" −").and_then(|it| it.0.split_once('"'));
        if let Some((_, card)) = card {
            assert!(stage.text().contains(card), "{card} is told of above, too");
            return;
        }
        stage.ask("onward").expect("the next month");
    }
    panic!("silence on every card of a year cost no Rights");
}

/// Plays on, without orders, to a month that opens with more alerts than are told at once.
fn many_alerts(stage: &mut Stage) -> bool {
    // One map brings in what other desks see.
    stage.ask("slips").expect("the slips");
    for row in 0..3 {
        stage.ask(&format!("slip:{row}:1")).expect("a suggestion");
    }
    stage.ask("close").expect("they close");
    for _ in 0..11 {
        end_month(stage);
        if stage.says("emergency-go").is_some() {
            stage.ask("emergency-go").expect("by the book");
        }
        while !matches!(stage.screen(), Screen::Warning | Screen::Debrief) {
            stage.ask("onward").expect("a way on");
        }
        if stage.says("alerts").is_some() {
            return true;
        }
        if !to_orders(stage) {
            break;
        }
    }
    false
}

#[test]
fn the_likeliest_alerts_come_first_and_the_rest_on_request() {
    // How many come is luck; some city of these has a month with many.
    let found = (1..=20).find_map(|seed| {
        let options = Options {
            scenario: built_in("pearl-bay"),
            seed,
            ..options(Lang::En, None)
        };
        let still = Settings {
            motion: false,
            ..Settings::default()
        };
        let mut stage = Stage::open_as(options, still);
        for id in ["browse", "set-up", "start", "begin"] {
            stage.ask(id).unwrap_or_else(|why| panic!("{why}"));
        }
        to_orders(&mut stage);
        many_alerts(&mut stage).then_some(stage)
    });
    let mut stage = found.expect("a month with more than four alerts");
    let told = |stage: &Stage| stage.text().matches(" in 100").count();
    let few = told(&stage);
    stage.ask("alerts").expect("all of them");
    assert!(told(&stage) > few, "{few} and no more");
    assert!(stage.faults().is_empty());
}

#[test]
fn a_small_table_says_what_it_expects_too() {
    let mut stage = game_of(built_in("first-watch"), (1280, 800), Lang::En, &[]);
    stage.press("foresee").expect("the room's forecast");
    stage.press("low-less").expect("a step");
    stage.press("forecast-room").expect("it can be said");
    let said = stage.given();
    let forecast = said
        .iter()
        .find(|act| matches!(act.action, Action::RoomForecast { .. }));
    assert!(forecast.is_some(), "{said:?}");
    let text = stage.text();
    assert_eq!(text.matches("Said: ").count(), 1, "said once: {text}");
    assert!(stage.faults().is_empty());
}

#[test]
fn before_the_first_month_a_place_tells_what_is_usual_there() {
    let mut stage = game_of(built_in("first-watch"), (1280, 800), Lang::En, &[]);
    stage.ask("precinct:lantern-market").expect("a place");
    let text = stage.text();
    assert!(text.contains("ordinary month"), "{text}");
    let mut stage = pearl_bay(&[]);
    stage.ask("overlay").expect("the list of layers");
    stage.ask("layer:recorded").expect("an ordinary month");
    let names = stage.names().into_iter();
    let figures = names.filter(|id| id.starts_with("layer-figure:"));
    assert_eq!(figures.count(), 18, "every precinct has its figure");
}

/// A careful table plays the first exercise to its end by presses, the room's forecast with it.
#[test]
fn a_careful_table_plays_the_first_exercise_by_presses() {
    let part = Part::of(Policy::Balanced);
    let played = play("first-watch", (1280, 800), Lang::En, 7, part);
    assert_eq!(
        played.outcome,
        Ok(laboratory("first-watch", Policy::Balanced, 7))
    );
    assert!(played.faults.is_empty(), "{}", played.faults.join("\n"));
}
