//! A player without hands: it does with the messages of a window what a policy orders, and takes
//! pictures.
//!
//! It finds every control in the semantic tree, so what cannot be seen and pressed cannot be played.

mod driver;
#[cfg(not(target_family = "wasm"))]
mod faults;
mod hands;
mod mind;
mod path;
mod press;
#[cfg(not(target_family = "wasm"))]
pub mod rehearsal;
#[cfg(not(target_family = "wasm"))]
pub mod stage;
mod tour;

pub use driver::{Autopilot, By, Outcome};
pub use mind::Script;

use super::input;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    // Before the messages of the frame are read, as those of a window would be there.
    app.add_systems(
        PreUpdate,
        driver::drive
            .before(bevy::input::InputSystems)
            .before(input::Reading),
    );
}
