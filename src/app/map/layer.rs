//! A layer over the map: a pattern in each precinct, or rings of equal travel time.

use super::board::Board;
use super::frame::Frame;
use super::pen::{Line, Pen};
use super::reach::Reach;
use super::scene::{place_ring, to_camera};
use crate::app::theme::Palette;
use crate::geometry::Point;
use crate::rules::response::CIRCLES;
use bevy::prelude::*;
use std::sync::Arc;

/// How a class of a layer is drawn: told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// Nothing.
    Plain,
    /// Dots.
    Dots,
    /// Slanting lines.
    Hatch,
    /// Slanting lines, close together.
    Dense,
    /// Slanting lines both ways.
    Cross,
}

/// What a layer is painted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerPaint {
    /// What is lost or borne.
    Loss,
    /// Safety, and those who come when called.
    Safety,
    /// Trust.
    Trust,
    /// Patrol.
    Patrol,
    /// Work with residents.
    Outreach,
    /// Everything else.
    Ink,
}

impl LayerPaint {
    /// The colour in a theme.
    pub fn colour(self, palette: &Palette) -> Color {
        match self {
            Self::Loss => palette.neg,
            Self::Safety => palette.safety,
            Self::Trust => palette.trust,
            Self::Patrol => palette.patrolln,
            Self::Outreach => palette.outreachln,
            Self::Ink => palette.ink2,
        }
    }
}

/// A layer, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Its colour.
    pub paint: LayerPaint,
    /// The pattern of each precinct.
    pub places: Vec<Pattern>,
    /// How soon help comes, where that is what it shows.
    pub reach: Option<Arc<Reach>>,
}

/// Draws a layer.
pub(super) fn draw(board: &Board, layer: &Layer, frame: &Frame, palette: &Palette) -> Mesh {
    let mut pen = Pen::default();
    let k = frame.line;
    let colour = layer.paint.colour(palette);
    for (at, place) in board.places.iter().enumerate() {
        let ring = place_ring(frame, place.shape.outline());
        // Paper over the ground, so that the pattern is read and not the district.
        pen.fill([ring.as_slice()], palette.card.with_alpha(0.42));
        let pattern = layer.places.get(at).copied().unwrap_or(Pattern::Plain);
        fill(&mut pen, &ring, pattern, k, colour);
    }
    if let Some(reach) = &layer.reach {
        rings(&mut pen, board, reach, frame, palette);
    }
    pen.finish()
}

fn fill(pen: &mut Pen, ring: &[Vec2], pattern: Pattern, k: f32, colour: Color) {
    let ink = colour.with_alpha(0.8);
    match pattern {
        Pattern::Plain => {}
        Pattern::Dots => {
            for at in lattice(ring, 12.0 * k) {
                dot(pen, at, 1.9 * k, ink);
            }
        }
        Pattern::Hatch => pen.hatch(ring, 12.0 * k, 1.8 * k, ink),
        Pattern::Dense => pen.hatch(ring, 6.0 * k, 1.8 * k, ink),
        Pattern::Cross => {
            pen.hatch(ring, 8.0 * k, 1.6 * k, ink);
            pen.hatch_back(ring, 8.0 * k, 1.6 * k, ink);
        }
    }
}

/// Points inside a ring, row by row, every other row moved by half a step.
fn lattice(ring: &[Vec2], step: f32) -> Vec<Vec2> {
    let low = ring.iter().copied().reduce(Vec2::min).unwrap_or_default();
    let high = ring.iter().copied().reduce(Vec2::max).unwrap_or_default();
    let first = (low / step).floor();
    let size = ((high / step).ceil() - first).as_ivec2();
    let mut points = Vec::new();
    for row in 0..=size.y {
        for column in 0..=size.x {
            let odd = (first.y as i32 + row).rem_euclid(2) as f32 * 0.5;
            let at = (first + Vec2::new(column as f32 + odd, row as f32)) * step;
            if within(ring, at) {
                points.push(at);
            }
        }
    }
    points
}

/// Whether a ring holds a point (even-odd).
fn within(ring: &[Vec2], p: Vec2) -> bool {
    let mut inside = false;
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        if (a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y) {
            inside = !inside;
        }
    }
    inside
}

fn dot(pen: &mut Pen, at: Vec2, r: f32, ink: Color) {
    let turn = |step: u8| Vec2::from_angle(f32::from(step) / 6.0 * std::f32::consts::TAU);
    let ring: Vec<Vec2> = (0..6).map(|step| at + turn(step) * r).collect();
    pen.fill([ring.as_slice()], ink);
}

/// One, three and five minutes: full, dashed and dotted lines; beyond them small crosses.
fn rings(pen: &mut Pen, board: &Board, reach: &Reach, frame: &Frame, palette: &Palette) {
    let k = frame.line;
    let spot = |p: &Point| to_camera(frame, frame.to_window(*p));
    for place in &board.places {
        let ring = place_ring(frame, place.shape.outline());
        for at in lattice(&ring, 15.0 * k) {
            let window = Vec2::new(at.x + frame.window.x / 2.0, frame.window.y / 2.0 - at.y);
            let minutes = reach.minutes(frame.to_city(window));
            let ink = palette.safety.with_alpha(0.75);
            match minutes {
                Some(minutes) if minutes <= CIRCLES[1] => {}
                Some(minutes) if minutes <= CIRCLES[2] => dot(pen, at, 1.5 * k, ink),
                _ => cross(pen, at, 2.4 * k, palette.neg.with_alpha(0.7)),
            }
        }
    }
    for (at, lines) in reach.lines.iter().enumerate().rev() {
        for line in lines {
            let points: Vec<Vec2> = line.points.iter().map(spot).collect();
            let line = Line {
                points: &points,
                closed: line.closed,
            };
            match at {
                0 => {
                    if line.closed {
                        pen.fill([points.as_slice()], palette.safety.with_alpha(0.3));
                    }
                    pen.stroke([line], 3.0 * k, palette.safety);
                }
                1 => {
                    if line.closed {
                        let ink = palette.safety.with_alpha(0.6);
                        pen.hatch(&points, 12.0 * k, 1.3 * k, ink);
                    }
                    pen.dash(&line, 9.0 * k, 5.0 * k, 2.4 * k, palette.safety);
                }
                _ => pen.dash(&line, 2.4 * k, 4.6 * k, 2.4 * k, palette.safety),
            }
        }
    }
}

fn cross(pen: &mut Pen, at: Vec2, r: f32, ink: Color) {
    let strokes = [
        [at + Vec2::new(-r, -r), at + Vec2::new(r, r)],
        [at + Vec2::new(-r, r), at + Vec2::new(r, -r)],
    ];
    pen.stroke_cut(strokes.iter().map(|it| Line::open(it)), r * 0.6, ink);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_stay_inside_the_shape_and_lie_apart() {
        let ring = [(0.0, 0.0), (60.0, 0.0), (60.0, 60.0), (0.0, 60.0)];
        let ring = ring.map(|(x, y)| Vec2::new(x, y));
        let dots = lattice(&ring, 12.0);
        assert!((20..=30).contains(&dots.len()), "{}", dots.len());
        assert!(dots.iter().all(|at| within(&ring, *at)));
        for (at, dot) in dots.iter().enumerate() {
            assert!(
                dots[at + 1..]
                    .iter()
                    .all(|other| other.distance(*dot) > 11.0)
            );
        }
    }
}
