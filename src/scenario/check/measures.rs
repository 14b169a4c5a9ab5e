//! What is ordered besides placing units, and what is not known about the city.

use super::institution::played;
use super::{Check, MAX_ITEMS};
use crate::rules::id::{FamilyIx, Id, InstrumentIx, SeatIx};
use crate::rules::model::Coefficient;
use crate::rules::units::{Amount, Micro};
use crate::rules::world::{
    Draw, Family, FamilyNumber, Instrument, Number, OpenDomain, OpenOrder, OrderKind, Preset, Seat,
};
use crate::scenario::code::Code;
use crate::scenario::file::{CityFile, Override};
use crate::scenario::path::Path;
use std::collections::BTreeMap;

/// The most analysts that a scenario has.
const MOST_ANALYSTS: u16 = 60;
/// Goodwill of a scenario that says nothing about it, points.
const GOODWILL: f64 = 40.0;

/// What is open of the institution, and the domains that are played.
type Institution<'a> = (&'a [Instrument], &'a [OpenDomain]);

impl Check<'_> {
    pub(super) fn analysts(&mut self) -> u16 {
        let count = f64::from(self.file.analysts.unwrap_or(0));
        self.number(count, 0.0, f64::from(MOST_ANALYSTS), &Path::of("analysts")) as u16
    }

    pub(super) fn goodwill(&mut self) -> Micro {
        let points = self.file.goodwill.unwrap_or(GOODWILL);
        Micro::from_f64(self.number(points, 0.0, 100.0, &Path::of("goodwill")))
    }

    /// How far those who lead stand behind community work, and how much of it can be followed up.
    pub(super) fn community(&mut self) -> (f64, f64) {
        let community = self.file.community.clone().unwrap_or_default();
        let path = Path::of("community");
        let mut share = |value: Option<f64>, name: &str| {
            self.number(value.unwrap_or(1.0), 0.0, 1.0, &path.field(name))
        };
        (
            share(community.leadership, "leadership"),
            share(community.follow_up, "follow_up"),
        )
    }

    /// The orders that are open, each with its desk.
    pub(super) fn orders(&mut self, seats: &[Seat]) -> Vec<OpenOrder> {
        let file = self.file;
        let seat_ids: Vec<&str> = seats.iter().map(|seat| seat.id.as_str()).collect();
        let known = OrderKind::ALL.map(OrderKind::id);
        let mut orders = Vec::new();
        for (id, desk) in file.orders.iter().flatten() {
            let path = Path::of("orders").key(id);
            let Some(kind) = self.lookup(id, &known, &path) else {
                continue;
            };
            let kind = OrderKind::ALL[kind];
            let owner = if desk.is_empty() {
                // The usual desk, or whoever sits first where there is none.
                let usual = seat_ids.iter().position(|seat| *seat == kind.desk());
                usual.unwrap_or(0)
            } else {
                self.lookup(desk, &seat_ids, &path).unwrap_or(0)
            };
            let owner = SeatIx::from_position(owner);
            orders.push(OpenOrder { kind, owner });
        }
        orders.sort_by_key(|open| open.kind);
        orders
    }

    /// The numbers that this city has for itself: those that nobody knows and the scenario does not
    /// settle.
    pub(super) fn draws(
        &mut self,
        families: &[Family],
        (instruments, domains): Institution,
        overrides: &BTreeMap<String, Override>,
    ) -> Vec<Draw> {
        if self.file.city.unwrap_or_default() == CityFile::Central {
            return Vec::new();
        }
        let card = self.card;
        let unsettled = card
            .entries()
            .iter()
            .filter(|entry| card.varies(entry) && !overrides.contains_key(&entry.id));
        unsettled
            .filter_map(|entry| {
                Some(Draw {
                    number: self.model_number(families, (instruments, domains), &entry.id)?,
                    low: entry.range.0,
                    high: entry.range.1,
                })
            })
            .collect()
    }

    /// The sides that a game may take at the set-up. What they say of families that are not played
    /// is left out.
    pub(super) fn presets(
        &self,
        families: &[Family],
        (instruments, domains): Institution,
    ) -> Vec<Preset> {
        let sides = self.card.sides().iter();
        sides
            .map(|side| Preset {
                id: Id::from(side.id.as_str()),
                question: Id::from(side.question.as_str()),
                values: side
                    .values
                    .iter()
                    .filter_map(|(id, value)| {
                        Some((
                            self.model_number(families, (instruments, domains), id)?,
                            *value,
                        ))
                    })
                    .collect(),
            })
            .filter(|preset| !preset.values.is_empty())
            .collect()
    }

    /// The sides that the scenario takes itself.
    pub(super) fn taken(&mut self) -> Vec<Id> {
        let file = self.file;
        let card = self.card;
        let known: Vec<&str> = card.sides().iter().map(|side| side.id.as_str()).collect();
        let given = file.presets.as_deref().unwrap_or_default();
        self.cap(&Path::of("presets"), given.len(), MAX_ITEMS);
        let mut taken: Vec<usize> = Vec::new();
        for (at, id) in given.iter().take(MAX_ITEMS).enumerate() {
            let path = Path::of("presets").at(at);
            let Some(side) = self.lookup(id, &known, &path) else {
                continue;
            };
            let question = &card.sides()[side].question;
            if taken
                .iter()
                .any(|other| card.sides()[*other].question == *question)
            {
                self.report(Code::DuplicateId, &path).slot("id", question);
            } else {
                taken.push(side);
            }
        }
        taken
            .into_iter()
            .map(|side| Id::from(known[side]))
            .collect()
    }

    /// The questions whose side the seed decides.
    pub(super) fn sealed(&mut self) -> Vec<Id> {
        let file = self.file;
        let mut known: Vec<&str> = Vec::new();
        for side in self.card.sides() {
            if !known.contains(&side.question.as_str()) {
                known.push(&side.question);
            }
        }
        let given = file.sealed.as_deref().unwrap_or_default();
        self.cap(&Path::of("sealed"), given.len(), MAX_ITEMS);
        let mut sealed: Vec<Id> = Vec::new();
        for (at, id) in given.iter().take(MAX_ITEMS).enumerate() {
            let path = Path::of("sealed").at(at);
            if self.lookup(id, &known, &path).is_none() {
                continue;
            }
            if sealed.iter().any(|other| other.as_str() == id) {
                self.report(Code::DuplicateId, &path).slot("id", id);
            } else {
                sealed.push(Id::from(id.as_str()));
            }
        }
        sealed
    }
}

