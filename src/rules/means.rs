//! What the table holds and has ordered: exact, and open to all.

use super::action::Table;
use super::curve;
use super::digest::{self, Canon, Walk, canon};
use super::emergency::Room;
use super::id::{Id, InjectIx, PrecinctIx, UnitIx};
use super::institution::{self, Echo, Learned, Pointer};
use super::ledger::{Funds, Points, Stock};
use super::model::{Coefficient as C, Model};
use super::pressure::Alert;
use super::response::Cell;
use super::scoring::INDICES;
use super::table::{Residents, Routine, Talk};
use super::units::{Amount, Cents, Micro};
use super::world::{Choice, Duty, Governance, Tactic, World};

/// What the table holds and has done.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Means {
    pub table: Option<Table>,
    /// The sides of contested questions taken at the set-up, the mandates and the start among them.
    pub presets: Vec<Id>,
    /// The turn being planned, from 1.
    pub turn: u16,
    pub over: bool,
    pub funds: Funds,
    /// One-off costs of this turn's orders.
    pub ordered: Cents,
    pub goodwill: Points,
    /// The indices before the first turn, by the model card.
    pub first_indices: [Micro; INDICES],
    /// Goodwill that this turn's orders use at once.
    pub goodwill_ordered: Micro,
    pub units: Vec<Post>,
    pub teams: Vec<Team>,
    /// The duty level of each district.
    pub duty: Vec<Grade>,
    /// What has been built and switched on in each precinct.
    pub places: Vec<Site>,
    /// Monitoring of what is said online, in the whole city.
    pub online: Sensing,
    pub campaign: Option<Campaign>,
    /// How the institution is set: for each instrument, each thing that it is set for.
    pub instruments: Vec<Vec<Pointer>>,
    /// Settings of earlier turns that are still felt.
    pub echoes: Vec<Echo>,
    /// What has been found out of it.
    pub learned: Learned,
    /// What has been reported of risks for this turn.
    pub alerts: Vec<Alert>,
    /// Offences that the card lets one expect to come late to the record.
    pub late: Vec<f64>,
    pub injects: Vec<InjectState>,
    /// The set of mandates that is played, if there is one.
    pub mandates: Option<u16>,
    /// The turn in which each note came to its desk: known to that desk alone.
    pub received: Vec<Option<u16>>,
    /// What has been said at the table.
    pub talk: Talk,
    /// The pace of the game and what stands at each desk.
    pub routine: Routine,
    /// What the seat for those who are governed knows and has done.
    pub residents: Residents,
    /// Whether the turn's orders are closed, and the emergencies so far.
    pub room: Room,
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

/// How a unit's people are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Team {
    /// Hours of overtime a week that it still carries.
    pub fatigue: Stock<Micro>,
    /// Months of rest owed to it.
    pub rest_owed: f64,
    /// Months since rest was first owed.
    pub owed_for: f64,
    /// What is left of its training in fair treatment, 0 to 1.
    pub skill: f64,
    /// Whether it is being trained this turn.
    pub training: bool,
}

/// The duty level of a district.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Grade {
    /// The level.
    pub level: Duty,
    /// Months it has been held.
    pub months: f64,
}

/// Cameras in a precinct, or monitoring online.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sensing {
    /// 0 to 3; 0 is off.
    pub level: u8,
    /// The safeguards.
    pub governance: Governance,
    /// Whether somebody watches live.
    pub live: bool,
    /// The turn from which it works: notice takes a month.
    pub from: u16,
    /// What data still kept from before weighs, as coverage without safeguards.
    pub kept: f64,
}

/// What has been built and switched on in a precinct.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Site {
    /// Cameras.
    pub cameras: Sensing,
    /// Months since work on new lighting began.
    pub lighting: Option<f64>,
    /// Months since focused deterrence was begun.
    pub deterrence: Option<f64>,
    /// How far its problem has been solved, 0 to 1.
    pub solved: f64,
    /// Months of hot-spot patrol that the place is used to.
    pub familiarity: f64,
}

