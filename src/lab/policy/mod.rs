//! Bots. They see what a player sees and order what a player may order.

mod balanced;
mod even;
mod extremes;
mod greedy;
mod hotspot;
mod random;

use super::lineup::owner;
use crate::rules::chance::Luck;
use crate::rules::id::{SeatIx, UnitIx, nearest};
use crate::rules::sight::Wish;
use crate::rules::state::Post;
use crate::rules::world::Dial;
use crate::rules::{Action, Draft, Id, View, World};

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
    pub const ALL: [Self; 12] = [
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
                "hot spots by rotation, visits that stay, problem-solving, training, warnings"
            }
            Self::Greedy => "each unit where the card promises least harm for the coming turn",
            Self::Standing => "leaves every desk to its usual standing order",
            Self::Random => "gives any order that is allowed, and answers cards by lot",
        }
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
    /// Only `random` uses `luck`, for a purpose that no rule draws for.
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
            Self::Random => random::orders(view, hand, luck),
        }
    }
}

/// The desks a policy commands, and the units that are spoken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    seats: Vec<SeatIx>,
    held: Vec<UnitIx>,
}

impl Hand {
    /// A hand that commands these desks.
    #[must_use]
    pub fn of(seats: Vec<SeatIx>) -> Self {
        Self {
            seats,
            held: Vec::new(),
        }
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
        let owner = owner(self.world, action);
        let seat = self.world.seat(&owner)?;
        self.seats.contains(&seat).then_some(owner)
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
