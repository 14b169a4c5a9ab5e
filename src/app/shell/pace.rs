//! How often the window is drawn: never at rest, once a second while a clock runs, smoothly while
//! something moves.

use bevy::prelude::*;
use bevy::winit::{UpdateMode, WinitSettings};
use std::time::Duration;

/// At rest nothing is drawn. A day, because the longest wait of all makes some systems panic.
const REST: Duration = Duration::from_secs(24 * 60 * 60);
/// A running clock shows whole seconds.
const CLOCK: Duration = Duration::from_secs(1);
/// A step of something that moves.
const MOTION: Duration = Duration::from_millis(33);
/// How often a screen reader is listened to. Its requests do not wake the window by themselves,
/// so while one is there the window looks up now and then.
const LISTEN: Duration = Duration::from_millis(100);

/// What goes on, set anew in every frame by what needs it.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// A clock that shows seconds is running.
    pub clock: bool,
    /// Something moves.
    pub motion: bool,
    /// Frames follow each other without a pause: the autopilot plays.
    pub flat_out: bool,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pace>();
    app.add_systems(Last, keep_pace);
}

fn keep_pace(
    pace: Res<Pace>,
    listener: Option<Res<bevy::a11y::AccessibilityRequested>>,
    settings: Option<ResMut<WinitSettings>>,
) {
    let Some(mut settings) = settings else {
        return;
    };
    let listener = listener.is_some_and(|listener| listener.get());
    let wait = match *pace {
        Pace { motion: true, .. } => MOTION,
        _ if listener => LISTEN,
        Pace { clock: true, .. } => CLOCK,
        _ => REST,
    };
    let mode = if pace.flat_out {
        UpdateMode::Continuous
    } else {
        UpdateMode::Reactive {
            wait,
            react_to_device_events: false,
            react_to_user_events: true,
            react_to_window_events: true,
        }
    };
    if settings.focused_mode != mode || settings.unfocused_mode != mode {
        settings.focused_mode = mode;
        settings.unfocused_mode = mode;
    }
}
