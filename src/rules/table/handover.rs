//! Handover: the three months after the last turn, on the standing orders left behind.
//!
//! What is expected happens: nothing is drawn, so a table is not judged by the luck of those who
//! come next. What had been promised for later comes due, bills are paid from the same income, and
//! what the money does not reach for ends.

use crate::rules::feedback::{self, Discoveries, Mood};
use crate::rules::id::PrecinctIx;
use crate::rules::institution::{self, Sway};
use crate::rules::ledger::{Cause, Ledger};
use crate::rules::model::Coefficient as C;
use crate::rules::pressure::{self, Weather};
use crate::rules::response::{self, Force, Picture, Side};
use crate::rules::scoring::{self, Basis, INDICES, Outcome, PublishedBasis};
use crate::rules::state::{State, Step};
use crate::rules::units::{Amount, Cents, Micro};
use crate::rules::world::{Goal, TurnLength, World};
use crate::rules::{curve, start, turn, warning};
use std::sync::Arc;

/// How many months are run.
pub const HANDOVER_MONTHS: u16 = 3;

/// What the next shift finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Handover {
    /// The true indices of the last month, points.
    pub indices: [Micro; INDICES],
    /// The published ones.
    pub published: [Micro; INDICES],
    /// True trust of each precinct, points.
    pub trust: Vec<Micro>,
    /// Offences of the last month, precinct × family, to the next whole one.
    pub happened: Vec<u32>,
    /// Those of them that come on record.
    pub recorded: Vec<u32>,
    /// The pressures, in the order of the domains that are played, points.
    pub pressures: Vec<Micro>,
    /// Funds after the last month's bills.
    pub funds: Cents,
    /// Units still on the map.
    pub units: u16,
    /// What moved true Stewardship since the last turn that was played, points.
    pub stewardship: Vec<(Cause, f64)>,
}

/// The world in turns of a month, with money to match; none where it goes by months already.
pub(in crate::rules) fn monthly(world: &World) -> Option<World> {
    if world.turn == TurnLength::Months(1) {
        return None;
    }
    let months = world.turn.months();
    let a_month = |amount: Cents| Cents::from_f64(amount.to_f64() / months);
    let mut world = world.clone();
    world.purse.income = a_month(world.purse.income);
    world.purse.carry = a_month(world.purse.carry);
    for kind in &mut world.kinds {
        kind.price = a_month(kind.price);
    }
    world.turns = (f64::from(world.turns) * months).ceil() as u16;
    world.turn = TurnLength::Months(1);
    Some(world)
}

/// What is left of a game that is over three months later; none before its end.
pub(in crate::rules) fn hand_over(state: &State) -> Option<Handover> {
    if !state.means.over {
        return None;
    }
    let played = f64::from(state.world.turns) * state.world.turn.months();
    let mut state = state.clone();
    let same = Arc::ptr_eq(&state.world, &state.city);
    if let Some(world) = monthly(&state.world) {
        state.world = Arc::new(world);
    }
    if same {
        state.city = Arc::clone(&state.world);
    } else if let Some(city) = monthly(&state.city) {
        state.city = Arc::new(city);
    }
    state.means.over = false;
    let months = Months::of(&state, played);
    let mut last = None;
    for after in 0..HANDOVER_MONTHS {
        let mut book = Ledger::without_detail();
        open_month(&mut state, &mut book);
        let bill = pay_bills(&mut state, &mut book);
        warning::settle_injects(&mut state, &mut book);
        last = Some(months.pass(&mut state, after, bill, &mut book));
    }
    last.map(|month| months.told(&state, month))
}

/// A month opens on the orders that stand: money comes in, and what it does not reach for ends.
pub(in crate::rules) fn open_month(state: &mut State, book: &mut Ledger) {
    let world = Arc::clone(&state.world);
    state.means.turn += 1;
    warning::take_income(state, &world, book);
    warning::stand_down_unpaid(state, &world);
}

/// Pays for what stands; what that comes to.
pub(in crate::rules) fn pay_bills(state: &mut State, book: &mut Ledger) -> Cents {
    turn::pay(state, book)
}

/// Months in which what is expected happens.
#[derive(Clone)]
pub(in crate::rules) struct Months {
    risks: Vec<f64>,
    believed_risks: Vec<f64>,
    /// Months of the game before the first of them.
    played: f64,
}

/// What the figures of a month that has passed are worked out from, besides the state it left.
pub(in crate::rules) struct Month {
    /// Its position from the start of the game, and in the calendar.
    at: usize,
    calendar: f64,
    bill: Cents,
    force: Vec<Force>,
    open_force: Vec<Force>,
    /// Trust as the month began, points.
    trust: Vec<f64>,
    /// What people held back after misconduct, log-odds.
    silence: f64,
    step: Step,
}

impl Months {
    /// The months that follow after so many have been played. The worlds of the state go by months.
    pub fn of(state: &State, played: f64) -> Self {
        Self {
            risks: pressure::reference_and(&state.city, HANDOVER_MONTHS),
            believed_risks: pressure::reference_and(&state.world, HANDOVER_MONTHS),
            played,
        }
    }

