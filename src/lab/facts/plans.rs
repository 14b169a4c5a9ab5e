//! Many plans on the flagship: whether there is one obvious good one, and what decides a game.

use super::flagship::{JUDGED, fact, flagship};
use super::measure::{Band, Estimate};
use super::{Arm, City, Effort, Fact, Finding, Orders, Run};
use crate::lab::policy::{Hand, Policy, measures};
use crate::rules::chance::{Luck, Purpose};
use crate::rules::id::{Id, SeatIx};
use crate::rules::world::Dial;
use crate::rules::{Action, Amount};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn facts() -> Vec<Fact> {
    vec![fact("o", many_good_plans), fact("w", what_decides)]
}

/// How a desk of a plan is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// A policy gives its orders.
    Policy(Policy),
    /// The standing order at this place of the desk's list does.
    Posture(usize),
}

/// The ways in which desks may be run: what a table could choose, good or not.
const WAYS: [Way; 12] = [
    Way::Policy(Policy::Balanced),
    Way::Policy(Policy::Even),
    Way::Policy(Policy::Hotspot),
    Way::Policy(Policy::Outreach),
    Way::Policy(Policy::SensingMax),
    Way::Policy(Policy::ChecksMax),
    Way::Policy(Policy::DutyMax),
    Way::Policy(Policy::Stacker),
    Way::Policy(Policy::UnderRecord),
    Way::Posture(0),
    Way::Posture(1),
    Way::Posture(2),
];

/// Every desk of the flagship.
fn seats() -> impl Iterator<Item = SeatIx> {
    (0..flagship().seats.len()).map(SeatIx::from_position)
}

/// One of so many, from 0, for a uniform number.
fn one_of(count: usize, uniform: f64) -> usize {
    ((uniform * count as f64) as usize).min(count.max(1) - 1)
}

