//! Asks, answers and promises. Nothing enforces a promise; whether it was kept is told afterwards
//! where the engine can tell.

use crate::rules::action::Action;
use crate::rules::digest::{Canon, Walk, canon};
use crate::rules::id::{Id, SeatIx};
use crate::rules::means::Means;
use crate::rules::view::View;
use crate::rules::world::{OrderKind, World};
use serde::{Deserialize, Serialize};

/// How many asks of a desk can wait for an answer at a time.
pub const MOST_OPEN: u16 = 3;

/// What a desk asks of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Wish {
    /// So many Funds for what the desk has in mind.
    Funds(u16),
    /// An order of this kind.
    Order(OrderKind),
    /// A unit.
    Unit {
        /// Which.
        unit: Id,
        /// The precinct in which it is wanted; anywhere if none is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Id>,
    },
    /// An instrument of the institution.
    Setting {
        /// Which.
        what: Id,
        /// The setting at which it is wanted.
        to: Id,
    },
    /// A word: what the other desk knows.
    Word,
}

/// What a desk answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Reply {
    /// It will be done.
    Yes,
    /// It will be done if the other desk agrees to this.
    YesIf(Wish),
    /// It will not.
    No,
}

/// What one desk has asked of another, which was said aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Its name: the desk's, and how many it had asked by then.
    pub id: Id,
    /// The desk that asks.
    pub seat: SeatIx,
    /// The desk that is asked.
    pub of: SeatIx,
    /// What.
    pub what: Wish,
    /// The turn.
    pub turn: u16,
    /// The answer.
    pub answer: Option<Answered>,
    /// The first turn after a yes in which the engine could tell that it was done.
    pub kept: Option<u16>,
}

/// An answer to an ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What was answered.
    pub verdict: Verdict,
    /// The turn.
    pub turn: u16,
    /// The turn by whose end it was to be done.
    pub by: u16,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Yes,
    /// Yes, if the answer to another ask is yes.
    If(Id),
    /// No.
    No,
}

/// What is known of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kept {
    /// It was done in this turn.
    Kept(u16),
    /// It was not done in time.
    Broken,
    /// The engine cannot tell.
    NotChecked,
}

impl Kept {
    /// Its name in texts (`promise.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Kept(_) => "kept",
            Self::Broken => "broken",
            Self::NotChecked => "not-checked",
        }
    }
}

/// A promise as the debrief tells of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldPromise {
    /// The ask to which the desk said yes.
    pub ask: Ask,
    /// The turn by whose end it was to be done.
    pub by: u16,
    /// Whether it was.
    pub kept: Kept,
}

impl super::Talk {
    /// The asks of a desk that wait for an answer.
    pub fn waiting(&self, seat: SeatIx) -> usize {
        let asks = self.asks.iter();
        asks.filter(|ask| ask.seat == seat && ask.answer.is_none())
            .count()
    }

    /// The name of the next ask of a desk. It counts the desk's own asks alone, so that what one
    /// desk takes back changes no name that another has used.
    pub fn next_ask(&self, world: &World, seat: SeatIx) -> Id {
        let asked = self.asks.iter().filter(|ask| ask.seat == seat).count();
        Id(format!("{}-{}", world.seats[seat.at()].id, asked + 1))
    }

    /// Whether an ask was answered with yes, and what it hung on too; with the turn by whose end it
    /// is to be done.
    fn promised(&self, ask: &Ask) -> Option<u16> {
        let answer = ask.answer.as_ref()?;
        let holds = match &answer.verdict {
            Verdict::Yes => true,
            Verdict::No => false,
            // What an answer hangs on was asked after it, so this comes to an end.
            Verdict::If(other) => {
                let other = self.asks.iter().find(|ask| ask.id == *other);
                other.is_some_and(|other| self.promised(other).is_some())
            }
        };
        holds.then_some(answer.by)
    }

