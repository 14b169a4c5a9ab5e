//! The book of changes: a stock moves only by posting amounts with their causes, so what moved it
//! always adds up, to the last unit.

mod rule;

pub use rule::Rule;

use super::curve;
use super::digest::{Canon, Walk, canon};
use super::gap::Gap;
use super::id::{FamilyIx, InjectIx, InstrumentIx, PrecinctIx, UnitIx};
use super::scoring::Index;
use super::units::{Amount, Cents, Micro};
use super::world::Domain;

/// A quantity that only the ledger can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stock<A> {
    value: A,
}

impl<A: Amount> Stock<A> {
    /// A stock at its starting value.
    #[must_use]
    pub fn new(value: A) -> Self {
        Self { value }
    }

    /// What the stock holds.
    #[must_use]
    pub fn get(self) -> A {
        self.value
    }
}

impl<A: Canon> Canon for Stock<A> {
    fn canon(&self, walk: &mut Walk) {
        let Self { value } = self;
        value.canon(walk);
    }
}

/// Which stock or index an entry belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// Trust of a precinct's residents, points.
    Trust(PrecinctIx),
    /// Perceived safety of a precinct's residents, points.
    FeelSafe(PrecinctIx),
    /// The table's Funds.
    Funds,
    /// Wrongs not put right, points taken from Rights.
    Wrongs,
    /// Goodwill of volunteers, points.
    Goodwill,
    /// Pressure of a risk domain, points.
    Pressure(Domain),
    /// Fatigue of a unit, hours of overtime a week that it still carries.
    Fatigue(UnitIx),
    /// An index of the whole city, points, in its true form.
    Index(Index),
}

/// Why something changed: the rule, and whose order, card or place set it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cause {
    /// The rule.
    pub rule: Rule,
    /// The inject behind it, where there is one.
    pub inject: Option<InjectIx>,
    /// The unit behind it, where it is one unit's doing.
    pub unit: Option<UnitIx>,
    /// The precinct in which it happened, for accounts of the whole city.
    pub place: Option<PrecinctIx>,
    /// The offence family concerned.
    pub family: Option<FamilyIx>,
    /// The instrument of the institution behind it.
    pub instrument: Option<InstrumentIx>,
    /// The risk domain concerned.
    pub domain: Option<Domain>,
}

impl Cause {
    /// A cause that needs no more than its rule.
    #[must_use]
    pub const fn of(rule: Rule) -> Self {
        Self {
            rule,
            inject: None,
            unit: None,
            place: None,
            family: None,
            instrument: None,
            domain: None,
        }
    }

    /// The same cause, in a precinct.
    #[must_use]
    pub const fn in_precinct(mut self, place: PrecinctIx) -> Self {
        self.place = Some(place);
        self
    }

    /// The same cause, for an offence family.
    #[must_use]
    pub const fn on_family(mut self, family: FamilyIx) -> Self {
        self.family = Some(family);
        self
    }

    /// The same cause, by an instrument of the institution.
    #[must_use]
    pub const fn by_instrument(mut self, instrument: InstrumentIx) -> Self {
        self.instrument = Some(instrument);
        self
    }

    /// The same cause, in a risk domain.
    #[must_use]
    pub const fn in_domain(mut self, domain: Domain) -> Self {
        self.domain = Some(domain);
        self
    }

    /// The same cause, by an inject.
    #[must_use]
    pub const fn by_inject(mut self, inject: InjectIx) -> Self {
        self.inject = Some(inject);
        self
    }

    /// The same cause, wherever it acted and by whichever unit: the rule with its card or setting.
    #[must_use]
    pub const fn anywhere(self) -> Self {
        Self {
            inject: self.inject,
            instrument: self.instrument,
            ..Self::of(self.rule)
        }
    }

    /// The same cause, by a unit.
    #[must_use]
    pub const fn by_unit(mut self, unit: UnitIx) -> Self {
        self.unit = Some(unit);
        self
    }
}

canon! {
    Cause { rule, inject, unit, place, family, instrument, domain }
    Entry { turn, account, cause, amount }
}

impl Canon for Account {
    fn canon(&self, walk: &mut Walk) {
        match self {
            Self::Trust(precinct) => (0u8, precinct.0).canon(walk),
            Self::FeelSafe(precinct) => (1u8, precinct.0).canon(walk),
            Self::Funds => 2u8.canon(walk),
            Self::Wrongs => 3u8.canon(walk),
            Self::Index(index) => (4u8, *index as u8).canon(walk),
            Self::Goodwill => 5u8.canon(walk),
            Self::Fatigue(unit) => (6u8, unit.0).canon(walk),
            Self::Pressure(domain) => (7u8, *domain).canon(walk),
        }
    }
}

/// One line of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The turn in which it was posted, counted from 1.
    pub turn: u16,
    /// What changed.
    pub account: Account,
    /// Why.
    pub cause: Cause,
    /// By how much, in the account's integer unit.
    pub amount: i64,
}