/// The way of a desk by lot, where `lot` draws one of so many. Half of the desks are run well, so
/// that the lot does not only make bad tables.
fn way_by_lot(mut lot: impl FnMut(usize) -> usize) -> Way {
    match lot(2) {
        0 => WAYS[0],
        _ => WAYS[lot(WAYS.len())],
    }
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

/// Gives the orders of a turn for desks that are run in some way, but for those that `without` names.
fn run(orders: &mut Orders, way: Way, hand: &Hand, without: impl FnMut(&Action) -> bool) {
    match way {
        Way::Policy(policy) => follow(orders, policy, hand, without),
        Way::Posture(place) => leave(orders, hand, place),
    }
}

/// Leaves desks to one of their standing orders.
fn leave(orders: &mut Orders, hand: &Hand, place: usize) {
    for desk in seats().filter(|seat| hand.commands(*seat)) {
        let desk = &flagship().seats[desk.at()];
        let Some(posture) = desk.postures.get(place) else {
            continue;
        };
        for action in [
            Action::Posture {
                seat: desk.id.clone(),
                posture: *posture,
            },
            Action::Dial {
                seat: desk.id.clone(),
                dial: Dial::Delegated,
            },
        ] {
            orders.give_if_allowed(action);
        }
    }
}

/// (o) The plans searched in the full form; a tenth of them in the short one.
const PLANS: u32 = 2_000;
/// The share of plans that counts as the best.
const BEST: f64 = 0.05;
/// The most orders by lot with which a season of a plan begins.
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
    plan: Plan,
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

/// Plans in a generation of the search.
const GENERATION: u32 = 200;
/// Months between orders by lot.
const SEASON: u16 = 3;
/// How many times that is in a year.
const SEASONS: usize = 4;

/// A plan: each desk goes its way, but for what the table insists on, with a few orders by lot before
/// it at the beginning of each season.
#[derive(Clone, Debug)]
struct Plan {
    /// Its number, by whose lot some orders of the first month are left out.
    number: u32,
    ways: Vec<Way>,
    /// By which lot, and how many.
    extras: [(u32, usize); SEASONS],
    /// What the table insists on, month after month. The ways of the desks know few settings of the
    /// institution, and a table that puts safety first, or trust, shows it there.
    insisted: Vec<Action>,
}

/// Lots of a plan, drawn one after the other: for what it is, or for where it comes from.
fn lots_of(number: u32, what: u32) -> impl FnMut(usize) -> usize {
    let mut lots = Luck::new(number).stream(what, Purpose::Policy);
    let mut at = 0;
    move |of| {
        at += 1;
        one_of(of, lots.at(at).uniform())
    }
}

/// Streams of a plan's lots. Those from 1 on say what is left out in its first month, desk by desk.
const ITSELF: u32 = 0;
const INSISTENCE: u32 = 98;
const ORIGIN: u32 = 99;

/// The most things on which a plan by lot insists.
const INSISTED: usize = 6;

/// Something to insist on, by lot: a measure or a setting of the institution.
fn insisted(lot: &mut impl FnMut(usize) -> usize) -> Action {
    let world = flagship();
    if lot(4) == 0 {
        let measures: Vec<Vec<Action>> = measures(&world);
        let group = &measures[lot(measures.len())];
        return group[lot(group.len())].clone();
    }
    let instrument = &world.instruments[lot(world.instruments.len())];
    let at = lot(world.subjects(&instrument.over));
    let setting = &instrument.settings[lot(instrument.settings.len())];
    Action::Set {
        what: instrument.id.clone(),
        at: world.subject(&instrument.over, at).map(Id::from),
        to: setting.id.clone(),
    }
}

/// Whether two orders decide the same thing.
fn decide_the_same(one: &Action, other: &Action) -> bool {
    match (one, other) {
        (Action::Set { what, at, .. }, Action::Set { what: w, at: a, .. }) => what == w && at == a,
        (Action::Sense { precinct, .. }, Action::Sense { precinct: p, .. }) => precinct == p,
        (Action::Duty { .. }, Action::Duty { .. }) => true,
        _ => false,
    }
}

impl Plan {
    /// A plan by lot alone.
    fn new(number: u32) -> Self {
        let mut lot = lots_of(number, ITSELF);
        Self {
            number,
            ways: seats().map(|_| way_by_lot(&mut lot)).collect(),
            extras: std::array::from_fn(|season| Self::extra(number, season, &mut lot)),
            insisted: (0..lot(INSISTED + 1)).map(|_| insisted(&mut lot)).collect(),
        }
    }

    fn extra(number: u32, season: usize, lot: &mut impl FnMut(usize) -> usize) -> (u32, usize) {
        (number * SEASONS as u32 + season as u32, lot(OPENING + 1))
    }

    /// A plan that differs from another in about two of its desks, one of its seasons and a thing or
    /// two on which it insists.
    fn varied(number: u32, from: &Self) -> Self {
        let mut lot = lots_of(number, ITSELF);
        let mut plan = Self {
            number,
            ..from.clone()
        };
        for way in &mut plan.ways {
            if lot(4) == 0 {
                *way = way_by_lot(&mut lot);
            }
        }
        for season in 0..SEASONS {
            if lot(SEASONS) == 0 {
                plan.extras[season] = Self::extra(number, season, &mut lot);
            }
        }
        plan.insisted.retain(|_| lot(4) > 0);
        for _ in 0..lot(3) {
            plan.insisted.push(insisted(&mut lot));
        }
        plan
    }

    /// Plays it. All plans have the same luck, so that they are told apart by what they do.
    fn play(self) -> Tried {
        const SEED: u32 = 1;
        let world = flagship();
        let hands: Vec<Hand> = seats().map(|seat| Hand::of(vec![seat])).collect();
        let all = Hand::of(seats().collect());
        let first = std::sync::Mutex::new(BTreeSet::new());
        let arm = Arm::new(&world, |turn, orders| {
            let mut held = Vec::new();
            let left_out = |by: u32, order: u32| {
                let mut lots = Luck::new(self.number).stream(by, Purpose::Policy);
                turn == 1 && lots.at(order).uniform() * (LEFT_OUT as f64) < 1.0
            };
            for (order, action) in (1..).zip(&self.insisted) {
                if !left_out(INSISTENCE, order) {
                    orders.give_if_allowed(action.clone());
                }
            }
            if turn % SEASON == 1 {
                let (lot, count) = self.extras[usize::from(turn / SEASON) % SEASONS];
                let by_lot = Policy::Random.orders(&orders.draft().view(), &all, Luck::new(lot));
                for action in by_lot.into_iter().take(count) {
                    if let Action::Assign { unit, .. } | Action::Withdraw { unit } = &action {
                        held.extend(world.unit(unit));
                    }
                    orders.give_if_allowed(action);
                }
            }
            for (desk, (way, hand)) in (1..).zip(self.ways.iter().zip(&hands)) {
                let hand = hand.clone().without(held.iter().copied());
                let mut order = 0;
                run(orders, *way, &hand, |action| {
                    order += 1;
                    let insisted = self.insisted.iter().any(|it| decide_the_same(it, action));
                    insisted || left_out(desk, order)
                });
            }
            if turn == 1
                && let Ok(mut first) = first.lock()
            {
                // What is said moves nothing, and who gives a desk's orders is no order.
                let given = orders.draft().clone().given();
                let silent = given.into_iter().filter(|action| {
                    !matches!(
                        action,
                        Action::Pin { .. } | Action::RoomForecast { .. } | Action::Dial { .. }
                    )
                });
                first.extend(silent.map(|action| format!("{action:?}")));
            }
        });
        let left = left(&arm.play(SEED));
        drop(arm);
        Tried {
            first: first.into_inner().unwrap_or_default(),
            left,
            plan: self,
        }
    }
}

/// The plans that no other beats in everything.
fn unbeaten(tried: &[Tried]) -> Vec<&Tried> {
    let beaten = |plan: &Tried| tried.iter().any(|other| plan.is_beaten_by(other));
    tried.iter().filter(|plan| !beaten(plan)).collect()
}

/// The plan by which another is found: as often one that leads in an index as any that no other has
/// beaten, because few stand at the ends and a table may go for one.
fn parent<'a>(unbeaten: &[&'a Tried], mut lot: impl FnMut(usize) -> usize) -> Option<&'a Tried> {
    let index = lot(2 * JUDGED.len());
    if index < JUDGED.len() {
        let leads = |a: &&&Tried, b: &&&Tried| a.left[index].total_cmp(&b.left[index]);
        return unbeaten.iter().max_by(leads).copied();
    }
    unbeaten.get(lot(unbeaten.len())).copied()
}

