//! The city drawn as a printed board, back to front as the design's layers say.

use super::board::{Board, inside};
use super::frame::Frame;
use super::pen::{Line, Pen};
use crate::app::theme::Palette;
use crate::geometry::{Circle, Point, Polygon, Polyline, Scatter};
use bevy::prelude::*;

/// At most so many houses in a precinct.
const HOUSES: usize = 26;

/// Draws the whole city.
pub(super) fn city(board: &Board, frame: &Frame, palette: &Palette) -> Mesh {
    let mut sheet = Sheet {
        board,
        frame,
        palette,
        pen: Pen::default(),
    };
    sheet.water();
    sheet.hinterland();
    sheet.precincts();
    sheet.houses();
    sheet.roads_and_parks();
    sheet.lines();
    sheet.bridges();
    sheet.metro();
    sheet.pen.finish()
}

/// Draws what marks precincts for the moment: the one chosen, the one with the keyboard's focus.
pub(super) fn marks(
    board: &Board,
    frame: &Frame,
    palette: &Palette,
    chosen: Option<usize>,
    focus: Option<usize>,
) -> Mesh {
    let mut pen = Pen::default();
    let k = frame.line;
    let ring = |at: usize| -> Option<Vec<Vec2>> {
        board
            .places
            .get(at)
            .map(|place| place_ring(frame, place.shape.outline()))
    };
    if let Some(ring) = chosen.and_then(ring) {
        pen.hatch(&ring, 8.0 * k, 2.5 * k, palette.gold.with_alpha(0.42));
        pen.stroke([Line::ring(&ring)], 6.5 * k, palette.ink);
        pen.stroke([Line::ring(&ring)], 3.6 * k, palette.gold);
    }
    if let Some(ring) = focus.filter(|at| Some(*at) != chosen).and_then(ring) {
        pen.dash(
            &Line::ring(&ring),
            10.0 * k,
            5.0 * k,
            4.0 * k,
            palette.focus,
        );
    }
    pen.finish()
}

/// From interface pixels (y down from the top left) to the camera's (y up from the middle).
pub(super) fn to_camera(frame: &Frame, at: Vec2) -> Vec2 {
    Vec2::new(at.x - frame.window.x / 2.0, frame.window.y / 2.0 - at.y)
}

pub(super) fn place_ring(frame: &Frame, points: &[Point]) -> Vec<Vec2> {
    points
        .iter()
        .map(|p| to_camera(frame, frame.to_window(*p)))
        .collect()
}

fn mix(a: Color, b: Color, share: f32) -> Color {
    let (a, b) = (a.to_srgba(), b.to_srgba());
    let mix = |a: f32, b: f32| a + (b - a) * share;
    Color::srgb(
        mix(a.red, b.red),
        mix(a.green, b.green),
        mix(a.blue, b.blue),
    )
}

struct Sheet<'a> {
    board: &'a Board,
    frame: &'a Frame,
    palette: &'a Palette,
    pen: Pen,
}

/// Small luck for small drawings, the same every time.
struct Luck(u32);

impl Luck {
    fn unit(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as f32 / (1 << 24) as f32
    }
}

