//! Single shapes and pairs of shapes.

use commonwatch::geometry::{
    Circle, Meeting, Point, Polygon, PolygonError, Polyline, Scatter, segments_meet,
};
use proptest::prelude::*;

use super::{near, shape, square};

/// A star-shaped, so always simple, outline: radii at equal turns round a middle.
fn star(x: f64, y: f64, radii: &[f64]) -> Polygon {
    let count = radii.len() as f64;
    let corner = |(i, radius): (usize, &f64)| {
        let turn = i as f64 / count * std::f64::consts::TAU;
        Point::new(x + radius * libm::cos(turn), y + radius * libm::sin(turn))
    };
    Polygon::new(radii.iter().enumerate().map(corner).collect()).expect("a star is a shape")
}

fn any_star() -> impl Strategy<Value = Polygon> {
    (
        -20.0..20.0_f64,
        -20.0..20.0_f64,
        prop::collection::vec(0.3..5.0_f64, 5..14),
    )
        .prop_map(|(x, y, radii)| star(x, y, &radii))
}

#[test]
fn a_bent_shape_has_the_area_and_centre_computed_by_hand() {
    // Two by two with the far quarter missing.
    let l = shape(&[
        (0.0, 0.0),
        (2.0, 0.0),
        (2.0, 1.0),
        (1.0, 1.0),
        (1.0, 2.0),
        (0.0, 2.0),
    ]);
    assert!((l.area() - 3.0).abs() < 1e-12);
    assert!((l.perimeter() - 8.0).abs() < 1e-12);
    assert!(near(l.centroid(), Point::new(5.0 / 6.0, 5.0 / 6.0)));
    assert!(l.contains(Point::new(0.5, 1.5)));
    assert!(!l.contains(Point::new(1.5, 1.5)));
    assert!((l.distance(Point::new(1.5, 1.5)) - 0.5).abs() < 1e-12);
    assert_eq!(l.distance(Point::new(0.5, 0.5)), 0.0);
}

#[test]
fn a_crossing_names_both_edges_and_the_place() {
    let bow_tie = shape(&[(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0)]);
    let crossing = bow_tie.crossing().expect("a bow tie crosses itself");
    assert_eq!((crossing.first, crossing.second), (0, 2));
    assert!(near(crossing.at, Point::new(1.0, 1.0)));
    assert!(square(0.0, 0.0, 1.0).is_simple());

    // A corner that touches another edge, and an edge that runs back over the last one.
    let pinched = shape(&[(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (2.0, 0.0), (0.0, 2.0)]);
    let touch = pinched.crossing().expect("it touches itself");
    assert_eq!((touch.first, touch.second), (0, 2));
    let spike = shape(&[(0.0, 0.0), (3.0, 0.0), (1.0, 0.0), (1.0, 2.0)]);
    let spike = spike.crossing().expect("it doubles back");
    assert_eq!((spike.first, spike.second), (0, 1));
}

#[test]
fn unusable_outlines_say_what_is_wrong() {
    let make = |corners: &[(f64, f64)]| {
        Polygon::new(corners.iter().map(|&pair| pair.into()).collect()).unwrap_err()
    };
    assert_eq!(
        make(&[(0.0, 0.0), (1.0, 0.0)]),
        PolygonError::TooFewPoints { count: 2 }
    );
    let bad = PolygonError::BadCoordinate { index: 1 };
    assert_eq!(make(&[(0.0, 0.0), (f64::NAN, 0.0), (1.0, 1.0)]), bad);
    assert_eq!(make(&[(0.0, 0.0), (1e300, 0.0), (1.0, 1.0)]), bad);
    assert_eq!(make(&[(0.0, 0.0), (f64::INFINITY, 0.0), (1.0, 1.0)]), bad);
    let repeated = |index| PolygonError::RepeatedPoint { index };
    assert_eq!(
        make(&[(0.0, 0.0), (1.0, 0.0), (1.0, 0.0), (1.0, 1.0)]),
        repeated(2)
    );
    assert_eq!(
        make(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]),
        repeated(3)
    );
    assert_eq!(
        make(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]),
        PolygonError::NoArea
    );
}

