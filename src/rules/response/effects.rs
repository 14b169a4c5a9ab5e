//! The factors of an expectation, and how instruments of the same kind overlap.

use super::places::HotSpots;
use super::{Cell, Force};
use crate::rules::curve;
use crate::rules::digest::{Canon, Walk};
use crate::rules::ledger::Rule;
use crate::rules::model::{Coefficient as C, Model};
use crate::rules::world::{Family, Precinct};

/// The factors that multiply to an expected count, in canonical order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Factor {
    /// The season. What a place has of offences by itself is the same in all months, so it is no factor
    /// of a change.
    Season,
    /// Near repeats.
    NearRepeat,
    /// What instruments elsewhere have moved here.
    Displacement,
    /// Trust in those who keep order.
    Legitimacy,
    /// Visible patrol.
    VisiblePatrol,
    /// Patrol at hot spots, and what remains of it.
    HotSpotPatrol,
    /// A neighbourhood watch.
    Watch,
    /// Cameras.
    Cameras,
    /// New street lighting.
    Lighting,
    /// Problem-solving.
    ProblemSolving,
    /// Checks in the street.
    Checks,
    /// Focused deterrence.
    Deterrence,
    /// Community work.
    Outreach,
    /// Mediation.
    Mediation,
    /// Warning campaigns.
    Campaign,
    /// Knowing where trouble is.
    Targeting,
    /// A note pinned to the map.
    Pin,
    /// The institution as it is set.
    Institution,
    /// Temporary changes by injects.
    Inject,
}

/// How many factors there are.
pub const FACTORS: usize = 19;

impl Factor {
    /// Every factor, in canonical order.
    pub const ALL: [Self; FACTORS] = [
        Self::Season,
        Self::NearRepeat,
        Self::Displacement,
        Self::Legitimacy,
        Self::VisiblePatrol,
        Self::HotSpotPatrol,
        Self::Watch,
        Self::Cameras,
        Self::Lighting,
        Self::ProblemSolving,
        Self::Checks,
        Self::Deterrence,
        Self::Outreach,
        Self::Mediation,
        Self::Campaign,
        Self::Targeting,
        Self::Pin,
        Self::Institution,
        Self::Inject,
    ];

    /// The rule that the ledger names for it.
    #[must_use]
    pub fn rule(self) -> Rule {
        match self {
            Self::Season => Rule::Season,
            Self::NearRepeat => Rule::NearRepeat,
            Self::Displacement => Rule::Displacement,
            Self::Legitimacy => Rule::Legitimacy,
            Self::VisiblePatrol => Rule::VisiblePatrol,
            Self::HotSpotPatrol => Rule::HotSpotPatrol,
            Self::Watch => Rule::Watch,
            Self::Cameras => Rule::Cameras,
            Self::Lighting => Rule::Lighting,
            Self::ProblemSolving => Rule::ProblemSolving,
            Self::Checks => Rule::Checks,
            Self::Deterrence => Rule::Deterrence,
            Self::Outreach => Rule::Outreach,
            Self::Mediation => Rule::Mediation,
            Self::Campaign => Rule::Campaign,
            Self::Targeting => Rule::Targeting,
            Self::Pin => Rule::Pin,
            Self::Institution => Rule::Institution,
            Self::Inject => Rule::Inject,
        }
    }
}

/// The factors that are instruments.
const INSTRUMENTS: std::ops::Range<usize> = Factor::VisiblePatrol as usize..Factor::Inject as usize;

/// How many they are.
const COUNT: usize = INSTRUMENTS.end - INSTRUMENTS.start;

/// The position of a factor among the instruments.
const fn slot(factor: Factor) -> usize {
    factor as usize - INSTRUMENTS.start
}

