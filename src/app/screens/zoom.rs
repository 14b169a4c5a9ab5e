//! The buttons that look at the map from nearer and further off, while there is a use for them.

use super::command::column_width;
use super::tray::tray_height;
use crate::app::map::{Board, Frame, Look, MOST_ZOOM};
use crate::app::semantics::Semantics;
use crate::app::table::Act;
use crate::app::widgets::{Kit, column};
use crate::app::words::Words;
use bevy::prelude::*;

/// From so many precincts on, some of what stands on the map has no room until it is larger.
const DENSE: usize = 12;
/// Between two buttons.
const GAP: f32 = 6.0;

/// Which buttons there are: the whole map needs no way back to it.
fn offered(board: &Board, near: bool) -> usize {
    match (near, board.places.len() >= DENSE) {
        (true, _) => 3,
        (false, true) => 1,
        (false, false) => 0,
    }
}

/// Where they lie: in the lower right corner of the map.
pub(super) fn place(kit: &Kit, board: &Board, near: bool) -> Rect {
    let count = offered(board, near) as f32;
    if count == 0.0 {
        return Rect::EMPTY;
    }
    let side = kit.side(36.0);
    let right = kit.window().x - column_width(kit) - 6.0;
    let low = kit.window().y - tray_height(kit) - 8.0;
    let high = count * side + (count - 1.0) * GAP;
    Rect::new(right - side, low - high, right, low)
}

pub(super) fn buttons(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    board: &Board,
    frame: &Frame,
) {
    let near = frame.zoom > 1.0;
    let area = place(kit, board, near);
    if area.is_empty() {
        return;
    }
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(area.min.x),
        top: Val::Px(area.min.y),
        ..column(GAP)
    };
    let all = [
        ("zoom-in", "plus", Look::In, frame.zoom < MOST_ZOOM),
        ("zoom-out", "minus", Look::Out, true),
        ("zoom-fit", "globe", Look::Fit, true),
    ];
    root.spawn((Name::new("Zoom"), node, ZIndex(4)))
        .with_children(|buttons| {
            for (id, icon, look, enabled) in all.into_iter().take(offered(board, near)) {
                let label = words.say(&format!("key.{id}"));
                let means = Semantics {
                    enabled,
                    ..Semantics::button(id, label, Act::MapSight(look))
                };
                kit.square(buttons, icon, 36.0, means);
            }
        });
}