    /// Notes the turn in each promise that is open and that `done` says is kept.
    fn keep(&mut self, turn: u16, done: impl Fn(&Wish) -> bool) {
        let kept: Vec<usize> = (self.asks.iter().enumerate())
            .filter(|(_, ask)| ask.kept.is_none() && done(&ask.what))
            .filter(|(_, ask)| self.promised(ask).is_some_and(|by| turn <= by))
            .map(|(at, _)| at)
            .collect();
        for at in kept {
            self.asks[at].kept = Some(turn);
        }
    }
}

/// Notes the promises that an order keeps.
pub(in crate::rules) fn keep_by_order(means: &mut Means, action: &Action) {
    let turn = means.turn;
    let kind = action.kind();
    means.talk.keep(turn, |wish| match (wish, action) {
        (Wish::Order(wanted), _) => kind == Some(*wanted),
        (
            Wish::Unit { unit, to },
            Action::Assign {
                unit: sent, to: at, ..
            },
        ) => unit == sent && to.as_ref().is_none_or(|to| to == at),
        (
            Wish::Setting { what, to },
            Action::Set {
                what: set, to: at, ..
            },
        ) => what == set && to == at,
        _ => false,
    });
}

/// Notes the promises that are kept by what stands as a turn closes.
pub(in crate::rules) fn keep_by_standing(world: &World, means: &mut Means) {
    let (turn, units, instruments) = (means.turn, &means.units, &means.instruments);
    let stands = |wish: &Wish| match wish {
        Wish::Unit { unit, to } => {
            let at = world.unit(unit).and_then(|unit| units[unit.at()].at);
            at.is_some_and(|(at, _)| {
                to.as_ref()
                    .is_none_or(|to| world.precincts[at.at()].id == *to)
            })
        }
        Wish::Setting { what, to } => world.instrument(what).is_some_and(|at| {
            let wanted = world.instruments[at.at()].setting(to);
            let pointers = instruments[at.at()].iter();
            wanted.is_some_and(|to| pointers.clone().any(|pointer| pointer.ordered() == to))
        }),
        Wish::Funds(_) | Wish::Order(_) | Wish::Word => false,
    };
    let mut talk = std::mem::take(&mut means.talk);
    talk.keep(turn, stands);
    means.talk = talk;
}

/// The promises and what became of them, for the debrief.
pub(in crate::rules) fn told_promises(means: &Means) -> Vec<ToldPromise> {
    let talk = &means.talk;
    let promised = talk.asks.iter().filter_map(|ask| {
        let by = talk.promised(ask)?;
        let kept = match (ask.kept, &ask.what) {
            (Some(turn), _) => Kept::Kept(turn),
            (None, Wish::Funds(_) | Wish::Word) => Kept::NotChecked,
            (None, _) => Kept::Broken,
        };
        let ask = ask.clone();
        Some(ToldPromise { ask, by, kept })
    });
    promised.collect()
}

impl<'a> View<'a> {
    /// What the desks have asked of each other, in the order in which it was said.
    #[must_use]
    pub fn asks(&self) -> &'a [Ask] {
        &self.means.talk.asks
    }
}

canon! {
    Ask { id, seat, of, what, turn, answer, kept }
    Answered { verdict, turn, by }
}

impl Canon for Wish {
    fn canon(&self, walk: &mut Walk) {
        match self {
            Self::Funds(funds) => (0u8, *funds).canon(walk),
            Self::Order(kind) => (1u8, *kind).canon(walk),
            Self::Unit { unit, to } => {
                2u8.canon(walk);
                unit.canon(walk);
                to.canon(walk);
            }
            Self::Setting { what, to } => {
                3u8.canon(walk);
                what.canon(walk);
                to.canon(walk);
            }
            Self::Word => 4u8.canon(walk),
        }
    }
}

impl Canon for Verdict {
    fn canon(&self, walk: &mut Walk) {
        match self {
            Self::Yes => 0u8.canon(walk),
            Self::If(other) => {
                1u8.canon(walk);
                other.canon(walk);
            }
            Self::No => 2u8.canon(walk),
        }
    }
}
