//! Cards: what an answer asks for and does, what lies hidden behind a card, and how cards follow each
//! other.

use crate::support::small_world_with;
use commonwatch::rules::command::apply;
use commonwatch::rules::id::InjectIx;
use commonwatch::rules::ledger::{Cause, Rule};
use commonwatch::rules::units::Amount;
use commonwatch::rules::world::{
    Choice, Condition, Domain, Effect, Inject, InjectKind, Odds, OpenDomain, PlaceRef, Strand,
    Variant, What, When, World,
};
use commonwatch::rules::{
    Account, Action, Cents, Id, Index, Ledger, Micro, Refusal, State, Table, id::SeatIx, view,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A card of the whole city that comes in the turns `first` to `last`; silence takes the last answer.
fn card(id: &str, (first, last): (u16, u16), options: Vec<Choice>) -> Inject {
    Inject {
        id: Id::from(id),
        kind: InjectKind::Card,
        seat: SeatIx(0),
        when: When {
            first,
            last,
            condition: Condition::Always,
            chance: 1.0,
        },
        place: PlaceRef::City,
        silence: options.len() as u16 - 1,
        options,
        variants: Vec::new(),
    }
}

fn nothing() -> Choice {
    Choice::new("nothing", Cents(0), Vec::new())
}

fn variant(id: &str, weight: f64) -> Variant {
    Variant {
        id: Id::from(id),
        weight,
    }
}

/// A small city with a pressure of forty points and these cards alone.
fn city(cards: Vec<Inject>, change: impl FnOnce(&mut World)) -> Arc<World> {
    Arc::new(small_world_with(|world| {
        world.domains = vec![OpenDomain {
            domain: Domain::Grievance,
            start: Micro::points(40),
        }];
        world.injects = cards;
        change(world);
    }))
}

/// A game with its book.
struct Play {
    state: State,
    book: Ledger,
}

impl Play {
    fn of(world: &Arc<World>, seed: u32) -> Self {
        let mut play = Self {
            state: State::new(Arc::clone(world), seed),
            book: Ledger::keeping(),
        };
        play.act(Action::SetUp {
            table: Table::Shared,
            presets: Vec::new(),
        })
        .expect("the first act");
        play
    }

    fn act(&mut self, action: Action) -> Result<(), Refusal> {
        self.state = apply(&self.state, &Id::from("street"), &action, &mut self.book)?;
        Ok(())
    }

    fn answer(&mut self, inject: &str, option: &str) -> Result<(), Refusal> {
        self.act(Action::Answer {
            inject: Id::from(inject),
            option: Id::from(option),
        })
    }

    fn end_turn(&mut self) {
        self.act(Action::EndTurn).expect("a turn can end");
    }

    fn finish(mut self) -> Self {
        while !self.state.over() {
            self.end_turn();
        }
        self
    }

    /// What an inject posted to an account, in the account's unit.
    fn posted(&self, account: Account) -> i64 {
        let entries = self.book.entries().iter();
        entries
            .filter(|entry| entry.account == account && entry.cause.rule == Rule::Inject)
            .map(|entry| entry.amount)
            .sum()
    }

    /// The cards that came, with their turns.
    fn fired(&self) -> Vec<(usize, u16)> {
        let view = view(&self.state, &Id::from("street"));
        let all = view.settled_injects().chain(view.open_injects());
        let mut fired: Vec<_> = all
            .filter_map(|(inject, state)| Some((inject.at(), state.fired?)))
            .collect();
        fired.sort_unstable();
        fired
    }
}

#[test]
fn an_answer_is_paid_for_in_goodwill_and_analysts() {
    let dear = Choice {
        goodwill: Micro::points(9),
        analysts: 2,
        ..Choice::new("dear", Cents(0), vec![Effect::new(0, What::Trust(0.1))])
    };
    let dearer = Choice {
        goodwill: Micro::points(13),
        ..Choice::new("dearer", Cents(0), vec![Effect::new(0, What::Trust(0.1))])
    };
    let many = Choice {
        analysts: 3,
        ..Choice::new("many", Cents(0), vec![Effect::new(0, What::Trust(0.1))])
    };
    let cards = vec![
        card("one", (1, 1), vec![dear.clone(), dearer, many, nothing()]),
        card("two", (1, 1), vec![dear, nothing()]),
    ];
    let mut play = Play::of(&city(cards, |_| {}), 4);
    let points = Micro::points;
    assert_eq!(
        play.answer("one", "dearer"),
        Err(Refusal::Goodwill {
            needs: points(13),
            free: points(12),
        })
    );
    assert_eq!(
        play.answer("one", "many"),
        Err(Refusal::Analysts { needs: 3, free: 2 })
    );
    play.answer("one", "dear").expect("it reaches");
    play.answer("one", "dear")
        .expect("the same again replaces it");
    let open = view(&play.state, &Id::from("street"));
    assert_eq!(open.free_goodwill(), points(3));
    assert_eq!(open.free_analysts(), 0);
    assert!(matches!(
        play.answer("two", "dear"),
        Err(Refusal::Goodwill { .. })
    ));
    play.end_turn();
    assert_eq!(play.posted(Account::Goodwill), -points(9).0);
    let open = view(&play.state, &Id::from("street"));
    assert_eq!(open.free_analysts(), 2, "they are bound for the turn only");
}

#[test]
fn pressure_and_goodwill_move_with_the_card_as_their_cause() {
    let effects = vec![
        Effect::new(0, What::Pressure(Domain::Grievance, -6.0)),
        Effect::new(1, What::Pressure(Domain::Grievance, 2.0)),
        Effect::new(1, What::Goodwill(1.5)),
        // Not played: it has nowhere to go.
        Effect::new(0, What::Pressure(Domain::Network, 50.0)),
    ];
    let cards = vec![card(
        "one",
        (1, 1),
        vec![Choice::new("so", Cents(0), effects)],
    )];
    let world = city(cards, |_| {});
    let play = Play::of(&world, 4).finish();
    assert_eq!(
        play.posted(Account::Pressure(Domain::Grievance)),
        -4_000_000
    );
    assert_eq!(play.posted(Account::Pressure(Domain::Network)), 0);
    assert_eq!(play.posted(Account::Goodwill), 1_500_000);
    let calm = city(Vec::new(), |_| {});
    let calm = Play::of(&calm, 4).finish();
    let end = |play: &Play| play.state.debrief().expect("over").hidden[0].pressures[0].0;
    assert_eq!(end(&play) - end(&calm), -6_000_000);
}

/// A page says what moved a published figure: a card's wrong with the turn that it settles in, what
/// units do a turn later, as complaints come.
#[test]
fn a_page_names_the_card_that_cost_rights() {
    let wronged = vec![Effect::new(0, What::Wrong(3.0))];
    let righted = vec![Effect::new(0, What::Wrong(-8.0))];
    let cards = vec![
        card("one", (2, 2), vec![Choice::new("so", Cents(0), wronged)]),
        card("two", (3, 3), vec![Choice::new("so", Cents(0), righted)]),
    ];
    let mut play = Play::of(&city(cards, |_| {}), 4);
    let named = |play: &Play| -> (f64, f64, Vec<(Rule, Option<InjectIx>, f64)>) {
        let moved = view(&play.state, &Id::from("street")).moved(Index::Rights);
        let moved = moved.expect("a turn has been played");
        let causes = moved.causes.iter();
        let causes = causes.map(|(cause, by)| (cause.rule, cause.inject, *by));
        let by = (moved.now - moved.before).to_f64();
        let told: f64 = moved.causes.iter().map(|cause| cause.1).sum();
        (by, told, causes.collect())
    };
    play.end_turn();
    let (by, told, _) = named(&play);
    assert!((by - told).abs() < 0.15, "{by} is told as {told}");
    play.end_turn();
    let (by, told, causes) = named(&play);
    assert!((by - told).abs() < 0.15, "{by} is told as {told}");
    assert_eq!(causes[0], (Rule::Inject, Some(InjectIx(0)), -3.0));
    assert!(by < -2.5, "{by}");
    play.end_turn();
    let (by, told, causes) = named(&play);
    assert!((by - told).abs() < 0.15, "{by} is told as {told}");
    assert_eq!(causes[0], (Rule::Inject, Some(InjectIx(1)), 8.0));
    assert_eq!(causes[1].0, Rule::Bound, "nothing is better than right");
    let open = view(&play.state, &Id::from("street"));
    let equity = open.moved(Index::Equity).expect("a turn has been played");
    let told: f64 = equity.causes.iter().map(|cause| cause.1).sum();
    let by = (equity.now - equity.before).to_f64();
    assert!((by - told).abs() < 0.25, "{by} is told as {told}");
    let placed = |(cause, _): &(Cause, f64)| cause.place.is_some();
    assert!(equity.causes.iter().any(placed), "the record has places");
    assert!(
        open.moved(Index::Safety)
            .is_some_and(|it| it.causes.is_empty())
    );
}

#[test]
fn a_chance_comes_about_as_often_as_it_says_and_all_at_once() {
    let odds = vec![Odds {
        roll: 0,
        chance: 0.3,
    }];
    let maybe = |what| Effect {
        odds: odds.clone(),
        ..Effect::new(0, what)
    };
    let effects = vec![maybe(What::Goodwill(1.0)), maybe(What::Wrong(2.0))];
    let cards = vec![card(
        "one",
        (1, 1),
        vec![Choice::new("so", Cents(0), effects)],
    )];
    let world = city(cards, |world| world.turns = 1);
    let came: u32 = (0..400)
        .map(|seed| {
            let play = Play::of(&world, seed).finish();
            let (goodwill, wrongs) = (play.posted(Account::Goodwill), play.posted(Account::Wrongs));
            assert_eq!(goodwill * 2, wrongs);
            u32::from(goodwill > 0)
        })
        .sum();
    assert!((85..=155).contains(&came), "{came} of 400");
}

#[test]
fn a_card_waits_for_a_pressure() {
    let waits = |condition| {
        let mut card = card("one", (1, 6), vec![nothing()]);
        card.when.condition = condition;
        Play::of(&city(vec![card], |_| {}), 7).finish().fired()
    };
    let grievance = Domain::Grievance;
    assert_eq!(waits(Condition::PressureAtLeast(grievance, 39.0)), [(0, 1)]);
    assert_eq!(waits(Condition::PressureAtLeast(grievance, 99.0)), []);
    // It drifts upwards by itself, so a line a little higher is reached later.
    let later = waits(Condition::TruePressureAtLeast(grievance, 40.5));
    assert!(matches!(later[..], [(0, 2..)]), "{later:?}");
    assert_eq!(
        waits(Condition::TruePressureAtLeast(Domain::Network, 0.0)),
        []
    );
}

/// Two cards with the same truth behind them, and one of its own.
fn with_variants() -> Arc<World> {
    let only = |variant, what| Effect {
        variant: Some(variant),
        ..Effect::new(0, what)
    };
    let effects = vec![
        only(0, What::Wrong(1.0)),
        only(1, What::Wrong(4.0)),
        only(2, What::Wrong(16.0)),
    ];
    let options = || vec![Choice::new("so", Cents(0), effects.clone())];
    let mut own = card("own", (1, 1), options());
    own.variants = vec![variant("x", 1.0), variant("y", 1.0), variant("z", 1.0)];
    let cards = vec![
        card("first", (1, 1), options()),
        card("second", (2, 2), options()),
        own,
    ];
    city(cards, |world| {
        world.turns = 3;
        world.arcs = vec![Strand {
            id: Id::from("arc"),
            cards: vec![InjectIx(0), InjectIx(1)],
            variants: vec![variant("a", 0.2), variant("b", 0.5), variant("c", 0.3)],
        }];
        world.arcs_drawn = 1;
    })
}

#[test]
fn the_seed_settles_what_lies_behind_a_card_and_the_debrief_tells() {
    let world = with_variants();
    let mut counts = [0u32; 3];
    let mut pairs = BTreeSet::new();
    for seed in 0..300 {
        let play = Play::of(&world, seed).finish();
        let debrief = play.state.debrief().expect("over");
        let &[first, second, own] = debrief.variants else {
            panic!("one for each card");
        };
        assert_eq!(first, second, "an arc has one truth");
        counts[usize::from(first)] += 1;
        pairs.insert((first, own));
        let wrongs = [1, 4, 16].map(|points| points * 1_000_000);
        let expected = 2 * wrongs[usize::from(first)] + wrongs[usize::from(own)];
        assert_eq!(play.posted(Account::Wrongs), expected);
    }
    assert_eq!(pairs.len(), 9, "cards of their own are drawn by themselves");
    for (count, share) in counts.into_iter().zip([60, 150, 90]) {
        assert!(count.abs_diff(share) < 30, "{counts:?}");
    }
}

/// Four arcs of two cards and two single cards.
fn with_arcs(drawn: u16, most: Option<u16>) -> Arc<World> {
    let spans = (1, 6);
    let cards = (0..10)
        .map(|at| card(&format!("card-{at}"), spans, vec![nothing()]))
        .collect();
    city(cards, |world| {
        world.arcs = (0..4)
            .map(|arc| Strand {
                id: Id(format!("arc-{arc}")),
                cards: vec![InjectIx(2 * arc), InjectIx(2 * arc + 1)],
                variants: Vec::new(),
            })
            .collect();
        world.arcs_drawn = drawn;
        world.cards_a_month = most;
    })
}

#[test]
fn so_many_arcs_are_drawn_and_their_cards_follow_each_other() {
    let world = with_arcs(2, None);
    let mut seen = BTreeSet::new();
    for seed in 0..40 {
        let fired = Play::of(&world, seed).finish().fired();
        let arcs: BTreeSet<usize> = fired
            .iter()
            .filter(|(card, _)| *card < 8)
            .map(|(card, _)| card / 2)
            .collect();
        assert_eq!(arcs.len(), 2, "{fired:?}");
        for arc in &arcs {
            assert!(fired.contains(&(2 * arc, 1)) && fired.contains(&(2 * arc + 1, 2)));
        }
        assert!(fired.contains(&(8, 1)) && fired.contains(&(9, 1)));
        seen.insert(arcs);
    }
    assert_eq!(seen.len(), 6, "every pair of four is drawn by some seed");
}

#[test]
fn a_turn_takes_so_many_cards_and_those_of_arcs_come_first() {
    let world = with_arcs(1, Some(1));
    let mut single_first = BTreeSet::new();
    for seed in 0..20 {
        let fired = Play::of(&world, seed).finish().fired();
        let mut turns: Vec<u16> = fired.iter().map(|(_, turn)| *turn).collect();
        turns.sort_unstable();
        assert_eq!(turns, [1, 2, 3, 4], "{fired:?}");
        let arc: Vec<u16> = fired
            .iter()
            .filter(|(card, _)| *card < 8)
            .map(|(_, turn)| *turn)
            .collect();
        assert_eq!(arc, [1, 2], "{fired:?}");
        single_first.extend(fired.iter().find(|(_, turn)| *turn == 3).copied());
    }
    assert_eq!(single_first.len(), 2, "the seed draws among the others");
}

/// A card of month 3 is no card of month 4: it comes when its month is full, too.
#[test]
fn a_card_of_one_turn_comes_even_where_the_turn_is_full() {
    let cards = |last: u16, chance: f64| {
        let only = Inject {
            when: When {
                first: 2,
                last,
                condition: Condition::Always,
                chance,
            },
            ..card("only", (2, 2), vec![nothing()])
        };
        let others = (0..6).map(|at| card(&format!("card-{at}"), (1, 6), vec![nothing()]));
        let world = city(others.chain([only]).collect(), |world| {
            world.cards_a_month = Some(1);
        });
        let came = (0..30).filter(|seed| {
            let fired = Play::of(&world, *seed).finish().fired();
            let in_second = fired.iter().filter(|(_, turn)| *turn == 2).count();
            assert_eq!(in_second, 1, "{fired:?}");
            fired.contains(&(6, 2))
        });
        came.count()
    };
    assert_eq!(cards(2, 1.0), 30);
    let half = cards(2, 0.5);
    assert!((8..=22).contains(&half), "as often as its chance: {half}");
    assert!(cards(3, 1.0) < 30, "what can come later stands in line");
}