/// Where the mechanism of an instrument begins and ends, among the instruments. Those of one
/// mechanism guard, remove, hold or settle the same things, so their effects overlap.
const MECHANISMS: [(usize, usize); COUNT] = {
    let firsts = [
        Factor::VisiblePatrol,
        Factor::ProblemSolving,
        Factor::Checks,
        Factor::Outreach,
        Factor::Campaign,
        Factor::Targeting,
        Factor::Pin,
        Factor::Institution,
        Factor::Inject,
    ];
    let mut mechanisms = [(0, 0); COUNT];
    let (mut instrument, mut mechanism) = (0, 0);
    while instrument < mechanisms.len() {
        if instrument + INSTRUMENTS.start == firsts[mechanism + 1] as usize {
            mechanism += 1;
        }
        mechanisms[instrument] = (
            firsts[mechanism] as usize - INSTRUMENTS.start,
            firsts[mechanism + 1] as usize - INSTRUMENTS.start,
        );
        instrument += 1;
    }
    mechanisms
};

/// The most instruments of one mechanism.
const WIDEST: usize = {
    let (mut widest, mut at) = (0, 0);
    while at < COUNT {
        let (first, end) = MECHANISMS[at];
        if end - first > widest {
            widest = end - first;
        }
        at += 1;
    }
    widest
};

/// The instruments of each one's mechanism, as bits.
const ALIKE: [u32; COUNT] = {
    let mut alike = [0; COUNT];
    let mut at = 0;
    while at < COUNT {
        let (first, end) = MECHANISMS[at];
        alike[at] = (1 << end) - (1 << first);
        at += 1;
    }
    alike
};

/// The factors of one cell: times what it has of offences by itself, they are what is expected of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factors(pub [f64; FACTORS]);

impl Canon for Factors {
    fn canon(&self, walk: &mut Walk) {
        self.0.canon(walk);
    }

    /// A table goes in as what each factor comes to in all of it. Its numbers one by one were three
    /// quarters of what a state has to walk, and little more can be told from them: what is expected of
    /// each cell, to which they multiply, goes in whole beside them.
    fn canon_each(items: &[Self], walk: &mut Walk) {
        let mut sums = [0.0; FACTORS];
        for Self(factors) in items {
            for (sum, factor) in sums.iter_mut().zip(factors) {
                *sum += factor;
            }
        }
        sums.canon(walk);
    }
}

/// How far near repeats and displacement can each shift an expectation: the benefit that spreads
/// from next door never empties a place, and what is moved never floods one.
const SHIFT: (f64, f64) = (0.5, 3.0);

/// The least and the most that a place can expect in a step, so that logarithms and counts exist
/// whatever a scenario asks for.
const LEVEL: (f64, f64) = (1e-6, 20_000.0);

/// The least and the most that temporary changes multiply an expectation by.
const SHOCK: (f64, f64) = (0.1, 10.0);

/// The most that one instrument can prevent.
const MOST_EFFECT: f64 = 0.95;

/// What the effects of instruments come to together; the same everywhere.
pub(super) struct Stacking {
    hot_spots: HotSpots,
    /// How much an effect counts, by how many of its mechanism are stronger.
    weights: [f64; WIDEST],
    /// The least that all of them leave together, and its logarithm.
    least: f64,
    cap: f64,
}

impl Stacking {
    pub(super) fn of(model: &Model) -> Self {
        let weight = model.get(C::StackingWeight);
        Self {
            hot_spots: HotSpots::of(model),
            weights: std::array::from_fn(|rank| curve::pow(weight, rank as f64)),
            least: 1.0 - model.get(C::StackingCap),
            cap: curve::ln(1.0 - model.get(C::StackingCap)),
        }
    }
}

