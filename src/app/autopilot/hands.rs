//! Hands: pointer and keys as the window would tell of them, and a look at where to press.

use crate::app::layout::Layout;
use crate::app::map::MapView;
use crate::app::semantics::{Spoken, Tree, Under, Unreachable};
use bevy::a11y::ActionRequest;
use bevy::ecs::system::SystemParam;
use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::input::mouse::{MouseButtonInput, MouseScrollUnit, MouseWheel};
use bevy::input::touch::TouchPhase;
use bevy::prelude::*;
use bevy::window::{CursorMoved, PrimaryWindow, WindowEvent};

/// What a window tells when a person uses it: the message of its kind, and the stream of all.
#[derive(SystemParam)]
pub(super) struct Hands<'w, 's> {
    window: Single<'w, 's, Entity, With<PrimaryWindow>>,
    layout: Res<'w, Layout>,
    all: MessageWriter<'w, WindowEvent>,
    moved: MessageWriter<'w, CursorMoved>,
    buttons: MessageWriter<'w, MouseButtonInput>,
    wheels: MessageWriter<'w, MouseWheel>,
    keys: MessageWriter<'w, KeyboardInput>,
    spoken: Spoken<'w, 's>,
    requests: MessageWriter<'w, ActionRequest>,
}

impl Hands<'_, '_> {
    /// Moves the pointer to a point of the interface.
    pub fn point(&mut self, at: Vec2) {
        let moved = CursorMoved {
            window: *self.window,
            position: at * self.layout.scale,
            delta: None,
        };
        self.all.write(moved.clone().into());
        self.moved.write(moved);
    }

    /// Presses or lets go of the main button.
    pub fn button(&mut self, state: ButtonState) {
        let button = MouseButtonInput {
            button: MouseButton::Left,
            state,
            window: *self.window,
        };
        self.all.write(button.into());
        self.buttons.write(button);
    }

    /// Asks for a click on the node of this name, as a screen reader would.
    pub fn ask(&mut self, id: &str) -> Result<(), String> {
        self.requests.write(self.spoken.click(id)?);
        Ok(())
    }

    /// Turns the wheel so that what lies `pixels` further down comes up.
    pub fn wheel(&mut self, pixels: f32) {
        let wheel = MouseWheel {
            unit: MouseScrollUnit::Pixel,
            x: 0.0,
            y: -pixels,
            window: *self.window,
            phase: TouchPhase::Moved,
        };
        self.all.write(wheel.into());
        self.wheels.write(wheel);
    }

    /// Presses or lets go of a key that says `says`.
    pub fn key(&mut self, key_code: KeyCode, says: &str, state: ButtonState) {
        let key = KeyboardInput {
            key_code,
            logical_key: Key::Character(says.into()),
            state,
            text: None,
            repeat: false,
            window: *self.window,
        };
        self.all.write(key.clone().into());
        self.keys.write(key);
    }
}

/// Where a press reaches a precinct.
pub(super) fn spot_of_place(
    tree: &Tree,
    map: &MapView,
    at: usize,
    name: &str,
) -> Result<Vec2, Unreachable> {
    let missing = || Unreachable::Missing(name.to_owned());
    let board = map.board.as_ref().ok_or_else(missing)?;
    let frame = map.frame.as_ref().ok_or_else(missing)?;
    let place = board.places.get(at).ok_or_else(missing)?;
    let bounds = place.shape.bounds();
    let corners = [bounds.min, bounds.max].map(|p| frame.to_window(p));
    let area = Rect::from_corners(corners[0], corners[1]);
    let middle = frame.to_window(place.shape.label_point());
    let grid = (1..12).flat_map(|x| (1..12).map(move |y| Vec2::new(x as f32, y as f32) / 12.0));
    std::iter::once(middle)
        .chain(grid.map(|share| area.min + area.size() * share))
        .find(|spot| {
            tree.window().contains(*spot)
                && map.precinct_at(*spot) == Some(at)
                && tree.under(*spot) == Under::Nothing
        })
        .ok_or_else(|| Unreachable::Covered(name.to_owned()))
}
