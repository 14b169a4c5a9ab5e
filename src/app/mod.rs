//! The window: the only floor that knows Bevy.
//!
//! | room | what the player gets |
//! |---|---|
//! | `window` | the window of a desktop, opened from the command line |
//! | [`screens`] | title, exercises, briefing, orders, what happened, debrief |
//! | [`map`] | the city, drawn from its points |
//! | [`widgets`] | texts, buttons, cards, tokens |
//! | [`theme`] | colours, type, icons |
//! | [`semantics`] | what everything on the screen means, for all who read it |
//! | [`input`] | mouse, touch and keyboard |
//! | [`table`] | the game, and every act of a player |
//! | [`shelf`] | the exercises to choose from |
//! | [`storage`] | games and settings that are kept |
//! | [`shell`] | settings, the program's log, crash reports, frames |
//! | `web` | the same game in a page, instead of the window of a desktop |
//! | [`autopilot`] | a whole game by presses, for pictures and tests |

pub mod autopilot;
mod input;
mod layout;
mod map;
mod screens;
mod semantics;
mod shelf;
mod shell;
#[cfg(not(target_family = "wasm"))]
mod storage;
mod table;
mod theme;
#[cfg(target_family = "wasm")]
pub mod web;
mod widgets;
#[cfg(not(target_family = "wasm"))]
mod window;
mod words;

pub use shell::Settings;
pub use shell::settings::{Look, TEXT_SIZES};
pub use table::Screen;
#[cfg(target_family = "wasm")]
use web::storage;
#[cfg(not(target_family = "wasm"))]
pub use window::{Options, Pilot, run};

use crate::scenario::{Chart, Scenario};
use bevy::prelude::*;
use map::{Board, MapView, Plan};
use table::Table;

/// Everything above the window: the table, the screens and what moves them.
fn game(app: &mut App, mut table: Table, settings: Settings) {
    table.follow(&settings);
    let board = Board::new(&plan(&table.scenario));
    app.insert_resource(settings);
    app.add_plugins((
        shell::plugin,
        theme::plugin,
        layout::plugin,
        map::plugin,
        input::plugin,
        semantics::plugin,
        screens::plugin,
    ));
    app.world_mut().resource_mut::<MapView>().lay(board);
    app.insert_resource(table);
}

/// The drawing of a scenario as the map wants it.
fn plan(scenario: &Scenario) -> Plan {
    let Chart {
        points,
        outlines,
        labels,
        tokens,
        water,
        land,
        lakes,
        parks,
        roads,
        bridges,
        metro,
        ..
    } = &scenario.chart;
    let precincts = &scenario.world.precincts;
    let numbers = precincts
        .iter()
        .map(|precinct| precinct.district.at())
        .collect();
    let areas =
        |areas: &[crate::scenario::Area]| areas.iter().map(|it| it.outline.clone()).collect();
    let lines =
        |lines: &[crate::scenario::Line]| lines.iter().map(|it| it.points.clone()).collect();
    Plan {
        outlines: outlines
            .iter()
            .map(|ring| {
                ring.iter()
                    .filter_map(|at| points.get(*at).copied())
                    .collect()
            })
            .collect(),
        districts: numbers,
        labels: labels.iter().copied().map(Some).collect(),
        tokens: tokens.clone(),
        water: areas(water),
        land: areas(land),
        lakes: areas(lakes),
        parks: areas(parks),
        roads: lines(roads),
        bridges: lines(bridges),
        metro: (metro.iter())
            .map(|it| (it.line.clone(), it.stations.clone()))
            .collect(),
    }
}
