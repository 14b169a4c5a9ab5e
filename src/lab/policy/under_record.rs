//! A table that wants a better figure and not a better city: nobody is asked, calls are turned away,
//! and patrol stands where most comes on record.

use super::desk_work::{set, stands_at};
use super::{Hand, Paper, hotspot};
use crate::rules::{Action, Tactic, View};

pub(super) fn orders(view: &View, hand: &Hand) -> Vec<Action> {
    let mut paper = Paper::new(view, hand);
    // Whoever visits is told of what would not have been reported.
    let visiting = hand
        .units(view)
        .into_iter()
        .filter(|(_, post)| matches!(post.at, Some((_, Tactic::Outreach))))
        .map(|(unit, _)| unit);
    paper.withdraw(visiting);
    for order in hotspot::patrol(view, hand) {
        paper.give(order);
    }
    if view
        .world()
        .instruments
        .iter()
        .any(|it| it.id.as_str() == "call-list")
    {
        paper.give(set("call-list", None, "divert"));
    }
    // Nobody learns to read the figures, and nobody hears what is wrong.
    for what in ["data-literacy", "integrity-line"] {
        if stands_at(view, what).is_some_and(|setting| setting > 0) {
            let first = if what == "data-literacy" {
                "0"
            } else {
                "closed"
            };
            paper.give(set(what, None, first));
        }
    }
    paper.orders()
}
