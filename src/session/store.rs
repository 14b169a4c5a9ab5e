//! Where the lines of a log go.

#[cfg(not(target_family = "wasm"))]
mod file;
mod keyed;

#[cfg(not(target_family = "wasm"))]
pub(super) use file::read_capped;
#[cfg(not(target_family = "wasm"))]
pub use file::{FileStore, read_log};
pub use keyed::{KeyValue, KeyedStore, Live, NotKept};
pub(super) use keyed::{piece, read_pieces};

use super::error::StoreError;
use super::log::MAX_LOG;

/// A place that keeps one log. One session holds it at a time.
///
/// What [`Store::append`] has accepted survives the end of the program; what [`Store::sync`] has
/// accepted survives the loss of power.
pub trait Store {
    /// Everything that is kept, at most [`MAX_LOG`] bytes.
    ///
    /// # Errors
    ///
    /// The log cannot be read, or is larger than that.
    fn read_all(&mut self) -> Result<Vec<u8>, StoreError>;

    /// Adds `bytes` at the end. After an error some of them may have been kept.
    ///
    /// # Errors
    ///
    /// Not all of `bytes` are kept.
    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError>;

    /// Makes all that is kept safe against loss of power.
    ///
    /// # Errors
    ///
    /// It may not be.
    fn sync(&mut self) -> Result<(), StoreError>;

    /// Cuts the log to its first `len` bytes.
    ///
    /// # Errors
    ///
    /// The log may still be longer.
    fn truncate(&mut self, len: usize) -> Result<(), StoreError>;

    /// Keeps a copy of the log as it is under a new name beside it, and says the name.
    ///
    /// # Errors
    ///
    /// There is no whole copy; the log is as it was.
    fn set_aside(&mut self) -> Result<String, StoreError>;
}

impl<S: Store + ?Sized> Store for Box<S> {
    fn read_all(&mut self) -> Result<Vec<u8>, StoreError> {
        (**self).read_all()
    }
    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        (**self).append(bytes)
    }
    fn sync(&mut self) -> Result<(), StoreError> {
        (**self).sync()
    }
    fn truncate(&mut self, len: usize) -> Result<(), StoreError> {
        (**self).truncate(len)
    }
    fn set_aside(&mut self) -> Result<String, StoreError> {
        (**self).set_aside()
    }
}

/// A log in memory: for a browser that keeps nothing, for rehearsals and for tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryStore {
    /// The log.
    pub log: Vec<u8>,
    /// Copies that were set aside, the oldest first.
    pub aside: Vec<Vec<u8>>,
}

impl MemoryStore {
    /// A store that holds `log`.
    #[must_use]
    pub fn holding(log: impl Into<Vec<u8>>) -> Self {
        Self {
            log: log.into(),
            aside: Vec::new(),
        }
    }
}

impl Store for MemoryStore {
    fn read_all(&mut self) -> Result<Vec<u8>, StoreError> {
        if self.log.len() > MAX_LOG {
            return Err(StoreError::TooLarge);
        }
        Ok(self.log.clone())
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.log.extend_from_slice(bytes);
        Ok(())
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn truncate(&mut self, len: usize) -> Result<(), StoreError> {
        self.log.truncate(len);
        Ok(())
    }

    fn set_aside(&mut self) -> Result<String, StoreError> {
        self.aside.push(self.log.clone());
        Ok(format!("damaged-{}", self.aside.len()))
    }
}
