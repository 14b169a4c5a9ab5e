//! What duty levels, sensing, works, campaigns, checks and training do, each on and off under the
//! same luck, and what they cost.

use crate::support::small_world_with;
use commonwatch::rules::command::{apply, check};
use commonwatch::rules::ledger::Rule;
use commonwatch::rules::world::{Draw, Duty, Governance, Number, Preset, Tactic, Work};
use commonwatch::rules::{
    Account, Action, Amount, Cents, Id, Index, Ledger, Micro, Refusal, State, Table, World, view,
};
use std::sync::Arc;

fn street() -> Id {
    Id::from("street")
}

/// A year without cards, with money enough and a foot team that may do everything.
fn open_world(change: impl FnOnce(&mut World)) -> Arc<World> {
    Arc::new(small_world_with(|world| {
        world.turns = 12;
        world.injects.clear();
        world.objectives.clear();
        let purse = &mut world.purse;
        (purse.start, purse.income, purse.carry) =
            (Cents::funds(60), Cents::funds(60), Cents::funds(60));
        world.analysts = 4;
        let foot = &mut world.kinds[0];
        foot.stops = 3_600.0;
        foot.tactics = vec![
            Tactic::HotSpot,
            Tactic::Visible,
            Tactic::ProblemSolving,
            Tactic::BroadChecks,
            Tactic::PreciseChecks,
            Tactic::Watch,
        ];
        foot.reach = 40_000.0;
        change(world);
    }))
}

fn set_up(world: &Arc<World>, seed: u32, presets: Vec<Id>) -> State {
    let state = State::new(Arc::clone(world), seed);
    let table = Table::Shared;
    let action = Action::SetUp { table, presets };
    apply(&state, &street(), &action, &mut Ledger::without_detail()).expect("the first act")
}

/// A game in which these orders are given in the first turn, played to its end with its book.
fn play(world: &Arc<World>, seed: u32, orders: &[Action]) -> (State, Ledger) {
    let mut state = set_up(world, seed, Vec::new());
    let mut book = Ledger::keeping();
    for order in orders {
        state = apply(&state, &street(), order, &mut book)
            .unwrap_or_else(|refusal| panic!("{order:?}: {refusal:?}"));
    }
    while !state.over() {
        state = apply(&state, &street(), &Action::EndTurn, &mut book).expect("it ends");
    }
    (state, book)
}

fn assign(unit: &str, to: &str, tactic: Tactic) -> Action {
    Action::Assign {
        unit: Id::from(unit),
        to: Id::from(to),
        tactic,
    }
}

fn cameras(level: u8, governance: Governance, live: bool) -> Action {
    Action::Sense {
        precinct: Some(Id::from("north-west")),
        level,
        governance,
        live,
    }
}

/// Offences expected in a precinct over the turns of a game from `first` on.
fn expected(state: &State, precinct: usize, first: usize) -> f64 {
    let pages = state.debrief().expect("over").hidden;
    let families = state.world().families.len();
    pages[first..]
        .iter()
        .map(|page| {
            page.expected[precinct * families..(precinct + 1) * families]
                .iter()
                .sum::<f64>()
        })
        .sum()
}

fn last_index(state: &State, index: Index) -> f64 {
    let pages = state.debrief().expect("over").hidden;
    pages.last().expect("played").indices[index as usize].to_f64()
}

fn posted(book: &Ledger, account: Account, rule: Rule) -> f64 {
    let entries = book.entries().iter();
    let amount: i64 = entries
        .filter(|entry| entry.account == account && entry.cause.rule == rule)
        .map(|entry| entry.amount)
        .sum();
    Micro(amount).to_f64()
}

#[test]
fn each_instrument_prevents_where_it_is() {
    let world = open_world(|_| {});
    let idle = play(&world, 3, &[]).0;
    let build = |work| Action::Build {
        work,
        precinct: Id::from("north-west"),
    };
    for (name, order, from, at_least) in [
        (
            "watch",
            assign("foot-1", "north-west", Tactic::Watch),
            0,
            0.005,
        ),
        (
            "broad checks",
            assign("foot-1", "north-west", Tactic::BroadChecks),
            0,
            0.02,
        ),
        (
            "precise checks",
            assign("foot-1", "north-west", Tactic::PreciseChecks),
            0,
            0.02,
        ),
        (
            "problem-solving",
            assign("foot-1", "north-west", Tactic::ProblemSolving),
            6,
            0.05,
        ),
        ("live cameras", cameras(3, Governance::Bare, true), 0, 0.02),
        ("lighting", build(Work::Lighting), 2, 0.01),
        ("deterrence", build(Work::Deterrence), 6, 0.02),
    ] {
        let with = play(&world, 3, &[order]).0;
        let (a, b) = (expected(&with, 0, from), expected(&idle, 0, from));
        assert!(a < b * (1.0 - at_least), "{name}: {a} against {b}");
        if from > 0 {
            let month = |state: &State| state.debrief().expect("over").hidden[0].expected.clone();
            assert_eq!(
                month(&with),
                month(&idle),
                "{name} works in its first month"
            );
        }
    }
}

