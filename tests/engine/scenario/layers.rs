//! Several files, text tables, scenarios that extend others.

use super::try_files;
use commonwatch::rules::Id;
use commonwatch::scenario::{Code, Report, Source, load};
use commonwatch::text::Lang;
use std::fs;

const BASE: &str = include_str!("../fixtures/two-banks.ron");

fn codes(report: &Report) -> Vec<&'static str> {
    report
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.id())
        .collect()
}

#[test]
fn a_field_in_two_files_shows_both() {
    let files = [("a.ron", BASE), ("b.ron", "(title: \"Again\")")];
    let report = try_files(&files).expect_err("one title too many");
    assert_eq!(codes(&report), ["CW1209"]);
    let twice = &report.diagnostics[0];
    assert_eq!(twice.spot.file, "b.ron");
    assert_eq!(twice.related[0].0.file, "a.ron");
    assert_eq!(twice.related[0].0.line, 5);
}

#[test]
fn texts_may_come_from_a_table_and_slips_in_it_are_found() {
    let table = "{\"title\": \"两岸\", \"precincts.west-bank.nmae\": \"西岸\"}";
    let files = [("scenario.ron", BASE), ("text.zh-Hans.ron", table)];
    let report = try_files(&files).expect_err("a path is wrong");
    assert!(
        codes(&report).contains(&"CW1706"),
        "{}",
        report.render(Lang::En)
    );
    let wrong = report
        .diagnostics
        .iter()
        .find(|d| d.code == Code::UnknownTextPath);
    let said = wrong.map(|d| d.message(Lang::En)).unwrap_or_default();
    assert!(said.contains("precincts.west-bank.name"), "{said}");

    let good = table.replace("nmae", "name");
    let files = [("scenario.ron", BASE), ("text.zh-Hans.ron", &good)];
    let loaded = try_files(&files).expect("good");
    assert_eq!(loaded.scenario.meta.title.exact(Lang::ZhHans), Some("两岸"));
    assert_eq!(
        loaded.scenario.names.precincts[0].in_lang(Lang::ZhHans),
        "西岸"
    );
    // What is not translated falls back and is said.
    assert_eq!(
        loaded.scenario.names.precincts[1].in_lang(Lang::ZhHans),
        "East Bank"
    );
    assert!(codes(&loaded.report).contains(&"CW1701"));
}

#[test]
fn a_text_given_inline_and_in_a_table_clashes() {
    let table = "{\"title\": \"Two shores\"}";
    let files = [("scenario.ron", BASE), ("text.en.ron", table)];
    assert_eq!(
        codes(&try_files(&files).expect_err("twice")),
        ["CW1710", "CW1707"]
    );
}

#[test]
fn words_change_the_text_hash_and_numbers_the_rules_hash() {
    let hashes = |text: &str| {
        let scenario = try_files(&[("scenario.ron", text)]).expect("good").scenario;
        (scenario.rules_hash, scenario.text_hash)
    };
    let (rules, words) = hashes(BASE);
    let (same, other) = hashes(&BASE.replace("Two banks", "Two shores"));
    assert_eq!(rules, same);
    assert_ne!(words, other);
    let (other, same) = hashes(&BASE.replace("80000", "80001"));
    assert_ne!(rules, other);
    assert_eq!(words, same);
}

#[test]
fn a_scenario_extends_one_beside_it_and_changes_what_it_says() {
    let home = tempfile::tempdir().expect("a folder");
    let write = |id: &str, text: &str| {
        fs::create_dir_all(home.path().join(id)).expect("made");
        fs::write(home.path().join(id).join("scenario.ron"), text).expect("written");
    };
    write("two-banks", BASE);
    write(
        "high-water",
        "(format: 1, id: \"high-water\", extends: \"two-banks\", remove: [\"injects.offer\"],
          precincts: [(id: \"east-bank\", residents: 40000)], title: \"High water\")",
    );
    let loaded = load(&Source::Disk(home.path().join("high-water"))).expect("good");
    let world = &loaded.scenario.world;
    assert_eq!(world.scenario.as_str(), "high-water");
    assert_eq!(world.precincts.len(), 2);
    let east = world.precinct(&Id::from("east-bank")).expect("kept");
    assert_eq!(world.precincts[east.at()].residents, 40_000);
    assert_eq!(world.precincts[east.at()].neighbours.len(), 1);
    assert!(world.injects.is_empty());

    write(
        "two-banks",
        &BASE.replace(
            "id: \"two-banks\",",
            "id: \"two-banks\", extends: \"high-water\",",
        ),
    );
    let report = load(&Source::Disk(home.path().join("high-water"))).expect_err("a ring");
    assert_eq!(codes(&report), ["CW1305"]);
    let said = report.diagnostics[0].message(Lang::En);
    assert!(
        said.contains("high-water > two-banks > high-water"),
        "{said}"
    );
}

#[test]
fn a_built_in_scenario_can_be_extended_from_memory() {
    let text = "(format: 1, id: \"mine\", extends: \"first-watch\", title: {\"en\": \"Mine\", \"zh-Hans\": \"我的\"})";
    let loaded = try_files(&[("mine.ron", text)]).expect("good");
    assert_eq!(loaded.scenario.meta.title.in_lang(Lang::En), "Mine");
    assert!(loaded.scenario.world.precincts.len() > 1);
}

#[test]
fn what_is_not_there_is_said_with_its_name() {
    let report = load(&Source::Disk("no/such/place".into())).expect_err("nothing");
    assert_eq!(codes(&report), ["CW1006"]);
    assert!(report.render(Lang::En).contains("no/such/place"));
    let empty = tempfile::tempdir().expect("a folder");
    let report = load(&Source::Disk(empty.path().to_owned())).expect_err("nothing");
    assert_eq!(codes(&report), ["CW1007"]);
}

#[test]
fn a_path_is_no_name_of_a_scenario() {
    for wanted in ["../first-watch", "/etc", "a\\\\b"] {
        let text = format!("(format: 1, id: \"mine\", extends: \"{wanted}\")");
        let report = try_files(&[("mine.ron", &text)]).expect_err("it leads out of the folder");
        assert_eq!(codes(&report), ["CW1010"], "{wanted}");
    }
}

#[test]
fn an_arc_can_be_taken_out_with_its_cards() {
    let text = "(format: 1, id: \"five-arcs\", extends: \"pearl-bay\", title: \"Five arcs\", arcs_drawn: 2, \
        remove: [\"arcs.ferry\", \"injects.ferry-1\", \"injects.ferry-2\", \"injects.ferry-3\", \"injects.ferry-4\"])";
    let loaded = load(&Source::text("scenario.ron", text)).expect("good");
    let world = &loaded.scenario.world;
    assert_eq!((world.arcs.len(), world.arcs_drawn), (5, 2));
    assert_eq!(world.inject(&Id::from("ferry-1")), None);
    // With the cards gone and the arc left, each of its names is named.
    let left = text.replace("\"arcs.ferry\", ", "");
    let report = load(&Source::text("scenario.ron", &left)).expect_err("an arc without cards");
    assert_eq!(
        codes(&report)
            .iter()
            .filter(|code| **code == "CW1301")
            .count(),
        4
    );
}
