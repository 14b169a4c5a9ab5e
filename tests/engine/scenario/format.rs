//! The format guide tells the truth.

use super::{examples, try_load};
use commonwatch::scenario::{built_in, find_built_in, load};
use commonwatch::text::Lang;

const GUIDE: &str = include_str!("../../../docs/scenario-format.md");

#[test]
fn the_examples_of_the_guide_can_be_played() {
    let examples = examples(GUIDE);
    for example in &examples[..2] {
        match try_load(example) {
            Ok(loaded) => println!("{}", loaded.report.render(Lang::En)),
            Err(report) => panic!("{}", report.render(Lang::En)),
        }
    }
}

#[test]
fn every_built_in_scenario_can_be_played_and_has_no_warnings() {
    assert!(!built_in().is_empty());
    for scenario in built_in() {
        match load(&scenario.source()) {
            Ok(loaded) => {
                assert_eq!(loaded.scenario.meta.id.as_str(), scenario.id);
                assert!(
                    loaded.report.diagnostics.is_empty(),
                    "{}",
                    loaded.report.render(Lang::En)
                );
            }
            Err(report) => panic!("{}", report.render(Lang::En)),
        }
    }
}

#[test]
fn the_embedded_list_is_what_lies_in_the_folder() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let mut found = Vec::new();
    for folder in std::fs::read_dir(root).expect("scenarios/ is there") {
        let folder = folder.expect("readable").path();
        for file in std::fs::read_dir(&folder).expect("a scenario is a folder") {
            let path = file.expect("readable").path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if name.ends_with(".ron") && name != "tests.ron" {
                let folder = folder
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                found.push(format!("{folder}/{name}"));
            }
        }
    }
    let mut embedded: Vec<String> = built_in()
        .iter()
        .flat_map(|scenario| scenario.names())
        .collect();
    found.sort();
    embedded.sort();
    assert_eq!(found, embedded);
}

#[test]
fn a_built_in_scenario_is_found_by_its_id_or_nearly() {
    assert!(find_built_in("first-watch").is_ok());
    assert_eq!(
        find_built_in("frist-watch").err(),
        Some(Some("first-watch"))
    );
    assert_eq!(find_built_in("zzz").err(), Some(None));
}
