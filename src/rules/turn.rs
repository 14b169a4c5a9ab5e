//! Playing a turn: answers settled, offences drawn, minds moved, figures published, the next turn
//! opened.

use super::chance::Luck;
use super::feedback::{self, Discoveries, Mood, Recording};
use super::gap::{self, Gap};
use super::id::PrecinctIx;
use super::institution::{self, Sway};
use super::ledger::{Account, Cause, Ledger, Rule, SCALE};
use super::means::Means;
use super::model::Coefficient as C;
use super::pressure::{self, Event, Watch, Weather};
use super::response::{self, Expectation, Force, Picture, Side, cells};
use super::scoring::{self, Basis, PublishedBasis};
use super::shared::Shared;
use super::state::{HiddenPage, OpenPage, State, Step};
use super::units::{Amount, Cents, Micro};
use super::world::World;
use super::{curve, emergency, mishap, start, table, warning};

/// How many entries of a turn there is room for at once, for each cell: copying a book that grows is
/// dearer than room.
const ENTRIES: usize = 14;

/// Plays the turn whose orders stand, and opens the next.
pub(super) fn play(state: &mut State, ledger: &mut Ledger) {
    // What the table may know is worked out in `world`, what is so in `city`.
    let (world, city) = (state.world.clone(), state.city.clone());
    let turn = state.means.turn;
    ledger.open_turn(turn);
    ledger.expect(cells(&world).count() * ENTRIES);

    let bill = pay(state, ledger);
    spend_goodwill(state, ledger);
    emergency::close(state);
    warning::settle_injects(state, ledger);
    table::heed(state, ledger);
    table::keep_by_standing(&world, &mut state.means);
    let posts = state.means.units.clone();
    let resolved = resolve(state, &world, &city, ledger);
    let Resolved {
        force, open_force, ..
    } = &resolved;
    let luck = Luck::new(state.seed);
    let last_step = last_step(&world, turn);
    let calls = calls(&world, &resolved.recorded);
    let circles = response::circles(&city, force, &calls);
    let cleared = feedback::clear_up(&city, luck, last_step, &resolved.recorded, &circles, force);
    let trust: Vec<Micro> = state.truth.trust.iter().map(|stock| stock.get()).collect();
    let feel_safe: Vec<Micro> = state
        .truth
        .feel_safe
        .iter()
        .map(|stock| stock.get())
        .collect();
    let known_wrongs = resolved.wrongs_before;

    let basis = Basis {
        before: &state.truth.last,
        now: &resolved.steps,
        old: &state.truth.scores,
        concern: &state.start.concern,
        trust: &trust,
        feel_safe: &feel_safe,
        wrongs: state.truth.wrongs.get(),
        force,
        force_before: &state.truth.last_force,
        means: &state.means,
        bill,
    };
    let scores = scoring::post(&city, &basis, ledger);

    let (trust_told, feel_told) = feedback::survey(&city, luck, last_step, &trust, &feel_safe);
    let (published, parts) = scoring::published(
        &world,
        &PublishedBasis {
            recorded: &resolved.recorded,
            outstanding: &resolved.outstanding,
            reference: &resolved.reference_on_record,
            reported: &state.start.reported,
            concern: &state.start.believed_concern,
            trust: &trust_told,
            feel_safe: &feel_told,
            wrongs: known_wrongs,
            told: &resolved.told,
            force: open_force,
            discoveries: &resolved.discoveries,
            means: &state.means,
            bill,
            events: resolved.believed_events,
        },
    );
    let pressures = pressure::readings(&world, &state.truth, luck, last_step);
    state.open.push(OpenPage {
        turn,
        recorded: resolved.recorded.into(),
        cleared: cleared.into(),
        expected: resolved.expected_on_record.into(),
        factors: resolved.believed.factors.into(),
        trust: trust_told.into(),
        feel_safe: feel_told.into(),
        indices: published,
        parts,
        posts: posts.into(),
        circles: circles.into(),
        leaks: resolved.leaks,
        pressures: pressures.into(),
        alerts: state.means.alerts.clone(),
        events: resolved.events,
        found: Vec::new(),
        spent: bill,
        funds: state.means.funds.get(),
    });
    if let [.., old, _, _] = state.open.as_mut_slice() {
        // Only the last change is explained, and the factors are the bulk of a page.
        old.factors = Shared::default();
    }
    state.hidden.push(HiddenPage {
        happened: resolved.happened.into(),
        expected: sum_tables(resolved.steps.iter().map(|step| &step.expected)).into(),
        hot: hot_shares(&city, &resolved.prevented_at_hot_spots).into(),
        trust: trust.into(),
        feel_safe: feel_safe.into(),
        indices: scores.held(),
        pressures: (state.truth.pressures.iter().map(|p| p.get()))
            .collect::<Vec<_>>()
            .into(),
    });
    state.truth.last = resolved.steps;
    state.truth.last_force = resolved.force;
    state.truth.scores = scores;
    warning::survey_doors(state);
    table::witness(state);
    for team in &mut state.means.teams {
        if std::mem::take(&mut team.training) {
            team.skill = 1.0;
        }
    }
    let watch = Watch::of(state);
    state.means.routine.turn_over(turn);
    state.means.room.closed = false;
    institution::turn_over(state);
    if turn >= world.turns {
        state.means.over = true;
    } else {
        warning::open_turn(state, &watch, ledger);
    }
}

