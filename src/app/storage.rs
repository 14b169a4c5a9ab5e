//! Where games are kept: in the folder for a person's data, or nowhere for a throw-away game.

use crate::scenario::Scenario;
use crate::session::folders::{Folders, NoFolders, SavedGame};
use crate::session::{
    FileStore, MemoryStore, Notice, OpenError, Opening, Sentence, Session, Setting, StoreError,
    open,
};
use std::path::Path;
use std::sync::Arc;

/// Where games are kept.
#[derive(Debug, Default)]
pub struct Storage {
    folders: Option<Folders>,
    /// The game that Continue would go on with.
    pub saved: Option<SavedGame>,
}

impl Storage {
    /// In the platform's folder, or under `data_dir`.
    ///
    /// # Errors
    ///
    /// The platform names no folder and none is given.
    pub fn on_disk(data_dir: Option<&Path>) -> Result<Self, NoFolders> {
        let mut storage = Self {
            folders: Some(Folders::find(data_dir)?),
            saved: None,
        };
        storage.look();
        Ok(storage)
    }

    /// Nowhere: the game is gone when the window closes.
    pub fn throw_away() -> Self {
        Self::default()
    }

    /// Looks for the last game.
    pub fn look(&mut self) {
        let games = self
            .folders
            .as_ref()
            .map(Folders::saved_games)
            .unwrap_or_default();
        self.saved = games.into_iter().next();
    }

    /// Begins the log of a new game.
    ///
    /// # Errors
    ///
    /// The log cannot be written.
    pub fn begin(&self, scenario: &Scenario, seed: u32) -> Result<Session, OpenError> {
        let setting = setting(scenario);
        match &self.folders {
            Some(folders) => {
                let store = folders.new_journal(&scenario.world.scenario)?;
                Session::create(Box::new(store), &setting, seed)
            }
            None => Session::create(Box::new(MemoryStore::default()), &setting, seed),
        }
    }

    /// Opens the last game.
    ///
    /// # Errors
    ///
    /// What stands in the way, as a sentence.
    pub fn resume(&self, scenario: &Scenario) -> Result<(Session, Vec<Notice>), Box<dyn Sentence>> {
        let Some(saved) = &self.saved else {
            return Err(Box::new(StoreError::Missing));
        };
        let store = FileStore::open(&saved.path).map_err(boxed)?;
        let boxed_store: Box<dyn crate::session::Store + Send + Sync> = Box::new(store);
        match open(boxed_store, &setting(scenario)).map_err(boxed)? {
            Opening::Game { session, notices } => Ok((*session, notices)),
            Opening::ReadOnly(archive) => Err(boxed(archive.why)),
        }
    }
}

fn boxed<S: Sentence + 'static>(why: S) -> Box<dyn Sentence> {
    Box::new(why)
}

fn setting(scenario: &Scenario) -> Setting {
    Setting::new(Arc::clone(&scenario.world), scenario.text_hash)
}
