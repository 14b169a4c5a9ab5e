//! The caps hold: whatever is put into a scenario up to the size it may have, checking it takes less
//! than a second of the processor and 64 MiB more than checking an empty one.
//!
//! The system holds the program to both (`ulimit`), so that a machine under load is no excuse and a
//! short peak counts.

use crate::support::Place;
use std::path::Path;
use std::process::Command;

const MIB: usize = 1024 * 1024;
const MAY_TAKE: usize = 64;
/// A tenth of the optimiser makes the program that tests run several times slower.
const SECONDS: usize = if cfg!(debug_assertions) { 5 } else { 1 };
const SQUARE: &str = r#"map: (points: {"a": (0, 0), "b": (1, 0), "c": (1, 1), "d": (0, 1)}),
    precincts: [(id: "p", outline: ["a", "b", "c", "d"])], units: [(id: "u", kind: "foot")],"#;

/// Checks under limits; the exit code, or none when the limits ended it.
fn check(path: &Path, mib: usize) -> Option<i32> {
    let script = r#"ulimit -v "$1" && ulimit -t "$2" && exec "$0" check "$3" --format "$4""#;
    let run = |format: &str| {
        let output = Command::new("sh")
            .args(["-c", script])
            .arg(assert_cmd::cargo::cargo_bin("commonwatch"))
            .args([(mib * 1024).to_string(), SECONDS.to_string()])
            .arg(path)
            .arg(format)
            .env_clear()
            .output()
            .unwrap();
        output.status.code().filter(|code| [0, 1].contains(code))
    };
    run("json").and(run("human"))
}

/// `head`, as many of `part` as fit into `size` bytes, `tail`.
fn fill(size: usize, head: &str, part: &str, tail: &str) -> String {
    let room = size - head.len() - tail.len();
    format!("{head}{}{tail}", part.repeat(room / part.len()))
}