impl Check<'_> {
    /// The number of the model that the card calls `id`, if the game has it.
    fn model_number(
        &self,
        families: &[Family],
        (instruments, domains): Institution,
        id: &str,
    ) -> Option<Number> {
        if let Some(coefficient) = Coefficient::ALL.iter().find(|c| c.id() == id) {
            return Some(Number::Coefficient(*coefficient));
        }
        let (first, name) = id.split_once('.')?;
        if let Some(family) = families.iter().position(|f| f.id.as_str() == first) {
            let mut numbers = FamilyNumber::ALL.iter();
            let number = numbers.find(|number| number.id() == name)?;
            return Some(Number::Family(FamilyIx::from_position(family), *number));
        }
        let at = (instruments.iter()).position(|open| open.id.as_str() == first)?;
        let card = (self.card.instruments().iter()).find(|card| card.id == first)?;
        for (setting, card) in card.settings.iter().enumerate() {
            let effects = played(&card.effects, families, domains);
            let effects = effects.chain(played(&card.later, families, domains));
            let effect = effects
                .map(|(effect, _)| effect)
                .position(|e| e.number == id);
            if let Some(effect) = effect {
                let at = InstrumentIx::from_position(at);
                return Some(Number::Effect(at, setting as u8, effect as u8));
            }
        }
        None
    }
}
