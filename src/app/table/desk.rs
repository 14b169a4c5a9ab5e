//! The desk in hand: which page of it lies open, what is being set there, and what it would cost.

use super::Table;
use super::act::Slip;
use super::ghosts::Ahead;
use super::sheet::{Sensed, Sheet};
use crate::lab::lineup::owner;
use crate::rules::candidates::{Candidate, Slot};
use crate::rules::id::{KindIx, SeatIx};
use crate::rules::table::Wish;
use crate::rules::world::{Controls, Dial};
use crate::rules::{Action, Cents, Id, Micro, Reason, Refusal, Table as Command, View};
use crate::scenario::Scenario;
use crate::session::Mark;
use bevy::prelude::*;
use std::collections::BTreeSet;

/// How far the first guess of a forecast lies on either side of the last figure, points.
const MARGIN: f64 = 2.0;
/// From so many desks on, a table has one of them in hand at a time. Fewer fit on one page.
pub(super) const DESKS_IN_SIGHT: usize = 3;

/// A page of the desk in hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// What it may decide now.
    #[default]
    Orders,
    /// All that it can set.
    Tools,
    /// What came to it alone.
    Notes,
    /// What desks ask of each other, and what is asked of the desk.
    Talk,
    /// What it does as long as nobody orders otherwise.
    Standing,
}

impl Page {
    /// Every page, in their order.
    pub const ALL: [Self; 5] = [
        Self::Orders,
        Self::Tools,
        Self::Notes,
        Self::Talk,
        Self::Standing,
    ];

    /// Its name in identifiers and texts (`desk.page.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Tools => "tools",
            Self::Notes => "notes",
            Self::Talk => "talk",
            Self::Standing => "standing",
        }
    }
}

/// What an order would take of the table's means at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Price {
    /// Funds.
    pub funds: Cents,
    /// Analysts.
    pub analysts: u16,
    /// Goodwill.
    pub goodwill: Micro,
}

/// The desk in hand.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// Which.
    pub seat: SeatIx,
    /// The page that lies open.
    pub page: Page,
    /// Whether its pages are put away, because teams are moved on the map.
    pub on_map: bool,
    /// What its standing order will do.
    pub ahead: Ahead,
    /// What is being set on it.
    pub sheet: Option<Sheet>,
    /// Which of the things that can be set so.
    pub thing: usize,
    /// Sensing as it is being set.
    pub sensed: Sensed,
    /// The word that goes with what is said next.
    pub reason: Option<Reason>,
    /// The room's forecast as it is being said: least and most.
    pub range: Option<(u16, u16)>,
    /// Whether the room's forecast is laid out, where all desks lie on one page.
    pub foresees: bool,
    /// What is suggested to the desk this turn. It stays as it was when the desk was first taken in
    /// hand, so that what has been chosen does not vanish.
    pub offers: Vec<(SeatIx, Slot, Vec<Candidate>)>,
    /// Desks that have finished their orders.
    pub ready: BTreeSet<SeatIx>,
    /// Whether it has been said that a desk is not ready.
    pub told_of_desks: bool,
    /// Whether the next desk has to come before anything of it is shown.
    pub covered: bool,
}

/// How freely desks order unless somebody chooses otherwise: where many people sit at a table whose
/// desks have standing orders, each fills a few slots; who plays alone, or at a small table, places
/// what they like.
pub(super) fn usual_controls(scenario: &Scenario, solo: bool) -> Controls {
    let seats = &scenario.world.seats;
    let many = seats.len() > DESKS_IN_SIGHT && !solo;
    if many && seats.iter().any(|seat| !seat.postures.is_empty()) {
        return Controls::Slots;
    }
    scenario.world.controls
}

impl Table {
    /// Chooses whether most desks of a new game are left to their standing orders.
    pub(super) fn play_alone(&mut self, solo: bool) {
        self.solo = solo;
        self.controls = usual_controls(&self.scenario, solo);
    }

