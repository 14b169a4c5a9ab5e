//! Means kept for tomorrow, and what watching takes from people's rights.

use crate::rules::curve;
use crate::rules::digest::canon;
use crate::rules::ledger::{Cause, Rule};
use crate::rules::means::Means;
use crate::rules::model::Coefficient as C;
use crate::rules::response::Force;
use crate::rules::units::{Amount, Cents};
use crate::rules::world::World;

/// The four equal parts of Stewardship, points of 100 each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::rules) struct Care {
    /// A reserve that is neither too small nor idle.
    pub reserve: f64,
    /// Teams that are rested.
    pub rested: f64,
    /// Goodwill against the start.
    pub goodwill: f64,
    /// Bills that the next income covers.
    pub upkeep: f64,
}

impl Care {
    pub fn mean(self) -> f64 {
        let Self {
            reserve,
            rested,
            goodwill,
            upkeep,
        } = self;
        (reserve + rested + goodwill + upkeep) / 4.0
    }

    /// What changed Stewardship since `old`, points.
    pub fn change(&self, old: &Self) -> [(Cause, f64); 4] {
        [
            (Rule::Reserve, self.reserve - old.reserve),
            (Rule::Upkeep, self.upkeep - old.upkeep),
            (Rule::Fatigue, self.rested - old.rested),
            (Rule::Goodwill, self.goodwill - old.goodwill),
        ]
        .map(|(rule, points)| (Cause::of(rule), points / 4.0))
    }
}

canon! {
    Care { reserve, rested, goodwill, upkeep }
}

/// Points of Rights lost by watching: coverage × the share who do not support it × what safeguards
/// leave, over the residents.
pub(super) fn watching(world: &World, force: &[Force]) -> f64 {
    let residents = world.residents();
    (world.precincts.iter().zip(force))
        .map(|(precinct, force)| {
            let points = 100.0 * force.intrusion + force.watching;
            points * (f64::from(precinct.residents) / residents)
        })
        .sum()
}

/// What comes in during a quarter of a year, Funds.
fn quarter(world: &World) -> f64 {
    world.purse.income.to_f64() * 3.0 / world.turn.months()
}

impl World {
    /// The least and the most that Stewardship wants in hand when the bills are paid.
    #[must_use]
    pub fn reserve(&self) -> (Cents, Cents) {
        let share = |of| Cents::from_f64(quarter(self) * self.model.get(of));
        (share(C::ReserveLeast), share(C::ReserveMost))
    }
}

/// The parts of Stewardship.
pub(super) fn care(world: &World, means: &Means, bill: Cents) -> Care {
    let quarter = quarter(world);
    let model = &world.model;
    let (least, most) = (model.get(C::ReserveLeast), model.get(C::ReserveMost));
    let idle = curve::max(most + 1e-6, model.get(C::ReserveIdle));
    let share = if quarter > 0.0 {
        means.funds.get().to_f64() / quarter
    } else {
        least
    };
    let reserve = if share < least {
        curve::max(0.0, share / least)
    } else if share <= most {
        1.0
    } else {
        curve::max(0.0, (idle - share) / (idle - most))
    };
    let covered = if bill.0 <= 0 {
        1.0
    } else {
        curve::min(1.0, world.purse.income.to_f64() / bill.to_f64())
    };
    let teams = means.teams.len();
    let tired = means.teams.iter().map(|team| team.fatigue.get().to_f64());
    let mean = if teams > 0 {
        tired.sum::<f64>() / teams as f64
    } else {
        0.0
    };
    let start = world.goodwill.to_f64();
    let goodwill = if start > 0.0 {
        curve::min(1.0, means.goodwill.get().to_f64() / start)
    } else {
        1.0
    };
    let (borne, worn) = (model.get(C::Rested), model.get(C::WornOut));
    let between = curve::max(1e-6, worn - borne);
    let rested = curve::clamp((worn - mean) / between, 0.0, 1.0);
    Care {
        reserve: 100.0 * reserve,
        rested: 100.0 * rested,
        goodwill: 100.0 * goodwill,
        upkeep: 100.0 * covered,
    }
}
