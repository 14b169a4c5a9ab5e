//! The session: a game as a log of acts, kept safe while it is played.
//!
//! A game **is** its header and its acts; every state is a replay. The log is text, one record a
//! line, each line sealed by a check value that covers all lines before it.
//!
//! | room | what happens there |
//! |---|---|
//! | [`log`] | records, their lines, their check values; strict reading |
//! | [`journal`] | what the records say: a tree of acts, its head, its marks |
//! | [`store`] | where lines go: memory, a file, a browser's storage |
//! | [`play`] | a game in progress: orders, undo, redo, jumps |
//! | [`opening`] | starting a game and coming back to one, whatever happened to its log |
//! | [`verify`] | proof that a log tells what the rules say, and its export |
//! | [`folders`] | where a computer keeps logs, and the games to continue |
//! | [`shelf`] | where a page keeps logs, and the game to continue |
//! | [`error`] | everything that can go wrong, as sentences |

pub mod error;
#[cfg(not(target_family = "wasm"))]
pub mod folders;
pub mod journal;
pub mod log;
pub mod opening;
pub mod play;
pub mod shelf;
pub mod store;
pub mod verify;

mod history;
mod states;

pub use error::{ActError, OpenError, Sentence, StoreError, TimeError};
pub use history::Consent;
pub use journal::{Act, Journal, Marked};
pub use log::{Damage, Flaw, Header, Mark, Record};
pub use opening::{
    Archive, LeftOut, Notice, Opening, ReadOnly, Setting, import, open, order_again,
};
pub use play::Session;
#[cfg(not(target_family = "wasm"))]
pub use store::{FileStore, read_log};
pub use store::{KeyValue, KeyedStore, Live, MemoryStore, NotKept, Store};
pub use verify::{Marks, Report, VerifyError, export, verify};
