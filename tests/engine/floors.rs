//! The floors of the house: each may use only what lies below it, and only `app` knows Bevy.
//!
//! The checker reads the source as tokens, so that comments and strings are free to mention what
//! they like, and knows nothing about types: a path that starts at the crate's root is enough to
//! tell which floor a file leans on.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The floors with their height. Two of the same height may not use each other.
const FLOORS: [(&str, u8); 9] = [
    ("cli", 7),
    ("app", 6),
    ("report", 5),
    ("lab", 4),
    ("session", 3),
    ("scenario", 2),
    ("rules", 1),
    ("geometry", 0),
    ("text", 0),
];

/// Files that may be longer than [`Limits::file`], each with the reason.
const LONG: &[(&str, &str)] = &[];

/// How many lines a file may have.
struct Limits {
    main: usize,
    file: usize,
}

#[test]
fn source_keeps_to_its_floors() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let limits = Limits {
        main: 40,
        file: 600,
    };
    let found = violations(&src, &limits, LONG);
    assert!(
        found.is_empty(),
        "the floors are broken in {} places:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn every_kind_of_violation_is_found() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engine/fixtures/floors");
    let limits = Limits { main: 3, file: 12 };
    let long = [
        ("scenario/mod.rs", "a table"),
        ("text/mod.rs", "was long once"),
    ];
    assert_eq!(
        violations(&fixture, &limits, &long),
        [
            "app/mod.rs:3: `app` uses `cli`, which is above it",
            "geometry/mod.rs:2: `geometry` uses `text`, which is beside it",
            "lib.rs:5: the root only names the floors; `pub use` opens a way round them",
            "loose.rs:1: `loose` is not a floor",
            "main.rs:4: main.rs has more than 3 lines",
            "rules/mod.rs:3: `rules` uses `app`, which is above it",
            "rules/mod.rs:5: `rules` uses `session`, which is above it",
            "rules/mod.rs:6: `bevy` below `app`",
            "rules/mod.rs:7: `rules` uses `scenario`, which is above it",
            "rules/mod.rs:8: `crate::Scale` does not start at a floor",
            "rules/nested.rs:5: `rules` uses `lab`, which is above it",
            "rules/nested.rs:8: `bevy_math` below `app`",
            "rules/nested.rs:13: more than 12 lines: split it by meaning, or give a reason in LONG",
            "text/mod.rs: no longer over 12 lines, take it out of LONG",
        ]
    );
}

