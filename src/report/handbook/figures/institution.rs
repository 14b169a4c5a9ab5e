//! The institution: what log-odds are worth, when offences come on record, what is asked for twice.

use super::{Figure, axis, by_turn, line, per_cent, plain, plane, quote, quote_percent, still};
use crate::lab::facts::{Arm, City, Orders, event};
use crate::rules::world::What;
use crate::rules::{Action, Id, curve};

pub(super) fn all() -> Vec<Figure> {
    vec![odds(), delay()]
}

/// What log-odds add to a share, by how large it is.
fn odds() -> Figure {
    let more = |share: f64, amount: f64| {
        let share = share / 100.0;
        100.0 * (curve::logistic(curve::logit(share) + amount) - share)
    };
    let course = |(label, amount): (&str, f64)| {
        let points = (2..=98).map(|share| (f64::from(share), more(f64::from(share), amount)));
        line(label, points.collect())
    };
    let lines = [("tenth", 0.1), ("third", 0.3), ("one", 1.0)];
    Figure {
        id: "odds",
        chart: plane(
            per_cent("x", 0.0, 100.0),
            axis("y", 0.0, 25.0),
            lines.map(course).into(),
        ),
        values: vec![
            quote_percent("odds.usual", 30.0, 0),
            quote("odds.tenth", more(30.0, 0.1), 1),
            quote("odds.small", more(5.0, 0.1), 1),
        ],
    }
}

/// One month of twice as many offences, and in which month it is on record.
fn delay() -> Figure {
    const MONTH: u16 = 12;
    const SHOWN: u16 = 10;
    const TURNS: u16 = 16;
    /// From here on the cloud works and nothing of the months before is still to come.
    const USUAL: u16 = 9;
    let twice = What::Offences {
        family: None,
        factor: 2.0,
        turns: 1,
    };
    let bare = City::new(None);
    let open = City::with("institution: {\"data-cloud\": (), \"handicaps\": ()},");
    let steps = |turn: u16, orders: &mut Orders| {
        let mut set = |what: &str, at: Option<&str>, to: &str| {
            orders.give(Action::Set {
                what: Id::from(what),
                at: at.map(Id::from),
                to: Id::from(to),
            });
        };
        // A step of the cloud as soon as the one before works.
        match turn {
            1 => set("data-cloud", None, "1"),
            4 => set("data-cloud", None, "2"),
            _ => {}
        }
    };
    let course = |city: &City, built: bool| {
        let world = plain(city, TURNS, |world| {
            still(world);
            event(world, MONTH, twice.clone());
        });
        let arm = Arm::new(&world, |turn, orders| {
            if built {
                steps(turn, orders);
            }
        });
        let all = city.everywhere();
        let known = city.families(&["violence", "burglary", "street-theft"]);
        let rows = arm.each(20, |run| {
            let recorded = |turn| run.recorded(turn..turn + 1, &all, &known);
            let usual = (USUAL..MONTH).map(&recorded).sum::<f64>() / f64::from(MONTH - USUAL);
            (SHOWN..=TURNS)
                .map(|turn| 100.0 * recorded(turn) / usual)
                .collect::<Vec<f64>>()
        });
        let mean = |at: usize| rows.iter().map(|row| row[at]).sum::<f64>() / rows.len() as f64;
        (0..rows[0].len()).map(mean).collect::<Vec<f64>>()
    };
    let (soon, late, cloud) = (
        course(&bare, false),
        course(&open, false),
        course(&open, true),
    );
    let at = usize::from(MONTH - SHOWN);
    let values = vec![
        quote_percent("delay.late", late[at] - 100.0, 0),
        quote_percent("delay.after", late[at + 1] - 100.0, 0),
        quote_percent("delay.cloud", cloud[at] - 100.0, 0),
    ];
    Figure {
        id: "delay",
        chart: plane(
            axis("x", 1.0, 7.0),
            per_cent("y", 80.0, 220.0),
            vec![
                line("soon", by_turn(soon)),
                line("late", by_turn(late)),
                line("cloud", by_turn(cloud)),
            ],
        ),
        values,
    }
}
