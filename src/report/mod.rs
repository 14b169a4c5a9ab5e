//! Reports: what the engine knows, drawn and written down for people to take away.
//!
//! | room | what happens there |
//! |---|---|
//! | [`chart`] | charts as SVG |
//! | `handbook` | the pages that explain the model, drawn from the engine and filled from the card |

pub mod chart;
#[cfg(not(target_family = "wasm"))]
pub mod handbook;
