//! Orders about the institution: what is built up, and how it is run.

use super::{Change, Desk, meant};
use crate::rules::id::{Id, InstrumentIx};
use crate::rules::institution;
use crate::rules::refusal::Refusal;
use crate::rules::units::{Amount, Cents};
use crate::rules::world::{Instrument, Over, Stays};

impl Desk<'_> {
    pub(super) fn set(&self, what: &Id, at: Option<&Id>, to: &Id) -> Result<Change, Refusal> {
        let (world, means) = (self.world, self.means);
        let index = self.settable(what)?;
        let instrument = &world.instruments[index.at()];
        if institution::yardstick::rules_over(world, means, index) {
            return Err(Refusal::ByYardstick {
                instrument: what.clone(),
            });
        }
        let subject = self.subject(instrument, at)?;
        let setting = self.setting(instrument, to)?;
        let pointer = means.instruments[index.at()][subject];
        // What fades can be done again; the rest is as it is.
        let worn = instrument.settings[usize::from(setting)].fade > 0.0 && pointer.months > 0.0;
        if pointer.ordered() == setting && !worn {
            return Err(Refusal::AlreadySet {
                instrument: what.clone(),
                setting: to.clone(),
            });
        }
        self.may_move(index, subject, setting)?;
        institution::verification::may(world, means, index, subject)?;
        let mut after = means.clone();
        institution::set(world, &mut after, index, subject, setting);
        self.analysts(&after)?;
        let (price, goodwill) = institution::costs(world, means, index, subject, setting);
        let free = self.means.goodwill.get() - means.goodwill_bound(world);
        if goodwill > free && goodwill.steps() > 0 {
            return Err(Refusal::Goodwill {
                needs: goodwill,
                free,
            });
        }
        let more = institution::bill(world, &after) - institution::bill(world, means);
        self.afford(price + Cents(more.0.max(0)))?;
        Ok(Change::Set(index, subject, setting))
    }

    pub(super) fn pilot(&self, what: &Id, precinct: &Id) -> Result<Change, Refusal> {
        let (world, means) = (self.world, self.means);
        let index = self.settable(what)?;
        let place = self.precinct(precinct)?;
        let setting = institution::pilot::next(world, means, index, place)?;
        self.prepared(&world.instruments[index.at()])?;
        self.afford(institution::pilot::price(world, index, setting))?;
        Ok(Change::Pilot(index, setting, place))
    }

    /// The instrument of this name, if the desk may set it in this turn.
    fn settable(&self, what: &Id) -> Result<InstrumentIx, Refusal> {
        let (world, means) = (self.world, self.means);
        let index = self.instrument(what)?;
        let instrument = &world.instruments[index.at()];
        self.own(instrument.owner)?;
        if means.turn < instrument.from {
            return Err(Refusal::NotOpenYet {
                instrument: what.clone(),
                from: instrument.from,
            });
        }
        if instrument.until > 0 && means.turn > instrument.until {
            return Err(Refusal::TooLate {
                instrument: what.clone(),
                until: instrument.until,
            });
        }
        Ok(index)
    }

    /// Whether what it needs stands.
    fn prepared(&self, instrument: &Instrument) -> Result<(), Refusal> {
        let (world, means) = (self.world, self.means);
        let mut needs = instrument.needs.iter();
        match needs.find(|(other, level)| means.reached(*other) < *level) {
            None => Ok(()),
            Some((other, level)) => {
                let other = &world.instruments[other.at()];
                Err(Refusal::NeedsFirst {
                    needs: other.id.clone(),
                    setting: other.settings[usize::from(*level)].id.clone(),
                })
            }
        }
    }

    pub(super) fn instrument(&self, id: &Id) -> Result<InstrumentIx, Refusal> {
        self.world.instrument(id).ok_or_else(|| {
            let names = self.world.instruments.iter().map(|i| i.id.as_str());
            Refusal::UnknownInstrument(id.clone(), meant(id, names))
        })
    }

    pub(super) fn setting(&self, instrument: &Instrument, id: &Id) -> Result<u8, Refusal> {
        instrument.setting(id).ok_or_else(|| {
            let names = instrument.settings.iter().map(|s| s.id.as_str());
            Refusal::UnknownSetting {
                instrument: instrument.id.clone(),
                setting: id.clone(),
                nearest: meant(id, names),
            }
        })
    }

    /// What it is set for: the city, or something of a list.
    fn subject(&self, instrument: &Instrument, at: Option<&Id>) -> Result<usize, Refusal> {
        let world = self.world;
        let over = &instrument.over;
        let known = || (0..world.subjects(over)).filter_map(|at| world.subject(over, at));
        match (over, at) {
            (Over::City, None) => Ok(0),
            (Over::City, Some(at)) => Err(Refusal::UnknownSubject {
                instrument: instrument.id.clone(),
                subject: Some(at.clone()),
                nearest: None,
            }),
            (_, Some(at)) => known().position(|name| name == at.as_str()).ok_or_else(|| {
                Refusal::UnknownSubject {
                    instrument: instrument.id.clone(),
                    subject: Some(at.clone()),
                    nearest: meant(at, known()),
                }
            }),
            (_, None) => Err(Refusal::UnknownSubject {
                instrument: instrument.id.clone(),
                subject: None,
                nearest: None,
            }),
        }
    }

    /// Whether the rules of the instrument allow the move.
    fn may_move(&self, index: InstrumentIx, subject: usize, to: u8) -> Result<(), Refusal> {
        let (world, means) = (self.world, self.means);
        let instrument = &world.instruments[index.at()];
        let pointer = means.instruments[index.at()][subject];
        if instrument.ladder && to > pointer.setting + 1 {
            return Err(Refusal::OneStep {
                instrument: instrument.id.clone(),
                next: instrument.settings[usize::from(pointer.setting) + 1]
                    .id
                    .clone(),
            });
        }
        if to > 0 {
            self.prepared(instrument)?;
        }
        if let Stays::Months(months) = instrument.stays
            && pointer.setting != instrument.start
            && pointer.months + 1e-9 < months
        {
            let turns = ((months - pointer.months) / world.turn.months()).ceil();
            return Err(Refusal::TooSoon {
                instrument: instrument.id.clone(),
                until: means.turn.saturating_add(turns as u16),
            });
        }
        if instrument.most > 0 && to > 0 && pointer.ordered() == 0 {
            let used = (means.instruments[index.at()].iter())
                .filter(|pointer| pointer.ordered() > 0)
                .count();
            if used >= usize::from(instrument.most) {
                return Err(Refusal::TooMany {
                    instrument: instrument.id.clone(),
                    most: instrument.most,
                });
            }
        }
        if instrument.ladder
            && to > pointer.setting
            && let Some(other) = means.building(world, instrument.owner)
        {
            return Err(Refusal::Building {
                instrument: world.instruments[other.at()].id.clone(),
            });
        }
        Ok(())
    }
}
