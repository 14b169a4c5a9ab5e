//! The table and its means: desks, offence families, coefficients, money, units.

use super::{Check, MAX_ITEMS, MAX_UNITS};
use crate::rules::id::{Id, KindIx, PrecinctIx, SeatIx};
use crate::rules::model::Coefficient;
use crate::rules::units::{Amount, Cents};
use crate::rules::world::{
    Family, FamilyNumber, Posture, Precinct, Purse, Seat, Tactic, Tier, Unit, UnitKind,
};
use crate::scenario::card::{CardKind, Unit as CardUnit};
use crate::scenario::code::Code;
use crate::scenario::file::{Items, KindFile, Override, SeatFile, UnitFile};
use crate::scenario::path::Path;
use crate::scenario::resolved::Names;
use crate::scenario::words::Phrase;
use crate::text::{self, Lang};
use std::collections::{BTreeMap, BTreeSet};

/// The desks of a scenario that names none.
const DEFAULT_SEATS: [&str; 3] = ["coordination", "street", "community"];
/// The most that any amount of Funds can be.
const MOST_FUNDS: f64 = 10_000.0;
/// The most standing orders of a desk.
const MAX_POSTURES: usize = 3;

/// A text of the program, if it has one under this key.
pub(super) fn built_in(key: &str) -> Option<Phrase> {
    let mut phrase = Phrase::default();
    for lang in Lang::ALL {
        if let Some(words) = text::table(lang).find(key) {
            phrase.set(lang, words.to_owned());
        }
    }
    (!phrase.is_empty()).then_some(phrase)
}

impl<'a> Check<'a> {
    pub(super) fn seats(&mut self, names: &mut Names) -> Vec<Seat> {
        let list = Path::of("seats");
        let given = self
            .file
            .seats
            .as_ref()
            .map(|Items(seats)| seats.as_slice());
        let Some(given) = given.filter(|seats| !seats.is_empty()) else {
            for id in DEFAULT_SEATS {
                names
                    .seats
                    .push(built_in(&format!("seat.{id}")).unwrap_or_default());
                names.briefs.push(Phrase::default());
            }
            return DEFAULT_SEATS
                .iter()
                .map(|id| Seat {
                    id: Id::from(*id),
                    postures: Vec::new(),
                    oversight: false,
                })
                .collect();
        };
        self.cap(&list, given.len(), MAX_ITEMS);
        let mut seats = Vec::new();
        for (at, seat) in given.iter().take(MAX_ITEMS).enumerate() {
            let (id, path) = self.id_of(seat.id.as_deref(), &list, at);
            let known = built_in(&format!("seat.{id}"));
            names
                .seats
                .push(self.name(seat.name.as_ref(), &path, known, id));
            let brief = self.phrase(
                seat.brief.as_ref(),
                &path.field("brief"),
                super::texts::PROSE,
            );
            names.briefs.push(brief);
            let postures = self.postures(seat, &path);
            seats.push(Seat {
                id: Id::from(id),
                postures,
                oversight: seat.oversight.unwrap_or(false),
            });
        }
        seats
    }

    /// A desk's standing orders, each once.
    fn postures(&mut self, seat: &SeatFile, path: &Path) -> Vec<Posture> {
        let path = path.field("postures");
        let given = seat.postures.as_deref().unwrap_or_default();
        self.cap(&path, given.len(), MAX_POSTURES);
        let mut postures: Vec<Posture> = Vec::new();
        for (at, posture) in given.iter().take(MAX_POSTURES).enumerate() {
            if postures.contains(posture) {
                self.report(Code::DuplicateId, &path.at(at))
                    .slot("id", posture.id());
            } else {
                postures.push(*posture);
            }
        }
        postures
    }

