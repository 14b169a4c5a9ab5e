//! What frames every screen of a game: the bar at the top, the walnut tray and its main button.

use crate::app::semantics::{Cover, Semantics};
use crate::app::table::{Act, Overlay, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, LINE, column, filling, row};
use crate::app::words::{Words, plain};
use bevy::prelude::*;

/// The height of the bar at the top.
pub(super) fn bar_height(kit: &Kit) -> f32 {
    if kit.narrow() { 48.0 } else { 56.0 }
}

/// The height of the tray of the reading screens.
pub(super) fn reading_tray(kit: &Kit) -> f32 {
    if kit.narrow() { 56.0 } else { 80.0 }
}

/// What the bar offers besides the menu.
#[derive(Clone, Copy, Default)]
pub(super) struct Offers {
    /// The turn named under the title.
    pub turn: u16,
    /// Taking an order back.
    pub undo: bool,
    /// Giving it again.
    pub redo: bool,
    /// Taking another desk in hand.
    pub desks: bool,
}

/// The bar: menu, scenario and turn, Funds, undo, language.
pub(super) fn top_bar(
    parent: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    offers: Offers,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let narrow = kit.narrow();
    let bar = (
        Name::new("Top bar"),
        Cover,
        Node {
            position_type: PositionType::Absolute,
            left: Val::Px(0.0),
            top: Val::Px(0.0),
            right: Val::Px(0.0),
            height: Val::Px(bar_height(kit)),
            padding: UiRect::horizontal(Val::Px(if narrow { 6.0 } else { 10.0 })),
            border: UiRect::bottom(Val::Px(LINE)),
            align_items: AlignItems::Center,
            column_gap: Val::Px(if narrow { 8.0 } else { 12.0 }),
            ..default()
        },
        BackgroundColor(palette.card),
        BorderColor::all(palette.ink),
    );
    let side = if narrow { 36.0 } else { 40.0 };
    parent.spawn(bar).with_children(|bar| {
        let menu = Semantics::button("menu", words.say("bar.menu"), Act::Show(Overlay::Menu));
        kit.square(bar, "menu", side, menu);
        let turn = words.turn(offers.turn);
        let names = Node {
            flex_grow: 1.0,
            min_width: Val::Px(0.0),
            overflow: Overflow::clip(),
            ..column(0.0)
        };
        let means = Semantics::figure("turn", words.title(), turn.as_str());
        bar.spawn((Name::new("Scenario and turn"), names, means))
            .with_children(|names| {
                let role = if narrow { Role::Strong } else { Role::Card };
                names.spawn(kit.line(role, lang, words.title(), palette.ink));
                let role = if narrow { Role::Label } else { Role::Body };
                names.spawn(kit.line(role, lang, turn, palette.ink2));
            });
        if offers.desks {
            super::desk::tabs(bar, kit, words, table);
        }
        if let Some(view) = table.view() {
            let sums = (plain(view.free_funds()), plain(view.funds()));
            let sums = (sums.0.as_str(), sums.1.as_str());
            means_of(bar, kit, words, ("funds", "coin"), sums, offers.desks);
            // In a small window the desks need the room; the menu leads there, too.
            let crowded = offers.desks && kit.compact() && table.shows_desks();
            if !narrow && !crowded {
                let act = Act::Show(Overlay::Goals);
                let means = Semantics::button("goals", words.say("menu.goals"), act);
                kit.square(bar, "flag", side, means);
            }
            let analysts = view.world().analysts;
            if analysts > 0 && !narrow {
                let free = view.free_analysts().to_string();
                means_of(
                    bar,
                    kit,
                    words,
                    ("analysts", "analyst"),
                    (&free, &analysts.to_string()),
                    false,
                );
            }
        }
        if !narrow && table.has_history() && table.review().is_none() {
            let act = Act::Show(Overlay::History);
            let means = Semantics::button("history", words.say("menu.history"), act);
            kit.square(bar, "clock", side, means);
        }
        // Where there is room they keep their places, so that nothing beside them jumps.
        let keep = offers.desks && !kit.compact();
        for (name, act, on) in [
            ("undo", Act::Undo, offers.undo),
            ("redo", Act::Redo, offers.redo),
        ] {
            if on || keep {
                let label = words.say(&format!("bar.{name}"));
                let means = Semantics {
                    enabled: on,
                    ..Semantics::button(name, label, act)
                };
                kit.square(bar, name, side, means);
            }
        }
        if !narrow {
            language(bar, kit, words);
        }
    });
}

/// The width of two sums of two digits and two decimals.
const ROOM_FOR_SUMS: f32 = 104.0;

/// What the table holds of something: what is free, and all of it.
fn means_of(
    bar: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    (name, icon): (&str, &str),
    (free, all): (&str, &str),
    keeps_its_place: bool,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let value = words.get("bar.funds.value", &[("free", free), ("all", all)]);
    let label = words.say(&format!("bar.{name}"));
    let means = Semantics::figure(name, label.as_str(), value);
    let narrow = kit.narrow();
    // Sums gain and lose digits with each order, and what stands beside them must not move under a
    // finger.
    let steady = if kit.compact() || !keeps_its_place {
        0.0
    } else {
        ROOM_FOR_SUMS
    };
    bar.spawn((Name::new("Means"), row(8.0), means))
        .with_children(|funds| {
            funds.spawn(kit.icon(icon, 22.0, palette.ink));
            let sums = Node {
                min_width: Val::Px(steady),
                ..column(0.0)
            };
            funds
                .spawn((Name::new("Free and all"), sums))
                .with_children(|sums| {
                    if !narrow {
                        sums.spawn(kit.line(Role::Label, lang, label, palette.ink2));
                    }
                    sums.spawn((Name::new("Sums"), row(4.0)))
                        .with_children(|line| {
                            line.spawn(kit.line(Role::Strong, lang, free, palette.ink));
                            let all = format!("/ {all}");
                            line.spawn(kit.line(Role::Body, lang, all, palette.ink2));
                        });
                });
        });
}

