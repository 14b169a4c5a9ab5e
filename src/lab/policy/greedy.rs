//! One turn ahead and no further: each unit where the card promises least harm for the turn.

use super::{Hand, Paper};
use crate::rules::sight::expected_harm;
use crate::rules::{Action, View};

pub(super) fn orders(view: &View, hand: &Hand) -> Vec<Action> {
    let world = view.world();
    let mut paper = Paper::new(view, hand);
    for (unit, _) in hand.units(view) {
        let mut best = (promised_harm(&paper.draft.view()), None);
        for precinct in &world.precincts {
            for &tactic in &world.kind_of(unit).tactics {
                let action = Action::Assign {
                    unit: world.units[unit.at()].id.clone(),
                    to: precinct.id.clone(),
                    tactic,
                };
                let mut tried = paper.draft.clone();
                let owner = super::owner(world, &action);
                if tried.give(&owner, action.clone()).is_err() {
                    continue;
                }
                let harm = promised_harm(&tried.view());
                if harm < best.0 - 1e-9 {
                    best = (harm, Some(action));
                }
            }
        }
        if let Some(action) = best.1 {
            paper.give(action);
        }
    }
    paper.orders()
}

/// Harm that the card lets one expect in the coming turn, as the records have it.
fn promised_harm(view: &View) -> f64 {
    expected_harm(view).fold(0.0, |sum, harm| sum + harm)
}
