//! The course of a game: begun, continued, turn by turn, to its debrief.

use super::act::{Asked, Call, Overlay, Screen, Slip};
use super::{Again, Desk, Old, Reading, Table, Told, stands};
use crate::rules::Table as Command;
use crate::rules::id::{InjectIx, KindIx, PrecinctIx, SeatIx};
use crate::rules::state::InjectState;
use crate::rules::world::{Dial, InjectKind};
use crate::rules::{Action, Id, State, standing, view};
use crate::scenario::Scenario;
use crate::session::{ActError, Consent, Opening, Sentence, Session, order_again};
use bevy::prelude::*;
use std::sync::Arc;

/// The desks that one person plays alone; standing orders do the rest.
const SOLO: [&str; 2] = ["street", "community"];

/// Whether an act is an order, and not a step of the game.
#[must_use]
pub fn is_order(action: &Action) -> bool {
    !matches!(
        action,
        Action::SetUp { .. } | Action::Controls(_) | Action::Close | Action::EndTurn
    )
}

impl Table {
    pub(super) fn start(&mut self) -> Asked {
        let scenario = Arc::clone(&self.scenario);
        match self.storage.begin(&scenario, self.seed) {
            Ok(session) => self.session = Some(session),
            Err(error) => {
                self.notice = Some(self.words().sentence(&error));
                return Asked::Draw;
            }
        }
        self.set_up(self.command);
        self.seat_people();
        self.clear();
        // What was looked at in the debrief of another game is no place to begin.
        self.family = super::watched_family(&scenario);
        info!("a game of {} begins, seed {}", scenario.meta.id, self.seed);
        Asked::Go(Screen::Briefing)
    }

    pub(super) fn resume(&mut self) -> Asked {
        let Some(saved) = self.storage.saved.clone() else {
            return Asked::Draw;
        };
        let known = self.shelf.find(&saved.scenario, saved.rules_hash);
        let scenario = known.unwrap_or_else(|| Arc::clone(&self.scenario));
        let opened = self.storage.resume(&scenario);
        self.go_on(scenario, opened)
    }

    /// Goes on with a game that was opened; one that can only be read is laid open.
    pub(super) fn go_on(
        &mut self,
        scenario: Arc<Scenario>,
        opened: Result<Opening, Box<dyn Sentence>>,
    ) -> Asked {
        let (session, notices) = match opened {
            Ok(Opening::Game { session, notices }) => (session, notices),
            Ok(Opening::ReadOnly(archive)) => {
                self.archive = Some(Old {
                    log: archive,
                    scenario,
                });
                self.lay_over(Some(Overlay::Archive));
                return Asked::Draw;
            }
            Err(error) => {
                self.notice = Some(self.words().sentence(&*error));
                return Asked::Draw;
            }
        };
        for notice in &notices {
            error!("{notice}");
        }
        let to = self.take_up(*session, scenario);
        let words = self.words();
        let told: Vec<String> = notices.iter().map(|it| words.sentence(it)).collect();
        self.notice = (!told.is_empty()).then(|| told.join(" "));
        Asked::Lay(to)
    }

    /// Gives the orders of the game that lies open to be read in a new game with the same luck.
    pub(super) fn order_again(&mut self) -> Asked {
        let Some(old) = self.archive.take_if(|old| old.can_order_again()) else {
            return Asked::Draw;
        };
        let Old { log, scenario } = old;
        let orders = log.orders();
        let begun = self.storage.begin(&scenario, log.journal.header().seed);
        let done = begun.and_then(|mut session| {
            let left_out = order_again(&mut session, &orders)?;
            Ok((session, left_out))
        });
        let (session, left_out) = match done {
            Ok(done) => done,
            Err(error) => {
                self.lay_over(None);
                self.notice = Some(self.words().sentence(&error));
                return Asked::Draw;
            }
        };
        let given = session.history();
        let stand = given.iter().filter(|act| is_order(&act.action)).count();
        let to = self.take_up(session, scenario);
        self.again = Some(Again { stand, left_out });
        self.lay_over(Some(Overlay::Again));
        Asked::Lay(to)
    }

    /// Lays a game on the table, where it stands.
    fn take_up(&mut self, session: Session, scenario: Arc<Scenario>) -> Screen {
        self.seed = session.journal().header().seed;
        self.session = Some(session);
        self.put_on_table(scenario);
        self.clear();
        let unset = self
            .state()
            .is_some_and(|state| view(state, &self.seat()).table().is_none());
        if unset {
            self.set_up(self.scenario.meta.table);
        }
        info!("a game of {} goes on", self.scenario.meta.id);
        let to = self.screen_now();
        if to == Screen::Command && !self.in_emergency() {
            self.cover_desk();
        }
        to
    }

