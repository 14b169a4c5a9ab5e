//! Money that does not reach: what would make it reach.

use super::Desk;
use crate::rules::id::{Id, KindIx, UnitIx};
use crate::rules::refusal::{Refusal, Remedy};
use crate::rules::units::Cents;

impl Desk<'_> {
    /// Whether the money reaches for `more`.
    pub(super) fn afford(&self, more: Cents) -> Result<(), Refusal> {
        let free = self.means.free(self.world);
        if more > free && more > Cents(0) {
            return Err(self.too_dear(None, more, free));
        }
        Ok(())
    }

    /// Why something that can wait for another turn is refused.
    pub(super) fn too_dear(&self, kind: Option<Id>, needs: Cents, free: Cents) -> Refusal {
        let other = kind.as_ref().and_then(|_| self.affordable(free));
        let remedy = other
            .or_else(|| self.withdrawn(needs, free))
            .or_else(|| self.waited(needs, free))
            .unwrap_or_else(|| self.beyond(free));
        Refusal::Funds {
            kind,
            needs,
            free,
            remedy,
        }
    }

    /// Why an answer is refused. A card does not wait, so neither can the table.
    pub(super) fn answer_too_dear(&self, needs: Cents, free: Cents) -> Refusal {
        let remedy = self
            .withdrawn(needs, free)
            .unwrap_or_else(|| Remedy::Beyond(free + self.sum_of_placed()));
        Refusal::Funds {
            kind: None,
            needs,
            free,
            remedy,
        }
    }

    /// The cheapest kind of unit that stands ready and that the money reaches for.
    fn affordable(&self, free: Cents) -> Option<Remedy> {
        let (world, means) = (self.world, self.means);
        let kind = (means.units.iter().enumerate())
            .filter(|(at, post)| post.at.is_none() && world.units[*at].from <= means.turn)
            .map(|(at, _)| world.units[at].kind)
            .filter(|kind| world.kinds[kind.at()].price <= free)
            .min_by_key(|kind: &KindIx| (world.kinds[kind.at()].price, *kind))?;
        let kind = &world.kinds[kind.at()];
        Some(Remedy::Instead(kind.id.clone(), kind.price))
    }

    /// The units on the map that the desk may take off it now, with what each costs.
    fn placed(&self) -> impl Iterator<Item = (UnitIx, Cents)> {
        let units = (0..self.means.units.len()).map(UnitIx::from_position);
        units
            .filter(|unit| {
                let id = &self.world.units[unit.at()].id;
                self.withdraw(id).is_ok()
            })
            .map(|unit| (unit, self.world.kind_of(unit).price))
    }

    fn sum_of_placed(&self) -> Cents {
        self.placed().map(|(_, price)| price).sum()
    }

    /// The cheapest unit whose money closes the gap, or all of them together.
    fn withdrawn(&self, needs: Cents, free: Cents) -> Option<Remedy> {
        let gap = needs - free;
        let one = self.placed().filter(|(_, price)| *price >= gap);
        if let Some((unit, price)) = one.min_by_key(|(unit, price)| (*price, *unit)) {
            let id = self.world.units[unit.at()].id.clone();
            return Some(Remedy::Withdraw(id, price));
        }
        let sum = self.sum_of_placed();
        (sum >= gap).then_some(Remedy::WithdrawAll(sum))
    }

    /// What is free next turn, as things stand or with the units off the map.
    fn waited(&self, needs: Cents, free: Cents) -> Option<Remedy> {
        let (stand, bare) = self.next_turn(free)?;
        if stand >= needs {
            Some(Remedy::NextTurn(stand))
        } else {
            (bare >= needs).then_some(Remedy::NextTurnWithdrawn(bare))
        }
    }

    /// The most that can be free at all, this turn or next.
    fn beyond(&self, free: Cents) -> Remedy {
        let now = free + self.sum_of_placed();
        let next = self.next_turn(free).map_or(now, |(_, bare)| bare);
        Remedy::Beyond(now.max(next))
    }

    /// What is free when the next turn opens: what may be kept, and the income, less what stands; and
    /// the same with every unit that can go off the map.
    fn next_turn(&self, free: Cents) -> Option<(Cents, Cents)> {
        let (world, means) = (self.world, self.means);
        if means.turn >= world.turns {
            return None;
        }
        let standing = means.committed(world) + means.running(world);
        let sum = self.sum_of_placed();
        let opens = |kept: Cents, bills: Cents| {
            let kept = kept.max(Cents(0)).min(world.purse.carry);
            kept + world.purse.income - bills
        };
        Some((opens(free, standing), opens(free + sum, standing - sum)))
    }
}
