//! Filled-in orders for a desk that has a slot to fill: three at most, each by a logic of its own.
//!
//! They are suggestions, not advice: what is most recorded, what the card expects to do most harm,
//! and what nobody serves are often three different places, and saying so is half of the decision.

use super::action::Action;
use super::id::{Id, InstrumentIx, PrecinctIx, SeatIx, UnitIx};
use super::pressure;
use super::sight::{expected_harm, ranked, record, trust};
use super::table::Wish;
use super::units::Amount;
use super::view::View;
use super::world::{Duty, OrderKind, Over, Tactic, Tempo};

/// What a suggestion goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Logic {
    /// Where most is on record.
    MostRecorded,
    /// Where the card expects most harm.
    MostHarm,
    /// Where fewest are there for people.
    LeastServed,
}

impl Logic {
    /// Every logic.
    pub const ALL: [Self; 3] = [Self::MostRecorded, Self::MostHarm, Self::LeastServed];

    /// Its name in texts (`logic.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::MostRecorded => "most-recorded",
            Self::MostHarm => "most-harm",
            Self::LeastServed => "least-served",
        }
    }
}

/// What is said for a suggestion. A logic ranks places and risk domains; what has neither is told
/// apart by what is so of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The place, by the logic.
    Place(Logic),
    /// The risk domain, by the logic.
    Domain(Logic),
    /// After this turn it cannot be set any more.
    OnlyNow,
    /// It goes a step further than what stands.
    Further,
    /// It stands at its first setting.
    Untouched,
    /// A team of the desk's own, in the order of its list.
    NextTeam,
}

impl Ground {
    /// Its name in texts (`logic.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Place(logic) => logic.id(),
            Self::Domain(Logic::MostRecorded) => "high-pressure",
            Self::Domain(Logic::MostHarm) => "harmful-pressure",
            Self::Domain(Logic::LeastServed) => "low-pressure",
            Self::OnlyNow => "only-now",
            Self::Further => "further",
            Self::Untouched => "untouched",
            Self::NextTeam => "next-team",
        }
    }
}

/// What a desk fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// One build, training or setting.
    Project,
    /// One order that departs from the posture.
    Exception,
    /// One request to another desk.
    Ask,
}

impl Slot {
    /// Its name in identifiers and texts (`desk.slot.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Exception => "exception",
            Self::Ask => "ask",
        }
    }
}

/// A filled-in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// What is said for it.
    pub ground: Ground,
    /// The order.
    pub order: Action,
}

