//! Mouse and finger: pressing, dragging, pointing.

use super::pinch::Pinch;
use super::{Ring, Scrolls, Wish};
use crate::app::layout::Layout;
use crate::app::map::MapView;
use crate::app::screens::{HandNode, Stale};
use crate::app::semantics::{Tree, Under};
use crate::app::table::{Act, Screen, Table};
use crate::rules::id::PrecinctIx;
use bevy::input::ButtonState;
use bevy::input::touch::TouchPhase;
use bevy::prelude::*;
use bevy::window::WindowEvent;

/// A press that moves further than this is a drag, in the interface's pixels.
const DRAG: f32 = 8.0;

/// Where the pointer is and what it points at.
#[derive(Resource, Debug, Default)]
pub struct Pointer {
    /// In the interface's pixels.
    pub at: Vec2,
    /// The precinct pointed at, by mouse or by the arrows.
    pub place: Option<usize>,
    /// The suggestion pointed at, by its control's name.
    pub offer: Option<String>,
    /// Whether the last thing that pointed was the keyboard.
    pub by_key: bool,
    /// What the button went down on, and where.
    down: Option<Down>,
    /// The finger that points; a second one pinches.
    finger: Option<u64>,
    /// The fingers on the map.
    pinch: Pinch,
    /// The map is held by the middle button or with the space bar, and was here.
    grip: Option<Vec2>,
    /// The space bar is down.
    space: bool,
}

/// A press under way.
#[derive(Clone, Debug)]
struct Down {
    on: Under,
    from: Vec2,
    last: Vec2,
    /// It pulls the map along.
    pulls: bool,
}

impl Pointer {
    /// Points at a precinct without a hand on the map.
    pub fn aim(&mut self, place: usize) {
        self.place = Some(place);
        self.by_key = true;
    }

    /// The suggestion that is looked at: the one with the keyboard's focus, or the one pointed at.
    pub fn looks_at<'a>(&'a self, ring: &'a Ring) -> Option<&'a str> {
        let looked = if ring.shown { &ring.on } else { &self.offer };
        let looked = looked.as_deref();
        looked.filter(|id| is_offer(id))
    }

    /// Whether the keyboard points at the map.
    pub fn on_map(&self) -> bool {
        self.by_key
    }
}

/// What mouse and finger have in common.
#[derive(Clone, Copy, Debug)]
enum Touch {
    Move(Vec2),
    Press,
    Release,
    Cancel,
}

/// What a press can change or ask.
#[derive(bevy::ecs::system::SystemParam)]
pub(super) struct Board<'w> {
    layout: Res<'w, Layout>,
    tree: Res<'w, Tree>,
    map: ResMut<'w, MapView>,
    table: Res<'w, Table>,
    screen: Res<'w, State<Screen>>,
    ring: ResMut<'w, Ring>,
    stale: ResMut<'w, Stale>,
    scrolls: ResMut<'w, Scrolls>,
    wishes: MessageWriter<'w, Wish>,
}

impl Board<'_> {
    /// Whether a point of the window is the map's, and the map can be looked at.
    fn on_the_map(&self, at: Vec2) -> bool {
        let on = match self.tree.under(at) {
            Under::Nothing => true,
            Under::Control(id) => is_token(&id),
            Under::Cover => false,
        };
        on && is_looked_at(&self.table, *self.screen.get())
    }
}

/// Whether the map can be looked at from nearer: on the screen of orders, with nothing lying on it.
pub(super) fn is_looked_at(table: &Table, screen: Screen) -> bool {
    let covered = table.overlay.is_some() || table.card.is_some() || table.call.is_some();
    screen == Screen::Command && !covered
}

/// Reads the window's one stream of events: a slow computer tells of press, way and release in one
/// frame, and only there are they in order.
pub(super) fn follow(
    mut events: MessageReader<WindowEvent>,
    mut pointer: ResMut<Pointer>,
    mut board: Board,
    mut hand: Query<&mut Node, With<HandNode>>,
) {
    for event in events.read() {
        match event {
            WindowEvent::CursorMoved(moved) => {
                touch(&mut pointer, &mut board, Touch::Move(moved.position));
            }
            WindowEvent::MouseButtonInput(button) if button.button == MouseButton::Left => {
                let what = match button.state {
                    ButtonState::Pressed => Touch::Press,
                    ButtonState::Released => Touch::Release,
                };
                touch(&mut pointer, &mut board, what);
            }
            WindowEvent::MouseButtonInput(button) if button.button == MouseButton::Middle => {
                let held = button.state == ButtonState::Pressed && board.on_the_map(pointer.at);
                pointer.grip = held.then_some(pointer.at);
            }
            WindowEvent::KeyboardInput(key) if key.key_code == KeyCode::Space => {
                pointer.space = key.state == ButtonState::Pressed;
            }
            WindowEvent::PinchGesture(gesture) if board.on_the_map(pointer.at) => {
                board.stale.0 |= board.map.zoom(gesture.0.exp(), pointer.at);
            }
            WindowEvent::TouchInput(finger) => {
                let at = finger.position / board.layout.scale;
                let pinched = pointer.pinch.follow(finger, at);
                if pointer.pinch.is_on() {
                    // What one finger had begun is over.
                    pointer.down = None;
                }
                if let Some(pinched) = pinched.filter(|it| board.on_the_map(it.at)) {
                    let pulled = board.map.pan(pinched.along);
                    board.stale.0 |= board.map.zoom(pinched.by, pinched.at) || pulled;
                    continue;
                }
                if pointer.finger.is_some_and(|id| id != finger.id) {
                    continue;
                }
                touch(&mut pointer, &mut board, Touch::Move(finger.position));
                pointer.finger = match finger.phase {
                    TouchPhase::Started | TouchPhase::Moved => Some(finger.id),
                    TouchPhase::Ended | TouchPhase::Canceled => None,
                };
                let what = match finger.phase {
                    TouchPhase::Started => Touch::Press,
                    TouchPhase::Moved => continue,
                    TouchPhase::Ended => Touch::Release,
                    TouchPhase::Canceled => Touch::Cancel,
                };
                touch(&mut pointer, &mut board, what);
            }
            _ => {}
        }
    }
    for mut node in &mut hand {
        let r = 26.0;
        let (left, top) = (Val::Px(pointer.at.x - r), Val::Px(pointer.at.y - r));
        if !pointer.by_key && (node.left != left || node.top != top) {
            (node.left, node.top) = (left, top);
        }
    }
}

