//! A pilot: an instrument tried in one precinct for a while, at a part of its price. It works there
//! only, and at the end the table knows better what it does in this city.
//!
//! What is learned is this city's own number with the error of one small trial, taken into account
//! as a normal update on the scale on which the effect is judged.

use super::Pointer;
use crate::rules::chance::{Luck, Purpose};
use crate::rules::curve;
use crate::rules::digest::canon;
use crate::rules::id::{InstrumentIx, PrecinctIx};
use crate::rules::means::Means;
use crate::rules::model::Coefficient as C;
use crate::rules::refusal::Refusal;
use crate::rules::units::{Amount, Cents};
use crate::rules::world::{Influence, Number, Over, World};

/// An instrument that is being tried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pilot {
    /// The instrument.
    pub instrument: InstrumentIx,
    /// The setting that is tried.
    pub setting: u8,
    /// Where.
    pub precinct: PrecinctIx,
    /// Months until it ends.
    pub left: f64,
}

/// What an effect of a setting is known to be: within these limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// The instrument.
    pub instrument: InstrumentIx,
    /// The setting.
    pub setting: u8,
    /// The effect, those that come later after those at once.
    pub effect: u8,
    /// The least that is likely.
    pub low: f64,
    /// The most.
    pub high: f64,
}

canon! {
    Pilot { instrument, setting, precinct, left }
    Known { instrument, setting, effect, low, high }
}

/// The setting that a pilot would try.
pub(in crate::rules) fn next(
    world: &World,
    means: &Means,
    index: InstrumentIx,
    place: PrecinctIx,
) -> Result<u8, Refusal> {
    let instrument = &world.instruments[index.at()];
    let nothing = || Refusal::NothingToTry {
        instrument: instrument.id.clone(),
    };
    let subject = match instrument.over {
        Over::City if instrument.ladder => 0,
        Over::Precincts => place.at(),
        _ => return Err(nothing()),
    };
    let next = means.instruments[index.at()][subject].ordered() + 1;
    if usize::from(next) >= instrument.settings.len() {
        return Err(nothing());
    }
    let mut running = means.learned.pilots.iter();
    if let Some(pilot) = running.find(|pilot| pilot.instrument == index) {
        let turns = (pilot.left / world.turn.months()).ceil() as u16;
        return Err(Refusal::TooSoon {
            instrument: instrument.id.clone(),
            until: means.turn.saturating_add(turns),
        });
    }
    Ok(next)
}

/// What it costs.
pub(in crate::rules) fn price(world: &World, index: InstrumentIx, setting: u8) -> Cents {
    let setting = &world.instruments[index.at()].settings[usize::from(setting)];
    Cents::from_f64(setting.price.to_f64() * world.model.get(C::PilotPrice))
}

/// Begins a pilot.
pub(in crate::rules) fn begin(
    world: &World,
    means: &mut Means,
    instrument: InstrumentIx,
    (setting, precinct): (u8, PrecinctIx),
) {
    means.ordered += price(world, instrument, setting);
    means.learned.pilots.push(Pilot {
        instrument,
        setting,
        precinct,
        left: world.model.get(C::PilotMonths),
    });
}

/// What a pilot adds where it runs: what its setting does, less what the one that stands does
/// there already.
pub(super) fn pulls<'a>(
    world: &'a World,
    means: &'a Means,
    pilot: &'a Pilot,
) -> impl Iterator<Item = (Influence, f64)> + use<'a> {
    let instrument = &world.instruments[pilot.instrument.at()];
    let subject = match instrument.over {
        Over::Precincts => pilot.precinct.at(),
        _ => 0,
    };
    let stands: &Pointer = &means.instruments[pilot.instrument.at()][subject];
    let effects = |setting: u8| instrument.settings[usize::from(setting)].effects.iter();
    let less = effects(stands.setting).map(|effect| (*effect, -effect.amount));
    effects(pilot.setting)
        .map(|effect| (*effect, effect.amount))
        .chain(less)
}

