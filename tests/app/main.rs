//! The window without a display: whole games by presses, and the layout of every screen.

mod crash;
mod display;
mod files;
mod keys;
mod kill;
mod layout;
mod map;
mod play;
mod speech;
mod support;