fn touch(pointer: &mut Pointer, board: &mut Board, touch: Touch) {
    match touch {
        Touch::Move(to) => {
            let at = to / board.layout.scale;
            point(pointer, board, at);
        }
        Touch::Press => press(pointer, board),
        Touch::Release => release(pointer, board),
        Touch::Cancel => (pointer.down, pointer.grip) = (None, None),
    }
}

fn point(pointer: &mut Pointer, board: &mut Board, at: Vec2) {
    pointer.at = at;
    if board.ring.shown || pointer.by_key {
        board.ring.shown = false;
        pointer.by_key = false;
        board.stale.0 = true;
    }
    let (place, offer) = match board.tree.under(at) {
        Under::Nothing => (board.map.precinct_at(at), None),
        Under::Control(id) => (None, Some(id).filter(|id| is_offer(id))),
        Under::Cover => (None, None),
    };
    if offer != pointer.offer {
        pointer.offer = offer;
        board.stale.0 = true;
    }
    if place != pointer.place {
        pointer.place = place;
        // Only a held unit has something to say of the place below it.
        board.stale.0 |= board.table.hand.is_some();
    }
    if let Some(last) = pointer.grip {
        board.stale.0 |= board.map.pan(at - last);
        pointer.grip = Some(at);
        return;
    }
    if let Some(down) = &mut pointer.down {
        let map = down.on == Under::Nothing && *board.screen.get() == Screen::Command;
        if map && board.map.sight.is_some() && board.table.hand.is_none() {
            down.pulls |= down.from.distance(at) > DRAG;
            if down.pulls {
                board.stale.0 |= board.map.pan(at - down.last);
                down.last = at;
            }
            return;
        }
        // A finger on what does nothing pulls the page.
        if !matches!(&down.on, Under::Control(id) if is_token(id)) {
            board.scrolls.by(down.last.y - at.y);
        }
        down.last = at;
    }
}

/// Tokens are picked up at once, so that they can be dragged.
fn is_token(id: &str) -> bool {
    id.starts_with("take:") || id.starts_with("stack:")
}

/// What a suggestion would do is shown on the map while it is pointed at.
fn is_offer(id: &str) -> bool {
    id.starts_with("offer:")
}

fn press(pointer: &mut Pointer, board: &mut Board) {
    if pointer.space && board.on_the_map(pointer.at) {
        pointer.grip = Some(pointer.at);
        return;
    }
    let on = board.tree.under(pointer.at);
    if let Under::Control(id) = &on
        && is_token(id)
        && let Some(act) = board.tree.act(id)
    {
        board.wishes.write(Wish(act));
    }
    pointer.down = Some(Down {
        on,
        from: pointer.at,
        last: pointer.at,
        pulls: false,
    });
}

fn release(pointer: &mut Pointer, board: &mut Board) {
    pointer.grip = None;
    let Some(began) = pointer.down.take().filter(|began| !began.pulls) else {
        return;
    };
    let here = board.tree.under(pointer.at);
    let place = board
        .map
        .precinct_at(pointer.at)
        .map(PrecinctIx::from_position);
    let dragged = began.from.distance(pointer.at) > DRAG;
    let lifted = matches!(&began.on, Under::Control(id) if is_token(id));
    if lifted {
        // The wish to take it may still wait to be done; this one comes after it.
        if dragged {
            board.wishes.write(Wish(match (place, &here) {
                (Some(place), Under::Nothing) => Act::Precinct(place),
                (_, Under::Control(_)) => Act::Stow,
                _ => Act::LetGo,
            }));
        }
        return;
    }
    match here {
        Under::Control(id) if began.on == Under::Control(id.clone()) => {
            if let Some(act) = board.tree.act(&id) {
                board.wishes.write(Wish(act));
            }
        }
        // While the turn plays, a press anywhere shows the rest.
        Under::Nothing | Under::Cover if !dragged && board.table.telling(*board.screen.get()) => {
            board.wishes.write(Wish(Act::Skip));
        }
        Under::Nothing if began.on == Under::Nothing && *board.screen.get() == Screen::Command => {
            let act = match place {
                Some(place) => Some(Act::Precinct(place)),
                // A press beside the city lets go; it never opens the menu.
                None if board.table.hand.is_some() || board.table.chosen.is_some() => {
                    Some(Act::PutBack)
                }
                None => None,
            };
            board.wishes.write_batch(act.map(Wish));
        }
        _ => {}
    }
}
