//! What is on the table: the game, the token in the hand, the open card, and every act of a player.

mod act;
mod debrief;
mod desk;
mod emergency;
#[cfg(not(target_family = "wasm"))]
mod files;
mod forecast;
mod game;
mod ghosts;
mod guide;
mod hand;
mod history;
mod layers;
mod seed;
mod sheet;
mod slips;

pub use act::{
    Act, Asked, Bucket, Call, Gloss, Hand, Leaf, Overlay, Rebinding, Screen, Setting, Slip,
};
pub use debrief::{DebriefPage, Opened, Reading, account};
pub use desk::{Desk, Page, Price, stands};
pub use emergency::{BEATS, EMERGENCY_SECONDS};
pub use forecast::{EIGHT_IN_TEN, Guess};
pub use game::is_order;
pub use ghosts::{Ghost, Pending, Shape, offer_id};
pub use guide::Hint;
pub use history::{Review, Step, Way};
pub use layers::{MapLayer, patrols, reaches_out};
pub use sheet::{Sensed, Sheet};
pub use slips::Pick;

use self::desk::usual_controls;
use super::input::{Binding, Chord};
use super::shelf::Shelf;
use super::shell::Settings;
use super::storage::Storage;
use super::words::Words;
use crate::rules::id::{FamilyIx, InjectIx, PrecinctIx};
use crate::rules::ledger::Cause;
use crate::rules::world::Measure;
use crate::rules::{Id, State, View, view};
use crate::scenario::Scenario;
use crate::session::{Archive, Consent, LeftOut, Session};
use crate::text::Lang;
use bevy::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How far the turn that was just played has been told.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Told {
    /// Lines that are shown.
    pub lines: usize,
    /// Seconds since the last of them.
    pub since: f32,
}

/// A game that can only be read, and the scenario that lies here in the place of its own.
#[derive(Debug)]
pub struct Old {
    /// The game.
    pub log: Box<Archive>,
    /// The scenario.
    pub scenario: Arc<Scenario>,
}

impl Old {
    /// Whether its orders can be given in a new game.
    #[must_use]
    pub fn can_order_again(&self) -> bool {
        self.log.can_order_again(&self.scenario.world.scenario)
    }
}

/// What came of giving the orders of an earlier game in a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// How many stand.
    pub stand: usize,
    /// Those that do not.
    pub left_out: Vec<LeftOut>,
}

/// Everything on the table.
#[derive(Resource)]
pub struct Table {
    /// The exercises to choose from.
    pub shelf: Shelf,
    /// The exercise that is looked at.
    pub picked: usize,
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// The game in progress.
    pub session: Option<Session>,
    /// The seed of a new game.
    pub seed: u32,
    /// Whether a digit goes on with the seed and does not begin another.
    pub typing_seed: bool,
    /// Whether the digits for those who do not type are laid out.
    pub seed_digits: bool,
    /// Who commands which desks in a new game.
    pub command: crate::rules::Table,
    /// How freely desks order in a new game.
    pub controls: crate::rules::world::Controls,
    /// The way to start that a new game takes, by its position; none is the usual one.
    pub deployment: Option<usize>,
    /// Whether a laptop is handed on covered, where each desk commands its own.
    pub privacy: bool,
    /// Whether most desks of a new game are left to their standing orders.
    pub solo: bool,
    /// The desk in hand.
    pub desk: Desk,
    /// Whether what happened is looked at on the map.
    pub on_map: bool,
    /// Whether all alerts of the turn are told, and not the likeliest.
    pub all_alerts: bool,
    /// The row of the slips that is put in next.
    pub slip_row: usize,
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
    /// Seconds that are left to decide an emergency.
    pub grave: f32,
    /// What lies over the screen.
    pub overlay: Option<Overlay>,
    /// The shortcut that waits for a key.
    pub rebinding: Option<Rebinding>,
    /// What can be opened, as of when it was looked for.
    #[cfg(not(target_family = "wasm"))]
    pub found: super::storage::Found,
    /// The game that can only be read.
    pub archive: Option<Old>,
    /// What came of giving its orders again.
    pub again: Option<Again>,
    /// Whether the panel is open where there is no room for it beside the map.
    pub panel: bool,
    /// The layer that was laid on the map.
    layer: Option<MapLayer>,
    /// Whether the list of layers is open.
    pub layers_open: bool,
    /// Calls of this turn that were let pass.
    passed: BTreeSet<InjectIx>,
    /// Whether it has been said in this turn that a card waits.
    told_of_card: bool,
    /// How far the turn that was just played has been told.
    pub told: Option<Told>,
    /// The family that is explained.
    pub family: FamilyIx,
    /// The precinct whose count is explained; none is the whole city.
    pub why_place: Option<PrecinctIx>,
    /// The rule that is asked about.
    pub asked: Option<Cause>,
    /// Where the pages about the model lie open.
    pub leaf: Leaf,
    /// Which words are explained.
    pub gloss: Gloss,
    /// The moment that is looked at.
    review: Option<Review>,
    /// The step back that waits for the facilitator.
    pub step: Option<Step>,
    /// Whether a newcomer is led through the first turn.
    pub hints: bool,
    /// Whether another place was looked at after the first order.
    looked: bool,
    /// What the player should be told once.
    pub notice: Option<String>,
    /// Orders taken in this turn.
    pub orders: u32,
    /// What lies open of the debrief.
    pub reading: Reading,
    /// The true book, once it is over.
    pub opened: Opened,
}

