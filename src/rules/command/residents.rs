//! What the seat for those who are governed can do, and the three decisions of an emergency.

use super::{Change, Desk};
use crate::rules::action::Action;
use crate::rules::emergency::Beat;
use crate::rules::id::{Id, SeatIx};
use crate::rules::refusal::Refusal;
use crate::rules::table::{Ask, Endorsement, Said, Testimony, Wish, quarter};
use crate::rules::world::{InjectKind, OrderKind, World};

impl Desk<'_> {
    /// The seat, if this is it.
    fn oversight(&self) -> Result<SeatIx, Refusal> {
        let seat = self.world.oversight().ok_or(Refusal::NoResidents)?;
        self.own(seat).map(|()| seat)
    }

    /// Whether something that is done once a quarter has not been done in this one.
    fn once_a_quarter(&self, last: Option<u16>) -> Result<(), Refusal> {
        let world = self.world;
        let now = quarter(world, self.means.turn);
        match last {
            Some(turn) if quarter(world, turn) == now => Err(Refusal::OnceAQuarter {
                from: (now + 1) * world.turn.a_quarter() + 1,
            }),
            _ => Ok(()),
        }
    }

    pub(super) fn testify(&self, precinct: &Id) -> Result<Change, Refusal> {
        self.oversight()?;
        let place = self.precinct(precinct)?;
        let residents = &self.means.residents;
        let Some(told) = residents.witnessed.iter().find(|it| it.place == place) else {
            let known = residents.witnessed.iter();
            let name = |it: &crate::rules::table::Witnessed| {
                self.world.precincts[it.place.at()].id.clone()
            };
            return Err(Refusal::NotWitnessed {
                precinct: precinct.clone(),
                known: known.map(name).collect(),
            });
        };
        self.once_a_quarter(residents.testimonies.last().map(|it| it.turn))?;
        Ok(Change::Testify(Testimony {
            turn: self.means.turn,
            told: told.clone(),
        }))
    }

    pub(super) fn question(&self, of: &Id) -> Result<Change, Refusal> {
        let seat = self.oversight()?;
        let asked = self.desk(of)?;
        if asked == seat {
            return Err(Refusal::OwnAsk { seat: of.clone() });
        }
        let ask: Ask = self.asks(seat, asked, &Wish::Word)?;
        Ok(Change::Say(Said::Ask(ask)))
    }

    pub(super) fn endorse(&self, what: &Id, support: bool) -> Result<Change, Refusal> {
        self.oversight()?;
        self.instrument(what)?;
        let mut decided = self.means.routine.decided.iter();
        if !decided.any(|it| *it.about == *what.as_str()) {
            return Err(Refusal::NothingToEndorse { what: what.clone() });
        }
        self.once_a_quarter(self.means.residents.endorsements.last().map(|it| it.turn))?;
        Ok(Change::Endorse(Endorsement {
            turn: self.means.turn,
            what: what.clone(),
            support,
        }))
    }

    /// Whether something can still be done once the orders of the turn are closed: calls are
    /// answered, an emergency is decided, the turn is played.
    pub(super) fn while_closed(&self, action: &Action) -> bool {
        match action {
            Action::Emergency(_) | Action::EndTurn | Action::Close => true,
            Action::Answer { inject, .. } => self.world.inject(inject).is_some_and(|at| {
                matches!(self.world.injects[at.at()].kind, InjectKind::HotCall(_))
            }),
            _ => false,
        }
    }

    pub(super) fn beat(&self, beat: Beat) -> Result<Change, Refusal> {
        let (world, means) = (self.world, self.means);
        if means.room.now(means.turn).is_none() || !means.room.closed {
            return Err(Refusal::NoEmergency);
        }
        self.own(world.decides(beat))?;
        Ok(Change::Beat(beat))
    }
}

impl World {
    /// The seat for those who are governed, where there is one.
    #[must_use]
    pub fn oversight(&self) -> Option<SeatIx> {
        let at = self.seats.iter().position(|seat| seat.oversight);
        at.map(SeatIx::from_position)
    }

    /// The desk that decides one of the three things of an emergency: Street who goes in, whoever
    /// answers rumours what is said, Coordination who commands.
    #[must_use]
    pub fn decides(&self, beat: Beat) -> SeatIx {
        match beat {
            Beat::FirstIn(_) => self.kinds.first().map(|kind| kind.owner),
            Beat::InCommand(_) => None,
            Beat::Say(_) => {
                let reply = self.open_instrument("rumour-reply");
                let online = self.order(OrderKind::OnlineMonitoring);
                reply
                    .map(|at| self.instruments[at.at()].owner)
                    .or(online.map(|order| order.owner))
            }
        }
        .unwrap_or_else(|| self.coordination())
    }
}
