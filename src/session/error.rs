//! Everything that can go wrong with a log, as sentences: what happened, what is safe, what to do.
//!
//! The English words here are those of the command line and of crash reports. The interface shows
//! the text `session.<id>` in its own language, filled with [`Sentence::slots`].

use super::log::Damage;
use crate::rules::{Action, Id, Refusal};
use std::io::{Error, ErrorKind};

/// Something with a text of its own in every language.
pub trait Sentence {
    /// Its name in texts, whole (`session.locked`).
    fn id(&self) -> String;

    /// What fills the text's slots.
    fn slots(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// A place for a log does not do what it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another program holds the log.
    #[error(
        "This game is open in another window. Nothing has changed. Close it there, then open it \
         here again."
    )]
    Locked,
    /// There is no such file.
    #[error("There is no log at this place. Choose another, or start a new game.")]
    Missing,
    /// There is a file already.
    #[error("A log with this name exists already. It has not been touched. Choose another name.")]
    Exists,
    /// The system does not let it be opened.
    #[error("The log cannot be opened ({0}). It has not been touched. Look at its permissions.")]
    Open(String),
    /// The system does not let it be read.
    #[error("The log cannot be read ({0}). It has not been touched. Copy it to another disk.")]
    Read(String),
    /// It is larger than any log may be.
    #[error("This file is too large to be a log of a game. It has not been touched.")]
    TooLarge,
    /// The disk is full.
    #[error(
        "The disk is full, so this was not done. Everything before it is safe. Free some space \
         and try again."
    )]
    Full,
    /// The system does not let it be written.
    #[error(
        "The log could not be written ({0}), so this was not done. Everything before it is safe. \
         Try again, or export the game."
    )]
    Write(String),
    /// The disk did not confirm what was written.
    #[error(
        "The disk did not confirm that the log is safe ({0}), so this was not done. Try again, or \
         export the game to another disk."
    )]
    Sync(String),
}

impl StoreError {
    /// What a failed opening means.
    #[must_use]
    pub fn opening(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            _ => Self::Open(error.to_string()),
        }
    }

    /// What a failed reading means.
    #[must_use]
    pub fn reading(error: &Error) -> Self {
        Self::Read(error.to_string())
    }

    /// What a failed writing means.
    #[must_use]
    pub fn writing(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            ErrorKind::AlreadyExists => Self::Exists,
            _ => Self::Write(error.to_string()),
        }
    }

    /// What a failed sync means.
    #[must_use]
    pub fn syncing(error: &Error) -> Self {
        Self::Sync(error.to_string())
    }
}

impl Sentence for StoreError {
    fn id(&self) -> String {
        let name = match self {
            Self::Locked => "locked",
            Self::Missing => "missing",
            Self::Exists => "exists",
            Self::Open(_) => "open",
            Self::Read(_) => "read",
            Self::TooLarge => "too-large",
            Self::Full => "disk-full",
            Self::Write(_) => "write",
            Self::Sync(_) => "sync",
        };
        format!("session.{name}")
    }

    fn slots(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Open(reason) | Self::Read(reason) | Self::Write(reason) | Self::Sync(reason) => {
                vec![("reason", reason.clone())]
            }
            _ => Vec::new(),
        }
    }
}

/// An act or a mark was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    /// The rules refuse it.
    #[error("The order was refused ({}). Nothing has changed.", .0.id())]
    Refused(Refusal),
    /// It could not be written down.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The text is too long.
    #[error("This text is longer than 4,000 characters, so it was not kept. Make it shorter.")]
    TooLong,
    /// The log has reached its greatest size.
    #[error(
        "The log of this game is full, so this was not done. Everything before it is safe. Export \
         the game and start a new one."
    )]
    LogFull,
}

impl Sentence for ActError {
    fn id(&self) -> String {
        match self {
            Self::Refused(refusal) => format!("refusal.{}", refusal.id()),
            Self::Store(error) => error.id(),
            Self::TooLong => "session.text-too-long".to_owned(),
            Self::LogFull => "session.log-full".to_owned(),
        }
    }

