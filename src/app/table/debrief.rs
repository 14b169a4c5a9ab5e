//! What is opened when a game is over: which page lies open, and the true book added up.

use super::Table;
use crate::rules::gap::Gap;
use crate::rules::id::{FamilyIx, Id, PrecinctIx, SeatIx};
use crate::rules::ledger::{Account, Cause};
use crate::rules::table::Handover;
use crate::rules::view::Why;
use crate::rules::{Index, State, view};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The pages of the debrief, in the order in which a room reads them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DebriefPage {
    /// The record, and the truth drawn over it.
    #[default]
    Truth,
    /// Objectives and figures over time.
    Counted,
    /// What moved the true figures.
    Ledger,
    /// What was decided, and what stood behind the cards.
    Decisions,
    /// Who knew what, and who promised what.
    Notes,
    /// What the next shift finds.
    Handover,
}

impl DebriefPage {
    /// Every page, in their order.
    pub const ALL: [Self; 6] = [
        Self::Truth,
        Self::Counted,
        Self::Ledger,
        Self::Decisions,
        Self::Notes,
        Self::Handover,
    ];

    /// Its name in identifiers and texts.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Truth => "truth",
            Self::Counted => "counted",
            Self::Ledger => "ledger",
            Self::Decisions => "decisions",
            Self::Notes => "notes",
            Self::Handover => "handover",
        }
    }

    /// Its name among the pictures of a game.
    #[must_use]
    pub fn picture(self) -> &'static str {
        match self {
            Self::Truth => "debrief",
            Self::Counted => "debrief-counted",
            Self::Ledger => "debrief-ledger",
            Self::Decisions => "debrief-decisions",
            Self::Notes => "debrief-notes",
            Self::Handover => "debrief-handover",
        }
    }
}

/// What lies open of the debrief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The page.
    pub page: DebriefPage,
    /// The figure whose book is read.
    pub index: Index,
    /// Whether a count on record is explained in its place.
    pub record: bool,
    /// The turn whose count is explained.
    pub turn: u16,
    /// The desk whose decisions are read; none reads all.
    pub desk: Option<SeatIx>,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            page: DebriefPage::default(),
            index: Index::Safety,
            record: false,
            turn: u16::MAX,
            desk: None,
        }
    }
}

/// The true book of a whole game, added up, and what was left behind.
#[derive(Clone, Debug, Default)]
pub struct Opened {
    books: BTreeMap<Account, Vec<(Cause, f64)>>,
    /// The game as it stood when each turn had been played, and why its record was not as expected.
    turns: Vec<(Arc<State>, Vec<Gap>)>,
    /// The pages of this game's debrief. Where no desk was told anything of its own and nobody
    /// promised anything, there is no page about that.
    pub pages: Vec<DebriefPage>,
    /// What the next shift finds.
    pub left: Option<Handover>,
}

impl Opened {
    /// What moved an account over the game, points, the largest first. The cards and settings that
    /// moved it most have a line of their own; the others are told together, by their rule.
    #[must_use]
    pub fn book(&self, account: Account) -> &[(Cause, f64)] {
        self.books.get(&account).map_or(&[], Vec::as_slice)
    }

    /// The last turn that has been opened, from 1; 0 where none has.
    #[must_use]
    pub fn last_turn(&self) -> u16 {
        u16::try_from(self.turns.len()).unwrap_or(u16::MAX)
    }

    /// Why the count on record of a family changed in a turn, in one precinct or the city, with what
    /// could not be explained then in its parts. What moved little is left over. `None` for the
    /// first turn.
    #[must_use]
    pub fn why(
        &self,
        turn: u16,
        place: Option<PrecinctIx>,
        family: FamilyIx,
    ) -> Option<(Why, Gap)> {
        let at = usize::from(turn).checked_sub(2)?;
        let [(_, before), (state, now)] = self.turns.get(at..at + 2)? else {
            return None;
        };
        let world = state.world();
        let seat = world
            .seats
            .first()
            .map_or_else(|| Id::from("table"), |seat| seat.id.clone());
        let why = view(state, &seat).why(place, Some(family))?;
        let places = (0..world.precincts.len()).map(PrecinctIx::from_position);
        let mut gap = Gap::default();
        for cell in places
            .filter(|it| place.is_none_or(|place| place == *it))
            .map(|it| world.cell(it, family))
        {
            gap.add(now.get(cell)?, 1.0);
            gap.add(before.get(cell)?, -1.0);
        }
        Some((why, gap))
    }

