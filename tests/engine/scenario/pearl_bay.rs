//! The flagship as it ships: the means its table is told of, and a year that does not win itself.

use commonwatch::lab::{Game, Job, Lineup, Policy};
use commonwatch::rules::world::{Duty, Governance, Layer, Tactic, Tempo, World};
use commonwatch::rules::{Action, Amount, Cents, Id, view};
use commonwatch::scenario::{Scenario, find_built_in, load};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

fn pearl_bay() -> Scenario {
    let source = find_built_in("pearl-bay").expect("built in").source();
    load(&source).expect("good").scenario
}

/// The true indices at the end, a row a game.
fn ends(world: &Arc<World>, policy: Policy) -> Vec<Vec<f64>> {
    let lineup = Lineup::policy(world, policy);
    let end = |seed| {
        let game = Game::new(Arc::clone(world), seed).unwrap();
        let game = game.finish(&lineup).unwrap();
        let debrief = game.state().debrief().unwrap();
        let last = debrief.hidden.last().unwrap().indices;
        last.iter().map(|index| index.to_f64()).collect()
    };
    (0..12).map(end).collect()
}

fn mean(ends: &[Vec<f64>], index: usize) -> f64 {
    ends.iter().map(|end| end[index]).sum::<f64>() / ends.len() as f64
}

#[test]
fn twelve_funds_are_spoken_for_and_eight_are_free() {
    let world = pearl_bay().world;
    assert_eq!(world.purse.income, Cents::funds(20));
    let game = Game::new(world, 0).unwrap();
    let open = view(game.state(), &Id::from("coordination"));
    assert_eq!(open.funds(), Cents::funds(20));
    assert_eq!(open.free_funds(), Cents::funds(8));
}

/// The cards that come in a game in which nobody answers: single ones, and those of each arc.
fn cards(world: &Arc<World>, seed: u32) -> (BTreeSet<usize>, BTreeMap<usize, usize>) {
    let game = Game::new(Arc::clone(world), seed).unwrap();
    let game = game.finish(&Lineup::policy(world, Policy::Idle)).unwrap();
    let open = view(game.state(), &Id::from("coordination"));
    let (mut single, mut arcs) = (BTreeSet::new(), BTreeMap::new());
    for (inject, _) in open.settled_injects() {
        match world
            .arcs
            .iter()
            .position(|arc| arc.cards.contains(&inject))
        {
            Some(arc) => *arcs.entry(arc).or_default() += 1,
            None => {
                single.insert(inject.at());
            }
        }
    }
    (single, arcs)
}

#[test]
fn two_games_share_less_than_half_of_their_cards() {
    const SEEDS: u32 = 40;
    let world = pearl_bay().world;
    let games: Vec<_> = (0..SEEDS).map(|seed| cards(&world, seed)).collect();
    let whole = games.iter().flat_map(|(_, arcs)| arcs.values());
    let whole = whole.filter(|cards| **cards == 4).count();
    assert!(
        games.iter().all(|(_, arcs)| arcs.len() == 3),
        "three arcs a game"
    );
    assert_eq!(whole, 3 * SEEDS as usize, "every arc is told to its end");
    let single: usize = games.iter().map(|(single, _)| single.len()).sum();
    let single = single as f64 / f64::from(SEEDS);
    assert!(
        (7.0..=9.0).contains(&single),
        "{single} single cards a game"
    );
    let all = |(single, arcs): &(BTreeSet<usize>, BTreeMap<usize, usize>)| {
        let mut all = single.clone();
        for arc in arcs.keys() {
            all.extend(world.arcs[*arc].cards.iter().map(|card| card.at()));
        }
        all
    };
    let games: Vec<BTreeSet<usize>> = games.iter().map(all).collect();
    let (mut shared, mut pairs) = (0.0, 0.0);
    for (at, one) in games.iter().enumerate() {
        for other in &games[at + 1..] {
            let mean = (one.len() + other.len()) as f64 / 2.0;
            shared += one.intersection(other).count() as f64 / mean;
            pairs += 1.0;
        }
    }
    let shared = shared / pairs;
    assert!(shared <= 0.5, "{shared} of the cards are the same");
}

/// The share of games in which each objective is met.
fn met(world: &Arc<World>, policy: Policy, seeds: u64) -> Vec<f64> {
    let job = Job::new(Arc::clone(world), Lineup::policy(world, policy), 0..seeds);
    let batch = job.run(0, |_| ControlFlow::Continue(())).unwrap();
    (0..world.objectives.len())
        .map(|at| batch.met(at))
        .collect()
}

#[test]
fn nothing_is_reached_without_an_order() {
    let world = pearl_bay().world;
    let five = world
        .objectives
        .iter()
        .filter(|it| it.lasting && it.goal.layer == Layer::True);
    assert_eq!(
        five.count(),
        5,
        "the five indices are read on what is handed over"
    );
    let idle = met(&world, Policy::Idle, 100);
    assert!(idle.iter().all(|share| *share <= 0.02), "{idle:?}");
}

