//! Indices and objectives: what the table is measured by, in both layers.
//!
//! 50 points of Safety mean "as if nobody had decided anything": harm is measured against its
//! expectation in the same month under the starting deployment.

mod care;
mod harm;
mod objectives;
mod parts;

use care::{Care, care, watching};
use harm::{HarmChange, Moved};
pub use objectives::Outcome;
pub(super) use objectives::{guards, outcome, outcomes, value_after};
pub use parts::IndexChange;
pub(super) use parts::Parts;

use super::curve;
use super::digest::{canon, canon_tag};
use super::feedback::Discoveries;
use super::id::{FamilyIx, PrecinctIx};
use super::ledger::{Account, Cause, Entry, Ledger, Rule};
use super::means::Means;
use super::model::Coefficient as C;
use super::pressure::Risk;
use super::response::{Force, cells};
use super::state::Step;
use super::units::{Amount, Cents, Micro};
use super::world::World;
use serde::{Deserialize, Serialize};

/// The figures of the whole city, each 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Index {
    /// Harm to people against the starting deployment.
    Safety,
    /// Trust of the residents.
    Trust,
    /// Protection of those who suffer most, and a fair spread of burdens.
    Equity,
    /// Freedom from intrusion and from wrongs not put right.
    Rights,
    /// Means kept for tomorrow.
    Stewardship,
    /// How safe people say they feel.
    SenseOfSafety,
}

/// How many indices there are.
pub const INDICES: usize = 6;

canon_tag!(Index);

impl Index {
    /// Every index, in canonical order.
    pub const ALL: [Self; INDICES] = [
        Self::Safety,
        Self::Trust,
        Self::Equity,
        Self::Rights,
        Self::Stewardship,
        Self::SenseOfSafety,
    ];

    /// Its name in texts, tables and JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Safety => "safety",
            Self::Trust => "trust",
            Self::Equity => "equity",
            Self::Rights => "rights",
            Self::Stewardship => "stewardship",
            Self::SenseOfSafety => "sense-of-safety",
        }
    }
}

/// Contributions to a change, in points, in the order in which they are posted.
type Causes = Vec<(Cause, f64)>;

/// What the true indices of a turn are computed from.
pub(super) struct Basis<'a> {
    /// The steps of the turn before.
    pub before: &'a [Step],
    /// The steps of this turn.
    pub now: &'a [Step],
    /// The scores before.
    pub old: &'a Scores,
    /// The precincts that Equity watches over.
    pub concern: &'a Concern,
    /// True trust and perceived safety, points.
    pub trust: &'a [Micro],
    /// Perceived safety.
    pub feel_safe: &'a [Micro],
    /// Wrongs not put right, points.
    pub wrongs: Micro,
    /// The forces on the map.
    pub force: &'a [Force],
    /// The forces of the turn before.
    pub force_before: &'a [Force],
    /// What the table holds after the bills.
    pub means: &'a Means,
    /// What units and standing orders cost each turn.
    pub bill: Cents,
}

/// The precincts that Equity watches over, which follow from the world.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Concern {
    /// Those with most harm.
    harmed: Vec<PrecinctIx>,
    /// Those with the lowest trust.
    wary: Vec<PrecinctIx>,
}

impl Concern {
    pub fn of(world: &World) -> Self {
        Self {
            harmed: most_harmed(world),
            wary: least_trusting(world),
        }
    }
}

/// The precincts with most harm per resident at the start: a share of them, one at least.
pub(super) fn most_harmed(world: &World) -> Vec<PrecinctIx> {
    worst(world, |p| {
        let precinct = &world.precincts[p];
        let harm: f64 = (world.families.iter().zip(&precinct.opportunity))
            .map(|(family, opportunity)| family.base_rate * family.harm * opportunity)
            .sum();
        -harm
    })
}

/// The precincts with the lowest trust at the start, as many.
fn least_trusting(world: &World) -> Vec<PrecinctIx> {
    worst(world, |p| world.precincts[p].trust.to_f64())
}

fn worst(world: &World, key: impl Fn(usize) -> f64) -> Vec<PrecinctIx> {
    let keys: Vec<f64> = (0..world.precincts.len()).map(key).collect();
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|a, b| keys[*a].total_cmp(&keys[*b]).then(a.cmp(b)));
    let share = world.model.get(C::EquityShare) * world.precincts.len() as f64;
    let count = ((share + 0.5).floor() as usize).max(1);
    order
        .into_iter()
        .take(count)
        .map(PrecinctIx::from_position)
        .collect()
}

