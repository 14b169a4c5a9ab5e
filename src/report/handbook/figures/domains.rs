//! Risk domains: when something happens, how pressures grow, what an alert is worth, and the quick
//! answer beside the lasting one.

use super::{Figure, axis, dots, line, per_cent, plain, plane, quote, quote_percent, still};
use crate::lab::facts::{Arm, City, Orders, Run};
use crate::rules::model::{Coefficient as C, Model};
use crate::rules::pressure::hazard;
use crate::rules::world::Domain;
use crate::rules::{Action, Amount, Id, World};
use crate::scenario::card::Card;
use std::fmt::Write;
use std::sync::Arc;

pub(super) fn all() -> Vec<Figure> {
    vec![chance(), unattended(), alerts(), answers()]
}

/// The test city with these instruments and domains, each domain at the same pressure.
fn city(instruments: &[&str], domains: &[Domain], start: f64) -> City {
    let mut fields = String::from("institution: {");
    for id in instruments {
        // Writing to a string cannot fail.
        let _ = write!(fields, "\"{id}\": (), ");
    }
    fields += "}, domains: {";
    for domain in domains {
        let _ = write!(fields, "\"{}\": {start:?}, ", domain.id());
    }
    City::with(&(fields + "},"))
}

fn set(orders: &mut Orders, what: &str, at: Domain, to: &str) {
    orders.give(Action::Set {
        what: Id::from(what),
        at: Some(Id::from(at.id())),
        to: Id::from(to),
    });
}

/// The true pressure of a domain after each turn, the start first.
fn pressures(run: &Run, domain: Domain) -> Vec<f64> {
    let open = &run.world.domains;
    let Some(at) = open.iter().position(|open| open.domain == domain) else {
        return Vec::new();
    };
    let pages = run.hidden.iter().map(|page| page.pressures[at].to_f64());
    std::iter::once(open[at].start.to_f64())
        .chain(pages)
        .collect()
}

/// The values of the start and of the months after it.
fn from_start(values: Vec<f64>) -> Vec<(f64, f64)> {
    let months = (0..).map(f64::from);
    months.zip(values).collect()
}

/// The chance of an event in a month, by the card and at both ends of its ranges.
fn chance() -> Figure {
    let model = City::new(None).world(|_| {}).model.clone();
    let end = |of: fn((f64, f64)) -> f64| {
        let mut model = model.clone();
        for number in [C::EventBase, C::EventSlope] {
            if let Ok(entry) = Card::built_in().find(number.id()) {
                model.set(number, of(entry.range));
            }
        }
        model
    };
    let course = |label: &str, model: &Model| {
        let at = |points: u32| (f64::from(points), 100.0 * hazard(model, f64::from(points)));
        line(label, (0..=100).map(at).collect())
    };
    let card = |points: f64| 100.0 * hazard(&model, points);
    Figure {
        id: "chance",
        chart: plane(
            axis("x", 0.0, 100.0),
            per_cent("y", 0.0, 100.0),
            vec![
                course("card", &model),
                course("least", &end(|range| range.0)),
                course("most", &end(|range| range.1)),
            ],
        ),
        values: vec![
            quote("chance.low-at", 20.0, 0),
            quote_percent("chance.low", card(20.0), 0),
            quote("chance.middle-at", 40.0, 0),
            quote_percent("chance.middle", card(40.0), 0),
            quote("chance.high-at", 80.0, 0),
            quote_percent("chance.high", card(80.0), 0),
        ],
    }
}

/// A year in which nobody decides anything, with the domains pressing on each other and without.
fn unattended() -> Figure {
    let city = city(&[], &Domain::ALL, 35.0);
    let run = |joined: bool| {
        let world = plain(&city, 12, |world| {
            if !joined {
                world.model.set(C::Coupling, 0.0);
            }
        });
        Arm::idle(&world).play(1)
    };
    let (joined, apart) = (run(true), run(false));
    let course = |label: &str, run: &Run, domain| line(label, from_start(pressures(run, domain)));
    let last = |run: &Run, domain| pressures(run, domain).last().copied().unwrap_or(0.0);
    let values = vec![
        quote("unattended.joined", last(&joined, Domain::Information), 0),
        quote("unattended.apart", last(&apart, Domain::Information), 0),
    ];
    Figure {
        id: "unattended",
        chart: plane(
            axis("x", 0.0, 12.0),
            axis("y", 20.0, 100.0),
            vec![
                course("grievance", &joined, Domain::Grievance),
                course("information", &joined, Domain::Information),
                course("street", &joined, Domain::Street),
                course("grievance-alone", &apart, Domain::Grievance),
                course("information-alone", &apart, Domain::Information),
            ],
        ),
        values,
    }
}