    pub(super) fn families(&mut self, names: &mut Names) -> Vec<Family> {
        let card = self.card;
        let known: Vec<&str> = card
            .families()
            .iter()
            .map(|family| family.id.as_str())
            .collect();
        let mut chosen: Vec<usize> = Vec::new();
        match self
            .file
            .families
            .as_deref()
            .filter(|families| !families.is_empty())
        {
            None => chosen.extend(0..known.len()),
            Some(wanted) => {
                for (at, id) in wanted.iter().enumerate() {
                    let path = Path::of("families").at(at);
                    let Some(family) = self.lookup(id, &known, &path) else {
                        continue;
                    };
                    if chosen.contains(&family) {
                        self.report(Code::DuplicateId, &path).slot("id", id);
                    } else {
                        chosen.push(family);
                    }
                }
            }
        }
        // The card's order, so that the order in a file changes nothing.
        chosen.sort_unstable();
        let none = BTreeMap::new();
        let overrides = self.file.coefficients.as_ref().unwrap_or(&none);
        let mut families = Vec::new();
        for family in chosen.into_iter().map(|at| &card.families()[at]) {
            names.families.push(family.name.clone());
            let mut resolved = Family {
                id: Id::from(family.id.as_str()),
                ..Family::default()
            };
            for &number in FamilyNumber::ALL {
                let name = format!("{}.{}", family.id, number.id());
                resolved.set(number, card.value(&name, overrides));
            }
            families.push(resolved);
        }
        families
    }

    /// The numbers of the card that differ here.
    pub(super) fn coefficients(&mut self) -> BTreeMap<String, Override> {
        let overrides = self.file.coefficients.clone().unwrap_or_default();
        let card = self.card;
        for (id, number) in &overrides {
            let path = Path::of("coefficients").key(id);
            if let Some(note) = &number.note {
                self.phrase(Some(note), &path.at(1), super::texts::PROSE);
            }
            let entry = match card.find(id) {
                Ok(entry) => entry,
                Err(_) => {
                    let known = card.entries().iter().map(|entry| entry.id.as_str());
                    self.report(Code::UnknownId, &path)
                        .slot("id", id)
                        .nearest(id, known)
                        .list("known", ["commonwatch card"]);
                    continue;
                }
            };
            let (low, high) = entry.range;
            let domain = Coefficient::ALL
                .iter()
                .find(|c| c.id() == id)
                .map(|c| c.domain());
            let (least, most) = domain.unwrap_or_else(|| limits(entry.unit, low, high));
            let inside = self.number(number.value, least, most, &path);
            if inside == number.value && !(low..=high).contains(&inside) && number.note.is_none() {
                self.report(Code::OutsideCard, &path)
                    .slot("name", id)
                    .slot("value", inside)
                    .slot("low", low)
                    .slot("high", high);
            }
        }
        overrides
    }

    /// An amount of Funds.
    pub(super) fn funds(&mut self, amount: f64, least: f64, path: &Path) -> Cents {
        Cents::from_f64(self.number(amount, least, MOST_FUNDS, path))
    }

    pub(super) fn purse(&mut self) -> Purse {
        let funds = self.file.funds.clone().unwrap_or_default();
        let path = Path::of("funds");
        let start = self.funds(funds.start.unwrap_or(10.0), 0.0, &path.field("start"));
        let income = match funds.income {
            Some(income) => self.funds(income, 0.0, &path.field("income")),
            None => start,
        };
        let carry = match funds.carry {
            Some(carry) => self.funds(carry, 0.0, &path.field("carry")),
            None => Cents(income.0 / 2),
        };
        Purse {
            start,
            income,
            carry,
        }
    }

