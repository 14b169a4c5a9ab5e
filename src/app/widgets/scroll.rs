//! Parts of a screen that scroll when what is in them is longer than their box.

use super::column;
use crate::app::input::Thumb;
use crate::app::semantics::Scrolled;
use bevy::prelude::*;

/// A part that scrolls, ready to be filled.
pub struct ScrollPart {
    name: &'static str,
    node: Node,
    at: Vec2,
    ink: Color,
}

impl ScrollPart {
    /// A part of this name at its place; `at` is how far it is scrolled, `ink` the colour of its mark.
    pub fn new(name: &'static str, node: Node, at: Vec2, ink: Color) -> Self {
        Self {
            name,
            node,
            at,
            ink,
        }
    }

    /// Puts it on the screen; what `fill` spawns lies in a column.
    pub fn fill(
        self,
        parent: &mut ChildSpawnerCommands,
        gap: f32,
        fill: impl FnOnce(&mut ChildSpawnerCommands),
    ) {
        let frame = Node {
            min_height: Val::Px(0.0),
            min_width: Val::Px(0.0),
            ..self.node
        };
        let inner = Node {
            overflow: Overflow::scroll_y(),
            flex_grow: 1.0,
            flex_basis: Val::Px(0.0),
            min_height: Val::Px(0.0),
            min_width: Val::Px(0.0),
            // Beside what is read, not on it.
            padding: UiRect::right(Val::Px(8.0)),
            ..column(gap)
        };
        let thumb = Node {
            position_type: PositionType::Absolute,
            right: Val::Px(0.0),
            top: Val::Px(0.0),
            width: Val::Px(5.0),
            height: Val::Px(24.0),
            border_radius: BorderRadius::all(Val::Px(2.5)),
            ..Node::default()
        };
        let name = self.name;
        parent
            .spawn((Name::new(format!("Around {name}")), frame))
            .with_children(|around| {
                around
                    .spawn((
                        Name::new(name),
                        Scrolled(name),
                        inner,
                        ScrollPosition(self.at),
                    ))
                    .with_children(fill);
                around.spawn((
                    Name::new("Thumb"),
                    Thumb(name),
                    thumb,
                    BackgroundColor(self.ink),
                    Visibility::Hidden,
                ));
            });
    }
}
