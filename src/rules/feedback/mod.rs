//! Feedback: what is reported, what people think of it, what the surveys say.

mod trust;
mod wear;

pub(super) use trust::{Mood, leak, leak_everywhere, settle};
pub(super) use wear::pass;

use super::chance::{Luck, Purpose, sample};
use super::curve;
use super::id::{FamilyIx, PrecinctIx};
use super::institution::Sway;
use super::means::Means;
use super::model::{Coefficient as C, Model};
use super::response::{Circle, Force, cells, uniforms, uniforms_of};
use super::state::Step;
use super::units::{Amount, Micro};
use super::view::View;
use super::world::{Family, Lever, World};
use std::borrow::Cow;

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
    discoveries: &Discoveries,
) -> Vec<Recording> {
    let model = &world.model;
    // Log-odds add up and odds multiply, so a cell needs no exponential of its own.
    let against: Vec<f64> = (world.families.iter())
        .map(|family| odds_against(family.reporting_rate()))
        .collect();
    let mut chances = Vec::with_capacity(force.len() * against.len());
    let discovered = discoveries.shares.chunks(against.len());
    for ((force, trust), discovered) in force.iter().zip(trust).zip(discovered) {
        let by_trust = model.get(C::ReportingTrust) * (trust - 50.0) / 10.0;
        let by_contact = model.get(C::ReportingContact) * force.visited;
        let by_warning = model.get(C::CampaignReporting) * force.warned;
        let here = curve::exp(silence - by_trust - by_contact - force.reporting);
        let warned = here * curve::exp(-by_warning);
        chances.extend(world.families.iter().zip(&against).zip(discovered).map(
            |((family, against), discovered)| {
                let times = match family.campaign_effect > 0.0 {
                    true => warned,
                    false => here,
                };
                Recording {
                    reported: 1.0 / (1.0 + against * times),
                    discovered: *discovered,
                }
            },
        ));
    }
    chances
}

/// The shares of what nobody reports that presence discovers, per cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Discoveries {
    /// What the shares follow from: the chance that a team discovers an offence, per family; the
    /// teams in each precinct; the months.
    from: (Vec<f64>, Vec<f64>, f64),
    /// The shares.
    pub shares: Vec<f64>,
}

impl Discoveries {
    /// What is discovered in `months` months.
    pub fn of(world: &World, force: &[Force], months: f64) -> Self {
        Self::from(discovering(world, force, months))
    }

    /// What is discovered elsewhere, or by the card: often the same.
    pub fn again(&self, world: &World, force: &[Force], months: f64) -> Cow<'_, Self> {
        let from = discovering(world, force, months);
        if from == self.from {
            Cow::Borrowed(self)
        } else {
            Cow::Owned(Self::from(from))
        }
    }

    fn from(from: (Vec<f64>, Vec<f64>, f64)) -> Self {
        let (chances, teams, months) = &from;
        let missed: Vec<f64> = (chances.iter())
            .map(|chance| curve::ln(1.0 - chance))
            .collect();
        let mut shares = Vec::with_capacity(chances.len() * teams.len());
        for teams in teams {
            let share = |missed: &f64| match *teams > 0.0 {
                true => 1.0 - curve::exp(missed * (teams * months)),
                // Not even what nobody misses.
                false => 0.0,
            };
            shares.extend(missed.iter().map(share));
        }
        Self { from, shares }
    }
}

fn discovering(world: &World, force: &[Force], months: f64) -> (Vec<f64>, Vec<f64>, f64) {
    let chances = (world.families.iter()).map(|family| curve::clamp(family.discovery, 0.0, 1.0));
    let teams = force.iter().map(|force| force.teams_per_reference);
    (chances.collect(), teams.collect(), months)
}

/// The odds that what has this chance does not come about; a chance of one has odds of zero.
fn odds_against(chance: f64) -> f64 {
    (1.0 - chance) / chance
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
    let reports = uniforms(world, luck, step, Purpose::Reports);
    let finds = uniforms(world, luck, step, Purpose::Discoveries);
    (happened.iter().zip(chances).zip(reports.iter().zip(finds)))
        .map(|((&count, chance), (report, find))| {
            let reported = sample::binomial(count, chance.reported, *report);
            let found = match chance.discovered > 0.0 {
                true => sample::binomial(count - reported, chance.discovered, find),
                false => 0,
            };
            reported + found
        })
        .collect()
}

/// The share of what is known in a month that comes to be on record in the next.
pub(super) fn lag(sway: &Sway) -> f64 {
    curve::clamp(sway.city(Lever::Delay), 0.0, MOST_LATE)
}

impl View<'_> {
    /// Offences that the card lets one expect to come late to this turn's record, precinct × family.
    #[must_use]
    pub fn late(&self) -> &[f64] {
        &self.means.late
    }
}

/// The most that can come late; a record without this month is no record.
const MOST_LATE: f64 = 0.9;

