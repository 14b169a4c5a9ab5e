//! `card`.

use crate::support::{Place, fields};

#[test]
fn the_card_is_told_whole_and_number_by_number() {
    let place = Place::new();
    let whole = place.json(&["card", "--format", "json"]);
    let numbers = whole.as_array().unwrap();
    assert!(numbers.len() > 40, "{} numbers", numbers.len());
    let shape = [
        "grade", "id", "name", "note", "range", "source", "unit", "value",
    ];
    for number in numbers {
        assert_eq!(fields(number), shape);
        let id = number["id"].as_str().unwrap();
        let value = number["value"].as_f64().unwrap();
        assert!(number["range"][0].as_f64().unwrap() <= value, "{id}");
        assert!(value <= number["range"][1].as_f64().unwrap(), "{id}");
    }
    let one = place.json(&["card", "patrol.dose-scale", "--format", "json"]);
    assert!(numbers.contains(&one));
    assert_eq!(place.says(&["card"]).lines().count(), numbers.len());
    let table = place.says(&["card", "--format", "md"]);
    assert_eq!(table.lines().count(), numbers.len() + 2);
    assert!(
        table
            .lines()
            .all(|line| line.starts_with("| ") || line.starts_with("|--"))
    );
    let sheet = place.says(&["card", "patrol.dose-scale"]);
    assert!(sheet.contains("Braga"), "the source is named: {sheet}");
}

#[test]
fn a_misspelt_number_is_understood() {
    let text = Place::new().stops(2, &["card", "patrol.dose-scle"]);
    assert!(
        text.contains("Did you mean \"patrol.dose-scale\"?"),
        "{text}"
    );
}
