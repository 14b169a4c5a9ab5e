//! The bare binary in an empty folder with an empty home, and a scenario to work with.

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An empty place to run in.
pub struct Place {
    root: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for folder in ["home", "here"] {
            std::fs::create_dir(root.path().join(folder)).unwrap();
        }
        Self { root }
    }

    /// The folder the binary runs in.
    pub fn here(&self) -> PathBuf {
        self.root.path().join("here")
    }

    /// Writes a file into that folder.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.here().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The binary with these words, nothing in its environment but an empty home.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::cargo_bin("commonwatch").unwrap();
        command
            .env_clear()
            .env("HOME", self.root.path().join("home"))
            .current_dir(self.here())
            .args(words);
        command
    }

    /// Runs it: exit code, standard output, standard error.
    pub fn run(&self, words: &[&str]) -> (i32, String, String) {
        let output = self.command(words).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    /// Runs it, expects success and nothing on standard error, and gives what it says.
    pub fn says(&self, words: &[&str]) -> String {
        let (code, out, err) = self.run(words);
        assert_eq!((code, err.as_str()), (0, ""), "{words:?}: {out}");
        out
    }

    /// The same as JSON.
    pub fn json(&self, words: &[&str]) -> Value {
        serde_json::from_str(&self.says(words)).unwrap()
    }

    /// Runs it, expects it to stop with this code and no result, and gives its complaint.
    pub fn stops(&self, code: i32, words: &[&str]) -> String {
        let (ended, out, err) = self.run(words);
        assert_eq!((ended, out.as_str()), (code, ""), "{words:?}: {err}");
        err
    }
}

/// The names of the fields of an object, as it is written.
pub fn fields(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

/// The names in a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A scenario of two precincts and four turns.
pub const TWO_BANKS: &str = r#"(
    format: 1,
    id: "two-banks",
    title: "Two banks",
    summary: "One river, two precincts, one team too few.",
    turn: (length: Months(1), count: 4, first_month: 5),
    map: (
        points: {
            "nw": (0.0, 4.0), "n": (3.0, 4.2), "ne": (6.0, 4.0),
            "sw": (0.0, 0.0), "s": (3.2, 0.0), "se": (6.0, 0.2),
        },
    ),
    precincts: [
        (id: "west-bank", outline: ["sw", "s", "n", "nw"]),
        (id: "east-bank", outline: ["s", "se", "ne", "n"], opportunity: {"street-theft": 1.4}),
    ],
    units: [
        (id: "foot", kind: "foot", count: 2),
        (id: "visits", kind: "officer", from: 2),
    ],
    objectives: [
        (
            id: "trust",
            name: "Trust stays above 52 at the end",
            measure: Index(Trust), layer: True, at_least: 52.0,
        ),
    ],
)
"#;