/// Searches so many plans: a first generation by lot, then half of each by lot and half from those
/// that no other has beaten so far.
fn search(count: u32) -> Vec<Tried> {
    let mut tried: Vec<Tried> = Vec::new();
    while (tried.len() as u32) < count {
        let from = tried.len() as u32 + 1;
        let parents = unbeaten(&tried);
        let next: Vec<Plan> = (from..=count.min(from + GENERATION - 1))
            .map(|number| {
                let mut lot = lots_of(number, ORIGIN);
                let varied = (lot(2) == 0).then(|| parent(&parents, lot)).flatten();
                varied.map_or_else(
                    || Plan::new(number),
                    |from| Plan::varied(number, &from.plan),
                )
            })
            .collect();
        tried.par_extend(next.into_par_iter().map(Plan::play));
    }
    tried
}

/// The indices that the next shift finds after a game.
fn left(run: &Run) -> [f64; JUDGED.len()] {
    let indices = run.end.handover().map(|left| left.indices);
    JUDGED.map(|index| indices.map_or(0.0, |it| it[index as usize].to_f64()))
}

fn many_good_plans(_: &City, effort: Effort) -> Vec<Finding> {
    let count = if effort.short { PLANS / 10 } else { PLANS };
    let mut tried = search(count);
    tried.sort_by(|a, b| b.sum().total_cmp(&a.sum()));
    let best = &tried[..((f64::from(count) * BEST) as usize).max(1)];
    let mut choices: BTreeMap<&str, usize> = BTreeMap::new();
    for choice in best.iter().flat_map(|plan| &plan.first) {
        *choices.entry(choice).or_default() += 1;
    }
    let most = choices.values().copied().max().unwrap_or(0);
    let free = unbeaten(&tried);
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
const SHORT_LAYOUT: (u32, u32, u32) = (10, 5, 10);
/// Allocations in which each desk has a way of its own.
const MIXED: usize = 4;

/// An allocation with everything but the cards: the first run all desks in one way, the next each in
/// a way of its own, the others place by lot, anew each quarter.
fn allocate(number: u32, turn: u16, orders: &mut Orders, all: &Hand) {
    let answers = |action: &Action| matches!(action, Action::Answer { .. });
    match WAYS.get(number as usize) {
        Some(way) => run(orders, *way, all, answers),
        None if number as usize - WAYS.len() < MIXED => {
            for seat in seats() {
                let mut lots = Luck::new(number).draws(0, Purpose::Policy, u32::from(seat.0));
                let way = way_by_lot(|of| one_of(of, lots.uniform()));
                run(orders, way, &Hand::of(vec![seat]), answers);
            }
        }
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
        let at = one_of(inject.options.len(), lot);
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
                // The short form takes every second allocation.
                allocate(plan * LAYOUT.0 / plans, turn, orders, &all);
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
            plan: Plan::new(1),
        };
        let one = tried([50.0, 50.0, 50.0, 50.0, 50.0]);
        assert!(one.is_beaten_by(&tried([50.0, 51.0, 50.0, 50.0, 50.0])));
        assert!(!one.is_beaten_by(&tried([49.0, 90.0, 90.0, 90.0, 90.0])));
        assert!(!one.is_beaten_by(&tried([50.0; 5])));
    }

    #[test]
    fn a_plan_comes_to_the_same_twice() {
        let play = |number| Plan::new(number).play();
        let (one, two) = (play(7), play(7));
        assert_eq!((one.first, one.left), (two.first, two.left));
        assert_ne!(play(8).left, one.left);
    }
}
