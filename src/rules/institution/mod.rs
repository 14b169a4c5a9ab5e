//! The institution as it stands: what has been built up, how it is run, and what that amounts to.
//!
//! Settings are open to the table; what they do in this city may differ from the model card, like
//! everything else that nobody knows exactly.

mod bundle;
mod contract;
mod goods_chain;
mod learned;
mod mutual_aid;
pub(super) mod pilot;
mod rings;
mod sway;
pub mod verification;
pub(super) mod yardstick;

pub use learned::Finding;
pub(super) use learned::{Learned, Secrets};
pub use mutual_aid::Owed;
pub use pilot::{Known, Pilot};
pub(super) use sway::Sway;
pub use yardstick::Listed;

use super::chance::Luck;
use super::digest::{self, Canon, Walk, canon};
use super::id::{InstrumentIx, SeatIx};
use super::ledger::Cause;
use super::means::Means;
use super::state::State;
use super::units::{Amount, Cents, Micro};
use super::world::{Instrument, Over, Setting, Stays, World};

/// How an instrument is set for one thing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// The setting that works.
    pub setting: u8,
    /// Months it has worked.
    pub months: f64,
    /// The setting that has been ordered and is not there yet.
    pub coming: Option<Coming>,
}

/// A setting on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coming {
    /// Which.
    pub setting: u8,
    /// Months until it works.
    pub months: f64,
}

impl Canon for Pointer {
    fn canon(&self, walk: &mut Walk) {
        Self::canon_each(std::slice::from_ref(self), walk);
    }

    /// Nineteen bytes for each: an institution has hundreds.
    fn canon_each(items: &[Self], walk: &mut Walk) {
        walk.list(items, |pointer, room: &mut [u8; 19]| {
            let Self {
                setting,
                months,
                coming,
            } = *pointer;
            let none = Coming {
                setting: 0,
                months: 0.0,
            };
            let Coming {
                setting: next,
                months: left,
            } = coming.unwrap_or(none);
            room[..3].copy_from_slice(&[setting, u8::from(coming.is_some()), next]);
            room[3..11].copy_from_slice(&digest::number(months));
            room[11..].copy_from_slice(&digest::number(left));
        });
    }
}

impl Pointer {
    fn at(setting: u8) -> Self {
        Self {
            setting,
            months: 0.0,
            coming: None,
        }
    }

    /// The setting that stands or is on its way.
    #[must_use]
    pub fn ordered(&self) -> u8 {
        self.coming.map_or(self.setting, |coming| coming.setting)
    }
}

/// A setting that stood for a turn and is still felt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Echo {
    /// The instrument.
    pub instrument: InstrumentIx,
    /// What it was set for.
    pub at: u16,
    /// The setting.
    pub setting: u8,
    /// The last turn in which it is felt.
    pub until: u16,
}

canon! {
    Echo { instrument, at, setting, until }
}

impl World {
    /// The things that an instrument is set for: how many there are.
    #[must_use]
    pub fn subjects(&self, over: &Over) -> usize {
        match over {
            Over::City => 1,
            Over::Districts => self.districts.len(),
            Over::Precincts => self.precincts.len(),
            Over::Sites => self.sites.len(),
            Over::Gates => self.gates.len(),
            Over::Seats => self.seats.len(),
            Over::Domains => self.domains.len(),
            Over::Named(names) => names.len(),
        }
    }

    /// The name of a thing that an instrument is set for; the city has none.
    #[must_use]
    pub fn subject<'a>(&'a self, over: &'a Over, at: usize) -> Option<&'a str> {
        match over {
            Over::City => None,
            Over::Districts => self.districts.get(at).map(|id| id.as_str()),
            Over::Precincts => self.precincts.get(at).map(|precinct| precinct.id.as_str()),
            Over::Sites => self.sites.get(at).map(|site| site.id.as_str()),
            Over::Gates => self.gates.get(at).map(|gate| gate.id.as_str()),
            Over::Seats => self.seats.get(at).map(|seat| seat.id.as_str()),
            Over::Domains => self.domains.get(at).map(|open| open.domain.id()),
            Over::Named(names) => names.get(at).map(|id| id.as_str()),
        }
    }

    /// The instrument of this name, for the rule that belongs to it.
    pub(super) fn open_instrument(&self, id: &str) -> Option<InstrumentIx> {
        let at = (self.instruments.iter()).position(|open| open.id.as_str() == id);
        at.map(InstrumentIx::from_position)
    }