#[test]
fn problem_solving_ties_a_team_for_three_months() {
    let world = open_world(|_| {});
    let mut state = set_up(&world, 1, Vec::new());
    let mut book = Ledger::without_detail();
    let begin = assign("foot-1", "north-west", Tactic::ProblemSolving);
    state = apply(&state, &street(), &begin, &mut book).expect("legal");
    let leave = Action::Withdraw {
        unit: Id::from("foot-1"),
    };
    assert_eq!(check(&state, &street(), &leave), Ok(()), "not begun yet");
    state = apply(&state, &street(), &Action::EndTurn, &mut book).expect("ends");
    assert_eq!(
        check(&state, &street(), &leave),
        Err(Refusal::Tied {
            unit: Id::from("foot-1"),
            at: Id::from("north-west"),
            until: 4,
        })
    );
    for _ in 0..2 {
        state = apply(&state, &street(), &Action::EndTurn, &mut book).expect("ends");
    }
    assert_eq!(check(&state, &street(), &leave), Ok(()));
}

/// A problem is found in figures, too: whoever ties a team to one borrows an analyst as long.
#[test]
fn problem_solving_borrows_an_analyst_while_the_problem_is_found() {
    let world = open_world(|world| world.analysts = 1);
    let mut state = set_up(&world, 1, Vec::new());
    let mut book = Ledger::without_detail();
    let begin = |unit| assign(unit, "north-west", Tactic::ProblemSolving);
    state = apply(&state, &street(), &begin("foot-1"), &mut book).expect("legal");
    let free = |state: &State| view(state, &street()).free_analysts();
    for _ in 0..3 {
        assert_eq!(free(&state), 0);
        assert_eq!(
            check(&state, &street(), &begin("foot-2")),
            Err(Refusal::Analysts { needs: 1, free: 0 })
        );
        state = apply(&state, &street(), &Action::EndTurn, &mut book).expect("ends");
    }
    assert_eq!(free(&state), 1);
    assert_eq!(check(&state, &street(), &begin("foot-2")), Ok(()));
    // Where nobody has analysts, nobody can lend one.
    let bare = open_world(|world| world.analysts = 0);
    let state = set_up(&bare, 1, Vec::new());
    assert_eq!(check(&state, &street(), &begin("foot-1")), Ok(()));
}

#[test]
fn broad_checks_cost_trust_and_find_more() {
    let world = open_world(|_| {});
    let (with, book) = play(
        &world,
        5,
        &[assign("foot-1", "north-west", Tactic::BroadChecks)],
    );
    let idle = play(&world, 5, &[]).0;
    let north_west = Account::Trust(commonwatch::rules::id::PrecinctIx(0));
    assert!(posted(&book, north_west, Rule::UnfairContact) < -2.0);
    assert!(last_index(&with, Index::Trust) < last_index(&idle, Index::Trust));
    assert!(last_index(&with, Index::Rights) < last_index(&idle, Index::Rights));
}

/// The highest level works at first, tires the teams, takes community teams and makes people uneasy.
#[test]
fn a_high_duty_level_is_paid_for() {
    let world = open_world(|_| {});
    let base = [
        assign("foot-1", "north-west", Tactic::HotSpot),
        assign("officer", "south-west", Tactic::Outreach),
    ];
    let level = |level| Action::Duty {
        district: None,
        level,
    };
    let ordinary = play(&world, 2, &base);
    let high = play(
        &world,
        2,
        &[base[0].clone(), base[1].clone(), level(Duty::I)],
    );
    let first = |state: &State| state.debrief().expect("over").hidden[0].expected[0];
    assert!(first(&high.0) < first(&ordinary.0));
    let tired = Account::Fatigue(commonwatch::rules::id::UnitIx(0));
    assert!(posted(&high.1, tired, Rule::Overtime) > posted(&ordinary.1, tired, Rule::Overtime));
    assert!(posted(&high.1, tired, Rule::RestDebt) > 0.0);
    let visited = Account::Trust(commonwatch::rules::id::PrecinctIx(2));
    assert!(posted(&ordinary.1, visited, Rule::Outreach) > 1.0);
    assert_eq!(
        posted(&high.1, visited, Rule::Outreach),
        0.0,
        "the team was called away"
    );
    let uneasy = Account::FeelSafe(commonwatch::rules::id::PrecinctIx(0));
    assert!(posted(&high.1, uneasy, Rule::DutyLevel) < -10.0);
    assert!(last_index(&high.0, Index::Stewardship) < last_index(&ordinary.0, Index::Stewardship));
}

