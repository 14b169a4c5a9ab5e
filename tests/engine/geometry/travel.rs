//! Travel times and their contours.

use commonwatch::geometry::{
    Bridge, Point, Polygon, Polyline, TravelCosts, TravelTimes, city, polygons,
};
use proptest::prelude::*;

use super::{shape, square};

/// Two minutes a kilometre on land, one over bridges, none over water.
const DRY: TravelCosts = TravelCosts {
    land_ms_per_km: 120_000,
    bridge_ms_per_km: 60_000,
    water_ms_per_km: None,
};

/// Two banks with a kilometre of water between them.
fn banks() -> Vec<Polygon> {
    let bank = |x: f64| shape(&[(x, 0.0), (x + 4.0, 0.0), (x + 4.0, 9.0), (x, 9.0)]);
    vec![bank(0.0), bank(5.0)]
}

fn bridge_at(y: f64) -> Bridge {
    let line = Polyline::open(vec![Point::new(3.9, y), Point::new(5.1, y)]);
    Bridge {
        line,
        width_km: 0.02,
    }
}

#[test]
fn on_an_empty_square_times_are_within_three_percent_of_the_straight_line() {
    for cells in [64, 256] {
        let plain = TravelTimes::new(&[square(0.0, 0.0, 10.0)], &[], DRY, cells);
        assert!(plain.cells() <= 256 * 256);
        for start in [(5.0, 5.0), (0.013, 0.021), (9.31, 2.72), (3.333, 0.0)].map(Point::from) {
            let field = plain.from(&[start]);
            let mut worst = 0.0_f64;
            for i in 0..=100 {
                for j in 0..=100 {
                    let p = Point::new(f64::from(i) / 10.0, f64::from(j) / 10.0);
                    let straight = start.distance(p) * 120_000.0;
                    let got = f64::from(field.ms_at(p).expect("open land"));
                    // A millisecond and a half of rounding matters only next to the start.
                    let error = ((got - straight).abs() - 1.5) / straight.max(1.0);
                    worst = worst.max(error);
                }
            }
            assert!(worst < 0.03, "{cells} cells from {start:?}: {worst}");
        }
    }
}

#[test]
fn water_is_crossed_at_the_bridge_only() {
    let (here, there) = (Point::new(1.0, 8.0), Point::new(8.0, 8.0));
    let cut_off = TravelTimes::new(&banks(), &[], DRY, 128).from(&[here]);
    assert_eq!(cut_off.ms_at(there), None);
    assert_eq!(cut_off.minutes_at(Point::new(1.0, 8.0)), Some(0.0));

    let near = TravelTimes::new(&banks(), &[bridge_at(8.0)], DRY, 128).from(&[here]);
    let far = TravelTimes::new(&banks(), &[bridge_at(1.0)], DRY, 128).from(&[here]);
    // Six kilometres of land and one of bridge; by the far bridge, two legs of √58 less the bridge.
    let minutes = near.minutes_at(there).expect("a way over the bridge");
    assert!((minutes - 13.0).abs() < 0.4, "{minutes}");
    let minutes = far.minutes_at(there).expect("a way round");
    let leg = (3.0_f64 * 3.0 + 7.0 * 7.0).sqrt();
    assert!((minutes - (4.0 * leg + 1.0)).abs() < 1.0, "{minutes}");

    let boats = TravelCosts {
        water_ms_per_km: Some(480_000),
        ..DRY
    };
    let ferry = TravelTimes::new(&banks(), &[], boats, 128).from(&[here]);
    let minutes = ferry.minutes_at(there).expect("a boat");
    assert!((minutes - 20.0).abs() < 0.6, "{minutes}");
}

#[test]
fn a_place_that_the_grid_rounds_into_the_water_still_has_a_time() {
    let quay = Point::new(4.02, 4.5);
    let dry = TravelTimes::new(&banks(), &[], DRY, 64);
    assert!(dry.from(&[Point::new(1.0, 4.5)]).ms_at(quay).is_some());
    assert!(dry.from(&[quay]).ms_at(Point::new(1.0, 4.5)).is_some());
}

#[test]
fn the_nearest_start_counts_and_a_late_one_counts_later() {
    let plain = TravelTimes::new(&[square(0.0, 0.0, 10.0)], &[], DRY, 100);
    let (a, b) = (Point::new(1.0, 1.0), Point::new(9.0, 7.0));
    let both = plain.from(&[a, b]);
    let (from_a, from_b) = (plain.from(&[a]), plain.from(&[b]));
    let merged = commonwatch::geometry::Field::earliest(&[&from_a, &from_b]).unwrap();
    for i in 0..50 {
        let p = Point::new(f64::from(i % 10) + 0.37, f64::from(i / 5) + 0.11);
        let best = from_a.ms_at(p).min(from_b.ms_at(p)).unwrap();
        for field in [&both, &merged] {
            // Between two starts the cells' own times are mixed: a cell's width of slack.
            assert!(field.ms_at(p).unwrap().abs_diff(best) < 6_000, "{p:?}");
        }
    }
    let late = plain.from_delayed(&[(a, 600_000)]);
    let p = Point::new(6.0, 2.0);
    assert_eq!(late.ms_at(p).unwrap(), from_a.ms_at(p).unwrap() + 600_000);
}