    /// The instruments with their indices.
    pub(super) fn each_instrument(&self) -> impl Iterator<Item = (InstrumentIx, &Instrument)> {
        (self.instruments.iter().enumerate())
            .map(|(at, instrument)| (InstrumentIx::from_position(at), instrument))
    }
}

/// What is so in the institution of a seed, and nobody knows.
pub(super) fn secrets(world: &World, seed: u32) -> Secrets {
    Secrets {
        chain: goods_chain::at_start(world, Luck::new(seed)),
        owed: Vec::new(),
    }
}

/// Whether a city has something of its own in the institution, whatever the model card says.
pub(super) fn is_drawn(world: &World) -> bool {
    contract::place(world).is_some()
}

/// Gives a city what is its own in the institution.
pub(super) fn draw(city: &mut World, luck: Luck) {
    contract::draw(city, luck);
}

/// What the mechanisms of the institution do to the risk domains in one step.
pub(super) fn step(
    state: &mut State,
    city: &World,
    luck: Luck,
    moment: (u32, f64),
) -> Vec<(Cause, f64)> {
    let mut found = Vec::new();
    let note = |stage, gap| found.push((stage, gap));
    let chain = &mut state.truth.secrets.chain;
    let causes = goods_chain::press(city, &state.means, chain, luck, moment, note);
    for (stage, gap) in found {
        state.means.learned.inspected(stage, gap);
    }
    causes
}

/// The institution at the start of a game.
pub(super) fn at_start(world: &World) -> Vec<Vec<Pointer>> {
    (world.instruments.iter())
        .map(|instrument| {
            let start = |at: usize| match instrument.over {
                // A site starts at the grade that it has.
                Over::Sites => (world.sites[at].grade as u8).min(highest(instrument)),
                _ => instrument.start,
            };
            (0..world.subjects(&instrument.over))
                .map(|at| Pointer::at(start(at)))
                .collect()
        })
        .collect()
}

fn highest(instrument: &Instrument) -> u8 {
    instrument.settings.len().saturating_sub(1) as u8
}

impl Means {
    /// Every setting that works, with its instrument and what it is set for.
    pub(super) fn settings<'a>(
        &'a self,
        world: &'a World,
    ) -> impl Iterator<Item = (InstrumentIx, usize, &'a Setting)> {
        world
            .each_instrument()
            .flat_map(move |(index, instrument)| {
                let pointers = self.instruments[index.at()].iter().enumerate();
                pointers.filter_map(move |(at, pointer)| {
                    let setting = instrument.settings.get(usize::from(pointer.setting))?;
                    Some((index, at, setting))
                })
            })
    }

    /// The highest setting at which an instrument works anywhere.
    pub(super) fn reached(&self, instrument: InstrumentIx) -> u8 {
        let pointers = self.instruments[instrument.at()].iter();
        pointers.map(|pointer| pointer.setting).max().unwrap_or(0)
    }

    /// What the institution costs a month as it is set, Funds.
    pub(super) fn upkeep(&self, world: &World) -> Cents {
        self.settings(world)
            .map(|(_, _, setting)| setting.upkeep)
            .sum()
    }

    /// Analysts that settings bind, standing or on their way.
    pub(super) fn analysts_of_settings(&self, world: &World) -> u16 {
        world
            .each_instrument()
            .flat_map(|(index, instrument)| {
                let pointers = self.instruments[index.at()].iter();
                pointers.filter_map(|p| instrument.settings.get(usize::from(p.ordered())))
            })
            .map(|setting| setting.analysts)
            .fold(0, u16::saturating_add)
    }

    /// Whether a desk is building something up.
    pub(super) fn building(&self, world: &World, desk: SeatIx) -> Option<InstrumentIx> {
        world
            .each_instrument()
            .find(|(index, instrument)| {
                let mut pointers = self.instruments[index.at()].iter();
                instrument.owner == desk
                    && instrument.ladder
                    && pointers.any(|pointer| pointer.coming.is_some())
            })
            .map(|(index, _)| index)
    }
}

/// Time passes: what was ordered comes nearer and begins to work.
pub(super) fn pass(means: &mut Means, months: f64) {
    for pilot in &mut means.learned.pilots {
        pilot.left -= months;
    }
    for pointer in means.instruments.iter_mut().flatten() {
        pointer.months += months;
        if let Some(coming) = &mut pointer.coming {
            coming.months -= months;
            if coming.months <= 1e-9 {
                *pointer = Pointer::at(coming.setting);
            }
        }
    }
}

