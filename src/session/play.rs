//! A game in progress: what is ordered is written down first and shown as done after.

use super::error::{ActError, OpenError, StoreError, TimeError};
use super::journal::{Act, Journal};
use super::log::{Chain, Flaw, MAX_LOG, Mark, Record};
use super::opening::Setting;
use super::states::States;
use super::store::Store;
use super::verify::{Marks, export};
use crate::rules::command;
use crate::rules::gap::Gap;
use crate::rules::{Action, Entry, Id, Ledger, State};
use std::sync::Arc;

/// A game in progress and its log.
///
/// When a method returns `Ok`, what it did is in the log; when it returns an error, the game is as
/// it was before, in memory and, as far as the store still obeys, in the log.
#[derive(Clone, Debug)]
pub struct Session<S = Box<dyn Store + Send + Sync>> {
    pub(super) store: S,
    pub(super) journal: Journal,
    pub(super) states: States,
    pub(super) now: Arc<State>,
    /// Whether the log may hold more than the journal: something was being written when it failed.
    torn: bool,
}

/// Lines to be written, and the records they hold.
pub(super) struct Draft {
    chain: Chain,
    lines: String,
    records: Vec<(Record, usize)>,
    bytes: usize,
}

impl Draft {
    /// A draft that goes on where `journal` ends.
    pub fn after(journal: &Journal) -> Self {
        Self {
            chain: journal.chain,
            lines: String::new(),
            records: Vec::new(),
            bytes: journal.bytes,
        }
    }

    /// Adds the line of a record.
    pub fn add(&mut self, record: Record) -> Result<(), ActError> {
        let before = self.lines.len();
        self.chain
            .seal(&record, &mut self.lines)
            .map_err(|flaw| match flaw {
                Flaw::TooLong => ActError::TooLong,
                _ => ActError::LogFull,
            })?;
        self.bytes += self.lines.len() - before;
        if self.bytes > MAX_LOG {
            return Err(ActError::LogFull);
        }
        self.records.push((record, self.bytes));
        Ok(())
    }
}

impl<S: Store> Session<S> {
    /// Starts a game in an empty store.
    ///
    /// # Errors
    ///
    /// The store is not empty or cannot be written.
    pub fn create(mut store: S, setting: &Setting, seed: u32) -> Result<Self, OpenError> {
        if !store.read_all()?.is_empty() {
            return Err(OpenError::NotEmpty);
        }
        let header = setting.header(seed);
        let (mut chain, mut line) = (Chain::default(), String::new());
        if chain
            .seal(&Record::Header(header.clone()), &mut line)
            .is_err()
        {
            return Err(StoreError::TooLarge.into());
        }
        if let Err(error) = store.append(line.as_bytes()).and_then(|()| store.sync()) {
            // Half a header would stand in the way of the next try; a store that does not even
            // forget it will say so then.
            drop(store.truncate(0));
            return Err(error.into());
        }
        let journal = Journal::new(header, chain, line.len());
        let states = States::new(Arc::clone(&setting.world), seed);
        let now = Arc::clone(states.start());
        Ok(Self::resume(store, journal, states, now))
    }

    /// A session that goes on where `journal` ends.
    pub(super) fn resume(store: S, journal: Journal, states: States, now: Arc<State>) -> Self {
        Self {
            store,
            journal,
            states,
            now,
            torn: false,
        }
    }

    /// The game as it stands. Read it through [`crate::rules::view`] until its debrief.
    #[must_use]
    pub fn state(&self) -> &Arc<State> {
        &self.now
    }

    /// The log as it has been taken in: header, acts, marks, turns.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Where the log is kept.
    #[must_use]
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Gives up the game and returns where its log is kept.
    #[must_use]
    pub fn into_store(self) -> S {
        self.store
    }

    /// The acts that led here, from the first.
    #[must_use]
    pub fn history(&self) -> Vec<&Act> {
        self.journal.path(self.journal.head())
    }

