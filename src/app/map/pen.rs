//! A pen that turns fills, strokes, dashes and hatches into one coloured mesh.

use bevy::asset::RenderAssetUsages;
use bevy::mesh::{Indices, PrimitiveTopology};
use bevy::prelude::*;
use lyon_tessellation::math::{Point as At, point};
use lyon_tessellation::path::Path;
use lyon_tessellation::{
    BuffersBuilder, FillOptions, FillRule, FillTessellator, FillVertex, LineCap, LineJoin,
    StrokeOptions, StrokeTessellator, StrokeVertex, VertexBuffers,
};

/// How far a curve may be from its straight pieces, in pixels.
const TOLERANCE: f32 = 0.1;

/// A line to draw: its points and whether it runs on from the last to the first.
pub(super) struct Line<'a> {
    pub points: &'a [Vec2],
    pub closed: bool,
}

impl<'a> Line<'a> {
    pub fn open(points: &'a [Vec2]) -> Self {
        Self {
            points,
            closed: false,
        }
    }

    pub fn ring(points: &'a [Vec2]) -> Self {
        Self {
            points,
            closed: true,
        }
    }
}

/// Everything drawn so far, back to front.
#[derive(Default)]
pub(super) struct Pen {
    buffers: VertexBuffers<([f32; 2], [f32; 4]), u32>,
}

impl Pen {
    /// Fills rings by the even-odd rule, so that a ring inside another is a hole.
    pub fn fill<'a>(&mut self, rings: impl IntoIterator<Item = &'a [Vec2]>, colour: Color) {
        let mut path = Path::builder();
        for ring in rings {
            trace(&mut path, &Line::ring(ring));
        }
        let tint = colour.to_linear().to_f32_array();
        let mut out = BuffersBuilder::new(&mut self.buffers, |vertex: FillVertex| {
            (vertex.position().to_array(), tint)
        });
        let options = FillOptions::tolerance(TOLERANCE).with_fill_rule(FillRule::EvenOdd);
        // A shape that cannot be cut into triangles is left out; the rest of the map stands.
        drop(FillTessellator::new().tessellate_path(&path.build(), &options, &mut out));
    }

    /// Draws lines with round joins and ends.
    pub fn stroke<'a>(
        &mut self,
        lines: impl IntoIterator<Item = Line<'a>>,
        width: f32,
        colour: Color,
    ) {
        self.stroke_with(lines, width, LineCap::Round, colour);
    }

    /// Draws lines with round joins and cut ends.
    pub fn stroke_cut<'a>(
        &mut self,
        lines: impl IntoIterator<Item = Line<'a>>,
        width: f32,
        colour: Color,
    ) {
        self.stroke_with(lines, width, LineCap::Butt, colour);
    }

    fn stroke_with<'a>(
        &mut self,
        lines: impl IntoIterator<Item = Line<'a>>,
        width: f32,
        cap: LineCap,
        colour: Color,
    ) {
        let mut path = Path::builder();
        for line in lines {
            trace(&mut path, &line);
        }
        let tint = colour.to_linear().to_f32_array();
        let mut out = BuffersBuilder::new(&mut self.buffers, |vertex: StrokeVertex| {
            (vertex.position().to_array(), tint)
        });
        let options = StrokeOptions::tolerance(TOLERANCE)
            .with_line_width(width)
            .with_line_join(LineJoin::Round)
            .with_line_cap(cap);
        drop(StrokeTessellator::new().tessellate_path(&path.build(), &options, &mut out));
    }

    /// Draws a line as dashes.
    pub fn dash(&mut self, line: &Line, on: f32, off: f32, width: f32, colour: Color) {
        let pieces = dashes(line, on, off);
        self.stroke_cut(pieces.iter().map(|piece| Line::open(piece)), width, colour);
    }

    /// Hatches a ring with slanting lines `gap` apart.
    pub fn hatch(&mut self, ring: &[Vec2], gap: f32, width: f32, colour: Color) {
        let lines = hatch(ring, gap);
        self.stroke_cut(lines.iter().map(|line| Line::open(line)), width, colour);
    }

    /// Hatches a ring with lines that slant the other way.
    pub fn hatch_back(&mut self, ring: &[Vec2], gap: f32, width: f32, colour: Color) {
        let mirrored: Vec<Vec2> = ring.iter().map(|p| Vec2::new(-p.x, p.y)).collect();
        let lines = hatch(&mirrored, gap);
        let back = |line: &[Vec2; 2]| line.map(|p| Vec2::new(-p.x, p.y));
        let lines: Vec<[Vec2; 2]> = lines.iter().map(back).collect();
        self.stroke_cut(lines.iter().map(|line| Line::open(line)), width, colour);
    }

    /// The mesh of all that was drawn.
    pub fn finish(mut self) -> Mesh {
        // A mesh without a triangle gets no room in graphics memory, and Bevy complains of that in
        // every frame. One without an area is not seen.
        if self.buffers.indices.is_empty() {
            self.buffers.vertices = vec![([0.0; 2], [0.0; 4])];
            self.buffers.indices = vec![0, 0, 0];
        }
        let (positions, colours): (Vec<[f32; 3]>, Vec<[f32; 4]>) = self
            .buffers
            .vertices
            .into_iter()
            .map(|([x, y], tint)| ([x, y, 0.0], tint))
            .unzip();
        Mesh::new(
            PrimitiveTopology::TriangleList,
            RenderAssetUsages::default(),
        )
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, positions)
        .with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, colours)
        .with_inserted_indices(Indices::U32(self.buffers.indices))
    }
}

