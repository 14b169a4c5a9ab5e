//! The first turn of whoever learns the game: what to do next, one thing at a time.
//!
//! Where a newcomer stands is read off the game and not written down, so that undo and Continue
//! lead on from the right place, and a game is the same game with hints and without.

use super::desk::DESKS_IN_SIGHT;
use super::{Screen, Table};
use crate::rules::View;

/// What a newcomer is told to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Take a team from the tray.
    Team,
    /// Put it on the map.
    Place,
    /// See what is left, and look at another place.
    Look,
    /// End the turn.
    EndTurn,
    /// Go on: with one record there is nothing to compare.
    FirstRecord,
    /// Ask about one bar.
    Bar,
}

impl Table {
    /// Whether so many sit down that each desk says first what it minds and what it needs.
    #[must_use]
    pub fn goes_round(&self) -> bool {
        !self.solo && self.scenario.world.seats.len() > DESKS_IN_SIGHT
    }

    /// Whether the first turn of this scenario can be led: it is the one to learn with, and one hand
    /// gives its orders. Where each desk has its own, people lead each other.
    #[must_use]
    pub fn can_be_led(&self) -> bool {
        let first = self.shelf.playable(0);
        first.is_some_and(|it| it.meta.id == self.scenario.meta.id) && !self.shows_desks()
    }

    /// What to say to a newcomer on this screen; nothing while something else wants an answer.
    #[must_use]
    pub fn hint(&self, screen: Screen) -> Option<Hint> {
        let asked_for = self.card.is_some() || self.call.is_some() || self.review.is_some();
        if !self.hints || asked_for || !self.can_be_led() {
            return None;
        }
        let view = self.view()?;
        match (screen, view.pages().len()) {
            (Screen::Command, 0) => {
                match (self.hand, self.has_sent()) {
                    (None, false) => Some(Hint::Team),
                    (Some(_), false) => Some(Hint::Place),
                    (None, true) if !self.looked => Some(Hint::Look),
                    (None, true) => Some(Hint::EndTurn),
                    // Whoever moves a team knows how.
                    (Some(_), true) => None,
                }
            }
            (Screen::Feedback, 1) => Some(Hint::FirstRecord),
            (Screen::Feedback, 2) => {
                let why = view.why(self.why_place, Some(self.family))?;
                let bar = why.bars.iter().any(|bar| bar.rule.is_some());
                bar.then_some(Hint::Bar)
            }
            _ => None,
        }
    }

    fn has_sent(&self) -> bool {
        let sent = |view: View| view.units().any(|(_, post)| post.at.is_some());
        self.view().is_some_and(sent)
    }

    /// Another place is looked at. Before somebody was sent there was nothing to compare it with.
    pub(super) fn look_round(&mut self) {
        self.looked |= self.has_sent();
    }

    /// The record can be compared, and whoever was led has looked at it or gone on: that is all, and
    /// it is told once.
    pub(super) fn led(&mut self) {
        let compared = self.view().is_some_and(|view| view.pages().len() == 2);
        if compared && self.can_be_led() {
            self.hints = false;
        }
    }
}
