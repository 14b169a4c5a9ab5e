//! The dots on the map decide: patrol goes where most is on record, the rest where trust is lowest.

use super::{Hand, place};
use crate::rules::id::UnitIx;
use crate::rules::sight::{Wish, ranked, record, send, trust};
use crate::rules::state::Post;
use crate::rules::{Action, Tactic, View};

pub(super) fn orders(view: &View, hand: &Hand) -> Vec<Action> {
    let (patrol, rest) = parted(view, hand);
    let trust = trust(view);
    let lowest = ranked(view, |p| -trust[p.at()]);
    let mut wishes = after_the_record(view, &patrol);
    wishes.extend(send(view, &rest, &lowest, None));
    place(view, hand, wishes)
}

/// The same for patrol alone.
pub(super) fn patrol(view: &View, hand: &Hand) -> Vec<Action> {
    let (patrol, _) = parted(view, hand);
    place(view, hand, after_the_record(view, &patrol))
}

/// Units that patrol hot spots, and the rest.
fn parted(view: &View, hand: &Hand) -> (Vec<(UnitIx, Post)>, Vec<(UnitIx, Post)>) {
    let world = view.world();
    hand.units(view)
        .into_iter()
        .partition(|(unit, _)| world.kind_of(*unit).tactics.contains(&Tactic::HotSpot))
}

fn after_the_record(view: &View, patrol: &[(UnitIx, Post)]) -> Vec<Wish> {
    let record = record(view);
    let worst = ranked(view, |p| record[p.at()]);
    send(view, patrol, &worst, Some(Tactic::HotSpot))
}
