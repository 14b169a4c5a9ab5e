//! Going back in a game: to look, to undo, to go on from an earlier point. Nothing is erased.

use super::act::{Asked, Overlay, Screen};
use super::{Act, Table, is_order};
use crate::rules::{Action, State};
use crate::session::{Act as Given, Consent, TimeError};
use bevy::prelude::*;
use std::sync::Arc;

/// A moment of the game that is looked at. Nothing can be ordered in it.
#[derive(Clone, Debug)]
pub struct Review {
    /// The act after which it is; 0 is the start.
    pub n: u32,
    /// The game as it stood.
    state: Arc<State>,
    /// The screen that was left for it.
    from: Screen,
}

/// Why the game goes to another moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// What came after is taken back.
    Undo,
    /// Another line of play begins here.
    Fork,
    /// Back to a line of play that was left.
    Line,
}

/// A way to another moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The act after which it is.
    pub n: u32,
    /// Why.
    pub way: Way,
}

/// A line of play that was left and can be gone back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its last act.
    pub n: u32,
    /// The turn that it was left in.
    pub turn: u16,
    /// The turn in which it parts from the line in force.
    pub parts: u16,
    /// Orders that stand on it alone.
    pub orders: usize,
}

/// Lines that were left are listed up to this many, the last first.
const MOST_LINES: usize = 8;

impl Table {
    /// The moment that is looked at.
    #[must_use]
    pub fn review(&self) -> Option<&Review> {
        self.review.as_ref()
    }

    /// The game as it stood at the moment that is looked at.
    pub(super) fn reviewed(&self) -> Option<&State> {
        self.review.as_ref().map(|review| &*review.state)
    }

    /// The acts that led to now, from the first.
    #[must_use]
    pub fn given(&self) -> Vec<&Given> {
        self.session
            .as_ref()
            .map_or_else(Vec::new, |session| session.history())
    }

    /// Whether anything has been ordered.
    #[must_use]
    pub fn has_history(&self) -> bool {
        self.given()
            .iter()
            .any(|act| is_order(&act.action) || act.ends_turn())
    }

    /// The act after which a turn of the line in force was open and nothing was ordered in it.
    #[must_use]
    pub fn opened(&self, turn: u16) -> Option<u32> {
        let given = self.given();
        let opens = |act: &&&Given| match act.action {
            Action::SetUp { .. } => turn == 1,
            Action::EndTurn => act.turn + 1 == turn,
            _ => false,
        };
        given.iter().rfind(opens).map(|act| act.n)
    }

    /// The turn being planned now, whatever is looked at.
    #[must_use]
    pub fn turn_now(&self) -> u16 {
        self.session.as_ref().map_or(1, |session| {
            session.journal().turn_after(session.journal().head())
        })
    }

    /// The turn that is open after an act.
    #[must_use]
    pub fn turn_after(&self, n: u32) -> u16 {
        self.session
            .as_ref()
            .map_or(1, |session| session.journal().turn_after(n))
    }

    /// The act with this number, on any line of play.
    #[must_use]
    pub fn act_of(&self, n: u32) -> Option<&Given> {
        self.session.as_ref()?.journal().act(n)
    }

