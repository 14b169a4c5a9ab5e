//! Keys as a person wants them: shortcuts that were given another key or switched off.

use super::shortcuts::{Key, SHORTCUTS, Shortcut};
use bevy::input::keyboard::{Key as Logical, KeyboardInput};
use bevy::prelude::KeyCode;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Where the settings keep them.
const SETTING: &str = "keys";
/// What is kept for a shortcut that is switched off.
const OFF: &str = "off";

/// The keys that a shortcut can be given, and what is written on them where nobody has pressed one.
const KEYS: &[(KeyCode, &str)] = &[
    (KeyCode::KeyA, "A"),
    (KeyCode::KeyB, "B"),
    (KeyCode::KeyC, "C"),
    (KeyCode::KeyD, "D"),
    (KeyCode::KeyE, "E"),
    (KeyCode::KeyF, "F"),
    (KeyCode::KeyG, "G"),
    (KeyCode::KeyH, "H"),
    (KeyCode::KeyI, "I"),
    (KeyCode::KeyJ, "J"),
    (KeyCode::KeyK, "K"),
    (KeyCode::KeyL, "L"),
    (KeyCode::KeyM, "M"),
    (KeyCode::KeyN, "N"),
    (KeyCode::KeyO, "O"),
    (KeyCode::KeyP, "P"),
    (KeyCode::KeyQ, "Q"),
    (KeyCode::KeyR, "R"),
    (KeyCode::KeyS, "S"),
    (KeyCode::KeyT, "T"),
    (KeyCode::KeyU, "U"),
    (KeyCode::KeyV, "V"),
    (KeyCode::KeyW, "W"),
    (KeyCode::KeyX, "X"),
    (KeyCode::KeyY, "Y"),
    (KeyCode::KeyZ, "Z"),
    (KeyCode::Digit0, "0"),
    (KeyCode::Digit1, "1"),
    (KeyCode::Digit2, "2"),
    (KeyCode::Digit3, "3"),
    (KeyCode::Digit4, "4"),
    (KeyCode::Digit5, "5"),
    (KeyCode::Digit6, "6"),
    (KeyCode::Digit7, "7"),
    (KeyCode::Digit8, "8"),
    (KeyCode::Digit9, "9"),
    (KeyCode::Minus, "-"),
    (KeyCode::Equal, "="),
    (KeyCode::BracketLeft, "["),
    (KeyCode::BracketRight, "]"),
    (KeyCode::Backslash, "\\"),
    (KeyCode::Semicolon, ";"),
    (KeyCode::Quote, "'"),
    (KeyCode::Backquote, "`"),
    (KeyCode::Comma, ","),
    (KeyCode::Period, "."),
    (KeyCode::Slash, "/"),
    (KeyCode::Tab, "Tab"),
    (KeyCode::Enter, "Enter"),
    (KeyCode::Escape, "Esc"),
    (KeyCode::Backspace, "Backspace"),
    (KeyCode::Delete, "Del"),
    (KeyCode::Insert, "Ins"),
    (KeyCode::Home, "Home"),
    (KeyCode::End, "End"),
    (KeyCode::PageUp, "PageUp"),
    (KeyCode::PageDown, "PageDown"),
    (KeyCode::ArrowLeft, "←"),
    (KeyCode::ArrowRight, "→"),
    (KeyCode::ArrowUp, "↑"),
    (KeyCode::ArrowDown, "↓"),
    (KeyCode::F1, "F1"),
    (KeyCode::F2, "F2"),
    (KeyCode::F3, "F3"),
    (KeyCode::F4, "F4"),
    (KeyCode::F5, "F5"),
    (KeyCode::F6, "F6"),
    (KeyCode::F7, "F7"),
    (KeyCode::F8, "F8"),
    (KeyCode::F9, "F9"),
    (KeyCode::F10, "F10"),
    (KeyCode::F11, "F11"),
    (KeyCode::F12, "F12"),
];

/// What is written on a key where nobody has pressed one; nothing on one that no shortcut can have.
pub fn written(code: KeyCode) -> &'static str {
    let known = KEYS.iter().find(|(known, _)| *known == code);
    known.map_or("", |(_, cap)| cap)
}