    pub(super) fn units(
        &mut self,
        seats: &[Seat],
        precincts: &[Precinct],
        purse: Purse,
        names: &mut Names,
    ) -> (Vec<UnitKind>, Vec<Unit>) {
        let card = self.card;
        let file = self.file;
        let kind_ids: Vec<&str> = card.kinds().iter().map(|kind| kind.id.as_str()).collect();
        let Some(Items(given)) = file.units.as_ref().filter(|units| !units.0.is_empty()) else {
            self.report(Code::NoUnits, &Path::of("units"));
            self.kinds(seats, &kind_ids, &[], names);
            return (Vec::new(), Vec::new());
        };
        let list = Path::of("units");
        let mut of_kind: Vec<Option<usize>> = Vec::new();
        for (at, unit) in given.iter().enumerate() {
            let (_, path) = self.id_of(unit.id.as_deref(), &list, at);
            of_kind.push(match &unit.kind {
                Some(kind) => self.lookup(kind, &kind_ids, &path.field("kind")),
                None => {
                    self.required("kind", &path);
                    None
                }
            });
        }
        let used: Vec<usize> = (0..kind_ids.len())
            .filter(|kind| of_kind.contains(&Some(*kind)))
            .collect();
        let kinds = self.kinds(seats, &kind_ids, &used, names);
        let places: Vec<&str> = precincts
            .iter()
            .map(|precinct| precinct.id.as_str())
            .collect();
        let mut units = Vec::new();
        let mut taken = BTreeSet::new();
        for ((at, unit), kind) in given.iter().enumerate().zip(&of_kind) {
            let Some(kind) = kind.and_then(|kind| used.iter().position(|used| *used == kind))
            else {
                continue;
            };
            let path = unit.id.as_deref().map_or(list.at(at), |id| list.id(id));
            self.unit(
                unit,
                &path,
                (kind, &kinds[kind]),
                &places,
                &mut taken,
                names,
                &mut units,
            );
        }
        if self.cap(&list, units.len(), MAX_UNITS) {
            self.afford(&kinds, &units, purse);
        }
        units.truncate(MAX_UNITS);
        (kinds, units)
    }

    /// One entry of the list: a token or several.
    fn unit(
        &mut self,
        unit: &'a UnitFile,
        path: &Path,
        (kind_at, kind): (usize, &UnitKind),
        places: &[&str],
        taken: &mut BTreeSet<String>,
        names: &mut Names,
        units: &mut Vec<Unit>,
    ) {
        let from = unit.from.unwrap_or(1);
        if from == 0 || from > self.turns {
            let turns = self.turns;
            self.report(Code::TurnOutside, &path.field("from"))
                .slot("turn", from)
                .slot("turns", turns);
        }
        let count = unit.count.unwrap_or(1);
        let count = self.number(f64::from(count), 1.0, 60.0, &path.field("count")) as u16;
        let tactic = self.tactic(unit.tactic, kind, path);
        let at = unit
            .at
            .as_deref()
            .and_then(|at| self.lookup(at, places, &path.field("at")));
        let home = match unit.home.as_deref() {
            Some(home) => self.lookup(home, places, &path.field("home")),
            None => at,
        };
        if home.is_none() && unit.home.is_none() && unit.tier.is_some_and(|tier| tier != Tier::City)
        {
            self.report(Code::MissingField, &path.field("home"))
                .slot("name", "home");
        }
        if unit.at.is_none() && unit.tactic.is_some() {
            self.report(Code::MissingField, &path.field("at"))
                .slot("name", "at");
        }
        let id = unit.id.as_deref().unwrap_or_default();
        let own = self.phrase(unit.name.as_ref(), &path.field("name"), super::texts::NAME);
        for number in 1..=count {
            let id = if count > 1 {
                format!("{id}-{number}")
            } else {
                id.to_owned()
            };
            if !id.is_empty() && !taken.insert(id.clone()) {
                self.report(Code::DuplicateId, path).slot("id", &id);
                continue;
            }
            let ordinal = units
                .iter()
                .filter(|unit| unit.kind.at() == kind_at)
                .count()
                + 1;
            let numbered = |base: &Phrase, number: String| {
                let mut phrase = Phrase::default();
                for lang in Lang::ALL {
                    if let Some(text) = base.exact(lang) {
                        let text = match lang {
                            Lang::En => format!("{text} {number}"),
                            Lang::ZhHans => format!("{text}{number}"),
                        };
                        phrase.set(lang, text);
                    }
                }
                phrase
            };
            names.units.push(match (own.is_empty(), count) {
                (true, _) => numbered(&names.kinds[kind_at], ordinal.to_string()),
                (false, 1) => own.clone(),
                (false, _) => numbered(&own, number.to_string()),
            });
            units.push(Unit {
                id: Id(id),
                kind: KindIx::from_position(kind_at),
                from,
                post: at.map(|at| (PrecinctIx::from_position(at), tactic)),
                tier: unit.tier,
                home: home.map(PrecinctIx::from_position),
            });
            if units.len() > MAX_UNITS {
                return;
            }
        }
    }

