//! Cities: made-up ones of any size, and who lies beside whom.

use commonwatch::geometry::{Adjacency, OutlineProblem, Point, Polygon, city, overlaps, polygons};
use proptest::prelude::*;

/// Nine points in a square grid one kilometre apart.
fn grid() -> Vec<Point> {
    let at = |i: usize| Point::new((i % 3) as f64, (i / 3) as f64);
    (0..9).map(at).collect()
}

#[test]
fn neighbours_share_an_edge_not_only_a_corner() {
    let outlines = vec![
        vec![0, 1, 4, 3],
        vec![1, 2, 5, 4],
        vec![4, 7, 6, 3],
        // Against the others' turn, and with an extra corner: the last two quarters' diagonal.
        vec![4, 5, 8, 7],
    ];
    let adjacency = Adjacency::new(&grid(), &outlines).unwrap();
    let names = |i| {
        adjacency
            .neighbours(i)
            .iter()
            .map(|n| n.neighbour)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(0), [1, 2]);
    assert_eq!(names(3), [1, 2]);
    assert_eq!(adjacency.border_km(0, 1), Some(1.0));
    assert_eq!(adjacency.border_km(0, 3), None);
    assert_eq!(adjacency.outer_edges().len(), 8);
    assert!(adjacency.overused_edges().is_empty());
    assert_eq!(adjacency.components(), [vec![0, 1, 2, 3]]);
}

#[test]
fn a_border_of_several_edges_is_measured_whole() {
    let outlines = vec![vec![0, 1, 4, 7, 6], vec![1, 2, 8, 7, 4]];
    let adjacency = Adjacency::new(&grid(), &outlines).unwrap();
    assert_eq!(adjacency.border_km(0, 1), Some(2.0));
    assert_eq!(adjacency.border_km(1, 0), Some(2.0));
}

#[test]
fn islands_overused_edges_and_unknown_points_are_reported() {
    let outlines = vec![vec![0, 1, 3], vec![1, 3, 4], vec![3, 1, 2], vec![5, 7, 8]];
    let adjacency = Adjacency::new(&grid(), &outlines).unwrap();
    assert_eq!(adjacency.overused_edges().len(), 1);
    assert_eq!(adjacency.overused_edges()[0].ends, (1, 3));
    assert_eq!(adjacency.overused_edges()[0].outlines, [0, 1, 2]);
    assert_eq!(adjacency.isolated(), [3]);
    assert_eq!(adjacency.components(), [vec![0, 1, 2], vec![3]]);

    let folded = Adjacency::new(&grid(), &[vec![0, 1, 4, 1]]).unwrap();
    assert_eq!(folded.overused_edges()[0].outlines, [0, 0]);
    assert!(folded.neighbours(0).is_empty());

    let error = Adjacency::new(&grid(), &[vec![0, 1, 4], vec![1, 9, 4]]).unwrap_err();
    assert_eq!(error.outline, 1);
    let unknown = OutlineProblem::UnknownPoint {
        position: 1,
        index: 9,
    };
    assert_eq!(error.problem, unknown);
    assert!(error.to_string().contains("outline 2"), "{error}");
}

#[test]
fn every_overlapping_pair_is_found_once() {
    let squares: Vec<Polygon> = [0.0, 10.0, 1.0, 11.0, 2.0]
        .map(|x| super::square(x, x / 100.0, 1.5))
        .to_vec();
    let pairs: Vec<(usize, usize)> = overlaps(&squares)
        .iter()
        .map(|o| (o.first, o.second))
        .collect();
    assert_eq!(pairs, [(0, 2), (1, 3), (2, 4)]);
}

/// Checks one made-up city and hands back its shapes.
fn check_city(precincts: usize, seed: u32) -> Result<(), TestCaseError> {
    let made = city(precincts, seed);
    prop_assert_eq!(made.outlines.len(), precincts);
    prop_assert_eq!(made.names.len(), made.points.len());
    let mut names = made.names.clone();
    names.sort();
    names.dedup();
    prop_assert_eq!(names.len(), made.points.len());
    let shapes = polygons(&made.points, &made.outlines).expect("usable outlines");
    for shape in &shapes {
        prop_assert!(shape.is_simple());
        prop_assert!(shape.area() > 0.5);
    }
    let adjacency = Adjacency::new(&made.points, &made.outlines).expect("known points");
    prop_assert!(adjacency.overused_edges().is_empty());
    prop_assert!(adjacency.components().len() <= 1);
    prop_assert_eq!(overlaps(&shapes), vec![]);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn made_up_cities_are_sound(precincts in 0..=1_000_usize, seed in any::<u32>()) {
        check_city(precincts, seed)?;
    }

    #[test]
    fn neighbourhood_is_mutual(precincts in 1..60_usize, seed in any::<u32>()) {
        let made = city(precincts, seed);
        let adjacency = Adjacency::new(&made.points, &made.outlines).unwrap();
        for i in 0..precincts {
            for border in adjacency.neighbours(i) {
                prop_assert_ne!(border.neighbour, i);
                prop_assert_eq!(adjacency.border_km(border.neighbour, i), Some(border.length_km));
            }
        }
    }
}

#[test]
fn the_largest_city_is_sound_and_depends_on_its_seed() {
    check_city(1_000, 7).unwrap();
    assert_eq!(city(9, 1), city(9, 1));
    assert_ne!(city(9, 1).points, city(9, 2).points);
}