/// The true indices with what later changes are told from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scores {
    /// The indices by their formulas, which may lie beyond the scale.
    pub raw: [f64; INDICES],
    /// The parts of Stewardship.
    pub care: Care,
    /// Points of Rights lost by watching.
    pub watching: f64,
}

canon! {
    Scores { raw, care, watching }
}

impl Scores {
    /// The indices as they are shown: on the scale, to the millionth of a point.
    pub fn held(&self) -> [Micro; INDICES] {
        self.raw.map(|raw| Micro::from_f64(on_scale(raw)))
    }

    /// The scores before the first turn, as if nobody had decided anything: the starting
    /// deployment, without luck. `before` are the steps that the first turn is told from.
    pub fn at_start(world: &World, force: &[Force], before: &[Step]) -> Self {
        let concern = Concern::of(world);
        let trust: Vec<Micro> = world.precincts.iter().map(|p| p.trust).collect();
        let feel_safe: Vec<Micro> = world.precincts.iter().map(|p| p.feel_safe).collect();
        let care = care(world, &Means::at_start(world), Cents(0));
        let watching = watching(world, force);
        Self {
            raw: [
                50.0,
                weighted(world, &trust),
                f64::midpoint(
                    50.0,
                    spread(world, &concern, force, &expected_harm(world, before)),
                ),
                100.0 - watching,
                care.mean(),
                weighted(world, &feel_safe),
            ],
            care,
            watching,
        }
    }
}

fn on_scale(points: f64) -> f64 {
    curve::clamp(points, 0.0, 100.0)
}

/// Posts the true indices of a turn and returns them. They are explained by what the ledger holds of
/// their stocks: trust, perceived safety and wrongs of the turn.
pub(super) fn post(world: &World, basis: &Basis, ledger: &mut Ledger) -> Scores {
    let everywhere: Vec<PrecinctIx> = (0..world.precincts.len())
        .map(PrecinctIx::from_position)
        .collect();
    let concern = basis.concern;
    let spread_now = spread(
        world,
        concern,
        basis.force,
        &expected_harm(world, basis.now),
    );
    let floor = harm_value(world, basis.now, &concern.harmed);
    let care = care(world, basis.means, basis.bill);
    let watching = watching(world, basis.force);
    let raw = [
        harm_value(world, basis.now, &everywhere) - events(world, basis.now),
        weighted(world, basis.trust),
        f64::midpoint(floor, spread_now),
        100.0 - watching - basis.wrongs.to_f64(),
        care.mean(),
        weighted(world, basis.feel_safe),
    ];
    if ledger.keeps() {
        let spread_before = spread(
            world,
            concern,
            basis.force_before,
            &expected_harm(world, basis.before),
        );
        let moved = Moved::of(world, basis);
        let safety = HarmChange::of(world, (basis, &moved), &everywhere, (1.0, true));
        // The other half of it is who bears the burdens.
        let equity = HarmChange::of(world, (basis, &moved), &concern.harmed, (0.5, false));
        let burden = [(Cause::of(Rule::Burden), (spread_now - spread_before) / 2.0)];
        let stewardship = care.change(&basis.old.care);
        let entries = ledger.of_this_turn();
        let mut rights: Causes = (entries.iter())
            .filter(|entry| entry.account == Account::Wrongs)
            .map(|entry| (entry.cause, -Micro(entry.amount).to_f64()))
            .collect();
        rights.push((Cause::of(Rule::Watching), basis.old.watching - watching));
        let trust = passed_on(world, entries, |account| match account {
            Account::Trust(p) => Some(p),
            _ => None,
        });
        let feel_safe = passed_on(world, entries, |account| match account {
            Account::FeelSafe(p) => Some(p),
            _ => None,
        });
        let events = event_causes(world, basis);
        let besides: [&[(Cause, f64)]; INDICES] =
            [&events, &trust, &burden, &rights, &stewardship, &feel_safe];
        for (index, besides) in Index::ALL.into_iter().zip(besides) {
            let (old, new) = (basis.old.raw[index as usize], raw[index as usize]);
            let (old_held, new_held) = (on_scale(old), on_scale(new));
            let mut posting = ledger.open_index(index, old_held);
            match index {
                Index::Safety => safety.post(&mut posting),
                Index::Equity => equity.post(&mut posting),
                _ => {}
            }
            for &(cause, points) in besides {
                posting.add(cause, points);
            }
            let bound = (new_held - new) - (old_held - old);
            if bound != 0.0 {
                posting.add(Cause::of(Rule::Bound), bound);
            }
            posting.close(new_held);
        }
    }
    Scores {
        raw,
        care,
        watching,
    }
}

