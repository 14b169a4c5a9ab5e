//! The map: points, outlines, neighbours, and what is drawn.

use super::{Check, MAX_CORNERS, MAX_ITEMS, MAX_PARAGRAPHS, MAX_POINTS, MAX_PRECINCTS};
use crate::geometry::{Adjacency, Point, Polygon, PolygonError, overlaps};
use crate::rules::id::{DistrictIx, Id, PrecinctIx};
use crate::rules::units::{Amount, Micro};
use crate::rules::world::{Family, Precinct};
use crate::scenario::code::Code;
use crate::scenario::file::{AreaFile, LineFile, MapFile, PointFile, PrecinctFile};
use crate::scenario::path::Path;
use crate::scenario::problem::Place;
use crate::scenario::resolved::{Area, Chart, Line, Metro, Names};
use crate::scenario::words::Phrase;
use std::collections::{BTreeMap, BTreeSet};

/// Residents of a precinct that does not say.
const RESIDENTS: u32 = 90_000;
/// Trust where nothing is said.
const TRUST: f64 = 50.0;
/// The feeling of safety where nothing is said.
const FEEL_SAFE: f64 = 60.0;
/// The greatest opportunity against the ordinary.
const MOST_OPPORTUNITY: f64 = 20.0;
/// Positions farther out than this many kilometres are a slip.
const FAR: f64 = 500.0;
/// The directions of six places around a middle.
const AROUND: [(f64, f64); 6] = [
    (-0.5, -0.87),
    (0.5, -0.87),
    (-1.0, 0.0),
    (1.0, 0.0),
    (-0.5, 0.87),
    (0.5, 0.87),
];

/// The corners of the map while it is checked: named points and literal positions, each once.
#[derive(Default)]
struct Corners {
    points: Vec<Point>,
    by_name: BTreeMap<String, usize>,
    by_position: BTreeMap<(u64, u64), usize>,
    used: BTreeSet<usize>,
}

impl Corners {
    fn add(&mut self, point: Point) -> usize {
        // Zero has two signs and one meaning.
        let bits = |v: f64| if v == 0.0 { 0 } else { v.to_bits() };
        let key = (bits(point.x), bits(point.y));
        *self.by_position.entry(key).or_insert_with(|| {
            self.points.push(point);
            self.points.len() - 1
        })
    }
}

impl<'a> Check<'a> {
    pub(super) fn precincts(
        &mut self,
        families: &[Family],
        names: &mut Names,
    ) -> (Vec<Id>, Vec<Precinct>, Chart) {
        let file = self.file;
        let map = file.map.clone().unwrap_or_default();
        let mut corners = self.points(&map);
        let districts = self.districts(names);
        let list = Path::of("precincts");
        let given = file
            .precincts
            .as_ref()
            .map(|items| items.0.as_slice())
            .unwrap_or_default();
        if given.is_empty() {
            self.report(Code::NoPrecincts, &list);
        }
        self.cap(&list, given.len(), MAX_PRECINCTS);
        let given = &given[..given.len().min(MAX_PRECINCTS)];
        let mut precincts = Vec::new();
        let mut outlines = Vec::new();
        let mut paths = Vec::new();
        let mut count = 0;
        for (at, precinct) in given.iter().enumerate() {
            let (id, path) = self.id_of(precinct.id.as_deref(), &list, at);
            let field = path.field("outline");
            let before = count;
            count += precinct.outline.as_ref().map_or(0, Vec::len);
            outlines.push(if count <= MAX_CORNERS {
                self.outline(precinct.outline.as_deref(), &field, &mut corners)
            } else {
                if before <= MAX_CORNERS {
                    self.report(Code::TooMany, &field)
                        .term("what", "term.corners")
                        .slot("limit", MAX_CORNERS);
                }
                Vec::new()
            });
            precincts.push(self.precinct(precinct, id, &path, families, &districts, names));
            paths.push(path);
        }
        let shapes = self.shapes(&corners, &outlines, &paths);
        self.neighbours(&corners, &outlines, &shapes, &paths, &mut precincts);
        let mut chart = Chart::default();
        for (at, (precinct, shape)) in given.iter().zip(&shapes).enumerate() {
            self.label_and_tokens(
                precinct,
                shape.as_ref(),
                &paths[at],
                &mut corners,
                &mut chart,
            );
        }
        self.drawn(&map, &mut corners, &mut chart);
        self.unused(&corners);
        chart.outlines = outlines;
        chart.points = corners.points;
        // A city that names no districts is one.
        let districts = if districts.is_empty() {
            vec![Id::from("city")]
        } else {
            districts.into_iter().map(Id::from).collect()
        };
        (districts, precincts, chart)
    }

