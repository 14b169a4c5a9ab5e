//! The handbook in `docs/model`: what the engine and the card make it, in both languages.

use commonwatch::report::handbook::{File, handbook};
use commonwatch::report::instruments::{Does, does, does_for};
use commonwatch::scenario::card::Card;
use commonwatch::text::Lang;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// `COMMONWATCH_BLESS=1` writes the pages and pictures anew and fails once, so that it is never done
/// unseen. A number that moved in the card, a curve that moved in the engine and a rule that no
/// section speaks of all show here.
#[test]
fn the_handbook_says_what_the_engine_does() {
    let made = handbook();
    assert!(
        made.faults.is_empty(),
        "the handbook has {} faults:\n{}",
        made.faults.len(),
        made.faults.join("\n")
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/model");
    let wanted: BTreeSet<PathBuf> = made.files.iter().map(|f| folder.join(&f.path)).collect();
    let kept: BTreeSet<PathBuf> = files_under(&folder).into_iter().collect();
    let stale = |file: &&File| {
        std::fs::read_to_string(folder.join(&file.path))
            .ok()
            .as_ref()
            != Some(&file.text)
    };
    let stale: Vec<&File> = made.files.iter().filter(stale).collect();
    let left: Vec<&PathBuf> = kept.difference(&wanted).collect();
    if stale.is_empty() && left.is_empty() {
        return;
    }
    if std::env::var_os("COMMONWATCH_BLESS").is_some_and(|it| it == "1") {
        std::fs::create_dir_all(folder.join("figures")).unwrap();
        for file in &stale {
            std::fs::write(folder.join(&file.path), &file.text).unwrap();
        }
        for path in &left {
            std::fs::remove_file(path).unwrap();
        }
        panic!("the handbook has been written anew; look at the change and run again");
    }
    let paths: Vec<&str> = stale.iter().map(|file| file.path.as_str()).collect();
    panic!(
        "docs/model is not what the engine and the card make it: {} differ, {} should not be \
         there. If that is meant, run this test once with COMMONWATCH_BLESS=1",
        paths.join(", "),
        left.len()
    );
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_under(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Each of the five handicaps says what it does in words of its own, in front of the settings, and
/// next to a setting stands what it does there and nowhere else.
#[test]
fn each_handicap_tells_of_itself() {
    let mut all = Card::built_in().instruments().iter();
    let one = all
        .find(|one| one.id == "handicaps")
        .expect("the handicaps");
    let stands = &one.settings[0];
    for lang in Lang::ALL {
        let abouts: BTreeSet<&str> = one.things_about.iter().map(|it| it.in_lang(lang)).collect();
        assert_eq!(abouts.len(), 5, "{abouts:?}");
        assert!(!abouts.contains(""), "{abouts:?}");
        let told: Vec<Vec<Does>> = (0..5).map(|at| does_for(one, stands, at, lang)).collect();
        for (at, lines) in told.iter().enumerate() {
            assert!(!lines.is_empty(), "{at}");
            let others = told.iter().enumerate().filter(|(other, _)| *other != at);
            for (_, other) in others {
                assert!(lines.iter().all(|line| !other.contains(line)), "{lines:?}");
            }
        }
        let together: usize = told.iter().map(Vec::len).sum();
        assert_eq!(together, does(one, stands, lang).len());
    }
}