    /// The screen on which the game goes on where it stands.
    pub(super) fn screen_now(&mut self) -> Screen {
        let over = self.state().is_some_and(State::over);
        if over {
            self.open_the_books();
        }
        self.orders = self.orders_of_the_turn();
        let closed = self.view().is_some_and(|view| view.closed());
        if over {
            Screen::Debrief
        } else if closed {
            match self.after_closing() {
                Asked::Go(screen) => screen,
                _ => Screen::Command,
            }
        } else if self.orders == 0 && self.has_news() {
            Screen::Warning
        } else {
            self.look_for_offers();
            Screen::Command
        }
    }

    /// Orders of the open turn that can be taken back.
    pub(super) fn orders_of_the_turn(&self) -> u32 {
        let Some(session) = &self.session else {
            return 0;
        };
        let history = session.history();
        let open = history.iter().rev().take_while(|act| !act.ends_turn());
        open.filter(|act| !matches!(act.action, Action::SetUp { .. }))
            .count() as u32
    }

    pub(super) fn go_home(&mut self) -> Asked {
        // Dropping the session lets go of its log, so that Continue can take it up.
        self.session = None;
        self.clear();
        self.storage.look();
        Asked::Go(Screen::Title)
    }

    pub(super) fn clear(&mut self) {
        self.hand = None;
        self.chosen = None;
        self.slip = None;
        self.card = None;
        self.call = None;
        self.overlay = None;
        self.rebinding = None;
        self.panel = false;
        self.layer = None;
        self.layers_open = false;
        self.passed.clear();
        self.told_of_card = false;
        self.on_map = false;
        self.all_alerts = false;
        self.slip_row = 0;
        self.told = None;
        self.asked = None;
        self.looked = false;
        self.why_place = None;
        self.reading = Reading::default();
        self.review = None;
        self.step = None;
        self.orders = 0;
        self.desk = Desk {
            seat: self.desk.seat,
            ..Desk::default()
        };
    }

    /// Every turn opens with what is new; a first turn with nothing new opens with the map.
    pub(super) fn open_turn(&mut self) -> Asked {
        self.clear();
        if self.has_news() {
            Asked::Go(Screen::Warning)
        } else {
            self.give_orders()
        }
    }

    fn has_news(&self) -> bool {
        let later = self.view().is_some_and(|view| view.turn() > 1);
        later || !self.fresh_cards().is_empty()
    }

    /// Cards that were dealt this turn and wait for an answer.
    #[must_use]
    pub fn fresh_cards(&self) -> Vec<(InjectIx, InjectState)> {
        let Some(view) = self.view() else {
            return Vec::new();
        };
        let is_card = |inject: InjectIx| view.world().injects[inject.at()].kind == InjectKind::Card;
        view.open_injects()
            .filter(|(inject, state)| {
                is_card(*inject) && state.fired == Some(view.turn()) && state.answer.is_none()
            })
            .collect()
    }

    /// The first of those cards that is for a desk which people play.
    fn own_fresh_card(&self) -> Option<(InjectIx, InjectState)> {
        let injects = &self.scenario.world.injects;
        let mut cards = self.fresh_cards().into_iter();
        cards.find(|(inject, _)| self.played(injects[inject.at()].seat))
    }

    /// Cards that can be read now, in the order in which a key opens them: those that wait for the
    /// desk in hand, the others that were dealt this turn, the rest.
    #[must_use]
    pub fn cards(&self) -> Vec<InjectIx> {
        let Some(view) = self.view() else {
            return Vec::new();
        };
        let injects = &view.world().injects;
        let open = view.open_injects();
        let mut cards: Vec<(InjectIx, InjectState)> = open
            .filter(|(inject, _)| injects[inject.at()].kind == InjectKind::Card)
            .collect();
        cards.sort_by_key(|(inject, state)| {
            let waits = state.answer.is_none();
            let own = injects[inject.at()].seat == self.desk.seat;
            let fresh = state.fired == Some(view.turn());
            std::cmp::Reverse((waits && own, waits && fresh))
        });
        cards.into_iter().map(|(inject, _)| inject).collect()
    }

