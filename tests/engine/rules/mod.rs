//! Laws of the rules, over random games.

mod laws;
mod measures;
mod mechanisms;
