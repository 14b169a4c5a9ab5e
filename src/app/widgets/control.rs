//! What can be pressed: a control names itself and what it asks for; covers swallow the rest.

use crate::app::table::Act;
use bevy::prelude::*;
use bevy::ui::{ComputedStackIndex, UiGlobalTransform};

/// A thing that can be pressed.
#[derive(Component, Clone, Debug)]
pub struct Control {
    /// Its name, the same on every screen and in every language.
    pub id: String,
    /// What pressing it asks for.
    pub act: Act,
}

impl Control {
    /// A control.
    pub fn new(id: impl Into<String>, act: Act) -> Self {
        Self { id: id.into(), act }
    }
}

/// Keeps presses from what lies behind.
#[derive(Component)]
pub struct Cover;

/// Where the keyboard's focus is, and whether it is shown.
#[derive(Resource, Default, Debug)]
pub struct Ring {
    /// The control with the focus.
    pub on: Option<String>,
    /// Shown when the last input was a key.
    pub shown: bool,
}

impl Ring {
    /// The ring round a control.
    pub fn outline(&self, id: &str, colour: Color, gap: f32) -> Outline {
        let lit = self.shown && self.on.as_deref() == Some(id);
        let colour = if lit { colour } else { Color::NONE };
        Outline::new(Val::Px(3.0), Val::Px(gap), colour)
    }
}

/// A control or cover with its box.
pub type Touchable<'a> = (
    Option<&'a Control>,
    &'a ComputedNode,
    &'a UiGlobalTransform,
    &'a ComputedStackIndex,
);

/// What lies under a point of the window, in physical pixels.
#[derive(Clone, Debug, PartialEq)]
pub enum Under {
    /// A control.
    Control(String),
    /// Something that takes no presses.
    Cover,
    /// Nothing of the interface.
    Nothing,
}

/// What lies under a point of the window, in physical pixels: the topmost counts.
pub fn under<'a>(point: Vec2, things: impl Iterator<Item = Touchable<'a>>) -> Under {
    let top = things
        .filter(|(_, node, place, _)| node.contains_point(**place, point))
        .max_by_key(|(.., depth)| depth.0);
    match top {
        Some((Some(control), ..)) => Under::Control(control.id.clone()),
        Some((None, ..)) => Under::Cover,
        None => Under::Nothing,
    }
}