/// A key by where it lies, with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    code: KeyCode,
    ctrl: bool,
    shift: bool,
    /// What the key said when it was chosen: on a French keyboard the key that lies at Q says A.
    says: Option<char>,
}

impl Chord {
    /// What was pressed, unless no shortcut can have that key.
    pub fn of(key: &KeyboardInput, ctrl: bool, shift: bool) -> Option<Self> {
        let code = key.key_code;
        let (_, usual) = KEYS.iter().find(|(known, _)| *known == code)?;
        let said = match &key.logical_key {
            Logical::Character(said) => said.chars().next(),
            _ => None,
        };
        // Signs change with Shift, and the fonts lack the letters of other scripts.
        let said = said.filter(|c| c.is_ascii_graphic() && (c.is_ascii_alphabetic() || !shift));
        let says = said
            .map(|c| c.to_ascii_uppercase())
            .filter(|c| usual.chars().ne([*c]));
        Some(Self {
            code,
            ctrl,
            shift,
            says,
        })
    }

    /// As the settings keep it: `Ctrl+Shift+KeyQ`, and `KeyQ:A` where the key says something else.
    fn text(self) -> String {
        let mut text = String::new();
        for (on, name) in [(self.ctrl, "Ctrl+"), (self.shift, "Shift+")] {
            text.push_str(if on { name } else { "" });
        }
        text += &format!("{:?}", self.code);
        text.extend(self.says.map(|says| format!(":{says}")));
        text
    }

    fn read(text: &str) -> Option<Self> {
        let (ctrl, text) = flag(text, "Ctrl+");
        let (shift, text) = flag(text, "Shift+");
        let (name, says) = match text.split_once(':') {
            Some((name, says)) => (name, Some(says)),
            None => (text, None),
        };
        let (code, _) = KEYS.iter().find(|(code, _)| format!("{code:?}") == name)?;
        let says = match says {
            None => None,
            Some(says) => {
                let mut chars = says.chars().filter(char::is_ascii_graphic);
                Some(chars.next().filter(|_| says.len() == 1)?)
            }
        };
        Some(Self {
            code: *code,
            ctrl,
            shift,
            says,
        })
    }

    /// What is written on its key caps.
    pub fn caps(self) -> Vec<String> {
        let usual = || written(self.code).to_owned();
        let key = self.says.map_or_else(usual, String::from);
        let held = [(self.ctrl, "Ctrl"), (self.shift, "Shift")];
        let held = held.into_iter().filter(|(on, _)| *on);
        held.map(|(_, name)| name.to_owned()).chain([key]).collect()
    }
}

/// Whether a text begins so, and the rest.
fn flag<'a>(text: &'a str, name: &str) -> (bool, &'a str) {
    text.strip_prefix(name)
        .map_or((false, text), |rest| (true, rest))
}

/// What a person has made of a shortcut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// This key in the place of its own.
    To(Chord),
    /// No key.
    Off,
}

impl Binding {
    fn read(text: &str, shortcut: &Shortcut) -> Option<Self> {
        if text == OFF {
            return Some(Self::Off).filter(|_| !shortcut.needed());
        }
        Chord::read(text)
            .map(Self::To)
            .filter(|_| shortcut.single())
    }
}

/// Every shortcut that is not as usual, by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bindings(BTreeMap<&'static str, Binding>);

