//! The program around the game: settings, its own log, and what is kept when it breaks.

#[cfg(not(target_family = "wasm"))]
pub mod crash;
#[cfg(not(target_family = "wasm"))]
pub mod diary;
mod pace;
mod picture;
pub mod report;
pub mod settings;

pub use pace::Pace;
pub use settings::Settings;

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((pace::plugin, picture::plugin));
}
