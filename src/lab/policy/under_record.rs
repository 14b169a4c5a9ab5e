//! A table that wants a better figure and not a better city: nobody is asked, calls are turned away,
//! and patrol stands where most comes on record.

use super::desk_work::set;
use super::{Hand, Paper, hotspot};
use crate::rules::{Action, View};

pub(super) fn orders(view: &View, hand: &Hand) -> Vec<Action> {
    let mut paper = Paper::new(view, hand);
    // Whoever visits is told of what would not have been reported.
    paper.withdraw(hand.visiting(view));
    for order in hotspot::patrol(view, hand) {
        paper.give(order);
    }
    // Calls are turned away, nobody learns to read the figures, and nobody hears what is wrong. What
    // is not there, or stands so already, is refused.
    for (what, to) in [
        ("call-list", "divert"),
        ("data-literacy", "0"),
        ("integrity-line", "closed"),
    ] {
        paper.give(set(what, None, to));
    }
    paper.orders()
}
