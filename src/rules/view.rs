//! The only door out of a game before its debrief: what a seat may know.
//!
//! A [`View`] is built from the open parts of the state alone, so nothing that takes a view can
//! show, decide or refuse by what is hidden.

use super::action::{Action, Table};
use super::chance::sample;
use super::command;
use super::digest::{Canon, Digest, Walk, digest};
use super::draft::Draft;
use super::emergency::Emergency;
use super::feedback::{self, Discoveries, recordings};
use super::id::{FamilyIx, Id, InjectIx, InstrumentIx, ObjectiveIx, PrecinctIx, SeatIx, UnitIx};
use super::institution::{Known, Owed, Pilot, Pointer, Sway, pilot};
use super::ledger::{Rule, logarithmic_mean};
use super::means::{Campaign, Grade, InjectState, Means, Post, Sensing, Site, SurveyResult, Team};
use super::model::Coefficient as C;
use super::pressure::{self, Alert};
use super::refusal::Refusal;
use super::response::{Expectation, Factor, Force, cells};
use super::scoring::{self, INDICES, Outcome};
use super::state::{OpenPage, State};
use super::turn::Belief;
use super::units::{Cents, Micro};
use super::world::{Domain, Layer, OrderKind, Tactic, World};
use super::{curve, turn};

/// What a seat may know of a game.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(super) world: &'a World,
    pub(super) means: &'a Means,
    pub(super) open: &'a [OpenPage],
    pub(super) seat: SeatIx,
}

/// What the seat may know. An unknown seat sees what the first one sees; its orders are refused.
#[must_use]
pub fn view<'a>(state: &'a State, seat: &Id) -> View<'a> {
    let seat = state.world.seat(seat).unwrap_or(SeatIx(0));
    View {
        world: &state.world,
        means: &state.means,
        open: &state.open,
        seat,
    }
}

/// An expected count on record, with the band that holds eight outcomes in ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// The mean.
    pub mean: f64,
    /// One outcome in ten lies below.
    pub low: u32,
    /// One outcome in ten lies above.
    pub high: u32,
}

/// What an order would do, as far as the table can know.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// Funds it binds this turn.
    pub price: Cents,
    /// The precinct concerned.
    pub precinct: PrecinctIx,
    /// Patrol minutes per hot spot and day that the precinct would then have.
    pub minutes: f64,
    /// How fresh hot-spot patrol is there, 0 to 1.
    pub freshness: f64,
    /// Share of residents who would be visited in a month.
    pub visited: f64,
    /// Desks with units in the precinct or next door, who will feel it.
    pub felt_by: Vec<SeatIx>,
    /// Expected on record in the precinct without the order, per family.
    pub without: Vec<Forecast>,
    /// Expected on record with it.
    pub with: Vec<Forecast>,
}

/// One bar of a published explanation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// What explains it; `None` is *not explained yet*, which closes the sum.
    pub rule: Option<Rule>,
    /// By how much, in counts.
    pub amount: f64,
}

/// Why a count on record changed, as far as records and card can tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// On record the turn before.
    pub before: u32,
    /// On record now.
    pub now: u32,
    /// The bars; they sum to the change.
    pub bars: Vec<Bar>,
}

impl<'a> View<'a> {
    /// What a seat would know if the means were these.
    pub(super) fn on_paper(
        world: &'a World,
        means: &'a Means,
        open: &'a [OpenPage],
        seat: SeatIx,
    ) -> Self {
        Self {
            world,
            means,
            open,
            seat,
        }
    }

    /// What another seat would know.
    pub(super) fn of(self, seat: SeatIx) -> Self {
        Self { seat, ..self }
    }