/// What all families of a precinct have in common in one step.
pub(super) struct Ground<'a> {
    stacking: &'a Stacking,
    residents_thousands: f64,
    /// How far the instruments go that prevent a share of each family's offences and nothing else.
    reach: [f64; COUNT],
    /// Which of them are at work: most places know few.
    at_work: ([u8; COUNT], usize),
    /// Share of the greatest effect that hot-spot patrol reaches, after concentration and freshness.
    hot: f64,
    /// Share of offences that the bearing of trained patrol prevents beyond it.
    bearing: f64,
    broad: f64,
    precise: f64,
    targeting: f64,
    /// What legitimacy leaves.
    consent: f64,
}

/// What each instrument that has nothing to do with others would prevent of a family, if it were
/// alone and went as far as it can.
pub(super) struct Alone([f64; COUNT]);

impl Alone {
    pub(super) fn of(family: &Family) -> Self {
        let mut alone = [0.0; COUNT];
        for (factor, effect) in [
            (Factor::VisiblePatrol, family.patrol_effect),
            (Factor::Watch, family.watch_effect),
            (Factor::Cameras, family.camera_effect),
            (Factor::Lighting, family.lighting_effect),
            (Factor::ProblemSolving, family.problem_effect),
            (Factor::Deterrence, family.deterrence_effect),
            (Factor::Outreach, family.outreach_effect),
            (Factor::Mediation, family.mediation_effect),
            (Factor::Campaign, family.campaign_effect),
        ] {
            alone[slot(factor)] = effect;
        }
        Self(alone)
    }
}

/// The effects of the instruments in a cell, each as if it were alone.
struct Effects {
    each: [f64; COUNT],
    /// Those that are not nothing.
    some: [u8; COUNT],
    count: usize,
    /// The same as bits.
    bits: u32,
}

impl Effects {
    fn none() -> Self {
        Self {
            each: [0.0; COUNT],
            some: [0; COUNT],
            count: 0,
            bits: 0,
        }
    }

    /// Adds the effect of an instrument, held between nothing and the most.
    fn add(&mut self, at: usize, effect: f64) {
        let effect = curve::clamp(effect, 0.0, MOST_EFFECT);
        if effect > 0.0 {
            self.each[at] = effect;
            self.some[self.count] = at as u8;
            self.count += 1;
            self.bits |= 1 << at;
        }
    }

    /// Those that are not nothing.
    fn some(&self) -> impl Iterator<Item = usize> {
        self.some[..self.count].iter().map(|at| usize::from(*at))
    }

    /// How many instruments of the same mechanism have a stronger effect than the one at `at`; of
    /// equal ones the first counts as stronger.
    fn stronger(&self, at: usize) -> usize {
        let (here, mut stronger) = (self.each[at], 0);
        let mut others = self.bits & ALIKE[at] & !(1 << at);
        while others != 0 {
            let other = others.trailing_zeros() as usize;
            others &= others - 1;
            let effect = self.each[other];
            stronger += usize::from(effect > here || (effect == here && other < at));
        }
        stronger
    }
}

