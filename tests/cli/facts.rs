//! `facts`: the proof, as a user asks for it.

use crate::support::Place;
use commonwatch::lab::facts;
use commonwatch::text::{self, Lang};

/// What has no luck in it, or hardly any, is tried in every run; the rest by `.ci/run`.
#[test]
fn exact_facts_hold_and_are_told_as_json() {
    let words = ["facts", "--short", "--only", "V12,V14", "--format", "json"];
    let told = Place::new().json(&words);
    let facts = told["facts"].as_array().unwrap();
    assert_eq!(facts.len(), 2);
    for fact in facts {
        assert_eq!(fact["status"], "pass");
        for key in [
            "id", "name", "measured", "interval", "target", "source", "seeds",
        ] {
            assert!(!fact[key].is_null(), "{key}: {fact}");
        }
    }
    assert_eq!(told["card"].as_str().map(str::len), Some(32));
}

/// Tests on the flagship are games like any other: the same seeds come to the same figures.
#[test]
fn what_is_tried_twice_comes_to_the_same() {
    let place = Place::new();
    let words = ["facts", "--short", "--only", "g,l,n", "--format", "json"];
    let told = place.json(&words);
    assert_eq!(told, place.json(&words));
    let facts = told["facts"].as_array().unwrap();
    let ids: Vec<&str> = facts
        .iter()
        .map(|fact| fact["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["g", "l", "n"]);
    for fact in facts {
        for finding in fact["findings"].as_array().unwrap() {
            assert!(finding["measured"].is_number(), "{fact}");
            let says = finding["what"].as_str().unwrap();
            assert!(!says.contains("fact."), "{says} has no words");
        }
    }
}

#[test]
fn an_unknown_fact_is_guessed_at() {
    let err = Place::new().stops(2, &["facts", "--only", "V122"]);
    assert!(err.contains("V12"), "{err}");
}

/// A fact that cannot be tried is told as failing, with the reason, and the command says so.
#[test]
fn what_cannot_be_tried_fails_and_says_why() {
    let (code, out, err) = Place::new().run(&["facts", "--short", "--only", "V16"]);
    assert_eq!(code, 1);
    assert!(
        out.contains("FAIL") && out.contains("not asked yet"),
        "{out}"
    );
    assert!(err.contains("1 fact does not hold"), "{err}");
}

#[test]
fn every_fact_has_its_words() {
    let ids: Vec<&str> = facts::all().iter().map(|fact| fact.id).collect();
    let wanted: Vec<String> = (1..=18)
        .map(|n| format!("V{n}"))
        .chain(('a'..='o').map(String::from))
        .chain(["w".to_owned()])
        .collect();
    assert_eq!(ids, wanted);
    for fact in facts::all() {
        for lang in Lang::ALL {
            let key = format!("fact.{}.name", fact.id.to_lowercase());
            assert!(text::table(lang).find(&key).is_some(), "{key} in {lang}");
        }
    }
}
