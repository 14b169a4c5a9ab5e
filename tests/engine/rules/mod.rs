//! Laws of the rules, over random games.

mod institution;
mod laws;
mod measures;
mod mechanisms;