impl Bindings {
    /// Reads what is known of the settings; what cannot be read is as usual.
    pub fn read(settings: &Map<String, Value>) -> Self {
        let kept = settings.get(SETTING).and_then(Value::as_object);
        let of = |shortcut: &'static Shortcut| {
            let text = kept?.get(shortcut.id)?.as_str()?;
            Some((shortcut.id, Binding::read(text, shortcut)?))
        };
        Self(SHORTCUTS.iter().filter_map(of).collect())
    }

    /// Writes them into the settings. What a later version has written about its own shortcuts
    /// stays, and so does what could not be read.
    pub fn write(&self, settings: &mut Map<String, Value>) {
        let mut kept = match settings.remove(SETTING) {
            Some(Value::Object(kept)) => kept,
            _ => Map::new(),
        };
        for shortcut in SHORTCUTS {
            let was = kept.get(shortcut.id).and_then(Value::as_str);
            match self.0.get(shortcut.id) {
                Some(Binding::To(chord)) => {
                    kept.insert(shortcut.id.to_owned(), json!(chord.text()));
                }
                Some(Binding::Off) => {
                    kept.insert(shortcut.id.to_owned(), json!(OFF));
                }
                None if was.is_some_and(|text| Binding::read(text, shortcut).is_some()) => {
                    kept.remove(shortcut.id);
                }
                None => {}
            }
        }
        if !kept.is_empty() {
            settings.insert(SETTING.to_owned(), Value::Object(kept));
        }
    }

    /// What was made of a shortcut; `None` is as usual.
    pub fn of(&self, id: &str) -> Option<Binding> {
        self.0.get(id).copied()
    }

    /// Whether every shortcut is as usual.
    pub fn usual(&self) -> bool {
        self.0.is_empty()
    }

    /// The same with one shortcut changed.
    #[must_use]
    pub fn with(&self, id: &'static str, binding: Option<Binding>) -> Self {
        let mut changed = self.clone();
        match binding {
            Some(binding) => changed.0.insert(id, binding),
            None => changed.0.remove(id),
        };
        changed
    }

    /// Which of a shortcut's keys was pressed.
    pub fn pressed(
        &self,
        shortcut: &Shortcut,
        key: &KeyboardInput,
        ctrl: bool,
        shift: bool,
    ) -> Option<usize> {
        match self.of(shortcut.id) {
            None => shortcut.pressed(key, ctrl, shift),
            Some(Binding::Off) => None,
            Some(Binding::To(chord)) => {
                let held = chord.ctrl == ctrl && (chord.shift == shift || steps_back(shortcut));
                (held && chord.code == key.key_code).then_some(0)
            }
        }
    }

    /// What is written on the key caps of a shortcut; nothing if it is switched off.
    pub fn caps(&self, id: &str) -> Vec<String> {
        match self.of(id) {
            Some(Binding::Off) => Vec::new(),
            Some(Binding::To(chord)) => chord.caps(),
            None => {
                let caps = Shortcut::find(id).map_or(&[][..], |shortcut| shortcut.caps);
                caps.iter().map(|cap| (*cap).to_owned()).collect()
            }
        }
    }

    /// The shortcut whose key this one would take.
    pub fn clash(&self, id: &str) -> Option<&'static Shortcut> {
        let own = Shortcut::find(id)?;
        SHORTCUTS.iter().find(|other| {
            let changed = self.of(own.id).is_some() || self.of(other.id).is_some();
            // Enter goes on, and on the map going on is placing.
            let same_work = [own.id, other.id]
                .iter()
                .all(|id| ["press", "place"].contains(id));
            other.id != own.id
                && changed
                && !same_work
                && own.scope.meets(other.scope)
                && self.reach(own).meets(&self.reach(other))
        })
    }

    fn reach(&self, shortcut: &Shortcut) -> Reach {
        let (codes, says, ctrl, shift) = match (self.of(shortcut.id), shortcut.key) {
            (Some(Binding::Off), _) => (Vec::new(), None, false, None),
            (Some(Binding::To(chord)), _) => {
                let shift = (!steps_back(shortcut)).then_some(chord.shift);
                (vec![chord.code], chord.says, chord.ctrl, shift)
            }
            (None, Key::At(codes) | Key::Each(codes)) => {
                (codes.to_vec(), None, shortcut.ctrl, shortcut.shift)
            }
            (None, Key::Says(sign, code)) => {
                let sign = sign.chars().next().map(|c| c.to_ascii_uppercase());
                // The question mark lies on the slash, with Shift.
                let shift = if sign == Some('?') {
                    Some(true)
                } else {
                    shortcut.shift
                };
                (vec![code], sign, shortcut.ctrl, shift)
            }
        };
        Reach {
            codes,
            says,
            ctrl,
            shift,
        }
    }
}

/// Whether Shift turns the step of a shortcut round, so that it is no part of its key.
fn steps_back(shortcut: &Shortcut) -> bool {
    shortcut.id == "next"
}

