//! States of a game by act: a few are kept, the others are played again from the nearest one.

use super::journal::{Act, Journal};
use crate::rules::command;
use crate::rules::{Ledger, Refusal, State, World};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many states are kept. Each holds the pages of all turns before it, so keeping every one
/// would grow with the square of the game.
const KEPT: usize = 24;
/// Of the older turns, one in so many is kept.
const STRIDE: u16 = 8;

/// An act that the rules refuse, where a log says that it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DoesNotStand {
    /// The act.
    pub n: u32,
    /// Why.
    pub refusal: Refusal,
}

/// The states that are kept.
#[derive(Clone, Debug)]
pub(super) struct States {
    start: Arc<State>,
    after_turns: BTreeMap<u32, Arc<State>>,
}

impl States {
    /// The states of a game that has not begun.
    pub fn new(world: Arc<World>, seed: u32) -> Self {
        Self {
            start: Arc::new(State::new(world, seed)),
            after_turns: BTreeMap::new(),
        }
    }

    /// The state before the first act.
    pub fn start(&self) -> &Arc<State> {
        &self.start
    }

    /// Keeps the state after act `n`, which ended a turn.
    pub fn keep(&mut self, n: u32, state: Arc<State>) {
        self.after_turns.insert(n, state);
        if self.after_turns.len() > KEPT {
            let passing = |state: &State| state.turn() % STRIDE != 1;
            let first = self.after_turns.iter().find(|(_, state)| passing(state));
            let gone = first
                .or_else(|| self.after_turns.iter().next())
                .map(|(n, _)| *n);
            if let Some(gone) = gone {
                self.after_turns.remove(&gone);
            }
        }
    }

    /// The state after act `n`; 0 is the start.
    ///
    /// # Errors
    ///
    /// The first act on the way that the rules refuse.
    pub fn at(&mut self, journal: &Journal, n: u32) -> Result<Arc<State>, DoesNotStand> {
        let mut way: Vec<&Act> = Vec::new();
        let mut at = n;
        let mut state = loop {
            if let Some(kept) = self.after_turns.get(&at) {
                break Arc::clone(kept);
            }
            let Some(act) = journal.act(at) else {
                break Arc::clone(&self.start);
            };
            way.push(act);
            at = act.parent;
        };
        for act in way.into_iter().rev() {
            state = Arc::new(play(&state, act)?);
            if act.ends_turn() {
                self.keep(act.n, Arc::clone(&state));
            }
        }
        Ok(state)
    }
}

/// The state after an act of the log.
pub(super) fn play(state: &State, act: &Act) -> Result<State, DoesNotStand> {
    command::apply(state, &act.seat, &act.action, &mut Ledger::without_detail())
        .map_err(|refusal| DoesNotStand { n: act.n, refusal })
}
