//! How a person looks at the map: the whole of it, or a part of it larger.

use super::board::Board;
use super::frame::Frame;
use crate::geometry::Point;
use bevy::prelude::*;

/// The most that the map is larger than fitted.
pub const MOST_ZOOM: f32 = 5.0;
/// One step of the keys and of the buttons.
pub const ZOOM_STEP: f32 = 1.4;
/// One step of the arrows, as a share of the map's part of the window.
const PAN_STEP: f32 = 0.25;

/// How the map is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// How much larger than fitted.
    zoom: f32,
    /// What lies in the middle.
    centre: Point,
}

/// A step of looking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Look {
    /// Nearer, at the middle.
    In,
    /// Further off.
    Out,
    /// At the whole.
    Fit,
    /// Aside: to the right and down, in steps.
    Aside(i8, i8),
}

impl Sight {
    /// Nearer or further off by a factor, so that what lies at a point of the window stays there.
    /// Nothing once the whole is seen.
    pub fn zoomed(frame: &Frame, board: &Board, by: f32, at: Vec2) -> Option<Self> {
        let zoom = (frame.zoom * by).min(MOST_ZOOM);
        if zoom < 1.02 {
            return None;
        }
        let (held, scale) = (frame.to_city(at), frame.scale / frame.zoom * zoom);
        let aside = (at - frame.middle()) / scale;
        let centre = Point::new(held.x - f64::from(aside.x), held.y + f64::from(aside.y));
        Some(Self { zoom, centre }.kept(board))
    }

    /// Pulled along by so much of the window.
    pub fn panned(frame: &Frame, board: &Board, by: Vec2) -> Option<Self> {
        if frame.zoom <= 1.0 {
            return None;
        }
        let centre = frame.to_city(frame.middle() - by);
        let zoom = frame.zoom;
        Some(Self { zoom, centre }.kept(board))
    }

    /// One step.
    pub fn stepped(frame: &Frame, board: &Board, look: Look) -> Option<Self> {
        let step = frame.area.size() * PAN_STEP;
        match look {
            Look::In => Self::zoomed(frame, board, ZOOM_STEP, frame.middle()),
            Look::Out => Self::zoomed(frame, board, 1.0 / ZOOM_STEP, frame.middle()),
            Look::Fit => None,
            Look::Aside(x, y) => {
                let way = Vec2::new(f32::from(x), f32::from(y));
                Self::panned(frame, board, -way * step)
            }
        }
    }

    /// With a place in the middle, unless it is well in sight.
    pub fn showing(frame: &Frame, board: &Board, place: usize) -> Option<Self> {
        let spot = board.places.get(place)?;
        let area = frame.area.inflate(-frame.area.size().min_element() * 0.12);
        let (label, tokens) = (frame.to_window(spot.label), frame.to_window(spot.tokens));
        let (zoom, centre) = if area.contains(label) && area.contains(tokens) {
            (frame.zoom, frame.to_city(frame.middle()))
        } else {
            (frame.zoom, spot.label)
        };
        (frame.zoom > 1.0).then(|| Self { zoom, centre }.kept(board))
    }

    /// The middle stays within the city.
    fn kept(self, board: &Board) -> Self {
        let (low, high) = (board.bounds.min, board.bounds.max);
        let x = self.centre.x.clamp(low.x, high.x);
        let y = self.centre.y.clamp(low.y, high.y);
        Self {
            centre: Point::new(x, y),
            ..self
        }
    }
}

impl Frame {
    /// The same city as it is looked at.
    #[must_use]
    pub fn seen(self, sight: Option<Sight>) -> Self {
        match sight {
            Some(Sight { zoom, centre }) => self.enlarged(zoom, centre),
            None => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::map::Plan;

    fn board() -> Board {
        let square = [(0.0, 0.0), (8.0, 0.0), (8.0, 8.0), (0.0, 8.0)];
        let plan = Plan {
            outlines: vec![square.map(|(x, y)| Point::new(x, y)).to_vec()],
            districts: vec![0],
            ..Plan::default()
        };
        Board::new(&plan).expect("a square makes a board")
    }

    #[test]
    fn what_lies_under_the_pointer_stays_there() {
        let board = board();
        let window = Vec2::new(1000.0, 700.0);
        let fitted = Frame::fit(&board, window, Rect::new(20.0, 60.0, 700.0, 600.0));
        let mut frame = fitted;
        let at = Vec2::new(420.0, 250.0);
        let held = frame.to_city(at);
        for by in [1.4, 1.4, 0.9, 1.2] {
            frame = fitted.seen(Sight::zoomed(&frame, &board, by, at));
            assert!(frame.to_window(held).distance(at) < 0.05, "{frame:?}");
        }
        assert!(frame.zoom > 2.0);
        let pulled = fitted.seen(Sight::panned(&frame, &board, Vec2::new(30.0, -12.0)));
        let moved = pulled.to_window(held) - frame.to_window(held);
        assert!(moved.distance(Vec2::new(30.0, -12.0)) < 0.05, "{moved}");
        assert_eq!(pulled.scale, frame.scale);
    }

    #[test]
    fn the_city_is_never_lost_and_the_whole_is_as_fitted() {
        let board = board();
        let window = Vec2::new(1000.0, 700.0);
        let fitted = Frame::fit(&board, window, Rect::new(20.0, 60.0, 700.0, 600.0));
        let near = fitted.seen(Sight::stepped(&fitted, &board, Look::In));
        let mut far = near;
        for _ in 0..40 {
            far = fitted.seen(Sight::stepped(&far, &board, Look::Aside(1, -1)));
        }
        let middle = far.to_city(far.middle());
        assert!(board.bounds.max.x >= middle.x - 1e-3 && board.bounds.max.y >= middle.y - 1e-3);
        assert_eq!(
            fitted.seen(Sight::stepped(&near, &board, Look::Out)),
            fitted
        );
        assert_eq!(fitted.seen(Sight::stepped(&far, &board, Look::Fit)), fitted);
        let shown = fitted.seen(Sight::showing(&far, &board, 0));
        let label = shown.to_window(board.places[0].label);
        assert!(shown.area.contains(label), "{label}");
    }
}
