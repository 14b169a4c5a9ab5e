//! Playing a turn: answers settled, offences drawn, minds moved, figures published, the next turn
//! opened.

use super::chance::Luck;
use super::feedback::{self, Mood};
use super::ledger::{Account, Cause, Ledger, Rule};
use super::response::{self, Cell, Expectation, Force, Picture, cells};
use super::scoring::{self, Basis, PublishedBasis};
use super::state::{HiddenPage, Means, OpenPage, Post, Start, State, Step};
use super::units::{Amount, Cents, Micro};
use super::world::World;
use super::{curve, warning};

/// Plays the turn whose orders stand, and opens the next.
pub(super) fn play(state: &mut State, ledger: &mut Ledger) {
    let world = state.world.clone();
    let turn = state.means.turn;
    ledger.open_turn(turn);
    // The indices are explained by this turn's entries of their stocks.
    let mut own_book = ledger.fresh();

    let bill = state.means.committed(&world);
    pay_units(state, bill, &mut own_book);
    warning::settle_injects(state, &mut own_book);

    let force = state.force();
    let resolved = resolve(state, &world, &force, &mut own_book);
    let trust: Vec<Micro> = state.truth.trust.iter().map(|stock| stock.get()).collect();
    let feel_safe: Vec<Micro> = state
        .truth
        .feel_safe
        .iter()
        .map(|stock| stock.get())
        .collect();
    let wrongs = state.truth.wrongs.get();
    let known_wrongs = resolved.wrongs_before;

    let entries = own_book.entries().to_vec();
    let basis = Basis {
        before: &state.truth.last,
        now: &resolved.steps,
        old: &state.truth.scores,
        entries: &entries,
        trust: &trust,
        feel_safe: &feel_safe,
        wrongs,
        force: &force,
        force_before: &state.truth.last_force,
        funds: state.means.funds.get(),
        bill,
    };
    let scores = scoring::post(&world, &basis, &mut own_book);
    ledger.take(own_book);

    let luck = Luck::new(state.seed);
    let last_step = last_step(&world, turn);
    let (trust_told, feel_told) = feedback::survey(&world, luck, last_step, &trust, &feel_safe);
    let published = scoring::published(
        &world,
        &PublishedBasis {
            recorded: &resolved.recorded,
            reference: &sum_tables(resolved.steps.iter().map(|step| &step.reference)),
            trust: &trust_told,
            feel_safe: &feel_told,
            wrongs: known_wrongs,
            force: &force,
            funds: state.means.funds.get(),
            bill,
        },
    );
    state.open.push(OpenPage {
        turn,
        recorded: resolved.recorded,
        expected: resolved.expected_on_record,
        factors: resolved.believed.factors,
        trust: trust_told,
        feel_safe: feel_told,
        indices: published,
        posts: state.means.units.clone(),
        spent: bill,
        funds: state.means.funds.get(),
    });
    if let [.., old, _, _] = state.open.as_mut_slice() {
        // Only the last change is explained, and the factors are the bulk of a page.
        old.factors = Vec::new();
    }
    state.hidden.push(HiddenPage {
        happened: resolved.happened,
        expected: sum_tables(resolved.steps.iter().map(|step| &step.expected)),
        trust,
        feel_safe,
        indices: scores.held(),
    });
    state.truth.last = resolved.steps;
    state.truth.last_force = force;
    state.truth.scores = scores;
    warning::survey_doors(state);
    age_posts(state, &world);
    if turn >= world.turns {
        state.means.over = true;
    } else {
        warning::open_turn(state, ledger);
    }
}

/// The luck step in which `turn` ends, counted from 0.
pub(super) fn last_step(world: &World, turn: u16) -> u32 {
    u32::from(turn) * world.turn.steps() - 1
}

/// The calendar position in the middle of step `step` of `turn`; 1 is the first of January.
fn calendar(world: &World, turn: u16, step: u32, months: f64) -> f64 {
    let passed = f64::from(turn - 1) * world.turn.months() + (f64::from(step) + 0.5) * months;
    f64::from(world.first_month) + passed
}

fn pay_units(state: &mut State, bill: Cents, ledger: &mut Ledger) {
    let cause = Cause::of(Rule::UnitPrice);
    ledger.post(Account::Funds, &mut state.means.funds, cause, -bill);
}

