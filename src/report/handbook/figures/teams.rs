//! Teams and means: duty levels, fatigue and rest, money kept in hand.

use super::{
    Figure, HERE, axis, by_turn, line, per_cent, plain, plane, quote, quote_percent, seen, steps,
    still,
};
use crate::lab::facts::{Arm, City};
use crate::rules::means::Grade;
use crate::rules::units::Cents;
use crate::rules::world::Duty;
use crate::rules::{Action, Amount, Index, Tactic};

pub(super) fn all() -> Vec<Figure> {
    let city = City::new(None);
    vec![duty(&city), fatigue(&city), reserve(&city)]
}

fn duty(city: &City) -> Figure {
    let model = &city.world(|_| {}).model;
    let presence = |level: Duty, months: u16| {
        let grade = Grade {
            level,
            months: f64::from(months),
        };
        100.0 * grade.presence(model)
    };
    let course = |(label, level): (&str, Duty)| {
        let values = (0..=12).map(|months| presence(level, months)).collect();
        steps(label, by_turn(values))
    };
    let levels = [
        ("one", Duty::I),
        ("two", Duty::II),
        ("three", Duty::III),
        ("four", Duty::IV),
    ];
    Figure {
        id: "duty",
        chart: plane(
            axis("x", 1.0, 13.0),
            per_cent("y", 80.0, 150.0),
            levels.map(course).into(),
        ),
        values: vec![
            quote_percent("duty.first", presence(Duty::I, 0) - 100.0, 0),
            quote_percent("duty.fourth", presence(Duty::I, 3) - 100.0, 0),
        ],
    }
}

/// Fatigue of a team at each level for nine months, then at the lowest.
fn fatigue(city: &City) -> Figure {
    const END: u16 = 10;
    let world = plain(city, 18, still);
    let course = |level: Duty| {
        seen(
            &world,
            |turn, orders| {
                if turn == 1 {
                    orders.place("foot", 1, &[HERE], 1, Tactic::HotSpot);
                }
                let wanted = match turn {
                    1 => level,
                    END => Duty::IV,
                    _ => return,
                };
                let district = None;
                if wanted != Duty::III {
                    orders.give(Action::Duty {
                        district,
                        level: wanted,
                    });
                }
            },
            |view| view.teams()[0].fatigue.get().to_f64(),
        )
    };
    let highest = course(Duty::I);
    let worst = highest.iter().copied().fold(0.0, f64::max);
    Figure {
        id: "fatigue",
        chart: plane(
            axis("x", 1.0, 18.0),
            axis("y", 0.0, 30.0),
            vec![
                line("one", by_turn(highest)),
                line("two", by_turn(course(Duty::II))),
                line("three", by_turn(course(Duty::III))),
            ],
        ),
        values: vec![quote("fatigue.worst", worst, 0)],
    }
}

/// Stewardship for each share of three months' income that is left in hand.
fn reserve(city: &City) -> Figure {
    let index = |share: f64| {
        let world = plain(city, 1, |world| {
            world.purse.income = Cents::funds(100);
            world.purse.start = Cents::from_f64(300.0 * share);
        });
        let run = Arm::idle(&world).play(1);
        run.hidden[0].indices[Index::Stewardship as usize].to_f64()
    };
    let points = (0..=30).map(|at| (f64::from(at), index(f64::from(at) / 100.0)));
    Figure {
        id: "reserve",
        chart: plane(
            per_cent("x", 0.0, 30.0),
            axis("y", 60.0, 105.0),
            vec![line("index", points.collect())],
        ),
        values: Vec::new(),
    }
}
