//! Refusals and causes in words.

use commonwatch::rules::id::{InjectIx, PrecinctIx};
use commonwatch::rules::world::{Tactic, TurnLength, World};
use commonwatch::rules::{Cause, Cents, Id, Refusal, Remedy, Rule};
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
        remedy: Remedy::Instead(Id::from("foot"), Cents::funds(1)),
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
            remedy: Remedy::Beyond(Cents(50)),
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

/// A turn that the game does not have is no turn to wait for, whatever its turns are called.
#[test]
fn nothing_is_put_off_beyond_the_last_turn() {
    for (length, en, zh) in [
        (TurnLength::Months(1), "month 12", "第 12 个月"),
        (TurnLength::Weeks(1), "week 12", "第 12 周"),
        (TurnLength::Months(3), "turn 12", "第 12 回合"),
    ] {
        let source = find_built_in("first-watch").expect("built in").source();
        let mut scenario = load(&source).expect("good").scenario;
        let mut world = World::clone(&scenario.world);
        (world.turn, world.turns) = (length, 12);
        scenario.world = Arc::new(world);
        let scenario = Arc::new(scenario);
        for (lang, name, never) in [(Lang::En, en, "cannot be"), (Lang::ZhHans, zh, "本局")] {
            let words = Lexicon::new(Arc::clone(&scenario), lang);
            for of in [
                |turn: u16| Refusal::TooSoon {
                    instrument: Id::from("yardstick"),
                    until: turn,
                },
                |turn: u16| Refusal::OnceAQuarter { from: turn },
            ] {
                let (last, after) = (words.refusal(&of(12)), words.refusal(&of(13)));
                assert!(last.contains(name) && !last.contains(never), "{last}");
                assert!(after.contains(never) && !after.contains("13"), "{after}");
            }
            let tied = words.refusal(&Refusal::Tied {
                unit: Id::from("foot-1"),
                at: Id::from("drum-tower"),
                until: 13,
            });
            assert!(!tied.contains("13"), "{tied}");
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

#[test]
fn what_an_answer_asks_for_and_what_lay_behind_it_is_said_in_both_languages() {
    let source = find_built_in("pearl-bay").expect("built in").source();
    let scenario = Arc::new(load(&source).expect("good").scenario);
    let world = Arc::clone(&scenario.world);
    let card = world.inject(&Id::from("wages-3")).expect("a card");
    let options = &world.injects[card.at()].options;
    let fund = options.iter().position(|o| o.id.as_str() == "fund");
    let fund = fund.expect("an option") as u16;
    let (en, zh) = (
        Lexicon::new(Arc::clone(&scenario), Lang::En),
        Lexicon::new(scenario, Lang::ZhHans),
    );
    assert_eq!(en.option_price(card, fund), ["2.5 Funds", "4.0 goodwill"]);
    assert_eq!(zh.option_price(card, fund), ["资金 2.5", "善意 4.0"]);
    let insolvent = world.variants(card).iter();
    let insolvent = insolvent
        .map(|v| v.id.as_str())
        .position(|id| id == "insolvent");
    let insolvent = insolvent.expect("a variant of its arc") as u8;
    assert_eq!(
        en.variant(card, insolvent),
        "There was nothing left to pay from."
    );
    assert_eq!(zh.variant(card, insolvent), "厂里已经没钱可付。");
}
