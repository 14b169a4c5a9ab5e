//! Risk domains: pressures that build up by themselves, press on each other, and now and then give
//! way to an event.
//!
//! Source of the form: judgement throughout (drift, coupling and a logistic hazard). No study fixes
//! these numbers, and the model card says so.

use super::chance::{Draws, Luck, Purpose, Stream};
use super::curve;
use super::digest::canon;
use super::emergency::Scene;
use super::id::{InstrumentIx, PrecinctIx, UnitIx};
use super::institution::Sway;
use super::ledger::{Account, Cause, Ledger, Points, Rule, SCALE, Stock};
use super::means::Means;
use super::model::{Coefficient as C, Model};
use super::state::{OpenPage, State, Truth};
use super::turn;
use super::units::{Amount, Micro};
use super::world::{DOMAINS, Domain, Duty, Influence, Instrument, Lever, Tactic, World};

/// A report that something may be about to happen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alert {
    /// In which domain.
    pub domain: Domain,
    /// Where.
    pub place: PrecinctIx,
    /// How likely it is by what is known: the share of such reports that come true.
    pub confidence: f64,
}

/// Something that happened in a risk domain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// In which domain.
    pub domain: Domain,
    /// Where.
    pub place: PrecinctIx,
    /// Its harm, as a share of what an ordinary month's offences do.
    pub harm: f64,
}

/// What the domains contribute to harm in one step, as shares of an ordinary month's harm.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Risk {
    /// Expected per domain.
    pub expected: [f64; DOMAINS],
    /// What happened.
    pub happened: f64,
    /// Expected in a city where nobody decides anything.
    pub reference: f64,
}

canon! {
    Alert { domain, place, confidence }
    Event { domain, place, harm }
    Risk { expected, happened, reference }
}

/// The most of an event's harm that preparations can avoid.
const MOST_AVOIDED: f64 = 0.8;

/// The most that a lack of them can add.
const MOST_WORSENED: f64 = 0.5;

/// The pressure of each open domain at the start.
pub(super) fn at_start(world: &World) -> Vec<Points> {
    (world.domains.iter())
        .map(|open| Stock::new(open.start))
        .collect()
}

/// The chance a month that something happens at this pressure, points.
#[must_use]
pub fn hazard(model: &Model, pressure: f64) -> f64 {
    curve::logistic(model.get(C::EventBase) + model.get(C::EventSlope) * pressure)
}

/// Points a month by which a domain's pressure grows by itself.
fn drift(model: &Model, domain: Domain) -> f64 {
    model.get(match domain {
        Domain::Institutions => C::DriftInstitutions,
        Domain::MassHarm => C::DriftMassHarm,
        Domain::Grievance => C::DriftGrievance,
        Domain::Transport => C::DriftTransport,
        Domain::Network => C::DriftNetwork,
        Domain::Information => C::DriftInformation,
        Domain::Force => C::DriftForce,
        // It follows what happens in the precincts.
        Domain::Street => return 0.0,
    })
}

/// The harm of an event, as a share of an ordinary month's.
pub(super) fn severity(model: &Model, domain: Domain) -> f64 {
    model.get(match domain {
        Domain::Institutions => C::HarmInstitutions,
        Domain::MassHarm => C::HarmMassHarm,
        Domain::Grievance => C::HarmGrievance,
        Domain::Transport => C::HarmTransport,
        Domain::Network => C::HarmNetwork,
        Domain::Information => C::HarmInformation,
        Domain::Force => C::HarmForce,
        Domain::Street => C::HarmStreet,
    })
}

/// Which domain presses on which.
pub const COUPLINGS: [(Domain, Domain); 5] = [
    (Domain::Grievance, Domain::Information),
    (Domain::Information, Domain::Grievance),
    (Domain::Force, Domain::Information),
    (Domain::Transport, Domain::Information),
    (Domain::Network, Domain::Street),
];

/// Points a month by which other domains press on one.
fn coupling(model: &Model, domain: Domain, pressure: impl Fn(Domain) -> Option<f64>) -> f64 {
    COUPLINGS
        .iter()
        .filter(|(_, to)| *to == domain)
        .filter_map(|(from, _)| pressure(*from))
        .map(|points| {
            let beyond = curve::max(0.0, points - model.get(C::CouplingFrom));
            model.get(C::Coupling) * beyond / 10.0
        })
        .sum()
}