struct Resolved {
    steps: Vec<Step>,
    happened: Vec<u32>,
    recorded: Vec<u32>,
    /// The belief of the last step, and what it let one expect on record in the whole turn.
    believed: Expectation,
    expected_on_record: Vec<f64>,
    wrongs_before: Micro,
}

/// Resolves the steps of a turn under the same orders.
fn resolve(state: &mut State, world: &World, force: &[Force], ledger: &mut Ledger) -> Resolved {
    let count = cells(world).count();
    let steps = world.turn.steps();
    let months = world.turn.months() / f64::from(steps);
    let turn = state.means.turn;
    let luck = Luck::new(state.seed);
    let mut out = Resolved {
        steps: Vec::new(),
        happened: vec![0; count],
        recorded: vec![0; count],
        believed: Expectation {
            factors: Vec::new(),
            expected: Vec::new(),
        },
        expected_on_record: vec![0.0; count],
        wrongs_before: state.truth.wrongs.get(),
    };
    let start = state.start.clone();
    for step in 0..steps {
        let number = u32::from(turn - 1) * steps + step;
        let month = calendar(world, turn, step, months);
        let trust = state.truth.trust_points();
        let shocks = warning::shocks(state, world);
        let picture = Picture {
            trust: &trust,
            cells: &state.truth.cells,
            shocks: &shocks,
        };
        let familiarity = &state.means.familiarity;
        let expectation = response::expect(world, force, familiarity, &picture, month, months);
        let happened = response::draw(world, luck, number, &expectation.expected);
        let chances = feedback::recordings(world, &trust, force, months);
        let recorded = feedback::record(world, luck, number, &happened, &chances);

        let belief = believe(world, &state.means, &state.open, force, month, months);
        let believed = feedback::recordings(world, &belief.trust, force, months);
        for at in 0..count {
            out.expected_on_record[at] += belief.expectation.expected[at] * believed[at].share();
            out.happened[at] += happened[at];
            out.recorded[at] += recorded[at];
        }

        let reference = reference(world, &start, month, months);
        let real: Vec<f64> = happened.iter().map(|n| f64::from(*n)).collect();
        let (harm_ratio, city_ratio) = harm_ratios(world, &real, &reference);
        let mood = Mood {
            force,
            force_at_start: &start.force,
            harm_ratio: &harm_ratio,
            city_ratio,
            months,
        };
        feedback::settle(world, &mut state.truth, &mood, ledger);

        state.truth.cells =
            response::carry_over(world, &state.truth.cells, &expectation, &real, months);
        let implied: Vec<f64> = (recorded.iter().zip(&believed))
            .map(|(count, chance)| f64::from(*count) / chance.share())
            .collect();
        state.means.belief = response::carry_over(
            world,
            &state.means.belief,
            &belief.expectation,
            &implied,
            months,
        );
        used_to_patrol(state, force, months);
        out.believed = belief.expectation;
        out.steps.push(Step {
            factors: expectation.factors,
            expected: expectation.expected,
            happened: real,
            reference,
        });
    }
    out
}

/// What the records let one expect, and the trust it starts from.
pub(super) struct Belief {
    pub expectation: Expectation,
    pub trust: Vec<f64>,
}

/// The model's expectation on the belief implied by the records: survey trust (a mean of three
/// turns, or where it rested at the start), recorded ÷ reporting rate, own means exact.
fn believe(
    world: &World,
    means: &Means,
    open: &[OpenPage],
    force: &[Force],
    month: f64,
    months: f64,
) -> Belief {
    let recent = &open[open.len().saturating_sub(3)..];
    let trust: Vec<f64> = (0..world.precincts.len())
        .map(|p| match recent.len() {
            0 => world.precincts[p].trust.to_f64(),
            n => {
                recent
                    .iter()
                    .map(|page| page.trust[p].to_f64())
                    .sum::<f64>()
                    / n as f64
            }
        })
        .collect();
    let shocks = vec![1.0; means.belief.len()];
    let picture = Picture {
        trust: &trust,
        cells: &means.belief,
        shocks: &shocks,
    };
    let expectation = response::expect(world, force, &means.familiarity, &picture, month, months);
    Belief { expectation, trust }
}

