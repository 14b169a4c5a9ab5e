//! The emergency: once the orders are closed, three things are decided before the turn is played.

use super::Table;
use super::act::Asked;
use crate::rules::Action;
use crate::rules::emergency::{Beat, FirstIn, Statement};
use crate::rules::world::Tier;

/// Seconds in which an emergency is to be decided; then what is open goes by the book.
pub const EMERGENCY_SECONDS: u16 = 90;

/// Everything that can be decided, in the order of the number keys.
pub const BEATS: [Beat; 8] = [
    Beat::FirstIn(FirstIn::Nearest),
    Beat::FirstIn(FirstIn::Right),
    Beat::InCommand(Tier::Station),
    Beat::InCommand(Tier::District),
    Beat::InCommand(Tier::City),
    Beat::Say(Statement::Now),
    Beat::Say(Statement::Verified),
    Beat::Say(Statement::Nothing),
];

impl Table {
    /// Whether an emergency waits for what is decided.
    #[must_use]
    pub fn in_emergency(&self) -> bool {
        let view = self.view();
        view.is_some_and(|view| view.closed() && !view.over() && view.emergency().is_some())
    }

    /// What follows once the orders are closed: an emergency, if one is on the table, else the turn.
    /// A game that was broken off here comes by again.
    pub(super) fn after_closing(&mut self) -> Asked {
        if !self.in_emergency() {
            return self.play_turn();
        }
        self.grave = f32::from(EMERGENCY_SECONDS);
        Asked::Draw
    }

    /// Decides one of the three things; another decision replaces it.
    pub(super) fn decide(&mut self, beat: Beat) {
        self.order(&Action::Emergency(beat), None, None);
    }
}
