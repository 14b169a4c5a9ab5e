//! The figures of the handbook. Each comes from the engine: from its own functions where they can be
//! called, else from ordinary games in the test city.
//!
//! To show one mechanism at a time most figures hold the others still (see [`still`]); the numbers of
//! the mechanism that is shown are those of the card.

mod domains;
mod indices;
mod institution;
mod means;
mod patrol;
mod people;
mod places;
mod records;
mod teams;

use crate::lab::facts::{Arm, City, Orders, Run};
use crate::report::chart::{Axis, Chart, Mark, Series};
use crate::rules::id::{FamilyIx, PrecinctIx};
use crate::rules::model::Coefficient as C;
use crate::rules::{Micro, View, World};
use std::sync::{Arc, Mutex};

/// A figure, and what can be read off it.
pub struct Figure {
    /// Its name.
    pub id: &'static str,
    /// The chart.
    pub chart: Chart,
    /// Figures that the text may quote as `{=name}`.
    pub values: Vec<Value>,
}

/// Something that the text may quote.
pub struct Value {
    /// Its name.
    pub name: &'static str,
    /// What it is; per cent are whole per cent.
    pub value: f64,
    /// With how many decimals it is quoted.
    pub decimals: usize,
    /// Whether it is per cent.
    pub percent: bool,
}

/// Every figure, in the order of the chapters.
#[must_use]
pub fn all() -> Vec<Figure> {
    [
        places::all(),
        patrol::all(),
        means::all(),
        records::all(),
        people::all(),
        teams::all(),
        institution::all(),
        domains::all(),
        indices::all(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The precinct that the figures look at: in the middle of the city, of the reference size.
const HERE: u16 = 8;

/// The test city with everything alike everywhere, for this many turns.
fn plain(city: &City, turns: u16, change: impl FnOnce(&mut World)) -> Arc<World> {
    city.world(|world| {
        world.turns = turns;
        let residents = world.model.get(C::ReferenceResidents) as u32;
        for precinct in &mut world.precincts {
            precinct.residents = residents;
            precinct.opportunity.fill(1.0);
            precinct.trust = Micro::points(50);
        }
        change(world);
    })
}

/// Holds still what is not shown: repeats near by, the pull of trust on offending and the season.
fn still(world: &mut World) {
    world.model.set(C::Legitimacy, 0.0);
    for family in &mut world.families {
        family.near_repeat = 0.0;
        family.season = 0.0;
    }
}

/// By how many per cent less is expected of some families in [`HERE`] in each turn of one arm than of
/// the other.
fn prevented(arm: &Arm, families: &[FamilyIx]) -> Vec<f64> {
    let (with, without) = (arm.play(1), Arm::idle(&arm.world).play(1));
    (1..=arm.world.turns)
        .map(|turn| {
            let expected = |run: &Run| run.expected(turn..turn + 1, &[HERE], families);
            100.0 * (1.0 - expected(&with) / expected(&without))
        })
        .collect()
}

/// The mean over so many seeds of what an arm does to a figure of each turn, beside another arm under
/// the same luck.
fn differences(
    arm: &Arm,
    other: &Arm,
    seeds: u32,
    figure: impl Fn(&Run, u16) -> f64 + Sync,
) -> Vec<f64> {
    let turns = 1..=arm.world.turns;
    let rows: Vec<Vec<f64>> = arm.beside(other, seeds, |with, without| {
        let difference = |turn| figure(&with, turn) - figure(&without, turn);
        turns.clone().map(difference).collect()
    });
    (0..usize::from(arm.world.turns))
        .map(|turn| rows.iter().map(|row| row[turn]).sum::<f64>() / f64::from(seeds))
        .collect()
}

/// True trust in [`HERE`] after a turn.
fn trust_here(run: &Run, turn: u16) -> f64 {
    run.trust(turn, &[HERE])
}

/// What a table sees of its own means when each turn of a game opens.
fn seen(
    world: &Arc<World>,
    orders: impl Fn(u16, &mut Orders) + Sync,
    look: impl Fn(&View) -> f64 + Sync,
) -> Vec<f64> {
    let found = Mutex::new(Vec::new());
    let arm = Arm::new(world, |turn, given| {
        if let Ok(mut found) = found.lock() {
            found.push(look(&given.draft().view()));
        }
        orders(turn, given);
    });
    let _ = arm.play(1);
    drop(arm);
    found.into_inner().unwrap_or_default()
}

/// The number of offences or the like of [`HERE`] in a table of cells.
fn cell<T: Copy>(world: &World, table: &[T], family: FamilyIx) -> T {
    table[world.cell(PrecinctIx(HERE), family)]
}

/// The values of turns 1, 2, 3… as points.
fn by_turn(values: Vec<f64>) -> Vec<(f64, f64)> {
    let turns = (1..).map(f64::from);
    turns.zip(values).collect()
}

fn line(label: &str, points: Vec<(f64, f64)>) -> Series {
    Series {
        label: label.to_owned(),
        mark: Mark::Line,
        points,
    }
}

fn dots(label: &str, points: Vec<(f64, f64)>) -> Series {
    Series {
        label: label.to_owned(),
        mark: Mark::Dots,
        points,
    }
}

fn steps(label: &str, points: Vec<(f64, f64)>) -> Series {
    Series {
        label: label.to_owned(),
        mark: Mark::Steps,
        points,
    }
}

fn axis(label: &'static str, low: f64, high: f64) -> Axis {
    Axis {
        label,
        low,
        high,
        percent: false,
    }
}

fn per_cent(label: &'static str, low: f64, high: f64) -> Axis {
    Axis {
        percent: true,
        ..axis(label, low, high)
    }
}

fn plane(x: Axis, y: Axis, series: Vec<Series>) -> Chart {
    Chart::Plane { x, y, series }
}

fn bars(axis: Axis, rows: Vec<String>, series: Vec<(&str, Vec<f64>)>) -> Chart {
    Chart::Rows {
        axis,
        rows,
        series: series
            .into_iter()
            .map(|(label, values)| (label.to_owned(), values))
            .collect(),
        dots: false,
    }
}

/// The keys of rows.
fn keys(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The keys of offence families.
fn families(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| format!("family:{id}")).collect()
}

fn quote(name: &'static str, value: f64, decimals: usize) -> Value {
    Value {
        name,
        value,
        decimals,
        percent: false,
    }
}

fn quote_percent(name: &'static str, value: f64, decimals: usize) -> Value {
    Value {
        percent: true,
        ..quote(name, value, decimals)
    }
}
