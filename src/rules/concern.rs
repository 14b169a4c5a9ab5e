//! What an order is about: which part of the map, and which desks will feel it there.

use super::action::Action;
use super::id::{Id, PrecinctIx, SeatIx};
use super::view::View;
use super::world::{Over, World};

impl World {
    /// The precincts that an order is about: those of its place, all of them for the whole city,
    /// none where it is not about places.
    #[must_use]
    pub fn places_of(&self, order: &Action) -> Vec<PrecinctIx> {
        let all = || (0..self.precincts.len()).map(PrecinctIx::from_position);
        let one = |id: &Id| self.precinct(id).into_iter().collect();
        let of_district = |id: &Id| -> Vec<PrecinctIx> {
            let inside = |place: &PrecinctIx| {
                let district = self.precincts[place.at()].district;
                self.districts[district.at()] == *id
            };
            all().filter(inside).collect()
        };
        match order {
            Action::Assign { to: place, .. }
            | Action::Build {
                precinct: place, ..
            }
            | Action::Pilot {
                precinct: place, ..
            }
            | Action::Sense {
                precinct: Some(place),
                ..
            } => one(place),
            Action::Duty {
                district: Some(district),
                ..
            } => of_district(district),
            Action::Duty { district: None, .. }
            | Action::Sense { precinct: None, .. }
            | Action::Campaign { .. } => all().collect(),
            Action::Set { what, at, .. } => {
                let Some(index) = self.instrument(what) else {
                    return Vec::new();
                };
                match (&self.instruments[index.at()].over, at) {
                    (Over::City, _) => all().collect(),
                    (Over::Precincts, Some(at)) => one(at),
                    (Over::Districts, Some(at)) => of_district(at),
                    (Over::Sites, Some(at)) => {
                        let site = self.sites.iter().find(|site| site.id == *at);
                        site.map(|site| site.precinct).into_iter().collect()
                    }
                    (Over::Gates, Some(at)) => {
                        let gate = self.gates.iter().find(|gate| gate.id == *at);
                        gate.map(|gate| gate.precinct).into_iter().collect()
                    }
                    _ => Vec::new(),
                }
            }
            Action::Standing { order, .. } => self.places_of(order),
            _ => Vec::new(),
        }
    }

    /// Whether two orders are about the same thing, so that one takes the place of the other.
    #[must_use]
    pub fn same_matter(&self, one: &Action, other: &Action) -> bool {
        let of = |order: &Action| {
            let order = match order {
                Action::Standing { order, .. } => order,
                order => order,
            };
            self.decision(order)
        };
        match (of(one), of(other)) {
            (Some(one), Some(other)) => (one.seat, one.about) == (other.seat, other.about),
            _ => false,
        }
    }

    /// The desk that gives an instrument's or a measure's order.
    fn owner_of(&self, order: &Action) -> Option<SeatIx> {
        match order {
            Action::Set { what, .. }
            | Action::Pilot {
                instrument: what, ..
            } => Some(self.instruments[self.instrument(what)?.at()].owner),
            order => Some(self.order(order.kind()?)?.owner),
        }
    }
}

impl View<'_> {
    /// Which other desks will feel an instrument or a measure: those with units where it works or
    /// next door, and the desk that it is set for.
    #[must_use]
    pub fn felt(&self, order: &Action) -> Vec<SeatIx> {
        let world = self.world();
        let Some(owner) = world.owner_of(order) else {
            return Vec::new();
        };
        let mut seats = self.felt_at(&world.places_of(order), owner);
        if let Action::Set {
            what, at: Some(at), ..
        } = order
        {
            let over = world
                .instrument(what)
                .map(|it| &world.instruments[it.at()].over);
            let desk = world.seat(at).filter(|_| over == Some(&Over::Seats));
            seats.extend(desk.filter(|desk| *desk != owner));
        }
        seats
    }

    /// The desks, besides the one that orders, with units in these precincts or next door.
    pub(super) fn felt_at(&self, places: &[PrecinctIx], owner: SeatIx) -> Vec<SeatIx> {
        let world = self.world();
        let mut near = places.to_vec();
        for place in places {
            let beside = &world.precincts[place.at()].neighbours;
            near.extend(beside.iter().map(|(place, _)| *place));
        }
        let mut seats: Vec<SeatIx> = self
            .units()
            .filter(|(_, post)| post.at.is_some_and(|(place, _)| near.contains(&place)))
            .map(|(unit, _)| world.kind_of(unit).owner)
            .filter(|seat| *seat != owner)
            .collect();
        seats.sort_unstable();
        seats.dedup();
        seats
    }
}
