//! The state of a game: what the table holds, what is so, and what has been.
//!
//! The three are kept apart on purpose. [`Means`] is exact and open to the table; [`Truth`] is
//! hidden until the debrief; the record has a public and a hidden page for each turn. Everything a
//! seat may know is computed from the open parts alone (see [`super::view`]).

use super::action::Table;
use super::deal::Deal;
use super::digest::{Canon, Digest, Walk, canon, digest};
use super::feedback;
use super::id::{Id, InjectIx, InstrumentIx, PrecinctIx};
use super::institution::{self, Finding, Secrets};
use super::ledger::{Account, Cause, Ledger, Points, Rule, SCALE, Stock};
pub(super) use super::means::Means;
pub use super::means::{InjectState, Post, SurveyResult};
use super::pressure::{self, Alert, Event, Risk};
use super::response::{Cell, Circle, Factors, Force};
use super::scoring::{Concern, INDICES, Outcome, Parts, Scores};
use super::shared::Shared;
use super::table::{Calibration, ToldMandate, ToldNote, ToldPromise};
use super::units::{Amount, Cents, Micro};
use super::world::World;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A game at one moment. Read it through [`super::view::view`] until its debrief.
#[derive(Clone, Debug)]
pub struct State {
    /// The world as the model card has it, which everybody may read.
    pub(super) world: Arc<World>,
    /// The same with this city's own numbers, which nobody knows.
    pub(super) city: Arc<World>,
    pub(super) seed: u32,
    pub(super) means: Means,
    pub(super) truth: Truth,
    pub(super) open: Shared<Vec<OpenPage>>,
    pub(super) hidden: Shared<Vec<HiddenPage>>,
    /// Follows from the world; kept because every turn is measured against it.
    pub(super) start: Arc<Start>,
}

/// The starting deployment: what "as if nobody had decided anything" means.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Start {
    pub force: Vec<Force>,
    /// Expected harm a month of each cell, without season.
    pub harm: Vec<f64>,
    /// The same as the model card lets one expect.
    pub believed: Vec<f64>,
    /// Expected harm of events in each step where nobody decides anything: so, and by the card.
    pub risk: Vec<f64>,
    pub believed_risk: Vec<f64>,
    /// Whom Equity watches over: so, and by the card.
    pub concern: Concern,
    pub believed_concern: Concern,
    /// The instruments that help to notice things in time.
    pub watching: Vec<InstrumentIx>,
    /// Share reported in each cell under the starting deployment, by the card.
    pub reported: Vec<f64>,
}

/// What is so, and nobody knows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Truth {
    pub trust: Vec<Points>,
    pub feel_safe: Vec<Points>,
    pub wrongs: Points,
    /// Wrongs that nobody outside knows of yet, by what did them.
    pub untold: Vec<(Cause, Micro)>,
    /// The pressure of each risk domain that is played.
    pub pressures: Vec<Points>,
    /// Offences that are known and not yet on record, per cell.
    pub late: Vec<u32>,
    /// What nobody knows of the institution.
    pub secrets: Secrets,
    pub cells: Vec<Cell>,
    pub shocks: Vec<Shock>,
    pub pending: Vec<Pending>,
    /// What the seed settled about the injects.
    pub deal: Deal,
    /// How fresh misconduct is in people's minds, 0 to 1.
    pub scandal: f64,
    /// Factors and harm of the turn before, one table of cells a step: what a change is told from.
    pub last: Vec<Step>,
    /// The force of the turn before.
    pub last_force: Vec<Force>,
    pub scores: Scores,
}

/// A temporary change of offending.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shock {
    pub inject: InjectIx,
    pub place: Option<PrecinctIx>,
    pub family: Option<super::id::FamilyIx>,
    pub factor: f64,
    /// The last turn in which it acts.
    pub until: u16,
}

/// An effect that comes later.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pending {
    pub due: u16,
    pub inject: InjectIx,
    pub option: u16,
    pub effect: u16,
    pub place: Option<PrecinctIx>,
}

