//! `replay`.

use crate::support::{Place, TWO_BANKS, fields};
use commonwatch::session::log::{Chain, Record};

const LOG: &str = "logs/two-banks-random-7.cwlog";

/// A place with a logged game, and the digest of its batch.
fn played() -> Place {
    let place = Place::new();
    place.write("two-banks.ron", TWO_BANKS);
    let words = [
        "simulate",
        "two-banks.ron",
        "--policy",
        "random",
        "--seeds",
        "7",
    ];
    place.says(&[&words[..], &["--logs", "logs"]].concat());
    place
}

fn replay<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["replay", LOG, "--scenario", "two-banks.ron"][..], more].concat()
}

#[test]
fn a_log_plays_again_to_the_same_digest() {
    let place = played();
    let verdict = place.json(&replay(&["--verify", "--format", "json"]));
    assert_eq!(fields(&verdict), ["digest", "ok", "turns"]);
    assert_eq!(verdict["ok"], true);
    assert_eq!(verdict["turns"], 4);
    let words = [
        "simulate",
        "two-banks.ron",
        "--policy",
        "random",
        "--seeds",
        "7",
    ];
    let csv = place.says(&[&words[..], &["--format", "csv"]].concat());
    assert!(csv.contains(verdict["digest"].as_str().unwrap()));
    let part = place.json(&replay(&["--until", "2", "--format", "json"]));
    assert_eq!((&part["ok"], &part["turns"]), (&true.into(), &2.into()));
    assert_ne!(part["digest"], verdict["digest"]);
    let human = place.says(&replay(&[]));
    assert!(
        human.contains(verdict["digest"].as_str().unwrap()),
        "{human}"
    );
    assert!(human.lines().count() > place.says(&replay(&["--verify"])).lines().count());
}

#[test]
fn a_differing_turn_is_named() {
    let place = played();
    let path = place.here().join(LOG);
    let log = std::fs::read_to_string(&path).unwrap();
    // The third turn is told differently, and every line is sealed anew.
    let (mut old, mut new, mut lines) = (Chain::default(), Chain::default(), String::new());
    for line in log.lines() {
        let mut record = old.read(line.as_bytes()).unwrap();
        if let Record::Turn {
            digest, summary, ..
        } = &mut record
            && summary.turn == 3
        {
            digest.0 ^= 1;
        }
        new.seal(&record, &mut lines).unwrap();
    }
    std::fs::write(&path, lines).unwrap();
    let (code, out, err) = place.run(&replay(&["--verify", "--format", "json"]));
    assert_eq!(code, 1);
    let verdict: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(verdict["ok"], false);
    assert_eq!(verdict["first_differing_turn"], 3);
    assert!(err.contains("turn 3"), "{err}");
    let (code, out, _) = place.run(&replay(&["--verify"]));
    assert_eq!(code, 1);
    assert!(out.contains("turn 3"), "{out}");
}

#[test]
fn a_damaged_log_says_from_where() {
    let place = played();
    let path = place.here().join(LOG);
    let mut log = std::fs::read(&path).unwrap();
    let end = log.len();
    log.truncate(end - 10);
    std::fs::write(&path, &log).unwrap();
    let (code, out, err) = place.run(&replay(&["--format", "json"]));
    assert_eq!(code, 1);
    let verdict: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&verdict["ok"], &verdict["turns"]),
        (&false.into(), &3.into())
    );
    let line = log.iter().filter(|byte| **byte == b'\n').count() + 1;
    assert!(err.contains(&format!("line {line} ")), "{err}");
}

#[test]
fn what_is_no_log_or_has_no_scenario_is_not_run() {
    let place = played();
    place.stops(2, &["replay", "nowhere.cwlog"]);
    place.write("no.cwlog", "hello\n");
    place.stops(2, &["replay", "no.cwlog"]);
    let text = place.stops(2, &["replay", LOG]);
    let log = std::fs::read_to_string(place.here().join(LOG)).unwrap();
    let hash = log
        .split("rules_hash:\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert!(text.contains(hash), "{text}");
    let text = place.stops(2, &["replay", LOG, "--scenario", "first-watch"]);
    assert!(text.contains(hash), "{text}");
    // Beside the log it is found by its name.
    place.write("logs/two-banks/scenario.ron", TWO_BANKS);
    place.says(&["replay", LOG]);
}

#[test]
fn a_built_in_scenario_needs_no_path() {
    let place = Place::new();
    let words = [
        "simulate",
        "first-watch",
        "--policy",
        "hotspot",
        "--seeds",
        "3",
    ];
    place.says(&[&words[..], &["--logs", "."]].concat());
    let words = ["replay", "first-watch-hotspot-3.cwlog", "--format", "json"];
    assert_eq!(place.json(&words)["ok"], true);
}
