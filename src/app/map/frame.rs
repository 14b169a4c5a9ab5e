//! Where the board lies in the window: kilometres to pixels and back.

use super::board::Board;
use crate::geometry::Point;
use bevy::prelude::*;

/// How much larger than fitted a map must be for everything to have room where the window is narrow.
const ROOMY: f32 = 1.6;

/// The placing of the board, in the interface's own pixels (x right, y down).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The size of the whole window.
    pub window: Vec2,
    /// Pixels in a kilometre.
    pub scale: f32,
    /// Where the kilometre origin lies.
    pub(super) origin: Vec2,
    /// The middle of what the city is fitted into.
    middle: Vec2,
    /// Thickness of lines and small things against the drawing's own unit.
    pub line: f32,
    /// The part of the window that is the map's own.
    pub area: Rect,
    /// How much larger than fitted it is.
    pub zoom: f32,
    /// Where its own buttons lie.
    pub kept: [Rect; 2],
}

impl Frame {
    /// Fits the precincts of a board into a part of the window.
    pub fn fit(board: &Board, window: Vec2, view: Rect) -> Self {
        let size = Vec2::new(board.bounds.width() as f32, board.bounds.height() as f32);
        let size = size.max(Vec2::splat(1e-3));
        let scale = (view.size() / size).min_element();
        let centre = board.bounds.centre();
        let middle = view.center();
        Self {
            window,
            scale,
            origin: Vec2::new(
                middle.x - centre.x as f32 * scale,
                middle.y + centre.y as f32 * scale,
            ),
            middle,
            line: (view.size().min_element() / 470.0).clamp(0.8, 1.5),
            area: view,
            zoom: 1.0,
            kept: [Rect::EMPTY; 2],
        }
    }

    /// So much larger, with a place of the city in the middle.
    pub(super) fn enlarged(self, zoom: f32, centre: Point) -> Self {
        let scale = self.scale / self.zoom * zoom;
        Self {
            scale,
            zoom,
            origin: self.middle - Vec2::new(centre.x as f32, -centre.y as f32) * scale,
            ..self
        }
    }

    /// The same with the whole city fitted again.
    pub(super) fn whole(self, board: &Board) -> Self {
        self.enlarged(1.0, board.bounds.centre())
    }

    /// The middle of what the city is fitted into.
    #[must_use]
    pub fn middle(self) -> Vec2 {
        self.middle
    }

    /// How far everything has moved since another frame; nothing if more than that has changed.
    pub(super) fn moved_since(self, before: Self) -> Option<Vec2> {
        let by = self.origin - before.origin;
        let origin = before.origin;
        (Self { origin, ..self } == before).then_some(by)
    }

    /// Whether a box lies in the map's part of the window and on none of its buttons. The whole map
    /// has room for everything.
    #[must_use]
    pub fn shows(self, it: Rect) -> bool {
        let free = |kept: &Rect| kept.is_empty() || kept.intersect(it).is_empty();
        self.zoom <= 1.0 || (self.area.union(it) == self.area && self.kept.iter().all(free))
    }

    /// The same with this part of the window as the map's own, but for the places of its buttons.
    #[must_use]
    pub fn within(self, area: Rect, kept: [Rect; 2]) -> Self {
        Self { area, kept, ..self }
    }

    /// Whether there is no room for more than names and tokens.
    #[must_use]
    pub fn is_small(self, narrow: bool) -> bool {
        narrow && self.zoom < ROOMY
    }

    /// Where a place of the city lies in the window.
    pub fn to_window(self, p: Point) -> Vec2 {
        self.origin + Vec2::new(p.x as f32, -p.y as f32) * self.scale
    }

    /// Which place of the city lies under a point of the window.
    pub fn to_city(self, at: Vec2) -> Point {
        let km = (at - self.origin) / self.scale;
        Point::new(f64::from(km.x), f64::from(-km.y))
    }
}
