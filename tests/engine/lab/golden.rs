//! The golden table and the playthroughs: what the rules make of the built-in scenarios does not
//! change unnoticed.
//!
//! `COMMONWATCH_BLESS=1` writes them anew and fails once, so that it is never done unseen.

use commonwatch::lab::golden::table;
use commonwatch::lab::playthrough::playthrough;
use commonwatch::lab::{Lineup, Policy};
use commonwatch::scenario::{built_in, load};
use commonwatch::session::Setting;
use std::path::Path;

fn blessed() -> bool {
    std::env::var_os("COMMONWATCH_BLESS").is_some_and(|it| it == "1")
}

/// A new table is a new version of the rules, so logs of before are read only afterwards.
#[test]
fn the_rules_come_to_what_they_came_to() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/digests.txt");
    let table = table();
    let kept = std::fs::read_to_string(&path).unwrap();
    if table == kept {
        return;
    }
    if blessed() {
        std::fs::write(&path, &table).unwrap();
        panic!("the golden table has been written anew; look at the change and run again");
    }
    let differs = table
        .lines()
        .zip(kept.lines())
        .find(|(now, then)| now != then);
    panic!(
        "the rules come to something else: {}. If that is meant, run this test once with \
         COMMONWATCH_BLESS=1",
        differs.map_or_else(
            || format!(
                "{} lines, not {}",
                table.lines().count(),
                kept.lines().count()
            ),
            |(now, then)| format!("'{now}', not '{then}'"),
        )
    );
}

#[test]
fn the_table_has_every_game() {
    let table = table();
    assert!(table.lines().count() >= 4 * 3 * 2, "{table}");
    for line in table.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        assert!(words.len() == 4 && words[3].len() == 32, "{line}");
    }
}

/// One game of each built-in scenario by `balanced`, line by line, so that a change of the rules can
/// be read and not only noticed. A scenario without its playthrough fails, and so does a playthrough
/// without its scenario.
#[test]
fn each_scenario_plays_as_its_playthrough_tells() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/playthroughs");
    let mut wrong = Vec::new();
    let mut expected: Vec<String> = Vec::new();
    for built_in in built_in() {
        let scenario = load(&built_in.source()).unwrap().scenario;
        let lineup = Lineup::policy(&scenario.world, Policy::find("balanced").unwrap());
        let setting = Setting::new(scenario.world, scenario.text_hash);
        let now = playthrough(&setting, &lineup, 1).unwrap();
        let name = format!("{}.txt", built_in.id);
        let kept = std::fs::read_to_string(folder.join(&name)).unwrap_or_default();
        if now != kept {
            wrong.push(told(&name, &now, &kept));
            if blessed() {
                std::fs::write(folder.join(&name), now).unwrap();
            }
        }
        expected.push(name);
    }
    for entry in std::fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            expected.contains(&name),
            "{name} tells of no scenario that is built in"
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where a playthrough goes another way than the one that is kept.
fn told(name: &str, now: &str, kept: &str) -> String {
    let lines = now.lines().zip(kept.lines()).enumerate();
    let differs = { lines }.find(|(_, (now, kept))| now != kept);
    match differs {
        Some((at, (now, kept))) => format!(
            "{name}, line {}: '{}', not '{}'. If that is meant, run this test once with \
             COMMONWATCH_BLESS=1",
            at + 1,
            now.trim(),
            kept.trim()
        ),
        None => format!(
            "{name}: {} lines, not {}. If that is meant, run this test once with \
             COMMONWATCH_BLESS=1",
            now.lines().count(),
            kept.lines().count()
        ),
    }
}
