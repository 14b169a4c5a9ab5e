//! Proof that a log tells what the rules say, and its export.

use super::error::{OpenError, Sentence};
use super::journal::Journal;
use super::log::{Chain, Damage, Record};
use super::opening::{ReadOnly, Setting, read, replay};
use super::states::States;
use crate::rules::Digest;
use std::sync::Arc;

/// Whether marks go with a log that is handed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// All of them.
    Keep,
    /// None: notes, names, forecasts and clocks stay here.
    LeaveOut,
}

/// What playing a log again has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Whether every byte and every turn asked for is as it was written.
    pub ok: bool,
    /// Turns that come out as the log says, on the line in force.
    pub turns: u16,
    /// The digest of the state after the last of them.
    pub digest: Option<Digest>,
    /// The first turn that comes out differently.
    pub first_differing_turn: Option<u16>,
    /// Where the good part of the log ends, if that is not its end.
    pub damage: Option<Damage>,
    /// Whether the log ends in a turn that was never played to its end.
    pub unfinished: bool,
}

/// A log was not played again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// It is no log that this program can read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It belongs to other rules or another scenario.
    #[error(transparent)]
    Other(ReadOnly),
}

impl Sentence for VerifyError {
    fn id(&self) -> String {
        match self {
            Self::Open(error) => error.id(),
            Self::Other(why) => why.id(),
        }
    }

    fn slots(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Open(error) => error.slots(),
            Self::Other(why) => why.slots(),
        }
    }
}

/// Plays the line in force of a log again, up to and including turn `until`, and compares.
///
/// Damage after the turns asked for counts too: a log is whole or it is not.
///
/// # Errors
///
/// The log cannot be read or belongs to other rules or another scenario.
pub fn verify(log: &[u8], setting: &Setting, until: Option<u16>) -> Result<Report, VerifyError> {
    let (mut journal, mut damage) = read(log)?;
    if let Some(why) = setting.differs(journal.header()) {
        return Err(VerifyError::Other(why));
    }
    let mut states = States::new(Arc::clone(&setting.world), journal.header().seed);
    let until = until.unwrap_or(u16::MAX);
    let replayed = replay(log, &mut journal, &mut damage, &mut states, until)?;
    let turns = match replayed.differs {
        Some(turn) => turn - 1,
        None => journal.played_turns().min(until),
    };
    Ok(Report {
        ok: damage.is_none() && replayed.differs.is_none(),
        turns,
        digest: replayed.digest,
        first_differing_turn: replayed.differs,
        damage,
        unfinished: journal
            .act(journal.head())
            .is_some_and(super::Act::unfinished),
    })
}

/// A whole log as text to hand on, sealed anew.
///
/// # Errors
///
/// Where the log is damaged.
pub fn export(log: &[u8], marks: Marks) -> Result<String, Damage> {
    let (journal, damage) = Journal::read(log)?;
    if let Some(damage) = damage {
        return Err(damage);
    }
    let (mut old, mut new) = (Chain::default(), Chain::default());
    let mut lines = String::with_capacity(log.len());
    for (at, line) in log.split(|byte| *byte == b'\n').enumerate() {
        if line.is_empty() {
            continue;
        }
        let sealed = old.read(line).and_then(|record| match record {
            Record::Mark(_) if marks == Marks::LeaveOut => Ok(()),
            other => new.seal(&other, &mut lines),
        });
        sealed.map_err(|flaw| journal.damage(at + 1, flaw))?;
    }
    Ok(lines)
}
