//! The pace of the game, standing orders, and how many decisions a desk has.

use super::{Change, Desk, Order};
use crate::rules::action::Action;
use crate::rules::id::{Id, SeatIx};
use crate::rules::refusal::Refusal;
use crate::rules::table::{Decision, capacity, slots};
use crate::rules::world::{Controls, Dial, Posture, Tempo, World};

impl World {
    /// The desk to which an order belongs and what it is about; none for what is no order to means.
    pub(in crate::rules) fn decision(&self, action: &Action) -> Option<Decision> {
        let unit = |id: &Id| Some(self.kind_of(self.unit(id)?).owner);
        let ordered = || Some(self.order(action.kind()?)?.owner);
        let set = |id: &Id| Some(self.instruments[self.instrument(id)?.at()].owner);
        let at = |id: &Option<Id>| id.as_ref().map_or("", |id| id.as_str()).to_owned();
        let (seat, about, project) = match action {
            Action::Assign { unit: id, .. } | Action::Withdraw { unit: id } => {
                (unit(id)?, format!("unit/{id}"), false)
            }
            Action::Train { unit: id } => (unit(id)?, format!("unit/{id}"), true),
            Action::Duty { district, .. } => (ordered()?, format!("duty/{}", at(district)), false),
            Action::Sense { precinct, .. } => (ordered()?, format!("sense/{}", at(precinct)), true),
            Action::Build { precinct, .. } => (ordered()?, format!("work/{precinct}"), true),
            Action::Campaign { .. } => (ordered()?, "campaign".to_owned(), true),
            // Which alerts are looked into, or which site lends its post to which: one decision.
            Action::Set { what, .. } => (set(what)?, what.to_string(), true),
            Action::Pilot { instrument, .. } => (set(instrument)?, instrument.to_string(), true),
            _ => return None,
        };
        Some(Decision {
            seat,
            about: about.into(),
            project,
        })
    }
}

impl Desk<'_> {
    /// Whether an order fits the decisions that its desk has this turn.
    pub(super) fn fits(&self, decision: &Decision) -> Result<(), Refusal> {
        let (world, means) = (self.world, self.means);
        let routine = &means.routine;
        if routine.controls == Controls::Open {
            return Ok(());
        }
        let tempo = routine.tempo(means.turn);
        if tempo == Tempo::Quiet {
            return Err(Refusal::QuietTurn);
        }
        let slots = slots(world, means, decision.seat);
        if routine.fits(slots, decision) {
            return Ok(());
        }
        Err(Refusal::NoSlot {
            seat: world.seats[decision.seat.at()].id.clone(),
            tempo,
            most: slots.projects + slots.exceptions,
        })
    }

    /// The decision that an act is, if it is one. A new posture is one outside a planning turn.
    pub(super) fn decision(&self, action: &Action, change: &Change) -> Option<Decision> {
        match change {
            Change::Posture(seat, posture) => {
                let routine = &self.means.routine;
                let planning = routine.tempo(self.means.turn) == Tempo::Planning;
                let kept = routine.desks[seat.at()].posture == Some(*posture);
                (!planning && !kept).then(|| Decision {
                    seat: *seat,
                    about: "posture".into(),
                    project: false,
                })
            }
            _ => self.world.decision(action),
        }
    }

    pub(super) fn posture(&self, id: &Id, posture: Posture) -> Result<Change, Refusal> {
        let seat = self.desk(id)?;
        self.own(seat)?;
        self.can(seat, posture)?;
        Ok(Change::Posture(seat, posture))
    }

    /// Whether a desk has a posture.
    fn can(&self, seat: SeatIx, posture: Posture) -> Result<(), Refusal> {
        let seat = &self.world.seats[seat.at()];
        if seat.postures.contains(&posture) {
            return Ok(());
        }
        Err(Refusal::NoPosture {
            seat: seat.id.clone(),
            can: seat.postures.clone(),
        })
    }

    /// Who plays a desk is the facilitator's to say, whatever the table.
    pub(super) fn dial(&self, id: &Id, dial: Dial) -> Result<Change, Refusal> {
        let seat = self.desk(id)?;
        let standing = &self.means.routine.desks[seat.at()];
        if standing.posture.is_none() && dial != Dial::Manual {
            return Err(Refusal::NoPosture {
                seat: id.clone(),
                can: Vec::new(),
            });
        }
        if standing.dial == dial {
            return Err(Refusal::SetSo);
        }
        Ok(Change::Dial(seat, dial))
    }

    pub(super) fn tempo(&self, turn: u16, tempo: Tempo) -> Result<Change, Refusal> {
        let (from, turns) = (self.means.turn + 1, self.world.turns);
        if !(from..=turns).contains(&turn) {
            return Err(Refusal::TurnOutside { turn, from, turns });
        }
        if self.means.routine.tempo(turn) == tempo {
            return Err(Refusal::SetSo);
        }
        Ok(Change::Tempo(turn, tempo))
    }

    pub(super) fn controls(&self, controls: Controls) -> Result<Change, Refusal> {
        let routine = &self.means.routine;
        if self.means.turn > 1 || !routine.decided.is_empty() {
            return Err(Refusal::SettledAtStart);
        }
        if routine.controls == controls {
            return Err(Refusal::SetSo);
        }
        Ok(Change::Controls(controls))
    }

    pub(super) fn grant(&self, id: &Id) -> Result<Change, Refusal> {
        let seat = self.desk(id)?;
        self.own(self.world.coordination())?;
        let most = capacity(self.world, self.means);
        let given: u16 = self.means.routine.granted.iter().sum();
        if given >= most {
            return Err(Refusal::NoCapacity { most });
        }
        Ok(Change::Grant(seat))
    }

    /// An order that a posture gives: like any other, but that it takes no slot.
    pub(super) fn standing(
        &self,
        seat: &Id,
        posture: Posture,
        order: &Action,
    ) -> Result<Change, Refusal> {
        let stands = &self.means.routine.desks[self.seat.at()];
        if stands.posture != Some(posture) || stands.dial == Dial::Manual {
            return Err(Refusal::NotStanding {
                seat: seat.clone(),
                posture,
            });
        }
        if self.world.decision(order).is_none() && !matches!(order, Action::Answer { .. }) {
            return Err(Refusal::NotByStanding);
        }
        match super::order(self, seat, order)? {
            Order::Means(change, _) => Ok(Change::Standing(self.seat, Box::new(change))),
            Order::SetUp(..) | Order::Close | Order::EndTurn => Err(Refusal::NotByStanding),
        }
    }
}
