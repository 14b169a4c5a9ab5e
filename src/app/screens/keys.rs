//! The keys: what each is for, and a way to give it another key or to switch it off.

use crate::app::input::{Binding, SHORTCUTS, Shortcut};
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Rebinding, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::Words;
use bevy::prelude::*;

pub(super) fn page(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let ink = kit.palette().ink2;
    let about = words.say("keys.about");
    page.spawn(kit.text(Role::Body, words.lang, about, ink));
    let node = Node {
        flex_shrink: 0.0,
        padding: UiRect::all(Val::Px(4.0)),
        ..column(4.0)
    };
    page.spawn((Name::new("Keys"), node)).with_children(|list| {
        for shortcut in SHORTCUTS {
            let waiting = table.rebinding.as_ref();
            let waiting = waiting.filter(|waiting| waiting.id == shortcut.id);
            line(list, kit, words, shortcut, waiting.is_some());
            if let Some(waiting) = waiting {
                change(list, kit, words, shortcut, waiting);
            }
        }
    });
    if !kit.settings().keys.usual() {
        let node = Node {
            flex_shrink: 0.0,
            padding: UiRect::all(Val::Px(4.0)),
            ..row(8.0)
        };
        page.spawn((Name::new("All keys"), node))
            .with_children(|line| {
                let means =
                    Semantics::button("keys:usual", words.say("keys.all-usual"), Act::UsualKeys);
                kit.worded(line, words.lang, "undo", means);
            });
    }
}

/// A shortcut: its key caps and what it is for; pressed, it waits for another key.
fn line(
    list: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    shortcut: &'static Shortcut,
    waiting: bool,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let what = words.say(&format!("key.{}", shortcut.id));
    let caps = kit.settings().keys.caps(shortcut.id);
    let off = words.say("keys.off");
    let said = if caps.is_empty() {
        off.clone()
    } else {
        caps.join(" ")
    };
    let act = Act::Rebind((!waiting).then_some(shortcut.id));
    let means =
        Semantics::button(format!("key:{}", shortcut.id), what.as_str(), act).with_value(said);
    let node = Node {
        min_height: Val::Px(kit.side(36.0)),
        padding: UiRect::axes(Val::Px(10.0), Val::Px(3.0)),
        column_gap: Val::Px(14.0),
        flex_shrink: 0.0,
        ..default()
    };
    let caps_width = if kit.narrow() { 132.0 } else { 210.0 };
    let mut button = list.spawn(kit.button(means, node));
    button.insert(BorderColor::all(palette.line));
    if waiting {
        button.insert((
            BackgroundColor(palette.gold2),
            BorderColor::all(palette.ink),
        ));
    }
    button.with_children(|line| {
        let node = Node {
            width: Val::Px(caps_width),
            flex_shrink: 0.0,
            flex_wrap: FlexWrap::Wrap,
            row_gap: Val::Px(4.0),
            ..row(5.0)
        };
        line.spawn((Name::new("Caps"), node)).with_children(|line| {
            kit.caps(line, lang, shortcut.id, palette.ink);
            if caps.is_empty() {
                line.spawn(kit.line(Role::Label, lang, off, palette.ink2));
            }
        });
        let text = kit.text(Role::Body, lang, what, palette.ink);
        line.spawn((Name::new("Words"), filling(0.0)))
            .with_child(text);
    });
}

/// What can be done with the shortcut that waits.
fn change(
    list: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    shortcut: &'static Shortcut,
    waiting: &Rebinding,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let now = kit.settings().keys.of(shortcut.id);
    let back = kit.settings().keys.caps("back").join(" ");
    let ask = if shortcut.single() {
        words.with("keys.press", "back", &back)
    } else {
        words.say("keys.together")
    };
    let node = Node {
        flex_shrink: 0.0,
        padding: UiRect::new(Val::Px(14.0), Val::Px(4.0), Val::Px(4.0), Val::Px(10.0)),
        ..column(8.0)
    };
    list.spawn((Name::new("Another key"), node))
        .with_children(|part| {
            let (text, ink) = match &waiting.note {
                Some(note) => (note.clone(), palette.neg),
                None => (ask, palette.ink),
            };
            let means = Semantics::alert("key-note", text.as_str(), "");
            part.spawn((Name::new("Note"), column(0.0), means))
                .with_child(kit.text(Role::Body, lang, text, ink));
            let node = Node {
                flex_wrap: FlexWrap::Wrap,
                row_gap: Val::Px(8.0),
                ..row(8.0)
            };
            part.spawn((Name::new("Answers"), node))
                .with_children(|line| {
                    if now.is_some() {
                        let act = Act::UsualKey(shortcut.id);
                        let means = Semantics::button("key-usual", words.say("keys.usual"), act);
                        kit.worded(line, lang, "undo", means);
                    }
                    if now != Some(Binding::Off) && !shortcut.needed() {
                        let act = Act::SwitchOff(shortcut.id);
                        let means = Semantics::button("key-off", words.say("keys.switch-off"), act);
                        kit.worded(line, lang, "cross", means);
                    }
                    let means =
                        Semantics::button("key-leave", words.say("keys.leave"), Act::Rebind(None));
                    kit.worded(line, lang, "", means);
                });
        });
}