#[test]
fn rings_lie_at_their_time() {
    let plain = TravelTimes::new(&[square(0.0, 0.0, 10.0)], &[], DRY, 256);
    let start = Point::new(5.0, 5.0);
    let field = plain.from(&[start]);
    let rings = field.contour(6 * 60_000);
    assert_eq!(rings.len(), 1);
    let ring = &rings[0];
    assert!(ring.closed);
    for &p in &ring.points {
        let distance = start.distance(p);
        assert!((2.9..=3.01).contains(&distance), "{distance}");
    }
    let turn = std::f64::consts::TAU * 3.0;
    assert!(
        (ring.length() - turn).abs() < 0.05 * turn,
        "{}",
        ring.length()
    );
    assert!(ring.smoothed(4).length() <= ring.length());
    // Beyond the corners there is no such line, and none lies within nothing.
    assert!(plain.from(&[]).contour(60_000).is_empty());
}

#[test]
fn a_ring_that_the_shore_cuts_follows_the_shore() {
    let dry = TravelTimes::new(&banks(), &[], DRY, 128);
    let rings = dry.from(&[Point::new(3.5, 4.5)]).contour(4 * 60_000);
    assert_eq!(rings.len(), 1);
    for p in &rings[0].points {
        assert!(p.x < 4.15, "nobody gets onto the water: {p:?}");
    }
}

#[test]
fn no_land_and_absurd_places_give_no_times() {
    let nothing = TravelTimes::new(&[], &[], DRY, 0);
    assert_eq!(
        nothing.from(&[Point::default()]).ms_at(Point::default()),
        None
    );
    let plain = TravelTimes::new(&[square(0.0, 0.0, 1.0)], &[], DRY, u16::MAX);
    let lost = [Point::new(f64::NAN, 0.0), Point::new(f64::INFINITY, 1e300)];
    assert_eq!(plain.from(&lost).ms_at(Point::new(0.5, 0.5)), None);
    assert_eq!(plain.from(&[Point::new(0.5, 0.5)]).ms_at(lost[0]), None);
    let line = Polyline::open(vec![lost[0], lost[1], Point::new(0.5, 3.0)]);
    let broken = Bridge {
        line,
        width_km: f64::NAN,
    };
    let with_bridge = TravelTimes::new(&[square(0.0, 0.0, 1.0)], &[broken], DRY, 64);
    assert!(
        with_bridge
            .from(&[Point::new(0.5, 0.5)])
            .ms_at(Point::new(0.1, 0.1))
            .is_some()
    );
}

#[test]
fn the_field_of_a_city_is_the_same_in_every_build() {
    let made = city(18, 3);
    let land = polygons(&made.points, &made.outlines).unwrap();
    let field = TravelTimes::new(&land, &[], DRY, 256).from(&[land[0].label_point()]);
    let times: Vec<u32> = land
        .iter()
        .map(|shape| field.ms_at(shape.label_point()).expect("one piece of land"))
        .collect();
    assert_eq!(times, GOLDEN);
}

/// Milliseconds from the first precinct to each: computed once, the same on every platform.
const GOLDEN: [u32; 18] = [
    0, 155898, 314987, 477516, 640101, 161889, 233563, 368410, 508216, 674080, 326465, 359642,
    454467, 577417, 735513, 507865, 507782, 596954,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_way_there_takes_as_long_as_the_way_back(
        seed in any::<u32>(), from in 0..12_usize, to in 0..12_usize,
    ) {
        let made = city(12, seed);
        let land = polygons(&made.points, &made.outlines).unwrap();
        let times = TravelTimes::new(&land, &[], DRY, 96);
        let (from, to) = (land[from].label_point(), land[to].label_point());
        let there = times.from(&[from]).ms_at(to).unwrap();
        let back = times.from(&[to]).ms_at(from).unwrap();
        let straight = from.distance(to) * 120_000.0;
        // Never faster than the straight line, and the same both ways but for the cells' rounding.
        prop_assert!(f64::from(there) > straight * 0.99 - 1.0);
        prop_assert!(f64::from(there.abs_diff(back)) <= 0.02 * straight + 1.0);
    }
}