/// The luck step in which `turn` ends, counted from 0.
pub(super) fn last_step(world: &World, turn: u16) -> u32 {
    u32::from(turn) * world.turn.steps() - 1
}

/// The luck step in which it begins.
pub(super) fn first_step(world: &World, turn: u16) -> u32 {
    last_step(world, turn) + 1 - world.turn.steps()
}

/// The calendar position in the middle of step `step` of `turn`; 1 is the first of January.
pub(super) fn calendar(world: &World, turn: u16, step: u32, months: f64) -> f64 {
    let passed = f64::from(turn - 1) * world.turn.months() + (f64::from(step) + 0.5) * months;
    f64::from(world.first_month) + passed
}

/// Pays for the units on the map and for what was ordered; what stands comes to so much of it.
pub(super) fn pay(state: &mut State, ledger: &mut Ledger) -> Cents {
    let world = &state.world;
    let means = &mut state.means;
    let (units, running) = (means.committed(world), means.running(world));
    let orders = running + std::mem::take(&mut means.ordered);
    for (rule, bill) in [(Rule::UnitPrice, units), (Rule::OrderPrice, orders)] {
        ledger.post(Account::Funds, &mut means.funds, Cause::of(rule), -bill);
    }
    units + running
}

/// Takes the goodwill that this turn's orders asked for.
pub(super) fn spend_goodwill(state: &mut State, ledger: &mut Ledger) {
    let spent = std::mem::take(&mut state.means.goodwill_ordered);
    let causes = [(Cause::of(Rule::Institution), -spent.to_f64())];
    let goodwill = &mut state.means.goodwill;
    ledger.post_all(Account::Goodwill, goodwill, &causes, SCALE);
}

/// Calls a month from each precinct: what came on record, and what had nothing to do with it.
fn calls(world: &World, recorded: &[u32]) -> Vec<f64> {
    let (months, families) = (world.turn.months(), world.families.len());
    let service = world.model.get(C::ServiceCalls) / 1_000.0;
    (world.precincts.iter().enumerate())
        .map(|(p, precinct)| {
            let offences: u32 = recorded[p * families..(p + 1) * families].iter().sum();
            f64::from(offences) / months + f64::from(precinct.residents) * service
        })
        .collect()
}