/// Domains whose pressure nothing moves, so that a game can be asked about one pressure.
const QUIET: [Domain; 3] = [Domain::MassHarm, Domain::Transport, Domain::Network];

/// Two months of the quiet domains at one pressure, known exactly.
fn held(city: &City) -> Arc<World> {
    plain(city, 2, |world| {
        let numbers = [
            C::Coupling,
            C::DriftMassHarm,
            C::DriftTransport,
            C::DriftNetwork,
            C::PressureError,
        ];
        for number in numbers {
            world.model.set(number, 0.0);
        }
    })
}

/// What an alert says of itself, and how many of such alerts came true.
fn alerts() -> Figure {
    // Each alert of the second month: its own confidence, and whether something happened.
    let given = |start: f64, fresh: bool, seeds: u32| -> Vec<(f64, bool)> {
        let city = city(&["risk-files"], &QUIET, start);
        let world = held(&city);
        let arm = Arm::new(&world, |turn, orders| {
            if fresh && turn == 1 {
                for domain in QUIET {
                    set(orders, "risk-files", domain, "fresh");
                }
            }
        });
        let found = arm.each(seeds, |run| {
            let page = &run.open[1];
            let came = |domain| page.events.iter().any(|event| event.domain == domain);
            let alerts = page.alerts.iter();
            let told: Vec<(f64, bool)> = alerts
                .map(|alert| (100.0 * alert.confidence, came(alert.domain)))
                .collect();
            told
        });
        found.into_iter().flatten().collect()
    };
    let course = |label: &str, fresh: bool| {
        let points = (0..=10).filter_map(|step| {
            let start = f64::from(step) * 10.0;
            let told = given(start, fresh, 24);
            told.first().map(|(confidence, _)| (start, *confidence))
        });
        line(label, points.collect())
    };
    let came = |start: f64| {
        let told = given(start, false, 400);
        let true_ones = told.iter().filter(|(_, came)| *came).count();
        (start, 100.0 * true_ones as f64 / told.len().max(1) as f64)
    };
    let (old, fresh) = (course("old", false), course("fresh", true));
    let at = |points: &[(f64, f64)], wanted: f64| {
        let mut found = points.iter().filter(|(at, _)| (at - wanted).abs() < 1e-9);
        found.next().map_or(0.0, |(_, confidence)| *confidence)
    };
    let values = vec![
        quote("alerts.at", 40.0, 0),
        quote_percent("alerts.old", at(&old.points, 40.0), 0),
        quote_percent("alerts.fresh", at(&fresh.points, 40.0), 0),
        quote("alerts.high-at", 80.0, 0),
        quote_percent("alerts.high", at(&old.points, 80.0), 0),
    ];
    Figure {
        id: "alerts",
        chart: plane(
            axis("x", 0.0, 100.0),
            per_cent("y", 0.0, 100.0),
            vec![
                old,
                fresh,
                dots("came", [20.0, 40.0, 60.0, 80.0].map(came).into()),
            ],
        ),
        values,
    }
}

/// A grievance that is answered at once or for good, once or every month, for half a year.
fn answers() -> Figure {
    const MONTHS: u16 = 6;
    let city = city(&["enforce", "remedy"], &[Domain::Grievance], 45.0);
    let world = plain(&city, MONTHS, still);
    let play = |instrument: Option<&'static str>, always: bool| {
        Arm::new(&world, move |turn, orders| {
            if let Some(instrument) = instrument
                && (always || turn == 1)
            {
                set(orders, instrument, Domain::Grievance, "yes");
            }
        })
        .play(1)
    };
    let idle = play(None, false);
    let (quick, lasting) = (play(Some("enforce"), false), play(Some("remedy"), false));
    let (always, solved) = (play(Some("enforce"), true), play(Some("remedy"), true));
    let course =
        |label: &str, run: &Run| line(label, from_start(pressures(run, Domain::Grievance)));
    let end = |run: &Run| {
        pressures(run, Domain::Grievance)
            .last()
            .copied()
            .unwrap_or(0.0)
    };
    let trust = |run: &Run| run.trust(MONTHS, &city.everywhere());
    Figure {
        id: "answers",
        chart: plane(
            axis("x", 0.0, f64::from(MONTHS)),
            axis("y", 0.0, 80.0),
            vec![
                course("idle", &idle),
                course("quick", &quick),
                course("lasting", &lasting),
                course("always-quick", &always),
                course("always-lasting", &solved),
            ],
        ),
        values: vec![
            quote("answers.idle", end(&idle), 0),
            quote("answers.quick", end(&quick), 0),
            quote("answers.lasting", end(&lasting), 0),
            quote("answers.always-quick", end(&always), 0),
            quote("answers.always-lasting", end(&solved), 0),
            quote("answers.trust", trust(&idle) - trust(&always), 1),
        ],
    }
}