    pub(super) fn give_orders(&mut self) -> Asked {
        // A new card is dealt face up, once, if it is for somebody who plays. Whoever plays alone finds
        // the others beside the map.
        self.card = self.own_fresh_card().map(|(inject, _)| inject);
        // What the turn begins with is read by all together; what follows is not.
        self.cover_desk();
        self.look_for_offers();
        Asked::Go(Screen::Command)
    }

    pub(super) fn answer(&mut self, inject: InjectIx, option: u16) -> Asked {
        let world = Arc::clone(&self.scenario.world);
        let what = &world.injects[inject.at()];
        let Some(choice) = what.options.get(usize::from(option)) else {
            return Asked::Draw;
        };
        let action = Action::Answer {
            inject: what.id.clone(),
            option: choice.id.clone(),
        };
        if self.order(&action, None, None) {
            self.card = None;
            if self.call.take().is_some() {
                return self.end_turn();
            }
        }
        Asked::Draw
    }

    pub(super) fn let_pass(&mut self, inject: InjectIx) -> Asked {
        self.passed.insert(inject);
        self.end_turn()
    }

    /// Ends the turn, unless a card that was dealt in it waits: that is said first, once.
    pub(super) fn end_turn(&mut self) -> Asked {
        if let Some(slip) = self.waiting_card().filter(|_| !self.told_of_card) {
            self.told_of_card = true;
            self.card = None;
            self.panel = false;
            self.slip = Some(slip);
            return Asked::Draw;
        }
        if let Some(slip) = self.unready() {
            self.slip = Some(slip);
            return Asked::Draw;
        }
        self.hand = None;
        self.card = None;
        self.panel = false;
        self.call = self.next_call();
        if self.call.is_some() {
            return Asked::Draw;
        }
        // What the desks leave open, their standing orders fill.
        let standing = self.view().map(|view| standing::orders(&view));
        let orders = standing.into_iter().flatten().map(|(_, order)| order);
        let mut orders: Vec<Action> = orders.collect();
        // Without a domain of risk nothing grave can come, so there is nothing to close for.
        if !self.scenario.world.domains.is_empty() {
            orders.push(Action::Close);
        }
        for order in orders {
            if !self.order(&order, None, None) {
                return Asked::Draw;
            }
        }
        self.after_closing()
    }

    /// Plays the turn whose orders are given.
    pub(super) fn play_turn(&mut self) -> Asked {
        if !self.order(&Action::EndTurn, None, None) {
            return Asked::Draw;
        }
        self.clear();
        if let Some(state) = self.state() {
            info!("turn {} is over, digest {}", state.played(), state.digest());
        }
        self.told = Some(Told::default());
        Asked::Go(Screen::Response)
    }

    fn waiting_card(&self) -> Option<Slip> {
        let (inject, state) = self.own_fresh_card()?;
        let words = self.words();
        let silence = self.scenario.world.injects[inject.at()].silence;
        let silence = words.option_label(inject, silence, state.place);
        Some(Slip {
            place: None,
            kind: None,
            title: words.inject_title(inject, state.place),
            body: words.with("card.waits", "answer", &silence),
            ask: None,
        })
    }

    /// A call on the table that nobody has answered or let pass.
    fn next_call(&self) -> Option<Call> {
        let view = self.view()?;
        view.open_injects().find_map(|(inject, state)| {
            match view.world().injects[inject.at()].kind {
                InjectKind::HotCall(seconds)
                    if state.answer.is_none() && !self.passed.contains(&inject) =>
                {
                    Some(Call {
                        inject,
                        seconds,
                        left: f32::from(seconds),
                    })
                }
                _ => None,
            }
        })
    }

    pub(super) fn onward(&mut self) -> Asked {
        if self.state().is_some_and(State::over) {
            self.clear();
            self.open_the_books();
            return Asked::Go(Screen::Debrief);
        }
        self.open_turn()
    }

    /// Gives an order from a page of the desk in hand. What is said once is said; the sheet it was
    /// said on is put away.
    pub(super) fn give(&mut self, action: &Action) {
        // What was asked once need not be asked again.
        let asks = matches!(action, Action::Ask { .. });
        if asks && self.view().is_some_and(|view| stands(&view, action)) {
            return;
        }
        let place = self.chosen.filter(|_| self.desk.sheet.is_some());
        if !self.order(action, place, None) {
            return;
        }
        match action {
            Action::Ask { .. } | Action::Reply { .. } => {
                self.desk.sheet = None;
                self.desk.reason = None;
            }
            Action::AskRelease { .. } | Action::Release { .. } => self.desk.reason = None,
            Action::RoomForecast { .. } => self.desk.range = None,
            _ => {}
        }
    }

