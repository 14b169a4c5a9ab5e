//! Laws of the rules, over random games.

mod anything;
mod cards;
mod institution;
mod laws;
mod measures;
mod mechanisms;
