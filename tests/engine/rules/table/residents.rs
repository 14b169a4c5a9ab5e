//! The seat for those who are governed: what it knows, and its three powers.

use super::{Room, TABLE, scenario};
use commonwatch::rules::ledger::Rule;
use commonwatch::rules::table::{Reply, Wish};
use commonwatch::rules::world::{Seat, Tactic, World};
use commonwatch::rules::{Account, Action, Amount, Id, Micro, Refusal};
use std::sync::Arc;

fn governed() -> Arc<World> {
    let mut world = scenario("\"one-map\": ()", TABLE).expect("good");
    world.seats.push(Seat {
        id: Id::from("residents"),
        postures: Vec::new(),
        oversight: true,
    });
    Arc::new(world)
}

/// A game in its second month.
fn second_month(world: &Arc<World>) -> Room {
    let mut room = Room::at(world, 4);
    room.end_turn();
    room
}

#[test]
fn it_knows_what_happened_in_two_places_and_nobody_else_does() {
    let world = governed();
    let mut room = second_month(&world);
    assert_eq!(room.sees("street").witnessed(), []);
    let mut quarters = Vec::new();
    let mut known = Vec::new();
    while !room.state.over() {
        let seen = room.sees("residents").witnessed().to_vec();
        assert_eq!(seen.len(), 2);
        assert_ne!(seen[0].place, seen[1].place);
        quarters.push(seen.iter().map(|it| it.place).collect::<Vec<_>>());
        known.extend(seen);
        room.end_turn();
    }
    // Months 1 to 3 are a quarter; the places change with it.
    assert_eq!(quarters[0], quarters[2]);
    assert!(quarters.iter().any(|places| *places != quarters[0]));
    let debrief = room.state.debrief().expect("over");
    for seen in known {
        let page = &debrief.hidden[usize::from(seen.turn) - 1];
        let here = seen.place.at() * world.families.len();
        let truth = &page.happened[here..here + world.families.len()];
        assert_eq!(seen.happened, truth);
    }
}

#[test]
fn a_true_figure_goes_on_the_map_once_a_quarter_and_patrol_goes_by_it() {
    let world = governed();
    let mut room = second_month(&world);
    let seen = room.sees("residents").witnessed().to_vec();
    let place = |at: usize| world.precincts[seen[at].place.at()].id.clone();
    let testify = |at: usize| Action::Testify {
        precinct: place(at),
    };
    let theirs = room.try_to("street", testify(0));
    assert!(
        matches!(theirs, Err(Refusal::OtherDesk { .. })),
        "{theirs:?}"
    );
    let unknown = world.precincts.iter().map(|precinct| &precinct.id);
    let unknown = unknown
        .clone()
        .find(|id| **id != place(0) && **id != place(1));
    let precinct = unknown.expect("six places").clone();
    let told = room.try_to("residents", Action::Testify { precinct });
    assert!(
        matches!(told, Err(Refusal::NotWitnessed { .. })),
        "{told:?}"
    );
    room.does("residents", testify(0));
    assert_eq!(room.sees("street").testimonies()[0].told, seen[0]);
    let again = room.try_to("residents", testify(1));
    assert_eq!(again, Err(Refusal::OnceAQuarter { from: 4 }));

    // Under the same luck fewer offences follow where a team patrols by it.
    let harm = |told: bool| -> u32 {
        let mut room = second_month(&world);
        let unit = Id::from("foot-a-1");
        let (to, tactic) = (place(0), Tactic::HotSpot);
        let there = room.sees("street").units().any(|(it, post)| {
            world.units[it.at()].id == unit && post.at.is_some_and(|at| at.0 == seen[0].place)
        });
        if !there {
            room.does("street", Action::Assign { unit, to, tactic });
        }
        if told {
            room.does("residents", testify(0));
        }
        room.end_game();
        let debrief = room.state.debrief().expect("over");
        let here = seen[0].place.at() * world.families.len();
        let page = &debrief.hidden[1];
        page.happened[here..here + world.families.len()]
            .iter()
            .sum()
    };
    assert!(harm(true) < harm(false), "{} {}", harm(true), harm(false));
}

#[test]
fn a_question_that_nobody_answers_is_a_wrong() {
    let world = governed();
    let wrongs = |answered: bool| -> i64 {
        let mut room = second_month(&world);
        let of = Id::from("street");
        room.does("residents", Action::Question { of });
        let ask = room.sees("street").asks()[0].clone();
        assert_eq!((&ask.what, ask.answer.is_none()), (&Wish::Word, true));
        if answered {
            let reply = Action::Reply {
                ask: ask.id,
                reply: Reply::No,
                by: None,
                reason: None,
            };
            room.does("street", reply);
        }
        room.end_turn();
        let entries = room.book.entries().iter();
        entries
            .filter(|entry| entry.cause.rule == Rule::Unanswered)
            .filter(|entry| entry.account == Account::Wrongs)
            .map(|entry| entry.amount)
            .sum()
    };
    assert_eq!(wrongs(true), 0, "a no is an answer");
    assert_eq!(wrongs(false), Micro::points(1).steps());
}

#[test]
fn people_follow_it_towards_a_project_or_away() {
    let world = governed();
    let goodwill = |support: Option<bool>| {
        let mut room = second_month(&world);
        let endorse = |support| Action::Endorse {
            what: Id::from("one-map"),
            support,
        };
        let early = room.try_to("residents", endorse(true));
        assert!(
            matches!(early, Err(Refusal::NothingToEndorse { .. })),
            "{early:?}"
        );
        let build = Action::Set {
            what: Id::from("one-map"),
            at: None,
            to: Id::from("1"),
        };
        room.does("intelligence", build);
        if let Some(support) = support {
            room.does("residents", endorse(support));
            let again = room.try_to("residents", endorse(support));
            assert_eq!(again, Err(Refusal::OnceAQuarter { from: 4 }));
        }
        room.end_turn();
        let entries = room.book.entries().iter();
        entries
            .filter(|entry| entry.cause.rule == Rule::Endorsement)
            .filter(|entry| entry.account == Account::Goodwill)
            .map(|entry| entry.amount)
            .sum::<i64>()
    };
    assert_eq!(goodwill(None), 0);
    assert_eq!(goodwill(Some(true)), Micro::points(6).steps());
    assert_eq!(goodwill(Some(false)), Micro::points(-6).steps());
}