    /// Whether the scenario says anything to whoever runs a workshop with it.
    #[must_use]
    pub fn has_workshop_notes(&self) -> bool {
        let meta = &self.scenario.meta;
        [&meta.notes, &meta.learning, &meta.questions]
            .iter()
            .any(|it| !it.is_empty())
    }

    /// Whether one desk at a time is in hand. A few desks that only move units lie on one page;
    /// what is set, and what one desk is told alone, has its place on the pages of that desk.
    #[must_use]
    pub fn shows_desks(&self) -> bool {
        let world = &self.scenario.world;
        let desks = world.seats.len();
        let set = !world.orders.is_empty() || !world.instruments.is_empty();
        desks > DESKS_IN_SIGHT
            || (desks > 0 && (set || self.has_secrets()))
            || (desks > 1 && self.each_for_itself())
    }

    /// Whether each desk commands its own.
    #[must_use]
    pub fn each_for_itself(&self) -> bool {
        let command = self.view().and_then(|view| view.table());
        command.unwrap_or(self.command) == Command::Desks
    }

    /// Whether desks may hold what others must not read, so that a laptop is handed on covered.
    #[must_use]
    pub fn has_secrets(&self) -> bool {
        !self.scenario.names.desk_notes.is_empty()
    }

    /// The kinds of unit in the tray, in its order: those of the desk in hand, or all.
    #[must_use]
    pub fn kinds(&self) -> Vec<KindIx> {
        let Some(view) = self.view() else {
            return Vec::new();
        };
        let world = view.world();
        let in_play = |kind: &KindIx| {
            let own = !self.shows_desks() || world.kinds[kind.at()].owner == self.desk.seat;
            own && view
                .units()
                .any(|(unit, _)| world.units[unit.at()].kind == *kind)
        };
        (0..world.kinds.len())
            .map(KindIx::from_position)
            .filter(in_play)
            .collect()
    }

    /// What a slot of the desk in hand may be filled with.
    #[must_use]
    pub fn offers(&self, slot: Slot) -> &[Candidate] {
        self.offers_of(self.desk.seat, slot)
    }

    /// What a slot of a desk may be filled with, as far as it has been looked up.
    #[must_use]
    pub fn offers_of(&self, seat: SeatIx, slot: Slot) -> &[Candidate] {
        let mut all = self.desk.offers.iter();
        let found = all.find(|(of, which, _)| (*of, *which) == (seat, slot));
        found.map_or(&[], |(.., offers)| offers)
    }

    /// Looks up what can be suggested to the desk in hand, once a turn.
    pub(super) fn look_for_offers(&mut self) {
        let seat = self.desk.seat;
        if !self.shows_desks() || self.desk.offers.iter().any(|(of, ..)| *of == seat) {
            return;
        }
        let Some(view) = self.view() else {
            return;
        };
        let found: Vec<_> = view
            .open_slots()
            .iter()
            .map(|slot| (seat, *slot, view.candidates(seat, *slot)))
            .collect();
        self.desk.offers.extend(found);
    }

    /// Takes a desk in hand. Where each commands its own, the laptop changes hands first.
    pub(super) fn take_desk(&mut self, seat: SeatIx) {
        if seat.at() >= self.scenario.world.seats.len() || seat == self.desk.seat {
            return;
        }
        self.hand = None;
        // What was looked at with another desk would push this one's pages away.
        self.chosen = None;
        self.desk = Desk {
            seat,
            page: self.desk.page,
            offers: std::mem::take(&mut self.desk.offers),
            ready: std::mem::take(&mut self.desk.ready),
            told_of_desks: self.desk.told_of_desks,
            ..Desk::default()
        };
        self.cover_desk();
        self.look_for_offers();
    }

    /// Covers the desk in hand until its people are there, where a laptop goes from desk to desk.
    pub(super) fn cover_desk(&mut self) {
        self.desk.covered = self.privacy && self.shows_desks() && self.each_for_itself();
        if self.desk.covered {
            (self.card, self.chosen) = (None, None);
        }
    }

    /// Opens a page of the desk in hand.
    pub(super) fn open_page(&mut self, page: Page) {
        self.desk.page = page;
        self.desk.sheet = None;
        self.desk.on_map = false;
    }

