//! One semantic tree: every control and every readable value of the screen, by name.
//!
//! A screen says what its parts *mean* with [`Semantics`]; after each layout the [`Tree`] knows
//! where they lie, what covers them and what they are called. Everybody reads that one tree: the
//! pointer and the keys, assistive technology, the autopilot, and the tests of layout and language.

mod access;
mod tree;

#[cfg(target_family = "wasm")]
pub use access::{Mirror, Nodes};
pub use access::{Speaking, Spoken};
pub use tree::{Thing, Tree, Under, Unreachable};

use super::table::Act;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Tree>();
    app.add_systems(Last, tree::gather.before(Speaking));
    app.add_plugins(access::plugin);
}

/// What a part of the screen is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Does something when pressed.
    Button,
    /// One of a few, of which one is chosen.
    Choice,
    /// A place of the map. It lies where its shape lies, not where its name stands.
    Place,
    /// A figure with a name.
    Figure,
    /// What the following is about.
    Heading,
    /// Something to be read.
    Text,
    /// A group of things that belong together.
    Group,
    /// Something that has just happened and must be told at once.
    Alert,
}

/// What a part of the screen means.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Semantics {
    /// Its name, the same on every screen, in every language and at every size.
    pub id: String,
    /// What it is for.
    pub role: Role,
    /// What it is called, in the language in force.
    pub label: String,
    /// What it says, beyond its name.
    pub value: String,
    /// Whether it is the chosen one, for what can be.
    pub chosen: Option<bool>,
    /// Whether it can be pressed now.
    pub enabled: bool,
    /// What pressing it asks for.
    pub act: Option<Act>,
}

impl Semantics {
    fn new(id: impl Into<String>, role: Role, label: impl Into<String>, act: Option<Act>) -> Self {
        Self {
            id: id.into(),
            role,
            label: label.into(),
            value: String::new(),
            chosen: None,
            enabled: true,
            act,
        }
    }

    /// A button.
    #[must_use]
    pub fn button(id: impl Into<String>, label: impl Into<String>, act: Act) -> Self {
        Self::new(id, Role::Button, label, Some(act))
    }

    /// One of a few.
    #[must_use]
    pub fn choice(id: impl Into<String>, label: impl Into<String>, chosen: bool, act: Act) -> Self {
        Self {
            chosen: Some(chosen),
            ..Self::new(id, Role::Choice, label, Some(act))
        }
    }

    /// A place of the map.
    #[must_use]
    pub fn place(id: impl Into<String>, label: impl Into<String>, act: Option<Act>) -> Self {
        Self::new(id, Role::Place, label, act)
    }

    /// A figure.
    #[must_use]
    pub fn figure(
        id: impl Into<String>,
        label: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        Self::new(id, Role::Figure, label, None).with_value(value)
    }

    /// A group of things.
    #[must_use]
    pub fn group(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(id, Role::Group, label, None)
    }

    /// Something that must be told at once.
    #[must_use]
    pub fn alert(
        id: impl Into<String>,
        label: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        Self::new(id, Role::Alert, label, None).with_value(value)
    }

    /// The same with what it says.
    #[must_use]
    pub fn with_value(self, value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            ..self
        }
    }
}

/// Makes a text the heading of what follows.
#[derive(Component)]
pub struct Heading;

/// Names a source, which stays as it was published whatever the language in force.
#[derive(Component)]
pub struct Cited;

/// Keeps presses from what lies behind.
#[derive(Component)]
pub struct Cover;

/// A part that is scrolled, by name, so that it stays where it was when the screen is drawn anew.
#[derive(Component, Clone, Debug, PartialEq, Eq)]
pub struct Scrolled(pub &'static str);
