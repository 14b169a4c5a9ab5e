//! The keyboard, as a table: which key asks for what, and where.
//!
//! Letters and digits are physical keys, so they work under every layout and with an input method
//! on; combinations and signs are what the key says, and the physical key where the layout has no
//! Latin letter there.

use super::{Pointer, Ring, Scrolls, Wish};
use crate::app::map::MapView;
use crate::app::screens::{Stale, kinds_in_play};
use crate::app::semantics::Tree;
use crate::app::table::{Act, Overlay, Screen, Table};
use crate::rules::id::PrecinctIx;
use bevy::input::ButtonState;
use bevy::input::keyboard::{Key as Logical, KeyboardFocusLost, KeyboardInput};
use bevy::prelude::*;

/// Where a key means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// On every screen.
    Everywhere,
    /// On the screen of orders.
    Orders,
    /// On an open card.
    Card,
    /// On a call.
    Call,
    /// Where exercises are chosen.
    Scenarios,
    /// On every screen but that of orders.
    Reading,
}

/// What a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Any of these keys, by where it lies; which one counts.
    At(&'static [KeyCode]),
    /// The key that says this, or the one that lies here under a layout without Latin letters.
    Says(&'static str, KeyCode),
}

/// A key and what it is for.
#[derive(Clone, Copy, Debug)]
pub struct Shortcut {
    /// Its name; `key.<name>` is its text.
    pub id: &'static str,
    /// Where it means something.
    pub scope: Scope,
    /// The key.
    pub key: Key,
    /// With Ctrl or the command key.
    pub ctrl: bool,
    /// With Shift; `None` either way.
    pub shift: Option<bool>,
    /// What is written on the key caps.
    pub caps: &'static [&'static str],
}

const ENTER: Key = Key::At(&[KeyCode::Enter, KeyCode::NumpadEnter]);
const DIGITS: Key = Key::At(&[
    KeyCode::Digit1,
    KeyCode::Digit2,
    KeyCode::Digit3,
    KeyCode::Digit4,
    KeyCode::Digit5,
    KeyCode::Digit6,
    KeyCode::Digit7,
    KeyCode::Digit8,
    KeyCode::Digit9,
    KeyCode::Numpad1,
    KeyCode::Numpad2,
    KeyCode::Numpad3,
    KeyCode::Numpad4,
    KeyCode::Numpad5,
    KeyCode::Numpad6,
    KeyCode::Numpad7,
    KeyCode::Numpad8,
    KeyCode::Numpad9,
]);
const LETTERS: Key = Key::At(&[KeyCode::KeyA, KeyCode::KeyB, KeyCode::KeyC, KeyCode::KeyD]);
const ARROWS: Key = Key::At(&[
    KeyCode::ArrowLeft,
    KeyCode::ArrowRight,
    KeyCode::ArrowUp,
    KeyCode::ArrowDown,
]);

/// Every key, in the order of the list that `?` shows.
pub const SHORTCUTS: &[Shortcut] = &[
    plain(
        "next",
        Scope::Everywhere,
        Key::At(&[KeyCode::Tab]),
        &["Tab"],
    ),
    plain("press", Scope::Everywhere, ENTER, &["Enter"]),
    plain(
        "back",
        Scope::Everywhere,
        Key::At(&[KeyCode::Escape]),
        &["Esc"],
    ),
    shifted(
        "language",
        Scope::Everywhere,
        Key::At(&[KeyCode::KeyG]),
        &["Shift", "G"],
    ),
    shifted(
        "look",
        Scope::Everywhere,
        Key::At(&[KeyCode::KeyT]),
        &["Shift", "T"],
    ),
    plain(
        "keys",
        Scope::Everywhere,
        Key::Says("?", KeyCode::Slash),
        &["?"],
    ),
    plain("exercise", Scope::Scenarios, ARROWS, &["←", "→"]),
    plain("take", Scope::Orders, DIGITS, &["1", "2", "3"]),
    plain("arrows", Scope::Orders, ARROWS, &["←", "→", "↑", "↓"]),
    plain(
        "before",
        Scope::Orders,
        Key::Says(",", KeyCode::Comma),
        &[","],
    ),
    plain(
        "after",
        Scope::Orders,
        Key::Says(".", KeyCode::Period),
        &["."],
    ),
    plain("place", Scope::Orders, ENTER, &["Enter"]),
    shifted("place-keep", Scope::Orders, ENTER, &["Shift", "Enter"]),
    plain("tactic", Scope::Orders, Key::At(&[KeyCode::KeyT]), &["T"]),
    plain(
        "take-back",
        Scope::Orders,
        Key::At(&[KeyCode::Backspace]),
        &["Backspace"],
    ),
    plain("forecast", Scope::Orders, Key::At(&[KeyCode::KeyP]), &["P"]),
    plain("card", Scope::Orders, Key::At(&[KeyCode::KeyE]), &["E"]),
    plain("answer", Scope::Card, LETTERS, &["A", "B", "C"]),
    plain("call-answer", Scope::Call, DIGITS, &["1", "2", "3"]),
    Shortcut {
        shift: Some(false),
        ..with_ctrl("undo", Key::Says("z", KeyCode::KeyZ), &["Ctrl", "Z"])
    },
    Shortcut {
        shift: Some(true),
        ..with_ctrl(
            "redo",
            Key::Says("z", KeyCode::KeyZ),
            &["Ctrl", "Shift", "Z"],
        )
    },
    with_ctrl("end-turn", ENTER, &["Ctrl", "Enter"]),
    plain(
        "scroll",
        Scope::Reading,
        Key::At(&[
            KeyCode::PageUp,
            KeyCode::PageDown,
            KeyCode::ArrowUp,
            KeyCode::ArrowDown,
        ]),
        &["PageUp", "PageDown"],
    ),
];

