//! Where a page keeps games: logs side by side in one place that keeps texts by name.

use super::error::StoreError;
use super::journal::Journal;
use super::store::{KeyValue, KeyedStore, piece, read_pieces};
use crate::rules::{Digest, Id};

/// Every name of ours begins so; other programs may use the same place.
const ROOT: &str = "commonwatch";
/// Where the name of the log that was begun last is kept.
const LAST: &str = "commonwatch/last";
/// How many games of one scenario are numbered.
const MAX_GAMES: u32 = 100_000;

/// The games of one place.
#[derive(Clone, Debug)]
pub struct Shelf<K> {
    place: K,
}

/// A game that can be continued, as its log tells without being played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelvedGame {
    /// The name of its log.
    pub name: String,
    /// The scenario's name.
    pub scenario: Id,
    /// The digest of everything in the scenario that can change an outcome.
    pub rules_hash: Digest,
    /// The turn being planned, from 1; after the end, the last.
    pub turn: u16,
    /// Whether the last turn has been played.
    pub over: bool,
}

impl<K: KeyValue + Clone> Shelf<K> {
    /// The games in `place`.
    pub fn new(place: K) -> Self {
        Self { place }
    }

    /// Begins the log of a new game: `<scenario>-<number>`, the first number that is free. If the
    /// place takes nothing, the log is in memory only.
    ///
    /// # Errors
    ///
    /// All numbers are taken.
    pub fn begin(&self, scenario: &Id, holder: &str) -> Result<KeyedStore<K>, StoreError> {
        for k in 1..=MAX_GAMES {
            let name = format!("{ROOT}/{scenario}-{k}");
            let taken = self.place.get(&piece(&name, 0));
            if !matches!(taken, Ok(Some(_))) {
                let store = KeyedStore::hold(self.place.clone(), &name, holder)?;
                // Not knowing which game was last loses no game.
                drop(self.place.clone().put(LAST, &name));
                return Ok(store);
            }
        }
        Err(StoreError::Exists)
    }

    /// Takes hold of the log of a game.
    ///
    /// # Errors
    ///
    /// It is larger than any log may be.
    pub fn open(&self, name: &str, holder: &str) -> Result<KeyedStore<K>, StoreError> {
        KeyedStore::hold(self.place.clone(), name, holder)
    }

    /// The game that was begun last, of whatever scenario, if its log is one.
    #[must_use]
    pub fn last(&self) -> Option<ShelvedGame> {
        let name = self.place.get(LAST).ok()??;
        let (log, _) = read_pieces(&self.place, &name).ok()?;
        let (journal, _) = Journal::read(&log).ok()?;
        let of = journal.header().turns;
        let planned = journal.turn_after(journal.head());
        Some(ShelvedGame {
            name,
            scenario: journal.header().scenario.clone(),
            rules_hash: journal.header().rules_hash,
            turn: planned.min(of.max(1)),
            over: planned > of,
        })
    }
}
