//! What would stand on the map: suggestions that are looked at, and what the standing order of the
//! desk in hand will do at the end of the turn.

use super::{Page, Table};
use crate::rules::candidates::{Candidate, Slot};
use crate::rules::id::{InjectIx, KindIx, PrecinctIx, SeatIx};
use crate::rules::table::Wish;
use crate::rules::units::Cents;
use crate::rules::world::{OrderKind, Over, World};
use crate::rules::{Action, Id, View, standing, view};

/// What the standing order of the desk in hand will do, as all stands after an act.
#[derive(Clone, Debug, Default)]
pub struct Ahead {
    /// The desk and the act.
    of: Option<(SeatIx, u32)>,
    /// The orders that it will give.
    pub will: Vec<Action>,
    /// Those that the standing orders of all desks will give, with the desk.
    pub all: Vec<(Id, Action)>,
    /// Funds that these take.
    pub price: Cents,
    /// Those that it would have given and the desk has given otherwise.
    pub replaced: Vec<Action>,
}

/// Why something does not stand on the map, or not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// It is suggested, at this position in its slot; or it is ordered and not yet so.
    Offer {
        /// The slot.
        slot: Slot,
        /// Which of its suggestions.
        at: usize,
        /// Whether it has been ordered.
        taken: bool,
    },
    /// The standing order will do it.
    Standing,
    /// The standing order would have done it, had the desk not ordered otherwise.
    Replaced,
}

/// What is drawn for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A unit of this kind.
    Unit(KindIx),
    /// A measure or an instrument, by its icon.
    Mark(&'static str),
}

/// Something that would be in a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Ghost {
    /// Where.
    pub place: PrecinctIx,
    /// What.
    pub shape: Shape,
    /// Why it is not there.
    pub pending: Pending,
    /// The orders that would put it there.
    pub orders: Vec<Action>,
}

/// The name of a suggestion's control.
#[must_use]
pub fn offer_id(slot: Slot, at: usize) -> String {
    format!("offer:{}:{at}", slot.id())
}

impl Table {
    /// Looks up what standing orders will do. That takes drafts of all that stands, so it is done once
    /// an act and not whenever the screen is drawn.
    pub(super) fn look_ahead(&mut self) {
        let open = self.view().is_some_and(|view| !view.closed());
        let Some(session) = self.session.as_ref().filter(|_| open) else {
            self.desk.ahead = Ahead::default();
            return;
        };
        let seat = self.desk.seat;
        let now = self.review().map_or(session.journal().head(), |it| it.n);
        if self.desk.ahead.of == Some((seat, now)) {
            return;
        }
        let planned = self.view().map(|view| planned(&view));
        let (all, price) = planned.unwrap_or_default();
        let mut ahead = Ahead {
            of: Some((seat, now)),
            all,
            price,
            ..Ahead::default()
        };
        if self.shows_desks() {
            ahead.will = of_desk(&self.scenario.world, &ahead.all, seat);
            ahead.replaced = self.replaced(seat, now, &ahead.will);
        }
        self.desk.ahead = ahead;
    }

    /// What is done with a card where nobody answers: what a standing order says, where one answers
    /// it, and else the card's own silence.
    #[must_use]
    pub fn unanswered(&self, inject: InjectIx) -> u16 {
        let what = &self.scenario.world.injects[inject.at()];
        let answered = self
            .desk
            .ahead
            .all
            .iter()
            .find_map(|(_, order)| match order {
                Action::Answer { inject, option } if *inject == what.id => Some(option),
                _ => None,
            });
        let at = answered.and_then(|option| what.options.iter().position(|it| it.id == *option));
        at.and_then(|at| u16::try_from(at).ok())
            .unwrap_or(what.silence)
    }

    /// What the standing order would have done before the desk ordered anything this turn, where it
    /// has ordered something else about the same thing since.
    fn replaced(&mut self, seat: SeatIx, now: u32, will: &[Action]) -> Vec<Action> {
        let id = self.seat();
        let turn = self.turn_after(now);
        let given = self.given();
        let own = given.iter().filter(|act| {
            let by_hand = !matches!(act.action, Action::Standing { .. });
            act.turn == turn && act.n <= now && act.seat == id && by_hand
        });
        let own: Vec<_> = own
            .filter(|act| self.scenario.world.same_matter(&act.action, &act.action))
            .map(|act| (act.parent, act.action.clone()))
            .collect();
        let (Some((first, _)), Some(session)) = (own.first(), self.session.as_mut()) else {
            return Vec::new();
        };
        let Ok(before) = session.state_at(*first) else {
            return Vec::new();
        };
        let world = &self.scenario.world;
        let other = |order: &Action| {
            let about = |it: &Action| world.same_matter(it, order);
            let given = own.iter().any(|(_, it)| about(it) && it != order);
            given && !will.iter().any(about)
        };
        let (planned, _) = planned(&view(&before, &id));
        let planned = of_desk(world, &planned, seat);
        planned.into_iter().filter(other).collect()
    }

