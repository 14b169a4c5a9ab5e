//! Units in the hand: taken, turned, placed, taken back.

use super::Table;
use super::act::{Hand, Slip};
use crate::rules::id::{KindIx, PrecinctIx, UnitIx};
use crate::rules::{Action, Tactic};
use std::sync::Arc;

impl Table {
    /// The units of a kind that stand nowhere.
    fn free(&self, kind: KindIx) -> Vec<UnitIx> {
        let world = &self.scenario.world;
        let units = self.view().into_iter().flat_map(|view| view.units());
        let free =
            units.filter(|(unit, post)| post.at.is_none() && world.units[unit.at()].kind == kind);
        free.map(|(unit, _)| unit).collect()
    }

    /// The kind in hand.
    fn kind_in_hand(&self) -> Option<KindIx> {
        self.hand
            .map(|hand| self.scenario.world.units[hand.unit.at()].kind)
    }

    /// The units in hand, the next one first.
    #[must_use]
    pub fn held(&self) -> Vec<UnitIx> {
        let (Some(hand), Some(kind)) = (self.hand, self.kind_in_hand()) else {
            return Vec::new();
        };
        let free = self.free(kind);
        let Some(at) = free.iter().position(|unit| *unit == hand.unit) else {
            // It was lifted from the map.
            return vec![hand.unit];
        };
        let count = (hand.more + 1).min(free.len());
        free.iter().cycle().skip(at).take(count).copied().collect()
    }

    /// How many of the kind in hand could be in it; one, if the unit in hand stands on the map.
    #[must_use]
    pub fn most_in_hand(&self) -> usize {
        let (Some(hand), Some(kind)) = (self.hand, self.kind_in_hand()) else {
            return 0;
        };
        let free = self.free(kind);
        if free.contains(&hand.unit) {
            free.len()
        } else {
            1
        }
    }

    /// Takes all free units of the kind in hand; one that was lifted from the map stays there.
    pub(super) fn take_all(&mut self) {
        let Some(kind) = self.kind_in_hand() else {
            return;
        };
        if self.most_in_hand() < 2 {
            self.hand = None;
            self.take(kind);
        }
        let most = self.most_in_hand();
        if let Some(hand) = &mut self.hand {
            hand.more = most.saturating_sub(1);
        }
    }

    pub(super) fn take_more(&mut self) {
        let most = self.most_in_hand();
        if let Some(hand) = &mut self.hand {
            hand.more = (hand.more + 1).min(most.saturating_sub(1));
        }
    }

    pub(super) fn take_fewer(&mut self) {
        if let Some(hand) = &mut self.hand {
            hand.more = hand.more.saturating_sub(1);
        }
    }

    pub(super) fn deal(&mut self, each: bool) {
        if let Some(hand) = &mut self.hand {
            hand.deal = each;
        }
    }

    pub(super) fn take(&mut self, kind: KindIx) {
        // Several in hand are dragged from where they were taken; they stay together.
        if self.kind_in_hand() == Some(kind) && self.hand.is_some_and(|hand| hand.more > 0) {
            return;
        }
        let Some(view) = self.view() else {
            return;
        };
        let free = self.free(kind);
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
        self.hand = Some(Hand {
            unit,
            tactic,
            more: 0,
            deal: false,
        });
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
            self.look_round();
            return;
        };
        let held = self.held();
        if held.len() > 1 {
            let now = if keep || hand.deal { 1 } else { held.len() };
            self.place_some(hand, &held, now, precinct);
            return;
        }
        let kind = self.scenario.world.units[hand.unit.at()].kind;
        let taken = self.place(hand.unit, hand.tactic, precinct);
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

    /// Orders a unit to a precinct. Whether the order stands.
    fn place(&mut self, unit: UnitIx, tactic: Tactic, to: PrecinctIx) -> bool {
        let world = Arc::clone(&self.scenario.world);
        let what = &world.units[unit.at()];
        let action = Action::Assign {
            unit: what.id.clone(),
            to: world.precincts[to.at()].id.clone(),
            tactic,
        };
        self.order(&action, Some(to), Some(what.kind))
    }

    /// Places the first few of several units in hand, each by an order of its own. Those that are
    /// left stay in hand; where one is refused, what stands is said with the reason.
    fn place_some(&mut self, hand: Hand, held: &[UnitIx], now: usize, to: PrecinctIx) {
        let reason = self.desk.reason;
        let mut placed = 0;
        while placed < now && self.place(held[placed], hand.tactic, to) {
            placed += 1;
            // What one goes by, all go by.
            self.desk.reason = reason.filter(|_| placed < now);
        }
        let left = &held[placed..];
        self.hand = left.first().map(|unit| Hand {
            unit: *unit,
            more: left.len() - 1,
            ..hand
        });
        self.desk.on_map &= !left.is_empty();
        if placed == now {
            return;
        }
        let words = self.words();
        let names: Vec<&str> = held[..placed]
            .iter()
            .map(|unit| words.unit(*unit))
            .collect();
        let key = if names.is_empty() {
            "hand.none-stands"
        } else {
            "hand.stand"
        };
        let names = names.join(&words.say("list.comma"));
        let count = left.len().to_string();
        let text = words.get(key, &[("units", &names), ("count", &count)]);
        if let Some(slip) = &mut self.slip {
            slip.body = [slip.body.as_str(), text.as_str()].join("\n");
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

    /// Opens or closes the panel where it takes the map's place: there what is known of a place is
    /// looked at by opening it.
    pub(super) fn turn_panel(&mut self) {
        self.panel = !self.panel;
        self.look_round();
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
