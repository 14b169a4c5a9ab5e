//! What the settings of the institution amount to, place by place.

use super::{Pointer, bundle, contract, mutual_aid, pilot, rings, yardstick};
use crate::rules::curve;
use crate::rules::id::{DistrictIx, InstrumentIx, PrecinctIx};
use crate::rules::ledger::{Cause, Rule};
use crate::rules::means::Means;
use crate::rules::world::{DOMAINS, Influence, Lever, Over, World};

/// What one setting does to one lever.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::rules) struct Pull {
    /// The instrument that does it.
    pub instrument: InstrumentIx,
    /// What it acts on.
    pub lever: Lever,
    /// How much, in the lever's unit.
    pub amount: f64,
    /// Where it works.
    reach: Reach,
}

/// Where a setting works.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reach {
    City,
    District(DistrictIx),
    Precinct(PrecinctIx),
    /// In a precinct, and nothing of it counts for what the city has one of only.
    Only(PrecinctIx),
}

impl Pull {
    /// What the ledger names for what it does.
    pub fn cause(&self) -> Cause {
        Cause::of(Rule::Institution).by_instrument(self.instrument)
    }
}

/// The settings that work, added up.
#[derive(Clone, Debug, Default)]
pub(in crate::rules) struct Sway {
    /// All of them, lever by lever; those of a lever in the order in which they were found.
    pulls: Vec<Pull>,
    /// Where the pulls of each lever end.
    ends: Vec<usize>,
    /// The district of each precinct.
    districts: Vec<DistrictIx>,
}

/// The levers that come before those of families.
const BEFORE_FAMILIES: usize = Lever::PLAIN.len() + Lever::OF_DOMAIN.len() * DOMAINS;

/// The position of a lever among all of them.
fn slot(lever: Lever) -> usize {
    let of_domain = |kind: usize, domain| Lever::PLAIN.len() + kind * DOMAINS + domain as usize;
    match lever {
        Lever::Targeting => 0,
        Lever::PatrolTime => 1,
        Lever::Reach => 2,
        Lever::Quality => 3,
        Lever::Handling => 4,
        Lever::Clearance => 5,
        Lever::Reporting => 6,
        Lever::Delay => 7,
        Lever::Leak => 8,
        Lever::Watching => 9,
        Lever::Trust => 10,
        Lever::FeelSafe => 11,
        Lever::Wrongs => 12,
        Lever::Goodwill => 13,
        Lever::Overtime => 14,
        Lever::Pressure(domain) => of_domain(0, domain),
        Lever::Harm(domain) => of_domain(1, domain),
        Lever::Hits(domain) => of_domain(2, domain),
        Lever::FalseAlarms(domain) => of_domain(3, domain),
        Lever::Offences(family) => BEFORE_FAMILIES + family.at(),
    }
}

impl Sway {
    /// What the institution does in `world`: the model card's, or this city's own.
    pub fn of(world: &World, means: &Means) -> Self {
        let [sway] = Self::of_each([world], means);
        sway
    }

    /// The same in worlds that differ in their numbers only.
    pub fn of_each<const N: usize>(worlds: [&World; N], means: &Means) -> [Self; N] {
        Self::gathered(worlds, means, worlds[0].each_instrument().map(|it| it.0))
    }

    /// What some instruments do there, where nobody will ask about any others.
    pub fn of_some<const N: usize>(
        worlds: [&World; N],
        means: &Means,
        instruments: &[InstrumentIx],
    ) -> [Self; N] {
        Self::gathered(worlds, means, instruments.iter().copied())
    }

