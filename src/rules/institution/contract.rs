//! Outreach by contract: the firm is as good as it is, which nobody knows before it has been
//! watched for two months. Own people have no such lottery.

use crate::rules::chance::{Luck, Purpose};
use crate::rules::id::InstrumentIx;
use crate::rules::means::Means;
use crate::rules::model::Coefficient as C;
use crate::rules::world::{Lever, Setting, World};

/// The instrument and the setting that this is the rule of.
const ID: &str = "outreach-hands";
const SETTING: &str = "contract";

/// Where the contract is, if it can be had.
pub(super) fn place(world: &World) -> Option<(InstrumentIx, u8)> {
    let index = world.open_instrument(ID)?;
    let settings = &world.instruments[index.at()].settings;
    let at = settings.iter().position(|s| s.id.as_str() == SETTING)?;
    Some((index, at as u8))
}

/// Gives the city its firm.
pub(super) fn draw(city: &mut World, luck: Luck) {
    let Some((index, at)) = place(city) else {
        return;
    };
    let (low, high) = (
        city.model.get(C::ContractWorst),
        city.model.get(C::ContractBest),
    );
    let lot = luck.draws(0, Purpose::Contract, 0).uniform();
    let setting = &mut city.instruments[index.at()].settings[usize::from(at)];
    let amount = amount(setting, low + lot * (high - low));
    for effect in &mut setting.effects {
        if effect.lever == Lever::Quality {
            effect.amount = amount;
        }
    }
}

/// What the firm's work does to the good done at the average meeting: its people hold so many of
/// the meetings, and each is worth so much of one by own people.
pub(super) fn amount(setting: &Setting, quality: f64) -> f64 {
    held(setting) * (quality - 1.0)
}

/// The firm's quality, read back.
fn quality(setting: &Setting) -> Option<f64> {
    let mut effects = setting.effects.iter();
    let effect = effects.find(|effect| effect.lever == Lever::Quality)?;
    let held = held(setting);
    (held > 0.0).then(|| 1.0 + effect.amount / held)
}

/// The share of all meetings that the firm's people hold.
fn held(setting: &Setting) -> f64 {
    let effects = setting.effects.iter();
    let more: f64 = effects
        .filter(|effect| effect.lever == Lever::Reach)
        .map(|effect| effect.amount)
        .sum();
    more / (1.0 + more)
}

/// What is seen of the firm at the end of a turn, if it is seen for the first time.
pub(super) fn seen(world: &World, city: &World, means: &Means) -> Option<f64> {
    let (index, at) = place(world)?;
    let pointer = means.instruments[index.at()].first()?;
    let watched = pointer.months + 1e-9 >= world.model.get(C::ContractSeen);
    let due = pointer.setting == at && watched && means.learned.contract.is_none();
    let setting = &city.instruments[index.at()].settings[usize::from(at)];
    due.then(|| quality(setting)).flatten()
}
