//! Why, in a sign: kept with the order it was said for, and nowhere in the game itself.

use crate::support::pearl_bay;
use commonwatch::app::autopilot::stage::Stage;

fn press(stage: &mut Stage, id: &str) {
    stage.press(id).unwrap_or_else(|why| panic!("{why}"));
}

fn ask(stage: &mut Stage, id: &str) {
    stage.ask(id).unwrap_or_else(|why| panic!("{why}"));
}

/// What the history says of the orders, the last first.
fn history(stage: &mut Stage) -> Vec<String> {
    ask(stage, "history");
    let names = stage.names().into_iter();
    let orders = names.filter(|id| id.starts_with("moment:"));
    let said: Vec<String> = orders
        .filter_map(|id| stage.says(&id))
        .map(|(label, value)| format!("{label}: {value}"))
        .collect();
    ask(stage, "close");
    said
}

#[test]
fn an_exception_carries_one_reason_and_the_next_order_none() {
    let mut stage = pearl_bay(&["controls:open"]);
    press(&mut stage, "desk:street");
    ask(&mut stage, "reason:urgency");
    assert_eq!(stage.chosen("reason:urgency"), Some(true));
    ask(&mut stage, "reason:fairness");
    assert_eq!(stage.chosen("reason:urgency"), Some(false), "one at most");
    press(&mut stage, "offer:exception:0");
    assert_eq!(stage.chosen("reason:fairness"), Some(false), "it is said");
    press(&mut stage, "take:vehicle");
    ask(&mut stage, "precinct:rail-yards");
    let said = history(&mut stage);
    assert!(!said[0].contains("it is fair"), "{said:?}");
    assert!(said[1].ends_with("Street, it is fair"), "{said:?}");
}

/// An order that is kept under another number, because one before it was taken back, keeps its word.
#[test]
fn a_reason_stays_with_its_order_when_an_earlier_one_is_taken_back() {
    let mut stage = pearl_bay(&["command:desks", "privacy:open"]);
    press(&mut stage, "desk:coordination");
    press(&mut stage, "page:tools");
    press(&mut stage, "measure:duty");
    press(&mut stage, "thing-after");
    press(&mut stage, "duty:ii");
    press(&mut stage, "desk:street");
    press(&mut stage, "page:orders");
    ask(&mut stage, "reason:evidence");
    press(&mut stage, "offer:exception:0");
    let said = history(&mut stage);
    assert!(said[0].ends_with("Street, what is known"), "{said:?}");
    press(&mut stage, "undo");
    press(&mut stage, "redo");
    let said = history(&mut stage);
    assert!(said[0].ends_with("Street, what is known"), "{said:?}");
}

#[test]
fn a_card_is_answered_with_a_reason_by_its_sign() {
    let mut stage = pearl_bay(&[]);
    let names = stage.names();
    let card = names.iter().find(|id| id.starts_with("card:"));
    ask(&mut stage, &card.expect("a card").clone());
    press(&mut stage, "card-reason:promise");
    assert_eq!(stage.chosen("card-reason:promise"), Some(true));
    assert!(stage.faults().is_empty(), "{:?}", stage.faults());
    let names = stage.names();
    let answer = names.iter().find(|id| id.starts_with("answer:"));
    press(&mut stage, &answer.expect("an answer").clone());
    let said = history(&mut stage);
    assert!(said[0].ends_with("a promise"), "{said:?}");
}

#[test]
fn a_sheet_says_who_else_feels_it() {
    let mut stage = pearl_bay(&[]);
    press(&mut stage, "page:tools");
    press(&mut stage, "measure:duty");
    let (_, city) = stage.says("felt-by").expect("who feels it");
    for desk in ["Street", "Community"] {
        assert!(city.contains(desk), "{city}");
    }
    press(&mut stage, "desk:sensing");
    press(&mut stage, "page:tools");
    press(&mut stage, "measure:cameras");
    let (_, here) = stage.says("felt-by").expect("who feels it");
    assert!(!here.contains("Sensing"), "{here}");
    assert!(stage.says("reason:cost").is_some());
}