    fn gathered<const N: usize>(
        worlds: [&World; N],
        means: &Means,
        instruments: impl Iterator<Item = InstrumentIx>,
    ) -> [Self; N] {
        let world = worlds[0];
        if world.instruments.is_empty() {
            return worlds.map(|_| Self::default());
        }
        let mut found = Vec::with_capacity(world.instruments.len() * 4);
        let firm = contract::place(world).zip(means.learned.contract);
        for index in instruments {
            let instrument = &world.instruments[index.at()];
            for (at, pointer) in means.instruments[index.at()].iter().enumerate() {
                let number = usize::from(pointer.setting);
                let Some(setting) = instrument.settings.get(number) else {
                    continue;
                };
                if setting.effects.is_empty()
                    || (number > 0 && bundle::waits(world, means, index, at))
                {
                    continue;
                }
                let left = remaining(setting.fade, pointer);
                let settings = worlds.map(|it| &it.instruments[index.at()].settings[number]);
                let work = |n: usize, effect: &Influence| match (effect.thing, firm) {
                    // Once the firm has been watched, nobody needs to guess.
                    (_, Some((place, quality)))
                        if place == (index, pointer.setting) && effect.lever == Lever::Quality =>
                    {
                        contract::amount(settings[n], quality)
                    }
                    (Some(ring), _) => {
                        let held = rings::held(world, means, index.at(), usize::from(ring));
                        effect.amount * held.unwrap_or(left)
                    }
                    _ => effect.amount * left,
                };
                let effects = settings.map(|setting| setting.effects.as_slice());
                add(&mut found, world, (index, at), effects, work);
            }
        }
        for echo in &means.echoes {
            let (index, number) = (echo.instrument, usize::from(echo.setting));
            let later =
                worlds.map(|it| it.instruments[index.at()].settings[number].later.as_slice());
            add(
                &mut found,
                world,
                (index, usize::from(echo.at)),
                later,
                |_, effect| effect.amount,
            );
        }
        for pilot in &means.learned.pilots {
            // What works for the whole city cannot be tried in one place.
            let each = worlds.map(|it| pilot::pulls(it, means, pilot).collect::<Vec<_>>());
            for (i, (effect, _)) in each[0].iter().enumerate() {
                found.push(Found {
                    instrument: pilot.instrument,
                    lever: effect.lever,
                    amounts: std::array::from_fn(|n| each[n][i].1),
                    reach: Reach::Only(pilot.precinct),
                });
            }
        }
        if let Some((instrument, places)) = yardstick::helped(world, means) {
            let amounts = worlds.map(yardstick::help);
            found.extend(places.into_iter().map(|place| Found {
                instrument,
                lever: Lever::PatrolTime,
                amounts,
                reach: Reach::Only(place),
            }));
        }
        let away = worlds.map(|it| mutual_aid::away(it, means));
        if let Some((instrument, _)) = away[0] {
            found.push(Found {
                instrument,
                lever: Lever::PatrolTime,
                amounts: away.map(|away| away.map_or(0.0, |(_, share)| -share)),
                reach: Reach::City,
            });
        }
        Self::sorted(world, &found)
    }

    /// Sorts what was found by lever, so that nobody who asks about one looks at the others.
    fn sorted<const N: usize>(world: &World, found: &[Found<N>]) -> [Self; N] {
        let mut ends = vec![0; BEFORE_FAMILIES + world.families.len()];
        for pull in found {
            ends[slot(pull.lever)] += 1;
        }
        let mut start = 0;
        for count in &mut ends {
            start += std::mem::replace(count, start);
        }
        let mut order = vec![0; found.len()];
        for (at, pull) in found.iter().enumerate() {
            let next = &mut ends[slot(pull.lever)];
            order[*next] = at;
            *next += 1;
        }
        let districts: Vec<DistrictIx> = (world.precincts.iter())
            .map(|precinct| precinct.district)
            .collect();
        std::array::from_fn(|n| Self {
            pulls: order.iter().map(|at| found[*at].pull(n)).collect(),
            ends: ends.clone(),
            districts: districts.clone(),
        })
    }

    /// What acts on a lever anywhere.
    fn anywhere(&self, lever: Lever) -> &[Pull] {
        let slot = slot(lever);
        let Some(&end) = self.ends.get(slot) else {
            return &[];
        };
        let before = slot.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.pulls[before..end]
    }

    /// What acts on a lever in a precinct.
    pub fn pulls(&self, place: PrecinctIx, lever: Lever) -> impl Iterator<Item = &Pull> {
        let anywhere = self.anywhere(lever).iter();
        anywhere.filter(move |pull| match pull.reach {
            Reach::City => true,
            Reach::District(district) => self.districts[place.at()] == district,
            Reach::Precinct(there) | Reach::Only(there) => there == place,
        })
    }

