//! What is being set: for which thing, and how that follows the map.

use super::Table;
use crate::rules::id::{InstrumentIx, PrecinctIx, SeatIx};
use crate::rules::world::{Governance, OrderKind, Over};
use crate::rules::{Action, Id};

/// What is being set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// An instrument of the institution.
    Instrument(InstrumentIx),
    /// A measure: duty level, sensing, a work, a campaign, training.
    Measure(OrderKind),
    /// Something that is asked of another desk.
    Ask(SeatIx),
    /// The answer "yes, if" to the ask at this position: what is wanted in return.
    Counter(usize),
}

/// Sensing as it is being set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sensed {
    /// 0 (off) to 3.
    pub level: u8,
    /// The safeguards.
    pub governance: Governance,
    /// Whether somebody watches live.
    pub live: bool,
}

impl Table {
    /// Lays out what is to be set, as it stands now.
    pub(super) fn open_sheet(&mut self, sheet: Option<Sheet>) {
        self.desk.sheet = sheet;
        self.desk.thing = sheet.map_or(0, |sheet| {
            let chosen = self.chosen.and_then(|place| self.thing_at(sheet, place));
            chosen.unwrap_or_else(|| self.first_to_set(sheet))
        });
        self.take_sensing();
    }

    /// The first thing for which an instrument can be set at all: an alert that is there, a campaign
    /// that can begin.
    fn first_to_set(&self, sheet: Sheet) -> usize {
        let (Sheet::Instrument(at), Some(view)) = (sheet, self.view()) else {
            return 0;
        };
        let world = view.world();
        let instrument = &world.instruments[at.at()];
        let settable = |thing: &usize| {
            instrument.settings.iter().any(|setting| {
                let order = Action::Set {
                    what: instrument.id.clone(),
                    at: world.subject(&instrument.over, *thing).map(Id::from),
                    to: setting.id.clone(),
                };
                view.check(&order).is_ok()
            })
        };
        (0..world.subjects(&instrument.over))
            .find(settable)
            .unwrap_or(0)
    }

    /// Chooses what is set, and shows it on the map if it lies there.
    pub(super) fn choose_thing(&mut self, thing: usize) {
        let count = self.things();
        if count > 0 {
            self.desk.thing = thing % count;
        }
        if let Some(place) = self.place_of_thing() {
            self.chosen = Some(place);
        }
        self.take_sensing();
    }

    /// A precinct was chosen on the map: what is set is set there.
    pub(super) fn follow_the_map(&mut self, place: PrecinctIx) {
        if let Some(thing) = self
            .desk
            .sheet
            .and_then(|sheet| self.thing_at(sheet, place))
        {
            self.desk.thing = thing;
            self.take_sensing();
        }
    }

    /// What the open sheet sets things for.
    #[must_use]
    pub fn over(&self) -> Option<&Over> {
        self.desk.sheet.map(|sheet| self.over_of(sheet))
    }

    fn over_of(&self, sheet: Sheet) -> &Over {
        match sheet {
            Sheet::Instrument(at) => &self.scenario.world.instruments[at.at()].over,
            Sheet::Measure(OrderKind::Cameras | OrderKind::Lighting | OrderKind::Deterrence) => {
                &Over::Precincts
            }
            Sheet::Measure(_) | Sheet::Ask(_) | Sheet::Counter(_) => &Over::City,
        }
    }

    /// How many things can be set on the open sheet. Duty is set for the city or a district.
    #[must_use]
    pub fn things(&self) -> usize {
        let world = &self.scenario.world;
        match self.desk.sheet {
            Some(Sheet::Measure(OrderKind::Duty)) => world.districts.len() + 1,
            _ => self.over().map_or(0, |over| world.subjects(over)),
        }
    }

    fn thing_at(&self, sheet: Sheet, place: PrecinctIx) -> Option<usize> {
        let world = &self.scenario.world;
        if sheet == Sheet::Measure(OrderKind::Duty) {
            return Some(world.precincts[place.at()].district.at() + 1);
        }
        match self.over_of(sheet) {
            Over::Precincts => Some(place.at()),
            Over::Districts => Some(world.precincts[place.at()].district.at()),
            Over::Sites => world.sites.iter().position(|site| site.precinct == place),
            Over::Gates => world.gates.iter().position(|gate| gate.precinct == place),
            Over::City | Over::Seats | Over::Domains | Over::Named(_) => None,
        }
    }

    fn place_of_thing(&self) -> Option<PrecinctIx> {
        let (world, thing) = (&self.scenario.world, self.desk.thing);
        match self.over()? {
            Over::Precincts => Some(PrecinctIx::from_position(thing)),
            Over::Sites => world.sites.get(thing).map(|site| site.precinct),
            Over::Gates => world.gates.get(thing).map(|gate| gate.precinct),
            _ => None,
        }
    }

    /// Sensing is set from what stands.
    fn take_sensing(&mut self) {
        let Some(view) = self.view() else {
            return;
        };
        let stands = match self.desk.sheet {
            Some(Sheet::Measure(OrderKind::Cameras)) => {
                view.places().get(self.desk.thing).map(|site| site.cameras)
            }
            Some(Sheet::Measure(OrderKind::OnlineMonitoring)) => Some(view.online()),
            _ => None,
        };
        if let Some(stands) = stands {
            self.desk.sensed = Sensed {
                level: stands.level,
                governance: stands.governance,
                live: stands.live,
            };
        }
    }
}