    /// The kinds that are used, with their desks and prices.
    fn kinds(
        &mut self,
        seats: &[Seat],
        known: &[&str],
        used: &[usize],
        names: &mut Names,
    ) -> Vec<UnitKind> {
        let card = self.card;
        let file = self.file;
        let seat_ids: Vec<&str> = seats.iter().map(|seat| seat.id.as_str()).collect();
        let none = BTreeMap::new();
        let overrides = file.coefficients.as_ref().unwrap_or(&none);
        let prices = file.prices.as_ref().unwrap_or(&none_prices()).clone();
        for (kind, price) in &prices {
            let path = Path::of("prices").key(kind);
            self.lookup(kind, known, &path);
            self.funds(*price, 0.0, &path);
        }
        let list = Path::of("kinds");
        let mut changes: BTreeMap<&str, &KindFile> = BTreeMap::new();
        for (at, change) in file.kinds.iter().flat_map(|items| &items.0).enumerate() {
            let (id, path) = self.id_of(change.id.as_deref(), &list, at);
            if !id.is_empty() {
                self.lookup(id, known, &path.field("id"));
            }
            if let Some(owner) = &change.owner {
                self.lookup(owner, &seat_ids, &path.field("owner"));
            }
            changes.insert(id, change);
        }
        let mut kinds = Vec::new();
        for kind in used.iter().map(|at| &card.kinds()[*at]) {
            let change = changes.get(kind.id.as_str());
            let path = list.id(&kind.id);
            let words = change.and_then(|change| change.name.as_ref());
            names
                .kinds
                .push(self.name(words, &path, Some(kind.name.clone()), &kind.id));
            let owner = change
                .and_then(|change| change.owner.as_deref())
                .unwrap_or(&kind.owner);
            let seat = seat_ids.iter().position(|seat| *seat == owner);
            if seat.is_none() && change.is_none_or(|change| change.owner.is_none()) {
                let path = self.first_of_kind(&kind.id);
                self.report(Code::NoOwner, &path)
                    .slot("kind", &kind.id)
                    .slot("seat", owner)
                    .list("known", &seat_ids);
            }
            let tactics = self.tactics(kind, change.copied(), &path);
            let value = |name: &str| card.value(&format!("{}.{name}", kind.id), overrides);
            let price = prices
                .get(&kind.id)
                .copied()
                .unwrap_or_else(|| value("price"));
            kinds.push(UnitKind {
                id: Id::from(kind.id.as_str()),
                owner: SeatIx::from_position(seat.unwrap_or(0)),
                tactics,
                drives: kind.drives,
                price: Cents::from_f64(if price.is_finite() { price } else { 0.0 }),
                minutes: value("minutes"),
                visibility: value("visibility"),
                contacts: value("contacts"),
                stops: value("stops"),
                reach: value("reach"),
                cases: value("cases"),
            });
        }
        kinds
    }

