//! What a pressed key asks for, on the screen that is shown.

use super::bindings::Chord;
use super::shortcuts::{DIGITS, SHORTCUTS, Scope, Shortcut};
use super::{Pointer, Ring, Scrolls, Wish};
use crate::app::map::{Look, MapView};
use crate::app::screens::Stale;
use crate::app::semantics::Tree;
use crate::app::shell::Settings;
use crate::app::table::{Act, BEATS, Overlay, Page, Pick, Screen, Table};
use crate::rules::id::{PrecinctIx, SeatIx};
use bevy::input::ButtonState;
use bevy::input::keyboard::{KeyboardFocusLost, KeyboardInput};
use bevy::prelude::*;

/// What is on the screen, for keys that depend on it.
#[derive(bevy::ecs::system::SystemParam)]
pub(super) struct Desk<'w> {
    table: Res<'w, Table>,
    tree: Res<'w, Tree>,
    map: ResMut<'w, MapView>,
    pointer: ResMut<'w, Pointer>,
    ring: ResMut<'w, Ring>,
    scrolls: ResMut<'w, Scrolls>,
    stale: ResMut<'w, Stale>,
    settings: Res<'w, Settings>,
}

/// The modifiers that are held, followed key by key: where a frame is slow, a whole chord lies in it,
/// and at its end nothing is held any more.
#[derive(Default)]
pub(super) struct Held {
    ctrl: bool,
    shift: bool,
    /// Whether the key before asked for a desk by number.
    desk: bool,
}

impl Held {
    /// Whether the key is a modifier, which by itself asks for nothing.
    fn takes(&mut self, key: &KeyboardInput) -> bool {
        let down = key.state == ButtonState::Pressed;
        match key.key_code {
            KeyCode::ControlLeft
            | KeyCode::ControlRight
            | KeyCode::SuperLeft
            | KeyCode::SuperRight => self.ctrl = down,
            KeyCode::ShiftLeft | KeyCode::ShiftRight => self.shift = down,
            _ => return false,
        }
        true
    }
}

pub(super) fn read(
    mut pressed: MessageReader<KeyboardInput>,
    mut left: MessageReader<KeyboardFocusLost>,
    mut held: Local<Held>,
    screen: Res<State<Screen>>,
    mut desk: Desk,
    mut wishes: MessageWriter<Wish>,
) {
    if left.read().count() > 0 {
        *held = Held::default();
    }
    for key in pressed.read() {
        if held.takes(key) || key.state != ButtonState::Pressed {
            continue;
        }
        let Held { ctrl, shift, .. } = *held;
        // A digit after it names a desk; anything else means what it always means.
        if std::mem::take(&mut held.desk) && !ctrl && !shift {
            let digit = DIGITS.iter().position(|code| *code == key.key_code);
            if let Some(act) = digit.and_then(|at| desk.by_number(at % 9)) {
                wishes.write(Wish(act));
                continue;
            }
        }
        let pressed = |shortcut: &Shortcut| {
            let keys = &desk.settings.keys;
            keys.pressed(shortcut, key, ctrl, shift)
        };
        let is = |id| Shortcut::find(id).and_then(pressed).is_some();
        if is("next") {
            let desk = &mut desk;
            desk.ring.step(&desk.tree, shift);
            desk.pointer.by_key = false;
            desk.stale.0 = true;
            continue;
        }
        // A blank presses what has the focus, as everywhere.
        let blank = key.key_code == KeyCode::Space && !ctrl && !shift;
        if (blank || is("press")) && desk.ring.shown {
            let focused = desk.ring.on.clone().filter(|id| desk.tree.spot(id).is_ok());
            if let Some(act) = focused.and_then(|id| desk.tree.act(&id)) {
                wishes.write(Wish(act));
                continue;
            }
        }
        if desk.table.rebinding.is_some() && !blank && !is("press") && !is("back") {
            wishes.write(Wish(Act::Bind(Chord::of(key, ctrl, shift))));
            continue;
        }
        let act = SHORTCUTS
            .iter()
            .filter(|shortcut| applies(shortcut.scope, *screen.get(), &desk.table))
            .find_map(|it| Some((it.id, pressed(it)?)))
            .and_then(|(id, at)| {
                held.desk = id == "desk";
                desk.ask(id, at, *screen.get())
            });
        let act = act.or_else(|| desk.table.telling(*screen.get()).then_some(Act::Skip));
        wishes.write_batch(act.map(Wish));
    }
}

