//! Many plans on the flagship: whether there is one obvious good one, and what decides a game.

use super::flagship::{JUDGED, fact, flagship};
use super::measure::{Band, Estimate};
use super::{Arm, City, Effort, Fact, Finding, Orders, Run};
use crate::lab::policy::{Hand, Policy};
use crate::rules::chance::{Luck, Purpose};
use crate::rules::id::SeatIx;
use crate::rules::{Action, Amount};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn facts() -> Vec<Fact> {
    vec![fact("o", many_good_plans), fact("w", what_decides)]
}

/// Policies that a desk of a plan may go by.
const WAYS: [Policy; 8] = [
    Policy::Balanced,
    Policy::Even,
    Policy::Hotspot,
    Policy::Outreach,
    Policy::ChecksMax,
    Policy::DutyMax,
    Policy::Stacker,
    Policy::UnderRecord,
];

/// Every desk of the flagship.
fn seats() -> impl Iterator<Item = SeatIx> {
    (0..flagship().seats.len()).map(SeatIx::from_position)
}

/// Gives the orders of a policy for some desks, but for those that `without` names.
fn follow(
    orders: &mut Orders,
    policy: Policy,
    hand: &Hand,
    mut without: impl FnMut(&Action) -> bool,
) {
    let turn_luck = Luck::new(0);
    let given = policy.orders(&orders.draft().view(), hand, turn_luck);
    for action in given {
        if !without(&action) {
            orders.give_if_allowed(action);
        }
    }
}

/// (o) The plans searched in the full form; a tenth of them in the short one.
const PLANS: u32 = 2_000;
/// The share of plans that counts as the best.
const BEST: f64 = 0.05;
/// The most orders by lot with which a plan begins.
const OPENING: usize = 12;
/// One in so many orders of the first month is left out by lot, so that a choice can be told from
/// the habits of whoever makes it.
const LEFT_OUT: usize = 3;

/// What a plan came to.
struct Tried {
    /// What was ordered in the first month.
    first: BTreeSet<String>,
    /// What the next shift finds.
    left: [f64; JUDGED.len()],
}

impl Tried {
    fn sum(&self) -> f64 {
        self.left.iter().sum()
    }

    /// Whether another plan is as good in everything and better in something.
    fn is_beaten_by(&self, other: &Self) -> bool {
        let pairs = || self.left.iter().zip(&other.left);
        pairs().all(|(own, other)| other >= own) && pairs().any(|(own, other)| other > own)
    }
}

/// A plan: each desk goes its way, after a few orders by lot in the first month. All have the same
/// luck, so that they are told apart by what they do.
fn plan(number: u32) -> Tried {
    const SEED: u32 = 1;
    let world = flagship();
    let mut lots = Luck::new(number).stream(0, Purpose::Policy);
    let mut at = 0;
    let mut lot = |of: usize| {
        at += 1;
        ((lots.at(at).uniform() * of as f64) as usize).min(of.max(1) - 1)
    };
    // Half of the desks are run well, so that the lot does not only make bad tables.
    let hands: Vec<(Policy, Hand)> = seats()
        .map(|seat| {
            let way = match lot(2) {
                0 => Policy::Balanced,
                _ => WAYS[lot(WAYS.len())],
            };
            (way, Hand::of(vec![seat]))
        })
        .collect();
    let orders_by_lot = lot(OPENING + 1);
    let all = Hand::of(seats().collect());
    let first = std::sync::Mutex::new(BTreeSet::new());
    let arm = Arm::new(&world, |turn, orders| {
        let mut held = Vec::new();
        if turn == 1 {
            let opening = Policy::Random.orders(&orders.draft().view(), &all, Luck::new(number));
            for action in opening.into_iter().take(orders_by_lot) {
                if let Action::Assign { unit, .. } | Action::Withdraw { unit } = &action {
                    held.extend(world.unit(unit));
                }
                orders.give_if_allowed(action);
            }
        }
        for (desk, (policy, hand)) in (1..).zip(&hands) {
            let hand = hand.clone().without(held.iter().copied());
            let mut order = 0;
            let mut lots = Luck::new(number).stream(desk, Purpose::Policy);
            follow(orders, *policy, &hand, |_| {
                order += 1;
                turn == 1 && lots.at(order).uniform() * (LEFT_OUT as f64) < 1.0
            });
        }
        if turn == 1
            && let Ok(mut first) = first.lock()
        {
            // What is said moves nothing, so it is no choice that could be the obvious one.
            let given = orders.draft().clone().given();
            let silent = given.into_iter().filter(|action| {
                !matches!(action, Action::Pin { .. } | Action::RoomForecast { .. })
            });
            first.extend(silent.map(|action| format!("{action:?}")));
        }
    });
    let run = arm.play(SEED);
    let left = left(&run);
    drop(arm);
    Tried {
        first: first.into_inner().unwrap_or_default(),
        left,
    }
}

