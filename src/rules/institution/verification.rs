//! An analyst looks into an alert before the orders are given. The look is right more often than
//! not, and the alert's confidence moves by as much as that is worth (Bayes).

use crate::rules::chance::{Luck, Purpose};
use crate::rules::id::InstrumentIx;
use crate::rules::means::Means;
use crate::rules::model::{Coefficient as C, Model};
use crate::rules::pressure;
use crate::rules::refusal::Refusal;
use crate::rules::state::State;
use crate::rules::turn;
use crate::rules::world::World;

/// The instrument that this is the rule of.
const ID: &str = "verify-alert";

/// Whether the order may be given: there must be an alert, and what has been learned cannot be
/// given back for the analyst.
pub(in crate::rules) fn may(
    world: &World,
    means: &Means,
    index: InstrumentIx,
    at: usize,
) -> Result<(), Refusal> {
    let instrument = &world.instruments[index.at()];
    if instrument.id.as_str() != ID {
        return Ok(());
    }
    let domain = world.domains[at].domain;
    if means.instruments[index.at()][at].setting != instrument.start {
        return Err(Refusal::TooSoon {
            instrument: instrument.id.clone(),
            until: means.turn.saturating_add(1),
        });
    }
    if means.alerts.iter().any(|alert| alert.domain == domain) {
        Ok(())
    } else {
        Err(Refusal::NoAlert { domain })
    }
}

/// Carries out the look that has been ordered, if this is one. The same look in the same turn of
/// the same game always sees the same.
pub(in crate::rules) fn look(state: &mut State, index: InstrumentIx, at: usize) {
    let world = state.world.clone();
    if world.instruments[index.at()].id.as_str() != ID {
        return;
    }
    let domain = world.domains[at].domain;
    let step = turn::first_step(&world, state.means.turn);
    let comes = pressure::comes(state, at).0;
    let (right, wrong) = quality(&state.city.model);
    let lot = Luck::new(state.seed)
        .draws(step, Purpose::Verification, domain as u32)
        .uniform();
    let confirmed = lot < if comes { right } else { wrong };
    for alert in &mut state.means.alerts {
        if alert.domain == domain {
            alert.confidence = after(&world.model, alert.confidence, confirmed);
        }
    }
}

/// The confidence after a look.
#[must_use]
pub fn after(model: &Model, before: f64, confirmed: bool) -> f64 {
    let (right, wrong) = quality(model);
    let (right, wrong) = if confirmed {
        (right, wrong)
    } else {
        (1.0 - right, 1.0 - wrong)
    };
    before * right / (before * right + (1.0 - before) * wrong)
}

/// How often a look confirms an alert: before an event, and before nothing.
fn quality(model: &Model) -> (f64, f64) {
    (model.get(C::VerifyRight), model.get(C::VerifyWrong))
}
