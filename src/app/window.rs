//! The window of a desktop, opened from the command line.

use super::autopilot::{self, Autopilot};
use super::game;
use super::shell::settings::Settings;
use super::shell::{Pace, crash, diary};
use super::storage::Storage;
use super::table::Table;
use crate::lab::policy::Policy;
use crate::scenario::Scenario;
use crate::text::Lang;
use bevy::prelude::*;
use bevy::window::{ExitCondition, PresentMode, WindowResizeConstraints, WindowResolution};
use bevy::winit::WinitSettings;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// How the window is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The scenario on the table.
    pub scenario: Arc<Scenario>,
    /// The language asked for; `None` follows the settings, then the system.
    pub lang: Option<Lang>,
    /// The language of the system.
    pub system_lang: Lang,
    /// The size of the window in physical pixels.
    pub size: (u32, u32),
    /// The seed of a new game.
    pub seed: u32,
    /// Where games and settings are kept, instead of the platform's folders.
    pub data_dir: Option<PathBuf>,
    /// Plays by itself and takes pictures.
    pub autopilot: Option<Pilot>,
}

/// A game that plays itself.
#[derive(Clone, Debug)]
pub struct Pilot {
    /// Who decides.
    pub policy: Policy,
    /// Where the pictures go; the folder is made.
    pub pictures: PathBuf,
    /// How the window looks, instead of as the settings say.
    pub settings: Settings,
}

/// Opens the window and stays until it is closed.
#[must_use]
pub fn run(options: Options) -> ExitCode {
    let lang = options.lang.unwrap_or(options.system_lang);
    let opened = match &options.autopilot {
        // No setting of the person at this computer may change a picture.
        Some(pilot) => Ok((Storage::throw_away(), pilot.settings.clone())),
        None => Storage::on_disk(options.data_dir.as_deref()),
    };
    let (storage, mut settings) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    if !has_display() {
        eprintln!("{}", crate::text::get(lang, "window.no-display", &[]));
        return ExitCode::from(3);
    }
    if options.lang.is_some() {
        settings.lang = options.lang;
    }
    if let Some(folder) = storage.program() {
        crash::watch(folder);
    }
    // Bevy ends with a panic when there is nothing to draw with or on; people get a sentence instead.
    let opened = std::panic::AssertUnwindSafe(|| open(options, storage, settings));
    match std::panic::catch_unwind(opened) {
        Ok(code) => code,
        Err(fault) => match unopened(&*fault) {
            Some(sentence) => {
                eprintln!("{}", crate::text::get(lang, sentence, &[]));
                ExitCode::from(3)
            }
            None => std::panic::resume_unwind(fault),
        },
    }
}

/// The window, from its opening to its end.
fn open(options: Options, storage: Storage, settings: Settings) -> ExitCode {
    let mut app = App::new();
    if let Some(folder) = storage.program() {
        app.insert_resource(diary::Diary(folder.to_owned()));
    }
    let lang = settings.lang.unwrap_or(options.system_lang);
    let (width, height) = options.size;
    let mut resolution = WindowResolution::new(width, height);
    // The autopilot's sizes are physical pixels at scale 1, whatever the display says.
    resolution.set_scale_factor_override(options.autopilot.as_ref().map(|_| 1.0));
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin {
                primary_window: Some(Window {
                    title: crate::text::get(lang, "window.title", &[]),
                    name: Some("commonwatch".to_owned()),
                    resolution,
                    present_mode: PresentMode::AutoVsync,
                    resize_constraints: WindowResizeConstraints {
                        min_width: 640.0,
                        min_height: 400.0,
                        ..default()
                    },
                    ..default()
                }),
                exit_condition: ExitCondition::OnPrimaryClosed,
                ..default()
            })
            .set(diary::log_plugin()),
    );
    let commit = option_env!("COMMONWATCH_COMMIT").unwrap_or("unknown");
    info!("commonwatch {} ({commit})", env!("CARGO_PKG_VERSION"));
    app.init_resource::<WinitSettings>();
    let scenario = options.scenario.world.scenario.to_string();
    let aside = storage
        .settings_set_aside()
        .map(|path| path.display().to_string());
    let mut table = Table::new(options.scenario, storage, options.seed, lang);
    table.notice = aside.map(|path| table.words().with("settings.set-aside", "path", &path));
    game(&mut app, table, settings);
    if let Some(pilot) = options.autopilot {
        if let Err(error) = std::fs::create_dir_all(&pilot.pictures) {
            eprintln!("{}: {error}", pilot.pictures.display());
            return ExitCode::from(2);
        }
        app.world_mut().resource_mut::<Pace>().flat_out = true;
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

/// The sentence for a panic that tells that the window could not open: no driver was found, or the
/// display that the environment names does not answer.
pub(super) fn unopened(fault: &(dyn std::any::Any + Send)) -> Option<&'static str> {
    let text = fault.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| fault.downcast_ref::<&str>().copied())?;
    [
        ("Unable to find a GPU", "window.no-graphics"),
        ("Failed to build event loop", "window.no-display"),
    ]
    .into_iter()
    .find_map(|(part, sentence)| text.contains(part).then_some(sentence))
}

#[cfg(target_os = "linux")]
fn has_display() -> bool {
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(not(target_os = "linux"))]
fn has_display() -> bool {
    true
}