/// Expected harm of each step in a city where nobody decides anything, all domains together.
pub(super) fn reference(world: &World) -> Vec<f64> {
    reference_and(world, 0)
}

/// The same, and of so many turns after the last.
pub(super) fn reference_and(world: &World, more: u16) -> Vec<f64> {
    let model = &world.model;
    let steps = u32::from(world.turns + more) * world.turn.steps();
    let months = world.turn.step_months();
    let mut now: Vec<f64> = (world.domains.iter())
        .map(|open| open.start.to_f64())
        .collect();
    (0..if now.is_empty() { 0 } else { steps })
        .map(|_| {
            let harm = (world.domains.iter().zip(&now))
                .map(|(open, points)| chance(model, *points, months) * severity(model, open.domain))
                .sum();
            let before = now.clone();
            let of = |domain| Some(before[world.domain(domain)?]);
            for (open, points) in world.domains.iter().zip(&mut now) {
                let grown = drift(model, open.domain) + coupling(model, open.domain, of);
                *points = curve::clamp(*points + grown * months, 0.0, 100.0);
            }
            harm
        })
        .collect()
}

/// The chance that something happens within `months` months.
fn chance(model: &Model, pressure: f64, months: f64) -> f64 {
    curve::over(months, hazard(model, pressure))
}

/// The share of an event's harm that is avoided in a place.
fn avoided(sway: &Sway, place: PrecinctIx, domain: Domain) -> f64 {
    avoided_where(sway.left(place, Lever::Harm(domain)))
}

/// The same where preparations leave this share.
fn avoided_where(left: f64) -> f64 {
    curve::clamp(1.0 - left, -MOST_WORSENED, MOST_AVOIDED)
}

/// Where something happens: a person drawn from the city.
pub(super) fn place_of(world: &World, draws: &mut Draws) -> PrecinctIx {
    let mut left = draws.uniform() * world.residents();
    for (at, precinct) in world.precincts.iter().enumerate() {
        left -= f64::from(precinct.residents);
        if left <= 0.0 {
            return PrecinctIx::from_position(at);
        }
    }
    PrecinctIx::from_position(world.precincts.len().saturating_sub(1))
}

/// The share of an event's harm that is not avoided, over all places: where people live, with what
/// is prepared there.
fn unavoided(shares: &[f64], sway: &Sway, domain: Domain) -> f64 {
    if !sway.touches(Lever::Harm(domain)) {
        return shares.iter().sum();
    }
    (shares.iter().zip(sway.left_everywhere(Lever::Harm(domain))))
        .map(|(share, left)| share * (1.0 - avoided_where(left)))
        .sum()
}

/// What the domains are expected to add to harm in one step, where that happens.
pub(super) fn expect(city: &World, truth: &Truth, sway: &Sway, months: f64) -> Risk {
    let model = &city.model;
    let mut risk = Risk::default();
    let residents = city.residents();
    let shares: Vec<f64> = (city.precincts.iter())
        .map(|precinct| f64::from(precinct.residents) / residents)
        .collect();
    for (open, pressure) in city.domains.iter().zip(&truth.pressures) {
        let chance = chance(model, pressure.get().to_f64(), months);
        let harm = chance * severity(model, open.domain) * unavoided(&shares, sway, open.domain);
        risk.expected[open.domain as usize] = harm;
        risk.happened += harm;
    }
    risk
}

/// Draws what happens in the domains in one step, and what it adds to harm.
pub(super) fn strike(
    city: &World,
    truth: &mut Truth,
    (sway, scene): (&Sway, Option<&Scene>),
    luck: Luck,
    (step, months): (u32, f64),
    ledger: &mut Ledger,
) -> (Risk, Vec<Event>) {
    let model = &city.model;
    let mut stream = luck.stream(step, Purpose::Events);
    let mut risk = Risk {
        happened: 0.0,
        ..expect(city, truth, sway, months)
    };
    let mut events = Vec::new();
    for (at, open) in city.domains.iter().enumerate() {
        let domain = open.domain;
        let mut draws = stream.at(domain as u32);
        let happens = draws.uniform() < chance(model, truth.pressures[at].get().to_f64(), months);
        let place = place_of(city, &mut draws);
        let handled = scene.filter(|scene| scene.domain == domain);
        let handled = handled.map_or(1.0, |scene| scene.harm);
        let harm = severity(model, domain) * (1.0 - avoided(sway, place, domain)) * handled;
        if happens {
            risk.happened += harm;
            events.push(Event {
                domain,
                place,
                harm,
            });
            let fright = -model.get(C::EventFeel) * harm / severity(model, domain);
            let causes = [(Cause::of(Rule::Event).in_domain(domain), fright)];
            let stock = &mut truth.feel_safe[place.at()];
            ledger.post_all(Account::FeelSafe(place), stock, &causes, SCALE);
        }
    }
    (risk, events)
}

