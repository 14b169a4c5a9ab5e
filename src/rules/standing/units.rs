//! Postures of the desks that command units.

use super::Desk;
use crate::rules::action::Action;
use crate::rules::curve;
use crate::rules::id::{FamilyIx, PrecinctIx, UnitIx};
use crate::rules::means::Post;
use crate::rules::sight::{record, trust, weighed};
use crate::rules::units::Amount;
use crate::rules::view::View;
use crate::rules::world::{Duty, Tactic};

/// Hot-spot patrol moves on where its effect has fallen below this share.
const STALE: f64 = 0.7;
/// A team that carries more hours of overtime a week than this is rested.
const TIRED: f64 = 8.0;

impl Desk<'_> {
    /// Teams hold their places and move on when patrol there has gone stale.
    pub(super) fn rotate(&mut self) {
        self.rest();
        let record = record(&self.view);
        for (unit, post) in self.units(Tactic::HotSpot) {
            let stale = |place| self.view.freshness(place) < STALE;
            let moves = match post.at {
                None => self.draft_post(unit).is_none() && !self.view.teams()[unit.at()].training,
                Some((place, Tactic::HotSpot)) => stale(place),
                Some(_) => false,
            };
            if moves {
                self.patrol(unit, |view, p| record[p.at()] * view.freshness(p));
            }
        }
        self.drive();
    }

    /// One team a month goes to the place whose record rose most; the rest hold.
    pub(super) fn follow_the_record(&mut self) {
        self.rest();
        let rises = rises(&self.view);
        let record = record(&self.view);
        let units = self.units(Tactic::HotSpot);
        let at_work = units.iter().filter(|(_, post)| post.at.is_some());
        let least = at_work.min_by(|a, b| {
            let figure = |post: &Post| post.at.map_or(0.0, |(place, _)| rises[place.at()]);
            figure(&a.1).total_cmp(&figure(&b.1))
        });
        if let Some(&(unit, _)) = least {
            let to = Self::best(self.without(Tactic::HotSpot), |p| rises[p.at()]);
            if let Some(to) = to.filter(|to| rises[to.at()] > 0.0) {
                self.send((unit, to, Tactic::HotSpot));
            }
        }
        for (unit, post) in units {
            if post.at.is_none() {
                self.patrol(unit, |_, p| record[p.at()]);
            }
        }
        self.drive();
    }

    /// A team to each district, then to where most people live.
    pub(super) fn cover_evenly(&mut self) {
        self.rest();
        let world = self.world();
        for (unit, post) in self.units(Tactic::HotSpot) {
            if post.at.is_none() {
                let view = self.draft.view();
                let covered = |p: PrecinctIx| {
                    view.units().any(|(other, post)| {
                        world.kind_of(other).tactics.contains(&Tactic::HotSpot)
                            && post.at.is_some_and(|(place, _)| {
                                world.precincts[place.at()].district
                                    == world.precincts[p.at()].district
                            })
                    })
                };
                let bare: Vec<bool> = (0..world.precincts.len())
                    .map(|p| !covered(PrecinctIx::from_position(p)))
                    .collect();
                self.patrol(unit, |_, p| {
                    let people = f64::from(world.precincts[p.at()].residents);
                    people + if bare[p.at()] { 1e9 } else { 0.0 }
                });
            }
        }
        self.drive();
    }

    /// Community teams stay; those that wait go where trust is lowest. Mediators go to the loudest
    /// quarrels, volunteers out while a district is at a high duty level.
    pub(super) fn keep_the_beat(&mut self) {
        let trust = trust(&self.view);
        for (unit, post) in self.units(Tactic::Outreach) {
            if post.at.is_none() {
                let to = Self::best(self.without(Tactic::Outreach), |p| -trust[p.at()]);
                if let Some(to) = to {
                    self.send((unit, to, Tactic::Outreach));
                }
            }
        }
        let quarrels = weighed(&self.view, |family| family.mediation_effect);
        for (unit, post) in self.units(Tactic::Mediation) {
            if post.at.is_none() {
                let to = Self::best(self.without(Tactic::Mediation), |p| quarrels[p.at()]);
                if let Some(to) = to {
                    self.send((unit, to, Tactic::Mediation));
                }
            }
        }
        let world = self.world();
        let raised: Vec<_> = (self.view.duty().iter().enumerate())
            .filter(|(_, grade)| grade.level > Duty::III)
            .map(|(at, _)| at)
            .collect();
        let mut groups = self.units(Tactic::Watch).into_iter();
        for district in raised {
            let here = (self.without(Tactic::Watch).into_iter())
                .filter(|p| world.precincts[p.at()].district.at() == district);
            let to = Self::best(here, |p| f64::from(world.precincts[p.at()].residents));
            if let (Some((unit, _)), Some(to)) = (groups.next(), to) {
                self.send((unit, to, Tactic::Watch));
            }
        }
    }

    /// One community team a month goes from where a figure is lowest to where it is highest.
    pub(super) fn move_a_team(&mut self, figure: impl Fn(PrecinctIx) -> f64) {
        let at_work = (self.units(Tactic::Outreach).into_iter())
            .filter_map(|(unit, post)| Some((unit, post.at?.0)));
        let least = at_work.min_by(|a, b| figure(a.1).total_cmp(&figure(b.1)));
        let to = Self::best(self.without(Tactic::Outreach), &figure);
        if let (Some((unit, from)), Some(to)) = (least, to)
            && figure(to) > figure(from)
        {
            self.send((unit, to, Tactic::Outreach));
        }
        self.keep_the_beat();
    }

    /// Teams that have worked too many hours stay in.
    fn rest(&mut self) {
        let world = self.world();
        for (unit, post) in self.units(Tactic::HotSpot) {
            let hours = self.view.teams()[unit.at()].fatigue.get().to_f64();
            if post.at.is_some() && hours > TIRED {
                let unit = world.units[unit.at()].id.clone();
                self.give(Action::Withdraw { unit });
            }
        }
    }

    /// Cars that wait go where nobody patrols and most people live.
    fn drive(&mut self) {
        let world = self.world();
        for (unit, post) in self.units(Tactic::Visible) {
            let walks = world.kind_of(unit).tactics.contains(&Tactic::HotSpot);
            if post.at.is_none() && !walks {
                let people = |p: PrecinctIx| f64::from(world.precincts[p.at()].residents);
                if let Some(to) = Self::best(self.without(Tactic::Visible), people) {
                    self.send((unit, to, Tactic::Visible));
                }
            }
        }
    }

    /// Sends a team to the best place without hot-spot patrol.
    fn patrol(&mut self, unit: UnitIx, figure: impl Fn(&View, PrecinctIx) -> f64) {
        let view = self.view;
        let to = Self::best(self.without(Tactic::HotSpot), |p| figure(&view, p));
        if let Some(to) = to {
            self.send((unit, to, Tactic::HotSpot));
        }
    }

    /// Where a unit stands as the orders are.
    fn draft_post(&self, unit: UnitIx) -> Option<(PrecinctIx, Tactic)> {
        let view = self.draft.view();
        let mut units = view.units();
        units
            .find(|(other, _)| *other == unit)
            .and_then(|(_, post)| post.at)
    }
}

/// By how much the record of each precinct rose since the month before, each family by the effect
/// of patrol.
fn rises(view: &View) -> Vec<f64> {
    let world = view.world();
    let [.., before, now] = view.pages() else {
        return vec![0.0; world.precincts.len()];
    };
    (0..world.precincts.len())
        .map(PrecinctIx::from_position)
        .map(|p| {
            (world.families.iter().enumerate())
                .map(|(k, family)| {
                    let cell = world.cell(p, FamilyIx::from_position(k));
                    let rise = f64::from(now.recorded[cell]) - f64::from(before.recorded[cell]);
                    rise * curve::max(0.0, family.patrol_effect)
                })
                .sum()
        })
        .collect()
}
