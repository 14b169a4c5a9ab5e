//! The card beside the map: the question of the turn, or what is known of a precinct, and the
//! cards that wait below it.

use super::chrome::bar_height;
use super::command::column_width;
use super::guide::{Slip, strip_height};
use super::place::tactic_icon;
use super::tray::tray_height;
use crate::app::semantics::{Cover, Heading, Semantics};
use crate::app::table::{Act, Hand, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, row};
use crate::app::words::{Words, whole};
use crate::rules::id::{InjectIx, PrecinctIx};
use crate::rules::model::Coefficient;
use crate::rules::state::InjectState;
use crate::rules::view::Preview;
use crate::rules::world::InjectKind;
use crate::rules::{Action, Refusal, Tactic, View};
use bevy::prelude::*;

/// The place of a panel beside the map, with the most that it may be high. Where there is no room
/// beside it the panel takes the map's place, `below` pixels under the bar, and nothing of the map is
/// left to press between its cards.
pub(super) fn beside_map(root: &mut ChildSpawnerCommands, kit: &Kit, below: f32) -> (Node, f32) {
    let narrow = kit.narrow();
    let gap = match (narrow, kit.compact()) {
        (true, _) => 6.0,
        (false, true) => 10.0,
        (false, false) => 20.0,
    };
    let width = if narrow {
        kit.window().x - 2.0 * gap
    } else {
        column_width(kit) - 20.0
    };
    let top = bar_height(kit) + below + gap;
    let most = kit.window().y - top - tray_height(kit) - gap;
    if narrow {
        let page = Node {
            position_type: PositionType::Absolute,
            left: Val::Px(0.0),
            right: Val::Px(0.0),
            top: Val::Px(bar_height(kit) + below),
            bottom: Val::Px(tray_height(kit)),
            ..default()
        };
        let paper = BackgroundColor(kit.palette().bg);
        root.spawn((Name::new("Page"), Cover, page, paper));
    }
    let place = Node {
        position_type: PositionType::Absolute,
        right: Val::Px(gap),
        top: Val::Px(top),
        width: Val::Px(width),
        ..column(10.0)
    };
    (place, most)
}

/// So many cards stay in sight however long the page above them is.
const MOST_IN_SIGHT: usize = 2;

pub(super) fn draw(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    pointed: Option<usize>,
    hint: Option<&Slip>,
) {
    let narrow = kit.narrow();
    // Where the panel takes the map's place, the desks and a hint stay above it.
    let above = super::desk::tabs_height(kit, table) + strip_height(kit, hint);
    let (place, most) = beside_map(root, kit, above);
    let place = Node {
        height: Val::Px(most),
        ..place
    };
    let is_card = |inject: InjectIx| view.world().injects[inject.at()].kind == InjectKind::Card;
    let mut cards: Vec<_> = view.open_injects().filter(|it| is_card(it.0)).collect();
    // Those without an answer first, the latest of them before the others.
    cards.sort_by_key(|(_, state)| (state.answer.is_some(), std::cmp::Reverse(state.fired)));
    let desks = table.shows_desks();
    // Beside the pages of a desk there is room for what waits, and none for what is done.
    let most = match in_sight(table, kit) {
        most if desks => most.min(unanswered(view)),
        most => most,
    };
    let below = cards.split_off(cards.len().min(most));
    root.spawn((Name::new("Panel"), place))
        .with_children(|panel| {
            let grow = Node {
                flex_grow: if narrow { 1.0 } else { 0.0 },
                flex_shrink: 1.0,
                ..default()
            };
            let part = kit.scrolled("inspector", grow);
            part.fill(panel, 10.0, |side| {
                let pointed = pointed.map(PrecinctIx::from_position);
                match (table.hand, pointed.or(table.chosen), table.chosen) {
                    (Some(hand), Some(place), _) => {
                        plan(side, kit, words, table, view, hand, place)
                    }
                    // What is being set is set for the place that is chosen; its page would be in the way.
                    (None, _, Some(place)) if table.desk.sheet.is_none() => {
                        super::precinct::draw(side, kit, words, table, view, place);
                    }
                    _ if !desks => question(side, kit, words, table, view),
                    _ => {}
                }
                if desks && table.hand.is_none() {
                    super::desk::panel(side, kit, words, table, view);
                }
                // Room for the focus ring inside the scrolled part.
                let margin = UiRect::all(Val::Px(3.0));
                for (inject, state) in below {
                    waiting(side, kit, words, inject, state, margin);
                }
            });
            // As wide as what stands above, which leaves room for the mark of the scrolled part.
            let margin = UiRect::right(Val::Px(8.0));
            if let Some((slip, tip)) = hint.and_then(|slip| Some((slip, slip.beside_map(kit)?))) {
                let place = Node {
                    margin,
                    ..default()
                };
                slip.lay(panel, kit, words, tip, place, true);
            }
            for (inject, state) in cards {
                waiting(panel, kit, words, inject, state, margin);
            }
        });
}