/// A campaign that warns of fraud.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Campaign {
    /// Months since it began.
    pub months: f64,
    /// Whether people are reminded.
    pub reminder: bool,
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

impl Canon for InjectState {
    fn canon(&self, walk: &mut Walk) {
        Self::canon_each(std::slice::from_ref(self), walk);
    }

    /// Ten bytes for each: a scenario has many, and most are as they were.
    fn canon_each(items: &[Self], walk: &mut Walk) {
        walk.list(items, |state, room: &mut [u8; 10]| {
            let Self {
                fired,
                place,
                answer,
                settled,
            } = *state;
            let [a, b, c] = digest::maybe(fired);
            let [d, e, f] = digest::maybe(place.map(|place| place.0));
            let [g, h, i] = digest::maybe(answer);
            *room = [a, b, c, d, e, f, g, h, i, u8::from(settled)];
        });
    }
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

impl Post {
    /// Beside the map.
    pub(super) const OFF: Self = Self {
        at: None,
        months: 0.0,
    };
}

impl Grade {
    /// The presence that a unit has at this level, as a multiple of the ordinary.
    #[must_use]
    pub fn presence(&self, model: &Model) -> f64 {
        let (bonus, hold) = match self.level {
            Duty::IV => return 1.0 - model.get(C::DutyPresence4),
            Duty::III => return 1.0,
            Duty::II => (model.get(C::DutyPresence2), model.get(C::DutyHold2)),
            Duty::I => (model.get(C::DutyPresence1), model.get(C::DutyHold1)),
        };
        // People get used to what they see every day, and so do those who are to be deterred.
        1.0 + bonus * curve::pow(0.5, (self.months / hold + 1e-9).floor())
    }

    /// Hours of overtime a week and team.
    pub(super) fn overtime(&self, model: &Model) -> f64 {
        match self.level {
            Duty::IV => 0.0,
            Duty::III => model.get(C::Overtime3),
            Duty::II => model.get(C::Overtime2),
            Duty::I => model.get(C::Overtime1),
        }
    }

    /// Share of the community teams that are called away.
    pub(super) fn taken(&self, model: &Model) -> f64 {
        match self.level {
            Duty::IV | Duty::III => 0.0,
            Duty::II => model.get(C::DutyTaken2),
            Duty::I => model.get(C::DutyTaken1),
        }
    }

    /// Months of rest owed to each team for a month.
    pub(super) fn rest_debt(&self, model: &Model) -> f64 {
        match self.level {
            Duty::IV | Duty::III => 0.0,
            Duty::II => model.get(C::RestDebt2),
            Duty::I => model.get(C::RestDebt1),
        }
    }

    /// Points of perceived safety lost a month, without a threat that people know of.
    pub(super) fn unsettles(&self, model: &Model) -> f64 {
        match self.level {
            Duty::II if self.months >= 1.0 - 1e-9 => model.get(C::DutyFeel2),
            Duty::I => model.get(C::DutyFeel1),
            _ => 0.0,
        }
    }

    /// Funds a month.
    pub(super) fn price(&self, model: &Model) -> f64 {
        match self.level {
            Duty::IV | Duty::III => 0.0,
            Duty::II => model.get(C::PriceDuty2),
            Duty::I => model.get(C::PriceDuty1),
        }
    }
}

impl Governance {
    /// The share of the cost that the package takes away.
    #[must_use]
    pub fn share(self, model: &Model) -> f64 {
        match self {
            Self::Bare => 0.0,
            Self::Notice => model.get(C::GovernanceNotice),
            Self::Audit => model.get(C::GovernanceAudit),
            Self::Purpose => model.get(C::GovernancePurpose),
        }
    }
}

impl Sensing {
    /// The share of a place that is covered in `turn`.
    #[must_use]
    pub fn coverage(&self, model: &Model, turn: u16) -> f64 {
        if turn < self.from {
            return 0.0;
        }
        match self.level {
            0 => 0.0,
            1 => model.get(C::Coverage1),
            2 => model.get(C::Coverage2),
            _ => model.get(C::Coverage3),
        }
    }

