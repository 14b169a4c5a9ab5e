//! `simulate`.

use crate::support::{Place, TWO_BANKS, fields, names};

fn two_banks() -> Place {
    let place = Place::new();
    place.write("two-banks.ron", TWO_BANKS);
    place
}

#[test]
fn the_json_has_its_stable_shape() {
    let place = two_banks();
    let words = [
        "simulate",
        "two-banks.ron",
        "--policy",
        "hotspot",
        "--seeds",
        "5..=24",
    ];
    let text = place.says(&[&words[..], &["--format", "json"]].concat());
    let order: Vec<usize> = [
        "\"scenario\"",
        "\"rules\"",
        "\"policy\"",
        "\"seeds\"",
        "\"games\"",
        "\"indices\"",
        "\"published\"",
        "\"handover\"",
        "\"objectives\"",
        "\"promises\"",
        "\"forecasts\"",
        "\"digest\"",
    ]
    .iter()
    .map(|name| text.find(name).unwrap())
    .collect();
    assert!(order.is_sorted(), "the fields keep their order");
    let batch: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(batch.as_object().unwrap().len(), order.len());
    assert_eq!(batch["scenario"], "two-banks");
    assert_eq!(batch["rules"], commonwatch::rules::version());
    assert_eq!(batch["policy"], "hotspot");
    assert_eq!(batch["seeds"], serde_json::json!([5, 25]));
    assert_eq!(batch["games"], 20);
    let indices = [
        "equity",
        "rights",
        "safety",
        "sense_of_safety",
        "stewardship",
        "trust",
    ];
    for layer in ["indices", "published", "handover"] {
        assert_eq!(fields(&batch[layer]), indices);
        for index in indices {
            let figures = &batch[layer][index];
            assert_eq!(fields(figures), ["mean", "p05", "p50", "p95", "sd"]);
            let mean = figures["mean"].as_f64().unwrap();
            assert!((0.0..=100.0).contains(&mean), "{layer} {index} {mean}");
        }
    }
    assert_eq!(fields(&batch["objectives"]), ["trust"]);
    let met = batch["objectives"]["trust"]["met"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&met));
    let digest = batch["digest"].as_str().unwrap();
    assert!(digest.len() == 32 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[test]
fn threads_and_formats_tell_the_same_games() {
    let place = two_banks();
    let words = [
        "simulate",
        "two-banks.ron",
        "--policy",
        "random",
        "--seeds",
        "0..30",
    ];
    let with = |more: &[&str]| place.says(&[&words[..], more].concat());
    let one = with(&["--jobs", "1", "--format", "json"]);
    assert_eq!(one, with(&["--jobs", "4", "--format", "json"]));
    assert_eq!(one, with(&["--format", "json"]));
    let batch: serde_json::Value = serde_json::from_str(&one).unwrap();

    let csv = with(&["--jobs", "3", "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let head: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(
        head.join(","),
        "seed,digest,safety,trust,equity,rights,stewardship,sense_of_safety,published_safety,\
         published_trust,published_equity,published_rights,published_stewardship,\
         published_sense_of_safety,objectives_met,promises_kept,promises_broken,forecasts,\
         forecasts_inside"
    );
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let seeds: Vec<u32> = rows.iter().map(|row| row[0].parse().unwrap()).collect();
    assert!(seeds.iter().copied().eq(0..30));
    let mean = |column: usize| -> f64 {
        rows.iter()
            .map(|row| row[column].parse::<f64>().unwrap())
            .sum::<f64>()
            / 30.0
    };
    let told = |layer: &str, index: &str| batch[layer][index]["mean"].as_f64().unwrap();
    assert!((mean(2) - told("indices", "safety")).abs() < 2e-6);
    assert!((mean(9) - told("published", "trust")).abs() < 2e-6);

    let human = with(&[]);
    assert!(human.contains(batch["digest"].as_str().unwrap()), "{human}");
}

#[test]
fn what_became_of_mandates_is_told_desk_by_desk() {
    let place = two_banks();
    let words = [
        "simulate",
        "pearl-bay",
        "--policy",
        "idle",
        "--seeds",
        "1..=6",
    ];
    let with = |more: &[&str]| place.says(&[&words[..], more].concat());
    let batch: serde_json::Value = serde_json::from_str(&with(&["--format", "json"])).unwrap();
    // Each desk has a mandate in every year, and nobody asked to be released.
    for desk in ["coordination", "street", "cyber"] {
        let became = &batch["mandates"][desk];
        let count = |key: &str| became[key].as_u64().unwrap();
        assert_eq!(count("met") + count("failed"), 6, "{desk}");
        assert_eq!(count("released"), 0);
    }
    let csv = with(&["--format", "csv"]);
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let head = rows.headers().unwrap().iter().collect::<Vec<_>>().join(",");
    assert!(head.ends_with(
        "objectives_met,mandates_met,mandates_failed,mandates_released,promises_kept,\
         promises_broken,forecasts,forecasts_inside"
    ));
    for row in rows.records().map(Result::unwrap) {
        let desks = |column: usize| row[column].split_whitespace().count();
        assert_eq!(desks(row.len() - 7) + desks(row.len() - 6), 8);
    }
    assert!(with(&[]).contains("Mandates met, by desk"));
}

#[test]
fn what_the_room_expected_and_promised_is_told() {
    let place = two_banks();
    place.write(
        "talk.ron",
        r#"Plan(
            desks: {KeySites: "balanced"},
            turns: [[
                Ask(seat: "street", of: "key-sites", what: Setting(what: "train-spacing", to: "slow")),
                Ask(seat: "street", of: "key-sites", what: Word),
                Ask(seat: "street", of: "key-sites", what: Funds(3)),
            ]],
        )"#,
    );
    let words = [
        "simulate",
        "pearl-bay",
        "--plan",
        "talk.ron",
        "--seeds",
        "1..=3",
    ];
    let batch = place.json(&[&words[..], &["--format", "json"]].concat());
    // A setting can be seen to be kept, a word cannot, and money is not promised.
    assert_eq!(batch["promises"]["kept"], 3);
    assert_eq!(batch["promises"]["broken"], 0);
    assert_eq!(batch["promises"]["not_checked"], 3);

    // Eight desks take turns, and the one in hand speaks in one month of eight: the sixth.
    assert_eq!(batch["forecasts"]["told"], 3);
    let words = [
        "simulate",
        "pearl-bay",
        "--policy",
        "balanced",
        "--seeds",
        "1..=3",
    ];
    let batch = place.json(&[&words[..], &["--format", "json"]].concat());
    assert_eq!(batch["forecasts"]["told"], 36);
    let inside = batch["forecasts"]["inside"].as_f64().unwrap();
    assert!((0.5..=1.0).contains(&inside), "{inside}");
    let human = place.says(&words);
    assert!(human.contains("36 forecasts of the room"), "{human}");
}

#[test]
fn a_policy_that_looks_ahead_says_how_far() {
    let place = two_banks();
    let words = [
        "simulate",
        "two-banks.ron",
        "--policy",
        "search",
        "--seeds",
        "1",
    ];
    let human = place.says(&words);
    let nodes = commonwatch::lab::Policy::Search.nodes().unwrap();
    assert!(
        human.contains(&format!("search weighs {nodes} plans a turn")),
        "{human}"
    );
    let batch = place.json(&[&words[..], &["--format", "json"]].concat());
    assert_eq!(batch["nodes"]["search"], nodes);
}

#[test]
fn seeds_are_ranges_as_typed() {
    let place = two_banks();
    let seeds = |range: &str| {
        let words = [
            "simulate",
            "two-banks.ron",
            "--seeds",
            range,
            "--format",
            "json",
        ];
        place.json(&words)["seeds"].clone()
    };
    assert_eq!(seeds("1..4"), serde_json::json!([1, 4]));
    assert_eq!(seeds("1..=4"), serde_json::json!([1, 5]));
    assert_eq!(seeds("7"), serde_json::json!([7, 8]));
}

#[test]
fn the_answer_can_go_to_a_file() {
    let place = two_banks();
    let words = [
        "simulate",
        "two-banks.ron",
        "--seeds",
        "1..4",
        "--format",
        "json",
    ];
    let said = place.says(&words);
    assert_eq!(
        place.says(&[&words[..], &["--out", "batch.json"]].concat()),
        ""
    );
    assert_eq!(
        std::fs::read_to_string(place.here().join("batch.json")).unwrap(),
        said
    );
    place.stops(2, &[&words[..], &["--out", "no/such/folder.json"]].concat());
}

#[test]
fn logs_hold_the_games_and_nothing_else_is_written() {
    let place = two_banks();
    let words = [
        "simulate",
        "two-banks.ron",
        "--policy",
        "even",
        "--seeds",
        "3..5",
    ];
    let plain = place.says(&words);
    let logged = place.says(&[&words[..], &["--logs", "logs"]].concat());
    assert_eq!(plain, logged);
    assert_eq!(names(&place.here()), ["logs", "two-banks.ron"]);
    assert_eq!(
        names(&place.here().join("logs")),
        ["two-banks-even-3.cwlog", "two-banks-even-4.cwlog"]
    );
}

#[test]
fn a_plan_is_played() {
    let place = two_banks();
    place.write(
        "mine.ron",
        r#"Plan(
            desks: {Street: "hotspot"},
            turns: [[], [Assign(unit: "visits", to: "west-bank", tactic: Outreach)]],
        )"#,
    );
    let words = [
        "simulate",
        "two-banks.ron",
        "--seeds",
        "1..9",
        "--format",
        "json",
    ];
    let planned = place.json(&[&words[..], &["--plan", "mine.ron"]].concat());
    assert_eq!(planned["policy"], "mine");
    let hotspot = place.json(&[&words[..], &["--policy", "idle"]].concat());
    assert_ne!(planned["digest"], hotspot["digest"]);
}

