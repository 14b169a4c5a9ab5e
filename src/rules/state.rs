//! The state of a game: what the table holds, what is so, and what has been.
//!
//! The three are kept apart on purpose. [`Means`] is exact and open to the table; [`Truth`] is
//! hidden until the debrief; the record has a public and a hidden page for each turn. Everything a
//! seat may know is computed from the open parts alone (see [`super::view`]).

use super::action::Table;
use super::digest::{Canon, Digest, Walk, canon, digest};
use super::id::{InjectIx, PrecinctIx, UnitIx};
use super::ledger::{Funds, Points, Stock};
use super::response::{Cell, Factors, Force};
use super::scoring::{INDICES, Outcome, Scores};
use super::units::{Amount, Cents, Micro};
use super::world::{Tactic, World};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A game at one moment. Read it through [`super::view::view`] until its debrief.
#[derive(Clone, Debug)]
pub struct State {
    pub(super) world: Arc<World>,
    pub(super) seed: u32,
    pub(super) means: Means,
    pub(super) truth: Truth,
    pub(super) open: Vec<OpenPage>,
    pub(super) hidden: Vec<HiddenPage>,
    /// Follows from the world; kept because every turn is measured against it.
    pub(super) start: Arc<Start>,
}

/// The starting deployment: what "as if nobody had decided anything" means.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Start {
    pub force: Vec<Force>,
    /// Expected harm a month of each cell, without season.
    pub harm: Vec<f64>,
}

/// What the table holds and has done: exact, and open to all.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Means {
    pub table: Option<Table>,
    /// The turn being planned, from 1.
    pub turn: u16,
    pub over: bool,
    pub funds: Funds,
    pub units: Vec<Post>,
    /// Months of hot-spot patrol that each precinct is used to.
    pub familiarity: Vec<f64>,
    pub injects: Vec<InjectState>,
    pub surveys: Vec<SurveyResult>,
    /// Dynamics of each cell as the records imply them.
    pub belief: Vec<Cell>,
}

/// Where a unit stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Post {
    /// The place and what it does there.
    pub at: Option<(PrecinctIx, Tactic)>,
    /// Months it has done so.
    pub months: f64,
}

/// How far an inject has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct InjectState {
    /// The turn in which it came on the table.
    pub fired: Option<u16>,
    /// The place it speaks of.
    pub place: Option<PrecinctIx>,
    /// The option given, and whether silence gave it.
    pub answer: Option<u16>,
    /// Whether its effects have begun.
    pub settled: bool,
}

/// What people said at their doors.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyResult {
    /// The turn it tells of; the figures before are of the turn before.
    pub turn: u16,
    /// The place.
    pub precinct: PrecinctIx,
    /// The inject that bought it.
    pub inject: InjectIx,
    /// Offences per family in the turn, as told.
    pub now: Vec<u32>,
    /// Offences per family in the turn before, as told; empty in the first turn.
    pub before: Vec<u32>,
}

/// What is so, and nobody knows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Truth {
    pub trust: Vec<Points>,
    pub feel_safe: Vec<Points>,
    pub wrongs: Points,
    pub cells: Vec<Cell>,
    pub shocks: Vec<Shock>,
    pub pending: Vec<Pending>,
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
    pub factors: Vec<Factors>,
    pub expected: Vec<f64>,
    /// What happened; in the step before the first turn, what was expected.
    pub happened: Vec<f64>,
    /// Expected harm of each cell under the starting deployment.
    pub reference: Vec<f64>,
}

/// The page of a turn that everybody may read.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenPage {
    /// The turn, from 1.
    pub turn: u16,
    /// Offences on record, precinct × family.
    pub recorded: Vec<u32>,
    /// What the model card let one expect on record with these orders, precinct × family.
    pub expected: Vec<f64>,
    /// Why, in log factors of that expectation, precinct × family; kept for the last two pages.
    pub(super) factors: Vec<Factors>,
    /// The trust survey of each precinct, points.
    pub trust: Vec<Micro>,
    /// Perceived safety by the survey, points.
    pub feel_safe: Vec<Micro>,
    /// The published indices.
    pub indices: [Micro; INDICES],
    /// Where the units stood.
    pub posts: Vec<Post>,
    /// Funds spent on units in the turn.
    pub spent: Cents,
    /// Funds after the turn's bills.
    pub funds: Cents,
}

/// The page of a turn that opens at the debrief.
#[derive(Clone, Debug, PartialEq)]
pub struct HiddenPage {
    /// What happened, precinct × family.
    pub happened: Vec<u32>,
    /// What was expected of the true city, precinct × family.
    pub expected: Vec<f64>,
    /// True trust of each precinct, points.
    pub trust: Vec<Micro>,
    /// True perceived safety, points.
    pub feel_safe: Vec<Micro>,
    /// The true indices.
    pub indices: [Micro; INDICES],
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
}

