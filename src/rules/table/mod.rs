//! The table: what the desks know, and what they say to each other.
//!
//! A note belongs to its desk until somebody pins it to the map. What has been said is open to all,
//! and part of the means; what has not is told by the desk's own view alone.

mod notes;

pub use notes::{Note, Pin, ToldNote};
pub(super) use notes::{deliver, told};

use super::digest::canon;

/// What has been said at the table, in the order in which it was said.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Talk {
    pub pins: Vec<Pin>,
}

canon! {
    Talk { pins }
}
