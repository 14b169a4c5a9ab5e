//! Everybody gets the same: each kind of unit is dealt out over the precincts, the largest first.

use super::{Hand, place};
use crate::rules::sight::Wish;
use crate::rules::sight::ranked;
use crate::rules::{Action, View};

pub(super) fn orders(view: &View, hand: &Hand) -> Vec<Action> {
    let world = view.world();
    let order = ranked(view, |p| f64::from(world.precincts[p.at()].residents));
    let mut dealt = vec![0; world.kinds.len()];
    let mut wishes: Vec<(usize, Wish)> = Vec::new();
    for (unit, _) in hand.units(view) {
        let kind = world.units[unit.at()].kind;
        let (Some(&tactic), turn) = (world.kinds[kind.at()].tactics.first(), dealt[kind.at()])
        else {
            continue;
        };
        dealt[kind.at()] += 1;
        wishes.push((turn, (unit, order[turn % order.len()], tactic)));
    }
    // One of each kind, then a second of each, so that no kind takes all the money.
    wishes.sort_by_key(|(turn, _)| *turn);
    place(view, hand, wishes.into_iter().map(|(_, wish)| wish))
}
