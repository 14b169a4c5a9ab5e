//! Indices and objectives: what the table is measured by, in both layers.
//!
//! 50 points of Safety mean "as if nobody had decided anything": harm is measured against its
//! expectation in the same month under the starting deployment.

use super::curve;
use super::digest::{canon, canon_tag};
use super::id::{FamilyIx, PrecinctIx};
use super::ledger::{Account, Cause, Entry, Ledger, Rule, logarithmic_mean};
use super::model::Coefficient as C;
use super::response::{FACTORS, Factor, Force, cells};
use super::state::{HiddenPage, OpenPage, Step};
use super::units::{Amount, Cents, Micro};
use super::world::{Goal, Layer, Measure, Span, World};
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
    /// Entries of this turn so far: trust, perceived safety, wrongs.
    pub entries: &'a [Entry],
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
    /// Funds after the bills, and what the units cost next turn.
    pub funds: Cents,
    /// Cost of the units on the map.
    pub bill: Cents,
}

/// The precincts with most harm per resident at the start: five of eighteen, one at least.
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
    let mut order: Vec<usize> = (0..world.precincts.len()).collect();
    order.sort_by(|a, b| key(*a).total_cmp(&key(*b)).then(a.cmp(b)));
    let count = ((world.precincts.len() * 5 + 9) / 18).max(1);
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
    /// The two halves of Stewardship: reserve and upkeep, points.
    pub reserve: f64,
    /// Bills that the next income covers, points.
    pub upkeep: f64,
}

canon! {
    Scores { raw, reserve, upkeep }
}

impl Scores {
    /// The indices as they are shown: on the scale, to the millionth of a point.
    pub fn held(&self) -> [Micro; INDICES] {
        self.raw.map(|raw| Micro::from_f64(on_scale(raw)))
    }

    /// The scores before the first turn: as if nobody had decided anything.
    pub fn at_start(world: &World) -> Self {
        let mean = |of: fn(&super::world::Precinct) -> Micro| {
            let sum: f64 = world
                .precincts
                .iter()
                .map(|p| f64::from(p.residents) * of(p).to_f64())
                .sum();
            sum / world.residents()
        };
        let (reserve, upkeep) = stewardship_parts(world, world.purse.start, Cents(0));
        Self {
            raw: [
                50.0,
                mean(|p| p.trust),
                75.0,
                100.0,
                f64::midpoint(reserve, upkeep),
                mean(|p| p.feel_safe),
            ],
            reserve,
            upkeep,
        }
    }
}

fn on_scale(points: f64) -> f64 {
    curve::clamp(points, 0.0, 100.0)
}

