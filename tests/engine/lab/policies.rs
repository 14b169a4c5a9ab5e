//! What the bots order, and that they may.

use super::SET_UP;
use crate::support::{small_world, small_world_with};
use commonwatch::lab::{Game, Hand, Lineup, Policy};
use commonwatch::rules::chance::Luck;
use commonwatch::rules::id::SeatIx;
use commonwatch::rules::{Action, Cents, Ledger, State, Tactic, World, command, view};
use std::sync::Arc;

fn orders(policy: Policy, state: &State) -> Vec<Action> {
    let seats = 0..state.world().seats.len();
    let hand = Hand::of(seats.map(SeatIx::from_position).collect());
    let seat = &state.world().seats[0].id;
    policy.orders(&view(state, seat), &hand, Luck::new(state.seed()))
}

fn apply(state: &State, action: &Action) -> State {
    let seat = &state.world().seats[0].id;
    command::apply(state, seat, action, &mut Ledger::without_detail())
        .unwrap_or_else(|refusal| panic!("{action:?}: {refusal:?}"))
}

fn opened(world: &Arc<World>, seed: u32) -> State {
    apply(&State::new(Arc::clone(world), seed), &SET_UP)
}

/// Where each unit stands after a policy's orders in the first turn.
fn posts(policy: Policy, world: World) -> Vec<(String, Option<(String, Tactic)>)> {
    let world = Arc::new(world);
    let mut state = opened(&world, 1);
    for action in orders(policy, &state) {
        state = apply(&state, &action);
    }
    let seen = view(&state, &world.seats[0].id);
    seen.units()
        .map(|(unit, post)| {
            let at = post.at;
            let name = |p: usize| world.precincts[p].id.to_string();
            let unit = world.units[unit.at()].id.to_string();
            (unit, at.map(|(place, tactic)| (name(place.at()), tactic)))
        })
        .collect()
}

#[test]
fn no_order_of_a_policy_is_ever_refused() {
    let world = small_world();
    let (mut given, mut answers) = (0, 0);
    for policy in Policy::ALL {
        for seed in 0..30 {
            let mut state = opened(&world, seed);
            while !state.over() {
                for action in orders(policy, &state) {
                    given += 1;
                    answers += usize::from(matches!(action, Action::Answer { .. }));
                    state = apply(&state, &action);
                }
                state = apply(&state, &Action::EndTurn);
            }
        }
    }
    assert!(given > 500, "only {given} orders were given");
    assert!(answers > 10, "only {answers} cards were answered");
}

#[test]
fn idle_leaves_everything_as_it_stands() {
    let posts = posts(Policy::Idle, small_world_with(|_| {}));
    let stand: Vec<_> = posts.iter().filter(|(_, at)| at.is_some()).collect();
    assert_eq!(stand.len(), 1);
    assert_eq!(stand[0].0, "foot-2");
}

#[test]
fn even_deals_each_kind_to_the_largest_precincts_first_and_pays_for_one_of_each_before_a_second() {
    let place = |name: &str, tactic| Some((name.to_owned(), tactic));
    // Funds 4: foot 1, officer 1.5, then foot 1 more.
    let posts = posts(Policy::Even, small_world_with(|_| {}));
    assert_eq!(
        posts,
        [
            ("foot-1".into(), place("north-east", Tactic::HotSpot)),
            ("foot-2".into(), place("south-east", Tactic::HotSpot)),
            ("officer".into(), place("north-east", Tactic::Outreach)),
        ]
    );
    let poor = small_world_with(|world| {
        world.purse.start = Cents::funds(2);
        world.units[1].post = None;
        world.kinds[1].price = Cents::funds(1);
    });
    let stand: Vec<String> = self::posts(Policy::Even, poor)
        .into_iter()
        .filter(|(_, at)| at.is_some())
        .map(|(unit, _)| unit)
        .collect();
    assert_eq!(stand, ["foot-1", "officer"]);
}

#[test]
fn hotspot_sends_patrol_where_most_is_on_record_and_the_rest_where_trust_is_lowest() {
    let world = small_world_with(|world| {
        world.purse.start = Cents::funds(20);
        world.precincts[2].opportunity = vec![9.0; 4];
    });
    let first = posts(Policy::Hotspot, world.clone());
    let at = |unit: &str| first.iter().find(|(id, _)| id == unit).unwrap().1.clone();
    let patrolled: Vec<String> = ["foot-1", "foot-2"]
        .iter()
        .map(|unit| at(unit).unwrap().0)
        .collect();
    assert!(
        patrolled.contains(&"south-west".to_owned()),
        "{patrolled:?}"
    );
    assert_eq!(
        at("officer"),
        Some(("north-west".to_owned(), Tactic::Outreach)),
        "trust is lowest in the north-west"
    );

    // It follows the record, whatever is so.
    let world = Arc::new(world);
    let mut state = opened(&world, 3);
    for _ in 0..4 {
        for action in orders(Policy::Hotspot, &state) {
            state = apply(&state, &action);
        }
        state = apply(&state, &Action::EndTurn);
    }
    for action in orders(Policy::Hotspot, &state) {
        state = apply(&state, &action);
    }
    let seen = view(&state, &world.seats[0].id);
    let page = seen.pages().last().unwrap();
    let on_record = |p: usize| -> f64 {
        let families = world.families.iter().enumerate();
        families
            .map(|(k, family)| f64::from(page.recorded[p * 4 + k]) * family.patrol_effect)
            .sum()
    };
    let patrolled: Vec<usize> = seen
        .units()
        .filter_map(|(_, post)| post.at)
        .filter(|(_, tactic)| *tactic == Tactic::HotSpot)
        .map(|(place, _)| place.at())
        .collect();
    assert_eq!(patrolled.len(), 3, "three teams are there by turn 5");
    let left = (0..4).find(|p| !patrolled.contains(p)).unwrap();
    assert!(
        patrolled.iter().all(|p| on_record(*p) >= on_record(left)),
        "the quietest precinct on record is the one left out"
    );
}

#[test]
fn random_differs_by_seed_and_repeats_itself_under_the_same() {
    let world = small_world();
    let lineup = Lineup::policy(&world, Policy::Random);
    let digest = |seed| {
        let game = Game::new(Arc::clone(&world), seed)
            .unwrap()
            .finish(&lineup)
            .unwrap();
        game.result().unwrap().digest
    };
    assert_eq!(digest(7), digest(7));
    let first: Vec<Vec<Action>> = (0..20)
        .map(|seed| orders(Policy::Random, &opened(&world, seed)))
        .collect();
    assert!(first.iter().any(|orders| *orders != first[0]));
    assert!(
        first
            .iter()
            .flatten()
            .any(|a| matches!(a, Action::Withdraw { .. }))
    );
}

#[test]
fn a_misspelt_policy_is_understood() {
    assert_eq!(Policy::find("hotspot"), Ok(Policy::Hotspot));
    assert_eq!(
        Policy::find("hotspots").unwrap_err().nearest,
        Some("hotspot")
    );
    assert_eq!(Policy::find("clever").unwrap_err().nearest, None);
}
