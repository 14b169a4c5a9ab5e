//! What is said at the table: pins, releases.

use super::{Change, Desk, meant};
use crate::rules::action::{Refusal, Table};
use crate::rules::id::Id;
use crate::rules::table::{self, Note, Said};

impl Desk<'_> {
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