/// The indices that the next shift finds after a game.
fn left(run: &Run) -> [f64; JUDGED.len()] {
    let indices = run.end.handover().map(|left| left.indices);
    JUDGED.map(|index| indices.map_or(0.0, |it| it[index as usize].to_f64()))
}

fn many_good_plans(_: &City, effort: Effort) -> Vec<Finding> {
    let count = if effort.short { PLANS / 10 } else { PLANS };
    let mut tried: Vec<Tried> = (1..=count).into_par_iter().map(plan).collect();
    tried.sort_by(|a, b| b.sum().total_cmp(&a.sum()));
    let best = &tried[..((f64::from(count) * BEST) as usize).max(1)];
    let mut choices: BTreeMap<&str, usize> = BTreeMap::new();
    for choice in best.iter().flat_map(|plan| &plan.first) {
        *choices.entry(choice).or_default() += 1;
    }
    let most = choices.values().copied().max().unwrap_or(0);
    let free: Vec<&Tried> = (tried.iter())
        .filter(|plan| !tried.iter().any(|other| plan.is_beaten_by(other)))
        .collect();
    let span = |at: usize| {
        let values = || free.iter().map(|plan| plan.left[at]);
        values().fold(f64::NEG_INFINITY, f64::max) - values().fold(f64::INFINITY, f64::min)
    };
    let exact = |value: f64, target| Finding {
        estimate: Estimate::exact(value),
        target,
    };
    vec![
        exact(100.0 * most as f64 / best.len() as f64, Band::at_most(80.0)),
        exact(free.len() as f64, Band::at_least(6.0)),
        exact(span(0), Band::at_least(8.0)),
        exact(span(1), Band::at_least(8.0)),
    ]
}

/// (w) How many allocations, answers and seeds are crossed.
const LAYOUT: (u32, u32, u32) = (20, 10, 50);
const SHORT_LAYOUT: (u32, u32, u32) = (8, 5, 10);

/// An allocation with everything but the cards: the first are policies, the others place by lot,
/// anew each quarter.
fn allocate(number: u32, turn: u16, orders: &mut Orders, all: &Hand) {
    let answers = |action: &Action| matches!(action, Action::Answer { .. });
    match WAYS.get(number as usize) {
        Some(policy) => follow(orders, *policy, all, answers),
        None if turn % 3 == 1 => {
            let luck = Luck::new(1_000 * number + u32::from(turn));
            let given = Policy::Random.orders(&orders.draft().view(), all, luck);
            for action in given.into_iter().filter(|action| !answers(action)) {
                orders.give_if_allowed(action);
            }
        }
        None => {}
    }
}

/// A way of answering: the first is silent, the others have chosen an answer for each card by lot.
fn respond(number: u32, orders: &mut Orders) {
    if number == 0 {
        return;
    }
    let world = flagship();
    let open: Vec<_> = orders.draft().view().open_injects().collect();
    let mut lots = Luck::new(number).stream(1, Purpose::Policy);
    for (index, _) in open {
        let inject = &world.injects[index.at()];
        let lot = lots.at(index.at() as u32).uniform();
        let at = ((lot * inject.options.len() as f64) as usize).min(inject.options.len() - 1);
        orders.give_if_allowed(Action::Answer {
            inject: inject.id.clone(),
            option: inject.options[at].id.clone(),
        });
    }
}

