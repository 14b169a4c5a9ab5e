//! The screens of a game. Each file draws one of them from what is on the table.

mod afterwards;
mod archive;
mod beside;
mod briefing;
mod cards;
mod chrome;
mod command;
mod debrief;
mod desk;
mod emergency;
mod feedback;
mod figures;
mod ghosts;
mod glossary;
mod goals;
mod guide;
mod history;
mod inspector;
mod keys;
mod layer;
mod layer_sheet;
mod marks;
mod model;
mod model_parts;
#[cfg(not(target_family = "wasm"))]
mod open;
mod overlays;
mod place;
mod precinct;
mod response;
mod scenarios;
mod setup;
mod slips;
mod tidings;
mod title;
mod tray;
mod warning;
mod waterfall;
mod why;
mod workshop;
mod zoom;

use super::map::{MapView, Pass};
use super::table::Screen;
use bevy::prelude::*;

pub(super) use emergency::beat_id;
pub use tray::HandNode;

/// Whether what is shown is out of date. A turn-based table changes seldom, so a screen is drawn
/// anew when it does and never in between.
#[derive(Resource, Default)]
pub struct Stale(pub bool);

/// Everything that a screen has drawn.
#[derive(Component)]
pub struct Root;

#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
enum Drawing {
    Clear,
    Draw,
    Over,
    Done,
}

pub(super) fn plugin(app: &mut App) {
    app.init_state::<Screen>().insert_resource(Stale(true));
    app.configure_sets(
        Update,
        (Drawing::Clear, Drawing::Draw, Drawing::Over, Drawing::Done)
            .chain()
            .run_if(stale),
    );
    app.add_systems(Update, resized.before(Drawing::Clear));
    app.add_systems(Update, told.run_if(state_changed::<Screen>));
    app.add_systems(Update, clear.in_set(Drawing::Clear));
    app.add_systems(
        Update,
        (
            title::draw.run_if(in_state(Screen::Title)),
            scenarios::draw.run_if(in_state(Screen::Scenarios)),
            setup::draw.run_if(in_state(Screen::Setup)),
            briefing::draw.run_if(in_state(Screen::Briefing)),
            warning::draw.run_if(in_state(Screen::Warning)),
            command::draw.run_if(in_state(Screen::Command)),
            response::draw.run_if(in_state(Screen::Response)),
            feedback::draw.run_if(in_state(Screen::Feedback)),
            debrief::draw.run_if(in_state(Screen::Debrief)),
        )
            .in_set(Drawing::Draw),
    );
    app.add_systems(
        Update,
        (history::banner, overlays::draw)
            .chain()
            .in_set(Drawing::Over),
    );
    app.add_systems(Update, done.in_set(Drawing::Done));
}

fn stale(stale: Res<Stale>) -> bool {
    stale.0
}

/// Which screen it was is the first question when something went wrong.
fn told(screen: Res<State<Screen>>) {
    info!("screen {}", screen.get().id());
}

/// Another size of the window or of the text is another drawing.
fn resized(layout: Res<super::layout::Layout>, mut stale: ResMut<Stale>) {
    stale.0 |= layout.is_changed();
}

fn clear(mut commands: Commands, roots: Query<Entity, With<Root>>, mut map: ResMut<MapView>) {
    map.pass = Pass::default();
    map.layer = None;
    for root in &roots {
        commands.entity(root).despawn();
    }
}

fn done(mut stale: ResMut<Stale>) {
    stale.0 = false;
}

/// A layer over the whole window; the map shows through.
fn root(name: &'static str) -> impl Bundle {
    (
        Name::new(name),
        Root,
        Node {
            position_type: PositionType::Absolute,
            width: Val::Percent(100.0),
            height: Val::Percent(100.0),
            ..default()
        },
    )
}
