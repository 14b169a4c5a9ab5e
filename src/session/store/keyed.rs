//! A log in a place that keeps short texts by name and nothing else, as browsers do.
//!
//! Each write becomes one text, a *piece*, under the next number: it is kept whole or not at all.
//! A piece begins with the place in the log where it belongs, so that one which was left behind by
//! an earlier, longer log is never taken for a part of this one. If the place takes no more, the
//! game goes on in memory; each later write tries again to bring everything there.

use super::Store;
use crate::session::error::StoreError;
use crate::session::log::MAX_LOG;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many copies of one damaged log are kept before the next is refused.
const MAX_ASIDE: u32 = 100;

/// A place that keeps texts by name. Each call is done when it returns.
pub trait KeyValue {
    /// The text under `key`.
    ///
    /// # Errors
    ///
    /// The place cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, NotKept>;

    /// Keeps `text` under `key`, whole or not at all.
    ///
    /// # Errors
    ///
    /// What was there before is still there.
    fn put(&mut self, key: &str, text: &str) -> Result<(), NotKept>;

    /// Forgets what is kept under `key`, if anything is.
    ///
    /// # Errors
    ///
    /// It is still there.
    fn remove(&mut self, key: &str) -> Result<(), NotKept>;
}

/// Why a text was not kept or not found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    /// There is no room for it.
    #[error("there is no room")]
    Full,
    /// The place is closed to the program.
    #[error("{0}")]
    Blocked(String),
}

impl<K: KeyValue + ?Sized> KeyValue for Box<K> {
    fn get(&self, key: &str) -> Result<Option<String>, NotKept> {
        (**self).get(key)
    }
    fn put(&mut self, key: &str, text: &str) -> Result<(), NotKept> {
        (**self).put(key, text)
    }
    fn remove(&mut self, key: &str) -> Result<(), NotKept> {
        (**self).remove(key)
    }
}

/// A log as it stands, for whoever hands it on while the game goes on.
#[derive(Clone, Debug, Default)]
pub struct Live(Arc<Mutex<Log>>);

#[derive(Debug, Default)]
struct Log {
    bytes: Vec<u8>,
    kept: usize,
}

impl Live {
    /// The whole log.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.lock().bytes.clone()
    }

    /// Whether all of it would be there after the program's end.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        let log = self.lock();
        log.kept == log.bytes.len()
    }

    fn lock(&self) -> MutexGuard<'_, Log> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A log in pieces.
///
/// Whoever opened it last holds it: an earlier holder is told at its next write, and its write is
/// not done. A program that was killed leaves nothing that would have to be unlocked.
///
/// What a write has accepted survives the end of the page. Browsers write to the disk some seconds
/// later and offer no way to wait for it, so a loss of power may take the last orders.
#[derive(Clone, Debug)]
pub struct KeyedStore<K> {
    place: K,
    name: String,
    holder: String,
    /// Where each piece ends in the log.
    ends: Vec<usize>,
    log: Live,
}

impl<K: KeyValue> KeyedStore<K> {
    /// Takes hold of the log `name`, which is empty if there is none. `holder` must be new for each
    /// opening, in this page and all others.
    ///
    /// # Errors
    ///
    /// It is larger than any log may be.
    pub fn hold(place: K, name: &str, holder: &str) -> Result<Self, StoreError> {
        let (bytes, ends) = read_pieces(&place, name)?;
        let kept = bytes.len();
        let mut store = Self {
            place,
            name: name.to_owned(),
            holder: holder.to_owned(),
            ends,
            log: Live(Arc::new(Mutex::new(Log { bytes, kept }))),
        };
        // If this is refused, so is every write, and the game goes on in memory.
        drop(store.place.put(&store.held(), &store.holder));
        Ok(store)
    }

    /// The log as it stands, now and later.
    #[must_use]
    pub fn live(&self) -> Live {
        self.log.clone()
    }

    fn held(&self) -> String {
        format!("{}/held-by", self.name)
    }

    /// Makes sure that no other page has taken the log. Where somebody has emptied the place, the
    /// log is laid down again whole.
    fn check_hold(&mut self) -> Result<(), StoreError> {
        match self.place.get(&self.held()) {
            Ok(Some(holder)) if holder != self.holder => Err(StoreError::Locked),
            Ok(None) => {
                self.ends.clear();
                self.log.lock().kept = 0;
                drop(self.place.put(&self.held(), &self.holder));
                Ok(())
            }
            // What cannot be read now is found out by the write that follows.
            Ok(Some(_)) | Err(_) => Ok(()),
        }
    }

