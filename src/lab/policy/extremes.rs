//! One idea, and nothing else: what a table would see if it believed in a single instrument.

use super::{Hand, Paper};
use crate::rules::id::{PrecinctIx, UnitIx};
use crate::rules::sight::{ranked, record, send, trust, weighed};
use crate::rules::state::Post;
use crate::rules::world::{Duty, Governance, Work};
use crate::rules::{Action, Id, Tactic, View};

/// Units by whether they can do something.
fn parted(view: &View, hand: &Hand, tactic: Tactic) -> (Vec<(UnitIx, Post)>, Vec<(UnitIx, Post)>) {
    let can = |unit: UnitIx| view.world().kind_of(unit).tactics.contains(&tactic);
    hand.units(view)
        .into_iter()
        .partition(|(unit, _)| can(*unit))
}

/// Every unit that can visit, where trust is lowest; every other off the map, but for mediators.
pub(super) fn outreach(view: &View, hand: &Hand) -> Vec<Action> {
    let trust = trust(view);
    let lowest = ranked(view, |p| -trust[p.at()]);
    let quarrels = weighed(view, |family| family.mediation_effect);
    let loudest = ranked(view, |p| quarrels[p.at()]);
    let (visitors, others) = parted(view, hand, Tactic::Outreach);
    let (mediators, patrol): (Vec<_>, Vec<_>) = others.into_iter().partition(|(unit, _)| {
        let kind = view.world().kind_of(*unit);
        kind.tactics.contains(&Tactic::Mediation)
    });
    let mut paper = Paper::new(view, hand);
    paper.withdraw(patrol.into_iter().map(|(unit, _)| unit));
    paper.place(send(view, &visitors, &lowest, Some(Tactic::Outreach)));
    paper.place(send(view, &mediators, &loudest, Some(Tactic::Mediation)));
    paper.orders()
}

/// Cameras at the highest level everywhere and monitoring online, without safeguards; the units
/// stay where they are.
pub(super) fn sensing(view: &View, hand: &Hand) -> Vec<Action> {
    let record = record(view);
    let mut paper = Paper::new(view, hand);
    paper.give(switch(None, 1, false));
    for p in ranked(view, |p| record[p.at()]) {
        let id = &view.world().precincts[p.at()].id;
        for level in (1..=3).rev() {
            if paper.give(switch(Some(id), level, true))
                || paper.give(switch(Some(id), level, false))
            {
                break;
            }
        }
    }
    paper.orders()
}

fn switch(precinct: Option<&Id>, level: u8, live: bool) -> Action {
    Action::Sense {
        precinct: precinct.cloned(),
        level,
        governance: Governance::Bare,
        live,
    }
}

/// Broad checks where most is on record; who cannot check stays where it is.
pub(super) fn checks(view: &View, hand: &Hand) -> Vec<Action> {
    let record = record(view);
    let worst = ranked(view, |p| record[p.at()]);
    let (squads, _) = parted(view, hand, Tactic::BroadChecks);
    let mut paper = Paper::new(view, hand);
    paper.place(send(view, &squads, &worst, Some(Tactic::BroadChecks)));
    paper.orders()
}

/// The highest duty level, and patrol at hot spots.
pub(super) fn duty(view: &View, hand: &Hand) -> Vec<Action> {
    let mut paper = Paper::new(view, hand);
    call_out(view, &mut paper);
    for order in super::hotspot::orders(view, hand) {
        paper.give(order);
    }
    paper.orders()
}

/// The highest level that can be paid, and no lower one where it stands: in the whole city, or else
/// district by district, first where most is on record.
pub(super) fn call_out(view: &View, paper: &mut Paper) {
    let world = view.world();
    let whole = |level| Action::Duty {
        district: None,
        level,
    };
    if view.duty().iter().all(|grade| grade.level == Duty::I) || paper.give(whole(Duty::I)) {
        return;
    }
    let record = record(view);
    let mut districts: Vec<(f64, usize)> = (0..world.districts.len())
        .map(|at| {
            let precincts = world.precincts.iter().zip(&record);
            let here = precincts.filter(|(precinct, _)| precinct.district.at() == at);
            (here.map(|(_, record)| record).sum(), at)
        })
        .collect();
    districts.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, at) in districts {
        for level in [Duty::I, Duty::II] {
            let district = Some(world.districts[at].clone());
            if view.duty()[at].level >= level || paper.give(Action::Duty { district, level }) {
                break;
            }
        }
    }
}

/// How many places `stacker` cares about.
const STACKED: usize = 3;

/// Everything on the three worst places on record.
pub(super) fn stacker(view: &View, hand: &Hand) -> Vec<Action> {
    let record = record(view);
    let worst: Vec<PrecinctIx> = ranked(view, |p| record[p.at()])
        .into_iter()
        .take(STACKED)
        .collect();
    let mut paper = Paper::new(view, hand);
    let (patrol, rest) = parted(view, hand, Tactic::HotSpot);
    paper.place(send(view, &patrol, &worst, Some(Tactic::HotSpot)));
    paper.place(send(view, &rest, &worst, None));
    for p in &worst {
        let precinct = view.world().precincts[p.at()].id.clone();
        for work in Work::ALL {
            paper.give(Action::Build {
                work,
                precinct: precinct.clone(),
            });
        }
        paper.give(switch(Some(&precinct), 3, true));
    }
    paper.orders()
}
