//! Refusals and causes in words.

use commonwatch::rules::id::{InjectIx, PrecinctIx};
use commonwatch::rules::world::Tactic;
use commonwatch::rules::{Cause, Cents, Id, Refusal, Rule};
use commonwatch::scenario::{Lexicon, find_built_in, load};
use commonwatch::text::Lang;
use std::sync::Arc;

fn lexicon(lang: Lang) -> Lexicon {
    let source = find_built_in("first-watch").expect("built in").source();
    Lexicon::new(Arc::new(load(&source).expect("good").scenario), lang)
}

#[test]
fn a_refusal_says_what_holds_and_what_is_possible() {
    let refusal = Refusal::Funds {
        kind: Some(Id::from("foot")),
        needs: Cents::funds(5),
        free: Cents::funds(4),
        instead: Some((Id::from("foot"), Cents::funds(1))),
    };
    assert_eq!(
        lexicon(Lang::En).refusal(&refusal),
        "It costs 5 Funds and you have 4. One foot team costs 1."
    );
    let said = lexicon(Lang::ZhHans).refusal(&refusal);
    assert!(
        said.contains('5') && said.contains('4') && said.ends_with('。'),
        "{said}"
    );
}

#[test]
fn every_refusal_has_words_in_both_languages() {
    let id = || Id::from("nowhere");
    let all = [
        Refusal::UnknownSeat(id(), Some(Id::from("street"))),
        Refusal::UnknownUnit(id(), None),
        Refusal::UnknownPrecinct(id(), None),
        Refusal::UnknownInject(id(), None),
        Refusal::UnknownOption {
            inject: id(),
            option: id(),
            nearest: Some(Id::from("yes")),
        },
        Refusal::NotSetUp,
        Refusal::AlreadySetUp,
        Refusal::GameOver { turns: 6 },
        Refusal::OtherDesk {
            owner: Id::from("street"),
        },
        Refusal::NotHereYet {
            unit: id(),
            from: 3,
        },
        Refusal::CannotDo {
            kind: id(),
            tactic: Tactic::Mediation,
            can: vec![Tactic::Visible],
        },
        Refusal::AlreadyThere {
            unit: id(),
            at: id(),
        },
        Refusal::NotPlaced { unit: id() },
        Refusal::Funds {
            kind: None,
            needs: Cents(100),
            free: Cents(0),
            instead: None,
        },
        Refusal::NotOpen { inject: id() },
    ];
    for lang in Lang::ALL {
        let words = lexicon(lang);
        for refusal in &all {
            let said = words.refusal(refusal);
            assert!(!said.contains("refusal.") && !said.contains('{'), "{said}");
        }
    }
}

#[test]
fn a_cause_is_named_with_its_card_and_its_place() {
    let words = lexicon(Lang::En);
    let place = PrecinctIx(0);
    let patrol = Cause::of(Rule::HotSpotPatrol).in_precinct(place);
    assert_eq!(
        words.cause(&patrol),
        format!("Hot-spot patrol, {}", words.precinct(place))
    );
    let card = Cause::of(Rule::Inject)
        .by_inject(InjectIx(0))
        .in_precinct(place);
    let said = words.cause(&card);
    assert!(!said.is_empty() && !said.contains("{place}"), "{said}");
}