impl State {
    /// The game before its first act.
    #[must_use]
    pub fn new(world: Arc<World>, seed: u32) -> Self {
        let cells = world.precincts.len() * world.families.len();
        let means = Means {
            table: None,
            turn: 1,
            over: false,
            funds: Stock::new(world.purse.start),
            units: world
                .units
                .iter()
                .map(|unit| Post {
                    at: unit.post,
                    months: 0.0,
                })
                .collect(),
            familiarity: vec![0.0; world.precincts.len()],
            injects: vec![InjectState::default(); world.injects.len()],
            surveys: Vec::new(),
            belief: vec![Cell::default(); cells],
        };
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
            cells: vec![Cell::default(); cells],
            shocks: Vec::new(),
            pending: Vec::new(),
            last: Vec::new(),
            last_force: Vec::new(),
            scores: Scores::at_start(&world),
        };
        let start = Arc::new(super::turn::start(&world));
        let (open, hidden) = (Vec::new(), Vec::new());
        let mut state = Self {
            world,
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
        let by_family = |cells: Option<&Vec<u32>>| {
            let families = self.world.families.len();
            let mut sums = vec![0u32; families];
            for (at, count) in cells.into_iter().flatten().enumerate() {
                sums[at % families] = sums[at % families].saturating_add(*count);
            }
            sums
        };
        let outcomes = super::scoring::outcomes(&self.world, &self.open, &self.hidden);
        Summary {
            turn: self.played(),
            published: open.map_or_else(Vec::new, |p| p.indices.iter().map(|v| v.0).collect()),
            truth: hidden.map_or_else(Vec::new, |p| p.indices.iter().map(|v| v.0).collect()),
            recorded: by_family(open.map(|page| &page.recorded)),
            happened: by_family(hidden.map(|page| &page.happened)),
            objectives: outcomes.iter().map(|o| o.first_met.unwrap_or(0)).collect(),
        }
    }

    /// Everything that was hidden, once the last turn has been played.
    #[must_use]
    pub fn debrief(&self) -> Option<Debrief<'_>> {
        self.means.over.then(|| Debrief {
            open: &self.open,
            hidden: &self.hidden,
            outcomes: super::scoring::outcomes(&self.world, &self.open, &self.hidden),
            guards: super::scoring::guards(&self.world, &self.open, &self.hidden),
        })
    }

    /// The forces on the map as the orders stand.
    pub(super) fn force(&self) -> Vec<Force> {
        Force::of(&self.world, &self.means.units)
    }
}

impl Means {
    /// What the units on the map cost this turn.
    pub fn committed(&self, world: &World) -> Cents {
        self.units
            .iter()
            .enumerate()
            .filter(|(_, post)| post.at.is_some())
            .map(|(at, _)| world.kind_of(UnitIx::from_position(at)).price)
            .sum()
    }

    /// What the answers given this turn cost.
    pub fn pledged(&self, world: &World) -> Cents {
        self.injects
            .iter()
            .zip(&world.injects)
            .filter(|(state, _)| !state.settled)
            .filter_map(|(state, inject)| {
                Some(inject.options.get(usize::from(state.answer?))?.cost)
            })
            .sum()
    }

    /// Funds that nothing is promised to.
    pub fn free(&self, world: &World) -> Cents {
        if self.over {
            // The bills of the last turn are paid, and there is no next one.
            return self.funds.get();
        }
        self.funds.get() - self.committed(world) - self.pledged(world)
    }

    /// Whether an inject lies on the table.
    pub fn is_open(&self, inject: InjectIx) -> bool {
        let state = &self.injects[inject.at()];
        state.fired.is_some() && !state.settled
    }
}

impl Truth {
    pub fn trust_points(&self) -> Vec<f64> {
        self.trust
            .iter()
            .map(|stock| stock.get().to_f64())
            .collect()
    }
}

canon! {
    Means { table, turn, over, funds, units, familiarity, injects, surveys, belief }
    Post { at, months }
    InjectState { fired, place, answer, settled }
    SurveyResult { turn, precinct, inject, now, before }
    Truth { trust, feel_safe, wrongs, cells, shocks, pending, last, last_force, scores }
    Shock { inject, place, family, factor, until }
    Pending { due, inject, option, effect, place }
    Step { factors, expected, happened, reference }
    OpenPage {
        turn, recorded, expected, factors, trust, feel_safe, indices, posts, spent, funds,
    }
    HiddenPage { happened, expected, trust, feel_safe, indices }
}

impl Canon for Table {
    fn canon(&self, walk: &mut Walk) {
        (*self as u8).canon(walk);
    }
}

impl Canon for State {
    /// The world is named by the log's header; its hash is not repeated in each state.
    fn canon(&self, walk: &mut Walk) {
        let Self {
            world: _,
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
