//! A game that can only be read: why, and what was published turn by turn; and what came of its
//! orders in a new game.

use crate::app::semantics::Semantics;
use crate::app::table::{Act, Table, is_order};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, row};
use crate::app::words::{Words, points};
use crate::rules::{Index, Micro};
use crate::session::LeftOut;
use bevy::prelude::*;

pub(super) fn page(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let Some(old) = &table.archive else {
        return;
    };
    let archive = &old.log;
    let palette = kit.palette().clone();
    let lang = words.lang;
    let why = words.sentence(&archive.why);
    let means = Semantics::alert("archive", why.as_str(), "");
    page.spawn((Name::new("Why"), column(0.0), means))
        .with_child(kit.text(Role::Body, lang, why, palette.ink));
    if old.can_order_again() {
        offer(page, kit, words);
    }
    let orders = archive.orders();
    let orders = orders.iter().filter(|act| is_order(&act.action));
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

/// The same orders in a new game.
fn offer(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words) {
    let node = Node {
        flex_shrink: 0.0,
        padding: UiRect::all(Val::Px(4.0)),
        ..column(6.0)
    };
    let ink = kit.palette().ink2;
    page.spawn((Name::new("Again"), node))
        .with_children(|offer| {
            let means = Semantics::button("again", words.say("again.offer"), Act::OrderAgain);
            offer
                .spawn((Name::new("Offer"), row(8.0)))
                .with_children(|line| kit.worded(line, words.lang, "redo", means));
            let about = words.say("again.about");
            offer.spawn(kit.text(Role::Label, words.lang, about, ink));
        });
}

/// What came of giving the same orders again: how many stand, and those that do not, with the reason.
pub(super) fn again(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let Some(again) = &table.again else {
        return;
    };
    let palette = kit.palette().clone();
    let lang = words.lang;
    let key = if again.left_out.is_empty() {
        "again.all"
    } else {
        "again.some"
    };
    let told = words.get(
        key,
        &[
            ("stand", &again.stand.to_string()),
            ("refused", &again.left_out.len().to_string()),
        ],
    );
    let means = Semantics::alert("again-told", told.as_str(), "");
    page.spawn((Name::new("Told"), column(0.0), means))
        .with_child(kit.text(Role::Body, lang, told, palette.ink));
    for (at, left_out) in again.left_out.iter().enumerate() {
        let LeftOut {
            turn,
            action,
            refusal,
            ..
        } = left_out;
        page.spawn(kit.rule());
        let turn = words.with("archive.turn", "turn", &turn.to_string());
        let order = [turn, words.act(action)].join(&words.say("list.colon"));
        let why = words.refusal(refusal).1;
        let node = Node {
            flex_shrink: 0.0,
            ..column(2.0)
        };
        let means = Semantics::figure(format!("left-out:{at}"), order.as_str(), why.as_str());
        page.spawn((Name::new("Left out"), node, means))
            .with_children(|line| {
                line.spawn(kit.text(Role::Strong, lang, order, palette.ink));
                line.spawn(kit.text(Role::Body, lang, why, palette.ink2));
            });
    }
}