    /// Puts the pages away and says what is to be done on the map.
    pub(super) fn turn_to_the_map(&mut self) {
        self.desk.sheet = None;
        self.desk.on_map = true;
        self.chosen = None;
        // Where the pages lie over the map, what they say goes with them.
        if std::mem::take(&mut self.panel) {
            self.notice = Some(self.words().say("desk.on-map"));
        }
    }

    /// The room's forecast as it is being said, as it was said, or about the last figure.
    #[must_use]
    pub fn range(&self) -> Option<(u16, u16)> {
        let view = self.view()?;
        let last = view.room_figure();
        let bound = |points: f64| points.clamp(0.0, f64::from(u16::MAX)) as u16;
        let first = (
            bound((last - MARGIN).floor()),
            bound((last + MARGIN).ceil()),
        );
        let said = view.room_forecast().map(|said| (said.low, said.high));
        self.desk.range.or(said).or(Some(first))
    }

    /// What an order of a desk would take at once.
    ///
    /// # Errors
    ///
    /// Why it would be refused.
    pub fn price(&self, action: &Action) -> Result<Price, Refusal> {
        let Some(view) = self.view() else {
            return Err(Refusal::NotSetUp);
        };
        let mut draft = view.draft();
        draft.give(&self.giver(action), action.clone())?;
        let after = draft.view();
        Ok(Price {
            funds: view.free_funds() - after.free_funds(),
            analysts: view.free_analysts().saturating_sub(after.free_analysts()),
            goodwill: view.free_goodwill() - after.free_goodwill(),
        })
    }

    /// The desk that gives an order: the one in hand where each commands its own, else the one whose
    /// it is. What the room decides together, and what postures order, is nobody's hand.
    pub(super) fn giver(&self, action: &Action) -> Id {
        let of_the_room = self.call.is_some() || matches!(action, Action::Standing { .. });
        match action {
            Action::SetUp { .. } | Action::EndTurn | Action::Close => self.seat(),
            Action::Reply { .. } if !self.each_for_itself() => self.asked_desk(action),
            order if self.each_for_itself() && !of_the_room => match order {
                // A desk says these for itself, whoever is named in them.
                Action::Emergency(_) | Action::RoomForecast { .. } => {
                    owner(&self.scenario.world, order)
                }
                _ => self.seat(),
            },
            order => owner(&self.scenario.world, order),
        }
    }

    /// The desk that an answer is asked of.
    fn asked_desk(&self, action: &Action) -> Id {
        let Action::Reply { ask, .. } = action else {
            return self.seat();
        };
        let asks = self.view().map_or(&[][..], |view| view.asks());
        let found = asks.iter().find(|it| it.id == *ask);
        found.map_or_else(
            || self.seat(),
            |it| self.scenario.world.seats[it.of.at()].id.clone(),
        )
    }

    /// What can be asked of the desk that a refused order belongs to.
    pub(super) fn ask_instead(&self, action: &Action, refusal: &Refusal) -> Option<Action> {
        let Refusal::OtherDesk { owner } = refusal else {
            return None;
        };
        let what = match action {
            Action::Assign { unit, to, .. } => Wish::Unit {
                unit: unit.clone(),
                to: Some(to.clone()),
            },
            Action::Withdraw { unit } => Wish::Unit {
                unit: unit.clone(),
                to: None,
            },
            Action::Set { what, to, .. } => Wish::Setting {
                what: what.clone(),
                to: to.clone(),
            },
            other => Wish::Order(other.kind()?),
        };
        let ask = Action::Ask {
            seat: self.seat(),
            of: owner.clone(),
            what,
        };
        self.view()?.check(&ask).is_ok().then_some(ask)
    }

