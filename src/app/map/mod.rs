//! The map: the city drawn from its points, and the precinct under a point of the window.

mod board;
mod frame;
mod layer;
mod pass;
mod pen;
mod reach;
mod scene;
mod sight;
mod thumbnail;

pub use board::{Board, Plan};
pub use frame::Frame;
pub use layer::{Layer, LayerPaint, Pattern};
pub use pass::{Pass, spots, ways};
pub use reach::Reach;
pub use sight::{Look, MOST_ZOOM, Sight};
pub use thumbnail::thumbnail;

use super::shell::Settings;
use super::shell::settings::Look as Style;
use super::theme::Theme;
use bevy::prelude::*;
use bevy::sprite_render::ColorMaterial;
use bevy::transform::TransformSystems;
use std::sync::Arc;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<MapView>();
    app.add_systems(Startup, set_up);
    // What was drawn must be known before it is placed, and placed before places are handed down.
    let drawing = (draw_city, draw_layer, draw_marks, draw_pass, show).chain();
    app.add_systems(PostUpdate, drawing.before(TransformSystems::Propagate));
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
    /// How it is looked at; nothing is the whole.
    pub sight: Option<Sight>,
    /// How often the city has been drawn: the costly part, which pulling the map does not repeat.
    pub drawings: u32,
    /// The layer that lies on it, if one does.
    pub layer: Option<Layer>,
    /// The last travel times that were worked out; they hold as long as nobody moves.
    pub reach: Option<Arc<Reach>>,
    /// What plays on it, if a turn does.
    pub pass: Pass,
    /// How many precincts of it have been told, with the part of the one that plays.
    pub told: f32,
    drawn: Option<(Frame, u64, Style)>,
    marked: Option<(Frame, Option<usize>, Option<usize>, u64, Style)>,
    layered: Option<(Frame, Option<Layer>, u64, Style)>,
    passed: Option<(Frame, Pass, f32, Style)>,
    /// Counts the boards laid, so that a new one is drawn.
    laid: u64,
}

impl MapView {
    /// Lays another board.
    pub fn lay(&mut self, board: Option<Board>) {
        self.board = board;
        self.sight = None;
        self.laid += 1;
    }

    /// Nearer or further off at a point of the window. Whether that changed anything.
    pub fn zoom(&mut self, by: f32, at: Vec2) -> bool {
        self.look(|frame, board| Sight::zoomed(frame, board, by, at))
    }

    /// Pulls the map along. Whether that changed anything.
    pub fn pan(&mut self, by: Vec2) -> bool {
        self.look(|frame, board| Sight::panned(frame, board, by))
    }

    /// One step of looking.
    pub fn step(&mut self, look: Look) -> bool {
        self.look(|frame, board| Sight::stepped(frame, board, look))
    }

    /// Brings a precinct in sight.
    pub fn bring(&mut self, place: usize) -> bool {
        self.look(|frame, board| Sight::showing(frame, board, place))
    }

    /// What comes next starts from what was asked for last, even if that is not drawn yet.
    fn look(&mut self, to: impl Fn(&Frame, &Board) -> Option<Sight>) -> bool {
        let (Some(board), Some(frame)) = (&self.board, self.frame) else {
            return false;
        };
        let sight = to(&frame, board);
        let changed = sight != self.sight;
        self.sight = sight;
        self.frame = Some(frame.whole(board).seen(sight));
        changed
    }

    /// The precinct under a point of the interface.
    pub fn precinct_at(&self, at: Vec2) -> Option<usize> {
        let (board, frame) = (self.board.as_ref()?, self.frame.as_ref()?);
        board.place_at(frame.to_city(at))
    }
}

#[derive(Component)]
struct City;

/// The layer over the city.
#[derive(Component)]
struct Over;

#[derive(Component)]
struct Marks;

/// What plays on the map.
#[derive(Component)]
struct Moves;

/// Whatever is drawn of the map.
type Drawn = Or<(With<City>, With<Over>, With<Marks>, With<Moves>)>;

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
        Name::new("Layer over the city"),
        Over,
        Mesh2d(meshes.add(empty.clone())),
        MeshMaterial2d(paint.clone()),
        Transform::from_xyz(0.0, 0.0, 0.5),
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
    let same = view.drawn.is_some_and(|(before, laid, look)| {
        (laid, look) == (view.laid, settings.look) && frame.moved_since(before).is_some()
    });
    if same {
        return;
    }
    let wanted = Some((frame, view.laid, settings.look));
    city.0 = meshes.add(scene::city(board, &frame, &theme.palette));
    view.drawn = wanted;
    view.drawings += 1;
}

fn draw_layer(
    mut view: ResMut<MapView>,
    theme: Res<Theme>,
    settings: Res<Settings>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut over: Single<&mut Mesh2d, With<Over>>,
) {
    let (Some(board), Some(frame)) = (&view.board, view.frame) else {
        return;
    };
    let same = view
        .layered
        .as_ref()
        .is_some_and(|(at, layer, laid, look)| {
            (*laid, *look) == (view.laid, settings.look)
                && *layer == view.layer
                && frame.moved_since(*at).is_some()
        });
    if same {
        return;
    }
    over.0 = meshes.add(match &view.layer {
        Some(layer) => layer::draw(board, layer, &frame, &theme.palette),
        None => scene::empty(),
    });
    view.layered = Some((frame, view.layer.clone(), view.laid, settings.look));
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

/// The interface may be scaled; the drawing follows it. What was drawn before the map was pulled along
/// is pulled along with it.
fn show(
    view: Res<MapView>,
    scale: Res<UiScale>,
    mut drawings: Query<(&mut Visibility, &mut Transform, Has<City>, Has<Over>), Drawn>,
) {
    let wanted = if view.frame.is_some() && view.board.is_some() {
        Visibility::Visible
    } else {
        Visibility::Hidden
    };
    let city = view.drawn.map(|(at, ..)| at);
    let layer = view.layered.as_ref().map(|(at, ..)| *at);
    let moved = |before: Option<Frame>| {
        let by = view.frame?.moved_since(before?)?;
        Some(Vec2::new(by.x, -by.y) * scale.0)
    };
    for (mut visibility, mut transform, is_city, is_layer) in &mut drawings {
        visibility.set_if_neq(wanted);
        let by = match (is_city, is_layer) {
            (true, _) => moved(city),
            (_, true) => moved(layer),
            _ => None,
        };
        let place = by.unwrap_or_default().extend(transform.translation.z);
        let size = Vec3::new(scale.0, scale.0, 1.0);
        if transform.scale != size || transform.translation != place {
            (transform.scale, transform.translation) = (size, place);
        }
    }
}