/// How many cards wait for an answer.
pub(super) fn unanswered(view: &View) -> usize {
    let waits = view.open_injects().filter(|(inject, state)| {
        let card = view.world().injects[inject.at()].kind == InjectKind::Card;
        card && state.answer.is_none()
    });
    waits.count()
}

/// How many cards are always in sight beside the map.
pub(super) fn in_sight(table: &Table, kit: &Kit) -> usize {
    match (kit.narrow(), table.shows_desks(), kit.compact()) {
        (true, ..) => 0,
        (_, true, true) if table.chosen.is_some() => 0,
        (_, true, true) => 1,
        (_, true, false) | (_, false, _) => MOST_IN_SIGHT,
    }
}

pub(super) fn paper(
    side: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    name: &str,
    gap: f32,
    fill: impl FnOnce(&mut ChildSpawnerCommands, &mut Kit),
) {
    let node = Node {
        flex_shrink: 0.0,
        ..default()
    };
    let frame = kit.title_card(name, node);
    // With the line of the inner frame a whole number of pixels: a text that just fits would break
    // where its box is rounded down.
    let pad = if kit.compact() {
        (15.8, 12.0)
    } else {
        (17.8, 16.0)
    };
    let inner = Node {
        padding: UiRect::axes(Val::Px(pad.0), Val::Px(pad.1)),
        min_width: Val::Px(0.0),
        ..column(gap)
    };
    let inner = kit.inner(inner);
    side.spawn(frame).with_children(|card| {
        card.spawn(inner).with_children(|card| fill(card, kit));
    });
}

fn question(
    side: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let lang = words.lang;
    let first = view.turn() == 1 && table.orders == 0;
    let title = if first {
        "command.ask.first"
    } else {
        "command.ask"
    };
    let title = words.say(&format!("{title}.{}", words.turn_unit()));
    // Some exercises begin with teams on the map; there the first order is seldom a new one.
    let stand = view.units().any(|(_, post)| post.at.is_some());
    let hint = words.say(if first && !stand {
        "command.ask.first-hint"
    } else {
        "command.ask-hint"
    });
    paper(side, kit, "Question", 6.0, |card, kit| {
        let palette = kit.palette().clone();
        let role = if kit.compact() {
            Role::Panel
        } else {
            Role::Display
        };
        card.spawn((kit.text(role, lang, title, palette.ink), Heading));
        card.spawn(kit.text(Role::Event, lang, hint, palette.ink));
        if table.desk.foresees {
            super::desk::forecast(card, kit, words, table, view);
        }
        if !view.world().seats.is_empty() {
            let label = match view.room_forecast() {
                // The open forecast says it itself.
                _ if table.desk.foresees => words.say("desk.forecast.close"),
                Some(said) => words.get(
                    "desk.forecast.said",
                    &[
                        ("low", &said.low.to_string()),
                        ("high", &said.high.to_string()),
                    ],
                ),
                None if table.solo => words.say("desk.forecast.solo"),
                None => words.say("desk.forecast"),
            };
            let means = Semantics::choice("foresee", label, table.desk.foresees, Act::Foresee);
            kit.worded(card, lang, "analyst", means);
        }
    });
}

/// What the order in hand would cost and do, as far as the table can know.
fn plan(
    side: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    hand: Hand,
    place: PrecinctIx,
) {
    let world = view.world();
    let action = Action::Assign {
        unit: world.units[hand.unit.at()].id.clone(),
        to: world.precincts[place.at()].id.clone(),
        tactic: hand.tactic,
    };
    let preview = view.preview(&action);
    let lang = words.lang;
    let kind = words.kind_label(world.units[hand.unit.at()].kind);
    let title = words.get(
        "plan.title",
        &[("kind", &kind), ("place", words.precinct(place))],
    );
    let now = if hand.deal { 1 } else { table.held().len() };
    paper(side, kit, "Plan", 6.0, |card, kit| {
        let palette = kit.palette().clone();
        card.spawn((kit.text(Role::Panel, lang, title, palette.ink), Heading));
        let does = words.say(&format!("order.{}", hand.tactic.id()));
        fact(card, kit, words, tactic_icon(hand.tactic), does);
        if now > 1 {
            let count = words.with("plan.several", "count", &now.to_string());
            fact(card, kit, words, "team", count);
        }
        match preview {
            Ok(Some(preview)) => facts(card, kit, words, table, &preview, hand.tactic, place),
            Ok(None) => {}
            // It has just been picked up here; nothing has been asked for yet.
            Err(Refusal::AlreadyThere { .. }) => {
                fact(card, kit, words, "hand", words.say("plan.lifted"));
            }
            Err(refusal) => {
                let (title, body) = words.refusal(&refusal);
                card.spawn((Name::new("Refused"), row(8.0)))
                    .with_children(|line| {
                        line.spawn(kit.icon("lock", 18.0, palette.neg));
                        line.spawn(kit.line(Role::Strong, lang, title, palette.neg));
                    });
                card.spawn(kit.text(Role::Body, lang, body, palette.ink));
            }
        }
    });
}

