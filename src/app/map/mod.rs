//! The map: the city drawn from its points, and the precinct under a point of the window.

mod board;
mod frame;
mod pass;
mod pen;
mod scene;
mod thumbnail;

pub use board::{Board, Plan};
pub use frame::Frame;
pub use pass::{Pass, spots, ways};
pub use thumbnail::thumbnail;

use super::shell::Settings;
use super::shell::settings::Look;
use super::theme::Theme;
use bevy::prelude::*;
use bevy::sprite_render::ColorMaterial;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<MapView>();
    app.add_systems(Startup, set_up);
    app.add_systems(PostUpdate, (draw_city, draw_marks, draw_pass, show));
}

/// What the map shows.
#[derive(Resource, Default)]
pub struct MapView {
    /// The board, if a scenario is on the table.
    pub board: Option<Board>,
    /// Where it lies; `None` hides the map.
    pub frame: Option<Frame>,
    /// The chosen precinct.
    pub chosen: Option<usize>,
    /// The precinct with the keyboard's focus.
    pub focus: Option<usize>,
    /// What plays on it, if a turn does.
    pub pass: Pass,
    /// How many precincts of it have been told, with the part of the one that plays.
    pub told: f32,
    drawn: Option<(Frame, u64, Look)>,
    marked: Option<(Frame, Option<usize>, Option<usize>, u64, Look)>,
    passed: Option<(Frame, Pass, f32, Look)>,
    /// Counts the boards laid, so that a new one is drawn.
    laid: u64,
}

impl MapView {
    /// Lays another board.
    pub fn lay(&mut self, board: Option<Board>) {
        self.board = board;
        self.laid += 1;
    }

    /// The precinct under a point of the interface.
    pub fn precinct_at(&self, at: Vec2) -> Option<usize> {
        let (board, frame) = (self.board.as_ref()?, self.frame.as_ref()?);
        board.place_at(frame.to_city(at))
    }
}

#[derive(Component)]
struct City;

#[derive(Component)]
struct Marks;

/// What plays on the map.
#[derive(Component)]
struct Moves;

/// Whatever is drawn of the map.
type Drawn = Or<(With<City>, With<Marks>, With<Moves>)>;

fn set_up(
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<ColorMaterial>>,
    theme: Res<Theme>,
) {
    commands.insert_resource(ClearColor(theme.palette.bg));
    commands.spawn((Name::new("Camera"), Camera2d));
    let paint = materials.add(ColorMaterial::default());
    let empty = scene::empty();
    commands.spawn((
        Name::new("City"),
        City,
        Mesh2d(meshes.add(empty.clone())),
        MeshMaterial2d(paint.clone()),
        Visibility::Hidden,
    ));
    commands.spawn((
        Name::new("Marks on the map"),
        Marks,
        Mesh2d(meshes.add(empty.clone())),
        MeshMaterial2d(paint.clone()),
        Transform::from_xyz(0.0, 0.0, 1.0),
        Visibility::Hidden,
    ));
    commands.spawn((
        Name::new("What plays on the map"),
        Moves,
        Mesh2d(meshes.add(empty)),
        MeshMaterial2d(paint),
        Transform::from_xyz(0.0, 0.0, 2.0),
        Visibility::Hidden,
    ));
}

fn draw_city(
    mut view: ResMut<MapView>,
    theme: Res<Theme>,
    settings: Res<Settings>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut city: Single<&mut Mesh2d, With<City>>,
) {
    let (Some(board), Some(frame)) = (&view.board, view.frame) else {
        return;
    };
    let wanted = Some((frame, view.laid, settings.look));
    if view.drawn == wanted {
        return;
    }
    city.0 = meshes.add(scene::city(board, &frame, &theme.palette));
    view.drawn = wanted;
}

fn draw_marks(
    mut view: ResMut<MapView>,
    theme: Res<Theme>,
    settings: Res<Settings>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut marks: Single<&mut Mesh2d, With<Marks>>,
) {
    let (Some(board), Some(frame)) = (&view.board, view.frame) else {
        return;
    };
    let wanted = Some((frame, view.chosen, view.focus, view.laid, settings.look));
    if view.marked == wanted {
        return;
    }
    marks.0 = meshes.add(scene::marks(
        board,
        &frame,
        &theme.palette,
        view.chosen,
        view.focus,
    ));
    view.marked = wanted;
}

fn draw_pass(
    mut view: ResMut<MapView>,
    theme: Res<Theme>,
    settings: Res<Settings>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut moves: Single<&mut Mesh2d, With<Moves>>,
) {
    let (Some(_), Some(frame)) = (&view.board, view.frame) else {
        return;
    };
    let drawn = view.passed.as_ref();
    let same = drawn.is_some_and(|(at, pass, told, look)| {
        let now = (frame, view.told, settings.look);
        (*at, *told, *look) == now && *pass == view.pass
    });
    if same {
        return;
    }
    moves.0 = meshes.add(pass::draw(&view.pass, view.told, &frame, &theme.palette));
    view.passed = Some((frame, view.pass.clone(), view.told, settings.look));
}

/// The interface may be scaled; the drawing follows it.
fn show(
    view: Res<MapView>,
    scale: Res<UiScale>,
    mut drawings: Query<(&mut Visibility, &mut Transform), Drawn>,
) {
    let wanted = if view.frame.is_some() && view.board.is_some() {
        Visibility::Visible
    } else {
        Visibility::Hidden
    };
    for (mut visibility, mut transform) in &mut drawings {
        visibility.set_if_neq(wanted);
        let size = Vec3::new(scale.0, scale.0, 1.0);
        if transform.scale != size {
            transform.scale = size;
        }
    }
}
