//! Dangerous goods on their way from production to use. One stage is weak, nobody knows which, and
//! it moves now and then. Danger comes through the gap until somebody inspects that stage.
//!
//! All of it is judgement.

use crate::rules::chance::{Luck, Purpose};
use crate::rules::curve;
use crate::rules::digest::canon;
use crate::rules::id::InstrumentIx;
use crate::rules::ledger::{Cause, Rule};
use crate::rules::means::Means;
use crate::rules::model::Coefficient as C;
use crate::rules::world::{Domain, World};

/// The instrument that this is the rule of.
const ID: &str = "goods-chain";

/// Where the chain is weak.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::rules) struct Chain {
    /// The weak stage.
    pub weak: u16,
    /// Whether its gap has been found and closed.
    pub closed: bool,
}

canon! {
    Chain { weak, closed }
}

/// The chain before the first turn.
pub(super) fn at_start(world: &World, luck: Luck) -> Chain {
    let stages = world
        .open_instrument(ID)
        .map_or(1, |index| stages(world, index));
    let lot = luck.draws(0, Purpose::GoodsChain, 0).uniform();
    Chain {
        weak: (lot * f64::from(stages)) as u16,
        closed: false,
    }
}

fn stages(world: &World, index: InstrumentIx) -> u16 {
    let stages = world.subjects(&world.instruments[index.at()].over);
    u16::try_from(stages).unwrap_or(u16::MAX).max(1)
}

/// What one step of `months` months does to the threat of mass casualties; what was inspected is
/// told to `found`, by stage and whether the gap was there.
pub(super) fn press(
    city: &World,
    means: &Means,
    chain: &mut Chain,
    luck: Luck,
    (step, months): (u32, f64),
    mut found: impl FnMut(u16, bool),
) -> Vec<(Cause, f64)> {
    let Some(index) = city.open_instrument(ID) else {
        return Vec::new();
    };
    let model = &city.model;
    let start = city.instruments[index.at()].start;
    let pointers = means.instruments[index.at()].iter().enumerate();
    let mut points = 0.0;
    for (stage, _) in pointers.filter(|(_, pointer)| pointer.setting != start) {
        let gap = stage == usize::from(chain.weak) && !chain.closed;
        points -= if gap {
            chain.closed = true;
            model.get(C::GoodsFound)
        } else {
            model.get(C::GoodsOther) * months
        };
        found(stage as u16, gap);
    }
    if !chain.closed {
        points += model.get(C::GoodsGap) * months;
    }
    let mut draws = luck.draws(step, Purpose::GoodsChain, 1);
    if draws.uniform() < curve::over(months, model.get(C::GoodsMoves)) {
        let others = stages(city, index) - 1;
        let on = 1 + (draws.uniform() * f64::from(others)) as u16;
        *chain = Chain {
            weak: (chain.weak + on) % (others + 1),
            closed: false,
        };
    }
    let cause = Cause::of(Rule::GoodsChain).in_domain(Domain::MassHarm);
    vec![(cause.by_instrument(index), points)]
}