    /// A paper to try orders out on.
    #[must_use]
    pub fn draft(&self) -> Draft<'a> {
        Draft::new(self.world, self.means.clone(), self.open, self.seat)
    }

    /// The world, which is open: its hidden draws are not part of it.
    #[must_use]
    pub fn world(&self) -> &'a World {
        self.world
    }

    /// The seat whose view it is.
    #[must_use]
    pub fn seat(&self) -> &'a Id {
        &self.world.seats[self.seat.at()].id
    }

    /// Who commands which desks; `None` before the set-up.
    #[must_use]
    pub fn table(&self) -> Option<Table> {
        self.means.table
    }

    /// The turn being planned, from 1.
    #[must_use]
    pub fn turn(&self) -> u16 {
        self.means.turn
    }

    /// Whether the last turn has been played.
    #[must_use]
    pub fn over(&self) -> bool {
        self.means.over
    }

    /// The open pages of the turns played.
    #[must_use]
    pub fn pages(&self) -> &'a [OpenPage] {
        self.open
    }

    /// Funds in hand at the start of the turn.
    #[must_use]
    pub fn funds(&self) -> Cents {
        self.means.funds.get()
    }

    /// Funds that nothing is promised to.
    #[must_use]
    pub fn free_funds(&self) -> Cents {
        self.means.free(self.world)
    }

    /// Where each unit stands; units of later turns are not there yet.
    pub fn units(&self) -> impl Iterator<Item = (UnitIx, Post)> + use<'a> {
        let (world, means) = (self.world, self.means);
        means
            .units
            .iter()
            .enumerate()
            .filter(move |(at, _)| world.units[*at].from <= means.turn)
            .map(|(at, post)| (UnitIx::from_position(at), *post))
    }

    /// How the people of each unit are, in the order of the world.
    #[must_use]
    pub fn teams(&self) -> &'a [Team] {
        &self.means.teams
    }

    /// The duty level of each district.
    #[must_use]
    pub fn duty(&self) -> &'a [Grade] {
        &self.means.duty
    }

    /// What has been built and switched on in each precinct.
    #[must_use]
    pub fn places(&self) -> &'a [Site] {
        &self.means.places
    }

    /// Monitoring of what is said online.
    #[must_use]
    pub fn online(&self) -> Sensing {
        self.means.online
    }

    /// The campaign against fraud, if there was one.
    #[must_use]
    pub fn campaign(&self) -> Option<Campaign> {
        self.means.campaign
    }

    /// Goodwill of the volunteers, points.
    #[must_use]
    pub fn goodwill(&self) -> Micro {
        self.means.goodwill.get()
    }

    /// How an instrument of the institution is set, for each thing that it is set for.
    #[must_use]
    pub fn pointers(&self, instrument: InstrumentIx) -> &'a [Pointer] {
        &self.means.instruments[instrument.at()]
    }

    /// How good the contracted outreach is, as a share of the work of own people, once it is known.
    #[must_use]
    pub fn contract_quality(&self) -> Option<f64> {
        self.means.learned.contract
    }

    /// Instruments that are being tried.
    #[must_use]
    pub fn pilots(&self) -> &'a [Pilot] {
        &self.means.learned.pilots
    }

    /// What is known of each effect of an instrument about which anybody is in doubt.
    pub fn known(&self, instrument: InstrumentIx) -> impl Iterator<Item = Known> + use<'a> {
        pilot::known(self.world, self.means, instrument)
    }

    /// Aid that has been asked back.
    #[must_use]
    pub fn owed(&self) -> &'a [Owed] {
        &self.means.learned.owed
    }

    /// What has been reported of risks for this turn.
    #[must_use]
    pub fn alerts(&self) -> &'a [Alert] {
        &self.means.alerts
    }

    /// The last readings of the pressures, in the order of the domains that are played, points.
    pub fn pressures(&self) -> impl Iterator<Item = (Domain, Micro)> + use<'a> {
        let (world, open) = (self.world, self.open);
        let domains = world.domains.iter().enumerate();
        domains.map(move |(at, played)| (played.domain, pressure::read(world, open, at)))
    }

    /// Goodwill of the volunteers that nothing is promised to, points.
    #[must_use]
    pub fn free_goodwill(&self) -> Micro {
        self.means.goodwill.get() - self.means.goodwill_bound(self.world)
    }

    /// Analysts who are free.
    #[must_use]
    pub fn free_analysts(&self) -> u16 {
        let bound = self.means.analysts_bound(self.world);
        self.world.analysts.saturating_sub(bound)
    }

    /// Whether the orders of the turn are closed.
    #[must_use]
    pub fn closed(&self) -> bool {
        self.means.room.closed
    }

    /// The emergency of the turn, once its orders are closed.
    #[must_use]
    pub fn emergency(&self) -> Option<&'a Emergency> {
        self.means.room.now(self.means.turn)
    }

    /// The emergencies so far.
    #[must_use]
    pub fn emergencies(&self) -> &'a [Emergency] {
        &self.means.room.emergencies
    }

    /// The injects on the table.
    pub fn open_injects(&self) -> impl Iterator<Item = (InjectIx, InjectState)> + use<'a> {
        let means = self.means;
        (0..means.injects.len())
            .map(InjectIx::from_position)
            .filter(move |inject| means.is_open(*inject))
            .map(move |inject| (inject, means.injects[inject.at()]))
    }

    /// Where each inject that has come speaks of, by its position.
    pub fn inject_places(&self) -> impl Iterator<Item = Option<PrecinctIx>> + use<'a> {
        self.means.injects.iter().map(|inject| inject.place)
    }

    /// The injects that have been settled, with the answer that stood.
    pub fn settled_injects(&self) -> impl Iterator<Item = (InjectIx, InjectState)> + use<'a> {
        let injects = &self.means.injects;
        injects
            .iter()
            .enumerate()
            .filter(|(_, inject)| inject.settled)
            .map(|(at, inject)| (InjectIx::from_position(at), *inject))
    }

    /// What people have said at their doors.
    #[must_use]
    pub fn surveys(&self) -> &'a [SurveyResult] {
        &self.means.surveys
    }

    /// The published indices of the last turn played, or where the city starts.
    #[must_use]
    pub fn indices(&self) -> [Micro; INDICES] {
        match self.open.last() {
            Some(page) => page.indices,
            None => self.first_indices(),
        }
    }

    /// The published indices before the first turn.
    #[must_use]
    pub fn first_indices(&self) -> [Micro; INDICES] {
        self.means.first_indices
    }

    /// Whether the seat may do this now.
    ///
    /// # Errors
    ///
    /// The reason why not.
    pub fn check(&self, action: &Action) -> Result<(), Refusal> {
        command::check_open(self.world, self.means, self.seat(), action)
    }

    /// Every placement of a unit that the seat may order now, in canonical order.
    #[must_use]
    pub fn legal_placements(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        for (unit, _) in self.units() {
            for precinct in &self.world.precincts {
                for &tactic in &self.world.kind_of(unit).tactics {
                    let action = Action::Assign {
                        unit: self.world.units[unit.at()].id.clone(),
                        to: precinct.id.clone(),
                        tactic,
                    };
                    if self.check(&action).is_ok() {
                        actions.push(action);
                    }
                }
            }
        }
        actions
    }

    /// What the card lets one expect on record this turn as the orders stand, precinct × family.
    #[must_use]
    pub fn forecast(&self) -> Vec<Forecast> {
        self.forecast_with(self.means)
    }

    fn forecast_with(&self, means: &Means) -> Vec<Forecast> {
        let fano = self.world.model.get(C::Fano);
        self.means_with(means)
            .map(|(mean, recorded)| {
                // Thinning a count by reporting brings its spread nearer to a Poisson count's.
                let spread = 1.0 + (fano - 1.0) * recorded;
                Forecast {
                    mean,
                    low: sample::negative_binomial(mean, spread, 0.1),
                    high: sample::negative_binomial(mean, spread, 0.9),
                }
            })
            .collect()
    }

    /// The means of [`View::forecast`] alone, which take a fraction of its time.
    #[must_use]
    pub fn expected(&self) -> Vec<f64> {
        self.means_with(self.means).map(|(mean, _)| mean).collect()
    }

    /// The mean of each cell, with the share of its offences that comes on record.
    fn means_with<'m>(&self, means: &'m Means) -> impl Iterator<Item = (f64, f64)> + use<'m> {
        let sway = Sway::of(self.world, means);
        let force = Force::under(self.world, means, &sway);
        let (belief, expectation, months, steps) = self.believe((&force, &sway));
        let lag = feedback::lag(&sway);
        let discoveries = Discoveries::of(self.world, &force, months);
        let chances = recordings(self.world, &belief.trust, 0.0, &force, &discoveries);
        (expectation.expected.into_iter().zip(chances))
            .zip(&means.late)
            .map(move |((expected, chance), late)| {
                let recorded = chance.share();
                // The last step's latecomers are on the next turn's record, the last turn's on this.
                (expected * recorded * (steps - lag) + late, recorded)
            })
    }

    fn believe(&self, works: (&[Force], &Sway)) -> (Belief, Expectation, f64, f64) {
        turn::believe_next(self.world, self.means, self.open, works)
    }

    /// What an order in one precinct would do, as far as the table can know.
    ///
    /// # Errors
    ///
    /// The reason why the order is refused.
    pub fn preview(&self, action: &Action) -> Result<Option<Preview>, Refusal> {
        let mut after = self.means.clone();
        if !command::give(self.world, &mut after, self.seat(), action)? {
            return Ok(None);
        }
        let unit = |unit: &Id| {
            let index = self.world.unit(unit)?;
            let post = |means: &Means| means.units[index.at()].at.map(|(place, _)| place);
            Some((
                post(&after).or(post(self.means))?,
                self.world.kind_of(index).owner,
            ))
        };
        let measure = |precinct: &Id, kind| {
            Some((
                self.world.precinct(precinct)?,
                self.world.order(kind)?.owner,
            ))
        };
        let concerned = match action {
            Action::Assign { unit: id, .. }
            | Action::Withdraw { unit: id }
            | Action::Train { unit: id } => unit(id),
            Action::Sense {
                precinct: Some(precinct),
                ..
            } => measure(precinct, OrderKind::Cameras),
            Action::Build { work, precinct } => measure(precinct, work.order()),
            _ => None,
        };
        let Some((precinct, owner)) = concerned else {
            return Ok(None);
        };
        let force = Force::of(self.world, &after)[precinct.at()];
        let families = self.world.families.len();
        let here = precinct.at() * families..(precinct.at() + 1) * families;
        Ok(Some(Preview {
            price: self.means.free(self.world) - after.free(self.world),
            precinct,
            minutes: force.hot_minutes,
            freshness: self.freshness(precinct),
            visited: force.visited,
            felt_by: self.felt_at(&[precinct], owner),
            without: self.forecast()[here.clone()].to_vec(),
            with: self.forecast_with(&after)[here].to_vec(),
        }))
    }

    /// How fresh hot-spot patrol is in a precinct, 0 to 1.
    #[must_use]
    pub fn freshness(&self, precinct: PrecinctIx) -> f64 {
        let model = &self.world.model;
        let familiar = self.means.places[precinct.at()].familiarity;
        let stale = curve::max(0.0, familiar - model.get(C::FadeAfter));
        curve::exp(-stale / model.get(C::FadeScale))
    }

    /// How an objective stands, if it is read on the record; `None` if it opens at the debrief.
    #[must_use]
    pub fn outcome(&self, objective: ObjectiveIx) -> Option<Outcome> {
        let goal = &self.world.objectives[objective.at()].goal;
        (goal.layer == Layer::Published).then(|| scoring::outcome(self.world, goal, self.open, &[]))
    }

    /// Why the count on record changed in the last turn played: in one precinct or the city, for
    /// one family or all. `None` before the second turn has been played.
    #[must_use]
    pub fn why(&self, precinct: Option<PrecinctIx>, family: Option<FamilyIx>) -> Option<Why> {
        let [.., before, now] = self.open else {
            return None;
        };
        let mut sums = vec![0.0; Rule::ALL.len()];
        let mut why = Why {
            before: 0,
            now: 0,
            bars: Vec::new(),
        };
        let (mut expected_change, mut change) = (0.0, 0.0);
        let chosen = cells(self.world)
            .filter(|(p, k)| precinct.is_none_or(|x| x == *p) && family.is_none_or(|x| x == *k));
        for (p, k) in chosen {
            let at = self.world.cell(p, k);
            why.before += before.recorded[at];
            why.now += now.recorded[at];
            change += f64::from(now.recorded[at]) - f64::from(before.recorded[at]);
            let (x, y) = (
                curve::max(now.expected[at], 1e-6),
                curve::max(before.expected[at], 1e-6),
            );
            expected_change += x - y;
            let mean = logarithmic_mean(x, y);
            let mut rest = curve::ln(x / y);
            for factor in Factor::ALL {
                let log = now.factors[at].log_change(&before.factors[at], factor);
                sums[factor.rule() as usize] += mean * log;
                rest -= log;
            }
            sums[Rule::Recording as usize] += mean * rest;
        }
        why.bars = Rule::ALL
            .iter()
            .map(|rule| Bar {
                rule: Some(*rule),
                amount: sums[*rule as usize],
            })
            .filter(|bar| bar.amount.abs() >= 0.05)
            .collect();
        let told: f64 = why.bars.iter().map(|bar| bar.amount).sum();
        debug_assert!((sums.iter().sum::<f64>() - expected_change).abs() < 1e-6);
        why.bars.push(Bar {
            rule: None,
            amount: change - told,
        });
        Some(why)
    }

    /// One number for everything that can be seen through this door.
    #[must_use]
    pub fn digest(&self) -> Digest {
        digest(self)
    }

    /// Units of the seat that stand ready and are not on the map, by kind.
    pub fn free_units(&self, tactic: Tactic) -> impl Iterator<Item = UnitIx> + use<'a> {
        let world = self.world;
        self.units()
            .filter(move |(unit, post)| {
                post.at.is_none() && world.kind_of(*unit).tactics.contains(&tactic)
            })
            .map(|(unit, _)| unit)
    }
}

impl Canon for View<'_> {
    fn canon(&self, walk: &mut Walk) {
        let Self {
            world: _,
            means,
            open,
            seat,
        } = self;
        // What came to other desks is part of the means, and of no other desk's view.
        let means = Means {
            received: Vec::new(),
            ..Means::clone(means)
        };
        means.canon(walk);
        open.canon(walk);
        seat.canon(walk);
        for note in self.notes().chain(self.pinned()) {
            note.canon(walk);
        }
        self.mandate().map(|mandate| mandate.goal).canon(walk);
        self.mandated().collect::<Vec<_>>().canon(walk);
        for forecast in self.forecast() {
            forecast.mean.canon(walk);
            forecast.low.canon(walk);
            forecast.high.canon(walk);
        }
    }
}
