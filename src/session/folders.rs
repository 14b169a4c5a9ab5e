//! Where a computer keeps logs, and which games can be continued.

use super::error::{Sentence, StoreError};
use super::journal::Journal;
use super::log::Damage;
use super::store::{FileStore, read_capped};
use crate::rules::{Digest, Id};
use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The variable of the environment that names one folder for everything.
pub const HOME: &str = "COMMONWATCH_HOME";
/// How the name of a log ends.
pub const EXTENSION: &str = "cwlog";
/// How many games of one scenario are numbered.
const MAX_JOURNALS: u32 = 100_000;

/// Where everything is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Logs of games.
    pub logs: PathBuf,
    /// The players' own scenarios.
    pub scenarios: PathBuf,
    /// Settings.
    pub config: PathBuf,
    /// What the program writes about itself: its own log, crash reports.
    pub program: PathBuf,
}

/// This computer says nowhere where data are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "This computer names no folder for a person's data, so games cannot be kept. Name one with \
     --data-dir or COMMONWATCH_HOME."
)]
pub struct NoFolders;

impl Sentence for NoFolders {
    fn id(&self) -> String {
        "session.no-folders".to_owned()
    }
}

impl Folders {
    /// The folders of this run: under `data_dir` if given, else under `COMMONWATCH_HOME` if set,
    /// else where the platform keeps such things.
    ///
    /// # Errors
    ///
    /// Neither is given and the platform names no place.
    pub fn find(data_dir: Option<&Path>) -> Result<Self, NoFolders> {
        Self::choose(data_dir, std::env::var_os(HOME))
    }

    fn choose(data_dir: Option<&Path>, home: Option<OsString>) -> Result<Self, NoFolders> {
        let home = home.filter(|home| !home.is_empty()).map(PathBuf::from);
        if let Some(root) = data_dir.map(Path::to_owned).or(home) {
            return Ok(Self::under(&root));
        }
        let own = directories::ProjectDirs::from("", "", "commonwatch").ok_or(NoFolders)?;
        Ok(Self {
            logs: own.data_dir().join("logs"),
            scenarios: own.data_dir().join("scenarios"),
            config: own.config_dir().to_owned(),
            program: own
                .state_dir()
                .unwrap_or_else(|| own.data_local_dir())
                .to_owned(),
        })
    }

    /// The folders under one root.
    #[must_use]
    pub fn under(root: &Path) -> Self {
        Self {
            logs: root.join("logs"),
            scenarios: root.join("scenarios"),
            config: root.to_owned(),
            program: root.to_owned(),
        }
    }

    /// Begins the log of a new game: `<scenario>-<number>.cwlog`, the first number that is free.
    ///
    /// # Errors
    ///
    /// The folder cannot be written.
    pub fn new_journal(&self, scenario: &Id) -> Result<FileStore, StoreError> {
        // A name that authors may give holds nothing else; a path could lead out of the folder.
        let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        let name: String = scenario.as_str().chars().filter(plain).collect();
        for k in 1..=MAX_JOURNALS {
            let path = self.logs.join(format!("{name}-{k}.{EXTENSION}"));
            match FileStore::create(&path) {
                Err(StoreError::Exists) => {}
                other => return other,
            }
        }
        Err(StoreError::Exists)
    }

    /// The games that can be continued, the latest first. A file that is no log is left out; one
    /// whose header alone is good is in.
    #[must_use]
    pub fn saved_games(&self) -> Vec<SavedGame> {
        SavedGame::in_folder(&self.logs)
    }
}

/// A game that can be continued, as its log tells without being played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedGame {
    /// Where its log is.
    pub path: PathBuf,
    /// The scenario's name.
    pub scenario: Id,
    /// The digest of everything in the scenario that can change an outcome.
    pub rules_hash: Digest,
    /// The turn being planned, from 1; after the end, the last.
    pub turn: u16,
    /// How many turns the scenario has.
    pub of: u16,
    /// Whether the last turn has been played.
    pub over: bool,
    /// When something was last written.
    pub saved: SystemTime,
    /// Where its good part ends, if that is not its end.
    pub damage: Option<Damage>,
}

impl SavedGame {
    /// The games whose logs lie in a folder, the latest first; those of one moment by name.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Vec<Self> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let paths = entries.map(|entry| entry.path());
        let logs = paths.filter(|path| path.extension().is_some_and(|end| end == EXTENSION));
        let mut games: Vec<Self> = logs.filter_map(|path| Self::look_at(&path)).collect();
        games.sort_by(|a, b| b.saved.cmp(&a.saved).then_with(|| a.path.cmp(&b.path)));
        games
    }

    /// What the log at `path` tells.
    #[must_use]
    pub fn look_at(path: &Path) -> Option<Self> {
        let mut file = File::open(path).ok()?;
        let saved = file.metadata().and_then(|data| data.modified()).ok()?;
        let log = read_capped(&mut file).ok()?;
        let (journal, damage) = Journal::read(&log).ok()?;
        let of = journal.header().turns;
        let planned = journal.turn_after(journal.head());
        Some(Self {
            path: path.to_owned(),
            scenario: journal.header().scenario.clone(),
            rules_hash: journal.header().rules_hash,
            turn: planned.min(of.max(1)),
            of,
            over: planned > of,
            saved,
            damage,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_wins_over_the_environment_and_that_over_the_platform() {
        let option = Path::new("/option");
        let home = || Some(OsString::from("/home-of-the-game"));
        let logs = |folders: Result<Folders, NoFolders>| folders.map(|folders| folders.logs);
        assert_eq!(
            logs(Folders::choose(Some(option), home())),
            Ok("/option/logs".into())
        );
        assert_eq!(
            logs(Folders::choose(None, home())),
            Ok("/home-of-the-game/logs".into())
        );
        assert_eq!(
            logs(Folders::choose(None, Some(OsString::new()))),
            logs(Folders::choose(None, None)),
            "an empty variable counts as none"
        );
    }
}
