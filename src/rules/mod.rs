//! The rules engine: what a game is, what may be done, what it leads to.
//!
//! A game **is** `(rules version, scenario, seed, actions)`; any state is a replay of that prefix.
//! The engine knows no files, no clock, no threads and no global state, and gives the same bits on
//! every platform.
//!
//! | room | what happens there |
//! |---|---|
//! | [`world`], [`model`] | the immutable game: city, table, coefficients |
//! | `city` | the numbers that are this city's own |
//! | [`means`] | what the table holds and has ordered |
//! | [`action`], [`command`], [`refusal`] | what may be done, and why not |
//! | [`draft`] | orders tried out before they are given |
//! | [`candidates`] | filled-in orders for a desk with a slot to fill |
//! | [`sight`], [`standing`] | what can be read from a view, and what each desk's posture orders |
//! | [`warning`] | a turn opens: arrivals, income, injects |
//! | `start` | how a city starts, and what is usual there |
//! | [`response`] | offences expected, drawn, displaced |
//! | [`emergency`] | a grave event, and three decisions in a minute and a half |
//! | `mishap` | what goes wrong by itself |
//! | [`feedback`] | reporting, trust, perceived safety, surveys |
//! | [`scoring`] | indices and objectives |
//! | [`table`] | what the desks know, say and promise each other |
//! | [`ledger`], [`gap`] | every change with its causes; why a record was not as expected |
//! | [`outlook`] | what the card lets one expect of the months to come |
//! | [`worth`] | what an answer to an inject is expected to move, for authors |
//! | [`view`] | the only door out: what a seat may know |
//! | [`chance`] | luck by moment, purpose and place |

pub mod action;
pub mod candidates;
pub mod chance;
mod city;
pub mod command;
mod concern;
pub mod curve;
mod deal;
pub mod digest;
pub mod draft;
pub mod emergency;
mod exponents;
pub mod feedback;
pub mod gap;
pub mod id;
pub mod institution;
pub mod ledger;
pub mod means;
mod mishap;
pub mod model;
pub mod outlook;
pub mod pressure;
pub mod refusal;
pub mod response;
pub mod scoring;
mod shared;
pub mod sight;
pub mod standing;
mod start;
pub mod state;
pub mod table;
mod turn;
pub mod units;
mod version;
pub mod view;
pub mod warning;
pub mod world;
pub mod worth;

#[cfg(test)]
mod tests;

pub use action::{Action, Reason, Table};
pub use digest::{Digest, digest};
pub use draft::Draft;
pub use id::Id;
pub use ledger::{Account, Cause, Entry, Ledger, Rule};
pub use outlook::Outlook;
pub use refusal::{Refusal, Remedy};
pub use scoring::Index;
pub use state::State;
pub use units::{Amount, Cents, Micro};
pub use version::version;
pub use view::{View, view};
pub use world::{Layer, Tactic, World};
