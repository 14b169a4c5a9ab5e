//! Orders tried out before they are given: what would stand, and what would be refused.

use super::action::Action;
use super::command;
use super::id::{Id, SeatIx};
use super::means::Means;
use super::refusal::Refusal;
use super::state::OpenPage;
use super::view::View;
use super::world::World;

/// A turn's orders on paper. It knows what its view knows, and changes nothing in the game.
#[derive(Clone)]
pub struct Draft<'a> {
    world: &'a World,
    means: Means,
    open: &'a [OpenPage],
    seat: SeatIx,
    given: Vec<Action>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(world: &'a World, means: Means, open: &'a [OpenPage], seat: SeatIx) -> Self {
        Self {
            world,
            means,
            open,
            seat,
            given: Vec::new(),
        }
    }

    /// The game as it would look with the orders so far.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View::on_paper(self.world, &self.means, self.open, self.seat)
    }

    /// Whether an order of a desk would stand now.
    ///
    /// # Errors
    ///
    /// The reason why it would be refused.
    pub fn check(&self, seat: &Id, action: &Action) -> Result<(), Refusal> {
        command::check_open(self.world, &self.means, seat, action)
    }

    /// Gives an order of a desk; the end of a turn is not one.
    ///
    /// # Errors
    ///
    /// The reason why it would be refused; the draft is as it was.
    pub fn give(&mut self, seat: &Id, action: Action) -> Result<(), Refusal> {
        if command::give(self.world, &mut self.means, seat, &action)? {
            self.given.push(action);
        }
        Ok(())
    }

    /// The orders given, in their order.
    #[must_use]
    pub fn given(self) -> Vec<Action> {
        self.given
    }
}
