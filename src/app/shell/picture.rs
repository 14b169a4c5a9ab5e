//! A lost graphics device: tried again once, then the picture stands still and the game is safe.

use crate::app::table::Table;
use bevy::prelude::*;
use bevy::render::error_handler::{ErrorType, RenderErrorHandler, RenderErrorPolicy};
use bevy::window::PrimaryWindow;

/// How often the graphics device was lost.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
struct PictureLost(u32);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<PictureLost>();
    app.add_systems(Update, tell.run_if(resource_changed::<PictureLost>));
    // Bevy's own answer is to quit; a room in the middle of an exercise would lose its evening.
    app.insert_resource(RenderErrorHandler(|error, main_world, _| {
        let mut lost = main_world.get_resource_or_init::<PictureLost>();
        lost.0 = lost.0.saturating_add(1);
        if lost.0 == 1 && matches!(error.ty, ErrorType::DeviceLost) {
            warn!("the graphics device was lost; opening it again");
            return RenderErrorPolicy::Recover(default());
        }
        if lost.0 <= 2 {
            error!("the picture was lost ({:?}); the game is kept", error.ty);
        }
        RenderErrorPolicy::StopRendering
    }));
}

/// Nothing can be drawn any more, but the title of the window still speaks.
fn tell(
    lost: Res<PictureLost>,
    table: Res<Table>,
    mut window: Single<&mut Window, With<PrimaryWindow>>,
) {
    if lost.0 > 1 {
        window.title = table.words().say("window.picture-lost");
    }
}