/// Posts the true indices of a turn and returns them.
pub(super) fn post(world: &World, basis: &Basis, ledger: &mut Ledger) -> Scores {
    let everywhere: Vec<PrecinctIx> = (0..world.precincts.len())
        .map(PrecinctIx::from_position)
        .collect();
    let harmed = most_harmed(world);
    let spread_now = spread(world, basis.force, &expected_harm(world, basis.now));
    let floor = harm_value(world, basis.now, &harmed);
    let (reserve, upkeep) = stewardship_parts(world, basis.funds, basis.bill);
    let raw = [
        harm_value(world, basis.now, &everywhere),
        weighted(world, basis.trust),
        f64::midpoint(floor, spread_now),
        100.0 - basis.wrongs.to_f64(),
        f64::midpoint(reserve, upkeep),
        weighted(world, basis.feel_safe),
    ];
    if ledger.keeps() {
        let spread_before = spread(
            world,
            basis.force_before,
            &expected_harm(world, basis.before),
        );
        let mut equity = harm_causes(world, basis, &harmed, false);
        for (_, points) in &mut equity {
            *points /= 2.0;
        }
        equity.push((Cause::of(Rule::Burden), (spread_now - spread_before) / 2.0));
        let stewardship = vec![
            (
                Cause::of(Rule::Reserve),
                (reserve - basis.old.reserve) / 2.0,
            ),
            (Cause::of(Rule::Upkeep), (upkeep - basis.old.upkeep) / 2.0),
        ];
        let all = [
            harm_causes(world, basis, &everywhere, true),
            passed_on(world, basis.entries, |account| match account {
                Account::Trust(p) => Some(p),
                _ => None,
            }),
            equity,
            basis
                .entries
                .iter()
                .filter(|entry| entry.account == Account::Wrongs)
                .map(|entry| (entry.cause, -Micro(entry.amount).to_f64()))
                .collect(),
            stewardship,
            passed_on(world, basis.entries, |account| match account {
                Account::FeelSafe(p) => Some(p),
                _ => None,
            }),
        ];
        for (index, mut causes) in Index::ALL.into_iter().zip(all) {
            let (old, new) = (basis.old.raw[index as usize], raw[index as usize]);
            let (old_held, new_held) = (on_scale(old), on_scale(new));
            let bound = (new_held - new) - (old_held - old);
            if bound != 0.0 {
                causes.push((Cause::of(Rule::Bound), bound));
            }
            ledger.post_index(index, old_held, new_held, &causes);
        }
    }
    Scores {
        raw,
        reserve,
        upkeep,
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

/// The change of [`harm_value`], split among the factors (LMDI-I on expected counts, never on
/// counts), with luck as a cause of its own.
fn harm_causes(
    world: &World,
    basis: &Basis,
    places: &[PrecinctIx],
    place_in_cause: bool,
) -> Causes {
    let scale = world.model.get(C::SafetyScale);
    let reference_now = reference_of(world, basis.now, places);
    let reference_before = reference_of(world, basis.before, places);
    // The reference has the same season: only their difference moves the index.
    let reference_log = curve::ln(reference_now / reference_before);
    let rules = FACTORS + 2;
    let cells_here = places.len() * world.families.len();
    let mut points = vec![0.0; rules * cells_here];
    for (now, before) in basis.now.iter().zip(basis.before) {
        for (at_place, &p) in places.iter().enumerate() {
            for (k, family) in world.families.iter().enumerate() {
                let at = world.cell(p, FamilyIx::from_position(k));
                let slot = at_place * world.families.len() + k;
                let share_now = family.harm * now.expected[at] / reference_now;
                let share_before = family.harm * before.expected[at] / reference_before;
                let mean = -scale * logarithmic_mean(share_now, share_before);
                for factor in Factor::ALL {
                    let log = now.factors[at].log(factor) - before.factors[at].log(factor);
                    points[factor as usize * cells_here + slot] += mean * log;
                }
                points[Factor::Season as usize * cells_here + slot] -= mean * reference_log;
                let luck = family.harm * (now.happened[at] - now.expected[at]) / reference_now;
                let passed =
                    family.harm * (before.happened[at] - before.expected[at]) / reference_before;
                points[FACTORS * cells_here + slot] -= scale * luck;
                points[(FACTORS + 1) * cells_here + slot] += scale * passed;
            }
        }
    }
    let mut causes = Vec::with_capacity(points.len());
    let named = Factor::ALL
        .map(Factor::rule)
        .into_iter()
        .chain([Rule::Chance, Rule::ChancePassed]);
    for (rule_at, rule) in named.enumerate() {
        for (at_place, &p) in places.iter().enumerate() {
            for k in 0..world.families.len() {
                let cause = Cause::of(rule).on_family(FamilyIx::from_position(k));
                let cause = if place_in_cause {
                    cause.in_precinct(p)
                } else {
                    cause
                };
                let slot = at_place * world.families.len() + k;
                causes.push((cause, points[rule_at * cells_here + slot]));
            }
        }
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
    entries
        .iter()
        .filter_map(|entry| {
            let p = account(entry.account)?;
            let weight = f64::from(world.precincts[p.at()].residents) / residents;
            Some((
                entry.cause.in_precinct(p),
                weight * Micro(entry.amount).to_f64(),
            ))
        })
        .collect()
}

/// Expected harm per cell over the steps of a turn.
fn expected_harm(world: &World, steps: &[Step]) -> Vec<f64> {
    cells(world)
        .map(|(p, k)| {
            let at = world.cell(p, k);
            world.families[k.at()].harm * steps.iter().map(|step| step.expected[at]).sum::<f64>()
        })
        .collect()
}

/// 100 less 50 for each time that the least trusting precincts' share of contacts exceeds their
/// share of harm.
fn spread(world: &World, force: &[Force], harm: &[f64]) -> f64 {
    let low = least_trusting(world);
    let contacts: Vec<f64> = (world.precincts.iter().zip(force))
        .map(|(precinct, force)| force.contacts * f64::from(precinct.residents))
        .collect();
    let (all_contacts, all_harm): (f64, f64) = (contacts.iter().sum(), harm.iter().sum());
    let their_harm = sum_over(world, &low, harm);
    if all_contacts <= 0.0 || their_harm <= 0.0 {
        return 100.0;
    }
    let their_contacts: f64 = low.iter().map(|p| contacts[p.at()]).sum();
    let times = (their_contacts / all_contacts) / (their_harm / all_harm);
    curve::clamp(100.0 - 50.0 * curve::max(0.0, times - 1.0), 0.0, 100.0)
}

/// Half a reserve of 5 to 15 % of three months' income, half bills that the next income covers.
fn stewardship_parts(world: &World, funds: Cents, bill: Cents) -> (f64, f64) {
    let quarter = world.purse.income.to_f64() * 3.0 / world.turn.months();
    let share = if quarter > 0.0 {
        funds.to_f64() / quarter
    } else {
        0.10
    };
    let reserve = if share < 0.05 {
        curve::max(0.0, share / 0.05)
    } else if share <= 0.15 {
        1.0
    } else {
        curve::max(0.0, (0.25 - share) / 0.10)
    };
    let covered = if bill.0 <= 0 {
        1.0
    } else {
        curve::min(1.0, world.purse.income.to_f64() / bill.to_f64())
    };
    (100.0 * reserve, 100.0 * covered)
}

/// What the published indices of a turn are computed from: nothing hidden.
pub(super) struct PublishedBasis<'a> {
    /// Offences on record.
    pub recorded: &'a [u32],
    /// Expected harm under the starting deployment, per cell.
    pub reference: &'a [f64],
    /// Survey of trust.
    pub trust: &'a [Micro],
    /// Survey of perceived safety.
    pub feel_safe: &'a [Micro],
    /// Wrongs counted up to last turn.
    pub wrongs: Micro,
    /// The forces on the map.
    pub force: &'a [Force],
    /// Funds after the bills.
    pub funds: Cents,
    /// Cost of the units on the map.
    pub bill: Cents,
}

/// The published indices: recorded ÷ the card's reporting rate, surveys, complaints a turn late.
pub(super) fn published(world: &World, basis: &PublishedBasis) -> [Micro; INDICES] {
    let scale = world.model.get(C::SafetyScale);
    let implied: Vec<f64> = cells(world)
        .map(|(p, k)| {
            let family = &world.families[k.at()];
            family.harm * f64::from(basis.recorded[world.cell(p, k)]) / family.reporting_rate()
        })
        .collect();
    let protection = |places: &[PrecinctIx]| {
        let reference = curve::max(sum_over(world, places, basis.reference), 1e-9);
        50.0 + scale * (1.0 - sum_over(world, places, &implied) / reference)
    };
    let everywhere: Vec<PrecinctIx> = (0..world.precincts.len())
        .map(PrecinctIx::from_position)
        .collect();
    let spread = spread(world, basis.force, &implied);
    let (reserve, upkeep) = stewardship_parts(world, basis.funds, basis.bill);
    [
        protection(&everywhere),
        weighted(world, basis.trust),
        f64::midpoint(protection(&most_harmed(world)), spread),
        100.0 - basis.wrongs.to_f64(),
        f64::midpoint(reserve, upkeep),
        weighted(world, basis.feel_safe),
    ]
    .map(|points| Micro::from_f64(on_scale(points)))
}

/// How an objective stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What was measured, turn by turn.
    pub values: Vec<f64>,
    /// Whether it is met as far as the game has come.
    pub met: bool,
    /// The turn in which it was first met.
    pub first_met: Option<u16>,
}

/// How every objective stands.
pub(super) fn outcomes(world: &World, open: &[OpenPage], hidden: &[HiddenPage]) -> Vec<Outcome> {
    world
        .objectives
        .iter()
        .map(|o| outcome(world, &o.goal, open, hidden))
        .collect()
}

/// How the guards of the objectives stand.
pub(super) fn guards(
    world: &World,
    open: &[OpenPage],
    hidden: &[HiddenPage],
) -> Vec<Option<Outcome>> {
    world
        .objectives
        .iter()
        .map(|o| {
            o.guard
                .as_ref()
                .map(|goal| outcome(world, goal, open, hidden))
        })
        .collect()
}

/// How one goal stands. Published goals need no hidden page.
pub(super) fn outcome(
    world: &World,
    goal: &Goal,
    open: &[OpenPage],
    hidden: &[HiddenPage],
) -> Outcome {
    let values: Vec<f64> = (0..open.len())
        .filter_map(|turn| match goal.layer {
            Layer::Published => Some(measure(
                world,
                goal.measure,
                &open[turn].indices,
                &open[turn].trust,
                &open[turn].recorded,
                super::world::Family::reporting_rate,
            )),
            Layer::True => hidden.get(turn).map(|page| {
                measure(
                    world,
                    goal.measure,
                    &page.indices,
                    &page.trust,
                    &page.happened,
                    |_| 1.0,
                )
            }),
        })
        .collect();
    let holds: Vec<bool> = values
        .iter()
        .map(|v| {
            if goal.at_least {
                *v >= goal.line
            } else {
                *v <= goal.line
            }
        })
        .collect();
    let first = |at: Option<usize>| at.map(|at| at as u16 + 1);
    let (met, first_met) = match goal.span {
        Span::AtEnd => {
            let met = holds.last().copied().unwrap_or(false);
            // The turn from which it has held without a break.
            let from = holds.iter().rposition(|h| !h).map_or(0, |at| at + 1);
            (met, first(met.then_some(from)))
        }
        Span::EveryTurn => {
            let met = !holds.is_empty() && holds.iter().all(|h| *h);
            (met, first(met.then_some(0)))
        }
        Span::Running(turns) => {
            let turns = usize::from(turns.max(1));
            let at = holds.windows(turns).position(|run| run.iter().all(|h| *h));
            (at.is_some(), first(at.map(|at| at + turns - 1)))
        }
    };
    Outcome {
        values,
        met,
        first_met,
    }
}

fn measure(
    world: &World,
    measure: Measure,
    indices: &[Micro; INDICES],
    trust: &[Micro],
    counts: &[u32],
    rate: impl Fn(&super::world::Family) -> f64,
) -> f64 {
    match measure {
        Measure::Index(index) => indices[index as usize].to_f64(),
        Measure::LowestTrust => trust
            .iter()
            .map(|points| points.to_f64())
            .fold(100.0, curve::min),
        Measure::Offences(k) => {
            let family = &world.families[k.at()];
            let mut expected = 0.0;
            let mut counted = 0.0;
            for (p, precinct) in world.precincts.iter().enumerate() {
                expected += family.base_rate
                    * f64::from(precinct.residents)
                    * precinct.opportunity[k.at()]
                    * world.turn.months()
                    / 1_000.0;
                counted += f64::from(counts[world.cell(PrecinctIx::from_position(p), k)]);
            }
            100.0 * counted / curve::max(expected * rate(family), 1e-9)
        }
    }
}