    /// Coverage less what its safeguards take away.
    pub(super) fn ungoverned(&self, model: &Model, turn: u16) -> f64 {
        self.coverage(model, turn) * (1.0 - self.governance.share(model))
    }

    /// Switched off in `turn`: what was recorded is still there, as bare as it was governed.
    pub(super) fn off(&self, model: &Model, turn: u16) -> Self {
        Self {
            from: turn,
            kept: self.kept + self.ungoverned(model, turn),
            ..Self::default()
        }
    }

    /// Whether people are being told in `turn` that it will come.
    pub(super) fn announced(&self, turn: u16) -> bool {
        self.level > 0 && turn < self.from
    }
}

impl Campaign {
    /// The share of its first effect that is left.
    pub(super) fn left(&self, model: &Model) -> f64 {
        let fade = model.get(if self.reminder {
            C::CampaignFadeReminded
        } else {
            C::CampaignFade
        });
        curve::exp(-self.months / fade)
    }
}

impl Team {
    /// A team that has done nothing yet.
    pub(super) fn fresh() -> Self {
        Self {
            fatigue: Stock::new(Micro(0)),
            rest_owed: 0.0,
            owed_for: 0.0,
            skill: 0.0,
            training: false,
        }
    }
}

impl Means {
    /// The means at the start of a game.
    pub fn at_start(world: &World) -> Self {
        let cells = world.precincts.len() * world.families.len();
        Self {
            table: None,
            presets: Vec::new(),
            turn: 1,
            over: false,
            funds: Stock::new(world.purse.start),
            ordered: Cents(0),
            goodwill: Stock::new(world.goodwill),
            first_indices: [Micro(0); INDICES],
            goodwill_ordered: Micro(0),
            units: world
                .units
                .iter()
                .map(|unit| Post {
                    at: unit.post,
                    months: 0.0,
                })
                .collect(),
            teams: vec![Team::fresh(); world.units.len()],
            duty: vec![Grade::default(); world.districts.len()],
            places: vec![Site::default(); world.precincts.len()],
            online: Sensing::default(),
            campaign: None,
            instruments: institution::at_start(world),
            echoes: Vec::new(),
            learned: Learned::default(),
            alerts: Vec::new(),
            late: vec![0.0; cells],
            injects: vec![InjectState::default(); world.injects.len()],
            mandates: None,
            received: vec![None; world.desks.notes().len()],
            talk: Talk::default(),
            routine: Routine::at_start(world),
            residents: Residents::default(),
            room: Room::default(),
            surveys: Vec::new(),
            belief: vec![Cell::default(); cells],
        }
    }

    /// The duty level where a precinct lies.
    pub fn grade(&self, world: &World, precinct: PrecinctIx) -> Grade {
        self.duty[world.precincts[precinct.at()].district.at()]
    }

    /// What the units on the map cost this turn.
    pub fn committed(&self, world: &World) -> Cents {
        self.units
            .iter()
            .enumerate()
            .filter(|(_, post)| post.at.is_some())
            .map(|(at, _)| world.kind_of(UnitIx::from_position(at)).price)
            .sum()
    }

    /// What duty levels and sensing cost each turn as they stand.
    pub fn running(&self, world: &World) -> Cents {
        let model = &world.model;
        let months = world.turn.months();
        let duty: f64 = self.duty.iter().map(|grade| grade.price(model)).sum();
        let cameras: f64 = (self.places.iter())
            .map(|site| f64::from(site.cameras.level) * model.get(C::PriceCameras))
            .sum();
        let online = f64::from(self.online.level.min(1)) * model.get(C::PriceOnline);
        Cents::from_f64((duty + cameras + online) * months) + institution::bill(world, self)
    }

