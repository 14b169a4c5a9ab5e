//! Standing orders: what postures do, and what they leave alone.

use super::{Room, scenario};
use commonwatch::rules::candidates::{Ground, Slot};
use commonwatch::rules::command::apply;
use commonwatch::rules::id::SeatIx;
use commonwatch::rules::world::{Controls, Dial, Duty, OrderKind, Over, Posture, Tactic, World};
use commonwatch::rules::{Action, Cents, Id, Ledger, Refusal, State, Table, standing, view};
use commonwatch::scenario::{find_built_in, load};
use commonwatch::text::{self, Lang};
use std::sync::Arc;

fn flagship() -> Arc<World> {
    let source = find_built_in("pearl-bay").expect("built in").source();
    load(&source).expect("good").scenario.world
}

fn set_up(world: &Arc<World>, seed: u32) -> State {
    let action = Action::SetUp {
        table: Table::Shared,
        presets: Vec::new(),
    };
    let state = State::new(Arc::clone(world), seed);
    act(&state, &Id::from("coordination"), &action)
}

fn act(state: &State, seat: &Id, action: &Action) -> State {
    apply(state, seat, action, &mut Ledger::without_detail())
        .unwrap_or_else(|refusal| panic!("{action:?}: {refusal:?}"))
}

/// Leaves a desk to one of its postures.
fn delegate(state: &State, seat: &str) -> State {
    let seat = Id::from(seat);
    let dial = Action::Dial {
        seat: seat.clone(),
        dial: Dial::Delegated,
    };
    act(state, &seat, &dial)
}

/// The flagship with a posture as a desk's usual one.
fn usual(posture: Posture) -> (Arc<World>, Id) {
    let mut world = World::clone(&flagship());
    let seat = world
        .seats
        .iter_mut()
        .find(|seat| seat.postures.contains(&posture))
        .expect("somebody's");
    seat.postures.retain(|it| *it != posture);
    seat.postures.insert(0, posture);
    let id = seat.id.clone();
    (Arc::new(world), id)
}

/// Plays a year with standing orders alone; the orders that they gave.
fn year(mut state: State) -> (State, Vec<(Id, Action)>) {
    let mut all = Vec::new();
    let first = Id::from("coordination");
    while !state.over() {
        let orders = standing::orders(&view(&state, &first));
        for (seat, order) in &orders {
            state = act(&state, seat, order);
        }
        all.extend(orders);
        state = act(&state, &first, &Action::EndTurn);
    }
    (state, all)
}

/// What a table is told that standing orders take is what is gone when they have been given.
#[test]
fn standing_orders_take_what_they_are_said_to_take() {
    let mut state = set_up(&flagship(), 1);
    for desk in ["coordination", "street", "community", "cyber", "sensing"] {
        state = delegate(&state, desk);
    }
    let first = Id::from("coordination");
    let mut taken = Vec::new();
    while !state.over() {
        let free = |state: &State| view(state, &first).free_funds();
        let (orders, price) = standing::drawn_up(&view(&state, &first));
        let before = free(&state);
        for (seat, order) in &orders {
            state = act(&state, seat, order);
        }
        assert_eq!(before - free(&state), price, "turn {}", state.turn());
        taken.push(price);
        state = act(&state, &first, &Action::EndTurn);
    }
    assert!(taken.iter().any(|price| *price > Cents(0)), "{taken:?}");
}

/// Every posture of the flagship does something in a year, always something that is allowed, and
/// the same each time.
#[test]
fn every_posture_gives_orders_that_stand() {
    // Nothing that sees is up at the start, and nobody is told to build any; duty stands at level III
    // already.
    let waits = [
        Posture::NoticeFirst,
        Posture::Shrink,
        Posture::EvenSplit,
        Posture::ReserveFirst,
    ];
    for posture in Posture::ALL {
        let (world, seat) = usual(*posture);
        let play = || year(delegate(&set_up(&world, 11), seat.as_str()));
        let (end, orders) = play();
        assert_eq!(play().0.digest(), end.digest(), "{posture:?}");
        assert!(orders.iter().all(|(by, _)| *by == seat), "{posture:?}");
        let quiet = orders.is_empty();
        assert_eq!(quiet, waits.contains(posture), "{posture:?}: {orders:?}");
        let standing = view(&end, &seat).standing().to_vec();
        let issued: u16 = standing.iter().map(|it| it.orders).sum();
        assert_eq!(usize::from(issued), orders.len(), "{posture:?}");
    }
}

