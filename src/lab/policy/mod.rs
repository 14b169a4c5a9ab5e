//! Bots. They see what a player sees and order what a player may order.

mod answers;
mod balanced;
mod desk_work;
mod dump;
mod even;
mod extremes;
mod greedy;
mod hotspot;
mod random;
mod search;
mod under_record;

use super::lineup::owner;
use crate::rules::chance::Luck;
use crate::rules::id::{SeatIx, UnitIx, nearest};
use crate::rules::sight::Wish;
use crate::rules::state::Post;
use crate::rules::table::Note;
use crate::rules::world::Dial;
use crate::rules::{Action, Cents, Draft, Id, Tactic, View, World};
// The facts alone ask for them, and they are not in a page.
#[cfg(not(target_family = "wasm"))]
pub(in crate::lab) use random::measures;
pub use search::Aim;

/// A bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Policy {
    /// Gives no order.
    Idle,
    /// Spreads each kind of unit evenly over the city.
    Even,
    /// Sends patrol after the record.
    Hotspot,
    /// Visits and mediates, and patrols nowhere.
    Outreach,
    /// Watches everything, without safeguards.
    SensingMax,
    /// Checks in the street with every team that can.
    ChecksMax,
    /// The highest duty level everywhere, all the time.
    DutyMax,
    /// Everything on the three worst places on record.
    Stacker,
    /// A little of everything, kept long enough to work.
    Balanced,
    /// Whatever promises most for the coming turn.
    Greedy,
    /// Every desk goes by its usual standing order.
    Standing,
    /// What promises most for the months to come, as far as it has looked.
    Search,
    /// The best plan of the first two turns, and then nothing more.
    Bundle,
    /// Balanced, but for the last two turns.
    Dump,
    /// Whatever makes the figure look better.
    UnderRecord,
    /// Does anything that is allowed.
    Random,
}

/// There is no such policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPolicy {
    /// What was asked for.
    pub name: String,
    /// What may have been meant.
    pub nearest: Option<&'static str>,
}

impl Policy {
    /// Every policy, in the order of the tables.
    pub const ALL: [Self; 16] = [
        Self::Idle,
        Self::Even,
        Self::Hotspot,
        Self::Outreach,
        Self::SensingMax,
        Self::ChecksMax,
        Self::DutyMax,
        Self::Stacker,
        Self::Balanced,
        Self::Greedy,
        Self::Standing,
        Self::Search,
        Self::Bundle,
        Self::Dump,
        Self::UnderRecord,
        Self::Random,
    ];

