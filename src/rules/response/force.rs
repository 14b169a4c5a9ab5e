//! What the units, duty levels, sensing and works in a precinct amount to.

use crate::rules::curve;
use crate::rules::digest::canon_row;
use crate::rules::id::{DistrictIx, UnitIx};
use crate::rules::institution::Sway;
use crate::rules::means::{Means, Team};
use crate::rules::model::{Coefficient as C, Model};
use crate::rules::units::Amount;
use crate::rules::world::{Governance, Lever, Tactic, Tier, World};

/// The means at work in one precinct, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Force {
    /// Patrol minutes per micro-place and day, spread over the whole precinct.
    pub spread_minutes: f64,
    /// Patrol minutes per hot spot and day.
    pub hot_minutes: f64,
    /// Share of the patrol minutes that trained teams give.
    pub trained: f64,
    /// Patrol teams as the public sees them.
    pub visible_teams: f64,
    /// Patrol teams per reference precinct of residents: what discovery grows with.
    pub teams_per_reference: f64,
    /// Units that walk to a call.
    pub walkers: f64,
    /// Units that drive to a call.
    pub cars: f64,
    /// Share of residents stopped or addressed in a month.
    pub contacts: f64,
    /// Share of residents who are treated badly in it.
    pub unfair: f64,
    /// Share of residents stopped in precise checks: what a wrong package makes worse.
    pub precise_contacts: f64,
    /// Squads on broad checks per reference precinct.
    pub broad_squads: f64,
    /// Squads on precise checks per reference precinct.
    pub precise_squads: f64,
    /// Teams on the precinct's problem per reference precinct.
    pub solvers: f64,
    /// Share of residents whose street a watch keeps.
    pub watched: f64,
    /// Share of residents visited in a month.
    pub visited: f64,
    /// The same, weighted by the quality of the work.
    pub visited_well: f64,
    /// Share of disputes mediated in a month.
    pub mediated: f64,
    /// Effective coverage by cameras: what somebody watches counts in full.
    pub cameras: f64,
    /// Coverage that helps to clear offences up.
    pub evidence: f64,
    /// Coverage less safeguards, weighted by how many do not support it.
    pub intrusion: f64,
    /// Share of full effect that new lighting has.
    pub lit: f64,
    /// Share of full effect that focused deterrence has.
    pub deterred: f64,
    /// Share of full effect that problem-solving has.
    pub solved: f64,
    /// Share of residents that a warning still reaches.
    pub warned: f64,
    /// Months of hot-spot patrol that the place is used to.
    pub familiarity: f64,
    /// Share more of what hot-spot patrol prevents, by knowing where trouble is.
    pub targeting: f64,
    /// Minutes more or fewer from a call to the order to go.
    pub handling: f64,
    /// Log-odds of clearing up an offence that the institution adds.
    pub clearance: f64,
    /// Log-odds of reporting that it adds.
    pub reporting: f64,
    /// Points of Rights lost by being watched, besides cameras.
    pub watching: f64,
}

impl Force {
    /// The force in each precinct as the means stand.
    #[must_use]
    pub(in crate::rules) fn of(world: &World, means: &Means) -> Vec<Self> {
        Self::under(world, means, &Sway::of(world, means))
    }

    /// The same, where what the institution amounts to is known already.
    pub(in crate::rules) fn under(world: &World, means: &Means, sway: &Sway) -> Vec<Self> {
        let model = &world.model;
        let mut forces: Vec<Self> = (0..world.precincts.len())
            .map(|p| installed(model, means, p))
            .collect();
        Self::sway(&mut forces, sway);
        let away = called_away(world, means);
        let work = [Lever::PatrolTime, Lever::Reach, Lever::Quality]
            .map(|lever| sway.sums(lever, forces.len()));
        for (at, post) in means.units.iter().enumerate() {
            let Some((place, tactic)) = post.at else {
                continue;
            };
            if !away.contains(&UnitIx::from_position(at)) {
                let unit = UnitIx::from_position(at);
                let sway = work.each_ref().map(|sums| sums[place.at()]);
                forces[place.at()].add(world, means, sway, unit, tactic);
            }
        }
        for force in &mut forces {
            // Nobody is visited twice before everybody was once, and no dispute is settled twice.
            let quality = share_of(force.visited_well, force.visited);
            force.visited = saturate(force.visited);
            force.visited_well = force.visited * quality;
            force.mediated = saturate(force.mediated);
            force.watched = saturate(force.watched);
            let (unfair, precise) = (
                share_of(force.unfair, force.contacts),
                share_of(force.precise_contacts, force.contacts),
            );
            force.contacts = saturate(force.contacts);
            force.unfair = force.contacts * unfair;
            force.precise_contacts = force.contacts * precise;
            force.trained = share_of(force.trained, force.spread_minutes + force.hot_minutes);
        }
        forces
    }