/// Safeguards are a price: they take a team, an analyst and a month, and cost less trust.
#[test]
fn safeguards_cost_means_and_save_trust() {
    let world = open_world(|_| {});
    let state = set_up(&world, 1, Vec::new());
    let notice = cameras(3, Governance::Purpose, false);
    assert_eq!(
        check(&state, &street(), &notice),
        Err(Refusal::NobodyToTell {
            precinct: Id::from("north-west")
        })
    );
    let telling = assign("officer", "north-west", Tactic::Outreach);
    let (governed, _) = play(&world, 1, &[telling.clone(), notice]);
    let (bare, book) = play(&world, 1, &[telling, cameras(3, Governance::Bare, false)]);
    assert!(last_index(&bare, Index::Rights) < last_index(&governed, Index::Rights) - 1.0);
    assert!(last_index(&bare, Index::Trust) < last_index(&governed, Index::Trust));
    let watched = Account::Trust(commonwatch::rules::id::PrecinctIx(0));
    assert!(posted(&book, watched, Rule::Sensing) < -1.0);

    let poor = open_world(|world| world.analysts = 0);
    let state = set_up(&poor, 1, Vec::new());
    assert_eq!(
        check(&state, &street(), &cameras(1, Governance::Bare, true)),
        Err(Refusal::Analysts { needs: 1, free: 0 })
    );
}

/// What was recorded is still there when the cameras are off, and fades.
#[test]
fn kept_data_weigh_after_switching_off() {
    let world = open_world(|_| {});
    let mut state = set_up(&world, 1, Vec::new());
    let mut book = Ledger::without_detail();
    let mut rights = Vec::new();
    for turn in 1..=6 {
        let order = match turn {
            1 => Some(cameras(3, Governance::Bare, false)),
            2 => Some(cameras(0, Governance::Bare, false)),
            _ => None,
        };
        if let Some(order) = order {
            state = apply(&state, &street(), &order, &mut book).expect("legal");
        }
        state = apply(&state, &street(), &Action::EndTurn, &mut book).expect("ends");
        let seen = view(&state, &street());
        rights.push(seen.indices()[Index::Rights as usize].to_f64());
    }
    assert!(rights[1] < 99.0, "nothing was kept: {rights:?}");
    assert!(
        rights.windows(2).skip(1).all(|pair| pair[1] > pair[0]),
        "{rights:?}"
    );
}

#[test]
fn training_makes_contacts_fairer_and_wears_off() {
    let world = open_world(|_| {});
    let unfair = |trained: bool| {
        let mut state = set_up(&world, 4, Vec::new());
        let mut book = Ledger::keeping();
        for turn in 1..=12 {
            let order = match (turn, trained) {
                (1, true) => Some(Action::Train {
                    unit: Id::from("foot-1"),
                }),
                (2, _) => Some(assign("foot-1", "north-west", Tactic::HotSpot)),
                _ => None,
            };
            if let Some(order) = order {
                state = apply(&state, &street(), &order, &mut book).expect("legal");
            }
            state = apply(&state, &street(), &Action::EndTurn, &mut book).expect("ends");
        }
        let account = Account::Trust(commonwatch::rules::id::PrecinctIx(0));
        let by_turn = |turn: u16| -> i64 {
            let entries = book.entries().iter();
            entries
                .filter(|e| e.turn == turn && e.account == account)
                .filter(|e| e.cause.rule == Rule::UnfairContact)
                .map(|e| e.amount)
                .sum()
        };
        (by_turn(2), by_turn(12))
    };
    let ((fresh, later), (untrained, _)) = (unfair(true), unfair(false));
    assert!(fresh > untrained / 2, "{fresh} {untrained}");
    assert!(later < fresh, "{later} {fresh}");
}