    fn points(&mut self, map: &MapFile) -> Corners {
        let mut corners = Corners::default();
        let path = Path::of("map").field("points");
        let points = map.points.clone().unwrap_or_default();
        self.cap(&path, points.len(), MAX_POINTS);
        for (name, (x, y)) in points.into_iter().take(MAX_POINTS) {
            let point = self.position(x, y, &path.key(&name));
            let at = corners.add(point);
            corners.by_name.insert(name, at);
        }
        corners
    }

    fn position(&mut self, x: f64, y: f64, path: &Path) -> Point {
        if !(x.is_finite() && y.is_finite()) {
            self.report(Code::NotFinite, path);
            return Point::new(0.0, 0.0);
        }
        if !((-FAR..=FAR).contains(&x) && (-FAR..=FAR).contains(&y)) {
            self.report(Code::FarAway, path).slot("limit", FAR);
        }
        Point::new(x, y)
    }

    /// A position, by name or in kilometres.
    fn point(&mut self, point: &PointFile, path: &Path, corners: &mut Corners) -> Option<usize> {
        match point {
            PointFile::At(x, y) => {
                let point = self.position(*x, *y, path);
                Some(corners.add(point))
            }
            PointFile::Named(name) => {
                let found = corners.by_name.get(name).copied();
                match found {
                    Some(at) => {
                        corners.used.insert(at);
                    }
                    None => {
                        let known = corners.by_name.keys().filter(|_| self.guesses());
                        let known: Vec<&str> = known.map(String::as_str).collect();
                        self.lookup(name, &known, path);
                    }
                }
                found
            }
        }
    }

    /// Corners in order; empty if any is unknown, so that nothing else is said about the shape.
    fn outline(
        &mut self,
        outline: Option<&[PointFile]>,
        path: &Path,
        corners: &mut Corners,
    ) -> Vec<usize> {
        let Some(outline) = outline else {
            self.report(Code::MissingField, path)
                .slot("name", "outline");
            return Vec::new();
        };
        if !self.cap(path, outline.len(), MAX_POINTS) {
            return Vec::new();
        }
        let found: Vec<Option<usize>> = outline
            .iter()
            .enumerate()
            .map(|(at, point)| self.point(point, &path.at(at), corners))
            .collect();
        if found.len() < 3 {
            self.report(Code::FewCorners, path)
                .slot("count", found.len());
        }
        found
            .into_iter()
            .collect::<Option<Vec<_>>>()
            .unwrap_or_default()
    }

