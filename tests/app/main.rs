//! The window without a display: whole games by presses, and the layout of every screen.

mod afterwards;
mod crash;
mod debrief;
mod desks;
mod display;
mod explain;
mod files;
mod ghosts;
mod guide;
mod hands;
mod history;
mod keys;
mod kill;
mod layout;
mod map;
mod orders;
mod phases;
mod play;
mod reasons;
mod seats;
mod setup;
mod slips;
mod speech;
mod starts;
mod support;
mod switch;
