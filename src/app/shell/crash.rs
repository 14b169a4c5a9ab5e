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
        // Nothing to draw with or on is no fault of the program, and has a sentence of its own.
        if crate::app::window::unopened(fault.payload()).is_some() {
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
