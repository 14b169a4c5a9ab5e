//! How large everything is: the window in the interface's pixels, and the scale that follows it.

use bevy::prelude::*;
use bevy::window::PrimaryWindow;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Layout>();
    app.add_systems(PreUpdate, measure);
}

/// The size of things.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// The window in the interface's pixels.
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
    /// The layout of a window: everything grows in quarters where there is room for it.
    pub fn of(window: &Window) -> Self {
        let size = Vec2::new(window.width(), window.height()).max(Vec2::ONE);
        let room = (size.x / 1280.0).min(size.y / 800.0);
        let scale = ((room * 4.0).floor() / 4.0).clamp(1.0, 3.0);
        Self {
            window: size / scale,
            scale,
            physical: scale * window.scale_factor(),
        }
    }
}

pub(super) fn measure(
    window: Single<&Window, With<PrimaryWindow>>,
    mut layout: ResMut<Layout>,
    mut scale: ResMut<UiScale>,
) {
    let now = Layout::of(&window);
    layout.set_if_neq(now);
    if scale.0 != now.scale {
        scale.0 = now.scale;
    }
}
