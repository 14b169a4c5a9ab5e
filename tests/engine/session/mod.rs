//! The log of a game, its store, and everything that can happen to them.

mod campaign;
mod faulty;
mod files;
mod first_watch;
mod game;
mod history;
mod hostile;
mod keyed;
mod kill;
mod opening;
mod properties;
mod talk;
mod words;
