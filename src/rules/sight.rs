//! What policies and postures look at: the record, the surveys, and who stands where.

use super::id::{FamilyIx, PrecinctIx, UnitIx};
use super::means::Post;
use super::units::Amount;
use super::view::View;
use super::world::{Family, Tactic};

/// Where a unit is to stand.
pub type Wish = (UnitIx, PrecinctIx, Tactic);

/// The precincts in descending order of a figure; equals keep the order of the map.
#[must_use]
pub fn ranked(view: &View, figure: impl Fn(PrecinctIx) -> f64) -> Vec<PrecinctIx> {
    let count = view.world().precincts.len();
    let mut all: Vec<PrecinctIx> = (0..count).map(PrecinctIx::from_position).collect();
    all.sort_by(|a, b| figure(*b).total_cmp(&figure(*a)));
    all
}

/// One unit to each of the first places. A unit that stands in one of them stays.
#[must_use]
pub fn send(
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
/// the card gives patrol at a hot spot.
#[must_use]
pub fn record(view: &View) -> Vec<f64> {
    weighed(view, |family| family.patrol_effect)
}

/// Offences on record by precinct, each family by a weight. Before the first turn the forecast
/// stands for the record.
#[must_use]
pub fn weighed(view: &View, weight: impl Fn(&Family) -> f64) -> Vec<f64> {
    let world = view.world();
    let counts: Vec<f64> = match view.pages().last() {
        Some(page) => page.recorded.iter().map(|n| f64::from(*n)).collect(),
        None => view.expected(),
    };
    let place = |p: PrecinctIx| {
        let families = world.families.iter().enumerate();
        families
            .map(|(k, family)| counts[world.cell(p, FamilyIx::from_position(k))] * weight(family))
            .sum()
    };
    (0..world.precincts.len())
        .map(|p| place(PrecinctIx::from_position(p)))
        .collect()
}

/// Harm that the card lets one expect in the coming turn as the records have it, cell by cell.
pub fn expected_harm(view: &View) -> impl Iterator<Item = f64> {
    let families = view.world().families.iter().cycle();
    let cells = view.expected().into_iter().zip(families);
    cells.map(|(expected, family)| family.harm * expected / family.reporting_rate())
}

/// Trust as the last survey has it, or where it starts, points.
#[must_use]
pub fn trust(view: &View) -> Vec<f64> {
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
