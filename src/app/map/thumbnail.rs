//! A small picture of a city, for the card of its exercise.

use super::board::Board;
use crate::app::theme::{Canvas, Palette};
use crate::geometry::Point;
use bevy::prelude::*;
use std::fmt::Write as _;

/// Draws the heart of a city into a picture of `size`; `px` is physical pixels in one of its.
pub fn thumbnail(canvas: &mut Canvas, px: f32, size: Vec2, board: &Board, palette: &Palette) {
    let bounds = &board.bounds;
    let city = Vec2::new(bounds.width() as f32, bounds.height() as f32).max(Vec2::splat(1e-3));
    // The whole city, and a little beyond where the picture has another shape.
    let scale = (size / city).min_element() * 0.94;
    let centre = bounds.centre();
    let path = |points: &[Point], closed: bool| {
        let mut path = String::new();
        for (at, p) in points.iter().enumerate() {
            let x = size.x / 2.0 + (p.x - centre.x) as f32 * scale;
            let y = size.y / 2.0 - (p.y - centre.y) as f32 * scale;
            let _ = write!(path, "{} {x:.2} {y:.2} ", if at == 0 { "M" } else { "L" });
        }
        if closed {
            path.push('Z');
        }
        path
    };
    let whole = format!(
        "M 0 0 L {} 0 L {} {} L 0 {} Z",
        size.x, size.x, size.y, size.y
    );
    let ground = if board.ground_is_land {
        palette.hinter
    } else {
        palette.water
    };
    canvas.paint(&whole, px, ground);
    for (rings, fill, line) in [
        (&board.water, palette.water, palette.water3),
        (&board.land, palette.hinter, palette.hinterink),
    ] {
        for ring in rings {
            let ring = path(ring, true);
            canvas.paint(&ring, px, fill);
            canvas.line(&ring, px, 1.6 * px, &[], line);
        }
    }
    for place in &board.places {
        let ring = path(place.shape.outline(), true);
        canvas.line(&ring, px, 3.2 * px, &[], palette.ink);
    }
    for place in &board.places {
        let ring = path(place.shape.outline(), true);
        canvas.paint(&ring, px, palette.district(place.district));
    }
    for road in &board.roads {
        canvas.line(&path(road, false), px, 2.0 * px, &[], palette.card);
    }
    for (rings, fill, line) in [
        (&board.parks, palette.park, palette.parkink),
        (&board.lakes, palette.water, palette.waterink),
    ] {
        for ring in rings {
            let ring = path(ring, true);
            canvas.paint(&ring, px, fill);
            canvas.line(&ring, px, 0.9 * px, &[], line);
        }
    }
    for (line, parts) in &board.inner {
        let line = path(line, false);
        let (width, dash): (f32, &[f32]) = if *parts {
            (1.6, &[5.0, 3.0])
        } else {
            (0.9, &[])
        };
        canvas.line(&line, px, width * px, dash, palette.ink);
    }
    for bridge in &board.bridges {
        let line = path(bridge, false);
        canvas.line(&line, px, 5.0 * px, &[], palette.ink);
        canvas.line(&line, px, 3.0 * px, &[], palette.card2);
    }
}