impl<'a> Ground<'a> {
    pub(super) fn of(
        model: &Model,
        stacking: &'a Stacking,
        precinct: &Precinct,
        force: &Force,
        trust: f64,
    ) -> Self {
        let dose = |minutes: f64| 1.0 - curve::exp(-minutes / model.get(C::DoseScale));
        let stale = curve::max(0.0, force.familiarity - model.get(C::FadeAfter));
        let fresh = curve::exp(-stale / model.get(C::FadeScale));
        let shift = curve::clamp(model.get(C::Legitimacy) * (trust - 50.0), -0.5, 0.5);
        let hot_dose = if force.hot_minutes > 0.0 {
            dose(force.hot_minutes) * stacking.hot_spots.hold(precinct.concentration)
        } else {
            0.0
        };
        // A second squad stops people whom the first has stopped.
        let again = model.get(C::SecondSquad);
        let squads = |squads: f64| {
            if again < 1.0 {
                (1.0 - curve::pow(again, squads)) / (1.0 - again)
            } else {
                squads
            }
        };
        let mut reach = [0.0; COUNT];
        for (factor, far) in [
            (
                Factor::VisiblePatrol,
                dose(force.spread_minutes) * model.get(C::SpreadThreshold),
            ),
            (Factor::Watch, force.watched),
            (Factor::Cameras, force.cameras),
            (Factor::Lighting, force.lit),
            (Factor::ProblemSolving, force.solved),
            (Factor::Deterrence, force.deterred),
            (Factor::Outreach, force.visited_well),
            (Factor::Mediation, force.mediated),
            (Factor::Campaign, force.warned),
        ] {
            reach[slot(factor)] = far;
        }
        let mut at_work = ([0; COUNT], 0);
        for at in (0..COUNT).filter(|at| reach[*at] != 0.0) {
            at_work.0[at_work.1] = at as u8;
            at_work.1 += 1;
        }
        Self {
            stacking,
            residents_thousands: f64::from(precinct.residents) / 1_000.0,
            reach,
            at_work,
            hot: hot_dose * fresh,
            bearing: model.get(C::TrainingOffending) * force.trained * hot_dose,
            broad: squads(force.broad_squads),
            precise: squads(force.precise_squads),
            targeting: curve::max(0.0, force.targeting),
            consent: 1.0 - shift,
        }
    }

    /// What each instrument would prevent of a family if it were alone. A note works on what patrol
    /// comes to, which is known only once effects overlap.
    #[inline]
    fn effects(
        &self,
        (family, alone): (&Family, &Alone),
        residual: f64,
        eased: f64,
        effects: &mut Effects,
    ) {
        for at in self.at_work.0[..self.at_work.1].iter().copied() {
            let at = usize::from(at);
            effects.add(at, alone.0[at] * self.reach[at]);
        }
        let hot = family.patrol_effect * self.hot;
        let hot = hot + (1.0 - hot) * self.bearing;
        effects.add(slot(Factor::HotSpotPatrol), curve::max(hot, residual));
        if self.broad != 0.0 || self.precise != 0.0 {
            let broad = family.broad_effect * self.broad;
            let checks = broad + (1.0 - broad) * family.precise_effect * self.precise;
            effects.add(slot(Factor::Checks), checks);
        }
        if self.targeting > 0.0 {
            // What better knowledge prevents of the offences that patrol leaves.
            let left = 1.0 - curve::min(hot, MOST_EFFECT);
            let found = curve::min(hot * self.targeting / left, 1.0);
            effects.add(slot(Factor::Targeting), found);
        }
        effects.add(slot(Factor::Institution), eased);
    }
}

impl Factors {
    /// Where there is nothing yet that changes anything.
    pub(super) fn plain() -> Self {
        Self([1.0; FACTORS])
    }

