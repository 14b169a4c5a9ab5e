//! Whatever bytes come in, a report comes out, soon.

use commonwatch::scenario::{Source, built_in, load};
use commonwatch::text::Lang;
use proptest::prelude::*;
use std::time::{Duration, Instant};

const PARTS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "'",
    "//",
    "/*",
    "*/",
    "#",
    "r#\"",
    "\\u{",
    "1e999",
    "NaN",
    "-",
    "0x",
    "“",
    "，",
    "\u{202e}",
    "Later(1, [",
    "All([",
    "Not(",
    "id",
    "None",
    "Some(",
    "()",
];

fn read(bytes: Vec<u8>) {
    let source = Source::Memory(vec![("hostile.ron".to_owned(), bytes)]);
    let report = match load(&source) {
        Ok(loaded) => loaded.report,
        Err(report) => {
            assert!(report.has_errors());
            report
        }
    };
    for lang in Lang::ALL {
        assert!(!report.render(lang).contains(".message"));
        assert!(report.json(lang)["errors"].is_number());
    }
}

fn valid() -> Vec<u8> {
    include_bytes!("../../../scenarios/harbour-town/scenario.ron").to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_a_report(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read(bytes);
    }

    #[test]
    fn a_damaged_scenario_gives_a_report(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..40usize, 0..PARTS.len()), 1..5),
    ) {
        let mut bytes = valid();
        for (at, gone, part) in cuts {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            let end = (at + gone).min(bytes.len());
            bytes.splice(at..end, PARTS[part].bytes());
        }
        read(bytes);
    }

    #[test]
    fn a_heap_of_tokens_gives_a_report(parts in prop::collection::vec(0..PARTS.len(), 0..60)) {
        let text: String = parts.into_iter().map(|part| PARTS[part]).collect();
        read(text.into_bytes());
    }
}

/// A full-width stop or sign is read as the plain one, which begins a number and is shorter.
#[test]
fn a_wide_sign_where_a_value_is_due_gives_a_report() {
    for text in ["(format: 。)", "(format: ．5)", "(format: －1)", "。"] {
        read(text.as_bytes().to_vec());
    }
}

/// What could cost most at the cap of a file: nesting, many values, many mistakes, long names.
#[test]
fn files_at_the_cap_take_less_than_a_second() {
    let fill = |head: &str, part: &str, tail: &str| {
        let room = 1024 * 1024 - head.len() - tail.len();
        format!("{head}{}{tail}", part.repeat(room / part.len()))
    };
    let files = [
        fill("", "[", ""),
        fill("", "/*", ""),
        fill("(units: [", "(),", "])"),
        fill("(format: 1, id: \"x\", units: [", "(kind:\"fot\"),", "])"),
        fill("(format: 1, id: \"x\", precincts: [", "(id:\"a\"),", "])"),
        fill("(format: 1, id: \"x\", title: \"", "长", "\")"),
        fill("(format: 1, id: \"x\", title: \"", "{", "\")"),
        fill("(format: 1, id: \"x\", allow: [", "(CW1,\"\"),", "])"),
        fill("(remove: [", "\"a\",", "])"),
        fill("\"", "\\\"", ""),
        fill("(", "a ", ")"),
        fill("[", "“", "]"),
        fill(
            "(format: 1, id: \"x\", map: (roads: [(line: [",
            "\"p\",",
            "])]))",
        ),
    ];
    for text in files {
        let started = Instant::now();
        let head: String = text.chars().take(60).collect();
        read(text.into_bytes());
        let took = started.elapsed();
        assert!(
            took < Duration::from_millis(if cfg!(debug_assertions) { 4_000 } else { 1_000 }),
            "{head}: {took:?}"
        );
    }
}

#[test]
fn too_large_and_too_many_files_are_refused_before_they_are_read() {
    let big = vec![b'['; 1024 * 1024 + 1];
    let report = load(&Source::Memory(vec![("big.ron".to_owned(), big)])).expect_err("too big");
    assert_eq!(report.diagnostics[0].code.id(), "CW1001");
    let many = (0..25)
        .map(|n| (format!("{n}.ron"), b"()".to_vec()))
        .collect();
    let report = load(&Source::Memory(many)).expect_err("too many");
    assert_eq!(report.diagnostics[0].code.id(), "CW1003");
    let report = load(&Source::Memory(vec![(
        "a.ron".to_owned(),
        vec![0xff, 0xfe],
    )]))
    .expect_err("not text");
    assert_eq!(report.diagnostics[0].code.id(), "CW1004");
}

#[test]
fn every_prefix_of_a_scenario_gives_a_report() {
    for scenario in built_in() {
        let Source::Memory(files) = scenario.source() else {
            continue;
        };
        for (name, bytes) in files {
            for end in (0..bytes.len()).step_by(97) {
                let source = Source::Memory(vec![(name.clone(), bytes[..end].to_vec())]);
                let _ = load(&source).map_err(|report| assert!(report.has_errors()));
            }
        }
    }
}
