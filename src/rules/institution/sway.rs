//! What the settings of the institution amount to, place by place.

use super::{Pointer, bundle, contract, mutual_aid, pilot, rings, yardstick};
use crate::rules::curve;
use crate::rules::id::{FamilyIx, InstrumentIx, PrecinctIx};
use crate::rules::ledger::{Cause, Rule};
use crate::rules::means::Means;
use crate::rules::world::{Influence, Lever, Over, World};

/// What one setting does to one lever.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::rules) struct Pull {
    /// The instrument that does it.
    pub instrument: InstrumentIx,
    /// What it acts on.
    pub lever: Lever,
    /// How much, in the lever's unit.
    pub amount: f64,
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
    /// All of them, wherever they work.
    all: Vec<Pull>,
    /// Those that work in each precinct.
    here: Vec<Vec<Pull>>,
}

impl Sway {
    /// What the institution does in `world`: the model card's, or this city's own.
    pub fn of(world: &World, means: &Means) -> Self {
        let mut sway = Self::default();
        if world.instruments.is_empty() {
            return sway;
        }
        sway.here = vec![Vec::new(); world.precincts.len()];
        let firm = contract::place(world).zip(means.learned.contract);
        for (index, instrument) in world.each_instrument() {
            for (at, pointer) in means.instruments[index.at()].iter().enumerate() {
                let Some(setting) = instrument.settings.get(usize::from(pointer.setting)) else {
                    continue;
                };
                if pointer.setting > 0 && bundle::waits(world, means, index, at) {
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
                sway.add(world, index, at, &setting.effects, work);
            }
        }
        for echo in &means.echoes {
            let instrument = &world.instruments[echo.instrument.at()];
            let setting = &instrument.settings[usize::from(echo.setting)];
            sway.add(
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
                sway.here[pilot.precinct.at()].push(Pull {
                    instrument: pilot.instrument,
                    lever: effect.lever,
                    amount,
                });
            }
        }
        if let Some((instrument, places, amount)) = yardstick::helped(world, means) {
            let pull = Pull {
                instrument,
                lever: Lever::PatrolTime,
                amount,
            };
            for place in places {
                sway.here[place.at()].push(pull);
            }
        }
        if let Some((instrument, share)) = mutual_aid::away(world, means) {
            let pull = Pull {
                instrument,
                lever: Lever::PatrolTime,
                amount: -share,
            };
            sway.all.push(pull);
            for here in &mut sway.here {
                here.push(pull);
            }
        }
        sway
    }

    fn add(
        &mut self,
        world: &World,
        instrument: InstrumentIx,
        at: usize,
        effects: &[Influence],
        work: impl Fn(&Influence) -> f64,
    ) {
        let over = &world.instruments[instrument.at()].over;
        let domain = match over {
            Over::Domains => Some(world.domains[at].domain),
            _ => None,
        };
        let concerned = |effect: &&Influence| {
            effect.thing.is_none_or(|thing| usize::from(thing) == at)
                && (domain.is_none() || effect.lever.domain().is_none_or(|d| Some(d) == domain))
        };
        for effect in effects.iter().filter(concerned) {
            let pull = Pull {
                instrument,
                lever: effect.lever,
                amount: work(effect),
            };
            self.all.push(pull);
            for place in world.reach_of(over, at) {
                self.here[place.at()].push(pull);
            }
        }
    }

    /// What works in a precinct.
    fn at(&self, place: PrecinctIx) -> &[Pull] {
        self.here.get(place.at()).map_or(&[], Vec::as_slice)
    }

    /// What acts on a lever in a precinct.
    pub fn pulls(&self, place: PrecinctIx, lever: Lever) -> impl Iterator<Item = &Pull> {
        let here = self.at(place).iter();
        here.filter(move |pull| pull.lever == lever)
    }

    /// The sum of a lever in a precinct.
    pub fn sum(&self, place: PrecinctIx, lever: Lever) -> f64 {
        self.pulls(place, lever).map(|pull| pull.amount).sum()
    }

    /// What acts on something of which the city has one only, wherever it is done.
    pub fn on(&self, lever: Lever) -> impl Iterator<Item = &Pull> {
        self.all.iter().filter(move |pull| pull.lever == lever)
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

    /// The share of a family's offences in a precinct that the institution prevents.
    pub fn prevented(&self, place: PrecinctIx, family: FamilyIx) -> f64 {
        1.0 - self.left(place, Lever::Offences(family))
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
