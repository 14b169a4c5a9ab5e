//! Commonwatch: a tabletop decision-exercise game engine.
//!
//! The crate is a house of floors; each uses only what lies below it (a test enforces this):
//!
//! | floor | what lives there |
//! |---|---|
//! | `cli` | the command line, one file per subcommand |
//! | `app` | the window (feature `app`), the only floor that knows Bevy |
//! | [`report`] | charts, and the pages that explain the model |
//! | [`lab`] | policies, batch runs, statistics |
//! | [`session`] | the log of a game: journal, undo, replay, verification |
//! | [`scenario`] | what authors write, its diagnostics, and the validated scenario |
//! | [`rules`] | the engine: state, actions, luck, ledger, views |
//! | [`geometry`] | polygons, adjacency, distances |
//! | [`text`] | the product's words in English and Simplified Chinese |

pub mod geometry;
pub mod lab;
pub mod report;
pub mod rules;
pub mod scenario;
pub mod session;
pub mod text;

#[cfg(feature = "app")]
pub mod app;

#[cfg(not(target_family = "wasm"))]
pub mod cli;

// Test support is shared with the tests outside, which know the crate by its name.
#[cfg(test)]
extern crate self as commonwatch;