impl Sheet<'_> {
    fn ring(&self, points: &[Point]) -> Vec<Vec2> {
        place_ring(self.frame, points)
    }

    fn rings(&self, lines: &[Vec<Point>]) -> Vec<Vec<Vec2>> {
        lines.iter().map(|line| self.ring(line)).collect()
    }

    fn shapes(&self) -> Vec<Vec<Vec2>> {
        self.board
            .places
            .iter()
            .map(|place| self.ring(place.shape.outline()))
            .collect()
    }

    /// How far beyond the window the map must go on: as far as it can be pulled along.
    fn beyond(&self) -> Vec2 {
        let bounds = &self.board.bounds;
        let size = Vec2::new(bounds.width() as f32, bounds.height() as f32);
        match self.frame.zoom > 1.0 {
            true => size * self.frame.scale,
            false => Vec2::ZERO,
        }
    }

    /// How many times as much is sketched on a larger drawing.
    fn more(&self) -> usize {
        if self.frame.zoom > 1.0 { 3 } else { 1 }
    }

    /// A spot anywhere on the drawing.
    fn anywhere(&self, luck: &mut Luck) -> Vec2 {
        let beyond = self.beyond();
        let share = Vec2::new(luck.unit(), luck.unit());
        share * (self.frame.window + beyond * 2.0) - beyond
    }

    fn window_ring(&self) -> Vec<Vec2> {
        let half = self.frame.window / 2.0 + 4.0 + self.beyond();
        [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
            .map(|(x, y)| Vec2::new(x * half.x, y * half.y))
            .to_vec()
    }

    /// The rings where water meets land outside the precincts.
    fn shores(&self) -> Vec<Vec<Vec2>> {
        let mut rings = self.rings(&self.board.land);
        if self.board.ground_is_land {
            rings.extend(self.rings(&self.board.water));
        }
        rings
    }

    fn water(&mut self) {
        let (p, k) = (self.palette, self.frame.line);
        let window = self.window_ring();
        self.pen.fill([window.as_slice()], p.water);
        let mut shores = self.shores();
        shores.extend(self.shapes());
        // Mixed beforehand: see-through strokes would darken where they cross themselves.
        let far = mix(p.water, p.water2, 0.55);
        let near = mix(far, p.water3, 0.55);
        let shore_line = mix(near, p.waterink, 0.28);
        for (width, colour) in [
            (44.0, far),
            (26.0, near),
            (13.0, shore_line),
            (11.6, p.water3),
        ] {
            self.pen.stroke(
                shores.iter().map(|ring| Line::ring(ring)),
                width * k,
                colour,
            );
        }
        self.waves();
    }

    fn waves(&mut self) {
        let (k, more) = (self.frame.line, self.more());
        let mut luck = Luck(7);
        let mut lines: Vec<Vec<Vec2>> = Vec::new();
        for _ in 0..900 * more {
            if lines.len() >= 70 * more {
                break;
            }
            let at = self.anywhere(&mut luck);
            let around = [
                (0.0, 0.0),
                (30.0, 0.0),
                (-30.0, 0.0),
                (0.0, 18.0),
                (0.0, -18.0),
            ];
            let open = around.iter().all(|(x, y)| {
                self.board
                    .is_water(self.frame.to_city(at + Vec2::new(*x, *y) * k))
            });
            let apart = lines.iter().all(|line| {
                let other = line[line.len() / 2];
                let here = to_camera(self.frame, at);
                (other.x - here.x).abs() > 44.0 * k || (other.y - here.y).abs() > 16.0 * k
            });
            if !open || !apart {
                continue;
            }
            let wave = (0..=18).map(|step| {
                let t = step as f32 / 18.0;
                let lift = (t * 3.0 * std::f32::consts::TAU).cos() * 1.8;
                to_camera(self.frame, at + Vec2::new((t - 0.5) * 26.0, lift) * k)
            });
            lines.push(wave.collect());
        }
        let ink = self.palette.waterink.with_alpha(0.32);
        self.pen
            .stroke(lines.iter().map(|line| Line::open(line)), 1.2 * k, ink);
    }

    fn hinterland(&mut self) {
        let (p, k) = (self.palette, self.frame.line);
        let land = self.rings(&self.board.land);
        if self.board.ground_is_land {
            let mut rings = vec![self.window_ring()];
            rings.extend(self.rings(&self.board.water));
            self.pen.fill(rings.iter().map(Vec::as_slice), p.hinter);
        }
        for ring in &land {
            self.pen.fill([ring.as_slice()], p.hinter);
        }
        let shores = self.shores();
        self.pen.stroke(
            shores.iter().map(|ring| Line::ring(ring)),
            1.6 * k,
            p.hinterink,
        );
        self.hills();
    }

    /// Whether a spot and its surroundings lie on land outside the precincts.
    fn is_hinterland(&self, at: Vec2, reach: f32) -> bool {
        let around = [(0.0, 0.0), (1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)];
        around.iter().all(|(x, y)| {
            let p = self.frame.to_city(at + Vec2::new(*x, *y) * reach);
            self.board.place_at(p).is_none() && !self.board.is_water(p)
        })
    }

    fn hills(&mut self) {
        let (k, more) = (self.frame.line, self.more());
        let mut luck = Luck(29);
        let mut spots: Vec<Vec2> = Vec::new();
        let mut lines: Vec<Vec<Vec2>> = Vec::new();
        for _ in 0..900 * more {
            if spots.len() >= 60 * more {
                break;
            }
            let at = self.anywhere(&mut luck);
            let kind = luck.unit();
            if !self.is_hinterland(at, 24.0 * k)
                || spots.iter().any(|other| other.distance(at) < 62.0 * k)
            {
                continue;
            }
            spots.push(at);
            let pieces: Vec<Vec<Vec2>> = if kind < 0.5 {
                let arc = |x: f32, w: f32, h: f32| -> Vec<Vec2> {
                    let bow = |step: i32| {
                        let t = step as f32 / 8.0;
                        Vec2::new(x + w * t, 4.0 - h * 4.0 * t * (1.0 - t))
                    };
                    (0..=8).map(bow).collect()
                };
                vec![arc(-12.0, 13.0, 9.0), arc(0.0, 12.0, 6.5)]
            } else if kind < 0.78 {
                vec![tree_trunk(), tree_crown()]
            } else {
                [(-9.0, -4.0), (-11.0, 0.0), (-8.0, 4.0)]
                    .map(|(x, y)| vec![Vec2::new(x, y), Vec2::new(x + 18.0, y)])
                    .to_vec()
            };
            lines.extend(pieces.into_iter().map(|piece| self.sketch(at, &piece)));
        }
        let ink = self.palette.hinterink;
        self.pen
            .stroke(lines.iter().map(|line| Line::open(line)), 1.3 * k, ink);
    }

    /// A small drawing's points, moved to their place.
    fn sketch(&self, at: Vec2, points: &[Vec2]) -> Vec<Vec2> {
        let k = self.frame.line;
        points
            .iter()
            .map(|p| to_camera(self.frame, at + *p * k))
            .collect()
    }

    fn precincts(&mut self) {
        let k = self.frame.line;
        let shapes = self.shapes();
        let ink = self.palette.ink;
        self.pen
            .stroke(shapes.iter().map(|ring| Line::ring(ring)), 5.2 * k, ink);
        for (place, ring) in self.board.places.iter().zip(&shapes) {
            self.pen
                .fill([ring.as_slice()], self.palette.district(place.district));
        }
    }

    fn houses(&mut self) {
        let k = self.frame.line;
        let km = |px: f32| f64::from(px / self.frame.scale);
        let clear: Vec<Polygon> = [&self.board.parks, &self.board.lakes]
            .into_iter()
            .flatten()
            .filter_map(|ring| Polygon::new(ring.clone()).ok())
            .collect();
        let roads: Vec<(Polyline, f64)> = self
            .board
            .roads
            .iter()
            .map(|road| (Polyline::open(road.clone()), km(10.0 * k)))
            .collect();
        for (at, place) in self.board.places.iter().enumerate() {
            // A row of circles keeps a wide plate free.
            let plate = [-58.0, -36.0, -14.0, 14.0, 36.0, 58.0].map(|dx| Circle {
                centre: Point::new(place.label.x + km(dx), place.label.y),
                radius_km: km(19.0),
            });
            let tokens = [-44.0, -18.0, 18.0, 44.0].map(|dx| Circle {
                centre: Point::new(place.tokens.x + km(dx), place.tokens.y),
                radius_km: km(24.0),
            });
            let scatter = Scatter {
                most: HOUSES,
                spacing_km: km(22.0 * k),
                margin_km: km(11.0 * k),
                keep_out: plate.into_iter().chain(tokens).collect(),
                keep_off: roads.clone(),
                keep_clear: clear.clone(),
            };
            let spots = scatter.places(&place.shape, &format!("houses-{at}"));
            let ink = self.palette.district_text(place.district).with_alpha(0.33);
            let wall = self.palette.card.with_alpha(0.55);
            let mut luck = Luck(at as u32 + 1);
            for spot in spots {
                let here = self.frame.to_window(spot);
                let tall = luck.unit();
                let house: Vec<Vec2> = match place.district % 3 {
                    1 => {
                        let high = 6.0 + tall * 7.0;
                        [
                            (-3.0, 5.0),
                            (-3.0, 5.0 - high),
                            (3.0, 5.0 - high),
                            (3.0, 5.0),
                        ]
                        .to_vec()
                    }
                    2 => [(-6.0, 3.0), (-6.0, -2.0), (6.0, -2.0), (6.0, 3.0)].to_vec(),
                    _ => [
                        (-5.0, 5.0),
                        (-5.0, 0.0),
                        (0.0, -4.0),
                        (5.0, 0.0),
                        (5.0, 5.0),
                    ]
                    .to_vec(),
                }
                .into_iter()
                .map(|(x, y)| Vec2::new(x, y))
                .collect();
                let ring = self.sketch(here, &house);
                self.pen.fill([ring.as_slice()], wall);
                self.pen.stroke([Line::ring(&ring)], 1.1 * k, ink);
            }
        }
    }

    fn roads_and_parks(&mut self) {
        let (p, k) = (self.palette, self.frame.line);
        let roads = self.rings(&self.board.roads);
        let paint = p.card.with_alpha(0.75);
        self.pen
            .stroke_cut(roads.iter().map(|road| Line::open(road)), 3.6 * k, paint);
        for park in &self.board.parks {
            let ring = self.ring(park);
            self.pen.fill([ring.as_slice()], p.park);
            self.pen.stroke([Line::ring(&ring)], 1.2 * k, p.parkink);
            let middle = ring_middle(self.frame, park);
            for (x, y) in [(-10.0, -3.0), (2.0, -8.0), (8.0, 5.0), (-5.0, 9.0)] {
                let at = middle + Vec2::new(x, y) * k;
                // A tree stands wholly on its lawn.
                let reach = [(0.0, -7.0), (0.0, 6.0), (-5.0, 0.0), (5.0, 0.0)];
                let on_lawn = reach
                    .iter()
                    .all(|(x, y)| inside(park, self.frame.to_city(at + Vec2::new(*x, *y) * k)));
                if !on_lawn {
                    continue;
                }
                let tree = [tree_trunk(), tree_crown()].map(|piece| self.sketch(at, &piece));
                self.pen
                    .stroke(tree.iter().map(|line| Line::open(line)), 1.3 * k, p.parkink);
            }
        }
        for lake in &self.board.lakes {
            let ring = self.ring(lake);
            self.pen.fill([ring.as_slice()], p.water);
            self.pen
                .stroke([Line::ring(&ring)], 1.3 * k, p.waterink.with_alpha(0.6));
        }
    }

    fn lines(&mut self) {
        let k = self.frame.line;
        let ink = self.palette.ink;
        for (line, parts) in &self.board.inner {
            let line = self.ring(line);
            if *parts {
                self.pen
                    .dash(&Line::open(&line), 9.0 * k, 4.0 * k, 3.0 * k, ink);
            } else {
                self.pen
                    .stroke_cut([Line::open(&line)], 1.3 * k, ink.with_alpha(0.62));
            }
        }
    }

    fn bridges(&mut self) {
        let k = self.frame.line;
        let bridges = self.rings(&self.board.bridges);
        let lines = || bridges.iter().map(|bridge| Line::open(bridge));
        self.pen.stroke_cut(lines(), 10.0 * k, self.palette.ink);
        self.pen.stroke_cut(lines(), 6.5 * k, self.palette.card2);
    }

    /// Metro lines over everything: two colours in turn, a ring where trains stop.
    fn metro(&mut self) {
        let (p, k) = (self.palette, self.frame.line);
        let paints = [p.metro1, p.metro2];
        for (at, (line, _)) in self.board.metro.iter().enumerate() {
            let line = self.ring(line);
            self.pen.stroke([Line::open(&line)], 6.0 * k, p.card);
            self.pen
                .stroke([Line::open(&line)], 3.4 * k, paints[at % paints.len()]);
        }
        let stations = self.board.metro.iter().flat_map(|(_, stops)| stops);
        for stop in stations.copied().collect::<Vec<_>>() {
            let middle = to_camera(self.frame, self.frame.to_window(stop));
            let round = |r: f32| -> Vec<Vec2> {
                let turn = |step: u8| f32::from(step) / 16.0 * std::f32::consts::TAU;
                (0..16)
                    .map(|step| middle + Vec2::from_angle(turn(step)) * r)
                    .collect()
            };
            self.pen.fill([round(5.2 * k).as_slice()], p.ink);
            self.pen.fill([round(3.6 * k).as_slice()], p.card);
        }
    }
}

fn ring_middle(frame: &Frame, ring: &[Point]) -> Vec2 {
    let sum = ring
        .iter()
        .fold(Vec2::ZERO, |sum, p| sum + frame.to_window(*p));
    sum / ring.len().max(1) as f32
}

fn tree_trunk() -> Vec<Vec2> {
    vec![Vec2::new(0.0, 5.0), Vec2::new(0.0, 1.0)]
}

fn tree_crown() -> Vec<Vec2> {
    (0..=14)
        .map(|step| {
            let turn = step as f32 / 14.0 * std::f32::consts::TAU;
            Vec2::new(turn.sin() * 3.2, -2.6 + turn.cos() * 3.6)
        })
        .collect()
}

/// Nothing yet.
pub(super) fn empty() -> Mesh {
    Pen::default().finish()
}