fn each(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

/// A scenario with these fields besides the necessary ones.
fn with(fields: &str) -> String {
    format!(r#"(format: 1, id: "s", title: "T", {fields})"#)
}

/// A position on a circle.
fn around(angle: f64, radius: f64) -> String {
    let (x, y) = (libm::cos(angle), libm::sin(angle));
    format!("({:.4},{:.4}),", radius * x, radius * y)
}

/// Precincts that lie round each other like the rings of an onion, each with a slit.
fn rings(from: usize, count: usize, corners: usize) -> String {
    each(count, |ring| {
        let half = corners / 2;
        let corner = |radius: f64, at: usize| {
            let angle = 6.2 * at as f64 / (half - 1) as f64;
            around(angle, radius)
        };
        let radius = 1.0 + (from + ring) as f64 / 5.0;
        let outer = each(half, |at| corner(radius, at));
        let inner = each(half, |at| corner(radius - 0.1, half - 1 - at));
        format!(r#"(id: "r{}", outline: [{outer}{inner}]),"#, from + ring)
    })
}

/// Scenarios made to cost as much as they can: name and files.
fn hostile() -> Vec<(&'static str, Vec<(String, String)>)> {
    let one = |text: String| vec![("s/scenario.ron".to_owned(), text)];
    let long = "x".repeat(84);
    let star = |at: usize| {
        let (angle, radius) = (at as f64 * std::f64::consts::TAU / 2000.0, 3 + at % 2 * 2);
        let radius = radius as f64;
        format!("\"p{at}\":{}", around(angle, radius))
    };
    let card = |at: usize, when: &str| {
        format!(
            r#"(id: "i{at}", title: "t", body: "b", when: (condition: {when}),
                options: [(id: "o", label: "l", effects: [Survey])]),"#
        )
    };
    let mut cases = vec![
        (
            "many fields",
            one(format!("({})", each(59_000, |n| format!("a{n}:0,")))),
        ),
        (
            "many characters on a line",
            one(fill(
                MIB,
                &format!("(title: [{}", "'a',".repeat(59_000)),
                " ",
                "])",
            )),
        ),
        (
            "quotes of the wrong kind",
            one(fill(MIB, "(title: [", "'abc',", "])")),
        ),
        (
            "names of a page in each other",
            one(format!(
                "({}x: [{}]{}",
                each(45, |n| format!("{}{n}: (", "k".repeat(10_000))),
                r#"(id: "A"),"#.repeat(40_000),
                ")".repeat(46)
            )),
        ),
        (
            "points with long names that are near to those wanted",
            one(with(&format!(
                "map: (points: {{{}}}), precincts: [(id: \"p\", outline: [{}])]",
                each(2_000, |n| format!("\"n{n:04}{long}\": (0, 0),")),
                each(1_900, |n| format!("\"m{n:04}{long}\","))
            ))),
        ),
        (
            "many unknown points",
            one(with(&format!(
                "map: (points: {{{}}}, roads: [(line: [{}])])",
                each(2_000, |n| format!("\"n{n:04}\": (0, 0),")),
                "\"zz\",".repeat(80_000)
            ))),
        ),
        (
            "a million lines",
            one(format!(
                "{}{}",
                "\n".repeat(900_000),
                with(&format!("units: [{}]", r#"(kind: "fot"),"#.repeat(600)))
            )),
        ),
        (
            "many tokens",
            one(with(&format!(
                "{} units: [{}]",
                SQUARE.split("units").next().unwrap(),
                each(14_900, |n| format!(r#"(id: "a{n}", kind: "foot"),"#))
            ))),
        ),
        (
            "many texts",
            one(with(&format!(
                "{SQUARE} notes: [{}]",
                "\"a\",".repeat(98_000)
            ))),
        ),
        (
            "many words on the map",
            one(with(&format!(
                "{} labels: [{}]),{}",
                SQUARE.split("),\n").next().unwrap(),
                r#"(at: "a", text: "x"),"#.repeat(24_000),
                SQUARE.split("}),").nth(1).unwrap()
            ))),
        ),
        (
            "many of one name",
            one(with(&format!(
                "precincts: [{}]",
                r#"(id: "a"),"#.repeat(49_000)
            ))),
        ),
        (
            "many voices",
            one(with(&format!(
                "{SQUARE} injects: [(id: \"i\", title: \"t\", body: \"b\", options: [(id: \"o\", label: \"l\", voices: {{{}}})])]",
                each(49_000, |n| format!("\"k{n}\":\"x\","))
            ))),
        ),
        (
            "many removed",
            one(format!(
                r#"(format: 1, id: "s", extends: "first-watch", remove: [{}])"#,
                each(45_000, |n| format!("\"precincts.aaaa{n}\","))
            )),
        ),
        (
            "cards that wait for each other",
            one(with(&format!(
                "{SQUARE} injects: [{}{}]",
                each(250, |n| card(
                    n,
                    &if n < 249 {
                        format!(r#"Chosen("i{}", "o")"#, n + 1)
                    } else {
                        "Always".to_owned()
                    }
                )),
                card(
                    250,
                    &format!(
                        r#"All([Chosen("i0", "o"),{}])"#,
                        "Used(HotSpot),".repeat(40_000)
                    )
                )
            ))),
        ),
        (
            "rings",
            one(with(&format!(
                "precincts: [{}], units: [(id: \"u\", kind: \"foot\")]",
                rings(0, 19, 1_000)
            ))),
        ),
        (
            "rings within the cap",
            one(with(&format!(
                "precincts: [{}], units: [(id: \"u\", kind: \"foot\")]",
                rings(0, 100, 50)
            ))),
        ),
        (
            "the same star many times",
            one(with(&format!(
                "map: (points: {{{}}}), precincts: [{}], units: [(id: \"u\", kind: \"foot\")]",
                each(2_000, star),
                each(25, |n| format!(
                    "(id: \"q{n}\", outline: [{}]),",
                    each(2_000, |at| format!("\"p{at}\","))
                ))
            ))),
        ),
        ("texts near to unknown paths", {
            let id = "i".repeat(25);
            let options = each(8, |n| {
                format!(r#"(id: "{id}{n}", label: "l", effects: [Survey]),"#)
            });
            let injects = each(240, |n| {
                format!(r#"(id: "{id}{n}", title: "t", body: "b", options: [{options}]),"#)
            });
            let table = each(200, |n| {
                format!(r#""injects.{id}{n}.options.{id}9.label": "x","#)
            });
            let mut files = one(with(&format!("{SQUARE} injects: [{injects}]")));
            files.push(("s/text.en.ron".to_owned(), format!("{{{table}}}")));
            files
        }),
        (
            "items over items",
            vec![
                (
                    "s/s.ron".to_owned(),
                    format!(
                        r#"(format: 1, id: "s", extends: "y", precincts: [{}])"#,
                        each(24_000, |n| format!(r#"(id: "a{n}"),"#))
                    ),
                ),
                (
                    "y/y.ron".to_owned(),
                    format!(
                        "(id: \"y\", precincts: [{}])",
                        each(24_000, |n| format!(r#"(id: "a{}"),"#, 24_000 - n))
                    ),
                ),
            ],
        ),
    ];
    // Everything at its cap at once, and three more like it below.
    let lists = [
        "learning",
        "notes",
        "briefing",
        "questions",
        "families",
        "remove",
    ];
    for (name, part, most) in [
        ("many values in many files", "\"\",", 59_000),
        ("line ends in many files", "\n", MIB),
    ] {
        let layer = |(layer, folder): (usize, &&str)| {
            let head = format!(r#"id: "l{layer}", extends: "l{}","#, layer + 1);
            let file = |(at, list): (usize, &&str)| {
                let head = if at == 0 { &head } else { "" };
                let (head, room) = (format!("({head} {list}: ["), 4 * MIB / lists.len());
                let parts = part.repeat(most.min((room - head.len() - 2) / part.len()));
                (format!("{folder}/{list}.ron"), format!("{head}{parts}])"))
            };
            lists.iter().enumerate().map(file).collect::<Vec<_>>()
        };
        let files = ["s", "l1", "l2", "l3"].iter().enumerate().flat_map(layer);
        cases.push((name, files.collect()));
    }
    cases
}

#[test]
fn the_costliest_scenarios_stay_within_a_second_and_64_mib() {
    let place = Place::new();
    let empty = place.write("empty/scenario.ron", "()");
    let needed = (1..512).find(|mib| check(&empty, *mib).is_some());
    let needed = needed.expect("an empty scenario is checked in some memory");
    let mut broken = Vec::new();
    for (name, files) in hostile() {
        let place = Place::new();
        for (file, text) in &files {
            assert!(text.len() <= MIB, "{name}: {file} is beyond the cap");
            place.write(file, text);
        }
        if check(&place.here().join("s"), needed + MAY_TAKE).is_none() {
            broken.push(name);
        }
    }
    assert!(
        broken.is_empty(),
        "{broken:?} with {needed} MiB for an empty one"
    );
}