    /// The page after one; none after the last.
    #[must_use]
    pub fn page_after(&self, page: DebriefPage) -> Option<DebriefPage> {
        let at = self.pages.iter().position(|it| *it == page)?;
        self.pages.get(at + 1).copied()
    }
}

/// The account of a figure: of the whole city, or of one precinct where it has a book of its own.
#[must_use]
pub fn account(index: Index, place: Option<PrecinctIx>) -> Account {
    match (index, place) {
        (Index::Trust, Some(place)) => Account::Trust(place),
        (Index::SenseOfSafety, Some(place)) => Account::FeelSafe(place),
        _ => Account::Index(index),
    }
}

/// So many cards and settings have a line of their own in a book.
const NAMED: usize = 5;
/// What moved a figure less than this over a whole game needs no name, points.
const WORTH_A_NAME: f64 = 0.2;

/// The causes of a book, the largest first: cards and settings by name where they moved much, else
/// together.
fn told_together(mut causes: Vec<(Cause, f64)>) -> Vec<(Cause, f64)> {
    let largest_first = |a: &(Cause, f64), b: &(Cause, f64)| b.1.abs().total_cmp(&a.1.abs());
    causes.sort_by(largest_first);
    let mut told: Vec<(Cause, f64)> = Vec::new();
    let mut named = 0;
    for (cause, by) in causes {
        let has_name = cause.inject.is_some() || cause.instrument.is_some();
        let own_line = has_name && named < NAMED && by.abs() >= WORTH_A_NAME;
        named += usize::from(own_line);
        let cause = if own_line {
            cause
        } else {
            Cause::of(cause.rule)
        };
        match told.iter_mut().find(|it| it.0 == cause) {
            Some((_, sum)) => *sum += by,
            None => told.push((cause, by)),
        }
    }
    told.sort_by(largest_first);
    told
}

impl Table {
    /// Adds the true book up by account and cause, and looks three months ahead. That takes the whole
    /// game once more, so it is done once and not whenever a page is drawn.
    pub(super) fn open_the_books(&mut self) {
        let turns = self.scenario.world.turns;
        let Some(session) = self.session.as_mut() else {
            return;
        };
        let mut sums: BTreeMap<(Account, Cause), i64> = BTreeMap::new();
        for turn in 1..=turns {
            for entry in session.true_ledger(turn).unwrap_or_default() {
                let read = matches!(
                    entry.account,
                    Account::Index(_) | Account::Trust(_) | Account::FeelSafe(_)
                );
                if read {
                    *sums
                        .entry((entry.account, entry.cause.anywhere()))
                        .or_default() += entry.amount;
                }
            }
        }
        let mut played = Vec::new();
        for turn in 1..=turns {
            // A turn that cannot be played again is a turn that nobody can explain.
            let (Ok(state), Ok(gaps)) = (session.seek(turn + 1), session.true_gaps(turn)) else {
                break;
            };
            played.push((state, gaps));
        }
        let mut books: BTreeMap<Account, Vec<(Cause, f64)>> = BTreeMap::new();
        for ((account, cause), sum) in sums.into_iter().filter(|(_, sum)| *sum != 0) {
            let causes = books.entry(account).or_default();
            causes.push((cause, sum as f64 / 1e6));
        }
        for causes in books.values_mut() {
            *causes = told_together(std::mem::take(causes));
        }
        let state = session.state();
        let spoken = state.debrief().is_some_and(|it| {
            !(it.notes.is_empty() && it.promises.is_empty() && it.mandates.is_empty())
        });
        let pages = DebriefPage::ALL.into_iter();
        let pages = pages.filter(|page| spoken || *page != DebriefPage::Notes);
        self.opened = Opened {
            books,
            turns: played,
            pages: pages.collect(),
            left: state.handover(),
        };
    }
}