#[test]
fn what_a_desk_has_decided_is_left_alone() {
    let world = flagship();
    let state = delegate(&set_up(&world, 5), "street");
    let first = Id::from("coordination");
    let about = |orders: &[(Id, Action)], unit: &str| {
        orders.iter().any(|(_, order)| {
            let Action::Standing { order, .. } = order else {
                panic!("{order:?}")
            };
            matches!(&**order, Action::Assign { unit: it, .. } if it.as_str() == unit)
        })
    };
    let before = standing::orders(&view(&state, &first));
    assert!(about(&before, "foot-6"), "{before:?}");
    let own = Action::Assign {
        unit: Id::from("foot-6"),
        to: Id::from("gull-island"),
        tactic: Tactic::Visible,
    };
    let state = act(&state, &Id::from("street"), &own);
    let after = standing::orders(&view(&state, &first));
    assert!(!about(&after, "foot-6"), "{after:?}");
    assert_ne!(after, [], "the others are still posted");
}

/// A desk raises the duty level of one district: its standing order, which is level III everywhere,
/// leaves that district alone this month and takes it back in the next.
#[test]
fn a_standing_order_for_the_city_does_not_undo_what_was_decided_for_a_district() {
    let (world, _) = usual(Posture::EvenSplit);
    let owner = world.order(OrderKind::Duty).expect("open").owner;
    let owner = world.seats[owner.at()].id.clone();
    let state = set_up(&world, 5);
    let first = Id::from("coordination");
    let state = act(&state, &first, &Action::Controls(Controls::Slots));
    let district = world.districts[1].clone();
    let own = Action::Duty {
        district: Some(district),
        level: Duty::II,
    };
    let mut state = act(&state, &owner, &own);
    for (seat, order) in standing::orders(&view(&state, &first)) {
        state = act(&state, &seat, &order);
    }
    let level = |state: &State| view(state, &first).duty()[1].level;
    assert_eq!(level(&state), Duty::II);
    let mut state = act(&state, &first, &Action::EndTurn);
    for (seat, order) in standing::orders(&view(&state, &first)) {
        state = act(&state, &seat, &order);
    }
    assert_eq!(level(&state), Duty::III);
}

#[test]
fn people_alone_give_their_own_orders() {
    let state = set_up(&flagship(), 5);
    let first = Id::from("coordination");
    assert_eq!(standing::orders(&view(&state, &first)), []);
    // With slots every desk has help.
    let state = act(&state, &first, &Action::Controls(Controls::Slots));
    let helped = standing::orders(&view(&state, &first));
    assert!(helped.len() > 5, "{helped:?}");
}

/// Each slot of each desk of the flagship has something to be filled with, each allowed.
#[test]
fn slots_have_candidates_by_logics_that_differ() {
    let world = flagship();
    let mut state = set_up(&world, 5);
    let first = Id::from("coordination");
    state = act(&state, &first, &Action::Controls(Controls::Slots));
    for turn in 1..=4 {
        let seen = view(&state, &first);
        for (at, seat) in world
            .seats
            .iter()
            .enumerate()
            .filter(|(_, seat)| !seat.oversight)
        {
            for slot in seen.open_slots() {
                let index = SeatIx::from_position(at);
                let found = seen.candidates(index, *slot);
                assert!(!found.is_empty(), "{:?} {slot:?} in {turn}", seat.id);
                for (at, candidate) in found.iter().enumerate() {
                    let allowed = view(&state, &seat.id).check(&candidate.order);
                    assert_eq!(allowed, Ok(()), "{candidate:?}");
                    let before = &found[..at];
                    assert!(before.iter().all(|it| it.order != candidate.order));
                }
                if *slot == Slot::Exception && seat.id.as_str() == "street" {
                    let to: Vec<_> = found.iter().map(|it| &it.order).collect();
                    assert_eq!(to.len(), 3, "{to:?}");
                }
            }
        }
        for (seat, order) in standing::orders(&view(&state, &first)) {
            state = act(&state, &seat, &order);
        }
        state = act(&state, &first, &Action::EndTurn);
    }
}