    /// Works out the factors of a cell for `months` months, in place of plain ones: what they let one
    /// expect, and what the instruments prevent.
    #[inline(always)]
    pub(super) fn work_out(
        ground: &Ground,
        (family, alone): (&Family, &Alone),
        opportunity: f64,
        season: f64,
        cell: &Cell,
        (shock, eased, noted): (f64, f64, f64),
        months: f64,
        Self(factors): &mut Self,
    ) -> (f64, Prevented) {
        let base = family.base_rate * ground.residents_thousands * opportunity * months;
        let level = curve::clamp(base, LEVEL.0, LEVEL.1) * season;
        let shifted =
            |from: f64, by: f64| curve::clamp(from + by * months, from * SHIFT.0, from * SHIFT.1);
        let with_repeats = shifted(level, cell.carry);
        let with_moved = shifted(with_repeats, cell.displaced);
        let shock = curve::clamp(shock, SHOCK.0, SHOCK.1);
        factors[Factor::Season as usize] = season;
        factors[Factor::NearRepeat as usize] = with_repeats / level;
        factors[Factor::Displacement as usize] = with_moved / with_repeats;
        factors[Factor::Legitimacy as usize] = ground.consent;
        factors[Factor::Inject as usize] = shock;
        let bare = with_moved * ground.consent * shock;
        let (_, left) = factors.split_at_mut(INSTRUMENTS.start);
        let Some(left) = left.first_chunk_mut::<COUNT>() else {
            unreachable!("the instruments are among the factors");
        };
        let mut effects = Effects::none();
        ground.effects((family, alone), cell.residual, eased, &mut effects);
        let mut all = 1.0;
        for at in effects.some() {
            let weight = ground.stacking.weights[effects.stronger(at)];
            left[at] = 1.0 - effects.each[at] * weight;
            all *= left[at];
        }
        let hot = left[slot(Factor::HotSpotPatrol)];
        let pin = pinned(hot * left[slot(Factor::Targeting)], noted);
        left[slot(Factor::Pin)] = pin;
        all *= pin;
        let Stacking { least, cap, .. } = *ground.stacking;
        if all < least {
            let logs = left.map(curve::ln);
            let held = cap / logs.iter().sum::<f64>();
            let logs = logs.map(|log| log * held);
            *left = logs.map(curve::exp);
            return (bare * least, Prevented::of(&logs, least));
        }
        let presence = left[slot(Factor::VisiblePatrol)] * hot * pin;
        (bare * all, Prevented::where_left(presence, all, hot))
    }

    /// One factor.
    #[must_use]
    pub fn get(&self, factor: Factor) -> f64 {
        self.0[factor as usize]
    }

    /// The logarithm of how many times as large a factor is as `before`: its share of a change.
    #[must_use]
    pub fn log_change(&self, before: &Self, factor: Factor) -> f64 {
        curve::ln(self.get(factor) / before.get(factor))
    }
}

/// The logarithm of how many times as large a factor has become, which is kept.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules) struct LogChange {
    now: f64,
    before: f64,
    log: f64,
}

impl LogChange {
    /// Before the first.
    pub const NONE: Self = Self {
        now: 1.0,
        before: 1.0,
        log: 0.0,
    };

    /// That of a factor that is `now` and was `before`.
    #[inline]
    pub fn of(&mut self, now: f64, before: f64) -> f64 {
        if now == before {
            return 0.0;
        }
        if (now, before) != (self.now, self.before) {
            let log = curve::ln(now / before);
            *self = Self { now, before, log };
        }
        self.log
    }
}

/// What the instruments in a cell prevent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prevented {
    /// Offences that presence prevents, as a multiple of those that remain.
    pub by_presence: f64,
    /// Offences that all other instruments prevent, likewise.
    pub by_others: f64,
    /// The share of offences that hot-spot patrol prevents.
    pub at_hot_spots: f64,
}

impl Prevented {
    /// Where presence, everything, and hot-spot patrol leave these shares.
    fn where_left(presence: f64, all: f64, hot: f64) -> Self {
        let without_presence = 1.0 / presence;
        Self {
            by_presence: without_presence - 1.0,
            // The rest works on what presence leaves.
            by_others: 1.0 / all - without_presence,
            at_hot_spots: 1.0 - hot,
        }
    }

    /// The same by the logarithms of what the instruments leave, where everything leaves `all`.
    fn of(logs: &[f64; COUNT], all: f64) -> Self {
        let hot = logs[slot(Factor::HotSpotPatrol)];
        let presence = logs[slot(Factor::VisiblePatrol)] + hot + logs[slot(Factor::Pin)];
        Self::where_left(curve::exp(presence), all, curve::exp(hot))
    }
}

/// What a note leaves of what patrol leaves (`patrol`), where patrol finds its corners `noted` times
/// as well.
fn pinned(patrol: f64, noted: f64) -> f64 {
    if noted == 1.0 || patrol == 1.0 {
        return 1.0;
    }
    let left_then = 1.0 - curve::clamp((1.0 - patrol) * noted, 0.0, MOST_EFFECT);
    left_then / patrol
}