    /// Its name on the command line, in plans and in tables.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Even => "even",
            Self::Hotspot => "hotspot",
            Self::Outreach => "outreach",
            Self::SensingMax => "sensing-max",
            Self::ChecksMax => "checks-max",
            Self::DutyMax => "duty-max",
            Self::Stacker => "stacker",
            Self::Balanced => "balanced",
            Self::Greedy => "greedy",
            Self::Standing => "standing",
            Self::Search => "search",
            Self::Bundle => "bundle",
            Self::Dump => "dump",
            Self::UnderRecord => "under-record",
            Self::Random => "random",
        }
    }

    /// What it does, in one line of English.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Idle => "gives no order and leaves every card to silence",
            Self::Even => "spreads each kind of unit evenly, the largest precincts first",
            Self::Hotspot => {
                "sends patrol to hot spots where most is on record, the rest where trust is lowest"
            }
            Self::Outreach => "visits where trust is lowest, mediates, and patrols nowhere",
            Self::SensingMax => "cameras at the highest level and monitoring online, unsafeguarded",
            Self::ChecksMax => "broad checks where most is on record, with every team that can",
            Self::DutyMax => "level I everywhere, all the time, with patrol at hot spots",
            Self::Stacker => "every instrument on the three precincts with most on record",
            Self::Balanced => {
                "hot spots by rotation, visits that stay, cards answered, remedies, a reserve kept"
            }
            Self::Greedy => "each unit where the card promises least harm for the coming turn",
            Self::Standing => "leaves every desk to its usual standing order",
            Self::Search => "the best of 300 plans a turn by what the card promises for six months",
            Self::Bundle => "the best plan of the first two turns, and then no order at all",
            Self::Dump => "balanced, but spends all, level I and no visits in the last two turns",
            Self::UnderRecord => "no visits, calls turned away, patrol where most is on record",
            Self::Random => "gives any order that is allowed, and answers cards by lot",
        }
    }

    /// How many plans it weighs in a turn in which it looks ahead; none if it does not.
    #[must_use]
    pub fn nodes(self) -> Option<usize> {
        matches!(self, Self::Search | Self::Bundle).then_some(search::NODES)
    }

    /// The policy with this name.
    ///
    /// # Errors
    ///
    /// There is none; the nearest name.
    pub fn find(name: &str) -> Result<Self, UnknownPolicy> {
        let found = Self::ALL.into_iter().find(|policy| policy.id() == name);
        found.ok_or_else(|| UnknownPolicy {
            name: name.to_owned(),
            nearest: nearest(name, Self::ALL.map(Self::id)),
        })
    }

    /// The orders of a turn for the units in `hand`, each allowed once those before it are given.
    ///
    /// Only `random`, `search` and `bundle` use `luck`, for a purpose that no rule draws for.
    #[must_use]
    pub fn orders(self, view: &View, hand: &Hand, luck: Luck) -> Vec<Action> {
        match self {
            Self::Idle => Vec::new(),
            Self::Even => even::orders(view, hand),
            Self::Hotspot => hotspot::orders(view, hand),
            Self::Outreach => extremes::outreach(view, hand),
            Self::SensingMax => extremes::sensing(view, hand),
            Self::ChecksMax => extremes::checks(view, hand),
            Self::DutyMax => extremes::duty(view, hand),
            Self::Stacker => extremes::stacker(view, hand),
            Self::Balanced => balanced::orders(view, hand),
            Self::Greedy => greedy::orders(view, hand),
            Self::Standing => hand.delegate(view),
            Self::Search => search::orders(view, hand, luck),
            Self::Bundle => search::bundle(view, hand, luck),
            Self::Dump => dump::orders(view, hand),
            Self::UnderRecord => under_record::orders(view, hand),
            Self::Random => random::orders(view, hand, luck),
        }
    }
}

/// The desks a policy commands, and the units that are spoken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    seats: Vec<SeatIx>,
    held: Vec<UnitIx>,
    /// The notes that its desks have.
    notes: Vec<Note>,
    /// Whether they tell each other.
    pooled: bool,
}

impl Hand {
    /// A hand that commands these desks.
    #[must_use]
    pub fn of(seats: Vec<SeatIx>) -> Self {
        Self {
            seats,
            held: Vec::new(),
            notes: Vec::new(),
            pooled: true,
        }
    }

    /// The same with the notes that came to its desks.
    #[must_use]
    pub fn with_notes(mut self, notes: impl IntoIterator<Item = Note>) -> Self {
        let own = notes
            .into_iter()
            .filter(|note| self.seats.contains(&note.seat));
        self.notes = own.collect();
        self
    }

    /// The same, but no desk tells another what it has heard.
    #[must_use]
    pub fn silent(mut self) -> Self {
        self.pooled = false;
        self
    }

    /// The same without units that somebody else has placed this turn.
    #[must_use]
    pub fn without(mut self, units: impl IntoIterator<Item = UnitIx>) -> Self {
        self.held.extend(units);
        self
    }

    /// Whether the hand commands a desk.
    #[must_use]
    pub fn commands(&self, seat: SeatIx) -> bool {
        self.seats.contains(&seat)
    }

    /// Leaves its desks to their standing orders, where people play them still.
    fn delegate(&self, view: &View) -> Vec<Action> {
        let world = view.world();
        let desks = (0..).map(SeatIx::from_position).zip(view.standing());
        desks
            .filter(|(seat, desk)| self.commands(*seat) && desk.posture.is_some())
            .filter(|(_, desk)| desk.dial != Dial::Delegated)
            .map(|(seat, _)| Action::Dial {
                seat: world.seats[seat.at()].id.clone(),
                dial: Dial::Delegated,
            })
            .collect()
    }

    /// Those of its units that visit.
    fn visiting(&self, view: &View) -> impl Iterator<Item = UnitIx> {
        let units = self.units(view).into_iter();
        units
            .filter(|(_, post)| matches!(post.at, Some((_, Tactic::Outreach))))
            .map(|(unit, _)| unit)
    }