    fn slots(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Store(error) => error.slots(),
            _ => Vec::new(),
        }
    }
}

/// An order that cannot stand without the one to be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependent {
    /// The act.
    pub n: u32,
    /// The desk that gave it.
    pub seat: Id,
    /// The order.
    pub action: Action,
    /// Why it could not stand; `None` if the turn it belongs to would no longer be open.
    pub refusal: Option<Refusal>,
}

/// The game does not go back, or on, as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// The desk has given no order that could be taken back.
    #[error("There is no order to take back.")]
    NothingToUndo,
    /// The desk has taken no order back.
    #[error("There is no order to put back.")]
    NothingToRedo,
    /// It would change what others did or saw.
    #[error(
        "Going back to turn {turn} changes what others ordered or saw, so nothing has changed. Ask \
         the facilitator to agree."
    )]
    NeedsConsent {
        /// The turn that would be planned again.
        turn: u16,
    },
    /// Other desks' orders need the one to be taken back.
    #[error(
        "Orders of {} need this one, so nothing has changed. Ask them to take theirs back first.",
        desks(.0)
    )]
    NeededBy(Vec<Dependent>),
    /// The order can no longer be given.
    #[error("The order can no longer be given ({}). Nothing has changed.", .0.id())]
    RedoRefused(Refusal),
    /// There is no such moment in the log.
    #[error("This log has no such moment. Nothing has changed.")]
    NoSuchMoment,
    /// The turn was never played to its end.
    #[error("That turn was never played to its end. Go to the moment before it.")]
    Unfinished,
    /// The orders on that line of play do not stand under the rules.
    #[error("The orders that lead there do not stand under the rules. Nothing has changed.")]
    DoesNotStand,
    /// It could not be written down.
    #[error(transparent)]
    Act(#[from] ActError),
}

impl From<StoreError> for TimeError {
    fn from(error: StoreError) -> Self {
        Self::Act(error.into())
    }
}

impl Sentence for TimeError {
    fn id(&self) -> String {
        let name = match self {
            Self::NothingToUndo => "nothing-to-undo",
            Self::NothingToRedo => "nothing-to-redo",
            Self::NeedsConsent { .. } => "needs-consent",
            Self::NeededBy(_) => "needed-by",
            Self::RedoRefused(refusal) => return format!("refusal.{}", refusal.id()),
            Self::NoSuchMoment => "no-such-moment",
            Self::Unfinished => "unfinished",
            Self::DoesNotStand => "does-not-stand",
            Self::Act(error) => return error.id(),
        };
        format!("session.{name}")
    }

    fn slots(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NeedsConsent { turn } => vec![("turn", turn.to_string())],
            Self::NeededBy(orders) => vec![("desks", desks(orders))],
            Self::Act(error) => error.slots(),
            _ => Vec::new(),
        }
    }
}

/// The desks that gave these orders, each once.
fn desks(orders: &[Dependent]) -> String {
    let mut names: Vec<&str> = orders.iter().map(|order| order.seat.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

/// A log was not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its first line is not that of a log, or is damaged.
    #[error(
        "This is not a log of a game, or its first line is damaged, so nothing in it can be \
         trusted. The file has not been touched."
    )]
    NotALog(Damage),
    /// It was made by another version of the program.
    #[error(
        "This log was made by another version of the program, which this one cannot read. The file \
         has not been touched. Open it with the version that made it."
    )]
    OtherVersion,
    /// A new game was to be put where a log is already.
    #[error("A game is kept at this place already. It has not been touched. Choose another place.")]
    NotEmpty,
}

impl Sentence for OpenError {
    fn id(&self) -> String {
        let name = match self {
            Self::Store(error) => return error.id(),
            Self::NotALog(_) => "not-a-log",
            Self::OtherVersion => "other-version",
            Self::NotEmpty => "not-empty",
        };
        format!("session.{name}")
    }

    fn slots(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Store(error) => error.slots(),
            _ => Vec::new(),
        }
    }
}
