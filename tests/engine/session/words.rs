//! Every error is a sentence in both languages.

use super::game::id;
use commonwatch::rules::{Action, Digest, Refusal};
use commonwatch::session::error::Dependent;
use commonwatch::session::folders::NoFolders;
use commonwatch::session::{
    ActError, Damage, Flaw, Notice, OpenError, ReadOnly, Sentence, StoreError, TimeError,
};
use commonwatch::text::{Lang, fill, table};
use std::collections::BTreeSet;
use std::fmt::Display;

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

fn filled(lang: Lang, key: &str, slots: &[(&'static str, String)]) -> String {
    let template = table(lang).find(key);
    let template = template.unwrap_or_else(|| panic!("no text {key} in {lang}"));
    let values: Vec<(&str, &str)> = slots.iter().map(|(k, v)| (*k, v.as_str())).collect();
    fill(template, &values)
}

/// The keys of this floor's texts.
fn known(lang: Lang) -> BTreeSet<String> {
    let keys = table(lang).entries().map(|(key, _)| key.to_owned());
    keys.filter(|key| key.starts_with("session.")).collect()
}

#[test]
fn the_interface_and_the_command_line_say_the_same_in_english() {
    for (id, slots, sentence) in all() {
        assert_eq!(filled(Lang::En, &id, &slots), sentence);
        assert!(
            sentence.ends_with('.') && !sentence.contains(['{', '}']),
            "{sentence}"
        );
    }
}

#[test]
fn chinese_says_it_too_with_the_same_figures() {
    assert_eq!(
        known(Lang::En),
        known(Lang::ZhHans),
        "a text is missing in one language"
    );
    for (id, slots, _) in all() {
        let sentence = filled(Lang::ZhHans, &id, &slots);
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
    assert_eq!(known(Lang::En), &said | &flaws);
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
