//! What holds for every subcommand.

use crate::support::{Place, fields};
use std::io::Read;
use std::process::Stdio;

#[test]
fn a_bare_binary_in_an_empty_folder_checks_and_simulates_first_watch() {
    let place = Place::new();
    let checked = place.says(&["check", "first-watch"]);
    assert!(checked.contains("0 errors"), "{checked}");
    let batch = place.json(&[
        "simulate",
        "first-watch",
        "--seeds",
        "1..3",
        "--format",
        "json",
    ]);
    assert_eq!(batch["scenario"], "first-watch");
    assert_eq!(batch["games"], 2);
    assert!(
        crate::support::names(&place.here()).is_empty(),
        "nothing is left behind"
    );
}

#[test]
fn every_help_is_a_result() {
    let place = Place::new();
    let whole = place.says(&["--help"]);
    for command in ["play", "check", "explain", "simulate", "replay", "card"] {
        assert!(whole.contains(command), "{command}");
        let help = place.says(&[command, "--help"]);
        assert!(
            help.contains("Usage:") && help.contains("--data-dir"),
            "{help}"
        );
        assert!(help.contains("--lang"), "{help}");
        assert!(!place.says(&["help", command]).is_empty());
    }
    assert!(place.says(&["simulate", "--help"]).contains("hotspot"));
}

#[test]
fn the_version_is_told_everywhere_with_its_parts() {
    let place = Place::new();
    for words in [
        &["--version", "--format", "json"][..],
        &["--version", "--format=json"],
        &["simulate", "--version", "--format", "json"],
        &["replay", "--format", "json", "-V"],
    ] {
        let version = place.json(words);
        assert_eq!(
            fields(&version),
            ["app", "commit", "features", "format", "rules"]
        );
        assert_eq!(version["app"], env!("CARGO_PKG_VERSION"));
        assert_eq!(version["format"], 1);
        assert_eq!(version["rules"], commonwatch::rules::version());
        assert!(version["features"].is_array());
    }
    let version = place.says(&["--version"]);
    assert!(version.contains(commonwatch::rules::version()), "{version}");
    place.stops(2, &["--version", "--format", "xml"]);
}

#[test]
fn a_wrong_call_is_not_run() {
    let place = Place::new();
    for words in [
        &["fly"][..],
        &["simulate"],
        &["simulate", "first-watch", "--sedes", "1"],
        &["simulate", "first-watch", "--seeds", "9..3"],
        &["simulate", "first-watch", "--seeds", "many"],
        &[
            "simulate",
            "first-watch",
            "--plan",
            "a.ron",
            "--policy",
            "even",
        ],
        &["check", "--format", "csv"],
        &["card", "--lang", "fr"],
        &["replay", "game.cwlog", "--until", "0"],
    ] {
        assert!(!place.stops(2, words).is_empty());
    }
    let misspelt = place.stops(2, &["simulat", "first-watch"]);
    assert!(misspelt.contains("simulate"), "{misspelt}");
}

#[test]
fn messages_speak_the_language_asked_for_and_else_the_systems() {
    let place = Place::new();
    let english = place.stops(2, &["simulate", "first-wach"]);
    assert!(
        english.contains("Did you mean \"first-watch\"?"),
        "{english}"
    );
    let asked = place.stops(2, &["simulate", "first-wach", "--lang", "zh-Hans"]);
    assert!(
        asked.contains("first-watch") && asked.contains("想定"),
        "{asked}"
    );
    let system = place
        .command(&["simulate", "first-wach"])
        .env("LANG", "zh_CN.UTF-8")
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(system.stderr).unwrap(), asked);
}

#[test]
fn a_reader_that_leaves_early_is_no_fault() {
    let place = Place::new();
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("commonwatch"))
        .args(["card", "--format", "json"])
        .current_dir(place.here())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    let mut first = [0; 1];
    out.read_exact(&mut first).unwrap();
    drop(out);
    let ended = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(ended.stderr).unwrap(), "");
    assert_eq!(ended.status.code(), Some(0));
}

#[cfg(not(feature = "app"))]
#[test]
fn without_its_window_play_says_what_is_missing() {
    let place = Place::new();
    for words in [&[][..], &["play"], &["play", "first-watch", "--seed", "3"]] {
        let text = place.stops(2, words);
        assert!(text.contains("app"), "{text}");
    }
}
