//! How large everything is: the window in the interface's pixels, and the scale that follows it.

use super::shell::Settings;
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Layout>();
    app.add_systems(PreUpdate, measure);
}

/// The least that everything fits in, in the interface's pixels: a window of 1024 × 640 with texts of
/// 200 %. Where there is less, as on a phone, everything is drawn smaller.
const LEAST: Vec2 = Vec2::new(512.0, 320.0);

/// How much fits side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// Less than 1024 × 640: map, panel and tray one at a time.
    Narrow,
    /// Less than 1280 × 720: everything, but small.
    Compact,
    /// Everything.
    Full,
}

/// The size of things.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// The window in the interface's pixels: larger text makes it smaller.
    pub window: Vec2,
    /// The interface's scale against the system's pixels.
    pub scale: f32,
    /// Physical pixels in one of the interface's.
    pub physical: f32,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            window: Vec2::new(1280.0, 800.0),
            scale: 1.0,
            physical: 1.0,
        }
    }
}

impl Layout {
    /// The layout of a window: everything grows in quarters where there is room for it, and with
    /// the text size that a person has chosen, as far as there is room.
    #[must_use]
    pub fn of(window: &Window, text_size: u16) -> Self {
        let size = Vec2::new(window.width(), window.height()).max(Vec2::ONE);
        let room = (size.x / 1280.0).min(size.y / 800.0);
        let fit = ((room * 4.0).floor() / 4.0).clamp(1.0, 3.0);
        let most = (size / LEAST).min_element();
        let scale = (fit * f32::from(text_size) / 100.0).min(most);
        Self {
            window: size / scale,
            scale,
            physical: scale * window.scale_factor(),
        }
    }

    /// How much fits side by side.
    #[must_use]
    pub fn room(&self) -> Room {
        // A hair of slack: a window of 1024 at text size 100 is not narrow.
        let fits =
            |width: f32, height: f32| self.window.x > width - 0.5 && self.window.y > height - 0.5;
        if fits(1280.0, 720.0) {
            Room::Full
        } else if fits(1024.0, 640.0) {
            Room::Compact
        } else {
            Room::Narrow
        }
    }
}

pub(super) fn measure(
    window: Single<&Window, With<PrimaryWindow>>,
    settings: Res<Settings>,
    mut layout: ResMut<Layout>,
    mut scale: ResMut<UiScale>,
) {
    let now = Layout::of(&window, settings.text_size);
    layout.set_if_neq(now);
    if scale.0 != now.scale {
        scale.0 = now.scale;
    }
}
