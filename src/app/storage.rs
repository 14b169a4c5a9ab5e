//! Where games and settings are kept: in a person's folders, or nowhere for a throw-away game.

use super::shell::Settings;
use super::shell::crash::{self, Facts};
use super::shell::report::Report;
use super::shell::settings::SettingsFile;
use crate::scenario::Scenario;
use crate::session::folders::{Folders, NoFolders, SavedGame};
use crate::session::{
    FileStore, MemoryStore, Notice, OpenError, Opening, Sentence, Session, Setting, Store,
    StoreError, open,
};
use bevy::prelude::error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where games are kept.
#[derive(Debug, Default)]
pub struct Storage {
    folders: Option<Folders>,
    settings: SettingsFile,
    /// The game that Continue would go on with.
    pub saved: Option<SavedGame>,
    /// The report of a crash that nobody has looked at.
    pub report: Option<Report>,
}

impl Storage {
    /// In the platform's folders, or under `data_dir`; with the settings that are kept there.
    ///
    /// # Errors
    ///
    /// The platform names no folder and none is given.
    pub fn on_disk(data_dir: Option<&Path>) -> Result<(Self, Settings), NoFolders> {
        let folders = Folders::find(data_dir)?;
        let (file, settings) = SettingsFile::open(&folders.config);
        let report = Report::unseen(&folders.program, settings.seen_report.as_deref());
        let mut storage = Self {
            folders: Some(folders),
            settings: file,
            saved: None,
            report,
        };
        storage.look();
        Ok((storage, settings))
    }

    /// Nowhere: the game is gone when the window closes.
    pub fn throw_away() -> Self {
        Self::default()
    }

    /// The folder for what the program writes about itself.
    pub fn program(&self) -> Option<&Path> {
        self.folders
            .as_ref()
            .map(|folders| folders.program.as_path())
    }

    /// Where a file of settings that could not be read was put.
    pub fn settings_set_aside(&self) -> Option<&Path> {
        self.settings.set_aside.as_deref()
    }

    /// Keeps the settings. A throw-away run keeps none.
    ///
    /// # Errors
    ///
    /// The folder cannot be written.
    pub fn keep(&mut self, settings: &Settings) -> std::io::Result<()> {
        match self.folders {
            Some(_) => self.settings.save(settings),
            None => Ok(()),
        }
    }

    /// Where a person's own scenarios lie: the data folder and the folder the program was started
    /// in.
    pub fn scenarios(&self) -> Vec<PathBuf> {
        let Some(folders) = &self.folders else {
            return Vec::new();
        };
        vec![folders.scenarios.clone(), PathBuf::from("scenarios")]
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
        let Some(folders) = &self.folders else {
            return Session::create(Box::new(MemoryStore::default()), &setting, seed);
        };
        let store = folders.new_journal(&scenario.world.scenario)?;
        note(scenario, seed, store.path());
        let store: Box<dyn Store + Send + Sync> = Box::new(store);
        Session::create(store, &setting, seed)
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
        let store: Box<dyn Store + Send + Sync> = Box::new(store);
        match open(store, &setting(scenario)).map_err(boxed)? {
            Opening::Game { session, notices } => {
                note(scenario, session.journal().header().seed, &saved.path);
                for notice in &notices {
                    error!("{notice}");
                }
                Ok((*session, notices))
            }
            Opening::ReadOnly(archive) => Err(boxed(archive.why)),
        }
    }
}

/// What a crash report may tell of the game.
fn note(scenario: &Scenario, seed: u32, journal: &Path) {
    crash::note(Facts {
        scenario: scenario.meta.id.to_string(),
        rules_hash: scenario.rules_hash.to_string(),
        text_hash: scenario.text_hash.to_string(),
        seed: Some(seed),
        journal: Some(journal.to_owned()),
    });
}

fn boxed<S: Sentence + 'static>(why: S) -> Box<dyn Sentence> {
    Box::new(why)
}

fn setting(scenario: &Scenario) -> Setting {
    Setting::new(Arc::clone(&scenario.world), scenario.text_hash)
}
