//! Trust and perceived safety of each precinct.
//!
//! Sources of the forms: reversion and contacts after Peyton et al. 2019 and Kochel & Weisburd
//! 2017, negativity after Skogan 2006 and Oliveira et al. 2021; perceived safety is judgement that
//! reproduces the gap between "here" and "in the city" (Gallup).

use crate::rules::curve;
use crate::rules::id::{InstrumentIx, PrecinctIx};
use crate::rules::institution::Sway;
use crate::rules::ledger::{Account, Cause, Ledger, Rule, SCALE};
use crate::rules::means::Grade;
use crate::rules::model::Coefficient as C;
use crate::rules::response::Force;
use crate::rules::state::Truth;
use crate::rules::units::Amount;
use crate::rules::world::{Lever, World};

/// What moves people's minds in one step.
pub(in crate::rules) struct Mood<'a> {
    /// The forces on the map.
    pub force: &'a [Force],
    /// The forces when the game began, which people are used to.
    pub force_at_start: &'a [Force],
    /// Harm suffered over harm expected under the starting deployment, per precinct.
    pub harm_ratio: &'a [f64],
    /// The same for the whole city.
    pub city_ratio: f64,
    /// The duty level in each precinct.
    pub grades: &'a [Grade],
    /// Where the package behind precise checks was wrong.
    pub wrong_packages: &'a [bool],
    /// What the institution does.
    pub sway: &'a Sway,
    /// The length of the step in months.
    pub months: f64,
}

/// Settles trust, perceived safety and wrongs of one step.
pub(in crate::rules) fn settle(world: &World, truth: &mut Truth, mood: &Mood, ledger: &mut Ledger) {
    let model = &world.model;
    let months = mood.months;
    let speed = curve::over(months, model.get(C::FeelSpeed));
    let city_share = model.get(C::FeelCityShare);
    let victims = model.get(C::FeelVictims);
    let city = -victims * city_share * curve::ln(mood.city_ratio);
    let reversion = curve::over(months, model.get(C::TrustReversion));
    let mut unfair_residents = 0.0;
    let mut causes = Vec::new();
    for (p, precinct) in world.precincts.iter().enumerate() {
        let place = PrecinctIx::from_position(p);
        let force = &mood.force[p];
        let feel = truth.feel_safe[p].get().to_f64();
        let (seen, too_much) = presence(world, precinct.residents, force);
        let (used_to, used_to_much) = presence(world, precinct.residents, &mood.force_at_start[p]);
        let own = -victims * (1.0 - city_share) * curve::ln(mood.harm_ratio[p]);
        let contributions = [
            (Rule::Settling, precinct.feel_safe.to_f64() - feel),
            (Rule::Victimisation, own),
            (Rule::CityNews, city),
            (Rule::Presence, seen - used_to),
            (Rule::TooMuchPresence, used_to_much - too_much),
            (Rule::Lighting, model.get(C::LightingFeel) * force.lit),
            (
                Rule::Watch,
                -model.get(C::WatchWariness)
                    * force.watched
                    * curve::max(0.0, 50.0 - truth.trust[p].get().to_f64())
                    / 50.0,
            ),
            // Not a level that is approached, but a loss in each month that it lasts.
            (
                Rule::DutyLevel,
                -mood.grades[p].unsettles(model) * months / speed,
            ),
        ]
        .map(|(rule, points)| (Cause::of(rule), speed * points));
        let pulled = |lever| {
            let pulls = mood.sway.pulls(place, lever);
            pulls.map(|pull| (pull.cause(), pull.amount * months))
        };
        causes.clear();
        causes.extend(contributions);
        causes.extend(pulled(Lever::FeelSafe));
        let feel_stock = &mut truth.feel_safe[p];
        ledger.post_all(Account::FeelSafe(place), feel_stock, &causes, SCALE);
        let felt = feel_stock.get().to_f64() - feel;

        let trust = truth.trust[p].get().to_f64();
        let gain = model.get(C::ContactGain);
        let again = if mood.wrong_packages[p] {
            // Everybody whom a wrong package singled out was stopped for nothing.
            force.precise_contacts * (model.get(C::PackageCost) - 1.0)
        } else {
            0.0
        };
        let unfair = (force.unfair + again) * months;
        let fair = curve::max(0.0, force.contacts - force.unfair - again) * months;
        let heard = 1.0 + model.get(C::Vicarious);
        unfair_residents += unfair * f64::from(precinct.residents);
        let wary = 1.0 + model.get(C::SensingWary) * (50.0 - trust) / 50.0;
        let contributions = [
            (
                Rule::Reversion,
                reversion * (precinct.trust.to_f64() - trust),
            ),
            (Rule::Outreach, gain * force.visited_well * months),
            (Rule::FairContact, gain * fair),
            (
                Rule::UnfairContact,
                -model.get(C::Negativity) * gain * unfair * heard,
            ),
            (
                Rule::Sensing,
                -model.get(C::SensingCost) * force.intrusion * wary * months,
            ),
            (
                Rule::Mediation,
                model.get(C::TrustMediation) * force.mediated * months,
            ),
            (Rule::Performance, model.get(C::TrustPerformance) * felt),
        ]
        .map(|(rule, points)| (Cause::of(rule), points));
        causes.clear();
        causes.extend(contributions);
        causes.extend(pulled(Lever::Trust));
        let trust_stock = &mut truth.trust[p];
        ledger.post_all(Account::Trust(place), trust_stock, &causes, SCALE);
    }
    let wrong = model.get(C::WrongsContact) * unfair_residents / world.residents();
    causes.clear();
    causes.push((Cause::of(Rule::UnfairContact), wrong));
    causes.extend(wronged(world, mood.sway, months));
    truth.wrong(&causes, ledger);
}

