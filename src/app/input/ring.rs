//! The keyboard's focus: which control has it, and the step from one to the next.

use crate::app::semantics::Tree;
use bevy::prelude::*;

/// Where the keyboard's focus is, and whether it is shown.
#[derive(Resource, Default, Debug)]
pub struct Ring {
    /// The control with the focus.
    pub on: Option<String>,
    /// Shown when the last input was a key.
    pub shown: bool,
    /// Where it stood in reading order, for when what had it is gone.
    at: usize,
}

impl Ring {
    /// The ring round a control.
    pub fn outline(&self, id: &str, colour: Color, gap: f32) -> Outline {
        let lit = self.shown && self.on.as_deref() == Some(id);
        let colour = if lit { colour } else { Color::NONE };
        Outline::new(Val::Px(3.0), Val::Px(gap), colour)
    }

    /// To the next control in reading order, or the one before; round from the end.
    pub fn step(&mut self, tree: &Tree, back: bool) {
        let order: Vec<&str> = tree
            .controls()
            .filter(|thing| tree.takes_focus(thing))
            .map(|thing| thing.means.id.as_str())
            .collect();
        let count = order.len();
        if count == 0 {
            return;
        }
        let at = order.iter().position(|id| self.on.as_deref() == Some(id));
        let next = match (at, &self.on, back) {
            (Some(at), _, false) => (at + 1) % count,
            (Some(at), _, true) => (at + count - 1) % count,
            // What comes after it has moved up to its place.
            (None, Some(_), false) => self.at % count,
            (None, Some(_), true) => (self.at + count - 1) % count,
            (None, None, false) => 0,
            (None, None, true) => count - 1,
        };
        self.at = next;
        self.on = Some(order[next].to_owned());
        self.shown = true;
    }
}
