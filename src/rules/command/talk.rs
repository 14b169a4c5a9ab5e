//! What is said at the table: pins, releases, asks and answers, forecasts.

use super::{Change, Desk, meant};
use crate::rules::action::Table;
use crate::rules::id::{Id, SeatIx};
use crate::rules::refusal::Refusal;
use crate::rules::table::{
    self, Answered, Ask, MOST_OPEN, Note, Reply, RoomForecast, Said, Verdict, Wish,
};

impl Desk<'_> {
    pub(super) fn forecast(&self, id: &Id, low: u16, high: u16) -> Result<Change, Refusal> {
        let seat = self.desk(id)?;
        self.own(seat)?;
        if low > high {
            return Err(Refusal::EmptyRange { low, high });
        }
        Ok(Change::Say(Said::Forecast(RoomForecast {
            turn: self.means.turn,
            seat,
            low,
            high,
        })))
    }

    pub(super) fn ask(&self, seat: &Id, of: &Id, what: &Wish) -> Result<Change, Refusal> {
        let (asker, asked) = (self.desk(seat)?, self.desk(of)?);
        self.own(asker)?;
        if asker == asked {
            return Err(Refusal::OwnAsk { seat: seat.clone() });
        }
        Ok(Change::Say(Said::Ask(self.asks(asker, asked, what)?)))
    }

    /// A new ask of a desk, if what it names is there.
    pub(super) fn asks(&self, seat: SeatIx, of: SeatIx, what: &Wish) -> Result<Ask, Refusal> {
        let (world, means) = (self.world, self.means);
        match what {
            Wish::Funds(_) | Wish::Word => {}
            Wish::Order(kind) => {
                if world.order(*kind).is_none() {
                    return Err(Refusal::NotInScenario { order: *kind });
                }
            }
            Wish::Unit { unit, to } => {
                if world.unit(unit).is_none() {
                    let names = world.units.iter().map(|unit| unit.id.as_str());
                    return Err(Refusal::UnknownUnit(unit.clone(), meant(unit, names)));
                }
                to.as_ref().map(|to| self.precinct(to)).transpose()?;
            }
            Wish::Setting { what, to } => {
                let instrument = self.instrument(what)?;
                self.setting(&world.instruments[instrument.at()], to)?;
            }
        }
        if means.talk.waiting(seat) >= usize::from(MOST_OPEN) {
            return Err(Refusal::TooManyAsks {
                seat: world.seats[seat.at()].id.clone(),
                most: MOST_OPEN,
            });
        }
        Ok(Ask {
            id: means.talk.next_ask(world, seat),
            seat,
            of,
            what: what.clone(),
            turn: means.turn,
            answer: None,
            kept: None,
        })
    }

    pub(super) fn reply(&self, id: &Id, reply: &Reply, by: Option<u16>) -> Result<Change, Refusal> {
        let (world, means) = (self.world, self.means);
        let asks = &means.talk.asks;
        let Some(at) = asks.iter().position(|ask| ask.id == *id) else {
            let waiting = asks.iter().filter(|ask| ask.answer.is_none());
            let names = waiting.map(|ask| ask.id.as_str());
            return Err(Refusal::UnknownAsk(id.clone(), meant(id, names)));
        };
        let ask = &asks[at];
        self.own(ask.of)?;
        if ask.answer.is_some() {
            return Err(Refusal::AskAnswered { ask: id.clone() });
        }
        let (from, turns) = (means.turn, world.turns);
        let by = by.unwrap_or(from);
        if !(from..=turns).contains(&by) {
            return Err(Refusal::PromiseOutside { by, from, turns });
        }
        let (verdict, hangs_on) = match reply {
            Reply::Yes => (Verdict::Yes, None),
            Reply::No => (Verdict::No, None),
            Reply::YesIf(wish) => {
                let other = self.asks(ask.of, ask.seat, wish)?;
                (Verdict::If(other.id.clone()), Some(other))
            }
        };
        let answered = Answered {
            verdict,
            turn: from,
            by,
        };
        Ok(Change::Say(Said::Reply(at, answered, hangs_on)))
    }

    pub(super) fn ask_release(&self, id: &Id) -> Result<Change, Refusal> {
        let (world, means) = (self.world, self.means);
        let seat = self.desk(id)?;
        self.own(seat)?;
        if table::mandate_of(world, means, seat).is_none() {
            return Err(Refusal::NoMandate { seat: id.clone() });
        }
        match means.talk.release(seat) {
            None => Ok(Change::Say(Said::AskRelease(seat))),
            Some(release) if release.granted.is_some() => {
                Err(Refusal::Released { seat: id.clone() })
            }
            Some(_) => Err(Refusal::ReleaseAsked { seat: id.clone() }),
        }
    }

    pub(super) fn release(&self, id: &Id) -> Result<Change, Refusal> {
        let seat = self.desk(id)?;
        self.own(self.world.coordination())?;
        match self.means.talk.release(seat) {
            None => Err(Refusal::ReleaseNotAsked { seat: id.clone() }),
            Some(release) if release.granted.is_some() => {
                Err(Refusal::Released { seat: id.clone() })
            }
            Some(_) => Ok(Change::Say(Said::Release(seat))),
        }
    }

    pub(super) fn pin(&self, id: &Id) -> Result<Change, Refusal> {
        let (world, means) = (self.world, self.means);
        // Notes of other desks are refused as if they did not exist: it must not show that they do.
        let mine = |note: &Note| self.table == Table::Shared || note.seat == self.seat;
        let known: Vec<Note> = table::received(world, means).filter(mine).collect();
        let Some(note) = known.iter().find(|note| note.id == *id) else {
            let names = known.iter().map(|note| note.id.as_str());
            return Err(Refusal::UnknownNote(id.clone(), meant(id, names)));
        };
        if means.talk.on_map(means.turn, id) {
            return Err(Refusal::PinnedAlready { note: id.clone() });
        }
        let pins = || means.talk.pins_of(means.turn);
        if pins().any(|pin| pin.seat == note.seat) {
            return Err(Refusal::OnePin {
                seat: world.seats[note.seat.at()].id.clone(),
            });
        }
        let most = table::room_for_pins(world, means);
        if pins().count() >= usize::from(most) {
            return Err(Refusal::MapFull { most });
        }
        Ok(Change::Say(Said::Pin(id.clone(), note.seat)))
    }
}
