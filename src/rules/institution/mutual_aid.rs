//! Aid from other cities is asked for now and asked back in a month that they choose. They say so a
//! month ahead.

use crate::rules::chance::{Luck, Purpose};
use crate::rules::curve;
use crate::rules::digest::canon;
use crate::rules::id::InstrumentIx;
use crate::rules::means::Means;
use crate::rules::model::Coefficient as C;
use crate::rules::world::World;

/// The instrument that this is the rule of.
const ID: &str = "mutual-aid";

/// The months after which aid can be asked back: never the next, so that it can be said ahead.
const SOONEST: f64 = 2.0;
const LATEST: f64 = 6.0;

/// Aid that is asked back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The first turn in which the city's own people are away for it.
    pub from: u16,
    /// The last.
    pub until: u16,
}

canon! {
    Owed { from, until }
}

/// The debt for aid that was asked for in the turn just played.
pub(super) fn owe(world: &World, means: &Means, luck: Luck) -> Option<Owed> {
    let index = world.open_instrument(ID)?;
    let start = world.instruments[index.at()].start;
    let asked = means.instruments[index.at()].first()?.setting != start;
    asked.then(|| {
        let draws = &mut luck.draws(u32::from(means.turn), Purpose::MutualAid, 0);
        let choices = LATEST - SOONEST + 1.0;
        let after = SOONEST + (draws.uniform() * choices).floor();
        let months = world.turn.months();
        let from = means.turn.saturating_add((after / months).ceil() as u16);
        let lasts = (1.0 / months).round().max(1.0) as u16;
        Owed {
            from,
            until: from.saturating_add(lasts - 1),
        }
    })
}

/// What is said when `turn` opens: the debts that are due in it or in the next month.
pub(super) fn said(world: &World, owed: &mut Vec<Owed>, turn: u16) -> Vec<Owed> {
    let month = (1.0 / world.turn.months()).round().max(1.0) as u16;
    let due = |debt: &Owed| debt.from <= turn.saturating_add(month);
    let said = owed.iter().copied().filter(due).collect();
    owed.retain(|debt| !due(debt));
    said
}

/// The share of patrol time that is away for it.
pub(super) fn away(world: &World, means: &Means) -> Option<(InstrumentIx, f64)> {
    let index = world.open_instrument(ID)?;
    let now = |debt: &&Owed| (debt.from..=debt.until).contains(&means.turn);
    let due = means.learned.owed.iter().filter(now).count();
    // In a turn that is longer than a month they are away for a part of it.
    let part = curve::min(1.0, 1.0 / world.turn.months());
    let share = world.model.get(C::AidRepaid) * part * due as f64;
    (due > 0).then_some((index, share))
}