/// 50 + scale · (1 − H/H₀) over some precincts.
fn harm_value(world: &World, steps: &[Step], places: &[PrecinctIx]) -> f64 {
    let reference = reference_of(world, steps, places);
    let mut harm = 0.0;
    for step in steps {
        for &p in places {
            for (k, family) in world.families.iter().enumerate() {
                harm += family.harm * step.happened[world.cell(p, FamilyIx::from_position(k))];
            }
        }
    }
    50.0 + world.model.get(C::SafetyScale) * (1.0 - harm / reference)
}

/// Points of Safety that events in the risk domains take, beyond what was to be expected where
/// nobody decides anything.
fn events(world: &World, steps: &[Step]) -> f64 {
    mean_of(world, steps, |risk| risk.happened - risk.reference)
}

fn mean_of(world: &World, steps: &[Step], of: impl Fn(&Risk) -> f64) -> f64 {
    let sum: f64 = steps.iter().map(|step| of(&step.risk)).sum();
    world.model.get(C::SafetyScale) * sum / curve::max(1.0, steps.len() as f64)
}

/// The change of [`events`], domain by domain, with luck as a cause of its own.
fn event_causes(world: &World, basis: &Basis) -> Causes {
    let change = |of: &dyn Fn(&Risk) -> f64| {
        mean_of(world, basis.now, of) - mean_of(world, basis.before, of)
    };
    let luck = |steps| {
        mean_of(world, steps, |risk| {
            risk.happened - risk.expected.iter().sum::<f64>()
        })
    };
    let mut causes: Causes = (world.domains.iter())
        .map(|open| {
            let at = open.domain as usize;
            let cause = Cause::of(Rule::Event).in_domain(open.domain);
            (cause, -change(&|risk| risk.expected[at]))
        })
        .collect();
    if !world.domains.is_empty() {
        causes.push((Cause::of(Rule::Drift), change(&|risk| risk.reference)));
        causes.push((Cause::of(Rule::Chance), -luck(basis.now)));
        causes.push((Cause::of(Rule::ChancePassed), luck(basis.before)));
    }
    causes
}

/// Expected harm of some precincts under the starting deployment.
fn reference_of(world: &World, steps: &[Step], places: &[PrecinctIx]) -> f64 {
    let total: f64 = steps
        .iter()
        .map(|step| sum_over(world, places, &step.reference))
        .sum();
    curve::max(total, 1e-9)
}

/// The sum of a table of cells over some precincts.
fn sum_over(world: &World, places: &[PrecinctIx], table: &[f64]) -> f64 {
    let families = world.families.len();
    places
        .iter()
        .flat_map(|p| &table[p.at() * families..(p.at() + 1) * families])
        .sum()
}

/// The mean of a stock over the residents.
fn weighted(world: &World, stock: &[Micro]) -> f64 {
    let residents = world.residents();
    (world.precincts.iter().zip(stock))
        .map(|(precinct, points)| f64::from(precinct.residents) / residents * points.to_f64())
        .sum()
}

/// What the entries of a stock do to its mean over the residents.
fn passed_on(
    world: &World,
    entries: &[Entry],
    account: impl Fn(Account) -> Option<PrecinctIx>,
) -> Causes {
    let residents = world.residents();
    let mut causes = Vec::with_capacity(entries.len());
    for entry in entries {
        if let Some(p) = account(entry.account) {
            let weight = f64::from(world.precincts[p.at()].residents) / residents;
            let points = weight * Micro(entry.amount).to_f64();
            causes.push((entry.cause.in_precinct(p), points));
        }
    }
    causes
}

/// Expected harm per cell over the steps of a turn.
fn expected_harm(world: &World, steps: &[Step]) -> Vec<f64> {
    let harms = world.families.iter().map(|family| family.harm).cycle();
    (0..world.precincts.len() * world.families.len())
        .zip(harms)
        .map(|(at, harm)| harm * steps.iter().map(|step| step.expected[at]).sum::<f64>())
        .collect()
}