/// Ends the pilots whose time has come, and returns what they tell.
pub(super) fn end(world: &World, city: &World, means: &mut Means, luck: Luck) -> Vec<Pilot> {
    let over = |pilot: &Pilot| pilot.left <= 1e-9;
    let ended: Vec<Pilot> = means.learned.pilots.iter().copied().filter(over).collect();
    means.learned.pilots.retain(|pilot| !over(pilot));
    for pilot in &ended {
        let instrument = &world.instruments[pilot.instrument.at()];
        let effects = &instrument.settings[usize::from(pilot.setting)].effects;
        for effect in 0..effects.len() as u8 {
            let number = Number::Effect(pilot.instrument, pilot.setting, effect);
            let Some(draw) = world.draws.iter().find(|draw| draw.number == number) else {
                // Nobody is in doubt about it.
                continue;
            };
            let before = known(world, means, pilot.instrument)
                .find(|known| (known.setting, known.effect) == (pilot.setting, effect));
            let Some(before) = before else { continue };
            let place = u32::from(pilot.instrument.0) << 8 | u32::from(effect);
            let lot = luck
                .draws(u32::from(means.turn), Purpose::Pilot, place)
                .uniform();
            let scale = Scale::of(draw.low, draw.high);
            let error = world.model.get(C::PilotError) * scale.spread(draw.low, draw.high);
            let told = scale.to(city.number(number)) + error * curve::probit(lot);
            let (low, high) = updated(scale, (before.low, before.high), (told, error));
            means.learned.known.retain(|known| {
                (known.instrument, known.setting, known.effect)
                    != (pilot.instrument, pilot.setting, effect)
            });
            means.learned.known.push(Known {
                low: curve::clamp(low, draw.low, draw.high),
                high: curve::clamp(high, draw.low, draw.high),
                ..before
            });
        }
    }
    ended
}

/// What is known of each effect of an instrument about which anybody is in doubt: by pilots, or as
/// the card has it.
pub(in crate::rules) fn known<'a>(
    world: &'a World,
    means: &'a Means,
    instrument: InstrumentIx,
) -> impl Iterator<Item = Known> + use<'a> {
    world
        .draws
        .iter()
        .filter_map(move |draw| match draw.number {
            Number::Effect(of, setting, effect) if of == instrument => {
                let mut known = means.learned.known.iter().copied();
                let found = known.find(|known| {
                    (known.instrument, known.setting, known.effect) == (instrument, setting, effect)
                });
                Some(found.unwrap_or(Known {
                    instrument,
                    setting,
                    effect,
                    low: draw.low,
                    high: draw.high,
                }))
            }
            _ => None,
        })
}

/// The scale on which an effect is judged: by factors where its sign is certain, else by steps.
#[derive(Clone, Copy, PartialEq)]
enum Scale {
    Log { sign: f64 },
    Plain,
}

impl Scale {
    fn of(low: f64, high: f64) -> Self {
        if low > 0.0 {
            Self::Log { sign: 1.0 }
        } else if high < 0.0 {
            Self::Log { sign: -1.0 }
        } else {
            Self::Plain
        }
    }

    fn to(self, x: f64) -> f64 {
        match self {
            Self::Log { sign } => sign * curve::ln(curve::max(sign * x, 1e-9)),
            Self::Plain => x,
        }
    }

    fn from(self, x: f64) -> f64 {
        match self {
            Self::Log { sign } => sign * curve::exp(sign * x),
            Self::Plain => x,
        }
    }

    /// The standard deviation of a number that lies between these limits nineteen times in twenty.
    fn spread(self, low: f64, high: f64) -> f64 {
        (self.to(high) - self.to(low)) / 4.0
    }
}

/// The limits after a normal update by a measurement with its error.
fn updated(scale: Scale, (low, high): (f64, f64), (told, error): (f64, f64)) -> (f64, f64) {
    let spread = scale.spread(low, high);
    if spread <= 0.0 || error <= 0.0 {
        return (low, high);
    }
    let middle = f64::midpoint(scale.to(low), scale.to(high));
    let (before, by_pilot) = (1.0 / (spread * spread), 1.0 / (error * error));
    let mean = (middle * before + told * by_pilot) / (before + by_pilot);
    let spread = 1.0 / (before + by_pilot).sqrt();
    (
        scale.from(mean - 2.0 * spread),
        scale.from(mean + 2.0 * spread),
    )
}
