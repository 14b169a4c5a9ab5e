//! Entry: what each desk has ticked on its order slip is put in at the board, row by row, by number.

use super::act::Overlay;
use super::desk::{Page, stands};
use super::{Asked, Table};
use crate::rules::candidates::Slot;
use crate::rules::id::SeatIx;
use crate::rules::view;

/// What a slip says about a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// Nothing: the desk's standing order fills it, if there is one.
    Nothing,
    /// The suggestion at this position.
    Offer(usize),
    /// Something else: the desk is taken in hand.
    Other,
}

impl Pick {
    /// What a digit stands for: 1, 2 and 3 for A, B and C, 4 for something else.
    #[must_use]
    pub fn of_digit(digit: usize) -> Option<Self> {
        match digit {
            0 => Some(Self::Nothing),
            1..=3 => Some(Self::Offer(digit - 1)),
            4 => Some(Self::Other),
            _ => None,
        }
    }
}

impl Table {
    /// The slots of all desks that people play, desk by desk.
    #[must_use]
    pub fn slip_rows(&self) -> Vec<(SeatIx, Slot)> {
        let Some(view) = self.view() else {
            return Vec::new();
        };
        let seats = view.world().seats.iter().enumerate();
        seats
            .filter(|(at, seat)| !seat.oversight && self.played(SeatIx::from_position(*at)))
            .flat_map(|(at, _)| {
                let seat = SeatIx::from_position(at);
                view.open_slots().iter().map(move |slot| (seat, *slot))
            })
            .collect()
    }

    /// Whether slips can be put in at the board. Where a laptop is handed on covered there is no
    /// board that all look at.
    #[must_use]
    pub fn takes_slips(&self) -> bool {
        let handed_on = self.privacy && self.each_for_itself();
        self.shows_desks() && !handed_on && self.review().is_none() && !self.slip_rows().is_empty()
    }

    /// Lays out the rows, with what could fill each.
    pub(super) fn open_slips(&mut self) {
        let rows = self.slip_rows();
        self.slip_row = self.slip_row.min(rows.len().saturating_sub(1));
        let Some(state) = self.state() else {
            return;
        };
        let known = |row: &(SeatIx, Slot)| {
            let offers = &self.desk.offers;
            offers.iter().any(|(seat, slot, _)| (*seat, *slot) == *row)
        };
        let found: Vec<_> = (rows.iter().filter(|row| !known(row)))
            .map(|(seat, slot)| {
                let eyes = view(state, &self.scenario.world.seats[seat.at()].id);
                (*seat, *slot, eyes.candidates(*seat, *slot))
            })
            .collect();
        self.desk.offers.extend(found);
    }

    /// Puts in what a slip says about the slot of a row, and goes to the next row.
    pub(super) fn fill_slip(&mut self, row: usize, pick: Pick) -> Asked {
        let rows = self.slip_rows();
        let Some((seat, slot)) = rows.get(row).copied() else {
            return Asked::Draw;
        };
        self.slip_row = row;
        let next = (row + 1).min(rows.len() - 1);
        match pick {
            Pick::Nothing => self.slip_row = next,
            Pick::Other => {
                self.lay_over(None);
                self.take_desk(seat);
                self.open_page(Page::Orders);
            }
            Pick::Offer(at) => {
                self.take_desk(seat);
                let Some(offer) = self.offers(slot).get(at).map(|it| it.order.clone()) else {
                    return Asked::Draw;
                };
                let stood = self.view().is_some_and(|view| stands(&view, &offer));
                self.give(&offer);
                if stood || self.slip.is_none() {
                    self.slip = None;
                    self.slip_row = next;
                }
            }
        }
        Asked::Draw
    }

    /// Opens the rows, or puts them away.
    pub(super) fn turn_slips(&mut self) {
        if self.overlay == Some(Overlay::Slips) {
            self.lay_over(None);
        } else if self.takes_slips() {
            self.open_slips();
            self.lay_over(Some(Overlay::Slips));
        }
    }
}