/// One resolved step of a turn, per cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub factors: Shared<Vec<Factors>>,
    pub expected: Vec<f64>,
    /// What happened; in the step before the first turn, what was expected.
    pub happened: Vec<f64>,
    /// Expected harm of each cell under the starting deployment.
    pub reference: Vec<f64>,
    /// What the risk domains contribute.
    pub risk: Risk,
}

/// The page of a turn that everybody may read. What it has of each cell or precinct is shared with the
/// states that follow, which keep the page.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenPage {
    /// The turn, from 1.
    pub turn: u16,
    /// Offences on record, precinct × family.
    pub recorded: Shared<Vec<u32>>,
    /// How many of them were cleared up, precinct × family.
    pub cleared: Shared<Vec<u32>>,
    /// What the model card let one expect on record with these orders, precinct × family.
    pub expected: Shared<Vec<f64>>,
    /// Why, in factors of that expectation, precinct × family; kept for the last two pages.
    pub(super) factors: Shared<Vec<Factors>>,
    /// The trust survey of each precinct, points.
    pub trust: Shared<Vec<Micro>>,
    /// Perceived safety by the survey, points.
    pub feel_safe: Shared<Vec<Micro>>,
    /// The published indices.
    pub indices: [Micro; INDICES],
    /// What those of them that no survey measures consist of.
    pub(super) parts: Parts,
    /// Where the units stood.
    pub posts: Shared<Vec<Post>>,
    /// How help came in each precinct.
    pub circles: Shared<Vec<Circle>>,
    /// Where data leaked.
    pub leaks: Vec<PrecinctIx>,
    /// The readings of the pressures, in the order of the domains that are played, points.
    pub pressures: Shared<Vec<Micro>>,
    /// What had been reported of risks when the turn opened.
    pub alerts: Vec<Alert>,
    /// What happened in the risk domains.
    pub events: Vec<Event>,
    /// What was found out of the institution.
    pub found: Vec<Finding>,
    /// Funds spent on units and standing orders in the turn.
    pub spent: Cents,
    /// Funds after the turn's bills.
    pub funds: Cents,
}

/// The page of a turn that opens at the debrief.
#[derive(Clone, Debug, PartialEq)]
pub struct HiddenPage {
    /// What happened, precinct × family.
    pub happened: Shared<Vec<u32>>,
    /// What was expected of the true city, precinct × family.
    pub expected: Shared<Vec<f64>>,
    /// The share of offences that the hottest micro-places held, precinct × family.
    pub hot: Shared<Vec<f64>>,
    /// True trust of each precinct, points.
    pub trust: Shared<Vec<Micro>>,
    /// True perceived safety, points.
    pub feel_safe: Shared<Vec<Micro>>,
    /// The true indices.
    pub indices: [Micro; INDICES],
    /// The pressures as they were, points.
    pub pressures: Shared<Vec<Micro>>,
}

/// What a turn record of the log carries, so that a game can be read without being played again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// The turn just played; 0 before the first.
    pub turn: u16,
    /// Published indices in the order of [`super::Index::ALL`], millionths of a point.
    pub published: Vec<i64>,
    /// True indices in the same order.
    pub truth: Vec<i64>,
    /// Offences on record per family in the whole city.
    pub recorded: Vec<u32>,
    /// Offences that happened per family in the whole city.
    pub happened: Vec<u32>,
    /// For each objective the turn in which it was first met; 0 if not yet.
    pub objectives: Vec<u16>,
}

/// Everything, when the game is over.
#[derive(Clone, Debug)]
pub struct Debrief<'a> {
    /// The open pages, turn by turn.
    pub open: &'a [OpenPage],
    /// The hidden pages, turn by turn.
    pub hidden: &'a [HiddenPage],
    /// The objectives, in their order.
    pub outcomes: Vec<Outcome>,
    /// The guards of those objectives, where they have one.
    pub guards: Vec<Option<Outcome>>,
    /// What the means came to in each precinct in the last turn.
    pub force: &'a [Force],
    /// Every note that came to a desk, with what it was worth.
    pub notes: Vec<ToldNote>,
    /// How the room's forecasts went.
    pub calibration: Calibration,
    /// What desks promised each other, and whether it was done.
    pub promises: Vec<ToldPromise>,
    /// What each desk was asked to reach, and what became of it.
    pub mandates: Vec<ToldMandate>,
    /// How things stood behind each inject: the position among its variants.
    pub variants: &'a [u8],
}