/// What moves the pressures of one step.
pub(super) struct Weather<'a> {
    /// What the institution does.
    pub sway: &'a Sway,
    /// Harm suffered over harm expected under the starting deployment.
    pub harm_ratio: f64,
    /// What its mechanisms do besides, by domain.
    pub besides: &'a [(Cause, f64)],
    /// The length of the step in months.
    pub months: f64,
}

/// Lets the pressures of one step build up or ease.
pub(super) fn settle(
    city: &World,
    truth: &mut Truth,
    means: &Means,
    weather: &Weather,
    ledger: &mut Ledger,
) {
    let model = &city.model;
    let months = weather.months;
    let before: Vec<f64> = truth.pressures.iter().map(|p| p.get().to_f64()).collect();
    let of = |domain| Some(before[city.domain(domain)?]);
    for (at, open) in city.domains.iter().enumerate() {
        let domain = open.domain;
        let plain = |rule| Cause::of(rule).in_domain(domain);
        let mut causes = vec![
            (plain(Rule::Drift), drift(model, domain) * months),
            (plain(Rule::Coupling), coupling(model, domain, of) * months),
        ];
        match domain {
            Domain::Force => {
                let (high, unpaid) = strain(city, means);
                causes.push((
                    plain(Rule::DutyLevel),
                    model.get(C::ForceDuty) * high * months,
                ));
                causes.push((
                    plain(Rule::RestDebt),
                    model.get(C::ForceRest) * unpaid * months,
                ));
            }
            Domain::Grievance => {
                let at_work = (means.units.iter().enumerate())
                    .filter(|(_, post)| matches!(post.at, Some((_, Tactic::Mediation))));
                let cases: f64 = at_work
                    .map(|(at, _)| city.kind_of(UnitIx::from_position(at)).cases)
                    .sum();
                let eased = model.get(C::MediationGrievance) * cases;
                causes.push((plain(Rule::Mediation), -eased * months));
            }
            Domain::Street => {
                let level = model.get(C::StreetLevel) * weather.harm_ratio;
                let speed = curve::over(months, model.get(C::StreetSpeed));
                causes.push((plain(Rule::Victimisation), speed * (level - before[at])));
            }
            _ => {}
        }
        let besides = weather.besides.iter().copied();
        causes.extend(besides.filter(|(cause, _)| cause.domain == Some(domain)));
        let pulls = weather.sway.on(Lever::Pressure(domain));
        causes.extend(pulls.map(|pull| (pull.cause().in_domain(domain), pull.amount * months)));
        ledger.post_all(
            Account::Pressure(domain),
            &mut truth.pressures[at],
            &causes,
            SCALE,
        );
    }
}

/// The share of districts at a high duty level, and the share of teams whose rest is overdue.
fn strain(world: &World, means: &Means) -> (f64, f64) {
    let share = |count: usize, all: usize| {
        if all == 0 {
            0.0
        } else {
            count as f64 / all as f64
        }
    };
    let high = means
        .duty
        .iter()
        .filter(|grade| grade.level > Duty::III)
        .count();
    let due = world.model.get(C::RestDue) + 1e-9;
    let late = means
        .teams
        .iter()
        .filter(|team| team.owed_for > due)
        .count();
    (
        share(high, means.duty.len()),
        share(late, means.teams.len()),
    )
}