/// What is said for a suggestion fits it: a place or a domain goes by the logic, a setting that has
/// neither never does, and every reason has its words.
#[test]
fn a_setting_without_a_place_is_not_said_to_be_recorded_most() {
    let mut world = World::clone(&flagship());
    for instrument in &mut world.instruments {
        instrument.until = 4;
    }
    let world = Arc::new(world);
    let mut state = set_up(&world, 5);
    let first = Id::from("coordination");
    state = act(&state, &first, &Action::Controls(Controls::Slots));
    let mut grounds = Vec::new();
    for _ in 1..=4 {
        let seen = view(&state, &first);
        let seats = (0..world.seats.len()).map(SeatIx::from_position);
        for seat in seats.filter(|seat| !world.seats[seat.at()].oversight) {
            for slot in seen.open_slots() {
                for candidate in seen.candidates(seat, *slot) {
                    let over = match &candidate.order {
                        Action::Set { what, .. } => {
                            let index = world.instrument(what).expect("one that is played");
                            Some(&world.instruments[index.at()].over)
                        }
                        _ => None,
                    };
                    let fits = match (over, candidate.ground) {
                        (Some(Over::Domains), ground) => matches!(ground, Ground::Domain(_)),
                        (Some(Over::Precincts | Over::Sites | Over::Gates) | None, _) => true,
                        (Some(_), ground) => !matches!(ground, Ground::Place(_)),
                    };
                    assert!(fits, "{candidate:?}");
                    let key = format!("logic.{}", candidate.ground.id());
                    for lang in Lang::ALL {
                        assert!(text::table(lang).find(&key).is_some(), "{key} in {lang}");
                    }
                    grounds.push(candidate.ground);
                }
            }
        }
        for (seat, order) in standing::orders(&view(&state, &first)) {
            state = act(&state, &seat, &order);
        }
        state = act(&state, &first, &Action::EndTurn);
    }
    for ground in [Ground::OnlyNow, Ground::Untouched, Ground::Further] {
        assert!(grounds.contains(&ground), "{ground:?}: {grounds:?}");
    }
}

#[test]
fn a_reserve_is_kept_whoever_orders_next() {
    let (world, _) = usual(Posture::ReserveFirst);
    let mut state = set_up(&world, 5);
    let first = Id::from("coordination");
    state = act(&state, &first, &Action::Controls(Controls::Slots));
    while !state.over() {
        let free = view(&state, &first).free_funds();
        for (seat, order) in standing::orders(&view(&state, &first)) {
            state = act(&state, &seat, &order);
        }
        let left = view(&state, &first).free_funds();
        assert!(left >= Cents(200) || left >= free, "{free} {left}");
        state = act(&state, &first, &Action::EndTurn);
    }
}

#[test]
fn a_standing_order_is_the_desks_own_posture_and_an_order() {
    let world = scenario("\"one-map\": ()", "    allow: [],\n").expect("good");
    let mut world = World::clone(&world);
    world.seats[3].postures = vec![Posture::HoldAndRotate];
    let mut room = Room::at(&Arc::new(world), 2);
    let by = |posture, order| Action::Standing {
        posture,
        order: Box::new(order),
    };
    let withdraw = || Action::Withdraw {
        unit: Id::from("foot-a-1"),
    };
    let told = room.try_to("street", by(Posture::HoldAndRotate, withdraw()));
    assert!(matches!(told, Err(Refusal::NotStanding { .. })), "{told:?}");
    let seat = Id::from("street");
    let dial = Dial::Assisted;
    room.does("street", Action::Dial { seat, dial });
    let other = room.try_to("street", by(Posture::EvenCover, withdraw()));
    assert!(
        matches!(other, Err(Refusal::NotStanding { .. })),
        "{other:?}"
    );
    for no_order in [
        Action::EndTurn,
        Action::Close,
        by(Posture::HoldAndRotate, withdraw()),
    ] {
        let told = room.try_to("street", by(Posture::HoldAndRotate, no_order));
        assert_eq!(told, Err(Refusal::NotByStanding));
    }
    room.does("street", by(Posture::HoldAndRotate, withdraw()));
}