#[test]
fn a_refused_order_is_named_with_its_turn_its_number_and_the_reason() {
    let place = two_banks();
    let stop = |plan: &str| {
        place.write("mine.ron", plan);
        place.stops(
            1,
            &[
                "simulate",
                "two-banks.ron",
                "--plan",
                "mine.ron",
                "--seeds",
                "4..9",
            ],
        )
    };
    let text = stop(
        r#"Plan(turns: [
            [Assign(unit: "foot-1", to: "west-bank", tactic: HotSpot)],
            [Withdraw(unit: "foot-1"), Assign(unit: "foot-2", to: "west-bnk", tactic: HotSpot)],
        ])"#,
    );
    for part in [
        "mine.ron",
        "turn 2",
        "order 2",
        "seed 4",
        "west-bnk",
        "(west-bank)",
    ] {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
    let text =
        stop(r#"Plan(turns: [[Assign(unit: "foot-1", to: "west-bank", tactic: Mediation)]])"#);
    assert!(
        text.contains("turn 1") && text.contains("order 1"),
        "{text}"
    );
    let text = stop(r#"Plan(turns: [[], [], [], [], [Withdraw(unit: "foot-1")]])"#);
    assert!(
        text.contains("turn 5") && text.contains("4 turns"),
        "{text}"
    );
}

#[test]
fn what_is_not_there_is_not_run_and_the_right_name_is_offered() {
    let place = two_banks();
    let simulate = |words: &[&str]| place.stops(2, &[&["simulate"][..], words].concat());
    let text = simulate(&["two-banks.ron", "--policy", "hotspt"]);
    assert!(text.contains("Did you mean \"hotspot\"?"), "{text}");
    let text = simulate(&["harbor-town"]);
    assert!(text.contains("Did you mean \"harbour-town\"?"), "{text}");
    simulate(&["nowhere/scenario.ron"]);
    simulate(&["two-banks.ron", "--plan", "nowhere.ron"]);
    place.write("broken.ron", "Plan(turns: [[Asign()]])");
    let text = simulate(&["two-banks.ron", "--plan", "broken.ron"]);
    assert!(text.contains("broken.ron:1:"), "{text}");
    assert!(text.contains("Did you mean \"Assign\"?"), "{text}");
    let text = simulate(&["two-banks.ron", "--plan", "broken.ron", "--lang", "zh-Hans"]);
    assert!(text.contains("“Assign”"), "{text}");
    place.write("desk.ron", "Plan(desks: {Stret: \"even\"})");
    let text = simulate(&["two-banks.ron", "--plan", "desk.ron"]);
    assert!(text.contains("Did you mean \"street\"?"), "{text}");
    place.write("policy.ron", "Plan(desks: {Street: \"evn\"})");
    let text = simulate(&["two-banks.ron", "--plan", "policy.ron"]);
    assert!(text.contains("Did you mean \"even\"?"), "{text}");
    place.write(
        "bad.ron",
        &TWO_BANKS.replace("\"foot\", count", "\"foat\", count"),
    );
    let text = simulate(&["bad.ron"]);
    assert!(text.contains("CW1301"), "{text}");
}

#[test]
fn the_data_folder_holds_scenarios_too() {
    let place = Place::new();
    place.write("data/scenarios/my-town/scenario.ron", TWO_BANKS);
    let words = ["simulate", "my-town", "--seeds", "1", "--format", "json"];
    let batch = place.json(&[&words[..], &["--data-dir", "data"]].concat());
    assert_eq!(batch["scenario"], "two-banks");
    let text = place.stops(2, &["check", "my-twon", "--data-dir", "data"]);
    assert!(text.contains("Did you mean \"my-town\"?"), "{text}");
}

#[test]
fn what_cannot_be_written_is_said_before_anything_is_played() {
    let place = two_banks();
    // All of these games would take minutes.
    let words = ["simulate", "two-banks.ron", "--seeds", "0..300000"];
    for out in ["nowhere/batch.json", ".", "two-banks.ron/batch.json"] {
        let text = place.stops(2, &[&words[..], &["--out", out]].concat());
        assert!(text.contains(out), "{text}");
    }
    let text = place.stops(2, &[&words[..], &["--logs", "two-banks.ron"]].concat());
    assert!(text.contains("two-banks.ron"), "{text}");
    // A log that cannot be written ends the batch.
    std::fs::create_dir_all(place.here().join("logs/two-banks-even-0.cwlog")).unwrap();
    let text = place.stops(2, &[&words[..], &["--logs", "logs"]].concat());
    assert!(text.contains("two-banks-even-0.cwlog"), "{text}");
}

#[test]
fn a_million_threads_are_not_started() {
    let place = two_banks();
    let words = [
        "simulate",
        "two-banks.ron",
        "--seeds",
        "1..4",
        "--format",
        "csv",
    ];
    let many = place.says(&[&words[..], &["--jobs", "1000000000"]].concat());
    assert_eq!(many, place.says(&words));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_no_half_logs() {
    let place = two_banks();
    // The system allows files of one block of 512 bytes, which no log fits into.
    let script = r#"trap "" XFSZ; ulimit -f 1; exec "$0" simulate two-banks.ron --seeds 0..300000 --logs logs"#;
    let output = std::process::Command::new("sh")
        .args(["-c", script])
        .arg(assert_cmd::cargo::cargo_bin("commonwatch"))
        .current_dir(place.here())
        .env_clear()
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains(".cwlog could not be written"), "{text}");
    assert_eq!(names(&place.here().join("logs")), [""; 0]);
}

#[test]
fn a_folder_that_is_called_like_a_scenario_does_not_hide_it() {
    let place = Place::new();
    std::fs::create_dir(place.here().join("first-watch")).unwrap();
    let words = [
        "simulate",
        "first-watch",
        "--seeds",
        "1",
        "--logs",
        "first-watch",
    ];
    place.says(&words);
    place.says(&words);
    let text = place.says(&["check", "first-watch"]);
    assert!(text.contains("0 errors"), "{text}");
    // A scenario of that name does.
    place.write("first-watch/scenario.ron", TWO_BANKS);
    let batch = place.json(&[
        "simulate",
        "first-watch",
        "--seeds",
        "1",
        "--format",
        "json",
    ]);
    assert_eq!(batch["scenario"], "two-banks");
}