/// The readings of the pressures that are published: the truth with the error of a judgement.
pub(super) fn readings(world: &World, truth: &Truth, luck: Luck, step: u32) -> Vec<Micro> {
    let error = world.model.get(C::PressureError);
    let mut stream = luck.stream(step, Purpose::Readings);
    (world.domains.iter().zip(&truth.pressures))
        .map(|(open, pressure)| {
            let off = error * curve::probit(stream.at(open.domain as u32).uniform());
            Micro::from_f64(curve::clamp(pressure.get().to_f64() + off, 0.0, 100.0))
        })
        .collect()
}

/// Whether something will happen in a played domain as a turn begins, if nothing changes; and the
/// rest of its luck.
pub(super) fn comes(state: &State, at: usize) -> (bool, Draws) {
    comes_by(state, at, &mut events_to_come(state))
}

/// The luck of what will happen in the domains as a turn begins.
fn events_to_come(state: &State) -> Stream {
    let step = turn::first_step(&state.world, state.means.turn);
    Luck::new(state.seed).stream(step, Purpose::Events)
}

fn comes_by(state: &State, at: usize, stream: &mut Stream) -> (bool, Draws) {
    let (world, city) = (&state.world, &state.city);
    let months = world.turn.step_months();
    let domain = city.domains[at].domain;
    let mut event = stream.at(domain as u32);
    let pressure = state.truth.pressures[at].get().to_f64();
    (
        event.uniform() < chance(&city.model, pressure, months),
        event,
    )
}

/// The last reading of the pressure at this position, or where it starts.
pub(super) fn read(world: &World, open: &[OpenPage], at: usize) -> Micro {
    let last = open.last().map(|page| page.pressures[at]);
    last.unwrap_or(world.domains[at].start)
}

/// What the institution does to notice things in time, by the card and in this city: as it stood
/// in the turn before, because what is set for one turn goes back when the next opens.
pub(super) struct Watch {
    open: Sway,
    own: Sway,
}

impl Watch {
    pub fn of(state: &State) -> Self {
        let [open, own] = Sway::of_some(
            [&state.world, &state.city],
            &state.means,
            &state.start.watching,
        );
        Self { open, own }
    }

    /// The instruments that can have a part in it.
    pub fn instruments(world: &World) -> Vec<InstrumentIx> {
        let of_alerts =
            |effect: &Influence| matches!(effect.lever, Lever::Hits(_) | Lever::FalseAlarms(_));
        let has_part = |instrument: &Instrument| {
            (instrument.settings.iter())
                .any(|setting| setting.effects.iter().chain(&setting.later).any(of_alerts))
        };
        (world.each_instrument())
            .filter(|(_, instrument)| has_part(instrument))
            .map(|(index, _)| index)
            .collect()
    }
}

/// Reports that come in as a turn opens: some before what will happen if nothing changes, some
/// before nothing.
pub(super) fn alerts(state: &State, watch: &Watch) -> Vec<Alert> {
    let (world, city) = (&state.world, &state.city);
    let (model, turn) = (&world.model, state.means.turn);
    let luck = Luck::new(state.seed);
    let first_step = turn::first_step(world, turn);
    let months = world.turn.step_months();
    let mut reports = luck.stream(first_step, Purpose::Alerts);
    let mut events = events_to_come(state);
    let mut alerts = Vec::new();
    for (at, played) in world.domains.iter().enumerate() {
        let domain = played.domain;
        let odds = |model: &Model, sway: &Sway| {
            let hits = model.get(C::AlertHits) + sway.city(Lever::Hits(domain));
            let false_ones = model.get(C::AlertFalse) + sway.city(Lever::FalseAlarms(domain));
            (curve::logistic(hits), curve::logistic(false_ones))
        };
        let (comes, mut event) = comes_by(state, at, &mut events);
        let mut report = reports.at(domain as u32);
        let (hits, false_ones) = odds(&city.model, &watch.own);
        let given = report.uniform() < if comes { hits } else { false_ones };
        let elsewhere = place_of(world, &mut report);
        if !given {
            continue;
        }
        // The table judges a report by the last reading and the card.
        let read = read(world, &state.open, at);
        let prior = chance(model, read.to_f64(), months);
        let (hits, false_ones) = odds(model, &watch.open);
        alerts.push(Alert {
            domain,
            place: if comes {
                place_of(city, &mut event)
            } else {
                elsewhere
            },
            confidence: prior * hits / (prior * hits + (1.0 - prior) * false_ones),
        });
    }
    alerts
}
