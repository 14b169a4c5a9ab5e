//! Going back and on: undo, redo, jump and fork move the head; nothing is erased.

use super::error::{ActError, Dependent, TimeError};
use super::journal::Act;
use super::log::{Mark, Record, Why};
use super::play::{Draft, Session};
use super::store::Store;
use crate::rules::command;
use crate::rules::{Action, Id, Ledger, State, Table};
use std::sync::Arc;

/// Whether the facilitator agrees that a played turn, or another desk's order, is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Not asked, or no.
    NotGiven,
    /// Yes.
    Given,
}

impl<S: Store> Session<S> {
    /// Takes back the last order of `seat`; where one hand holds all desks, the last order of any.
    ///
    /// Later orders of other desks are kept. Inside the turn this is free; where the turn holds no
    /// such order, the turn before is opened again, with consent.
    ///
    /// # Errors
    ///
    /// There is no such order, another desk's order needs it, consent is missing, or it could not
    /// be written down. Nothing has changed then.
    pub fn undo(&mut self, seat: &Id, consent: Consent) -> Result<(), TimeError> {
        self.mend()?;
        let head = self.journal.head();
        let shared = self.journal.table(head) == Table::Shared;
        let own = |act: &&Act| {
            (shared || act.seat == *seat)
                && !matches!(act.action, Action::SetUp { .. } | Action::Close)
        };
        let path = self.journal.path(head);
        let turn_start = path
            .iter()
            .rposition(|act| act.ends_turn())
            .map_or(0, |at| at + 1);
        if let Some(at) = path.iter().rposition(own).filter(|at| *at >= turn_start) {
            // What has come out since the orders were closed cannot be unknown again.
            if (path[at..].iter()).any(|act| act.action == Action::Close) {
                return Err(TimeError::NothingToUndo);
            }
            let taken = path[at].clone();
            let later: Vec<Act> = path[at + 1..].iter().map(|act| (*act).clone()).collect();
            return self.undo_order(seat, &taken, &later);
        }
        let Some(ended) = turn_start.checked_sub(1).map(|at| path[at].clone()) else {
            return Err(TimeError::NothingToUndo);
        };
        if !path.iter().any(own) {
            return Err(TimeError::NothingToUndo);
        }
        if consent == Consent::NotGiven {
            return Err(TimeError::NeedsConsent { turn: ended.turn });
        }
        if path.len() > turn_start {
            let orders = path[turn_start..]
                .iter()
                .map(|act| dependent(act, None))
                .collect();
            return Err(TimeError::NeededBy(orders));
        }
        let now = self.state_at(ended.parent)?;
        self.move_head(
            ended.parent,
            Why::Undo {
                by: seat.clone(),
                act: ended.n,
            },
            now,
        )
    }

    /// Takes one order of the open turn out of the line in force and keeps the `later` ones.
    fn undo_order(&mut self, seat: &Id, taken: &Act, later: &[Act]) -> Result<(), TimeError> {
        let mut state = self.state_at(taken.parent)?;
        let (mut needed_by, mut reasons) = (Vec::new(), Vec::new());
        let mut draft = Draft::after(&self.journal);
        let (mut n, mut parent) = (self.journal.next(), taken.parent);
        for act in later {
            let mut ledger = Ledger::without_detail();
            match command::apply(&state, &act.seat, &act.action, &mut ledger) {
                Ok(next) => state = Arc::new(next),
                Err(refusal) => needed_by.push(dependent(act, Some(refusal))),
            }
            // The first of them would become the head if it were, so that the kept orders take
            // force together with the undo or not at all.
            draft.add(Record::Act {
                n,
                parent,
                seat: act.seat.clone(),
                action: act.action.clone(),
            })?;
            // An order that is kept under another number keeps what it went by.
            reasons.extend(self.journal.reason(act.n).map(|reason| Mark::Reason {
                seat: act.seat.clone(),
                act: n,
                reason,
            }));
            (parent, n) = (n, n + 1);
        }
        if !needed_by.is_empty() {
            return Err(TimeError::NeededBy(needed_by));
        }
        draft.add(Record::Head {
            n: parent,
            why: Why::Undo {
                by: seat.clone(),
                act: taken.n,
            },
        })?;
        for reason in reasons {
            draft.add(Record::Mark(reason))?;
        }
        self.commit(draft)?;
        self.now = state;
        Ok(())
    }

