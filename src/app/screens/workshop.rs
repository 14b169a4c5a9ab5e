//! What the scenario says to whoever runs a workshop with it: notes, what people should take away, what
//! to talk about afterwards.

use super::inspector::fact;
use super::model::stack;
use crate::app::semantics::Heading;
use crate::app::table::Table;
use crate::app::theme::Role;
use crate::app::widgets::Kit;
use crate::app::words::Words;
use bevy::prelude::*;

pub(super) fn page(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    page.spawn((Name::new("About"), stack(0.0)))
        .with_child(kit.text(Role::Body, lang, words.say("workshop.about"), palette.ink2));
    let meta = &table.scenario.meta;
    let parts = [
        ("workshop.notes", "note", &meta.notes),
        ("scenarios.learning", "flag", &meta.learning),
        ("debrief.questions", "question", &meta.questions),
    ];
    for (title, icon, phrases) in parts {
        if phrases.is_empty() {
            continue;
        }
        page.spawn(kit.rule());
        page.spawn((Name::new("Part"), stack(8.0)))
            .with_children(|part| {
                let title = kit.text(Role::Panel, lang, words.say(title), palette.ink);
                part.spawn((title, Heading));
                for phrase in phrases {
                    fact(part, kit, words, icon, phrase.in_lang(lang));
                }
            });
    }
}
