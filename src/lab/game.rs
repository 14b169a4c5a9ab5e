//! One game without people, from the set-up to the debrief.

use super::lineup::{Lineup, owner};
use crate::rules::command;
use crate::rules::id::SeatIx;
use crate::rules::scoring::INDICES;
use crate::rules::table::{self, Became, Calibration, ToldPromise};
use crate::rules::{Action, Digest, Id, Ledger, Micro, State, Table, World, standing, view};
use crate::session::opening::Setting;
use crate::session::{ActError, MemoryStore, OpenError, Session};
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
    /// The true indices that the next shift finds three months later, points.
    pub left: [Micro; INDICES],
    /// What became of each desk's mandate.
    pub mandates: Vec<(SeatIx, Became)>,
    /// What the desks promised each other.
    pub promises: Promises,
    /// What the room expected of the published figure.
    pub forecasts: Forecasts,
}

/// How many promises came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promises {
    /// They were kept.
    pub kept: usize,
    /// They were not.
    pub broken: usize,
    /// The engine cannot tell.
    pub not_checked: usize,
}

/// How the room's forecasts went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forecasts {
    /// How many there were.
    pub told: usize,
    /// How many had the figure inside.
    pub inside: usize,
    /// From the least to the most, all of them together.
    pub width: usize,
}

impl Promises {
    fn of(told: &[ToldPromise]) -> Self {
        let mut sums = Self::default();
        for promise in told {
            *match promise.kept {
                table::Kept::Kept(_) => &mut sums.kept,
                table::Kept::Broken => &mut sums.broken,
                table::Kept::NotChecked => &mut sums.not_checked,
            } += 1;
        }
        sums
    }
}

impl Forecasts {
    fn of(calibration: &Calibration) -> Self {
        let told = &calibration.told;
        let width = told.iter().map(|it| it.forecast.high - it.forecast.low);
        Self {
            told: told.len(),
            inside: told.iter().filter(|it| it.inside()).count(),
            width: width.map(usize::from).sum(),
        }
    }
}

/// An order was not taken, so the game stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The seed of the game.
    pub seed: u32,
    /// The turn, from 1.
    pub turn: u16,
    /// The order within the turn, from 1; 0 for the set-up and the end of the turn.
    pub order: usize,
    /// What was ordered.
    pub action: Action,
    /// Why not.
    pub why: ActError,
}

/// A game being played, a turn at a time.
#[derive(Clone, Debug)]
pub struct Game {
    kept: Kept,
}

/// What is kept of a game while it is played.
#[derive(Clone, Debug)]
enum Kept {
    /// Where it stands.
    State(Box<State>),
    /// Its whole log.
    Log(Box<Session<MemoryStore>>),
}

impl Game {
    /// A game that is set up with one hand on every desk.
    ///
    /// # Errors
    ///
    /// The world has no desk; one of a checked scenario has.
    pub fn new(world: Arc<World>, seed: u32) -> Result<Self, Box<Refused>> {
        Self::set_up(Kept::State(Box::new(State::new(world, seed))))
    }

    /// The same, with its log.
    ///
    /// # Errors
    ///
    /// The world has no desk, or the log cannot be begun.
    pub fn logged(setting: &Setting, seed: u32) -> Result<Self, Box<Refused>> {
        let session = Session::create(MemoryStore::default(), setting, seed);
        let session = session.map_err(|error| {
            let why = match error {
                OpenError::Store(error) => error.into(),
                _ => ActError::LogFull,
            };
            Box::new(Refused {
                seed,
                turn: 1,
                order: 0,
                action: SET_UP,
                why,
            })
        })?;
        Self::set_up(Kept::Log(Box::new(session)))
    }

    fn set_up(kept: Kept) -> Result<Self, Box<Refused>> {
        let mut game = Self { kept };
        let seat = owner(game.state().world(), &SET_UP);
        game.act(&seat, 0, &SET_UP)?;
        Ok(game)
    }

    /// The game as it stands.
    #[must_use]
    pub fn state(&self) -> &State {
        match &self.kept {
            Kept::State(state) => state,
            Kept::Log(session) => session.state(),
        }
    }

    /// Its log as far as it has come, if one is kept.
    #[must_use]
    pub fn log(&self) -> Option<&[u8]> {
        match &self.kept {
            Kept::State(_) => None,
            Kept::Log(session) => Some(&session.store().log),
        }
    }

    /// Its session, if its log is kept.
    pub(super) fn into_session(self) -> Option<Box<Session<MemoryStore>>> {
        match self.kept {
            Kept::State(_) => None,
            Kept::Log(session) => Some(session),
        }
    }

    /// Gives the `order`-th order of the turn.
    pub(super) fn act(
        &mut self,
        seat: &Id,
        order: usize,
        action: &Action,
    ) -> Result<(), Box<Refused>> {
        let done = match &mut self.kept {
            Kept::State(state) => {
                command::apply(state, seat, action, &mut Ledger::without_detail())
                    .map(|next| **state = next)
                    .map_err(ActError::Refused)
            }
            Kept::Log(session) => session.act(seat, action),
        };
        done.map_err(|why| {
            Box::new(Refused {
                seed: self.state().seed(),
                turn: self.state().turn(),
                order,
                action: action.clone(),
                why,
            })
        })
    }

    /// Gives the orders of a turn and plays it.
    ///
    /// # Errors
    ///
    /// An order of a plan is refused, or the log cannot hold more.
    pub fn turn(&mut self, lineup: &Lineup) -> Result<(), Box<Refused>> {
        lineup.order(self)?;
        let seat = owner(self.state().world(), &Action::EndTurn);
        for (desk, order) in standing::orders(&view(self.state(), &seat)) {
            self.act(&desk, 0, &order)?;
        }
        self.act(&seat, 0, &Action::EndTurn)
    }

    /// Plays to the end.
    ///
    /// # Errors
    ///
    /// An order of a plan is refused, or the log cannot hold more.
    pub fn finish(mut self, lineup: &Lineup) -> Result<Self, Box<Refused>> {
        while !self.state().over() {
            self.turn(lineup)?;
        }
        Ok(self)
    }

    /// What the game came to; `None` before its end.
    #[must_use]
    pub fn result(&self) -> Option<GameResult> {
        let state = self.state();
        let debrief = state.debrief()?;
        Some(GameResult {
            seed: state.seed(),
            digest: state.digest(),
            truth: debrief.hidden.last()?.indices,
            published: debrief.open.last()?.indices,
            met: debrief.outcomes.iter().map(|outcome| outcome.met).collect(),
            left: state.handover()?.indices,
            mandates: (debrief.mandates.iter())
                .map(|told| (told.mandate.seat, told.became))
                .collect(),
            promises: Promises::of(&debrief.promises),
            forecasts: Forecasts::of(&debrief.calibration),
        })
    }
}

const SET_UP: Action = Action::SetUp {
    table: Table::Shared,
    presets: Vec::new(),
};