    /// Puts back what `seat` last took back; where one hand holds all desks, what anyone did.
    ///
    /// If nothing was ordered since, the game is exactly where it was. Otherwise the order is given
    /// again on top of what was.
    ///
    /// # Errors
    ///
    /// There is nothing to put back, the order can no longer be given, or it could not be written
    /// down. Nothing has changed then.
    pub fn redo(&mut self, seat: &Id) -> Result<(), TimeError> {
        self.mend()?;
        let head = self.journal.head();
        let shared = self.journal.table(head) == Table::Shared;
        let undone = self
            .journal
            .undone()
            .iter()
            .rev()
            .find(|undone| shared || undone.by == *seat);
        let undone = undone.ok_or(TimeError::NothingToRedo)?.clone();
        if undone.to == head {
            let now = self.state_at(undone.from)?;
            let why = Why::Redo {
                by: seat.clone(),
                act: undone.act,
            };
            return self.move_head(undone.from, why, now);
        }
        let act = self
            .journal
            .act(undone.act)
            .ok_or(TimeError::NothingToRedo)?
            .clone();
        self.act(&act.seat, &act.action)
            .map_err(|error| match error {
                ActError::Refused(refusal) => TimeError::RedoRefused(refusal),
                other => other.into(),
            })?;
        if let Some(reason) = self.journal.reason(act.n) {
            let (seat, act) = (act.seat, self.journal.head());
            self.mark(Mark::Reason { seat, act, reason })?;
        }
        Ok(())
    }

    /// Whether `seat` has an order to put back.
    #[must_use]
    pub fn can_redo(&self, seat: &Id) -> bool {
        let shared = self.journal.table(self.journal.head()) == Table::Shared;
        self.journal
            .undone()
            .iter()
            .any(|undone| shared || undone.by == *seat)
    }

    /// Goes to the moment after act `n`, on any line of play; 0 is the start. Free if it takes back
    /// no more than own orders of the open turn; otherwise with consent.
    ///
    /// # Errors
    ///
    /// There is no such moment, consent is missing, or it could not be written down. Nothing has
    /// changed then.
    pub fn jump(&mut self, n: u32, by: &Id, consent: Consent) -> Result<(), TimeError> {
        self.go(n, by, consent, Why::Jump { by: by.clone() })
    }

    /// Begins another line of play from the moment after act `n`; the line that was in force stays
    /// in the log ([`super::Journal::tips`]) and can be gone back to. Consent as for
    /// [`Self::jump`].
    ///
    /// # Errors
    ///
    /// As for [`Self::jump`].
    pub fn fork(&mut self, n: u32, by: &Id, consent: Consent) -> Result<(), TimeError> {
        self.go(n, by, consent, Why::Fork { by: by.clone() })
    }

    fn go(&mut self, n: u32, by: &Id, consent: Consent, why: Why) -> Result<(), TimeError> {
        self.mend()?;
        let now = self.state_at(n)?;
        let path = self.journal.path(self.journal.head());
        let target = self.journal.path(n);
        let common = path
            .iter()
            .zip(&target)
            .take_while(|(a, b)| a.n == b.n)
            .count();
        let shared = self.journal.table(self.journal.head()) == Table::Shared;
        let free = |act: &&Act| !act.ends_turn() && (shared || act.seat == *by);
        let onward = target.len() > common;
        if consent == Consent::NotGiven && (onward || !path[common..].iter().all(free)) {
            return Err(TimeError::NeedsConsent {
                turn: self.journal.turn_after(n),
            });
        }
        self.move_head(n, why, now)
    }

    fn move_head(&mut self, n: u32, why: Why, now: Arc<State>) -> Result<(), TimeError> {
        let mut draft = Draft::after(&self.journal);
        draft.add(Record::Head { n, why })?;
        self.commit(draft)?;
        self.now = now;
        Ok(())
    }
}

fn dependent(act: &Act, refusal: Option<crate::rules::Refusal>) -> Dependent {
    Dependent {
        n: act.n,
        seat: act.seat.clone(),
        action: act.action.clone(),
        refusal,
    }
}