/// The book. With detail off the same amounts are posted and nothing is kept.
#[derive(Clone, Debug)]
pub struct Ledger {
    detail: bool,
    turn: u16,
    /// How many entries there were when the turn was opened.
    before: usize,
    entries: Vec<Entry>,
    /// Where it is asked for: why the record of the turn was not what was expected, per cell.
    gaps: Option<Vec<Gap>>,
}

impl Ledger {
    /// A book that keeps its entries.
    #[must_use]
    pub fn keeping() -> Self {
        Self {
            detail: true,
            turn: 0,
            before: 0,
            entries: Vec::new(),
            gaps: None,
        }
    }

    /// A book that keeps its entries and works out the gaps between record and expectation.
    #[must_use]
    pub fn opened() -> Self {
        Self {
            gaps: Some(Vec::new()),
            ..Self::keeping()
        }
    }

    /// A book that posts without keeping, for batch runs.
    #[must_use]
    pub fn without_detail() -> Self {
        Self {
            detail: false,
            turn: 0,
            before: 0,
            entries: Vec::new(),
            gaps: None,
        }
    }

    /// Why the record of the turn that was played was not what was expected, precinct × family;
    /// empty where nobody asked.
    #[must_use]
    pub fn gaps(&self) -> &[Gap] {
        self.gaps.as_deref().unwrap_or_default()
    }

    /// Whether gaps are worth working out.
    pub(super) fn opens(&self) -> bool {
        self.gaps.is_some()
    }

    /// Takes in the gap of a cell in a step of the turn.
    pub(super) fn explain(&mut self, cell: usize, gap: &Gap) {
        if let Some(gaps) = &mut self.gaps {
            if gaps.len() <= cell {
                gaps.resize(cell + 1, Gap::default());
            }
            gaps[cell].add(gap, 1.0);
        }
    }

    /// The entries, in the order of posting.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Entries from here on belong to `turn`.
    pub(super) fn open_turn(&mut self, turn: u16) {
        self.turn = turn;
        self.before = self.entries.len();
    }

    /// What was posted since the turn was opened.
    pub(super) fn of_this_turn(&self) -> &[Entry] {
        &self.entries[self.before..]
    }

    /// Makes room for so many entries, if they are kept.
    pub(super) fn expect(&mut self, entries: usize) {
        if self.detail {
            self.entries.reserve(entries);
        }
    }

    /// Whether entries are kept, and causes worth working out.
    pub(super) fn keeps(&self) -> bool {
        self.detail
    }

    /// Posts one exact amount.
    pub(super) fn post<A: Amount>(
        &mut self,
        account: Account,
        stock: &mut Stock<A>,
        cause: Cause,
        amount: A,
    ) {
        stock.value = A::from_steps(stock.value.steps() + amount.steps());
        self.write(account, cause, amount.steps());
    }

    /// Posts real contributions (in units) in their order: each entry is the difference of two
    /// rounded prefixes, so the entries sum to the rounded total. What would leave `bounds` is
    /// taken back by a `Bound` entry.
    pub(super) fn post_all<A: Amount>(
        &mut self,
        account: Account,
        stock: &mut Stock<A>,
        contributions: &[(Cause, f64)],
        bounds: Option<(A, A)>,
    ) {
        let start = stock.value.steps();
        let mut prefix = 0.0;
        let mut posted = start;
        for &(cause, units) in contributions {
            prefix += units;
            // No scale in use is a million units wide; beyond it the bound takes over anyway.
            let within = curve::clamp(prefix, -MOST_UNITS, MOST_UNITS);
            let next = start + A::from_f64(within).steps();
            self.write(account, cause, next - posted);
            posted = next;
        }
        if let Some((low, high)) = bounds {
            let held = posted.clamp(low.steps(), high.steps());
            self.write(account, Cause::of(Rule::Bound), held - posted);
            posted = held;
        }
        stock.value = A::from_steps(posted);
    }

    /// Begins to post the change of a derived index from `old`, in a book that keeps its entries.
    pub(super) fn open_index(&mut self, index: Index, old: f64) -> Posting<'_> {
        Posting {
            ledger: self,
            index,
            old,
            prefix: 0.0,
            posted: Micro::from_f64(old).0,
            last: None,
        }
    }

    fn write(&mut self, account: Account, cause: Cause, amount: i64) {
        if self.detail && amount != 0 {
            self.entries.push(Entry {
                turn: self.turn,
                account,
                cause,
                amount,
            });
        }
    }
}

/// The change of a derived index, posted cause by cause.
pub(super) struct Posting<'a> {
    ledger: &'a mut Ledger,
    index: Index,
    old: f64,
    prefix: f64,
    posted: i64,
    last: Option<Last>,
}

/// The last cause of a change.
struct Last {
    cause: Cause,
    /// What had been posted before it.
    before: i64,
    /// Whether there is an entry of it; there is none where it came to nothing.
    written: bool,
}