/// The share of each cell's offences that the hottest micro-places hold, where hot-spot patrol
/// prevents so many.
fn hot_shares(world: &World, prevented: &[f64]) -> Vec<f64> {
    let hot_spots = response::HotSpots::of(&world.model);
    let mut shares = Vec::with_capacity(prevented.len());
    let precincts = prevented.chunks(world.families.len());
    for (precinct, prevented) in world.precincts.iter().zip(precincts) {
        let held = hot_spots.hold(precinct.concentration);
        shares.extend(
            prevented
                .iter()
                .map(|prevented| curve::clamp((held - prevented) / (1.0 - prevented), 0.0, 1.0)),
        );
    }
    shares
}

struct Resolved {
    steps: Vec<Step>,
    happened: Vec<u32>,
    recorded: Vec<u32>,
    /// The belief of the last step, and what it let one expect on record in the whole turn.
    believed: Expectation,
    expected_on_record: Vec<f64>,
    /// Harm that the card lets one expect under the starting deployment.
    reference_on_record: Vec<f64>,
    /// Offences that it lets one expect to come late to the record, less those that came late.
    outstanding: Vec<f64>,
    /// Wrongs that are known when the turn is played, and those of them that were not before.
    wrongs_before: Micro,
    told: Vec<(Cause, Micro)>,
    /// The forces as the turn began: in truth, and by the card.
    force: Vec<Force>,
    open_force: Vec<Force>,
    /// Where data leaked.
    leaks: Vec<PrecinctIx>,
    /// What happened in the risk domains, and what it takes from the published Safety, points.
    events: Vec<Event>,
    believed_events: f64,
    /// Shares of offences that hot-spot patrol prevented in the last step, per cell.
    prevented_at_hot_spots: Vec<f64>,
    /// What presence discovers in a step, by the card.
    discoveries: Discoveries,
}