    /// Every pull on a lever in every precinct where it acts: the place, and the amount.
    pub fn everywhere(&self, lever: Lever, mut tell: impl FnMut(usize, f64)) {
        for pull in self.anywhere(lever) {
            match pull.reach {
                Reach::City => (0..self.districts.len()).for_each(|p| tell(p, pull.amount)),
                Reach::District(here) => {
                    let districts = self.districts.iter().enumerate();
                    for (p, _) in districts.filter(|(_, district)| **district == here) {
                        tell(p, pull.amount);
                    }
                }
                Reach::Precinct(place) | Reach::Only(place) => tell(place.at(), pull.amount),
            }
        }
    }

    /// The sum of a lever in each of so many precincts.
    pub fn sums(&self, lever: Lever, precincts: usize) -> Vec<f64> {
        let mut sums = vec![0.0; precincts];
        self.everywhere(lever, |p, amount| sums[p] += amount);
        sums
    }

    /// What acts on something of which the city has one only, wherever it is done.
    pub fn on(&self, lever: Lever) -> impl Iterator<Item = &Pull> {
        let anywhere = self.anywhere(lever).iter();
        anywhere.filter(|pull| !matches!(pull.reach, Reach::Only(_)))
    }

    /// The sum of such a lever.
    pub fn city(&self, lever: Lever) -> f64 {
        self.on(lever).map(|pull| pull.amount).sum()
    }

    /// The share that is left where each setting takes its part of what the others leave.
    pub fn left(&self, place: PrecinctIx, lever: Lever) -> f64 {
        let pulls = self.pulls(place, lever);
        pulls.map(|pull| 1.0 - pull.amount).product()
    }

    /// The same in every precinct.
    pub fn left_everywhere(&self, lever: Lever) -> Vec<f64> {
        let mut left = vec![1.0; self.districts.len()];
        self.everywhere(lever, |p, amount| left[p] *= 1.0 - amount);
        left
    }

    /// Whether anything acts on a lever anywhere.
    pub fn touches(&self, lever: Lever) -> bool {
        !self.anywhere(lever).is_empty()
    }
}

/// A pull in worlds that differ in their numbers only.
struct Found<const N: usize> {
    instrument: InstrumentIx,
    lever: Lever,
    /// How much, in each world.
    amounts: [f64; N],
    reach: Reach,
}

impl<const N: usize> Found<N> {
    /// The pull in world `n`.
    fn pull(&self, n: usize) -> Pull {
        Pull {
            instrument: self.instrument,
            lever: self.lever,
            amount: self.amounts[n],
            reach: self.reach,
        }
    }
}

/// Adds what a setting for one thing does.
fn add<const N: usize>(
    found: &mut Vec<Found<N>>,
    world: &World,
    (instrument, at): (InstrumentIx, usize),
    effects: [&[Influence]; N],
    work: impl Fn(usize, &Influence) -> f64,
) {
    let over = &world.instruments[instrument.at()].over;
    let (domain, reach) = match over {
        Over::Domains => (Some(world.domains[at].domain), Reach::City),
        Over::Districts => (None, Reach::District(DistrictIx::from_position(at))),
        Over::Precincts => (None, Reach::Precinct(PrecinctIx::from_position(at))),
        Over::Sites => (None, Reach::Precinct(world.sites[at].precinct)),
        Over::Gates => (None, Reach::Precinct(world.gates[at].precinct)),
        Over::City | Over::Seats | Over::Named(_) => (None, Reach::City),
    };
    for (i, effect) in effects[0].iter().enumerate() {
        let concerned = effect.thing.is_none_or(|thing| usize::from(thing) == at)
            && (domain.is_none() || effect.lever.domain().is_none_or(|d| Some(d) == domain));
        if concerned {
            found.push(Found {
                instrument,
                lever: effect.lever,
                amounts: std::array::from_fn(|n| work(n, &effects[n][i])),
                reach,
            });
        }
    }
}

/// What is left of an effect that fades.
fn remaining(fade: f64, pointer: &Pointer) -> f64 {
    if fade > 0.0 {
        curve::pow(1.0 - fade, pointer.months)
    } else {
        1.0
    }
}