#[test]
fn shapes_are_written_as_lists_of_pairs_and_refused_when_unusable() {
    let written = ron::to_string(&square(0.0, 0.0, 1.5)).expect("it can be written");
    assert_eq!(written, "[(0.0,0.0),(1.5,0.0),(1.5,1.5),(0.0,1.5)]");
    let read: Polygon = ron::from_str(&written).expect("it can be read");
    assert_eq!(read, square(0.0, 0.0, 1.5));
    let flat = ron::from_str::<Polygon>("[(0, 0), (1, 1), (2, 2)]").unwrap_err();
    assert!(flat.to_string().contains("one line"), "{flat}");
}

#[test]
fn straight_pieces_cross_touch_overlap_or_miss() {
    let p = Point::new;
    let meet = |a, b, c, d| segments_meet(a, b, c, d);
    let crossing = meet(p(0.0, 0.0), p(2.0, 2.0), p(0.0, 2.0), p(2.0, 0.0));
    assert_eq!(crossing, Some(Meeting::At(p(1.0, 1.0))));
    let touch = meet(p(0.0, 0.0), p(2.0, 0.0), p(1.0, 0.0), p(1.0, 3.0));
    assert_eq!(touch, Some(Meeting::At(p(1.0, 0.0))));
    let along = meet(p(0.0, 0.0), p(2.0, 0.0), p(3.0, 0.0), p(1.0, 0.0));
    assert_eq!(along, Some(Meeting::Along(p(1.0, 0.0), p(2.0, 0.0))));
    let end_to_end = meet(p(0.0, 0.0), p(1.0, 0.0), p(1.0, 0.0), p(2.0, 0.0));
    assert_eq!(end_to_end, Some(Meeting::At(p(1.0, 0.0))));
    assert_eq!(
        meet(p(0.0, 0.0), p(1.0, 0.0), p(2.0, 0.0), p(3.0, 0.0)),
        None
    );
    assert_eq!(
        meet(p(0.0, 0.0), p(1.0, 0.0), p(0.0, 1.0), p(1.0, 1.0)),
        None
    );
}

#[test]
fn neighbours_share_a_border_without_overlapping() {
    let left = shape(&[(0.0, 0.0), (1.0, 0.1), (1.1, 1.0), (0.0, 1.0)]);
    let right = shape(&[(1.0, 0.1), (2.0, 0.0), (2.0, 1.0), (1.1, 1.0)]);
    assert_eq!(left.overlap(&right), None);
    // A shared corner only, and a neighbour that stands against the middle of a long edge.
    assert_eq!(left.overlap(&square(-1.0, 1.0, 1.0)), None);
    assert_eq!(square(0.0, 0.0, 3.0).overlap(&square(3.0, 1.0, 1.0)), None);
}

#[test]
fn an_overlap_is_shown_by_a_point_inside_both() {
    let big = square(0.0, 0.0, 4.0);
    let cross = shape(&[(1.0, -1.0), (2.0, -1.0), (2.0, 5.0), (1.0, 5.0)]);
    for other in [
        square(3.9, 3.9, 4.0),
        square(1.0, 1.0, 1.0),
        big.clone(),
        cross,
    ] {
        for (first, second) in [(&big, &other), (&other, &big)] {
            let witness = first.overlap(second).expect("they overlap");
            assert!(first.contains_deeply(witness, 0.0) && second.contains_deeply(witness, 0.0));
        }
    }
}

#[test]
fn a_label_stays_out_of_the_hollow_of_a_bent_shape() {
    // A thick U: the centre of gravity lies in the gap.
    let u = shape(&[
        (0.0, 0.0),
        (5.0, 0.0),
        (5.0, 6.0),
        (4.0, 6.0),
        (4.0, 2.0),
        (1.0, 2.0),
        (1.0, 6.0),
        (0.0, 6.0),
    ]);
    assert!(!u.contains(u.centroid()));
    let label = u.label_point();
    assert!(u.contains(label));
    // The roomiest circles fill the foot from bottom to top: radius 1, within 1 % of the side of 5.
    assert!(u.border_distance(label) > 0.95, "{label:?}");
}