    /// Gives an order, sets the game up, or ends a turn. The end of a turn is also safe against loss
    /// of power when this returns.
    ///
    /// # Errors
    ///
    /// The rules refuse it, or it could not be written down. Nothing has changed then.
    pub fn act(&mut self, seat: &Id, action: &Action) -> Result<(), ActError> {
        self.mend()?;
        command::check(&self.now, seat, action).map_err(ActError::Refused)?;
        let n = self.journal.next();
        let mut draft = Draft::after(&self.journal);
        draft.add(Record::Act {
            n,
            parent: self.journal.head(),
            seat: seat.clone(),
            action: action.clone(),
        })?;
        if *action == Action::EndTurn {
            return self.guard(|session| session.end_turn(n, seat, draft));
        }
        let mut ledger = Ledger::without_detail();
        let next = command::apply(&self.now, seat, action, &mut ledger);
        let next = Arc::new(next.map_err(ActError::Refused)?);
        self.commit(draft)?;
        self.now = next;
        Ok(())
    }

    /// The end of a turn is written before it is played, so that a turn that stops the program is
    /// found in the log; see [`super::opening`] for what happens then.
    fn end_turn(&mut self, n: u32, seat: &Id, mut draft: Draft) -> Result<(), ActError> {
        self.store.append(draft.lines.as_bytes())?;
        draft.lines.clear();
        let mut ledger = Ledger::without_detail();
        let next = command::apply(&self.now, seat, &Action::EndTurn, &mut ledger);
        let next = Arc::new(next.map_err(ActError::Refused)?);
        draft.add(Record::Turn {
            n,
            digest: next.digest(),
            summary: next.summary(),
        })?;
        self.store.append(draft.lines.as_bytes())?;
        self.store.sync()?;
        self.accept(draft);
        self.states.keep(n, Arc::clone(&next));
        self.now = next;
        Ok(())
    }

    /// Writes something worth keeping that changes nothing in the game.
    ///
    /// # Errors
    ///
    /// A text is too long, or it could not be written down.
    pub fn mark(&mut self, mark: Mark) -> Result<(), ActError> {
        self.mend()?;
        if !mark.fits() {
            return Err(ActError::TooLong);
        }
        let mut draft = Draft::after(&self.journal);
        draft.add(Record::Mark(mark))?;
        self.commit(draft)
    }

    /// Makes all that was done safe against loss of power.
    ///
    /// # Errors
    ///
    /// The disk did not confirm it.
    pub fn sync(&mut self) -> Result<(), StoreError> {
        self.mend()?;
        self.store.sync()
    }

    /// The state after act `n` of the log, on any line of play; 0 is the start. The game stays
    /// where it is.
    ///
    /// # Errors
    ///
    /// There is no such act, or it does not stand under the rules.
    pub fn state_at(&mut self, n: u32) -> Result<Arc<State>, TimeError> {
        if n == self.journal.head() {
            return Ok(Arc::clone(&self.now));
        }
        match self.journal.act(n) {
            None if n != 0 => Err(TimeError::NoSuchMoment),
            Some(act) if act.unfinished() => Err(TimeError::Unfinished),
            _ => self
                .states
                .at(&self.journal, n)
                .map_err(|_| TimeError::DoesNotStand),
        }
    }

    /// The state when `turn` was opened, on the line in force. The game stays where it is.
    ///
    /// # Errors
    ///
    /// The game has not come that far.
    pub fn seek(&mut self, turn: u16) -> Result<Arc<State>, TimeError> {
        let n = self.turn_start(turn).ok_or(TimeError::NoSuchMoment)?;
        self.state_at(n)
    }

    /// The act after which `turn` was open, on the line in force; 0 for the first turn.
    #[must_use]
    pub fn turn_start(&self, turn: u16) -> Option<u32> {
        if turn == 1 {
            return Some(0);
        }
        let path = self.history();
        path.iter()
            .find(|act| act.ends_turn() && act.turn + 1 == turn)
            .map(|act| act.n)
    }