    /// Lets the month after so many others pass, whose bills came to this.
    pub fn pass(&self, state: &mut State, after: u16, bill: Cents, book: &mut Ledger) -> Month {
        let (world, city) = (Arc::clone(&state.world), Arc::clone(&state.city));
        let start = Arc::clone(&state.start);

        let calendar = f64::from(world.first_month) + self.played + f64::from(after) + 0.5;
        let [sway, open_sway] = Sway::of_each([&city, &world], &state.means);
        let force = Force::under(&city, &state.means, &sway);
        let open_force = Force::under(&world, &state.means, &open_sway);
        let trust = state.truth.trust_points();
        let shocks = warning::shocks(state, &world);
        let side = Side {
            world: &city,
            force: &force,
            picture: Picture {
                trust: &trust,
                cells: &state.truth.cells,
                shocks: &shocks,
                eased: &response::eased(&city, &sway),
                found: &[],
            },
        };
        let expectation = response::expect(&side, calendar, 1.0);
        let silence = city.model.get(C::ReportingScandal) * state.truth.scandal;
        let happened = expectation.expected.clone();
        let reference = start::reference(&city, &start.harm, calendar, 1.0);
        let (harm_ratio, city_ratio) = turn::harm_ratios(&city, &happened, &reference);
        let grades: Vec<_> = (0..world.precincts.len())
            .map(|p| state.means.grade(&world, PrecinctIx::from_position(p)))
            .collect();
        let mood = Mood {
            force: &force,
            force_at_start: &start.force,
            harm_ratio: &harm_ratio,
            city_ratio,
            grades: &grades,
            wrong_packages: &vec![false; world.precincts.len()],
            sway: &sway,
            months: 1.0,
        };
        feedback::settle(&city, &mut state.truth, &mood, book);
        let at = self.played as usize + usize::from(after);
        let mut risk = pressure::expect(&city, &state.truth, &sway, 1.0);
        risk.reference = self.risks.get(at).copied().unwrap_or(0.0);
        let weather = Weather {
            sway: &sway,
            // What the mechanisms do by chance is not told of a time that nobody plays.
            besides: &[],
            harm_ratio: city_ratio,
            months: 1.0,
        };
        pressure::settle(&city, &mut state.truth, &state.means, &weather, book);
        let half_life = city.model.get(C::ScandalHalfLife);
        state.truth.scandal *= curve::pow(0.5, 1.0 / half_life);
        let cells = &state.truth.cells;
        state.truth.cells = response::carry_over(&city, cells, &expectation, &happened, 1.0);
        let works = (open_force.as_slice(), &open_sway);
        feedback::pass(&world, &mut state.means, works, 1.0, book);
        institution::turn_over(state);
        Month {
            at,
            calendar,
            bill,
            force,
            open_force,
            trust,
            silence,
            step: Step {
                factors: expectation.factors.into(),
                expected: expectation.expected,
                happened,
                reference,
                risk,
            },
        }
    }

    /// The figures of a month that has just passed. Those of the months before it, nobody reads.
    pub fn told(&self, state: &State, month: Month) -> Handover {
        let (world, city, start) = (&*state.world, &*state.city, &*state.start);
        let Month { bill, ref step, .. } = month;
        let discoveries = Discoveries::of(city, &month.force, 1.0);
        let chances = feedback::recordings(
            city,
            &month.trust,
            month.silence,
            &month.force,
            &discoveries,
        );
        let points = |stocks: &[crate::rules::ledger::Points]| -> Vec<Micro> {
            stocks.iter().map(|stock| stock.get()).collect()
        };
        let (trust, feel_safe) = (points(&state.truth.trust), points(&state.truth.feel_safe));
        let recorded: Vec<u32> = (step.happened.iter().zip(&chances))
            .map(|(count, chance)| whole(count * chance.share()))
            .collect();
        let believed_risk = self.believed_risks.get(month.at).copied();
        let events = step.risk.happened - believed_risk.unwrap_or(0.0);
        let (published, _) = scoring::published(
            world,
            &PublishedBasis {
                recorded: &recorded,
                // Nothing comes late in a time that nobody plays.
                outstanding: &vec![0.0; recorded.len()],
                reference: &start::reference(world, &start.believed, month.calendar, 1.0),
                reported: &start.reported,
                concern: &start.believed_concern,
                trust: &trust,
                feel_safe: &feel_safe,
                wrongs: state.truth.wrongs.get(),
                told: &[],
                force: &month.open_force,
                discoveries: &discoveries,
                means: &state.means,
                bill,
                events: events * world.model.get(C::SafetyScale),
            },
        );
        let happened = step.happened.iter().copied().map(whole).collect();
        let steps = [month.step];
        let scores = scoring::post(
            city,
            &Basis {
                before: &state.truth.last,
                now: &steps,
                old: &state.truth.scores,
                concern: &start.concern,
                trust: &trust,
                feel_safe: &feel_safe,
                wrongs: state.truth.wrongs.get(),
                force: &month.force,
                force_before: &state.truth.last_force,
                means: &state.means,
                bill,
            },
            &mut Ledger::without_detail(),
        );
        Handover {
            indices: scores.held(),
            published,
            trust,
            happened,
            recorded,
            pressures: points(&state.truth.pressures),
            funds: state.means.funds.get(),
            units: (state.means.units.iter())
                .filter(|post| post.at.is_some())
                .count() as u16,
            stewardship: scores.care.change(&state.truth.scores.care).to_vec(),
        }
    }
}

/// The nearest whole number.
fn whole(count: f64) -> u32 {
    (count + 0.5).floor() as u32
}

/// How a goal stands when it is read on what was left behind: the turns are told as they were.
pub(in crate::rules) fn lasting(
    world: &World,
    goal: &Goal,
    outcome: Outcome,
    left: &Handover,
) -> Outcome {
    let value = scoring::value_after(monthly(world).as_ref().unwrap_or(world), goal, left);
    let met = goal.holds(value);
    Outcome {
        met,
        later: Some(value),
        // Nobody can say so earlier than when the last turn has been played.
        first_met: met.then_some(world.turns),
        ..outcome
    }
}

impl State {
    /// What the next shift finds three months later, once the last turn has been played.
    #[must_use]
    pub fn handover(&self) -> Option<Handover> {
        hand_over(self)
    }
}