impl State {
    /// The game before its first act.
    #[must_use]
    pub fn new(world: Arc<World>, seed: u32) -> Self {
        let cells = world.precincts.len() * world.families.len();
        let city = super::city::of(&world, seed);
        let start = Arc::new(super::start::start(&world, &city));
        let before = super::start::steps_before_first(&city, &start.force, &start.harm);
        let mut means = Means::at_start(&world);
        (means.first_indices, means.late) = super::start::before_first(&world, &start);
        let late = feedback::late_at_start(&city, &start.force, &before);
        means.mandates = super::table::draw_mandates(&world, seed);
        let truth = Truth {
            trust: world
                .precincts
                .iter()
                .map(|p| Stock::new(p.trust))
                .collect(),
            feel_safe: world
                .precincts
                .iter()
                .map(|p| Stock::new(p.feel_safe))
                .collect(),
            wrongs: Stock::new(Micro(0)),
            untold: Vec::new(),
            pressures: pressure::at_start(&world),
            late: late.iter().map(|n| n.round_ties_even() as u32).collect(),
            secrets: institution::secrets(&world, seed),
            cells: vec![Cell::default(); cells],
            shocks: Vec::new(),
            pending: Vec::new(),
            deal: Deal::of(&world, seed),
            scandal: 0.0,
            scores: Scores::at_start(&city, &start.force, &before),
            last: before,
            last_force: start.force.clone(),
        };
        let (open, hidden) = (Shared::default(), Shared::default());
        let mut state = Self {
            world,
            city,
            seed,
            means,
            truth,
            open,
            hidden,
            start,
        };
        super::warning::open_first_turn(&mut state);
        state
    }

    /// Sets the table: who commands what, which side the game takes of contested questions, and where
    /// the units stand. What the year is measured against stays the usual start, so that another one
    /// counts as what the room did.
    pub(super) fn set_up(&mut self, table: Table, presets: Vec<Id>) {
        if !presets.is_empty() {
            let world = World::clone(&self.world).taking(&presets);
            *self = Self::new(Arc::new(world), self.seed);
            let taken = super::table::taken_mandates(&self.world, &presets);
            self.means.mandates = taken.or(self.means.mandates);
            self.means.presets = presets;
            super::start::deploy(&self.world, &mut self.means);
        }
        self.means.table = Some(table);
    }

    /// The city as it was: the model's numbers as they were here. Open when the game is over.
    #[must_use]
    pub fn city(&self) -> Option<&World> {
        self.means.over.then_some(&*self.city)
    }

    /// Every offence of every turn as a point, once the last turn has been played.
    #[must_use]
    pub fn incidents(&self) -> Option<Vec<Vec<super::response::Incident>>> {
        let told = || super::response::incidents(&self.city, self.seed, &self.hidden);
        self.means.over.then(told)
    }

    /// The world it is played in.
    #[must_use]
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// The seed of its luck.
    #[must_use]
    pub fn seed(&self) -> u32 {
        self.seed
    }

    /// The turn being planned, from 1; after the end the number of turns.
    #[must_use]
    pub fn turn(&self) -> u16 {
        self.means.turn
    }

    /// How many turns have been played.
    #[must_use]
    pub fn played(&self) -> u16 {
        self.open.len() as u16
    }

    /// Whether the last turn has been played.
    #[must_use]
    pub fn over(&self) -> bool {
        self.means.over
    }

    /// One number for the whole state.
    #[must_use]
    pub fn digest(&self) -> Digest {
        digest(self)
    }

