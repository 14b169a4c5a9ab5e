//! What would stand on the map: suggestions while they are looked at, and what the standing order
//! of the desk in hand will do.

use crate::support::{pearl_bay, pearl_bay_in};
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::text::Lang;

fn ghosts(stage: &Stage, of: &str) -> Vec<String> {
    let start = format!("ghost:{of}:");
    let names = stage.names().into_iter();
    names.filter(|id| id.starts_with(&start)).collect()
}

fn press(stage: &mut Stage, id: &str) {
    stage.press(id).unwrap_or_else(|why| panic!("{why}"));
}

/// Asks for a control that may be scrolled out of sight, as assistive technology does.
fn ask(stage: &mut Stage, id: &str) {
    stage.ask(id).unwrap_or_else(|why| panic!("{why}"));
}

#[test]
fn a_suggestion_is_on_the_map_while_it_is_pointed_at_or_has_the_focus() {
    let mut stage = pearl_bay(&[]);
    press(&mut stage, "desk:street");
    stage.point_at("page:orders").expect("the page");
    assert!(ghosts(&stage, "exception").is_empty());
    stage.point_at("offer:exception:0").expect("a suggestion");
    let first = ghosts(&stage, "exception");
    assert_eq!(first.len(), 1, "{first:?}");
    let (label, value) = stage.says(&first[0]).expect("it is named");
    assert!(label.contains('A'), "{label}");
    let (offer, _) = stage.says("offer:exception:0").expect("a suggestion");
    assert_eq!(value, offer, "it says what is suggested");
    stage.point_at("offer:exception:2").expect("another one");
    assert_ne!(ghosts(&stage, "exception"), first);
    stage.point_at("page:orders").expect("the page");
    assert!(ghosts(&stage, "exception").is_empty());
    // By keys alone the same is seen.
    for _ in 0..60 {
        if ghosts(&stage, "exception").is_empty() {
            stage.key(KeyCode::Tab, "\t", false, false);
        }
    }
    assert_eq!(ghosts(&stage, "exception"), first);
    // Once it is ordered the team itself stands there.
    stage.key(KeyCode::Enter, "\r", false, false);
    assert!(ghosts(&stage, "exception").is_empty());
    // What is asked of another desk is not so yet, and stays in sight.
    ask(&mut stage, "offer:ask:0");
    let asked = ghosts(&stage, "ask");
    assert_eq!(asked.len(), 1, "{asked:?}");
    stage.point_at("page:orders").expect("the page");
    assert_eq!(ghosts(&stage, "ask"), asked);
}

#[test]
fn the_standing_order_is_on_the_map_before_it_acts_and_gives_way_to_an_order() {
    let mut stage = pearl_bay(&["people:solo"]);
    press(&mut stage, "desk:street");
    let will = ghosts(&stage, "standing");
    assert!(!will.is_empty(), "{:?}", stage.names());
    let said: Vec<String> = (will.iter())
        .filter_map(|id| stage.says(id))
        .map(|(label, value)| format!("{label}: {value}"))
        .collect();
    assert!(said[0].starts_with("The standing order, at the end of the turn: "));
    press(&mut stage, "page:standing");
    for at in 0.. {
        let Some((_, value)) = stage.says(&format!("will-do:{at}")) else {
            assert!(at > 0, "the page lists what the map shows");
            break;
        };
        let places = said.iter().any(|said| said.contains(&value));
        assert!(places, "{value} is not in {said:?}");
    }
    assert!(ghosts(&stage, "replaced").is_empty());
    // People send the same teams elsewhere: the standing order sends them nowhere.
    let place = first_place(&stage);
    press(&mut stage, "take:foot");
    ask(&mut stage, &place);
    press(&mut stage, "take:foot");
    ask(&mut stage, &place);
    let replaced = ghosts(&stage, "replaced");
    assert!(!replaced.is_empty(), "{:?}", stage.names());
    let (label, _) = stage.says(&replaced[0]).expect("it is named");
    assert!(label.contains("before you ordered otherwise"), "{label}");
    assert!(
        will.iter()
            .all(|id| !ghosts(&stage, "standing").contains(id))
    );
    assert!(stage.text().contains("You have ordered otherwise."));
    press(&mut stage, "undo");
    press(&mut stage, "undo");
    assert!(ghosts(&stage, "replaced").is_empty());
    assert_eq!(ghosts(&stage, "standing"), will);
}

fn first_place(stage: &Stage) -> String {
    let names = stage.names();
    let place = names.iter().find(|id| id.starts_with("precinct:"));
    place.expect("a precinct").clone()
}

#[test]
fn other_leads_to_the_map_where_teams_are_moved_and_to_the_tools_where_not() {
    let mut stage = pearl_bay(&[]);
    // Coordination moves no teams.
    press(&mut stage, "other:exception");
    assert_eq!(stage.chosen("page:tools"), Some(true));
    press(&mut stage, "page:orders");
    ask(&mut stage, "other:ask");
    assert_eq!(stage.chosen("page:talk"), Some(true));
    press(&mut stage, "desk:street");
    press(&mut stage, "page:orders");
    press(&mut stage, "other:exception");
    assert_eq!(stage.chosen("page:orders"), None, "the page is put away");
    assert!(stage.text().contains("Drag a token to a precinct"));
    press(&mut stage, "to-offers");
    assert_eq!(stage.chosen("page:orders"), Some(true));
    press(&mut stage, "other:exception");
    let place = first_place(&stage);
    press(&mut stage, "take:foot");
    ask(&mut stage, &place);
    assert_eq!(stage.chosen("page:orders"), Some(true), "it is done");
}

/// Wherever ghosts stand, nothing lies on anything.
#[test]
fn ghosts_lie_on_nothing() {
    let mut found = Vec::new();
    for (size, lang) in [
        ((1024, 640), Lang::ZhHans),
        ((1280, 800), Lang::En),
        ((1920, 1080), Lang::ZhHans),
    ] {
        let mut stage = pearl_bay_in(size, lang, &["people:solo"]);
        for _ in 0..9 {
            let offers = stage.names().into_iter();
            let offers: Vec<String> = offers.filter(|id| id.starts_with("offer:")).collect();
            for offer in offers {
                // What is scrolled out of sight is looked at by nobody.
                if stage.point_at(&offer).is_ok() {
                    let faults = stage.faults();
                    found.extend(
                        faults
                            .iter()
                            .map(|it| format!("{size:?} {lang} {offer}: {it}")),
                    );
                }
            }
            stage.key(KeyCode::BracketRight, "]", false, false);
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