impl Table {
    /// A table with a scenario on it and no game yet.
    pub fn new(scenario: Arc<Scenario>, storage: Storage, seed: u32, lang: Lang) -> Self {
        let family = watched_family(&scenario);
        let shelf = Shelf::new(&scenario, storage.scenarios());
        let picked = shelf.position(&scenario);
        Self {
            shelf,
            picked,
            command: scenario.meta.table,
            controls: usual_controls(&scenario, false),
            deployment: None,
            privacy: true,
            solo: false,
            desk: Desk::default(),
            on_map: false,
            all_alerts: false,
            slip_row: 0,
            scenario,
            session: None,
            seed,
            typing_seed: false,
            seed_digits: false,
            lang,
            storage,
            hand: None,
            chosen: None,
            slip: None,
            card: None,
            call: None,
            grave: 0.0,
            overlay: None,
            rebinding: None,
            #[cfg(not(target_family = "wasm"))]
            found: super::storage::Found::default(),
            archive: None,
            again: None,
            panel: false,
            layer: None,
            layers_open: false,
            passed: BTreeSet::new(),
            told_of_card: false,
            told: None,
            family,
            why_place: None,
            asked: None,
            leaf: Leaf::default(),
            gloss: Gloss::default(),
            review: None,
            step: None,
            hints: false,
            looked: false,
            notice: None,
            orders: 0,
            reading: Reading::default(),
            opened: Opened::default(),
        }
    }

    /// The words in the language in force.
    pub fn words(&self) -> Words {
        let words = Words::new(&self.scenario, self.lang);
        // As the game stands, not as it stood where an earlier moment is looked at: what has been
        // ordered since is listed there too.
        match &self.session {
            Some(session) => words.in_game(&view(session.state(), &self.seat())),
            None => words,
        }
    }

    /// The game as it stands, or as it stood where an earlier moment is looked at.
    pub fn state(&self) -> Option<&State> {
        let now = self.session.as_ref().map(|session| &**session.state());
        self.reviewed().or(now)
    }

    /// Whether what is true lies open: the last turn has been played, whatever is looked at now.
    #[must_use]
    pub fn truth_lies_open(&self) -> bool {
        let session = self.session.as_ref();
        session.is_some_and(|session| session.state().over())
    }

    /// The family that the exercise is about: that of its first objective about offences.
    #[must_use]
    pub fn watched(&self) -> FamilyIx {
        watched_family(&self.scenario)
    }