    /// Adds what the institution does in each place beside the units, lever by lever: most levers act
    /// in few places.
    fn sway(forces: &mut [Self], sway: &Sway) {
        sway.everywhere(Lever::Targeting, |p, more| forces[p].targeting += more);
        sway.everywhere(Lever::Handling, |p, more| forces[p].handling += more);
        sway.everywhere(Lever::Clearance, |p, more| forces[p].clearance += more);
        sway.everywhere(Lever::Reporting, |p, more| forces[p].reporting += more);
        sway.everywhere(Lever::Watching, |p, more| forces[p].watching += more);
    }

    /// Adds a unit at its post, where the institution changes the time of patrol, the reach of visits
    /// and their quality by these shares.
    fn add(
        &mut self,
        world: &World,
        means: &Means,
        [time, reach, better]: [f64; 3],
        unit: UnitIx,
        tactic: Tactic,
    ) {
        let model = &world.model;
        let (post, team, kind) = (
            &means.units[unit.at()],
            &means.teams[unit.at()],
            world.kind_of(unit),
        );
        let Some((place, _)) = post.at else { return };
        let residents = f64::from(world.precincts[place.at()].residents);
        let scale = model.get(C::ReferenceResidents) / residents;
        let grade = means.grade(world, place);
        let work = output(team, model);
        let time = curve::max(0.0, 1.0 + time);
        let presence = grade.presence(model) * work * time;
        let unfair = unfair_share(team, model);
        let at_home = match world.units[unit.at()].tier {
            Some(Tier::City) => model.get(C::Strangers),
            _ => 1.0,
        };
        let mut met = |people: f64| {
            let share = people / residents;
            self.contacts += share;
            self.unfair += share * unfair;
            share
        };
        match tactic {
            Tactic::Visible | Tactic::HotSpot => {
                met(kind.contacts * presence);
                let minutes = kind.minutes * scale * presence;
                let minutes = if tactic == Tactic::HotSpot {
                    // Who does not know the place misses some of its corners.
                    let minutes = minutes * at_home;
                    self.hot_minutes += minutes;
                    minutes
                } else {
                    // The same minutes over all micro-places instead of the hottest few.
                    let spread = minutes * model.get(C::HotShare);
                    self.spread_minutes += spread;
                    spread
                };
                self.trained += minutes * team.skill;
            }
            Tactic::BroadChecks => {
                met(kind.stops * presence);
                self.broad_squads += scale * presence;
            }
            Tactic::PreciseChecks => {
                let stopped = kind.stops * model.get(C::PreciseShare) * presence;
                self.precise_contacts += met(stopped);
                self.precise_squads += scale * presence;
            }
            Tactic::ProblemSolving => self.solvers += scale * work,
            Tactic::Watch => self.watched += kind.reach / residents,
            Tactic::Outreach => {
                let reach = curve::max(0.0, 1.0 + reach);
                let share = kind.reach / residents * work * reach;
                let tenure = model.get(C::QualityNew) + model.get(C::QualityGrowth) * post.months;
                let quality = curve::min(tenure, 1.0) * world.leadership * world.follow_up;
                let quality = quality * curve::max(0.0, 1.0 + better);
                self.visited += share;
                self.visited_well += share * quality * at_home;
            }
            Tactic::Mediation => self.mediated += kind.cases * scale * work,
        }
        if kind.minutes > 0.0 {
            self.visible_teams += kind.visibility * presence;
            self.teams_per_reference += kind.visibility * scale * presence;
            if kind.drives {
                self.cars += presence;
            } else if kind.stops > 0.0 {
                self.walkers += presence;
            }
        }
    }
}

