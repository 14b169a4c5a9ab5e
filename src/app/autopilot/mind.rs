//! What the player without hands orders: what a policy decides, or what a test wants to be ordered.

use crate::lab::policy::{Hand, Policy};
use crate::rules::chance::Luck;
use crate::rules::id::SeatIx;
use crate::rules::{Action, State, view};

/// The orders of a turn, read off the game as the turn opens.
pub type Script = fn(&State) -> Vec<Action>;

/// Who thinks of the orders.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mind {
    /// A policy.
    Policy(Policy),
    /// A test.
    Script(Script),
}

impl Mind {
    /// The orders of the turn. A policy decides as in the laboratory: through the eyes of the first
    /// desk, with what every desk has heard.
    pub fn orders(&self, state: &State) -> Vec<Action> {
        let policy = match self {
            Self::Policy(policy) => policy,
            Self::Script(script) => return script(state),
        };
        let world = state.world();
        let Some(first) = world.seats.first() else {
            return Vec::new();
        };
        let seats = (0..world.seats.len()).map(SeatIx::from_position).collect();
        let notes = (world.seats.iter()).flat_map(|seat| view(state, &seat.id).notes());
        let hand = Hand::of(seats).with_notes(notes);
        policy.orders(&view(state, &first.id), &hand, Luck::new(state.seed()))
    }
}