/// A turn is over: what was found out is told, and what was set for one turn goes back.
pub(super) fn turn_over(state: &mut State) {
    let (world, city) = (state.world.clone(), state.city.clone());
    let (means, secrets) = (&mut state.means, &mut state.truth.secrets);
    if let Some(quality) = contract::seen(&world, &city, means) {
        means.learned.contract = Some(quality);
        means.learned.found.push(Finding::Contract { quality });
    }
    secrets
        .owed
        .extend(mutual_aid::owe(&world, means, Luck::new(state.seed)));
    let turn = means.turn;
    let tried = pilot::end(&world, &city, means, Luck::new(state.seed));
    let told = tried.into_iter().map(Finding::Pilot);
    means.learned.found.extend(told);
    let said = mutual_aid::said(&world, &mut secrets.owed, turn.saturating_add(1));
    means.learned.owed.retain(|debt| debt.until > turn);
    means.learned.owed.extend(said);
    yardstick::assess(&world, means, &state.open);
    if let Some(page) = state.open.last_mut() {
        page.found = std::mem::take(&mut means.learned.found);
    }
    go_back(&world, means);
}

/// What was set for one turn goes back, and may be felt for a while.
fn go_back(world: &World, means: &mut Means) {
    let turn = means.turn;
    means.echoes.retain(|echo| echo.until > turn);
    for (index, instrument) in world.each_instrument() {
        if instrument.stays != Stays::Turn {
            continue;
        }
        for (at, pointer) in means.instruments[index.at()].iter_mut().enumerate() {
            let setting = &instrument.settings[usize::from(pointer.setting)];
            if setting.later_turns > 0 {
                means.echoes.push(Echo {
                    instrument: index,
                    at: at as u16,
                    setting: pointer.setting,
                    until: turn.saturating_add(setting.later_turns),
                });
            }
            *pointer = Pointer::at(instrument.start);
        }
    }
}

/// Sets back what costs most to keep, one step at a time, as long as the money does not reach.
pub(super) fn stand_down(world: &World, means: &mut Means, broke: impl Fn(&Means) -> bool) {
    for at in (0..world.instruments.len()).rev() {
        let settings = &world.instruments[at].settings;
        for subject in (0..means.instruments[at].len()).rev() {
            while broke(means) {
                let now = means.instruments[at][subject].setting;
                let cheaper = (0..now).rev().find(|to| {
                    settings[usize::from(*to)].upkeep < settings[usize::from(now)].upkeep
                });
                let Some(cheaper) = cheaper else { break };
                means.instruments[at][subject] = Pointer::at(cheaper);
            }
        }
    }
}

/// Sets an instrument, at once or after the months that it takes, and notes what it costs.
pub(super) fn set(world: &World, means: &mut Means, index: InstrumentIx, at: usize, to: u8) {
    let instrument = &world.instruments[index.at()];
    let setting = &instrument.settings[usize::from(to)];
    let (price, goodwill) = costs(world, means, index, at, to);
    let pointer = &mut means.instruments[index.at()][at];
    if setting.months > 0.0 && to > pointer.setting {
        pointer.coming = Some(Coming {
            setting: to,
            months: setting.months,
        });
    } else if pointer.setting == to && pointer.coming.is_some() {
        // What was on its way is called off; what works goes on working.
        pointer.coming = None;
    } else {
        *pointer = Pointer::at(to);
    }
    means.ordered += price;
    means.goodwill_ordered += goodwill;
}

/// Funds and goodwill that a setting takes at once; the way down is free.
pub(super) fn costs(
    world: &World,
    means: &Means,
    index: InstrumentIx,
    at: usize,
    to: u8,
) -> (Cents, Micro) {
    let instrument = &world.instruments[index.at()];
    let setting = &instrument.settings[usize::from(to)];
    let now = means.instruments[index.at()][at].setting;
    if instrument.ladder && to <= now {
        (Cents(0), Micro(0))
    } else {
        (setting.price, setting.goodwill)
    }
}

/// Funds a turn of the institution as it stands.
pub(super) fn bill(world: &World, means: &Means) -> Cents {
    Cents::from_f64(means.upkeep(world).to_f64() * world.turn.months())
}