/// Every press that a shortcut answers to.
struct Reach {
    codes: Vec<KeyCode>,
    says: Option<char>,
    ctrl: bool,
    shift: Option<bool>,
}

impl Reach {
    fn meets(&self, other: &Self) -> bool {
        let held = match (self.shift, other.shift) {
            (Some(own), Some(other)) => own == other,
            _ => true,
        };
        let code = self.codes.iter().any(|code| other.codes.contains(code));
        let sign = self.says.is_some() && self.says == other.says;
        self.ctrl == other.ctrl && held && (code || sign)
    }
}

#[cfg(test)]
mod tests {
    use super::super::shortcuts::tests::press;
    use super::*;

    fn chord(code: KeyCode, says: &str, ctrl: bool, shift: bool) -> Binding {
        Binding::To(Chord::of(&press(code, says), ctrl, shift).expect("a key that can be had"))
    }

    #[test]
    fn what_was_changed_is_read_as_it_was_written() {
        let bindings = Bindings::default()
            .with("tactic", Some(chord(KeyCode::KeyQ, "a", false, false)))
            .with("redo", Some(chord(KeyCode::KeyY, "y", true, false)))
            .with("look", Some(chord(KeyCode::Digit5, "%", false, true)))
            .with("card", Some(Binding::Off));
        let mut settings = Map::new();
        bindings.write(&mut settings);
        assert_eq!(
            settings["keys"],
            json!({"tactic": "KeyQ:A", "redo": "Ctrl+KeyY", "look": "Shift+Digit5", "card": "off"})
        );
        assert_eq!(Bindings::read(&settings), bindings);
        assert_eq!(bindings.caps("tactic"), ["A"]);
        assert_eq!(bindings.caps("look"), ["Shift", "5"]);
        assert!(bindings.caps("card").is_empty());
    }

    #[test]
    fn what_cannot_be_read_is_as_usual_and_stays_in_the_file() {
        let text = json!({"keys": {
            "tactic": "KeyQQ", "card": 7, "next": "off", "take": "KeyJ", "of-tomorrow": "KeyB",
            "undo": "Ctrl+KeyU",
        }});
        let mut settings = text.as_object().cloned().expect("an object");
        let bindings = Bindings::read(&settings);
        for usual in ["tactic", "card", "next", "take"] {
            assert_eq!(bindings.of(usual), None, "{usual}");
        }
        assert_eq!(bindings.caps("undo"), ["Ctrl", "U"]);
        bindings.with("undo", None).write(&mut settings);
        assert_eq!(
            settings["keys"],
            json!({"tactic": "KeyQQ", "card": 7, "next": "off", "take": "KeyJ", "of-tomorrow": "KeyB"})
        );
    }

    #[test]
    fn a_key_that_means_something_else_there_clashes() {
        let give = |id, binding| Bindings::default().with(id, Some(binding)).clash(id);
        let what = |clash: Option<&Shortcut>| clash.map(|other| other.id);
        let plain = |code, says| chord(code, says, false, false);
        assert_eq!(
            what(give("tactic", plain(KeyCode::KeyP, "p"))),
            Some("forecast")
        );
        assert_eq!(
            what(give("tactic", plain(KeyCode::Digit4, "4"))),
            Some("take")
        );
        assert_eq!(
            what(give("forecast", plain(KeyCode::KeyB, "b"))),
            Some("answer")
        );
        assert_eq!(
            what(give("language", plain(KeyCode::Tab, "\t"))),
            Some("next")
        );
        let slash = chord(KeyCode::Slash, "?", false, true);
        assert_eq!(what(give("look", slash)), Some("keys"));
        assert_eq!(what(give("tactic", plain(KeyCode::KeyK, "k"))), None);
        let swapped = Bindings::default().with("card", Some(plain(KeyCode::KeyT, "t")));
        assert_eq!(what(swapped.clash("card")), Some("tactic"));
        let off = swapped.with("tactic", Some(Binding::Off));
        assert_eq!(what(off.clash("card")), None);
        // Back to usual while another has its key.
        assert_eq!(what(off.with("tactic", None).clash("tactic")), Some("card"));
    }
}