/// Whether what a team is to do borrows an analyst, and for how long.
fn analyst(words: &Words, table: &Table, tactic: Tactic) -> Option<String> {
    let world = &table.scenario.world;
    match tactic {
        Tactic::ProblemSolving if world.analysts > 0 => {
            let months = whole(world.model.get(Coefficient::ProblemTied));
            Some(words.with("plan.analyst.months", "months", &months))
        }
        Tactic::PreciseChecks => Some(words.say("plan.analyst")),
        _ => None,
    }
}

fn facts(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    preview: &Preview,
    tactic: Tactic,
    place: PrecinctIx,
) {
    if let Some(text) = analyst(words, table, tactic) {
        fact(card, kit, words, "analyst", text);
    }
    if preview.price.0 > 0 {
        fact(card, kit, words, "coin", words.funds(preview.price));
    }
    // Others may keep the hot spots here; only who is sent there is told of them.
    if tactic == Tactic::HotSpot && preview.minutes > 0.5 {
        let fresh = if preview.freshness > 0.95 {
            "plan.fresh"
        } else {
            "plan.stale"
        };
        let text = words.with(fresh, "minutes", &whole(preview.minutes));
        fact(card, kit, words, "clock", text);
    }
    if preview.visited > 0.005 {
        let share = whole(preview.visited * 100.0);
        fact(
            card,
            kit,
            words,
            "home",
            words.with("plan.visited", "share", &share),
        );
    }
    if !preview.felt_by.is_empty() {
        fact(card, kit, words, "team", words.felt_by(&preview.felt_by));
    }
    let family = table.family;
    let (with, without) = (
        &preview.with.get(family.at()),
        &preview.without.get(family.at()),
    );
    // First the table says what it expects; what the model expects comes after.
    if table.foretold(place).is_none() {
        if table.buckets(place).is_some() {
            fact(card, kit, words, "lock", words.say("plan.covered"));
        }
        return;
    }
    if let (Some(with), Some(without)) = (with, without) {
        let text = words.get(
            "plan.expected",
            &[
                ("family", words.family(family)),
                ("low", &with.low.to_string()),
                ("high", &with.high.to_string()),
                ("mean", &whole(with.mean)),
                ("without", &whole(without.mean)),
            ],
        );
        fact(card, kit, words, "table", text);
    }
}

pub(super) fn fact(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    icon: &str,
    text: impl Into<String>,
) {
    let palette = kit.palette().clone();
    let line = Node {
        align_items: AlignItems::FlexStart,
        ..row(8.0)
    };
    card.spawn((Name::new("Fact"), line)).with_children(|line| {
        line.spawn(kit.icon(icon, 19.0, palette.ink2));
        let grow = Node {
            flex_grow: 1.0,
            min_width: Val::Px(0.0),
            ..column(0.0)
        };
        line.spawn((Name::new("Words"), grow)).with_child(kit.text(
            Role::Body,
            words.lang,
            text,
            palette.ink,
        ));
    });
}

/// A card that lies beside the map until the turn ends.
fn waiting(
    side: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    inject: InjectIx,
    state: InjectState,
    margin: UiRect,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let id = &words.scenario().world.injects[inject.at()].id;
    let node = Node {
        padding: UiRect::axes(Val::Px(14.0), Val::Px(9.0)),
        column_gap: Val::Px(12.0),
        margin,
        flex_shrink: 0.0,
        ..default()
    };
    let title = words.inject_title(inject, state.place);
    let means = Semantics::button(format!("card:{id}"), title.as_str(), Act::Open(inject));
    let button = kit.button(means, node);
    side.spawn(button).with_children(|button| {
        button.spawn(kit.icon("card", 26.0, palette.btn));
        let grow = Node {
            flex_grow: 1.0,
            flex_shrink: 1.0,
            min_width: Val::Px(0.0),
            ..column(1.0)
        };
        button
            .spawn((Name::new("Words"), grow))
            .with_children(|lines| {
                lines.spawn(kit.text(Role::Strong, lang, title, palette.ink));
                let (text, ink) = match state.answer {
                    Some(option) => {
                        let label = words.option_label(inject, option, state.place);
                        (words.with("card.answered", "answer", &label), palette.pos)
                    }
                    None => (words.say("card.open"), palette.neg),
                };
                lines.spawn(kit.text(Role::Label, lang, text, ink));
            });
    });
}