/// Resolves the steps of a turn under the same orders.
fn resolve(state: &mut State, world: &World, city: &World, ledger: &mut Ledger) -> Resolved {
    let count = cells(world).count();
    let steps = world.turn.steps();
    let months = world.turn.step_months();
    let turn = state.means.turn;
    let luck = Luck::new(state.seed);
    let mut out = Resolved {
        steps: Vec::new(),
        happened: vec![0; count],
        recorded: vec![0; count],
        believed: Expectation::default(),
        expected_on_record: vec![0.0; count],
        reference_on_record: vec![0.0; count],
        outstanding: vec![0.0; count],
        wrongs_before: state.truth.wrongs.get(),
        told: std::mem::take(&mut state.truth.untold),
        force: Vec::new(),
        open_force: Vec::new(),
        leaks: Vec::new(),
        events: Vec::new(),
        believed_events: 0.0,
        prevented_at_hot_spots: Vec::new(),
        discoveries: Discoveries::default(),
    };
    let start = state.start.clone();
    for step in 0..steps {
        let number = u32::from(turn - 1) * steps + step;
        let month = calendar(world, turn, step, months);
        let [sway, open_sway] = Sway::of_each([city, world], &state.means);
        let force = Force::under(city, &state.means, &sway);
        // In a city of central values the two are one.
        let open_force = if std::ptr::eq(world, city) {
            force.clone()
        } else {
            Force::under(world, &state.means, &open_sway)
        };
        let open_works = (open_force.as_slice(), &open_sway);
        let trust = state.truth.trust_points();
        let eased = response::eased(city, &sway);
        let shocks = warning::shocks(state, world);
        let found = table::found(city, &state.means);
        let truth = Side {
            world: city,
            force: &force,
            picture: Picture {
                trust: &trust,
                cells: &state.truth.cells,
                shocks: &shocks,
                eased: &eased,
                found: &found,
            },
        };
        let belief = Belief::of(world, &state.means, &state.open, &open_sway);
        let thought = belief.side(world, &state.means, &open_force);
        let expectation = response::expect(&truth, month, months);
        let believed = response::expect(&thought, month, months);
        let happened = response::draw(city, luck, number, &expectation.expected);
        let silence = city.model.get(C::ReportingScandal) * state.truth.scandal;
        let discoveries = Discoveries::of(city, &force, months);
        let chances = feedback::recordings(city, &trust, silence, &force, &discoveries);
        let known = feedback::record(city, luck, number, &happened, &chances);
        let lag = feedback::lag(&sway);
        let recorded = feedback::hold_back(city, luck, number, lag, &known, &mut state.truth.late);

        let open_discoveries = discoveries.again(world, &open_force, months);
        let share: Vec<f64> =
            feedback::recordings(world, &belief.trust, 0.0, &open_force, &open_discoveries)
                .into_iter()
                .map(Recording::share)
                .collect();
        let open_reference = start::reference(world, &start.believed, month, months);
        let open_lag = feedback::lag(&open_sway);
        let by_card = believed.expected.iter().zip(&share);
        let late = state.means.late.iter_mut().zip(&mut out.outstanding);
        let told = out.expected_on_record.iter_mut().zip(late);
        for (at, ((expected, share), (on_record, (late, outstanding)))) in
            by_card.zip(told).enumerate()
        {
            let known_by_card = expected * share;
            let before = std::mem::replace(late, known_by_card * open_lag);
            *outstanding += *late - before;
            let by_card = known_by_card * (1.0 - open_lag) + before;
            *on_record += by_card;
            if ledger.opens() {
                let was = gap::Side {
                    mean: expectation.expected[at],
                    factors: &expectation.factors[at],
                    share: chances[at].share(),
                    known: f64::from(known[at]),
                    recorded: f64::from(recorded[at]),
                };
                let thought = gap::Side {
                    mean: *expected,
                    factors: &believed.factors[at],
                    share: *share,
                    known: known_by_card,
                    recorded: by_card,
                };
                ledger.explain(at, &Gap::of(&was, &thought));
            }
        }
        add_up(&mut out.reference_on_record, &open_reference);
        add_up(&mut out.happened, &happened);
        add_up(&mut out.recorded, &recorded);

        let reference = start::reference(city, &start.harm, month, months);
        let real: Vec<f64> = happened.iter().map(|n| f64::from(*n)).collect();
        let (harm_ratio, city_ratio) = harm_ratios(city, &real, &reference);
        let wrong_packages = mishap::wrong_packages(city, luck, number, &force);
        let grades: Vec<_> = (0..world.precincts.len())
            .map(|p| state.means.grade(world, PrecinctIx::from_position(p)))
            .collect();
        let mood = Mood {
            force: &force,
            force_at_start: &start.force,
            harm_ratio: &harm_ratio,
            city_ratio,
            grades: &grades,
            wrong_packages: &wrong_packages,
            sway: &sway,
            months,
        };
        feedback::settle(city, &mut state.truth, &mood, ledger);
        let scene = emergency::scene(state, city, &sway, luck).filter(|_| step == 0);
        let (mut risk, events) = pressure::strike(
            city,
            &mut state.truth,
            (&sway, scene.as_ref()),
            luck,
            (number, months),
            ledger,
        );
        risk.reference = start.risk.get(number as usize).copied().unwrap_or(0.0);
        let by_card = start
            .believed_risk
            .get(number as usize)
            .copied()
            .unwrap_or(0.0);
        out.believed_events += risk.happened - by_card;
        out.events.extend(events);
        let mut besides = institution::step(state, city, luck, (number, months));
        if let Some(scene) = &scene {
            besides.push(scene.heard);
            emergency::tell(state, scene, ledger);
        }
        let weather = Weather {
            sway: &sway,
            besides: &besides,
            harm_ratio: city_ratio,
            months,
        };
        pressure::settle(city, &mut state.truth, &state.means, &weather, ledger);
        let half_life = city.model.get(C::ScandalHalfLife);
        state.truth.scandal *= curve::pow(0.5, months / half_life);
        mishap::leak(state, city, luck, (number, months), &mut out.leaks, ledger);
        mishap::leak_shared(state, city, &sway, luck, (number, months), ledger);

        out.prevented_at_hot_spots = response::hot_spot_effects(&expectation);
        let cells = &state.truth.cells;
        state.truth.cells = response::carry_over(city, cells, &expectation, &real, months);
        let implied: Vec<f64> = (recorded.iter().zip(&share))
            .map(|(count, share)| f64::from(*count) / share)
            .collect();
        let before = &state.means.belief;
        state.means.belief = response::carry_over(world, before, &believed, &implied, months);
        feedback::pass(world, &mut state.means, open_works, months, ledger);
        if step == 0 {
            (out.force, out.open_force) = (force, open_force);
        }
        out.believed = believed;
        out.discoveries = open_discoveries.into_owned();
        out.steps.push(Step {
            factors: expectation.factors.into(),
            expected: expectation.expected,
            happened: real,
            reference,
            risk,
        });
    }
    out.believed_events *= world.model.get(C::SafetyScale) / f64::from(steps);
    out
}

