//! The report of a crash, for those who want to read it.

#[cfg(not(target_family = "wasm"))]
use std::path::Path;
use std::path::PathBuf;

/// A report is a text of some pages; more is not shown.
const MOST_BYTES: usize = 256 * 1024;

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
    #[cfg(not(target_family = "wasm"))]
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