/// What breaks the floors under `root`, one sentence each, sorted by file and line.
fn violations(root: &Path, limits: &Limits, long: &[(&str, &str)]) -> Vec<String> {
    let mut files = Vec::new();
    collect(root, &mut files);
    files.sort();
    let mut out = Vec::new();
    for path in files {
        let name = path
            .strip_prefix(root)
            .expect("collected below the root")
            .to_str()
            .expect("a file name in UTF-8")
            .replace('\\', "/");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut found = Vec::new();
        check_file(&name, &text, &mut found);
        check_length(&name, text.lines().count(), limits, long, &mut found);
        found.sort();
        out.extend(found.into_iter().map(|(line, message)| match line {
            0 => format!("{name}: {message}"),
            line => format!("{name}:{line}: {message}"),
        }));
    }
    out
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a readable folder").path());
    for path in entries {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn check_length(
    name: &str,
    lines: usize,
    limits: &Limits,
    long: &[(&str, &str)],
    out: &mut Vec<(usize, String)>,
) {
    if name == "main.rs" {
        if lines > limits.main {
            out.push((
                limits.main + 1,
                format!("main.rs has more than {} lines", limits.main),
            ));
        }
        return;
    }
    let excused = long.iter().any(|(file, _)| *file == name);
    if lines > limits.file && !excused {
        out.push((
            limits.file + 1,
            format!(
                "more than {} lines: split it by meaning, or give a reason in LONG",
                limits.file
            ),
        ));
    } else if lines <= limits.file && excused {
        out.push((
            0,
            format!("no longer over {} lines, take it out of LONG", limits.file),
        ));
    }
}

fn check_file(name: &str, text: &str, out: &mut Vec<(usize, String)>) {
    let tokens: TokenStream = match text.parse() {
        Ok(tokens) => tokens,
        Err(error) => {
            out.push((
                error.span().start().line,
                format!("cannot be read as Rust: {error}"),
            ));
            return;
        }
    };
    let folders: Vec<&str> = name.trim_end_matches(".rs").split('/').collect();
    match folders.as_slice() {
        ["main"] => {}
        ["lib"] => check_root(tokens, out),
        [floor, rest @ ..] => match FLOORS.iter().find(|(known, _)| known == floor) {
            None => out.push((1, format!("`{floor}` is not a floor"))),
            Some(&floor) => {
                let depth = 1 + rest.iter().filter(|part| **part != "mod").count();
                Walk { floor, out }.walk(tokens, depth);
            }
        },
        [] => unreachable!("a path has at least one part"),
    }
}

/// A `use` in the crate's root would let one floor reach another under a name of the root's own.
fn check_root(tokens: TokenStream, out: &mut Vec<(usize, String)>) {
    for token in tokens {
        if let TokenTree::Ident(word) = token
            && word == "use"
        {
            out.push((
                word.span().start().line,
                "the root only names the floors; `pub use` opens a way round them".to_owned(),
            ));
        }
    }
}

/// Walks the tokens of one file.
struct Walk<'a> {
    floor: (&'static str, u8),
    out: &'a mut Vec<(usize, String)>,
}

impl Walk<'_> {
    /// `depth` is how many `super`s lead from here to the crate's root.
    fn walk(&mut self, tokens: TokenStream, depth: usize) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (i, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let module = group.delimiter() == Delimiter::Brace
                        && i >= 2
                        && is_word(&tokens[i - 2], "mod");
                    self.walk(group.stream(), depth + usize::from(module));
                }
                TokenTree::Ident(word) => {
                    let word = word.to_string();
                    if self.floor.1 < height("app") && (word == "bevy" || word.starts_with("bevy_"))
                    {
                        self.report(token, format!("`{word}` below `app`"));
                    }
                    let root = word == "crate" || word == "super" && ups(&tokens[..i]) + 1 == depth;
                    if root {
                        self.path(&tokens[i + 1..]);
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// `tokens` follow a word that stands for the crate's root.
    fn path(&mut self, tokens: &[TokenTree]) {
        let [first, second, target, ..] = tokens else {
            return;
        };
        if !is_colon(first) || !is_colon(second) {
            return;
        }
        match target {
            TokenTree::Group(group) => {
                let mut starts = true;
                for token in group.stream() {
                    if starts {
                        self.target(&token);
                    }
                    starts = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == ',');
                }
            }
            target => self.target(target),
        }
    }

    fn target(&mut self, target: &TokenTree) {
        let (own, own_height) = self.floor;
        let word = target.to_string();
        if word == own || word == "super" {
            return;
        }
        match FLOORS.iter().find(|(floor, _)| *floor == word) {
            None => self.report(target, format!("`crate::{word}` does not start at a floor")),
            Some((_, at)) if *at > own_height => {
                self.report(target, format!("`{own}` uses `{word}`, which is above it"));
            }
            Some((_, at)) if *at == own_height => {
                self.report(target, format!("`{own}` uses `{word}`, which is beside it"));
            }
            Some(_) => {}
        }
    }

    fn report(&mut self, at: &TokenTree, message: String) {
        self.out.push((at.span().start().line, message));
    }
}

/// How many `super::` stand right before the end of `tokens`.
fn ups(tokens: &[TokenTree]) -> usize {
    match tokens {
        [rest @ .., word, first, second]
            if is_word(word, "super") && is_colon(first) && is_colon(second) =>
        {
            1 + ups(rest)
        }
        _ => 0,
    }
}

fn height(floor: &str) -> u8 {
    FLOORS
        .iter()
        .find_map(|(known, height)| (*known == floor).then_some(*height))
        .expect("one of the floors")
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(found) if found == word)
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':')
}
