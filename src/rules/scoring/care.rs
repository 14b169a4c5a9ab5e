//! Means kept for tomorrow, and what watching takes from people's rights.

use crate::rules::curve;
use crate::rules::digest::canon;
use crate::rules::means::Means;
use crate::rules::response::Force;
use crate::rules::units::{Amount, Cents};
use crate::rules::world::World;

/// The four equal parts of Stewardship, points of 100 each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::rules) struct Care {
    /// A reserve of 5 to 15 % of three months' income.
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

/// The parts of Stewardship.
pub(super) fn care(world: &World, means: &Means, bill: Cents) -> Care {
    let quarter = world.purse.income.to_f64() * 3.0 / world.turn.months();
    let share = if quarter > 0.0 {
        means.funds.get().to_f64() / quarter
    } else {
        0.10
    };
    let reserve = if share < 0.05 {
        curve::max(0.0, share / 0.05)
    } else if share <= 0.15 {
        1.0
    } else {
        curve::max(0.0, (0.25 - share) / 0.10)
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
    // Four hours of overtime a week are borne; at twelve a team is worn out.
    let rested = curve::clamp((12.0 - mean) / 8.0, 0.0, 1.0);
    Care {
        reserve: 100.0 * reserve,
        rested: 100.0 * rested,
        goodwill: 100.0 * goodwill,
        upkeep: 100.0 * covered,
    }
}
