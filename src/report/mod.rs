//! Reports: what the engine knows, drawn and written down for people to take away.
//!
//! | room | what happens there |
//! |---|---|
//! | [`chart`] | charts as SVG |
//! | [`chapters`] | the handbook's chapters, as the window shows them |
//! | [`instruments`] | the institution in words |
//! | [`written`] | numbers of the card as people read them |
//! | `handbook` | the pages that explain the model, drawn from the engine and filled from the card |

pub mod chapters;
pub mod chart;
#[cfg(not(target_family = "wasm"))]
pub mod handbook;
pub mod instruments;
pub mod written;