/// What of the time before the first turn comes to be on record in it, per cell: without it a
/// record that lags would begin too low.
pub(super) fn late_at_start(world: &World, force: &[Force], before: &[Step]) -> Vec<f64> {
    let lag = lag(&Sway::of(world, &Means::at_start(world)));
    let Some(step) = before.last().filter(|_| lag > 0.0) else {
        return vec![0.0; cells(world).count()];
    };
    (step.expected.iter())
        .zip(recordings_at_start(world, force))
        .map(|(expected, chance)| expected * chance.share() * lag)
        .collect()
}

/// What of a step under the starting deployment comes to be on record, per cell.
fn recordings_at_start(world: &World, force: &[Force]) -> Vec<Recording> {
    let trust: Vec<f64> = world.precincts.iter().map(|p| p.trust.to_f64()).collect();
    let discoveries = Discoveries::of(world, force, world.turn.step_months());
    recordings(world, &trust, 0.0, force, &discoveries)
}

/// The share of offences that people report under the starting deployment, per cell.
pub(super) fn reported_at_start(world: &World, force: &[Force]) -> Vec<f64> {
    let chances = recordings_at_start(world, force).into_iter();
    chances.map(|chance| chance.reported).collect()
}

/// Draws what of `known` comes late, and adds what came late the step before.
pub(super) fn hold_back(
    world: &World,
    luck: Luck,
    step: u32,
    lag: f64,
    known: &[u32],
    late: &mut [u32],
) -> Vec<u32> {
    if lag <= 0.0 && late.iter().all(|count| *count == 0) {
        return known.to_vec();
    }
    let trials = sample::Trials::new(lag);
    (known.iter().zip(uniforms(world, luck, step, Purpose::Late)))
        .zip(late)
        .map(|((known, u), late)| {
            let held = trials.successes(*known, u);
            known - held + std::mem::replace(late, held)
        })
        .collect()
}

/// The chance that a recorded offence is cleared up, where help comes within `minutes` and cameras
/// that help cover the share `evidence` of the place: log-odds that fall with the logarithm of the
/// response time (Blanes i Vidal & Kirchmaier 2018) and rise with what cameras have seen (Ashby
/// 2017), and by what the institution adds, `more` log-odds.
#[must_use]
pub fn cleared_share(
    model: &Model,
    family: &Family,
    minutes: f64,
    (evidence, more): (f64, f64),
) -> f64 {
    let help = Help::new(model, minutes, (evidence, more));
    help.cleared(odds_against(family.clearance_rate()))
}

/// What a place does for its clearance, the same for all families.
struct Help {
    /// What multiplies the odds that an offence is not cleared up.
    times: f64,
}

impl Help {
    fn new(model: &Model, minutes: f64, (evidence, more): (f64, f64)) -> Self {
        let slower = curve::ln(minutes / model.get(C::ResponseOrdinary));
        let slower = model.get(C::ClearanceResponse) * slower;
        let seen = model.get(C::CamerasClearance) * evidence;
        Self {
            times: curve::exp(slower - seen - more),
        }
    }

    /// The share cleared up of a family that has these odds against it by itself.
    fn cleared(&self, against: f64) -> f64 {
        1.0 / (1.0 + against * self.times)
    }
}

/// Draws which of the recorded offences are cleared up.
pub(super) fn clear_up(
    world: &World,
    luck: Luck,
    step: u32,
    recorded: &[u32],
    circles: &[Circle],
    force: &[Force],
) -> Vec<u32> {
    let places = uniforms(world, luck, step, Purpose::Clearances);
    let families = world.families.len().max(1);
    let against: Vec<f64> = (world.families.iter())
        .map(|family| odds_against(family.clearance_rate()))
        .collect();
    let mut cleared = Vec::with_capacity(recorded.len());
    let precincts = recorded.chunks(families).zip(places.chunks(families));
    for ((circle, force), (recorded, places)) in circles.iter().zip(force).zip(precincts) {
        let seen = (force.evidence, force.clearance);
        let help = Help::new(&world.model, circle.minutes, seen);
        let cells = recorded.iter().zip(&against).zip(places);
        cleared.extend(cells.map(|((count, against), u)| match count {
            0 => 0,
            _ => sample::binomial(*count, help.cleared(*against), *u),
        }));
    }
    cleared
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
    let mut stream = luck.stream(step, Purpose::DoorToDoor);
    let mut draws = vec![0.0; world.families.len()];
    uniforms_of(&mut stream, precinct, &mut draws);
    let error = world.model.get(C::DoorToDoorError);
    (draws.into_iter().enumerate())
        .map(|(k, u)| {
            let truth = f64::from(counts[world.cell(precinct, FamilyIx::from_position(k))]);
            let told = truth * (1.0 + error * curve::probit(u));
            curve::max(told, 0.0).round_ties_even() as u32
        })
        .collect()
}
