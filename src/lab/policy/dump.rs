//! After us: a balanced table that in its last turns spends what there is, calls everybody out and
//! cancels what pays later.

use super::desk_work::settings;
use super::extremes::call_out;
use super::{Hand, Paper, balanced, random};
use crate::rules::{Action, View};

/// How many turns before the end it lets go.
const LAST: u16 = 2;

pub(super) fn orders(view: &View, hand: &Hand) -> Vec<Action> {
    if view.turn() + LAST <= view.world().turns {
        return balanced::orders(view, hand);
    }
    let mut paper = Paper::new(view, hand);
    paper.withdraw(hand.visiting(view));
    call_out(view, &mut paper);
    for order in super::hotspot::patrol(view, hand) {
        paper.give(order);
    }
    // What is quick first, and then whatever the money still reaches for.
    for domain in view.world().domains.iter().map(|open| open.domain.id()) {
        paper.give(super::desk_work::set("enforce", Some(domain), "yes"));
    }
    let bought = random::measures(view.world()).into_iter().flatten();
    let bought =
        bought.filter(|action| matches!(action, Action::Build { .. } | Action::Campaign { .. }));
    for action in bought.chain(settings(view)) {
        paper.give_for_money(action);
    }
    paper.orders()
}
