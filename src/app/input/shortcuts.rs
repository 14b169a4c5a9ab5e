//! The keyboard, as a table: which key asks for what, and where.
//!
//! Letters and digits are physical keys, so they work under every layout and with an input method
//! on; combinations and signs are what the key says, and the physical key where the layout has no
//! Latin letter there.

use bevy::input::keyboard::{Key as Logical, KeyboardInput};
use bevy::prelude::*;

/// Where a key means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// On every screen.
    Everywhere,
    /// On the screen of orders.
    Orders,
    /// On the screen of orders, whatever lies over it: a card, a call, an emergency, the cover
    /// between two desks.
    Board,
    /// On an open card.
    Card,
    /// On a call.
    Call,
    /// In an emergency.
    Emergency,
    /// Where the desks' slips are put in.
    Slips,
    /// Where exercises are chosen.
    Scenarios,
    /// At the set-up of a game.
    Setup,
    /// Where games and exercises are opened: on the title, and where exercises are chosen.
    #[cfg(not(target_family = "wasm"))]
    Files,
    /// On every screen but that of orders.
    Reading,
}

/// What a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Any of these keys, by where it lies.
    At(&'static [KeyCode]),
    /// These keys, by where they lie; which one counts.
    Each(&'static [KeyCode]),
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
/// The keys that take one of nine: the row of digits, then those of the number pad.
pub const DIGITS: [KeyCode; 18] = [
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
];
/// The keys that type a number, each digit as often as keyboards have it: the row, then the pad.
const NUMBERS: [KeyCode; 20] = {
    let mut keys = [KeyCode::Digit0; 20];
    keys[10] = KeyCode::Numpad0;
    let mut at = 0;
    while at < 9 {
        keys[at + 1] = DIGITS[at];
        keys[at + 11] = DIGITS[at + 9];
        at += 1;
    }
    keys
};
/// The keys of the pages of a desk, with Shift.
const PAGES: &[KeyCode] = DIGITS.split_at(5).0;
const LETTERS: Key = Key::Each(&[KeyCode::KeyA, KeyCode::KeyB, KeyCode::KeyC, KeyCode::KeyD]);
const OFFERS: Key = Key::Each(&[KeyCode::KeyA, KeyCode::KeyB, KeyCode::KeyC]);
const ARROWS: Key = Key::Each(&[
    KeyCode::ArrowLeft,
    KeyCode::ArrowRight,
    KeyCode::ArrowUp,
    KeyCode::ArrowDown,
]);

/// Every key, in the order of the list that `?` shows.
pub const SHORTCUTS: &[Shortcut] = &[
    // With Shift it steps back.
    Shortcut {
        shift: None,
        ..plain(
            "next",
            Scope::Everywhere,
            Key::At(&[KeyCode::Tab]),
            &["Tab"],
        )
    },
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
    shifted(
        "glossary",
        Scope::Everywhere,
        Key::At(&[KeyCode::KeyW]),
        &["Shift", "W"],
    ),
    plain(
        "history",
        Scope::Everywhere,
        Key::At(&[KeyCode::KeyH]),
        &["H"],
    ),
    #[cfg(not(target_family = "wasm"))]
    with_ctrl(
        "open",
        Scope::Files,
        Key::Says("o", KeyCode::KeyO),
        &["Ctrl", "O"],
    ),
    #[cfg(not(target_family = "wasm"))]
    with_ctrl(
        "paste",
        Scope::Files,
        Key::Says("v", KeyCode::KeyV),
        &["Ctrl", "V"],
    ),
    plain("exercise", Scope::Scenarios, ARROWS, &["←", "→"]),
    plain("seed", Scope::Setup, Key::Each(&NUMBERS), &["0", "1", "2"]),
    plain(
        "seed-back",
        Scope::Setup,
        Key::At(&[KeyCode::Backspace]),
        &["Backspace"],
    ),
    plain("take", Scope::Orders, Key::Each(&DIGITS), &["1", "2", "3"]),
    plain(
        "take-more",
        Scope::Orders,
        Key::At(&[KeyCode::KeyM]),
        &["M"],
    ),
    shifted(
        "take-all",
        Scope::Orders,
        Key::At(&[KeyCode::KeyM]),
        &["Shift", "M"],
    ),
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
    plain(
        "zoom-in",
        Scope::Orders,
        Key::Says("+", KeyCode::Equal),
        &["+"],
    ),
    plain(
        "zoom-out",
        Scope::Orders,
        Key::Says("-", KeyCode::Minus),
        &["-"],
    ),
    plain(
        "zoom-fit",
        Scope::Orders,
        Key::At(&[KeyCode::Digit0, KeyCode::Numpad0]),
        &["0"],
    ),
    shifted("pan", Scope::Orders, ARROWS, &["Shift", "←", "→", "↑", "↓"]),
    plain("overlay", Scope::Orders, Key::At(&[KeyCode::KeyO]), &["O"]),
    plain("on-map", Scope::Reading, Key::At(&[KeyCode::KeyO]), &["O"]),
    plain("answer", Scope::Card, LETTERS, &["A", "B", "C"]),
    plain(
        "call-answer",
        Scope::Call,
        Key::Each(&DIGITS),
        &["1", "2", "3"],
    ),
    plain("offer", Scope::Orders, OFFERS, &["A", "B", "C"]),
    shifted(
        "page",
        Scope::Orders,
        Key::Each(PAGES),
        &["Shift", "1", "2", "3"],
    ),
    plain(
        "desk-before",
        Scope::Board,
        Key::At(&[KeyCode::BracketLeft]),
        &["["],
    ),
    plain(
        "desk-after",
        Scope::Board,
        Key::At(&[KeyCode::BracketRight]),
        &["]"],
    ),
    // It waits for the digit of a desk.
    plain("desk", Scope::Board, Key::At(&[KeyCode::KeyD]), &["D", "1"]),
    plain("ready", Scope::Orders, Key::At(&[KeyCode::KeyR]), &["R"]),
    plain("slips", Scope::Orders, Key::At(&[KeyCode::KeyY]), &["Y"]),
    plain(
        "slip",
        Scope::Slips,
        Key::Each(&NUMBERS),
        &["0", "1", "2", "3", "4"],
    ),
    plain(
        "slip-row",
        Scope::Slips,
        Key::Each(&[KeyCode::ArrowUp, KeyCode::ArrowDown]),
        &["↑", "↓"],
    ),
    plain(
        "beat",
        Scope::Emergency,
        Key::Each(&DIGITS),
        &["1", "2", "3"],
    ),
    Shortcut {
        shift: Some(false),
        ..with_ctrl(
            "undo",
            Scope::Orders,
            Key::Says("z", KeyCode::KeyZ),
            &["Ctrl", "Z"],
        )
    },
    Shortcut {
        shift: Some(true),
        ..with_ctrl(
            "redo",
            Scope::Orders,
            Key::Says("z", KeyCode::KeyZ),
            &["Ctrl", "Shift", "Z"],
        )
    },
    with_ctrl("end-turn", Scope::Orders, ENTER, &["Ctrl", "Enter"]),
    plain(
        "leaf",
        Scope::Board,
        Key::Each(&[KeyCode::PageUp, KeyCode::PageDown]),
        &["PageUp", "PageDown"],
    ),
    plain(
        "scroll",
        Scope::Reading,
        Key::Each(&[
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
        Key::At(_) | Key::Each(_) => Some(false),
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

const fn with_ctrl(
    id: &'static str,
    scope: Scope,
    key: Key,
    caps: &'static [&'static str],
) -> Shortcut {
    Shortcut {
        ctrl: true,
        shift: None,
        ..plain(id, scope, key, caps)
    }
}

impl Scope {
    /// Whether one key could mean two things, one in each of these.
    pub fn meets(self, other: Self) -> bool {
        let either = |a, b| (self, other) == (a, b) || (self, other) == (b, a);
        #[cfg(not(target_family = "wasm"))]
        let files = either(Self::Scenarios, Self::Files) || either(Self::Reading, Self::Files);
        #[cfg(target_family = "wasm")]
        let files = false;
        self == other
            || self == Self::Everywhere
            || other == Self::Everywhere
            || either(Self::Orders, Self::Card)
            || either(Self::Board, Self::Orders)
            || either(Self::Board, Self::Card)
            || either(Self::Board, Self::Call)
            || either(Self::Board, Self::Emergency)
            || either(Self::Card, Self::Call)
            || either(Self::Reading, Self::Scenarios)
            || either(Self::Reading, Self::Setup)
            || either(Self::Reading, Self::Slips)
            || files
    }
}

impl Shortcut {
    /// The shortcut of this name.
    pub fn find(id: &str) -> Option<&'static Self> {
        SHORTCUTS.iter().find(|it| it.id == id)
    }

    /// Whether it is a single key, so that another can take its place.
    pub fn single(&self) -> bool {
        !matches!(self.key, Key::Each(_))
    }

    /// Whether the keyboard would be shut out without it.
    pub fn needed(&self) -> bool {
        matches!(self.id, "next" | "press" | "back")
    }

    /// Which of its usual keys was pressed.
    pub fn pressed(&self, key: &KeyboardInput, ctrl: bool, shift: bool) -> Option<usize> {
        if self.ctrl != ctrl || self.shift.is_some_and(|wanted| wanted != shift) {
            return None;
        }
        match self.key {
            Key::At(codes) | Key::Each(codes) => {
                codes.iter().position(|code| *code == key.key_code)
            }
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::text::{Lang, table};
    use bevy::input::ButtonState;

    /// A key that is pressed and says something.
    pub fn press(code: KeyCode, says: &str) -> KeyboardInput {
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
        Shortcut::find(id).expect("a shortcut")
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