    /// What the table may know.
    pub fn view(&self) -> Option<View<'_>> {
        self.state().map(|state| view(state, &self.seat()))
    }

    /// Whether the turn just played is being told, with nothing lying over it.
    #[must_use]
    pub fn telling(&self, screen: Screen) -> bool {
        screen == Screen::Response && self.told.is_some() && self.overlay.is_none()
    }

    /// The desk in hand; where several lie on one page, the first speaks for the table.
    pub fn seat(&self) -> Id {
        let seats = &self.scenario.world.seats;
        seats
            .get(self.desk.seat.at())
            .map_or_else(|| Id::from("table"), |seat| seat.id.clone())
    }

    /// Does what was asked.
    pub fn act(&mut self, act: &Act) -> Asked {
        let asked = self.do_it(act);
        self.look_ahead();
        asked
    }

    fn do_it(&mut self, act: &Act) -> Asked {
        // A refusal may offer something to ask for, which waits while somebody changes the look.
        let looks = matches!(act, Act::Set(_) | Act::NextLook);
        if !matches!(
            act,
            Act::Language | Act::Show(_) | Act::Close | Act::MapSight(_)
        ) {
            self.slip.take_if(|_| !looks);
            self.notice = None;
        }
        // Whatever else is done, the number stands.
        self.typing_seed &= matches!(act, Act::SeedDigit(_) | Act::SeedRubOut);
        if self.review.is_some() && !Self::fits_review(act) {
            self.notice = Some(self.words().say("history.read-only"));
            return Asked::Draw;
        }
        match act {
            Act::Continue => return self.resume(),
            Act::OrderAgain => return self.order_again(),
            #[cfg(not(target_family = "wasm"))]
            Act::OpenFile(path) => return self.open_file(path),
            #[cfg(not(target_family = "wasm"))]
            Act::Paste => return Asked::Paste,
            Act::Browse => return Asked::Go(Screen::Scenarios),
            Act::Learn => {
                self.pick(0);
                return Asked::Lay(Screen::Setup);
            }
            Act::Pick(at) => {
                self.pick(*at);
                return Asked::Lay(Screen::Scenarios);
            }
            Act::SetUp => return Asked::Go(Screen::Setup),
            Act::Command(command) => self.command = *command,
            Act::Deploy(start) => self.deployment = *start,
            Act::Shuffle => self.shuffle(),
            Act::SeedStep(up) => self.step_seed(*up),
            Act::SeedDigit(digit) => self.type_seed(*digit),
            Act::SeedRubOut => self.rub_out_seed(),
            Act::SeedDigits => self.seed_digits = !self.seed_digits,
            Act::Start => return self.start(),
            Act::Quit => return Asked::Quit,
            Act::Set(setting) => return Asked::Set(*setting),
            Act::Language => {
                let other = match self.lang {
                    Lang::En => Lang::ZhHans,
                    Lang::ZhHans => Lang::En,
                };
                return Asked::Set(Setting::Lang(other));
            }
            Act::NextLook => return Asked::NextLook,
            Act::Back => return self.back(),
            Act::Home => return self.go_home(),
            Act::Show(overlay) => self.lay_over(Some(*overlay)),
            Act::Close => self.lay_over(None),
            Act::Dismiss => {
                self.lay_over(None);
                return Asked::Dismiss;
            }
            Act::Rebind(id) => self.rebinding = id.map(|id| Rebinding { id, note: None }),
            Act::Bind(chord) => return self.bind(*chord),
            Act::SwitchOff(id) => return Asked::Key(id, Some(Binding::Off)),
            Act::UsualKey(id) => return Asked::Key(id, None),
            Act::UsualKeys => {
                self.rebinding = None;
                return Asked::UsualKeys;
            }
            Act::Begin => return self.open_turn(),
            Act::ToOrders => return self.give_orders(),
            Act::Take(kind) => self.take(*kind),
            Act::TakeAll => self.take_all(),
            Act::TakeMore => self.take_more(),
            Act::TakeFewer => self.take_fewer(),
            Act::Deal(each) => self.deal(*each),
            Act::Lift(unit) => self.lift(*unit),
            Act::Turn(tactic) => self.turn_over(*tactic),
            Act::Precinct(precinct) => self.touch(*precinct, false),
            Act::PlaceAndKeep(precinct) => self.touch(*precinct, true),
            Act::TakeBack(unit) => self.take_back(*unit),
            Act::TakeBackHere => self.take_back_here(),
            Act::PutBack => self.put_back(),
            Act::LetGo => self.hand = None,
            Act::Stow => self.stow(),
            Act::Foretell(bucket) => self.foretell(*bucket),
            Act::MapLayers => self.layers_open = !self.layers_open,
            Act::MapLayer(layer) => self.lay_layer(*layer),
            // The map itself is looked at, and nothing on the table changes.
            Act::MapSight(_) => {}
            Act::Panel => self.turn_panel(),
            Act::Undo => self.undo(),
            Act::Redo => self.redo(),
            Act::Open(inject) => self.card = Some(*inject),
            Act::Answer(inject, option) => return self.answer(*inject, *option),
            Act::LetPass(inject) => return self.let_pass(*inject),
            Act::EndTurn => return self.end_turn(),
            Act::Decide(beat) => self.decide(*beat),
            Act::GoIn => return self.play_turn(),
            Act::Skip => self.told = None,
            Act::ToFeedback => return Asked::Go(Screen::Feedback),
            Act::Onward => {
                self.led();
                return self.onward();
            }
            Act::Explain(family) => self.family = *family,
            Act::Desk(seat) => self.take_desk(*seat),
            Act::Uncover => self.desk.covered = false,
            Act::Page(page) => self.open_page(*page),
            Act::ToMap => self.turn_to_the_map(),
            Act::Sheet(sheet) => self.open_sheet(*sheet),
            Act::Thing(thing) => self.choose_thing(*thing),
            Act::Sensed(sensed) => self.desk.sensed = *sensed,
            Act::Reason(reason) => {
                let again = self.desk.reason == Some(*reason);
                self.desk.reason = (!again).then_some(*reason);
            }
            Act::Range(low, high) => self.desk.range = Some((*low, *high)),
            Act::OnMap(on) => self.show_on_map(*on),
            Act::AllAlerts => self.all_alerts = !self.all_alerts,
            Act::Foresee => self.desk.foresees = !self.desk.foresees,
            Act::Slips => self.turn_slips(),
            Act::SlipRow(row) => self.slip_row = *row,
            Act::FillSlip(row, pick) => return self.fill_slip(*row, *pick),
            Act::Give(action) => self.give(action),
            Act::Ready => self.turn_ready(),
            Act::Controls(controls) => self.controls = *controls,
            Act::Privacy(on) => self.privacy = *on,
            Act::Solo(on) => self.play_alone(*on),
            Act::Gloss(gloss) => self.gloss = *gloss,
            Act::Review(n) => return self.look_at(*n),
            Act::Present => return self.look_at_now(),
            Act::GoTo(step) => return self.go_to(*step, Consent::NotGiven),
            Act::Agree => return self.agree(),
            Act::ExplainAt(place) => self.why_place = *place,
            Act::Read(reading) => self.reading = *reading,
            Act::Leaf(leaf) => {
                self.leaf = *leaf;
                self.lay_over(Some(Overlay::Model));
            }
            Act::Ask(cause) => {
                self.asked = Some(*cause).filter(|it| self.asked != Some(*it));
                self.led();
            }
        }
        Asked::Draw
    }

    fn lay_over(&mut self, overlay: Option<Overlay>) {
        #[cfg(not(target_family = "wasm"))]
        if overlay == Some(Overlay::Open) {
            self.found = self.storage.find();
        }
        if let Some(overlay) = overlay {
            info!("over it {}", overlay.id());
        }
        self.overlay = overlay;
        self.step = None;
        self.rebinding = None;
    }

    fn bind(&mut self, chord: Option<Chord>) -> Asked {
        match (&self.rebinding, chord) {
            (Some(waiting), Some(chord)) => Asked::Key(waiting.id, Some(Binding::To(chord))),
            _ => {
                self.note_key(self.words().say("keys.unknown"));
                Asked::Draw
            }
        }
    }

    /// Says why the shortcut that waits has not got the key.
    pub fn note_key(&mut self, note: String) {
        if let Some(waiting) = &mut self.rebinding {
            waiting.note = Some(note);
        }
    }

    /// Puts another exercise on the table; only between games.
    fn pick(&mut self, at: usize) {
        let Some(scenario) = self.shelf.playable(at) else {
            self.picked = at.min(self.shelf.len().saturating_sub(1));
            return;
        };
        self.picked = at;
        self.put_on_table(scenario);
    }

    fn put_on_table(&mut self, scenario: Arc<Scenario>) {
        self.family = watched_family(&scenario);
        self.why_place = None;
        self.leaf = Leaf::default();
        self.gloss = Gloss::default();
        self.command = scenario.meta.table;
        self.controls = usual_controls(&scenario, false);
        self.deployment = None;
        self.solo = false;
        self.picked = self.shelf.position(&scenario);
        self.scenario = scenario;
    }

    fn back(&mut self) -> Asked {
        if self.session.is_some() {
            return Asked::Draw;
        }
        Asked::Back
    }

    /// The language, as the settings have it. A refusal was written in the other one.
    pub fn speak(&mut self, lang: Lang) {
        if self.lang != lang {
            self.lang = lang;
            self.slip = None;
            self.notice = None;
            self.rebinding = None;
        }
    }

    /// What is taken over from the settings when they change.
    pub fn follow(&mut self, settings: &Settings) {
        self.hints = settings.hints;
        if let Some(lang) = settings.lang {
            self.speak(lang);
        }
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
