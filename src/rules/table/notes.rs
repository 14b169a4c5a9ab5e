//! Desk notes: who has which, and which are pinned to the map.

use crate::rules::chance::{Luck, Purpose};
use crate::rules::digest::canon;
use crate::rules::id::{Id, SeatIx};
use crate::rules::means::Means;
use crate::rules::model::Coefficient as C;
use crate::rules::response::cells;
use crate::rules::state::State;
use crate::rules::view::View;
use crate::rules::world::{DeskNote, Hint, Matter, Quality, World};
use crate::rules::{turn, warning};

/// The instrument that makes room for pins.
const ONE_MAP: &str = "one-map";

/// A note on the map, for all to see.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    /// The note.
    pub note: Id,
    /// The desk whose note it is.
    pub seat: SeatIx,
    /// The turn in which it was pinned; it goes when the turn ends.
    pub turn: u16,
}

/// A note as whoever may read it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its name.
    pub id: Id,
    /// Where its words stand in the scenario's list.
    pub at: u16,
    /// The desk to which it came.
    pub seat: SeatIx,
    /// The turn in which it came.
    pub turn: u16,
    /// What it is about.
    pub hint: Option<Hint>,
}

/// A note as the debrief tells of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldNote {
    /// The note.
    pub note: Note,
    /// What it was worth.
    pub quality: Quality,
    /// The turns in which it was on the map.
    pub pinned: Vec<u16>,
}

canon! {
    Pin { note, seat, turn }
}

impl crate::rules::digest::Canon for Note {
    /// Without its place in the list: that would tell how many notes the desks before it have.
    fn canon(&self, walk: &mut crate::rules::digest::Walk) {
        let Self {
            id,
            at: _,
            seat,
            turn,
            hint,
        } = self;
        id.canon(walk);
        seat.canon(walk);
        turn.canon(walk);
        hint.canon(walk);
    }
}

/// Brings the desks the notes whose time has come.
pub(in crate::rules) fn deliver(state: &mut State, world: &World) {
    let turn = state.means.turn;
    let mut stream = Luck::new(state.seed).stream(turn::last_step(world, turn), Purpose::Notes);
    for (at, note) in world.desks.notes().iter().enumerate() {
        let due = state.means.received[at].is_none()
            && (note.when.first..=note.when.last).contains(&turn)
            && (note.when.chance >= 1.0 || stream.at(at as u32).uniform() < note.when.chance)
            && note.behind.is_none_or(|(card, variant)| {
                // It comes with its card: what it tells is of use before the card is answered. A game
                // that is played without cards has none.
                let came = state.means.injects.get(card.at());
                came.is_some_and(|card| card.fired == Some(turn))
                    && state.truth.deal.variants.get(card.at()) == Some(&variant)
            })
            && warning::holds(state, &note.when.condition);
        if due {
            state.means.received[at] = Some(turn);
        }
    }
}

/// The notes that have come to a desk, in the order of the scenario.
pub(in crate::rules) fn received<'a>(
    world: &'a World,
    means: &'a Means,
) -> impl Iterator<Item = Note> + use<'a> {
    kept(world, means).map(|(note, _)| note)
}

/// The same, with what is kept from everybody.
fn kept<'a>(world: &'a World, means: &'a Means) -> impl Iterator<Item = (Note, &'a DeskNote)> {
    let notes = world.desks.notes().iter().enumerate();
    notes.filter_map(|(at, note)| {
        let turn = means.received.get(at).copied().flatten()?;
        let seen = Note {
            id: note.id.clone(),
            at: at as u16,
            seat: note.seat,
            turn,
            hint: note.hint,
        };
        Some((seen, note))
    })
}

/// How many notes the map holds: two, and two more for each step that it has been built up.
pub(in crate::rules) fn room_for_pins(world: &World, means: &Means) -> u16 {
    let map = world.open_instrument(ONE_MAP);
    2 + 2 * map.map_or(0, |map| u16::from(means.reached(map)))
}

/// How much better patrol finds its corners where a note is pinned, per cell, as a factor of what
/// hot-spot patrol prevents. None where no note of a place is on the map.
pub(in crate::rules) fn found(city: &World, means: &Means) -> Vec<f64> {
    let mut found = Vec::new();
    for pin in means.talk.pins_of(means.turn) {
        let note = city.desks.notes().iter().find(|note| note.id == pin.note);
        let Some((quality, hint)) = note.and_then(|note| Some((note.quality, note.hint?))) else {
            continue;
        };
        let Some(place) = hint.place else { continue };
        let factor = match quality {
            Quality::Accurate => city.model.get(C::PinAccurate),
            Quality::Dated | Quality::Partial => 1.0,
            Quality::Wrong => city.model.get(C::PinWrong),
        };
        found.resize(cells(city).count(), 1.0);
        for (p, k) in cells(city).filter(|(p, _)| *p == place) {
            if !matches!(hint.matter, Some(Matter::Family(family)) if family != k) {
                found[city.cell(p, k)] *= factor;
            }
        }
    }
    // A true figure on the map is as good as a note that is true and whole.
    for place in super::told_places(means) {
        found.resize(cells(city).count(), 1.0);
        for (p, k) in cells(city).filter(|(p, _)| *p == place) {
            found[city.cell(p, k)] *= city.model.get(C::PinAccurate);
        }
    }
    found
}

/// Everything that came to a desk, for the debrief.
pub(in crate::rules) fn told(world: &World, means: &Means) -> Vec<ToldNote> {
    kept(world, means)
        .map(|(note, kept)| ToldNote {
            quality: kept.quality,
            pinned: (means.talk.pins.iter())
                .filter(|pin| pin.note == note.id)
                .map(|pin| pin.turn)
                .collect(),
            note,
        })
        .collect()
}

impl<'a> View<'a> {
    /// The notes that have come to the seat.
    pub fn notes(&self) -> impl Iterator<Item = Note> + use<'a> {
        let seat = self.seat;
        received(self.world, self.means).filter(move |note| note.seat == seat)
    }

    /// The notes on the map, which every desk reads.
    pub fn pinned(&self) -> impl Iterator<Item = Note> + use<'a> {
        let means = self.means;
        received(self.world, means).filter(|note| means.talk.on_map(means.turn, &note.id))
    }

    /// How many notes the map holds in a turn.
    #[must_use]
    pub fn room_for_pins(&self) -> u16 {
        room_for_pins(self.world, self.means)
    }
}

impl super::Talk {
    /// The pins on the map in a turn.
    pub fn pins_of(&self, turn: u16) -> impl Iterator<Item = &Pin> {
        self.pins.iter().filter(move |pin| pin.turn == turn)
    }

    /// Whether a note is on the map in a turn.
    pub fn on_map(&self, turn: u16, note: &Id) -> bool {
        self.pins_of(turn).any(|pin| pin.note == *note)
    }
}