/// Wrongs that the institution does, or puts right, in each place by its people.
fn wronged(world: &World, sway: &Sway, months: f64) -> Vec<(Cause, f64)> {
    let mut causes = Vec::new();
    let residents = world.residents();
    for (p, precinct) in world.precincts.iter().enumerate() {
        let place = PrecinctIx::from_position(p);
        let share = f64::from(precinct.residents) / residents;
        let pulls = sway.pulls(place, Lever::Wrongs);
        causes.extend(pulls.map(|pull| {
            let cause = pull.cause().in_precinct(place);
            (cause, pull.amount * share * months)
        }));
    }
    causes
}

/// Data leak from what the branches share: everybody hears of it, and it is nobody's precinct.
pub(in crate::rules) fn leak_everywhere(
    world: &World,
    truth: &mut Truth,
    instrument: InstrumentIx,
    ledger: &mut Ledger,
) {
    let shock = world.model.get(C::LeakShock) * world.model.get(C::LeakShared);
    for (p, stock) in truth.trust.iter_mut().enumerate() {
        let causes = [(Cause::of(Rule::Leak).by_instrument(instrument), -shock)];
        let account = Account::Trust(PrecinctIx::from_position(p));
        ledger.post_all(account, stock, &causes, SCALE);
    }
    truth.scandal = 1.0;
}

/// A leak of data in a precinct: trust is lost there, half as much where an audit finds it first.
pub(in crate::rules) fn leak(
    world: &World,
    truth: &mut Truth,
    place: PrecinctIx,
    audited: bool,
    ledger: &mut Ledger,
) {
    let shock = world.model.get(C::LeakShock)
        * if audited {
            world.model.get(C::LeakAudited)
        } else {
            1.0
        };
    let stock = &mut truth.trust[place.at()];
    let causes = [(Cause::of(Rule::Leak), -shock)];
    ledger.post_all(Account::Trust(place), stock, &causes, SCALE);
    let share = f64::from(world.precincts[place.at()].residents) / world.residents();
    truth.scandal = curve::max(truth.scandal, share);
}

/// Points that the sight of patrol adds, and points that too much of it takes.
fn presence(world: &World, residents: u32, force: &Force) -> (f64, f64) {
    let model = &world.model;
    let base = model.get(C::FeelBaseTeams) * f64::from(residents) / 100_000.0;
    let times = force.visible_teams / base;
    let excess = curve::max(0.0, times - model.get(C::FeelTooMuch));
    (
        model.get(C::FeelPresence) * curve::ln(1.0 + times),
        excess * excess,
    )
}
