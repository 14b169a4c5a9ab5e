//! What goes wrong by itself: packages that name the wrong person, data that leak.

use super::chance::{Luck, Purpose};
use super::id::PrecinctIx;
use super::institution::Sway;
use super::ledger::Ledger;
use super::model::Coefficient as C;
use super::response::Force;
use super::state::State;
use super::world::{Governance, Lever, World};
use super::{curve, feedback};

/// Where the package behind precise checks turns out to be wrong.
pub(super) fn wrong_packages(city: &World, luck: Luck, step: u32, force: &[Force]) -> Vec<bool> {
    let wrong = city.model.get(C::PackageWrong);
    let mut stream = luck.stream(step, Purpose::Packages);
    (force.iter().enumerate())
        .map(|(p, force)| force.precise_squads > 0.0 && stream.at(p as u32).uniform() < wrong)
        .collect()
}

/// Data leak where much is recorded and little is safeguarded.
pub(super) fn leak(
    state: &mut State,
    city: &World,
    luck: Luck,
    (step, months): (u32, f64),
    leaks: &mut Vec<PrecinctIx>,
    ledger: &mut Ledger,
) {
    let model = &city.model;
    let mut stream = luck.stream(step, Purpose::Leaks);
    for p in 0..city.precincts.len() {
        let cameras = state.means.places[p].cameras;
        let exposed = cameras.ungoverned(model, state.means.turn) + cameras.kept;
        if exposed <= 0.0 {
            continue;
        }
        let hazard = curve::over(months, curve::min(1.0, model.get(C::Leak) * exposed));
        if stream.at(p as u32).uniform() < hazard {
            let place = PrecinctIx::from_position(p);
            let audited = cameras.governance >= Governance::Audit;
            feedback::leak(city, &mut state.truth, place, audited, ledger);
            leaks.push(place);
        }
    }
}

/// What the branches share leaks, the more links there are.
pub(super) fn leak_shared(
    state: &mut State,
    city: &World,
    sway: &Sway,
    luck: Luck,
    (step, months): (u32, f64),
    ledger: &mut Ledger,
) {
    let mut stream = luck.stream(step, Purpose::Leaks);
    let first = city.precincts.len() as u32;
    for (at, pull) in sway.on(Lever::Leak).enumerate() {
        let hazard = curve::over(months, curve::clamp(pull.amount, 0.0, 1.0));
        if stream.at(first + at as u32).uniform() < hazard {
            feedback::leak_everywhere(city, &mut state.truth, pull.instrument, ledger);
        }
    }
}
