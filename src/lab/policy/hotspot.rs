//! The dots on the map decide: patrol goes where most is on record, the rest where trust is lowest.

use super::{Hand, Wish, place, ranked};
use crate::rules::id::{FamilyIx, PrecinctIx, UnitIx};
use crate::rules::state::Post;
use crate::rules::{Action, Amount, Tactic, View};

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
    place(view, wishes)
}

/// One unit to each of the first places. A unit that stands in one of them stays.
fn send(
    view: &View,
    units: &[(UnitIx, Post)],
    places: &[PrecinctIx],
    tactic: Option<Tactic>,
) -> Vec<Wish> {
    let mut wanted: Vec<PrecinctIx> = (0..units.len()).map(|n| places[n % places.len()]).collect();
    let mut wishes = Vec::new();
    let mut moving = Vec::new();
    for &(unit, post) in units {
        let tactic = tactic.or(view.world().kind_of(unit).tactics.first().copied());
        let Some(tactic) = tactic else { continue };
        let here = post.at.map(|(place, _)| place);
        match wanted.iter().position(|place| Some(*place) == here) {
            Some(at) => wishes.push((unit, wanted.remove(at), tactic)),
            None => moving.push((unit, tactic)),
        }
    }
    let sent = moving.into_iter().zip(wanted);
    wishes.extend(sent.map(|((unit, tactic), to)| (unit, to, tactic)));
    wishes
}

/// Offences on record that patrol can prevent, by precinct: each family counts by the effect that
/// the card gives patrol at a hot spot. Before the first turn the forecast stands for the record.
fn record(view: &View) -> Vec<f64> {
    let world = view.world();
    let counts: Vec<f64> = match view.pages().last() {
        Some(page) => page.recorded.iter().map(|n| f64::from(*n)).collect(),
        None => view.forecast().iter().map(|cell| cell.mean).collect(),
    };
    let place = |p: PrecinctIx| {
        let families = world.families.iter().enumerate();
        families
            .map(|(k, family)| {
                counts[world.cell(p, FamilyIx::from_position(k))] * family.patrol_effect
            })
            .sum()
    };
    (0..world.precincts.len())
        .map(|p| place(PrecinctIx::from_position(p)))
        .collect()
}

/// Trust as the last survey has it, or where it starts.
fn trust(view: &View) -> Vec<f64> {
    match view.pages().last() {
        Some(page) => page.trust.iter().map(|points| points.to_f64()).collect(),
        None => view
            .world()
            .precincts
            .iter()
            .map(|precinct| precinct.trust.to_f64())
            .collect(),
    }
}