    /// Gives an order; a refusal becomes a slip. Whether it was taken.
    pub(super) fn order(
        &mut self,
        action: &Action,
        place: Option<PrecinctIx>,
        kind: Option<KindIx>,
    ) -> bool {
        let seat = self.giver(action);
        let Some(session) = self.session.as_mut() else {
            return false;
        };
        match session.act(&seat, action) {
            Ok(()) => {
                self.orders += 1;
                info!("act {} is kept", session.journal().acts().len());
                self.say_why(action);
                true
            }
            Err(ActError::Refused(refusal)) => {
                let (title, body) = self.words().refusal(&refusal);
                let ask = self.ask_instead(action, &refusal);
                self.slip = Some(Slip {
                    place,
                    kind,
                    title,
                    body,
                    ask,
                });
                false
            }
            Err(error) => {
                error!("an order was not taken: {error}");
                self.notice = Some(self.words().sentence(&error));
                false
            }
        }
    }

    /// What the set-up chose besides who commands: how freely desks order, and which of them people
    /// play.
    fn seat_people(&mut self) {
        let controls = self.view().map(|view| view.controls());
        if controls.is_some_and(|now| now != self.controls) {
            self.order(&Action::Controls(self.controls), None, None);
        }
        if !self.solo {
            return;
        }
        let seats = self.scenario.world.seats.clone();
        for seat in seats.iter().filter(|seat| !seat.postures.is_empty()) {
            let played = SOLO.contains(&seat.id.as_str());
            let dial = if played {
                Dial::Assisted
            } else {
                Dial::Delegated
            };
            let seat = seat.id.clone();
            self.order(&Action::Dial { seat, dial }, None, None);
        }
        // Whoever plays alone begins at a desk of their own.
        let own = seats
            .iter()
            .position(|seat| SOLO.contains(&seat.id.as_str()));
        self.desk.seat = own.map_or(self.desk.seat, SeatIx::from_position);
    }

    /// The way to start that the game took, by its position; none is the usual one.
    #[must_use]
    pub fn start_taken(&self) -> Option<usize> {
        let taken = self.view()?.deployment()?.id.clone();
        let mut starts = self.scenario.world.starts.0.iter();
        starts.position(|start| start.id == taken)
    }

    /// The first act of a game. The sides that its scenario takes are part of the scenario; the table
    /// chooses only how it starts.
    fn set_up(&mut self, table: Command) {
        let starts = &self.scenario.world.starts.0;
        let start = self.deployment.and_then(|at| starts.get(at));
        let presets = start.map(|start| start.id.clone()).into_iter().collect();
        self.order(&Action::SetUp { table, presets }, None, None);
    }

    /// The desk whose order comes next when something is taken back or put back: on one laptop the
    /// last hand that did something, whoever's desk it was.
    fn last_hand(&self) -> Id {
        let last = self.session.as_ref().and_then(|session| {
            let history = session.history();
            let last = history.last().filter(|act| !act.ends_turn());
            last.map(|act| act.seat.clone())
        });
        last.unwrap_or_else(|| self.seat())
    }

    /// Whether an order of this turn was taken back and can be given again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.redo_hand().is_some()
    }

    fn redo_hand(&self) -> Option<Id> {
        let session = self.session.as_ref()?;
        let seats = self.scenario.world.seats.iter().map(|seat| &seat.id);
        let mut able = seats.filter(|seat| session.can_redo(seat));
        able.next().cloned()
    }

    pub(super) fn undo(&mut self) {
        let seat = self.last_hand();
        self.hand = None;
        let done = self
            .session
            .as_mut()
            .map(|session| session.undo(&seat, Consent::NotGiven));
        if let Some(Err(error)) = done {
            self.notice = Some(self.words().sentence(&error));
        }
        self.orders = self.orders_of_the_turn();
    }

    pub(super) fn redo(&mut self) {
        let Some(seat) = self.redo_hand() else {
            return;
        };
        self.hand = None;
        let done = self.session.as_mut().map(|session| session.redo(&seat));
        if let Some(Err(error)) = done {
            self.notice = Some(self.words().sentence(&error));
        }
        self.orders = self.orders_of_the_turn();
    }
}