    /// Every change of `turn` with its causes, on the line in force: what opened it and, once it
    /// has been played, what came of it. It tells what is true, so it is for the debrief.
    ///
    /// # Errors
    ///
    /// The game has not come that far.
    pub fn true_ledger(&mut self, turn: u16) -> Result<Vec<Entry>, TimeError> {
        let started = self.turn_start(turn).ok_or(TimeError::NoSuchMoment)?;
        let ended = turn.checked_add(1).and_then(|next| self.turn_start(next));
        let mut entries = Vec::new();
        for n in [Some(started), ended].into_iter().flatten() {
            if self.journal.act(n).is_none() {
                continue;
            }
            let mut ledger = Ledger::keeping();
            self.redo_for_book(n, &mut ledger)?;
            entries.extend(ledger.entries().iter().filter(|entry| entry.turn == turn));
        }
        Ok(entries)
    }

    /// Why the record of `turn` was not what was expected, precinct × family, on the line in force. It
    /// tells what is true, so it is for the debrief.
    ///
    /// # Errors
    ///
    /// The turn has not been played.
    pub fn true_gaps(&mut self, turn: u16) -> Result<Vec<Gap>, TimeError> {
        let next = turn.checked_add(1).ok_or(TimeError::NoSuchMoment)?;
        let ended = self.turn_start(next).ok_or(TimeError::NoSuchMoment)?;
        let mut ledger = Ledger::opened();
        self.redo_for_book(ended, &mut ledger)?;
        Ok(ledger.gaps().to_vec())
    }

    /// Does an act of the journal once more, for its book.
    fn redo_for_book(&mut self, n: u32, ledger: &mut Ledger) -> Result<(), TimeError> {
        let act = self.journal.act(n).ok_or(TimeError::NoSuchMoment)?;
        let (parent, seat, action) = (act.parent, act.seat.clone(), act.action.clone());
        let before = self.state_at(parent)?;
        command::apply(&before, &seat, &action, ledger)
            .map(|_| ())
            .map_err(|_| TimeError::DoesNotStand)
    }

    /// The log as text, to hand on: with its marks, or without what people wrote and were called.
    ///
    /// # Errors
    ///
    /// The log cannot be read, or is not what was written to it.
    pub fn export(&mut self, marks: Marks) -> Result<String, OpenError> {
        let mut log = self.store.read_all()?;
        log.truncate(self.journal.bytes);
        export(&log, marks).map_err(OpenError::NotALog)
    }

    /// Writes a draft and takes it in.
    pub(super) fn commit(&mut self, draft: Draft) -> Result<(), ActError> {
        self.guard(|session| {
            session.store.append(draft.lines.as_bytes())?;
            session.accept(draft);
            Ok(())
        })
    }

    /// Takes in what has been written.
    fn accept(&mut self, draft: Draft) {
        for (record, bytes) in draft.records {
            let taken = self.journal.take(record);
            debug_assert!(
                taken.is_ok(),
                "a record of this session does not fit its journal"
            );
            self.journal.bytes = bytes;
        }
        self.journal.chain = draft.chain;
    }

    /// Does something that writes. What a failure has left in the log is taken out again.
    fn guard<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, ActError>,
    ) -> Result<T, ActError> {
        self.torn = true;
        let done = work(self);
        if done.is_ok() {
            self.torn = false;
        } else {
            // If even this fails, the next act tries again before it writes anything.
            drop(self.mend());
        }
        done
    }

    /// Cuts the log to what has been acknowledged, if more may be in it.
    pub(super) fn mend(&mut self) -> Result<(), StoreError> {
        if self.torn {
            self.store.truncate(self.journal.bytes)?;
            self.torn = false;
        }
        Ok(())
    }
}
