//! What counts, how it stands where that is open, and where the table's Funds are.

use super::briefing;
use super::inspector::fact;
use super::model::stack;
use crate::app::semantics::Heading;
use crate::app::table::Table;
use crate::app::theme::Role;
use crate::app::widgets::Kit;
use crate::app::words::{Words, plain};
use crate::rules::Index;
use bevy::prelude::*;

pub(super) fn page(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let (lang, palette) = (words.lang, kit.palette().clone());
    let about = words.say(if table.truth_lies_open() {
        "goals.about.open"
    } else {
        "goals.about"
    });
    page.spawn((Name::new("About"), stack(0.0)))
        .with_child(kit.text(Role::Body, lang, about, palette.ink2));
    page.spawn((Name::new("What counts"), stack(8.0)))
        .with_children(|part| briefing::objectives(part, kit, words, table));
    let Some(view) = table.view() else {
        return;
    };
    page.spawn(kit.rule());
    page.spawn((Name::new("Funds"), stack(6.0)))
        .with_children(|part| {
            let title = words.say("bar.funds");
            part.spawn((kit.text(Role::Strong, lang, title, palette.ink), Heading));
            let purse = &view.world().purse;
            let (all, free) = (view.funds(), view.free_funds());
            let lines = [
                (
                    "income",
                    words.with("goals.income", "sum", &plain(purse.income)),
                ),
                (
                    "bound",
                    words.with("goals.bound", "sum", &plain(all - free)),
                ),
                ("free", words.with("goals.free", "sum", &plain(free))),
                (
                    "carry",
                    words.with("goals.carry", "sum", &plain(purse.carry)),
                ),
            ];
            for (_, text) in lines {
                fact(part, kit, words, "coin", text);
            }
            if super::beside::counts(table, &view, Index::Stewardship) {
                let (least, most) = view.world().reserve();
                let slots = [("least", &*plain(least)), ("most", &*plain(most))];
                let text = words.get("goals.reserve", &slots);
                fact(part, kit, words, "scale", text);
            }
            part.spawn(kit.text(Role::Label, lang, words.say("goals.moving"), palette.ink2));
            if view.goodwill().0 > 0 {
                let slots = [
                    ("free", &*view.free_goodwill().to_string()),
                    ("all", &*view.goodwill().to_string()),
                ];
                let text = words.get("goals.goodwill", &slots);
                fact(part, kit, words, "volunteer", text);
            }
        });
}