#[test]
fn houses_keep_their_distances() {
    let ground = square(0.0, 0.0, 3.0);
    let metro = Polyline::open(vec![Point::new(0.0, 0.0), Point::new(3.0, 3.0)]);
    let plan = Scatter {
        most: 26,
        spacing_km: 0.25,
        margin_km: 0.1,
        keep_out: vec![Circle {
            centre: Point::new(2.0, 1.0),
            radius_km: 0.5,
        }],
        keep_off: vec![(metro, 0.2)],
        keep_clear: vec![square(0.2, 1.8, 0.8)],
    };
    let houses = plan.places(&ground, "old-harbour");
    assert!(houses.len() > 15 && houses.len() <= 26, "{}", houses.len());
    for (i, &house) in houses.iter().enumerate() {
        assert!(ground.contains(house) && ground.border_distance(house) >= 0.1);
        assert!(house.distance(Point::new(2.0, 1.0)) >= 0.5);
        assert!((house.x - house.y).abs() >= 0.2 * std::f64::consts::SQRT_2 - 1e-9);
        assert!(!square(0.2, 1.8, 0.8).contains(house));
        assert!(
            houses[..i]
                .iter()
                .all(|other| other.distance(house) >= 0.25)
        );
    }
    assert_eq!(houses, plan.places(&ground, "old-harbour"));
    assert_ne!(houses, plan.places(&ground, "new-harbour"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn area_does_not_depend_on_where_or_which_way_round(shape in any_star(), dx in -50.0..50.0_f64) {
        let moved = shape.outline().iter().rev().map(|p| Point::new(p.x + dx, p.y - dx)).collect();
        let moved = Polygon::new(moved).unwrap();
        prop_assert!((moved.area() - shape.area()).abs() < 1e-9);
        prop_assert!((moved.signed_area() + shape.signed_area()).abs() < 1e-9);
        let turned = moved.counter_clockwise();
        prop_assert!(turned.signed_area() > 0.0);
        let there = Point::new(shape.centroid().x + dx, shape.centroid().y - dx);
        prop_assert!(turned.centroid().distance(there) < 1e-8);
    }

    #[test]
    fn corners_and_edges_belong_to_the_shape(shape in any_star(), share in 0.0..1.0_f64) {
        for (a, b) in shape.edges() {
            prop_assert!(shape.contains(a));
            prop_assert!(shape.contains(a.toward(b, share)));
        }
        let bounds = shape.bounds();
        prop_assert!(!shape.contains(Point::new(bounds.max.x + 1e-6, bounds.max.y)));
    }

    #[test]
    fn the_label_has_at_least_the_room_of_any_other_place(
        shape in any_star(), u in 0.0..1.0_f64, v in 0.0..1.0_f64,
    ) {
        prop_assert!(shape.is_simple());
        let label = shape.label_point();
        prop_assert!(shape.contains(label));
        let bounds = shape.bounds();
        let p = Point::new(bounds.min.x + u * bounds.width(), bounds.min.y + v * bounds.height());
        let slack = 0.01 * bounds.width().min(bounds.height());
        let room = if shape.contains(p) { shape.border_distance(p) } else { 0.0 };
        prop_assert!(shape.border_distance(label) >= room - slack - 1e-9);
    }

    #[test]
    fn overlap_agrees_with_trying_many_points(a in any_star(), dx in -6.0..6.0_f64, dy in -6.0..6.0_f64) {
        let moved = a.outline().iter().map(|p| Point::new(p.x + dx, p.y + dy)).collect();
        let b = Polygon::new(moved).unwrap();
        let witness = a.overlap(&b);
        prop_assert_eq!(witness.is_some(), b.overlap(&a).is_some());
        if let Some(p) = witness {
            prop_assert!(a.contains(p) && b.contains(p));
        } else {
            let bounds = a.bounds();
            for i in 0..400 {
                let (u, v) = (f64::from(i % 20) / 20.0, f64::from(i / 20) / 20.0);
                let p = Point::new(bounds.min.x + u * bounds.width(), bounds.min.y + v * bounds.height());
                prop_assert!(!(a.contains_deeply(p, 1e-5) && b.contains_deeply(p, 1e-5)));
            }
        }
    }

    #[test]
    fn any_numbers_at_all_are_taken_without_a_panic(
        corners in prop::collection::vec((any::<f64>(), any::<f64>()), 0..8),
        small in prop::collection::vec((-3_i8..3, -3_i8..3), 0..9),
    ) {
        let small = small.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).collect();
        for corners in [corners, small] {
            let outline: Vec<Point> = corners.into_iter().map(Point::from).collect();
            if let Ok(shape) = Polygon::new(outline) {
                let label = shape.label_point();
                prop_assert!(label.x.is_finite() && label.y.is_finite());
                prop_assert!(shape.centroid().x.is_finite() && shape.area() >= 0.0);
                let _ = (shape.crossing(), shape.overlap(&super::square(0.0, 0.0, 1.0)));
            }
        }
    }
}
