//! Borders as they are drawn.

use std::collections::{BTreeMap, BTreeSet};

use commonwatch::geometry::{
    Adjacency, Borders, City, EdgeKind, Point, Polygon, city, overlaps, polygons,
};
use proptest::prelude::*;
use serde::Deserialize;

fn draw(city: &City) -> Borders {
    let outside = |a: usize, _: usize| {
        if a.is_multiple_of(3) {
            EdgeKind::Limit
        } else {
            EdgeKind::Coast
        }
    };
    Borders::new(&city.points, &city.names, &city.outlines, outside).expect("usable outlines")
}

/// The pieces of a drawn outline, with their ends in a fixed order.
fn pieces(shape: &Polygon) -> BTreeSet<[(u64, u64); 2]> {
    let bits = |p: Point| (p.x.to_bits(), p.y.to_bits());
    let piece = |(a, b)| {
        let mut ends = [bits(a), bits(b)];
        ends.sort_unstable();
        ends
    };
    shape.edges().map(piece).collect()
}

/// Neighbours' drawn outlines share exactly the pieces of their common edges, bit for bit.
fn check_borders(city: &City, borders: &Borders) -> Result<(), TestCaseError> {
    let adjacency = Adjacency::new(&city.points, &city.outlines).unwrap();
    let drawn: Vec<BTreeSet<_>> = borders.outlines().iter().map(pieces).collect();
    for i in 0..city.outlines.len() {
        prop_assert!(borders.outlines()[i].is_simple());
        for j in 0..i {
            let common = drawn[i].intersection(&drawn[j]).count();
            let shared = borders
                .edges()
                .iter()
                .filter(|edge| edge.outlines == [j, i])
                .count();
            prop_assert_eq!(common, 8 * shared);
            prop_assert_eq!(shared > 0, adjacency.border_km(i, j).is_some());
        }
    }
    prop_assert_eq!(overlaps(borders.outlines()), vec![]);
    Ok(())
}

#[test]
fn a_city_of_six_has_simple_shapes_that_fit_together() {
    let six = city(6, 11);
    let borders = draw(&six);
    check_borders(&six, &borders).unwrap();
    // They do waver: no drawn shape is its straight outline.
    let straight = polygons(&six.points, &six.outlines).unwrap();
    for (fine, straight) in borders.outlines().iter().zip(&straight) {
        assert_eq!(fine.outline().len(), 8 * straight.outline().len());
        assert!((fine.area() - straight.area()).abs() > 1e-4);
        assert!((fine.area() - straight.area()).abs() < 0.2 * straight.area());
    }
}

#[test]
fn the_outside_is_cut_where_its_kind_changes() {
    let six = city(6, 11);
    let borders = draw(&six);
    let outer: f64 = borders
        .outer()
        .iter()
        .map(|piece| piece.line.length())
        .sum();
    let edges = borders
        .edges()
        .iter()
        .filter(|edge| edge.outlines.len() == 1);
    let expected: f64 = edges
        .flat_map(|edge| edge.line.windows(2).map(|pair| pair[0].distance(pair[1])))
        .sum();
    assert!((outer - expected).abs() < 1e-9);
    let kinds: BTreeSet<EdgeKind> = borders.outer().iter().map(|piece| piece.kind).collect();
    assert_eq!(kinds, BTreeSet::from([EdgeKind::Coast, EdgeKind::Limit]));
    // Pieces follow each other round the city and no two beside each other are of one kind.
    let round = borders
        .outer()
        .iter()
        .zip(borders.outer().iter().cycle().skip(1));
    for (piece, next) in round {
        assert!(!piece.line.closed);
        assert_eq!(piece.line.points.last(), next.line.points.first());
        assert_ne!(piece.kind, next.kind);
    }

    let island = Borders::new(&six.points, &six.names, &six.outlines, |_, _| {
        EdgeKind::Coast
    });
    let island = island.unwrap();
    assert_eq!(island.outer().len(), 1);
    assert!(island.outer()[0].line.closed);
    assert!((island.outer()[0].line.length() - expected).abs() < 0.2 * expected);
}

#[test]
fn lines_that_would_cross_are_drawn_straight() {
    // A long thin wedge between two others: the wavering sides are wider than the wedge.
    let points = [
        (0.0, 0.0),
        (10.0, 0.1),
        (10.0, -0.1),
        (5.0, 4.0),
        (5.0, -4.0),
    ];
    let points = points.map(Point::from);
    let outlines = vec![vec![0, 2, 1], vec![0, 1, 3], vec![0, 4, 2]];
    let mut straightened = 0;
    for seed in 0..40 {
        let names: Vec<String> = (0..5).map(|i| format!("{seed}-{i}")).collect();
        let borders = Borders::new(&points, &names, &outlines, |_, _| EdgeKind::Coast).unwrap();
        straightened += borders.straightened().len();
        assert!(borders.outlines().iter().all(Polygon::is_simple));
        assert_eq!(overlaps(borders.outlines()), vec![]);
        for edge in borders
            .edges()
            .iter()
            .filter(|e| borders.straightened().contains(&e.ends))
        {
            let (a, b) = (points[edge.ends.0], points[edge.ends.1]);
            let length: f64 = edge
                .line
                .windows(2)
                .map(|pair| pair[0].distance(pair[1]))
                .sum();
            assert!((length - a.distance(b)).abs() < 1e-9);
        }
    }
    assert!(straightened > 0, "the wedge is thin enough to need it");
}

#[derive(Deserialize)]
struct PearlBay {
    points: BTreeMap<String, Point>,
    limit: BTreeSet<String>,
    precincts: Vec<Drawn>,
}

#[derive(Deserialize)]
struct Drawn {
    id: String,
    outline: Vec<String>,
    drawn: Vec<Point>,
}

#[test]
fn pearl_bay_is_drawn_as_the_designer_drew_it() {
    let file = include_str!("../fixtures/geometry/pearl-bay.json");
    let bay: PearlBay = serde_json::from_str(file).expect("a readable fixture");
    let names: Vec<&String> = bay.points.keys().collect();
    let points: Vec<Point> = bay.points.values().copied().collect();
    let index = |name: &String| names.binary_search(&name).expect("a known point");
    let outlines: Vec<Vec<usize>> = bay
        .precincts
        .iter()
        .map(|precinct| precinct.outline.iter().map(index).collect())
        .collect();
    let outside = |a: usize, b: usize| {
        let both = bay.limit.contains(names[a]) && bay.limit.contains(names[b]);
        if both {
            EdgeKind::Limit
        } else {
            EdgeKind::Coast
        }
    };
    let borders = Borders::new(&points, &names, &outlines, outside).unwrap();
    assert!(borders.straightened().is_empty());
    for (precinct, shape) in bay.precincts.iter().zip(borders.outlines()) {
        assert_eq!(shape.outline().len(), precinct.drawn.len());
        for (made, drawn) in shape.outline().iter().zip(&precinct.drawn) {
            // The picture's coordinates are rounded to a thousandth of a map unit.
            assert!(
                made.distance(*drawn) < 1e-3,
                "{}: {made:?} {drawn:?}",
                precinct.id
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn drawn_neighbours_fit_together(precincts in 1..30_usize, seed in any::<u32>()) {
        let made = city(precincts, seed);
        check_borders(&made, &draw(&made))?;
    }
}