/// A table that uses its means reaches each line in some years and not in others.
#[test]
fn every_line_is_within_reach_and_none_is_given() {
    let world = pearl_bay().world;
    let balanced = met(&world, Policy::Balanced, 100);
    let between = |share: &f64| (0.25..=0.9).contains(share);
    assert!(balanced.iter().all(between), "{balanced:?}");
}

#[test]
fn no_single_idea_beats_a_balanced_table_on_safety_and_trust() {
    let world = pearl_bay().world;
    let balanced = ends(&world, Policy::Balanced);
    let ahead = |of: &[Vec<f64>], index| mean(of, index) > mean(&balanced, index);
    for policy in [
        Policy::Hotspot,
        Policy::Outreach,
        Policy::SensingMax,
        Policy::ChecksMax,
        Policy::DutyMax,
        Policy::Stacker,
    ] {
        let one = ends(&world, policy);
        assert!(!(ahead(&one, 0) && ahead(&one, 1)), "{}", policy.id());
    }
}

/// A month in which the festival, the wages and the rumour of the ferry lie on the table together:
/// what each desk can decide in it, as the design writes it out.
#[test]
fn the_month_of_the_lanterns_can_be_played_as_it_was_designed() {
    let world = pearl_bay().world;
    let first = Id::from("coordination");
    let wanted = ["lanterns-2", "wages-2", "ferry-2"];
    let fifth = |seed| {
        let mut game = Game::new(Arc::clone(&world), seed).unwrap();
        let idle = Lineup::policy(&world, Policy::Idle);
        for _ in 0..4 {
            game.turn(&idle).unwrap();
        }
        let open = view(game.state(), &first);
        let there = |card: &&str| {
            let mut cards = open.open_injects();
            cards.any(|(inject, _)| world.injects[inject.at()].id.as_str() == *card)
        };
        wanted.iter().all(there).then(|| game.state().clone())
    };
    let state = (0..400).find_map(fifth).expect("in one of 400 games");
    let set = |what: &str, at: Option<&str>, to: &str| Action::Set {
        what: Id::from(what),
        at: at.map(Id::from),
        to: Id::from(to),
    };
    let send = |unit: &str, to: &str, tactic| Action::Assign {
        unit: Id::from(unit),
        to: Id::from(to),
        tactic,
    };
    let answers = |card: &str| -> Vec<Action> {
        let inject = world.inject(&Id::from(card)).expect(card);
        let options = &world.injects[inject.at()].options;
        let answer = |option: &Id| Action::Answer {
            inject: Id::from(card),
            option: option.clone(),
        };
        options.iter().map(|option| answer(&option.id)).collect()
    };
    let mut decisions: Vec<(&str, Action)> = vec![
        (
            "coordination",
            Action::Duty {
                district: Some(Id::from("old-walls")),
                level: Duty::II,
            },
        ),
        ("street", send("foot-6", "lantern-market", Tactic::HotSpot)),
        ("street", send("foot-2", "rail-yards", Tactic::HotSpot)),
        (
            "street",
            send("checks", "night-market", Tactic::PreciseChecks),
        ),
        (
            "street",
            send("checks", "night-market", Tactic::BroadChecks),
        ),
        (
            "community",
            send("mediators-3", "workshop-rows", Tactic::Mediation),
        ),
        (
            "community",
            send("volunteers-1", "lantern-market", Tactic::Watch),
        ),
        ("key-sites", set("event-security", None, "cap")),
        ("key-sites", set("event-security", None, "stewards")),
        ("key-sites", set("site-grade", Some("south-station"), "b")),
        (
            "sensing",
            Action::Sense {
                precinct: Some(Id::from("lantern-market")),
                level: 2,
                governance: Governance::Notice,
                live: false,
            },
        ),
        ("cyber", Action::Campaign { reminder: true }),
        ("cyber", set("rumour-reply", None, "at-once")),
        ("cyber", set("rumour-reply", None, "verify")),
        ("data", set("patching", None, "now")),
    ];
    for alert in view(&state, &first).alerts() {
        let look = set("verify-alert", Some(alert.domain.id()), "yes");
        decisions.push(("intelligence", look));
    }
    decisions.extend(
        answers("lanterns-2")
            .into_iter()
            .map(|it| ("key-sites", it)),
    );
    decisions.extend(answers("wages-2").into_iter().map(|it| ("community", it)));
    decisions.extend(answers("ferry-2").into_iter().map(|it| ("cyber", it)));
    for (desk, action) in decisions {
        let told = view(&state, &Id::from(desk)).check(&action);
        assert_eq!(told, Ok(()), "{desk}: {action:?}");
    }
    // Every desk has something to say, and the map has room for it.
    for seat in world.seats.iter().filter(|seat| !seat.oversight) {
        let notes = view(&state, &seat.id).notes().any(|note| note.turn == 5);
        assert!(notes, "{:?} holds nothing", seat.id);
    }
    let open = view(&state, &first);
    assert_eq!(open.tempo(5), Tempo::Working);
    assert_eq!(open.free_analysts(), 6);
}
