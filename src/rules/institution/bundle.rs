//! The bundle: instruments that work in different ways, from different desks, on one place at once.
//! It does its good only where they are.

use crate::rules::id::{InstrumentIx, PrecinctIx, SeatIx};
use crate::rules::means::Means;
use crate::rules::world::{OrderKind, Tactic, World};

/// The instrument that this is the rule of.
const ID: &str = "bundle";

/// From how many ways of working, and from how many desks, a bundle is made.
const WAYS: usize = 3;
const DESKS: usize = 2;

/// How an instrument works against offences. Two that work in the same way overlap.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Somebody or something watches.
    Guard,
    /// What makes a place a problem is removed.
    Remove,
    /// Those who offend are stopped or spoken to.
    Focus,
    /// Quarrels are settled, people are heard.
    Settle,
}

/// Whether a bundle is declared for a place where its parts are missing, so that it does nothing.
pub(super) fn waits(world: &World, means: &Means, instrument: InstrumentIx, at: usize) -> bool {
    let instrument = &world.instruments[instrument.at()];
    if instrument.id.as_str() != ID {
        return false;
    }
    let place = PrecinctIx::from_position(at);
    let mut parts: Vec<(Way, Option<SeatIx>)> = Vec::new();
    for (at, post) in means.units.iter().enumerate() {
        let Some(tactic) = post.at.filter(|(there, _)| *there == place) else {
            continue;
        };
        let way = match tactic.1 {
            Tactic::HotSpot | Tactic::Visible | Tactic::Watch => Way::Guard,
            Tactic::ProblemSolving => Way::Remove,
            Tactic::BroadChecks | Tactic::PreciseChecks => Way::Focus,
            Tactic::Mediation | Tactic::Outreach => Way::Settle,
        };
        let kind = world.units[at].kind;
        parts.push((way, Some(world.kinds[kind.at()].owner)));
    }
    let site = &means.places[at];
    let owner = |kind| world.order(kind).map(|open| open.owner);
    if site.cameras.level > 0 {
        parts.push((Way::Guard, owner(OrderKind::Cameras)));
    }
    if site.lighting.is_some() {
        parts.push((Way::Guard, owner(OrderKind::Lighting)));
    }
    if site.deterrence.is_some() {
        parts.push((Way::Focus, owner(OrderKind::Deterrence)));
    }
    let different =
        |count: usize, new: &dyn Fn(usize) -> bool| (0..count).filter(|at| new(*at)).count();
    let ways = different(parts.len(), &|at| {
        parts[..at].iter().all(|it| it.0 != parts[at].0)
    });
    let desks = different(parts.len(), &|at| {
        parts[..at].iter().all(|it| it.1 != parts[at].1)
    });
    ways < WAYS || desks < DESKS
}
