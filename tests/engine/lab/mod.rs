//! The laboratory: policies, batches, the golden table, and what the model promises of whole games.

mod batch;
mod extremes;
mod felt;
mod golden;
mod lookahead;
mod policies;
mod records;
mod story;

use commonwatch::lab::lineup::owner;
use commonwatch::lab::{Hand, Policy};
use commonwatch::rules::chance::Luck;
use commonwatch::rules::command::apply;
use commonwatch::rules::id::SeatIx;
use commonwatch::rules::{Action, Ledger, State, Table, World, view};
use std::sync::Arc;

/// One hand on every desk.
const SET_UP: Action = Action::SetUp {
    table: Table::Shared,
    presets: Vec::new(),
};

/// The end of a game in which a policy commands every desk.
fn played(world: &Arc<World>, policy: Policy, seed: u32, book: &mut Ledger) -> State {
    let seats = 0..world.seats.len();
    let hand = Hand::of(seats.map(SeatIx::from_position).collect());
    let seat = &world.seats[0].id;
    let mut act = |state: &State, action: &Action| {
        apply(state, &owner(world, action), action, book)
            .unwrap_or_else(|refusal| panic!("{action:?} is refused: {refusal:?}"))
    };
    let mut state = act(&State::new(Arc::clone(world), seed), &SET_UP);
    while !state.over() {
        let orders = policy.orders(&view(&state, seat), &hand, Luck::new(seed));
        for action in orders.iter().chain([&Action::EndTurn]) {
            state = act(&state, action);
        }
    }
    state
}