fn trace(path: &mut lyon_tessellation::path::path::Builder, line: &Line) {
    let at = |p: &Vec2| -> At { point(p.x, p.y) };
    let Some((first, rest)) = line.points.split_first() else {
        return;
    };
    path.begin(at(first));
    for p in rest {
        path.line_to(at(p));
    }
    path.end(line.closed);
}

fn dashes(line: &Line, on: f32, off: f32) -> Vec<Vec<Vec2>> {
    let mut points = line.points.to_vec();
    if line.closed
        && let Some(first) = points.first().copied()
    {
        points.push(first);
    }
    let mut pieces = Vec::new();
    let (mut drawing, mut left) = (true, on);
    let mut piece: Vec<Vec2> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let length = from.distance(to);
            if length <= left {
                left -= length;
                if drawing {
                    piece.push(to);
                }
                break;
            }
            from = from.lerp(to, left / length);
            if drawing {
                piece.push(from);
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece = vec![from];
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
    }
    if drawing && piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

/// The pieces inside `ring` of lines that rise to the right, `gap` apart.
fn hatch(ring: &[Vec2], gap: f32) -> Vec<[Vec2; 2]> {
    // Turned by an eighth, hatch lines are level and are cut like scan lines.
    let turn = Vec2::from_angle(std::f32::consts::FRAC_PI_4);
    let turned: Vec<Vec2> = ring.iter().map(|p| turn.rotate(*p)).collect();
    let low = turned.iter().map(|p| p.y).fold(f32::INFINITY, f32::min);
    let high = turned.iter().map(|p| p.y).fold(f32::NEG_INFINITY, f32::max);
    let back = Vec2::new(turn.x, -turn.y);
    let mut lines = Vec::new();
    let mut y = (low / gap).ceil() * gap;
    while y < high {
        let mut cuts: Vec<f32> = turned
            .iter()
            .zip(turned.iter().cycle().skip(1))
            .filter(|(a, b)| (a.y > y) != (b.y > y))
            .map(|(a, b)| a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y))
            .collect();
        cuts.sort_by(f32::total_cmp);
        for pair in cuts.chunks_exact(2) {
            lines.push([pair[0], pair[1]].map(|x| back.rotate(Vec2::new(x, y))));
        }
        y += gap;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_cover_their_share_of_the_line() {
        let line = [Vec2::ZERO, Vec2::new(60.0, 0.0), Vec2::new(60.0, 60.0)];
        let pieces = dashes(&Line::open(&line), 9.0, 3.0);
        let drawn: f32 = pieces
            .iter()
            .flat_map(|p| p.windows(2))
            .map(|w| w[0].distance(w[1]))
            .sum();
        assert!((drawn - 90.0).abs() < 0.01, "{drawn}");
    }

    #[test]
    fn hatching_stays_inside_the_shape() {
        let square = [(0.0, 0.0), (50.0, 0.0), (50.0, 50.0), (0.0, 50.0)];
        let square = square.map(|(x, y)| Vec2::new(x, y));
        let lines = hatch(&square, 8.0);
        assert!(lines.len() >= 7, "{}", lines.len());
        for p in lines.iter().flatten() {
            assert!(
                (-0.01..=50.01).contains(&p.x) && (-0.01..=50.01).contains(&p.y),
                "{p}"
            );
        }
    }
}
