//! Mandates: who reads which, what becomes of them, and release.

use super::{Room, TABLE, city_with, scenario};
use commonwatch::rules::table::{Became, Release};
use commonwatch::rules::world::Measure;
use commonwatch::rules::{Action, Id, Ledger, Reason, Refusal, State, Table, World, command};
use commonwatch::scenario::{Code, Source, load};
use std::collections::BTreeSet;
use std::sync::Arc;

const MANDATES: &str = include_str!("../../fixtures/mandates.ron");

fn city() -> Arc<World> {
    city_with("", &format!("{TABLE}{MANDATES}"))
}

fn ask(seat: &str) -> Action {
    let seat = Id::from(seat);
    let reason = Some(Reason::Fairness);
    Action::AskRelease { seat, reason }
}

fn release(desk: &str) -> Action {
    let desk = Id::from(desk);
    Action::Release { desk, reason: None }
}

/// A game under the mandates of one year.
fn room(year: &str) -> Room {
    let mut room = Room {
        state: State::new(city(), 4),
        book: Ledger::without_detail(),
    };
    let table = Table::Desks;
    let presets = vec![Id::from(year)];
    room.does("coordination", Action::SetUp { table, presets });
    room
}

#[test]
fn a_desk_reads_its_own_mandate_and_knows_that_there_are_others() {
    let room = room("bulletin-year");
    let street = room.sees("street").mandate().unwrap();
    assert!(matches!(street.goal.measure, Measure::Offences(_)));
    assert!(street.outcome.is_some());
    // What is measured in truth opens at the debrief.
    assert_eq!(room.sees("community").mandate().unwrap().outcome, None);
    assert_eq!(room.sees("cyber").mandate(), None);
    for seat in ["street", "cyber"] {
        assert_eq!(room.sees(seat).mandated().count(), 3);
    }
}

/// Another line for one desk changes what that desk sees, and nothing that another does.
#[test]
fn a_mandate_is_read_by_its_desk_alone() {
    let other = MANDATES.replace("at_most: 400.0", "at_most: 55.0");
    let mut rooms = [MANDATES, &other].map(|mandates| {
        let world = city_with("", &format!("{TABLE}{mandates}"));
        let mut room = Room {
            state: State::new(world, 4),
            book: Ledger::without_detail(),
        };
        let presets = vec![Id::from("bulletin-year")];
        let table = Table::Desks;
        room.does("coordination", Action::SetUp { table, presets });
        room
    });
    for _ in 0..3 {
        for seat in ["coordination", "data", "community", "cyber"] {
            let digests = [0, 1].map(|at: usize| rooms[at].sees(seat).digest());
            assert_eq!(digests[0], digests[1], "{seat}");
        }
        let digests = [0, 1].map(|at: usize| rooms[at].sees("street").digest());
        assert_ne!(digests[0], digests[1]);
        for room in &mut rooms {
            room.end_turn();
        }
    }
}

#[test]
fn the_seed_draws_a_year_and_the_set_up_may_take_one() {
    let drawn: BTreeSet<usize> = (0..20)
        .map(|seed| Room::at(&city(), seed).sees("street").mandated().count())
        .collect();
    assert_eq!(drawn, BTreeSet::from([1, 3]));
    assert_eq!(room("quiet-year").sees("data").mandated().count(), 1);
    assert_eq!(room("bulletin-year").sees("data").mandated().count(), 3);
    let set_up = |presets: &[&str]| {
        let presets = presets.iter().map(|id| Id::from(*id)).collect();
        let table = Table::Desks;
        let state = State::new(city(), 4);
        command::check(
            &state,
            &Id::from("street"),
            &Action::SetUp { table, presets },
        )
    };
    let (one, other) = (Id::from("quiet-year"), Id::from("bulletin-year"));
    assert_eq!(
        set_up(&["quiet-year", "bulletin-year"]),
        Err(Refusal::SameQuestion(one.clone(), other))
    );
    assert_eq!(
        set_up(&["quiet-yaer"]),
        Err(Refusal::UnknownPreset(Id::from("quiet-yaer"), Some(one)))
    );
}