    fn districts(&mut self, names: &mut Names) -> Vec<&'a str> {
        let list = Path::of("districts");
        let file = self.file;
        let given = file
            .districts
            .as_ref()
            .map(|items| items.0.as_slice())
            .unwrap_or_default();
        self.cap(&list, given.len(), MAX_ITEMS);
        let mut ids = Vec::new();
        for (at, district) in given.iter().take(MAX_ITEMS).enumerate() {
            let (id, path) = self.id_of(district.id.as_deref(), &list, at);
            let name = self.name(district.name.as_ref(), &path, None, id);
            names.districts.insert(Id::from(id), name);
            ids.push(id);
        }
        ids
    }

    fn precinct(
        &mut self,
        precinct: &'a PrecinctFile,
        id: &str,
        path: &Path,
        families: &[Family],
        districts: &[&str],
        names: &mut Names,
    ) -> Precinct {
        let name = self.name(precinct.name.as_ref(), path, None, id);
        names.precincts.push(name);
        let about = self.phrase(
            precinct.about.as_ref(),
            &path.field("about"),
            super::texts::PROSE,
        );
        names.about.push(about);
        let residents = precinct.residents.unwrap_or(RESIDENTS);
        if residents == 0 {
            self.report(Code::NoResidents, &path.field("residents"));
        } else {
            self.number(
                f64::from(residents),
                1.0,
                20_000_000.0,
                &path.field("residents"),
            );
        }
        let district = precinct
            .district
            .as_deref()
            .and_then(|district| self.lookup(district, districts, &path.field("district")))
            .unwrap_or(0);
        let family_ids: Vec<&str> = families.iter().map(|family| family.id.as_str()).collect();
        let mut opportunity = vec![1.0; families.len()];
        for (family, value) in precinct.opportunity.iter().flatten() {
            let at = path.field("opportunity").key(family);
            let value = self.number(*value, 0.0, MOST_OPPORTUNITY, &at);
            if let Some(family) = self.lookup(family, &family_ids, &at) {
                opportunity[family] = value;
            }
        }
        let mut points = |value: Option<f64>, usual: f64, field: &str| {
            Micro::from_f64(self.number(value.unwrap_or(usual), 0.0, 100.0, &path.field(field)))
        };
        let trust = points(precinct.trust, TRUST, "trust");
        let feel_safe = points(precinct.feel_safe, FEEL_SAFE, "feel_safe");
        let concentration = precinct.concentration.unwrap_or(1.0);
        let at = path.field("concentration");
        Precinct {
            id: Id::from(id),
            district: DistrictIx::from_position(district),
            concentration: self.number(concentration, 0.25, 4.0, &at),
            residents: residents.max(1),
            area: 0.0,
            neighbours: Vec::new(),
            opportunity,
            trust,
            feel_safe,
            outline: Vec::new(),
        }
    }

    /// The shapes of the outlines that are whole; what is wrong with the others is reported.
    fn shapes(
        &mut self,
        corners: &Corners,
        outlines: &[Vec<usize>],
        paths: &[Path],
    ) -> Vec<Option<Polygon>> {
        let mut shapes = Vec::new();
        for (outline, path) in outlines.iter().zip(paths) {
            let path = path.field("outline");
            if outline.len() < 3 {
                shapes.push(None);
                continue;
            }
            let points = outline.iter().map(|at| corners.points[*at]).collect();
            shapes.push(match Polygon::new(points) {
                Ok(shape) => match shape.crossing() {
                    None => Some(shape),
                    Some(crossing) => {
                        self.report(Code::CrossingOutline, &path.at(crossing.second))
                            .slot("first", crossing.first + 1)
                            .slot("second", crossing.second + 1)
                            .slot("x", rounded(crossing.at.x))
                            .slot("y", rounded(crossing.at.y));
                        None
                    }
                },
                Err(PolygonError::TooFewPoints { count }) => {
                    self.report(Code::FewCorners, &path).slot("count", count);
                    None
                }
                Err(PolygonError::RepeatedPoint { index }) => {
                    self.report(Code::NoArea, &path.at(index));
                    None
                }
                Err(PolygonError::BadCoordinate { index }) => {
                    let already = |code| {
                        self.problems.iter().any(|problem| {
                            problem.code == code && matches!(&problem.place, Place::At(_))
                        })
                    };
                    if !already(Code::FarAway) && !already(Code::NotFinite) {
                        self.report(Code::FarAway, &path.at(index))
                            .slot("limit", FAR);
                    }
                    None
                }
                Err(_) => {
                    self.report(Code::NoArea, &path);
                    None
                }
            });
        }
        shapes
    }

    fn neighbours(
        &mut self,
        corners: &Corners,
        outlines: &[Vec<usize>],
        shapes: &[Option<Polygon>],
        paths: &[Path],
        precincts: &mut [Precinct],
    ) {
        let whole: Vec<usize> = (0..shapes.len())
            .filter(|at| shapes[*at].is_some())
            .collect();
        let kept: Vec<Vec<usize>> = whole.iter().map(|at| outlines[*at].clone()).collect();
        let solid: Vec<Polygon> = whole.iter().filter_map(|at| shapes[*at].clone()).collect();
        for overlap in overlaps(&solid) {
            let (first, second) = (whole[overlap.first], whole[overlap.second]);
            let other = Place::At(paths[first].field("outline"));
            self.report(Code::Overlap, &paths[second].field("outline"))
                .slot("first", &precincts[first].id)
                .slot("second", &precincts[second].id)
                .slot("x", rounded(overlap.at.x))
                .slot("y", rounded(overlap.at.y))
                .also(other, "related.other");
        }
        let Ok(adjacency) = Adjacency::new(&corners.points, &kept) else {
            return;
        };
        for edge in adjacency.overused_edges() {
            let of = |at: usize| &precincts[whole[at]].id;
            let Some(last) = edge.outlines.last() else {
                continue;
            };
            let named: Vec<&Id> = edge.outlines.iter().map(|at| of(*at)).collect();
            self.report(Code::CrowdedEdge, &paths[whole[*last]].field("outline"))
                .list("names", named);
        }
        for at in adjacency.isolated() {
            if kept.len() > 1 && whole.len() == shapes.len() {
                self.report(Code::Isolated, &paths[whole[at]])
                    .slot("id", &precincts[whole[at]].id);
            }
        }
        for (position, shape) in solid.iter().enumerate() {
            let precinct = &mut precincts[whole[position]];
            precinct.area = shape.area();
            precinct.outline = shape
                .outline()
                .iter()
                .map(|point| (point.x, point.y))
                .collect();
            let borders = adjacency.neighbours(position);
            let total: f64 = borders.iter().map(|border| border.length_km).sum();
            precinct.neighbours = borders
                .iter()
                .map(|border| {
                    let other = PrecinctIx::from_position(whole[border.neighbour]);
                    (other, border.length_km / total)
                })
                .collect();
        }
    }

    fn label_and_tokens(
        &mut self,
        precinct: &PrecinctFile,
        shape: Option<&Polygon>,
        path: &Path,
        corners: &mut Corners,
        chart: &mut Chart,
    ) {
        let inside = |point: Point| shape.is_none_or(|shape| shape.contains(point));
        let given = precinct.label.as_ref().and_then(|label| {
            let at = self.point(label, &path.field("label"), corners)?;
            Some(corners.points[at])
        });
        if given.is_some_and(|point| !inside(point)) {
            self.report(Code::LabelOutside, &path.field("label"));
        }
        let middle = given
            .or_else(|| shape.map(Polygon::label_point))
            .unwrap_or_default();
        chart.labels.push(middle);
        let mut tokens = Vec::new();
        for (at, token) in precinct.tokens.iter().flatten().enumerate().take(MAX_ITEMS) {
            let path = path.field("tokens").at(at);
            if let Some(at) = self.point(token, &path, corners) {
                let point = corners.points[at];
                if !inside(point) {
                    self.report(Code::TokenOutside, &path);
                }
                tokens.push(point);
            }
        }
        if tokens.is_empty() {
            let size = shape.map_or(1.0, |shape| shape.area().sqrt() * 0.22);
            tokens.extend(AROUND.iter().map(|(dx, dy)| {
                let place = |share: f64| {
                    Point::new(middle.x + dx * size * share, middle.y + dy * size * share)
                };
                [1.0, 0.7, 0.4]
                    .map(place)
                    .into_iter()
                    .find(|point| inside(*point))
                    .unwrap_or(middle)
            }));
        }
        chart.tokens.push(tokens);
    }

    /// What is drawn besides the precincts.
    fn drawn(&mut self, map: &MapFile, corners: &mut Corners, chart: &mut Chart) {
        let path = Path::of("map");
        chart.water = self.areas(map.water.as_deref(), &path.field("water"), corners);
        chart.land = self.areas(map.land.as_deref(), &path.field("land"), corners);
        chart.lakes = self.areas(map.lakes.as_deref(), &path.field("lakes"), corners);
        chart.parks = self.areas(map.parks.as_deref(), &path.field("parks"), corners);
        chart.roads = self.lines(map.roads.as_deref(), &path.field("roads"), corners);
        chart.bridges = self.lines(map.bridges.as_deref(), &path.field("bridges"), corners);
        let list = path.field("metro");
        let lines = map.metro.as_deref().unwrap_or_default();
        self.cap(&list, lines.len(), MAX_PARAGRAPHS);
        for (at, line) in lines.iter().take(MAX_PARAGRAPHS).enumerate() {
            let path = list.at(at);
            if line.line.as_ref().is_none_or(|line| line.len() < 2) {
                self.required("line", &path);
            }
            let drawn = Metro {
                line: self.course(line.line.as_deref(), &path.field("line"), corners),
                stations: self.course(line.stations.as_deref(), &path.field("stations"), corners),
                name: self.label(line.name.as_ref(), &path),
            };
            chart.metro.push(drawn);
        }
        let list = path.field("labels");
        let labels = map.labels.as_deref().unwrap_or_default();
        self.cap(&list, labels.len(), MAX_PARAGRAPHS);
        for (at, label) in labels.iter().take(MAX_PARAGRAPHS).enumerate() {
            let path = list.at(at);
            let text = self.phrase(label.text.as_ref(), &path.field("text"), super::texts::NAME);
            match &label.at {
                Some(point) => {
                    if let Some(at) = self.point(point, &path.field("at"), corners) {
                        chart.captions.push((corners.points[at], text));
                    }
                }
                None => self.required("at", &path),
            }
        }
    }

    fn areas(
        &mut self,
        areas: Option<&[AreaFile]>,
        path: &Path,
        corners: &mut Corners,
    ) -> Vec<Area> {
        let mut drawn = Vec::new();
        let areas = areas.unwrap_or_default();
        self.cap(path, areas.len(), MAX_PARAGRAPHS);
        for (at, area) in areas.iter().take(MAX_PARAGRAPHS).enumerate() {
            let path = path.at(at);
            let outline = self.outline(area.outline.as_deref(), &path.field("outline"), corners);
            drawn.push(Area {
                outline: outline.into_iter().map(|at| corners.points[at]).collect(),
                name: self.label(area.name.as_ref(), &path),
            });
        }
        drawn
    }

    fn lines(
        &mut self,
        lines: Option<&[LineFile]>,
        path: &Path,
        corners: &mut Corners,
    ) -> Vec<Line> {
        let mut drawn = Vec::new();
        let lines = lines.unwrap_or_default();
        self.cap(path, lines.len(), MAX_PARAGRAPHS);
        for (at, line) in lines.iter().take(MAX_PARAGRAPHS).enumerate() {
            let path = path.at(at);
            let points = self.course(line.line.as_deref(), &path.field("line"), corners);
            if line.line.as_ref().is_none_or(|line| line.len() < 2) {
                self.required("line", &path);
            }
            drawn.push(Line {
                points,
                name: self.label(line.name.as_ref(), &path),
            });
        }
        drawn
    }

    /// Points in their order.
    fn course(
        &mut self,
        points: Option<&[PointFile]>,
        path: &Path,
        corners: &mut Corners,
    ) -> Vec<Point> {
        let mut course = Vec::new();
        for (at, point) in points.iter().copied().flatten().enumerate() {
            let found = self.point(point, &path.at(at), corners);
            course.extend(found.map(|at| corners.points[at]));
        }
        course
    }

    fn label(&mut self, words: Option<&crate::scenario::words::Words>, path: &Path) -> Phrase {
        self.phrase(words, &path.field("name"), super::texts::NAME)
    }

    fn unused(&mut self, corners: &Corners) {
        let path = Path::of("map").field("points");
        for (name, at) in &corners.by_name {
            if !corners.used.contains(at) {
                self.report(Code::UnusedPoint, &path.key(name))
                    .slot("id", name);
            }
        }
    }
}

/// Two decimals are enough to find a place by.
fn rounded(km: f64) -> String {
    format!("{km:.2}")
}
