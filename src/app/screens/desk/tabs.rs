//! The desks above the map: one is in hand, the others are a press away.

use crate::app::screens::chrome::bar_height;
use crate::app::screens::command::column_width;
use crate::app::screens::setup::desk_icon;
use crate::app::semantics::{Cover, Semantics};
use crate::app::table::{Act, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, LINE, row};
use crate::app::words::Words;
use crate::rules::id::SeatIx;
use bevy::prelude::*;

/// Room at the end of the row for what else stands above the map.
const BESIDE: f32 = 120.0;
/// Between two tabs.
const GAP: f32 = 4.0;

/// The height of the row of desks, with the gap below it; nothing where there is none.
pub(in crate::app::screens) fn tabs_height(kit: &Kit, table: &Table) -> f32 {
    if table.shows_desks() {
        height(kit) + 8.0
    } else {
        0.0
    }
}

fn height(kit: &Kit) -> f32 {
    let usual = match (kit.narrow(), kit.compact()) {
        (true, _) => 38.0,
        (false, true) => 42.0,
        (false, false) => 54.0,
    };
    kit.side(usual)
}

/// About how wide a name is in the smallest print; Han are as wide as they are high.
fn width_of(name: &str) -> f32 {
    name.chars()
        .map(|c| if c.is_ascii() { 7.4 } else { 14.2 })
        .sum()
}

/// The row of desks.
pub(in crate::app::screens) fn tabs(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
) {
    let narrow = kit.narrow();
    let edge = if narrow { 6.0 } else { 10.0 };
    let beside = if narrow { 0.0 } else { BESIDE };
    let room = kit.window().x - column_width(kit) - 2.0 * edge - beside;
    let count = table.scenario.world.seats.len();
    let seats = (0..count).map(SeatIx::from_position);
    let named: f32 = seats
        .clone()
        .map(|seat| width_of(words.seat(seat)).max(24.0) + 14.0 + GAP)
        .sum();
    // Names below the signs where all of them fit, else only that of the desk in hand.
    let all = !kit.compact() && named <= room;
    let left = room - GAP * count as f32;
    let square = ((left - 150.0) / (count as f32 - 1.0)).clamp(30.0, height(kit));
    let square = if narrow {
        (left / count as f32).clamp(30.0, 44.0)
    } else {
        square
    };
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(edge),
        top: Val::Px(bar_height(kit) + 6.0),
        height: Val::Px(height(kit)),
        max_width: Val::Px(room),
        ..row(GAP)
    };
    root.spawn((Name::new("Desks"), Cover, node, ZIndex(4)))
        .with_children(|line| {
            for seat in seats {
                tab(line, kit, words, table, seat, (all, square));
            }
        });
}

fn tab(
    line: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    seat: SeatIx,
    (all, square): (bool, f32),
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
    let labelled = all || (on && !kit.narrow());
    let node = Node {
        height: Val::Px(height(kit)),
        width: if labelled { Val::Auto } else { Val::Px(square) },
        padding: UiRect::horizontal(Val::Px(if labelled { 7.0 } else { 0.0 })),
        justify_content: JustifyContent::Center,
        flex_shrink: 0.0,
        flex_direction: if all {
            FlexDirection::Column
        } else {
            FlexDirection::Row
        },
        column_gap: Val::Px(6.0),
        row_gap: Val::Px(1.0),
        ..default()
    };
    line.spawn(kit.button(means, node)).with_children(|tab| {
        tab.spawn(kit.icon(desk_icon(id.as_str()), 20.0, palette.ink));
        if labelled {
            let role = if on { Role::Plate } else { Role::Label };
            tab.spawn(kit.line(role, words.lang, name, palette.ink));
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