    /// What a kind does here, of what it can do.
    fn tactics(&mut self, kind: &CardKind, change: Option<&KindFile>, path: &Path) -> Vec<Tactic> {
        let given = change.and_then(|change| change.tactics.as_deref());
        let Some(given) = given.filter(|tactics| !tactics.is_empty()) else {
            return kind.tactics.clone();
        };
        let mut tactics = Vec::new();
        for (at, tactic) in given.iter().enumerate() {
            let path = path.field("tactics").at(at);
            if !kind.tactics.contains(tactic) {
                self.report(Code::CannotDo, &path)
                    .slot("kind", &kind.id)
                    .slot("tactic", format!("{tactic:?}"))
                    .list("can", kind.tactics.iter().map(|t| format!("{t:?}")));
            } else if tactics.contains(tactic) {
                self.report(Code::DuplicateId, &path)
                    .slot("id", format!("{tactic:?}"));
            } else {
                tactics.push(*tactic);
            }
        }
        if tactics.is_empty() {
            return kind.tactics.clone();
        }
        tactics
    }

    /// Where the first unit of a kind says its kind.
    fn first_of_kind(&self, kind: &str) -> Path {
        let units = self.file.units.iter().flat_map(|units| &units.0);
        let unit = units
            .into_iter()
            .find(|unit| unit.kind.as_deref() == Some(kind));
        let id = unit.and_then(|unit| unit.id.as_deref()).unwrap_or_default();
        Path::of("units").id(id).field("kind")
    }

    /// What a token does where it stands: what is given, which its kind must be able to do, or the first
    /// thing that it can.
    pub(super) fn tactic(&mut self, given: Option<Tactic>, kind: &UnitKind, path: &Path) -> Tactic {
        let tactic = given.unwrap_or(kind.tactics[0]);
        if !kind.tactics.contains(&tactic) {
            self.report(Code::CannotDo, &path.field("tactic"))
                .slot("kind", &kind.id)
                .slot("tactic", format!("{tactic:?}"))
                .list("can", kind.tactics.iter().map(|can| format!("{can:?}")));
        }
        tactic
    }

    /// Whether the money of the first turn reaches for those that stand on the map then.
    pub(super) fn afford_start<'u>(
        &mut self,
        standing: impl Iterator<Item = &'u Unit>,
        kinds: &[UnitKind],
        purse: Purse,
        path: &Path,
    ) {
        let there = standing.filter(|unit| unit.from <= 1);
        let needs: i64 = there.map(|unit| kinds[unit.kind.at()].price.0).sum();
        if needs > purse.start.0 {
            self.report(Code::StartTooDear, path)
                .slot("needs", Cents(needs))
                .slot("start", purse.start);
        }
    }

    /// Whether the money ever reaches.
    fn afford(&mut self, kinds: &[UnitKind], units: &[Unit], purse: Purse) {
        let standing = units.iter().filter(|unit| unit.post.is_some());
        self.afford_start(standing, kinds, purse, &Path::of("funds"));
        let most = purse.start.max(Cents(purse.carry.0 + purse.income.0));
        let cheapest = kinds.iter().map(|kind| kind.price).min();
        if let Some(cheapest) = cheapest.filter(|price| *price > most) {
            self.report(Code::NeverAfforded, &Path::of("funds"))
                .slot("price", cheapest)
                .slot("most", most);
        }
    }

    /// Whether any unit could have used a tactic before a turn, and from which turn on.
    pub(super) fn first_use(kinds: &[UnitKind], units: &[Unit], tactic: Tactic) -> Option<u16> {
        units
            .iter()
            .filter(|unit| kinds[unit.kind.at()].tactics.contains(&tactic))
            .map(|unit| unit.from.saturating_add(1))
            .min()
    }
}

fn none_prices() -> BTreeMap<String, f64> {
    BTreeMap::new()
}

/// How far a number of the card can go at all, so that the rules keep their sense: shares stay
/// shares, and what divides or is a logarithm stays above nothing.
fn limits(unit: CardUnit, low: f64, high: f64) -> (f64, f64) {
    let least = if low < 0.0 {
        -1.0
    } else if low > 0.0 {
        low / 100.0
    } else {
        0.0
    };
    match unit {
        CardUnit::Share | CardUnit::ShareAMonth => (least, 1.0),
        CardUnit::MonthOfYear => (1.0, 12.99),
        _ => (least, high.max(0.01) * 10.0),
    }
}