    /// What would stand on the map; `looked` names the suggestion that is looked at.
    #[must_use]
    pub fn ghosts(&self, looked: Option<&str>) -> Vec<Ghost> {
        let (Some(view), false) = (self.view(), self.desk.covered) else {
            return Vec::new();
        };
        let world = view.world();
        let mut ghosts = Vec::new();
        let ahead = &self.desk.ahead;
        let standing = [
            (&ahead.will, Pending::Standing),
            (&ahead.replaced, Pending::Replaced),
        ];
        for (orders, pending) in standing {
            for order in orders {
                add(&mut ghosts, world, pending, order);
            }
        }
        if self.desk.page != Page::Orders || self.desk.sheet.is_some() || self.hand.is_some() {
            return ghosts;
        }
        for slot in view.open_slots() {
            for (at, Candidate { order, .. }) in self.offers(*slot).iter().enumerate() {
                let taken = self.is_given(order);
                let placed = taken && matches!(order, Action::Assign { .. });
                let seen = taken || looked == Some(offer_id(*slot, at).as_str());
                if seen && !placed {
                    let slot = *slot;
                    add(
                        &mut ghosts,
                        world,
                        Pending::Offer { slot, at, taken },
                        order,
                    );
                }
            }
        }
        ghosts
    }

    /// Whether just this has been ordered this turn and stands.
    #[must_use]
    pub fn is_given(&self, order: &Action) -> bool {
        let given = self.given();
        let mut open = given.iter().rev().take_while(|act| !act.ends_turn());
        open.any(|act| act.action == *order)
    }
}

/// What the standing orders of all desks order now, desk by desk, and the Funds that it takes.
fn planned(view: &View) -> (Vec<(Id, Action)>, Cents) {
    let (orders, price) = standing::drawn_up(view);
    let bare = |order| match order {
        Action::Standing { order, .. } => *order,
        order => order,
    };
    let orders = orders.into_iter();
    let orders = orders.map(|(desk, order)| (desk, bare(order)));
    (orders.collect(), price)
}

/// Those of the standing orders that are a desk's own.
fn of_desk(world: &World, orders: &[(Id, Action)], seat: SeatIx) -> Vec<Action> {
    let id = &world.seats[seat.at()].id;
    let own = orders.iter().filter(|(of, _)| of == id);
    own.map(|(_, order)| order.clone()).collect()
}

/// Adds what an order would put on the map; what is alike stands together.
fn add(ghosts: &mut Vec<Ghost>, world: &World, pending: Pending, order: &Action) {
    let Some((places, shape)) = drawn(world, order) else {
        return;
    };
    for place in places {
        let alike = |it: &&mut Ghost| (it.place, it.shape, it.pending) == (place, shape, pending);
        match ghosts.iter_mut().find(alike) {
            Some(ghost) => ghost.orders.push(order.clone()),
            None => ghosts.push(Ghost {
                place,
                shape,
                pending,
                orders: vec![order.clone()],
            }),
        }
    }
}

/// Where an order would put what; an order for the whole city is nowhere on the map.
fn drawn(world: &World, order: &Action) -> Option<(Vec<PrecinctIx>, Shape)> {
    let kind = |unit| Some(Shape::Unit(world.units[world.unit(unit)?.at()].kind));
    if let Action::Ask {
        what: Wish::Unit {
            unit, to: Some(to), ..
        },
        ..
    } = order
    {
        return Some((vec![world.precinct(to)?], kind(unit)?));
    }
    let places = world.places_of(order);
    if places.len() == world.precincts.len() {
        return None;
    }
    let shape = match order {
        Action::Assign { unit, .. } => kind(unit)?,
        Action::Set { what, .. } => {
            let over = &world.instruments[world.instrument(what)?.at()].over;
            Shape::Mark(match over {
                Over::Sites => "post",
                Over::Gates => "gate",
                _ => "gear",
            })
        }
        Action::Pilot { .. } => Shape::Mark("gear"),
        order => Shape::Mark(match order.kind()? {
            OrderKind::Duty => "shield",
            OrderKind::Cameras => "camera",
            OrderKind::Lighting => "lantern",
            _ => "flag",
        }),
    };
    Some((places, shape))
}
