//! A game that can only be read: why, and what was published turn by turn.

use crate::app::semantics::Semantics;
use crate::app::table::Table;
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column};
use crate::app::words::{Words, points};
use crate::rules::{Action, Index, Micro};
use bevy::prelude::*;

pub(super) fn page(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let Some(archive) = &table.archive else {
        return;
    };
    let palette = kit.palette().clone();
    let lang = words.lang;
    let why = words.sentence(&archive.why);
    let means = Semantics::alert("archive", why.as_str(), "");
    page.spawn((Name::new("Why"), column(0.0), means))
        .with_child(kit.text(Role::Body, lang, why, palette.ink));
    let orders = archive.orders();
    let orders = orders
        .iter()
        .filter(|(_, act)| !matches!(act, Action::SetUp { .. } | Action::EndTurn));
    let orders = orders.count().to_string();
    let turns = archive.turns();
    let so_far = words.get(
        "archive.so-far",
        &[
            ("turns", &turns.len().to_string()),
            ("orders", &orders),
            ("seed", &archive.journal.header().seed.to_string()),
        ],
    );
    page.spawn(kit.text(Role::Body, lang, so_far, palette.ink2));
    for played in turns {
        page.spawn(kit.rule());
        let turn = words.with("archive.turn", "turn", &played.summary.turn.to_string());
        let figures = Index::ALL.iter().zip(&played.summary.published);
        let figures: Vec<String> = figures
            .map(|(index, micro)| {
                let name = words.say(&format!("index.{}", index.id()));
                format!("{name} {}", points(Micro(*micro)))
            })
            .collect();
        let figures = figures.join(&words.say("list.comma"));
        let node = Node {
            flex_shrink: 0.0,
            ..column(2.0)
        };
        let means = Semantics::figure(
            format!("turn:{}", played.summary.turn),
            turn.as_str(),
            figures.as_str(),
        );
        page.spawn((Name::new("Turn"), node, means))
            .with_children(|line| {
                line.spawn(kit.text(Role::Strong, lang, turn, palette.ink));
                line.spawn(kit.text(Role::Body, lang, figures, palette.ink));
            });
    }
}