/// What has been built, switched on and solved in a precinct.
fn installed(model: &Model, means: &Means, precinct: usize) -> Force {
    let site = &means.places[precinct];
    let (cameras, online) = (&site.cameras, &means.online);
    let covered = cameras.coverage(model, means.turn);
    let passive = if cameras.live {
        1.0
    } else {
        model.get(C::CamerasPassive)
    };
    let evidence = if cameras.governance == Governance::Purpose {
        model.get(C::PurposeClearance)
    } else {
        1.0
    };
    let ready = |months: Option<f64>, needed: C| {
        f64::from(u8::from(
            months.is_some_and(|m| m + 1e-9 >= model.get(needed)),
        ))
    };
    Force {
        cameras: covered * passive,
        evidence: covered * evidence,
        intrusion: model.get(C::CamerasOpposed)
            * (cameras.ungoverned(model, means.turn) + cameras.kept)
            + model.get(C::OnlineOpposed) * (online.ungoverned(model, means.turn) + online.kept),
        lit: ready(site.lighting, C::LightingMonths),
        deterred: ready(site.deterrence, C::DeterrenceMonths),
        solved: site.solved,
        warned: means.campaign.map_or(0.0, |campaign| {
            model.get(C::CampaignReach) * campaign.left(model)
        }),
        familiarity: site.familiarity,
        ..Force::default()
    }
}

/// The community teams that do something else this turn: called away by a high duty level, those
/// with the least tenure first, or telling people about cameras to come.
pub(in crate::rules) fn called_away(world: &World, means: &Means) -> Vec<UnitIx> {
    let mut away = Vec::new();
    let visiting = |at: usize| match means.units[at].at {
        Some((place, Tactic::Outreach)) => Some(place),
        _ => None,
    };
    let units = 0..means.units.len();
    for (d, grade) in means.duty.iter().enumerate() {
        let share = grade.taken(&world.model);
        if share <= 0.0 {
            continue;
        }
        let district = DistrictIx::from_position(d);
        let mut here: Vec<usize> = units
            .clone()
            .filter(|at| {
                visiting(*at).is_some_and(|p| world.precincts[p.at()].district == district)
            })
            .collect();
        let count = (here.len() as f64 * share).round() as usize;
        here.sort_by(|a, b| {
            let (x, y) = (means.units[*a].months, means.units[*b].months);
            x.total_cmp(&y).then(b.cmp(a))
        });
        away.extend(here.into_iter().take(count).map(UnitIx::from_position));
    }
    for (p, site) in means.places.iter().enumerate() {
        if site.cameras.announced(means.turn) {
            let free = units.clone().find(|at| {
                visiting(*at).is_some_and(|place| place.at() == p)
                    && !away.contains(&UnitIx::from_position(*at))
            });
            away.extend(free.map(UnitIx::from_position));
        }
    }
    away
}

/// The output of a team, 0 to 1: a tired one gets less done.
fn output(team: &Team, model: &Model) -> f64 {
    let beyond = curve::max(
        0.0,
        team.fatigue.get().to_f64() - model.get(C::FatigueLimit),
    );
    curve::clamp(1.0 - model.get(C::FatigueOutput) * beyond, 0.0, 1.0)
}

/// The share of a team's contacts in which people are treated badly.
fn unfair_share(team: &Team, model: &Model) -> f64 {
    let (untrained, trained) = (model.get(C::UnfairShare), model.get(C::TrainedUnfairShare));
    let rested = untrained + (curve::min(trained, untrained) - untrained) * team.skill;
    let tired = curve::exp(model.get(C::FatigueComplaints) * team.fatigue.get().to_f64());
    curve::clamp(rested * tired, 0.0, 1.0)
}

/// `part` of `whole`; nothing of nothing.
fn share_of(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// The share reached when `coverage` visits per head are made at random.
fn saturate(coverage: f64) -> f64 {
    1.0 - curve::exp(-coverage)
}

canon_row! {
    Force {
        spread_minutes, hot_minutes, trained, visible_teams, teams_per_reference, walkers, cars,
        contacts, unfair, precise_contacts, broad_squads, precise_squads, solvers, watched, visited,
        visited_well, mediated, cameras, evidence, intrusion, lit, deterred, solved, warned,
        familiarity, targeting, handling, clearance, reporting, watching,
    }
}
