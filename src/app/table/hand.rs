//! Units in the hand: taken, turned, placed, taken back.

use super::Table;
use super::act::{Hand, Slip};
use crate::rules::id::{KindIx, PrecinctIx, UnitIx};
use crate::rules::{Action, Tactic};
use std::sync::Arc;

impl Table {
    pub(super) fn take(&mut self, kind: KindIx) {
        let Some(view) = self.view() else {
            return;
        };
        let free: Vec<UnitIx> = view
            .units()
            .filter(|(unit, post)| post.at.is_none() && view.world().units[unit.at()].kind == kind)
            .map(|(unit, _)| unit)
            .collect();
        let held = self.hand.map(|hand| hand.unit);
        let after = free
            .iter()
            .position(|unit| Some(*unit) == held)
            .map_or(0, |at| at + 1);
        let next = free.get(after).or(free.first()).copied();
        let tactic = self.hand.map(|hand| hand.tactic);
        match next {
            Some(unit) => self.hold(unit, tactic),
            None => {
                let (title, body) = self.words().none_free(kind, &view);
                self.hand = None;
                self.slip = Some(Slip {
                    place: None,
                    kind: None,
                    title,
                    body,
                    ask: None,
                });
            }
        }
    }

    pub(super) fn lift(&mut self, unit: UnitIx) {
        let Some(view) = self.view() else {
            return;
        };
        let found = view.units().find(|(other, _)| *other == unit);
        let Some((place, tactic)) = found.and_then(|(_, post)| post.at) else {
            return;
        };
        self.chosen = Some(place);
        self.hold(unit, Some(tactic));
    }

    fn hold(&mut self, unit: UnitIx, tactic: Option<Tactic>) {
        let can = &self.scenario.world.kind_of(unit).tactics;
        let first = can.first().copied().unwrap_or(Tactic::Visible);
        let tactic = tactic
            .filter(|tactic| can.contains(tactic))
            .unwrap_or(first);
        self.hand = Some(Hand { unit, tactic });
        self.card = None;
        self.panel = false;
    }

    pub(super) fn turn_over(&mut self, tactic: Tactic) {
        if let Some(hand) = &mut self.hand {
            hand.tactic = tactic;
        }
    }

    pub(super) fn touch(&mut self, precinct: PrecinctIx, keep: bool) {
        self.chosen = Some(precinct);
        self.follow_the_map(precinct);
        let Some(hand) = self.hand else {
            return;
        };
        let world = Arc::clone(&self.scenario.world);
        let action = Action::Assign {
            unit: world.units[hand.unit.at()].id.clone(),
            to: world.precincts[precinct.at()].id.clone(),
            tactic: hand.tactic,
        };
        let kind = world.units[hand.unit.at()].kind;
        let taken = self.order(&action, Some(precinct), Some(kind));
        self.hand = None;
        self.desk.on_map &= !taken;
        if taken && keep {
            self.take(kind);
            if let Some(next) = &mut self.hand {
                next.tactic = hand.tactic;
            }
            // That none is left is seen in the tray; it is not a refusal of what was just done.
            self.slip = None;
        }
    }

    pub(super) fn take_back(&mut self, unit: UnitIx) {
        let unit = self.scenario.world.units[unit.at()].id.clone();
        self.order(&Action::Withdraw { unit }, self.chosen, None);
        self.hand = None;
    }

    pub(super) fn take_back_here(&mut self) {
        let here = self.chosen;
        let last = self.view().and_then(|view| {
            view.units()
                .filter(|(_, post)| post.at.is_some_and(|(at, _)| Some(at) == here))
                .last()
        });
        if let Some((unit, _)) = last {
            self.take_back(unit);
        }
    }

    /// Esc: first the hand, then what lies open, then the choice, then the layer on the map, then the menu.
    pub(super) fn put_back(&mut self) {
        if std::mem::take(&mut self.layers_open) {
            return;
        }
        if self.hand.take().is_some() || self.card.take().is_some() {
            return;
        }
        if self.desk.sheet.take().is_some() || std::mem::take(&mut self.desk.on_map) {
            return;
        }
        if std::mem::take(&mut self.panel) || self.chosen.take().is_some() {
            return;
        }
        if self.layer.take().is_some() {
            return;
        }
        self.overlay = Some(super::Overlay::Menu);
    }

    /// A drop in the tray: a unit from the map is taken back, one from the tray just put down.
    pub(super) fn stow(&mut self) {
        let Some(hand) = self.hand.take() else {
            return;
        };
        let placed = self.view().is_some_and(|view| {
            view.units()
                .any(|(u, post)| u == hand.unit && post.at.is_some())
        });
        if placed {
            self.take_back(hand.unit);
        }
    }
}