    /// The answers given this turn.
    fn answers<'a>(&'a self, world: &'a World) -> impl Iterator<Item = &'a Choice> {
        (self.injects.iter().zip(&world.injects))
            .filter(|(state, _)| !state.settled)
            .filter_map(|(state, inject)| inject.options.get(usize::from(state.answer?)))
    }

    /// What the answers given this turn cost.
    pub fn pledged(&self, world: &World) -> Cents {
        self.answers(world).map(|choice| choice.cost).sum()
    }

    /// Funds that nothing is promised to.
    pub fn free(&self, world: &World) -> Cents {
        if self.over {
            // The bills of the last turn are paid, and there is no next one.
            return self.funds.get();
        }
        self.funds.get()
            - self.committed(world)
            - self.running(world)
            - self.ordered
            - self.pledged(world)
    }

    /// Analysts that are bound: to precise checks, problems that are being found, live cameras,
    /// audits, settings and answers.
    pub fn analysts_bound(&self, world: &World) -> u16 {
        let model = &world.model;
        let tied = model.get(C::ProblemTied) - 1e-9;
        let partner = match world.analysts {
            // A table that has no analysts has none to lend.
            0 => 0,
            _ => model.get(C::ProblemPartner) as u16,
        };
        let for_units = self.units.iter().map(|post| match post.at {
            Some((_, Tactic::PreciseChecks)) => 1,
            Some((_, Tactic::ProblemSolving)) if post.months < tied => partner,
            _ => 0,
        });
        let all = || self.places.iter().map(|site| &site.cameras);
        let live = all().filter(|cameras| cameras.level > 0 && cameras.live);
        let audited = all()
            .chain(std::iter::once(&self.online))
            .filter(|sensing| sensing.level > 0 && sensing.governance >= Governance::Audit);
        let share = |count: usize, reach: C| (count as f64 / model.get(reach)).ceil() as u16;
        for_units
            .fold(0, u16::saturating_add)
            .saturating_add(share(live.count(), C::WatchReach))
            .saturating_add(share(audited.count(), C::AuditReach))
            .saturating_add(self.analysts_of_settings(world))
            .saturating_add(
                self.answers(world)
                    .map(|c| c.analysts)
                    .fold(0, u16::saturating_add),
            )
    }

    /// Goodwill that the volunteers on the map, orders and answers will use this turn.
    pub fn goodwill_bound(&self, world: &World) -> Micro {
        if self.over {
            // What the last turn asked for has been given, and there is no next one.
            return Micro(0);
        }
        let groups = self
            .units
            .iter()
            .filter(|post| matches!(post.at, Some((_, Tactic::Watch))))
            .count();
        let each = world.model.get(C::GoodwillUse) * world.turn.months();
        let answers: Micro = self.answers(world).map(|choice| choice.goodwill).sum();
        Micro::from_f64(each * groups as f64) + self.goodwill_ordered + answers
    }

    /// Whether an inject lies on the table.
    pub fn is_open(&self, inject: InjectIx) -> bool {
        let state = &self.injects[inject.at()];
        state.fired.is_some() && !state.settled
    }
}

canon! {
    Means {
        table, presets, turn, over, funds, ordered, goodwill, first_indices, goodwill_ordered, units, teams, duty, places,
        online, campaign, instruments, echoes, learned, alerts, late, injects, mandates, received,
        talk, routine, residents, room, surveys, belief,
    }
    Post { at, months }
    Team { fatigue, rest_owed, owed_for, skill, training }
    Grade { level, months }
    Sensing { level, governance, live, from, kept }
    Site { cameras, lighting, deterrence, solved, familiarity }
    Campaign { months, reminder }
    SurveyResult { turn, precinct, inject, now, before }
}

impl Canon for Table {
    fn canon(&self, walk: &mut Walk) {
        (*self as u8).canon(walk);
    }
}