/// The button that says the other language in that language.
pub(super) fn language(parent: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words) {
    let label = words.say("language.other");
    let means = Semantics::button("language", label, Act::Language);
    kit.worded(parent, words.lang, "globe", means);
}

/// The main button at the right end of the tray, with the shortcut that presses it.
pub(super) fn main_button(
    tray: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    means: Semantics,
    shortcut: &str,
    size: Vec2,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let narrow = kit.narrow();
    let label = means.label.clone();
    let value = means.value.clone();
    let size = if narrow { Vec2::new(108.0, 44.0) } else { size };
    let node = Node {
        height: Val::Px(size.y),
        min_width: Val::Px(size.x),
        padding: UiRect::all(Val::Px(if narrow { 2.0 } else { 5.0 })),
        margin: UiRect::left(Val::Auto),
        flex_shrink: 0.0,
        ..default()
    };
    tray.spawn(kit.main_button(means, true, node))
        .with_children(|button| {
            let upright = size.y > 70.0;
            let inner = Node {
                flex_grow: 1.0,
                height: Val::Percent(100.0),
                border: UiRect::all(Val::Px(if narrow { 0.0 } else { 1.2 })),
                border_radius: BorderRadius::all(Val::Px(5.0)),
                flex_direction: if upright {
                    FlexDirection::Column
                } else {
                    FlexDirection::Row
                },
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                padding: UiRect::horizontal(Val::Px(if narrow { 8.0 } else { 14.0 })),
                column_gap: Val::Px(12.0),
                row_gap: Val::Px(2.0),
                ..default()
            };
            let line = BorderColor::all(palette.onbtn.with_alpha(0.7));
            button
                .spawn((Name::new("Inner frame"), inner, line))
                .with_children(|inner| {
                    let role = match (narrow, upright) {
                        (true, _) => Role::Strong,
                        (false, true) => Role::Heading,
                        (false, false) => Role::Panel,
                    };
                    inner.spawn(kit.line(role, lang, label, palette.onbtn));
                    if narrow {
                        return;
                    }
                    if !value.is_empty() {
                        inner.spawn(kit.line(Role::Label, lang, value, palette.onbtn));
                    }
                    inner
                        .spawn((Name::new("Keys"), row(4.0)))
                        .with_children(|caps| kit.caps(caps, lang, shortcut, palette.onbtn));
                });
        });
}

/// The tray of a reading screen: a sentence, and the way on.
pub(super) fn reading_tray_with(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    sentence: &str,
    onward: Semantics,
) {
    let height = reading_tray(kit);
    root.spawn(kit.tray(height)).with_children(|tray| {
        let ink = kit.palette().onwalnut2;
        let grow = Node {
            flex_grow: 1.0,
            flex_basis: Val::Px(0.0),
            min_width: Val::Px(0.0),
            max_height: Val::Px(height - 8.0),
            overflow: Overflow::clip(),
            ..column(0.0)
        };
        let role = if kit.compact() {
            Role::Label
        } else {
            Role::Body
        };
        let text = kit.text(role, words.lang, sentence, ink);
        let mut place = tray.spawn((Name::new("Sentence"), grow));
        // Where little fits, the way on is what must be there.
        if !kit.narrow() {
            place.with_child(text);
        }
        let size = Vec2::new(200.0, 56.0);
        main_button(tray, kit, words, onward, "press", size);
    });
}

/// The place between bar and tray of a reading screen.
pub(super) fn reading_area(kit: &Kit, top: f32) -> Node {
    let gap = if kit.compact() { 8.0 } else { 12.0 };
    let width = (kit.window().x - 2.0 * gap).min(1400.0);
    Node {
        position_type: PositionType::Absolute,
        left: Val::Px((kit.window().x - width) / 2.0),
        width: Val::Px(width),
        top: Val::Px(top + gap),
        bottom: Val::Px(reading_tray(kit) + gap),
        column_gap: Val::Px(gap),
        ..default()
    }
}

/// A notice from the program, in the middle below the bar.
pub(super) fn notice(parent: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, text: &str) {
    let palette = kit.palette().clone();
    let width = (kit.window().x - 40.0).min(640.0);
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px((kit.window().x - width) / 2.0),
        top: Val::Px(bar_height(kit) + 10.0),
        width: Val::Px(width),
        padding: UiRect::all(Val::Px(12.0)),
        column_gap: Val::Px(10.0),
        align_items: AlignItems::Center,
        ..default()
    };
    let means = Semantics::alert("notice", text, "");
    parent
        .spawn((kit.card("Notice", node), ZIndex(20), means))
        .with_children(|card| {
            card.spawn(kit.icon("warn", 22.0, palette.neg));
            let grow = filling(0.0);
            card.spawn((Name::new("Words"), grow)).with_child(kit.text(
                Role::Body,
                words.lang,
                text,
                palette.ink,
            ));
        });
}
