//! What is on the table: the game, the token in the hand, the open card, and every act of a player.

use super::storage::Storage;
use super::words::Words;
use crate::rules::id::{FamilyIx, InjectIx, KindIx, PrecinctIx, UnitIx};
use crate::rules::world::{InjectKind, Measure};
use crate::rules::{Account, Action, Id, Index, Rule, State, Tactic, View, view};
use crate::scenario::Scenario;
use crate::session::{ActError, Consent, Session};
use crate::text::Lang;
use bevy::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The screens of a game.
#[derive(States, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// Where a game is started or continued.
    #[default]
    Title,
    /// What the table should know before the first turn.
    Briefing,
    /// Orders.
    Command,
    /// What happened and why.
    Feedback,
    /// What was so, once it is over.
    Debrief,
}

/// What a player can ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Goes on with the last game.
    Continue,
    /// Starts a new game.
    Start,
    /// Ends the program.
    Quit,
    /// The other language.
    Language,
    /// Back to the title; the game is kept.
    Home,
    /// From the briefing to the first turn.
    Begin,
    /// Takes the next free unit of a kind in hand; again, the one after.
    Take(KindIx),
    /// Takes a unit from the map in hand; again, the next one that stands with it.
    Lift(UnitIx),
    /// The other thing that the unit in hand can do.
    Turn(Tactic),
    /// A precinct: places what is in hand, else chooses it.
    Precinct(PrecinctIx),
    /// Takes a unit off the map.
    TakeBack(UnitIx),
    /// Takes the last unit of the chosen precinct off the map.
    TakeBackHere,
    /// Puts what is in hand back where it was, closes what is open.
    PutBack,
    /// Drops what is in hand into the tray: a unit from the map is taken off it.
    Stow,
    /// Takes the last order back.
    Undo,
    /// Gives it again.
    Redo,
    /// Opens a card.
    Open(InjectIx),
    /// Answers a card or call with the option at this position.
    Answer(InjectIx, u16),
    /// Lets a call pass; what stands in silence stands.
    LetPass(InjectIx),
    /// Ends the turn.
    EndTurn,
    /// From what happened to the next turn, or to the debrief.
    Onward,
    /// Explains another family of offences.
    Explain(FamilyIx),
}

/// A unit in the hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hand {
    /// The unit.
    pub unit: UnitIx,
    /// What it is to do.
    pub tactic: Tactic,
}

/// A refusal, shown beside the place.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// Where; `None` is no place of the map.
    pub place: Option<PrecinctIx>,
    /// The kind of unit that was refused, for its ghost.
    pub kind: Option<KindIx>,
    /// What it is about.
    pub title: String,
    /// What holds, and what is possible.
    pub body: String,
}

/// A call that waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// The call.
    pub inject: InjectIx,
    /// Seconds it was given.
    pub seconds: u16,
    /// Seconds left.
    pub left: f32,
}

/// Everything on the table.
#[derive(Resource)]
pub struct Table {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// The game in progress.
    pub session: Option<Session>,
    /// The seed of a new game.
    pub seed: u32,
    /// The language of everything shown.
    pub lang: Lang,
    /// Where games are kept.
    pub storage: Storage,
    /// The unit in hand.
    pub hand: Option<Hand>,
    /// The chosen precinct.
    pub chosen: Option<PrecinctIx>,
    /// The refusal shown.
    pub slip: Option<Slip>,
    /// The card that lies open.
    pub card: Option<InjectIx>,
    /// The call that waits.
    pub call: Option<Call>,
    /// Calls of this turn that were let pass.
    passed: BTreeSet<InjectIx>,
    /// The family that is explained.
    pub family: FamilyIx,
    /// What the player should be told once.
    pub notice: Option<String>,
    /// Orders taken in this turn.
    pub orders: u32,
    /// What moved the true Safety and Trust most, points, the largest first; once it is over.
    pub causes: Vec<(Index, Rule, f64)>,
}

/// What an act asks of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing more than to be drawn.
    Draw,
    /// To go to a screen.
    Go(Screen),
    /// To end.
    Quit,
}

