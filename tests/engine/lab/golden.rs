//! The golden table: what the rules make of the built-in scenarios does not change unnoticed.

use commonwatch::lab::golden::table;
use std::path::Path;

/// `COMMONWATCH_BLESS=1` writes the table anew and fails once, so that it is never done unseen. It
/// changes the version of the rules, so logs of before are read only afterwards.
#[test]
fn the_rules_come_to_what_they_came_to() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/digests.txt");
    let table = table();
    let kept = std::fs::read_to_string(&path).unwrap();
    if table == kept {
        return;
    }
    if std::env::var_os("COMMONWATCH_BLESS").is_some_and(|it| it == "1") {
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
