//! The window without a display: whole games by presses, and the layout of every screen.

mod crash;
mod desks;
mod display;
mod explain;
mod files;
mod ghosts;
mod hands;
mod history;
mod keys;
mod kill;
mod layout;
mod map;
mod phases;
mod play;
mod reasons;
mod speech;
mod support;