    /// Keeps the word that was chosen for an order with the order, as a mark of the log: the state
    /// and its digest know nothing of it. What carries its word itself keeps it there.
    pub(super) fn say_why(&mut self, order: &Action) {
        let orders = matches!(
            order,
            Action::Assign { .. }
                | Action::Withdraw { .. }
                | Action::Set { .. }
                | Action::Pilot { .. }
                | Action::Answer { .. }
        );
        let (true, Some(reason)) = (orders || order.kind().is_some(), self.desk.reason) else {
            return;
        };
        let seat = self.giver(order);
        let Some(session) = self.session.as_mut() else {
            return;
        };
        let act = session.journal().head();
        let mark = Mark::Reason { seat, act, reason };
        match session.mark(mark) {
            Ok(()) => self.desk.reason = None,
            // The order stands all the same.
            Err(error) => error!("the mark of a reason was not kept: {error}"),
        }
    }

    /// What an act went by, if that was said.
    #[must_use]
    pub fn reason_at(&self, act: u32) -> Option<Reason> {
        self.session.as_ref()?.journal().reason(act)
    }

    /// What an order of this turn went by, if that was said.
    #[must_use]
    pub fn reason_of(&self, order: &Action) -> Option<Reason> {
        let given = self.given();
        let mut open = given.iter().rev().take_while(|act| !act.ends_turn());
        let act = open.find(|act| act.action == *order)?;
        self.reason_at(act.n)
    }

    /// Whether people play a desk, and not its standing order alone.
    #[must_use]
    pub fn played(&self, seat: SeatIx) -> bool {
        let stands = self
            .view()
            .and_then(|view| view.standing().get(seat.at()).copied());
        stands.is_none_or(|stands| stands.dial != Dial::Delegated)
    }

    /// How many desks people play.
    #[must_use]
    pub fn desks_played(&self) -> usize {
        let seats = 0..self.scenario.world.seats.len();
        seats
            .map(SeatIx::from_position)
            .filter(|seat| self.played(*seat))
            .count()
    }

    /// Says that the desk in hand has finished its orders, or that it has not.
    pub(super) fn turn_ready(&mut self) {
        let (seat, id) = (self.desk.seat, self.seat());
        let ready = !self.desk.ready.contains(&seat);
        let Some(session) = self.session.as_mut() else {
            return;
        };
        // A mark is a memory for the debrief; that it was not written stops nobody.
        if let Err(error) = session.mark(Mark::Readiness { seat: id, ready }) {
            error!("the mark of a desk was not kept: {error}");
        }
        if ready {
            self.desk.ready.insert(seat);
        } else {
            self.desk.ready.remove(&seat);
        }
    }

    /// Where some desks have said that they are ready and others have not, that is told once.
    pub(super) fn unready(&mut self) -> Option<Slip> {
        let desks = self.scenario.world.seats.len();
        let ready = self.desk.ready.len();
        if !self.shows_desks()
            || ready == 0
            || ready >= self.desks_played()
            || self.desk.told_of_desks
        {
            return None;
        }
        self.desk.told_of_desks = true;
        let words = self.words();
        let names: Vec<&str> = (0..desks)
            .map(SeatIx::from_position)
            .filter(|seat| self.played(*seat) && !self.desk.ready.contains(seat))
            .map(|seat| words.seat(seat))
            .collect();
        Some(Slip {
            place: None,
            kind: None,
            title: words.say("desk.unready"),
            body: words.with(
                "desk.unready.body",
                "desks",
                &names.join(&words.say("list.comma")),
            ),
            ask: None,
        })
    }
}

/// Whether all is as an order would have it: the order is refused because it is so already, or the
/// same has been asked this turn and waits for its answer.
#[must_use]
pub fn stands(view: &View, action: &Action) -> bool {
    use Refusal as R;
    if let Action::Ask { seat, of, what } = action {
        let seats = &view.world().seats;
        return view.asks().iter().any(|ask| {
            let between = seats[ask.seat.at()].id == *seat && seats[ask.of.at()].id == *of;
            let now = ask.turn == view.turn() && ask.answer.is_none();
            now && between && ask.what == *what
        });
    }
    matches!(
        view.check(action),
        Err(R::AlreadyThere { .. } | R::AlreadySet { .. } | R::NoChange { .. } | R::SetSo)
    )
}