    /// The units it may place, with where they stand, in the order of the table.
    fn units(&self, view: &View) -> Vec<(UnitIx, Post)> {
        let world = view.world();
        view.units()
            .filter(|(unit, _)| self.commands(world.kind_of(*unit).owner))
            .filter(|(unit, _)| !self.held.contains(unit))
            .collect()
    }
}

/// Orders of several desks on one paper: what would be refused is left out.
#[derive(Clone)]
struct Paper<'a> {
    world: &'a World,
    draft: Draft<'a>,
    seats: &'a [SeatIx],
}

impl<'a> Paper<'a> {
    fn new(view: &View<'a>, hand: &'a Hand) -> Self {
        Self {
            world: view.world(),
            draft: view.draft(),
            seats: &hand.seats,
        }
    }

    /// The desk that gives an order, if it is in the hand.
    fn owner(&self, action: &Action) -> Option<Id> {
        let asked = match action {
            Action::Reply { ask, .. } => self.asked(ask),
            _ => None,
        };
        let owner = asked.unwrap_or_else(|| owner(self.world, action));
        let seat = self.world.seat(&owner)?;
        self.seats.contains(&seat).then_some(owner)
    }

    /// The desk of which something was asked.
    fn asked(&self, ask: &Id) -> Option<Id> {
        let asks = self.draft.view().asks();
        let of = asks.iter().find(|it| it.id == *ask)?.of;
        Some(self.world.seats[of.at()].id.clone())
    }

    /// The draft with one more order, if its desk is in the hand and may give it.
    fn tried(&self, action: &Action) -> Option<Draft<'a>> {
        let owner = self.owner(action)?;
        self.draft.check(&owner, action).ok()?;
        let mut draft = self.draft.clone();
        draft.give(&owner, action.clone()).ok()?;
        Some(draft)
    }

    /// Whether a draft that goes on from this paper leaves so much money, or costs none.
    fn can_spare(&self, draft: &Draft, keep: Cents) -> bool {
        let after = draft.view().free_funds();
        after >= keep || after >= self.draft.view().free_funds()
    }

    /// Gives an order if it leaves so much money, or costs none; tells whether it stands.
    fn give_keeping(&mut self, action: Action, keep: Cents) -> bool {
        let tried = self.tried(&action);
        match tried.filter(|draft| self.can_spare(draft, keep)) {
            Some(draft) => {
                self.draft = draft;
                true
            }
            None => false,
        }
    }

    /// Gives an order if it costs money.
    fn give_for_money(&mut self, action: Action) {
        let before = self.draft.view().free_funds();
        let dear = |draft: &Draft| draft.view().free_funds() < before;
        if let Some(draft) = self.tried(&action).filter(dear) {
            self.draft = draft;
        }
    }

    /// Gives an order if its desk is in the hand and may give it; tells whether it stands.
    fn give(&mut self, action: Action) -> bool {
        let owner = self.owner(&action);
        owner.is_some_and(|owner| self.draft.give(&owner, action).is_ok())
    }

    /// Whether an order would stand.
    fn may(&self, action: &Action) -> bool {
        let owner = self.owner(action);
        owner.is_some_and(|owner| self.draft.check(&owner, action).is_ok())
    }

    /// Places units, in the order of the wishes.
    fn place(&mut self, wishes: impl IntoIterator<Item = Wish>) {
        for (unit, to, tactic) in wishes {
            self.give(Action::Assign {
                unit: self.world.units[unit.at()].id.clone(),
                to: self.world.precincts[to.at()].id.clone(),
                tactic,
            });
        }
    }

    /// Takes units off the map.
    fn withdraw(&mut self, units: impl IntoIterator<Item = UnitIx>) {
        for unit in units {
            let unit = self.world.units[unit.at()].id.clone();
            self.give(Action::Withdraw { unit });
        }
    }

    fn orders(self) -> Vec<Action> {
        self.draft.given()
    }
}

/// Turns wishes into orders, in their order, as far as the means reach.
fn place(view: &View, hand: &Hand, wishes: impl IntoIterator<Item = Wish>) -> Vec<Action> {
    let mut paper = Paper::new(view, hand);
    paper.place(wishes);
    paper.orders()
}
