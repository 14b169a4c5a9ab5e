//! The dots on the map decide: patrol goes where most is on record, the rest where trust is lowest.

use super::{Hand, place};
use crate::rules::sight::{ranked, record, send, trust};
use crate::rules::{Action, Tactic, View};

pub(super) fn orders(view: &View, hand: &Hand) -> Vec<Action> {
    let world = view.world();
    let (patrol, rest): (Vec<_>, Vec<_>) = hand
        .units(view)
        .into_iter()
        .partition(|(unit, _)| world.kind_of(*unit).tactics.contains(&Tactic::HotSpot));
    let record = record(view);
    let worst = ranked(view, |p| record[p.at()]);
    let trust = trust(view);
    let lowest = ranked(view, |p| -trust[p.at()]);
    let mut wishes = send(view, &patrol, &worst, Some(Tactic::HotSpot));
    wishes.extend(send(view, &rest, &lowest, None));
    place(view, hand, wishes)
}
