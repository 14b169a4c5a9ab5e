//! Laws of the rules, over random games.

mod anything;
mod institution;
mod laws;
mod measures;
mod mechanisms;
mod table;
