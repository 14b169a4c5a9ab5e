//! Every error is a sentence in both languages.

use super::game::id;
use commonwatch::rules::{Action, Digest, Refusal};
use commonwatch::session::error::Dependent;
use commonwatch::session::folders::NoFolders;
use commonwatch::session::{
    ActError, Damage, Flaw, Notice, OpenError, ReadOnly, Sentence, StoreError, TimeError,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

type Texts = BTreeMap<String, String>;

fn texts(language: &str) -> Texts {
    let root = env!("CARGO_MANIFEST_DIR");
    let path = format!("{root}/assets/text/session.{language}.ron");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    ron::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn said<E: Sentence + Display>(error: E) -> (String, Vec<(&'static str, String)>, String) {
    (error.id(), error.slots(), error.to_string())
}

/// One of each thing that has a text of its own.
fn all() -> Vec<(String, Vec<(&'static str, String)>, String)> {
    let reason = || "no reason".to_owned();
    let damage = Damage {
        line: 9,
        flaw: Flaw::Cut,
        good_bytes: 800,
        good_turns: 2,
        good_acts: 5,
    };
    let dependent = Dependent {
        n: 3,
        seat: id("community"),
        action: Action::EndTurn,
        refusal: None,
    };
    let mut all: Vec<_> = [
        StoreError::Locked,
        StoreError::Missing,
        StoreError::Exists,
        StoreError::Open(reason()),
        StoreError::Read(reason()),
        StoreError::TooLarge,
        StoreError::Full,
        StoreError::Write(reason()),
        StoreError::Sync(reason()),
    ]
    .map(said)
    .into();
    all.extend([ActError::TooLong, ActError::LogFull].map(said));
    all.extend(
        [
            TimeError::NothingToUndo,
            TimeError::NothingToRedo,
            TimeError::NeedsConsent { turn: 4 },
            TimeError::NeededBy(vec![dependent]),
            TimeError::NoSuchMoment,
            TimeError::Unfinished,
            TimeError::DoesNotStand,
        ]
        .map(said),
    );
    all.extend(
        [
            OpenError::NotALog(damage.clone()),
            OpenError::OtherVersion,
            OpenError::NotEmpty,
        ]
        .map(said),
    );
    all.extend(
        [
            Notice::Recovered {
                damage: Damage {
                    good_turns: 1,
                    ..damage.clone()
                },
                kept_as: "x.cwlog.damaged-2".to_owned(),
            },
            Notice::Recovered {
                damage,
                kept_as: "x.cwlog.damaged-1".to_owned(),
            },
            Notice::Retried { turn: 4 },
            Notice::HeldBack { turn: 4 },
        ]
        .map(said),
    );
    all.extend(
        [
            ReadOnly::OtherRules {
                log: "1".to_owned(),
                here: "2".to_owned(),
            },
            ReadOnly::OtherScenario {
                scenario: id("four-corners"),
                hash: Digest(5),
            },
            ReadOnly::Differs { turn: 4 },
        ]
        .map(said),
    );
    all.push(said(NoFolders));
    all
}

/// Fills `{slot}` and `{slot?one:many}`.
fn filled(template: &str, slots: &[(&'static str, String)]) -> String {
    let mut sentence = template.to_owned();
    for (name, value) in slots {
        sentence = sentence.replace(&format!("{{{name}}}"), value);
        let plural = format!("{{{name}?");
        while let Some(start) = sentence.find(&plural) {
            let forms = start + plural.len();
            let end = forms + sentence[forms..].find('}').expect("a slot is closed");
            let (one, many) = sentence[forms..end].split_once(':').expect("two forms");
            let form = if value == "1" { one } else { many }.to_owned();
            sentence.replace_range(start..=end, &form);
        }
    }
    sentence
}

#[test]
fn the_interface_and_the_command_line_say_the_same_in_english() {
    let english = texts("en");
    for (id, slots, sentence) in all() {
        let template = english
            .get(&id)
            .unwrap_or_else(|| panic!("no English text {id}"));
        assert_eq!(filled(template, &slots), sentence, "{id}");
        assert!(
            sentence.ends_with('.') && !sentence.contains(['{', '}']),
            "{sentence}"
        );
    }
}

#[test]
fn chinese_says_it_too_with_the_same_figures() {
    let (english, chinese) = (texts("en"), texts("zh-Hans"));
    assert_eq!(
        english.keys().collect::<BTreeSet<_>>(),
        chinese.keys().collect::<BTreeSet<_>>(),
        "a text is missing in one language"
    );
    for (id, slots, _) in all() {
        let sentence = filled(&chinese[&id], &slots);
        assert!(
            sentence.ends_with('\u{3002}') && !sentence.contains(['{', '}']),
            "{sentence}"
        );
        for (name, value) in slots {
            assert!(
                sentence.contains(&value),
                "{id} does not say {name}: {sentence}"
            );
        }
    }
}

#[test]
fn no_text_is_left_that_nothing_says() {
    let said: BTreeSet<String> = all().into_iter().map(|(id, ..)| id).collect();
    let flaws = [
        Flaw::Cut,
        Flaw::Changed,
        Flaw::Unknown,
        Flaw::TooLong,
        Flaw::OutOfPlace,
        Flaw::Refused,
    ];
    let flaws: BTreeSet<String> = flaws
        .iter()
        .map(|flaw| format!("session.flaw.{}", flaw.id()))
        .collect();
    let known: BTreeSet<String> = texts("en").into_keys().collect();
    assert_eq!(known, &said | &flaws);
}

#[test]
fn a_refused_order_speaks_with_the_words_of_the_refusal() {
    assert_eq!(
        ActError::Refused(Refusal::NotSetUp).id(),
        "refusal.not-set-up"
    );
    assert_eq!(
        TimeError::RedoRefused(Refusal::NotSetUp).id(),
        "refusal.not-set-up"
    );
}
