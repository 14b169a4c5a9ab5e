//! One game without people, from the set-up to the debrief.

use super::lineup::Lineup;
use crate::rules::command;
use crate::rules::scoring::INDICES;
use crate::rules::{Action, Digest, Id, Ledger, Micro, Refusal, State, Table, World};
use std::sync::Arc;

/// What a finished game came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GameResult {
    /// The seed of its luck.
    pub seed: u32,
    /// The digest of its last state.
    pub digest: Digest,
    /// The true indices after the last turn, points, in the order of [`crate::rules::Index::ALL`].
    pub truth: [Micro; INDICES],
    /// The published ones.
    pub published: [Micro; INDICES],
    /// Which objectives were met, in the order of the world.
    pub met: Vec<bool>,
}

/// An order of a plan was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The seed of the game.
    pub seed: u32,
    /// The turn, from 1.
    pub turn: u16,
    /// The order within the turn, from 1.
    pub order: usize,
    /// What was ordered.
    pub action: Action,
    /// Why not.
    pub refusal: Refusal,
}

/// A game being played, a turn at a time.
#[derive(Clone, Debug)]
pub struct Game {
    state: State,
}

impl Game {
    /// A game that is set up with one hand on every desk.
    ///
    /// # Panics
    ///
    /// Never with a world of a checked scenario, which has a desk.
    #[must_use]
    pub fn new(world: Arc<World>, seed: u32) -> Self {
        let mut game = Self {
            state: State::new(world, seed),
        };
        let set_up = Action::SetUp {
            table: Table::Shared,
        };
        let seat = super::lineup::owner(game.state.world(), &set_up);
        let done = game.act(&seat, &set_up);
        assert!(done.is_ok(), "a new game can be set up: {done:?}");
        game
    }

    /// The game as it stands.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Gives an order.
    pub(super) fn act(&mut self, seat: &Id, action: &Action) -> Result<(), Refusal> {
        self.state = command::apply(&self.state, seat, action, &mut Ledger::without_detail())?;
        Ok(())
    }

    /// Gives the orders of a turn and plays it.
    ///
    /// # Errors
    ///
    /// An order of a plan is refused.
    pub fn turn(&mut self, lineup: &Lineup) -> Result<(), Box<Refused>> {
        lineup.order(self)?;
        let turn = self.state.turn();
        let seat = super::lineup::owner(self.state.world(), &Action::EndTurn);
        self.act(&seat, &Action::EndTurn).map_err(|refusal| {
            Box::new(Refused {
                seed: self.state.seed(),
                turn,
                order: 0,
                action: Action::EndTurn,
                refusal,
            })
        })
    }

    /// What the game came to; `None` before its end.
    #[must_use]
    pub fn result(&self) -> Option<GameResult> {
        let debrief = self.state.debrief()?;
        Some(GameResult {
            seed: self.state.seed(),
            digest: self.state.digest(),
            truth: debrief.hidden.last()?.indices,
            published: debrief.open.last()?.indices,
            met: debrief.outcomes.iter().map(|outcome| outcome.met).collect(),
        })
    }

    /// Plays a whole game.
    ///
    /// # Errors
    ///
    /// An order of a plan is refused.
    pub fn play(world: Arc<World>, lineup: &Lineup, seed: u32) -> Result<Self, Box<Refused>> {
        let mut game = Self::new(world, seed);
        while !game.state.over() {
            game.turn(lineup)?;
        }
        Ok(game)
    }
}