/// Each seed has a city of its own; a city of central values has none; what a side settles is not
/// drawn.
#[test]
fn cities_differ_where_nobody_knows_and_sides_settle_it() {
    use commonwatch::rules::model::Coefficient as C;
    let unknown = Number::Coefficient(C::ContactGain);
    let world = open_world(|world| {
        world.draws = vec![Draw {
            number: unknown,
            low: 3.0,
            high: 7.0,
        }];
        world.presets = vec![
            Preset {
                id: Id::from("little"),
                question: Id::from("contacts"),
                values: vec![(unknown, 3.0)],
            },
            Preset {
                id: Id::from("much"),
                question: Id::from("contacts"),
                values: vec![(unknown, 7.0)],
            },
        ];
    });
    let gain = |seed: u32| {
        let (state, _) = play(&world, seed, &[]);
        let city = state.city().expect("the game is over");
        city.model.get(C::ContactGain)
    };
    let gains: Vec<f64> = (0..8).map(gain).collect();
    assert!(gains.iter().all(|gain| (3.0..=7.0).contains(gain)));
    assert!(gains.windows(2).any(|pair| pair[0] != pair[1]), "{gains:?}");
    let state = set_up(&world, 1, vec![Id::from("much")]);
    assert!((state.world().model.get(C::ContactGain) - 7.0).abs() < 1e-12);
    assert!(state.city().is_none(), "open before the debrief");
    let both = Action::SetUp {
        table: Table::Shared,
        presets: vec![Id::from("much"), Id::from("little")],
    };
    let fresh = State::new(Arc::clone(&world), 1);
    assert!(matches!(
        check(&fresh, &street(), &both),
        Err(Refusal::SameQuestion(..))
    ));
    let sealed = open_world(|inner| {
        inner.presets = world.presets.clone();
        inner.sealed = vec![Id::from("contacts")];
    });
    let sides: std::collections::BTreeSet<u64> = (0..20)
        .map(|seed| {
            let (state, _) = play(&sealed, seed, &[]);
            state
                .city()
                .expect("over")
                .model
                .get(C::ContactGain)
                .to_bits()
        })
        .collect();
    assert_eq!(sides.len(), 3, "each side, and the card's own view");
}

#[test]
fn orders_that_the_scenario_does_not_have_are_refused() {
    let world = open_world(|world| world.orders.clear());
    let state = set_up(&world, 1, Vec::new());
    for order in [
        cameras(1, Governance::Bare, false),
        Action::Campaign { reminder: true },
        Action::Duty {
            district: None,
            level: Duty::II,
        },
    ] {
        assert!(matches!(
            check(&state, &street(), &order),
            Err(Refusal::NotInScenario { .. })
        ));
    }
}

/// Incidents are as many as were counted, lie where the curve says, and repeat near by.
#[test]
fn incidents_are_the_counts_as_points() {
    let world = open_world(|_| {});
    let (state, _) = play(&world, 9, &[]);
    let incidents = state.incidents().expect("the game is over");
    let pages = state.debrief().expect("over").hidden;
    assert_eq!(incidents.len(), pages.len());
    for (turn, (points, page)) in incidents.iter().zip(pages).enumerate() {
        assert_eq!(points.len() as u32, page.happened.iter().sum::<u32>());
        for point in points {
            assert!(point.when >= turn as f64 && point.when <= turn as f64 + 1.0);
        }
    }
    assert_eq!(state.incidents(), state.incidents());
}

/// When the income does not cover what stands, no more of it ends than must: the duty level first,
/// then cameras, then the units listed last.
#[test]
fn what_the_income_does_not_cover_ends_in_its_order_and_no_more() {
    let world = open_world(|world| {
        let purse = &mut world.purse;
        (purse.start, purse.income, purse.carry) = (Cents::funds(20), Cents::funds(3), Cents(0));
    });
    let mut state = set_up(&world, 1, Vec::new());
    let mut book = Ledger::without_detail();
    for order in [
        Action::Duty {
            district: None,
            level: Duty::I,
        },
        cameras(3, Governance::Bare, false),
        assign("foot-1", "north-west", Tactic::HotSpot),
        assign("officer", "south-west", Tactic::Outreach),
        Action::EndTurn,
    ] {
        state = apply(&state, &street(), &order, &mut book).expect("legal");
    }
    let seen = view(&state, &street());
    assert_eq!(seen.duty()[0].level, Duty::III);
    assert_eq!(seen.places()[0].cameras.level, 0);
    let standing: Vec<&str> = seen
        .units()
        .filter(|(_, post)| post.at.is_some())
        .map(|(unit, _)| world.units[unit.at()].id.as_str())
        .collect();
    assert_eq!(standing, ["foot-1", "foot-2"]);
    assert_eq!(seen.free_funds(), Cents::funds(1));
}
