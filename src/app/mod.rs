//! The window: the only floor that knows Bevy.
//!
//! | room | what the player gets |
//! |---|---|
//! | [`screens`] | title, briefing, orders, what happened, debrief |
//! | [`map`] | the city, drawn from its points |
//! | [`widgets`] | texts, buttons, cards, tokens |
//! | [`theme`] | colours, type, icons |
//! | [`table`] | the game, and every act of a player |
//! | [`input`] | mouse and keyboard |
//! | [`storage`] | games that are kept |
//! | [`autopilot`] | a whole game by presses, for pictures and tests |
//! | `web` | the same game in a page, instead of the native window |

pub mod autopilot;
mod input;
mod layout;
mod map;
mod screens;
#[cfg(not(target_family = "wasm"))]
mod storage;
mod table;
mod theme;
#[cfg(target_family = "wasm")]
pub mod web;
mod widgets;
mod words;

#[cfg(target_family = "wasm")]
use web::storage;

#[cfg(not(target_family = "wasm"))]
use crate::lab::policy::Policy;
use crate::scenario::{Chart, Scenario};
#[cfg(not(target_family = "wasm"))]
use crate::text::Lang;
#[cfg(not(target_family = "wasm"))]
use autopilot::Autopilot;
use bevy::log::LogPlugin;
use bevy::prelude::*;
#[cfg(not(target_family = "wasm"))]
use bevy::window::{ExitCondition, PresentMode};
use bevy::winit::{UpdateMode, WinitSettings};
use map::{Board, MapView, Plan};
use std::time::Duration;
#[cfg(not(target_family = "wasm"))]
use std::{path::PathBuf, process::ExitCode, sync::Arc};
#[cfg(not(target_family = "wasm"))]
use storage::Storage;
use table::Table;

/// How the window is opened.
#[cfg(not(target_family = "wasm"))]
#[derive(Clone, Debug)]
pub struct Options {
    /// The scenario on the table.
    pub scenario: Arc<Scenario>,
    /// The language of everything shown.
    pub lang: Lang,
    /// The size of the window in physical pixels.
    pub size: (u32, u32),
    /// The seed of a new game.
    pub seed: u32,
    /// Where games are kept, instead of the platform's folder.
    pub data_dir: Option<PathBuf>,
    /// Plays by itself and takes pictures.
    pub autopilot: Option<Pilot>,
}

/// A game that plays itself.
#[cfg(not(target_family = "wasm"))]
#[derive(Clone, Debug)]
pub struct Pilot {
    /// Who decides.
    pub policy: Policy,
    /// Where the pictures go; the folder is made.
    pub pictures: PathBuf,
}

/// Opens the window and stays until it is closed.
#[cfg(not(target_family = "wasm"))]
#[must_use]
pub fn run(options: Options) -> ExitCode {
    let storage = if options.autopilot.is_some() {
        Storage::throw_away()
    } else {
        match Storage::on_disk(options.data_dir.as_deref()) {
            Ok(storage) => storage,
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::from(2);
            }
        }
    };
    if !has_display() {
        eprintln!(
            "{}",
            crate::text::get(options.lang, "window.no-display", &[])
        );
        return ExitCode::from(3);
    }
    // Bevy ends with a panic when there is nothing to draw with; people get a sentence instead.
    let lang = options.lang;
    let opened = std::panic::AssertUnwindSafe(|| open(options, storage));
    match std::panic::catch_unwind(opened) {
        Ok(code) => code,
        Err(fault) if no_graphics(&*fault) => {
            eprintln!("{}", crate::text::get(lang, "window.no-graphics", &[]));
            ExitCode::from(3)
        }
        Err(fault) => std::panic::resume_unwind(fault),
    }
}

