//! Handover: what the next shift finds three months later.

use super::Room;
use commonwatch::rules::{Action, Amount, Id, Index, Ledger, State, Table, World, command};
use commonwatch::scenario::{Source, load};
use std::sync::Arc;

/// The small city, with its one objective changed and with money that must be minded.
fn city(objective: &str) -> Arc<World> {
    let text = include_str!("../../fixtures/institution.ron")
        .replace("\"INSTITUTION\": ()", "")
        .replace("\"DOMAINS\": 0.0", "\"grievance\": 40.0")
        .replace("at_least: 60.0", objective)
        .replace(
            "\"foot\": 0.0, \"officer\": 0.0",
            "\"foot\": 1.0, \"officer\": 1.0",
        )
        .replace(
            "start: 200.0, income: 60.0, carry: 400.0",
            "start: 12.0, income: 12.0, carry: 0.0",
        );
    Arc::new(World::clone(
        &load(&Source::text("scenario.ron", &text))
            .unwrap()
            .scenario
            .world,
    ))
}

fn withdraw(unit: &str) -> Action {
    Action::Withdraw {
        unit: Id::from(unit),
    }
}

/// Plays to the last turn, does something there, and ends it.
fn play(world: &Arc<World>, seed: u32, last: &[Action]) -> State {
    let (first, mut book) = (Id::from("coordination"), Ledger::without_detail());
    let mut state = State::new(Arc::clone(world), seed);
    let mut act = |action: &Action| {
        state = command::apply(&state, &first, action, &mut book).unwrap();
        state.turn()
    };
    let (table, presets) = (Table::Shared, Vec::new());
    act(&Action::SetUp { table, presets });
    while act(&Action::EndTurn) < world.turns {}
    for action in last {
        act(action);
    }
    act(&Action::EndTurn);
    assert!(state.over());
    state
}

#[test]
fn it_is_run_when_the_game_is_over_without_luck_and_without_a_trace() {
    let mut room = Room::new();
    assert!(room.state.handover().is_none());
    room.end_game();
    let digest = room.state.digest();
    let left = room.state.handover().unwrap();
    assert_eq!(room.state.handover(), Some(left.clone()));
    assert_eq!(room.state.digest(), digest);
    assert_eq!(left.units, 16);
    let cells = room.state.world().precincts.len() * room.state.world().families.len();
    assert_eq!((left.happened.len(), left.recorded.len()), (cells, cells));
    let below = |(recorded, happened): (&u32, &u32)| recorded <= happened;
    assert!(left.recorded.iter().zip(&left.happened).all(below));
}

/// What is called off in the last turn costs nothing in it, and shows afterwards.
#[test]
fn what_was_called_off_in_the_last_turn_is_missed() {
    let world = city("at_least: 60.0");
    let called_off: Vec<Action> = (1..=6).map(|n| withdraw(&format!("officer-{n}"))).collect();
    let trust = |last: &[Action]| {
        let state = play(&world, 7, last);
        let left = state.handover().unwrap();
        (left.units, left.indices[Index::Trust as usize].to_f64())
    };
    let (kept, called_off) = (trust(&[]), trust(&called_off));
    assert_eq!((kept.0, called_off.0), (16, 10));
    assert!(called_off.1 < kept.1 - 0.05, "{called_off:?} {kept:?}");
}

#[test]
fn an_objective_that_is_to_last_is_read_on_what_was_left_behind() {
    let world = city("at_least: 60.0");
    let state = play(&world, 3, &[]);
    let index = Index::Trust as usize;
    let then = state.debrief().unwrap().hidden.last().unwrap().indices[index].to_f64();
    let left = state.handover().unwrap().indices[index].to_f64();
    assert!((then - left).abs() > 0.01, "{then} {left}");
    // A line between the two: one reading is met, the other is not.
    let line = f64::midpoint(then, left);
    let met = |lasting: bool| {
        let objective = format!("at_least: {line:.6}, lasting: {lasting}");
        let state = play(&city(&objective), 3, &[]);
        let outcomes = state.debrief().unwrap().outcomes;
        let first_met = state.summary().objectives[0];
        assert_eq!(first_met > 0, outcomes[0].met);
        assert_eq!(outcomes[0].later, lasting.then_some(left));
        outcomes[0].met
    };
    assert_eq!(met(false), then >= line);
    assert_eq!(met(true), left >= line);
}

/// A quarter's turns and a month's come to the same three months.
#[test]
fn the_months_are_the_same_whatever_a_turn_is() {
    let text = include_str!("../../fixtures/institution.ron")
        .replace("\"INSTITUTION\": ()", "")
        .replace("\"DOMAINS\": 0.0", "");
    let left = |from: &str, to: &str| {
        let text = text.replace(from, to);
        let world = load(&Source::text("scenario.ron", &text)).unwrap();
        let state = play(&world.scenario.world, 3, &[]);
        let left = state.handover().unwrap();
        (left.happened.iter().sum::<u32>(), left.units)
    };
    let length = "length: Months(1), count: 9";
    let (months, quarters) = (
        left(length, length),
        left(length, "length: Months(3), count: 3"),
    );
    assert_eq!(months.1, quarters.1);
    let share = f64::from(months.0) / f64::from(quarters.0);
    assert!((0.95..1.05).contains(&share), "{months:?} {quarters:?}");
}