    /// The figures of the turn just played, in both layers, for the log and for batch runs.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let (open, hidden) = (self.open.last(), self.hidden.last());
        let by_family = |cells: Option<&Shared<Vec<u32>>>| {
            let families = self.world.families.len();
            let mut sums = vec![0u32; families];
            for counts in cells.into_iter().flat_map(|cells| cells.chunks(families)) {
                for (sum, count) in sums.iter_mut().zip(counts) {
                    *sum = sum.saturating_add(*count);
                }
            }
            sums
        };
        let outcomes = self.outcomes();
        Summary {
            turn: self.played(),
            published: open.map_or_else(Vec::new, |p| p.indices.iter().map(|v| v.0).collect()),
            truth: hidden.map_or_else(Vec::new, |p| p.indices.iter().map(|v| v.0).collect()),
            recorded: by_family(open.map(|page| &page.recorded)),
            happened: by_family(hidden.map(|page| &page.happened)),
            objectives: outcomes.iter().map(|o| o.first_met.unwrap_or(0)).collect(),
        }
    }

    /// How the objectives stand; those that are to last, three months after the end.
    fn outcomes(&self) -> Vec<Outcome> {
        let outcomes = super::scoring::outcomes(&self.world, &self.open, &self.hidden);
        if !self.world.objectives.iter().any(|it| it.lasting) {
            return outcomes;
        }
        let left = super::table::hand_over(self);
        let both = self.world.objectives.iter().zip(outcomes);
        both.map(|(objective, outcome)| match &left {
            Some(left) if objective.lasting => {
                super::table::lasting(&self.world, &objective.goal, outcome, left)
            }
            _ => outcome,
        })
        .collect()
    }

    /// Everything that was hidden, once the last turn has been played.
    #[must_use]
    pub fn debrief(&self) -> Option<Debrief<'_>> {
        self.means.over.then(|| Debrief {
            open: &self.open,
            hidden: &self.hidden,
            outcomes: self.outcomes(),
            guards: super::scoring::guards(&self.world, &self.open, &self.hidden),
            force: &self.truth.last_force,
            notes: super::table::told(&self.world, &self.means),
            calibration: super::table::calibration(&self.world, &self.means, &self.open),
            promises: super::table::told_promises(&self.means),
            mandates: super::table::told_mandates(self),
            variants: &self.truth.deal.variants,
        })
    }
}

impl Truth {
    pub fn trust_points(&self) -> Vec<f64> {
        self.trust
            .iter()
            .map(|stock| stock.get().to_f64())
            .collect()
    }

    /// Posts wrongs done or put right, points, and remembers what did them until a page tells it.
    pub fn wrong(&mut self, causes: &[(Cause, f64)], ledger: &mut Ledger) {
        let before = self.wrongs.get();
        ledger.post_all(Account::Wrongs, &mut self.wrongs, causes, SCALE);
        let mut rest = self.wrongs.get() - before;
        let mut add =
            |cause: Cause, points: Micro| match self.untold.iter_mut().find(|it| it.0 == cause) {
                _ if points.0 == 0 => {}
                Some((_, told)) => *told += points,
                None => self.untold.push((cause, points)),
            };
        for (cause, points) in causes {
            let points = Micro::from_f64(*points);
            rest -= points;
            add(cause.anywhere(), points);
        }
        // Nothing is put right that is not wrong: what the scale's end takes back.
        add(Cause::of(Rule::Bound), rest);
    }
}

canon! {
    Truth {
        trust, feel_safe, wrongs, untold, pressures, late, secrets, cells, shocks, pending, deal, scandal, last,
        last_force, scores,
    }
    Shock { inject, place, family, factor, until }
    Pending { due, inject, option, effect, place }
    Step { factors, expected, happened, reference, risk }
    OpenPage {
        turn, recorded, cleared, expected, factors, trust, feel_safe, indices, parts, posts, circles, leaks, pressures,
        alerts, events, found, spent, funds,
    }
    HiddenPage { happened, expected, hot, trust, feel_safe, indices, pressures }
}

impl Canon for State {
    /// The world is named by the log's header, and the city follows from it, the seed and the
    /// presets: neither is repeated in each state.
    fn canon(&self, walk: &mut Walk) {
        let Self {
            world: _,
            city: _,
            seed,
            means,
            truth,
            open,
            hidden,
            start: _,
        } = self;
        seed.canon(walk);
        means.canon(walk);
        truth.canon(walk);
        open.canon(walk);
        hidden.canon(walk);
    }
}
