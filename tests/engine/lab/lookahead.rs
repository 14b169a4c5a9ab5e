//! Policies that look ahead, let go, or work on the figure: that each does what its name says.

use super::SET_UP;
use crate::support::{small_world, small_world_with};
use commonwatch::lab::policy::Aim;
use commonwatch::lab::{Game, Hand, Lineup, Plan, Policy};
use commonwatch::rules::chance::Luck;
use commonwatch::rules::id::SeatIx;
use commonwatch::rules::world::Duty;
use commonwatch::rules::{
    Action, Amount, Cents, Id, Index, Ledger, State, Tactic, View, World, command, view,
};
use commonwatch::scenario::{find_built_in, load};
use std::sync::Arc;

fn pearl_bay() -> Arc<World> {
    let source = find_built_in("pearl-bay").expect("built in").source();
    load(&source).expect("good").scenario.world
}

fn all_desks(world: &World) -> Hand {
    let seats = 0..world.seats.len();
    Hand::of(seats.map(SeatIx::from_position).collect())
}

fn seen(state: &State) -> View<'_> {
    view(state, &state.world().seats[0].id)
}

fn orders(policy: Policy, state: &State) -> Vec<Action> {
    let hand = all_desks(state.world());
    policy.orders(&seen(state), &hand, Luck::new(state.seed()))
}

fn apply(state: &State, action: &Action) -> State {
    let seat = commonwatch::lab::lineup::owner(state.world(), action);
    command::apply(state, &seat, action, &mut Ledger::without_detail())
        .unwrap_or_else(|refusal| panic!("{action:?}: {refusal:?}"))
}

fn opened(world: &Arc<World>, seed: u32) -> State {
    apply(&State::new(Arc::clone(world), seed), &SET_UP)
}

/// The state in which the orders of `turn` have been given and not been played.
fn ordered(policy: Policy, world: &Arc<World>, seed: u32, turn: u16) -> State {
    let mut state = opened(world, seed);
    loop {
        for action in orders(policy, &state) {
            state = apply(&state, &action);
        }
        if state.turn() == turn {
            return state;
        }
        state = apply(&state, &Action::EndTurn);
    }
}

fn standing(state: &State, tactic: Tactic) -> usize {
    seen(state)
        .units()
        .filter(|(_, post)| post.at.is_some_and(|(_, doing)| doing == tactic))
        .count()
}

