//! `check` and `explain`.

use crate::support::{Place, TWO_BANKS, fields};

#[test]
fn a_good_scenario_passes_by_file_by_folder_and_by_folder_of_folders() {
    let place = Place::new();
    place.write("scenarios/mine/scenario.ron", TWO_BANKS);
    for words in [
        &["check"][..],
        &["check", "scenarios"],
        &["check", "."],
        &["check", "scenarios/mine"],
        &["check", "scenarios/mine/scenario.ron"],
    ] {
        let text = place.says(words);
        assert!(text.contains("1 scenario, 0 errors"), "{words:?}: {text}");
    }
}

#[test]
fn mistakes_are_found_with_their_place_and_the_shape_is_stable() {
    let place = Place::new();
    place.write(
        "bad/scenario.ron",
        &TWO_BANKS.replace("\"foot\", count", "\"foat\", count"),
    );
    place.write("good/scenario.ron", TWO_BANKS);
    let (code, out, err) = place.run(&["check", ".", "--format", "json"]);
    assert_eq!((code, err.as_str()), (1, ""), "{out}");
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(fields(&found), ["errors", "files", "warnings"]);
    assert_eq!(found["errors"], 1);
    let files = found["files"].as_array().unwrap();
    assert_eq!(files.len(), 2);
    let bad = files
        .iter()
        .find(|file| file["path"].as_str().unwrap().contains("bad"))
        .unwrap();
    assert_eq!(fields(bad), ["diagnostics", "path"]);
    let errors: Vec<_> = bad["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|diagnostic| diagnostic["severity"] == "error")
        .collect();
    assert_eq!(errors.len(), 1);
    assert_eq!(
        fields(errors[0]),
        [
            "code", "column", "field", "help", "line", "message", "related", "severity"
        ]
    );
    assert_eq!(errors[0]["code"], "CW1301");
    assert_eq!(errors[0]["line"], 18);
    assert!(errors[0]["message"].as_str().unwrap().contains("foat"));

    let (code, out, _) = place.run(&["check", "bad"]);
    assert_eq!(code, 1);
    assert!(out.contains("CW1301") && out.contains("1 error,"), "{out}");
}

#[test]
fn nothing_to_check_is_said() {
    let place = Place::new();
    std::fs::create_dir_all(place.here().join("a/b")).unwrap();
    for words in [
        &["check"][..],
        &["check", "a"],
        &["check", "nowhere/scenario.ron"],
    ] {
        assert!(!place.stops(2, words).is_empty());
    }
    place.write("notes.txt", "Nothing to see.");
    let (code, out, _) = place.run(&["check", "notes.txt", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &found["files"][0]["path"]), (1, &"notes.txt".into()));
    let (_, out, _) = place.run(&["check", "notes.txt"]);
    assert!(out.contains("notes.txt: There is no scenario"), "{out}");
    let text = place.stops(2, &["check", "first-wach"]);
    assert!(text.contains("Did you mean \"first-watch\"?"), "{text}");
}

#[test]
fn a_code_is_explained() {
    let place = Place::new();
    let text = place.says(&["explain", "cw1301"]);
    assert!(text.starts_with("CW1301 (error)"), "{text}");
    assert!(!text.contains('{'), "no slot is left open: {text}");
    let json = place.json(&["explain", "CW1301", "--format", "json"]);
    assert_eq!(fields(&json), ["code", "help", "message", "severity"]);
    let text = place.stops(2, &["explain", "CW13O1"]);
    assert!(text.contains("Did you mean"), "{text}");
}
