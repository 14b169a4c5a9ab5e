//! What must hold in every game, whatever is ordered.

use super::table::anybody::{any_word, talking_world};
use crate::support::{small_world, small_world_with};
use commonwatch::rules::chance::sample;
use commonwatch::rules::command::{apply, check};
use commonwatch::rules::id::PrecinctIx;
use commonwatch::rules::ledger::Rule;
use commonwatch::rules::units::printed;
use commonwatch::rules::world::{
    Condition, Duty, Effect, Governance, PlaceRef, Tactic, What, Work,
};
use commonwatch::rules::{
    Account, Action, Amount, Cents, Entry, Id, Index, Ledger, Micro, State, Table, view,
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An order that is not about units.
fn any_measure() -> impl Strategy<Value = Action> {
    let precinct = || {
        prop_oneof![
            8 => Just(Some("north-west")),
            8 => Just(Some("south-east")),
            1 => Just(Some("nowhere")),
        ]
    };
    let named = |id: Option<&str>| id.map(Id::from);
    prop_oneof![
        3 => (
            prop_oneof![Just(None), Just(Some("town")), Just(Some("county"))],
            prop::sample::select(Duty::ALL.to_vec()),
        ).prop_map(move |(district, level)| Action::Duty { district: named(district), level }),
        5 => (
            prop_oneof![1 => Just(None), 4 => precinct()],
            0u8..5,
            prop::sample::select(Governance::ALL.to_vec()),
            any::<bool>(),
        ).prop_map(move |(precinct, level, governance, live)| Action::Sense {
            precinct: named(precinct), level, governance, live,
        }),
        2 => (prop::sample::select(Work::ALL.to_vec()), precinct()).prop_map(
            |(work, precinct)| Action::Build {
                work, precinct: Id::from(precinct.unwrap_or("nowhere")),
            }
        ),
        1 => any::<bool>().prop_map(|reminder| Action::Campaign { reminder }),
        2 => prop_oneof![Just("foot-1"), Just("foot-3"), Just("officer")]
            .prop_map(|unit| Action::Train { unit: Id::from(unit) }),
    ]
}

/// An act of anybody, legal or not, of every kind.
fn any_act() -> impl Strategy<Value = (Id, Action)> {
    let seat = || prop_oneof![8 => Just("street"), 1 => Just("community")].prop_map(Id::from);
    prop_oneof![
        3 => any_order(),
        2 => (seat(), any_measure()),
        2 => (seat(), any_word()),
    ]
}

/// An act about units and cards, legal or not: wrong names, wrong desks and wrong turns included.
fn any_order() -> impl Strategy<Value = (Id, Action)> {
    let seat = prop_oneof![
        8 => Just("street"), 8 => Just("community"), 1 => Just("nobody")
    ];
    let unit = prop_oneof![
        Just("foot-1"),
        Just("foot-2"),
        Just("foot-3"),
        Just("officer"),
        Just("mediator"),
        Just("footing")
    ];
    let place = prop_oneof![
        Just("north-west"),
        Just("north-east"),
        Just("south-west"),
        Just("south-east"),
        Just("nowhere")
    ];
    let tactic = prop::sample::select(Tactic::ALL.to_vec());
    let inject = prop_oneof![Just("survey-offer"), Just("two-calls"), Just("thanks")];
    let option = prop_oneof![Just("ask"), Just("leave"), Just("send"), Just("hold")];
    let action = prop_oneof![
        1 => Just(Action::SetUp { table: Table::Shared, presets: Vec::new() }),
        10 => (unit.clone(), place, tactic).prop_map(|(unit, to, tactic)| Action::Assign {
            unit: Id::from(unit), to: Id::from(to), tactic
        }),
        3 => unit.prop_map(|unit| Action::Withdraw { unit: Id::from(unit) }),
        4 => (inject, option).prop_map(|(inject, option)| Action::Answer {
            inject: Id::from(inject), option: Id::from(option)
        }),
        4 => Just(Action::EndTurn),
    ];
    (seat.prop_map(Id::from), action)
}

fn set_up(world: Arc<commonwatch::rules::World>, seed: u32, table: Table) -> State {
    let state = State::new(world, seed);
    let action = Action::SetUp {
        table,
        presets: Vec::new(),
    };
    apply(&state, &Id::from("street"), &action, &mut Ledger::keeping()).expect("the first act")
}

fn sums(entries: &[Entry]) -> BTreeMap<Account, i64> {
    let mut sums = BTreeMap::new();
    for entry in entries {
        *sums.entry(entry.account).or_insert(0) += entry.amount;
    }
    sums
}

/// What each account held at the end of the turns played, by the hidden pages.
fn held(state: &State) -> BTreeMap<Account, i64> {
    let debrief = state.debrief().expect("the game is over");
    let last = debrief.hidden.last().expect("turns were played");
    let mut held = BTreeMap::new();
    for (p, points) in last.trust.iter().enumerate() {
        let p = PrecinctIx::from_position(p);
        held.insert(Account::Trust(p), points.0);
        held.insert(Account::FeelSafe(p), last.feel_safe[p.at()].0);
    }
    for index in Index::ALL {
        held.insert(Account::Index(index), last.indices[index as usize].0);
    }
    held
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    /// Refused acts change nothing; legal ones never touch the state they start from; the book
    /// explains each change to the last unit, and a book without detail gives the same game.
    #[test]
    fn a_game_is_exact_and_pure(
        seed in any::<u32>(),
        desks in any::<bool>(),
        acts in prop::collection::vec(any_act(), 1..70),
    ) {
        let table = if desks { Table::Desks } else { Table::Shared };
        let world = talking_world();
        let mut state = set_up(world.clone(), seed, table);
        let mut silent = state.clone();
        let mut ledger = Ledger::keeping();
        let street = Id::from("street");
        let endings = std::iter::repeat_n((street.clone(), Action::EndTurn), 6);
        for (seat, action) in acts.into_iter().chain(endings) {
            let before = state.digest();
            let told = check(&state, &seat, &action);
            let mut trial = ledger.clone();
            let result = apply(&state, &seat, &action, &mut trial);
            prop_assert_eq!(state.digest(), before, "apply touched the state it was given");
            match result {
                Ok(next) => {
                    prop_assert!(told.is_ok());
                    state = next;
                    ledger = trial;
                    silent = apply(&silent, &seat, &action, &mut Ledger::without_detail())
                        .expect("the same act in the same state");
                    prop_assert_eq!(silent.digest(), state.digest());
                }
                Err(refusal) => {
                    prop_assert_eq!(told, Err(refusal));
                    prop_assert_eq!(trial.entries().len(), ledger.entries().len());
                }
            }
            let seen = view::view(&state, &seat);
            prop_assert!(seen.free_funds().0 >= 0, "a turn in debt");
            prop_assert!(seen.free_goodwill().0 >= 0, "goodwill that is not there");
        }
        prop_assert!(state.over());
        let sums = sums(ledger.entries());
        let start = start_of(&world);
        for (account, value) in held(&state) {
            let moved = sums.get(&account).copied().unwrap_or(0);
            prop_assert_eq!(start[&account] + moved, value, "{:?}", account);
            if let Account::Index(_) = account {
                prop_assert!((0..=100_000_000).contains(&value));
            }
        }
    }

    /// The same in each turn, and as a screen prints it.
    #[test]
    fn each_turn_adds_up_as_integers_and_as_printed(
        seed in any::<u32>(),
        acts in prop::collection::vec(any_act(), 1..40),
    ) {
        let world = talking_world();
        let mut state = set_up(world, seed, Table::Shared);
        let mut ledger = Ledger::keeping();
        for (seat, action) in acts {
            if let Ok(next) = apply(&state, &seat, &action, &mut ledger) {
                state = next;
            }
        }
        while !state.over() {
            state = apply(&state, &Id::from("street"), &Action::EndTurn, &mut ledger)
                .expect("a turn can always be ended");
        }
        let pages = state.debrief().expect("over").hidden;
        for (before, now) in pages.iter().zip(&pages[1..]) {
            let turn = 2 + pages.iter().position(|p| std::ptr::eq(p, before)).expect("it is there");
            for index in Index::ALL {
                let amounts: Vec<i64> = ledger
                    .entries()
                    .iter()
                    .filter(|e| usize::from(e.turn) == turn && e.account == Account::Index(index))
                    .map(|e| e.amount)
                    .collect();
                let (from, to) = (before.indices[index as usize], now.indices[index as usize]);
                prop_assert_eq!(from.0 + amounts.iter().sum::<i64>(), to.0, "{:?}", index);
                let shown: i64 = printed(from.0, &amounts, 100_000).iter().sum();
                prop_assert_eq!(from.shown_tenths() + shown, to.shown_tenths());
            }
        }
    }

    /// Luck belongs to the moment: orders given, taken back and repeated within a turn leave no
    /// trace in what happens.
    #[test]
    fn repeating_an_order_cannot_change_luck(
        seed in any::<u32>(),
        detours in prop::collection::vec(any_order(), 0..12),
    ) {
        let state = set_up(small_world(), seed, Table::Shared);
        let street = Id::from("street");
        let order = Action::Assign {
            unit: Id::from("foot-1"), to: Id::from("south-west"), tactic: Tactic::HotSpot,
        };
        let mut book = Ledger::without_detail();
        let straight = apply(&state, &street, &order, &mut book).expect("free at the start");
        let straight = apply(&straight, &street, &Action::EndTurn, &mut book).expect("ends");

        let mut wandering = state.clone();
        for (seat, action) in detours {
            if action != Action::EndTurn
                && let Ok(next) = apply(&wandering, &seat, &action, &mut book) {
                    wandering = next;
                }
        }
        // Back to the plan: everything off the map but what stood there, then the one order.
        for unit in ["foot-1", "officer"] {
            if let Ok(next) =
                apply(&wandering, &street, &Action::Withdraw { unit: Id::from(unit) }, &mut book) {
                wandering = next;
            }
        }
        let home = Action::Assign {
            unit: Id::from("foot-2"), to: Id::from("north-east"), tactic: Tactic::Visible,
        };
        if let Ok(next) = apply(&wandering, &street, &home, &mut book) {
            wandering = next;
        }
        let wandering = apply(&wandering, &street, &order, &mut book).expect("free again");
        let wandering = apply(&wandering, &street, &Action::EndTurn, &mut book).expect("ends");
        prop_assert_eq!(straight.digest(), wandering.digest());
    }

    /// For the same luck a count never falls when its mean rises.
    #[test]
    fn samplers_are_monotone(
        u in 0.0..1.0f64, mean in 0.0..900.0f64, more in 0.0..60.0f64,
        n in 0u32..900, extra in 0u32..60, p in 0.0..1.0f64, fano in 1.0..3.0f64,
    ) {
        let u = u.clamp(1e-12, 1.0 - 1e-12);
        prop_assert!(sample::poisson(mean, u) <= sample::poisson(mean + more, u));
        prop_assert!(
            sample::negative_binomial(mean, fano, u)
                <= sample::negative_binomial(mean + more, fano, u)
        );
        prop_assert!(sample::binomial(n, p, u) <= sample::binomial(n + extra, p, u));
        prop_assert!(sample::binomial(n, p * 0.9, u) <= sample::binomial(n, p, u));
    }
}

/// Where each account starts.
fn start_of(world: &commonwatch::rules::World) -> BTreeMap<Account, i64> {
    let mut start = BTreeMap::new();
    for (p, precinct) in world.precincts.iter().enumerate() {
        let p = PrecinctIx::from_position(p);
        start.insert(Account::Trust(p), precinct.trust.0);
        start.insert(Account::FeelSafe(p), precinct.feel_safe.0);
    }
    let state = State::new(Arc::new(world.clone()), 0);
    let view = view::view(&state, &Id::from("street"));
    for index in Index::ALL {
        start.insert(Account::Index(index), view.indices()[index as usize].0);
    }
    start
}

/// Four weeks are a month, in expectation: the turn's length is a way of looking, not a rule.
#[test]
fn four_weekly_turns_equal_one_monthly_turn() {
    use commonwatch::rules::world::TurnLength;
    let play = |length: TurnLength, turns: u16, seeds: u32| -> (f64, f64, f64) {
        let world = Arc::new(small_world_with(|world| {
            world.turn = length;
            world.turns = turns;
            world.injects.clear();
            world.objectives.clear();
        }));
        let (mut counts, mut trust, mut expected) = (0.0, 0.0, 0.0);
        for seed in 0..seeds {
            let mut state = set_up(world.clone(), seed, Table::Shared);
            let mut book = Ledger::without_detail();
            let street = Id::from("street");
            for (unit, to, tactic) in [
                ("foot-1", "north-west", Tactic::HotSpot),
                ("officer", "south-east", Tactic::Outreach),
            ] {
                let order = Action::Assign {
                    unit: Id::from(unit),
                    to: Id::from(to),
                    tactic,
                };
                state = apply(&state, &street, &order, &mut book).expect("legal");
            }
            while !state.over() {
                state = apply(&state, &street, &Action::EndTurn, &mut book).expect("ends");
            }
            let debrief = state.debrief().expect("over");
            for page in debrief.hidden {
                counts += page.happened.iter().map(|n| f64::from(*n)).sum::<f64>();
                expected += page.expected.iter().sum::<f64>();
            }
            let last = debrief.hidden.last().expect("played");
            trust += last.trust.iter().map(|t| t.to_f64()).sum::<f64>() / 4.0;
        }
        let n = f64::from(seeds);
        (counts / n, expected / n, trust / n)
    };
    // Sixteen weeks are 112 days, 3.68 months of 30.4 days: compare rates.
    let weekly = play(TurnLength::Weeks(1), 16, 60);
    let monthly = play(TurnLength::Weeks(4), 4, 60);
    for (a, b) in [
        (weekly.0, monthly.0),
        (weekly.1, monthly.1),
        (weekly.2, monthly.2),
    ] {
        assert!((a / b - 1.0).abs() < 0.02, "{weekly:?} {monthly:?}");
    }
}

/// A turn of three months is three monthly steps under the same orders.
#[test]
fn a_quarter_is_resolved_month_by_month() {
    use commonwatch::rules::world::TurnLength;
    let world = Arc::new(small_world_with(|world| {
        world.turn = TurnLength::Months(3);
        world.turns = 2;
        world.injects.clear();
    }));
    let mut state = set_up(world.clone(), 5, Table::Shared);
    let mut ledger = Ledger::keeping();
    while !state.over() {
        state = apply(&state, &Id::from("street"), &Action::EndTurn, &mut ledger).expect("ends");
    }
    let debrief = state.debrief().expect("over");
    let month = small_world();
    let per_month: f64 = month
        .precincts
        .iter()
        .map(|p| {
            let rates = month.families.iter().zip(&p.opportunity);
            rates.map(|(f, o)| f.base_rate * o).sum::<f64>() * f64::from(p.residents) / 1_000.0
        })
        .sum();
    let expected: f64 = debrief.hidden[0].expected.iter().sum();
    assert!(
        (expected / (3.0 * per_month) - 1.0).abs() < 0.08,
        "{expected} {per_month}"
    );
    assert!(
        ledger
            .entries()
            .iter()
            .any(|e| e.cause.rule == Rule::Season)
    );
}

/// The 80 % band of the preview is honest.
#[test]
fn eight_in_ten_next_records_fall_inside_the_forecast() {
    let (mut inside, mut all) = (0u32, 0u32);
    for seed in 0..60 {
        let mut state = set_up(small_world(), seed, Table::Shared);
        let street = Id::from("street");
        let mut book = Ledger::without_detail();
        for (unit, to, tactic) in [
            ("foot-1", "north-west", Tactic::HotSpot),
            ("officer", "south-west", Tactic::Outreach),
        ] {
            let order = Action::Assign {
                unit: Id::from(unit),
                to: Id::from(to),
                tactic,
            };
            state = apply(&state, &street, &order, &mut book).expect("legal");
        }
        while !state.over() {
            let forecast = view::view(&state, &street).forecast();
            state = apply(&state, &street, &Action::EndTurn, &mut book).expect("ends");
            let view = view::view(&state, &street);
            let page = view.pages().last().expect("played");
            for (forecast, recorded) in forecast.iter().zip(&page.recorded) {
                all += 1;
                inside += u32::from((forecast.low..=forecast.high).contains(recorded));
            }
        }
    }
    let share = f64::from(inside) / f64::from(all);
    assert!((0.70..=0.90).contains(&share), "{share}");
}

/// The published why closes its sum exactly.
#[test]
fn the_published_why_adds_up() {
    let mut state = set_up(small_world(), 11, Table::Shared);
    let street = Id::from("street");
    let mut book = Ledger::without_detail();
    assert!(view::view(&state, &street).why(None, None).is_none());
    for turn in 0..4 {
        let order = Action::Assign {
            unit: Id::from(if turn % 2 == 0 { "foot-1" } else { "officer" }),
            to: Id::from("south-west"),
            tactic: if turn % 2 == 0 {
                Tactic::HotSpot
            } else {
                Tactic::Outreach
            },
        };
        if let Ok(next) = apply(&state, &street, &order, &mut book) {
            state = next;
        }
        state = apply(&state, &street, &Action::EndTurn, &mut book).expect("ends");
        if let Some(why) = view::view(&state, &street).why(None, None) {
            let told: f64 = why.bars.iter().map(|bar| bar.amount).sum();
            let change = f64::from(why.now) - f64::from(why.before);
            assert!((told - change).abs() < 1e-9, "{why:?}");
            assert!(why.bars.last().is_some_and(|bar| bar.rule.is_none()));
        }
    }
}

/// Entries name a place and a rule that a person can look up, and no cause hides in a remainder.
#[test]
fn the_bound_is_posted_only_at_the_end_of_a_scale() {
    let mut state = set_up(small_world(), 3, Table::Shared);
    let mut ledger = Ledger::keeping();
    while !state.over() {
        state = apply(&state, &Id::from("street"), &Action::EndTurn, &mut ledger).expect("ends");
    }
    let scale = [Micro(0), Micro::points(100)];
    for entry in ledger
        .entries()
        .iter()
        .filter(|e| e.cause.rule == Rule::Bound)
    {
        let Account::Index(index) = entry.account else {
            continue;
        };
        let pages = state.debrief().expect("over").hidden;
        let turn = usize::from(entry.turn);
        let now = pages[turn - 1].indices[index as usize];
        let before = turn
            .checked_sub(2)
            .map(|at| pages[at].indices[index as usize]);
        assert!(
            scale.contains(&now) || before.is_some_and(|value| scale.contains(&value)),
            "{index:?} {now}"
        );
    }
}

/// What falls due when the last bills have been paid takes no more than there is.
#[test]
fn money_that_is_not_there_is_not_taken() {
    let world = Arc::new(small_world_with(|world| {
        world.turns = 1;
        let card = &mut world.injects[0];
        card.when.first = 1;
        card.when.condition = Condition::Always;
        card.place = PlaceRef::City;
        for option in &mut card.options {
            option.effects = vec![Effect::new(0, What::Funds(Cents::funds(-50)))];
        }
    }));
    let mut state = set_up(world, 4, Table::Shared);
    let street = Id::from("street");
    let mut ledger = Ledger::keeping();
    state = apply(&state, &street, &Action::EndTurn, &mut ledger).expect("ends");
    assert_eq!(view::view(&state, &street).funds(), Cents(0));
    let funds = ledger
        .entries()
        .iter()
        .filter(|e| e.account == Account::Funds);
    assert!(
        funds
            .clone()
            .any(|e| e.cause.rule == Rule::Bound && e.amount > 0)
    );
    assert!(
        funds
            .clone()
            .any(|e| e.cause.rule == Rule::Inject && e.amount == -5_000)
    );
}

/// For each rule with an additive effect, what is posted is what is missing when the rule is off.
#[test]
fn a_posted_amount_is_the_change_without_its_rule() {
    use commonwatch::rules::World;
    use commonwatch::rules::model::{Coefficient as C, Model};
    type Off = fn(&mut World);
    fn without(world: &mut World, coefficient: C) {
        let old = world.model.clone();
        world.model = Model::new(|c| Some(if c == coefficient { 0.0 } else { old.get(c) }))
            .expect("the old model had every coefficient");
    }
    let first_turn = |off: Option<Off>| -> Ledger {
        let world = Arc::new(small_world_with(|world| {
            world.injects.clear();
            world.units[4].from = 1;
            if let Some(off) = off {
                off(world);
            }
        }));
        let mut state = set_up(world, 8, Table::Shared);
        let mut ledger = Ledger::keeping();
        for (unit, tactic) in [("foot-1", Tactic::Visible), ("mediator", Tactic::Mediation)] {
            let to = Id::from("north-west");
            let order = Action::Assign {
                unit: Id::from(unit),
                to,
                tactic,
            };
            state = apply(&state, &Id::from("street"), &order, &mut ledger).expect("legal");
        }
        apply(&state, &Id::from("street"), &Action::EndTurn, &mut ledger).expect("ends");
        ledger
    };
    let here = PrecinctIx(0);
    let feel = Account::FeelSafe(here);
    let trust = Account::Trust(here);
    let cases: &[(Account, &[Rule], Off)] = &[
        (trust, &[Rule::Mediation], |w| without(w, C::TrustMediation)),
        (trust, &[Rule::Performance], |w| {
            without(w, C::TrustPerformance)
        }),
        (trust, &[Rule::UnfairContact], |w| without(w, C::Negativity)),
        (
            trust,
            &[Rule::FairContact, Rule::UnfairContact, Rule::Outreach],
            |w| {
                without(w, C::ContactGain);
            },
        ),
        (feel, &[Rule::Presence], |w| without(w, C::FeelPresence)),
        (feel, &[Rule::Victimisation, Rule::CityNews], |w| {
            without(w, C::FeelVictims)
        }),
        (Account::Wrongs, &[Rule::UnfairContact], |w| {
            without(w, C::WrongsContact)
        }),
    ];
    let with = first_turn(None);
    for (account, rules, off) in cases {
        let without = first_turn(Some(*off));
        let total = |ledger: &Ledger| sums(ledger.entries()).get(account).copied().unwrap_or(0);
        let posted: i64 = with
            .entries()
            .iter()
            .filter(|e| e.account == *account && rules.contains(&e.cause.rule))
            .map(|e| e.amount)
            .sum();
        let change = total(&with) - total(&without);
        assert!(
            (posted - change).abs() <= 1,
            "{rules:?}: posted {posted}, missing {change}"
        );
        assert_ne!(posted, 0, "{rules:?}");
    }
}

/// No number that a scenario may ask for breaks a formula: every coefficient and every rate at the
/// ends of what is possible, and beyond.
#[test]
fn extreme_numbers_do_not_break_a_game() {
    use commonwatch::rules::model::{Coefficient, Model};
    let play = |world: commonwatch::rules::World| {
        let mut state = set_up(Arc::new(world), 2, Table::Shared);
        let mut ledger = Ledger::keeping();
        let order = Action::Assign {
            unit: Id::from("officer"),
            to: Id::from("north-west"),
            tactic: Tactic::Outreach,
        };
        state = apply(&state, &Id::from("street"), &order, &mut ledger).expect("legal");
        while !state.over() {
            state =
                apply(&state, &Id::from("street"), &Action::EndTurn, &mut ledger).expect("ends");
        }
        for index in state
            .debrief()
            .expect("over")
            .hidden
            .iter()
            .flat_map(|p| p.indices)
        {
            assert!((0..=100_000_000).contains(&index.0));
        }
        // The walk refuses what is not a number.
        let _ = state.digest();
    };
    for coefficient in Coefficient::ALL {
        for value in [f64::MIN, -1.0, 0.0, 1.0, f64::MAX] {
            play(small_world_with(|world| {
                let old = world.model.clone();
                world.model =
                    Model::new(|c| Some(if c == *coefficient { value } else { old.get(c) }))
                        .expect("complete");
            }));
        }
    }
    for value in [0.0, 1.0, 1e6] {
        play(small_world_with(|world| {
            for family in &mut world.families {
                family.base_rate = value;
                family.reporting = value;
                family.patrol_effect = value;
                family.discovery = value;
                family.harm = value.max(0.01);
                family.displacement = value;
                family.near_repeat = value.min(1.0);
                family.mediation_effect = value;
            }
            world.precincts[0].residents = 1;
            world.precincts[1].residents = 20_000_000;
            world.purse.income = commonwatch::rules::Cents(0);
        }));
    }
}