impl Posting<'_> {
    /// Posts a contribution, in points.
    pub fn add(&mut self, cause: Cause, points: f64) {
        self.prefix += points;
        let before = self.posted;
        self.posted = step(self.old, self.prefix);
        let amount = self.posted - before;
        self.write(cause, amount);
        self.last = Some(Last {
            cause,
            before,
            written: amount != 0,
        });
    }

    /// Posts what one rule contributes by each of these causes, in points. What is nothing is no cause.
    pub fn add_each(&mut self, rule: Rule, causes: &[Cause], points: &[f64]) {
        let Some(last) = points.iter().rposition(|points| *points != 0.0) else {
            return;
        };
        let (turn, account) = (self.ledger.turn, Account::Index(self.index));
        let (mut prefix, mut posted, mut before) = (self.prefix, self.posted, self.posted);
        let old = self.old;
        let entries = &mut self.ledger.entries;
        for (cause, points) in causes[..=last].iter().zip(points) {
            prefix += points;
            before = posted;
            posted = step(old, prefix);
            if posted != before {
                entries.push(Entry {
                    turn,
                    account,
                    cause: Cause { rule, ..*cause },
                    amount: posted - before,
                });
            }
        }
        (self.prefix, self.posted) = (prefix, posted);
        self.last = Some(Last {
            cause: Cause {
                rule,
                ..causes[last]
            },
            before,
            written: posted != before,
        });
    }

    /// Posts what is left up to `new`. The contributions must explain the change; the last prefix
    /// is the new value, so nothing hides in rounding.
    pub fn close(mut self, new: f64) {
        if let Some(last) = self.last.take() {
            if last.written {
                self.ledger.entries.pop();
            }
            self.write(last.cause, Micro::from_f64(new).0 - last.before);
        }
        debug_assert!(
            (self.prefix - (new - self.old)).abs() < 1e-9 * (1.0 + (new - self.old).abs()),
            "{:?}: causes explain {}, the change is {}",
            self.index,
            self.prefix,
            new - self.old
        );
    }

    fn write(&mut self, cause: Cause, amount: i64) {
        self.ledger.write(Account::Index(self.index), cause, amount);
    }
}

/// Where an index that was `old` stands after contributions that come to `prefix`.
#[inline]
fn step(old: f64, prefix: f64) -> i64 {
    Micro::from_f64(old + prefix).0
}

/// Funds as the account that the table pays from.
pub(super) type Funds = Stock<Cents>;
/// A stock of points.
pub(super) type Points = Stock<Micro>;

/// Where points of trust, perceived safety, pressure, goodwill and wrongs begin and end.
pub(super) const SCALE: Option<(Micro, Micro)> = Some((Micro(0), Micro::points(100)));

/// The furthest that one turn's causes can carry a stock before its bound is applied, in units.
const MOST_UNITS: f64 = 1e6;

/// The logarithmic mean of two positive numbers, by its series where they nearly agree.
///
/// It splits the change of a product into its factors without remainder (LMDI-I):
/// `L(a, b) · Σ ln(fᵢ/gᵢ) = a − b` where `a = Π fᵢ`, `b = Π gᵢ`. Nothing has no factors: the mean
/// with zero is zero.
#[must_use]
pub fn logarithmic_mean(a: f64, b: f64) -> f64 {
    if a <= 0.0 || b <= 0.0 {
        return 0.0;
    }
    logarithmic_mean_by(curve::ln(a / b), a, b)
}

/// The same of two positive numbers, where the logarithm of their quotient is known.
pub(super) fn logarithmic_mean_by(log: f64, a: f64, b: f64) -> f64 {
    if log > -1e-6 && log < 1e-6 {
        b * (1.0 + log / 2.0 + log * log / 6.0)
    } else {
        (a - b) / log
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_sum_to_the_change_and_the_bound_is_named() {
        let mut ledger = Ledger::keeping();
        let mut stock = Points::new(Micro::points(99));
        let causes = [
            (Cause::of(Rule::FairContact), 0.333_333_3),
            (Cause::of(Rule::Mediation), 0.333_333_3),
            (Cause::of(Rule::Performance), 1.0),
        ];
        ledger.post_all(Account::Trust(PrecinctIx(0)), &mut stock, &causes, SCALE);
        assert_eq!(stock.get(), Micro::points(100));
        let sum: i64 = ledger.entries().iter().map(|entry| entry.amount).sum();
        assert_eq!(sum, 1_000_000);
        assert_eq!(ledger.entries()[3].cause.rule, Rule::Bound);
    }

    #[test]
    fn the_logarithmic_mean_is_continuous_where_its_form_changes() {
        for gap in [0.9e-6, 0.99e-6, 1.01e-6, 1.1e-6] {
            let b = 3.0;
            let a = b * crate::rules::curve::exp(gap);
            assert!((logarithmic_mean(a, b) - (a + b) / 2.0).abs() < 1e-9);
        }
    }

    #[test]
    fn every_rule_is_listed_once() {
        let mut ids: Vec<_> = Rule::ALL.iter().map(|rule| rule.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Rule::ALL.len());
        assert_eq!(Rule::ALL.last(), Some(&Rule::Bound));
        assert!(
            Rule::ALL
                .iter()
                .enumerate()
                .all(|(at, rule)| *rule as usize == at)
        );
    }
}
