//! Feedback: what is reported, what people think of it, what the surveys say.

mod trust;
mod wear;

pub(super) use trust::{Mood, leak, settle};
pub(super) use wear::pass;

use super::chance::{Luck, Purpose, sample};
use super::curve;
use super::id::{FamilyIx, PrecinctIx};
use super::model::Coefficient as C;
use super::response::{Circle, Force, Places, cells};
use super::units::{Amount, Micro};
use super::world::World;

/// The chance of every cell that an offence comes to be on record: reported, or else discovered by
/// presence.
///
/// Source of the form: log-odds of reporting linear in trust (calibrated on Desmond et al. 2016);
/// the share of residents visited or warned adds to it, which is judgement; `silence` is what people
/// still hold back after misconduct, log-odds.
pub(super) fn recordings(
    world: &World,
    trust: &[f64],
    silence: f64,
    force: &[Force],
    months: f64,
) -> Vec<Recording> {
    let model = &world.model;
    let by_itself: Vec<f64> = (world.families.iter())
        .map(|family| curve::logit(family.reporting_rate()))
        .collect();
    let mut chances = Vec::with_capacity(force.len() * by_itself.len());
    for (force, trust) in force.iter().zip(trust) {
        let by_trust = model.get(C::ReportingTrust) * (trust - 50.0) / 10.0;
        let by_contact = model.get(C::ReportingContact) * force.visited;
        let by_warning = model.get(C::CampaignReporting) * force.warned;
        let presence = force.teams_per_reference * months;
        chances.extend(
            world
                .families
                .iter()
                .zip(&by_itself)
                .map(|(family, log_odds)| {
                    let log_odds = log_odds + by_trust + by_contact - silence;
                    let log_odds = if family.campaign_effect > 0.0 {
                        log_odds + by_warning
                    } else {
                        log_odds
                    };
                    let missed = 1.0 - curve::clamp(family.discovery, 0.0, 1.0);
                    Recording {
                        reported: curve::logistic(log_odds),
                        discovered: 1.0 - curve::pow(missed, presence),
                    }
                }),
        );
    }
    chances
}

/// Chances of coming to be on record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Recording {
    /// Share reported.
    pub reported: f64,
    /// Share of the rest that presence discovers.
    pub discovered: f64,
}

impl Recording {
    /// Share on record in all.
    pub fn share(self) -> f64 {
        self.reported + (1.0 - self.reported) * self.discovered
    }
}

/// Draws what of `happened` comes to be on record.
pub(super) fn record(
    world: &World,
    luck: Luck,
    step: u32,
    happened: &[u32],
    chances: &[Recording],
) -> Vec<u32> {
    let mut reports = Places::new(world, luck, step, Purpose::Reports);
    let mut finds = Places::new(world, luck, step, Purpose::Discoveries);
    cells(world)
        .map(|(p, k)| {
            let at = world.cell(p, k);
            let (count, chance) = (happened[at], chances[at]);
            let reported = sample::binomial(count, chance.reported, reports.uniform(p, k));
            let found = match chance.discovered > 0.0 {
                true => sample::binomial(count - reported, chance.discovered, finds.uniform(p, k)),
                false => 0,
            };
            reported + found
        })
        .collect()
}

/// Draws which of the recorded offences are cleared up: log-odds that fall with the logarithm of
/// the response time (Blanes i Vidal & Kirchmaier 2018) and rise with what cameras have seen
/// (Ashby 2017).
pub(super) fn clear_up(
    world: &World,
    luck: Luck,
    step: u32,
    recorded: &[u32],
    circles: &[Circle],
    force: &[Force],
) -> Vec<u32> {
    let model = &world.model;
    let mut places = Places::new(world, luck, step, Purpose::Clearances);
    let ordinary = model.get(C::ResponseOrdinary);
    let by_itself: Vec<f64> = (world.families.iter())
        .map(|family| curve::logit(family.clearance_rate()))
        .collect();
    let lost: Vec<f64> = (circles.iter())
        .map(|circle| model.get(C::ClearanceResponse) * curve::ln(circle.minutes / ordinary))
        .collect();
    cells(world)
        .zip(recorded)
        .map(|((p, k), count)| {
            let seen = model.get(C::CamerasClearance) * force[p.at()].evidence;
            let log_odds = by_itself[k.at()] - lost[p.at()] + seen;
            sample::binomial(*count, curve::logistic(log_odds), places.uniform(p, k))
        })
        .collect()
}

/// The monthly surveys of trust and of perceived safety: the truth with the error of a sample.
pub(super) fn survey(
    world: &World,
    luck: Luck,
    step: u32,
    trust: &[Micro],
    feel_safe: &[Micro],
) -> (Vec<Micro>, Vec<Micro>) {
    let mut stream = luck.stream(step, Purpose::Survey);
    let error = world.model.get(C::SurveyError);
    (0..world.precincts.len())
        .map(|p| {
            let mut draws = stream.at(p as u32);
            let mut told = |truth: Micro| {
                let points = truth.to_f64() + error * curve::probit(draws.uniform());
                Micro::from_f64(curve::clamp(points, 0.0, 100.0))
            };
            (told(trust[p]), told(feel_safe[p]))
        })
        .unzip()
}

/// What people tell at their doors: a count with its sampling error.
pub(super) fn door_to_door(
    world: &World,
    luck: Luck,
    step: u32,
    precinct: PrecinctIx,
    counts: &[u32],
) -> Vec<u32> {
    let mut places = Places::new(world, luck, step, Purpose::DoorToDoor);
    let error = world.model.get(C::DoorToDoorError);
    (0..world.families.len())
        .map(|k| {
            let family = FamilyIx::from_position(k);
            let truth = f64::from(counts[world.cell(precinct, family)]);
            let told = truth * (1.0 + error * curve::probit(places.uniform(precinct, family)));
            curve::max(told, 0.0).round_ties_even() as u32
        })
        .collect()
}
