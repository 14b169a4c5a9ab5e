//! Look-ahead: changes of a plan are tried on paper, one at a time, and kept if the card lets one
//! expect more of the months to come. How many are weighed is fixed, so the same seed gives the
//! same plan.

use super::answers::answer;
use super::desk_work::{self, forecast, pin, settings};
use super::{Hand, Paper, Policy, balanced, random};
use crate::rules::chance::{Luck, Purpose};
use crate::rules::id::UnitIx;
use crate::rules::table::HANDOVER_MONTHS;
use crate::rules::world::Objective;
use crate::rules::{Action, Amount, Cents, Draft, Index, Outlook, View};

/// How many plans are weighed in a turn.
pub(super) const NODES: usize = 300;
/// How many months it looks ahead: as long as problem-solving or a change of trust needs to show.
const MONTHS: u16 = 6;
/// Points by which a plan must be better to take the place of another.
const BETTER: f64 = 1e-3;
/// The turns in which `bundle` plans.
const PLANNED: u16 = 2;

/// A point that a line of an objective is short of counts as so many more.
const LINE: f64 = 4.0;
/// A line is reached with this to spare, because a year has its luck: points, or per cent of a count.
const TO_SPARE: f64 = 1.0;

/// What it is after: the sum of the five indices to be expected at the end of the months ahead, less
/// what the lines of the objectives are short of. How safe people feel is a headline and no aim.
pub struct Aim<'a> {
    outlook: Outlook,
    objectives: &'a [Objective],
    months: u16,
}

impl<'a> Aim<'a> {
    /// The aim in a turn: so many months ahead, but no further than the game is judged.
    #[must_use]
    pub fn of(view: &View<'a>, months: u16) -> Self {
        let world = view.world();
        let left = world.turns.saturating_sub(view.turn()) + 1;
        let judged = f64::from(left) * world.turn.months() + f64::from(HANDOVER_MONTHS);
        Self {
            outlook: Outlook::of(view),
            objectives: &world.objectives,
            months: months.min(judged.ceil() as u16).max(1),
        }
    }

    /// How much may be expected of what stands on a paper, points.
    #[must_use]
    pub fn worth(&self, paper: &View) -> f64 {
        let left = self.outlook.after(paper, self.months);
        let all = Index::ALL.iter().filter(|it| **it != Index::SenseOfSafety);
        let sum: f64 = all.map(|it| left.indices[*it as usize].to_f64()).sum();
        let goals = self.objectives.iter().map(|it| &it.goal);
        let short = |goal| self.outlook.short_of(goal, &left, TO_SPARE);
        sum - LINE * goals.map(short).sum::<f64>()
    }
}

/// It leaves twice the reserve of a balanced table in hand, so that the cards of the next turn can be
/// answered from it.
fn kept(view: &View) -> Cents {
    let reserve = desk_work::kept(view);
    reserve + reserve
}

pub(super) fn orders(view: &View, hand: &Hand, luck: Luck) -> Vec<Action> {
    // What no card shows and no outlook holds is done as a balanced table does it, and paid first.
    let mut begun = Paper::new(view, hand);
    answer(view, hand, &mut begun);
    let mut paper = best(view, hand, begun, luck, MONTHS);
    pin(view, hand, &mut paper);
    forecast(view, &mut paper);
    paper.orders()
}

/// The best plan that can be found in the first turns, looking to the end; then nothing more.
pub(super) fn bundle(view: &View, hand: &Hand, luck: Luck) -> Vec<Action> {
    if view.turn() > PLANNED {
        return Vec::new();
    }
    let begun = Paper::new(view, hand);
    best(view, hand, begun, luck, u16::MAX).orders()
}

/// The best of what has begun, of the plans that other policies make of it and of single changes.
fn best<'a>(
    view: &View<'a>,
    hand: &'a Hand,
    begun: Paper<'a>,
    luck: Luck,
    months: u16,
) -> Paper<'a> {
    let aim = Aim::of(view, months);
    let keep = kept(view);
    let mut best = (aim.worth(&begun.draft.view()), begun.clone());
    let mut nodes = 1;
    let starts = [
        balanced::plan(view, hand).orders(),
        Policy::Greedy.orders(view, hand, luck),
    ];
    for plan in starts {
        let mut paper = begun.clone();
        let orders = plan.into_iter();
        // The cards have been answered.
        for action in orders.filter(|it| !matches!(it, Action::Answer { .. })) {
            paper.give_keeping(action, keep);
        }
        let worth = aim.worth(&paper.draft.view());
        nodes += 1;
        if worth > best.0 {
            best = (worth, paper);
        }
    }
    let groups = changes(view, hand);
    let mut lots = luck.stream(u32::from(view.turn()), Purpose::Policy);
    // A change that may not be made is no plan, and costs next to nothing; but a table on which
    // nothing may be changed must come to an end.
    for lot in 0..20 * NODES as u32 {
        if nodes >= NODES {
            break;
        }
        let mut draws = lots.at(lot);
        let mut pick = |of: usize| ((draws.uniform() * of as f64) as usize).min(of.max(1) - 1);
        let Some(group) = groups.get(pick(groups.len())) else {
            break;
        };
        let Some(action) = group.get(pick(group.len())) else {
            continue;
        };
        let tried: Option<Draft> = best.1.tried(action);
        let Some(draft) = tried.filter(|draft| best.1.can_spare(draft, keep)) else {
            continue;
        };
        nodes += 1;
        let worth = aim.worth(&draft.view());
        if worth > best.0 + BETTER {
            best.0 = worth;
            best.1.draft = draft;
        }
    }
    best.1
}

/// Every change that is thought of, in groups that are as likely as each other: a unit's places, a
/// measure's levels, the settings of the institution.
fn changes(view: &View, hand: &Hand) -> Vec<Vec<Action>> {
    let world = view.world();
    let places = |unit: UnitIx| {
        let id = || world.units[unit.at()].id.clone();
        let mut all = vec![Action::Withdraw { unit: id() }];
        for precinct in &world.precincts {
            all.extend(
                world
                    .kind_of(unit)
                    .tactics
                    .iter()
                    .map(|tactic| Action::Assign {
                        unit: id(),
                        to: precinct.id.clone(),
                        tactic: *tactic,
                    }),
            );
        }
        all
    };
    let mut groups: Vec<Vec<Action>> = hand
        .units(view)
        .into_iter()
        .map(|(unit, _)| places(unit))
        .collect();
    let units = groups.len().max(1);
    let measures: Vec<Action> = random::measures(world).into_iter().flatten().collect();
    let settings = settings(view);
    // As often as one of the units is moved, something is ordered or set.
    for _ in 0..units.div_ceil(4) {
        groups.push(measures.clone());
        groups.push(settings.clone());
    }
    groups.retain(|group| !group.is_empty());
    groups
}