/// What the records imply: survey trust (a mean of three turns, or where it rested at the start),
/// recorded ÷ reporting rate, own means exact.
pub(super) struct Belief {
    pub trust: Vec<f64>,
    shocks: Vec<f64>,
    eased: Vec<f64>,
}

impl Belief {
    fn of(world: &World, means: &Means, open: &[OpenPage], sway: &Sway) -> Self {
        let recent = &open[open.len().saturating_sub(3)..];
        let trust = (world.precincts.iter().enumerate()).map(|(p, precinct)| match recent.len() {
            0 => precinct.trust.to_f64(),
            n => {
                let told = recent.iter().map(|page| page.trust[p].to_f64());
                told.sum::<f64>() / n as f64
            }
        });
        Self {
            trust: trust.collect(),
            shocks: vec![1.0; means.belief.len()],
            eased: response::eased(world, sway),
        }
    }

    /// What the model expects of it.
    fn side<'a>(&'a self, world: &'a World, means: &'a Means, force: &'a [Force]) -> Side<'a> {
        Side {
            world,
            force,
            picture: Picture {
                trust: &self.trust,
                cells: &means.belief,
                shocks: &self.shocks,
                eased: &self.eased,
                // What a pinned note is worth, nobody knows.
                found: &[],
            },
        }
    }
}

/// The belief about the first step of the turn being planned, what it lets one expect, the step's
/// length in months and the number of steps in the turn.
pub(super) fn believe_next(
    world: &World,
    means: &Means,
    open: &[OpenPage],
    (force, sway): (&[Force], &Sway),
) -> (Belief, Expectation, f64, f64) {
    let steps = world.turn.steps();
    let months = world.turn.step_months();
    let month = calendar(world, means.turn, 0, months);
    let belief = Belief::of(world, means, open, sway);
    let expectation = response::expect(&belief.side(world, means, force), month, months);
    (belief, expectation, months, f64::from(steps))
}

/// Harm suffered over harm expected, per precinct and in the city. One more on both sides keeps a
/// quiet month in a small place from counting as a miracle.
pub(super) fn harm_ratios(world: &World, happened: &[f64], reference: &[f64]) -> (Vec<f64>, f64) {
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

/// Adds a step's table to that of the turn.
fn add_up<T: Copy + std::ops::AddAssign>(turn: &mut [T], step: &[T]) {
    for (sum, more) in turn.iter_mut().zip(step) {
        *sum += *more;
    }
}

fn sum_tables<'a>(tables: impl Iterator<Item = &'a Vec<f64>>) -> Vec<f64> {
    tables.fold(Vec::new(), |mut sum, table| {
        sum.resize(table.len(), 0.0);
        add_up(&mut sum, table);
        sum
    })
}
