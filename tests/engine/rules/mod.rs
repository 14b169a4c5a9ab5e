//! Laws of the rules, over random games.

mod anything;
mod coverage;
mod institution;
mod laws;
mod measures;
mod mechanisms;
mod trials;
mod workings;