/// 100 less 50 for each time that the least trusting precincts' share of what policing asks of
/// people exceeds their share of harm. Unfair contacts and being watched are added up in the trust
/// that they cost.
fn spread(world: &World, concern: &Concern, force: &[Force], harm: &[f64]) -> f64 {
    let low = &concern.wary;
    let model = &world.model;
    let unfair =
        model.get(C::ContactGain) * model.get(C::Negativity) * (1.0 + model.get(C::Vicarious));
    let burdens: Vec<f64> = (world.precincts.iter().zip(force))
        .map(|(precinct, force)| {
            let cost = unfair * force.unfair + model.get(C::SensingCost) * force.intrusion;
            cost * f64::from(precinct.residents)
        })
        .collect();
    let (all_burdens, all_harm): (f64, f64) = (burdens.iter().sum(), harm.iter().sum());
    let their_harm = sum_over(world, low, harm);
    if all_burdens <= 0.0 || their_harm <= 0.0 {
        return 100.0;
    }
    let theirs: f64 = low.iter().map(|p| burdens[p.at()]).sum();
    let times = (theirs / all_burdens) / (their_harm / all_harm);
    let lost = model.get(C::EquityBurden) * curve::max(0.0, times - 1.0);
    curve::clamp(100.0 - lost, 0.0, 100.0)
}

/// What the published indices of a turn are computed from: nothing hidden.
pub(super) struct PublishedBasis<'a> {
    /// Offences on record.
    pub recorded: &'a [u32],
    /// Offences that the card lets one expect to be on record later than before, per cell.
    pub outstanding: &'a [f64],
    /// Expected harm under the starting deployment, per cell.
    pub reference: &'a [f64],
    /// Share reported under the starting deployment, per cell.
    pub reported: &'a [f64],
    /// The precincts that Equity watches over, by the card.
    pub concern: &'a Concern,
    /// Survey of trust.
    pub trust: &'a [Micro],
    /// Survey of perceived safety.
    pub feel_safe: &'a [Micro],
    /// Wrongs counted up to last turn.
    pub wrongs: Micro,
    /// Those of them that came to be known since the last page.
    pub told: &'a [(Cause, Micro)],
    /// The forces on the map.
    pub force: &'a [Force],
    /// What presence discovers in a step of the turn.
    pub discoveries: &'a Discoveries,
    /// What the table holds after the bills.
    pub means: &'a Means,
    /// What units and standing orders cost each turn.
    pub bill: Cents,
    /// Harm of events in the risk domains beyond what was to be expected, points of Safety.
    pub events: f64,
}

/// The published indices: the record ÷ the share of offences that the card lets come on record at the
/// start, surveys, complaints a turn late.
///
/// The share is that of the starting deployment, so that 50 means "as if nobody had decided
/// anything" on this layer too. When people later report more, published Safety falls.
pub(super) fn published(world: &World, basis: &PublishedBasis) -> ([Micro; INDICES], Parts) {
    let scale = world.model.get(C::SafetyScale);
    let months = world.turn.months();
    let discovered = basis.discoveries.again(world, basis.force, months);
    let implied: Vec<f64> = cells(world)
        .map(|(p, k)| {
            let at = world.cell(p, k);
            let reported = basis.reported[at];
            // What presence finds is known to be found, and not taken for more offences: people
            // report as they did at the start, and the rest is discovered or not.
            let share = reported + (1.0 - reported) * discovered.shares[at];
            // A month of which a part comes late is known to be told in part.
            let known = curve::max(0.0, f64::from(basis.recorded[at]) + basis.outstanding[at]);
            world.families[k.at()].harm * known / share
        })
        .collect();
    let reference =
        |places: &[PrecinctIx]| curve::max(sum_over(world, places, basis.reference), 1e-9);
    let protection = |places: &[PrecinctIx]| {
        50.0 + scale * (1.0 - sum_over(world, places, &implied) / reference(places))
    };
    let everywhere: Vec<PrecinctIx> = (0..world.precincts.len())
        .map(PrecinctIx::from_position)
        .collect();
    let spread = spread(world, basis.concern, basis.force, &implied);
    let care = care(world, basis.means, basis.bill);
    let indices = [
        protection(&everywhere) - basis.events,
        weighted(world, basis.trust),
        f64::midpoint(protection(&basis.concern.harmed), spread),
        100.0 - watching(world, basis.force) - basis.wrongs.to_f64(),
        care.mean(),
        weighted(world, basis.feel_safe),
    ]
    .map(|points| Micro::from_f64(on_scale(points)));
    let reference = reference(&basis.concern.harmed);
    let harmed = (basis.concern.harmed.iter())
        .map(|p| (*p, scale * sum_over(world, &[*p], &implied) / reference))
        .collect();
    let parts = Parts {
        spread,
        harmed,
        care,
        wrongs: basis.told.to_vec(),
    };
    (indices, parts)
}