const fn plain(
    id: &'static str,
    scope: Scope,
    key: Key,
    caps: &'static [&'static str],
) -> Shortcut {
    // Signs such as `?` need Shift on some keyboards and not on others.
    let shift = match key {
        Key::At(_) => Some(false),
        Key::Says(..) => None,
    };
    Shortcut {
        id,
        scope,
        key,
        ctrl: false,
        shift,
        caps,
    }
}

const fn shifted(
    id: &'static str,
    scope: Scope,
    key: Key,
    caps: &'static [&'static str],
) -> Shortcut {
    Shortcut {
        shift: Some(true),
        ..plain(id, scope, key, caps)
    }
}

const fn with_ctrl(id: &'static str, key: Key, caps: &'static [&'static str]) -> Shortcut {
    Shortcut {
        ctrl: true,
        shift: None,
        ..plain(id, Scope::Orders, key, caps)
    }
}

impl Shortcut {
    /// Which of its keys was pressed.
    fn pressed(&self, key: &KeyboardInput, ctrl: bool, shift: bool) -> Option<usize> {
        if self.ctrl != ctrl || self.shift.is_some_and(|wanted| wanted != shift) {
            return None;
        }
        match self.key {
            Key::At(codes) => codes.iter().position(|code| *code == key.key_code),
            Key::Says(sign, code) => {
                let said = match &key.logical_key {
                    Logical::Character(said) if said.is_ascii() => said.eq_ignore_ascii_case(sign),
                    _ => code == key.key_code && (sign != "?" || shift),
                };
                said.then_some(0)
            }
        }
    }
}

/// What is on the screen, for keys that depend on it.
#[derive(bevy::ecs::system::SystemParam)]
pub(super) struct Desk<'w> {
    table: Res<'w, Table>,
    tree: Res<'w, Tree>,
    map: Res<'w, MapView>,
    pointer: ResMut<'w, Pointer>,
    ring: ResMut<'w, Ring>,
    scrolls: ResMut<'w, Scrolls>,
    stale: ResMut<'w, Stale>,
}

/// The modifiers that are held, followed key by key: where a frame is slow, a whole chord lies in it,
/// and at its end nothing is held any more.
#[derive(Default)]
pub(super) struct Held {
    ctrl: bool,
    shift: bool,
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
        let Held { ctrl, shift } = *held;
        if key.key_code == KeyCode::Tab && !ctrl {
            let desk = &mut desk;
            desk.ring.step(&desk.tree, shift);
            desk.pointer.by_key = false;
            desk.stale.0 = true;
            continue;
        }
        let plain = matches!(
            key.key_code,
            KeyCode::Enter | KeyCode::NumpadEnter | KeyCode::Space
        );
        if plain && !ctrl && !shift && desk.ring.shown {
            let focused = desk.ring.on.clone().filter(|id| desk.tree.spot(id).is_ok());
            if let Some(act) = focused.and_then(|id| desk.tree.act(&id)) {
                wishes.write(Wish(act));
                continue;
            }
        }
        let act = SHORTCUTS
            .iter()
            .filter(|shortcut| applies(shortcut.scope, *screen.get(), &desk.table))
            .find_map(|it| Some((it.id, it.pressed(key, ctrl, shift)?)))
            .and_then(|(id, at)| desk.ask(id, at, *screen.get()));
        wishes.write_batch(act.map(Wish));
    }
}

