//! Bots. They see what a player sees and order what a player may order.

mod even;
mod hotspot;
mod random;

use crate::rules::chance::Luck;
use crate::rules::id::{PrecinctIx, SeatIx, UnitIx, nearest};
use crate::rules::state::Post;
use crate::rules::{Action, Tactic, View};

/// A bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Policy {
    /// Gives no order.
    Idle,
    /// Spreads each kind of unit evenly over the city.
    Even,
    /// Sends patrol after the record.
    Hotspot,
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
    pub const ALL: [Self; 4] = [Self::Idle, Self::Even, Self::Hotspot, Self::Random];

    /// Its name on the command line, in plans and in tables.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Even => "even",
            Self::Hotspot => "hotspot",
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

    /// The units it may place, with where they stand, in the order of the table.
    fn units(&self, view: &View) -> Vec<(UnitIx, Post)> {
        let world = view.world();
        view.units()
            .filter(|(unit, _)| self.commands(world.kind_of(*unit).owner))
            .filter(|(unit, _)| !self.held.contains(unit))
            .collect()
    }
}

/// Where a unit is to stand.
type Wish = (UnitIx, PrecinctIx, Tactic);

/// Turns wishes into orders, in their order, as far as the money reaches: a unit on the map moves
/// for nothing, one beside it costs its price.
fn place(view: &View, wishes: impl IntoIterator<Item = Wish>) -> Vec<Action> {
    let world = view.world();
    let mut posts = vec![None; world.units.len()];
    for (unit, post) in view.units() {
        posts[unit.at()] = Some(post.at);
    }
    let mut free = view.free_funds();
    let mut orders = Vec::new();
    for (unit, to, tactic) in wishes {
        let Some(at) = posts[unit.at()].filter(|at| *at != Some((to, tactic))) else {
            continue;
        };
        if at.is_none() {
            let price = world.kind_of(unit).price;
            if price > free {
                continue;
            }
            free -= price;
        }
        orders.push(Action::Assign {
            unit: world.units[unit.at()].id.clone(),
            to: world.precincts[to.at()].id.clone(),
            tactic,
        });
    }
    orders
}

/// The precincts in descending order of a figure; equals keep the order of the map.
fn ranked(view: &View, figure: impl Fn(PrecinctIx) -> f64) -> Vec<PrecinctIx> {
    let count = view.world().precincts.len();
    let mut all: Vec<PrecinctIx> = (0..count).map(PrecinctIx::from_position).collect();
    all.sort_by(|a, b| figure(*b).total_cmp(&figure(*a)));
    all
}
