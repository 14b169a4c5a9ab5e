//! Laws of the rules, over random games.

mod anything;
mod cards;
mod coverage;
mod emergency;
mod funds;
mod institution;
mod laws;
mod measures;
mod mechanisms;
mod starts;
mod table;
mod trials;
mod workings;