/// Whether a key of this scope means something now.
fn applies(scope: Scope, screen: Screen, table: &Table) -> bool {
    if table.overlay.is_some() {
        return matches!(scope, Scope::Everywhere | Scope::Reading);
    }
    match scope {
        Scope::Everywhere => true,
        Scope::Orders => screen == Screen::Command && table.call.is_none(),
        Scope::Card => table.card.is_some(),
        Scope::Call => table.call.is_some(),
        Scope::Scenarios => screen == Screen::Scenarios,
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
            "exercise" => {
                let count = self.table.shelf.len();
                let step = if at == 0 || at == 2 { count - 1 } else { 1 };
                Some(Act::Pick((self.table.picked + step) % count))
            }
            "take" => {
                let view = self.table.view()?;
                // A unit taken by number is shown on the map at once, where the keys point.
                self.pointer.by_key = true;
                self.pointer.place = self.pointer.place.or(Some(0));
                kinds_in_play(&view).get(at % 9).copied().map(Act::Take)
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
                let view = self.table.view()?;
                let card = self.table.fresh_cards().first().map(|(inject, _)| *inject);
                let other = view.open_injects().next().map(|(inject, _)| inject);
                card.or(other).map(Act::Open)
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
            "undo" => Some(Act::Undo),
            "redo" => Some(Act::Redo),
            "end-turn" => Some(Act::EndTurn),
            "scroll" => {
                let page = self.tree.window().height() * 0.6;
                self.scrolls.by([-page, page, -48.0, 48.0][at]);
                None
            }
            _ => None,
        }
    }

    fn aimed(&self) -> Option<PrecinctIx> {
        self.pointer.place.map(PrecinctIx::from_position)
    }

    fn point(&mut self, place: usize) -> Option<Act> {
        self.pointer.aim(place);
        // A screen reader follows to the place; the map shows it in its own way.
        let id = &self.table.scenario.world.precincts[place].id;
        self.ring.on = Some(format!("precinct:{id}"));
        self.ring.shown = false;
        self.stale.0 = true;
        None
    }

    /// Enter without a control in focus goes the way most people go.
    fn enter(&mut self, screen: Screen) -> Option<Act> {
        if self.table.overlay.is_some() {
            return Some(Act::Close);
        }
        if screen == Screen::Command {
            // On the map it places and chooses; an open card wants a letter.
            let free = self.table.card.is_none() && self.table.call.is_none();
            return self.aimed().filter(|_| free).map(Act::Precinct);
        }
        [
            "continue", "start", "set-up", "begin", "onward", "home-end", "browse",
        ]
        .iter()
        .find_map(|id| self.tree.act(id))
    }

    fn escape(&self, screen: Screen) -> Act {
        if self.table.overlay.is_some() {
            return Act::Close;
        }
        match screen {
            Screen::Command => Act::PutBack,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lang, table};

    fn press(code: KeyCode, says: &str) -> KeyboardInput {
        KeyboardInput {
            key_code: code,
            logical_key: Logical::Character(says.into()),
            state: ButtonState::Pressed,
            text: None,
            repeat: false,
            window: Entity::PLACEHOLDER,
        }
    }

    fn find(id: &str) -> &'static Shortcut {
        SHORTCUTS.iter().find(|it| it.id == id).expect("a shortcut")
    }

    #[test]
    fn every_key_has_its_words_in_both_languages() {
        for shortcut in SHORTCUTS {
            for lang in Lang::ALL {
                let key = format!("key.{}", shortcut.id);
                assert!(table(lang).find(&key).is_some(), "{lang} lacks {key}");
            }
        }
    }

    #[test]
    fn letters_are_where_they_lie_and_signs_are_what_they_say() {
        let undo = find("undo");
        // On a French keyboard the key that says Z lies where W lies elsewhere.
        assert_eq!(
            undo.pressed(&press(KeyCode::KeyW, "z"), true, false),
            Some(0)
        );
        // Under a Russian layout no key says Z, so the place counts.
        assert_eq!(
            undo.pressed(&press(KeyCode::KeyZ, "я"), true, false),
            Some(0)
        );
        assert_eq!(undo.pressed(&press(KeyCode::KeyZ, "z"), true, true), None);
        assert_eq!(
            find("redo").pressed(&press(KeyCode::KeyZ, "Z"), true, true),
            Some(0)
        );
        let tactic = find("tactic");
        assert_eq!(
            tactic.pressed(&press(KeyCode::KeyT, "е"), false, false),
            Some(0)
        );
        let keys = find("keys");
        assert_eq!(
            keys.pressed(&press(KeyCode::Minus, "?"), false, true),
            Some(0)
        );
        assert_eq!(
            keys.pressed(&press(KeyCode::Slash, "/"), false, false),
            None
        );
    }
}
