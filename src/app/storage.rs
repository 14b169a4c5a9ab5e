//! Where games and settings are kept: in a person's folders, or nowhere for a throw-away game.

use super::shelf::{files, is_scenario};
use super::shell::Settings;
use super::shell::crash::{self, Facts};
use super::shell::report::Report;
use super::shell::settings::SettingsFile;
use crate::scenario::Scenario;
use crate::session::folders::{Folders, NoFolders, SavedGame};
use crate::session::{
    FileStore, MemoryStore, OpenError, Opening, Sentence, Session, Setting, Store, StoreError,
    import, open,
};
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
    pub fn resume(&self, scenario: &Scenario) -> Result<Opening, Box<dyn Sentence>> {
        match &self.saved {
            Some(saved) => open_here(&saved.path, scenario),
            None => Err(boxed(StoreError::Missing)),
        }
    }

    /// Opens the game whose log is in a file: where it lies if that is among the games kept here,
    /// else in a copy, so that what came from elsewhere stays as it is.
    ///
    /// # Errors
    ///
    /// What stands in the way, as a sentence.
    pub fn open_log(
        &self,
        path: &Path,
        log: &[u8],
        scenario: &Scenario,
    ) -> Result<Opening, Box<dyn Sentence>> {
        let home = self
            .folders
            .as_ref()
            .and_then(|own| own.logs.canonicalize().ok());
        let here = path.parent().and_then(|folder| folder.canonicalize().ok());
        if home.is_some() && home == here {
            return open_here(path, scenario);
        }
        self.take_in(log, scenario)
    }

    /// Opens a log that came from elsewhere and keeps it among the games here, unless it can only
    /// be read.
    ///
    /// # Errors
    ///
    /// What stands in the way, as a sentence.
    pub fn take_in(&self, log: &[u8], scenario: &Scenario) -> Result<Opening, Box<dyn Sentence>> {
        let setting = setting(scenario);
        let memory: Box<dyn Store + Send + Sync> = Box::new(MemoryStore::holding(log));
        let opening = open(memory, &setting).map_err(boxed)?;
        let seed = match &opening {
            Opening::Game { session, .. } => session.journal().header().seed,
            Opening::ReadOnly(_) => return Ok(opening),
        };
        let Some(folders) = &self.folders else {
            return Ok(opening);
        };
        let store = folders
            .new_journal(&scenario.world.scenario)
            .map_err(boxed)?;
        note(scenario, seed, store.path());
        let store: Box<dyn Store + Send + Sync> = Box::new(store);
        import(store, log, &setting).map_err(boxed)
    }

    /// What can be opened without typing a path: the games kept here and what lies in the folder
    /// that the program was started in. A throw-away game looks nowhere.
    #[must_use]
    pub fn find(&self) -> Found {
        let Some(folders) = &self.folders else {
            return Found::default();
        };
        let mut games = folders.saved_games();
        let mut other: Vec<SavedGame> = [".", "logs"]
            .iter()
            .flat_map(|folder| SavedGame::in_folder(Path::new(folder)))
            .collect();
        other.sort_by_key(|game| std::cmp::Reverse(game.saved));
        games.extend(other);
        games.truncate(MOST);
        let mut exercises: Vec<PathBuf> = self.scenarios();
        exercises.push(PathBuf::from("."));
        let mut exercises: Vec<PathBuf> = exercises
            .iter()
            .flat_map(|folder| files(folder))
            .filter(|path| is_scenario(path))
            .collect();
        exercises.truncate(MOST);
        Found {
            games,
            exercises,
            logs: folders.logs.clone(),
            scenarios: folders.scenarios.clone(),
        }
    }
}

/// No more games or exercises than this are listed.
const MOST: usize = 60;

/// What can be opened without typing a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Games, those kept here first, the latest first.
    pub games: Vec<SavedGame>,
    /// Scenarios, by file or folder.
    pub exercises: Vec<PathBuf>,
    /// Where games are kept.
    pub logs: PathBuf,
    /// Where scenarios of one's own belong.
    pub scenarios: PathBuf,
}

/// Opens the game at a path where it lies.
fn open_here(path: &Path, scenario: &Scenario) -> Result<Opening, Box<dyn Sentence>> {
    let store = FileStore::open(path).map_err(boxed)?;
    let store: Box<dyn Store + Send + Sync> = Box::new(store);
    let opening = open(store, &setting(scenario)).map_err(boxed)?;
    if let Opening::Game { session, .. } = &opening {
        note(scenario, session.journal().header().seed, path);
    }
    Ok(opening)
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