/// The belief about the first step of the turn being planned, with the step's length in months and
/// the number of steps in the turn.
pub(super) fn believe_next(
    world: &World,
    means: &Means,
    open: &[OpenPage],
    force: &[Force],
) -> (Belief, f64, f64) {
    let steps = world.turn.steps();
    let months = world.turn.months() / f64::from(steps);
    let month = calendar(world, means.turn, 0, months);
    (
        believe(world, means, open, force, month, months),
        months,
        f64::from(steps),
    )
}

/// The starting deployment: units posted from the first turn, trust at rest, nothing carried over.
pub(super) fn start(world: &World) -> Start {
    let posts: Vec<Post> = world
        .units
        .iter()
        .map(|unit| Post {
            at: unit.post.filter(|_| unit.from <= 1),
            months: 0.0,
        })
        .collect();
    let force = Force::of(world, &posts);
    let month = f64::from(world.first_month);
    let seasons = response::seasons(world, month);
    let expectation = at_start(world, &force, month, 1.0);
    let harm = cells(world)
        .map(|(p, k)| {
            let family = &world.families[k.at()];
            family.harm * expectation.expected[world.cell(p, k)] / seasons[k.at()]
        })
        .collect();
    Start { force, harm }
}

/// Harm expected under the starting deployment in one step, per cell.
fn reference(world: &World, start: &Start, month: f64, months: f64) -> Vec<f64> {
    let seasons = response::seasons(world, month);
    cells(world)
        .map(|(p, k)| start.harm[world.cell(p, k)] * seasons[k.at()] * months)
        .collect()
}

fn at_start(world: &World, start: &[Force], month: f64, months: f64) -> Expectation {
    let trust: Vec<f64> = world.precincts.iter().map(|p| p.trust.to_f64()).collect();
    let count = cells(world).count();
    let (plain, shocks) = (vec![Cell::default(); count], vec![1.0; count]);
    let familiarity = vec![0.0; world.precincts.len()];
    let picture = Picture {
        trust: &trust,
        cells: &plain,
        shocks: &shocks,
    };
    response::expect(world, start, &familiarity, &picture, month, months)
}

/// The steps that the first turn's changes are told from: the starting deployment, without luck.
pub(super) fn steps_before_first(world: &World, start: &Start) -> Vec<Step> {
    let steps = world.turn.steps();
    let months = world.turn.months() / f64::from(steps);
    (0..steps)
        .map(|step| {
            let month = calendar(world, 1, step, months);
            let expectation = at_start(world, &start.force, month, months);
            Step {
                happened: expectation.expected.clone(),
                factors: expectation.factors,
                expected: expectation.expected,
                reference: reference(world, start, month, months),
            }
        })
        .collect()
}

/// Harm suffered over harm expected, per precinct and in the city. One more on both sides keeps a
/// quiet month in a small place from counting as a miracle.
fn harm_ratios(world: &World, happened: &[f64], reference: &[f64]) -> (Vec<f64>, f64) {
    let families = world.families.len();
    let (mut city, mut city_reference) = (1.0, 1.0);
    let own = (0..world.precincts.len())
        .map(|p| {
            let (mut harm, mut expected) = (1.0, 1.0);
            for (k, family) in world.families.iter().enumerate() {
                harm += family.harm * happened[p * families + k];
                expected += reference[p * families + k];
            }
            city += harm - 1.0;
            city_reference += expected - 1.0;
            harm / expected
        })
        .collect();
    (own, city / city_reference)
}

/// Hot-spot patrol grows stale by the month, and fresh again by the month without it.
fn used_to_patrol(state: &mut State, force: &[Force], months: f64) {
    for (familiar, force) in state.means.familiarity.iter_mut().zip(force) {
        *familiar = if force.hot_minutes > 0.0 {
            *familiar + months
        } else {
            curve::max(0.0, *familiar - months)
        };
    }
}

fn age_posts(state: &mut State, world: &World) {
    for post in &mut state.means.units {
        if post.at.is_some() {
            post.months += world.turn.months();
        }
    }
}

fn sum_tables<'a>(tables: impl Iterator<Item = &'a Vec<f64>>) -> Vec<f64> {
    tables.fold(Vec::new(), |mut sum, table| {
        sum.resize(table.len(), 0.0);
        for (total, value) in sum.iter_mut().zip(table) {
            *total += value;
        }
        sum
    })
}