    /// Brings what is only in memory to the place, if it takes it.
    fn lay_down(&mut self) {
        let next = self.ends.len();
        let key = piece(&self.name, next);
        // What an earlier log may have left after this piece must not look like its continuation.
        drop(self.place.remove(&piece(&self.name, next + 1)));
        let mut log = self.log.lock();
        let text = write_piece(&log.bytes[log.kept..], log.kept);
        if log.kept < log.bytes.len() && self.place.put(&key, &text).is_ok() {
            log.kept = log.bytes.len();
            self.ends.push(log.kept);
        }
    }
}

impl<K: KeyValue> Store for KeyedStore<K> {
    fn read_all(&mut self) -> Result<Vec<u8>, StoreError> {
        Ok(self.log.bytes())
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.check_hold()?;
        self.log.lock().bytes.extend_from_slice(bytes);
        self.lay_down();
        Ok(())
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn truncate(&mut self, len: usize) -> Result<(), StoreError> {
        self.check_hold()?;
        let refused = |why: NotKept| match why {
            NotKept::Full => StoreError::Full,
            NotKept::Blocked(reason) => StoreError::Write(reason),
        };
        // From the end, so that what an interruption leaves is the beginning of the log.
        while self.ends.last().is_some_and(|end| *end > len) {
            let key = piece(&self.name, self.ends.len() - 1);
            self.place.remove(&key).map_err(refused)?;
            self.ends.pop();
            self.log.lock().kept = self.ends.last().copied().unwrap_or(0);
        }
        self.log.lock().bytes.truncate(len);
        self.lay_down();
        Ok(())
    }

    fn set_aside(&mut self) -> Result<String, StoreError> {
        let bytes = self.log.bytes();
        for k in 1..=MAX_ASIDE {
            let name = format!("{}.damaged-{k}", self.name);
            let key = piece(&name, 0);
            match self.place.get(&key) {
                Ok(Some(_)) => continue,
                Ok(None) => {}
                Err(why) => return Err(StoreError::Write(why.to_string())),
            }
            return match self.place.put(&key, &write_piece(&bytes, 0)) {
                Ok(()) => Ok(name),
                Err(NotKept::Full) => Err(StoreError::Full),
                Err(NotKept::Blocked(reason)) => Err(StoreError::Write(reason)),
            };
        }
        Err(StoreError::Write(
            "too many damaged copies are kept beside it".to_owned(),
        ))
    }
}

/// The key of a log's piece with this number, from 0.
pub(in crate::session) fn piece(name: &str, at: usize) -> String {
    format!("{name}/{at}")
}

/// A log, and where each of its pieces ends in it.
pub(in crate::session) fn read_pieces(
    place: &impl KeyValue,
    name: &str,
) -> Result<(Vec<u8>, Vec<usize>), StoreError> {
    let (mut bytes, mut ends) = (Vec::new(), Vec::new());
    while let Ok(Some(text)) = place.get(&piece(name, ends.len())) {
        // A piece that was cut or belongs elsewhere ends the log; the check values of its lines
        // tell how much of it is good.
        let Some(piece) = read_piece(&text, bytes.len()) else {
            break;
        };
        bytes.extend_from_slice(&piece);
        if bytes.len() > MAX_LOG {
            return Err(StoreError::TooLarge);
        }
        ends.push(bytes.len());
    }
    Ok((bytes, ends))
}

/// `<place in the log>:<length>:<text>`. Logs are text; what damage has made of one may be none, and
/// is kept as hexadecimal digits after `x`.
fn write_piece(bytes: &[u8], at: usize) -> String {
    let length = bytes.len();
    match std::str::from_utf8(bytes) {
        Ok(text) => format!("{at}:{length}:{text}"),
        Err(_) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("{at}:x{length}:{digits}")
        }
    }
}

/// The bytes of a piece that belongs at this place of the log and is whole.
fn read_piece(text: &str, at: usize) -> Option<Vec<u8>> {
    let (place, rest) = text.split_once(':')?;
    let (length, rest) = rest.split_once(':')?;
    if place.parse() != Ok(at) {
        return None;
    }
    let (length, bytes) = match length.strip_prefix('x') {
        None => (length, rest.as_bytes().to_vec()),
        Some(length) => (length, from_digits(rest)?),
    };
    (length.parse() == Ok(bytes.len())).then_some(bytes)
}

fn from_digits(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
