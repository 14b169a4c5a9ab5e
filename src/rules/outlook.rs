//! What the card lets one expect of the months to come, if what is on paper stands and nobody
//! orders anything more.
//!
//! It is worked out from a [`View`] alone: trust and perceived safety as the surveys have them,
//! offences as the records imply them, pressures as they were read, and the card's central values
//! for everything that this city has of its own. Nothing is drawn, and what cards lead to is left
//! out, because nobody at the table can read it off them.

use super::curve;
use super::deal::Deal;
use super::institution;
use super::ledger::{Ledger, Points, Stock};
use super::scoring::{self, Scores};
use super::start;
use super::state::{OpenPage, State, Truth};
use super::table::{self, Handover, Months};
use super::turn;
use super::units::{Amount, Micro};
use super::view::View;
use super::world::Goal;
use std::sync::Arc;

/// The luck of an imagined city. Nothing that is looked at hangs on it.
const NO_SEED: u32 = 0;

/// What may be expected, as far as a seat can know.
#[derive(Clone)]
pub struct Outlook {
    /// The city as the table must take it to be.
    imagined: State,
    months: Months,
}

impl Outlook {
    /// What is known as the turn is planned. It holds for every draft of that turn.
    #[must_use]
    pub fn of(view: &View) -> Self {
        let monthly = table::monthly(view.world);
        let world = Arc::new(monthly.unwrap_or_else(|| view.world.clone()));
        let start = Arc::new(start::start(&world, &world));
        let before = start::steps_before_first(&world, &start.force, &start.harm);
        let recent = &view.open[view.open.len().saturating_sub(3)..];
        let precincts = || world.precincts.iter();
        let trust = surveyed(recent, |page| &page.trust);
        let feel_safe = surveyed(recent, |page| &page.feel_safe);
        // What watching takes from Rights is in it too, and the same for every draft.
        let lacking = Micro::points(100) - view.indices()[super::Index::Rights as usize];
        let truth = Truth {
            trust: trust.unwrap_or_else(|| stocks(precincts().map(|p| p.trust))),
            feel_safe: feel_safe.unwrap_or_else(|| stocks(precincts().map(|p| p.feel_safe))),
            wrongs: Stock::new(lacking),
            untold: Vec::new(),
            pressures: stocks(view.pressures().map(|(_, points)| points)),
            late: vec![0; view.means.belief.len()],
            secrets: institution::secrets(&world, NO_SEED),
            cells: view.means.belief.clone(),
            shocks: Vec::new(),
            pending: Vec::new(),
            deal: Deal::of(&world, NO_SEED),
            scandal: 0.0,
            scores: Scores::at_start(&world, &start.force, &before),
            last: before,
            last_force: start.force.clone(),
        };
        let played = f64::from(view.means.turn.max(1) - 1) * view.world.turn.months();
        let imagined = State {
            city: Arc::clone(&world),
            world,
            seed: NO_SEED,
            means: view.means.clone(),
            truth,
            open: Vec::new().into(),
            hidden: Vec::new().into(),
            start,
        };
        Self {
            months: Months::of(&imagined, played),
            imagined,
        }
    }

    /// What is to be expected at the end of so many months, at least one, if the orders on a paper
    /// of the same turn stand.
    #[must_use]
    pub fn after(&self, paper: &View, months: u16) -> Handover {
        let mut state = self.imagined.clone();
        state.means = paper.means.clone();
        state.means.over = false;
        let mut book = Ledger::without_detail();
        let mut pass = |state: &mut State, after| {
            let bill = table::pay_bills(state, &mut book);
            turn::spend_goodwill(state, &mut book);
            self.months.pass(state, after, bill, &mut book)
        };
        let mut last = pass(&mut state, 0);
        for team in &mut state.means.teams {
            if std::mem::take(&mut team.training) {
                team.skill = 1.0;
            }
        }
        for after in 1..months {
            table::open_month(&mut state, &mut Ledger::without_detail());
            last = pass(&mut state, after);
        }
        self.months.told(&state, last)
    }

    /// By how much what is expected falls short of a line, in the unit of its measure; nothing where
    /// it is reached with so much to spare.
    #[must_use]
    pub fn short_of(&self, goal: &Goal, left: &Handover, to_spare: f64) -> f64 {
        let value = scoring::value_after(&self.imagined.world, goal, left);
        let missing = if goal.at_least {
            goal.line - value
        } else {
            value - goal.line
        };
        curve::max(0.0, missing + to_spare)
    }
}

fn stocks(points: impl Iterator<Item = Micro>) -> Vec<Points> {
    points.map(Stock::new).collect()
}

/// The mean of the last surveys, place by place; none before the first.
fn surveyed(pages: &[OpenPage], of: impl Fn(&OpenPage) -> &Vec<Micro>) -> Option<Vec<Points>> {
    let last = pages.last()?;
    let mean = |p: usize| {
        let sum: f64 = pages.iter().map(|page| of(page)[p].to_f64()).sum();
        Micro::from_f64(sum / pages.len() as f64)
    };
    Some(stocks((0..of(last).len()).map(mean)))
}