impl View<'_> {
    /// The slots that a desk has this turn, by its tempo.
    #[must_use]
    pub fn open_slots(&self) -> &'static [Slot] {
        match self.tempo(self.turn()) {
            Tempo::Planning if self.turn() == 1 => &[Slot::Exception, Slot::Ask],
            Tempo::Planning => &[Slot::Project, Slot::Ask],
            Tempo::Working => &[Slot::Exception],
            Tempo::Quiet => &[],
        }
    }

    /// Orders that would fill a slot of a desk now, each different and each allowed.
    #[must_use]
    pub fn candidates(&self, seat: SeatIx, slot: Slot) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        for logic in Logic::ALL {
            let places = places(self, logic);
            let offered = match slot {
                Slot::Exception => self.exceptions(seat, logic, &places),
                Slot::Project => self.projects(seat, logic, &places),
                Slot::Ask => self.asks_for(seat, &places),
            };
            let id = &self.world.seats[seat.at()].id;
            let order = offered.into_iter().find(|order| {
                let new = found.iter().all(|it| it.order != *order);
                new && self.of(seat).check_as(id, order)
            });
            found.extend(order.map(|order| Candidate {
                ground: self.ground(logic, &order),
                order,
            }));
        }
        found
    }

    /// What is so of an order that a logic has brought up.
    fn ground(&self, logic: Logic, order: &Action) -> Ground {
        let (what, at) = match order {
            Action::Set { what, at, .. } => (what, at),
            Action::Train { .. } => return Ground::NextTeam,
            _ => return Ground::Place(logic),
        };
        let Some(index) = self.world.instrument(what) else {
            return Ground::Place(logic);
        };
        let instrument = &self.world.instruments[index.at()];
        let over = &instrument.over;
        match over {
            Over::Precincts | Over::Sites | Over::Gates => return Ground::Place(logic),
            Over::Domains => return Ground::Domain(logic),
            Over::City | Over::Districts | Over::Seats | Over::Named(_) => {}
        }
        if instrument.until == self.turn() {
            return Ground::OnlyNow;
        }
        let at = at.as_ref().map(Id::as_str);
        let subject = (0..self.world.subjects(over)).find(|it| self.world.subject(over, *it) == at);
        let pointer = subject.and_then(|it| self.means.instruments[index.at()].get(it));
        match pointer {
            Some(pointer) if pointer.ordered() > 0 => Ground::Further,
            _ => Ground::Untouched,
        }
    }

    fn check_as(&self, seat: &Id, order: &Action) -> bool {
        super::command::check_open(self.world, self.means, seat, order).is_ok()
    }

    /// Units sent to the first places; for a desk without units, its other orders there.
    fn exceptions(&self, seat: SeatIx, logic: Logic, places: &[PrecinctIx]) -> Vec<Action> {
        let own =
            |(unit, _): &(UnitIx, super::means::Post)| self.world.kind_of(*unit).owner == seat;
        let mut units: Vec<_> = self.units().filter(own).collect();
        // Those that wait first, then those from the places that matter least.
        let rank = |place| places.iter().position(|it| *it == place).unwrap_or(0);
        units.sort_by_key(|(unit, post)| {
            let spare = post.at.map_or(usize::MAX, |(place, _)| rank(place));
            (std::cmp::Reverse(spare), *unit)
        });
        let sent = places.iter().flat_map(|to| {
            units.iter().filter_map(|(unit, _)| {
                let tactic = *self.world.kind_of(*unit).tactics.first()?;
                Some(Action::Assign {
                    unit: self.world.units[unit.at()].id.clone(),
                    to: self.world.precincts[to.at()].id.clone(),
                    tactic,
                })
            })
        });
        let mut orders: Vec<Action> = sent.collect();
        if self
            .world
            .order(OrderKind::Duty)
            .is_some_and(|it| it.owner == seat)
        {
            orders.extend(places.iter().map(|place| {
                let district = self.world.precincts[place.at()].district;
                Action::Duty {
                    district: Some(self.world.districts[district.at()].clone()),
                    level: Duty::II,
                }
            }));
        }
        if orders.is_empty() {
            orders = self.settings(seat, logic, places);
        }
        orders
    }

    fn projects(&self, seat: SeatIx, logic: Logic, places: &[PrecinctIx]) -> Vec<Action> {
        let mut orders = self.settings(seat, logic, places);
        let trains = self.world.order(OrderKind::Training).is_some();
        let units = self
            .units()
            .filter(|(unit, _)| trains && self.world.kind_of(*unit).owner == seat);
        orders.extend(units.map(|(unit, _)| Action::Train {
            unit: self.world.units[unit.at()].id.clone(),
        }));
        orders
    }

    /// The next step of each of a desk's instruments, for what matters most by a logic.
    fn settings(&self, seat: SeatIx, logic: Logic, places: &[PrecinctIx]) -> Vec<Action> {
        let world = self.world;
        let mut orders = Vec::new();
        for (at, instrument) in world.instruments.iter().enumerate() {
            if instrument.owner != seat {
                continue;
            }
            for subject in self.subjects(InstrumentIx::from_position(at), logic, places) {
                let pointer = self.means.instruments[at][subject];
                let Some(to) = instrument.settings.get(usize::from(pointer.ordered()) + 1) else {
                    continue;
                };
                orders.push(Action::Set {
                    what: instrument.id.clone(),
                    at: world.subject(&instrument.over, subject).map(Id::from),
                    to: to.id.clone(),
                });
            }
        }
        orders
    }

    /// What an instrument can be set for, what matters most first.
    fn subjects(
        &self,
        instrument: InstrumentIx,
        logic: Logic,
        places: &[PrecinctIx],
    ) -> Vec<usize> {
        let world = self.world;
        let over = &world.instruments[instrument.at()].over;
        let rank = |place: PrecinctIx| places.iter().position(|it| *it == place).unwrap_or(0);
        let mut all: Vec<usize> = (0..world.subjects(over)).collect();
        match over {
            Over::Precincts => all.sort_by_key(|at| rank(PrecinctIx::from_position(*at))),
            Over::Sites => all.sort_by_key(|at| rank(world.sites[*at].precinct)),
            Over::Gates => all.sort_by_key(|at| rank(world.gates[*at].precinct)),
            Over::Domains => {
                let worth: Vec<f64> = (self.pressures())
                    .map(|(domain, reading)| {
                        let points = reading.to_f64();
                        match logic {
                            Logic::MostRecorded => points,
                            Logic::MostHarm => {
                                pressure::hazard(&world.model, points)
                                    * pressure::severity(&world.model, domain)
                            }
                            Logic::LeastServed => -points,
                        }
                    })
                    .collect();
                all.sort_by(|a, b| worth[*b].total_cmp(&worth[*a]));
            }
            Over::City | Over::Districts | Over::Seats | Over::Named(_) => {}
        }
        all
    }

    /// Another desk's team wanted in the first places.
    fn asks_for(&self, seat: SeatIx, places: &[PrecinctIx]) -> Vec<Action> {
        let world = self.world;
        let wanted = [Tactic::HotSpot, Tactic::Outreach, Tactic::Mediation];
        let others: Vec<UnitIx> = wanted
            .into_iter()
            .flat_map(|tactic| {
                self.units().map(|(unit, _)| unit).filter(move |unit| {
                    let kind = world.kind_of(*unit);
                    kind.owner != seat && kind.tactics.contains(&tactic)
                })
            })
            .collect();
        let asks = places.iter().flat_map(|to| {
            others.iter().map(|unit| Action::Ask {
                seat: world.seats[seat.at()].id.clone(),
                of: world.seats[world.kind_of(*unit).owner.at()].id.clone(),
                what: Wish::Unit {
                    unit: world.units[unit.at()].id.clone(),
                    to: Some(world.precincts[to.at()].id.clone()),
                },
            })
        });
        asks.collect()
    }
}

/// The precincts in the order of a logic.
fn places(view: &View, logic: Logic) -> Vec<PrecinctIx> {
    let world = view.world();
    match logic {
        Logic::MostRecorded => {
            let record = record(view);
            ranked(view, |p| record[p.at()])
        }
        Logic::MostHarm => {
            let harm: Vec<f64> = expected_harm(view).collect();
            let families = world.families.len();
            ranked(view, |p| harm[p.at() * families..][..families].iter().sum())
        }
        Logic::LeastServed => {
            let trust = trust(view);
            let mut there = vec![0.0; world.precincts.len()];
            for (_, post) in view.units() {
                if let Some((place, _)) = post.at {
                    there[place.at()] += 1.0;
                }
            }
            ranked(view, |p| {
                let people = f64::from(world.precincts[p.at()].residents);
                // Where equally few are there, trust decides.
                -there[p.at()] / people * 1e5 - trust[p.at()] / 1e3
            })
        }
    }
}
