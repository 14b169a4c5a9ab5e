//! A store that fails where it is told to.

use commonwatch::session::{MemoryStore, Store, StoreError};
use std::sync::{Arc, Mutex};

/// How a store fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The program is killed after so many more bytes.
    Killed(usize),
    /// The write in which so many more bytes are reached takes no more; later ones work.
    ShortWrite(usize),
    /// There is room for so many more bytes.
    DiskFull(usize),
    /// There is room for so many more bytes, and what is there cannot be cut either.
    Stuck(usize),
    /// The sync after so many more fails; later ones work.
    FailedSync(usize),
    /// The program is gone.
    Dead,
}

/// The fault of a store and of all its copies, which tests set from outside.
#[derive(Clone, Debug, Default)]
pub struct Switch(Arc<Mutex<Option<Fault>>>);

impl Switch {
    pub fn set(&self, fault: Option<Fault>) {
        *self.0.lock().expect("no test panics while it holds this") = fault;
    }

    pub fn get(&self) -> Option<Fault> {
        *self.0.lock().expect("no test panics while it holds this")
    }
}

/// A store in memory with at most one fault.
#[derive(Clone, Debug, Default)]
pub struct FaultyStore {
    pub inner: MemoryStore,
    pub switch: Switch,
    /// Bytes that would survive the loss of power.
    pub synced: usize,
}

impl FaultyStore {
    pub fn holding(log: &[u8], fault: Fault) -> Self {
        let store = Self {
            inner: MemoryStore::holding(log),
            synced: log.len(),
            ..Self::default()
        };
        store.switch.set(Some(fault));
        store
    }

    fn alive(&self) -> Result<(), StoreError> {
        match self.switch.get() {
            Some(Fault::Dead) => Err(StoreError::Write("the program is gone".to_owned())),
            _ => Ok(()),
        }
    }
}

impl Store for FaultyStore {
    fn read_all(&mut self) -> Result<Vec<u8>, StoreError> {
        self.alive()?;
        self.inner.read_all()
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.alive()?;
        let fault = self.switch.get();
        let Some(
            Fault::Killed(room)
            | Fault::ShortWrite(room)
            | Fault::DiskFull(room)
            | Fault::Stuck(room),
        ) = fault
        else {
            return self.inner.append(bytes);
        };
        let taken = bytes.len().min(room);
        let left = room - taken;
        let cut = taken < bytes.len();
        self.inner.append(&bytes[..taken])?;
        let (next, result) = match fault {
            // Killed after the last byte of a write still means that nobody heard of it.
            Some(Fault::Killed(_)) if left == 0 => (
                Some(Fault::Dead),
                Err(StoreError::Write("the program is gone".to_owned())),
            ),
            Some(Fault::Killed(_)) => (Some(Fault::Killed(left)), Ok(())),
            Some(Fault::ShortWrite(_)) if cut => (
                None,
                Err(StoreError::Write("only a part was written".to_owned())),
            ),
            Some(Fault::ShortWrite(_)) => (Some(Fault::ShortWrite(left)), Ok(())),
            Some(Fault::DiskFull(_)) if cut => (Some(Fault::DiskFull(0)), Err(StoreError::Full)),
            Some(Fault::DiskFull(_)) => (Some(Fault::DiskFull(left)), Ok(())),
            Some(Fault::Stuck(_)) if cut => (Some(Fault::Stuck(0)), Err(StoreError::Full)),
            _ => (Some(Fault::Stuck(left)), Ok(())),
        };
        self.switch.set(next);
        result
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        self.alive()?;
        if let Some(Fault::FailedSync(left)) = self.switch.get() {
            self.switch.set(left.checked_sub(1).map(Fault::FailedSync));
            if left == 0 {
                return Err(StoreError::Sync("the disk did not answer".to_owned()));
            }
        }
        self.synced = self.inner.log.len();
        Ok(())
    }

    fn truncate(&mut self, len: usize) -> Result<(), StoreError> {
        self.alive()?;
        if let Some(Fault::Stuck(_)) = self.switch.get() {
            return Err(StoreError::Full);
        }
        self.inner.truncate(len)?;
        self.synced = self.synced.min(len);
        Ok(())
    }

    fn set_aside(&mut self) -> Result<String, StoreError> {
        self.alive()?;
        if let Some(Fault::DiskFull(_) | Fault::Stuck(_)) = self.switch.get() {
            return Err(StoreError::Full);
        }
        self.inner.set_aside()
    }
}