#[test]
fn search_never_does_worse_than_greedy_by_its_own_measure() {
    for world in [small_world(), pearl_bay()] {
        for seed in 0..3 {
            let state = opened(&world, seed);
            let aim = Aim::of(&seen(&state), 6);
            let worth = |policy| {
                let mut after = state.clone();
                for action in orders(policy, &state) {
                    after = apply(&after, &action);
                }
                aim.worth(&seen(&after))
            };
            let (search, greedy) = (worth(Policy::Search), worth(Policy::Greedy));
            assert!(search >= greedy - 1e-6, "{seed}: {search} and {greedy}");
            assert!(search > worth(Policy::Idle) - 1e-6);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_plan_and_another_another() {
    let world = pearl_bay();
    let plan = |seed| orders(Policy::Search, &opened(&world, seed));
    assert_eq!(plan(3), plan(3));
    assert_ne!(plan(3), plan(4));
}

/// Before anything has been published all cities look alike, whatever is so in them.
#[test]
fn what_is_hidden_moves_no_outlook() {
    let world = pearl_bay();
    let worth = |seed| {
        let state = opened(&world, seed);
        Aim::of(&seen(&state), 6).worth(&seen(&state))
    };
    assert_eq!(worth(1).to_bits(), worth(2).to_bits());
}

#[test]
fn the_outlook_comes_near_to_what_happens_on_average() {
    const SEEDS: u32 = 60;
    let world = small_world_with(|world| world.turns = 6);
    let world = Arc::new(world);
    let state = opened(&world, 0);
    let outlook = commonwatch::rules::Outlook::of(&seen(&state)).after(&seen(&state), 6);
    let outlook = outlook.indices;
    let lineup = Lineup::policy(&world, Policy::Idle);
    let mut sums = [0.0; 6];
    for seed in 0..SEEDS {
        let game = Game::new(Arc::clone(&world), seed).unwrap();
        let result = game.finish(&lineup).unwrap().result().unwrap();
        for (sum, index) in sums.iter_mut().zip(result.truth) {
            *sum += index.to_f64() / f64::from(SEEDS);
        }
    }
    let off = |index: Index| (sums[index as usize] - outlook[index as usize].to_f64()).abs();
    assert!(
        off(Index::Trust) < 1.5,
        "trust is {} off",
        off(Index::Trust)
    );
    assert!(
        off(Index::Safety) < 5.0,
        "safety is {} off",
        off(Index::Safety)
    );
    assert!(off(Index::Stewardship) < 3.0, "{}", off(Index::Stewardship));
}

#[test]
fn a_bundle_is_left_alone_from_the_third_turn_on() {
    let world = small_world();
    let mut state = opened(&world, 5);
    let mut given = Vec::new();
    while !state.over() {
        let orders = orders(Policy::Bundle, &state);
        given.push(orders.len());
        for action in orders {
            state = apply(&state, &action);
        }
        state = apply(&state, &Action::EndTurn);
    }
    assert!(given[..2].iter().sum::<usize>() > 0, "{given:?}");
    assert!(given[2..].iter().all(|count| *count == 0), "{given:?}");
}

#[test]
fn dump_is_balanced_until_it_lets_go() {
    let world = pearl_bay();
    let before = |policy| ordered(policy, &world, 2, 10);
    assert_eq!(
        before(Policy::Dump).digest(),
        before(Policy::Balanced).digest()
    );
    let free = |policy, turn| seen(&ordered(policy, &world, 2, turn)).free_funds();
    for turn in [11, 12] {
        let state = ordered(Policy::Dump, &world, 2, turn);
        assert_eq!(standing(&state, Tactic::Outreach), 0, "nobody visits");
        let mut grades = seen(&state).duty().iter();
        assert!(grades.any(|grade| grade.level == Duty::I), "turn {turn}");
        let left = seen(&state).free_funds();
        assert!(left < Cents::funds(1), "{left:?} are left in turn {turn}");
        assert!(left < free(Policy::Balanced, turn), "turn {turn}");
    }
}

#[test]
fn under_record_takes_people_away_from_the_doors_and_lowers_the_record() {
    let world = pearl_bay();
    let state = ordered(Policy::UnderRecord, &world, 1, 3);
    assert_eq!(standing(&state, Tactic::Outreach), 0);
    let call_list = world.instrument(&Id::from("call-list")).unwrap();
    let divert = world.instruments[call_list.at()].setting(&Id::from("divert"));
    let pointers = seen(&state).pointers(call_list);
    assert_eq!(Some(pointers[0].ordered()), divert);

    // A smaller share of what happens comes on record than where nobody orders anything.
    let share = |policy| {
        let (mut recorded, mut happened) = (0.0, 0.0);
        for seed in 0..6 {
            let game = Game::new(Arc::clone(&world), seed).unwrap();
            let game = game.finish(&Lineup::policy(&world, policy)).unwrap();
            let debrief = game.state().debrief().unwrap();
            let sum = |counts: &[u32]| counts.iter().copied().map(f64::from).sum::<f64>();
            recorded += debrief.open[6..]
                .iter()
                .map(|it| sum(&it.recorded))
                .sum::<f64>();
            happened += debrief.hidden[6..]
                .iter()
                .map(|it| sum(&it.happened))
                .sum::<f64>();
        }
        recorded / happened
    };
    let (under, idle) = (share(Policy::UnderRecord), share(Policy::Idle));
    assert!(under < idle - 0.005, "{under} and {idle}");
}

#[test]
fn balanced_answers_its_cards_pins_what_it_hears_and_keeps_a_reserve() {
    let world = pearl_bay();
    let lineup = Lineup::policy(&world, Policy::Balanced);
    let (mut cards, mut silent, mut pins, mut notes) = (0, 0, 0, 0);
    for seed in 0..8 {
        let game = Game::new(Arc::clone(&world), seed).unwrap();
        let game = game.finish(&lineup).unwrap();
        for (index, state) in seen(game.state()).settled_injects() {
            let inject = &world.injects[index.at()];
            cards += 1;
            silent += usize::from(state.answer == Some(inject.silence));
        }
        let debrief = game.state().debrief().unwrap();
        notes += debrief.notes.len();
        pins += debrief
            .notes
            .iter()
            .filter(|it| !it.pinned.is_empty())
            .count();
        assert_eq!(debrief.calibration.told.len(), 12, "a forecast a month");
        let reserve = Cents::funds(3);
        let poor = debrief.open.iter().filter(|page| page.funds < reserve);
        assert!(poor.count() <= 2, "seed {seed} spends its reserve");
    }
    assert!(
        silent * 5 < cards,
        "{silent} of {cards} cards stay unanswered"
    );
    assert!(pins >= 12 * 8, "{pins} of {notes} notes are pinned");
}

#[test]
fn a_desk_of_a_plan_does_its_own_work_only_and_keeps_its_notes() {
    let world = pearl_bay();
    let text = br#"Plan(desks: {Cyber: "balanced", Street: "under-record", Data: "search"})"#;
    let plan = Plan::read("mine.ron", text.to_vec()).unwrap();
    let lineup = Lineup::plan(&world, "mine", &plan).unwrap();
    let names: Vec<&str> = lineup.nodes().map(|(policy, _)| policy.id()).collect();
    assert_eq!(names, ["search"]);
    let game = Game::new(Arc::clone(&world), 1).unwrap();
    let game = game.finish(&lineup).unwrap();
    let debrief = game.state().debrief().unwrap();
    let desk = |note: &commonwatch::rules::table::ToldNote| {
        world.seats[note.note.seat.at()].id.to_string()
    };
    let pinned = debrief.notes.iter().filter(|note| !note.pinned.is_empty());
    let desks: std::collections::BTreeSet<String> = pinned.map(desk).collect();
    let wanted = ["cyber", "data"].map(String::from);
    assert!(desks.iter().all(|desk| wanted.contains(desk)), "{desks:?}");
    // Visits belong to a desk that nobody commands.
    assert!(standing(game.state(), Tactic::Outreach) > 0);
}

#[test]
fn desks_that_do_not_talk_play_otherwise() {
    let world = pearl_bay();
    let digest = |lineup: &Lineup| {
        let game = Game::new(Arc::clone(&world), 3).unwrap();
        game.finish(lineup).unwrap().result().unwrap().digest
    };
    let pooled = digest(&Lineup::policy(&world, Policy::Balanced));
    let silent = digest(&Lineup::silent(&world, Policy::Balanced));
    assert_ne!(pooled, silent);
}