/// Whether a key of this scope means something now.
fn applies(scope: Scope, screen: Screen, table: &Table) -> bool {
    if table.overlay.is_some() {
        return match (scope, table.overlay) {
            (Scope::Everywhere | Scope::Reading, _) => true,
            (Scope::Slips, Some(Overlay::Slips)) => true,
            #[cfg(not(target_family = "wasm"))]
            (Scope::Files, Some(Overlay::Open)) => true,
            _ => false,
        };
    }
    match scope {
        Scope::Everywhere => true,
        Scope::Orders => {
            let free = !table.in_emergency() && !table.desk.covered;
            screen == Screen::Command && table.call.is_none() && free
        }
        Scope::Board => screen == Screen::Command,
        Scope::Slips => false,
        Scope::Emergency => screen == Screen::Command && table.in_emergency(),
        Scope::Card => table.card.is_some(),
        Scope::Call => table.call.is_some(),
        Scope::Scenarios => screen == Screen::Scenarios,
        Scope::Setup => screen == Screen::Setup,
        #[cfg(not(target_family = "wasm"))]
        Scope::Files => matches!(screen, Screen::Title | Screen::Scenarios),
        Scope::Reading => screen != Screen::Command,
    }
}

impl Desk<'_> {
    /// What the key asks for; `at` tells which of its keys was pressed.
    fn ask(&mut self, id: &str, at: usize, screen: Screen) -> Option<Act> {
        match id {
            "press" => self.enter(screen),
            "back" => Some(self.escape(screen)),
            "language" => Some(Act::Language),
            "look" => Some(Act::NextLook),
            "keys" => Some(Act::Show(Overlay::Keys)),
            "glossary" => Some(Act::Show(Overlay::Glossary)),
            "history" => {
                let begun = self.table.session.is_some();
                begun.then_some(Act::Show(Overlay::History))
            }
            #[cfg(not(target_family = "wasm"))]
            "open" => Some(Act::Show(Overlay::Open)),
            #[cfg(not(target_family = "wasm"))]
            "paste" => Some(Act::Paste),
            "exercise" => {
                let count = self.table.shelf.len();
                let step = if at == 0 || at == 2 { count - 1 } else { 1 };
                Some(Act::Pick((self.table.picked + step) % count))
            }
            "seed" => Some(Act::SeedDigit((at % 10) as u8)),
            "seed-back" => Some(Act::SeedRubOut),
            "take" => {
                // A unit taken by number is shown on the map at once, where the keys point.
                self.pointer.by_key = true;
                self.pointer.place = self.pointer.place.or(Some(0));
                let kind = self.table.kinds().get(at % 9).copied()?;
                Some(Act::Take(kind))
            }
            "take-all" => self.table.hand.map(|_| Act::TakeAll),
            "take-more" => self.table.hand.map(|_| Act::TakeMore),
            // Once "forecast" has led to the guesses, the arrows go from one to the next.
            "arrows" if at < 2 && self.guessing() => {
                let from = self.ring.on.clone();
                self.ring.step(&self.tree, at == 0);
                if !self.guessing() {
                    self.ring.on = from;
                }
                self.stale.0 = true;
                None
            }
            "arrows" if self.table.layers_open => {
                self.ring.step(&self.tree, at == 0 || at == 2);
                self.stale.0 = true;
                None
            }
            "arrows" => {
                let ways = [Vec2::NEG_X, Vec2::X, Vec2::NEG_Y, Vec2::Y];
                let chosen = self.table.chosen.map(PrecinctIx::at);
                let from = self.pointer.place.or(chosen);
                self.point(neighbour(&self.map, from, ways[at]))
            }
            "before" | "after" => {
                let count = self.table.scenario.world.precincts.len();
                let step = if id == "after" { 1 } else { count - 1 };
                let next = self.pointer.place.map_or(0, |at| (at + step) % count);
                self.point(next)
            }
            "place" => self.aimed().map(Act::Precinct),
            "place-keep" => self.aimed().map(Act::PlaceAndKeep),
            "tactic" => {
                let hand = self.table.hand?;
                let can = &self.table.scenario.world.kind_of(hand.unit).tactics;
                let at = can.iter().position(|tactic| *tactic == hand.tactic)?;
                Some(Act::Turn(can[(at + 1) % can.len()]))
            }
            "take-back" => Some(Act::TakeBackHere),
            "forecast" => {
                let first = self.tree.find("forecast:fewer")?;
                self.ring.on = Some(first.means.id.clone());
                self.ring.shown = true;
                self.stale.0 = true;
                None
            }
            "card" => {
                let cards = self.table.cards();
                let open = cards.iter().position(|it| Some(*it) == self.table.card);
                let next = open.map_or(0, |at| (at + 1) % cards.len());
                cards.get(next).copied().map(Act::Open)
            }
            "answer" => {
                let inject = self.table.card?;
                let options = &self.table.scenario.world.injects[inject.at()].options;
                (at < options.len()).then_some(Act::Answer(inject, at as u16))
            }
            "call-answer" => {
                let inject = self.table.call?.inject;
                let options = &self.table.scenario.world.injects[inject.at()].options;
                let at = at % 9;
                (at < options.len()).then_some(Act::Answer(inject, at as u16))
            }
            // Letters answer an open card; only the page of orders has suggestions.
            "offer" => {
                let desk = &self.table.desk;
                let open = desk.page == Page::Orders && desk.sheet.is_none();
                let free = self.table.card.is_none() && self.table.hand.is_none();
                let slot = *self.table.view()?.open_slots().first()?;
                let offer = self.table.offers(slot).get(at).filter(|_| open && free)?;
                Some(Act::Give(Box::new(offer.order.clone())))
            }
            // The laptop can be handed further on while nobody has said that they are there.
            "desk-before" | "desk-after" if self.table.shows_desks() => {
                let count = self.table.scenario.world.seats.len();
                let step = if id == "desk-after" { 1 } else { count - 1 };
                self.by_number((self.table.desk.seat.at() + step) % count)
            }
            "page" if self.table.shows_desks() => {
                let page = *Page::ALL.get(at)?;
                // From its name the next step of the focus leads into it.
                self.ring.on = Some(format!("page:{}", page.id()));
                self.ring.shown = true;
                Some(Act::Page(page))
            }
            "ready" if self.table.shows_desks() => Some(Act::Ready),
            "slips" => Some(Act::Slips),
            "slip" => Pick::of_digit(at % 10).map(|pick| Act::FillSlip(self.table.slip_row, pick)),
            "slip-row" => {
                let last = self.table.slip_rows().len().checked_sub(1)?;
                let row = self.table.slip_row;
                let to = if at == 0 {
                    row.saturating_sub(1)
                } else {
                    row + 1
                };
                self.ring.on = Some(format!("slip-row:{}", to.min(last)));
                Some(Act::SlipRow(to.min(last)))
            }
            "beat" => BEATS.get(at % 9).copied().map(Act::Decide),
            "overlay" => {
                if self.table.layers().is_empty() || self.table.card.is_some() {
                    return None;
                }
                // The list opens with the focus on its first line.
                if !self.table.layers_open {
                    self.ring.on = Some("layer:plan".to_owned());
                    self.ring.shown = true;
                }
                Some(Act::MapLayers)
            }
            "on-map" => (screen == Screen::Feedback).then_some(Act::OnMap(!self.table.on_map)),
            "zoom-in" => Some(Act::MapSight(Look::In)),
            "zoom-out" => Some(Act::MapSight(Look::Out)),
            "zoom-fit" => Some(Act::MapSight(Look::Fit)),
            "pan" => {
                let (x, y) = [(-1, 0), (1, 0), (0, -1), (0, 1)][at];
                Some(Act::MapSight(Look::Aside(x, y)))
            }
            "undo" => Some(Act::Undo),
            "redo" => Some(Act::Redo),
            "end-turn" => Some(Act::EndTurn),
            "leaf" | "scroll" => {
                let page = self.tree.window().height() * 0.6;
                self.scrolls.by_key([-page, page, -48.0, 48.0][at]);
                None
            }
            _ => None,
        }
    }

    /// The desk of this number, where one at a time is in hand and nothing else has to be decided.
    fn by_number(&self, at: usize) -> Option<Act> {
        let free = self.table.call.is_none() && !self.table.in_emergency();
        let there = at < self.table.scenario.world.seats.len();
        (self.table.shows_desks() && free && there).then(|| Act::Desk(SeatIx::from_position(at)))
    }

    /// Whether the focus is on one of the guesses.
    fn guessing(&self) -> bool {
        let on = self.ring.on.as_deref().unwrap_or_default();
        self.ring.shown && on.starts_with("forecast:")
    }

    fn aimed(&self) -> Option<PrecinctIx> {
        self.pointer.place.map(PrecinctIx::from_position)
    }

    fn point(&mut self, place: usize) -> Option<Act> {
        self.pointer.aim(place);
        if self.map.sight.is_some() {
            self.map.bring(place);
        }
        // A screen reader follows to the place; the map shows it in its own way.
        let id = &self.table.scenario.world.precincts[place].id;
        self.ring.on = Some(format!("precinct:{id}"));
        self.ring.shown = false;
        self.stale.0 = true;
        None
    }

    /// Enter without a control in focus goes the way most people go.
    fn enter(&mut self, screen: Screen) -> Option<Act> {
        if self.table.rebinding.is_some() {
            return None;
        }
        if self.table.overlay.is_some() {
            return Some(Act::Close);
        }
        if screen == Screen::Command && self.table.desk.covered {
            return Some(Act::Uncover);
        }
        if screen == Screen::Command && self.table.in_emergency() {
            return self.tree.act("emergency-go");
        }
        if screen == Screen::Command {
            // On the map it places and chooses; an open card wants a letter.
            let free = self.table.card.is_none() && self.table.call.is_none();
            return self.aimed().filter(|_| free).map(Act::Precinct);
        }
        [
            "continue",
            "start",
            "set-up",
            "begin",
            "onward",
            "debrief:onward",
            "home-end",
            "browse",
        ]
        .iter()
        .find_map(|id| self.tree.act(id))
    }

    fn escape(&self, screen: Screen) -> Act {
        if self.table.rebinding.is_some() {
            return Act::Rebind(None);
        }
        if self.table.overlay.is_some() {
            return Act::Close;
        }
        match screen {
            Screen::Command if self.table.review().is_some() && self.table.card.is_none() => {
                Act::Present
            }
            Screen::Command if !self.table.in_emergency() => Act::PutBack,
            _ if self.table.telling(screen) => Act::Skip,
            Screen::Scenarios | Screen::Setup => Act::Back,
            _ => Act::Show(Overlay::Menu),
        }
    }
}

/// The precinct that lies nearest in a direction; the same one if none does.
fn neighbour(map: &MapView, from: Option<usize>, way: Vec2) -> usize {
    let (Some(board), Some(frame), Some(from)) = (&map.board, &map.frame, from) else {
        return 0;
    };
    let middle = |at: usize| frame.to_window(board.places[at].shape.label_point());
    let here = middle(from);
    (0..board.places.len())
        .filter(|at| *at != from)
        .filter_map(|at| {
            let step = middle(at) - here;
            let along = step.dot(way);
            let aside = step.perp_dot(way).abs();
            // Within 60 degrees of the arrow, and the sideways way counts double.
            (along > 1.0 && aside < along * 1.75).then_some((along + aside * 2.0, at))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(from, |(_, at)| at)
}
