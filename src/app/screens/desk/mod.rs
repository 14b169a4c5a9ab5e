//! The desk in hand, beside the map: what it may decide, what it can set, what came to it alone, what
//! desks say to each other, and what it does by itself.

mod notes;
mod orders;
mod reasons;
mod sheet;
mod standing;
mod tabs;
mod talk;
mod tools;

pub(super) use orders::{LETTERS, forecast};
use reasons::reasons;
pub(super) use reasons::{reason_icon, reason_signs};
pub(super) use tabs::{tabs, tabs_below, tabs_height};

use super::chrome::bar_height;
use super::setup::desk_icon;
use crate::app::semantics::{Cover, Heading, Semantics};
use crate::app::table::{Act, Page, Price, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::{Words, plain, points};
use crate::rules::world::Controls;
use crate::rules::{Action, Cents, Refusal, View};
use bevy::prelude::*;

/// The panel of the desk in hand.
pub(super) fn panel(
    side: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    super::inspector::paper(side, kit, "Desk", 8.0, |card, kit| {
        head(card, kit, words, table, view);
        if table.desk.on_map {
            on_the_map(card, kit, words, table);
            return;
        }
        if table.desk.sheet.is_some() {
            sheet::draw(card, kit, words, table, view);
            return;
        }
        pages(card, kit, words, table, view);
        card.spawn(kit.rule());
        match table.desk.page {
            Page::Orders => orders::draw(card, kit, words, table, view),
            Page::Tools => tools::draw(card, kit, words, table, view),
            Page::Notes => notes::draw(card, kit, words, table, view),
            Page::Talk => talk::draw(card, kit, words, table, view),
            Page::Standing => standing::draw(card, kit, words, table, view),
        }
    });
}

/// The pages are put away while teams are moved on the map: what to do there, and the way back.
fn on_the_map(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    card.spawn(kit.rule());
    says(card, kit, words, words.say("desk.on-map"));
    let back = words.say("desk.on-map.back");
    let means = Semantics::button("to-offers", back, Act::Page(Page::Orders));
    line_of(card, kit, words, vec![means]);
    reasons(card, kit, words, "reason", table.desk.reason);
}

/// The desk's name, the pace of the turn, and whether the desk is ready.
fn head(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table, view: &View) {
    let (lang, palette) = (words.lang, kit.palette().clone());
    let seat = table.desk.seat;
    let ready = table.desk.ready.contains(&seat);
    card.spawn((Name::new("Desk's head"), row(10.0)))
        .with_children(|line| {
            line.spawn(kit.icon(desk_icon(table.seat().as_str()), 24.0, palette.ink));
            line.spawn((Name::new("Words"), filling(0.0)))
                .with_children(|lines| {
                    let name = words.seat(seat);
                    lines.spawn((kit.text(Role::Panel, lang, name, palette.ink), Heading));
                    lines.spawn(kit.text(
                        Role::Label,
                        lang,
                        pace(words, table, view),
                        palette.ink2,
                    ));
                });
            let means = Semantics::choice("ready", words.say("desk.ready"), ready, Act::Ready);
            button(line, kit, words, if ready { "tick" } else { "" }, means);
        });
}

/// The tempo of the turn, and how many decisions are left where they are counted.
fn pace(words: &Words, table: &Table, view: &View) -> String {
    let tempo = words.tempo(view.tempo(view.turn()));
    if view.controls() == Controls::Open {
        return tempo;
    }
    let slots = view.slots(table.desk.seat);
    let most = slots.projects + slots.exceptions;
    let taken = view.decided(table.desk.seat);
    words.get(
        "desk.pace",
        &[
            ("tempo", &tempo),
            ("taken", &taken.to_string()),
            ("most", &most.to_string()),
        ],
    )
}

/// The way to each page, with how much waits on it.
fn pages(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let choices = Page::ALL.map(|page| {
        let name = words.say(&format!("desk.page.{}", page.id()));
        let waits = match page {
            Page::Notes => notes::fresh(view).count(),
            Page::Talk => talk::waiting(table, view),
            Page::Orders | Page::Tools | Page::Standing => 0,
        };
        let label = if waits > 0 {
            words.get(
                "desk.page.waits",
                &[("page", &name), ("count", &waits.to_string())],
            )
        } else {
            name
        };
        Semantics::choice(
            format!("page:{}", page.id()),
            label,
            table.desk.page == page,
            Act::Page(page),
        )
    });
    line_of(card, kit, words, choices.into());
}

/// A small button with words.
fn button(
    line: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    icon: &str,
    means: Semantics,
) {
    let palette = kit.palette().clone();
    let on = means.chosen == Some(true);
    let ink = match (means.enabled, on) {
        (false, _) => palette.ink2,
        (true, true) => palette.card,
        (true, false) => palette.ink,
    };
    let node = Node {
        height: Val::Px(kit.side(36.0)),
        padding: UiRect::horizontal(Val::Px(9.0)),
        column_gap: Val::Px(6.0),
        justify_content: JustifyContent::Center,
        flex_shrink: 0.0,
        ..default()
    };
    let label = means.label.clone();
    let mut it = line.spawn(kit.button(means, node));
    if on {
        it.insert(BackgroundColor(palette.ink));
    }
    it.with_children(|it| {
        if !icon.is_empty() {
            it.spawn(kit.icon(icon, 16.0, ink));
        }
        it.spawn(kit.line(Role::Plate, words.lang, label, ink));
    });
}

/// A few small buttons side by side; they break into rows where they must.
fn line_of(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, choices: Vec<Semantics>) {
    let node = Node {
        flex_wrap: FlexWrap::Wrap,
        row_gap: Val::Px(6.0),
        ..row(6.0)
    };
    card.spawn((Name::new("Choices"), node))
        .with_children(|line| {
            for means in choices {
                button(line, kit, words, "", means);
            }
        });
}

/// A button as wide as the panel: a mark, what it does, and what that goes by or takes.
fn wide(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    mark: &str,
    aside: &str,
    means: Semantics,
) {
    let (lang, palette) = (words.lang, kit.palette().clone());
    let node = Node {
        min_height: Val::Px(kit.side(38.0)),
        padding: UiRect::axes(Val::Px(10.0), Val::Px(5.0)),
        column_gap: Val::Px(10.0),
        flex_shrink: 0.0,
        ..default()
    };
    let on = means.chosen == Some(true);
    let label = means.label.clone();
    card.spawn(kit.button(means, node)).with_children(|line| {
        if on {
            line.spawn(kit.icon("tick", 18.0, palette.ink));
        } else if !mark.is_empty() {
            let disc = Node {
                width: Val::Px(24.0),
                height: Val::Px(24.0),
                border: UiRect::all(Val::Px(1.5)),
                border_radius: BorderRadius::all(Val::Px(12.0)),
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                flex_shrink: 0.0,
                ..default()
            };
            line.spawn((Name::new("Mark"), disc, BorderColor::all(palette.ink)))
                .with_child(kit.line(Role::Plate, lang, mark, palette.ink));
        }
        line.spawn((Name::new("Words"), filling(1.0)))
            .with_children(|lines| {
                lines.spawn(kit.text(Role::Plate, lang, label, palette.ink));
                if !aside.is_empty() {
                    lines.spawn(kit.text(Role::Label, lang, aside, palette.ink2));
                }
            });
    });
}

/// A sentence of a page.
fn says(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, text: impl Into<String>) {
    let ink = kit.palette().ink2;
    card.spawn(kit.text(Role::Body, words.lang, text, ink));
}

/// What the following is about.
fn titled(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, text: impl Into<String>) {
    let ink = kit.palette().ink;
    card.spawn((kit.text(Role::Strong, words.lang, text, ink), Heading));
}

/// What an order takes, or why it cannot be given.
fn terms(words: &Words, table: &Table, action: &Action) -> String {
    match table.price(action) {
        Ok(price) => price_in_words(words, price),
        Err(refusal) => why_not(words, &refusal),
    }
}

/// Why an order cannot be given, in a sentence.
fn why_not(words: &Words, refusal: &Refusal) -> String {
    let (title, body) = words.refusal(refusal);
    if body.is_empty() { title } else { body }
}

fn price_in_words(words: &Words, price: Price) -> String {
    // What an order gives back is no price.
    let funds = if price.funds.0 < 0 {
        ("price.frees", true, plain(Cents(-price.funds.0)))
    } else {
        ("funds.sum", price.funds.0 != 0, plain(price.funds))
    };
    let parts = [
        funds,
        (
            "price.analysts",
            price.analysts != 0,
            price.analysts.to_string(),
        ),
        (
            "price.goodwill",
            price.goodwill.0 != 0,
            points(price.goodwill),
        ),
    ];
    let asked: Vec<String> = parts
        .into_iter()
        .filter(|(_, asked, _)| *asked)
        .map(|(key, _, count)| words.with(key, "count", &count))
        .collect();
    if asked.is_empty() {
        words.say("desk.free")
    } else {
        asked.join(&words.say("list.then"))
    }
}

/// A control that gives an order.
fn gives(id: impl Into<String>, label: impl Into<String>, action: Action) -> Semantics {
    Semantics::button(id, label, Act::Give(Box::new(action)))
}

/// One of a few, which gives an order.
fn chooses(id: impl Into<String>, label: impl Into<String>, on: bool, action: Action) -> Semantics {
    Semantics::choice(id, label, on, Act::Give(Box::new(action)))
}

/// What hides the table until the next person is there.
pub(super) fn cover(root: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let (lang, palette) = (words.lang, kit.palette().clone());
    let sheet = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(0.0),
        right: Val::Px(0.0),
        top: Val::Px(bar_height(kit)),
        bottom: Val::Px(0.0),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        ..default()
    };
    let paper = (BackgroundColor(palette.bg), Cover, ZIndex(30));
    root.spawn((Name::new("Covered"), sheet, paper))
        .with_children(|sheet| {
            let width = (kit.window().x - 32.0).min(520.0);
            let node = Node {
                width: Val::Px(width),
                padding: UiRect::all(Val::Px(24.0)),
                align_items: AlignItems::Center,
                ..column(14.0)
            };
            sheet
                .spawn(kit.card("Hand over", node))
                .with_children(|card| {
                    let name = words.seat(table.desk.seat);
                    card.spawn(kit.icon(desk_icon(table.seat().as_str()), 48.0, palette.ink));
                    let title = words.with("desk.pass", "desk", name);
                    let title = kit.centred(Role::Panel, lang, title, palette.ink);
                    card.spawn((title, Heading));
                    let about = words.say("desk.pass.about");
                    card.spawn(kit.centred(Role::Body, lang, about, palette.ink2));
                    let here = words.with("desk.here", "desk", name);
                    kit.worded(
                        card,
                        lang,
                        "tick",
                        Semantics::button("uncover", here, Act::Uncover),
                    );
                });
        });
}