impl Table {
    /// A table with a scenario on it and no game yet.
    pub fn new(scenario: Arc<Scenario>, storage: Storage, seed: u32, lang: Lang) -> Self {
        let family = watched_family(&scenario);
        Self {
            scenario,
            session: None,
            seed,
            lang,
            storage,
            hand: None,
            chosen: None,
            slip: None,
            card: None,
            call: None,
            passed: BTreeSet::new(),
            family,
            notice: None,
            orders: 0,
            causes: Vec::new(),
        }
    }

    /// The words in the language in force.
    pub fn words(&self) -> Words {
        Words::new(&self.scenario, self.lang)
    }

    /// The game as it stands.
    pub fn state(&self) -> Option<&State> {
        self.session.as_ref().map(|session| &**session.state())
    }

    /// What the table may know.
    pub fn view(&self) -> Option<View<'_>> {
        self.state().map(|state| view(state, &self.seat()))
    }

    /// The desk that speaks for the table.
    pub fn seat(&self) -> Id {
        let seats = &self.scenario.world.seats;
        seats
            .first()
            .map_or_else(|| Id::from("table"), |seat| seat.id.clone())
    }

    /// Does what was asked.
    pub fn act(&mut self, act: &Act) -> Asked {
        if !matches!(act, Act::Language) {
            self.slip = None;
            self.notice = None;
        }
        match act {
            Act::Continue => return self.resume(),
            Act::Start => return self.start(),
            Act::Quit => return Asked::Quit,
            Act::Language => self.switch_language(),
            Act::Home => return self.go_home(),
            Act::Begin => return self.open_turn(),
            Act::Take(kind) => self.take(*kind),
            Act::Lift(unit) => self.lift(*unit),
            Act::Turn(tactic) => self.turn(*tactic),
            Act::Precinct(precinct) => self.touch(*precinct),
            Act::TakeBack(unit) => self.take_back(*unit),
            Act::TakeBackHere => self.take_back_here(),
            Act::PutBack => self.put_back(),
            Act::Stow => self.stow(),
            Act::Undo => self.undo(),
            Act::Redo => self.redo(),
            Act::Open(inject) => self.card = Some(*inject),
            Act::Answer(inject, option) => return self.answer(*inject, *option),
            Act::LetPass(inject) => {
                self.passed.insert(*inject);
                return self.end_turn();
            }
            Act::EndTurn => return self.end_turn(),
            Act::Onward => return self.onward(),
            Act::Explain(family) => self.family = *family,
        }
        Asked::Draw
    }

    fn start(&mut self) -> Asked {
        let scenario = Arc::clone(&self.scenario);
        match self.storage.begin(&scenario, self.seed) {
            Ok(session) => self.session = Some(session),
            Err(error) => {
                self.notice = Some(self.words().sentence(&error));
                return Asked::Draw;
            }
        }
        let table = self.scenario.meta.table;
        self.order(&Action::SetUp { table }, None, None);
        self.clear();
        Asked::Go(Screen::Briefing)
    }

    fn resume(&mut self) -> Asked {
        let scenario = Arc::clone(&self.scenario);
        match self.storage.resume(&scenario) {
            Ok((session, notices)) => {
                self.session = Some(session);
                let words = self.words();
                let told: Vec<String> = notices.iter().map(|it| words.sentence(it)).collect();
                self.notice = (!told.is_empty()).then(|| told.join(" "));
            }
            Err(error) => {
                self.notice = Some(self.words().sentence(&*error));
                return Asked::Draw;
            }
        }
        if self
            .state()
            .is_some_and(|state| view(state, &self.seat()).table().is_none())
        {
            let table = self.scenario.meta.table;
            self.order(&Action::SetUp { table }, None, None);
        }
        let notice = self.notice.take();
        self.clear();
        self.notice = notice;
        let over = self.state().is_some_and(State::over);
        if over {
            self.weigh_causes();
        }
        Asked::Go(if over {
            Screen::Debrief
        } else {
            Screen::Command
        })
    }

    fn go_home(&mut self) -> Asked {
        // Dropping the session lets go of its log, so that Continue can take it up.
        self.session = None;
        self.clear();
        self.storage.look();
        Asked::Go(Screen::Title)
    }

    fn clear(&mut self) {
        self.hand = None;
        self.chosen = None;
        self.slip = None;
        self.card = None;
        self.call = None;
        self.passed.clear();
        self.orders = 0;
    }

    fn switch_language(&mut self) {
        self.lang = match self.lang {
            Lang::En => Lang::ZhHans,
            Lang::ZhHans => Lang::En,
        };
        // A refusal was written in the other language.
        self.slip = None;
        self.notice = None;
    }

    fn open_turn(&mut self) -> Asked {
        self.clear();
        // A new card is dealt face up, once.
        let turn = self.view().map(|view| view.turn());
        self.card = self.view().and_then(|view| {
            let fresh = |(_, state): &(InjectIx, crate::rules::state::InjectState)| {
                state.fired == turn && state.answer.is_none()
            };
            let is_card =
                |inject: &InjectIx| view.world().injects[inject.at()].kind == InjectKind::Card;
            view.open_injects()
                .filter(fresh)
                .map(|(inject, _)| inject)
                .find(is_card)
        });
        Asked::Go(Screen::Command)
    }

    fn take(&mut self, kind: KindIx) {
        let Some(view) = self.view() else {
            return;
        };
        let free: Vec<UnitIx> = view
            .units()
            .filter(|(unit, post)| post.at.is_none() && view.world().units[unit.at()].kind == kind)
            .map(|(unit, _)| unit)
            .collect();
        let held = self.hand.map(|hand| hand.unit);
        let after = free
            .iter()
            .position(|unit| Some(*unit) == held)
            .map_or(0, |at| at + 1);
        let next = free.get(after).or(free.first()).copied();
        let tactic = self
            .hand
            .filter(|hand| Some(hand.unit) == held)
            .map(|hand| hand.tactic);
        match next {
            Some(unit) => self.hold(unit, tactic),
            None => {
                let (title, body) = self.words().none_free(kind, &view);
                self.hand = None;
                self.slip = Some(Slip {
                    place: None,
                    kind: None,
                    title,
                    body,
                });
            }
        }
    }

    fn lift(&mut self, unit: UnitIx) {
        let Some(view) = self.view() else {
            return;
        };
        let posts: Vec<_> = view.units().collect();
        let Some((place, tactic)) = posts
            .iter()
            .find(|(other, _)| *other == unit)
            .and_then(|(_, post)| post.at)
        else {
            return;
        };
        self.chosen = Some(place);
        self.hold(unit, Some(tactic));
    }

    fn hold(&mut self, unit: UnitIx, tactic: Option<Tactic>) {
        let can = &self.scenario.world.kind_of(unit).tactics;
        let first = can.first().copied().unwrap_or(Tactic::Visible);
        let tactic = tactic
            .filter(|tactic| can.contains(tactic))
            .unwrap_or(first);
        self.hand = Some(Hand { unit, tactic });
        self.card = None;
    }

    fn turn(&mut self, tactic: Tactic) {
        if let Some(hand) = &mut self.hand {
            hand.tactic = tactic;
        }
    }

    fn touch(&mut self, precinct: PrecinctIx) {
        self.chosen = Some(precinct);
        let Some(hand) = self.hand else {
            return;
        };
        let world = Arc::clone(&self.scenario.world);
        let action = Action::Assign {
            unit: world.units[hand.unit.at()].id.clone(),
            to: world.precincts[precinct.at()].id.clone(),
            tactic: hand.tactic,
        };
        let kind = world.units[hand.unit.at()].kind;
        self.order(&action, Some(precinct), Some(kind));
        self.hand = None;
    }

    fn take_back(&mut self, unit: UnitIx) {
        let unit = self.scenario.world.units[unit.at()].id.clone();
        self.order(&Action::Withdraw { unit }, self.chosen, None);
        self.hand = None;
    }

    fn take_back_here(&mut self) {
        let here = self.chosen;
        let last = self.view().and_then(|view| {
            view.units()
                .filter(|(_, post)| post.at.is_some_and(|(at, _)| Some(at) == here))
                .last()
        });
        if let Some((unit, _)) = last {
            self.take_back(unit);
        }
    }

    /// Esc: first the hand, then what lies open, then the choice.
    fn put_back(&mut self) {
        if self.hand.take().is_none() && self.card.take().is_none() {
            self.chosen = None;
        }
    }

    /// A drop in the tray: a unit from the map is taken back, one from the tray just put down.
    fn stow(&mut self) {
        let Some(hand) = self.hand.take() else {
            return;
        };
        let placed = self.view().is_some_and(|view| {
            view.units()
                .any(|(u, post)| u == hand.unit && post.at.is_some())
        });
        if placed {
            self.take_back(hand.unit);
        }
    }

    fn undo(&mut self) {
        let seat = self.seat();
        self.hand = None;
        let done = self
            .session
            .as_mut()
            .map(|session| session.undo(&seat, Consent::NotGiven));
        if let Some(Err(error)) = done {
            self.notice = Some(self.words().sentence(&error));
        }
    }

    fn redo(&mut self) {
        let seat = self.seat();
        self.hand = None;
        let done = self.session.as_mut().map(|session| session.redo(&seat));
        if let Some(Err(error)) = done {
            self.notice = Some(self.words().sentence(&error));
        }
    }

    fn answer(&mut self, inject: InjectIx, option: u16) -> Asked {
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

    fn end_turn(&mut self) -> Asked {
        self.hand = None;
        self.card = None;
        self.call = self.next_call();
        if self.call.is_some() {
            return Asked::Draw;
        }
        if !self.order(&Action::EndTurn, None, None) {
            return Asked::Draw;
        }
        self.clear();
        Asked::Go(Screen::Feedback)
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

    fn onward(&mut self) -> Asked {
        if self.state().is_some_and(State::over) {
            self.clear();
            self.weigh_causes();
            return Asked::Go(Screen::Debrief);
        }
        self.open_turn()
    }

    /// Adds the true ledger up by rule, for the debrief.
    fn weigh_causes(&mut self) {
        let turns = self.scenario.world.turns;
        let Some(session) = self.session.as_mut() else {
            return;
        };
        let mut sums: BTreeMap<(Index, Rule), i64> = BTreeMap::new();
        for turn in 1..=turns {
            for entry in session.true_ledger(turn).unwrap_or_default() {
                if let Account::Index(index @ (Index::Safety | Index::Trust)) = entry.account {
                    *sums.entry((index, entry.cause.rule)).or_default() += entry.amount;
                }
            }
        }
        let luck = |rule: &Rule| matches!(rule.id(), "chance" | "chance-passed" | "bound");
        self.causes = sums
            .into_iter()
            .filter(|((_, rule), _)| !luck(rule))
            .map(|((index, rule), amount)| (index, rule, amount as f64 / 1e6))
            .filter(|(.., amount)| amount.abs() >= 0.05)
            .collect();
        self.causes.sort_by(|a, b| b.2.abs().total_cmp(&a.2.abs()));
    }

    /// Gives an order; a refusal becomes a slip. Whether it was taken.
    fn order(&mut self, action: &Action, place: Option<PrecinctIx>, kind: Option<KindIx>) -> bool {
        let seat = self.owner(action);
        let Some(session) = self.session.as_mut() else {
            return false;
        };
        match session.act(&seat, action) {
            Ok(()) => {
                self.orders += 1;
                true
            }
            Err(ActError::Refused(refusal)) => {
                let (title, body) = self.words().refusal(&refusal);
                self.slip = Some(Slip {
                    place,
                    kind,
                    title,
                    body,
                });
                false
            }
            Err(error) => {
                self.notice = Some(self.words().sentence(&error));
                false
            }
        }
    }

    /// The desk that gives an order: the one whose unit or card it is.
    fn owner(&self, action: &Action) -> Id {
        let world = &self.scenario.world;
        let seat = match action {
            Action::Assign { unit, .. } | Action::Withdraw { unit } => {
                world.unit(unit).map(|unit| world.kind_of(unit).owner)
            }
            Action::Answer { inject, .. } => world
                .inject(inject)
                .map(|inject| world.injects[inject.at()].seat),
            Action::SetUp { .. } | Action::EndTurn => None,
        };
        seat.and_then(|seat| world.seats.get(seat.at()))
            .map_or_else(|| self.seat(), |seat| seat.id.clone())
    }
}

/// The family the table watches: that of the first objective about offences, else the first.
fn watched_family(scenario: &Scenario) -> FamilyIx {
    let measures = scenario
        .world
        .objectives
        .iter()
        .map(|objective| objective.goal.measure);
    measures
        .filter_map(|measure| match measure {
            Measure::Offences(family) => Some(family),
            _ => None,
        })
        .next()
        .unwrap_or(FamilyIx(0))
}