/// The shares of the variance of a figure that go with allocation, answers and luck, per cent. What
/// the two do to each other counts with the answers, for which the line is drawn from above.
fn shares(values: &[f64], (plans, answers, seeds): (u32, u32, u32)) -> [f64; 3] {
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let all = mean(values);
    let per_plan = (answers * seeds) as usize;
    let square = |value: f64| (value - all) * (value - all);
    let total: f64 = values.iter().map(|value| square(*value)).sum();
    let by_plan: f64 = (values.chunks(per_plan))
        .map(|plan| per_plan as f64 * square(mean(plan)))
        .sum();
    let by_cell: f64 = (values.chunks(seeds as usize))
        .map(|cell| f64::from(seeds) * square(mean(cell)))
        .sum();
    debug_assert_eq!(values.len() as u32, plans * answers * seeds);
    [by_plan, by_cell - by_plan, total - by_cell].map(|part| 100.0 * part / total)
}

fn what_decides(_: &City, effort: Effort) -> Vec<Finding> {
    let layout = if effort.short { SHORT_LAYOUT } else { LAYOUT };
    let (plans, answers, seeds) = layout;
    let all = Hand::of(seats().collect());
    let games: Vec<(u32, u32, u32)> = (0..plans)
        .flat_map(|plan| (0..answers).flat_map(move |how| (1..=seeds).map(move |s| (plan, how, s))))
        .collect();
    let ends: Vec<(f64, f64)> = games
        .into_par_iter()
        .map(|(plan, how, seed)| {
            let arm = Arm::new(&flagship(), |turn, orders| {
                respond(how, orders);
                allocate(plan, turn, orders, &all);
            });
            let [safety, trust, ..] = left(&arm.play(seed));
            (safety, trust)
        })
        .collect();
    let safety: Vec<f64> = ends.iter().map(|end| end.0).collect();
    let trust: Vec<f64> = ends.iter().map(|end| end.1).collect();
    let lines = [
        Band::at_least(50.0),
        Band::at_most(30.0),
        Band::at_most(20.0),
    ];
    [safety, trust]
        .iter()
        .flat_map(|values| shares(values, layout).into_iter().zip(lines))
        .map(|(share, target)| Finding {
            estimate: Estimate::exact(share),
            target,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_known_layout_are_known() {
        // Two plans, two answers, two seeds: each in turn moves the figure alone.
        let layout = (2, 2, 2);
        let plan = [0.0, 0.0, 0.0, 0.0, 8.0, 8.0, 8.0, 8.0];
        let answer = [0.0, 0.0, 8.0, 8.0, 0.0, 0.0, 8.0, 8.0];
        let luck = [0.0, 8.0, 0.0, 8.0, 0.0, 8.0, 0.0, 8.0];
        assert_eq!(shares(&plan, layout), [100.0, 0.0, 0.0]);
        assert_eq!(shares(&answer, layout), [0.0, 100.0, 0.0]);
        assert_eq!(shares(&luck, layout), [0.0, 0.0, 100.0]);
        // What two do to each other counts with the answers.
        let both = [0.0, 0.0, 8.0, 8.0, 8.0, 8.0, 0.0, 0.0];
        assert_eq!(shares(&both, layout), [0.0, 100.0, 0.0]);
    }

    #[test]
    fn a_plan_is_beaten_only_by_one_that_gives_nothing_up() {
        let tried = |left| Tried {
            first: BTreeSet::new(),
            left,
        };
        let one = tried([50.0, 50.0, 50.0, 50.0, 50.0]);
        assert!(one.is_beaten_by(&tried([50.0, 51.0, 50.0, 50.0, 50.0])));
        assert!(!one.is_beaten_by(&tried([49.0, 90.0, 90.0, 90.0, 90.0])));
        assert!(!one.is_beaten_by(&tried([50.0; 5])));
    }

    #[test]
    fn a_plan_comes_to_the_same_twice() {
        let (one, two) = (plan(7), plan(7));
        assert_eq!((one.first, one.left), (two.first, two.left));
        assert_ne!(plan(8).left, one.left);
    }
}
