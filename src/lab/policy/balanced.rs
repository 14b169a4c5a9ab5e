//! A good heuristic: a little of everything, kept long enough to work.

use super::desk_work::{self, kept};
use super::{Hand, Paper, answers};
use crate::rules::id::{PrecinctIx, UnitIx};
use crate::rules::sight::{ranked, record, send, trust, weighed};
use crate::rules::state::Post;
use crate::rules::world::{Duty, Work};
use crate::rules::{Action, Tactic, View};

/// Patrol moves on where its effect has fallen below this share.
const STALE: f64 = 0.72;
/// A foot team in so many is at a problem instead of at hot spots.
const ONE_IN: usize = 4;
/// A warning is repeated after so many months.
const WARN_EVERY: f64 = 3.0;
/// Funds above this, in units of the turn's income, go into works.
const SPARE: f64 = 0.3;
/// By how much a place counts for more for each note that something grows there.
const HINTED: f64 = 0.15;

pub(super) fn orders(view: &View, hand: &Hand) -> Vec<Action> {
    let mut paper = plan(view, hand);
    desk_work::pin(view, hand, &mut paper);
    desk_work::forecast(view, &mut paper);
    desk_work::reply(view, hand, &mut paper);
    paper.orders()
}

/// What is ordered, without what is said.
pub(super) fn plan<'a>(view: &View<'a>, hand: &'a Hand) -> Paper<'a> {
    let world = view.world();
    let mut paper = Paper::new(view, hand);
    paper.give(Action::Duty {
        district: None,
        level: Duty::III,
    });
    train(view, hand, &mut paper);
    patrol(view, hand, &mut paper);
    community(view, hand, &mut paper);
    answers::answer(view, hand, &mut paper);
    let due = view
        .campaign()
        .is_none_or(|campaign| campaign.months >= WARN_EVERY);
    if due
        && world
            .families
            .iter()
            .any(|family| family.campaign_effect > 0.0)
    {
        paper.give_keeping(Action::Campaign { reminder: true }, kept(view));
    }
    desk_work::institution(view, &mut paper);
    build(view, &mut paper);
    paper
}

/// Two teams a turn are trained, until all are: where nothing else is lost but their turn.
fn train(view: &View, hand: &Hand, paper: &mut Paper) {
    let teams = view.teams();
    let idle = hand.units(view).into_iter().filter(|(unit, post)| {
        post.at.is_none()
            && teams[unit.at()].skill < 0.3
            && view.world().kind_of(*unit).contacts > 0.0
    });
    for (unit, _) in idle.take(1) {
        let unit = view.world().units[unit.at()].id.clone();
        paper.give(Action::Train { unit });
    }
}

/// Hot spots where most harm is on record and patrol is still fresh; some teams at the problems of
/// the worst places.
fn patrol(view: &View, hand: &Hand, paper: &mut Paper) {
    let world = view.world();
    let learning = |paper: &Paper, unit: UnitIx| paper.draft.view().teams()[unit.at()].training;
    let units: Vec<(UnitIx, Post)> = hand
        .units(view)
        .into_iter()
        .filter(|(unit, _)| world.kind_of(*unit).tactics.contains(&Tactic::HotSpot))
        .filter(|(unit, _)| !learning(paper, *unit))
        .collect();
    let harm = weighed(view, |family| family.patrol_effect * family.harm);
    let record = record(view);
    let hints = desk_work::hints(
        view,
        hand,
        units.first().map(|unit| world.kind_of(unit.0).owner),
    );
    let worth = |p: PrecinctIx| {
        let fresh = view.freshness(p);
        let fresh = if fresh < STALE { fresh * fresh } else { fresh };
        let heard = 1.0 + HINTED * hints[p.at()] as f64;
        (harm[p.at()] + record[p.at()]) * fresh * heard
    };
    let worst = ranked(view, |p| harm[p.at()] + record[p.at()]);
    let can_solve = |unit: &(UnitIx, Post)| {
        world
            .kind_of(unit.0)
            .tactics
            .contains(&Tactic::ProblemSolving)
    };
    let solvers = units.iter().filter(|unit| can_solve(unit)).count() / ONE_IN;
    let at_work = |post: &Post| matches!(post.at, Some((_, Tactic::ProblemSolving)));
    let (mut solving, mut roving): (Vec<_>, Vec<_>) =
        units.into_iter().partition(|(_, post)| at_work(post));
    while solving.len() < solvers {
        let Some(at) = roving.iter().position(can_solve) else {
            break;
        };
        let (unit, _) = roving.remove(at);
        let taken = |p: &PrecinctIx| {
            let posts = paper.draft.view();
            posts
                .units()
                .any(|(_, post)| post.at == Some((*p, Tactic::ProblemSolving)))
        };
        let Some(to) = worst.iter().copied().find(|p| !taken(p)) else {
            break;
        };
        paper.place([(unit, to, Tactic::ProblemSolving)]);
        solving.push((
            unit,
            Post {
                at: None,
                months: 0.0,
            },
        ));
    }
    let fresh_and_bad = ranked(view, worth);
    paper.place(send(view, &roving, &fresh_and_bad, Some(Tactic::HotSpot)));
}

/// Visits that stay where they are, the first of them where trust is lowest; mediators where most
/// quarrels are.
fn community(view: &View, hand: &Hand, paper: &mut Paper) {
    let world = view.world();
    let trust = trust(view);
    let lowest = ranked(view, |p| -trust[p.at()]);
    let quarrels = weighed(view, |family| family.mediation_effect);
    let loudest = ranked(view, |p| quarrels[p.at()]);
    let units: Vec<(UnitIx, Post)> = hand
        .units(view)
        .into_iter()
        .filter(|(unit, post)| {
            post.at.is_none() && !world.kind_of(*unit).tactics.contains(&Tactic::HotSpot)
        })
        .collect();
    let (visitors, others): (Vec<_>, Vec<_>) = units
        .into_iter()
        .partition(|(unit, _)| world.kind_of(*unit).tactics.contains(&Tactic::Outreach));
    let free: Vec<PrecinctIx> = lowest
        .iter()
        .copied()
        .filter(|p| {
            !view
                .units()
                .any(|(_, post)| post.at == Some((*p, Tactic::Outreach)))
        })
        .collect();
    let places = if free.is_empty() { &lowest } else { &free };
    paper.place(send(view, &visitors, places, Some(Tactic::Outreach)));
    paper.place(send(view, &others, &loudest, None));
}

/// One work at a time, where most harm is on record, once there is money to spare.
fn build(view: &View, paper: &mut Paper) {
    let world = view.world();
    let spare = world.purse.income.0 as f64 * SPARE;
    if (paper.draft.view().free_funds().0 as f64) < spare {
        return;
    }
    let harm = weighed(view, |family| family.lighting_effect * family.harm);
    for p in ranked(view, |p| harm[p.at()])
        .into_iter()
        .take(world.precincts.len() / 3)
    {
        let precinct = world.precincts[p.at()].id.clone();
        let work = Work::Lighting;
        if paper.give(Action::Build { work, precinct }) {
            return;
        }
    }
}
