//! The exercises to choose from: those built in, and what lies in the folders a person may use.

use crate::rules::{Digest, Id};
use crate::scenario::{Report, Scenario, Source, built_in, load};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders of one's own are looked through for so many exercises.
const MOST: usize = 60;

/// Whether a path is that of a scenario: a folder with one, or a file of it.
#[must_use]
pub fn is_scenario(path: &Path) -> bool {
    let file = path.extension().is_some_and(|end| end == "ron") && path.is_file();
    file || path.join("scenario.ron").is_file()
}

/// What lies in a folder, by name.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// One exercise.
#[derive(Clone, Debug)]
pub enum Exercise {
    /// It can be played.
    Good(Arc<Scenario>),
    /// It cannot be read.
    Broken {
        /// Its file or folder.
        name: String,
        /// What is wrong with it.
        report: Box<Report>,
    },
}

impl Exercise {
    /// Whether it is this scenario, word for word.
    fn is(&self, scenario: &Scenario) -> bool {
        match self {
            Self::Good(own) => {
                own.rules_hash == scenario.rules_hash && own.text_hash == scenario.text_hash
            }
            Self::Broken { .. } => false,
        }
    }
}

/// The exercises to choose from.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// In the order they are shown.
    pub exercises: Vec<Exercise>,
}

impl Shelf {
    /// What is built in, what lies in `folders`, and `first` if it is none of them.
    pub fn new(first: &Arc<Scenario>, folders: Vec<PathBuf>) -> Self {
        let mut shelf = Self::default();
        for scenario in built_in() {
            if let Ok(loaded) = load(&scenario.source()) {
                shelf.add(Arc::new(loaded.scenario));
            }
        }
        shelf.add(Arc::clone(first));
        for folder in folders {
            shelf.look_through(&folder);
        }
        shelf
    }

    /// Adds an exercise unless the very same is there.
    fn add(&mut self, scenario: Arc<Scenario>) {
        if !self.exercises.iter().any(|other| other.is(&scenario)) {
            self.exercises.push(Exercise::Good(scenario));
        }
    }

    fn look_through(&mut self, folder: &Path) {
        let scenarios = files(folder).into_iter().filter(|path| is_scenario(path));
        for path in scenarios.take(MOST) {
            self.put(path);
        }
    }

    /// Puts what lies at a path among the exercises, and says where it stands.
    pub fn put(&mut self, path: PathBuf) -> usize {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        match load(&Source::Disk(path)) {
            Ok(loaded) => {
                let scenario = Arc::new(loaded.scenario);
                self.add(Arc::clone(&scenario));
                self.position(&scenario)
            }
            Err(report) => {
                let report = Box::new(report);
                let broken = Exercise::Broken {
                    name: name.clone(),
                    report,
                };
                // A file that is mended step by step stands in its place once.
                let known = self.exercises.iter().position(
                    |other| matches!(other, Exercise::Broken { name: other, .. } if *other == name),
                );
                match known {
                    Some(at) => {
                        self.exercises[at] = broken;
                        at
                    }
                    None => {
                        self.exercises.push(broken);
                        self.exercises.len() - 1
                    }
                }
            }
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exercises.len()
    }

    /// The playable exercise at a position.
    #[must_use]
    pub fn playable(&self, at: usize) -> Option<Arc<Scenario>> {
        match self.exercises.get(at)? {
            Exercise::Good(scenario) => Some(Arc::clone(scenario)),
            Exercise::Broken { .. } => None,
        }
    }

    /// Where a scenario stands; 0 if it is not there.
    #[must_use]
    pub fn position(&self, scenario: &Scenario) -> usize {
        let found = self.exercises.iter().position(|other| other.is(scenario));
        found.unwrap_or(0)
    }

    /// The exercise that a game was played in: the very same, else one of its name, which can at
    /// least say what has changed.
    #[must_use]
    pub fn find(&self, id: &Id, rules_hash: Digest) -> Option<Arc<Scenario>> {
        let good = || {
            self.exercises.iter().filter_map(|exercise| match exercise {
                Exercise::Good(scenario) if scenario.meta.id == *id => Some(scenario),
                _ => None,
            })
        };
        let same = good().find(|scenario| scenario.rules_hash == rules_hash);
        same.or_else(|| good().next()).cloned()
    }
}
