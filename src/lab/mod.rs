//! The laboratory: games played by policies and plans, many at a time, and what they come to.
//!
//! | room | what happens there |
//! |---|---|
//! | [`policy`] | bots that see what a player sees |
//! | [`plan`] | orders written down beforehand |
//! | [`lineup`] | who commands which desk |
//! | [`game`] | one game from the set-up to the debrief |
//! | [`batch`] | many games, and their digest |
//! | [`statistics`] | means and quantiles that do not depend on the order of the games |
//! | `facts` | what studies found, tried on the model |
//! | [`golden`] | the table that pins the rules |
//! | [`playthrough`] | a whole game as lines a person can read |

pub mod batch;
#[cfg(not(target_family = "wasm"))]
pub mod facts;
pub mod game;
pub mod golden;
pub mod lineup;
pub mod plan;
pub mod playthrough;
pub mod policy;
pub mod statistics;

pub use batch::{Batch, Job, Progress};
pub use game::{Forecasts, Game, GameResult, Promises, Refused};
pub use lineup::Lineup;
pub use plan::Plan;
pub use policy::{Hand, Policy};