    /// Lines of play that were left, the last first. An order that was taken back by itself is none.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let Some(session) = &self.session else {
            return Vec::new();
        };
        let journal = session.journal();
        let here: Vec<u32> = self.given().iter().map(|act| act.n).collect();
        let mut lines: Vec<Line> = journal
            .tips()
            .into_iter()
            .filter(|tip| !here.contains(&tip.n) && !tip.unfinished())
            .filter_map(|tip| {
                let path = journal.path(tip.n);
                let own: Vec<&&Given> = path.iter().filter(|act| !here.contains(&act.n)).collect();
                let orders = own.iter().filter(|act| is_order(&act.action)).count();
                let played = own.iter().any(|act| act.ends_turn());
                (played || orders > 1).then(|| Line {
                    n: tip.n,
                    turn: journal.turn_after(tip.n),
                    parts: own.first().map_or(1, |act| act.turn),
                    orders,
                })
            })
            .collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.n));
        lines.truncate(MOST_LINES);
        lines
    }

    /// Whether an act may be done while an earlier moment is looked at.
    pub(super) fn fits_review(act: &Act) -> bool {
        matches!(
            act,
            Act::Set(_)
                | Act::Language
                | Act::NextLook
                | Act::Home
                | Act::Show(_)
                | Act::Close
                | Act::Rebind(_)
                | Act::Bind(_)
                | Act::SwitchOff(_)
                | Act::UsualKey(_)
                | Act::UsualKeys
                | Act::Precinct(_)
                | Act::PutBack
                | Act::LetGo
                | Act::Panel
                | Act::Open(_)
                | Act::Explain(_)
                | Act::Ask(_)
                | Act::ExplainAt(_)
                | Act::Read(_)
                | Act::Leaf(_)
                | Act::Gloss(_)
                | Act::Review(_)
                | Act::Present
                | Act::GoTo(_)
                | Act::Agree
                | Act::MapLayers
                | Act::MapLayer(_)
                | Act::MapSight(_)
                | Act::Desk(_)
                | Act::Uncover
                | Act::Page(_)
                | Act::Sheet(_)
                | Act::Thing(_)
        )
    }

    /// Looks at the moment after act `n`.
    pub(super) fn look_at(&mut self, n: u32) -> Asked {
        if self.call.is_some() {
            self.lay_over(None);
            self.notice = Some(self.words().say("history.call-first"));
            return Asked::Draw;
        }
        let Some(session) = self.session.as_mut() else {
            return Asked::Draw;
        };
        if n == session.journal().head() {
            return self.look_at_now();
        }
        match session.state_at(n) {
            Ok(state) => {
                self.hand = None;
                self.card = None;
                let from = self.review.take().map(|review| review.from);
                self.review = Some(Review {
                    n,
                    state,
                    from: from.unwrap_or(Screen::Title),
                });
                self.lay_over(None);
                if from.is_some() {
                    return Asked::Go(Screen::Command);
                }
                Asked::Look
            }
            Err(error) => {
                self.notice = Some(self.words().sentence(&error));
                Asked::Draw
            }
        }
    }

    /// The screen to which the look back leads home.
    pub fn look_from(&mut self, screen: Screen) {
        if let Some(review) = &mut self.review {
            review.from = screen;
        }
    }

    /// Back from what was to what is.
    pub(super) fn look_at_now(&mut self) -> Asked {
        self.card = None;
        self.lay_over(None);
        match self.review.take() {
            Some(review) => Asked::Go(review.from),
            None => Asked::Draw,
        }
    }

    /// Goes to another moment; where that takes more back than this hand's own orders of the open
    /// turn, the facilitator is asked first.
    pub(super) fn go_to(&mut self, step: Step, consent: Consent) -> Asked {
        let seat = self.seat();
        // What came out since the orders were closed cannot be unknown again.
        let closed = |act: &&Given| act.n > step.n && act.action == Action::Close;
        let ask = consent == Consent::NotGiven && self.given().iter().any(closed);
        let Some(session) = self.session.as_mut() else {
            return Asked::Draw;
        };
        let gone = match step.way {
            _ if ask => Err(TimeError::NeedsConsent {
                turn: session.journal().turn_after(step.n),
            }),
            Way::Fork => session.fork(step.n, &seat, consent),
            Way::Undo | Way::Line => session.jump(step.n, &seat, consent),
        };
        match gone {
            Ok(()) => {
                info!("the game goes on after act {}", step.n);
                self.clear();
                Asked::Go(self.screen_now())
            }
            Err(TimeError::NeedsConsent { .. }) => {
                self.lay_over(Some(Overlay::Consent));
                self.step = Some(step);
                Asked::Draw
            }
            Err(error) => {
                self.lay_over(None);
                self.notice = Some(self.words().sentence(&error));
                Asked::Draw
            }
        }
    }

    /// The facilitator agrees to the step that was asked about.
    pub(super) fn agree(&mut self) -> Asked {
        match self.step.take() {
            Some(step) => self.go_to(step, Consent::Given),
            None => Asked::Draw,
        }
    }
}
