//! Laws of the rules, over random games.

mod anything;
mod laws;
mod measures;
mod mechanisms;
