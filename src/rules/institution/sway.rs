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
        Self::over(world, means, |_| true)
    }

    /// The same, where nobody will ask about any other levers.
    pub fn over(world: &World, means: &Means, asked: impl Fn(Lever) -> bool) -> Self {
        if world.instruments.is_empty() {
            return Self::default();
        }
        let mut found = Vec::with_capacity(world.instruments.len() * 4);
        let firm = contract::place(world).zip(means.learned.contract);
        for (index, instrument) in world.each_instrument() {
            for (at, pointer) in means.instruments[index.at()].iter().enumerate() {
                let Some(setting) = instrument.settings.get(usize::from(pointer.setting)) else {
                    continue;
                };
                if !setting.effects.iter().any(|effect| asked(effect.lever))
                    || (pointer.setting > 0 && bundle::waits(world, means, index, at))
                {
                    continue;
                }
                let left = remaining(setting.fade, pointer);
                let work = |effect: &Influence| match (effect.thing, firm) {
                    // Once the firm has been watched, nobody needs to guess.
                    (_, Some((place, quality)))
                        if place == (index, pointer.setting) && effect.lever == Lever::Quality =>
                    {
                        contract::amount(setting, quality)
                    }
                    (Some(ring), _) => {
                        let held = rings::held(world, means, index.at(), usize::from(ring));
                        effect.amount * held.unwrap_or(left)
                    }
                    _ => effect.amount * left,
                };
                add(&mut found, world, index, at, &setting.effects, work);
            }
        }
        for echo in &means.echoes {
            let instrument = &world.instruments[echo.instrument.at()];
            let setting = &instrument.settings[usize::from(echo.setting)];
            add(
                &mut found,
                world,
                echo.instrument,
                usize::from(echo.at),
                &setting.later,
                |effect| effect.amount,
            );
        }
        for pilot in &means.learned.pilots {
            // What works for the whole city cannot be tried in one place.
            for (effect, amount) in pilot::pulls(world, means, pilot) {
                found.push(Pull {
                    instrument: pilot.instrument,
                    lever: effect.lever,
                    amount,
                    reach: Reach::Only(pilot.precinct),
                });
            }
        }
        if let Some((instrument, places, amount)) = yardstick::helped(world, means) {
            found.extend(places.into_iter().map(|place| Pull {
                instrument,
                lever: Lever::PatrolTime,
                amount,
                reach: Reach::Only(place),
            }));
        }
        if let Some((instrument, share)) = mutual_aid::away(world, means) {
            found.push(Pull {
                instrument,
                lever: Lever::PatrolTime,
                amount: -share,
                reach: Reach::City,
            });
        }
        Self::sorted(world, &found)
    }

    /// Sorts what was found by lever, so that nobody who asks about one looks at the others.
    fn sorted(world: &World, found: &[Pull]) -> Self {
        let mut ends = vec![0; BEFORE_FAMILIES + world.families.len()];
        for pull in found {
            ends[slot(pull.lever)] += 1;
        }
        let mut start = 0;
        for count in &mut ends {
            start += std::mem::replace(count, start);
        }
        let mut pulls = found.to_vec();
        for pull in found {
            let next = &mut ends[slot(pull.lever)];
            pulls[*next] = *pull;
            *next += 1;
        }
        let districts = world.precincts.iter().map(|precinct| precinct.district);
        Self {
            pulls,
            ends,
            districts: districts.collect(),
        }
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

/// Adds what a setting for one thing does.
fn add(
    found: &mut Vec<Pull>,
    world: &World,
    instrument: InstrumentIx,
    at: usize,
    effects: &[Influence],
    work: impl Fn(&Influence) -> f64,
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
    let concerned = |effect: &&Influence| {
        effect.thing.is_none_or(|thing| usize::from(thing) == at)
            && (domain.is_none() || effect.lever.domain().is_none_or(|d| Some(d) == domain))
    };
    found.extend(effects.iter().filter(concerned).map(|effect| Pull {
        instrument,
        lever: effect.lever,
        amount: work(effect),
        reach,
    }));
}

/// What is left of an effect that fades.
fn remaining(fade: f64, pointer: &Pointer) -> f64 {
    if fade > 0.0 {
        curve::pow(1.0 - fade, pointer.months)
    } else {
        1.0
    }
}
