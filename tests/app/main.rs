//! The window without a display: whole games by presses, and the layout of every screen.

mod kill;
mod layout;
mod play;
mod support;
