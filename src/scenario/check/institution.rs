//! The institution of a scenario: what is open of it, its risk domains, key sites and gates.

use super::{Check, MAX_ITEMS};
use crate::geometry::{Point, Polygon};
use crate::rules::id::{FamilyIx, Id, InstrumentIx, PrecinctIx, SeatIx};
use crate::rules::units::{Amount, Cents, Micro};
use crate::rules::world::{
    Domain, Family, Gate, Influence, Instrument, KeySite, Lever, OpenDomain, Precinct, Seat,
    Setting,
};
use crate::scenario::code::Code;
use crate::scenario::file::{InstrumentFile, Override};
use crate::scenario::institution::{CardEffect, CardInstrument, CardSetting, lever};
use crate::scenario::path::Path;
use crate::scenario::resolved::{Chart, InstrumentWords, Names};
use std::collections::BTreeMap;

/// The most key sites, and the most gates.
const MAX_SITES: usize = 200;

impl Check<'_> {
    /// The instruments that are open, in the card's order, so that the order in a file changes
    /// nothing.
    pub(super) fn instruments(
        &mut self,
        seats: &[Seat],
        families: &[Family],
        domains: &[OpenDomain],
        overrides: &BTreeMap<String, Override>,
        names: &mut Names,
    ) -> Vec<Instrument> {
        let (file, card) = (self.file, self.card);
        let known: Vec<&str> = card.instruments().iter().map(|i| i.id.as_str()).collect();
        let mut opened: Vec<(usize, &InstrumentFile)> = Vec::new();
        for (id, given) in file.institution.iter().flatten() {
            let path = Path::of("institution").key(id);
            if let Some(at) = self.lookup(id, &known, &path) {
                opened.push((at, given));
            }
        }
        opened.sort_by_key(|(at, _)| *at);
        let open: Vec<&str> = opened.iter().map(|(at, _)| known[*at]).collect();
        let seat_ids: Vec<&str> = seats.iter().map(|seat| seat.id.as_str()).collect();
        let mut instruments = Vec::new();
        for (at, given) in opened {
            let card = &card.instruments()[at];
            let path = Path::of("institution").key(&card.id);
            let owner = match given.owner.as_deref() {
                Some(owner) => self.lookup(owner, &seat_ids, &path.field("owner")),
                // The usual desk, or whoever sits first where there is none.
                None => seat_ids.iter().position(|seat| *seat == card.desk),
            };
            let setting_ids: Vec<&str> = card.settings.iter().map(|s| s.id.as_str()).collect();
            let start = match given.start.as_deref() {
                Some(start) => self.lookup(start, &setting_ids, &path.field("start")),
                None => None,
            };
            let from = f64::from(given.from.unwrap_or(1));
            let from = self.number(from, 1.0, f64::from(self.turns), &path.field("from"));
            let mut needs = Vec::new();
            for (other, setting) in &card.needs {
                match open.iter().position(|id| id == other) {
                    Some(at) => needs.push((InstrumentIx::from_position(at), *setting)),
                    None => {
                        self.report(Code::NeedsInstrument, &path)
                            .slot("id", &card.id)
                            .slot("needs", other);
                    }
                }
            }
            let settings = (card.settings.iter())
                .map(|setting| self.setting(setting, families, domains, overrides))
                .collect();
            let words = self.instrument_words(card, given, &path);
            names.instruments.push(words);
            instruments.push(Instrument {
                id: Id::from(card.id.as_str()),
                row: Id::from(card.row.as_str()),
                owner: SeatIx::from_position(owner.unwrap_or(0)),
                over: card.over.clone(),
                ladder: card.ladder,
                settings,
                start: start.map_or(card.start, |at| at as u8),
                most: card.most,
                stays: card.stays,
                needs,
                from: from as u16,
                until: card.until,
            });
        }
        instruments
    }

    fn setting(
        &self,
        setting: &CardSetting,
        families: &[Family],
        domains: &[OpenDomain],
        overrides: &BTreeMap<String, Override>,
    ) -> Setting {
        let played = |effects: &[CardEffect]| {
            played(effects, families, domains)
                .map(|(effect, lever)| Influence {
                    thing: effect.thing,
                    lever,
                    amount: self.card.value(&effect.number, overrides),
                })
                .collect()
        };
        Setting {
            id: Id::from(setting.id.as_str()),
            price: Cents::from_f64(setting.price),
            upkeep: Cents::from_f64(setting.upkeep),
            months: setting.months,
            analysts: setting.analysts,
            goodwill: Micro::from_f64(setting.goodwill),
            effects: played(&setting.effects),
            later: played(&setting.later),
            later_turns: setting.later_turns,
            fade: setting.fade,
        }
    }

    fn instrument_words(
        &mut self,
        card: &CardInstrument,
        given: &InstrumentFile,
        path: &Path,
    ) -> InstrumentWords {
        InstrumentWords {
            name: self.name(given.name.as_ref(), path, Some(card.name.clone()), &card.id),
            about: card.about.clone(),
            settings: card.settings.iter().map(|s| s.name.clone()).collect(),
            subjects: card.things.clone(),
            subjects_about: card.things_about.clone(),
        }
    }

    /// The risk domains that are played, in the order of the framework.
    pub(super) fn domains(&mut self, names: &mut Names) -> Vec<OpenDomain> {
        let (file, card) = (self.file, self.card);
        let known = Domain::ALL.map(Domain::id);
        let mut domains = Vec::new();
        for (id, start) in file.domains.iter().flatten() {
            let path = Path::of("domains").key(id);
            let start = self.number(*start, 0.0, 100.0, &path);
            if let Some(at) = self.lookup(id, &known, &path) {
                domains.push(OpenDomain {
                    domain: Domain::ALL[at],
                    start: Micro::from_f64(start),
                });
            }
        }
        domains.sort_by_key(|open| open.domain);
        for open in &domains {
            let named = card.domains().iter().find(|d| d.domain == open.domain);
            let named = named.map(|domain| (domain.name.clone(), domain.about.clone()));
            names.domains.push(named.unwrap_or_default());
        }
        domains
    }

    /// The places worth a guard of their own.
    pub(super) fn sites(
        &mut self,
        precincts: &[Precinct],
        chart: &mut Chart,
        names: &mut Names,
    ) -> Vec<KeySite> {
        let file = self.file;
        let list = Path::of("sites");
        let given = file.sites.as_ref().map_or(&[][..], |items| &items.0);
        self.cap(&list, given.len(), MAX_SITES);
        let mut sites = Vec::new();
        for (at, site) in given.iter().take(MAX_SITES).enumerate() {
            let (id, path) = self.id_of(site.id.as_deref(), &list, at);
            names
                .sites
                .push(self.name(site.name.as_ref(), &path, None, id));
            let (precinct, at) =
                self.spot((site.precinct.as_deref(), site.at), precincts, chart, &path);
            chart.sites.push(site.kind.unwrap_or_default());
            sites.push(KeySite {
                id: Id::from(id),
                precinct,
                at,
                grade: site.grade.unwrap_or_default(),
            });
        }
        sites
    }

    /// Where roads cross the city's border.
    pub(super) fn gates(
        &mut self,
        precincts: &[Precinct],
        chart: &Chart,
        names: &mut Names,
    ) -> Vec<Gate> {
        let file = self.file;
        let list = Path::of("gates");
        let given = file.gates.as_ref().map_or(&[][..], |items| &items.0);
        self.cap(&list, given.len(), MAX_ITEMS);
        let mut gates = Vec::new();
        for (at, gate) in given.iter().take(MAX_ITEMS).enumerate() {
            let (id, path) = self.id_of(gate.id.as_deref(), &list, at);
            names
                .gates
                .push(self.name(gate.name.as_ref(), &path, None, id));
            let (precinct, at) =
                self.spot((gate.precinct.as_deref(), gate.at), precincts, chart, &path);
            gates.push(Gate {
                id: Id::from(id),
                precinct,
                at,
            });
        }
        gates
    }

    /// A place in a precinct; where nothing else is said, where the precinct's name stands.
    fn spot(
        &mut self,
        (precinct, at): (Option<&str>, Option<(f64, f64)>),
        precincts: &[Precinct],
        chart: &Chart,
        path: &Path,
    ) -> (PrecinctIx, (f64, f64)) {
        let Some(id) = precinct else {
            self.required("precinct", path);
            return (PrecinctIx(0), (0.0, 0.0));
        };
        let known: Vec<&str> = precincts.iter().map(|p| p.id.as_str()).collect();
        let Some(index) = self.lookup(id, &known, &path.field("precinct")) else {
            return (PrecinctIx(0), (0.0, 0.0));
        };
        let label = chart.labels.get(index).copied().unwrap_or_default();
        let (x, y) = at.unwrap_or((label.x, label.y));
        let corners = precincts[index].outline.iter();
        let outline: Vec<Point> = corners.map(|(x, y)| Point::new(*x, *y)).collect();
        let inside = Polygon::new(outline).is_ok_and(|shape| shape.contains(Point::new(x, y)));
        if at.is_some() && !inside {
            self.report(Code::SiteOutside, &path.field("at"))
                .slot("place", id);
        }
        (PrecinctIx::from_position(index), (x, y))
    }
}

/// The effects that can be felt: what is said of a family or a domain that is not played is left
/// out.
pub(super) fn played<'a>(
    effects: &'a [CardEffect],
    families: &'a [Family],
    domains: &'a [OpenDomain],
) -> impl Iterator<Item = (&'a CardEffect, Lever)> {
    let family = |id: &str| {
        let at = families
            .iter()
            .position(|family| family.id.as_str() == id)?;
        Some(FamilyIx::from_position(at))
    };
    effects.iter().filter_map(move |effect| {
        let lever = lever(&effect.lever, family)?;
        let here = |domain| domains.iter().any(|open| open.domain == domain);
        lever.domain().is_none_or(here).then_some((effect, lever))
    })
}