/// The window, from its opening to its end.
#[cfg(not(target_family = "wasm"))]
fn open(options: Options, storage: Storage) -> ExitCode {
    let mut app = App::new();
    let (width, height) = options.size;
    let mut resolution = bevy::window::WindowResolution::new(width, height);
    resolution.set_scale_factor_override(None);
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin {
                primary_window: Some(Window {
                    title: options.scenario.meta.title.in_lang(options.lang).to_owned(),
                    name: Some("commonwatch".to_owned()),
                    resolution,
                    present_mode: PresentMode::AutoVsync,
                    resize_constraints: bevy::window::WindowResizeConstraints {
                        min_width: 1024.0,
                        min_height: 640.0,
                        ..default()
                    },
                    ..default()
                }),
                exit_condition: ExitCondition::OnPrimaryClosed,
                ..default()
            })
            .set(quiet_log()),
    );
    app.insert_resource(pace(options.autopilot.is_some()));
    let scenario = options.scenario.world.scenario.to_string();
    game(
        &mut app,
        Table::new(options.scenario, storage, options.seed, options.lang),
    );
    if let Some(pilot) = options.autopilot {
        if let Err(error) = std::fs::create_dir_all(&pilot.pictures) {
            eprintln!("{}: {error}", pilot.pictures.display());
            return ExitCode::from(2);
        }
        let (policy, seed) = (pilot.policy, options.seed);
        app.add_plugins(autopilot::plugin);
        app.insert_resource(Autopilot::new(policy, Some(pilot.pictures)));
        let end =
            move |pilot: Res<Autopilot>, mut exit: MessageWriter<AppExit>| match &pilot.outcome {
                None => {}
                Some(Ok(digest)) => {
                    let policy = policy.id();
                    let digest = digest.to_string();
                    println!(
                        "{}",
                        serde_json::json!({
                            "scenario": scenario, "seed": seed, "policy": policy, "digest": digest,
                        })
                    );
                    exit.write(AppExit::Success);
                }
                Some(Err(why)) => {
                    eprintln!("{why}");
                    exit.write(AppExit::error());
                }
            };
        app.add_systems(Last, end);
    }
    match app.run() {
        AppExit::Success => ExitCode::SUCCESS,
        AppExit::Error(code) => ExitCode::from(code.get()),
    }
}

/// When a frame is drawn.
fn pace(plays_itself: bool) -> WinitSettings {
    // Nothing moves by itself, so nothing is drawn until somebody does something.
    let still = UpdateMode::Reactive {
        wait: Duration::from_secs(24 * 60 * 60),
        react_to_device_events: false,
        react_to_user_events: true,
        react_to_window_events: true,
    };
    let mode = if plays_itself {
        UpdateMode::Continuous
    } else {
        still
    };
    WinitSettings {
        focused_mode: mode,
        unfocused_mode: mode,
    }
}

/// Whether a panic tells that no driver was found.
#[cfg(not(target_family = "wasm"))]
fn no_graphics(fault: &(dyn std::any::Any + Send)) -> bool {
    let text = fault.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| fault.downcast_ref::<&str>().copied());
    text.is_some_and(|text| text.contains("Unable to find a GPU"))
}

/// Everything above the window: the table, the screens and what moves them.
fn game(app: &mut App, table: Table) {
    let board = Board::new(&plan(&table.scenario));
    app.add_plugins((
        theme::plugin,
        layout::plugin,
        map::plugin,
        input::plugin,
        screens::plugin,
    ));
    app.world_mut().resource_mut::<MapView>().lay(board);
    app.insert_resource(table);
}

fn quiet_log() -> LogPlugin {
    LogPlugin {
        // `icu_segmenter` warns of dictionaries that neither language needs.
        filter: "error,icu_segmenter=off,icu_provider=off".to_owned(),
        ..default()
    }
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
        ..
    } = &scenario.chart;
    let mut districts: Vec<&crate::rules::Id> = Vec::new();
    let mut numbers = Vec::new();
    for precinct in &scenario.world.precincts {
        let known = districts
            .iter()
            .position(|district| **district == precinct.district);
        numbers.push(known.unwrap_or(districts.len()));
        if known.is_none() {
            districts.push(&precinct.district);
        }
    }
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
    }
}

#[cfg(target_os = "linux")]
fn has_display() -> bool {
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(not(any(target_os = "linux", target_family = "wasm")))]
fn has_display() -> bool {
    true
}
