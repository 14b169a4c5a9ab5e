//! What time does to the means: tenure and freshness, fatigue and rest, works under way, goodwill.
//!
//! Source of the form of fatigue: monthly smoothing of weekly overtime (after Riedy et al. and the
//! King County auditor 2017, by judgement).

use crate::rules::curve;
use crate::rules::id::UnitIx;
use crate::rules::institution::{self, Sway};
use crate::rules::ledger::{Account, Cause, Ledger, Rule, SCALE};
use crate::rules::means::Means;
use crate::rules::model::Coefficient as C;
use crate::rules::response::{Force, called_away};
use crate::rules::units::{Amount, Micro};
use crate::rules::world::{Duty, Lever, Tactic, World};

/// Lets `months` months pass over the means, where this force was at work under this institution.
pub(in crate::rules) fn pass(
    world: &World,
    means: &mut Means,
    (force, sway): (&[Force], &Sway),
    months: f64,
    ledger: &mut Ledger,
) {
    for unit in called_away(world, means) {
        // Whoever comes back begins anew with the people of the place.
        means.units[unit.at()].months = -months;
    }
    tire(world, means, sway, months, ledger);
    volunteer(world, means, sway, months, ledger);
    let model = &world.model;
    let solved = curve::pow(0.5, months / model.get(C::ProblemHalfLife));
    let deleted = curve::over(months, model.get(C::DataDeleted));
    for (site, force) in means.places.iter_mut().zip(force) {
        site.familiarity = if force.hot_minutes > 0.0 {
            site.familiarity + months
        } else {
            curve::max(0.0, site.familiarity - months)
        };
        site.solved *= solved;
        for begun in [&mut site.lighting, &mut site.deterrence] {
            *begun = begun.map(|m| m + months);
        }
        site.cameras.kept *= 1.0 - deleted;
    }
    means.online.kept *= 1.0 - deleted;
    solve(world, means, months);
    for post in means.units.iter_mut().filter(|post| post.at.is_some()) {
        post.months += months;
    }
    for grade in &mut means.duty {
        grade.months += months;
    }
    institution::pass(means, months);
    if let Some(campaign) = &mut means.campaign {
        campaign.months += months;
    }
}

/// Problem-solving: nothing in a team's first month, then in steps towards the whole.
fn solve(world: &World, means: &mut Means, months: f64) {
    let model = &world.model;
    for post in &means.units {
        let Some((place, Tactic::ProblemSolving)) = post.at else {
            continue;
        };
        let begun = curve::clamp(post.months + months - 1.0, 0.0, months);
        let residents = f64::from(world.precincts[place.at()].residents);
        let scale = curve::min(1.0, model.get(C::ReferenceResidents) / residents);
        let ramp = curve::max(1.0, model.get(C::ProblemRamp) - 1.0);
        let site = &mut means.places[place.at()];
        site.solved = curve::min(1.0, site.solved + scale * begun / ramp);
    }
}

/// Overtime, rest, and rest that was owed and not given.
fn tire(world: &World, means: &mut Means, sway: &Sway, months: f64, ledger: &mut Ledger) {
    let model = &world.model;
    let left = curve::pow(model.get(C::FatigueKeep), months);
    let forget = curve::pow(0.5, months / model.get(C::TrainingHalfLife));
    let mut causes = Vec::new();
    for at in 0..means.teams.len() {
        let grade = means.units[at]
            .at
            .map(|(place, _)| means.grade(world, place));
        let team = &mut means.teams[at];
        team.skill *= forget;
        let (hours, owed, rested) = match grade {
            Some(grade) if grade.level == Duty::IV => (0.0, 0.0, months),
            Some(grade) => (grade.overtime(model), grade.rest_debt(model) * months, 0.0),
            None => (0.0, 0.0, months),
        };
        team.rest_owed = curve::max(0.0, team.rest_owed + owed - rested);
        team.owed_for = if team.rest_owed > 0.0 {
            team.owed_for + months
        } else {
            0.0
        };
        let late = team.owed_for > model.get(C::RestDue) + 1e-9;
        let unpaid = if late {
            model.get(C::RestUnpaid) * months
        } else {
            0.0
        };
        let tired = team.fatigue.get().to_f64();
        causes.clear();
        causes.extend([
            (Cause::of(Rule::Overtime), (1.0 - left) * hours),
            (Cause::of(Rule::Recovery), -(1.0 - left) * tired),
            (Cause::of(Rule::RestDebt), unpaid),
        ]);
        if let Some((place, _)) = means.units[at].at {
            let pulls = sway.pulls(place, Lever::Overtime);
            causes.extend(pulls.map(|pull| (pull.cause(), (1.0 - left) * pull.amount)));
        }
        let account = Account::Fatigue(UnitIx::from_position(at));
        let bounds = Some((Micro(0), Micro::points(168)));
        ledger.post_all(account, &mut team.fatigue, &causes, bounds);
    }
}

/// What volunteers give, and what comes back by itself.
fn volunteer(world: &World, means: &mut Means, sway: &Sway, months: f64, ledger: &mut Ledger) {
    let share = months / world.turn.months();
    let given = (means.goodwill_bound(world) - means.goodwill_ordered).to_f64() * share;
    let missing = curve::max(0.0, (world.goodwill - means.goodwill.get()).to_f64());
    let back = curve::min(missing, world.model.get(C::GoodwillRecovery) * months);
    let mut causes = vec![
        (Cause::of(Rule::Volunteering), -given),
        (Cause::of(Rule::Thanks), back),
    ];
    let pulls = sway.on(Lever::Goodwill);
    causes.extend(pulls.map(|pull| (pull.cause(), pull.amount * months)));
    ledger.post_all(Account::Goodwill, &mut means.goodwill, &causes, SCALE);
}