#[test]
fn coordination_releases_a_desk_that_asks_once() {
    let mut room = room("bulletin-year");
    let seat = Id::from("street");
    let none = Id::from("cyber");
    assert_eq!(
        room.try_to("cyber", ask("cyber")),
        Err(Refusal::NoMandate { seat: none })
    );
    let owner = Id::from("street");
    assert_eq!(
        room.try_to("data", ask("street")),
        Err(Refusal::OtherDesk { owner })
    );
    assert_eq!(
        room.try_to("coordination", release("street")),
        Err(Refusal::ReleaseNotAsked { seat: seat.clone() })
    );
    room.does("street", ask("street"));
    assert_eq!(
        room.try_to("street", ask("street")),
        Err(Refusal::ReleaseAsked { seat: seat.clone() })
    );
    let owner = Id::from("coordination");
    assert_eq!(
        room.try_to("street", release("street")),
        Err(Refusal::OtherDesk { owner })
    );
    room.end_turn();
    // It was asked aloud.
    assert_eq!(room.sees("cyber").releases().len(), 1);
    room.does("coordination", release("street"));
    for act in [ask("street"), release("street")] {
        let by = if matches!(act, Action::Release { .. }) {
            "coordination"
        } else {
            "street"
        };
        let seat = seat.clone();
        assert_eq!(room.try_to(by, act), Err(Refusal::Released { seat }));
    }
}

#[test]
fn the_debrief_tells_what_became_of_each_mandate_and_its_guard() {
    let mut room = room("bulletin-year");
    room.does("community", ask("community"));
    room.end_turn();
    room.does("coordination", ask("coordination"));
    room.does("coordination", release("community"));
    room.end_game();
    let debrief = room.state.debrief().unwrap();
    let world = room.state.world();
    let told = |seat: &str| {
        let seat = world.seat(&Id::from(seat)).unwrap();
        debrief
            .mandates
            .iter()
            .find(|it| it.mandate.seat == seat)
            .unwrap()
    };
    // Met on record while the guard failed: both are said.
    let street = told("street");
    assert_eq!(street.became, Became::Met);
    assert!(!street.guard.as_ref().unwrap().met);
    let community = told("community");
    assert_eq!(community.became, Became::Released);
    assert!(!community.outcome.met);
    let granted = Release {
        seat: community.mandate.seat,
        asked: 1,
        granted: Some(2),
    };
    assert_eq!(community.release, Some(granted));
    // Asked and never answered is no release. Nine turns have three bulletins.
    let coordination = told("coordination");
    assert_eq!(coordination.became, Became::Met);
    assert_eq!(coordination.outcome.first_met, Some(3));
    assert_eq!(
        coordination.guard.as_ref().map(|guard| guard.met),
        Some(true)
    );
    let debriefed = |year: &str, line: &str| {
        let mandates = MANDATES.replace("at_least: 1.0, over: EveryTurn", line);
        let world = city_with("", &mandates);
        let mut state = State::new(world, 4);
        let mut book = Ledger::without_detail();
        let presets = vec![Id::from(year)];
        let table = Table::Shared;
        let first = Id::from("coordination");
        let set_up = Action::SetUp { table, presets };
        state = command::apply(&state, &first, &set_up, &mut book).unwrap();
        while !state.over() {
            state = command::apply(&state, &first, &Action::EndTurn, &mut book).unwrap();
        }
        state.debrief().unwrap().mandates[0].became
    };
    assert_eq!(
        debriefed("quiet-year", "at_least: 1.0, over: EveryTurn"),
        Became::Met
    );
    assert_eq!(debriefed("quiet-year", "at_most: 1.0"), Became::Failed);
}

#[test]
fn mistakes_in_mandates_are_told() {
    let found = |from: &str, to: &str| -> Vec<Code> {
        let changed = MANDATES.replace(from, to);
        assert_ne!(changed, MANDATES);
        match scenario("", &changed) {
            Ok(_) => {
                let text = include_str!("../../fixtures/institution.ron")
                    .replace("\"INSTITUTION\": ()", "")
                    .replace("\"DOMAINS\": 0.0", "")
                    .replace("    allow: [],\n", &changed);
                let report = load(&Source::text("scenario.ron", &text)).unwrap().report;
                report.diagnostics.iter().map(|d| d.code).collect()
            }
            Err(report) => report.diagnostics.iter().map(|d| d.code).collect(),
        }
    };
    assert!(found("\"street\": (", "\"streets\": (").contains(&Code::UnknownId));
    assert!(found("at_most: 400.0", "at_most: 400.0, at_least: 1.0").contains(&Code::OneLine));
    assert!(found("Every(3)", "Every(90)").contains(&Code::OutOfRange));
    assert!(found("text: \"Rights hold\", ", "").contains(&Code::MissingField));
    let bare = ", guard: (measure: Offences(\"street-theft\"), at_most: 1.0)";
    assert!(found(bare, "").contains(&Code::NoGuard));
    assert!(found("quiet-year", "bulletin-year").contains(&Code::DuplicateId));
}
