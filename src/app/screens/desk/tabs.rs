//! The desks: one is in hand, the others are a press away.

use crate::app::screens::chrome::bar_height;
use crate::app::screens::setup::desk_icon;
use crate::app::semantics::{Cover, Semantics};
use crate::app::table::{Act, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, LINE, row};
use crate::app::words::Words;
use crate::rules::id::SeatIx;
use bevy::prelude::*;

/// Between two tabs.
const GAP: f32 = 3.0;
/// The height of a tab.
const HEIGHT: f32 = 40.0;

/// The height that the desks take below the bar: where little fits beside each other, they have a
/// row of their own above the panel.
pub(in crate::app::screens) fn tabs_height(kit: &Kit, table: &Table) -> f32 {
    if kit.narrow() && table.shows_desks() && table.panel {
        kit.side(HEIGHT) + 8.0
    } else {
        0.0
    }
}

/// The desks in the bar, where there is room for them.
pub(in crate::app::screens) fn tabs(
    bar: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
) {
    if kit.narrow() || !table.shows_desks() {
        return;
    }
    let node = Node {
        flex_shrink: 0.0,
        ..row(GAP)
    };
    bar.spawn((Name::new("Desks"), node)).with_children(|line| {
        // Each stands in a place of its own, whichever is in hand.
        let square = kit.side(if kit.compact() { 36.0 } else { 46.0 });
        for seat in seats(table) {
            tab(line, kit, words, table, seat, square);
        }
    });
}

/// The desks in a row of their own.
pub(in crate::app::screens) fn tabs_below(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
) {
    if tabs_height(kit, table) == 0.0 {
        return;
    }
    let edge = 6.0;
    let count = table.scenario.world.seats.len() as f32;
    let room = kit.window().x - 2.0 * edge - GAP * (count - 1.0);
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(edge),
        top: Val::Px(bar_height(kit) + 6.0),
        ..row(GAP)
    };
    root.spawn((Name::new("Desks"), Cover, node, ZIndex(4)))
        .with_children(|line| {
            for seat in seats(table) {
                tab(line, kit, words, table, seat, (room / count).min(60.0));
            }
        });
}

fn seats(table: &Table) -> impl Iterator<Item = SeatIx> + use<> {
    (0..table.scenario.world.seats.len()).map(SeatIx::from_position)
}

fn tab(
    line: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    seat: SeatIx,
    square: f32,
) {
    let palette = kit.palette().clone();
    let id = &table.scenario.world.seats[seat.at()].id;
    let on = table.desk.seat == seat;
    let ready = table.desk.ready.contains(&seat);
    let name = words.seat(seat).to_owned();
    let said = if ready {
        words.say("desk.is-ready")
    } else {
        String::new()
    };
    let means = Semantics::choice(format!("desk:{id}"), name.as_str(), on, Act::Desk(seat))
        .with_value(said);
    // The panel says the name of the desk in hand; the number is what the keyboard calls it by.
    let numbered = !kit.compact() && !kit.settings().keys.caps("desk").is_empty();
    let node = Node {
        height: Val::Px(kit.side(HEIGHT)),
        width: Val::Px(square),
        justify_content: JustifyContent::Center,
        flex_shrink: 0.0,
        column_gap: Val::Px(3.0),
        ..default()
    };
    let played = table.played(seat);
    line.spawn(kit.button(means, node)).with_children(|tab| {
        let ink = if played { palette.ink } else { palette.ink2 };
        tab.spawn(kit.icon(desk_icon(id.as_str()), 20.0, ink));
        if numbered {
            let number = (seat.at() + 1).to_string();
            tab.spawn(kit.line(Role::Label, words.lang, number, ink));
        }
        if ready {
            let badge = Node {
                position_type: PositionType::Absolute,
                right: Val::Px(1.0),
                top: Val::Px(1.0),
                width: Val::Px(15.0),
                height: Val::Px(15.0),
                border: UiRect::all(Val::Px(LINE)),
                border_radius: BorderRadius::all(Val::Px(7.5)),
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                ..default()
            };
            let look = (BackgroundColor(palette.pos), BorderColor::all(palette.card));
            tab.spawn((Name::new("Ready"), badge, look))
                .with_child(kit.icon("tick", 10.0, palette.card));
        }
    });
}
