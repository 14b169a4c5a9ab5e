//! What is kept when the program breaks: one text file with what a developer needs, and nothing of
//! the people at the table. The next start offers to show it.

use super::diary;
use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// Lines of the diary that go into a report.
const LINES: usize = 60;
/// A report is a text of some pages; more is not shown.
const MOST_BYTES: usize = 256 * 1024;

/// What is being played, as far as a report may tell.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The scenario's name.
    pub scenario: String,
    /// The digest of everything that can change an outcome.
    pub rules_hash: String,
    /// The digest of its words.
    pub text_hash: String,
    /// The seed.
    pub seed: Option<u32>,
    /// Where the game is kept.
    pub journal: Option<PathBuf>,
}

static FACTS: Mutex<Option<Facts>> = Mutex::new(None);
static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// Tells what is being played now.
pub fn note(facts: Facts) {
    *FACTS.lock().unwrap_or_else(PoisonError::into_inner) = Some(facts);
}

/// From now on a fault of the program is written down in `folder`.
pub fn watch(folder: &Path) {
    if FOLDER.set(folder.to_owned()).is_err() {
        return;
    }
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |fault| {
        // Nothing to draw with is no fault of the program, and has a sentence of its own.
        if crate::app::window::no_graphics(fault.payload()) {
            return;
        }
        usual(fault);
        if let Some(path) = FOLDER.get().and_then(|folder| write(folder, fault)) {
            eprintln!("{}", path.display());
        }
    }));
}

/// Faults of threads of the renderer come in crowds; the first tells the story.
fn write(folder: &Path, fault: &PanicHookInfo) -> Option<PathBuf> {
    static WRITTEN: OnceLock<()> = OnceLock::new();
    WRITTEN.set(()).ok()?;
    let report = report(folder, fault);
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let path = folder.join(format!("crash-{}.txt", now.map_or(0, |now| now.as_secs())));
    std::fs::create_dir_all(folder).ok()?;
    std::fs::write(&path, report).ok()?;
    Some(path)
}

fn report(folder: &Path, fault: &PanicHookInfo) -> String {
    let mut text = String::new();
    let facts = FACTS.try_lock().ok().and_then(|facts| facts.clone());
    let facts = facts.unwrap_or_default();
    let journal = facts
        .journal
        .as_ref()
        .map(|path| path.display().to_string());
    let seed = facts.seed.map(|seed| seed.to_string());
    let none = "none";
    let lines = [
        ("commonwatch", env!("CARGO_PKG_VERSION")),
        (
            "commit",
            option_env!("COMMONWATCH_COMMIT").unwrap_or("unknown"),
        ),
        ("rules", crate::rules::version()),
        ("system", std::env::consts::OS),
        ("machine", std::env::consts::ARCH),
        ("scenario", facts.scenario.as_str()),
        ("rules hash", facts.rules_hash.as_str()),
        ("text hash", facts.text_hash.as_str()),
        ("seed", seed.as_deref().unwrap_or(none)),
        ("game kept in", journal.as_deref().unwrap_or(none)),
    ];
    for (name, value) in lines {
        let value = if value.is_empty() { none } else { value };
        let _ = writeln!(text, "{name}: {value}");
    }
    let _ = writeln!(text, "\n{fault}\n\n{}", Backtrace::force_capture());
    let _ = writeln!(text, "\nThe last lines of the program's log:");
    for line in diary::last_lines(folder, LINES) {
        let _ = writeln!(text, "{line}");
    }
    text
}

/// A report of an earlier run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its file's name.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

impl Report {
    /// The latest report in a folder, unless it has been seen.
    #[must_use]
    pub fn unseen(folder: &Path, seen: Option<&str>) -> Option<Self> {
        let files = std::fs::read_dir(folder).ok()?.flatten();
        let reports = files.filter_map(|file| {
            let name = file.file_name().into_string().ok()?;
            let ours = name.starts_with("crash-") && name.ends_with(".txt");
            ours.then(|| Self {
                name,
                path: file.path(),
            })
        });
        reports
            .max_by(|a, b| a.name.cmp(&b.name))
            .filter(|report| seen.is_none_or(|seen| *report.name > *seen))
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut bytes = std::fs::read(&self.path).unwrap_or_default();
        bytes.truncate(MOST_BYTES);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_report_is_offered_once() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in [
            "crash-100.txt",
            "crash-200.txt",
            "crash-300.log",
            "notes.txt",
        ] {
            std::fs::write(folder.path().join(name), name).expect("written");
        }
        let report = Report::unseen(folder.path(), None).expect("there is one");
        assert_eq!(
            (report.name.as_str(), report.text().as_str()),
            ("crash-200.txt", "crash-200.txt")
        );
        assert_eq!(Report::unseen(folder.path(), Some("crash-200.txt")), None);
        assert!(Report::unseen(folder.path(), Some("crash-100.txt")).is_some());
    }
}
