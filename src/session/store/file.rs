//! A log in a file: locked while it is open, appended to, and synced within a second.

use super::Store;
use crate::session::error::StoreError;
use crate::session::log::MAX_LOG;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long an accepted line may wait to be made safe against loss of power.
const SYNC_WITHIN: Duration = Duration::from_millis(500);
/// How many copies of one damaged log are kept before the next is refused.
const MAX_ASIDE: u32 = 1000;

/// A log in a file.
///
/// The file stays locked until the store is dropped. A thread of its own syncs it half a second
/// after the first line that is not yet safe, so that giving an order never waits for the disk;
/// while nothing is written the thread sleeps.
#[derive(Debug)]
pub struct FileStore {
    path: PathBuf,
    file: File,
    written: Option<Sender<()>>,
    failed: Arc<Mutex<Option<StoreError>>>,
    keeper: Option<JoinHandle<()>>,
}

impl FileStore {
    /// Opens a log that exists.
    ///
    /// # Errors
    ///
    /// It cannot be opened for writing, or another program holds it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let file = OpenOptions::new().read(true).write(true).open(path);
        Self::hold(path, file.map_err(|error| StoreError::opening(&error))?)
    }

    /// Begins a log in a file that does not exist yet; makes its folder.
    ///
    /// # Errors
    ///
    /// The file exists or cannot be made.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| StoreError::writing(&error))?;
        }
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .open(path);
        let store = Self::hold(path, file.map_err(|error| StoreError::writing(&error))?)?;
        // The name of a new file must survive a loss of power too. Systems that cannot sync a
        // folder keep names safe by themselves.
        if let Some(Ok(folder)) = path.parent().map(File::open) {
            drop(folder.sync_all());
        }
        Ok(store)
    }

    /// Where the log is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn hold(path: &Path, file: File) -> Result<Self, StoreError> {
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => StoreError::Locked,
            TryLockError::Error(error) => StoreError::opening(&error),
        })?;
        let failed = Arc::new(Mutex::new(None));
        let (written, wake) = channel();
        let own = file
            .try_clone()
            .map_err(|error| StoreError::opening(&error))?;
        let report = Arc::clone(&failed);
        let keeper = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || keep_safe(&own, &wake, &report))
            .map_err(|error| StoreError::opening(&error))?;
        Ok(Self {
            path: path.to_owned(),
            file,
            written: Some(written),
            failed,
            keeper: Some(keeper),
        })
    }

    /// What the keeper could not make safe since it was last asked.
    fn take_failure(&self) -> Option<StoreError> {
        self.failed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

/// Syncs half a second after the first line of each burst, until the store is dropped.
fn keep_safe(file: &File, wake: &Receiver<()>, failed: &Mutex<Option<StoreError>>) {
    while wake.recv().is_ok() {
        let until = Instant::now() + SYNC_WITHIN;
        // Lines that come meanwhile are covered by the same sync; a dropped store ends the wait.
        while wake
            .recv_timeout(until.saturating_duration_since(Instant::now()))
            .is_ok()
        {}
        if let Err(error) = file.sync_data() {
            let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
            *failed = Some(StoreError::syncing(&error));
        }
    }
}

impl Store for FileStore {
    fn read_all(&mut self) -> Result<Vec<u8>, StoreError> {
        self.file
            .seek(SeekFrom::Start(0))
            .map_err(|error| StoreError::reading(&error))?;
        read_capped(&mut self.file)
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        if let Some(failure) = self.take_failure() {
            return Err(failure);
        }
        // Windows does not cut a file that was opened for appending, so the end is sought here.
        let end = self.file.seek(SeekFrom::End(0));
        end.and_then(|_| self.file.write_all(bytes))
            .map_err(|error| StoreError::writing(&error))?;
        if let Some(written) = &self.written {
            // The keeper ends only when the store is dropped.
            let _ = written.send(());
        }
        Ok(())
    }

    fn sync(&mut self) -> Result<(), StoreError> {
        let earlier = self.take_failure();
        self.file
            .sync_data()
            .map_err(|error| StoreError::syncing(&error))?;
        earlier.map_or(Ok(()), Err)
    }

    fn truncate(&mut self, len: usize) -> Result<(), StoreError> {
        self.file
            .set_len(len as u64)
            .map_err(|error| StoreError::writing(&error))?;
        self.file
            .sync_data()
            .map_err(|error| StoreError::syncing(&error))
    }

    fn set_aside(&mut self) -> Result<String, StoreError> {
        self.file
            .seek(SeekFrom::Start(0))
            .map_err(|error| StoreError::reading(&error))?;
        let name = self
            .path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for k in 1..=MAX_ASIDE {
            let aside = format!("{name}.damaged-{k}");
            let path = self.path.with_file_name(&aside);
            let mut copy = match OpenOptions::new().write(true).create_new(true).open(&path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                other => other.map_err(|error| StoreError::writing(&error))?,
            };
            let copied = std::io::copy(&mut self.file, &mut copy).and_then(|_| copy.sync_all());
            if let Err(error) = copied {
                // Half a copy would only mislead.
                drop(std::fs::remove_file(&path));
                return Err(StoreError::writing(&error));
            }
            return Ok(aside);
        }
        Err(StoreError::Write(
            "too many damaged copies are kept beside it".to_owned(),
        ))
    }
}

impl Drop for FileStore {
    fn drop(&mut self) {
        self.written = None;
        if let Some(keeper) = self.keeper.take() {
            drop(keeper.join());
        }
    }
}

/// Reads the log in a file, which need not be writable and may be open elsewhere.
///
/// # Errors
///
/// It cannot be read, or is larger than any log may be.
pub fn read_log(path: &Path) -> Result<Vec<u8>, StoreError> {
    let mut file = File::open(path).map_err(|error| StoreError::opening(&error))?;
    read_capped(&mut file)
}

/// Reads a log to its end, if it is not larger than any log may be.
pub(in crate::session) fn read_capped(file: &mut File) -> Result<Vec<u8>, StoreError> {
    let mut log = Vec::new();
    let read = file.take(MAX_LOG as u64 + 1).read_to_end(&mut log);
    read.map_err(|error| StoreError::reading(&error))?;
    if log.len() > MAX_LOG {
        return Err(StoreError::TooLarge);
    }
    Ok(log)
}
